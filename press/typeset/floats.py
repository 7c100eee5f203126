"""Pictures float: one that leaves much of a page empty gives its place to the text after it.

A picture, or a plate, that does not fit the rest of its page goes to the head of the next, and the
rest stays empty. Where that is a quarter of the page or more, the paragraphs after it come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from press.typeset.layout import Layout, TextLine

MUCH = 0.25
"""The share of a page's height that may not stay empty before a picture."""
FULL = 0.95
"""The share of a page's height that a picture and what is left of a paragraph may take."""

_FIGURE = re.compile(
    r'<figure class="(?P<classes>[^"]*)" id="(?P<id>[^"]+)">.*?</figure>', re.DOTALL
)
_PARAGRAPH = re.compile(
    r'\s*<p(?: class="[^"]*")? id="(?P<id>block-\d+)"[^>]*>(?:(?!</?p[ >]).)*</p>', re.DOTALL
)
_NOTE = re.compile(r'class="note" id="(note-\d+)"')
_MOVED = ' data-floated=""'
_OWN_PAGE = ("page", "spread", "poster")


@dataclass(frozen=True)
class Room:
    """What stands empty on the page before a picture, and how tall picture and page are; points."""

    free: float
    tall: float
    page: float


def floated(text: str, layout: Layout) -> str:
    """``text`` with the first picture that leaves too much empty behind the paragraphs after it.

    Unchanged where there is none. A picture moves once.
    """
    for figure in _FIGURE.finditer(text):
        room = _room(layout, figure["id"])
        if room is None or room.free < MUCH * room.page or 'class="note"' in figure[0]:
            continue
        end = _behind(text, figure.end(), layout, room, figure["classes"])
        if end > figure.end():
            moved = figure[0].replace(">", f"{_MOVED}>", 1)
            return text[: figure.start()] + text[figure.end() : end] + moved + text[end:]
    return text


def _room(layout: Layout, anchor: str) -> Room | None:
    """The room before a picture that stands at the head of a page, in the same chapter."""
    boxes = [(line.page, line.box) for line in layout.lines if anchor in line.anchors]
    boxes += [(one.page, one.box) for one in layout.pictures if anchor in one.anchors]
    if not boxes:
        return None
    page, top = min((page, box[1]) for page, box in boxes)
    bottom = max(box[3] for on, box in boxes if on == page)
    area = layout.pages[page - 1].area
    main = [line for line in layout.lines if line.part == "main" and line.page in (page - 1, page)]
    over = [one for one in main if one.page == page and one.bottom <= top]
    before = [line for line in main if line.page == page - 1]
    if over or not before or not any(line.within("chapter") for line in before[-1:]):
        return None
    notes = [line.top for line in layout.lines if line.part == "note" and line.page == page - 1]
    foot = min(notes, default=layout.pages[page - 2].area[3])
    free = foot - max(line.bottom for line in before)
    return Room(free, bottom - top, area[3] - area[1])


def _behind(text: str, at: int, layout: Layout, room: Room, classes: str) -> int:
    """Where the paragraphs end that come before the picture whose end is ``at``."""
    used, end = 0.0, at
    own_page = any(name in classes.split() for name in _OWN_PAGE)
    for stop, tall in _paragraphs(text, at, layout):
        if used + tall > room.free:
            left = used + tall - room.free
            fits = left + room.tall <= FULL * room.page and not own_page
            return stop if fits and room.free - used > MUCH / 2 * room.page else end
        used, end = used + tall, stop
    return end


def _paragraphs(text: str, at: int, layout: Layout) -> Iterator[tuple[int, float]]:
    """The end of each paragraph that follows, and its height with its notes, in points."""
    while found := _PARAGRAPH.match(text, at):
        at = found.end()
        anchors = {found["id"], *_NOTE.findall(found[0])}
        yield at, sum(_height(line) for line in layout.lines if anchors & set(line.anchors))


def _height(line: TextLine) -> float:
    return line.bottom - line.top
