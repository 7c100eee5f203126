"""What a map is to hold, and what is in focus: as its entry asks, or as its places need."""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from press.base.finding import did_you_mean
from press.content.model import Extent
from press.plates.drawing import PlateFault
from press.plates.geometry import Point
from press.plates.maps.frame import MapFrame, fit
from press.plates.maps.ground import codes
from press.plates.maps.input import MapInput
from press.plates.maps.overlay import Overlay
from press.plates.maps.pick import Picked, pick_area
from press.plates.maps.projection import PROJECTIONS, Bounds, around, cluster

FINEST = 750_000.0
"""The denominator of the largest scale at which the shores of the atlas, 1:10 million, hold."""
_NEARLY_ROUND = 270.0

Faults = list[PlateFault]


def frame_of(given: MapInput, width: float, height: float) -> tuple[MapFrame, Faults]:
    """The frame of ``width`` × ``height`` mm, and what of the author's wishes it does not meet.

    It shows more than its places need where it would be finer than the data; not so where the
    author gives a box, or shapes that are finer.
    """
    name, faults = _projection(given.plate.projection)
    bounds, more = _bounds(given)
    finest = 1.0 if isinstance(given.plate.extent, Extent) or _own(given) else FINEST
    return fit(bounds, width, height, name, finest=finest), [*faults, *more]


def _own(given: MapInput) -> bool:
    """Whether the author gives shapes of the land in files."""
    areas, lines = given.plate.areas, given.plate.lines
    return any(area.file for area in areas) or any(line.file for line in lines)


def scale_faults(given: MapInput, frame: MapFrame) -> Iterator[PlateFault]:
    """E183: the scale, for which the author asks, is larger than that of the data."""
    if frame.denominator < FINEST and not _own(given):
        message = f"at 1:{frame.denominator:,.0f} the map is finer than its data, 1:10 million"
        hint = "widen extent, or give your own layers in files"
        yield PlateFault(("extent",), "E183", message, hint)


def _projection(name: str) -> tuple[str, Faults]:
    """E170: the projection that the author names, or none where there is no such."""
    if not name or name in PROJECTIONS:
        return name, []
    hint = did_you_mean(name, PROJECTIONS, f"choose one of {', '.join(PROJECTIONS)}")
    return "", [PlateFault(("projection",), "E170", f"there is no projection {name!r}", hint)]


def _bounds(given: MapInput) -> tuple[Bounds, Faults]:
    """E181: the author's box, or one around what the map must hold."""
    extent, padding = given.plate.extent, given.plate.padding
    if isinstance(extent, Extent):
        return _asked(extent)
    if extent is None:
        points, faults = [*extent_points(given), *_corners_of_areas(given)], Faults()
    else:
        points, faults = _held(given, extent)
    if points:
        return around(points).padded(padding), faults
    hint = "give extent, or places with coordinates"
    fault = PlateFault(("show",), "E181", "there is nothing to fit the extent to", hint)
    return Bounds(-180, -60, 180, 80), [*faults, fault]


def _asked(extent: Extent) -> tuple[Bounds, Faults]:
    """E184: the author's box; one nearly round the Earth was most likely meant the other way."""
    west, east = extent.west, extent.east
    bounds = Bounds(west, extent.south, east + (360 if east < west else 0), extent.north)
    if not (east < west and bounds.east - west > _NEARLY_ROUND):
        return bounds, []
    message = f"from {west:g} east to {east:g} is nearly all round the Earth"
    hint = f"swap them: west: {east:g}, east: {west:g}"
    return bounds, [PlateFault(("extent",), "E184", message, hint)]


def _held(given: MapInput, ids: tuple[str, ...]) -> tuple[list[Point], Faults]:
    """E181: longitude and latitude of the places that the author names."""
    known = given.dossier.places
    faults = []
    for index, ident in enumerate(ids):
        if not given.points([ident]):
            hint = did_you_mean(ident, known, "name places with coordinates")
            message = f"the extent cannot hold {ident!r}: no such place, or no coordinates"
            faults.append(PlateFault(("extent", index), "E181", message, hint))
    return given.points(ids), faults


def extent_points(given: MapInput) -> list[Point]:
    """Longitude and latitude of the places that the extent must hold.

    Places named one by one are all held; of the places of events, those far off are left out.
    """
    at = given.points(place.id for place in given.wanted_places)
    if given.plate.show != "events":
        return at
    return [point for point, near in zip(at, cluster(at), strict=True) if near]


def _corners_of_areas(given: MapInput) -> Iterator[Point]:
    everywhere = shapely.box(-180, -90, 180, 90)
    for index, area in enumerate(given.plate.areas):
        picked = pick_area(given, index, area, everywhere)
        if isinstance(picked, Picked):
            west, south, east, north = picked.geometry.bounds
            if east - west < 180:
                yield from ((west, south), (east, north))


def find_focus(given: MapInput, overlay: Overlay) -> tuple[frozenset[str], Faults]:
    """E182: the codes of the countries in focus: the author's, or those that hold the areas."""
    own = sorted({c for a in overlay.areas for c in a.countries if c})
    found, faults = set[str](), Faults()
    for index, code in enumerate(given.plate.focus or own):
        countries = given.atlas.find("country", iso=code) or given.atlas.find("country", name=code)
        if not countries:
            hint = "give ISO codes of countries, like CHE or CH"
            message = f"no country has the code {code!r}"
            faults.append(PlateFault(("focus", index), "E182", message, hint))
        found |= {each for country in countries for each in codes(country)}
    return frozenset(found), faults
