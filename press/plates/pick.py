"""From what an author wrote to geometry: areas and lines by name, by code or from a file."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from press.atlas import Atlas, Feature
from press.finding import did_you_mean
from press.model import Area, Line
from press.plates.drawing import Fault
from press.plates.shapes import joined

_AREA_LAYERS = ("country", "admin1", "former")
_LINE_LAYERS = ("former", "disputed")


@dataclass(frozen=True)
class Picked:
    """What a name stands for: a geometry in degrees, its name, its countries and its layer."""

    geometry: BaseGeometry
    name: str
    countries: frozenset[str]
    layer: str


def pick_area(
    atlas: Atlas, area: Area, index: int, files: Mapping[str, bytes], near: BaseGeometry
) -> Picked | Fault:
    """The area an author chose. Of several that bear a name, those that meet ``near`` are meant."""
    if area.file:
        geometry = _from_file(files, area.file, ("areas", index, "file"))
        if isinstance(geometry, Fault):
            return geometry
        return Picked(geometry, area.label or area.name or area.file, frozenset(), "")
    asked = area.name or area.iso or ""
    loc = ("areas", index, "name" if area.name else "iso")
    # Georgia is the country, unless the author says in which country it lies.
    layers = _AREA_LAYERS[1:] + _AREA_LAYERS[:1] if area.country else _AREA_LAYERS
    for layer in layers:
        found = atlas.find(layer, name=area.name, iso=area.iso, country=area.country)
        if found:
            return _one_of(found, asked, loc, near, layer)
    return Fault(
        loc,
        "E171",
        f"no area of the atlas is called {asked!r}",
        _nearest(atlas, asked, _AREA_LAYERS, "give a country, a first-level unit or its ISO code"),
        "error",
    )


def _one_of(
    found: Sequence[Feature],
    asked: str,
    loc: tuple[str | int, ...],
    near: BaseGeometry,
    layer: str,
) -> Picked | Fault:
    if len(found) > 1:
        here = [f for f in found if f.geometry.intersects(near)]
        found = here or found
    owners = {str(f.properties.get("a3", "")) for f in found}
    if len(owners) > 1:
        return Fault(
            loc,
            "E172",
            f"{asked!r} is the name of areas in {' and '.join(sorted(owners))}",
            "add country: with one of these codes",
            "error",
        )
    geometry = shapely.union_all([f.geometry for f in found])
    first = found[0].properties
    name = str(first.get("name_en") or first.get("name") or asked)
    return Picked(geometry, name, frozenset(owners), layer)


def pick_line(atlas: Atlas, line: Line, index: int, files: Mapping[str, bytes]) -> Picked | Fault:
    """The line an author chose: a former unit's outline, a disputed line, or their own."""
    if line.file:
        geometry = _from_file(files, line.file, ("lines", index, "file"))
        if isinstance(geometry, Fault):
            return geometry
        return Picked(geometry, line.label or line.legend, frozenset(), "")
    asked = line.name or ""
    for layer in _LINE_LAYERS:
        found = atlas.find(layer, name=asked) if asked else ()
        if found:
            geometry = closed(shapely.union_all([f.geometry for f in found]))
            return Picked(geometry, found[0].name, frozenset(), layer)
    hint = _nearest(atlas, asked, _LINE_LAYERS, "the atlas lists its lines in its documentation")
    message = f"no line of the atlas is called {asked!r}"
    return Fault(("lines", index, "name"), "E173", message, hint, "error")


def closed(geometry: BaseGeometry, gap: float = 0.006) -> BaseGeometry:
    """The area that lines enclose, if ends no more than ``gap`` degrees apart are taken as one.

    Boundaries come in pieces that just miss each other. What encloses nothing comes back as it was.
    """
    pieces = joined([geometry])
    if not pieces:
        return geometry
    ends = shapely.points([c for line in pieces for c in (line.coords[0], line.coords[-1])])
    bridges = [
        shapely.LineString([one, other])
        for one, other in itertools.combinations(ends, 2)
        if 0 < one.distance(other) <= gap
    ]
    inside = shapely.union_all(list(polygonize(shapely.union_all([*pieces, *bridges]))))
    return inside if inside.area > 0 else geometry


def _nearest(atlas: Atlas, asked: str, layers: Iterable[str], otherwise: str) -> str:
    names = [name for layer in layers for name in atlas.nearest_names(layer, asked)]
    return f"did you mean {' or '.join(dict.fromkeys(names))}?" if names else otherwise


def _from_file(
    files: Mapping[str, bytes], name: str, loc: tuple[str | int, ...]
) -> BaseGeometry | Fault:
    """The shapes of a GeoJSON file (RFC 7946: WGS 84, longitude first)."""
    if name not in files:
        hint = did_you_mean(name, files, "name a file of this dossier, like plates/front.geojson")
        return Fault(loc, "E174", f"there is no file {name!r}", hint, "error")
    try:
        data = json.loads(files[name].decode("utf-8-sig"))
        geometry = shapely.union_all(
            [shapely.make_valid(shape(g)) for g in _geometries(data) if g is not None]
        )
    except (ValueError, KeyError, TypeError, AttributeError, ShapelyError) as error:
        reason = str(error).splitlines()[0].lower() if str(error) else "it is not GeoJSON"
        hint = "save the layer as GeoJSON (RFC 7946) in WGS 84"
        return Fault(loc, "E175", f"{name} cannot be read: {reason}", hint, "error")
    if geometry.is_empty:
        return Fault(loc, "E175", f"{name} holds no shapes", "save a layer with features", "error")
    west, south, east, north = geometry.bounds
    if min(south, west + 270) < -90 or max(north, east - 270) > 90 or east > 360:
        hint = "reproject the layer to WGS 84 (EPSG:4326) and save it again"
        return Fault(loc, "E176", f"{name} is not in degrees", hint, "error")
    return geometry


def _geometries(data: Any) -> list[Any]:
    """The geometries of a GeoJSON object. Raises KeyError or TypeError where it is none."""
    match data["type"]:
        case "FeatureCollection":
            return [feature["geometry"] for feature in data["features"]]
        case "Feature":
            return [data["geometry"]]
        case _:
            return [data]
