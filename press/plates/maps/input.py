"""What a map is drawn from, and what it is drawn on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from press import locale
from press.atlas import Atlas, Feature, world
from press.base.boxes import Box
from press.content.model import Area, Arrow, Event, Line, Map, Place
from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.drawing import PlateInput
from press.plates.geometry import Point
from press.plates.maps.frame import MapFrame

LAYERS = (
    "sea", "land", "tints", "veil", "areas", "shade", "hatches", "lakes", "coast", "rivers",
    "graticule", "admin", "outlines", "bands", "lines", "borders", "arrows", "halos", "symbols",
    "text", "frame",
)  # fmt: skip
"""Painting order, from the ground up."""

_DOUBTS = tuple(f"doubt-{step}" for step in range(1, 7))
PATTERNS: Mapping[str, tuple[str, float, float, bool]] = {
    "hatch": ("hatch", -45, 1.5, False),
    "hatch-former": ("hatch-former", 45, 1.3, False),
    "area-tint": ("step-hatch", 20, 1.8, False),
    "step-1": ("step-hatch", 90, 2.1, False),
    "step-2": ("step-hatch", 0, 1.5, False),
    "step-3": ("step-hatch", 0, 1.7, True),
    "step-4": ("step-hatch", 45, 1.3, True),
    "step-5": ("step-hatch", 90, 0.56, False),
    "step-6": ("step-hatch", 0, 0.62, True),
    **{name: (name, 60, 1.7, False) for name in _DOUBTS},
}
"""Patterns of lines: their class, angle, spacing in mm, and whether they are crossed.

Those in place of tints grow darker from step to step.
"""
WATER, WAVE = "water-hatch", 1.6
"""The class of the waves over water, which nothing else bears, and their length in mm."""

SIDE_GAP = 4.0
"""Between a picture and the legend beside it, in mm."""
_ROOM = 2.0
"""Per cent of its own size by which the frame is widened when features are looked for."""

Entry = TypeVar("Entry", Area, Line, Arrow)


@dataclass(frozen=True)
class MapInput(PlateInput[Map]):
    """What a map is drawn from: the atlas too.

    ``side`` is the width in mm of a column beside the picture that holds legend and locator; 0
    where they stand below it.
    """

    atlas: Atlas = field(default_factory=world, repr=False)
    side: float = 0.0

    @property
    def beside(self) -> float:
        """What stands beside the picture takes of its width, in mm."""
        return self.side + SIDE_GAP if self.side else 0.0

    @property
    def names_language(self) -> str:
        """The language of names: the map's own, or else the dossier's."""
        return self.plate.language or self.language

    @property
    def waters(self) -> tuple[Place, ...]:
        """The places of the gazetteer whose kind is that of a water, in the dossier's language."""
        words = tuple(locale.messages(self.language)["plate.kind.water"].split())
        places = self.dossier.gazetteer.places
        kinds = ((place, place.kind.casefold().split()) for place in places)
        return tuple(p for p, kind in kinds if any(each.endswith(words) for each in kind))

    @property
    def shown_events(self) -> tuple[Event, ...]:
        """The events the map may show: within its span and not after its date."""
        span = self.plate.span
        events = filter(self.happened, self.dossier.events.values())
        return tuple(e for e in events if span is None or e.when.overlaps(span))

    @property
    def wanted_places(self) -> list[Place]:
        """The places the author asks for, in the gazetteer's order, whether or not they fit."""
        plate = self.plate
        if plate.show == "events":
            ids = {place for event in self.shown_events for place in event.places}
            ids |= {place for arrow in plate.arrows for place in arrow.through}
        elif plate.show == "places":
            ids = set(self.dossier.places)
        else:
            ids = set(plate.show)
        ids -= set(plate.hide)
        return [p for p in self.dossier.gazetteer.places if p.id in ids and p.at]

    def points(self, ids: Iterable[str]) -> list[Point]:
        """Longitude and latitude of places; those without are left out."""
        places = map(self.dossier.places.get, ids)
        return [place.at.point for place in places if place and place.at]

    def happened(self, event: Event) -> bool:
        """Whether an event had happened, by its leading date, when the map's date came."""
        until = self.plate.until
        return until is None or event.when.earliest <= until.latest

    def doubted(self, event: Event) -> bool:
        """Whether it had happened when the map's date came by some accounts, by others not yet."""
        if self.plate.until is None:
            return False
        begun = [date.earliest <= self.plate.until.latest for date in event.all_dates]
        return any(begun) and not all(begun)

    def current(
        self, entries: Iterable[Entry], doubted: bool = False
    ) -> Iterator[tuple[int, Entry, Event | None]]:
        """The entries whose event had happened, or that have none; each with its number.

        If ``doubted``, those too of which the event had happened by some accounts alone.
        """
        for index, entry in enumerate(entries):
            event = self.dossier.events.get(entry.event or "")
            if event is None or self.happened(event) or (doubted and self.doubted(event)):
                yield index, entry, event


@dataclass(kw_only=True)
class MapCanvas(Canvas):
    """The canvas of one map, at the scale of its frame.

    ``lettered`` are the places that have a letter in place of a name, with their names and dates,
    ``unlettered`` the names of those that have no room for a letter either, ``unlabelled`` the
    author's words for areas, lines and arrows that have no room, ``undated`` the names of places
    for whose date there is none, ``dated`` of those that have theirs on this map or one beside it;
    ``hidden`` the entries of the author's of which nothing is seen, by their marks, and why;
    ``symbols`` are the boxes that symbols take, ``names_of_spots`` those of words with those of
    the symbols they name, and whether a leader joins them. ``heights`` are those in metres from
    which each tint is drawn, by its number; ``lakes`` are the lakes in mm.
    """

    given: MapInput
    frame: MapFrame
    lettered: dict[str, tuple[str, str]] = field(default_factory=dict)
    unlettered: list[str] = field(default_factory=list)
    unlabelled: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)
    dated: set[str] = field(default_factory=set)
    hidden: dict[str, str] = field(default_factory=dict)
    symbols: list[Box] = field(default_factory=list)
    names_of_spots: list[tuple[Box, Box, bool]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    lakes: BaseGeometry = field(default_factory=shapely.Polygon)

    @property
    def letters(self) -> list[str]:
        """The letters for north, east, south and west."""
        return self.words["plate.letters"].split()

    def features(
        self, layer: str, keep: Callable[[Mapping[str, Any]], bool] | None = None
    ) -> list[Feature]:
        """The features of a layer that may show in the frame, at the level of detail of its scale.

        The layer is noted for the credits.
        """
        self.use(layer)
        atlas = self.given.atlas
        bounds = self.frame.bounds.padded(_ROOM)
        detail = atlas.detail_for(layer, self.frame.denominator)
        return list(atlas.features(layer, bounds.box, detail, keep))

    def hatches(self, name: str) -> bool:
        """Whether the style sheet wants the lines of a pattern."""
        return self.style.values(PATTERNS[name][0]).get("stroke", "none") != "none"

    def hatch(self, layer: str, name: str, shape: BaseGeometry, *of: str) -> None:
        """Fill a shape with a pattern, where the style sheet wants its lines.

        ``of`` names the entries of the author's that are drawn by it.
        """
        if self.hatches(name):
            filled = svg.filled(PATTERNS[name][0], f"{self.prefix}-{name}", shape)
            self.add(layer, svg.drawn_for(filled, *of) if of else filled)

    def wave(self, layer: str, shape: BaseGeometry) -> None:
        """Fill water with waves, where the style sheet wants their lines."""
        if self.style.values(WATER).get("stroke", "none") != "none":
            self.add(layer, svg.filled(WATER, f"{self.prefix}-water", shape))

    def patterns(self) -> str:
        """The definitions of hatching, and of the tints and the water that are hatched."""
        tints = [name for name, look in PATTERNS.items() if look[0] == "step-hatch"]
        names = ["hatch", "hatch-former"]
        names += [name for name in tints if {name, "step-hatch"} <= self.classes]
        names += [name for name in _DOUBTS if name in self.classes]
        made = [svg.pattern(f"{self.prefix}-{name}", *PATTERNS[name]) for name in names]
        waves = [svg.waves(f"{self.prefix}-water", WATER, WAVE)] if WATER in self.classes else []
        return "".join(made + waves)
