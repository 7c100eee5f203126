"""Towns, which are packed by cells of a few degrees: see tools/atlas/towns.py."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely

from press.atlas.names import fold, plain
from press.atlas.turns import turned, turns_to
from press.atlas.values import BBox, Feature

TOWN_UNITS = 1_000  # per degree: GeoNames is no better than this


@dataclass(frozen=True)
class Towns:
    """The towns of an atlas file; ``rows`` asks it in SQL."""

    rows: Callable[..., list[Any]]

    def within(self, bounds: BBox | None) -> Iterator[Feature]:
        """The towns in the bounds, or all; those beyond 180 degrees turned to where they show."""
        if bounds is None:
            for (data,) in self.rows("select data from town order by cell"):
                yield from _unpacked(data)
            return
        query = (
            "select data from town where west <= ? and east >= ? and south <= ? and north >= ?"
            " order by cell"
        )
        for turn, (west, south, east, north) in turns_to(bounds):
            for (data,) in self.rows(query, east, west, north, south):
                for town in _unpacked(data, (west, south, east, north)):
                    yield Feature("town", town.id, town.properties, turned(town.geometry, turn))

    def named(
        self, name: str | None, iso: str | None, within: frozenset[str] | None
    ) -> list[Feature]:
        """The towns of a name in a country (``iso``) and ``within`` these ones, largest first.

        Those of which the name is an alternate count only where it is nobody's own.
        """
        wanted = fold(name) if name is not None else None
        only = within
        if iso is not None:
            only = frozenset({iso.upper()}) if within is None else within & {iso.upper()}
        first: list[Feature] = []
        second: list[Feature] = []
        for countries, data in self.rows("select countries, data from town order by cell"):
            if only is not None and not only & set(countries.split()):
                continue
            for town in _unpacked(data):
                facts = town.properties
                if only is not None and facts["country"] not in only:
                    continue
                if wanted is None or wanted in (fold(facts["name"]), fold(facts["ascii"])):
                    first.append(town)
                elif wanted in map(fold, (*facts["names"].values(), *facts["alternates"])):
                    second.append(town)
        return sorted(first or second, key=lambda town: -int(town.properties["population"]))


def _unpacked(data: bytes, bounds: BBox | None = None) -> Iterator[Feature]:
    """One cell of towns; with bounds, only those inside (edges included)."""
    cell = json.loads(zlib.decompress(data))
    steps = np.array([cell["x"], cell["y"]], dtype=np.int64)
    lon, lat = np.cumsum(steps, axis=1) / TOWN_UNITS
    ids = np.cumsum(cell["id"]).tolist()
    inside = np.ones(len(lon), bool)
    if bounds is not None:
        west, south, east, north = bounds
        inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    points = shapely.points(lon, lat)
    for n in np.flatnonzero(inside).tolist():
        facts = {
            "name": cell["name"][n],
            "ascii": plain(cell["name"][n]),
            "country": cell["country"][n],
            "population": cell["population"][n],
            "geonameid": ids[n],
            "names": cell["names"].get(str(n), {}),
            "alternates": cell["alternates"].get(str(n), []),
        }
        yield Feature("town", ids[n], MappingProxyType(facts), points[n])
