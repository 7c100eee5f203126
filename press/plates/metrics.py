"""Widths and outlines of set text, from the fonts themselves.

WeasyPrint's SVG lays text out one character at a time, so a run's width is the sum of the
advances; kerning is read from the font's GPOS table and handed over as a ``dx`` list. Outlines
serve the halo: one shape behind each label, so that the words stand in the PDF, and are found,
once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

import numpy as np
import shapely
from fontTools.pens.basePen import BasePen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from press.design.styles import Style
from press.plates.shaping import as_seen, needs_shaping, shape
from press.plates.sheet import TextStyle

Points = NDArray[np.float64]
_CURVE_STEPS = 4
_APART = 0.3
"""Letter-spacing in mm from which PDF viewers take letters for words of their own."""


@dataclass(frozen=True)
class Run:
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


class _Flattener(BasePen):
    """Collects a glyph's contours as polylines in font units."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.contours: list[list[tuple[float, float]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.contours.append([point])

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.contours[-1].append(point)

    def _curveToOne(  # noqa: N802
        self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]
    ) -> None:
        t = np.linspace(0, 1, _CURVE_STEPS + 1)[1:, None]
        start = np.array(self.contours[-1][-1])
        curve = (
            (1 - t) ** 3 * start
            + 3 * (1 - t) ** 2 * t * np.array(one)
            + 3 * (1 - t) * t**2 * np.array(two)
            + t**3 * np.array(end)
        )
        self.contours[-1].extend(map(tuple, curve.tolist()))


class Font:
    """One font file: advances, kerning and outlines, in em."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._font = TTFont(BytesIO(data), lazy=True)
        self._em = float(self._font["head"].unitsPerEm)
        self._cmap: dict[int, str] = self._font.getBestCmap()
        self._advances: dict[str, tuple[int, int]] = self._font["hmtx"].metrics
        self._glyphs = self._font.getGlyphSet()
        self._kern = _pair_adjustments(self._font)
        self._pairs: dict[tuple[str, str], float] = {}
        self._shapes: dict[str, tuple[Points, ...]] = {}

    def has(self, character: str) -> bool:
        """Whether the font maps the character to a glyph."""
        return ord(character) in self._cmap

    def advance(self, character: str) -> float:
        """The advance width of a character; that of .notdef where it is missing."""
        return self._advances[self._cmap.get(ord(character), ".notdef")][0] / self._em

    def kern(self, left: str, right: str) -> float:
        """The adjustment between two characters, mostly negative."""
        key = (left, right)
        if key not in self._pairs:
            glyphs = self._cmap.get(ord(left)), self._cmap.get(ord(right))
            value = self._kern(*glyphs) if all(glyphs) else 0  # type: ignore[arg-type]
            self._pairs[key] = value / self._em
        return self._pairs[key]

    def glyph(self, character: str) -> str:
        """The name of a character's glyph."""
        return self._cmap.get(ord(character), ".notdef")

    def glyph_numbered(self, number: int) -> str:
        """The name of a glyph by its number in the font."""
        return str(self._font.getGlyphName(number))

    def contours(self, glyph: str) -> tuple[Points, ...]:
        """A glyph's outline as closed polylines, y upward."""
        if glyph not in self._shapes:
            pen = _Flattener(self._glyphs)
            self._glyphs[glyph].draw(pen)
            self._shapes[glyph] = tuple(np.array(c) / self._em for c in pen.contours if len(c) > 2)
        return self._shapes[glyph]

    def drawn(self, glyph: str, size: float, x: float, y: float) -> str:
        """SVG path data of a glyph ``size`` mm to the em, its origin at ``x``, ``y`` mm."""
        pen = SVGPathPen(self._glyphs, ntos=_thousandths)
        scale = size / self._em
        self._glyphs[glyph].draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
        return str(pen.getCommands())


def _thousandths(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _pair_adjustments(font: TTFont) -> Callable[[str, str], int]:
    """A function from two glyph names to the kerning of GPOS, in font units, for Latin."""
    subtables = list(_kern_subtables(font))

    def adjustment(left: str, right: str) -> int:
        for table, coverage in subtables:
            if left not in coverage:
                continue
            value = _pair_value(table, coverage, left, right)
            if value is not None:
                return value
        return 0

    return adjustment


def _kern_subtables(font: TTFont) -> Iterable[tuple[Any, dict[str, int]]]:
    if "GPOS" not in font:
        return
    table = font["GPOS"].table
    if not table.FeatureList or not table.ScriptList:
        return
    scripts = {r.ScriptTag: r.Script for r in table.ScriptList.ScriptRecord}
    script = scripts.get("latn") or scripts.get("DFLT")
    if script is None or script.DefaultLangSys is None:
        return
    features = [table.FeatureList.FeatureRecord[n] for n in script.DefaultLangSys.FeatureIndex]
    wanted = [n for f in features if f.FeatureTag == "kern" for n in f.Feature.LookupListIndex]
    for number in sorted(set(wanted)):
        for subtable in table.LookupList.Lookup[number].SubTable:
            inner = getattr(subtable, "ExtSubTable", subtable)
            if inner.LookupType == 2:
                yield inner, {name: n for n, name in enumerate(inner.Coverage.glyphs)}


def _pair_value(table: Any, coverage: dict[str, int], left: str, right: str) -> int | None:
    if table.Format == 1:
        for record in table.PairSet[coverage[left]].PairValueRecord:
            if record.SecondGlyph == right:
                return int(getattr(record.Value1, "XAdvance", 0) or 0)
        return None
    first = table.ClassDef1.classDefs.get(left, 0)
    second = table.ClassDef2.classDefs.get(right, 0)
    value = table.Class1Record[first].Class2Record[second].Value1
    # A class pair that says nothing still ends the search, unless it is the catch-all class.
    return None if not second and not value else int(getattr(value, "XAdvance", 0) or 0)


@lru_cache(maxsize=64)
def open_font(data: bytes) -> Font:
    """The font in these bytes, opened once."""
    return Font(data)


@dataclass(frozen=True)
class Faces:
    """The fonts a style offers to plates."""

    style: Style

    def fonts(self, text: TextStyle) -> tuple[Font, ...]:
        """The fonts of a text style's families in order, then of all others as a last resort."""
        known = {face.family for face in self.style.faces}
        families = [f for f in text.families if f in known]
        families += sorted(known - set(families))
        return tuple(
            open_font(self.style.font(family, text.weight, text.slant)) for family in families
        )

    def lacking(self, words: str, text: TextStyle) -> str:
        """The characters that no font of the style's own families has, in order, once each."""
        own = {face.family for face in self.style.faces} & set(text.families)
        fonts = self.fonts(text)[: len(own)]
        return "".join(
            dict.fromkeys(c for c in words if not c.isspace() and not any(f.has(c) for f in fonts))
        )

    def run(self, words: str, text: TextStyle) -> Run:
        """Measure a line. Kerning is off where letters are spaced, as compositors do."""
        return _measured(self.fonts(text), words, text)

    def halo(self, run: Run, reach: float) -> BaseGeometry:
        """What lies within ``reach`` mm of the ink, y downward, origin on the baseline."""
        return _halo(self.fonts(run.style), run, round(reach, 3))

    def wrapped(self, words: str, text: TextStyle, measure: float) -> list[str]:
        """Break words into lines no longer than ``measure`` mm; a longer word has its own line."""
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.run(longer, text).width <= measure:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines or [""]


@dataclass(frozen=True)
class Ink:
    """One glyph of a line where it stands, in mm from the line's origin, y downward."""

    font: Font
    glyph: str
    x: float
    y: float


@lru_cache(maxsize=4096)
def inked(fonts: tuple[Font, ...], words: str, text: TextStyle) -> tuple[tuple[Ink, ...], float]:
    """The glyphs of a line and its width in mm; the spacing after the last letter is left out."""
    size = text.size
    if needs_shaping(words):
        choose = _fonts_of(fonts, words)
        shaped = shape(words, [font.data for font in fonts], choose)
        return tuple(
            Ink(fonts[g.font], fonts[g.font].glyph_numbered(g.number), g.x * size, -g.y * size)
            for g in shaped.glyphs
        ), shaped.width * size
    found, x = [], 0.0
    for character in words:
        font = _first_with(fonts, character)
        found.append(Ink(font, font.glyph(character), x, 0.0))
        x += font.advance(character) * size + text.spacing
    return tuple(found), x - (text.spacing if words else 0.0)


def _fonts_of(fonts: Sequence[Font], words: str) -> list[int]:
    """Which font sets each character. Spaces and marks stay with the letter before them."""
    chosen: list[int] = []
    for character in words:
        follows = chosen and (character.isspace() or unicodedata.combining(character))
        if follows and fonts[chosen[-1]].has(character):
            chosen.append(chosen[-1])
        else:
            chosen.append(fonts.index(_first_with(fonts, character)))
    return chosen


def _drawn(fonts: tuple[Font, ...], words: str, text: TextStyle) -> Run:
    """A line as outlines, with the words to set unseen beneath them."""
    ink, width = inked(fonts, words, text)
    tall = [contour[:, 1] * text.size - i.y for i in ink for contour in i.font.contours(i.glyph)]
    rise = max((float(ys.max()) for ys in tall), default=0.0)
    drop = max((-float(ys.min()) for ys in tall), default=0.0)
    outline = "".join(i.font.drawn(i.glyph, text.size, i.x, i.y) for i in ink)
    seen = as_seen(words) if needs_shaping(words) else words
    return Run(words, text, width, (), max(0.0, rise), max(0.0, drop), outline, seen)


@lru_cache(maxsize=8192)
def _measured(fonts: tuple[Font, ...], words: str, text: TextStyle) -> Run:
    if needs_shaping(words) or (text.spacing >= _APART and len(words) > 1):
        return _drawn(fonts, words, text)
    x, before = 0.0, ""
    shifts, tops, bottoms = [], [0.0], [0.0]
    for character in words:
        font = _first_with(fonts, character)
        shift = 0.0
        if before and not text.spacing:
            previous = _first_with(fonts, before)
            shift = font.kern(before, character) * text.size if previous is font else 0.0
        shifts.append(round(shift, 3))
        x += shift + font.advance(character) * text.size
        for contour in font.contours(font.glyph(character)):
            tops.append(contour[:, 1].max())
            bottoms.append(contour[:, 1].min())
        before = character
    width = x + text.spacing * max(0, len(words) - 1)
    return Run(words, text, width, tuple(shifts), max(tops) * text.size, -min(bottoms) * text.size)


def _first_with(fonts: Sequence[Font], character: str) -> Font:
    return next((font for font in fonts if font.has(character)), fonts[0])


@lru_cache(maxsize=4096)
def _halo(fonts: tuple[Font, ...], run: Run, reach: float) -> BaseGeometry:
    ink, _ = inked(fonts, run.text, run.style)
    moved = np.cumsum(run.shifts).tolist() if run.shifts else [0.0] * len(ink)
    size = run.style.size
    rings = [
        shapely.Polygon(contour * (size, -size) + np.array([i.x + shift, i.y]))
        for i, shift in zip(ink, moved, strict=True)
        for contour in i.font.contours(i.glyph)
    ]
    if not rings:
        return shapely.Polygon()
    # Grown too far and drawn back: small bays close and few vertices are left.
    grown = shapely.buffer(shapely.simplify(rings, 0.03), reach * 1.6, quad_segs=2)
    return shapely.union_all(grown).buffer(-reach * 0.6, quad_segs=2).simplify(0.05)
