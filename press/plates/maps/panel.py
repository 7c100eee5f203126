"""One picture of a map plate, drawn from the ground up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from press.base.boxes import Box
from press.plates.drawing import PlateFault
from press.plates.maps import ground
from press.plates.maps.areas import draw_areas, outline_areas
from press.plates.maps.frame import MapFrame
from press.plates.maps.graticule import (
    SMALL_MARGIN,
    Graticule,
    draw_edge,
    draw_frame,
    draw_graticule,
    margin,
)  # fmt: skip
from press.plates.maps.ground import Ground
from press.plates.maps.input import LAYERS, MapCanvas, MapInput
from press.plates.maps.lines import draw_arrows, draw_lines
from press.plates.maps.names import name_countries, name_overlay, name_shut_out, name_waters
from press.plates.maps.overlay import Overlay
from press.plates.maps.places import MAIN, find_spots, find_towns
from press.plates.maps.spot_labels import (
    boxes_of_words,
    claim_symbols,
    label_spots,
    misleading,
)  # fmt: skip
from press.plates.maps.symbols import RADIUS, Spot
from press.plates.space import Space

_OFF_WORDS = 0.8
"""How far in mm a town for orientation stands from any words: it has none yet that tell whose."""
TITLE_HEIGHT = 4.6
"""What the title over a stage takes, in mm."""


@dataclass(frozen=True)
class Panel:
    """One picture of a plate: the map itself, or one of its stages at ``x``, ``y`` mm.

    ``focus`` are the codes of the countries in focus, ``drawn`` the places and towns, ``beyond``
    the names of places that lie outside the frame, ``step`` that of the graticule in words.
    ``corner`` is the room in mm that the last row of small maps leaves, if any.
    """

    canvas: MapCanvas
    overlay: Overlay
    focus: frozenset[str] = frozenset()
    drawn: Sequence[Spot] = ()
    beyond: tuple[str, ...] = ()
    step: str = ""
    faults: tuple[PlateFault, ...] = ()
    title: str = ""
    x: float = 0.0
    y: float = 0.0
    corner: Box = (0.0, 0.0, 0.0, 0.0)

    @property
    def margin(self) -> float:
        """From the frame to the edge of the picture, in mm."""
        return SMALL_MARGIN if self.title else margin(self.canvas.style)

    @property
    def top(self) -> float:
        """Where the picture begins below its title, in mm."""
        return self.y + (TITLE_HEIGHT if self.title else 0.0)


def canvas_of(given: MapInput, frame: MapFrame, part: str = "") -> MapCanvas:
    """A canvas as large as a frame."""
    space = Space(frame.width, frame.height)
    return MapCanvas(given=given, frame=frame, space=space, order=LAYERS, part=part)


def draw_panel(
    given: MapInput,
    frame: MapFrame,
    overlay: Overlay,
    focus: frozenset[str],
    stage: str = "",
    lettered: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> Panel:
    """The map of a plate; or a ``stage`` of that name, which is small and without many words.

    ``lettered`` are the places that have letters on the stages before.
    """
    canvas = canvas_of(given, frame, stage)
    canvas.lettered |= lettered
    land, grid = _paint(canvas, overlay, focus)
    spots = find_spots(canvas, overlay)
    symbols = [spot.box for spot in spots.inside]
    draw_arrows(canvas, overlay.arrows, RADIUS["dated"], symbols)
    if stage:
        drawn = _label_few(canvas, overlay, spots.inside)
        draw_edge(canvas)
    else:
        drawn = _label(canvas, land, overlay, spots.inside)
        draw_frame(canvas, grid)
    faults = (*overlay.faults, *spots.faults, *canvas.faults)
    return Panel(
        canvas, overlay, focus, drawn, () if stage else spots.beyond, grid.words, faults
    )  # fmt: skip


def _paint(canvas: MapCanvas, overlay: Overlay, focus: frozenset[str]) -> tuple[Ground, Graticule]:
    """Everything but symbols and words."""
    plate = canvas.given.plate
    canvas.use(*filter(None, overlay.layers))
    land, countries = ground.draw_land(canvas)
    ground.draw_veil(canvas, countries, focus)
    draw_areas(canvas, overlay.areas)
    if plate.relief:
        ground.draw_shading(canvas, land)
    lakes = ground.draw_lakes(canvas)
    canvas.lakes = shapely.union_all([area for _, area in lakes])
    rivers = ground.draw_rivers(canvas, lakes) if plate.rivers else {}
    grid = draw_graticule(canvas)
    borders = ground.draw_borders(canvas)
    greater = [borders, *(line.course for line in overlay.lines)]
    if not canvas.part:
        edges = [a.shape.boundary for a in overlay.areas if a.area.style != "hatch"]
        ground.draw_units(canvas, focus, [*greater, *edges])
    outlines = outline_areas(canvas, overlay.areas, greater)
    draw_lines(canvas, overlay.lines, borders)
    made = Ground(land, countries, borders, lakes, rivers)
    _cross(canvas, made, overlay, outlines)
    return made, grid


def _cross(canvas: MapCanvas, made: Ground, overlay: Overlay, outlines: BaseGeometry) -> None:
    """The lines that words had better not cross, and what that costs them."""
    canvas.space.cross(made.borders, 0.9)
    canvas.space.cross(outlines, 0.55)
    for line in overlay.lines:
        canvas.space.cross(line.course, 1.6 if line.line.through else 0.7)
    for stretches in made.rivers.values():
        canvas.space.cross(shapely.MultiLineString(stretches), 0.7)
    for _, lake in made.lakes:
        canvas.space.cross(lake.boundary, 0.5)
    if not made.land.is_empty and not made.land.contains(canvas.frame.rectangle):
        canvas.space.cross(made.land.boundary, 0.25)


def _label(canvas: MapCanvas, land: Ground, overlay: Overlay, spots: Sequence[Spot]) -> list[Spot]:
    """Words in the order of their claim to room. Returns the places and towns drawn."""
    claim_symbols(canvas, spots)
    drawn = _label_main(canvas, overlay, [s for s in spots if s.weight >= MAIN], spots)
    avoid = shapely.union_all(overlay.filled)
    name_countries(canvas, land, avoid)
    name_waters(canvas, land, avoid)
    drawn += label_spots(canvas, [spot for spot in spots if spot.weight < MAIN])
    if canvas.given.plate.towns:
        towns = find_towns(canvas, spots)
        towns = [
            town for town in towns
            if canvas.space.free(np.array([town.box]), _OFF_WORDS).all()
            and not misleading(canvas, town)
        ]  # fmt: skip
        claim_symbols(canvas, towns)
        drawn += label_spots(canvas, towns, patience=3.2)
    return drawn


def _label_main(
    canvas: MapCanvas, overlay: Overlay, main: Sequence[Spot], spots: Sequence[Spot]
) -> list[Spot]:
    """The words of ``main`` places and of what lies over the ground; none of the author's is lost.

    The name of an area has few places to stand in, that of a town many about its symbol.
    """
    named = {spot.name for spot in spots}
    if overlay.areas or overlay.lines:
        name_shut_out(canvas, overlay, named, boxes_of_words(canvas, main))
    drawn = label_spots(canvas, main)
    name_overlay(canvas, overlay, named)
    return drawn


def _label_few(canvas: MapCanvas, overlay: Overlay, spots: Sequence[Spot]) -> list[Spot]:
    """The words of places that say something; of those without room only the author's are noted."""
    telling = [s for s in spots if s.rank in ("dated", "capital") or s.events]
    claim_symbols(canvas, telling)
    drawn = _label_main(canvas, overlay, telling, telling)
    lost = {spot.name for spot in telling if spot.place} & {*canvas.dropped}
    canvas.dropped = dict.fromkeys(name for name in canvas.dropped if name in lost)
    return drawn
