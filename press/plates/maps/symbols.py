"""Places as they stand on a map: their symbols and their words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from press.base.boxes import Box, around
from press.base.units import letters
from press.content.model import Dossier, Event, Place
from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.geometry import Point, disc
from press.plates.maps.input import MapCanvas
from press.plates.maps.point_labels import (
    Placed,
    PointLabel,
    Side,
    place_afar,
    place_points,
)
from press.plates.signs import category_class, sign_shape
from press.plates.svg import Element, px
from press.plates.text import MeasuredLine

Rank = Literal["dated", "capital", "event", "city", "town", "village", "minor"]

RADIUS: Mapping[Rank, float] = {
    "dated": 1.3, "capital": 1.15, "event": 1.15, "city": 1.05, "town": 0.78, "village": 0.6,
    "minor": 0.52,
}  # fmt: skip
"""Radius of each symbol, in mm."""

_MARKER, _WITHIN = 1.65, 0.6
"""Half the height of a marker at the least, and between its numbers and its edge, in mm."""

_SIGNS_APART = 0.35
"""Millimetres between the signs of one place."""

_LINE_HEIGHT, _LINE_GAP = 5.2, 1.0
"""Height in mm of the line for a name, and its distance from the number before it."""

LETTER = "label-letter"
"""The class of a letter that stands for a name."""
_SHARED = 12.0
"""How far, in mm, a place may lie from the letter that it shares with another."""
_AIR = 0.7
"""Millimetres that are free above and below a name whose date stands elsewhere."""
_BAND = 12.0
"""Height in mm of the bands by which blanks are numbered."""

Rows = Sequence[tuple[str, MeasuredLine]]
"""The lines of a label with their classes."""


@dataclass(frozen=True)
class Spot:
    """A place on the map. ``place`` is None for a town of the atlas, shown for orientation.

    ``room`` is the length in mm of the line on which the reader writes the name; 0 where it is
    printed. ``filled`` has it printed on the line. ``marker`` are half the width and half the
    height in mm of what bears its ``numbers``. ``categories`` are those of its events whose
    signs stand there: in the place of a symbol, or below that of a capital or a dated place.
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
    filled: bool = False
    categories: tuple[str, ...] = ()

    @property
    def words_of_numbers(self) -> str:
        """The numbers of its events, as they stand in its marker: ``1, 7``."""
        return words_of_numbers(self.numbers)

    @cached_property
    def box(self) -> Box:
        """What its symbol covers, in mm."""
        if not self.numbers:
            boxes = [disc(x, y, RADIUS["event"]) for x, y in self.sign_points]
            if not boxes or self.rank != "event":
                boxes.append(disc(self.x, self.y, RADIUS[self.rank]))
            return around(boxes)
        across, down = self.marker
        return self.x - across, self.y - down, self.x + across, self.y + down

    @property
    def sign_points(self) -> tuple[Point, ...]:
        """The middles of its signs in mm: in rows of two at most about the place, or below it."""
        count, step = len(self.categories), 2 * RADIUS["event"] + _SIGNS_APART
        rows = [min(2, count - first) for first in range(0, count, 2)]
        top = self.y - (len(rows) - 1) * step / 2
        if self.rank != "event":
            top = self.y + RADIUS[self.rank] + RADIUS["event"] + _SIGNS_APART
        return tuple(
            (self.x + (column - (across - 1) / 2) * step, top + row * step)
            for row, across in enumerate(rows)
            for column in range(across)
        )

    @property
    def legend_keys(self) -> tuple[str, ...]:
        """What the legend explains its symbols by."""
        if self.numbers:
            return ("markers",)
        signs = tuple(f"event-{category}" for category in self.categories)
        return signs if self.rank == "event" else (f"place-{self.rank}", *signs)


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
    """The symbol of a place about a point in mm; events have the sign of their category."""
    r = RADIUS[rank]
    match rank:
        case "dated":
            return svg.circle("dated", x, y, r), svg.circle("dated-eye", x, y, r * 0.4)
        case "capital":
            square = svg.rect("place", x - r, y - r, 2 * r, 2 * r)
            return square, svg.circle("dot", x, y, r * 0.5)
        case "city":
            return svg.circle("place", x, y, r), svg.circle("dot", x, y, r * 0.5)
        case "minor":
            return (svg.circle("minor", x, y, r),)
        case _:
            return (svg.circle("place", x, y, r),)


def draw_symbol(canvas: Canvas, spot: Spot) -> None:
    """The symbol of a place, or the sign or the numbers of its events."""
    dossier = canvas.given.dossier
    for key in spot.legend_keys:
        canvas.key(key)
    marks = [f"place-{spot.place.id}"] if spot.place else []
    elements: Sequence[Element] = ()
    if spot.numbers:
        elements = _marker(canvas, spot)
        marks += [f"event-{event.id}" for event in spot.events]
    elif spot.rank != "event":
        elements = symbol(spot.rank, spot.x, spot.y)
    canvas.add("symbols", *(svg.drawn_for(one, *marks) if marks else one for one in elements))
    for ident, (x, y) in zip(spot.categories, spot.sign_points, strict=True):
        category = dossier.categories[ident]
        classes = f"sign cased {category_class(dossier.chronology.categories, ident)}"
        sign = sign_shape(category.sign, classes, x, y, RADIUS["event"])
        own = [f"event-{event.id}" for event in spot.events if event.category == ident]
        canvas.add("symbols", svg.drawn_for(sign, *marks, *own))
    canvas.record(spot.key, "", spot.box)


def _marker(canvas: Canvas, spot: Spot) -> Sequence[Element]:
    """A disc, or a lozenge with round ends, that bears the numbers of a place's events."""
    run = canvas.style.run(spot.words_of_numbers, canvas.style.text("label-marker"))
    _, top, _, bottom = spot.box
    round_ends = f' rx="{px((bottom - top) / 2)}"'
    words = svg.text("label-marker", spot.x - run.width / 2, spot.y + run.rise / 2, run)
    return svg.box("marker", spot.box, round_ends), words


# -- words -----------------------------------------------------------------------------------------


def claim_symbols(canvas: MapCanvas, spots: Iterable[Spot]) -> None:
    """Keep the symbols clear before any word is placed."""
    boxes = [spot.box for spot in spots]
    canvas.space.take(*boxes)
    canvas.symbols.extend(boxes)


def label_spots(canvas: MapCanvas, spots: Sequence[Spot], patience: float = 1e9) -> list[Spot]:
    """Symbols and names. A town of the atlas that finds no room for its name is not drawn at all.

    A place for a name that costs more than ``patience`` counts as none. Returns the spots drawn.
    """
    rows = {spot.key: _rows(canvas, spot) for spot in spots}
    labels = [_label(spot, rows[spot.key]) for spot in spots]
    placed, dropped = place_points(canvas.space, labels, patience)
    lost = [spot for spot in spots if spot.place and spot.key in dropped]
    placed |= _place_later(canvas, lost, rows)
    drawn = [spot for spot in spots if spot.place or spot.key in placed]
    numbers = _reading_order(spot for spot in spots if spot.room and spot.key in placed)
    canvas.blanks.extend(numbers)
    for spot in drawn:
        draw_symbol(canvas, spot)
        if spot.key in numbers:
            _write_blank(canvas, spot, placed[spot.key], numbers[spot.key])
        elif spot.key in placed:
            _write(canvas, rows[spot.key], placed[spot.key], spot)
    _letter(canvas, [spot for spot in spots if spot.place and spot.key not in placed])
    return drawn


def _place_later(
    canvas: MapCanvas, spots: Sequence[Spot], rows: dict[str, Rows]
) -> dict[str, Placed]:
    """Places for words that found none beside their symbols.

    At the end of a leader; else without the date, of which the ``rows`` of a spot are rid then: the
    legend has it. A name without its date keeps clear of words above and below, whose it would seem
    to be.
    """

    def afar(labels: Sequence[PointLabel]) -> dict[str, Placed]:
        return place_afar(canvas.space, labels, canvas.symbols)

    placed = afar([_label(spot, rows[spot.key]) for spot in spots])
    short = [spot for spot in spots if spot.key not in placed and spot.date]
    shorter = {s.key: [row for row in rows[s.key] if row[0] != "label-date"] for s in short}
    labels = [_label(spot, shorter[spot.key]) for spot in short]
    beside, lost = place_points(canvas.space, [_with_air(label) for label in labels])
    beside = {key: replace(place, box=_without_air(place.box)) for key, place in beside.items()}
    beside |= afar([label for label in labels if label.key in lost])
    rows |= {key: shorter[key] for key in beside}
    if not canvas.given.plate.blanks:
        canvas.undated.extend(_dated_name(spot) for spot in short if spot.key in beside)
    return placed | beside


def _with_air(label: PointLabel) -> PointLabel:
    return replace(label, height=label.height + 2 * _AIR)


def _without_air(box: Box) -> Box:
    left, top, right, bottom = box
    return left, top + _AIR, right, bottom - _AIR


def boxes_of_words(canvas: MapCanvas, spots: Sequence[Spot]) -> list[Box]:
    """Where the words of spots would stand now, without anything being taken or drawn."""
    space = replace(canvas.space, taken=[*canvas.space.taken])
    placed, _ = place_points(space, [_label(spot, _rows(canvas, spot)) for spot in spots])
    return [place.box for place in placed.values()]


def _letter(canvas: MapCanvas, spots: Sequence[Spot]) -> None:
    """A letter beside each place for whose name there is no room, which the legend explains.

    Places that stand so close that there is no room for another letter share the nearest; those
    that are too far from any stand in the legend without one. On the small maps of a row a place
    has the letter that it has on those before, and shares none. Not on maps with names to be
    written by hand, whose legend must not tell them.
    """
    given = [] if canvas.given.plate.blanks else spots
    widest = letters(len(canvas.lettered) + len(given) - 1) if given else ""
    rows = {spot.key: [(LETTER, canvas.run(LETTER, "m" * len(widest)))] for spot in given}
    placed, _ = place_points(canvas.space, [_label(spot, rows[spot.key]) for spot in given])
    order = _reading_order(spot for spot in given if spot.key in placed)
    lettered = sorted((s for s in given if s.key in order), key=lambda s: order[s.key])
    signs = {}
    for spot in lettered:
        listed = (_name_in_legend(spot), spot.date)
        known = (sign for sign, words in canvas.lettered.items() if words == listed)
        sign = signs[spot.key] = next(known, letters(len(canvas.lettered)))
        canvas.lettered[sign] = listed
        _write(canvas, [(LETTER, canvas.run(LETTER, sign))], placed[spot.key], spot)
    for spot in (spot for spot in spots if spot.key not in signs):
        near = [o for o in lettered if _apart(spot, o) <= _SHARED and not canvas.part]
        if not near:
            canvas.drop(spot.name)
            if given:
                canvas.unlettered.append(_dated_name(spot))
            continue
        sign = signs[min(near, key=lambda other: _apart(spot, other)).key]
        shared = (*canvas.lettered[sign], _dated_name(spot))
        canvas.lettered[sign] = (", ".join(filter(None, shared)), "")


def _apart(one: Spot, other: Spot) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _name_in_legend(spot: Spot) -> str:
    return f"{spot.name} ({spot.also})" if spot.also else spot.name


def _dated_name(spot: Spot) -> str:
    return ", ".join(filter(None, (_name_in_legend(spot), spot.date)))


def _rows(canvas: MapCanvas, spot: Spot) -> Rows:
    if spot.room:
        return [("label-blank", canvas.run("label-blank", "00"))]
    also = f"({spot.also})" if spot.also else ""
    lines = ((f"label-{spot.rank}", spot.name), ("label-also", also), ("label-date", spot.date))
    return [(classes, canvas.run(classes, words)) for classes, words in lines if words]


def _label(spot: Spot, rows: Rows) -> PointLabel:
    width = max(run.width for _, run in rows)
    height = rows[0][1].rise + sum(_leading(run) for _, run in rows[1:]) + rows[-1][1].drop
    if spot.room:
        width, height = width + _LINE_GAP + spot.room, _LINE_HEIGHT
    left, _, right, _ = spot.box
    radius = (right - left) / 2
    return PointLabel(spot.key, spot.x, spot.y, radius, width, height, spot.weight, spot.side)


def _leading(run: MeasuredLine) -> float:
    """The distance of a line's baseline from the one before, in mm."""
    return run.style.size * 1.08


def _write(canvas: MapCanvas, rows: Rows, place: Placed, spot: Spot) -> None:
    left, top, right, _ = place.box
    if place.leader:
        course = svg.polyline(place.leader)
        names = ("name-leader under", "name-leader")
        canvas.add("symbols", *(svg.shape(classes, course) for classes in names))
    y = top + rows[0][1].rise
    for number, (classes, run) in enumerate(rows):
        y += _leading(run) if number else 0.0
        match place.side:
            case "W" | "NW" | "SW":
                x = right - run.width
            case "N" | "S":
                x = (left + right - run.width) / 2
            case _:
                x = left
        canvas.write(classes, x, y, run)
    canvas.record(spot.key, spot.name, place.box)


def _reading_order(spots: Iterable[Spot]) -> dict[str, int]:
    """A number for each spot: from the north to the south, in bands, and from west to east."""
    order = sorted(spots, key=lambda s: (round(s.y / _BAND), s.x, s.key))
    return {spot.key: number for number, spot in enumerate(order, start=1)}


def _write_blank(canvas: MapCanvas, spot: Spot, place: Placed, number: int) -> None:
    """A number and a line to write on, on clear ground; the name on it where it is to be shown."""
    _, _, right, bottom = place.box
    foot, start = bottom - 1.0, right - spot.room
    run = canvas.run("label-blank", str(number))
    canvas.add("halos", svg.box("blank-ground", place.box))
    canvas.write("label-blank", start - _LINE_GAP - run.width, foot, run)
    canvas.add("text", svg.shape("blank-line", f"M{px(start)} {px(foot + 0.4)}H{px(right)}"))
    if spot.filled:
        canvas.write("label-answer", start + 0.6, foot - 0.3, canvas.run("label-answer", spot.name))
    canvas.record(spot.key, spot.name if spot.filled else str(number), place.box)
