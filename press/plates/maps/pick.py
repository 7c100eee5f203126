"""From what an author wrote to geometry: areas and lines by name, by code or from a file."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from press.atlas import Atlas, Detail, Feature, fold
from press.content.model import Area, Extent, Line, Place
from press.plates.drawing import PlateFault
from press.plates.geometry import joined
from press.plates.maps.input import MapInput
from press.plates.maps.layers import LayerError, read_layer
from press.plates.maps.local_names import area_name, country_codes

_AREA_LAYERS = ("country", "admin1", "former")
_LINE_LAYERS = ("former", "disputed")

_SLIVER = 0.002
"""Half the width in degrees of what is left between two courses of one boundary."""

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Picked:
    """What a name stands for: a geometry in degrees, its name, its countries and its layer.

    ``also`` are the layers of what it was cut by.
    """

    geometry: BaseGeometry
    name: str
    countries: frozenset[str] = frozenset()
    layer: str = ""
    faults: tuple[PlateFault, ...] = ()
    also: tuple[str, ...] = ()


def pick_area(
    given: MapInput, index: int, area: Area, near: BaseGeometry, detail: Detail = "10m"
) -> Picked | PlateFault:
    """The area an author chose. Of several that bear a name, those that meet ``near`` are meant.

    ``detail`` is that at which countries are drawn; names are known at the finest. What the area
    is to be ``outside`` of is cut off, and all that is not ``inside`` of what it is to be.
    """
    picked = _whole(given, index, area, near, detail)
    for key in ("outside", "inside"):
        for number, name in enumerate(getattr(area, key)):
            if isinstance(picked, PlateFault):
                return picked
            ground = _ground_of(given, name, area.country, near, ("areas", index, key, number))
            picked = ground if isinstance(ground, PlateFault) else _cut(picked, ground, key, name)
            if isinstance(picked, PlateFault):
                return replace(picked, loc=("areas", index, key, number))
    return picked


def _whole(
    given: MapInput, index: int, area: Area, near: BaseGeometry, detail: Detail
) -> Picked | PlateFault:
    """An area as the atlas or the author's file has it."""
    if area.file:
        named = area.label or area.name or area.legend or area.file
        loc = ("areas", index, "file")
        picked = _from_file(given, area.file, area.layer, loc, named)
        if isinstance(picked, PlateFault) or picked.geometry.area:
            return picked
        hint = "name the file under lines:, or give one with polygons"
        message = f"{area.file} holds no polygons, and an area needs them"
        return PlateFault(loc, "E175", message, hint)
    search = partial(_named, given, area.country, near, detail)
    first = search(area.name, area.iso, ("areas", index, "name" if area.name else "iso"))
    if isinstance(first, PlateFault) or not area.also:
        return first
    parts = [first]
    for further in area.also:
        picked = search(further, None, ("areas", index, "also"))
        if isinstance(picked, PlateFault):
            picked = search(None, further, ("areas", index, "also"))
        if isinstance(picked, PlateFault):
            return picked
        parts.append(picked)
    whole = shapely.union_all([part.geometry for part in parts])
    codes = frozenset[str]().union(*(part.countries for part in parts))
    return Picked(whole, area.label or first.name, codes, first.layer)


def _ground_of(
    given: MapInput, name: str, country: str | None, near: BaseGeometry, loc: Loc
) -> Picked | PlateFault:
    """What a boundary of the atlas encloses, or an area of it, by name or code (E171, E199)."""
    found = pick_boundary(given, name)
    if found is None:
        tried = [
            _named(given, owner, near, "10m", asked, code, loc)
            for owner in dict.fromkeys((country, None))
            for asked, code in ((name, None), (None, name))
        ]
        found = next((one for one in tried if isinstance(one, Picked)), None)
        if found is None:
            faults = (one for one in tried if isinstance(one, PlateFault) and one.code == "E172")
            return next(faults, None) or _unknown_ground(given, name, loc)
    if found.geometry.area:
        return found
    hint = "name an area, or a boundary that closes round a piece of ground"
    return PlateFault(loc, "E199", f"the boundary {name!r} encloses nothing", hint)


def _unknown_ground(given: MapInput, name: str, loc: Loc) -> PlateFault:
    layers = (*_LINE_LAYERS, *_AREA_LAYERS)
    hint = _nearest(given.atlas, name, layers, "give a boundary or an area of the atlas")
    return PlateFault(loc, "E171", f"no boundary or area of the atlas is called {name!r}", hint)


def _cut(picked: Picked, ground: Picked, key: str, name: str) -> Picked | PlateFault:
    """The part of an area outside or inside some ground, without slivers; or why there is none."""
    whole = picked.geometry
    off = whole.difference if key == "outside" else whole.intersection
    left = _without_slivers(off(ground.geometry))
    if not left.area:
        message = f"nothing of {picked.name} lies {key} {name!r}"
        return PlateFault((), "E199", message, f"take {key} out, or name another piece of ground")
    if _without_slivers(whole.difference(left)).area == 0:
        message = f"all of {picked.name} lies {key} {name!r}, and nothing is cut off"
        return PlateFault((), "E199", message, f"take {name!r} from {key}")
    layers = ground.layer if ground.layer not in ("", picked.layer) else ""
    return replace(picked, geometry=left, also=tuple(filter(None, (*picked.also, layers))))


def _without_slivers(geometry: BaseGeometry) -> BaseGeometry:
    """The parts of an area that are wider than two boundaries of one course differ."""
    parts = shapely.get_parts(geometry)
    kept = [part for part in parts if part.area and not part.buffer(-_SLIVER).is_empty]
    return shapely.union_all(kept) if kept else shapely.Polygon()


def _named(
    given: MapInput,
    country: str | None,
    near: BaseGeometry,
    detail: Detail,
    name: str | None,
    iso: str | None,
    loc: Loc,
) -> Picked | PlateFault:
    """E171: an area of the atlas by name or by code, or a country by its name in the language."""
    atlas, language, asked = given.atlas, given.names_language, name or iso or ""
    # Georgia is the country, unless the author says in which country it lies.
    layers = _AREA_LAYERS[1:] + _AREA_LAYERS[:1] if country else _AREA_LAYERS
    for layer in layers:
        levels: list[Detail] = [detail, "10m"] if layer == "country" else ["10m"]
        for level in dict.fromkeys(levels):
            if found := atlas.find(layer, name, iso, country, level):
                return _one_of(found, (asked, name or "", language), loc, near, layer)
    if code := country_codes(language).get(fold(name or "")):
        return _named(given, country, near, detail, None, code, loc)
    hint = _nearest(
        atlas, asked, _AREA_LAYERS, "give a country, a first-level unit or its ISO code"
    )
    return PlateFault(loc, "E171", f"no area of the atlas is called {asked!r}", hint)


def _one_of(
    found: Sequence[Feature], sought: tuple[str, str, str], loc: Loc, near: BaseGeometry, layer: str
) -> Picked | PlateFault:
    """E172: all bearers of a name that lie in one country.

    ``sought`` is what was asked for, the name in it ("" for a code), and the map's language.
    """
    asked, given_name, language = sought
    if len(found) > 1:
        found = [f for f in found if f.geometry.intersects(near)] or found
    owners = {str(f.properties.get("a3", "")) for f in found}
    if len(owners) > 1:
        message = f"{asked!r} is the name of areas in {' and '.join(sorted(owners))}"
        return PlateFault(loc, "E172", message, "add country: with one of these codes")
    name = area_name(found[0], layer, given_name, language)
    geometry = shapely.union_all([f.geometry for f in found])
    return Picked(geometry, name, frozenset(owners), layer)


def pick_line(given: MapInput, index: int, line: Line) -> Picked | PlateFault:
    """The line an author chose: a former unit's outline, a disputed line, or their own (E173)."""
    if line.file:
        loc = ("lines", index, "file")
        return _from_file(given, line.file, line.layer, loc, line.label or line.legend)
    asked = line.name or ""
    if found := pick_boundary(given, asked):
        return found
    otherwise = "the atlas lists its lines in its documentation"
    hint = _nearest(given.atlas, asked, _LINE_LAYERS, otherwise)
    message = f"no line of the atlas is called {asked!r}"
    return PlateFault(("lines", index, "name"), "E173", message, hint)


def pick_boundary(given: MapInput, name: str) -> Picked | None:
    """A disputed or former boundary of the atlas, with what it encloses; None if it has none so."""
    for layer in _LINE_LAYERS if name else ():
        if found := given.atlas.find(layer, name=name):
            geometry = closed(shapely.union_all([f.geometry for f in found]))
            return Picked(geometry, found[0].name, layer=layer)
    return None


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


def layer_faults(given: MapInput) -> Iterator[PlateFault]:
    """What is wrong with the author's own layers, before a map is drawn: E174 to E177, E185."""
    plate, nowhere = given.plate, shapely.Point()
    areas = (
        (("areas", n), pick_area(given, n, area, nowhere))
        for n, area in enumerate(plate.areas)
        if area.file
    )
    lines = ((("lines", n), pick_line(given, n, line))
             for n, line in enumerate(plate.lines) if line.file)  # fmt: skip
    for loc, picked in (*areas, *lines):
        yield from [picked] if isinstance(picked, PlateFault) else picked.faults
        extent = plate.extent
        if isinstance(picked, Picked) and isinstance(extent, Extent):
            room = max(abs(extent.east - extent.west), extent.north - extent.south)
            if not _ground(given).buffer(room).intersects(picked.geometry):
                yield outside(loc, picked.name)


def outside(loc: Loc, name: str) -> PlateFault:
    """E177: an area or a line that the frame does not show."""
    hint = "widen extent, or take the area out"
    return PlateFault(loc, "E177", f"{name} lies outside the frame", hint)


def _ground(given: MapInput) -> BaseGeometry:
    """Where in degrees the map is about to lie: its box, or else around the dossier's places."""
    extent = given.plate.extent
    if isinstance(extent, Extent):
        east = extent.east + (360 if extent.east < extent.west else 0)
        return shapely.box(extent.west, extent.south, east, extent.north)
    around = shapely.MultiPoint(given.points(given.dossier.places)).envelope
    if around.is_empty:
        return around
    west, south, east, north = around.bounds
    return around.buffer(max(1.0, east - west, north - south))


def _is_turned(given: MapInput, geometry: BaseGeometry) -> bool:
    """Whether a layer lies on the map's ground only with latitude and longitude exchanged."""
    ground = _ground(given)
    if ground.is_empty or ground.intersects(geometry):
        return False
    return bool(ground.intersects(shapely.transform(geometry, lambda c: c[:, ::-1])))


def _from_file(given: MapInput, file: str, layer: str, loc: Loc, name: str) -> Picked | PlateFault:
    """E185: the author's own layer; shapes that had to be mended are reported."""
    try:
        read = read_layer(given.files, file, layer)
    except LayerError as error:
        return PlateFault(loc, error.code, error.message, error.hint)
    if _is_turned(given, read.geometry):
        message = f"{file} lies off this map: its latitude and longitude are exchanged"
        hint = "write the longitude first, [2.66, 48.54], or save the layer as GeoJSON again"
        return PlateFault(loc, "E177", message, hint)
    if not read.mended:
        return Picked(read.geometry, name)
    shapes = "1 shape" if read.mended == 1 else f"{read.mended} shapes"
    message = f"{file}: {shapes} with edges that cross; drawn as mended"
    fault = PlateFault(loc, "E185", message, "mend the layer where it was drawn, and look")
    return Picked(read.geometry, name, faults=(fault,))


def lies_outside(place: Place) -> str:
    """That a place lies outside the frame, and where the dossier has it."""
    where = f" (at {place.at.lat:g}, {place.at.lon:g})" if place.at else ""
    return f"{place.name} lies outside the frame{where}"
