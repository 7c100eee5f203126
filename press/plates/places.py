"""Places: which ones, by which symbol, with which words, and where the words stand."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from babel.core import get_global

from press.atlas import Atlas, Feature, fold
from press.content.model import Dossier, Event, Map, Place
from press.plates.areas import Overlay, happened
from press.plates.canvas import Canvas
from press.plates.drawing import Fault
from press.plates.frame import Frame, cluster
from press.plates.ground import features
from press.plates.labels import Placed, PointLabel, Side, disc, place_points
from press.plates.metrics import Run
from press.plates.shapes import Box, overlap, px, set_text
from press.plates.signs import category_class, sign_path

Rank = Literal["dated", "capital", "event", "city", "town", "village", "minor"]

RADIUS: Mapping[Rank, float] = {
    "dated": 1.3, "capital": 1.15, "event": 1.15, "city": 1.05, "town": 0.78, "village": 0.6,
    "minor": 0.52,
}  # fmt: skip
"""Radius of each symbol, in mm."""

_WEIGHT: Mapping[Rank, float] = {
    "dated": 100, "capital": 60, "event": 50, "city": 40, "town": 30, "village": 24, "minor": 6,
}  # fmt: skip

_MARKER = 1.65
_ASIDE, _SAME = 2.6, 0.2
_INTENTION = 14.0
"""Rank that an explicit wish of the author adds."""

_LINE, _LINE_HEIGHT, _LINE_GAP = 21.0, 5.2, 1.0
"""Length and height in mm of the line for a name, and its distance from the number before it."""

_BAND = 12.0
"""Height in mm of the bands by which blanks are numbered."""

_TOWNS_UP_TO = 5e6
_TOWNS_APART = 13.0
_MM2_PER_TOWN = 900.0

MAIN = 38.0
"""From this weight on a place's name is placed before the names of countries and waters."""


@dataclass(frozen=True)
class Spot:
    """A place on the map. ``place`` is None for a town of the atlas, shown for orientation.

    ``room`` is the length in mm of the line on which the reader writes the name; 0 where it is
    printed. ``filled`` has it printed on the line.
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
    room: float = 0.0
    filled: bool = False

    @property
    def words_of_numbers(self) -> str:
        """The numbers of its events, as they stand in its marker: ``1, 7``."""
        return ", ".join(map(str, self.numbers))

    @property
    def classes(self) -> str:
        """The class of its name."""
        return f"label-{self.rank}"


# -- which places ----------------------------------------------------------------------------------


def shown_events(plate: Map, dossier: Dossier) -> tuple[Event, ...]:
    """The events the map may show: within its span and not after its date."""
    return tuple(
        event
        for event in dossier.events.values()
        if happened(event, plate) and (plate.span is None or event.when.overlaps(plate.span))
    )


def wanted_places(plate: Map, dossier: Dossier) -> list[Place]:
    """The places the author asks for, in the gazetteer's order, whether or not they fit."""
    hidden = set(plate.hide)
    if plate.show == "events":
        ids = {place for event in shown_events(plate, dossier) for place in event.places}
        ids |= {p for a in plate.arrows for p in a.through}
    elif plate.show == "places":
        ids = set(dossier.places)
    else:
        ids = set(plate.show)
    return [p for p in dossier.gazetteer.places if p.id in ids - hidden and p.at]


def theatre(plate: Map, dossier: Dossier) -> list[tuple[float, float]]:
    """Longitude and latitude of the places that the extent must hold.

    Places named one by one are all held; of the places of events, those far off are left out.
    """
    at = [(p.at.lon, p.at.lat) for p in wanted_places(plate, dossier) if p.at]
    if plate.show != "events":
        return at
    return [point for point, near in zip(at, cluster(at), strict=True) if near]


def find_spots(
    canvas: Canvas, frame: Frame, plate: Map, dossier: Dossier, overlay: Overlay
) -> tuple[list[Spot], list[Place]]:
    """The dossier's places in the frame, and those that were wanted but lie outside it."""
    wanted = {p.id for p in wanted_places(plate, dossier)}
    dates = _dates(overlay)
    at: dict[str, list[Event]] = {}
    for event in shown_events(plate, dossier):
        for ident in event.places:
            at.setdefault(ident, []).append(event)
    spots, beyond = [], []
    for place in dossier.gazetteer.places:
        if place.at is None or place.id in plate.hide:
            continue
        x, y = frame.point(place.at.lon, place.at.lat)
        if not _inside(frame, x, y):
            if place.id in wanted:
                beyond.append(place)
            continue
        events = tuple(at.get(place.id, ())) if place.id in wanted else ()
        spots.append(_spot(canvas, plate, place, x, y, events, dates, place.id in wanted))
    spots = apart(_in_their_manner(canvas, plate, spots))
    if plate.show not in ("events", "places"):
        for place in beyond:
            hint = "widen extent, or take the place out of show"
            message = f"{place.name} lies outside the frame"
            canvas.faults.append(Fault(("show",), "E179", message, hint))
    _report_twins(canvas, spots)
    return spots, beyond


def apart(spots: Sequence[Spot]) -> list[Spot]:
    """The same spots, with symbols that would cover one another moved apart by what that takes.

    The weightier keeps its place; the other leaves along the line that joins them, as generalised
    maps have it, but by no more than ``_ASIDE`` mm. Two on one spot stay: that is for the author.
    """
    kept: dict[str, Spot] = {}
    for spot in sorted(spots, key=lambda s: (-s.weight, s.key)):
        moved = spot
        for other in list(kept.values()):
            away = math.hypot(spot.x - other.x, spot.y - other.y)
            if away < _SAME or not overlap(symbol_box(moved), symbol_box(other)):
                continue
            for far in (away + step * 0.1 for step in range(1, int(_ASIDE * 10))):
                share = far / away
                moved = replace(
                    spot,
                    x=other.x + (spot.x - other.x) * share,
                    y=other.y + (spot.y - other.y) * share,
                )
                if not any(overlap(symbol_box(moved), symbol_box(k)) for k in kept.values()):
                    break
            else:
                moved = spot
        kept[spot.key] = moved
    return [kept[spot.key] for spot in spots]


def _in_their_manner(canvas: Canvas, plate: Map, spots: list[Spot]) -> list[Spot]:
    """The same spots as the plate marks them: by signs, by numbers, or by lines to write on."""
    if plate.markers == "numbers":
        spots = _numbered(spots)
    return _blanked(canvas, plate, spots) if plate.blanks else spots


def _numbered(spots: Sequence[Spot]) -> list[Spot]:
    """The same spots with their events counted through the map, in the order of their dates."""
    events = {e.id: e for spot in spots for e in spot.events}
    order = sorted(events.values(), key=lambda e: e.when.sort_key)
    count = {event.id: n for n, event in enumerate(order, start=1)}
    return [
        replace(spot, rank="event", numbers=tuple(sorted(count[e.id] for e in spot.events)))
        if spot.events
        else spot
        for spot in spots
    ]


def _blanked(canvas: Canvas, plate: Map, spots: Sequence[Spot]) -> list[Spot]:
    """The same spots as places only, without dates and events; some with a line for their name.

    All lines are of one length, so that it tells nothing: the longest name must fit.
    """
    asked = set(plate.blanks)
    names = [spot.name for spot in spots if spot.key in asked]
    room = max((canvas.run("label-answer", name).width + 2 for name in names), default=0.0)
    room = max(_LINE, room)

    def plain(spot: Spot) -> Spot:
        rank = _rank(canvas.words, spot.place) if spot.place else spot.rank
        bare = replace(spot, rank=rank, weight=_WEIGHT[rank], events=(), date="")
        if spot.key not in asked:
            return bare
        weight = MAIN + _WEIGHT[rank]
        return replace(bare, also="", weight=weight, room=room, filled=plate.filled)

    return [plain(spot) for spot in spots]


def _inside(frame: Frame, x: float, y: float, margin: float = 0.8) -> bool:
    return margin <= x <= frame.width - margin and margin <= y <= frame.height - margin


def _dates(overlay: Overlay) -> dict[str, str]:
    """The date to print at a place: that of the dated area whose event happened there."""
    found: dict[str, str] = {}
    for drawn in overlay.stepped:
        for ident in drawn.event.places if drawn.event else ():
            found.setdefault(ident, drawn.date)
    return found


def _spot(
    canvas: Canvas,
    plate: Map,
    place: Place,
    x: float,
    y: float,
    events: tuple[Event, ...],
    dates: Mapping[str, str],
    wanted: bool,
) -> Spot:
    name, also = place_names(place, plate.language)
    rank = _rank(canvas.words, place)
    if place.id in dates:
        rank = "dated"
    elif events and rank != "capital":
        rank = "event"
    nudge = next((n for n in plate.labels if n.place == place.id), None)
    weight = _WEIGHT[rank] + (_INTENTION if wanted else 0.0)
    return Spot(
        place.id, name, also, x, y, rank, weight, place, events, dates.get(place.id, ""),
        nudge.side if nudge else None,
    )  # fmt: skip


def _rank(words: Mapping[str, str], place: Place) -> Rank:
    """The rank that a place's kind names, in the dossier's language; a town where it names none."""
    kind = place.kind.casefold()
    ranks: tuple[Rank, ...] = ("capital", "city", "village")
    for rank in ranks:
        if any(word in kind for word in words[f"plate.kind.{rank}"].casefold().split()):
            return rank
    return "town"


def place_names(place: Place, language: str | None) -> tuple[str, str]:
    """The name to print and an alternate one, where there is one that is not just a spelling."""
    name = place.name
    if language:
        own = next((n for n in place.names if n.language == language), None)
        name = own.name if own else name
    doubled = re.fullmatch(r"(.+?) \((.+)\)", name)
    if doubled:
        return doubled[1], doubled[2]
    first = place.also[0] if place.also else ""
    alike = SequenceMatcher(None, fold(name), fold(first)).ratio()
    return name, first if alike < 0.6 else ""


def _report_twins(canvas: Canvas, spots: Sequence[Spot]) -> None:
    """Two ids on one spot: the reader would see one symbol under two names."""
    seen: dict[tuple[int, int], Spot] = {}
    for spot in spots:
        cell = (round(spot.x * 4), round(spot.y * 4))
        if cell in seen:
            first = seen[cell]
            message = f"{first.key} and {spot.key} mark the same spot"
            hint = "hide one of them, or correct its coordinates"
            canvas.faults.append(Fault(("show",), "E180", message, hint))
        seen.setdefault(cell, spot)


# -- towns for orientation -----------------------------------------------------------------------


def find_towns(
    canvas: Canvas,
    frame: Frame,
    atlas: Atlas,
    dossier: Dossier,
    spots: Sequence[Spot],
    language: str = "en",
) -> list[Spot]:
    """Towns of the atlas that fill empty land: large ones first, never close to one another."""
    known = {p.geonames for p in dossier.gazetteer.places if p.geonames}
    names = {fold(n) for p in dossier.gazetteer.places for n in (p.name, *p.also)}
    taken = [(s.x, s.y) for s in spots]
    # From afar the well-known places of Natural Earth are enough, and there are far fewer of them.
    layer = "town" if frame.denominator < _TOWNS_UP_TO else "place"
    towns = sorted(features(atlas, layer, frame, canvas), key=_prominence)
    most = round(frame.rectangle.area / _MM2_PER_TOWN)
    found: list[Spot] = []
    for town in towns:
        if len(found) >= most:
            break
        facts = town.properties
        if facts.get("geonameid") in known or fold(town.name) in names:
            continue
        x, y = frame.point(town.geometry.x, town.geometry.y)
        if not _inside(frame, x, y, 2.0):
            continue
        if any((x - a) ** 2 + (y - b) ** 2 < _TOWNS_APART**2 for a, b in taken):
            continue
        taken.append((x, y))
        weight = _WEIGHT["minor"] + min(4.0, int(facts.get("population", 0)) / 1e5)
        name = dict(facts.get("names", {})).get(script_of(language), town.name)
        if canvas.faces.lacking(name, canvas.sheet.text("label-minor")):
            name = str(facts.get("ascii", name))
        found.append(Spot(f"town-{town.id}", name, "", x, y, "minor", weight))
    return found


@cache
def script_of(language: str) -> str:
    """The script in which a language is mostly written, as ISO 15924 (CLDR's likely subtags)."""
    base = language.partition("-")[0]
    likely = str(get_global("likely_subtags").get(base, ""))
    return next((part for part in likely.split("_") if len(part) == 4), "Latn")


def _prominence(town: Feature) -> tuple[int, int, int]:
    facts = town.properties
    return int(facts.get("rank", 0)), -int(facts.get("population", 0)), town.id


# -- symbols and words -----------------------------------------------------------------------------


def draw_symbol(canvas: Canvas, spot: Spot, dossier: Dossier) -> None:
    """The symbol of a place, with the sign of its events where it has any."""
    r = RADIUS[spot.rank]
    x, y = px(spot.x), px(spot.y)
    canvas.key(key_of(spot, dossier))
    if spot.numbers:
        canvas.mark("symbols", "marker label-marker", marker(canvas, spot))
        return
    match spot.rank:
        case "dated":
            _circle(canvas, "dated", x, y, r)
            _circle(canvas, "dated-eye", x, y, r * 0.4)
        case "event":
            event = leading_event(spot.events, dossier)
            colour = category_class(dossier.chronology.categories, event.category)
            sign = dossier.categories[event.category].sign
            classes = f"sign cased {colour}"
            canvas.mark("symbols", classes, sign_path(sign, classes, spot.x, spot.y, r))
        case "capital":
            side = px(2 * r)
            left, top = px(spot.x - r), px(spot.y - r)
            canvas.mark(
                "symbols",
                "place",
                f'<rect class="place" x="{left}" y="{top}" width="{side}" height="{side}"/>',
            )
            _circle(canvas, "dot", x, y, r * 0.5)
        case "city":
            _circle(canvas, "place", x, y, r)
            _circle(canvas, "dot", x, y, r * 0.5)
        case "minor":
            _circle(canvas, "minor", x, y, r)
        case _:
            _circle(canvas, "place", x, y, r)


def key_of(spot: Spot, dossier: Dossier) -> str:
    """What the legend explains a symbol by."""
    if spot.numbers:
        return "markers"
    if spot.rank == "event":
        return f"event-{leading_event(spot.events, dossier).category}"
    return f"place-{spot.rank}"


def marker(canvas: Canvas, spot: Spot) -> str:
    """A disc, or a lozenge with round ends, that bears the numbers of a place's events."""
    run = canvas.faces.run(spot.words_of_numbers, canvas.sheet.text("label-marker"))
    left, top, right, bottom = symbol_box(spot)
    box = f'x="{px(left)}" y="{px(top)}" width="{px(right - left)}" height="{px(bottom - top)}"'
    x, y = spot.x - run.width / 2, spot.y + run.rise / 2
    words = set_text("label-marker", x, y, run)
    return f'<rect class="marker" {box} rx="{px((bottom - top) / 2)}"/>{words}'


def _circle(canvas: Canvas, classes: str, x: str, y: str, radius: float) -> None:
    markup = f'<circle class="{classes}" cx="{x}" cy="{y}" r="{px(radius)}"/>'
    canvas.mark("symbols", classes, markup)


def leading_event(events: Sequence[Event], dossier: Dossier) -> Event:
    """The event whose sign stands for all at a place: an essential one, of the first category."""
    order = list(dossier.categories)
    return min(events, key=lambda e: (not e.essential, order.index(e.category), e.when.sort_key))


def rows_of(canvas: Canvas, spot: Spot) -> list[tuple[str, Run]]:
    """The lines of a place's label with their classes."""
    if spot.room:
        return [("label-blank", canvas.run("label-blank", "00"))]
    rows = [(spot.classes, canvas.run(spot.classes, spot.name))]
    if spot.also:
        rows.append(("label-also", canvas.run("label-also", f"({spot.also})")))
    if spot.date:
        rows.append(("label-date", canvas.run("label-date", spot.date)))
    return rows


def claim_symbols(canvas: Canvas, spots: Sequence[Spot]) -> None:
    """Keep the symbols clear before any word is placed."""
    canvas.space.take(*(symbol_box(spot) for spot in spots))


def symbol_box(spot: Spot) -> Box:
    """What a place's symbol covers, in mm."""
    if spot.numbers:
        half = max(_MARKER, 0.62 * len(spot.words_of_numbers) + 0.7)
        return spot.x - half, spot.y - _MARKER, spot.x + half, spot.y + _MARKER
    return disc(spot.x, spot.y, RADIUS[spot.rank])


def label_spots(
    canvas: Canvas, spots: Sequence[Spot], dossier: Dossier, patience: float = 1e9
) -> list[Spot]:
    """Symbols and names. A town of the atlas that finds no room for its name is not drawn at all.

    Returns the spots that are drawn.
    """
    rows = {spot.key: rows_of(canvas, spot) for spot in spots}
    asked = [_request(spot, rows[spot.key]) for spot in spots]
    placed, dropped = place_points(canvas.space, asked, patience)
    drawn = []
    numbers = _reading_order(spot for spot in spots if spot.room and spot.key in placed)
    canvas.blanks.extend(numbers)
    for spot in spots:
        if spot.place is None and spot.key in dropped:
            continue
        draw_symbol(canvas, spot, dossier)
        canvas.record(spot.key, "", symbol_box(spot))
        drawn.append(spot)
        if spot.key in numbers:
            _write_blank(canvas, spot, placed[spot.key], numbers[spot.key])
        elif spot.key in placed:
            _write(canvas, rows[spot.key], placed[spot.key], spot)
    by_key = {spot.key: spot for spot in spots}
    canvas.dropped.extend(by_key[key].name for key in dropped if by_key[key].place)
    return drawn


def _request(spot: Spot, rows: Sequence[tuple[str, Run]]) -> PointLabel:
    width = max(run.width for _, run in rows)
    height = block_height(rows)
    if spot.room:
        width, height = width + _LINE_GAP + spot.room, _LINE_HEIGHT
    left, _, right, _ = symbol_box(spot)
    return PointLabel(
        spot.key, spot.x, spot.y, (right - left) / 2, width, height, spot.weight, spot.side
    )


def _reading_order(spots: Iterable[Spot]) -> dict[str, int]:
    """A number for each spot: from the north to the south, in bands, and from west to east."""
    order = sorted(spots, key=lambda s: (round(s.y / _BAND), s.x, s.key))
    return {spot.key: number for number, spot in enumerate(order, start=1)}


def _write_blank(canvas: Canvas, spot: Spot, place: Placed, number: int) -> None:
    """A number and a line to write on, on clear ground; the name on it where it is to be shown."""
    left, top, right, bottom = place.box
    foot = bottom - 1.0
    run = canvas.run("label-blank", str(number))
    start = right - spot.room
    box = f'x="{px(left)}" y="{px(top)}" width="{px(right - left)}" height="{px(bottom - top)}"'
    canvas.mark("halos", "blank-ground", f'<rect class="blank-ground" {box}/>')
    canvas.write("label-blank", start - _LINE_GAP - run.width, foot, run)
    rule = f'<path class="blank-line" d="M{px(start)} {px(foot + 0.4)}H{px(right)}"/>'
    canvas.mark("text", "blank-line", rule)
    if spot.filled:
        canvas.write("label-answer", start + 0.6, foot - 0.3, canvas.run("label-answer", spot.name))
    canvas.record(spot.key, spot.name if spot.filled else str(number), place.box)


def block_height(rows: Sequence[tuple[str, Run]]) -> float:
    """From the top of the first line's ink to the bottom of the last line's, in mm."""
    return rows[0][1].rise + sum(leading(run) for _, run in rows[1:]) + rows[-1][1].drop


def leading(run: Run) -> float:
    """The distance of a line's baseline from the one before, in mm."""
    return run.style.size * 1.08


def _write(canvas: Canvas, rows: Sequence[tuple[str, Run]], place: Placed, spot: Spot) -> None:
    left, top, right, _ = place.box
    y = top + rows[0][1].rise
    for number, (classes, run) in enumerate(rows):
        y += leading(run) if number else 0.0
        match place.side:
            case "W" | "NW" | "SW":
                x = right - run.width
            case "N" | "S":
                x = (left + right - run.width) / 2
            case _:
                x = left
        canvas.write(classes, x, y, run)
    canvas.record(spot.key, spot.name, place.box)
