"""Notes stand on the page of their calls; where WeasyPrint parts them, a block turns the page."""

from __future__ import annotations

import re
from itertools import count

from press.typeset.folios import Folios

_NOTE = re.compile(r'<span class="note" id="(note-\d+)"')
_HEADING = re.compile(r"<h([1-6])\b(?:(?!<h[1-6]\b).)*</h\1>\s*\Z", re.DOTALL)
_BLOCK = re.compile(r'<((?:p|li|blockquote)(?: class="[^"]*")?)>')
_LONGEST_HEADING = 2000
"""Letters before a block in which its headings are looked for."""


def add_anchors(text: str) -> str:
    """``text`` with anchors for the call of each note and for each block that a page may divide."""
    text = _NOTE.sub(lambda note: f'<span id="{_call(note[1])}"></span>{note[0]}', text)
    numbers = count(1)
    return _BLOCK.sub(lambda block: f'<{block[1]} id="block-{next(numbers)}">', text)


def _call(note: str) -> str:
    """The anchor of the call of a note."""
    return note.replace("note-", "call-")


def stray_notes(text: str, folios: Folios) -> tuple[str, ...]:
    """The anchors of notes that are not printed once, on the page of their call."""
    return tuple(
        anchor
        for anchor in _NOTE.findall(text)
        if len(folios.get(anchor, ())) != 1 or folios.get(_call(anchor)) != folios[anchor]
    )


def break_before(text: str, folios: Folios) -> str:
    """``text`` with a page break before the block that drives the first stray note away.

    WeasyPrint pushes a note on, or loses it, when a block that begins below its call goes over the
    page's end and has to leave two lines behind; that block turns the page instead. Where no block
    goes over, it is the block of the call itself. Unchanged where nothing strays or nothing helps.
    """
    strays = stray_notes(text, folios)
    if not strays:
        return text
    call = _call(strays[0])
    pages = folios.get(call, ())
    divided = [
        anchor
        for anchor, at in folios.items()
        if anchor.startswith("block-") and pages and {pages[0], pages[0] + 1} <= set(at)
    ]
    before = text[: max(text.find(f'id="{call}"'), 0)]
    own = re.findall(r'id="(block-\d+)"', before)[-1:]
    for anchor in (*sorted(divided, key=lambda name: int(name[6:])), *own):
        at = text.rfind("<", 0, text.find(f'id="{anchor}"'))
        while heading := _HEADING.search(text, max(0, at - _LONGEST_HEADING), at):
            at = heading.start()  # headings turn with what they head
        tag = text[at : text.index(">", at) + 1]
        if "turn" not in tag:
            return text[:at] + _turning(tag) + text[at + len(tag) :]
    return text


def _turning(tag: str) -> str:
    """An opening tag with ``turn`` among its classes."""
    if 'class="' in tag:
        return tag.replace('class="', 'class="turn ', 1)
    return re.sub(r"^<(\w+)", r'<\1 class="turn"', tag)
