"""Places: which ones a map shows, by which symbol, and with which words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from statistics import median
from typing import get_args

import numpy as np
import shapely
from babel.core import get_global
from shapely import LineString

from press.atlas import Feature, fold
from press.base.boxes import around, overlap
from press.content.model import Event, Place
from press.plates.drawing import PlateFault
from press.plates.geometry import Floats, Point, gaps
from press.plates.maps.blanks import numbered
from press.plates.maps.frame import MapFrame
from press.plates.maps.input import MapCanvas
from press.plates.maps.local_names import city_name
from press.plates.maps.overlay import Overlay
from press.plates.maps.pick import lies_outside
from press.plates.maps.symbols import (
    Edge,
    Rank,
    Spot,
    categories_of,
    marker_of,
    words_of_numbers,
)

_WEIGHT: Mapping[Rank, float] = {
    "dated": 100, "capital": 60, "event": 50, "city": 40, "town": 30, "village": 24,
    "peak": 30, "minor": 6,
}  # fmt: skip

_TELLING = 1.3
"""How far, in mm, the signs of a place stand from other places' symbols if nobody takes them for
theirs."""
_ARROW = 0.8
"""How far, in mm, they stand from the course of an arrow."""
_ASIDE, _STEP = 2.6, 0.1
_TURNS = (0, 30, -30, 60, -60, 90, -90, 120, -120, 150, -150, 180)
_NO_DISTANCE = 1e-9
_INTENTION = 14.0
"""Weight that a place gains where the author asks for it."""

_LINE = 21.0
"""Length in mm, at the least, of the line for a name."""

_INSIDE, _TOWNS_INSIDE = 0.8, 2.0
"""Millimetres from the edge of the frame to a place and to a town, at the least."""
_TOWNS_UP_TO = 5e6
_TOWNS_APART = 13.0
_MM2_PER_TOWN = 900.0
_FROM, _OF_MEDIAN = 8, 0.25
"""From how many towns on a further one must have this share of the people of their median: a
village among towns helps nobody to find the way."""

MAIN = 38.0
"""From this weight on a place's name is placed before the names of countries and waters."""


@dataclass(frozen=True)
class Spots:
    """The places in the frame, the names of those that lie beyond it, and what is wrong."""

    inside: Sequence[Spot]
    beyond: tuple[str, ...]
    faults: tuple[PlateFault, ...]


def find_spots(canvas: MapCanvas, overlay: Overlay) -> Spots:
    """The dossier's places in the frame, and those that were wanted but lie outside it."""
    given, frame = canvas.given, canvas.frame
    wanted = {place.id for place in given.wanted_places}
    events: dict[str, list[Event]] = {}
    for event in given.shown_events:
        for ident in wanted & set(event.places):
            events.setdefault(ident, []).append(event)
    dates = _dates(overlay)
    spots: list[Spot] = []
    beyond: list[Place] = []
    for place in given.dossier.gazetteer.places:
        if place.at is None or place.id in given.plate.hide:
            continue
        at = frame.point(*place.at.point)
        if frame.holds(*at, _INSIDE):
            own = events.get(place.id, ())
            spot = _spot(canvas, place, at, own, dates.get(place.id), place.id in wanted)
            signs = [e for e in own if not (spot.date and e in overlay.events)]
            spots.append(replace(spot, categories=categories_of(signs, given.dossier)))
        elif place.id in wanted:
            beyond.append(place)
    courses = [moved.course for moved in overlay.arrows]
    spots = apart(sided(_in_their_manner(canvas, spots), frame, courses))
    named = beyond if given.plate.show not in ("events", "places") else []
    names = tuple(place.name for place in beyond)
    return Spots(spots, names, (*_lost(named), *_twins(spots)))


def _dates(overlay: Overlay) -> dict[str, str]:
    """The date to print at a place: that of the dated area whose event happened there."""
    found: dict[str, str] = {}
    for drawn in overlay.stepped:
        for ident in drawn.event.places if drawn.event else ():
            found.setdefault(ident, drawn.date)
    return found


def _spot(
    canvas: MapCanvas,
    place: Place,
    at: Point,
    events: Sequence[Event],
    date: str | None,
    wanted: bool,
) -> Spot:
    """A place as the map marks it."""
    plate = canvas.given.plate
    name, also = place_names(place, plate.language)
    kind = rank = _rank(canvas.words, place)
    if date is not None:
        rank = "dated"
    elif events and rank != "capital":
        rank = "event"
    side = next((label.side for label in plate.labels if label.place == place.id), None)
    weight = _WEIGHT[rank] + (_INTENTION if wanted else 0.0)
    return Spot(
        place.id, name, also, *at, rank, weight, place, tuple(events), date or "", side, kind=kind
    )  # fmt: skip


def _rank(words: Mapping[str, str], place: Place) -> Rank:
    """The rank that a place's kind names, in the dossier's language; a town where it names none."""
    kind = place.kind.casefold()
    ranks: tuple[Rank, ...] = ("capital", "city", "village")
    for rank in ranks:
        if any(word in kind for word in words[f"plate.kind.{rank}"].casefold().split()):
            return rank
    return "peak" if _is_peak(words, kind) else "town"


def _is_peak(words: Mapping[str, str], kind: str) -> bool:
    """Whether a kind is that of a mountain: not of a pass in the mountains, nor of what is on one.

    What it is a kind of is said by its last word, in French by its first; in brackets, behind a
    comma or a preposition stands more about it.
    """
    more = words["plate.kind.of"].replace(" ", "|")
    head = re.split(rf"[,;(/]|\s(?:{more})\s", kind)[0].split()
    said = head[:1] if words["plate.kind.head"] == "first" else head[-1:]
    return any(word.endswith(tuple(words["plate.kind.peak"].split())) for word in said)


def place_names(place: Place, language: str | None) -> tuple[str, str]:
    """The name to print and an alternate one, where there is one that is not just a spelling."""
    own = (n.name for n in place.names if language and n.language == language)
    name = next(own, place.name)
    doubled = re.fullmatch(r"(.+?) \((.+)\)", name)
    if doubled:
        return doubled[1], doubled[2]
    first = place.also[0] if place.also else ""
    alike = SequenceMatcher(None, fold(name), fold(first)).ratio()
    return name, first if alike < 0.6 else ""


def _lost(places: Iterable[Place]) -> Iterator[PlateFault]:
    """E179: a place that the author named, and that the frame does not show."""
    for place in places:
        hint = "widen extent, take the place out of show, or correct where it lies"
        yield PlateFault(("show",), "E179", lies_outside(place), hint, place.id)


def _twins(spots: Sequence[Spot]) -> Iterator[PlateFault]:
    """E180: two ids on one spot, so that the reader sees one symbol under two names."""
    seen: dict[Point, Spot] = {}
    for spot in spots:
        if spot.place is None or spot.place.at is None:
            continue
        first = seen.setdefault(spot.place.at.point, spot)
        if first is not spot:
            message = f"{first.key} and {spot.key} mark the same spot"
            hint = "hide one of them, or correct its coordinates"
            yield PlateFault(("show",), "E180", message, hint)


# -- how they are marked ---------------------------------------------------------------------------


def _in_their_manner(canvas: MapCanvas, spots: Sequence[Spot]) -> Sequence[Spot]:
    """The same spots as the plate marks them: by signs, by numbers, or by lines to write on."""
    plate = canvas.given.plate
    if plate.markers == "numbers":
        spots = _numbered(canvas, spots)
    return _blanked(canvas, spots) if plate.blanks else spots


def _numbered(canvas: MapCanvas, spots: Sequence[Spot]) -> list[Spot]:
    """The same spots with their events counted through the map, in the order of their dates."""
    order = canvas.given.dossier.in_time(e for spot in spots for e in spot.events)
    count = {event.id: n for n, event in enumerate(order, start=1)}
    made = []
    for spot in spots:
        numbers = tuple(sorted(count[event.id] for event in spot.events))
        if numbers:
            marker = marker_of(canvas, words_of_numbers(numbers))
            own = replace(spot, rank="event", numbers=numbers, marker=marker, categories=())
        made.append(own if numbers else spot)
    return made


def _blanked(canvas: MapCanvas, spots: Sequence[Spot]) -> list[Spot]:
    """The same spots as places only, without dates and events; some with a line for their name.

    All lines are of one length, so that it tells nothing: the longest name must fit.
    """
    plate = canvas.given.plate
    asked = [spot.place for spot in spots if spot.place and spot.key in plate.blanks]
    numbers = numbered(asked, plate.extent)
    names = [spot.name for spot in spots if spot.key in numbers]
    room = max(_LINE, *(canvas.run("label-answer", name).width + 2 for name in names), 0.0)

    def plain(spot: Spot) -> Spot:
        rank = _rank(canvas.words, spot.place) if spot.place else spot.rank
        bare = replace(spot, rank=rank, weight=_WEIGHT[rank], events=(), date="", categories=())
        if spot.key not in numbers:
            return bare
        weight = MAIN + _WEIGHT[rank]
        return replace(
            bare, also="", weight=weight, room=room, blank=numbers[spot.key], filled=plate.filled
        )

    return [plain(spot) for spot in spots]


def sided(spots: Sequence[Spot], frame: MapFrame, arrows: Sequence[LineString] = ()) -> list[Spot]:
    """The same spots, with the signs of events on that side of their symbols that tells whose.

    Below them, unless they would stand so near another place that they seem to be its own, on one
    of the ``arrows``, or beyond the edge of the map.
    """
    made: dict[str, Spot] = {}
    for spot in sorted(spots, key=lambda s: (-s.weight, s.key)):
        made[spot.key] = spot
        if spot.sign_boxes:
            taken = [other.symbol_box for other in spots if other.key != spot.key]
            taken += [box for key in made if key != spot.key for box in made[key].sign_boxes]
            ways = [replace(spot, signed=side) for side in get_args(Edge)]
            others = np.array(taken).reshape(-1, 4)
            clear = [_clear(way, others, frame) - _crossed(way, arrows) for way in ways]
            made[spot.key] = ways[clear.index(max(clear))]
    return [made[spot.key] for spot in spots]


def _clear(spot: Spot, others: Floats, frame: MapFrame) -> float:
    """How far in mm the signs of a spot stand from what ``others`` have, as far as it matters."""
    left, top, right, bottom = around(spot.sign_boxes)
    if not (frame.holds(left, top) and frame.holds(right, bottom)):
        return -2 * _TELLING
    return float(gaps(np.array(spot.sign_boxes), others).min(initial=_TELLING))


def _crossed(spot: Spot, arrows: Sequence[LineString]) -> float:
    """What it costs the signs of a spot to hide the course of an arrow: more than any nearness."""
    signs = shapely.MultiPolygon([shapely.box(*box) for box in spot.sign_boxes])
    hidden = any(signs.distance(course) < _ARROW for course in arrows)
    return _TELLING if hidden else 0.0


def apart(spots: Sequence[Spot]) -> list[Spot]:
    """The same spots, with symbols that would cover one another moved apart by what that takes.

    The weightier keeps its place; the other leaves along the line that joins them, as generalised
    maps have it, or as little beside it as it must, but by no more than ``_ASIDE`` mm. Two on one
    spot stay: that is for the author.
    """
    kept: dict[str, Spot] = {}
    for spot in sorted(spots, key=lambda s: (-s.weight, s.key)):
        moved, near = spot, _within_reach(spot, kept.values())
        for other in near:
            away = math.hypot(spot.x - other.x, spot.y - other.y)
            if away > _NO_DISTANCE and overlap(moved.box, other.box):
                free = (
                    place
                    for place in _away_from(other, spot, away)
                    if not any(overlap(place.box, k.box) for k in near)
                )
                moved = next(free, spot)
        kept[spot.key] = moved
    return [kept[spot.key] for spot in spots]


def _within_reach(spot: Spot, others: Iterable[Spot]) -> list[Spot]:
    """Those whose symbols a spot can meet wherever it is moved."""
    left, top, right, bottom = spot.box
    far = _ASIDE + _STEP
    around = (left - far, top - far, right + far, bottom + far)
    return [other for other in others if overlap(around, other.box)]


def _away_from(other: Spot, spot: Spot, away: float) -> Iterator[Spot]:
    """A spot ``away`` mm from another, moved farther off on the line that joins them, or beside."""
    ahead = math.atan2(spot.y - other.y, spot.x - other.x)
    for turn in _TURNS:
        angle = ahead + math.radians(turn)
        for step in range(1, int(_ASIDE / _STEP)):
            far = away + step * _STEP
            x, y = other.x + far * math.cos(angle), other.y + far * math.sin(angle)
            if math.hypot(x - spot.x, y - spot.y) <= _ASIDE:
                yield replace(spot, x=x, y=y)


# -- towns for orientation -------------------------------------------------------------------------


def find_towns(canvas: MapCanvas, spots: Sequence[Spot]) -> list[Spot]:
    """Towns of the atlas that fill empty land: large ones first, never close to one another."""
    frame, known = canvas.frame, canvas.given.dossier.gazetteer.places
    numbers = {place.geonames for place in known if place.geonames}
    names = {fold(name) for place in known for name in (place.name, *place.also)}
    taken = [(s.x, s.y) for s in spots]
    # From afar the well-known places of Natural Earth are enough, and there are far fewer of them.
    layer = "town" if frame.denominator < _TOWNS_UP_TO else "place"
    most = round(frame.rectangle.area / _MM2_PER_TOWN)
    found, populations = list[Spot](), list[int]()
    for town in sorted(canvas.features(layer), key=_prominence):
        if len(found) >= most:
            break
        called = _town_name(canvas, town)
        if town.properties.get("geonameid") in numbers or {fold(town.name), fold(called)} & names:
            continue
        people = int(town.properties.get("population", 0))
        if layer == "town" and not orients(people, populations):
            break
        x, y = frame.point(town.geometry.x, town.geometry.y)
        near = any((x - a) ** 2 + (y - b) ** 2 < _TOWNS_APART**2 for a, b in taken)
        if near or not frame.holds(x, y, _TOWNS_INSIDE):
            continue
        taken.append((x, y))
        populations.append(people)
        weight = _WEIGHT["minor"] + min(4.0, people / 1e5)
        found.append(Spot(f"town-{town.id}", called, "", x, y, "minor", weight))
    return found


def orients(people: int, others: Sequence[int]) -> bool:
    """Whether a town of so many people is known as those are that were found, the larger ones."""
    return len(others) < _FROM or people >= _OF_MEDIAN * median(others)


def _prominence(town: Feature) -> tuple[int, int, int]:
    facts = town.properties
    return int(facts.get("rank", 0)), -int(facts.get("population", 0)), town.id


def _town_name(canvas: MapCanvas, town: Feature) -> str:
    """A town's name in the script of the map, or in plain letters where no font has that."""
    facts = town.properties
    script = script_of(canvas.given.names_language)
    here = city_name(town, town.name, canvas.given.names_language)
    name = dict(facts.get("names", {})).get(script, here)
    lacking = canvas.style.lacking(name, canvas.style.text("label-minor"))
    return str(facts.get("ascii", name)) if lacking else name


@cache
def script_of(language: str) -> str:
    """The script in which a language is mostly written, as ISO 15924 (CLDR's likely subtags)."""
    base = language.partition("-")[0]
    likely = str(get_global("likely_subtags").get(base, ""))
    return next((part for part in likely.split("_") if len(part) == 4), "Latn")
