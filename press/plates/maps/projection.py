"""Boxes and distances on Earth, and the projections that suit them.

Angles are degrees of longitude and latitude on WGS 84.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from pyproj import CRS, Transformer

from press.base.boxes import Box
from press.plates.geometry import Floats, Point

PROJECTIONS = ("conic", "equal-area", "mercator", "equal-earth", "polar", "globe")
"""The names an author may give; without one the projection follows from the extent."""

_EARTH_RADIUS = 6371.0088
"""Mean radius in km (IUGG)."""

Angle = TypeVar("Angle", float, Floats)


@dataclass(frozen=True)
class Bounds:
    """A box in degrees. ``east`` is never less than ``west`` and may pass 180."""

    west: float
    south: float
    east: float
    north: float

    @property
    def centre(self) -> Point:
        """Longitude and latitude of the middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    @property
    def box(self) -> Box:
        """West, south, east, north."""
        return self.west, self.south, self.east, self.north

    def padded(self, per_cent: float) -> Bounds:
        """Wider by a share of its own size on each side, within the poles."""
        dx = (self.east - self.west) * per_cent / 100
        dy = (self.north - self.south) * per_cent / 100
        west, east = self.west - dx, self.east + dx
        if east - west > 360:
            middle = (west + east) / 2
            west, east = middle - 180, middle + 180
        return Bounds(west, max(-90.0, self.south - dy), east, min(90.0, self.north + dy))


def turned(longitude: Angle, about: float = 0.0) -> Angle:
    """The same meridian, counted within 180° of another."""
    return (longitude - about + 180) % 360 - 180 + about


def around(points: Sequence[Point], least: float = 0.3) -> Bounds:
    """The smallest box about longitude–latitude points, whichever side of 180° they lie.

    It is at least ``least`` degrees of latitude high and as wide on the ground, so that a single
    place has surroundings. Raises ValueError for no points.
    """
    if not points:
        raise ValueError("no points to fit")
    longitudes = np.sort(np.array([p[0] for p in points], float))
    latitudes = np.array([p[1] for p in points], float)
    # The widest gap between neighbours is the one side of the Earth that is left out.
    gaps = np.r_[np.diff(longitudes), longitudes[0] + 360 - longitudes[-1]]
    widest = int(np.argmax(gaps))
    west = float(longitudes[(widest + 1) % len(longitudes)])
    east = float(longitudes[widest])
    east += 360 if east < west else 0
    south, north = float(latitudes.min()), float(latitudes.max())
    middle = (south + north) / 2
    grow_x = max(0.0, least / max(0.2, math.cos(math.radians(middle))) - (east - west)) / 2
    grow_y = max(0.0, least - (north - south)) / 2
    return Bounds(
        west - grow_x, max(-90.0, south - grow_y), east + grow_x, min(90.0, north + grow_y)
    )


def distance(one: Point, other: Point) -> float:
    """Great-circle distance of two longitude–latitude points in km."""
    return float(distances(one, np.array([other], float))[0])


def distances(one: Point, others: Floats) -> Floats:
    """The same from one point to each of (n, 2) others (haversine formula)."""
    lon, lat = np.radians(one)
    east, north = np.radians(others).T
    chord = np.sin((north - lat) / 2) ** 2
    chord = chord + np.cos(lat) * np.cos(north) * np.sin((east - lon) / 2) ** 2
    kilometres: Floats = 2 * _EARTH_RADIUS * np.arcsin(np.minimum(1.0, np.sqrt(chord)))
    return kilometres


def cluster(points: Sequence[Point], radius: float = 4.0) -> list[bool]:
    """Which points lie together, and which far off the others.

    The centre is the point nearest to all others (their medoid); far is more than ``radius`` times
    the median distance from it, and more than 50 km. A capital where a treaty was signed should not
    turn the map of a valley into one of the world.
    """
    if len(points) < 3:
        return [True] * len(points)
    every = np.array(points, float)
    centre = min(points, key=lambda point: round(float(distances(point, every).sum()), 6))
    away = distances(centre, every)
    typical = float(np.sort(away)[len(points) // 2])
    near: list[bool] = (away <= max(50.0, radius * typical)).tolist()
    return near


@dataclass(frozen=True)
class Projection:
    """A projection: ``key`` is one of PROJECTIONS, ``parallels`` those along which it is true."""

    key: str
    proj4: str
    parallels: tuple[float, ...] = ()

    @property
    def whole_earth(self) -> bool:
        """Whether the map has an outline of its own inside the frame."""
        return self.key in ("equal-earth", "globe")

    @property
    def middle_longitude(self) -> float:
        """The meridian that it is drawn about, as PROJ has it: what lies 180° from it is cut."""
        return float(self.proj4.partition("+lon_0=")[2].split()[0])

    def forward(self, longitude: Any, latitude: Any) -> tuple[Floats, Floats]:
        """Degrees to metres; infinite where the projection has no image."""
        x, y = _transformer(self.proj4).transform(longitude, latitude)
        return np.asarray(x), np.asarray(y)

    def inverse(self, x: Any, y: Any) -> tuple[Floats, Floats]:
        """Metres to degrees; infinite beyond the edge of the Earth."""
        longitude, latitude = _transformer(self.proj4).transform(x, y, direction="INVERSE")
        return np.asarray(longitude), np.asarray(latitude)


@lru_cache(maxsize=64)
def _transformer(proj4: str) -> Transformer:
    metres = CRS.from_proj4(f"{proj4} +datum=WGS84 +units=m +no_defs")
    return Transformer.from_crs(CRS.from_epsg(4326), metres, always_xy=True)


def choose(bounds: Bounds, name: str = "") -> Projection:
    """The projection for an extent, or the named one fitted to it.

    Rules: the world and hemispheres Equal Earth; polar caps azimuthal equal-area; the tropics
    Mercator, true at the middle latitude; other lands up to 50° wide a conformal conic with its
    parallels at one sixth from either edge (Snyder, USGS PP 1395, p. 99); wider ones azimuthal
    equal-area. Raises KeyError for an unknown name.
    """
    key = name or _suitable(bounds)
    lon, lat = bounds.centre
    lon = turned(lon)
    match key:
        case "equal-earth":
            return Projection(key, f"+proj=eqearth +lon_0={lon:.6g}")
        case "polar":
            pole = 90 if lat > 0 else -90
            return Projection(key, f"+proj=laea +lat_0={pole} +lon_0={lon:.6g}")
        case "globe":
            return globe(lon, lat)
        case "mercator":
            true = round(lat, 1)
            return Projection(key, f"+proj=merc +lon_0={lon:.6g} +lat_ts={true}", (true,))
        case "equal-area":
            return Projection(key, f"+proj=laea +lat_0={lat:.6g} +lon_0={lon:.6g}")
        case "conic":
            sixth = (bounds.north - bounds.south) / 6
            # Parallels that can be printed: whole tenths of a degree.
            low, high = (round(v, 1) for v in (bounds.south + sixth, bounds.north - sixth))
            proj4 = f"+proj=lcc +lat_1={low} +lat_2={high} +lat_0={lat:.6g} +lon_0={lon:.6g}"
            return Projection(key, proj4, (low, high))
    raise KeyError(key)


def globe(lon: float, lat: float) -> Projection:
    """The Earth from outside, turned so that a point lies in the middle."""
    return Projection("globe", f"+proj=ortho +lat_0={lat:.6g} +lon_0={lon:.6g}")


def _suitable(bounds: Bounds) -> str:
    width, height = bounds.east - bounds.west, bounds.north - bounds.south
    latitude = abs(bounds.centre[1])
    if (width > 140 and latitude < 60) or height > 100:
        return "equal-earth"
    if latitude > 70 or max(abs(bounds.south), abs(bounds.north)) > 88:
        return "polar"
    if latitude < 15:
        return "mercator" if width < 60 else "equal-area"
    return "conic" if width < 50 else "equal-area"
