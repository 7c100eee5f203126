"""Towns, which are packed by cells of a few degrees: see tools/atlas/towns.py."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely

from press.atlas.names import plain
from press.atlas.turns import turned, turns_to
from press.atlas.values import BBox, Feature

TOWN_UNITS = 1_000  # per degree: GeoNames is no better than this


def towns_within(rows: Callable[..., list[Any]], bounds: BBox) -> Iterator[Feature]:
    """The towns in the bounds; those beyond 180 degrees turned to where they show.

    ``rows`` asks an atlas file in SQL.
    """
    query = (
        "select data from town where west <= ? and east >= ? and south <= ? and north >= ?"
        " order by cell"
    )
    for turn, (west, south, east, north) in turns_to(bounds):
        for (data,) in rows(query, east, west, north, south):
            for town in _unpacked(data, (west, south, east, north)):
                yield Feature("town", town.id, town.properties, turned(town.geometry, turn))


def town_of(rows: Callable[..., list[Any]], number: int) -> Feature | None:
    """The town of a number of GeoNames, of all on Earth; None where there is none."""
    for (data,) in rows("select data from town order by cell"):
        if number in accumulate(json.loads(zlib.decompress(data))["id"]):
            return next(t for t in _unpacked(data, (-180, -90, 180, 90)) if t.id == number)
    return None


def _unpacked(data: bytes, bounds: BBox) -> Iterator[Feature]:
    """Those of one cell of towns that lie in the bounds, edges included."""
    cell, lon, lat, ids = _cell(data)
    west, south, east, north = bounds
    inside = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    points = shapely.points(lon[inside], lat[inside])
    for n, point in zip(inside.tolist(), points, strict=True):
        facts = {
            "name": cell["name"][n],
            "ascii": plain(cell["name"][n]),
            "country": cell["country"][n],
            "population": cell["population"][n],
            "geonameid": ids[n],
            "names": cell["names"].get(str(n), {}),
        }
        yield Feature("town", ids[n], MappingProxyType(facts), point)


@lru_cache(maxsize=32)
def _cell(data: bytes) -> tuple[Mapping[str, Any], Any, Any, Sequence[int]]:
    """A cell as it was packed, with the longitudes, latitudes and numbers of its towns.

    Kept, as one place after the other is looked for in the same few.
    """
    cell = json.loads(zlib.decompress(data))
    steps = np.array([cell["x"], cell["y"]], dtype=np.int64)
    lon, lat = np.cumsum(steps, axis=1) / TOWN_UNITS
    return cell, lon, lat, np.cumsum(cell["id"]).tolist()
