"""The atlas: a read-only world base map in one file, read without a network.

``world.sqlite`` lies beside this module. ``make.py`` derives it once from pinned packages and
``SOURCES.md`` says what came from where and under which licence. Everything is WGS 84 longitude and
latitude in degrees; heights are metres.

==============  ================================  ============  ================================
layer           geometry                          detail        properties
==============  ================================  ============  ================================
country         areas                             10m 50m 110m  name name_en a3 iso alternates
                                                                names (10m)
admin1          areas: first-order divisions      10m           name name_en iso a3 country type
                                                                alternates
land            areas                             10m 50m 110m
coast           lines                             10m 50m 110m
country_border  lines, without coasts             10m 50m 110m  left right status
admin1_border   lines, without country borders    10m           a3
                and coasts
lake            areas                             10m 50m 110m  name name_en kind rank
                                                                alternates
river           lines                             10m 50m 110m  name name_en kind rank
                                                                alternates
place           points (Natural Earth)            10m           name name_en a3 capital
                                                                population rank
town            points (GeoNames)                 10m           name ascii country population
                                                                geonameid names alternates
disputed        lines, claims and former borders  10m           name left right
former          areas, divisions of the past      10m           name name_en a3 kind until
                                                                alternates
==============  ================================  ============  ================================

Areas are Polygon or MultiPolygon, lines LineString or MultiLineString, all valid; the areas, lines
and land of one detail share their vertices, so that they agree to the last digit.

``a3`` is the three-letter code of Natural Earth's de facto view, ``iso`` ISO 3166-1 alpha-2 for a
country and ISO 3166-2 for a first-order division, ``rank`` Natural Earth's scale rank (0 is the
most prominent), ``names`` of a town one name for each script of its country and the neighbours, by
ISO 15924 code (``{"Armn": ..., "Cyrl": ...}``), current, former or local as GeoNames lists them,
and ``names`` of a country its name by language; ``alternates`` other names. ``left`` and ``right``
are the a3 codes of the two sides. ``status`` of a border is "international", "disputed", "line of
control" or "indefinite", as Natural Earth sees it. Towns are those of 1,000 inhabitants and more,
and seats of government. Facts that are not known are absent.
"""

from __future__ import annotations

import difflib
import json
import os
import sqlite3
import threading
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image
from shapely.geometry.base import BaseGeometry

from press.atlas import codec

__all__ = [
    "WORLD",
    "Atlas",
    "AtlasError",
    "Credit",
    "Detail",
    "Feature",
    "Raster",
    "fold",
    "unwrap",
]

WORLD = Path(__file__).with_name("world.sqlite")

Bounds = tuple[float, float, float, float]
Detail = Literal["10m", "50m", "110m"]

TOWN_UNITS = 1_000  # per degree: GeoNames is no better than this

# Scale denominators from which Natural Earth means its 1:50m and 1:110m sets to be used.
_COARSER_FROM: tuple[tuple[Detail, float], ...] = (("110m", 60e6), ("50m", 20e6), ("10m", 0.0))
_TURNS = (-360.0, 0.0, 360.0)


class AtlasError(LookupError):
    """The atlas has no such layer, detail or raster; the message says which it has."""


@dataclass(frozen=True)
class Feature:
    """One thing on the map: its properties and its geometry in degrees."""

    layer: str
    id: int
    properties: Mapping[str, Any]
    geometry: BaseGeometry

    @property
    def name(self) -> str:
        """The name in the local language, or an empty string."""
        return str(self.properties.get("name", ""))


@dataclass(frozen=True)
class Credit:
    """What must be printed when a layer is drawn."""

    layer: str
    text: str
    licence: str
    url: str


@dataclass(frozen=True)
class Raster:
    """A grid of pixels in longitude and latitude.

    ``values`` has shape (rows, columns); row 0 is the northernmost. ``west`` and ``north`` are the
    *outer* edges of the first pixel and ``step`` the pixel's side, all in degrees. ``west`` may
    leave [-180, 180] when the bounds asked for did.
    """

    values: NDArray[Any]
    west: float
    north: float
    step: float

    @property
    def bounds(self) -> Bounds:
        """West, south, east and north edges in degrees."""
        rows, columns = self.values.shape
        return (
            self.west,
            self.north - rows * self.step,
            self.west + columns * self.step,
            self.north,
        )

    @property
    def longitudes(self) -> NDArray[np.float64]:
        """Longitude of the centre of each column."""
        columns = np.arange(self.values.shape[1], dtype=np.float64)
        return self.west + (columns + 0.5) * self.step

    @property
    def latitudes(self) -> NDArray[np.float64]:
        """Latitude of the centre of each row, from north to south."""
        rows = np.arange(self.values.shape[0], dtype=np.float64)
        return self.north - (rows + 0.5) * self.step


_FOLDED = str.maketrans(
    {"ə": "a", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "æ": "ae", "œ": "oe"}
    | {"ħ": "h", "ŧ": "t", "ŋ": "n", "-": " ", "_": " ", "/": " "}
    | dict.fromkeys("'’‘ʼʻʹʺ`´.,", None)
)

_PLAIN = str.maketrans(
    {"ə": "a", "Ə": "A", "ı": "i", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D"}
    | {"ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
    | {"ß": "ss", "ħ": "h", "Ħ": "H", "ŧ": "t", "ŋ": "n", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'"}
)


def fold(name: str) -> str:
    """Reduce a name to what searching compares: no accents, no case, no apostrophes, single spaces.

    The Azerbaijani ə becomes a, as in the usual English forms (Zəngilan, Zangilan).
    """
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_FOLDED)
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(bare.split())


def unwrap(geometry: BaseGeometry, about: float) -> BaseGeometry:
    """Bring every part within 180 degrees of the meridian ``about`` and mend the seam at 180.

    A country that straddles the antimeridian is stored in two halves, at -180 and at 180; this puts
    them side by side, so that one end may leave [-180, 180].
    """
    parts = shapely.get_parts(geometry)
    west, _, east, _ = shapely.bounds(parts).T
    turns = np.rint(((west + east) / 2 - about) / 360.0) * -360.0
    if not turns.any():
        return geometry
    moved = [_shifted(part, turn) for part, turn in zip(parts, turns, strict=True)]
    return _joined(moved)


def _shifted(geometry: BaseGeometry, degrees: float) -> BaseGeometry:
    if not degrees:
        return geometry
    return shapely.transform(geometry, lambda c: c + np.array((degrees, 0.0)))


def _seen_from(geometry: BaseGeometry, turns: Sequence[float], bounds: Bounds) -> BaseGeometry:
    """A geometry with each part turned to where the bounds show it, twice if they show it twice.

    A part that lies outside the bounds goes to the side nearer to their middle.
    """
    if len(turns) == 1:
        return _shifted(geometry, turns[0])
    parts = shapely.get_parts(geometry)
    west, south, east, north = bounds
    middle = (west + east) / 2
    copies: list[BaseGeometry] = []
    for part, (x0, y0, x1, y1) in zip(parts, shapely.bounds(parts), strict=True):
        height = y1 >= south and y0 <= north
        shown = [t for t in turns if height and x1 + t >= west and x0 + t <= east]
        near = min(turns, key=lambda turn: abs((x0 + x1) / 2 + turn - middle))
        copies.extend(_shifted(part, turn) for turn in shown or [near])
    return _joined(copies)


def _joined(copies: Sequence[BaseGeometry]) -> BaseGeometry:
    """One geometry from copies that may meet along a meridian."""
    if len(copies) == 1:
        return copies[0]
    joined: BaseGeometry = shapely.union_all(copies)
    if joined.geom_type.endswith("LineString"):
        joined = shapely.line_merge(joined)
    return joined


@dataclass(frozen=True)
class _Layer:
    number: int
    name: str
    detail: Detail
    first: int
    last: int


@dataclass
class _Index:
    """Where names and codes of one layer lead; feature numbers in the order of the file."""

    primary: dict[str, list[int]] = field(default_factory=dict)
    alternate: dict[str, list[int]] = field(default_factory=dict)
    codes: dict[str, list[int]] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    country: dict[int, frozenset[str]] = field(default_factory=dict)


class Atlas:
    """Reads one atlas file. Opens it read-only and again in every process and thread that asks.

    Raises FileNotFoundError when there is no such file.
    """

    def __init__(self, path: Path | str = WORLD) -> None:
        self.path = Path(path)
        if not self.path.is_file():
            raise FileNotFoundError(f"no atlas {self.path.name}; make it with tools/atlas/make.py")
        self._local = threading.local()
        self._indexes: dict[str, _Index] = {}
        self._thinned: dict[tuple[str, int, int, int], NDArray[np.uint8]] = {}
        self._layers = {
            (name, detail): _Layer(number, name, detail, first, last)
            for number, name, detail, first, last in self._rows(
                "select id, name, detail, first, last from layer order by id"
            )
        }

    # -- what there is ---------------------------------------------------------------------------

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of all vector layers."""
        return tuple(dict.fromkeys(name for name, _ in self._layers))

    def details(self, layer: str) -> tuple[Detail, ...]:
        """The levels of detail a layer has, finest first.

        Raises AtlasError for an unknown layer.
        """
        found = tuple(entry.detail for entry in self._layers.values() if entry.name == layer)
        if not found:
            hint = difflib.get_close_matches(layer, self.layers, 1)
            advice = f"; did you mean {hint[0]}?" if hint else f"; it has {', '.join(self.layers)}"
            raise AtlasError(f"the atlas has no layer {layer!r}{advice}")
        return tuple(sorted(found, key=lambda detail: int(detail[:-1])))

    def detail_for(self, layer: str, denominator: float) -> Detail:
        """The level of detail to draw a layer from at a scale of 1 to ``denominator``.

        Steps at 1:20 million and 1:60 million; where the layer lacks that level, the next finer
        one.
        """
        have = self.details(layer)
        wanted = next(detail for detail, least in _COARSER_FROM if denominator >= least)
        finer = [detail for detail in have if int(detail[:-1]) <= int(wanted[:-1])]
        return finer[-1] if finer else have[0]

    def credits(self, layers: Iterable[str]) -> tuple[Credit, ...]:
        """The credits owed for drawing these layers or rasters, in their order, each text once.

        Raises AtlasError for a layer that has no credit on file.
        """
        owed: dict[str, Credit] = {}
        for layer in layers:
            rows = self._rows(
                "select layer, text, licence, url from credit where layer = ? order by rowid", layer
            )
            if not rows:
                raise AtlasError(f"the atlas has no credit for layer {layer!r}")
            for row in rows:
                owed.setdefault(row[1], Credit(*row))
        return tuple(owed.values())

    # -- features --------------------------------------------------------------------------------

    def features(
        self,
        layer: str,
        bounds: Bounds | None = None,
        detail: Detail = "10m",
        keep: Callable[[Mapping[str, Any]], bool] | None = None,
    ) -> Iterator[Feature]:
        """The features of a layer whose extent meets the bounds, in the order of the file.

        ``bounds`` is (west, south, east, north) in degrees and may leave [-180, 180]: what lies on
        the other side of the antimeridian is shifted by whole turns, part by part, and a feature
        that was cut there is mended. A part that is seen twice comes twice. Without bounds, all
        features come as stored. Geometries are whole, not clipped; ``keep`` sees the properties of
        a feature before its geometry is read, and says whether to read it.
        Raises AtlasError for an unknown layer or a level of detail it does not have.
        """
        entry = self._entry(layer, detail)
        if layer == "town":
            towns = self._towns_within(bounds)
            yield from (t for t in towns if keep is None or keep(t.properties))
            return
        if bounds is None:
            ids = np.arange(entry.first, entry.last + 1)
            yield from self._read(entry, ids, keep)
            return
        turns: dict[int, list[float]] = {}
        for turn in _TURNS:
            for number in self._meeting(entry, _moved(bounds, -turn)):
                turns.setdefault(number, []).append(turn)
        for feature in self._read(entry, np.array(sorted(turns), dtype=np.int64), keep):
            geometry = _seen_from(feature.geometry, turns[feature.id], bounds)
            yield Feature(layer, feature.id, feature.properties, geometry)

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
        country. Several features may share a name: the caller must ask which. Raises AtlasError for
        an unknown layer or level of detail, ValueError when nothing is asked.
        """
        if name is None and iso is None and country is None:
            raise ValueError("say which name, ISO code or country to find")
        entry = self._entry(layer, detail)
        within = self._country_codes(country) if country is not None else None
        if layer == "town":
            return tuple(self._towns_named(name, iso, within))
        index = self._index(entry)
        numbers: list[int] | None = None
        if name is not None:
            key = fold(name)
            numbers = index.primary.get(key) or index.alternate.get(key, [])
        if iso is not None:
            coded = index.codes.get(iso.upper(), [])
            numbers = coded if numbers is None else [n for n in numbers if n in set(coded)]
        if numbers is None:
            numbers = list(index.country)
        if within is not None:
            numbers = [n for n in numbers if index.country[n] & within]
        return tuple(self._read(entry, np.array(sorted(set(numbers)), dtype=np.int64)))

    def nearest_names(self, layer: str, name: str, n: int = 3) -> tuple[str, ...]:
        """Up to ``n`` names of a layer that look most like ``name``, best first.

        For "did you mean". Raises AtlasError for an unknown layer.
        """
        printed = self._printed_names(layer)
        keys = difflib.get_close_matches(fold(name), printed, n * 3, 0.6)
        return tuple(dict.fromkeys(printed[key] for key in keys))[:n]

    # -- rasters ---------------------------------------------------------------------------------

    def relief(self, bounds: Bounds, every: int = 1) -> Raster:
        """Grey shaded relief in unsigned bytes: 128 is level, darker is shade, lighter is light.

        Light comes from the north-west, pixels are 2 minutes (3.7 km along a meridian): good for
        scales smaller than about 1:4 million, and as a soft ground for larger ones. Bounds as for
        :meth:`features`; the raster covers them and ends on whole pixels. ``every`` thins it to one
        pixel, the mean, of so many in each direction; it must divide the tiles (see
        :meth:`thinnings`).
        """
        return self._raster("relief", bounds, every)

    def elevation(self, bounds: Bounds, every: int = 1) -> Raster:
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
        return Raster(metres, coded.west, coded.north, coded.step)

    # -- inside ----------------------------------------------------------------------------------

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

    def _entry(self, layer: str, detail: str) -> _Layer:
        for entry in self._layers.values():
            if entry.name == layer and entry.detail == detail:
                return entry
        raise AtlasError(
            f"layer {layer!r} has no detail {detail!r}; it has {', '.join(self.details(layer))}"
        )

    def _meeting(self, entry: _Layer, bounds: Bounds) -> list[int]:
        west, south, east, north = bounds
        if west > 180 or east < -180:
            return []
        rows = self._rows(
            "select id from extent where layer_low <= ? and layer_high >= ?"
            " and east >= ? and west <= ? and north >= ? and south <= ?",
            entry.number,
            entry.number,
            west,
            east,
            south,
            north,
        )
        return list(dict.fromkeys(number % codec.NEXT_EXTENT for (number,) in rows))

    def _read(
        self,
        entry: _Layer,
        ids: NDArray[np.int64],
        keep: Callable[[Mapping[str, Any]], bool] | None = None,
    ) -> Iterator[Feature]:
        found = self._rows(
            "select id, properties, shape from feature"
            " where id in (select value from json_each(?)) order by id",
            json.dumps(ids.tolist()),
        )
        rows = [(number, _facts(text), shape) for number, text, shape in found]
        if keep is not None:
            rows = [row for row in rows if keep(row[1])]
        if not rows:
            return
        shapes = codec.skeletons([shape for _, _, shape in rows])
        used = [np.abs(shape.references) for shape in shapes]
        arc_ids = np.unique(np.concatenate(used)) if used else np.empty(0, np.int64)
        arcs = self._rows(
            "select path from arc where id in (select value from json_each(?)) order by id",
            json.dumps(arc_ids.tolist()),
        )
        geometries = codec.assemble(shapes, arc_ids, [path for (path,) in arcs])
        for (number, properties, _), geometry in zip(rows, geometries, strict=True):
            yield Feature(entry.name, number, properties, geometry)

    def _index(self, entry: _Layer) -> _Index:
        key = f"{entry.name} {entry.detail}"
        if key not in self._indexes:
            index = _Index()
            for number, text in self._rows(
                "select id, properties from feature where id between ? and ?",
                entry.first,
                entry.last,
            ):
                _enter(index, number, _facts(text))
            self._indexes[key] = index
        return self._indexes[key]

    def _printed_names(self, layer: str) -> dict[str, str]:
        if layer == "town":
            return {fold(town.name): town.name for town in self._towns_within(None)}
        return self._index(self._entry(layer, self.details(layer)[0])).printed

    def _country_codes(self, country: str) -> frozenset[str]:
        """All codes of the countries that answer to a name or code, upper case."""
        index = self._index(self._entry("country", "10m"))
        numbers = index.codes.get(country.upper()) or index.primary.get(fold(country))
        numbers = numbers or index.alternate.get(fold(country), [])
        codes = [index.country[n] for n in numbers]
        return frozenset().union(*codes) if codes else frozenset({country.upper()})

    # -- towns are packed by cell: see make.py -------------------------------------------------

    def _towns_within(self, bounds: Bounds | None) -> Iterator[Feature]:
        if bounds is None:
            for (data,) in self._rows("select data from town order by cell"):
                yield from _towns(data)
            return
        for turn in _TURNS:
            west, south, east, north = _moved(bounds, -turn)
            if west > 180 or east < -180:
                continue
            for (data,) in self._rows(
                "select data from town where west <= ? and east >= ? and south <= ?"
                " and north >= ? order by cell",
                east,
                west,
                north,
                south,
            ):
                for town in _towns(data, (west, south, east, north)):
                    moved = _shifted(town.geometry, turn)
                    yield Feature("town", town.id, town.properties, moved)

    def _towns_named(
        self, name: str | None, iso: str | None, within: frozenset[str] | None
    ) -> list[Feature]:
        wanted = fold(name) if name is not None else None
        first: list[Feature] = []
        second: list[Feature] = []
        for countries, data in self._rows("select countries, data from town order by cell"):
            here = frozenset(countries.split())
            if within is not None and not here & within:
                continue
            if iso is not None and iso.upper() not in here:
                continue
            for town in _towns(data):
                facts = town.properties
                if within is not None and facts["country"] not in within:
                    continue
                if iso is not None and facts["country"] != iso.upper():
                    continue
                if wanted is None or wanted in (fold(facts["name"]), fold(facts["ascii"])):
                    first.append(town)
                elif wanted in map(fold, (*facts["names"].values(), *facts["alternates"])):
                    second.append(town)
        found = first or second
        return sorted(found, key=lambda town: -int(town.properties["population"]))

    def thinnings(self, name: str) -> tuple[int, ...]:
        """By how many pixels a raster can be thinned, finest first: the divisors of its tiles."""
        ((side,),) = self._rows("select tile from raster where name = ?", name)
        return tuple(n for n in range(1, min(side, 32) + 1) if side % n == 0)

    def _raster(self, name: str, bounds: Bounds, every: int) -> Raster:
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
                values[y0 - top : y1 - top, x0 - left : x1 - left] = tile[
                    y0 - y : y1 - y, x0 - x : x1 - x
                ]
        return Raster(values, left / per_degree - 180, 90 - top / per_degree, step)

    def _tile(self, name: str, row: int, column: int, every: int) -> NDArray[np.uint8]:
        key = (name, row, column, every)
        if key in self._thinned:
            return self._thinned[key]
        ((image,),) = self._rows(
            'select image from raster_tile where name = ? and "row" = ? and "column" = ?',
            name,
            row,
            column,
        )
        with Image.open(BytesIO(image)) as picture:
            if every == 1:
                return np.asarray(picture.convert("L"))
            if name == "relief":
                tile = np.asarray(picture.reduce(every).convert("L"))
            else:
                tile = np.asarray(picture)[every // 2 :: every, every // 2 :: every]
                tile = tile[..., 0] if tile.ndim == 3 else tile
        # Thinned tiles are small, and those who draw the world draw it again.
        self._thinned[key] = tile
        return tile


def _moved(bounds: Bounds, degrees: float) -> Bounds:
    west, south, east, north = bounds
    return west + degrees, south, east + degrees, north


def _facts(text: str) -> Mapping[str, Any]:
    """The properties of a feature; an English name is on file only where it differs."""
    facts: dict[str, Any] = json.loads(text)
    if "name" in facts:
        facts.setdefault("name_en", facts["name"])
    return MappingProxyType(facts)


def _enter(index: _Index, number: int, facts: Mapping[str, Any]) -> None:
    for name in filter(None, (facts.get("name"), facts.get("name_en"))):
        _append(index.primary, fold(name), number)
        index.printed.setdefault(fold(name), name)
    for name in facts.get("alternates", ()):
        _append(index.alternate, fold(name), number)
        index.printed.setdefault(fold(name), name)
    codes = [facts[key].upper() for key in ("iso", "a3") if facts.get(key)]
    for code in codes:
        _append(index.codes, code, number)
    sides = (facts.get(key) for key in ("iso", "a3", "country", "left", "right"))
    index.country[number] = frozenset(code.upper() for code in sides if code)


def _plain(name: str) -> str:
    """A name in letters of the English alphabet, as far as taking off marks gives them."""
    if name.isascii():
        return name
    bare = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    return "".join(c for c in bare if not unicodedata.combining(c))


def _append(entries: dict[str, list[int]], key: str, number: int) -> None:
    found = entries.setdefault(key, [])
    if number not in found:
        found.append(number)


def _towns(data: bytes, bounds: Bounds | None = None) -> Iterator[Feature]:
    """Unpack one cell of towns; with bounds, only those inside (edges included)."""
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
        name = cell["name"][n]
        facts = {
            "name": name,
            "ascii": _plain(name),
            "country": cell["country"][n],
            "population": cell["population"][n],
            "geonameid": ids[n],
            "names": cell["names"].get(str(n), {}),
            "alternates": cell["alternates"].get(str(n), []),
        }
        yield Feature("town", ids[n], MappingProxyType(facts), points[n])
