"""The signs of a timeline: the preferred on top, upright in the legend; no break cuts words."""

from __future__ import annotations

import re

import pytest

from press import plates
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design import styles
from press.design.editions import named
from press.plates import Drawing
from press.plates.style import PlateStyle
from tests.conftest import DOSSIERS
from tests.plates.test_sparse_timelines import with_events

CHRONOLOGY = """categories:
  - {id: c, label: Kind, sign: triangle}
events:
  - id: e
    title: It happened
    text: It was.
    category: c
    claims:
      - {date: 1865-07-14, says: one, sources: [whymper]%s}
      - {date: 1865-07-15, says: another, sources: [whymper]%s}
  - {id: f, date: 1865-08-20, title: Else, text: It was., category: c, sources: [whymper]}
"""
PREFERRED = ", preferred: true, reason: it is the earlier"


def drawn(snapshot: Snapshot, edition: str = "dossier") -> tuple[Drawing, PlateStyle]:
    style = styles.flatten(engine_files(), "default", named(edition).sheet_name, "a4")
    return plates.draw(load(snapshot).dossier, style, {})["line"], PlateStyle(style)


def contested(*more: str) -> Snapshot:
    files = read(DOSSIERS / "tiny", "tiny").files
    plate = "plates:\n  - {id: line, kind: timeline, title: Line}\n"
    own = {"chronology.yaml": (CHRONOLOGY % more).encode(), "plates.yaml": plate.encode()}
    return Snapshot("signs", "signs", {**files, **own})


@pytest.mark.parametrize("more", [(PREFERRED, ""), ("", PREFERRED)])
def test_no_sign_lies_over_that_of_the_preferred_date(more: tuple[str, str]) -> None:
    """Of two dates a day apart the solid sign is drawn last."""
    made, _ = drawn(contested(*more))
    signs = re.findall(r'data-of="event-e" class="sign (open|cased) ', made.svg)
    assert signs == ["open", "cased"]


def test_signs_of_the_legend_are_upright() -> None:
    """A triangle points upward there as on the axis; only the stretches lie on their side."""
    made, _ = drawn(contested(PREFERRED, ""))
    samples = [
        item.svg
        for column in made.columns
        for group in column.groups[-1:]
        for item in group.items
        if "rotate(" in item.svg
    ]
    assert samples
    for sample in samples:
        laid = "".join(re.findall(r"<g transform.*?</g>", sample))
        assert 'class="sign' not in laid
        assert 'class="sign' in sample


@pytest.mark.parametrize("edition", ["dossier", "large-print", "poster"])
def test_no_break_cuts_what_it_leaves_out(edition: str) -> None:
    """The zigzag lines stand above and below the months left out, however large their type."""
    made, style = drawn(with_events(["1900-01-05", "1950-01-07"]), edition)
    text = style.text("label-day")
    lines = [
        [float(y) for y in re.findall(r"[ML ][-\d.]+ ([-\d.]+)", path)]
        for path in re.findall(r'class="break" d="([^"]+)"', made.svg)
    ]
    words = re.findall(r'class="label-day"[^>]*? y="([-\d.]+)"[^>]*>([^<]+)<', made.svg)
    said = {word: float(y) for y, word in words}
    run = style.run("Dec 1949", text)
    upper, lower = sorted(lines, key=min)
    first, last = said["Feb 1900 –"], said["Dec 1949"]
    assert max(upper) < first - run.rise * 96 / 25.4
    assert last + run.drop * 0.5 * 96 / 25.4 < min(lower)


@pytest.mark.parametrize("edition", ["dossier", "large-print"])
@pytest.mark.parametrize("count", [7, 9])
def test_no_number_of_a_day_stands_on_a_line_or_at_a_year(count: int, edition: str) -> None:
    """Not the 30 on the line of the next month, nor the 15 beside 1910 as if they were one date."""
    made, style = drawn(with_events([f"1910-0{n % 3 + 1}-{n + 9}" for n in range(count)]), edition)
    rise = style.run("30", style.text("label-day")).rise * 96 / 25.4
    lines = [float(y) for y in re.findall(r'class="month" d="M[-\d.]+ ([-\d.]+)', made.svg)]
    said = re.findall(r'class="label-day" x="([-\d.]+)" y="([-\d.]+)"[^>]*>(\d+)<', made.svg)
    days = [(float(x), float(y)) for x, y, word in said if len(word) < 3]
    (year,) = [(float(x), float(y)) for x, y, word in said if word == "1910"]
    assert not any(y - rise < line < y for line in lines for _, y in days)
    wide = style.run("30", style.text("label-day")).width * 96 / 25.4
    level = [x for x, y in days if abs(y - year[1]) < rise and x < year[0]]
    assert all(year[0] - (x + wide) > 2 for x in level)
