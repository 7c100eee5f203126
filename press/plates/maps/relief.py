"""The ground of a map: elevation tints as vectors, hill shading as one small grey picture."""

from __future__ import annotations

import io
import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import contourpy
import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from press.atlas import Atlas, Raster
from press.plates.geometry import Floats, valid
from press.plates.maps.frame import MapFrame

Shades = NDArray[np.float32]

LEVELS = (
    200.0, 500.0, 1000.0, 1500.0, 2000.0, 2500.0, 3000.0, 3500.0, 4000.0, 4500.0, 5000.0, 6000.0,
)  # fmt: skip
"""Heights at which a tint can begin, in metres; below the first lies the lowland tint."""
_USUAL = (200.0, 500.0, 1000.0, 1500.0, 2000.0, 3000.0)
"""Where each of the six tints begins on a map that shows all heights."""
_MOST_TINTS = len(_USUAL)
_LEAST_TINT, _NEARLY_ALL = 1.5, 0.995
"""The least patch of a tint in mm², and what share of a map is as good as all of it."""

_GRID = 1 / 12
GRID_KM = round(_GRID * 111.2)
"""How far apart the heights of the atlas lie: in degrees, and along a meridian in km."""

_PIXELS_PER_MM = 3.6
_SAMPLE_EVERY = 8
_SMALL_SCALE, _SOFT = 1.5e7, 1.0
_FORM_FROM = 0.5
"""Size of a relief pixel on paper, in mm, from which the form of the heights helps the eye."""
_PLAINS = 14.0
"""Pixels of the relief (2′ each) over which the level of the ground is taken."""
_FLAT = 0.045
"""Shade, of 1, that is taken for level ground."""
_HALF_ROUND = 180.0
ICE_FROM = -60.0
"""Latitude south of which all land is ice."""
_LIFT = 14.0
"""Grey levels below white at which level ground stands, so that lit slopes can be lighter."""


def _read(atlas: Atlas, name: str, frame: MapFrame, pixel: float) -> tuple[Raster, int]:
    """A raster of the atlas over the frame, with room for smoothing at its edges.

    It is thinned to pixels of no more than ``pixel`` mm; how many were taken for one comes with it.
    """
    step, read = {"relief": (1 / 30, atlas.relief), "elevation": (_GRID, atlas.elevation)}[name]
    fine = _on_paper(step, frame)
    every = max(n for n in atlas.thinnings(name) if n == 1 or n * fine <= pixel)
    bounds, room = frame.bounds, 4 * step * every
    west, east = bounds.west - room, bounds.east + room
    if east - west > 360:
        west, east = bounds.west, bounds.east
    south, north = max(-90.0, bounds.south - room), min(90.0, bounds.north + room)
    return read((west, south, east, north), every), every


def _on_paper(degrees: float, frame: MapFrame) -> float:
    """How long a part of a meridian is on paper, in mm."""
    return degrees * 111_000 * 1000 / frame.denominator


# -- tints -----------------------------------------------------------------------------------------


def tints(frame: MapFrame, atlas: Atlas) -> list[tuple[int, float, BaseGeometry]]:
    """(class, height in m where it begins, area in mm) of each tint, painted one over the other.

    Class 0 is the lowland, if there is any, and has no area: it is the land itself. Class n covers
    all that is higher than where it begins, so neighbouring tints leave no gaps. The heights fit
    what the frame shows.
    """
    raster = _heights(atlas, frame, 0.45)
    heights, longitudes, latitudes = raster.values, raster.longitudes, raster.latitudes
    # A pixel should not be larger than about a millimetre, or the contours show its corners.
    times = int(min(8, max(1, round(_on_paper(raster.step, frame) / 0.9))))
    soft = 0.75 * times if times > 1 else _SOFT if frame.denominator > _SMALL_SCALE else 0.0
    fine = gaussian(enlarged(heights, times), soft)
    lon = np.interp(_positions(len(longitudes), times), np.arange(len(longitudes)), longitudes)
    lat = np.interp(_positions(len(latitudes), times), np.arange(len(latitudes)), latitudes)
    contours = contourpy.contour_generator(
        lon, lat[::-1], fine[::-1], fill_type=contourpy.FillType.OuterOffset
    )
    shown: dict[float, BaseGeometry] = {}
    for level in LEVELS:
        area = frame.area(_filled(contours, level), tolerance=0.12)
        large = [p for p in shapely.get_parts(area) if p.area > _LEAST_TINT]
        if not large:
            break
        shown[level] = MultiPolygon(large)
    shares = {level: area.area / frame.rectangle.area for level, area in shown.items()}
    found = [(number, level, shown[level]) for number, level in steps_of(shares)]
    lowland = not found or shares[found[0][1]] <= _NEARLY_ALL
    return [(0, 0.0, shapely.Polygon()), *found] if lowland else found


def steps_of(shares: Mapping[float, float]) -> list[tuple[int, float]]:
    """The number of the tint for each height at which one begins, six at the most.

    ``shares`` are what of the map lies higher than each height. One above which nearly all lies
    begins the lowest tint. Of more than six the middle ones give way, those of least difference
    first. The tints of common heights are always the same, as far as there is a tint for each.
    """
    below = [level for level, share in shares.items() if share > _NEARLY_ALL]
    levels = [level for level in shares if not below or level >= below[-1]]
    while len(levels) > _MOST_TINTS:
        steps = [after / before for before, after in zip(levels, levels[2:], strict=False)]
        del levels[1 + steps.index(min(steps))]
    found: list[tuple[int, float]] = []
    above = _MOST_TINTS + 1
    for count, level in zip(range(len(levels), 0, -1), reversed(levels), strict=True):
        usual = bisect_right(_USUAL, level)
        above = min(above - 1, max(usual, count))
        found.append((above, level))
    return found[::-1]


def _positions(count: int, times: int) -> NDArray[np.float64]:
    """Where the centres of enlarged pixels lie among the original ones."""
    return (np.arange(count * times) + 0.5) / times - 0.5


def _filled(contours: contourpy.ContourGenerator, level: float) -> BaseGeometry:
    # FillType.OuterOffset: for each outer boundary its points, and where its rings begin.
    filled: Any = contours.filled(level, 1e6)
    shapes = []
    for ring_points, ring_offsets in zip(*filled, strict=True):
        rings = [ring_points[a:b] for a, b in pairwise(ring_offsets)]
        if len(rings[0]) > 3:
            shapes.append(Polygon(rings[0], [r for r in rings[1:] if len(r) > 3]))
    return valid(MultiPolygon(shapes))


def _heights(atlas: Atlas, frame: MapFrame, pixel: float) -> Raster:
    """Heights in metres over the frame, 0 at sea; thinned to pixels of no more than ``pixel`` mm.

    South of 60° the data have gaps: land there is ice, and is drawn as ice, without heights.
    """
    raster, _ = _read(atlas, "elevation", frame, pixel)
    heights = np.nan_to_num(raster.values.astype(np.float32), nan=0.0)
    heights[raster.latitudes < ICE_FROM] = 0.0
    return replace(raster, values=heights)


# -- shading ---------------------------------------------------------------------------------------


def shading(frame: MapFrame, atlas: Atlas) -> bytes:
    """Hill shading over the frame as a grey JPEG, to be multiplied onto the tints.

    Made from the atlas's shaded relief for detail and from its heights, lit from the north-west
    at 45°, for form. The plains come out near white, so that colours below keep their tone.
    """
    relief, every = _read(atlas, "relief", frame, 0.2)
    columns, rows = (max(2, round(v * _PIXELS_PER_MM)) for v in (frame.width, frame.height))
    longitude, latitude = _sampling(frame, columns, rows)
    detail = (relief.values.astype(np.float32) - 128.0) / 128.0
    coarse = _on_paper(relief.step, frame) > _FORM_FROM
    if coarse:
        # Over wide plains the source is not quite neutral; their own mean is.
        detail = detail - gaussian(detail, _PLAINS / every)
    light = 1.15 * _sampled(relief, detail, longitude, latitude)
    if coarse:
        form = _form(_heights(atlas, frame, 0.0))
        light += 0.35 * _sampled(*form, longitude, latitude)
    light = np.where(np.isfinite(light) & np.isfinite(longitude), light, 0.0)
    # Shadows carry the form and lights lift it; what is nearly flat keeps an even tone.
    depth = np.sign(light) * np.maximum(np.abs(light) - _FLAT, 0.0)
    tone = np.where(depth < 0, np.tanh(depth * 2.2) * 62, np.tanh(depth * 4.0) * _LIFT)
    grey = np.clip(255 - _LIFT + tone, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grey, "L").save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()


def _form(raster: Raster) -> tuple[Raster, Shades]:
    """Light on the slopes of the elevation raster, about -1 to 1, and the raster it lies on."""
    heights = gaussian(np.nan_to_num(raster.values.astype(np.float32), nan=0.0), 0.7)
    down = raster.step * 111_000.0
    across = down * np.cos(np.radians(np.clip(raster.latitudes, -85, 85)))[:, None]
    slope_y, slope_x = np.gradient(heights)
    steepness = 9.0
    east, south = steepness * slope_x / across, steepness * slope_y / down
    azimuth, sine = math.radians(315), math.sqrt(0.5)
    towards = -east * math.sin(azimuth) + south * math.cos(azimuth)
    lit = (sine + sine * towards) / np.sqrt(1 + east**2 + south**2) - sine
    return raster, lit.astype(np.float32)


def _sampling(frame: MapFrame, columns: int, rows: int) -> tuple[Shades, Shades]:
    """Longitude and latitude of every pixel, interpolated from every eighth; NaN off the Earth.

    Where a corner of an eighth lies off the Earth, or longitudes leap from one side of the map to
    the other, nothing can be interpolated: those pixels are worked out one by one.
    """
    xs = np.linspace(0, columns, columns // _SAMPLE_EVERY + 2)
    ys = np.linspace(0, rows, rows // _SAMPLE_EVERY + 2)
    coarse = _on_earth(frame, *np.meshgrid(xs / columns * frame.width, ys / rows * frame.height))
    u = np.interp(np.arange(columns) + 0.5, xs, np.arange(len(xs)))
    v = np.interp(np.arange(rows) + 0.5, ys, np.arange(len(ys)))
    longitude, latitude = (_bilinear(c, *np.meshgrid(u, v)) for c in coarse)
    row, column = np.nonzero(_unsteady(coarse[0])[np.ix_(v.astype(np.int64), u.astype(np.int64))])
    x, y = (column + 0.5) / columns * frame.width, (row + 0.5) / rows * frame.height
    longitude[row, column], latitude[row, column] = _on_earth(frame, x, y)
    return longitude, latitude


def _on_earth(frame: MapFrame, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Longitude and latitude of points in mm; NaN where there is no Earth."""
    longitude, latitude = frame.inverse(x, y)
    fine = np.isfinite(longitude) & np.isfinite(latitude)
    return np.where(fine, longitude, np.nan), np.where(fine, latitude, np.nan)


def _unsteady(longitudes: Floats) -> NDArray[np.bool_]:
    """Between which four neighbours of a grid longitudes are missing, or turn half the Earth."""
    corners = np.stack(
        [longitudes[:-1, :-1], longitudes[:-1, 1:], longitudes[1:, :-1], longitudes[1:, 1:]]
    )
    steady: NDArray[np.bool_] = corners.max(axis=0) - corners.min(axis=0) < _HALF_ROUND
    return ~steady


def _sampled(raster: Raster, values: Shades, longitude: Shades, latitude: Shades) -> Shades:
    """Values at places, by cubic interpolation between pixels, or their mean where many meet."""
    middle = longitude[longitude.shape[0] // 2]
    seen = middle[np.isfinite(middle)]
    pixels = raster.step / max(float(np.ptp(seen)) / len(seen), 1e-9) if len(seen) else 1.0
    step = raster.step
    if pixels < 0.7:
        many = math.ceil(0.7 / pixels)
        values, step = _thinned(values, many), step * many
    elif pixels > 1:
        times = min(8, math.ceil(pixels))
        size = (values.shape[1] * times, values.shape[0] * times)
        soft = Image.fromarray(gaussian(values, 0.45), "F")
        values, step = np.asarray(soft.resize(size, Image.Resampling.BICUBIC)), step / times
    u = (longitude - raster.west) / step - 0.5
    v = (raster.north - latitude) / step - 0.5
    return _bilinear(values, u, v)


def _thinned(values: Shades, many: int) -> Shades:
    """The mean of each block of ``many`` × ``many`` pixels; a rest at the far edges is left out."""
    rows, columns = (max(1, n // many) for n in values.shape)
    cut = values[: rows * many, : columns * many]
    mean: Shades = cut.reshape(rows, -1, columns, cut.shape[1] // columns).mean(axis=(1, 3))
    return mean


def _bilinear(
    values: NDArray[np.floating], u: NDArray[np.floating], v: NDArray[np.floating]
) -> Shades:
    rows, columns = values.shape
    u = np.clip(np.nan_to_num(u, posinf=0, neginf=0), 0, columns - 1.001)
    v = np.clip(np.nan_to_num(v, posinf=0, neginf=0), 0, rows - 1.001)
    i, j = u.astype(np.int64), v.astype(np.int64)
    fu, fv = u - i, v - j
    i1, j1 = np.minimum(i + 1, columns - 1), np.minimum(j + 1, rows - 1)
    upper = values[j, i] * (1 - fu) + values[j, i1] * fu
    lower = values[j1, i] * (1 - fu) + values[j1, i1] * fu
    result: Shades = (upper * (1 - fv) + lower * fv).astype(np.float32)
    return result


# -- smoothing -------------------------------------------------------------------------------------


def enlarged(values: Shades, times: int) -> Shades:
    """Each pixel as ``times`` × ``times`` pixels."""
    return np.repeat(np.repeat(values, times, axis=0), times, axis=1)


def gaussian(values: Shades, sigma: float) -> Shades:
    """Gaussian smoothing, the edges repeated; ``sigma`` in pixels. Separable, cut at 3 sigma."""
    reach = math.ceil(3 * sigma)
    if reach < 1:
        return values
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel = (kernel / kernel.sum()).astype(np.float32)
    result = values.astype(np.float32)
    for _ in range(2):  # down the rows, and then, turned over, down the columns
        padded = np.pad(result, ((reach, reach), (0, 0)), mode="edge")
        total = np.zeros_like(result)
        for offset, weight in enumerate(kernel.tolist()):
            total += padded[offset : offset + len(result)] * weight
        result = total.T
    return result
