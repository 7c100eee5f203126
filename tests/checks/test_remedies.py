"""What a finding says is so, and what it tells to write would mend it."""

from __future__ import annotations

import pytest

from press.base.finding import findings_by
from press.checks import chronology, contested, misspelt, quoted, structure, words
from press.content.load import load
from tests.conftest import Changed

CHECKS = (
    chronology.out_of_order,
    contested.contested_as_certain,
    misspelt.misspelt_name,
    quoted.altered_quotation,
    structure.unnamed_things,
    words.other_spellings,
)
CHAPTER = "chapters/02-the-descent.md"
KEPT = "We saw our unfortunate companions sliding downwards on their backs"
PLACES = """
  - {id: marys, name: "St Mary's", at: "45.98, 7.66", kind: village, district: "Valais, Schweiz",
     role: chapel, sources: [whymper]}
"""
PEOPLE = "people: [{id: gosset, name: 'Gosset, Philip', role: surveyor, sources: [whymper]}]"
ROW = """
  - label: Hours
    id: hours
    value:
      claims:
        - {text: ten hours, says: "Whymper, who was there", sources: [whymper]}
        - {text: twelve hours, says: "a newspaper (the Times), and others", sources: [times]}
"""


@pytest.mark.parametrize(
    ("text", "says", "remedy"),
    [
        ("They left St Mary's at noon.", "nothing names person", ""),
        ("Gosset measured it.", "is only called 'Gosset'", "add matches: [Gosset]"),
        ("The wind gossets; it was Philip Gosset.", "", ""),
        ("They came to Breuil, the Cervinia of today, with Philip Gosset.", "", ""),
        ("They came to Breuill, the Cervinia of today, with Philip Gosset.", "nearly 'Breuil'", ""),
        ("They came to Cervinia with Philip Gosset.", "is Breuil in the gazetteer", ""),
        ("Beyond Breuil, near Cervinia, stood Philip Gosset.", "is Breuil in the gazetteer", ""),
        ("It took hours, and Whymper’s ten hours are Philip Gosset’s.", "", ""),
        ("In hours it was the ten hours that Whymper needed for Philip Gosset.", "", ""),
        (
            "In hours it was twelve hours for Philip Gosset.",
            "one account of row 'Hours'",
            'according to a newspaper"',
        ),
        (
            "Philip Gosset: “We saw our companions sliding downwards on their backs” [@whymper].",
            "'unfortunate' of 'whymper' is left out of the quotation: “We saw our unfortunate",
            "write … where it stood",
        ),
        (
            "Philip Gosset: “We saw all our unfortunate companions sliding downwards” [@whymper].",
            "does not have 'all', which is quoted",
            "quote the words as they stand",
        ),
        (
            "Philip Gosset: “We saw our Unlucky companions sliding downwards” [@whymper].",
            "has 'unfortunate' where 'Unlucky' is quoted: “We saw",
            "quote the words as they stand",
        ),
    ],
)
def test_what_is_found_is_so_and_can_be_mended(
    text: str, says: str, remedy: str, changed: Changed
) -> None:
    """One finding at most, in these words."""
    small = changed()
    files = {
        CHAPTER: f"# Down\n\n{text}\n",
        "gazetteer.yaml": small.text("gazetteer.yaml") + PLACES,
        "infobox.yaml": small.text("infobox.yaml") + ROW,
        "people.yaml": PEOPLE,
        "sources.yaml": small.text("sources.yaml").replace(
            "    checked:", f"    excerpts: [{{says: {KEPT}}}]\n    checked:", 1
        ),
    }
    loaded = load(changed({name: one.encode() for name, one in files.items()}))
    assert loaded.findings == ()
    found = tuple(findings_by(CHECKS, loaded))
    assert len(found) == bool(says), found
    assert all(says in one.message and remedy in one.hint for one in found), found


ORDER = """\
categories: [{id: climb, label: Climb, sign: ring}]
events:
"""
EVENT = "  - {id: e%d, %s, title: Day %d, text: It was., category: climb,\n     sources: [times]}\n"
CLAIMS = "claims: [{date: 1865-07-%s, says: Whymper}, {date: 1865-07-%s, says: the Times}]"


@pytest.mark.parametrize(
    ("accounts", "told"),
    [(("09", "13"), ""), (("13", "09"), ""), (("08", "09"), "8 or 9\u00a0July 1865")],
)
def test_a_contested_event_is_in_order_by_any_account(
    accounts: tuple[str, str], told: str, changed: Changed
) -> None:
    """And where it is not, every account is given."""
    days: list[str] = [f"date: 1865-07-{day}" for day in (10, 11, 12, 14, 15)]
    days.insert(3, CLAIMS % accounts)
    written = ORDER + "".join(EVENT % (n, day, n) for n, day in enumerate(days))
    loaded = load(changed({"chronology.yaml": written.encode()}))
    assert len(loaded.dossier.events) == len(days)
    found = tuple(findings_by([chronology.out_of_order], loaded))
    assert [bool(told)] * bool(told) == [f"({told})" in one.message for one in found]
