"""What to cut where a handout does not fit on its sheet."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from press.base.finding import Finding
from press.classroom.lean import plain
from press.classroom.sheets import HandoutView, printed
from press.content.load import Loaded
from press.typeset.typeset import SetPages

BACK = "back"
"""The anchor with which the second side begins."""
NAMED = 4
"""Rows and events that are named as the longest."""


def overfull(loaded: Loaded, view: HandoutView, pages: SetPages, name: str) -> Iterator[Finding]:
    """P421, P422: the front or the back of a handout runs over; says by how much, and on what."""
    turn = pages.folios.get(BACK, (pages.pages + 1,))[0]
    if turn > 2:
        over = _lines(pages.pdf, range(2, turn))
        rows = sorted(
            ((_row_length(row), row.label) for row in (view.infobox.rows if view.infobox else ())),
            reverse=True,
        )
        longest = ", ".join(f"“{label}” ({length} words)" for length, label in rows[:NAMED])
        message = f"the front of the handout is {_counted(over)} too long"
        hint = "shorten the standfirst, or mark rows of the infobox essential: true and leave out "
        where = "infobox.yaml" if rows else "dossier.yaml"
        loc: tuple[str | int, ...] = ("rows",) if rows else ("standfirst",)
        yield loaded.finding(where, loc, "P421", message, hint + f"the longest: {longest}")
    if pages.pages - (turn - 1) > 1:
        over = _lines(pages.pdf, range(turn + 1, pages.pages + 1))
        events = [event for phase in view.phases for event in phase.events]
        lengths = sorted(
            ((len(plain(f"{event.title} {event.text}").split()), event.id) for event in events),
            reverse=True,
        )
        longest = ", ".join(f"{ident} ({length} words)" for length, ident in lengths[:NAMED])
        message = f"the back of the handout is {_counted(over)} too long"
        hint = (
            f"of its {len(events)} events leave the less needed ones without essential: true, or "
            f"shorten the longest: {longest}"
        )
        listed = [event.id for event in loaded.dossier.chronology.events]
        if lengths:
            loc = ("events", listed.index(lengths[0][1]), "text")
            yield loaded.finding("chronology.yaml", loc, "P422", message, hint)
        else:
            yield Finding(name, 0, 0, "P422", message, "ask fewer questions: handout: true")


def _row_length(row: object) -> int:
    return sum(len(text.split()) for text in printed(row))


def _counted(lines: int) -> str:
    return "1 line" if lines == 1 else f"{lines} lines"


def _lines(pdf: bytes, numbers: range) -> int:
    """How many lines of text stand on pages, by the heights at which their words stand."""
    document = pdfium.PdfDocument(pdf)
    try:
        found = 0
        for number in numbers:
            text = document[number - 1].get_textpage()
            tall = document[number - 1].get_height()
            feet = {round(text.get_rect(n)[1] / 3) for n in range(text.count_rects())}
            found += len({foot for foot in feet if foot * 3 > tall * 0.05})
        return max(1, found)
    finally:
        document.close()
