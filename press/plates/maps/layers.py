"""The author's own layers: GeoJSON, shapefiles and GeoPackages, read from memory.

Everything comes back in WGS 84 longitude and latitude in degrees. A layer in another coordinate
system is reprojected where the file says which; where it does not and its numbers are no degrees,
it is refused. Shapes that cross themselves are mended, and counted.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
import struct
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import shapefile  # type: ignore[import-untyped]
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from press.base.finding import did_you_mean
from press.plates.geometry import valid

_ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of a GeoPackage geometry's envelope by its kind (OGC 12-128r19, 2.1.3)."""
_MOST_SHAPES = 50_000
_MOST_POINTS = 2_000_000
"""What a page cannot show in a hundred times its size; more only takes time and memory."""
_CRS = re.compile(
    r"EPSG:\d{1,6}|urn:ogc:def:crs:[\w.:-]+|https?://www\.opengis\.net/def/crs/[\w./-]+"
    r"|\s*(?:PROJCS|GEOGCS|PROJCRS|GEODCRS|GEOGCRS|COMPD_CS|COMPOUNDCRS|BOUNDCRS)\[.*",
    re.DOTALL | re.IGNORECASE,
)
"""How a file may name its coordinate system: never as what could name another file to PROJ."""
_FILES = re.compile(r"PARAMETERFILE|EXTENSION|nadgrids|grids=|\+init|file=", re.IGNORECASE)
_SQL_STEPS = 20_000_000
"""Steps of SQLite's machine, in all: a file's own views could go on for ever."""
_BROKEN = (
    shapefile.PossiblyCorruptFileHeader, shapefile.ShapefileException, sqlite3.Error, struct.error,
    ShapelyError, ValueError, KeyError, IndexError, TypeError, AttributeError,
)  # fmt: skip
"""What readers raise for files that are not what they should be."""


class LayerError(ValueError):
    """A layer that cannot be used: a stable code, what is wrong, and the remedy."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


@dataclass(frozen=True)
class LayerShapes:
    """All shapes of a layer as one geometry in degrees, and how many had to be mended."""

    geometry: BaseGeometry
    mended: int = 0


def read_layer(files: Mapping[str, bytes], name: str, layer: str = "") -> LayerShapes:
    """The shapes of ``name`` among the dossier's files; ``layer`` chooses one of a GeoPackage.

    Raises LayerError: E174 no such file or layer, E175 it cannot be read or is empty, E176 it is
    not in degrees and does not say in what.
    """
    if name not in files:
        hint = did_you_mean(name, files, "name a file of this dossier, like plates/front.geojson")
        raise LayerError("E174", f"there is no file {name!r}", hint)
    if not files[name].strip():
        hint = "save the layer again with its shapes, or take it out of plates.yaml"
        raise LayerError("E175", f"{name} is empty", hint)
    match PurePosixPath(name).suffix.lower():
        case ".shp":
            shapes, crs = _shapefile(files, name)
        case ".gpkg":
            shapes, crs = _geopackage(files[name], name, layer)
        case _:
            shapes, crs = _geojson(files[name], name)
    if all(s.is_empty for s in shapes):
        raise _empty(name)
    points = int(shapely.get_num_coordinates(shapes).sum())
    if len(shapes) > _MOST_SHAPES or points > _MOST_POINTS:
        hint = f"simplify it to {_MOST_SHAPES:,} shapes and {_MOST_POINTS:,} points or fewer"
        message = f"{name} has {len(shapes):,} shapes of {points:,} points"
        raise LayerError("E175", message, hint)
    shapes = [_in_degrees(s, crs) for s in shapes]
    _check_degrees(name, shapes)
    mended = sum(not s.is_valid for s in shapes)
    return LayerShapes(shapely.union_all([valid(s) for s in shapes]), mended)


def _empty(name: str) -> LayerError:
    return LayerError("E175", f"{name} holds no shapes", "save a layer with features")


def _in_degrees(geometry: BaseGeometry, crs: CRS | None) -> BaseGeometry:
    geometry = shapely.force_2d(geometry)
    if crs is None:
        return geometry
    transformer = Transformer.from_crs(crs, CRS.from_epsg(4326), always_xy=True)
    return shapely.transform(
        geometry, lambda c: np.column_stack(transformer.transform(c[:, 0], c[:, 1]))
    )


def _check_degrees(name: str, shapes: Sequence[BaseGeometry]) -> None:
    points = shapely.get_coordinates(shapes)
    if not np.isfinite(points).all():
        hint = "save the layer again; each point is two plain numbers, longitude and latitude"
        raise LayerError("E175", f"{name} holds a coordinate that is no number", hint)
    fine = (np.abs(points) <= (360.0, 90.0)).all()
    if not fine:
        hint = (
            "save it with its coordinate system (a .prj file beside a shapefile), or reproject it"
            " to WGS 84 (EPSG:4326)"
        )
        raise LayerError("E176", f"{name} is not in degrees", hint)


@contextmanager
def _reading(name: str, kind: str) -> Iterator[None]:
    """Reading a file that should be of this kind: what breaks is a LayerError (E175)."""
    try:
        yield
    except LayerError:
        raise
    except (*_BROKEN, RecursionError) as error:
        otherwise = f"it is not {kind.partition(' (')[0]}"
        reason = str(error).splitlines()[0].lower() if str(error) else otherwise
        if isinstance(error, RecursionError):
            reason = "it is nested too deep"
        reason = "it takes too long" if reason == "interrupted" else reason
        message, hint = f"{name} cannot be read: {reason}", f"save the layer as {kind} again"
        raise LayerError("E175", message, hint) from None


def _known_crs(name: str, text: str) -> CRS | None:
    """The coordinate system that a file names; None for WGS 84 longitude and latitude."""
    try:
        if not _CRS.fullmatch(text) or _FILES.search(text) or len(text) > 20_000:
            raise CRSError(text[:40])
        crs = CRS.from_user_input(text)
    except CRSError:
        hint = "reproject the layer to WGS 84 (EPSG:4326) and save it again"
        message = f"{name} is in a coordinate system that is not known"
        raise LayerError("E176", message, hint) from None
    plain = crs.to_epsg() == 4326 or "CRS84" in text
    return None if plain else crs


def _geojson(raw: bytes, name: str) -> tuple[list[BaseGeometry], CRS | None]:
    """RFC 7946 is WGS 84; the ``crs`` member of the 2008 format is heeded where there is one."""
    if raw.count(b"[") > _MOST_POINTS:  # each point is a list; to read more takes half a minute
        hint = f"simplify it to {_MOST_POINTS:,} points or fewer"
        raise LayerError("E175", f"{name} has more than {_MOST_POINTS:,} points", hint)
    with _reading(name, "GeoJSON (RFC 7946) in WGS 84"):
        data = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
        found = [shape(g) for g in _geometries(data) if g is not None]
        named = data.get("crs")
        return found, _known_crs(name, str(named["properties"]["name"])) if named else None


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number")


def _geometries(data: Any) -> list[Any]:
    """The geometries of a GeoJSON object. Raises KeyError or TypeError where it is none."""
    match data["type"]:
        case "FeatureCollection":
            return [feature["geometry"] for feature in data["features"]]
        case "Feature":
            return [data["geometry"]]
        case _:
            return [data]


def _shapefile(files: Mapping[str, bytes], name: str) -> tuple[list[BaseGeometry], CRS | None]:
    """A ``.shp`` with the ``.prj`` beside it, where there is one; attributes are not needed."""
    with _reading(name, "a shapefile"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # A file shorter than it says has lost shapes; pyshp reads what is left.
        warnings.simplefilter("error", shapefile.PossiblyCorruptFileHeader)
        shapes = shapefile.Reader(shp=io.BytesIO(files[name])).iterShapes()
        found = [shape(s.__geo_interface__) for s in shapes if s.shapeType != shapefile.NULL]
    stem = name[: -len(".shp")]
    projection = files.get(f"{stem}.prj") or files.get(f"{stem}.PRJ")
    if projection is None:
        return found, None
    return found, _known_crs(name, projection.decode("utf-8", "replace").strip())


def _geopackage(raw: bytes, name: str, layer: str) -> tuple[list[BaseGeometry], CRS | None]:
    """One layer of a GeoPackage (OGC 12-128r19), opened in memory and never written."""
    with _reading(name, "a GeoPackage"), closing(sqlite3.connect(":memory:")) as connection:
        if not raw.startswith(b"SQLite format 3\0"):
            raise ValueError
        _bound(connection)
        connection.deserialize(raw)
        connection.execute("pragma trusted_schema = off")
        connection.execute("pragma query_only = on")
        tables = connection.execute(
            "select c.table_name, g.column_name, g.srs_id from gpkg_contents c"
            " join gpkg_geometry_columns g on g.table_name = c.table_name"
            " where c.data_type = 'features' order by c.table_name"
        ).fetchall()
        table, column, srs = _chosen(tables, name, layer)
        rows = connection.execute(
            f'select "{_quoted(column)}" from "{_quoted(table)}" limit {_MOST_SHAPES + 1}'  # noqa: S608 - names of the file's own tables, quoted
        )
        found = [_unpacked(blob) for (blob,) in rows if blob is not None]
        crs = connection.execute(
            "select organization, organization_coordsys_id, definition from gpkg_spatial_ref_sys"
            " where srs_id = ?",
            (srs,),
        ).fetchone()
    if crs is None or srs in (0, -1):
        return found, None
    organization, number, definition = crs
    epsg = str(organization).upper() == "EPSG"
    return found, _known_crs(name, f"EPSG:{number}" if epsg else str(definition))


def _bound(connection: sqlite3.Connection) -> None:
    """Keeps a stranger's database to plain reading: nothing attached, nothing for ever."""
    for kind, most in (
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_LENGTH, 30_000_000),
        (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50),
        (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 10),
        (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ):
        connection.setlimit(kind, most)
    steps = iter(range(_SQL_STEPS // 10_000))
    connection.set_progress_handler(lambda: next(steps, None) is None, 10_000)


def _chosen(tables: Iterable[tuple[str, str, int]], name: str, layer: str) -> tuple[str, str, int]:
    by_name = {str(table): (str(table), str(column), int(srs)) for table, column, srs in tables}
    if layer in by_name:
        return by_name[layer]
    if layer:
        hint = did_you_mean(layer, by_name, f"it has {', '.join(by_name)}")
        raise LayerError("E174", f"{name} has no layer {layer!r}", hint)
    if len(by_name) == 1:
        return next(iter(by_name.values()))
    if not by_name:
        raise _empty(name)
    hint = f"add layer: with one of {', '.join(by_name)}"
    raise LayerError("E174", f"{name} has {len(by_name)} layers", hint)


def _quoted(name: str) -> str:
    return name.replace('"', '""')


def _unpacked(blob: bytes) -> BaseGeometry:
    """A geometry from its GeoPackage binary: a header, an envelope of known length, then WKB."""
    if blob[:2] != b"GP":
        raise ValueError("a geometry has no GeoPackage header")
    kind = (blob[3] >> 1) & 0b111
    return shapely.from_wkb(blob[8 + _ENVELOPES[kind] :])
