"""Places as they stand on a map, and their symbols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from press.base.boxes import Box, around
from press.content.model import Dossier, Event, Place
from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.geometry import Point, disc
from press.plates.maps.point_labels import (
    Side,
)
from press.plates.signs import category_class, sign_shape
from press.plates.svg import Element, polyline, px

Rank = Literal["dated", "capital", "event", "city", "town", "village", "peak", "minor"]

RADIUS: Mapping[Rank, float] = {
    "dated": 1.3, "capital": 1.15, "event": 1.15, "city": 1.05, "town": 0.78, "village": 0.6,
    "peak": 1.0, "minor": 0.52,
}  # fmt: skip
"""Radius of each symbol, in mm."""

_MARKER, _WITHIN = 1.65, 0.6
"""Half the height of a marker at the least, and between its numbers and its edge, in mm."""

_APART = 0.35
"""Millimetres between the signs of one place, and between them and its symbol."""

Edge = Literal["S", "E", "N", "W"]
_TOWARDS: Mapping[Edge, Point] = {"S": (0, 1), "E": (1, 0), "N": (0, -1), "W": (-1, 0)}


@dataclass(frozen=True)
class Spot:
    """A place on the map. ``place`` is None for a town of the atlas, shown for orientation.

    ``room`` is the length in mm of the line on which the reader writes the name; 0 where it is
    printed. ``blank`` is the number of that line, ``filled`` has the name printed on it. ``marker``
    are half the width and half the height in mm of what bears its ``numbers``. ``categories`` are
    those of its events whose signs stand at its symbol. ``kind`` is the rank of the place itself: a
    place of the rank "event" is named as one, and has the symbol of its kind. ``signed`` is the
    side of its symbol where signs or numbers stand.
    """

    key: str
    name: str
    also: str
    x: float
    y: float
    rank: Rank
    weight: float
    place: Place | None = None
    events: tuple[Event, ...] = ()
    date: str = ""
    side: Side | None = None
    numbers: tuple[int, ...] = ()
    marker: tuple[float, float] = (0.0, 0.0)
    room: float = 0.0
    blank: int = 0
    filled: bool = False
    categories: tuple[str, ...] = ()
    kind: Rank = "town"
    signed: Edge = "S"

    @property
    def drawn_as(self) -> Rank:
        """The rank whose symbol it has."""
        return self.kind if self.rank == "event" else self.rank

    @property
    def words_of_numbers(self) -> str:
        """The numbers of its events, as they stand in its marker: ``1, 7``."""
        return words_of_numbers(self.numbers)

    @cached_property
    def box(self) -> Box:
        """What its symbol, its signs and its numbers cover, in mm."""
        return around((self.symbol_box, *self.sign_boxes))

    @property
    def symbol_box(self) -> Box:
        """What the symbol of the place itself covers."""
        return disc(self.x, self.y, RADIUS[self.drawn_as])

    @property
    def sign_boxes(self) -> tuple[Box, ...]:
        """What the signs, or the disc with the numbers, of its events cover."""
        if not self.numbers:
            return tuple(disc(x, y, RADIUS["event"]) for x, y in self.sign_points)
        (across, down), (x, y) = self.marker, self._at_side(*self.marker)
        return ((x - across, y - down, x + across, y + down),)

    @property
    def sign_points(self) -> tuple[Point, ...]:
        """The middles of its signs in mm: in rows of two at most, beside its symbol."""
        count, radius = len(self.categories), RADIUS["event"]
        rows, step = [min(2, count - first) for first in range(0, count, 2)], 2 * radius + _APART
        wide, high = (min(2, count) - 1) * step / 2, (len(rows) - 1) * step / 2
        x, y = self._at_side(wide + radius, high + radius)
        return tuple(
            (x + (column - (across - 1) / 2) * step, y - high + row * step)
            for row, across in enumerate(rows)
            for column in range(across)
        )

    def _at_side(self, across: float, down: float) -> Point:
        """The middle of what stands beside its symbol, of half this width and half this height."""
        away = RADIUS[self.drawn_as] + _APART
        right, under = _TOWARDS[self.signed]
        return self.x + right * (away + across), self.y + under * (away + down)

    @property
    def legend_keys(self) -> tuple[str, ...]:
        """What the legend explains its symbols by."""
        signs = tuple(f"event-{category}" for category in self.categories)
        return (f"place-{self.drawn_as}", *(("markers",) if self.numbers else signs))


def words_of_numbers(numbers: Iterable[int]) -> str:
    """Numbers as they stand in a marker: ``1, 7``."""
    return ", ".join(map(str, numbers))


def marker_of(canvas: Canvas, words: str) -> tuple[float, float]:
    """Half the width and half the height of a marker that bears these words, in mm."""
    run = canvas.style.run(words, canvas.style.text("label-marker"))
    down = max(_MARKER, run.rise / 2 + _WITHIN)
    return max(down, 0.62 * len(words) + 0.7, run.width / 2 + _WITHIN), down


def categories_of(events: Iterable[Event], dossier: Dossier) -> tuple[str, ...]:
    """The categories of events: those of essential ones first, then in the author's order."""
    order = list(dossier.categories)
    by_weight = sorted(events, key=lambda e: (not e.essential, order.index(e.category)))
    return tuple(dict.fromkeys(event.category for event in by_weight))


def symbol(rank: Rank, x: float, y: float) -> Sequence[Element]:
    """The symbol of a place about a point in mm: a peak's has its lee in shadow."""
    r = RADIUS[rank]
    match rank:
        case "dated":
            return svg.circle("dated", x, y, r), svg.circle("dated-eye", x, y, r * 0.4)
        case "capital":
            square = svg.rect("place", x - r, y - r, 2 * r, 2 * r)
            return square, svg.circle("dot", x, y, r * 0.5)
        case "city":
            return svg.circle("place", x, y, r), svg.circle("dot", x, y, r * 0.5)
        case "peak":
            top, foot = (x, y - r), y + r * 0.8
            shadow = svg.shape("dot", polyline((top, (x + r, foot), (x, foot))) + "z")
            return svg.shape("place", polyline((top, (x + r, foot), (x - r, foot))) + "z"), shadow
        case "minor":
            return (svg.circle("minor", x, y, r),)
        case _:
            return (svg.circle("place", x, y, r),)


def draw_symbol(canvas: Canvas, spot: Spot) -> None:
    """The symbol of a place, and beside it the signs or the numbers of its events."""
    dossier = canvas.given.dossier
    for key in spot.legend_keys:
        canvas.key(key)
    marks = [f"place-{spot.place.id}"] if spot.place else []
    elements = symbol(spot.drawn_as, spot.x, spot.y)
    if spot.numbers:
        elements = *elements, *_marker(canvas, spot)
        marks += [f"event-{event.id}" for event in spot.events]
    canvas.add("symbols", *(svg.drawn_for(one, *marks) if marks else one for one in elements))
    for ident, (x, y) in zip(spot.categories, spot.sign_points, strict=True):
        category = dossier.categories[ident]
        classes = f"sign cased {category_class(dossier.chronology.categories, ident)}"
        sign = sign_shape(category.sign, classes, x, y, RADIUS["event"])
        own = [f"event-{event.id}" for event in spot.events if event.category == ident]
        canvas.add("symbols", svg.drawn_for(sign, *marks, *own))
    canvas.record(spot.key, "", spot.box)


def draw_leader(canvas: Canvas, leader: Sequence[Point]) -> None:
    """The line from a symbol to words that stand farther off, if any."""
    if leader:
        looks = "name-leader under", "name-leader"
        canvas.add("symbols", *(svg.shape(classes, polyline(leader)) for classes in looks))


def _marker(canvas: Canvas, spot: Spot) -> Sequence[Element]:
    """A disc, or a lozenge with round ends, that bears the numbers of a place's events."""
    run = canvas.style.run(spot.words_of_numbers, canvas.style.text("label-marker"))
    ((left, top, right, bottom),) = spot.sign_boxes
    round_ends = f' rx="{px((bottom - top) / 2)}"'
    x, y = (left + right - run.width) / 2, (top + bottom + run.rise) / 2
    words = svg.text("label-marker", x, y, run)
    return svg.box("marker", (left, top, right, bottom), round_ends), words
