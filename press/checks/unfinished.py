"""What was pasted or noted for later, and is still to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.base.finding import Remark
from press.checks.texts import paragraphs, passages
from press.content.load import Loaded
from press.content.missing import FILL
from press.content.walk import fields, walk

_NOTED = "TODO|FIXME|TBD|TBC|TBA"
_OWN = re.compile(
    rf"(?<!\w)(?:{_NOTED}):"  # TODO: write the rest
    rf"|[\[(<](?:{_NOTED})\b[^\])>\n]*[\])>]"  # [TBD by Anna]
    r"|(?<![^\s(\[])\?{2,}(?![^\s.,;:)\]])"  # a height of ?? metres
    r"|\b[Ll]orem [Ii]psum\b"
)
_ALONE = re.compile(rf"\W*(?:{_NOTED}|\?{{2,}})\W*")


def left_to_fill(loaded: Loaded) -> Iterator[Remark]:
    """W359: a text is still the … of lines that were to be filled in, or a note to oneself.

    Why: Findings about missing keys have lines to paste, with … for each text; and TODO, TBD, ??
        or lorem ipsum mark what is to be written later. Each would be printed.
    Wrong: standfirst: …
    Right: standfirst: Two parties climb one ridge in one summer.
    Remedy: Write what belongs there, or delete the key where it may be left out.
    """
    hint = "write what belongs there"
    for file, loc, value in walk(loaded):
        for _, key, _, held in fields(value):
            for one in held if isinstance(held, tuple) else (held,):
                if one in (FILL, "...") or (isinstance(one, str) and _ALONE.fullmatch(one)):
                    shown = FILL if one == "..." else one
                    yield loaded.at(file, *loc, key), f"{key} is still {shown}", hint
                    break
    for passage in passages(loaded):
        for offset, text in paragraphs(passage, passage.own):
            for at, words in _notes_to_oneself(text, passage.is_chapter):
                message = f"{words!r} would be printed as it stands"
                yield passage.at(offset + at), message, hint


def _notes_to_oneself(text: str, alone: bool) -> Iterator[tuple[int, str]]:
    """Where a note to oneself stands, and its first words; or the whole text, where it is one."""
    if _ALONE.fullmatch(text):
        if alone:
            yield len(text) - len(text.lstrip()), text.strip()
        return
    yield from ((match.start(), match[0]) for match in _OWN.finditer(text))
