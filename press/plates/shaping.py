"""Text that cannot be set one letter after another (``press.base.scripts.is_joined``).

WeasyPrint's SVG sets each character on its own, from left to right, so Arabic would come out
unjoined and backwards. HarfBuzz shapes such a line here, and its glyphs are drawn as outlines; the
words themselves are set unseen in the same place, so that a reader can find, select and copy them.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from press.base.scripts import RIGHT_TO_LEFT
from press.plates.fonts import FontFile


@dataclass(frozen=True)
class Ink:
    """One glyph of a line where it stands, in mm from the line's origin, y downward."""

    font: FontFile
    glyph: str
    x: float
    y: float


def right_to_left(text: str) -> bool:
    """Whether a line's first strong letter runs from right to left (Unicode bidi rules P2, P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in RIGHT_TO_LEFT:
            return True
        if kind == "L":
            return False
    return False


def runs(text: str) -> list[tuple[slice, bool]]:
    """Pieces of one direction in the order in which they stand on paper, from left to right.

    Each comes with whether it runs from right to left. Numbers keep their own direction, and a mark
    goes with the letter that bears it (W1); neutral characters go with what stands on both sides of
    them, else with the line.
    """
    base = right_to_left(text)
    strong: list[bool | None] = []
    for character in text:
        is_mark = bool(strong) and unicodedata.bidirectional(character) == "NSM"
        strong.append(strong[-1] if is_mark else _direction(character))
    backwards = _resolved(strong, base)
    pieces, end = [], 0
    for back, group in itertools.groupby(backwards):
        start, end = end, end + len(list(group))
        pieces.append((slice(start, end), back))
    return pieces[::-1] if base else pieces


def _direction(character: str) -> bool | None:
    kind = unicodedata.bidirectional(character)
    if kind in RIGHT_TO_LEFT:
        return True
    return False if kind in ("L", "EN", "AN") else None


def _resolved(strong: Sequence[bool | None], base: bool) -> list[bool]:
    found: list[bool] = []
    for number, own in enumerate(strong):
        if own is not None:
            found.append(own)
            continue
        before = next((s for s in strong[:number][::-1] if s is not None), base)
        after = next((s for s in strong[number + 1 :] if s is not None), base)
        found.append(before if before == after else base)
    return found


def as_seen(text: str) -> str:
    """The characters of a line in the order in which they stand on paper, from left to right.

    That is the order in which PDF viewers expect them, and from which they restore the words.
    """
    return "".join(text[piece][::-1] if back else text[piece] for piece, back in runs(text))


def shape(text: str, fonts: Sequence[FontFile], size: float) -> tuple[list[Ink], float]:
    """The glyphs of a line ``size`` mm high from left to right, and its width in mm.

    ``fonts`` gives for each character the font that it is set in.
    """
    ink: list[Ink] = []
    x = 0.0
    for piece, back in runs(text):
        spans = _by_font(text[piece], fonts[piece])
        for words, font in reversed(spans) if back else spans:
            for glyph, left, up, advance in font.shaped(words, "rtl" if back else "ltr"):
                ink.append(Ink(font, glyph, (x + left) * size, -up * size))
                x += advance
    return ink, x * size


def _by_font(piece: str, fonts: Sequence[FontFile]) -> list[tuple[str, FontFile]]:
    pairs = zip(piece, fonts, strict=True)
    groups = itertools.groupby(pairs, key=lambda pair: pair[1])
    return [("".join(c for c, _ in group), font) for font, group in groups]
