"""Reads the atlas file."""

from __future__ import annotations

import difflib
import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from press.atlas import codec
from press.atlas.names import NameIndex, fold
from press.atlas.towns import town_of, towns_within
from press.atlas.turns import seen_from, turns_to
from press.atlas.values import BBox, Detail, Feature, Raster

WORLD = Path(__file__).with_name("world.sqlite")

# Scale denominators from which Natural Earth means its 1:50m and 1:110m sets to be used.
_COARSER_FROM: tuple[tuple[Detail, float], ...] = (("110m", 60e6), ("50m", 20e6), ("10m", 0.0))

_KEPT_FEATURES = 4000
"""Features that stay at hand: those of several maps, of some kilobytes each."""
_KEPT_TILES = 8
"""Tiles of a raster that stay at hand as fine as they are, of less than a megabyte each."""

Keep = Callable[[Mapping[str, Any]], bool]
"""Whether a feature with these properties is wanted."""


@dataclass(frozen=True)
class LayerRow:
    """A layer at one level of detail, and the numbers of its first and last feature."""

    number: int
    name: str
    detail: Detail
    first: int
    last: int


class Atlas:
    """Reads one atlas file. Opens it read-only and again in every process and thread that asks.

    Raises FileNotFoundError when there is no such file.
    """

    def __init__(self, path: Path | str = WORLD) -> None:
        self.path = Path(path)
        if not self.path.is_file():
            raise FileNotFoundError(f"no atlas {self.path.name}; make it with tools/atlas/make.py")
        self._local = threading.local()
        self._indexes: dict[int, NameIndex] = {}
        self._tiles: dict[tuple[str, int, int, int], NDArray[np.uint8]] = {}
        self._features: dict[int, Feature] = {}
        rows = self._rows("select id, name, detail, first, last from layer order by id")
        self._layers = {(row.name, row.detail): row for row in (LayerRow(*r) for r in rows)}

    @property
    def _connection(self) -> sqlite3.Connection:
        """This thread's connection; SQLite forbids carrying one across a fork."""
        if getattr(self._local, "owner", None) != os.getpid():
            uri = self.path.resolve().as_uri() + "?mode=ro&immutable=1"
            self._local.connection = sqlite3.connect(uri, uri=True)
            self._local.owner = os.getpid()
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _rows(self, query: str, *values: Any) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    # -- what there is -----------------------------------------------------------------------------

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of all vector layers."""
        return tuple(dict.fromkeys(name for name, _ in self._layers))

    def details(self, layer: str) -> tuple[Detail, ...]:
        """The levels of detail a layer has, finest first."""
        return tuple(sorted((d for name, d in self._layers if name == layer), key=_fineness))

    def detail_for(self, layer: str, denominator: float) -> Detail:
        """The level of detail to draw a layer from at a scale of 1 to ``denominator``.

        Steps at 1:20 million and 1:60 million; where the layer lacks that level, the next finer
        one.
        """
        have = self.details(layer)
        wanted = next(detail for detail, least in _COARSER_FROM if denominator >= least)
        finer = [detail for detail in have if _fineness(detail) <= _fineness(wanted)]
        return finer[-1] if finer else have[0]

    def credits(self, layers: Iterable[str]) -> tuple[str, ...]:
        """What must be printed where these layers or rasters are drawn, each credit once."""
        query = "select text from credit where layer = ? order by rowid"
        owed = (text for layer in layers for (text,) in self._rows(query, layer))
        return tuple(dict.fromkeys(owed))

    # -- features ----------------------------------------------------------------------------------

    def features(
        self,
        layer: str,
        bounds: BBox | None = None,
        detail: Detail = "10m",
        keep: Keep | None = None,
    ) -> Iterator[Feature]:
        """The features of a layer whose extent meets the bounds, in the order of the file.

        ``bounds`` is (west, south, east, north) in degrees and may leave [-180, 180]: what lies on
        the other side of the antimeridian is shifted by whole turns, part by part, and a feature
        that was cut there is mended. A part that is seen twice comes twice. Without bounds, all
        features come as stored, and no towns. Geometries are whole, not clipped; ``keep`` sees the
        properties of a feature before its geometry is read, and says whether to read it. Raises
        KeyError for an unknown layer or a level of detail it does not have.
        """
        row = self._layers[layer, detail]
        if layer == "town" and bounds is not None:
            towns = towns_within(self._rows, bounds)
            yield from (town for town in towns if keep is None or keep(town.properties))
            return
        if bounds is None:
            yield from self._read(row, range(row.first, row.last + 1), keep)
            return
        turns: dict[int, list[float]] = {}
        for turn, seen in turns_to(bounds):
            for number in self._meeting(row, seen):
                turns.setdefault(number, []).append(turn)
        for feature in self._read(row, sorted(turns), keep):
            geometry = seen_from(feature.geometry, turns[feature.id], bounds)
            yield Feature(layer, feature.id, feature.properties, geometry)

    def _meeting(self, row: LayerRow, bounds: BBox) -> Iterable[int]:
        west, south, east, north = bounds
        rows = self._rows(
            "select id from extent where layer_low <= ?1 and layer_high >= ?1"
            " and east >= ? and west <= ? and north >= ? and south <= ?",
            *(row.number, west, east, south, north),
        )
        return dict.fromkeys(number % codec.NEXT_EXTENT for (number,) in rows)

    def _read(
        self, row: LayerRow, ids: Sequence[int], keep: Keep | None = None
    ) -> Iterator[Feature]:
        """The features of a layer by their numbers: those that were read before are at hand."""
        if len(self._features) > _KEPT_FEATURES:
            self._features.clear()
        known = [self._features[number] for number in ids if number in self._features]
        new = [number for number in ids if number not in self._features]
        fresh = self._read_anew(row, new, keep)
        self._features.update((feature.id, feature) for feature in fresh)
        known = [feature for feature in known if keep is None or keep(feature.properties)]
        yield from sorted((*known, *fresh), key=lambda feature: feature.id)

    def _read_anew(
        self, row: LayerRow, ids: Sequence[int], keep: Keep | None = None
    ) -> Sequence[Feature]:
        listed = self._rows(
            "select id, properties, shape from feature"
            " where id in (select value from json_each(?)) order by id",
            json.dumps(ids),
        )
        found = [(number, _facts(text), shape) for number, text, shape in listed]
        found = [each for each in found if keep is None or keep(each[1])]
        if not found:
            return ()
        shapes = codec.skeletons([shape for _, _, shape in found])
        arc_ids = np.unique(np.concatenate([np.abs(shape.references) for shape in shapes]))
        arcs = self._rows(
            "select path from arc where id in (select value from json_each(?)) order by id",
            json.dumps(arc_ids.tolist()),
        )
        geometries = codec.assemble(shapes, arc_ids, [path for (path,) in arcs])
        return [
            Feature(row.name, number, properties, geometry)
            for (number, properties, _), geometry in zip(found, geometries, strict=True)
        ]

    # -- by name -----------------------------------------------------------------------------------

    def find(
        self,
        layer: str,
        name: str | None = None,
        iso: str | None = None,
        country: str | None = None,
        detail: Detail = "10m",
    ) -> tuple[Feature, ...]:
        """The features that bear a name or a code; an empty tuple when none does.

        ``name`` is compared as :func:`fold` leaves it, first with the names in the local language
        and in English and, only if none fits, with the alternates. ``iso`` is compared with ISO
        3166 and three-letter codes; a code that is shared is not a fault, all bearers are returned.
        ``country`` (name, two or three letters) narrows either, or alone selects all of that
        country. Several features may share a name: the caller must ask which. Towns are not found
        so. Raises KeyError for an unknown layer or level of detail.
        """
        row = self._layers[layer, detail]
        within = self._country_codes(country) if country is not None else None
        index = self._index(row)
        numbers = set(index.country)
        if name is not None:
            numbers &= index.named(name)
        if iso is not None:
            numbers &= index.coded(iso)
        if within is not None:
            numbers = {number for number in numbers if index.country[number] & within}
        return tuple(self._read(row, sorted(numbers)))

    def town(self, geonameid: int) -> Feature | None:
        """The town of a number of GeoNames; None where there is none. Takes a third of a second."""
        return town_of(self._rows, geonameid)

    def nearest_names(self, layer: str, name: str, n: int = 3) -> tuple[str, ...]:
        """Up to ``n`` names of a layer that look most like ``name``, best first.

        For "did you mean".
        """
        printed = self._index(self._layers[layer, self.details(layer)[0]]).printed
        keys = difflib.get_close_matches(fold(name), printed, n * 3, 0.6)
        return tuple(dict.fromkeys(printed[key] for key in keys))[:n]

    def _index(self, row: LayerRow) -> NameIndex:
        if row.number not in self._indexes:
            index = self._indexes[row.number] = NameIndex()
            query = "select id, properties from feature where id between ? and ?"
            for number, text in self._rows(query, row.first, row.last):
                index.enter(number, _facts(text))
        return self._indexes[row.number]

    def _country_codes(self, country: str) -> frozenset[str]:
        """All codes of the countries that answer to a name or code, upper case."""
        index = self._index(self._layers["country", "10m"])
        numbers = index.coded(country) or index.named(country)
        codes = frozenset[str]().union(*(index.country[n] for n in numbers))
        return codes or frozenset({country.upper()})

    # -- rasters -----------------------------------------------------------------------------------

    def relief(self, bounds: BBox, every: int = 1) -> Raster:
        """Grey shaded relief in unsigned bytes: 128 is level, darker is shade, lighter is light.

        Light comes from the north-west, pixels are 2 minutes (3.7 km along a meridian): good for
        scales smaller than about 1:4 million, and as a soft ground for larger ones. Bounds as for
        :meth:`features`; the raster covers them and ends on whole pixels. ``every`` thins it to one
        pixel, the mean, of so many in each direction; it must divide the tiles (see
        :meth:`thinnings`).
        """
        return self._raster("relief", bounds, every)

    def elevation(self, bounds: BBox, every: int = 1) -> Raster:
        """Height above sea level in metres as floats, not-a-number at sea. Pixels are 5 minutes.

        Heights are known in steps of 28 m: made for tints, not for measuring. Bounds and ``every``
        as for :meth:`relief`, but thinned heights are those of one pixel, so that the sea stays
        sea.
        """
        coded = self._raster("elevation", bounds, every)
        ((scale, offset, sea),) = self._rows(
            "select scale, zero, nodata from raster where name = 'elevation'"
        )
        metres = coded.values.astype(np.float32) * np.float32(scale) + np.float32(offset)
        metres[coded.values == sea] = np.nan
        return replace(coded, values=metres)

    def thinnings(self, name: str) -> tuple[int, ...]:
        """By how many pixels a raster can be thinned, finest first: the divisors of its tiles."""
        ((side,),) = self._rows("select tile from raster where name = ?", name)
        return tuple(n for n in range(1, min(side, 32) + 1) if side % n == 0)

    def _raster(self, name: str, bounds: BBox, every: int) -> Raster:
        ((fine, whole),) = self._rows("select step, tile from raster where name = ?", name)
        if whole % every:
            raise ValueError(f"{name} cannot be thinned by {every}")
        step, side = fine * every, whole // every
        per_degree = 1 / step
        west, south, east, north = bounds
        left = int(np.floor((west + 180) * per_degree + 1e-9))
        right = max(left + 1, int(np.ceil((east + 180) * per_degree - 1e-9)))
        rows = round(180 * per_degree)
        top = min(rows - 1, max(0, int(np.floor((90 - north) * per_degree + 1e-9))))
        bottom = int(np.ceil((90 - south) * per_degree - 1e-9))
        bottom = max(top + 1, min(rows, bottom))
        values = np.empty((bottom - top, right - left), np.uint8)
        around = round(360 * per_degree) // side
        for row in range(top // side, (bottom - 1) // side + 1):
            for column in range(left // side, (right - 1) // side + 1):
                tile = self._tile(name, row, column % around, every)
                y, x = row * side, column * side
                y0, y1 = max(top, y), min(bottom, y + side)
                x0, x1 = max(left, x), min(right, x + side)
                part = tile[y0 - y : y1 - y, x0 - x : x1 - x]
                values[y0 - top : y1 - top, x0 - left : x1 - left] = part
        return Raster(values, left / per_degree - 180, 90 - top / per_degree, step)

    def _tile(self, name: str, row: int, column: int, every: int) -> NDArray[np.uint8]:
        key = (name, row, column, every)
        if key in self._tiles:
            return self._tiles[key]
        ((image,),) = self._rows(
            'select image from raster_tile where name = ? and "row" = ? and "column" = ?',
            *(name, row, column),
        )
        with Image.open(BytesIO(image)) as picture:
            if every == 1:
                tile = np.asarray(picture.convert("L"))
                whole = [kept for kept in self._tiles if kept[-1] == 1]
                for kept in whole[: len(whole) - _KEPT_TILES + 1]:
                    del self._tiles[kept]
            elif name == "relief":
                tile = np.asarray(picture.reduce(every).convert("L"))
            else:
                tile = np.asarray(picture)[every // 2 :: every, every // 2 :: every]
                tile = tile[..., 0] if tile.ndim == 3 else tile
        # Thinned tiles are small, and who has drawn a map draws it again, or its neighbour.
        self._tiles[key] = tile
        return tile


def _fineness(detail: Detail) -> int:
    return int(detail[:-1])


def _facts(text: str) -> Mapping[str, Any]:
    """The properties of a feature; an English name is on file only where it differs."""
    facts: dict[str, Any] = json.loads(text)
    if "name" in facts:
        facts.setdefault("name_en", facts["name"])
    return MappingProxyType(facts)


@cache
def world() -> Atlas:
    """The atlas that comes with the press, opened once in a process."""
    return Atlas()
