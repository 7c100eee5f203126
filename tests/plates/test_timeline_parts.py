"""A timeline that holds more than its page is rearranged: nothing of it is lost, nothing stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from press import plates
from press.base import pdfium
from press.content.load import load
from press.content.model import Dossier
from press.content.snapshot import Snapshot, engine_files, read
from press.design import styles
from press.design.editions import named
from press.design.styles import Style
from press.plates import Drawing
from press.plates.style import room
from tests.conftest import DOSSIERS, Printed

KINDS = ("triangle", "circle", "square")
SHORT = "Letter no. {n} is read aloud in the assembly of the estates"
LONG = (
    "The Donaudampfschifffahrtsgesellschaft and its {n} delegates negotiate at length about the "
    "withdrawal of all forces from the occupied districts"
)


def dense(count: int, days: int, title: str = SHORT, size: str = "page") -> Snapshot:
    """A dossier with ``count`` essential events within ``days`` days, in three categories."""
    rows = "".join(
        f"  - id: e{n}\n    date: 1848-03-{1 + n * days // count:02d}\n"
        f"    title: {title.format(n=n)}\n    text: It was.\n    category: c{n % 3}\n"
        f"    essential: true\n    sources: [whymper]\n"
        for n in range(count)
    )
    kinds = "".join(f"  - {{id: c{n}, label: Kind {n}, sign: {s}}}\n" for n, s in enumerate(KINDS))
    plate = f"plates:\n  - {{id: march, kind: timeline, title: March, size: {size}}}\n"
    files = read(DOSSIERS / "tiny", "tiny").files
    own = {"chronology.yaml": f"categories:\n{kinds}events:\n{rows}", "plates.yaml": plate}
    return Snapshot("dense", "dense", {**files, **{n: t.encode() for n, t in own.items()}})


def crowded(count: int, days: int, title: str = SHORT) -> Snapshot:
    """The same within three bursts, as campaigns have them, over a year or more."""
    begun = date(1848, 1, 1)
    bursts = (int(days * share) for share in (0.1, 0.5, 0.9))
    starts = [begun + timedelta(burst) for burst in bursts]
    made = dense(count, 1, title)
    rows = made.files["chronology.yaml"].decode().split("    date: 1848-03-01\n")
    when = (starts[n % 3] + timedelta(n % 7 // 3) for n in range(count))
    joined = rows[0] + "".join(
        f"    date: {day}\n{row}" for day, row in zip(when, rows[1:], strict=True)
    )
    return replace(made, files={**made.files, "chronology.yaml": joined.encode()})


def style_of(edition: str, paper: str) -> Style:
    return styles.flatten(engine_files(), "default", named(edition).sheet_name, paper)


def drawn(dossier: Dossier, style: Style) -> list[Drawing]:
    """All parts of the one timeline."""
    made = plates.draw(dossier, style, {})["march"]
    return [made, *made.further]


def words(parts: list[Drawing]) -> Iterator[str]:
    """What stands beside the axes, and in the lists under them."""
    for part in parts:
        yield from (box.text for box in part.boxes)
        for column in part.listed:
            yield from (item.text for group in column.groups for item in group.items)


@pytest.mark.parametrize(
    ("edition", "paper", "count", "days", "title"),
    [
        ("screen", "tablet", 60, 7, SHORT),
        ("large-print", "letter", 24, 6, LONG),
        ("booklet", "half-letter", 90, 1, SHORT),
    ],
)
def test_every_event_has_its_words_on_some_part(
    edition: str, paper: str, count: int, days: int, title: str
) -> None:
    """A crowded week, long titles, a day with ninety events: all are there, each part fits."""
    dossier, style = load(dense(count, days, title)).dossier, style_of(edition, paper)
    parts = drawn(dossier, style)
    assert [] == [fault for part in parts for fault in part.faults]
    said = " | ".join(words(parts))
    assert all(event.title in said for event in dossier.events.values())
    tallest = room("page", style)[1] + 2.6
    assert all(part.total <= tallest for part in parts)
    assert len({part.id for part in parts}) == len(parts)


@pytest.mark.parametrize(
    ("edition", "paper", "snapshot"),
    [
        ("dossier", "a3", crowded(150, 365)),
        ("booklet", "a5", crowded(90, 365)),
        ("large-print", "letter", crowded(60, 3650)),
        ("dossier", "a4", dense(150, 1)),
        ("booklet", "half-letter", dense(120, 1, LONG)),
    ],
)
def test_numbers_stay_in_their_picture(edition: str, paper: str, snapshot: Snapshot) -> None:
    """However many events a day has, in lanes that take turns, no number leaves the picture."""
    dossier, style = load(snapshot).dossier, style_of(edition, paper)
    parts = drawn(dossier, style)
    outside = [
        box.text
        for part in parts
        for box in part.boxes
        if not (0 <= box.box[0] < box.box[2] <= part.width + 0.05)
        or not (-0.05 <= box.box[1] < box.box[3] <= part.height + 0.05)
    ]
    assert [] == outside
    said = " | ".join(words(parts))
    assert [] == [event.title for event in dossier.events.values() if event.title not in said]
    names = [part.id for part in parts]
    assert len(names) == len({*names})
    assert all(f'id="plate-{part.id}' in part.svg for part in parts[1:] if "id=" in part.svg)


def test_numbers_of_neighbours_are_joined_where_they_are_too_many() -> None:
    """Numbers that find no room one under another stand as ranges, each number in one of them."""
    (made, *_) = drawn(load(dense(150, 30)).dossier, style_of("dossier", "a4"))
    lists = [item.text for column in made.listed for g in column.groups for item in g.items]
    assert lists
    assert made.svg.count("L1–") == 1


def test_days_are_on_the_axis_of_their_part() -> None:
    """Each part has whole days, and the first part alone what the author wrote around the plate."""
    dossier = load(dense(40, 7)).dossier
    parts = drawn(dossier, style_of("booklet", "half-letter"))
    spans = [{dossier.events[e].when.earliest.day for e in part.events} for part in parts[1:]]
    assert [{4, 5, 6, 7}] == spans
    assert ["March", "March (continued)"] == [part.title for part in parts]
    assert parts[0].events == frozenset(dossier.events)
    assert "1–3\N{NO-BREAK SPACE}March 1848" == parts[0].span


def test_half_a_page_becomes_a_whole_one() -> None:
    """What does not fit half a page is drawn on a page, before anything goes on overleaf."""
    dossier = load(dense(24, 6, LONG, "half")).dossier
    (made,) = drawn(dossier, style_of("dossier", "a4"))
    assert "page" == made.size


def test_signs_stand_alone_on_a_poster_without_room() -> None:
    """In a room for one part the signs stand without words, and a line says so."""
    style = style_of("poster", "a3")
    small = {"--plate-width": "90mm", "--plate-height": "90mm", "--plate-parts": "1"}
    tight = replace(style, tokens={**style.tokens, **small})
    (made,) = drawn(load(dense(60, 7, LONG)).dossier, tight)
    assert made.total <= 92.6
    assert any("only the signs" in remark.lower() for remark in made.remarks)
    assert not made.listed
    assert len(made.dropped) == 60


def test_parts_are_set_on_pages_of_their_own(printed: Printed) -> None:
    """In the half-letter booklet a crowded week goes on overleaf, and nothing is found."""
    made = printed("booklet", "half-letter", snapshot=dense(40, 7))
    assert [] == list(made.findings)
    with pdfium.opened(made.pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    assert 1 == sum("March (continued)" in page for page in pages)
