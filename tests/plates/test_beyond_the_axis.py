"""A date that lies outside a timeline's span is shown as earlier or later, never as if there."""

from __future__ import annotations

import re

import pytest

from press import plates
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.dates import Day
from press.design import styles
from press.design.editions import named
from press.plates import Drawing
from press.plates.timelines.axis import TimeAxis, marks_of
from press.plates.timelines.breaks import gaps_of
from tests.conftest import DOSSIERS

CHRONOLOGY = """categories:
  - {id: c, label: Climb, sign: triangle}
events:
  - id: hut
    title: The hut
    text: It was.
    category: c
    claims:
      - {date: 1865-07-14, says: one, sources: [whymper], preferred: true, reason: it is near}
      - {date: "%s", says: another, sources: [whymper]}
  - {id: else, date: 1865-08-20, title: Else, text: It was., category: c, sources: [whymper]}
  - {id: long, date: "%s", title: Talks, text: They were., category: c, sources: [whymper]}
"""
INSIDE = "1865-08-02/1865-08-09"
AXIS = TimeAxis(Day(1865, 7, 1), Day(1865, 8, 31), 10.0, 100.0)


def dossier(other: str, long: str = INSIDE, language: str = "en") -> Snapshot:
    files = read(DOSSIERS / "tiny", "tiny").files
    plate = "plates:\n  - {id: line, kind: timeline, title: Line, span: 1865-07/1865-08}\n"
    meta = files["dossier.yaml"].replace(b"language: en", f"language: {language}".encode())
    own = {"chronology.yaml": (CHRONOLOGY % (other, long)).encode(), "plates.yaml": plate.encode()}
    return Snapshot("beyond", "beyond", {**files, **own, "dossier.yaml": meta})


def drawn(snapshot: Snapshot, edition: str = "dossier") -> Drawing:
    style = styles.flatten(engine_files(), "default", named(edition).sheet_name, "a4")
    return plates.draw(load(snapshot).dossier, style, {})["line"]


def explained(made: Drawing) -> list[str]:
    return [item.text for column in made.columns for g in column.groups for item in g.items]


def words(made: Drawing) -> str:
    said = re.findall(r'<text class="label-w[^"]*"[^>]*>([^<]+)<', made.svg)
    return " ".join(said).replace("\xa0", " ")


@pytest.mark.parametrize("edition", ["dossier", "handout", "large-print", "ink-saver"])
@pytest.mark.parametrize(
    ("other", "way", "said"),
    [
        ("1863", "Before", "1863 or 14 Jul 1865"),
        ("1865-06-30", "Before", "30 Jun or 14 Jul"),
        ("1864~", "Before", "1864"),
        ("1865-09-01", "After", "14 Jul or 1 Sept"),
        ("1866-02-03/1866-02-05", "After", "Feb 1866"),
    ],
)
def test_an_account_beyond_the_span_has_an_arrow(
    other: str, way: str, said: str, edition: str
) -> None:
    """Out of the axis at the end where it lies; its words have the date, the legend says it."""
    made = drawn(dossier(other), edition)
    assert made.svg.count('class="line beyond category-1"') == 2
    assert [text.partition(" ")[0] for text in explained(made)].count(way) == 1
    assert said in words(made)
    assert not any("zigzag" in remark for remark in made.remarks)


def test_what_lies_on_the_axis_has_no_arrow() -> None:
    """Nor does the legend speak of one."""
    made = drawn(dossier("1865-07-20"))
    assert "beyond" not in made.svg
    assert not {text.partition(" ")[0] for text in explained(made)} & {"Before", "After"}
    assert "14 or 20 Jul" in words(made)


@pytest.mark.parametrize(
    ("long", "beyond"),
    [
        ("1865-05-20/1865-07-09", "before"),
        ("1865-08-25/1865-10-02", ""),
        ("1864/..", "before"),
        ("../1866", "after"),
        ("1865-07-09/..", ""),
        ("1864/1866", "before"),
    ],
)
def test_a_sign_stands_at_its_day_or_says_that_it_does_not(long: str, beyond: str) -> None:
    """What began before the axis has its arrow, and a bar as far as it lies on it."""
    event = load(dossier("1865-07-20", long)).dossier.events["long"]
    (mark,) = marks_of(event, AXIS)
    assert mark.beyond == beyond
    assert 10.0 <= mark.begin <= mark.end <= 100.0
    assert mark.end - mark.begin > 5
    if beyond:
        assert min(mark.at - 10.0, 100.0 - mark.at) == pytest.approx(2.7)


def test_what_goes_on_beyond_the_span_has_an_arrow_at_its_end() -> None:
    """Not what ends with the axis; its legend shows it upright, as the plate does."""
    made = drawn(dossier("1865-07-20", "1865-08-25/1865-10-02"))
    assert made.svg.count('class="line beyond category-1"') == 1
    ((text, sample),) = (
        (item.text, item.svg)
        for column in made.columns
        for group in column.groups
        for item in group.items
        if "beyond category-1" in item.svg
    )
    assert text.startswith("Went on after the days")
    assert "rotate(" not in sample
    made = drawn(dossier("1865-07-20", "1865-08-25/1865-08-31"))
    assert "beyond" not in made.svg


def test_no_break_begins_before_the_axis() -> None:
    """The time between an account beyond the span and the first day of it is not on the axis."""
    events = load(dossier("1790")).dossier.events.values()
    assert gaps_of(events, AXIS.first, AXIS.last) == ()


@pytest.mark.parametrize(("language", "word"), [("de", "Vor der"), ("fr", "Avant la")])
def test_the_legend_says_it_in_the_language_of_the_dossier(language: str, word: str) -> None:
    """As everything that the press says of itself."""
    assert any(
        text.startswith(word) for text in explained(drawn(dossier("1863", language=language)))
    )
