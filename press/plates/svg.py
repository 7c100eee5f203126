"""SVG markup, from geometry and text in millimetres.

Numbers in markup are CSS pixels, in which ``mm`` lengths are true. Everything here is pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from press.base.boxes import Box
from press.plates.geometry import Floats, Point, lines, polygons
from press.plates.text import MeasuredLine

PX = 96 / 25.4
"""CSS pixels in a millimetre (CSS Values and Units 4, §6.2)."""


@dataclass(frozen=True)
class Element:
    """An element, and the classes whose rules it needs."""

    classes: str
    markup: str


def px(millimetres: float) -> str:
    """A length in mm as a bare number of pixels, without a trailing zero."""
    text = f"{millimetres * PX:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def path(geometry: BaseGeometry) -> str:
    """Path data of polygons and lines, in relative steps of a tenth of a pixel (0.026 mm)."""
    parts = [_ring(ring, closed=True) for polygon in polygons(geometry) for ring in _rings(polygon)]
    parts += [_ring(shapely.get_coordinates(line), closed=False) for line in lines(geometry)]
    return "".join(parts)


def _rings(polygon: Polygon) -> Iterable[Floats]:
    return map(shapely.get_coordinates, (polygon.exterior, *polygon.interiors))


def _ring(points: Floats, closed: bool) -> str:
    steps = np.rint(points * (PX * 10)).astype(np.int64)
    keep = np.r_[True, (np.diff(steps, axis=0) != 0).any(axis=1)]
    steps = steps[keep]
    if closed and len(steps) > 1 and (steps[0] == steps[-1]).all():
        steps = steps[:-1]
    if len(steps) < (3 if closed else 2):
        return ""
    first, moves = steps[0], np.diff(steps, axis=0)
    text = [f"M{_tenths(first[0])} {_tenths(first[1])}"]
    text += [f"l{_tenths(dx)} {_tenths(dy)}" for dx, dy in moves.tolist()]
    return "".join(text) + ("z" if closed else "")


@lru_cache(maxsize=8192)
def _tenths(value: int) -> str:
    whole, tenth = divmod(abs(int(value)), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{tenth}" if tenth else f"{sign}{whole}"


def polyline(points: Iterable[Point]) -> str:
    """Path data of straight lines from point to point."""
    return "M" + "L".join(f"{px(x)} {px(y)}" for x, y in points)


def shape(classes: str, geometry: BaseGeometry | str) -> Element:
    """A ``<path>`` of a geometry, or of path data."""
    data = geometry if isinstance(geometry, str) else path(geometry)
    return Element(classes, f'<path class="{classes}" d="{data}"/>')


def filled(classes: str, pattern: str, geometry: BaseGeometry) -> Element:
    """A geometry filled with the pattern of that id, whose lines have ``classes``."""
    return Element(classes, f'<path fill="url(#{pattern})" d="{path(geometry)}"/>')


def drawn_for(element: Element, *names: str) -> Element:
    """The same element, which says of what in the dossier it is drawn: ``areas-2 event-summit``.

    Readers of the set pages look for these names; nothing of them is seen.
    """
    tag, rest = element.markup.split(" ", 1)
    names_of_it = escape(" ".join(names))
    return replace(element, markup=f'{tag} data-of="{names_of_it}" {rest}')


def rect(classes: str, x: float, y: float, width: float, height: float, more: str = "") -> Element:
    """A ``<rect>``, with ``more`` attributes."""
    return Element(classes, f'<rect class="{classes}" {placed(x, y, width, height)}{more}/>')


def placed(x: float, y: float, width: float, height: float) -> str:
    """The attributes that say where a rectangle is."""
    return f'x="{px(x)}" y="{px(y)}" width="{px(width)}" height="{px(height)}"'


def box(classes: str, edges: Box, more: str = "") -> Element:
    """A ``<rect>`` between these edges."""
    left, top, right, bottom = edges
    return rect(classes, left, top, right - left, bottom - top, more)


def circle(classes: str, x: float, y: float, radius: float) -> Element:
    """A ``<circle>`` about a point."""
    place = f'cx="{px(x)}" cy="{px(y)}" r="{px(radius)}"'
    return Element(classes, f'<circle class="{classes}" {place}/>')


def pattern(name: str, classes: str, angle: float, spacing: float, crossed: bool = False) -> str:
    """A ``<pattern>`` of parallel lines ``spacing`` mm apart; the lines overshoot to hide seams.

    ``crossed`` lays a second set across the first.
    """
    side, middle, far = px(spacing), px(spacing / 2), px(spacing * 2)
    data = f"M{middle} {px(-spacing)}V{far}"
    data += f"M{px(-spacing)} {middle}H{far}" if crossed else ""
    return (
        f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{side}" height="{side}"'
        f' patternTransform="rotate({angle:g})"><path class="{classes}" d="{data}"/></pattern>'
    )


def waves(name: str, classes: str, length: float) -> str:
    """A ``<pattern>`` of waves ``length`` mm long and as far apart, which overshoot likewise."""
    side, half = px(length), px(length / 2)
    crest = f"q{px(length / 4)} {px(-length / 3)} {half} 0"
    data = f"M{px(-length)} {half}{crest}" + 5 * f"t{half} 0"
    return (
        f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{side}" height="{side}">'
        f'<path class="{classes}" d="{data}"/></pattern>'
    )


def text(classes: str, x: float, y: float, run: MeasuredLine, turn: float = 0.0) -> Element:
    """A line of text from its origin at ``x``, ``y`` mm, turned by ``turn`` degrees about it."""
    turned = f" rotate({turn:g})" if turn else ""
    moved = f"translate({px(x)} {px(y)}){turned}"
    if run.outline:
        # Outlines, and the words set unseen in the same place, found once and whole.
        words = escape(run.seen, quote=False)
        return Element(
            classes,
            f'<path class="outline {classes}" transform="{moved} scale({PX:.5f})"'
            f' d="{run.outline}"/>'
            f'<text class="{classes} unseen" transform="{moved}" x="0" y="0">{words}</text>',
        )
    shifts = list(run.shifts)
    while shifts and not shifts[-1]:
        shifts.pop()
    kerning = f' dx="{" ".join(map(px, shifts))}"' if shifts else ""
    place = f'transform="{moved}" x="0" y="0"' if turn else f'x="{px(x)}" y="{px(y)}"'
    words = escape(run.text, quote=False)
    return Element(classes, f'<text class="{classes}" {place}{kerning}>{words}</text>')


def glyphs(
    classes: str, run: MeasuredLine, places: Sequence[tuple[float, float, float]]
) -> Element:
    """Text with a place (mm) and a turn (degrees) of its own for each character."""
    x, y = (" ".join(px(place[n]) for place in places) for n in (0, 1))
    turns = " ".join(f"{place[2]:.1f}" for place in places)
    words = escape(run.text, quote=False)
    return Element(
        classes, f'<text class="{classes}" x="{x}" y="{y}" rotate="{turns}">{words}</text>'
    )


def body(elements: Iterable[Element]) -> str:
    """The markup of elements, one after the other."""
    return "".join(element.markup for element in elements)


def svg(
    content: str, css: str, width: float, height: float, title: str, part: Box | None = None
) -> str:
    """An ``<svg>`` of ``width`` × ``height`` mm with its rules and its title.

    ``part`` is the part of the plane shown, in mm; by default it begins at the origin.
    """
    left, top, right, bottom = part or (0.0, 0.0, width, height)
    view = f"{px(left)} {px(top)} {px(right - left)} {px(bottom - top)}"
    style = f"<style>{css}</style>" if css else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.3f}mm"'
        f' height="{height:.3f}mm" viewBox="{view}"><title>{escape(title, quote=False)}</title>'
        f"{style}{content}</svg>"
    )
