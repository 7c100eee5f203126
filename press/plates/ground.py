"""The ground of a map: sea and land, tints and shading, waters, boundaries, graticule."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from press.atlas import Atlas, Detail, Feature
from press.plates import relief
from press.plates.canvas import Canvas
from press.plates.frame import Frame, Graticule, graticule
from press.plates.shapes import areas_of, joined, path, px, smooth
from press.plates.sheet import Sheet

# The least prominent river rank (Natural Earth's scale rank) drawn up to a scale denominator.
_RIVER_RANKS = ((1.5e6, 12), (4e6, 11), (1e7, 8), (2e7, 6), (5e7, 4), (1e9, 2))
_FAR_FROM = 2.4e7
ADMIN_UP_TO = 6e6
"""Scale denominator to which the boundaries of first-order units are drawn."""
_BOUNDS_ROOM = 2.0


@dataclass
class Ground:
    """What later steps need to know of the ground; geometry in mm."""

    land: BaseGeometry
    countries: list[tuple[Feature, BaseGeometry]]
    borders: list[LineString] = field(default_factory=list)
    lakes: list[tuple[Feature, BaseGeometry]] = field(default_factory=list)
    rivers: dict[str, list[LineString]] = field(default_factory=dict)


def features(
    atlas: Atlas,
    layer: str,
    frame: Frame,
    canvas: Canvas,
    keep: Callable[[Mapping[str, Any]], bool] | None = None,
) -> list[Feature]:
    """The features of a layer that may show in the frame, at the level of detail of its scale."""
    bounds = frame.bounds.padded(_BOUNDS_ROOM)
    canvas.use(layer)
    chosen: Detail = atlas.detail_for(layer, frame.denominator)
    return list(atlas.features(layer, bounds.box, chosen, keep))


def _ranked(least: int) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a water is prominent enough: its scale rank is no more than ``least``."""
    return lambda properties: int(properties.get("rank", 12)) <= least


def draw_land(canvas: Canvas, frame: Frame, atlas: Atlas, tints: bool) -> Ground:
    """Sea, land and height tints."""
    if frame.projection.whole_earth:
        canvas.draw("sea", "sea", frame.outline)
    else:
        w, h = px(frame.width), px(frame.height)
        canvas.mark("sea", "sea", f'<rect class="sea" width="{w}" height="{h}"/>')
    if hatched(canvas.sheet, "water-hatch"):
        shape = path(frame.outline if frame.projection.whole_earth else frame.rectangle)
        hatch = f'<path fill="url(#{canvas.prefix}-water)" d="{shape}"/>'
        canvas.mark("sea", "water-hatch", hatch)
    countries = [
        (feature, area)
        for feature in features(atlas, "country", frame, canvas)
        if not (area := frame.area(feature.geometry)).is_empty
    ]
    land = _land(canvas, frame, atlas, countries)
    canvas.draw("land", "land", land)
    if tints:
        canvas.use("elevation")
        for level, tint in relief.tints(frame, atlas):
            if canvas.draw("tints", f"tint-{level}", relief.clipped_to_land(tint, land, frame)):
                canvas.key(f"tint-{level}")
    _draw_ice(canvas, frame, countries)
    if not land.contains(frame.rectangle):
        canvas.draw("coast", "coast", _shore(canvas, frame, atlas, land))
    return Ground(land, countries)


def _land(
    canvas: Canvas, frame: Frame, atlas: Atlas, countries: Sequence[tuple[Feature, BaseGeometry]]
) -> BaseGeometry:
    """All land in mm. On a globe it is put together from the countries that face the reader."""
    if frame.projection.key == "globe":
        return areas_of(shapely.union_all([area for _, area in countries]))
    parts = [frame.area(f.geometry) for f in features(atlas, "land", frame, canvas)]
    return areas_of(shapely.union_all([p for p in parts if not p.is_empty]))


def _draw_ice(
    canvas: Canvas, frame: Frame, countries: Sequence[tuple[Feature, BaseGeometry]]
) -> None:
    """The Antarctic, whose heights the atlas does not know well enough to colour."""
    if frame.bounds.south >= relief.ICE_FROM:
        return
    ice = [area for feature, area in countries if "ATA" in codes(feature)]
    shown = shapely.union_all(ice).intersection(frame.rectangle)
    if ice and canvas.draw("tints", "ice", shown):
        canvas.key("ice")


def far(frame: Frame) -> str:
    """The class of finer lines, for maps on which the usual weights would drown the land."""
    return " far" if frame.denominator > _FAR_FROM else ""


def _shore(canvas: Canvas, frame: Frame, atlas: Atlas, land: BaseGeometry) -> BaseGeometry:
    """Where land meets the sea; cuts that a projection makes through land are no shore."""
    if frame.shows_pole or frame.projection.whole_earth:
        lines = [frame.project(f.geometry) for f in features(atlas, "coast", frame, canvas)]
        return shapely.MultiLineString(joined(lines))
    return land.boundary.intersection(frame.rectangle)


def draw_veil(canvas: Canvas, ground: Ground, focus: frozenset[str]) -> None:
    """Pale the countries that are not in focus."""
    if not focus:
        return
    out = [area for feature, area in ground.countries if not codes(feature) & focus]
    if out:
        canvas.draw("veil", "veil", shapely.union_all(out))


def codes(feature: Feature) -> frozenset[str]:
    """The two- and three-letter codes of a country."""
    known = (feature.properties.get(key) for key in ("iso", "a3"))
    return frozenset(str(code).upper() for code in known if code)


def draw_shading(canvas: Canvas, frame: Frame, atlas: Atlas, ground: Ground) -> None:
    """Hill shading, multiplied onto everything painted before it, on land only."""
    canvas.use("relief", "elevation")
    data = base64.b64encode(relief.shading(frame, atlas)).decode("ascii")
    name = f"{canvas.prefix}-land"
    clip = "" if ground.land.contains(frame.rectangle) else f' clip-path="url(#{name})"'
    define = f'<clipPath id="{name}"><path d="{path(ground.land)}"/></clipPath>' if clip else ""
    canvas.mark(
        "shade",
        "shade",
        f'{define}<g{clip}><image class="shade" filter="url(#{canvas.prefix}-multiply)"'
        f' width="{px(frame.width)}" height="{px(frame.height)}" preserveAspectRatio="none"'
        f' image-rendering="crisp-edges" href="data:image/jpeg;base64,{data}"/></g>',
    )


def draw_waters(canvas: Canvas, frame: Frame, atlas: Atlas, ground: Ground, rivers: bool) -> None:
    """Lakes, and rivers as far as the scale bears them."""
    least = next(rank for up_to, rank in _RIVER_RANKS if frame.denominator < up_to)
    for feature in features(atlas, "lake", frame, canvas, _ranked(least)):
        area = frame.area(feature.geometry)
        if area.area > 0.6 and canvas.draw("lakes", "lake", area):
            ground.lakes.append((feature, area))
            if hatched(canvas.sheet, "water-hatch"):
                hatch = f'<path fill="url(#{canvas.prefix}-water)" d="{path(area)}"/>'
                canvas.mark("lakes", "water-hatch", hatch)
    if not rivers:
        return
    water = shapely.union_all([area for _, area in ground.lakes])
    for feature in features(atlas, "river", frame, canvas, _ranked(least)):
        rank = int(feature.properties.get("rank", 12))
        course = frame.project(feature.geometry, tolerance=0.08).difference(water)
        stretches = [smooth(line, 1).simplify(0.02) for line in joined([course])]
        if stretches:
            width = 1 if rank <= 5 else 2 if rank <= 8 else 3
            canvas.draw(
                "rivers", f"river r-{width}{far(frame)}", shapely.MultiLineString(stretches)
            )
            canvas.key("river")
            name = str(feature.properties.get("name_en") or feature.name)
            ground.rivers.setdefault(name, []).extend(stretches)


def draw_graticule(canvas: Canvas, frame: Frame) -> Graticule:
    """Meridians and parallels."""
    grid = graticule(frame)
    canvas.draw("graticule", "graticule", shapely.MultiLineString(grid.lines))
    return grid


def draw_borders(canvas: Canvas, frame: Frame, atlas: Atlas, ground: Ground) -> None:
    """International boundaries with their band."""
    lines = [frame.project(f.geometry) for f in features(atlas, "country_border", frame, canvas)]
    ground.borders = joined([line.intersection(frame.rectangle) for line in lines])
    borders = shapely.MultiLineString(ground.borders)
    classes = f"border{far(frame)}"
    if not far(frame):
        canvas.draw("bands", "band", borders)
    if canvas.draw("borders", classes, borders):
        canvas.key("border")


def draw_units(
    canvas: Canvas,
    frame: Frame,
    atlas: Atlas,
    ground: Ground,
    focus: frozenset[str],
    greater: Sequence[BaseGeometry],
) -> None:
    """Boundaries of first-order units, where no greater line runs."""
    if frame.denominator > ADMIN_UP_TO:
        return
    borders = shapely.MultiLineString(ground.borders)
    near = shapely.union_all([g.buffer(0.45, quad_segs=2) for g in (borders, *greater)])
    internal = [
        frame.project(f.geometry, tolerance=0.06)
        for f in features(atlas, "admin1_border", frame, canvas)
        if not focus or str(f.properties.get("a3", "")) in focus
    ]
    kept = [line for line in joined([g.difference(near) for g in internal]) if line.length > 0.8]
    if kept and canvas.draw("admin", "admin", shapely.MultiLineString(kept)):
        canvas.key("admin")


def hatching(angle: float, spacing: float, name: str, classes: str, crossed: bool = False) -> str:
    """A ``<pattern>`` of parallel lines ``spacing`` mm apart; the lines overshoot to hide seams.

    ``crossed`` lays a second set across the first.
    """
    side, middle, far = px(spacing), px(spacing / 2), px(spacing * 2)
    lines = f"M{middle} {px(-spacing)}V{far}"
    lines += f"M{px(-spacing)} {middle}H{far}" if crossed else ""
    return (
        f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{side}" height="{side}"'
        f' patternTransform="rotate({angle:g})"><path class="{classes}" d="{lines}"/></pattern>'
    )


HATCHES: Mapping[str, tuple[float, float, bool]] = {
    "area-tint": (20, 1.8, False),
    "step-1": (90, 2.1, False),
    "step-2": (0, 1.5, False),
    "step-3": (0, 1.7, True),
    "step-4": (45, 1.3, True),
    "step-5": (90, 0.56, False),
    "step-6": (0, 0.62, True),
}
"""Angle, spacing in mm and crossing of the hatching in place of each tint, lighter to darker."""


def hatched(sheet: Sheet, classes: str) -> bool:
    """Whether the stylesheet wants the lines of ``step-hatch`` or ``water-hatch``."""
    return sheet.values(classes).get("stroke", "none") != "none"


def step_hatching(step: str, name: str) -> str:
    """The ``<pattern>`` that stands for the tint of a class."""
    angle, spacing, crossed = HATCHES[step]
    return hatching(angle, spacing, name, "step-hatch", crossed)


def water_hatching(name: str) -> str:
    """The ``<pattern>`` of water."""
    return hatching(90, 0.9, name, "water-hatch")
