"""The frame of a map: degrees to paper and back, at a scale.

Angles are degrees on WGS 84, lengths on paper millimetres from the frame's upper left corner.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from press.plates.geometry import Floats, Point, areas_of, valid
from press.plates.maps.projection import Bounds, Projection, choose, turned

GEOD = Geod(ellps="WGS84")
EARTH_RADIUS = 6_378_137.0
"""Equatorial radius in metres (WGS 84)."""
_POLES = (-90.0, 90.0)
_SEAM = 0.002
_CUT = 1e-5
_FAR_BEHIND = math.cos(math.radians(100))
_FINE, _COARSE, _SMALL_SCALE = 0.04, 0.08, 1.5e7
_HORIZON = math.sqrt(2)
_LOWEST = 1.5
"""How many times as wide as high a frame is at the most whose scale is held by the data."""
_DISC = shapely.Point(0, 0).buffer(_HORIZON * 0.99995, quad_segs=90)


@dataclass(frozen=True)
class MapFrame:
    """A map frame on paper: ``width`` × ``height`` mm at a scale of 1 to ``denominator``.

    ``centre`` is the projected point, in metres, in the middle of the frame; ``aspect`` the width
    by the height of the extent that was asked for; ``extra`` how many times as wide and as high
    as needed what it shows is, since a larger scale would be finer than the data.
    """

    projection: Projection
    width: float
    height: float
    denominator: float
    centre: Point
    middle_longitude: float
    aspect: float = 1.0
    extra: float = 1.0

    @property
    def natural_height(self) -> float:
        """How high in mm a frame of this width had best be for its extent.

        One whose scale is held by the data is as low as that makes the extent, but no strip.
        """
        fitting = self.width / self.aspect
        if self.extra <= 1.0:
            return fitting
        return min(fitting, max(fitting / self.extra, self.width / _LOWEST))

    @property
    def rectangle(self) -> Polygon:
        """The frame itself, in mm."""
        return shapely.box(0, 0, self.width, self.height)

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether a point in mm lies in the frame, ``margin`` mm from its edges."""
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin

    # -- points ------------------------------------------------------------------------------------

    def forward(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        """Degrees to mm; infinite where the projection has no image."""
        return self._on_paper(*self.projection.forward(longitude, latitude))

    def _on_paper(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Projected metres to mm."""
        per_metre = 1000 / self.denominator
        return (
            (x - self.centre[0]) * per_metre + self.width / 2,
            self.height / 2 - (y - self.centre[1]) * per_metre,
        )

    def point(self, longitude: float, latitude: float) -> Point:
        """One place in mm."""
        near = turned(longitude, self.middle_longitude)
        x, y = self.forward(np.array([near]), np.array([latitude]))
        return float(x[0]), float(y[0])

    def inverse(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Millimetres to degrees, longitudes counted about the middle of the map."""
        per_mm = self.denominator / 1000
        longitude, latitude = self.projection.inverse(
            (np.asarray(x) - self.width / 2) * per_mm + self.centre[0],
            (self.height / 2 - np.asarray(y)) * per_mm + self.centre[1],
        )
        with np.errstate(invalid="ignore"):  # beyond the Earth's edge there is no longitude
            return turned(longitude, self.middle_longitude), latitude

    # -- what it shows -----------------------------------------------------------------------------

    @cached_property
    def bounds(self) -> Bounds:
        """The degrees that the frame shows; every longitude where it shows a pole."""
        x, y = np.meshgrid(np.linspace(0, self.width, 33), np.linspace(0, self.height, 33))
        seen = finite(*self.inverse(x.ravel(), y.ravel()))
        if not len(seen):
            return Bounds(-180, -90, 180, 90)
        (west, south), (east, north) = seen.min(axis=0).tolist(), seen.max(axis=0).tolist()
        shown = [pole for pole in _POLES if self._shows_pole(pole)]
        if shown or self.projection.whole_earth:
            about = self.middle_longitude
            return Bounds(about - 180, min([south, *shown]), about + 180, max([north, *shown]))
        return Bounds(west, south, east, north)

    def _shows_pole(self, latitude: float) -> bool:
        if self.projection.key == "mercator":
            return False
        return self.holds(*self.point(self.middle_longitude, latitude))

    @cached_property
    def shows_pole(self) -> bool:
        """Whether a pole lies in the frame as a point that meridians meet in."""
        azimuthal = self.projection.key in ("polar", "equal-area", "conic", "globe")
        return azimuthal and any(map(self._shows_pole, _POLES))

    @cached_property
    def outline(self) -> Polygon:
        """The Earth's outline on a map that shows all of it, in mm; the frame on any other."""
        if self.projection.key == "globe":
            angle = np.linspace(0, 2 * math.pi, 361)[:-1]
            rim = np.column_stack([np.cos(angle), np.sin(angle)]) * _HORIZON
            return Polygon(self._risen(rim))
        if self.projection.key != "equal-earth":
            return self.rectangle
        up = np.linspace(-90, 90, 181)
        about = self.middle_longitude
        west, east = np.full(181, about - 180 + 1e-6), np.full(181, about + 180 - 1e-6)
        x, y = self.forward(np.r_[west, east[::-1]], np.r_[up, up[::-1]])
        return Polygon(np.column_stack([x, y]))

    def kilometre(self) -> float:
        """Millimetres on paper of a true kilometre at the centre, along the parallel."""
        x = np.array([self.width / 2 - 10, self.width / 2 + 10])
        y = np.full(2, self.height / 2)
        longitude, latitude = self.inverse(x, y)
        _, _, metres = GEOD.inv(longitude[0], latitude[0], longitude[1], latitude[1])
        return 20 / (float(metres) / 1000)

    def convergence(self) -> float:
        """The greatest angle between a meridian in the frame and the vertical, in degrees."""
        worst = 0.0
        for x, y in ((0.0, 0.0), (self.width, 0.0), (0.0, self.height), (self.width, self.height)):
            longitude, latitude = self.inverse(np.array([x]), np.array([y]))
            if not (np.isfinite(longitude[0]) and abs(latitude[0]) < 89.9):
                return 180.0
            ahead = self.forward(longitude, latitude + 0.01)
            angle = math.degrees(math.atan2(float(ahead[0][0]) - x, y - float(ahead[1][0])))
            worst = max(worst, abs(angle))
        return worst

    # -- shapes ------------------------------------------------------------------------------------

    def project(
        self, geometry: BaseGeometry, tolerance: float | None = None, margin: float = 2.0
    ) -> BaseGeometry:
        """A geometry in degrees, clipped to the frame and simplified to print resolution, in mm.

        Polygons come back valid. ``tolerance`` and ``margin`` are mm; the usual tolerance is 0.04,
        and 0.08 for continents, whose shores are longer.
        """
        globe = self.projection.key == "globe"
        projected = self._project_globe(geometry) if globe else self._project_flat(geometry)
        if projected.is_empty:
            return projected
        box = (-margin, -margin, self.width + margin, self.height + margin)
        clipped = shapely.clip_by_rect(valid(projected), *box)
        small = self.denominator >= _SMALL_SCALE
        if tolerance is None:
            tolerance = _COARSE if small else _FINE
        # What collapses at a small scale is smaller than a printed dot, and may go.
        return clipped.simplify(tolerance, preserve_topology=not small) if tolerance else clipped

    def _project_flat(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry in mm; cut first, a little outside the frame: far shores cost nothing."""
        around = self.bounds.padded(3)
        if around.east - around.west >= 360 - _CUT:
            # The two sides of the cut are one meridian: a hair inside, each keeps its side.
            about = self.middle_longitude
            around = Bounds(about - 180 + _CUT, around.south, about + 180 - _CUT, around.north)
        near = shapely.clip_by_rect(geometry, *around.box)
        if near.is_empty:
            return near
        step = max(0.01, (around.east - around.west) / 60)
        projected = shapely.transform(
            shapely.segmentize(near, step), lambda c: np.column_stack(self.forward(*c.T))
        )
        if self.shows_pole and near.geom_type.endswith("Polygon"):
            # Snapped, so that the two edges of a cut along 180° close to the pole.
            return shapely.set_precision(shapely.make_valid(projected), _SEAM)
        return projected

    def _project_globe(self, geometry: BaseGeometry) -> BaseGeometry:
        """The near side of a geometry, in mm: through an equal-area disc that has all the Earth.

        A point at the angle c from the middle lies 2 sin(c/2) radii from it there and sin c on the
        globe (Snyder, USGS PP 1395, pp. 149 and 185), so the horizon is a circle of √2.
        """
        disc = Projection("", self.projection.proj4.replace("+proj=ortho", "+proj=laea"))
        near = []
        for part in shapely.get_parts(geometry):
            if self._beyond_horizon(part):
                continue
            fine = shapely.segmentize(part, 2.0)
            flat = np.column_stack(disc.forward(*shapely.get_coordinates(fine).T)) / EARTH_RADIUS
            away = np.hypot(flat[:, 0], flat[:, 1])
            if not np.isfinite(away).all() or (away > _HORIZON).all():
                continue
            shape = valid(shapely.set_coordinates(fine, flat))
            near.append(shape if (away <= _HORIZON).all() else shape.intersection(_DISC))
        seen = shapely.union_all(near) if near else shapely.Polygon()
        return shapely.transform(seen, self._risen)

    def _beyond_horizon(self, part: BaseGeometry) -> bool:
        """Whether no corner of a shape comes within 100° of the middle of the globe.

        By the cosine rule for the sides of a spherical triangle; an edge of the atlas is short
        enough not to reach the near side between two corners that far behind it.
        """
        points = np.radians(shapely.get_coordinates(part))
        lon, lat = self._facing
        cosine = np.sin(lat) * np.sin(points[:, 1]) + np.cos(lat) * np.cos(points[:, 1]) * np.cos(
            points[:, 0] - lon
        )
        return bool((cosine < _FAR_BEHIND).all())

    @cached_property
    def _facing(self) -> Point:
        """Longitude and latitude of the middle of a globe, in radians."""
        given = dict(re.findall(r"\+(\w+)=(\S+)", self.projection.proj4))
        return math.radians(float(given["lon_0"])), math.radians(float(given["lat_0"]))

    def _risen(self, points: Floats) -> Floats:
        """From the equal-area disc, in radii, to the globe in mm."""
        away = np.hypot(points[:, 0], points[:, 1])
        factor = np.sqrt(np.maximum(0.0, 1 - away**2 / 4))
        metres = points * factor[:, None] * EARTH_RADIUS
        return np.column_stack(self._on_paper(*metres.T))

    def area(self, geometry: BaseGeometry, tolerance: float | None = None) -> BaseGeometry:
        """The polygons of a projected geometry, valid after simplification, in mm."""
        return areas_of(valid(self.project(geometry, tolerance)))


def finite(x: Floats, y: Floats) -> Floats:
    """The points, (n, 2), that a projection has."""
    fine = np.isfinite(x) & np.isfinite(y)
    return np.column_stack([x[fine], y[fine]])


def fit(
    bounds: Bounds,
    width: float,
    height: float,
    name: str = "",
    exact: bool = False,
    finest: float = 1.0,
) -> MapFrame:
    """The frame of ``width`` × ``height`` mm that holds an extent at a scale fit to be printed.

    The denominator is rounded up to two figures (1:1,600,000), so the frame shows no less than was
    asked; ``exact`` keeps the largest scale that fits instead. At a scale larger than 1 to
    ``finest`` the frame shows more instead. Raises KeyError for an unknown projection.
    """
    projection = choose(bounds, name)
    along = np.linspace(0, 1, 61)
    longitudes = bounds.west + along * (bounds.east - bounds.west)
    latitudes = bounds.south + along * (bounds.north - bounds.south)
    limit = 85.0 if projection.key == "mercator" else 90.0
    grid = np.meshgrid(longitudes, np.clip(latitudes, -limit, limit))
    points = finite(*projection.forward(grid[0].ravel(), grid[1].ravel()))
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    denominator = max((east - west) / width, (north - south) / height) * 1000
    if not exact:
        denominator = rounded_up(denominator)
    extra = max(1.0, finest / denominator)
    denominator = max(denominator, finest)
    centre = (float(east + west) / 2, float(north + south) / 2)
    shape = float((east - west) / max(1e-6, north - south))
    # Not the extent's own: a hair off the projection's, shapes would be cut a hair off its seam,
    # and what lies between would be drawn on the other side of the Earth.
    middle = turned(projection.middle_longitude, bounds.centre[0])
    return MapFrame(projection, width, height, denominator, centre, middle, shape, extra)


def rounded_up(value: float) -> float:
    """The next number with two significant figures, or with three below 20 of them."""
    power = 10.0 ** math.floor(math.log10(value))
    step = power / 20 if value / power < 2 else power / 10
    return math.ceil(value / step - 1e-9) * step


def rounded_down(value: float) -> float:
    """The greatest 1, 2 or 5 times a power of ten that is not above ``value``."""
    power = 10.0 ** math.floor(math.log10(value) + 1e-12)
    return max(lead * power for lead in (1, 2, 5) if lead * power <= value * (1 + 1e-9))
