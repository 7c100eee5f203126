"""Font files: advances, kerning, shapes and outlines of their glyphs."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

import numpy as np
import uharfbuzz  # type: ignore[import-untyped]
from fontTools.pens.basePen import BasePen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from press.plates.geometry import Floats

_CURVE_STEPS = 4
_ONLY_KERNING = dict.fromkeys((
    "abvm", "blwm", "calt", "ccmp", "clig", "curs", "dist",
    "liga", "locl", "mark", "mkmk", "rclt", "rlig",
), False)  # fmt: skip
"""Features of OpenType that are otherwise always on."""


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


class FontFile:
    """One font file; lengths are in em."""

    def __init__(self, data: bytes) -> None:
        self._font = TTFont(BytesIO(data), lazy=True)
        self._em = float(self._font["head"].unitsPerEm)
        self._cmap: dict[int, str] = self._font.getBestCmap()
        self._advances: dict[str, tuple[int, int]] = self._font["hmtx"].metrics
        self._glyphs = self._font.getGlyphSet()
        self._shaper = uharfbuzz.Font(uharfbuzz.Face(data))
        self._pairs: dict[str, float] = {}
        self._contours: dict[str, tuple[Floats, ...]] = {}
        self._reaches: dict[str, tuple[float, float]] = {}

    def has(self, character: str) -> bool:
        """Whether the font maps the character to a glyph."""
        return ord(character) in self._cmap

    def glyph(self, character: str) -> str:
        """The name of a character's glyph; .notdef where it is missing."""
        return self._cmap.get(ord(character), ".notdef")

    def advance(self, character: str) -> float:
        """The advance width of a character's glyph."""
        return self._advances[self.glyph(character)][0] / self._em

    def kern(self, left: str, right: str) -> float:
        """The adjustment between two characters, for Latin; mostly negative."""
        pair = left + right
        if pair not in self._pairs:
            glyphs = self._shape(pair, "ltr", "Latn", _ONLY_KERNING)
            known = self.has(left) and self.has(right)
            units = glyphs[0][1].x_advance - self._advances[self.glyph(left)][0] if known else 0
            self._pairs[pair] = units / self._em
        return self._pairs[pair]

    def shaped(self, words: str, direction: str) -> list[tuple[str, float, float, float]]:
        """Glyph, x and y offset and advance, from left to right, of a piece of one direction."""
        return [
            (
                str(self._font.getGlyphName(info.codepoint)),
                place.x_offset / self._em,
                place.y_offset / self._em,
                place.x_advance / self._em,
            )
            for info, place in self._shape(words, direction)
        ]

    def _shape(
        self, words: str, direction: str, script: str = "", features: Any = None
    ) -> list[tuple[Any, Any]]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(words)
        buffer.guess_segment_properties()
        buffer.direction = direction
        buffer.script = script or buffer.script or "Zyyy"  # figures alone are of no script
        uharfbuzz.shape(self._shaper, buffer, features)
        return list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))

    def contours(self, glyph: str) -> tuple[Floats, ...]:
        """A glyph's outline as closed polylines, y upward."""
        if glyph not in self._contours:
            pen = _Flattener(self._glyphs)
            self._glyphs[glyph].draw(pen)
            rings = (np.array(ring) / self._em for ring in pen.contours if len(ring) > 2)
            self._contours[glyph] = tuple(rings)
        return self._contours[glyph]

    def reach(self, glyph: str) -> tuple[float, float]:
        """How high and how low a glyph's outline reaches, y upward; 0 and 0 without one."""
        if glyph not in self._reaches:
            heights = [contour[:, 1] for contour in self.contours(glyph)]
            high = max((float(ys.max()) for ys in heights), default=0.0)
            low = min((float(ys.min()) for ys in heights), default=0.0)
            self._reaches[glyph] = high, low
        return self._reaches[glyph]

    def drawn(self, glyph: str, size: float, x: float, y: float) -> str:
        """SVG path data of a glyph ``size`` mm to the em, its origin at ``x``, ``y`` mm."""
        pen = SVGPathPen(self._glyphs, ntos=_thousandths)
        scale = size / self._em
        self._glyphs[glyph].draw(TransformPen(pen, (scale, 0, 0, -scale, x, y)))
        return str(pen.getCommands())


def _thousandths(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=64)
def open_font(data: bytes) -> FontFile:
    """The font in these bytes, opened once."""
    return FontFile(data)
