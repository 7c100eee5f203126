"""References between the files: every id that is used is given to something, and only once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from pydantic import BaseModel

from press.base.finding import Finding, did_you_mean
from press.checks.walk import walk
from press.content import model
from press.content.load import Loaded
from press.content.yaml import Loc

HOME = {
    "events": ("event", "chronology.yaml"),
    "categories": ("category", "chronology.yaml"),
    "places": ("place", "gazetteer.yaml"),
    "sources": ("source", "sources.yaml"),
    "terms": ("term", "glossary.yaml"),
    "images": ("image", "images/images.yaml"),
    "tables": ("table", "tables/"),
    "plates": ("plate", "plates.yaml"),
    "things": ("event, place or term", "chronology.yaml, gazetteer.yaml or glossary.yaml"),
}


def unknown_references(loaded: Loaded) -> Iterator[Finding]:
    """E201: an id is used that nothing has."""
    known = {
        **loaded.declared,
        "tables": frozenset(_table_names(loaded)),
        "things": _together(loaded, "events", "places", "terms"),
    }
    for file, loc, value in walk(loaded):
        for kind, ident, step in references_of(value):
            there = known[kind]
            if there is None or ident in there:
                continue
            noun, home = HOME[kind]
            hint = did_you_mean(ident, there, f"add it to {home}, or correct the id")
            yield loaded.finding(file, (*loc, *step), "E201", f"no {noun} has id {ident!r}", hint)


def _together(loaded: Loaded, *kinds: str) -> frozenset[str] | None:
    """The ids of several kinds of things; None where one of their files cannot be read."""
    found = [loaded.declared[kind] for kind in kinds]
    return None if None in found else frozenset().union(*(ids for ids in found if ids))


def _table_names(loaded: Loaded) -> Iterator[str]:
    for name in loaded.snapshot.files:
        if name.startswith("tables/"):
            yield PurePosixPath(name).stem


Found = Iterator[tuple[str, str, Loc]]


def references_of(value: BaseModel) -> Found:
    """(kind of thing, its id, steps to the id) for each reference that ``value`` itself makes."""
    for kind, names in _FIELDS.get(type(value), {}).items():
        for name in names:
            yield from _each(kind, name, getattr(value, name))
    if isinstance(value, model.Ref):
        for kind, names in _FACTS.items():
            for name in names:
                yield from _each(kind, name, getattr(value, name))


def _each(kind: str, name: str, given: object) -> Found:
    """The ids in one field: a text, a tuple of texts, or nothing; ``show: events`` is no id."""
    if isinstance(given, tuple):
        yield from ((kind, str(ident), (name, index)) for index, ident in enumerate(given))
    elif given and name != "show":
        yield kind, str(given), (name,)


_FIELDS: Mapping[type[BaseModel], Mapping[str, tuple[str, ...]]] = {
    model.Cite: {"sources": ("source",)},
    model.Event: {"categories": ("category",), "places": ("places",), "events": ("after",)},
    model.Map: {"places": ("show", "hide")},
    model.Timeline: {"events": ("show",)},
    model.Area: {"events": ("event",)},
    model.Arrow: {"places": ("through",), "events": ("event",)},
    model.Line: {"places": ("through",), "events": ("event",)},
    model.LabelOffset: {"places": ("place",)},
    model.Question: {"events": ("order",), "things": ("about",)},
    model.Reading: {"things": ("about",)},
    model.Worksheet: {"plates": ("map",), "places": ("label",)},
}
_FACTS: Mapping[str, tuple[str, ...]] = {
    "events": ("event", "span"),
    "places": ("place", "places"),
    "terms": ("term",),
    "categories": ("category",),
    "tables": ("rows",),
}
"""The fields that hold ids, for each model: the kind of thing, and the names of the fields."""


def duplicate_ids(loaded: Loaded) -> Iterator[Finding]:
    """E202: two things of one kind have the same id, so a reference would be ambiguous."""
    lists = {
        "chronology.yaml": ("events", "categories", "phases"),
        "gazetteer.yaml": ("places",),
        "facts.yaml": ("subjects",),
        "infobox.yaml": ("rows",),
        "sources.yaml": ("sources",),
        "glossary.yaml": ("terms",),
        "plates.yaml": ("plates",),
        "images/images.yaml": ("images",),
        "questions.yaml": ("questions",),
        "index.yaml": ("entries",),
    }
    for file, keys in lists.items():
        data = loaded.parsed[file].data if file in loaded.parsed else None
        for key in keys:
            items = data.get(key) if isinstance(data, dict) else None
            first: dict[str, int] = {}
            for index, item in enumerate(items if isinstance(items, list) else ()):
                ident = item.get("id") if isinstance(item, dict) else None
                if not isinstance(ident, str):
                    continue
                line, column = loaded.parsed[file].locate((key, index, "id"))
                if ident in first:
                    message = f"id {ident!r} is taken (line {first[ident]})"
                    yield Finding(
                        loaded.snapshot.place(file), line, column, "E202", message,
                        "give each entry its own id",
                    )  # fmt: skip
                first.setdefault(ident, line)
