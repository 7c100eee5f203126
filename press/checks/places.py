"""Places that cannot be where they are said to be."""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from statistics import median

from press.finding import Finding
from press.load import Loaded
from press.model import Coordinates, Map

FAR = 1500.0
"""Kilometres from the middle of the dossier's places beyond which a swap is suspected."""


def distance(a: Coordinates, b: Coordinates) -> float:
    """Kilometres between two points on a sphere of 6371 km (haversine formula)."""
    lat1, lon1, lat2, lon2 = map(radians, (a.lat, a.lon, b.lat, b.lon))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))


def swapped_coordinates(loaded: Loaded) -> Iterator[Finding]:
    """E204: a place lies far from all others, and among them once its numbers are swapped."""
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
    """W206: a map is asked for a place that has no coordinates."""
    places = loaded.dossier.places
    for index, plate in enumerate(loaded.dossier.plates.plates):
        if not isinstance(plate, Map) or not isinstance(plate.show, tuple):
            continue
        for number, ident in enumerate(plate.show):
            if ident in places and places[ident].at is None:
                yield loaded.finding(
                    "plates.yaml",
                    ("plates", index, "show", number),
                    "W206",
                    f"{places[ident].name} has no coordinates and cannot be shown",
                    "add at: latitude, longitude to gazetteer.yaml, or leave it out here",
                    severity="warning",
                )
