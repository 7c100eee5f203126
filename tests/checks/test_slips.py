"""Slips of the pen in dates and figures are found by what they are like, whatever the verb."""

from __future__ import annotations

import pytest

from press.base.finding import findings_by
from press.checks.prose_dates import date_disagrees
from press.checks.prose_numbers import number_disagrees
from press.checks.quantities import is_exchanged, is_scaled
from press.content.load import load
from tests.conftest import Changed

EVENTS = """
  - {id: law, date: 1865-07-20, title: Resolution 884, text: The valley forbids attacks on guides.,
     places: [zermatt], category: climb, sources: [times]}
  - {id: walk, date: 1865-08-02, title: Porters walk out at Breuil, text: They left their loads.,
     places: [breuil], category: climb, sources: [times]}
  - {id: cone, date: 1865-05-11, title: Gornerhorn erupts, text: The cone opened with ash.,
     places: [zermatt], category: climb, sources: [times]}
  - {id: burial, date: 1865-08-06, title: The burial, text: The coffins were received by monks.,
     places: [zermatt], category: loss, sources: [times]}
"""
FACTS = """\
subjects:
  - id: toll
    name: The toll
    facts:
      dead: {text: "36,417", unit: people, scope: dead on both sides, sources: [whymper]}
      share: {text: "98.8", unit: per cent, scope: of the votes, sources: [whymper]}
      cost: {text: "130,000", unit: kronor, scope: cost of the whole, sources: [whymper]}
      room: {text: "4,800", unit: square feet, scope: floor of the hut, sources: [whymper]}
"""
WRONG = """\
On 21 July 1865, Resolution 884 was adopted.
Resolution 884 was adopted on 22 July 1865.
On Thursday, 3 August 1865, the porters walked out at Breuil.
The Gornerhorn opened with a column of ash on 11 March 1865.
The coffins came to Zermatt on 8 August 1865 [@times].
Some 34,617 people perished.
He won with 89.8 per cent.
The whole affair had cost thirteen thousand kronor.
It had 4,800 square metres.
"""
RIGHT = """\
On 20 July 1865, Resolution 884 was adopted.
On 21 July 1865, when Resolution 884 was known, they sang.
On 21 July 1865, the day after, they sang of it.
The Gornerhorn opened with ash on 11 May 1865.
The Gornerhorn opened its inn on 4 October 1866.
Nobody at Zermatt slept on 8 August 1865 [@times].
The Times of 8 August 1865 had it [@times].
Some 34,000 people lived there.
Some 37,416 sheep died.
He lost with 88.7 per cent.
The purse held thirteen kronor.
It had 4,800 people.
"""


def test_slips_are_found_and_what_is_right_is_quiet(changed: Changed) -> None:
    """One finding for each wrong sentence."""
    small = changed()
    told = [*WRONG.splitlines(), *RIGHT.splitlines()]
    files = {
        "chronology.yaml": small.text("chronology.yaml").rstrip() + EVENTS,
        "facts.yaml": FACTS,
        "chapters/02-the-descent.md": "# Down\n\n" + "\n\n".join(told) + "\n",
    }
    loaded = load(changed({name: text.encode() for name, text in files.items()}))
    found = findings_by([date_disagrees, number_disagrees], loaded)
    lines = [one.line for one in found if one.file.endswith("02-the-descent.md")]
    assert [told[(line - 3) // 2] for line in sorted(lines)] == WRONG.splitlines()


@pytest.mark.parametrize(
    ("value", "other", "exchanged", "scaled"),
    [
        (34617, 36417, True, False),
        (89.8, 98.8, True, False),
        (34617, 36418, False, False),
        (12, 21, False, False),
        (2100, 1200, False, False),
        (13000, 130000, False, True),
        (250000, 25000, False, True),
        (1000, 10000, False, False),
        (25, 250, False, False),
    ],
)
def test_a_slip_in_figures_is_known_by_itself(
    value: float, other: float, exchanged: bool, scaled: bool
) -> None:
    """Two figures exchanged, or a nought more or less; not where it may be chance."""
    assert (is_exchanged(value, other), is_scaled(value, other)) == (exchanged, scaled)
