"""Areas that the author lays over the ground: dated, tinted, hatched or outlined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from press.content import facts
from press.content.model import Area, Event
from press.plates.drawing import PlateFault
from press.plates.geometry import joined
from press.plates.maps.frame import MapFrame
from press.plates.maps.input import MapCanvas, MapInput
from press.plates.maps.pick import Loc, pick_area

STEPS = 6
"""How many steps of colour there are for dated areas."""

_SUPPRESS = 0.55


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
    layer: str

    @property
    def key(self) -> tuple[object, ...]:
        """What tells one entry of the author's from another."""
        area = self.area
        return area.name, area.iso, area.country, area.file, area.layer, area.also, area.event

    @property
    def classes(self) -> str:
        """The class of its tint, its hatching or its outline."""
        if self.step:
            return f"step-{self.step}"
        return {"hatch": "hatch", "outline": "area-line"}.get(self.area.style, "area-tint")


def find_areas(
    given: MapInput, frame: MapFrame, rough: bool = False
) -> Iterator[DrawnArea | PlateFault]:
    """The areas that show in the frame and had come about by the date of the map, or E177.

    ``rough`` takes countries from the smallest scale, to plan with.
    """
    near = shapely.box(*frame.bounds.box)
    detail = "110m" if rough else given.atlas.detail_for("country", frame.denominator)
    steps = step_numbers(given)
    years = _years(given, steps)
    for index, area, event in given.current(given.plate.areas):
        picked = pick_area(given, index, area, near, detail)
        if isinstance(picked, PlateFault):
            yield picked
            continue
        yield from picked.faults
        shape = frame.area(picked.geometry)
        if shape.is_empty:
            yield outside(("areas", index), picked.name)
            continue
        step = steps.get(area.event or "", 0) if area.style == "step" else 0
        date = _printed(event, years if step else set(), given.names_language) if event else ""
        name = area.label or picked.name
        yield DrawnArea(area, name, shape, picked.countries, event, step, date, picked.layer)


def outside(loc: Loc, name: str) -> PlateFault:
    """E177: an area or a line that the frame does not show."""
    hint = "widen extent, or take the area out"
    return PlateFault(loc, "E177", f"{name} lies outside the frame", hint)


def step_numbers(given: MapInput) -> dict[str, int]:
    """The step of colour for each event of a dated area, in the order of their dates.

    All areas of the plate count, also those that come about after its date, so that maps of
    stages give the same area the same colour.
    """
    ids = {area.event for area in given.plate.areas if area.style == "step"}
    events = (event for event in given.dossier.events.values() if event.id in ids)
    dated = sorted(events, key=lambda e: e.when.sort_key)
    most = max(STEPS, len(dated))
    return {e.id: 1 + position * STEPS // most for position, e in enumerate(dated)}


def _years(given: MapInput, steps: Mapping[str, int]) -> set[int]:
    """The years of the plate's dated areas and of its span."""
    spans = [given.plate.span] if given.plate.span else []
    spans += [date for ident in steps for date in given.dossier.events[ident].all_dates]
    return {day.year for date in spans for day in date.span}


def _printed(event: Event, years: set[int], language: str) -> str:
    """An event's date as the map prints it, every account of it.

    The year is left out where the whole map is about that one year.
    """
    own = {day.year for date in event.all_dates for day in date.span}
    return facts.event_date(event, language, "short", year=not (len(years) == 1 and own <= years))


def draw_areas(canvas: MapCanvas, areas: Iterable[DrawnArea]) -> None:
    """Tints and hatching. Of dated areas that lie in one another, the smaller is on top."""
    for drawn in sorted(areas, key=lambda a: -a.shape.area):
        classes, shape = drawn.classes, drawn.shape
        if classes == "hatch":
            canvas.hatch("hatches", "hatch", shape)
        elif classes != "area-line" and canvas.draw("areas", classes, shape):
            canvas.hatch("areas", classes, shape)


def outline_areas(
    canvas: MapCanvas, areas: Sequence[DrawnArea], greater: Sequence[BaseGeometry]
) -> BaseGeometry:
    """The outlines of dated areas, each shared side once, where no greater line runs; in mm."""
    if all(drawn.area.style == "hatch" for drawn in areas):
        return shapely.MultiLineString()
    near, sides = beside(greater), list[BaseGeometry]()
    for style, classes in (("step", "step-line"), ("outline", "area-line"), ("tint", "area-line")):
        edges = [d.shape.boundary for d in areas if d.area.style == style]
        if edges:
            parts = joined([shapely.union_all(edges).difference(near)])
            kept = [line for line in parts if line.length > 0.6]
            canvas.draw("outlines", classes, shapely.MultiLineString(kept))
            sides.extend(kept)
    return shapely.union_all(sides)


def beside(lines: Sequence[BaseGeometry]) -> BaseGeometry:
    """What lies so near to lines that a lesser line beside them would only blur them."""
    coarse = [g.simplify(0.1, preserve_topology=False) for g in lines]
    return shapely.union_all([g.buffer(_SUPPRESS, quad_segs=1) for g in coarse])
