"""Credits in the atlas, and SOURCES.md beside it: what came from where, under which licence."""

from __future__ import annotations

from pathlib import Path

from tools.atlas import corrections
from tools.atlas.layers import Writer
from tools.atlas.packages import PACKAGES

HERE = Path(__file__).parent

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
