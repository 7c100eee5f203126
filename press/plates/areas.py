"""What the author lays over the ground: dated areas, former and other lines, movements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from press.atlas import Atlas
from press.content import facts
from press.content.model import Area, Arrow, Cite, Dossier, Event, Line, Map
from press.dates import Date
from press.plates.canvas import Canvas
from press.plates.drawing import Fault
from press.plates.frame import GEOD, Frame, distance
from press.plates.ground import hatched
from press.plates.labels import beads
from press.plates.pick import Picked, pick_area, pick_line
from press.plates.shapes import arrow, bent, joined, path, trimmed

STEPS = 6
"""How many steps of colour there are for dated areas."""

_SUPPRESS = 0.55
_LONG_LEG = 500.0
_HEAD_FROM, _HEAD_EVERY = 14.0, 42.0
_ARROW_TAIL, _ARROW_NECK, _ARROW_HEAD = 0.7, 1.7, 3.6


@dataclass(frozen=True)
class DrawnArea:
    """An area on the map: what the author wrote, its shape in mm, its event and step (0: none)."""

    area: Area
    name: str
    shape: BaseGeometry
    countries: frozenset[str]
    event: Event | None
    step: int
    date: str
    layer: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells one entry of the author's from another."""
        area = self.area
        return area.name, area.iso, area.country, area.file, area.layer, area.also, area.event


@dataclass(frozen=True)
class DrawnLine:
    """A line on the map; ``inside`` is what it encloses, in mm, empty for an open line."""

    line: Line
    course: BaseGeometry
    inside: BaseGeometry


@dataclass
class Overlay:
    """Everything laid over the ground."""

    areas: list[DrawnArea] = field(default_factory=list)
    lines: list[DrawnLine] = field(default_factory=list)
    arrows: list[tuple[Arrow, LineString]] = field(default_factory=list)
    cites: list[Cite] = field(default_factory=list)

    @property
    def stepped(self) -> list[DrawnArea]:
        """The dated areas, earliest first."""
        return sorted((a for a in self.areas if a.step), key=lambda a: a.step)


# -- areas ---------------------------------------------------------------------------------------


def find_areas(
    canvas: Canvas,
    frame: Frame,
    atlas: Atlas,
    plate: Map,
    dossier: Dossier,
    files: Mapping[str, bytes],
    rough: bool = False,
) -> list[DrawnArea]:
    """The areas that show in the frame and had come about by the date of the map.

    ``rough`` takes countries from the smallest scale, to plan with.
    """
    near = shapely.box(*frame.bounds.box)
    detail = "110m" if rough else atlas.detail_for("country", frame.denominator)
    steps = step_numbers(plate, dossier)
    years = plate_years(plate, steps, dossier)
    events = dossier.events
    language = plate.language or dossier.meta.language
    found = []
    for index, area in enumerate(plate.areas):
        event = events.get(area.event) if area.event else None
        if event is not None and not happened(event, plate):
            continue
        picked = pick_area(atlas, area, index, files, near, detail)
        if isinstance(picked, Fault):
            canvas.faults.append(picked)
            continue
        canvas.faults.extend(picked.faults)
        shape = frame.area(picked.geometry)
        if shape.is_empty:
            canvas.faults.append(_outside(("areas", index), picked))
            continue
        if picked.layer:
            canvas.use(picked.layer)
        step = steps.get(area.event or "", 0) if area.style == "step" else 0
        date = printed(event, years if step else set(), language) if event else ""
        named = area.label or picked.name
        found.append(
            DrawnArea(area, named, shape, picked.countries, event, step, date, picked.layer)
        )
    return found


def step_numbers(plate: Map, dossier: Dossier) -> dict[str, int]:
    """The step of colour for each event of a dated area, in the order of their dates.

    All areas of the plate count, also those that come about after its date, so that maps of
    stages give the same area the same colour.
    """
    events = dossier.events
    ids = {a.event for a in plate.areas if a.style == "step" and a.event in events}
    dated = sorted((events[i] for i in ids if i), key=lambda e: e.when.sort_key)
    most = max(STEPS, len(dated))
    return {e.id: 1 + position * STEPS // most for position, e in enumerate(dated)}


def happened(event: Event, plate: Map) -> bool:
    """Whether the event had happened, by its leading date, when the map's date came."""
    return plate.until is None or event.when.earliest <= plate.until.latest


def printed(event: Event, years: set[int], language: str) -> str:
    """An event's date as the map prints it, every account of it.

    The year is left out where the whole map is about that one year.
    """
    own = {day.year for date in event.all_dates for day in date.span}
    return facts.event_date(event, language, "short", year=not (len(years) == 1 and own <= years))


def plate_years(plate: Map, steps: Mapping[str, int], dossier: Dossier) -> set[int]:
    """The years of the plate's dated areas and of its span."""
    spans: list[Date] = [plate.span] if plate.span else []
    spans += [date for event in dossier.chronology.events if event.id in steps
              for date in event.all_dates]  # fmt: skip
    return {day.year for date in spans for day in date.span}


def _outside(loc: tuple[str | int, ...], picked: Picked) -> Fault:
    return Fault(
        loc,
        "E177",
        f"{picked.name} lies outside the frame",
        "widen extent, or take the area out",
    )


def key_areas(canvas: Canvas, areas: Sequence[DrawnArea]) -> None:
    """Note for the legend what the areas are drawn in."""
    for drawn in areas:
        match drawn.area.style:
            case "step" if drawn.step:
                canvas.key(f"step-{drawn.step}")
            case "step" | "tint":
                canvas.key("area-tint")
            case "hatch":
                canvas.key("hatch")
            case "outline":
                canvas.key("area-line")


def draw_areas(canvas: Canvas, areas: Sequence[DrawnArea]) -> None:
    """Tints and hatching. Of dated areas that lie in one another, the smaller is on top."""
    key_areas(canvas, areas)
    for drawn in sorted(areas, key=lambda a: -a.shape.area):
        match drawn.area.style:
            case "step" if drawn.step:
                _tint(canvas, f"step-{drawn.step}", drawn.shape)
            case "step" | "tint":
                _tint(canvas, "area-tint", drawn.shape)
            case "hatch":
                _hatch(canvas, "hatch", drawn.shape)


def _tint(canvas: Canvas, classes: str, shape: BaseGeometry) -> None:
    """A tint, and over it hatching where the stylesheet wants it."""
    if canvas.draw("areas", classes, shape) and hatched(canvas.sheet, "step-hatch"):
        hatch = f'<path fill="url(#{canvas.prefix}-{classes})" d="{path(shape)}"/>'
        canvas.mark("areas", "step-hatch", hatch)


def _hatch(canvas: Canvas, name: str, shape: BaseGeometry) -> None:
    canvas.mark("hatches", name, f'<path fill="url(#{canvas.prefix}-{name})" d="{path(shape)}"/>')


def outline_areas(
    canvas: Canvas, areas: Sequence[DrawnArea], greater: Sequence[BaseGeometry]
) -> BaseGeometry:
    """The outlines of dated areas, each shared side once, where no greater line runs; in mm."""
    sides: list[BaseGeometry] = []
    if not any(drawn.area.style != "hatch" for drawn in areas):
        return shapely.MultiLineString()
    near = _about(greater)
    for style, classes in (("step", "step-line"), ("outline", "area-line"), ("tint", "area-line")):
        edges = [d.shape.boundary for d in areas if d.area.style == style]
        if edges:
            kept = [
                line
                for line in joined([shapely.union_all(edges).difference(near)])
                if line.length > 0.6
            ]
            canvas.draw("outlines", classes, shapely.MultiLineString(kept))
            sides.extend(kept)
    return shapely.union_all(sides)


# -- lines ---------------------------------------------------------------------------------------


def _about(lines: Sequence[BaseGeometry]) -> BaseGeometry:
    """What lies so near to lines that a lesser line beside them would only blur them."""
    coarse = [g.simplify(0.1, preserve_topology=False) for g in lines]
    return shapely.union_all([g.buffer(_SUPPRESS, quad_segs=1) for g in coarse])


def find_lines(
    canvas: Canvas,
    frame: Frame,
    atlas: Atlas,
    plate: Map,
    dossier: Dossier,
    files: Mapping[str, bytes],
) -> list[DrawnLine]:
    """The author's lines that show in the frame and had come about by the date of the map."""
    found, events = [], dossier.events
    for index, line in enumerate(plate.lines):
        event = events.get(line.event) if line.event else None
        if event is not None and not happened(event, plate):
            continue
        if line.through:
            course = _route(frame, line, dossier)
            if course.is_empty:
                lost = Picked(course, line.label or line.legend, frozenset(), "")
                canvas.faults.append(_outside(("lines", index), lost))
            else:
                found.append(DrawnLine(line, course, shapely.Polygon()))
            continue
        picked = pick_line(atlas, line, index, files)
        if isinstance(picked, Fault):
            canvas.faults.append(picked)
            continue
        canvas.faults.extend(picked.faults)
        shown = frame.project(picked.geometry)
        if shown.is_empty:
            canvas.faults.append(_outside(("lines", index), picked))
            continue
        inside = frame.area(picked.geometry)
        edge = inside.boundary if not inside.is_empty else shown
        course = shapely.MultiLineString(joined([edge.intersection(frame.rectangle)]))
        found.append(DrawnLine(line, course, inside))
        if picked.layer:
            canvas.use(picked.layer)
    return found


def _route(frame: Frame, line: Line, dossier: Dossier) -> BaseGeometry:
    """The course of a route in mm, cut into legs: great circles where they are long, else a curve.

    A leg is long from about 500 km, from where the eye can tell a great circle from a chord.
    """
    places = [dossier.places[p] for p in line.through if p in dossier.places]
    at = [(p.at.lon, p.at.lat) for p in places if p.at]
    if len(at) < 2:
        return shapely.MultiLineString()
    if all(distance(a, b) < _LONG_LEG for a, b in pairwise(at)):
        curve = bent([frame.point(*p) for p in at], 0.04)
        shown = curve.intersection(frame.rectangle)
    else:
        shown = shapely.union_all([frame.project(leg) for leg in map(great_circle, pairwise(at))])
        shown = shown.intersection(frame.rectangle)
    return shapely.MultiLineString(joined([shown]))


def great_circle(leg: tuple[tuple[float, float], tuple[float, float]]) -> BaseGeometry:
    """The shortest way between two places, in degrees, once for each side of the date line."""
    (lon1, lat1), (lon2, lat2) = leg
    count = max(2, int(distance(*leg) / 50))
    points = np.array([(lon1, lat1), *GEOD.npts(lon1, lat1, lon2, lat2, count), (lon2, lat2)])
    points[:, 0] = np.degrees(np.unwrap(np.radians(points[:, 0])))
    whole = LineString(points)
    turns = [LineString(points + np.array([turn, 0.0])) for turn in (-360.0, 360.0)]
    return shapely.MultiLineString([whole, *turns])


def draw_lines(canvas: Canvas, lines: Iterable[DrawnLine], borders: BaseGeometry) -> None:
    """Lines with their band, broken where an international boundary says more."""
    lines = list(lines)
    if not lines:
        return
    near = _about([borders])
    for drawn in lines:
        style = drawn.line.style
        if drawn.line.through:
            _draw_route(canvas, drawn)
            continue
        if drawn.line.fill == "hatch" and not drawn.inside.is_empty:
            _hatch(canvas, "hatch-former", drawn.inside)
        kept = shapely.MultiLineString(joined([drawn.course.difference(near)]))
        canvas.draw("bands", f"{style}-band", kept)
        if canvas.draw("lines", style, kept):
            canvas.key(f"line-{style}")


def _draw_route(canvas: Canvas, drawn: DrawnLine) -> None:
    """A route with a small head on every leg that has room for one."""
    style = drawn.line.style
    canvas.draw("bands", f"{style}-band", drawn.course)
    if canvas.draw("lines", style, drawn.course):
        canvas.key(f"line-{style}")
    for part in shapely.get_parts(drawn.course):
        if drawn.line.style != "route" or part.length < _HEAD_FROM:
            continue
        for at in np.arange(_HEAD_FROM / 2, part.length, _HEAD_EVERY):
            canvas.draw("lines", f"{style}-head", _head(part, float(at)))


def _head(line: BaseGeometry, at: float) -> BaseGeometry:
    """An arrow head on a line, its tip ``at`` mm along."""
    tip, back = (shapely.get_coordinates(line.interpolate(d))[0] for d in (at, at - 2.1))
    ahead = (tip - back) / max(1e-6, float(np.hypot(*(tip - back))))
    across = np.array([-ahead[1], ahead[0]]) * 0.8
    return shapely.Polygon([tip, back + across, back + ahead * 0.5, back - across])


# -- arrows --------------------------------------------------------------------------------------


def find_arrows(
    canvas: Canvas, frame: Frame, plate: Map, dossier: Dossier
) -> list[tuple[Arrow, LineString]]:
    """The movements that lie in the frame and had begun by the date of the map, in mm."""
    events, found = dossier.events, []
    for index, entry in enumerate(plate.arrows):
        event = events.get(entry.event) if entry.event else None
        if event is not None and not happened(event, plate):
            continue
        places = [dossier.places[p] for p in entry.through if p in dossier.places]
        at = [frame.point(p.at.lon, p.at.lat) for p in places if p.at]
        inside = all(0 <= x <= frame.width and 0 <= y <= frame.height for x, y in at)
        if len(at) < 2 or not inside:
            message = "an arrow leaves the frame, and is not drawn"
            canvas.faults.append(Fault(("arrows", index), "E178", message, "widen extent"))
            continue
        found.append((entry, bent(at)))
    return found


def draw_arrows(canvas: Canvas, arrows: Sequence[tuple[Arrow, LineString]], radius: float) -> None:
    """Tapered, cased arrows that stop short of the symbols they join (``radius`` mm)."""
    for _, line in arrows:
        course = trimmed(line, radius + 0.7, radius + 0.5)
        # A short way wants a slight arrow.
        size = min(1.0, max(0.6, course.length / 14))
        shape = arrow(course, _ARROW_TAIL * size, _ARROW_NECK * size, _ARROW_HEAD * size)
        canvas.draw("arrows", "arrow", shape)
        canvas.key("arrow")
        canvas.space.take(*beads(course, _ARROW_NECK * 0.62))
