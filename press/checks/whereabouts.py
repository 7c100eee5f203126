"""Places against what else is known of where they lie: the other places, the atlas, GeoNames."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import cos, floor, radians
from typing import Any

import numpy as np
import shapely

from press import locale
from press.atlas import Feature, world
from press.atlas.names import fold
from press.base.finding import Place as At
from press.base.finding import Remark
from press.checks.places import too_near
from press.content.facts import language_of
from press.content.load import Loaded
from press.content.model import Place
from press.content.walk import each
from press.plates.maps.projection import distance, distances

Point = tuple[float, float]
"""Latitude and longitude."""

FAR = 3.0
"""By how much farther than all others a place lies from their middle when it seems mistyped."""
LEAST = 100.0
"""Kilometres below which no place is far."""


def swapped_coordinates(loaded: Loaded) -> Iterator[Remark]:
    """E204: a place lies far from all others, and among them once its numbers are put right.

    Why: Latitude comes first here, and longitude first in many other programs; south and west are
        negative. A place whose two numbers are swapped, or that lacks a minus, lies thousands of
        kilometres away, and so would the map. What is far is measured by the other places: three
        times as far from their middle as three quarters of them; those that lie outside their own
        district or country are no measure.
    Wrong: at: 46.93, 39.99              # in the Caucasus this is longitude first
    Right: at: 39.99, 46.93
    Remedy: Write latitude first, and a minus for south and west.
    """
    points = [(place, (place.at.lat, place.at.lon)) for _, place in each(loaded, Place) if place.at]
    sure = {id(place): here for place, here in points if not _is_outside(place.district, here)}
    rows = {ident: row for row, ident in enumerate(sure)}
    every = np.array([*sure.values()], float).reshape(-1, 2)
    for at, place in each(loaded, Place):
        others = np.delete(every, rows[id(place)], axis=0) if id(place) in rows else every
        if place.at is None or len(others) < 2:
            continue
        here = (place.at.lat, place.at.lon)
        lat, lon = np.median(others, axis=0).tolist()
        middle, apart = (lat, lon), np.sort(distances((lon, lat), others[:, ::-1]))
        reach = max(LEAST / FAR, float(apart[3 * (len(apart) - 1) // 4]))
        if (away := _apart(here, middle)) <= FAR * reach:
            continue
        meant = [one for one in _otherwise(here) if _apart(one, middle) <= reach * 1.25]
        meant = [one for one in meant if not _is_outside(place.district, one)] or meant
        if meant and not _is_there(loaded, place, here):
            message = f"{place.name} lies {away:.0f} km from the middle of the other places"
            rule = "latitude comes first; " if meant[0] == (here[1], here[0]) else ""
            yield at("at"), message, f"{rule}is it {_shown(meant[0])}?"


def _apart(one: Point, two: Point) -> float:
    return distance((one[1], one[0]), (two[1], two[0]))


def _otherwise(here: Point) -> Iterator[Point]:
    """What may have been meant by two numbers: swapped, or with a minus that was lost or added."""
    lat, lon = here
    if abs(lon) <= 90:
        yield lon, lat
    yield lat, -lon
    yield -lat, lon


def _shown(point: Point) -> str:
    return f"{point[0]:g}, {point[1]:g}"


AROUND = 0.7
"""Degrees around a point within which a town of the atlas is the one that is meant."""


def a_town_elsewhere(loaded: Loaded) -> Iterator[Remark]:
    """W266: the atlas has a town of that name where the numbers are put right, and none here.

    Why: Latitude comes first here, and longitude first in many other programs; south and west are
        negative. A dossier of one or two places, or of places all over the world, gives nothing
        else to tell by, and the map would show another country.
    Wrong: - {id: moskau, name: Moskau, at: "37.605, 55.747"}
    Right: - {id: moskau, name: Moskau, at: "55.747, 37.605"}
    Remedy: Write latitude first, a minus for south and west; allow it where another place of that
        name is meant.
    """
    told = _far(loaded)
    for at, place in each(loaded, Place):
        if place.at is None or at("at") in told:
            continue
        here = (place.at.lat, place.at.lon)
        if _is_there(loaded, place, here):
            continue
        for meant in _otherwise(here):
            near = abs(meant[0] - here[0]) + abs(meant[1] - here[1]) < 2 * AROUND
            if not near and (town := _town(meant, _names(loaded, place))):
                where = _shown(meant)
                message = f"no {place.name} lies at {_shown(here)}, and {town} lies at {where}"
                swapped = meant == (here[1], here[0])
                rule = "latitude comes first" if swapped else "south and west are negative"
                hint = f"{rule}; write at: {where}"
                yield at("at"), message, hint
                break


def _is_there(loaded: Loaded, place: Place, here: Point) -> bool:
    """Whether the atlas has a town of the place's name about where it is said to be."""
    return bool(_town(here, _names(loaded, place)))


def _names(loaded: Loaded, place: Place) -> frozenset[str]:
    """The names of a place as the atlas compares them, with English ones of large cities."""
    english = locale.cities(language_of(loaded.dossier))
    in_all = (name for one in place.names for name in (one.name, one.latin) if name)
    written = (place.name, *place.also, *in_all)
    return frozenset(fold(name) for one in written for name in (one, english.get(one, one)))


@lru_cache(maxsize=1024)
def _town(here: Point, names: frozenset[str]) -> str:
    """The town around a point that has one of the names in any language; "" where none has."""
    found = next(iter(_towns(here, AROUND, names)), None)
    return f"{found.properties['name']} ({found.properties['country']})" if found else ""


@lru_cache(maxsize=1024)
def _towns(here: Point, around: float, names: frozenset[str]) -> tuple[Feature, ...]:
    """The towns of one of the names, so many degrees around, the nearest first."""
    lat, lon = here
    wide = around / max(0.1, cos(radians(lat)))
    squares = (
        _square(south, west)
        for south in range(floor(lat - around), floor(lat + around) + 1)
        for west in range(floor(lon - wide), floor(lon + wide) + 1)
    )
    called = (town for square in squares for name in names for town in square.get(name, ()))
    near = {
        town.id: town for town in called
        if abs(town.geometry.y - lat) <= around and abs(town.geometry.x - lon) <= wide
    }  # fmt: skip
    return tuple(sorted(near.values(), key=lambda town: (_away(town, here), town.id)))


@lru_cache(maxsize=256)
def _square(south: int, west: int) -> Mapping[str, tuple[Feature, ...]]:
    """The towns of a square degree by each of their names, as the atlas compares them."""
    towns: dict[str, tuple[Feature, ...]] = {}
    for town in world().features("town", (west, south, west + 1, south + 1)):
        for name in _called(town.properties):
            towns[name] = (*towns.get(name, ()), town)
    return towns


def _called(facts: Mapping[str, Any]) -> set[str]:
    """The names of a town as the atlas compares them, in any language."""
    written = dict.fromkeys((facts["name"], facts["ascii"], *facts["names"].values()))
    folded = {fold(str(name)) for name in written}
    return folded | {name.removesuffix(" city") for name in folded}


OFF = 20.0
"""Kilometres from a town of the same name, or from its district, beyond which a place is wrong."""


def another_place(loaded: Loaded) -> Iterator[Remark]:
    """W268: a place does not lie where GeoNames has its number, or a town of its name.

    Why: The number of another place was copied, or the coordinates were. It is looked for among
        the towns of the atlas, which are those of GeoNames; a town, city, capital or port without a
        number is held against the one town of its name for a hundred kilometres around.
    Wrong: - {id: zangilan, name: Zangilan, at: "39.585, 46.652", geonames: 146901}
    Right: - {id: zangilan, name: Zangilan, at: "39.085, 46.652", geonames: 146901}
    Remedy: Correct the one that is wrong; allow it where another place of that name is meant.
    """
    told = _told(loaded)
    for at, place in each(loaded, Place):
        if place.at is None or at("at") in told:
            continue
        here = (place.at.lat, place.at.lon)
        near = _towns(here, 1.0, _names(loaded, place))
        if place.geonames is not None and all(t.id != place.geonames for t in near):
            meant = world().town(place.geonames)
            if meant and _away(meant, here) > OFF:
                message = f"GeoNames {place.geonames} is {_described(meant, here)}"
                hint = f"is it {_shown(_point(meant))}?"
                if near:
                    hint = f"{near[0].properties['name']} has {near[0].id}"
                yield at("geonames" if near else "at"), message, hint
        elif near and all(_away(town, here) > OFF for town in near):
            alone = len(near) == 1 and _is_town(loaded, place)
            if place.geonames is not None or alone:
                hint = f"is it {_shown(_point(near[0]))}?"
                yield at("at"), f"{place.name} may be {_described(near[0], here)}", hint


@lru_cache(maxsize=2)
def _told(loaded: Loaded) -> frozenset[At]:
    """The places of findings that other checks have of coordinates."""
    checks = (a_town_elsewhere, too_near)
    return _far(loaded) | {remark[0] for check in checks for remark in check(loaded)}


@lru_cache(maxsize=2)
def _far(loaded: Loaded) -> frozenset[At]:
    return frozenset(remark[0] for remark in swapped_coordinates(loaded))


def _point(town: Feature) -> Point:
    return town.geometry.y, town.geometry.x


def _away(town: Feature, here: Point) -> float:
    return _apart(_point(town), here)


def _described(town: Feature, here: Point) -> str:
    facts = town.properties
    return f"{facts['name']} ({facts['country']}), {_away(town, here):.0f} km from here"


def _is_town(loaded: Loaded, place: Place) -> bool:
    words = locale.messages(language_of(loaded.dossier))["check.towns"].split()
    return bool(set(words) & set(place.kind.casefold().split()))


def outside_district(loaded: Loaded) -> Iterator[Remark]:
    """W267: a place does not lie in the district that is given for it.

    Why: One of the two is wrong, or belongs to the next entry. The district is looked for among the
        countries and first-level units of the atlas, whose boundaries are those of today: of a
        district, twenty kilometres are allowed, and none of a town abroad where another place lies
        in the district; a country counts where the place lies in it once its two numbers are
        swapped or a minus is mended.
    Wrong: - {id: zangilan, name: Zangilan, district: Agdam, at: "39.085, 46.652"}
    Right: - {id: zangilan, name: Zangilan, district: Zangilan, at: "39.085, 46.652"}
    Remedy: Correct the district or the coordinates; allow it where boundaries have moved.
    """
    told = _told(loaded) | {remark[0] for remark in another_place(loaded)}
    for at, place in each(loaded, Place):
        if place.at is None or not place.district or {at("at"), at("geonames")} & told:
            continue
        here = (place.at.lat, place.at.lon)
        countries, units = _areas(place.district)
        away = _reach((*countries, *units), here) if countries or units else 0
        meant = [one for one in _otherwise(here) if not _is_outside(place.district, one)]
        if away > LEAST and meant:
            message = f"{place.name} does not lie in {place.district}"
            yield at("at"), message, f"is it {_shown(meant[0])}?"
        elif units and not countries and _is_elsewhere(loaded, place, here, units, away):
            where = f"{away:.0f} km outside {place.district}"
            town = _town(here, _names(loaded, place))
            message = f"{place.name} lies {where}" if away > OFF else f"{town} is not in"
            message += "" if away > OFF else f" {place.district} ({_countries_of(units)})"
            yield at("district"), message, "correct the district or the coordinates"


def _countries_of(units: tuple[Feature, ...]) -> str:
    return ", ".join(sorted({unit.properties["country"] for unit in units}))


VERY_FAR = 300.0
"""Kilometres from a district beyond which no boundary that has moved explains it."""


def _is_elsewhere(
    loaded: Loaded, place: Place, here: Point, units: tuple[Feature, ...], away: float
) -> bool:
    """Whether a place lies outside a district, and the district is the one that is meant.

    It is where the place, most others, or another of that district lie in its country or in it.
    """
    theirs = {unit.properties["country"] for unit in units}
    own = {unit.properties["country"] for unit in _units_at(here)}
    others = [
        (other, (other.at.lat, other.at.lon))
        for _, other in each(loaded, Place)
        if other.at and other is not place
    ]
    shared = any(
        other.district == place.district and _reach(units, there) <= OFF for other, there in others
    )
    if away > OFF:
        near = bool((own | _countries(loaded)) & theirs) or shared
        return near or (
            away > VERY_FAR
            and any(one.properties["country"] in theirs for _, p in others for one in _units_at(p))
        )
    towns = _towns(here, AROUND / 10, _names(loaded, place))
    abroad = bool(own) and not own & theirs  # by the atlas and by GeoNames, which has MQ apart
    foreign = bool(towns) and all(town.properties["country"] not in theirs for town in towns)
    return away > 0 and shared and abroad and foreign


@lru_cache(maxsize=256)
def _areas(district: str) -> tuple[tuple[Feature, ...], tuple[Feature, ...]]:
    """The countries and units of the atlas that a district names: Antarctica; Agdam."""
    if country := world().find("country", district):
        return country, ()
    units = _units_called(district)
    if units or not district:
        return (), units
    found: tuple[Feature, ...] = ()
    for part in (part.strip() for part in re.split(r"[;,(]", district)):
        like = world().nearest_names("country", part, 5) if part else ()
        longer = next((name for name in like if fold(name).startswith(f"{fold(part)} and ")), "")
        found = found or world().find("country", part) if part else found
        found = found or (world().find("country", longer) if longer else ())
    return found, ()


@lru_cache(maxsize=2048)
def _is_outside(district: str, here: Point) -> bool:
    """Whether a point lies far from the country or district that is given for a place."""
    areas = [area for found in _areas(district) for area in found]
    return bool(areas) and _reach(tuple(areas), here) > LEAST


def _units_called(district: str) -> tuple[Feature, ...]:
    """The units of the atlas that a district names: Agdam; former oblast; Tartar district."""
    parts = [part.strip() for part in re.split(r"[;,(]", district)]
    bare = (re.sub(r" [^\W\d_A-ZÀ-Þ][^ ]*$", "", part) for part in parts)
    names = dict.fromkeys((*parts, *bare))
    return next(filter(None, (world().find("admin1", name) for name in names if name)), ())


MOST = 0.5
"""The part of a dossier's places that must lie in a country for a district to be looked for there.
"""


@lru_cache(maxsize=2)
def _countries(loaded: Loaded) -> frozenset[str]:
    """The country in which most places of a dossier of three or more lie, if there is one."""
    points = [(p.at.lat, p.at.lon) for p in loaded.dossier.gazetteer.places if p.at]
    found = Counter(unit.properties["country"] for point in points for unit in _units_at(point))
    enough = max(2, MOST * len(points))
    return frozenset(country for country, number in found.items() if number > enough)


@lru_cache(maxsize=2)
def doubted(loaded: Loaded) -> frozenset[str]:
    """The ids of the places of which a check says that they lie elsewhere."""
    checks = (swapped_coordinates, a_town_elsewhere, another_place, outside_district)
    told = {remark[0] for check in checks for remark in check(loaded)}
    return frozenset(
        place.id
        for at, place in each(loaded, Place)
        if {at("at"), at("geonames"), at("district")} & told
    )


def _units_at(here: Point) -> Iterator[Feature]:
    lat, lon = here
    for unit in world().features("admin1", (lon, lat, lon, lat)):
        if unit.geometry.contains(shapely.Point(lon, lat)):
            yield unit


def _reach(features: tuple[Feature, ...], here: Point) -> float:
    """Kilometres from a point to the nearest of some areas; 0 within."""
    point = shapely.Point(here[1], here[0])
    found = []
    for one in features:
        near = shapely.ops.nearest_points(one.geometry, point)[0]
        found.append(_apart((near.y, near.x), here))
    return min(found)
