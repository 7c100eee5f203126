"""The ground of a map: sea and land, tints and shading, waters, boundaries, graticule."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from press.atlas import Atlas, Detail, Feature
from press.plates import relief
from press.plates.canvas import Canvas
from press.plates.frame import Frame, Graticule, graticule
from press.plates.shapes import areas_of, joined, path, px, smooth

# The least prominent river rank (Natural Earth's scale rank) drawn up to a scale denominator.
_RIVER_RANKS = ((1.5e6, 12), (4e6, 11), (1e7, 8), (2e7, 6), (5e7, 4), (1e9, 2))
_ADMIN_UP_TO = 6e6
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
    atlas: Atlas, layer: str, frame: Frame, canvas: Canvas, detail: Detail | None = None
) -> list[Feature]:
    """The features of a layer that may show in the frame, at the level of detail of its scale."""
    bounds = frame.bounds.padded(_BOUNDS_ROOM)
    canvas.use(layer)
    chosen = detail or atlas.detail_for(layer, frame.denominator)
    return list(atlas.features(layer, bounds.box, chosen))


def draw_land(canvas: Canvas, frame: Frame, atlas: Atlas, tints: bool) -> Ground:
    """Sea, land and height tints."""
    w, h = px(frame.width), px(frame.height)
    canvas.mark("sea", "sea", f'<rect class="sea" width="{w}" height="{h}"/>')
    parts = [frame.area(f.geometry) for f in features(atlas, "land", frame, canvas)]
    land = areas_of(shapely.union_all([p for p in parts if not p.is_empty]))
    canvas.draw("land", "land", land)
    countries = [
        (feature, area)
        for feature in features(atlas, "country", frame, canvas)
        if not (area := frame.area(feature.geometry)).is_empty
    ]
    if tints:
        canvas.use("elevation")
        for level, tint in relief.tints(frame, atlas):
            if canvas.draw("tints", f"tint-{level}", relief.clipped_to_land(tint, land, frame)):
                canvas.key(f"tint-{level}")
    if not land.contains(frame.rectangle):
        shore = land.boundary.intersection(frame.rectangle)
        canvas.draw("coast", "coast", shore)
    return Ground(land, countries)


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
    for feature in features(atlas, "lake", frame, canvas):
        area = frame.area(feature.geometry)
        if area.area > 0.6 and canvas.draw("lakes", "lake", area):
            ground.lakes.append((feature, area))
    if not rivers:
        return
    least = next(rank for up_to, rank in _RIVER_RANKS if frame.denominator < up_to)
    water = shapely.union_all([area for _, area in ground.lakes])
    for feature in features(atlas, "river", frame, canvas):
        rank = int(feature.properties.get("rank", 12))
        if rank > least:
            continue
        course = frame.project(feature.geometry, tolerance=0.08).difference(water)
        stretches = [smooth(line, 1).simplify(0.02) for line in joined([course])]
        if stretches:
            width = 1 if rank <= 5 else 2 if rank <= 8 else 3
            canvas.draw("rivers", f"river r-{width}", shapely.MultiLineString(stretches))
            canvas.key("river")
            name = str(feature.properties.get("name_en") or feature.name)
            ground.rivers.setdefault(name, []).extend(stretches)


def draw_graticule(canvas: Canvas, frame: Frame) -> Graticule:
    """Meridians and parallels."""
    grid = graticule(frame)
    canvas.draw("graticule", "graticule", shapely.MultiLineString(grid.lines))
    return grid


def draw_boundaries(
    canvas: Canvas,
    frame: Frame,
    atlas: Atlas,
    ground: Ground,
    focus: frozenset[str],
    greater: Sequence[BaseGeometry],
) -> None:
    """International boundaries with their band; internal ones where no greater line runs."""
    lines = [frame.project(f.geometry) for f in features(atlas, "country_border", frame, canvas)]
    ground.borders = joined([line.intersection(frame.rectangle) for line in lines])
    borders = shapely.MultiLineString(ground.borders)
    if canvas.draw("bands", "band", borders):
        canvas.draw("borders", "border", borders)
        canvas.key("border")
    if frame.denominator > _ADMIN_UP_TO:
        return
    near = shapely.union_all([g.buffer(0.45, quad_segs=2) for g in (borders, *greater)])
    internal = [
        frame.project(f.geometry, tolerance=0.06)
        for f in features(atlas, "admin1_border", frame, canvas)
        if not focus or str(f.properties.get("a3", "")) in focus
    ]
    kept = [line for line in joined([g.difference(near) for g in internal]) if line.length > 0.8]
    if kept and canvas.draw("admin", "admin", shapely.MultiLineString(kept)):
        canvas.key("admin")


def hatching(angle: float, spacing: float, name: str, classes: str) -> str:
    """A ``<pattern>`` of parallel lines ``spacing`` mm apart; the lines overshoot to hide seams."""
    side = px(spacing)
    return (
        f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="{side}" height="{side}"'
        f' patternTransform="rotate({angle:g})"><path class="{classes}"'
        f' d="M{px(spacing / 2)} {px(-spacing)}V{px(spacing * 2)}"/></pattern>'
    )
