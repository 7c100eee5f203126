"""A timeline of few events is low, and its axis is broken where nothing happened."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from press import plates
from press.base.boxes import overlap
from press.content.load import load
from press.content.model import Dossier
from press.content.snapshot import Snapshot, engine_files, read
from press.dates import Day
from press.design import styles
from press.design.editions import named
from press.plates import Drawing
from press.plates.style import room
from press.plates.timelines.axis import BREAK, TimeAxis, known_days, marks_of
from press.plates.timelines.breaks import gaps_of, with_low
from tests.conftest import DOSSIERS, Printed

STYLE = styles.flatten(engine_files(), "default", named("dossier").sheet_name, "a4")
FAR = ("1857~", "1865-07-14", "1865-07-17")


def with_events(days: Sequence[str], more: str = "", phases: str = "") -> Snapshot:
    """A dossier with an event on each of these days and one timeline."""
    rows = "".join(
        f'  - id: e{n}\n    date: "{day}"\n    title: Event no. {n}\n    text: It was.\n'
        f"    category: c\n    sources: [whymper]\n"
        for n, day in enumerate(days)
    )
    kinds = "categories:\n  - {id: c, label: Kind, sign: circle}\n"
    plate = f"plates:\n  - {{id: line, kind: timeline, title: Line{more}}}\n"
    files = read(DOSSIERS / "tiny", "tiny").files
    own = {"chronology.yaml": f"{kinds}{phases}events:\n{rows}", "plates.yaml": plate}
    return Snapshot("sparse", "sparse", {**files, **{n: t.encode() for n, t in own.items()}})


def dossier_of(days: Sequence[str], more: str = "", phases: str = "") -> Dossier:
    return load(with_events(days, more, phases)).dossier


def drawn(days: Sequence[str], more: str = "", phases: str = "") -> Drawing:
    return plates.draw(dossier_of(days, more, phases), STYLE, {})["line"]


def left_out(days: Sequence[str]) -> list[str]:
    """The stretches that are left out between these days, from and up to."""
    events = dossier_of(days).events.values()
    ends = known_days(day for event in events for day in event.when.span)
    return [f"{low} {high}" for low, high in gaps_of(events, min(ends), max(ends))]


@pytest.mark.parametrize(
    ("days", "gaps"),
    [
        (["1900-01-05", "1950-01-07"], ["1900-02-01 1950-01-01"]),
        (["1900-12-05", "1950-01-07"], ["1901-01-01 1950-01-01"]),
        (["1900", "1920", "1940", "1960", "1980"], []),
        (["1850", "1852", "1900", "1902", "1950"], ["1853-01-01 1900-01-01",
                                                    "1903-01-01 1950-01-01"]),
        (["1900/1940", "1950"], []),
        (["1900/..", "1950"], ["1901-01-01 1950-01-01"]),
        (["1800/1830", "1900"], ["1831-01-01 1900-01-01"]),
        (["1993-06-05", "1993-07-30", "1993-09-02", "1993-10-20"], []),
    ],
)  # fmt: skip
def test_long_empty_stretches_are_left_out(days: list[str], gaps: list[str]) -> None:
    """Whole months, or whole years of a long time, that no date touches; no others."""
    assert left_out(days) == gaps


def test_scale_is_true_between_breaks() -> None:
    """A day is as high on either side; the break has a height of its own."""
    gap = (Day(1900, 2, 1), Day(1950, 1, 1))
    axis = TimeAxis(Day(1900, 1, 1), Day(1950, 1, 31), 0.0, 62 + BREAK, gaps=(gap,))
    assert axis.days == 62
    assert axis.per_day == pytest.approx(1.0)
    assert axis.begin(Day(1900, 1, 11)) == pytest.approx(10.0)
    assert axis.begin(gap[1]) - axis.begin(gap[0]) == pytest.approx(BREAK)
    assert axis.begin(Day(1950, 1, 11)) == pytest.approx(41 + BREAK)
    assert [str(day) for stretch in axis.stretches for day in stretch] == [
        "1900-01-01", "1900-01-31", "1950-01-01", "1950-01-31",
    ]  # fmt: skip


def test_break_says_what_it_leaves_out() -> None:
    """Zigzags across the axis, the months between them, and a sentence below."""
    made = drawn(FAR)
    assert made.svg.count('class="break"') == 2
    assert "Jan 1858 –" in made.svg.replace("\xa0", " ")
    assert "Jun 1865" in made.svg.replace("\xa0", " ")
    assert any("zigzag" in remark for remark in made.remarks)
    assert not any("zigzag" in remark for remark in drawn(["1993-06", "1993-08"]).remarks)


def test_no_date_lies_in_a_break() -> None:
    """Neither the day of an event nor one that it may be."""
    events = list(dossier_of((*FAR, "1930/1931", "1990?")).events.values())
    first, last = Day(1857, 1, 1), Day(1990, 12, 31)
    axis = TimeAxis(first, last, 0.0, 200.0, gaps=gaps_of(events, first, last))
    assert axis.gaps
    for event in events:
        for mark in marks_of(event, axis):
            for low, high in axis.gaps:
                top, bottom = axis.begin(low), axis.begin(high)
                assert mark.end <= top + 1e-6 or mark.begin >= bottom - 1e-6


def test_few_events_make_a_low_timeline() -> None:
    """It stands among text and is higher the more it holds; many take their page."""
    three, ten, forty = (drawn([f"1993-06-{n % 28 + 1:02}" for n in range(c)]) for c in (3, 10, 40))
    assert [made.size for made in (three, ten, forty)] == ["half", "half", "page"]
    assert three.total < ten.total < room("half", STYLE)[1] < forty.total
    assert three.height < 60


def test_what_the_author_asks_for_stands() -> None:
    """A timeline that asks for a page has one, however few its events."""
    made = drawn(FAR, ", size: page")
    assert made.size == "page"
    assert made.total > 0.9 * room("page", STYLE)[1]


PHASES = (
    "phases:\n  - {id: p, title: The long attempts, begins: 1857}\n"
    "  - {id: q, title: The ascent%s, begins: 1865-07}\n"
)


def test_phase_without_room_for_its_name_is_named_below() -> None:
    """With the day on which it begins; of a name that is too long even across its band."""
    long = " and the fall of four" * 20
    made = drawn(FAR, phases=PHASES % long)
    assert f"Phases whose names have no room: The ascent{long} (from July 1865)." in [
        r.replace("\xa0", " ") for r in made.remarks
    ]


def test_name_of_a_low_phase_stands_across_its_band() -> None:
    """Clear of the words of events, where it is too long to stand along the edge."""
    made = drawn(FAR, phases=PHASES % " itself and all that was to come of it in the end")
    (name,) = (box.box for box in made.boxes if box.key == "phase-q")
    assert name[2] - name[0] > 2 * (name[3] - name[1])
    beside = (name[0] - 4.9, name[1], name[2] + 4.9, name[3])
    assert not any(overlap(beside, box.box) for box in made.boxes if box.key != "phase-q")
    assert not any("no room" in remark for remark in made.remarks)
    # Its ground comes from the strip: besides those of the two bands there are two of names.
    drawn_as = re.findall(
        r'class="band-strip" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', made.svg
    )
    grounds = [[float(value) * 25.4 / 96 for value in one] for one in drawn_as]
    assert len(grounds) == 4
    assert any(x < name[0] and x + wide > name[2] and y < name[1] < y + 1 for x, y, wide in grounds)


@pytest.mark.parametrize("more", ["", " itself", " itself and what it was to be", " of it" * 20])
def test_names_of_phases_are_all_alike(more: str) -> None:
    """All along the edge in one size, or all across: not one so and one so."""
    made = drawn(FAR, phases=PHASES % more)
    names = re.findall(r'class="(label-phase[^"]*)"([^>]*)>', made.svg)
    assert len({(classes, "rotate" in placed) for classes, placed in names}) == 1


def test_times_without_days_take_little_room() -> None:
    """A year that only a date without a day takes is low; the month of the days is high."""
    made = drawn(FAR)
    breaks = re.findall(r'class="break" d="M[-\d.]+ ([-\d.]+)', made.svg)
    spine = re.search(r'class="spine" x="[\d.]+" y="([\d.]+)" .*?height="([\d.]+)"', made.svg)
    assert spine
    top, height = (float(n) for n in spine.groups())
    above, below = min(map(float, breaks)) - top, top + height - max(map(float, breaks))
    assert above < 0.3 * height < 0.5 * height < below
    assert any("where no day is known it is shorter" in remark for remark in made.remarks)


@pytest.mark.parametrize(
    ("days", "low"),
    [
        (("1857~", "1865-07-14", "1865-07-17"), [0]),
        (("1864~", "1865-07-14", "1865-07-17"), [0]),
        (("1865-07-14", "1900-02-20", "1950/1953"), [2]),
        (("1857", "1859", "1900"), []),
        (("1857-05-01/1857-09-01", "1900-02-03"), []),
        (("1857", "1857-08-04", "1900-02-03"), []),
    ],
)
def test_times_without_days_have_a_scale_of_their_own(
    days: tuple[str, ...], low: list[int]
) -> None:
    """Where others have days, and no day is known in all of a stretch between two breaks."""
    events = list(dossier_of(days).events.values())
    ends = known_days(day for event in events for day in event.when.span)
    first, last = Day(min(ends).year, 1, 1), Day(max(ends).year, 12, 31)
    axis = TimeAxis(first, last, 0.0, 100.0, gaps=gaps_of(events, first, last))
    made = with_low(axis, events)
    assert [number for number, _ in made.low] == low
    assert made.end(last) == pytest.approx(100.0)
    for number, height in made.low:
        begin, end = made.stretches[number]
        assert made.end(end) - made.begin(begin) == pytest.approx(height)


def test_months_of_a_low_axis_are_named_evenly() -> None:
    """Every second or third where there is no room for each, and each stretch with its year."""
    made = drawn(("1857-01-02/1857-12-20", "1865-07-14")).svg.replace("\xa0", " ")
    named = re.findall(r">(Jan 1857|Jul 1865|[A-Z][a-z]{2,3})</text>", made)
    assert named in (
        ["Jan 1857", "Mar", "May", "Jul", "Sept", "Nov", "Jul 1865"],
        ["Jan 1857", "Apr", "Jul", "Oct", "Jul 1865"],
    )


@pytest.mark.parametrize("language", ["de", "fr"])
def test_breaks_in_other_languages(language: str) -> None:
    """The sentence is in the dossier's language."""
    files = with_events(FAR).files
    own = files["dossier.yaml"].replace(b"language: en", f"language: {language}".encode())
    dossier = load(Snapshot("s", "s", {**files, "dossier.yaml": own})).dossier
    remarks = plates.draw(dossier, STYLE, {})["line"].remarks
    assert any(re.search("Zickzack|lignes brisées", remark) for remark in remarks)


@pytest.mark.parametrize("edition", ["dossier", "screen", "large-print", "booklet"])
def test_pages_have_no_fault(printed: Printed, edition: str) -> None:
    """Low and broken timelines are set without a finding, and their words are there."""
    made = printed(edition, snapshot=with_events((*FAR, "1930-02-03", "1990")))
    assert [] == [f for f in made.findings if f.code[:2] in ("P3", "P4", "W5")]
