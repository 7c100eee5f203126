"""Names of areas, countries and waters: spaced wide inside them, or bent along them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from press.atlas import Feature
from press.base.boxes import Box
from press.plates.geometry import joined, largest, polygons
from press.plates.maps.along import place_along
from press.plates.maps.ground import Ground
from press.plates.maps.input import MapCanvas
from press.plates.maps.lines import DrawnLine
from press.plates.maps.local_names import country_name, territory_names, water_name
from press.plates.maps.overlay import Overlay
from press.plates.space import Space
from press.plates.text import MeasuredLine

_CLEAR_OF_BORDER = 1.4
_RIVER_NAMES_UP_TO = 4e7
_OFF_SHORE, _SHORES = 0.4, (1.8, 2.6)
"""From a lake to its name beside it in mm, and to where that ends, in sizes of its type."""
_SIZES = ("", " small", " least")
"""The further classes of the names of an author's areas, the largest first."""
_LEAST_PART, _ADJOINING = 0.012, 0.3
"""The share of a map's area from which a part of a country has a name of its own, and how far from
another, in mm, it is beside it."""
_OVER = 0.85
"""The share of its name that must lie on a country where no more of it has room."""
_AIR = 1.0
"""Millimetres between the name of a country and any other, or the shore of a lake."""
_WARY = 4.0
"""How many times as dear as for other words it is for the name of a country to cross a line."""
_IN_THE_WAY = 4.0
"""What it costs the name of an area to stand where words of places would."""


@dataclass(frozen=True)
class MapName:
    """A name to be set: its words, their class, and the key under which it is recorded."""

    words: str
    classes: str
    key: str


def name_area(
    canvas: MapCanvas,
    area: BaseGeometry,
    name: MapName,
    inside: float = 0.9,
    haloed: bool = False,
    space: Space | None = None,
    off: BaseGeometry | None = None,
) -> bool:
    """Set a name in the middle of an area, on one line or two. False where there is no room.

    ``space`` has the same taken as the canvas's, and what crossing lines costs; what is ``off``
    limits no name touches.
    """
    found = _room_in(canvas, space or canvas.space, area, name, inside, off=off)
    if found:
        _write_in(canvas, found, haloed)
    return found is not None


@dataclass(frozen=True)
class _InArea:
    """Where a name stands in an area: its lines, and the box about them in mm."""

    name: MapName
    runs: Sequence[MeasuredLine]
    box: Box


def _room_in(
    canvas: MapCanvas,
    space: Space,
    area: BaseGeometry,
    name: MapName,
    inside: float,
    step: float = 2.0,
    most: int = 2,
    off: BaseGeometry | None = None,
) -> _InArea | None:
    """Where a ``space`` has room for a name in an area, on as many lines as ``most``.

    Boxes are tried ``step`` mm apart.
    """
    body = largest(area)
    for rows in broken(name.words)[:most]:
        runs = [canvas.run(name.classes, row) for row in rows]
        width = max(run.width for run in runs)
        height = _rise(runs) + max(run.drop for run in runs) + _leading(runs) * (len(runs) - 1)
        if body >= inside * width * height:
            box = space.place(area, width, height, inside, step, off)
            if box is not None:
                return _InArea(name, runs, box)
    return None


def _write_in(canvas: MapCanvas, found: _InArea, haloed: bool) -> None:
    left, top, right, _ = found.box
    for number, run in enumerate(found.runs):
        x, y = (left + right - run.width) / 2, top + _rise(found.runs)
        canvas.write(found.name.classes, x, y + number * _leading(found.runs), run, haloed=haloed)
    canvas.keep(found.name.key, found.name.words, found.box)


def _rise(runs: Sequence[MeasuredLine]) -> float:
    return max(run.rise for run in runs)


def _leading(runs: Sequence[MeasuredLine]) -> float:
    return runs[0].style.size * 1.18


def broken(name: str) -> list[tuple[str, ...]]:
    """A name on one line and, if it has spaces or hyphens, on two and on three alike in length."""
    cuts = [n + 1 for n, c in enumerate(name[:-1]) if c in " -\u00a0"]
    found: list[tuple[str, ...]] = [(name,)]
    for count in (1, 2):
        lines = [_cut(name, chosen) for chosen in combinations(cuts, count)]
        if lines:
            found.append(min(lines, key=lambda rows: max(map(len, rows))))
    return found


def _cut(name: str, at: Sequence[int]) -> tuple[str, ...]:
    return tuple(name[a:b].strip() for a, b in pairwise((0, *at, len(name))))


def name_along(
    canvas: MapCanvas,
    line: LineString,
    name: MapName,
    gap: float,
    shun: BaseGeometry | None = None,
    off: BaseGeometry | None = None,
) -> bool:
    """Set a name along a line, ``gap`` mm off it on either side; False where there is no room.

    It had better avoid ``shun`` and touches nothing of what is ``off`` limits.
    A line of joined letters stands beside a stretch that hardly bends: it cannot bend with it.
    """
    run = canvas.run(name.classes, name.words)
    if run.outline:
        pieces = max(4, len(name.words))
        advances = [run.width / pieces] * pieces
        curve = place_along(canvas.space, line, run, advances, gap, shun, 0.3, off)
    else:
        spacing = run.style.spacing
        advances = [canvas.style.run(c, run.style).width + spacing for c in name.words]
        curve = place_along(canvas.space, line, run, advances, gap, shun, off=off)
    if curve is None:
        return False
    letters, boxes = curve
    if run.outline:
        (x0, y0, _), (x1, y1, _) = letters[0], letters[-1]
        canvas.write(name.classes, x0, y0, run, math.degrees(math.atan2(y1 - y0, x1 - x0)))
    else:
        canvas.write_along(name.classes, run, letters)
    canvas.keep(name.key, name.words, *boxes)
    return True


# -- countries -------------------------------------------------------------------------------------


def name_countries(canvas: MapCanvas, ground: Ground, within: BaseGeometry) -> None:
    """Countries, letter-spaced in their largest free part, on dry land.

    ``within`` is what they had better avoid; rivers and boundaries, as far as their middle lets.
    """
    names, lakes = territory_names(canvas.given.names_language), canvas.lakes.buffer(_AIR)
    shown = sorted(ground.countries, key=lambda pair: (-pair[1].area, pair[0].id))
    least = _LEAST_PART * canvas.frame.rectangle.area
    shunned = within.simplify(0.2).buffer(_CLEAR_OF_BORDER, quad_segs=1)
    wary = replace(canvas.space, soft=[(line, cost * _WARY) for line, cost in canvas.space.soft])
    for feature, area in shown:
        if area.area < least:
            continue
        name = country_name(feature, names).upper()
        dry = area.simplify(0.2).buffer(-_CLEAR_OF_BORDER, quad_segs=1).difference(lakes)
        wet, key = area.difference(lakes), f"country-{feature.id}"
        rooms = ((dry.difference(shunned), 0.995), (dry, 0.995), (wet, 0.995), (wet, _OVER))
        if any(
            name_area(canvas, room, MapName(name, classes, key), inside, space=wary)
            for room, inside in rooms
            for classes in ("label-country", "label-country small", "label-country least")
        ):
            left, top, right, bottom = canvas.boxes[-1].box
            canvas.space.take((left - _AIR, top - _AIR, right + _AIR, bottom + _AIR))
            others = [other for one, other in ground.countries if one is not feature]
            _name_parts(canvas, area, others, MapName(name, "", key))
        else:
            canvas.drop(name)


def _name_parts(
    canvas: MapCanvas, shown: BaseGeometry, others: Sequence[BaseGeometry], name: MapName
) -> None:
    """The name of a country again, smaller, on each large part that lies apart from the named one.

    Not on islands, which touch no ``others``, and not where the author has a name for the part.
    """
    least, named = _LEAST_PART * canvas.frame.rectangle.area, [canvas.boxes[-1].box]
    named += [box.box for box in canvas.boxes if box.key.startswith("area-")]
    for number, area in enumerate(polygons(shown)):
        if area.area < least or any(area.intersects(shapely.box(*box)) for box in named):
            continue
        if not any(area.dwithin(other, _ADJOINING) for other in others):
            continue
        room = area.simplify(0.2).buffer(-_CLEAR_OF_BORDER, quad_segs=1)
        for classes in ("label-country small", "label-country least"):
            again = replace(name, classes=classes, key=f"{name.key}-{number}")
            if name_area(canvas, room, again, 0.995):
                break


# -- overlay ---------------------------------------------------------------------------------------


def name_overlay(canvas: MapCanvas, overlay: Overlay, named: set[str]) -> None:
    """Former units by their label, and areas that do not bear the name of a place on the map.

    The words of an arrow stand beside it.
    """
    for index, moved in enumerate(overlay.arrows):
        name = MapName(moved.arrow.label, "label-arrow", f"arrow-{index}")
        if name.words and not name_along(canvas, moved.course, name, 1.5):
            _list(canvas, name.words)
    for index, line in enumerate(overlay.lines):
        label = line.line.label
        if label and line.inside.is_empty and not _name_line(canvas, line, f"line-{index}"):
            _list(canvas, label)
    done = {box.key for box in canvas.boxes}
    for shape, name, label in _named_areas(overlay, named):
        if name.key in done:
            continue
        if found := _room_for(canvas, canvas.space, shape, name):
            _write_in(canvas, found, haloed=True)
        else:
            _list(canvas, label)


def name_shut_out(
    canvas: MapCanvas, overlay: Overlay, named: set[str], boxes: Sequence[Box]
) -> None:
    """Name the author's areas that would have no room once words stood in ``boxes``.

    They stand where they are least in the way of those.
    """
    space = canvas.space
    later = replace(space, taken=[*space.taken, *boxes])
    wary = replace(space, soft=[*space.soft, *((shapely.box(*box), _IN_THE_WAY) for box in boxes)])
    for shape, name, _ in _named_areas(overlay, named):
        if _room_for(canvas, later, shape, name):
            continue
        if found := _room_for(canvas, wary, shape, name):
            _write_in(canvas, found, haloed=True)


def _named_areas(overlay: Overlay, named: set[str]) -> Iterator[tuple[BaseGeometry, MapName, str]]:
    """The author's areas, and what closed lines enclose, with their names and their words."""
    for index, line in enumerate(overlay.lines):
        label = line.line.label
        if label and not line.inside.is_empty:
            yield line.inside, MapName(label.upper(), "label-former", f"line-{index}"), label
    for index, drawn in enumerate(overlay.areas):
        # A whole country bears its own name already.
        own = drawn.name in named or drawn.layer == "country"
        label = drawn.area.label or ("" if own else drawn.name)
        if label and label not in named:
            classes = "label-area" if drawn.classes else "label-country small"
            yield drawn.shape, MapName(label.upper(), classes, f"area-{index}"), label


def _room_for(canvas: MapCanvas, space: Space, area: BaseGeometry, name: MapName) -> _InArea | None:
    """Where a ``space`` has room for the name of an author's area, as large as it can be.

    Rather on more lines inside than across the boundary, and rather across it than small.
    """
    dry = area.difference(canvas.lakes)
    for size in _SIZES:
        smaller = replace(name, classes=f"{name.classes}{size}")
        for inside in (0.99, 0.85):
            step = 1.0 if size else 2.0
            for room in (dry, area) if dry.area < area.area else (area,):
                if found := _room_in(canvas, space, room, smaller, inside, step, most=3):
                    return found
    return None


def _list(canvas: MapCanvas, label: str) -> None:
    """Note that the author's words have no room, and stand in the legend instead.

    Not on maps with names to be written by hand, whose legend must not tell them.
    """
    canvas.drop(label)
    if not canvas.given.plate.blanks:
        canvas.unlabelled.append(label)


def _name_line(canvas: MapCanvas, drawn: DrawnLine, key: str) -> bool:
    """The name of an open line along it."""
    name = MapName(drawn.line.label, "label-line", key)
    return any(name_along(canvas, part, name, 0.7) for part in _longest([drawn.course]))


def _longest(lines: Iterable[BaseGeometry]) -> list[LineString]:
    """The three longest parts of lines, once they are joined."""
    return sorted(joined(lines), key=lambda part: -part.length)[:3]


# -- waters ----------------------------------------------------------------------------------------


def name_waters(canvas: MapCanvas, ground: Ground, shun: BaseGeometry) -> None:
    """Lakes inside or beside themselves, rivers along their calmest stretch."""
    for feature, area in ground.lakes:
        lake = _lake_name(canvas, feature)
        if not lake or largest(area) < 14:
            continue
        name = MapName(lake, "label-water", f"lake-{feature.id}")
        if not (name_area(canvas, area, name, 1.0) or _name_on_shore(canvas, area, name)):
            canvas.drop(lake)
    if canvas.frame.denominator <= _RIVER_NAMES_UP_TO:
        _name_rivers(canvas, ground, shun)


def _name_on_shore(canvas: MapCanvas, area: BaseGeometry, name: MapName) -> bool:
    """Set the name of a lake beside it: as near as it can stand, on one line or two.

    On dry land: half on the water it would be of neither.
    """
    size = canvas.style.text(name.classes).size
    near, water = area.buffer(_OFF_SHORE), canvas.lakes.buffer(_OFF_SHORE)
    shores = (area.buffer(size * far).difference(near) for far in _SHORES)
    return any(name_area(canvas, shore, name, 0.8, haloed=True, off=water) for shore in shores)


def _lake_name(canvas: MapCanvas, feature: Feature) -> str:
    given = canvas.given
    lake = water_name(feature, given.names_language, given.waters)
    if lake and feature.properties.get("kind") == "Reservoir" and "eservoir" not in lake:
        return canvas.words["plate.reservoir"].format(name=lake)
    return lake


def _name_rivers(canvas: MapCanvas, ground: Ground, shun: BaseGeometry) -> None:
    shapely.prepare(ground.borders)
    inner = shapely.box(2, 2, canvas.frame.width - 2, canvas.frame.height - 2)
    for river, stretches in sorted(ground.rivers.items()):
        parts = _longest(line.intersection(inner) for line in stretches) if river else []
        name = MapName(river, "label-water", f"river-{river}")
        gaps = (1.5 if _beside(ground.borders, part) else 0.55 for part in parts)
        named = any(
            name_along(canvas, part, name, gap, shun, canvas.lakes)
            for part, gap in zip(parts, gaps, strict=True)
        )
        if parts and not named and parts[0].length > 60:
            canvas.drop(river)


def _beside(borders: BaseGeometry, line: LineString) -> bool:
    """Whether a good part of a river is a boundary too, whose band takes room."""
    sampled = shapely.points(shapely.get_coordinates(shapely.segmentize(line, 1.0)))
    return bool(shapely.dwithin(sampled, borders, 0.9).mean() > 0.3)
