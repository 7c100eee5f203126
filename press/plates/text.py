"""Widths and outlines of set text, from the fonts themselves.

WeasyPrint's SVG lays text out one character at a time, so a run's width is the sum of the
advances; kerning is read from the font's GPOS table and handed over as a ``dx`` list. Outlines
serve the halo: one shape behind each label, so that the words stand in the PDF, and are found,
once.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from press.base.scripts import is_joined
from press.plates.fonts import FontFile
from press.plates.shaping import Ink, as_seen, shape

_APART = 0.3
"""Letter-spacing in mm from which PDF viewers take letters for words of their own."""

Fonts = tuple[FontFile, ...]
"""The fonts of a line in order: each letter is set in the first that has it."""


@dataclass(frozen=True)
class TextStyle:
    """How a class sets text. ``size`` and ``spacing`` (letter-spacing) are millimetres."""

    families: tuple[str, ...]
    weight: int
    slant: str
    size: float
    spacing: float


@dataclass(frozen=True)
class MeasuredLine:
    """A line of text as it will be set. Lengths in millimetres from its origin on the baseline.

    ``shifts`` is the kerning before each character; ``rise`` and ``drop`` are how far the ink
    reaches above and below the baseline. Where a line cannot be set letter by letter, or would not
    be found as one word because its letters stand apart, ``outline`` is SVG path data of its ink,
    in mm with y downward, and ``seen`` its characters as they stand from left to right.
    """

    text: str
    style: TextStyle
    width: float
    shifts: tuple[float, ...]
    rise: float
    drop: float
    outline: str = ""
    seen: str = ""


def _first_with(fonts: Fonts, character: str) -> FontFile:
    return next((font for font in fonts if font.has(character)), fonts[0])


def _fonts_of(fonts: Fonts, words: str) -> list[FontFile]:
    """The font of each character. Spaces and marks stay with the letter before them."""
    chosen: list[FontFile] = []
    for character in words:
        follows = chosen and (character.isspace() or unicodedata.category(character)[0] == "M")
        stays = follows and chosen[-1].has(character)
        chosen.append(chosen[-1] if stays else _first_with(fonts, character))
    return chosen


@lru_cache(maxsize=8192)
def inked(fonts: Fonts, words: str, style: TextStyle) -> tuple[list[Ink], list[float], float]:
    """The glyphs of a line, the kerning before each, and the line's width; in mm.

    Kerning is off where letters are spaced, as compositors do.
    """
    if is_joined(words):
        ink, width = shape(words, _fonts_of(fonts, words), style.size)
        return ink, [], width
    ink, shifts = [], []
    width = x = moved = 0.0
    before: tuple[FontFile | None, str] = None, ""
    for character in words:
        font = _first_with(fonts, character)
        kerned = before[0] is font and not style.spacing
        shift = font.kern(before[1], character) * style.size if kerned else 0.0
        shifts.append(round(shift, 3))
        moved += shifts[-1]
        ink.append(Ink(font, font.glyph(character), x + moved, 0.0))
        advance = font.advance(character) * style.size
        width += shift + advance
        x += advance + style.spacing
        before = font, character
    return ink, shifts, width + style.spacing * max(0, len(words) - 1)


@lru_cache(maxsize=8192)
def measured(fonts: Fonts, words: str, style: TextStyle) -> MeasuredLine:
    """A line as it will be set; as outlines, where it cannot be set letter by letter."""
    ink, shifts, width = inked(fonts, words, style)
    reaches = [(*i.font.reach(i.glyph), i.y) for i in ink]
    rise = max((high * style.size - y for high, _, y in reaches), default=0.0)
    drop = max((y - low * style.size for _, low, y in reaches), default=0.0)
    run = MeasuredLine(words, style, width, tuple(shifts), max(0.0, rise), max(0.0, drop))
    joined = is_joined(words)
    if not joined and (style.spacing < _APART or len(words) < 2):
        return run
    outline = "".join(i.font.drawn(i.glyph, style.size, i.x, i.y) for i in ink)
    return replace(run, shifts=(), outline=outline, seen=as_seen(words) if joined else words)


@lru_cache(maxsize=4096)
def halo(fonts: Fonts, run: MeasuredLine, reach: float) -> BaseGeometry:
    """What lies within ``reach`` mm of a line's ink, y downward, origin on the baseline."""
    size = run.style.size
    rings = [
        shapely.Polygon(contour * (size, -size) + np.array([i.x, i.y]))
        for i in inked(fonts, run.text, run.style)[0]
        for contour in i.font.contours(i.glyph)
    ]
    if not rings:
        return shapely.Polygon()
    # Grown too far and drawn back: small bays close and few vertices are left.
    grown = shapely.buffer(shapely.simplify(rings, 0.03), reach * 1.6, quad_segs=2)
    return shapely.union_all(grown).buffer(-reach * 0.6, quad_segs=2).simplify(0.05)
