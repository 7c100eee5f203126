"""From what an author wrote to geometry: areas and lines by name, by code or from a file."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from press.atlas import Atlas, Detail, Feature
from press.content.model import Area, Line
from press.plates.drawing import Fault
from press.plates.layers import LayerError, read_layer
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
    faults: tuple[Fault, ...] = ()


def pick_area(
    atlas: Atlas,
    area: Area,
    index: int,
    files: Mapping[str, bytes],
    near: BaseGeometry,
    detail: Detail = "10m",
) -> Picked | Fault:
    """The area an author chose. Of several that bear a name, those that meet ``near`` are meant.

    ``detail`` is that at which countries are drawn; names are known at the finest.
    """
    if area.file:
        named = area.label or area.name or area.legend or area.file
        return _from_file(files, area.file, area.layer, ("areas", index, "file"), named)
    first = _named(atlas, area, index, area.name, area.iso, near, detail)
    if isinstance(first, Fault) or not area.also:
        return first
    parts = [first]
    for further in area.also:
        picked = _named(atlas, area, index, further, None, near, detail, "also")
        if isinstance(picked, Fault):
            picked = _named(atlas, area, index, None, further, near, detail, "also")
        if isinstance(picked, Fault):
            return picked
        parts.append(picked)
    whole = shapely.union_all([part.geometry for part in parts])
    codes = frozenset[str]().union(*(part.countries for part in parts))
    return Picked(whole, area.label or first.name, codes, first.layer)


def _named(
    atlas: Atlas,
    area: Area,
    index: int,
    name: str | None,
    iso: str | None,
    near: BaseGeometry,
    detail: Detail,
    field: str = "",
) -> Picked | Fault:
    """An area of the atlas by name or by code."""
    asked = name or iso or ""
    loc = ("areas", index, field or ("name" if name else "iso"))
    # Georgia is the country, unless the author says in which country it lies.
    layers = _AREA_LAYERS[1:] + _AREA_LAYERS[:1] if area.country else _AREA_LAYERS
    for layer in layers:
        level = detail if layer == "country" else "10m"
        found = atlas.find(layer, name=name, iso=iso, country=area.country, detail=level)
        if not found and level != "10m":
            found = atlas.find(layer, name=name, iso=iso, country=area.country)
        if found:
            return _one_of(found, asked, loc, near, layer)
    return Fault(
        loc,
        "E171",
        f"no area of the atlas is called {asked!r}",
        _nearest(atlas, asked, _AREA_LAYERS, "give a country, a first-level unit or its ISO code"),
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
        )
    geometry = shapely.union_all([f.geometry for f in found])
    first = found[0].properties
    name = str(first.get("name_en") or first.get("name") or asked)
    return Picked(geometry, name, frozenset(owners), layer)


def pick_line(atlas: Atlas, line: Line, index: int, files: Mapping[str, bytes]) -> Picked | Fault:
    """The line an author chose: a former unit's outline, a disputed line, or their own."""
    if line.file:
        loc = ("lines", index, "file")
        return _from_file(files, line.file, line.layer, loc, line.label or line.legend)
    asked = line.name or ""
    for layer in _LINE_LAYERS:
        found = atlas.find(layer, name=asked) if asked else ()
        if found:
            geometry = closed(shapely.union_all([f.geometry for f in found]))
            return Picked(geometry, found[0].name, frozenset(), layer)
    hint = _nearest(atlas, asked, _LINE_LAYERS, "the atlas lists its lines in its documentation")
    message = f"no line of the atlas is called {asked!r}"
    return Fault(("lines", index, "name"), "E173", message, hint)


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
    files: Mapping[str, bytes], file: str, layer: str, loc: tuple[str | int, ...], name: str
) -> Picked | Fault:
    """The author's own layer; shapes that had to be mended are reported."""
    try:
        read = read_layer(files, file, layer)
    except LayerError as error:
        return Fault(loc, error.code, error.message, error.hint)
    faults = []
    if read.mended:
        shapes = "1 shape" if read.mended == 1 else f"{read.mended} shapes"
        message = f"{file}: {shapes} with edges that cross; drawn as mended"
        faults.append(Fault(loc, "E185", message, "mend the layer where it was drawn, and look"))
    return Picked(read.geometry, name, frozenset(), "", tuple(faults))
