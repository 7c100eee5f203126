"""Text that cannot be set one letter after another: joined and right-to-left scripts.

WeasyPrint's SVG sets each character on its own, from left to right, so Arabic would come out
unjoined and backwards. HarfBuzz shapes such a line here, and its glyphs are drawn as outlines; the
words themselves are set unseen in the same place, so that a reader can find, select and copy them.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz  # type: ignore[import-untyped]

_JOINED = (
    (0x0590, 0x08FF),  # Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours
    (0x0900, 0x109F),  # scripts of India, Thai, Lao, Tibetan, Myanmar
    (0x1780, 0x18AF),  # Khmer, Mongolian
    (0x1A20, 0x1AAF),
    (0xA840, 0xABFF),
    (0xFB1D, 0xFEFC),  # presentation forms of Hebrew and Arabic
)
_RIGHT_TO_LEFT = frozenset({"R", "AL", "RLE", "RLO", "RLI"})


@dataclass(frozen=True)
class Glyph:
    """A glyph of a shaped line: which font and glyph, and where, in em from the line's origin."""

    font: int
    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Shaped:
    """A shaped line: glyphs from left to right and the whole advance, in em."""

    glyphs: tuple[Glyph, ...]
    width: float


def needs_shaping(text: str) -> bool:
    """Whether a line has letters that join, reorder or run from right to left."""
    return any(low <= ord(c) <= high for c in text for low, high in _JOINED)


def right_to_left(text: str) -> bool:
    """Whether a line's first strong letter runs from right to left (Unicode bidi rules P2, P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in _RIGHT_TO_LEFT:
            return True
        if kind == "L":
            return False
    return False


def runs(text: str) -> list[tuple[str, bool]]:
    """Pieces of one direction in the order in which they stand on paper, from left to right.

    Each comes in reading order with whether it runs from right to left. Numbers keep their own
    direction; neutral characters go with what stands on both sides of them, else with the line.
    """
    base = right_to_left(text)
    backwards = _resolved([_direction(c) for c in text], base)
    pieces = [
        ("".join(c for c, _ in group), back)
        for back, group in itertools.groupby(
            zip(text, backwards, strict=True), key=lambda pair: pair[1]
        )
    ]
    return pieces[::-1] if base else pieces


def _direction(character: str) -> bool | None:
    kind = unicodedata.bidirectional(character)
    if kind in _RIGHT_TO_LEFT or kind == "NSM":
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
    return "".join(piece[::-1] if back else piece for piece, back in runs(text))


@lru_cache(maxsize=32)
def _font(data: bytes) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(data))


def shape(text: str, fonts: Sequence[bytes], choose: Sequence[int]) -> Shaped:
    """Shape a line. ``choose`` gives for each character of ``text`` the font, of ``fonts``."""
    glyphs: list[Glyph] = []
    x, at = 0.0, {}
    position = 0
    for piece, back in _in_reading_order(text):
        at[position] = (piece, back)
        position += len(piece)
    order = sorted(at)
    for start in reversed(order) if right_to_left(text) else order:
        piece, back = at[start]
        spans = _by_font(piece, choose[start : start + len(piece)])
        for words, font in reversed(spans) if back else spans:
            x = _shape_piece(words, back, font, fonts[font], glyphs, x)
    return Shaped(tuple(glyphs), x)


def _in_reading_order(text: str) -> list[tuple[str, bool]]:
    pieces = runs(text)
    return pieces[::-1] if right_to_left(text) else pieces


def _by_font(piece: str, choose: Sequence[int]) -> list[tuple[str, int]]:
    return [
        ("".join(c for c, _ in group), font)
        for font, group in itertools.groupby(
            zip(piece, choose, strict=True), key=lambda pair: pair[1]
        )
    ]


def _shape_piece(
    words: str, back: bool, number: int, data: bytes, glyphs: list[Glyph], x: float
) -> float:
    font = _font(data)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if back else "ltr"
    uharfbuzz.shape(font, buffer)
    em = float(font.face.upem)
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        left, up = x + place.x_offset / em, place.y_offset / em
        glyphs.append(Glyph(number, info.codepoint, left, up))
        x += place.x_advance / em
    return x
