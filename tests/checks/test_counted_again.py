"""Lengths of time, ages, sums and shares in words are counted again; what is right stays quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from press.base.finding import Remark, findings_by
from press.checks.after import order_disagrees
from press.checks.ages import aged_otherwise
from press.checks.wholes import parts_disagree
from press.content.load import Loaded, load
from tests.checks.test_slips import EVENTS
from tests.conftest import Changed

MORE = """
  - {id: inquiry, date: 1865-07-21, title: Inquiry at the hotel, text: The court heard the porters.,
     places: [zermatt], category: loss, sources: [times]}
"""
PEOPLE = """\
people:
  - {id: whymper, name: "Whymper, Edward", matches: [Whymper], role: climber,
     born: 1840-04-27, died: 1911-09-16, sources: [times]}
  - {id: croz, name: "Croz, Michel", matches: [Croz], role: guide, born: 1830-04-22,
     died: 1865-07-14, sources: [times]}
"""
FACTS = """\
subjects:
  - id: rope
    name: The rope
    facts:
      length: {text: "600", unit: feet, scope: 200 old and 400 new, sources: [whymper]}
      cost: {text: "90", unit: pounds, scope: 25 at once and 56 behind, sources: [times]}
      part: {text: "300", unit: pounds, scope: 100 for one and 150 for another, sources: [times]}
"""
TABLE = """\
title: What it cost
columns: [{key: what, label: What}, {key: francs, label: Francs}, {key: note, label: Note}]
rows:
  - {what: Ropes, francs: "120", note: a}
  - {what: Guides, francs: "1,180", note: b}
  - {what: Total, francs: "1,030", note: both}
"""
GROWN: Mapping[Callable[[Loaded], Iterator[Remark]], tuple[str, str]] = {
    order_disagrees: (
        """\
On [[event:summit]] they stood on top. Two weeks later, on [[event:inquiry]], the court sat.
The law was passed on 20 July 1865. A day later, on [[event:inquiry]], it was forgotten. Ten days
later, on [[event:walk]], a Wednesday, the porters had gone.
They left the hut on [[event:summit]], and two weeks later the court heard the porters.
They met exactly a month after leaving, on [[event:inquiry]]. On 14 July 1865 they had left.
On [[event:summit]] they left it. They met exactly a fortnight after leaving, on [[event:inquiry]].
The rope broke on [[event:fall]]. By the end of that week the porters walked out at Breuil.
On [[event:fall]] the rope broke. The next day, a Monday, nobody spoke.
""",
        """\
On [[event:summit]] they stood on top. A week later, on [[event:inquiry]], the court sat.
On [[event:summit]] they stood on top. Two weeks later, on [[event:walk]], said a guide, it rained.
They left the hut on [[event:summit]], and a week later the court heard the porters.
The tents stood on 7 July 1865. On [[event:summit]] they were left. Two weeks later, on
[[event:inquiry]], they stood there still.
On [[event:summit]] they left it. They met exactly a week after leaving, on [[event:inquiry]].
The rope broke on [[event:fall]]. By the end of that month the porters had food for a day.
On [[event:fall]] the rope broke. The next day, a Saturday, nobody spoke.
On [[event:summit]] it was done. Forty years later, on 14 July 1905, a hut was opened.
""",
    ),
    aged_otherwise: (
        """\
[[person:whymper]] came back. He was thirty-five when, on [[event:summit]], he stood on top.
Whymper died in Chamonix, on 16 September 1911, in his seventy-third year. He was alone.
Croz was praised. When the court met on [[event:inquiry]] he had been dead for three weeks.
""",
        """\
[[person:whymper]] came back. He was twenty-five when, on [[event:summit]], he stood on top.
Whymper was tired. On 16 September 1911 he died in his seventy-second year.
Croz was praised. When the court met on [[event:inquiry]] he had been dead for a week.
Whymper met Croz. He was thirty-five when, on [[event:summit]], the rope broke.
Whymper wrote of his father. He was fifty when, on [[event:summit]], the rope broke.
Whymper was known. He was one of those who, on [[event:summit]], stood on top.
""",
    ),
    parts_disagree: (
        """\
He cites 123 letters. Of these 19 were read, 98 in part, 2 in print and 14 not at all.
The box had 400 pages. Of them 310 were burnt, 38 lost and 25 sold.
The cost was 1,000 francs. The club gave 200 francs, nearly half of the whole.
The hut stood on 17 per cent of the land; that is more than a third of the area.
The bell rang seven times in that night: five times at the fire, three times at the flood.
The strike cost £1,100 in all. That was twice the part.
They shipped 40,000 a month to the mines. Over the three months that makes 100,000.
""",
        """\
He cites 123 letters. Of these 19 were read, 88 in part, 2 in print and 14 not at all.
He cites 123 letters. Of these 19 were read, 41 in part and 14 not at all.
The cost was 1,000 francs. The club gave 480 francs, nearly half of the whole.
The hut stood on 35 per cent of the land; that is more than a third of the area.
Half of the guides were asleep, and 300 francs were lost of 1,000.
The bell rang seven times in that night: four times at the fire, three times at the flood.
The bell rang seven times: two ropes were lost, and three men.
The strike cost £610 in all. That was twice the part.
The strike cost £600 in all. That was twice the wages of a year.
They shipped 40,000 a month to the mines. Over the three months that makes 120,000.
They shipped 40,000 a month to the mines. Over the winter that makes many loads.
""",
    ),
}


def paragraphs(text: str) -> list[str]:
    """Each paragraph: a line, with those that go on without a capital or a mark."""
    joined: list[str] = []
    for line in text.splitlines():
        goes_on = joined and (line[:1].islower() or not joined[-1].endswith("."))
        if goes_on:
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


@pytest.mark.parametrize("check", GROWN)
def test_wrong_counts_are_found_and_right_ones_are_quiet(
    check: Callable[[Loaded], Iterator[Remark]], changed: Changed
) -> None:
    """One paragraph each, and one finding in each that is wrong."""
    wrong, right = map(paragraphs, GROWN[check])
    told = [*wrong, *right]
    files = {
        "chronology.yaml": changed().text("chronology.yaml").rstrip() + EVENTS + MORE,
        "people.yaml": PEOPLE,
        "facts.yaml": FACTS,
        "tables/cost.yaml": TABLE,
        "chapters/02-the-descent.md": "# Down\n\n" + "\n\n".join(told) + "\n",
    }
    loaded = load(changed({name: text.encode() for name, text in files.items()}))
    found = list(findings_by([check], loaded))
    lines = sorted(one.line for one in found if one.file.endswith("02-the-descent.md"))
    assert [told[(line - 3) // 2] for line in lines] == wrong
    others = [str(one).partition(" ")[2] for one in found if not one.file.endswith(".md")]
    if check is parts_disagree:
        assert [one.partition(";")[0] for one in sorted(others)] == [
            "W417 warning: 1,030 is not what the rows above make, 1,300",
            "W417 warning: with 56 the parts make 81, and not 90",
        ]
    else:
        assert others == []


def test_nobody_dies_before_being_born(changed: Changed) -> None:
    """The two dates of a person, typed the one for the other."""
    turned = PEOPLE.replace(
        "born: 1840-04-27, died: 1911-09-16", "born: 1911-09-16, died: 1840-04-27"
    )
    (one,) = findings_by([aged_otherwise], load(changed({"people.yaml": turned.encode()})))
    assert (one.line, "before being born" in one.message) == (3, True)
