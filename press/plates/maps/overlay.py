"""Everything that the author lays over the ground of a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from press.content.model import Cite, Event
from press.plates.drawing import PlateFault
from press.plates.maps.areas import DrawnArea, find_areas
from press.plates.maps.frame import MapFrame
from press.plates.maps.input import MapInput
from press.plates.maps.lines import DrawnArrow, DrawnLine, find_arrows, find_lines


@dataclass(frozen=True)
class Overlay:
    """Areas, lines and arrows as they are drawn, and what of them cannot be."""

    areas: tuple[DrawnArea, ...]
    lines: tuple[DrawnLine, ...]
    arrows: tuple[DrawnArrow, ...]
    faults: tuple[PlateFault, ...] = ()

    @property
    def stepped(self) -> list[DrawnArea]:
        """The dated areas, earliest first."""
        return sorted((a for a in self.areas if a.step), key=lambda a: a.step)

    @property
    def events(self) -> list[Event]:
        """The events that gave areas their dates."""
        return [area.event for area in self.areas if area.event]

    @property
    def layers(self) -> list[str]:
        """The layers of the atlas that it is drawn from; "" for what the author supplied."""
        own = (layer for drawn in self.areas for layer in (drawn.layer, *drawn.cut_by))
        return [*own, *(drawn.layer for drawn in self.lines)]

    @property
    def filled(self) -> list[BaseGeometry]:
        """The dated areas and what lines enclose, in mm."""
        return [a.shape for a in self.areas if a.step] + [line.inside for line in self.lines]

    @property
    def cites(self) -> list[Cite]:
        """The sources of the author's areas, lines and arrows."""
        return [
            *(cite for drawn in self.areas for cite in drawn.area.sources),
            *(cite for drawn in self.lines for cite in drawn.line.sources),
            *(cite for drawn in self.arrows for cite in drawn.arrow.sources),
        ]


def find_overlay(given: MapInput, frame: MapFrame, rough: bool = False) -> Overlay:
    """What shows in the frame and had come about by the date of the map.

    ``rough`` takes countries from the smallest scale, to plan with.
    """
    areas = list(find_areas(given, frame, rough))
    lines = list(find_lines(given, frame))
    arrows = list(find_arrows(given, frame))
    return Overlay(
        tuple(a for a in areas if isinstance(a, DrawnArea)),
        tuple(line for line in lines if isinstance(line, DrawnLine)),
        tuple(a for a in arrows if isinstance(a, DrawnArrow)),
        tuple(f for f in (*areas, *lines, *arrows) if isinstance(f, PlateFault)),
    )


def together(overlays: Sequence[Overlay]) -> Overlay:
    """What lies over the ground in any of several maps, each entry of the author's once."""
    return Overlay(
        tuple({x.mark: x for o in overlays for x in o.areas}.values()),
        tuple({x.mark: x for o in overlays for x in o.lines}.values()),
        tuple({x.mark: x for o in overlays for x in o.arrows}.values()),
    )
