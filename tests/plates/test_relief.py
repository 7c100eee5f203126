"""The ground under a map: heights, their tints and the hill shading."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pytest
import shapely
from PIL import Image

from press.atlas import Atlas, Raster, world
from press.plates.maps import relief
from press.plates.maps.frame import MapFrame, fit
from press.plates.maps.projection import Bounds

ALPS = Bounds(6.0, 45.0, 9.0, 47.0)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return world()


def frame_of(bounds: Bounds, projection: str = "", size: float = 40.0) -> MapFrame:
    return fit(bounds, size, size, projection)


@dataclass
class Ramp:
    """An atlas whose heights rise by a metre for every thousandth of a degree to the east.

    Every fifth row has no data.
    """

    about: float = 7.5

    def thinnings(self, _: str) -> Sequence[int]:
        return (1, 2, 4)

    def relief(self, box: tuple[float, float, float, float], every: int) -> Raster:
        raise AssertionError

    def elevation(self, box: tuple[float, float, float, float], every: int) -> Raster:
        west, south, east, north = box
        step = every / 12
        columns, rows = round((east - west) / step), round((north - south) / step)
        longitudes = west + (np.arange(columns) + 0.5) * step
        values = np.tile((longitudes - self.about) * 1000, (rows, 1)).astype(np.float32)
        values[::5] = np.nan
        return Raster(values, west, north, step)


def test_heights_are_read_in_metres_and_gaps_are_sea(atlas: Atlas) -> None:
    """Over the Alps the land rises above four thousand metres; nowhere is it unknown."""
    heights = relief._heights(atlas, frame_of(ALPS), 0.45).values
    assert np.isfinite(heights).all()
    assert 3000 < heights.max() < 4810
    gaps = relief._heights(Ramp(), frame_of(ALPS), 0.0).values  # type: ignore[arg-type]
    assert (gaps[::5] == 0).all()
    assert (gaps[1::5, -1] > 1000).all()


def test_ice_has_no_heights(atlas: Atlas) -> None:
    """North of 60° south heights stand as they are; south of it all land is ice, and level."""
    south = frame_of(Bounds(-72.0, -66.0, -60.0, -50.0))
    raster = relief._heights(atlas, south, 0.45)
    ice = raster.latitudes < relief.ICE_FROM
    assert ice.any()
    assert (raster.values[ice] == 0).all()
    assert raster.values[~ice].max() > 200


def test_tints_lie_within_one_another(atlas: Atlas) -> None:
    """Each height class lies in the one below it, in the frame, and none is a speck."""
    frame = frame_of(ALPS)
    found = relief.tints(frame, atlas)
    heights = [(1, 200), (2, 500), (3, 1000), (4, 1500), (5, 2000), (6, 2500)]
    assert heights == [(number, level) for number, level, _ in found]
    areas = [area for _, _, area in found]
    assert areas == sorted(areas, key=lambda area: -area.area)
    for lower, higher in pairwise(areas):
        assert higher.difference(lower.buffer(0.3)).area < 0.01 * higher.area
    parts = [part for area in areas for part in shapely.get_parts(area)]
    assert min(part.area for part in parts) > 1.5
    assert all(area.within(frame.rectangle.buffer(2.1, join_style="mitre")) for area in areas)


@pytest.mark.parametrize(
    ("shares", "steps"),
    [
        ({200: 0.4, 500: 0.1}, [(1, 200), (2, 500)]),
        ({200: 1.0, 500: 1.0, 1000: 0.9, 1500: 0.3}, [(2, 500), (3, 1000), (4, 1500)]),
        (dict.fromkeys((200, 500, 1000, 1500, 2000, 3000), 0.5),
         [(1, 200), (2, 500), (3, 1000), (4, 1500), (5, 2000), (6, 3000)]),
        (dict.fromkeys((200, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000), 0.5),
         [(1, 200), (2, 500), (3, 1000), (4, 2000), (5, 3000), (6, 4000)]),
        ({**dict.fromkeys((200, 500, 1000, 1500, 2000, 2500, 3000), 1.0), 3500: 0.9, 4500: 0.1},
         [(4, 3000), (5, 3500), (6, 4500)]),
    ],
)  # fmt: skip
def test_tints_begin_at_heights_that_the_map_shows(
    shares: dict[float, float], steps: list[tuple[int, float]]
) -> None:
    """From below the lowest land to its heights, six at the most; common heights look the same."""
    assert steps == relief.steps_of(shares)


def test_a_tint_begins_where_its_height_is_reached() -> None:
    """On a slope of a metre for each thousandth of a degree, 500 m lie half a degree east of 0."""
    frame = frame_of(ALPS, "mercator")
    ramp = replace(Ramp())
    smooth = type("Smooth", (Ramp,), {"elevation": _without_gaps})()
    found = {number: area for number, _, area in relief.tints(frame, smooth)}
    for number, level in ((1, 200.0), (2, 500.0), (3, 1000.0)):
        edge = frame.point(ramp.about + level / 1000, 46.0)[0]
        left, _, right, _ = found[number].intersection(frame.rectangle).bounds
        assert edge == pytest.approx(left, abs=0.35)
        assert frame.width == pytest.approx(right, abs=0.1)
    assert 6 not in found


def _without_gaps(self: Ramp, box: tuple[float, float, float, float], every: int) -> Raster:
    raster = Ramp.elevation(self, box, every)
    return replace(
        raster, values=np.where(np.isnan(raster.values), raster.values[1], raster.values)
    )


# -- off the Earth ---------------------------------------------------------------------------------

EARTH = Bounds(-180.0, -90.0, 180.0, 90.0)
GLOBE = Bounds(-60.0, -60.0, 60.0, 60.0)


@pytest.mark.parametrize(
    ("bounds", "projection"),
    [(GLOBE, "globe"), (EARTH, "equal-earth"), (Bounds(-180.0, -90.0, 180.0, -62.0), "polar")],
)
def test_shading_knows_where_the_earth_ends(bounds: Bounds, projection: str, atlas: Atlas) -> None:
    """No pixel is made of what does not exist, and beside the Earth the ground is level."""
    frame = frame_of(bounds, projection)
    with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
        warnings.simplefilter("error")
        grey = np.asarray(Image.open(io.BytesIO(relief.shading(frame, atlas))))
    if projection == "globe":
        corners = [grey[y, x] for y in (0, -1) for x in (0, -1)]
        assert all(abs(int(grey_) - (255 - relief._LIFT)) < 4 for grey_ in corners)


@pytest.mark.parametrize(
    ("bounds", "projection"), [(GLOBE, "globe"), (Bounds(-180.0, -90.0, 180.0, -62.0), "polar")]
)
def test_pixels_at_the_rim_and_at_the_seam_are_where_they_are(
    bounds: Bounds, projection: str
) -> None:
    """Each pixel has the longitude of its place, at the globe's rim and across 180° as well."""
    frame, many = frame_of(bounds, projection), 240
    longitude, latitude = relief._sampling(frame, many, many)
    middles = (np.arange(many) + 0.5) / many * 40.0
    true = relief._on_earth(frame, *np.meshgrid(middles, middles))
    assert (np.isfinite(longitude) == np.isfinite(true[0])).all()
    here = np.isfinite(longitude) & (np.abs(latitude) < 86)
    off = np.abs(longitude - true[0])[here] % 360
    assert np.minimum(off, 360 - off).max() < 8.0
