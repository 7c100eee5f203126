"""Places that cannot be where they are said to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from statistics import median

from press.base.finding import Finding
from press.checks.uses import named_ids, printed_text
from press.content.load import Loaded
from press.content.model import Coordinates, Map
from press.content.yaml import Loc

GAZETTEER = "gazetteer.yaml"

FAR = 1500.0
"""Kilometres from the middle of the dossier's places beyond which a swap is suspected."""


def distance(a: Coordinates, b: Coordinates) -> float:
    """Kilometres between two points on a sphere of 6371 km (haversine formula)."""
    lat1, lon1, lat2, lon2 = map(radians, (a.lat, a.lon, b.lat, b.lon))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))


def swapped_coordinates(loaded: Loaded) -> Iterator[Finding]:
    """E204: a place lies far from all others, and among them once its numbers are swapped.

    Why: Latitude comes first here, and longitude first in many other programs. A place whose two
        numbers are swapped lies thousands of kilometres away, and so would the map.
    Wrong: at: 46.93, 39.99              # in the Caucasus this is longitude first
    Right: at: 39.99, 46.93
    Remedy: Write latitude first.
    """
    points = [p.at for p in loaded.dossier.gazetteer.places if p.at]
    if len(points) < 3:
        return
    middle = Coordinates(lat=median(p.lat for p in points), lon=median(p.lon for p in points))
    for index, place in enumerate(loaded.dossier.gazetteer.places):
        if place.at is None or abs(place.at.lon) > 90:
            continue
        swapped = Coordinates(lat=place.at.lon, lon=place.at.lat)
        if distance(place.at, middle) > FAR and distance(swapped, middle) < FAR / 3:
            message = f"{place.name} lies {distance(place.at, middle):.0f} km from the other places"
            hint = f"latitude comes first; is it {swapped.lat:g}, {swapped.lon:g}?"
            yield loaded.finding("gazetteer.yaml", ("places", index, "at"), "E204", message, hint)


def shown_without_coordinates(loaded: Loaded) -> Iterator[Finding]:
    """W206: a map is asked for a place that has no coordinates.

    Why: The map leaves the place out, and whoever looks for it there does not find it.
    Wrong: show: [zermatt, breuil]      # and zermatt has no at: in gazetteer.yaml
    Right: - id: zermatt
          name: Zermatt
          at: 46.021, 7.749
    Remedy: Add at: latitude, longitude to the place, or leave it out of the map.
    """
    places, places_at = loaded.dossier.places, _places_of_events(loaded)
    unknown: dict[str, str] = {}
    for index, plate in enumerate(loaded.dossier.plates.plates):
        if not isinstance(plate, Map):
            continue
        if not isinstance(plate.show, tuple):
            shown = places_at if plate.show == "events" else set(places)
            unknown |= dict.fromkeys(sorted(shown - set(plate.hide)), plate.id)
        lists = [("show", plate.show if isinstance(plate.show, tuple) else ())]
        lists += [("extent", plate.extent if isinstance(plate.extent, tuple) else ())]
        routes = [("lines", n, line.through) for n, line in enumerate(plate.lines)]
        routes += [("arrows", n, arrow.through) for n, arrow in enumerate(plate.arrows)]
        steps: list[tuple[Loc, str]] = [
            ((name, number), ident) for name, ids in lists for number, ident in enumerate(ids)
        ]
        steps += [
            ((name, n, "through", number), ident)
            for name, n, ids in routes
            for number, ident in enumerate(ids)
        ]
        for loc, ident in steps:
            if ident in places and places[ident].at is None:
                yield loaded.finding(
                    "plates.yaml",
                    ("plates", index, *loc),
                    "W206",
                    f"{places[ident].name} has no coordinates and cannot be shown",
                    "add at: latitude, longitude to gazetteer.yaml, or leave it out here",
                )
    for index, place in enumerate(loaded.dossier.gazetteer.places):
        if place.id in unknown and place.at is None:
            yield loaded.finding(
                GAZETTEER,
                ("places", index, "id"),
                "W206",
                f"{place.name} has no coordinates, and map {unknown[place.id]!r} cannot show it",
                f"add at: latitude, longitude, or name it under hide: of {unknown[place.id]!r}",
            )


def _places_of_events(loaded: Loaded) -> set[str]:
    return {ident for event in loaded.dossier.chronology.events for ident in event.places}


NEAR = 0.2
"""Kilometres within which two places are taken for one."""


def too_near(loaded: Loaded) -> Iterator[Finding]:
    """W261: two places lie within 200 metres of each other.

    Why: Mostly they are one place entered under two names, or the coordinates of one were copied
        to the other. On a map their signs would cover each other.
    Wrong: - {id: agdam, name: Agdam, at: "39.991, 46.927"}
        - {id: aghdam, name: Aghdam, at: "39.991, 46.928"}
    Right: - {id: agdam, name: Agdam, also: [Aghdam], at: "39.991, 46.927"}
    Remedy: Make them one place with also:, or correct the coordinates. Where the two really are
        neighbours, allow it.
    """
    placed = [(n, p) for n, p in enumerate(loaded.dossier.gazetteer.places) if p.at is not None]
    for number, (index, place) in enumerate(placed):
        for _, other in placed[:number]:
            if place.at is None or other.at is None or abs(place.at.lat - other.at.lat) > 0.01:
                continue
            if (apart := distance(place.at, other.at)) < NEAR:
                message = f"{place.name} lies {apart * 1000:.0f} m from {other.name}"
                hint = f"make them one place, or correct the coordinates of {place.id!r}"
                loc = ("places", index, "at")
                yield loaded.finding(GAZETTEER, loc, "W261", message, hint)


def unused_places(loaded: Loaded) -> Iterator[Finding]:
    """W262: nothing in the dossier names a place of the gazetteer.

    Why: A gazetteer is the key to the text. A place that neither event, text, table nor map names
        was forgotten there, or is left over here.
    Wrong: - {id: tbilisi, name: Tbilisi}        # and no [[tbilisi]] anywhere
    Right: A delegation flew to [[tbilisi]].
    Remedy: Name it where it belongs, or delete the entry.
    """
    used = named_ids(loaded)["place"]
    text = printed_text(loaded)
    maps = [p for p in loaded.dossier.plates.plates if isinstance(p, Map)]
    every = any(plate.show == "places" for plate in maps)
    for index, place in enumerate(loaded.dossier.gazetteer.places):
        if place.id in used or (every and place.at):
            continue
        called = (place.name, *place.also, *(n.name for n in place.names))
        if not any(name.casefold() in text for name in called):
            message = f"nothing names place {place.id!r}"
            hint = "name it where it belongs, or delete it"
            loc = ("places", index, "id")
            yield loaded.finding(GAZETTEER, loc, "W262", message, hint)


MOST_DECIMALS = 6


def implausible_precision(loaded: Loaded) -> Iterator[Finding]:
    """W263: coordinates are whole degrees, or given to the centimetre.

    Why: A whole degree is up to 111 kilometres from the next, so the sign on the map stands
        somewhere else; and no town is known to seven decimals, which are those of a calculator.
    Wrong: at: 40, 47
    Right: at: 39.991, 46.927
    Remedy: Look the place up and write two to five decimals.
    """
    parsed = loaded.parsed.get(GAZETTEER)
    for index, place in enumerate(loaded.dossier.gazetteer.places):
        loc = loaded.written_at(GAZETTEER, ("places", index, "at"))
        raw = parsed.value(loc) if parsed and place.at else None
        if not isinstance(raw, str) or place.at is None:
            continue
        decimals = [len(part.strip().partition(".")[2]) for part in raw.split(",")]
        if max(decimals) == 0:
            message = f"{place.name} is placed by whole degrees, which are a hundred kilometres"
        elif max(decimals) > MOST_DECIMALS:
            message = (
                f"{place.name} is placed to {max(decimals)} decimals: less than a hand's width"
            )
        else:
            continue
        hint = "write two to five decimals"
        at = ("places", index, "at")
        yield loaded.finding(GAZETTEER, at, "W263", message, hint)


def place_twice(loaded: Loaded) -> Iterator[Finding]:
    """W264: two entries of the gazetteer have the same name, kind and district.

    Why: The reader of the gazetteer, and of the map, cannot tell which of them is meant.
    Wrong: - {id: breuil, name: Breuil, kind: hamlet}
        - {id: breuil-2, name: Breuil, kind: hamlet}
    Right: - {id: breuil, name: Breuil, kind: hamlet, district: Aosta Valley}
        - {id: breuil-2, name: Breuil, kind: hamlet, district: Bern}
    Remedy: Make them one, or say in district or kind what tells them apart.
    """
    first: dict[tuple[str, str, str], str] = {}
    for index, place in enumerate(loaded.dossier.gazetteer.places):
        key = (place.name.casefold(), place.kind.casefold(), place.district.casefold())
        if key in first:
            message = f"place {place.id!r} has the name, kind and district of {first[key]!r}"
            hint = "make them one, or tell them apart in kind or district"
            loc = ("places", index, "name")
            yield loaded.finding(GAZETTEER, loc, "W264", message, hint)
        first.setdefault(key, place.id)


def unreadable_names(loaded: Loaded) -> Iterator[Finding]:
    """W265: a name in another script has no form in the letters of the dossier.

    Why: Who cannot read the script cannot say the name, nor find it in another book.
    Wrong: - {language: hy, name: Ակնա}
    Right: - {language: hy, name: Ակնա, latin: Akna}
    Remedy: Add latin: with the transliteration.
    """
    own = script_of(loaded.dossier.meta.title)
    if own != "LATIN":
        return
    for index, place in enumerate(loaded.dossier.gazetteer.places):
        for number, name in enumerate(place.names):
            if script_of(name.name) not in ("", own) and not name.latin:
                message = f"{name.name} has no form in Latin letters"
                loc = ("places", index, "names", number)
                hint = "add latin: with the transliteration"
                yield loaded.finding(GAZETTEER, loc, "W265", message, hint)


def script_of(words: str) -> str:
    """The script of the first letter, as Unicode names it; empty where there is none."""
    letter = next((sign for sign in words if sign.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0] if letter else ""
