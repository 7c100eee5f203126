"""The ground of a map: sea and land, tints and shading, waters, boundaries, graticule."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from press.atlas import Feature
from press.plates import svg
from press.plates.geometry import areas_of, joined, smooth
from press.plates.maps import relief
from press.plates.maps.frame import MapFrame
from press.plates.maps.input import MapCanvas
from press.plates.maps.local_names import water_name
from press.plates.svg import Element, px

# The least prominent river rank (Natural Earth's scale rank) drawn up to a scale denominator.
_RIVER_RANKS = ((1.5e6, 12), (4e6, 11), (1e7, 8), (2e7, 6), (5e7, 4), (1e9, 2))
_FAR_FROM = 2.4e7
ADMIN_UP_TO = 6e6
"""Scale denominator to which the boundaries of first-order units are drawn."""

Shapes = Sequence[tuple[Feature, BaseGeometry]]
"""Features, each with its shape in mm."""


@dataclass(frozen=True)
class Ground:
    """What later steps need to know of the ground; geometry in mm, rivers by name."""

    land: BaseGeometry
    countries: Shapes
    borders: BaseGeometry
    lakes: Shapes
    rivers: Mapping[str, Sequence[LineString]]


def draw_land(canvas: MapCanvas) -> tuple[BaseGeometry, Shapes]:
    """Sea, land and height tints. Returns all land, and the countries."""
    frame = canvas.frame
    if frame.projection.whole_earth:
        canvas.draw("sea", "sea", frame.outline)
    else:
        w, h = px(frame.width), px(frame.height)
        canvas.add("sea", Element("sea", f'<rect class="sea" width="{w}" height="{h}"/>'))
    canvas.wave("sea", frame.outline)
    countries = [
        (feature, area)
        for feature in canvas.features("country")
        if not (area := frame.area(feature.geometry)).is_empty
    ]
    land = _land(canvas, countries)
    canvas.draw("land", "land", land)
    if not land.covers(frame.outline):
        canvas.key("water")
    if canvas.given.plate.tints:
        canvas.use("elevation")
        for number, level, tint in relief.tints(frame, canvas.given.atlas):
            area = _on_land(tint, land, frame)
            if not number or canvas.draw("tints", f"tint-{number}", area):
                canvas.heights[number] = level
    _draw_ice(canvas, countries)
    if not land.contains(frame.rectangle):
        canvas.draw("coast", "coast", _shore(canvas, land))
    return land, countries


def _land(canvas: MapCanvas, countries: Shapes) -> BaseGeometry:
    """All land in mm. On a globe it is put together from the countries that face the reader."""
    if canvas.frame.projection.key == "globe":
        parts = [area for _, area in countries]
    else:
        parts = [canvas.frame.area(f.geometry) for f in canvas.features("land")]
    return areas_of(shapely.union_all([part for part in parts if not part.is_empty]))


def _on_land(tint: BaseGeometry, land: BaseGeometry, frame: MapFrame) -> BaseGeometry:
    """A tint without what lies beyond the shore; unchanged where there is no shore in the frame."""
    return tint if land.contains(frame.rectangle) else areas_of(tint.intersection(land))


def _draw_ice(canvas: MapCanvas, countries: Shapes) -> None:
    """The Antarctic, whose heights the atlas does not know well enough to colour."""
    if canvas.frame.bounds.south >= relief.ICE_FROM:
        return
    ice = [area for feature, area in countries if "ATA" in codes(feature)]
    if canvas.draw("tints", "ice", shapely.union_all(ice).intersection(canvas.frame.rectangle)):
        canvas.key("ice")


def _shore(canvas: MapCanvas, land: BaseGeometry) -> BaseGeometry:
    """Where land meets the sea; cuts that a projection makes through land are no shore."""
    frame = canvas.frame
    if frame.shows_pole or frame.projection.whole_earth:
        lines = [frame.project(f.geometry) for f in canvas.features("coast")]
        return shapely.MultiLineString(joined(lines))
    return land.boundary.intersection(frame.rectangle)


def draw_veil(canvas: MapCanvas, countries: Shapes, focus: frozenset[str]) -> None:
    """Pale the countries that are not in focus."""
    out = [area for feature, area in countries if focus and not codes(feature) & focus]
    if out:
        canvas.draw("veil", "veil", shapely.union_all(out))


def codes(feature: Feature) -> frozenset[str]:
    """The two- and three-letter codes of a country."""
    known = (feature.properties.get(key) for key in ("iso", "a3"))
    return frozenset(str(code).upper() for code in known if code)


def draw_shading(canvas: MapCanvas, land: BaseGeometry) -> None:
    """Hill shading, multiplied onto everything painted before it, on land only."""
    canvas.use("relief", "elevation")
    frame = canvas.frame
    data = base64.b64encode(relief.shading(frame, canvas.given.atlas)).decode("ascii")
    name = f"{canvas.prefix}-land"
    clip = "" if land.contains(frame.rectangle) else f' clip-path="url(#{name})"'
    define = f'<clipPath id="{name}"><path d="{svg.path(land)}"/></clipPath>' if clip else ""
    canvas.add(
        "shade",
        Element(
            "shade",
            f'{define}<g{clip}><image class="shade" filter="url(#{canvas.prefix}-multiply)"'
            f' width="{px(frame.width)}" height="{px(frame.height)}" preserveAspectRatio="none"'
            f' image-rendering="crisp-edges" href="data:image/jpeg;base64,{data}"/></g>',
        ),
    )


def _rank(properties: Mapping[str, Any]) -> int:
    return int(properties.get("rank", 12))


def _prominent(frame: MapFrame) -> Callable[[Mapping[str, Any]], bool]:
    """Whether the scale bears a water."""
    least = next(rank for up_to, rank in _RIVER_RANKS if frame.denominator < up_to)
    return lambda properties: _rank(properties) <= least


def draw_lakes(canvas: MapCanvas) -> Shapes:
    """Lakes, as far as the scale bears them."""
    lakes = []
    for feature in canvas.features("lake", _prominent(canvas.frame)):
        area = canvas.frame.area(feature.geometry)
        if area.area > 0.6 and canvas.draw("lakes", "lake", area):
            lakes.append((feature, area))
            canvas.wave("lakes", area)
            canvas.key("water")
    return lakes


def draw_rivers(canvas: MapCanvas, lakes: Shapes) -> Mapping[str, Sequence[LineString]]:
    """Rivers outside lakes, as far as the scale bears them; their stretches in mm by name."""
    frame, rivers = canvas.frame, dict[str, list[LineString]]()
    language, waters = canvas.given.names_language, canvas.given.waters
    water = shapely.union_all([area for _, area in lakes])
    for feature in canvas.features("river", _prominent(frame)):
        course = frame.project(feature.geometry, tolerance=0.08).difference(water)
        stretches = [smooth(line).simplify(0.02) for line in joined([course])]
        if stretches:
            rank = _rank(feature.properties)
            width = 1 if rank <= 5 else 2 if rank <= 8 else 3
            classes = f"river r-{width}{far(frame)}"
            canvas.draw("rivers", classes, shapely.MultiLineString(stretches))
            name = water_name(feature, language, waters)
            rivers.setdefault(name, []).extend(stretches)
    return rivers


def far(frame: MapFrame) -> str:
    """The class of finer lines, for maps on which the usual weights would drown the land."""
    return " far" if frame.denominator > _FAR_FROM else ""


def draw_borders(canvas: MapCanvas) -> BaseGeometry:
    """International boundaries with their band, in mm."""
    frame = canvas.frame
    lines = [frame.project(f.geometry) for f in canvas.features("country_border")]
    borders = shapely.MultiLineString(joined(line.intersection(frame.rectangle) for line in lines))
    if not far(frame):
        canvas.draw("bands", "band", borders)
    if canvas.draw("borders", f"border{far(frame)}", borders):
        canvas.key("border")
    return borders


def draw_units(canvas: MapCanvas, focus: frozenset[str], greater: Iterable[BaseGeometry]) -> None:
    """Boundaries of first-order units, where no greater line runs."""
    if canvas.frame.denominator > ADMIN_UP_TO:
        return
    near = shapely.union_all([g.buffer(0.45, quad_segs=2) for g in greater])
    internal = [
        canvas.frame.project(f.geometry, tolerance=0.06)
        for f in canvas.features("admin1_border")
        if not focus or str(f.properties.get("a3", "")) in focus
    ]
    kept = [line for line in joined(g.difference(near) for g in internal) if line.length > 0.8]
    if kept and canvas.draw("admin", "admin", shapely.MultiLineString(kept)):
        canvas.key("admin")
