"""The signs of the categories: one drawing for the chronology table, the timeline and the map."""

from __future__ import annotations

import math
from collections.abc import Callable
from html import escape

from press.content.model import Category, Sign
from press.design.styles import Style
from press.plates.shapes import px, svg
from press.plates.sheet import read_sheet

SIGN_SIZE = 2.6
"""Side of the square that a sign stands in beside text, in mm."""

CATEGORY_COLOURS = 6
"""How many ``--category-n`` tokens there are; a seventh category takes the first colour again."""


def category_class(categories: tuple[Category, ...], category: str) -> str:
    """The class of a category, ``category-1`` for the first in the author's order."""
    position = next(n for n, known in enumerate(categories) if known.id == category)
    return f"category-{position % CATEGORY_COLOURS + 1}"


def outline(sign: Sign, x: float, y: float, radius: float) -> str:
    """Path data of a sign of equal visual weight about ``x``, ``y``; lengths in mm."""
    match sign:
        case "circle":
            return _circle(x, y, radius * 0.95)
        case "ring":
            # An inner circle wound the other way leaves a hole under either fill rule.
            return _circle(x, y, radius) + _circle(x, y, radius * 0.48, sweep=-1)
        case "square":
            return _polygon(x, y, radius * 1.17, 4, 45)
        case "diamond":
            return _polygon(x, y, radius * 1.2, 4, 0)
        case "triangle":
            return _polygon(x, y + radius * 0.2, radius * 1.22, 3, -90)
        case "star":
            return _star(x, y, radius * 1.25)
        case "bar":
            return _rectangle(x - radius, y - radius * 0.45, radius * 2, radius * 0.9)
        case "cross":
            return _cross(x, y, radius)


def sign_path(sign: Sign, classes: str, x: float, y: float, radius: float) -> str:
    """A ``<path>`` of a sign about ``x``, ``y`` mm."""
    return f'<path class="{classes}" d="{outline(sign, x, y, radius)}"/>'


def sign_maker(style: Style) -> Callable[[Sign, str, str], str]:
    """``sign_svg(sign, css_class, title)`` for templates and tables, in the colours of a style."""
    sheet = read_sheet(style)

    def sign_svg(sign: Sign, css_class: str, title: str) -> str:
        """A small inline ``<svg class="sign …">`` with a title for those who listen."""
        classes = f"sign {css_class}"
        half = SIGN_SIZE / 2
        body = sign_path(sign, classes, half, half, SIGN_SIZE * 0.38)
        drawn = svg(body, sheet.css([classes]), SIGN_SIZE, SIGN_SIZE, title)
        return drawn.replace("<svg ", f'<svg class="{escape(classes)}" ', 1)

    return sign_svg


def _circle(x: float, y: float, radius: float, sweep: int = 1) -> str:
    """Four cubics, clockwise for ``sweep`` 1; the handle of 0.5523 errs by 0.03 % of the radius."""
    text = f"M{px(x)} {px(y - radius)}"
    for quarter in range(4):
        a, b = (math.radians(-90 + 90 * sweep * n) for n in (quarter, quarter + 1))
        handle = 0.5523 * sweep
        corners = (
            (math.cos(a) - handle * math.sin(a), math.sin(a) + handle * math.cos(a)),
            (math.cos(b) + handle * math.sin(b), math.sin(b) - handle * math.cos(b)),
            (math.cos(b), math.sin(b)),
        )
        text += "C" + " ".join(f"{px(x + radius * u)} {px(y + radius * v)}" for u, v in corners)
    return text + "z"


def _polygon(x: float, y: float, radius: float, corners: int, turn: float) -> str:
    angles = [math.radians(turn + 360 * n / corners) for n in range(corners)]
    return _closed([(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles])


def _star(x: float, y: float, radius: float) -> str:
    angles = [math.radians(-90 + 36 * n) for n in range(10)]
    radii = [radius if n % 2 == 0 else radius * 0.42 for n in range(10)]
    corners = zip(angles, radii, strict=True)
    return _closed([(x + r * math.cos(a), y + r * math.sin(a)) for a, r in corners])


def _rectangle(x: float, y: float, width: float, height: float) -> str:
    return _closed([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])


def _cross(x: float, y: float, radius: float) -> str:
    arm = radius * 0.34
    near, far = arm, radius
    corners = [(-near, -far), (near, -far), (near, -near), (far, -near), (far, near), (near, near)]
    corners += [(near, far), (-near, far), (-near, near), (-far, near), (-far, -near)]
    corners += [(-near, -near)]
    return _closed([(x + dx, y + dy) for dx, dy in corners])


def _closed(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{px(x)} {px(y)}" for x, y in points) + "z"
