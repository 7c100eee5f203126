"""The signs of the categories: one drawing for the chronology table, the timeline and the map."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

from press.content.model import Category, Sign
from press.design.styles import Style
from press.plates import svg
from press.plates.geometry import Point
from press.plates.style import PlateStyle
from press.plates.svg import Element, polyline, px

SIGN_SIZE = 2.6
"""Side of the square that a sign stands in beside text, in mm."""

CATEGORY_COLOURS = 6
"""How many ``--category-n`` tokens there are; a seventh category takes the first colour again."""


def _corners(count: int, turn: float, *radii: float) -> list[Point]:
    """Points about the origin, the first at an angle of ``turn`` degrees; their radii by turns."""
    angles = [math.radians(turn + 360 * n / count) for n in range(count)]
    far = [radii[n % len(radii)] for n in range(count)]
    return [(r * math.cos(a), r * math.sin(a)) for r, a in zip(far, angles, strict=True)]


_ARM = 0.34
_SIGNS: Mapping[Sign, Sequence[Point]] = {
    "square": _corners(4, 45, 1.17),
    "diamond": _corners(4, 0, 1.2),
    "triangle": [(x, y + 0.2) for x, y in _corners(3, -90, 1.22)],
    "star": _corners(10, -90, 1.25, 1.25 * 0.42),
    "bar": [(-1, -0.45), (1, -0.45), (1, 0.45), (-1, 0.45)],
    "cross": [
        (-_ARM, -1), (_ARM, -1), (_ARM, -_ARM), (1, -_ARM), (1, _ARM), (_ARM, _ARM), (_ARM, 1),
        (-_ARM, 1), (-_ARM, _ARM), (-1, _ARM), (-1, -_ARM), (-_ARM, -_ARM),
    ],
}  # fmt: skip
"""The corners of signs of equal visual weight; a radius is 1."""


def category_class(categories: tuple[Category, ...], category: str) -> str:
    """The class of a category, ``category-1`` for the first in the author's order."""
    position = next(n for n, known in enumerate(categories) if known.id == category)
    return f"category-{position % CATEGORY_COLOURS + 1}"


def outline(sign: Sign, x: float, y: float, radius: float) -> str:
    """Path data of a sign about ``x``, ``y``; lengths in mm."""
    if sign == "circle":
        return _circle(x, y, radius * 0.95)
    if sign == "ring":
        # An inner circle wound the other way leaves a hole under either fill rule.
        return _circle(x, y, radius) + _circle(x, y, radius * 0.48, sweep=-1)
    return polyline((x + radius * u, y + radius * v) for u, v in _SIGNS[sign]) + "z"


def _circle(x: float, y: float, radius: float, sweep: int = 1) -> str:
    """Four cubics, clockwise for ``sweep`` 1; the handle of 0.5523 errs by 0.03 % of the radius."""
    text = f"M{px(x)} {px(y - radius)}"
    handle = 0.5523 * sweep
    for quarter in range(4):
        a, b = (math.radians(-90 + 90 * sweep * n) for n in (quarter, quarter + 1))
        corners = (
            (math.cos(a) - handle * math.sin(a), math.sin(a) + handle * math.cos(a)),
            (math.cos(b) + handle * math.sin(b), math.sin(b) - handle * math.cos(b)),
            (math.cos(b), math.sin(b)),
        )
        text += "C" + " ".join(f"{px(x + radius * u)} {px(y + radius * v)}" for u, v in corners)
    return text + "z"


def sign_shape(sign: Sign, classes: str, x: float, y: float, radius: float) -> Element:
    """A ``<path>`` of a sign about ``x``, ``y`` mm."""
    return svg.shape(classes, outline(sign, x, y, radius))


def sign_maker(style: Style) -> Callable[[Sign, str, str], str]:
    """``sign_svg(sign, css_class, title)`` for templates and tables, in the colours of a style."""

    def sign_svg(sign: Sign, css_class: str, title: str) -> str:
        """A small inline ``<svg class="sign …">`` with a title for those who listen."""
        classes, half = f"sign {css_class}", SIGN_SIZE / 2
        shape = sign_shape(sign, classes, half, half, SIGN_SIZE * 0.38)
        drawn = PlateStyle(style).picture([shape], SIGN_SIZE, SIGN_SIZE, title)
        return drawn.replace("<svg ", f'<svg class="{escape(classes)}" ', 1)

    return sign_svg
