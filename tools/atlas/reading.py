"""Reads the formats of the source packages and mends the encoding of their names."""

from __future__ import annotations

import importlib
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry


def mended(text: Any) -> str:
    """A name from a source, stripped, UTF-8 that was read as Latin-1 read again; "" for none."""
    if not isinstance(text, str):
        return ""
    text = text.strip().strip("\0")
    for wrong in ("latin-1", "cp1252"):
        try:
            again = text.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
        return unicodedata.normalize("NFC", again)
    return unicodedata.normalize("NFC", text)


def is_broken(text: str) -> bool:
    """Whether a name shows signs of lost letters: control characters, question marks, U+FFFD."""
    return bool(re.search("[\x00-\x1f\x7f-\x9f\ufffd?]|[ÃÂÐÑ][\xa0-\xbf]", text))


def shapefile(path: Path, encoding: str) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Records (keys in lower case) and geometries of a shapefile; null shapes left out."""
    reader = importlib.import_module("shapefile").Reader(str(path), encoding=encoding)
    for record in reader.iterShapeRecords():
        if record.shape.shapeType:
            facts = {key.lower(): value for key, value in record.record.as_dict().items()}
            yield facts, shape(record.shape.__geo_interface__)


def geopackage(path: Path, layer: str) -> Iterator[tuple[dict[str, Any], BaseGeometry]]:
    """Records and geometries of one layer of a GeoPackage (OGC 12-128r18, section 2.1.3)."""
    with sqlite3.connect(path) as source:
        source.row_factory = sqlite3.Row
        query = f"select * from {layer} order by fid"  # noqa: S608 - our own constant
        for row in source.execute(query):
            facts = dict(row)
            blob = facts.pop("geom")
            envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
            yield facts, shapely.from_wkb(blob[8 + envelope :])


def known(facts: dict[str, Any]) -> dict[str, Any]:
    """Only the facts that say something: an English name where it differs from the local one."""
    return {
        key: value
        for key, value in facts.items()
        if value not in (None, "", [], {}) and not (key == "name_en" and value == facts["name"])
    }
