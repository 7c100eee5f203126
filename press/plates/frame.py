"""Where on Earth and where on paper: extent, projection, scale, graticule.

Angles are degrees on WGS 84, lengths on paper millimetres from the frame's upper left corner.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from press.plates.shapes import Box, areas_of, lines

Floats = NDArray[np.float64]
Edge = Literal["N", "E", "S", "W"]

GEOD = Geod(ellps="WGS84")
_EARTH_RADIUS = 6371.0088
"""Mean radius in km (IUGG)."""
_SEAM = 0.002
_CUT = 1e-5
_FAR_BEHIND = math.cos(math.radians(100))
_CROWDED = 62.0
_FINE, _COARSE, _SMALL_SCALE = 0.04, 0.08, 1.5e7
_HORIZON = math.sqrt(2)
_DISC = shapely.Point(0, 0).buffer(_HORIZON * 0.99995, quad_segs=90)


# -- extent --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bounds:
    """A box in degrees. ``east`` is never less than ``west`` and may pass 180."""

    west: float
    south: float
    east: float
    north: float

    @property
    def centre(self) -> tuple[float, float]:
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


def around(points: Sequence[tuple[float, float]], least: float = 0.3) -> Bounds:
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


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two longitude–latitude points in km (haversine formula)."""
    (lon1, lat1), (lon2, lat2) = (tuple(map(math.radians, p)) for p in (one, other))
    chord = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS * math.asin(min(1.0, math.sqrt(chord)))


def cluster(points: Sequence[tuple[float, float]], reach: float = 4.0) -> list[bool]:
    """Which points belong to the theatre and which lie far off it.

    The centre is the point nearest to all others (their medoid); far is more than ``reach`` times
    the median distance from it, and more than 50 km. A capital where a treaty was signed should not
    turn the map of a valley into one of the world.
    """
    if len(points) < 3:
        return [True] * len(points)
    table = [[distance(a, b) for b in points] for a in points]
    centre = min(range(len(points)), key=lambda n: (sum(table[n]), n))
    typical = sorted(table[centre])[len(points) // 2]
    return [d <= max(50.0, reach * typical) for d in table[centre]]


# -- projection ----------------------------------------------------------------------------------

PROJECTIONS = ("conic", "equal-area", "mercator", "equal-earth", "polar", "globe")
"""The names an author may give; without one the projection follows from the extent."""


@dataclass(frozen=True)
class Projection:
    """A projection: ``key`` is one of PROJECTIONS, ``parallels`` those along which it is true."""

    key: str
    proj4: str
    parallels: tuple[float, ...] = ()

    @property
    def crs(self) -> CRS:
        """The projected coordinate system on WGS 84, in metres."""
        return _crs(self.proj4)

    @property
    def whole_earth(self) -> bool:
        """Whether the map has an outline of its own inside the frame."""
        return self.key in ("equal-earth", "globe")


@lru_cache(maxsize=64)
def _crs(proj4: str) -> CRS:
    return CRS.from_proj4(f"{proj4} +datum=WGS84 +units=m +no_defs")


@lru_cache(maxsize=64)
def _transformer(proj4: str) -> Transformer:
    return Transformer.from_crs(CRS.from_epsg(4326), _crs(proj4), always_xy=True)


def choose(bounds: Bounds, name: str = "") -> Projection:
    """The projection for an extent, or the named one fitted to it.

    Rules: the world and hemispheres Equal Earth; polar caps azimuthal equal-area; the tropics
    Mercator, true at the middle latitude; other lands up to 50° wide a conformal conic with its
    parallels at one sixth from either edge (Snyder, USGS PP 1395, p. 99); wider ones azimuthal
    equal-area. Raises KeyError for an unknown name.
    """
    key = name or _suitable(bounds)
    lon, lat = bounds.centre
    lon = (lon + 180) % 360 - 180
    match key:
        case "equal-earth":
            return Projection(key, f"+proj=eqearth +lon_0={lon:.6g}")
        case "polar":
            pole = 90 if lat > 0 else -90
            return Projection(key, f"+proj=laea +lat_0={pole} +lon_0={lon:.6g}")
        case "globe":
            return Projection(key, f"+proj=ortho +lat_0={lat:.6g} +lon_0={lon:.6g}")
        case "mercator":
            true = round(lat, 1)
            return Projection(key, f"+proj=merc +lon_0={lon:.6g} +lat_ts={true}", (true,))
        case "equal-area":
            return Projection(key, f"+proj=laea +lat_0={lat:.6g} +lon_0={lon:.6g}")
        case "conic":
            sixth = (bounds.north - bounds.south) / 6
            low, high = (_tidy(v) for v in (bounds.south + sixth, bounds.north - sixth))
            proj4 = f"+proj=lcc +lat_1={low} +lat_2={high} +lat_0={lat:.6g} +lon_0={lon:.6g}"
            return Projection(key, proj4, (low, high))
    raise KeyError(key)


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


def _tidy(latitude: float) -> float:
    """A parallel that can be printed: whole tenths of a degree."""
    return round(latitude, 1)


# -- frame ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Frame:
    """A map frame on paper: ``width`` × ``height`` mm at a scale of 1 to ``denominator``.

    ``centre`` is the projected point, in metres, in the middle of the frame; ``aspect`` the width
    by the height of the extent that was asked for.
    """

    projection: Projection
    width: float
    height: float
    denominator: float
    centre: tuple[float, float]
    middle_longitude: float
    aspect: float = 1.0

    @property
    def rectangle(self) -> Polygon:
        """The frame itself, in mm."""
        return shapely.box(0, 0, self.width, self.height)

    def forward(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        """Degrees to mm; infinite where the projection has no image."""
        x, y = _transformer(self.projection.proj4).transform(longitude, latitude)
        per_metre = 1000 / self.denominator
        return (
            (np.asarray(x) - self.centre[0]) * per_metre + self.width / 2,
            self.height / 2 - (np.asarray(y) - self.centre[1]) * per_metre,
        )

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """One place in mm."""
        turned = self.near(longitude)
        x, y = self.forward(np.array([turned]), np.array([latitude]))
        return float(x[0]), float(y[0])

    def near(self, longitude: float) -> float:
        """The same meridian, counted within 180° of the middle of the map."""
        about = self.middle_longitude
        return (longitude - about + 180) % 360 - 180 + about

    def inverse(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Millimetres to degrees, longitudes counted about the middle of the map."""
        per_mm = self.denominator / 1000
        longitude, latitude = _transformer(self.projection.proj4).transform(
            (np.asarray(x) - self.width / 2) * per_mm + self.centre[0],
            (self.height / 2 - np.asarray(y)) * per_mm + self.centre[1],
            direction="INVERSE",
        )
        about = self.middle_longitude
        with np.errstate(invalid="ignore"):  # beyond the Earth's edge there is no longitude
            turned = (np.asarray(longitude) - about + 180) % 360 - 180 + about
        return turned, np.asarray(latitude)

    @cached_property
    def bounds(self) -> Bounds:
        """The degrees that the frame shows; every longitude where it shows a pole."""
        x, y = np.meshgrid(np.linspace(0, self.width, 33), np.linspace(0, self.height, 33))
        longitude, latitude = self.inverse(x.ravel(), y.ravel())
        fine = np.isfinite(longitude) & np.isfinite(latitude)
        if not fine.any():
            return Bounds(-180, -90, 180, 90)
        south, north = float(latitude[fine].min()), float(latitude[fine].max())
        shown = [pole for pole in (-90.0, 90.0) if self._shows_pole(pole)]
        if shown or self.projection.whole_earth:
            about = self.middle_longitude
            return Bounds(about - 180, min([south, *shown]), about + 180, max([north, *shown]))
        return Bounds(float(longitude[fine].min()), south, float(longitude[fine].max()), north)

    def _shows_pole(self, latitude: float) -> bool:
        if self.projection.key == "mercator":
            return False
        x, y = self.forward(np.array([self.middle_longitude]), np.array([latitude]))
        return bool(0 <= x[0] <= self.width and 0 <= y[0] <= self.height)

    def project(
        self, geometry: BaseGeometry, tolerance: float | None = None, margin: float = 2.0
    ) -> BaseGeometry:
        """A geometry in degrees, clipped to the frame and simplified to print resolution, in mm.

        Degrees are cut first, a little outside the frame, so that far shores cost nothing.
        Polygons come back valid. ``tolerance`` and ``margin`` are mm; the usual tolerance is 0.04,
        and 0.08 for continents, whose shores are longer.
        """
        box = (-margin, -margin, self.width + margin, self.height + margin)
        if self.projection.key == "globe":
            projected = self._project_globe(geometry)
        else:
            around = self.bounds.padded(3)
            if around.east - around.west >= 360 - _CUT:
                # The two sides of the cut are one meridian: a hair inside, each keeps its side.
                about = self.middle_longitude
                around = Bounds(about - 180 + _CUT, around.south, about + 180 - _CUT, around.north)
            near = shapely.clip_by_rect(geometry, *around.box)
            if near.is_empty:
                return near
            step = max(0.01, (around.east - around.west) / 60)
            projected = shapely.transform(shapely.segmentize(near, step), self._project_points)
            if self.shows_pole and near.geom_type.endswith("Polygon"):
                # Snapped, so that the two edges of a cut along 180° close to the pole.
                projected = shapely.set_precision(shapely.make_valid(projected), _SEAM)
        if not projected.is_valid:
            projected = shapely.make_valid(projected)
        clipped = shapely.clip_by_rect(projected, *box)
        small = self.denominator >= _SMALL_SCALE
        if tolerance is None:
            tolerance = _COARSE if small else _FINE
        # What collapses at a small scale is smaller than a printed dot, and may go.
        return clipped.simplify(tolerance, preserve_topology=not small) if tolerance else clipped

    def _project_globe(self, geometry: BaseGeometry) -> BaseGeometry:
        """The near side of a geometry, in mm: through an equal-area disc that has all the Earth.

        A point at the angle c from the middle lies 2 sin(c/2) radii from it there and sin c on the
        globe (Snyder, USGS PP 1395, pp. 149 and 185), so the horizon is a circle of √2.
        """
        disc = self.projection.proj4.replace("+proj=ortho", "+proj=laea")
        radius = self._sphere_radius
        near = []
        for part in shapely.get_parts(geometry):
            if self._beyond_horizon(part):
                continue
            fine = shapely.segmentize(part, 2.0)
            points = shapely.get_coordinates(fine)
            x, y = _transformer(disc).transform(points[:, 0], points[:, 1])
            flat = np.column_stack([x, y]) / radius
            away = np.hypot(flat[:, 0], flat[:, 1])
            if not np.isfinite(away).all() or (away > _HORIZON).all():
                continue
            shape = shapely.set_coordinates(fine, flat)
            if not shape.is_valid:
                shape = shapely.make_valid(shape)
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
    def _facing(self) -> tuple[float, float]:
        """Longitude and latitude of the middle of a globe, in radians."""
        said = dict(re.findall(r"\+(\w+)=(\S+)", self.projection.proj4))
        return math.radians(float(said["lon_0"])), math.radians(float(said["lat_0"]))

    def _risen(self, points: Floats) -> Floats:
        """From the equal-area disc, in radii, to the globe in mm."""
        away = np.hypot(points[:, 0], points[:, 1])
        factor = np.sqrt(np.maximum(0.0, 1 - away**2 / 4))
        metres = points * factor[:, None] * self._sphere_radius
        per_metre = 1000 / self.denominator
        return np.column_stack(
            [
                (metres[:, 0] - self.centre[0]) * per_metre + self.width / 2,
                self.height / 2 - (metres[:, 1] - self.centre[1]) * per_metre,
            ]
        )

    @property
    def _sphere_radius(self) -> float:
        return 6_378_137.0

    @cached_property
    def shows_pole(self) -> bool:
        """Whether a pole lies in the frame as a point that meridians meet in."""
        azimuthal = self.projection.key in ("polar", "equal-area", "conic", "globe")
        return azimuthal and any(self._shows_pole(pole) for pole in (-90.0, 90.0))

    @cached_property
    def outline(self) -> Polygon:
        """The Earth's outline on a map that shows all of it, in mm; the frame on any other."""
        if self.projection.key == "globe":
            angle = np.linspace(0, 2 * math.pi, 361)[:-1]
            rim = np.column_stack([np.cos(angle), np.sin(angle)]) * math.sqrt(2)
            return Polygon(self._risen(rim))
        if self.projection.key != "equal-earth":
            return self.rectangle
        up = np.linspace(-90, 90, 181)
        about = self.middle_longitude
        west, east = np.full(181, about - 180 + 1e-6), np.full(181, about + 180 - 1e-6)
        x, y = self.forward(np.r_[west, east[::-1]], np.r_[up, up[::-1]])
        return Polygon(np.column_stack([x, y]))

    def _project_points(self, points: Floats) -> Floats:
        return np.column_stack(self.forward(points[:, 0], points[:, 1]))

    def area(self, geometry: BaseGeometry, tolerance: float | None = None) -> BaseGeometry:
        """The polygons of a projected geometry, valid after simplification, in mm."""
        projected = self.project(geometry, tolerance)
        if not projected.is_valid:
            projected = shapely.make_valid(projected)
        return areas_of(projected)

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


def fit(bounds: Bounds, width: float, height: float, name: str = "", exact: bool = False) -> Frame:
    """The frame of ``width`` × ``height`` mm that holds an extent at a scale fit to be printed.

    The denominator is rounded up to two figures (1:1,600,000), so the frame shows no less than was
    asked; ``exact`` keeps the largest scale that fits instead. Raises KeyError for an unknown
    projection.
    """
    projection = choose(bounds, name)
    lon, _ = bounds.centre
    transformer = _transformer(projection.proj4)
    along = np.linspace(0, 1, 61)
    longitudes = bounds.west + along * (bounds.east - bounds.west)
    latitudes = bounds.south + along * (bounds.north - bounds.south)
    limit = 85.0 if projection.key == "mercator" else 90.0
    latitudes = np.clip(latitudes, -limit, limit)
    grid = np.meshgrid(longitudes, latitudes)
    x, y = (np.asarray(v) for v in transformer.transform(grid[0].ravel(), grid[1].ravel()))
    fine = np.isfinite(x) & np.isfinite(y)
    x, y = x[fine], y[fine]
    metres = max((x.max() - x.min()) / width, (y.max() - y.min()) / height)
    denominator = metres * 1000
    if not exact:
        denominator = rounded_up(denominator)
    centre = (float(x.max() + x.min()) / 2, float(y.max() + y.min()) / 2)
    shape = float((x.max() - x.min()) / max(1e-6, y.max() - y.min()))
    return Frame(projection, width, height, denominator, centre, lon, shape)


def aspect(bounds: Bounds, name: str = "") -> float:
    """Width by height of an extent once projected."""
    probe = fit(bounds, 100.0, 1e9, name, exact=True)
    _, y = probe.forward(
        np.full(61, probe.middle_longitude), np.linspace(bounds.south, bounds.north, 61)
    )
    fine = y[np.isfinite(y)]
    return float(100.0 / max(1e-6, fine.max() - fine.min()))


def rounded_up(value: float) -> float:
    """The next number with two significant figures, or with three below 20 of them."""
    power = 10.0 ** math.floor(math.log10(value))
    step = power / 20 if value / power < 2 else power / 10
    return math.ceil(value / step - 1e-9) * step


def rounded_down(value: float, leads: Sequence[float] = (1, 2, 5)) -> float:
    """The greatest 1, 2 or 5 times a power of ten that is not above ``value``."""
    power = 10.0 ** math.floor(math.log10(value) + 1e-12)
    return max(lead * power for lead in leads if lead * power <= value * (1 + 1e-9))


# -- graticule -----------------------------------------------------------------------------------

_STEPS = (
    *(n / 60 for n in (1, 2, 5, 10, 15, 20, 30)),
    *(1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0),
)  # fmt: skip


@dataclass(frozen=True)
class Crossing:
    """Where a graticule line meets an edge of the frame; ``index`` counts its lines from zero."""

    edge: Edge
    at: float
    degrees: float
    meridian: bool
    index: int


@dataclass(frozen=True)
class Graticule:
    """Meridians and parallels every ``step`` degrees, ``lines`` in mm, clipped to the frame.

    ``labels`` are the crossings to be named, ``ticks`` those of the finer division that grades the
    edge (``fine`` degrees).
    """

    step: float
    fine: float
    lines: tuple[LineString, ...]
    labels: tuple[Crossing, ...]
    ticks: tuple[Crossing, ...]
    up: float = 0.0

    @property
    def words(self) -> str:
        """The step as it is printed: ``30′``, or ``10° × 30°`` of latitude and longitude."""
        across, along = step_text(self.step), step_text(self.up or self.step)
        return across if across == along else f"{along} × {across}"


def graticule_step(span: float, target: float = 5.0) -> float:
    """The finest usual step, in degrees, that gives a span about ``target`` lines or more."""
    return next((step for step in _STEPS if span / step <= target * 1.6), 45.0)


def graticule(frame: Frame) -> Graticule:
    """The graticule of a frame, its step chosen by the extent shown."""
    bounds = frame.bounds
    step, up = graticule_steps(bounds)
    fine = step / {1 / 2: 3, 1 / 3: 4, 1 / 4: 3}.get(step, 5 if step in (1, 5, 10) else 4)
    coarse = [(m, v, n) for m, v, n in _values(bounds, step, up)]
    drawn = [_line(frame, bounds, m, v) for m, v, _ in coarse]
    kept = tuple(
        part
        for line in drawn
        if not line.is_empty
        for part in lines(line.intersection(frame.rectangle).simplify(0.01))
    )
    labels = _crossings(frame, zip(coarse, drawn, strict=True))
    finer = list(_values(bounds, fine, fine))
    ticks = _crossings(frame, ((value, _line(frame, bounds, *value[:2])) for value in finer))
    return Graticule(step, fine, kept, tuple(labels), tuple(ticks), up)


def graticule_steps(bounds: Bounds) -> tuple[float, float]:
    """Degrees between meridians and between parallels: the same, but where meridians crowd."""
    wide, high = bounds.east - bounds.west, bounds.north - bounds.south
    highest = max(abs(bounds.south), abs(bounds.north))
    if wide < 3 * high or (highest < _CROWDED and wide < 90):
        step = graticule_step(max(wide, high))
        return step, step
    return (30.0 if wide >= 360 and high < 90 else graticule_step(wide)), graticule_step(high)


def _values(bounds: Bounds, step: float, up: float) -> Iterator[tuple[bool, float, int]]:
    """(is a meridian, degrees, index) of all lines in the bounds; the date line once only."""
    for meridian, low, high in (
        (True, bounds.west, bounds.east),
        (False, bounds.south, bounds.north),
    ):
        each = step if meridian else up
        first, last = math.ceil(low / each - 1e-9), math.floor(high / each + 1e-9)
        if meridian and (last - first) * each >= 360 - 1e-9:
            last -= 1
        for index in range(first, last + 1):
            if meridian or abs(index * each) < 90 - 1e-9:
                yield meridian, index * each, index


def _line(frame: Frame, bounds: Bounds, meridian: bool, value: float) -> BaseGeometry:
    low, high = (
        (max(-90.0, bounds.south - 1), min(90.0, bounds.north + 1))
        if meridian
        else (bounds.west - 1, bounds.east + 1)
    )
    if not meridian and high - low > 360:
        low, high = frame.middle_longitude - 180, frame.middle_longitude + 180
    along, across = np.linspace(low, high, 181), np.full(181, value)
    x, y = frame.forward(across, along) if meridian else frame.forward(along, across)
    fine = np.isfinite(x) & np.isfinite(y)
    if fine.sum() < 2:
        return LineString()
    return LineString(np.column_stack([x[fine], y[fine]]))


def _crossings(
    frame: Frame, drawn: Iterable[tuple[tuple[bool, float, int], BaseGeometry]]
) -> list[Crossing]:
    """Meridians on the upper and lower edge, parallels on the sides."""
    w, h = frame.width, frame.height
    edges: dict[Edge, LineString] = {
        "N": LineString([(0, 0), (w, 0)]),
        "S": LineString([(0, h), (w, h)]),
        "W": LineString([(0, 0), (0, h)]),
        "E": LineString([(w, 0), (w, h)]),
    }
    found = []
    for (meridian, value, index), line in drawn:
        for edge in ("N", "S") if meridian else ("W", "E"):
            if line.is_empty:
                continue
            for part in shapely.get_parts(line.intersection(edges[edge])):
                if part.geom_type == "Point":
                    at = part.x if meridian else part.y
                    found.append(Crossing(edge, float(at), value, meridian, index))
    return found


def step_text(step: float) -> str:
    """A graticule step: ``30′``, ``5°``."""
    return f"{round(step * 60)}′" if step < 1 else f"{step:g}°"


def degrees_text(value: float, meridian: bool, letters: str) -> str:
    """Degrees and minutes with a hemisphere: ``45°30′E``. ``letters`` are those for N, E, S, W."""
    if meridian:
        value = (value + 180) % 360 - 180
    north, east, south, west = tuple(letters)
    minutes = round(abs(value) * 60)
    whole, rest = divmod(minutes, 60)
    letter = (east if value > 0 else west) if meridian else (north if value > 0 else south)
    if not minutes or (meridian and minutes == 180 * 60):
        letter = ""
    return f"{whole}°{rest:02d}′{letter}" if rest else f"{whole}°{letter}"
