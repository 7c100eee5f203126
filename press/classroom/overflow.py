"""Overflow advice: what to cut where a handout does not fit on its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from press.base import pdfium
from press.base.finding import Finding
from press.base.units import counted
from press.classroom.handout import HandoutView, TooTall
from press.content.load import Loaded
from press.typeset.typeset import SetPages
from press.views.infobox import RowView
from press.views.strip_links import words

BACK = "back"
"""The anchor with which the second side begins."""
NAMED = 4
"""Rows and events that are named as the longest."""


def overflow_advice(
    loaded: Loaded, handout: HandoutView, pages: SetPages, name: str
) -> Iterator[Finding]:
    """P421, P422: the front or the back of a handout runs over; says by how much, and on what."""
    turn = pages.folios.get(BACK, (pages.pages + 1,))[0]
    if turn > 2 and handout.too_tall:
        yield _picture(loaded, handout.too_tall)
    elif turn > 2:
        yield _front(loaded, handout, _lines(pages.pdf, range(2, turn)))
    if pages.pages - (turn - 1) > 1:
        yield _back(loaded, handout, _lines(pages.pdf, range(turn + 1, pages.pages + 1)), name)


def _picture(loaded: Loaded, picture: TooTall) -> Finding:
    message = (
        f"the front of the handout has {picture.left:.0f} mm left for {picture.id!r}, which takes "
        f"{picture.height:.0f} mm with its legend"
    )
    hint = (
        "shorten its caption, take areas, lines or places out of it that its legend must explain, "
        "or leave more room: with fewer rows of the infobox that are essential: true"
    )
    listed = [plate.id for plate in loaded.dossier.plates.plates]
    loc = ("plates", listed.index(picture.id))
    return loaded.finding("plates.yaml", loc, "P421", message, hint)


def _front(loaded: Loaded, handout: HandoutView, over: str) -> Finding:
    rows = handout.infobox.rows if handout.infobox else ()
    longest = _longest([(_length(row), f"“{row.label}”") for row in rows])
    hint = (
        "shorten the standfirst, or mark rows of the infobox essential: true and leave out "
        f"the longest: {longest}"
    )
    message = f"the front of the handout is {over} too long"
    file, key = ("infobox.yaml", "rows") if rows else ("dossier.yaml", "standfirst")
    return loaded.finding(file, (key,), "P421", message, hint)


def _back(loaded: Loaded, handout: HandoutView, over: str, name: str) -> Finding:
    events = [event for phase in handout.phases for event in phase.events]
    message = f"the back of the handout is {over} too long"
    if not events:
        return Finding(name, 0, 0, "P422", message, "ask fewer questions: handout: true")
    lengths = [(len(words(f"{event.title} {event.text}").split()), event.id) for event in events]
    hint = (
        f"of its {len(events)} events leave the less needed ones without essential: true, or "
        f"shorten the longest: {_longest(lengths)}"
    )
    listed = [event.id for event in loaded.dossier.chronology.events]
    loc = ("events", listed.index(max(lengths)[1]), "text")
    return loaded.finding("chronology.yaml", loc, "P422", message, hint)


def _longest(lengths: Sequence[tuple[int, str]]) -> str:
    """The first of them by length: "summit (40 words), rope (38 words)"."""
    first = sorted(lengths, reverse=True)[:NAMED]
    return ", ".join(f"{what} ({length} words)" for length, what in first)


def _length(row: RowView) -> int:
    """Words of a row of the infobox as the handout prints it."""
    values = [value for part in (row, *row.sides) for value in part.values]
    accounts = [f"{claim.html} {claim.says}" for value in values for claim in value.claims]
    printed = [row.label, *(f"{value.html} {value.note}" for value in values), *accounts]
    return len(words(" ".join((*printed, row.note))).split())


def _lines(pdf: bytes, numbers: range) -> str:
    """How many lines of text stand on pages, by the heights at which their words stand."""
    found = 0
    with pdfium.opened(pdf) as document:
        for number in numbers:
            text = document[number - 1].get_textpage()
            tall = document[number - 1].get_height()
            feet = {round(text.get_rect(n)[1] / 3) for n in range(text.count_rects())}
            found += len({foot for foot in feet if foot * 3 > tall * 0.05})
    return counted(max(found, 1), "line")
