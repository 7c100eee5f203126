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
from press.plates.maps.pick import Loc, outside, pick_area

STEPS = 6
"""How many steps of colour there are for dated areas."""

LEAST_AREA = 0.1
"""The least area of a shape that can be seen, in mm²."""

_SUPPRESS = 0.55
_LEFT = 0.5
"""The share of an area's outline that must be left beside greater lines, or it is drawn whole."""


@dataclass(frozen=True)
class DrawnArea:
    """An area on the map: its entry, the number of that, shape in mm, event and step (0: none).

    ``doubted`` says that it had come about by the date of the map by some accounts alone;
    ``cut_by`` are the layers of the atlas that say where it ends.
    """

    area: Area
    number: int
    name: str
    shape: BaseGeometry
    countries: frozenset[str]
    event: Event | None
    step: int
    date: str
    layer: str
    doubted: bool = False
    cut_by: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What tells one entry of the author's from another, in the drawing too."""
        return f"areas-{self.number}"

    @property
    def called(self) -> str:
        """What tells it from other areas in a finding: the author's words, or else its name."""
        return self.area.label or self.area.legend or self.name

    @property
    def classes(self) -> str:
        """The class of its tint, its hatching or its outline; none where it has but a name."""
        if self.step:
            return f"step-{self.step}"
        if self.area.style == "name":
            return ""
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
    for index, area, event in given.current(given.plate.areas, doubted=True):
        picked = pick_area(given, index, area, near, detail)
        if isinstance(picked, PlateFault):
            yield picked
            continue
        yield from picked.faults
        shape = frame.area(picked.geometry)
        if shape.is_empty:
            yield outside(("areas", index), picked.name)
            continue
        if shape.area < LEAST_AREA:
            yield too_small(("areas", index), picked.name)
            continue
        step = steps.get(area.event or "", 0) if area.style == "step" else 0
        date = _printed(event, years if step else set(), given.names_language) if event else ""
        name = area.label or picked.name
        doubted = event is not None and given.doubted(event)
        yield DrawnArea(
            area, index, name, shape, picked.countries, event, step, date, picked.layer, doubted,
            picked.also,
        )  # fmt: skip


def too_small(loc: Loc, name: str) -> PlateFault:
    """E189: a shape that nobody sees at the scale of its map."""
    hint = "draw less of the Earth (extent), give the plate more room, or take it out"
    return PlateFault(loc, "E189", f"{name} is too small to be seen at this scale", hint)


def step_numbers(given: MapInput) -> dict[str, int]:
    """The step of colour for each event of a dated area, in the order of their dates.

    All areas of the plate count, also those that come about after its date, so that maps of
    stages give the same area the same colour.
    """
    ids = {area.event for area in given.plate.areas if area.style == "step"}
    dated = [event for event in given.dossier.events.values() if event.id in ids]
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
    order = sorted((a for a in areas if a.classes), key=lambda a: -a.shape.area)
    for drawn in order:
        classes, shape = drawn.classes, drawn.shape
        if drawn.doubted:
            _draw_doubted(canvas, drawn)
        elif classes == "hatch":
            canvas.hatch("hatches", "hatch", shape, drawn.mark)
        elif classes != "area-line" and canvas.draw("areas", classes, shape, drawn.mark):
            canvas.hatch("areas", classes, shape, drawn.mark)
    tinted = [d for d in order if d.classes not in ("hatch", "area-line") and not d.doubted]
    for number, drawn in enumerate(tinted):
        if names := _covering(drawn, tinted[number + 1 :]):
            canvas.hidden[drawn.mark] = f"{drawn.called} lies hidden beneath {' and '.join(names)}"


def _draw_doubted(canvas: MapCanvas, drawn: DrawnArea) -> None:
    """Stripes in the colour of an area that would be filled, and for the legend how it looks."""
    filled = drawn.step or drawn.classes == "area-tint"
    look = f"doubt-{max(1, drawn.step)}" if filled else "doubt"
    if filled:
        canvas.hatch("areas", look, drawn.shape, drawn.mark)
    canvas.key(look)


def _covering(drawn: DrawnArea, later: Iterable[DrawnArea]) -> list[str]:
    """The names of the areas over which an area that is drawn before them cannot be seen."""
    like = [a for a in later if a.step or a.classes == drawn.classes]
    middle = drawn.shape.representative_point()
    if not any(other.shape.covers(middle) for other in like):
        return []
    over = [a for a in like if a.shape.intersection(drawn.shape).area >= LEAST_AREA]
    left = drawn.shape.difference(shapely.union_all([other.shape for other in over]))
    return [other.called for other in over] if left.area < LEAST_AREA else []


def outline_areas(
    canvas: MapCanvas, areas: Sequence[DrawnArea], greater: Sequence[BaseGeometry]
) -> BaseGeometry:
    """The outlines of dated areas, each shared side once, where no greater line runs; in mm.

    An area that is an outline alone, or doubted, and of which greater lines would leave little, has
    all of it. Those of doubted ones are dashed.
    """
    areas = [drawn for drawn in areas if drawn.classes]
    if all(drawn.area.style == "hatch" and not drawn.doubted for drawn in areas):
        return shapely.MultiLineString()
    near, sides = beside(greater), list[BaseGeometry]()
    looks = {"step": "step-line", "outline": "area-line", "tint": "area-line"}
    for style in (*looks, "doubted"):
        own = [d for d in areas if style == ("doubted" if d.doubted else d.area.style)]
        if own:
            edges = [d.shape.boundary for d in own]
            bare = joined([shapely.union_all(edges).difference(near)])
            kept = [line for line in bare if line.length > 0.6]
            alone, classes = style in ("outline", "doubted"), looks.get(style, "step-line doubted")
            kept += [edge for edge in edges if alone and _lacks(edge, kept)]
            marks = [drawn.mark for drawn in own if alone]
            canvas.draw("outlines", classes, shapely.MultiLineString(joined(kept)), *marks)
            sides.extend(kept)
    return shapely.union_all(sides)


def _lacks(edge: BaseGeometry, kept: Sequence[BaseGeometry]) -> bool:
    """Whether less than its share of an outline is among the lines that are drawn."""
    near = edge.buffer(0.1, quad_segs=1)
    left = sum(line.intersection(near).length for line in kept)
    return bool(left < edge.length * _LEFT)


def beside(lines: Sequence[BaseGeometry]) -> BaseGeometry:
    """What lies so near to lines that a lesser line beside them would only blur them."""
    coarse = [g.simplify(0.1, preserve_topology=False) for g in lines]
    return shapely.union_all([g.buffer(_SUPPRESS, quad_segs=1) for g in coarse])
