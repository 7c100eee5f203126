"""References between the files: every id that is used is given to something, and only once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from pydantic import BaseModel

from press import model
from press.checks.walk import walk
from press.finding import Finding, did_you_mean
from press.load import Loaded
from press.yamltext import Loc

HOME = {
    "events": ("event", "chronology.yaml"),
    "categories": ("category", "chronology.yaml"),
    "places": ("place", "gazetteer.yaml"),
    "sources": ("source", "sources.yaml"),
    "terms": ("term", "glossary.yaml"),
    "images": ("image", "images/images.yaml"),
    "tables": ("table", "tables/"),
}


def unknown_references(loaded: Loaded) -> Iterator[Finding]:
    """E201: an id is used that nothing has."""
    known = {**loaded.declared, "tables": frozenset(_table_names(loaded))}
    for file, loc, value in walk(loaded):
        for kind, ident, step in _references(value):
            there = known[kind]
            if there is None or ident in there:
                continue
            noun, home = HOME[kind]
            hint = did_you_mean(ident, there, f"add it to {home}, or correct the id")
            yield loaded.finding(file, (*loc, *step), "E201", f"no {noun} has id {ident!r}", hint)


def _table_names(loaded: Loaded) -> Iterator[str]:
    for name in loaded.snapshot.files:
        if name.startswith("tables/"):
            yield PurePosixPath(name).stem


def _references(value: BaseModel) -> Iterator[tuple[str, str, Loc]]:
    """(kind of thing, its id, steps to the id) for each reference that ``value`` itself makes."""
    match value:
        case model.Cite():
            yield "sources", value.source, ("source",)
        case model.Event():
            yield "categories", value.category, ("category",)
            yield from (("places", p, ("places", i)) for i, p in enumerate(value.places))
        case model.Map():
            yield from (("places", p, ("hide", i)) for i, p in enumerate(value.hide))
            if isinstance(value.show, tuple):
                yield from (("places", p, ("show", i)) for i, p in enumerate(value.show))
        case model.Timeline():
            if isinstance(value.show, tuple):
                yield from (("events", e, ("show", i)) for i, e in enumerate(value.show))
        case model.Area():
            if value.event:
                yield "events", value.event, ("event",)
        case model.Arrow():
            yield from (("places", p, ("through", i)) for i, p in enumerate(value.through))
            if value.event:
                yield "events", value.event, ("event",)
        case model.Nudge():
            yield "places", value.place, ("place",)
    if isinstance(value, model.Ref):
        yield from _facts(value)


def _facts(value: model.Ref) -> Iterator[tuple[str, str, Loc]]:
    if value.event:
        yield "events", value.event, ("event",)
    if value.span:
        yield from (("events", e, ("span", i)) for i, e in enumerate(value.span))
    if value.place:
        yield "places", value.place, ("place",)
    yield from (("places", p, ("places", i)) for i, p in enumerate(value.places))
    if value.term:
        yield "terms", value.term, ("term",)
    if value.category:
        yield "categories", value.category, ("category",)
    if value.rows:
        yield "tables", value.rows, ("rows",)


def duplicate_ids(loaded: Loaded) -> Iterator[Finding]:
    """E202: two things of one kind have the same id, so a reference would be ambiguous."""
    lists = {
        "chronology.yaml": ("events", "categories", "phases"),
        "gazetteer.yaml": ("places",),
        "sources.yaml": ("sources",),
        "glossary.yaml": ("terms",),
        "plates.yaml": ("plates",),
        "images/images.yaml": ("images",),
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
