"""References between the files: every id that is used is given to something, and only once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Annotated, get_args, get_origin

from pydantic import BaseModel

from press import locale
from press.base.finding import FEW, Remark, did_you_mean
from press.content import kinds, model
from press.content.load import Loaded
from press.content.walk import each, walk
from press.content.yaml import Loc


def unknown_references(loaded: Loaded) -> Iterator[Remark]:
    """E201: an id is used that nothing has."""
    for file, loc, value in walk(loaded):
        for wanted, ident, step in references_of(value):
            there = [loaded.declared[kind] for kind in wanted]
            if None in there or any(ident in ids for ids in there if ids):
                continue
            known = sorted(frozenset[str]().union(*filter(None, there)))
            hint = _remedy(ident, wanted, known)
            message = f"no {locale.listed(wanted, 'en', 'or')} has id {ident!r}"
            yield loaded.at(file, *loc, *step), message, hint


def _remedy(ident: str, wanted: tuple[str, ...], known: list[str]) -> str:
    """The nearest ids, all where there are few, or where to add one."""
    listed = f"there are {', '.join(known)}" if 0 < len(known) <= FEW else ""
    if ident.isdigit() and wanted == ("source",):
        return f'if it is a page, write it with its source, in quotes: "id-of-it, {ident}"'
    if near := did_you_mean(ident, known):
        return f"{near} {listed[:1].upper()}{listed[1:]}".strip()
    homes = [kinds.HOMES[kind].name for kind in wanted]
    hint = f"add it to {locale.listed(homes, 'en', 'or')}, or correct the id"
    return f"{hint}; {listed}" if listed else hint


References = Iterator[tuple[tuple[str, ...], str, Loc]]


def references_of(value: BaseModel) -> References:
    """(kinds that it may be of, id, steps to it) of each reference that ``value`` itself makes."""
    for name, wanted, listed in _referring(type(value)):
        given = getattr(value, name)
        if listed and isinstance(given, tuple):
            yield from ((wanted, ident, (name, index)) for index, ident in enumerate(given))
        elif given and not listed:
            yield wanted, given, (name,)


@cache
def _referring(schema: type[BaseModel]) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """(field, kinds that it refers to, whether it is a list of ids) of each such field."""
    return tuple(
        (name, *found)
        for name, info in schema.model_fields.items()
        for found in _refers(info.annotation, info.metadata)
    )


def _refers(
    annotation: object, metadata: Iterable[object] = ()
) -> Iterator[tuple[tuple[str, ...], bool]]:
    yield from ((mark.kinds, False) for mark in metadata if isinstance(mark, model.Refers))
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        yield from _refers(inner, marks)
    elif get_origin(annotation) is tuple:
        yield from dict.fromkeys(
            (found, True) for inner in get_args(annotation) for found, _ in _refers(inner)
        )
    else:
        yield from (found for inner in get_args(annotation) for found in _refers(inner))


def duplicate_ids(loaded: Loaded) -> Iterator[Remark]:
    """E202: two things of one kind have the same id, so a reference would be ambiguous."""
    for file, kind in ((kinds.HOMES[name].name, kind) for name, kind in kinds.KINDS.items()):
        data = loaded.parsed[file].data if file in loaded.parsed else None
        if kind.key and isinstance(data, dict):
            yield from _duplicates(loaded, file, kind.key, data.get(kind.key))


def _duplicates(loaded: Loaded, file: str, key: str, items: object) -> Iterator[Remark]:
    first: dict[str, int] = {}
    for index, item in enumerate(items if isinstance(items, list) else ()):
        ident = item.get("id") if isinstance(item, dict) else None
        if not isinstance(ident, str):
            continue
        line, column = loaded.parsed[file].locate((key, index, "id"))
        if ident in first:
            at = loaded.snapshot.place(file), line, column
            yield at, f"id {ident!r} is taken (line {first[ident]})", "give each entry its own id"
        first.setdefault(ident, line)


def source_as_place(loaded: Loaded) -> Iterator[Remark]:
    """E023: the place in a source is the id of another source.

    Why: Behind the comma stands the page. A second source there would be printed as a page of the
        first, and cited nowhere.
    Wrong: sources: dewaal, hrw
    Right: sources: [dewaal, hrw]
    Remedy: Put several sources in brackets.
    """
    sources = loaded.declared["source"] or frozenset()
    for at, cite in each(loaded, model.Cite):
        parts = [part.strip(" @") for part in re.split(r"[,;؛]|\s(?:and|und|et)\s", cite.at)]
        if cite.at and any(part in sources and not part.isdigit() for part in parts):
            entries = [cite.source]
            for part in parts:
                entries[-1:] = (
                    [entries[-1], part] if part in sources else [f"{entries[-1]}, {part}"]
                )
            listed = ", ".join(f'"{entry}"' if "," in entry else entry for entry in entries)
            hint = f"put several sources in brackets: [{listed}]"
            yield at(), f"{cite.at!r} stands as the page in {cite.source!r}", hint
