"""What a set of keys lacks, as lines of YAML that can be pasted into it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from press import dates
from press.base.collation import LETTERS
from press.base.finding import FEW
from press.content.model import Coordinates, Value
from press.content.shapes import choices_in, fields_of, models_in
from press.content.source_text import Loc
from press.content.yaml import Parsed

FILL = "…"
"""What stands where a text is to be filled in."""
_SAMPLES = {
    "west": "5", "south": "45", "east": "10", "north": "48", "lat": "48.858", "lon": "2.294",
    "language": "en", "code": "W329", "type": "book", "at": "48.858, 2.294",
    "url": "https://www.example.org", "doi": "10.1000/182", "category": "general", "key": "name",
    "extent": "{west: 5, south: 45, east: 10, north: 48}",
    "through": "[id-of-a-place, id-of-another]",
}  # fmt: skip
"""Values of the right form, by key, where the model alone does not say enough."""
DAY = "1900-08-23"
NEAR = 40
"""Entries before and behind one that are asked for a likely value: of thousands, not each."""
_LETTERS = str.maketrans(dict(LETTERS))
_NAMED = ("name", "title", "label", "term", "question", "caption", "file")


def lacking(model: type[BaseModel], given: Iterable[str]) -> tuple[str, ...]:
    """The keys that must be there and are not, in the order of the model."""
    there = {key.replace("_", "-") for key in given}
    fields = fields_of(model)
    one_of = getattr(model, "one_of", ())
    wanted = {key for key, info in fields.items() if info.is_required()} - there
    if one_of and not there & set(one_of):
        wanted.add(one_of[0])
    return tuple(key for key in fields if key in wanted)


def block(
    model: type[BaseModel], keys: Iterable[str], parsed: Parsed, loc: Loc, indent: int
) -> str:
    """Lines that give ``keys`` to the set of keys at ``loc``, as far indented as it is."""
    lines = (_line(model, key, parsed, loc) for key in keys)
    return "\n".join(" " * indent + line for line in lines)


def in_braces(model: type[BaseModel], keys: Iterable[str], parsed: Parsed, loc: Loc) -> str:
    """The same for a set of keys in braces, on one line."""
    lines = (_line(model, key, parsed, loc).split("  # ")[0] for key in keys)
    return ", ".join(lines)


def _line(model: type[BaseModel], key: str, parsed: Parsed, loc: Loc) -> str:
    info = fields_of(model)[key]
    value = _own(model, key, parsed, loc) or sample(model, key)
    choices = choices_in(info.annotation)
    note = f"  # {', '.join(choices)}" if 1 < len(choices) <= FEW else ""
    if is_date(info) and key != "issued":
        note = "  # 1900, 1900-08, 1900-08-23, or 1900~ for about"
    return f"{key}: {value}{note}"


def _own(model: type[BaseModel], key: str, parsed: Parsed, loc: Loc) -> str:
    """A value that fits what stands around: an id after the name, or what a neighbour has."""
    here = parsed.value(loc)
    if key == "id":
        return _ident(here if isinstance(here, dict) else {}, _neighbours(parsed, loc), loc)
    if key == "categories":
        return _categories(parsed)
    if key == "events" and (known := _category_ids(parsed)):
        return sample(model, key).replace("category: general", f"category: {known[0]}")
    if key == "rows" and "columns" in fields_of(model):
        column = next(_listed(parsed, "columns", "key"), "name")
        return f"[{{{column}: {FILL}}}]"
    if key == "category" and (known := _category_ids(parsed)):
        return known[0]
    info = fields_of(model)[key]
    if is_date(info) or choices_in(info.annotation) or _is_id(info):
        for neighbour in _neighbours(parsed, loc):
            if isinstance(value := neighbour.get(key), str) and fits(info, value):
                return value
    return ""


def fits(info: FieldInfo, value: str) -> bool:
    """Whether a field that takes dates, choices or ids can take ``value``."""
    if is_date(info):
        try:
            dates.parse(value)
        except dates.DateError:
            return False
        return True
    choices = choices_in(info.annotation)
    return value in choices if choices else bool(re.fullmatch(r"[a-z0-9][a-z0-9-]*", value))


def _neighbours(parsed: Parsed, loc: Loc) -> Iterator[Mapping[str, Any]]:
    """The entries before and behind the one at ``loc``, those that are near."""
    if not loc or not isinstance(here := loc[-1], int):
        return
    around = parsed.value(loc[:-1])
    for index in range(max(here - NEAR, 0), here + NEAR) if isinstance(around, list) else ():
        if index != here and index < len(around) and isinstance(around[index], dict):
            yield around[index]


def _listed(parsed: Parsed, name: str, key: str) -> Iterator[str]:
    """The ids behind ``key`` in the entries of a list of the file, each once."""
    texts = dict.fromkeys(parsed.listed.get((name, key), ()))
    yield from (text for text in texts if re.fullmatch(r"[a-z0-9][a-z0-9-]*", text))


def _category_ids(parsed: Parsed) -> list[str]:
    """The ids that the categories of the file have, or will have once they are added."""
    labels = (slug_of(label) for label in parsed.listed.get(("categories", "label"), ()))
    return [*_listed(parsed, "categories", "id")] or [ident for ident in labels if ident]


def _categories(parsed: Parsed) -> str:
    """A category for each that the events of the file name."""
    idents = list(_listed(parsed, "events", "category")) or ["general"]
    signs = ("circle", "square", "triangle", "diamond", "cross", "ring", "bar", "star")
    each = (
        f"{{id: {ident}, label: {ident.replace('-', ' ').capitalize()}, sign: {signs[n % 8]}}}"
        for n, ident in enumerate(idents)
    )
    return f"[{', '.join(each)}]"


def _ident(here: Mapping[str, Any], neighbours: Iterable[Mapping[str, Any]], loc: Loc) -> str:
    """An id after the name of a thing, which no neighbour has."""
    name = next((here[key] for key in _NAMED if isinstance(here.get(key), str)), "")
    place = int(str(loc[-1])) + 1 if loc and isinstance(loc[-1], int) else 1
    ident = slug_of(name)[:40].strip("-") or f"entry-{place}"
    taken = {entry.get("id") for entry in neighbours}
    return ident if ident not in taken else f"{ident}-{place}"


def slug_of(text: str) -> str:
    """Small letters, digits and hyphens that are like ``text``."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def sample(model: type[BaseModel], key: str) -> str:
    """A value of the form that ``key`` takes in ``model``, as it is written on one line."""
    info = fields_of(model)[key]
    if key == "issued" and "rights" in fields_of(model):
        return date.today().isoformat()  # noqa: DTZ011 the author's own day
    if is_date(info):
        return DAY
    if key in _SAMPLES and (key != "at" or Coordinates in models_in(info.annotation)):
        return _SAMPLES[key]
    if choices := choices_in(info.annotation):
        return choices[0]
    listed = "tuple[" in str(info.annotation)
    if inner := next(models_in(info.annotation), None):
        return _sample_of(inner, listed, "Mapping[" in str(info.annotation))
    if info.annotation in (int, float, bool) or bool in get_args(info.annotation):
        return "true" if info.annotation is bool else "1"
    if _is_id(info):
        return f"[{_id_like(key)}]" if listed else _id_like(key)
    return f"[{FILL}]" if listed else FILL


def _sample_of(model: type[BaseModel], listed: bool, mapped: bool) -> str:
    if model.__name__ in ("Cite", "Entry"):
        return "id-of-a-source" if model.__name__ == "Cite" else FILL
    keys = lacking(model, ())
    inner = ", ".join(f"{key}: {sample(model, key)}" for key in keys)
    inner = f"{{{inner}}}" if issubclass(model, Value) and inner else FILL
    if mapped:
        inner = f"{{name-of-it: {inner}}}"
    return f"[{inner}]" if listed else inner


def _id_like(key: str) -> str:
    return "entry-1" if key == "id" else f"id-of-{key.removesuffix('s')}"


def is_date(info: FieldInfo) -> bool:
    """Whether the field takes a date."""
    return "dates.date.Date" in str(info.annotation)


def _is_id(info: FieldInfo) -> bool:
    """Whether the field takes an id or another word of small letters and hyphens."""
    marks = f"{info.annotation} {info.metadata}"
    return "Refers(" in marks or "a-z0-9-" in marks
