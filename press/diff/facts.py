"""What the data of two states say differently: by address, old and new, and where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from press.content import kinds
from press.content.load import Loaded
from press.content.yaml import Loc
from press.diff.change import Change

LISTS: Mapping[tuple[str, str], str] = {
    (kinds.HOMES[name].name, kind.key): name
    for name, kind in kinds.KINDS.items()
    if kind.key and name != "row"
}
"""The kind of thing that each list of a file holds, but for rows, which have labels."""


Fields = Mapping[str, tuple[str, Loc]]
"""The values of a thing in words, and where they stand in its file, by field."""


def changes(old: Loaded, new: Loaded) -> tuple[Change, ...]:
    """Every difference between the YAML files of two states, file by file, in order of address.

    What is printed the same is no difference: comments, quotes, order of keys, line breaks.
    """
    files = sorted({*old.parsed, *new.parsed})
    return tuple(change for file in files for change in _changed(file, old, new))


def _changed(file: str, old: Loaded, new: Loaded) -> Iterator[Change]:
    before, after = _things(file, old), _things(file, new)
    for kind, name in dict.fromkeys((*before, *after)):
        was, now = before.get((kind, name)), after.get((kind, name))
        if was is not None and now is not None:
            for field, (a, here), (b, there) in _differing(was, now):
                address = f"{name}.{field}" if name and field else name or field
                places = (_place(old, file, here), _place(new, file, there))
                yield Change(kind, address, a, b, places, inside=True)
        elif was or now:
            # A thing that is new or gone is one change, told by its first words.
            places = (_place(old, file, _home(was)), _place(new, file, _home(now)))
            yield Change(kind, name, _summary(was), _summary(now), places)


Value = tuple[str, Loc | None]


def _differing(was: Fields, now: Fields) -> Iterator[tuple[str, Value, Value]]:
    """Field, old and new value of all that is not the same."""
    before, after = _whole(was, now), _whole(now, was)
    for field in dict.fromkeys((*before, *after)):
        old, new = before.get(field, ("", None)), after.get(field, ("", None))
        if old[0] != new[0]:
            yield field, old, new


def _whole(own: Fields, other: Fields) -> Fields:
    """``own`` fields, with those drawn together of which the other side has no part at all."""
    there = {_branch(field) for field in other}
    found: dict[str, tuple[str, Loc]] = {}
    for field, (value, loc) in own.items():
        branch = _branch(field)
        if branch in there or branch == field:
            found[field] = (value, loc)
        else:
            drawn, first = found.get(branch, ("", loc))
            found[branch] = (f"{drawn}; {value}" if drawn else value, first)
    return found


def _branch(field: str) -> str:
    """The part of a thing that a field belongs to: ``names[az]``, ``facts.height``, ``at``."""
    first, dot, rest = field.partition(".")
    if first == "facts" and dot:
        return f"facts.{re.split(r'[.[]', rest)[0]}"
    return first


def _place(loaded: Loaded, file: str, loc: Loc | None) -> str:
    """File and line of ``loc``; empty where there is none."""
    if loc is None:
        return ""
    line, _ = loaded.parsed[file].locate(loc)
    return f"{loaded.snapshot.place(file)}:{line}"


def _home(thing: Fields | None) -> Loc | None:
    """Where a thing itself stands: list and number, or one key."""
    if not thing:
        return None
    _, loc = next(iter(thing.values()))
    return loc[: 2 if len(loc) > 1 and isinstance(loc[1], int) else 1]


_TITLES = ("title", "name", "term", "label", "question", "caption", "note", "value", "text")
"""The fields of which one says what a thing is, the best first."""


def _summary(thing: Fields | None) -> str:
    """What a thing is called, and what it says first; empty where there is none."""
    if not thing:
        return ""
    values = {field: value for field, (value, _) in thing.items() if value}
    called = next((values[field] for field in _TITLES if field in values), "")
    words = ", ".join(filter(None, (values.get("date"), called)))
    return words or next(iter(values.values()), "…")


# -- one file as things, and their fields --------------------------------------------------------


def _things(file: str, loaded: Loaded) -> Mapping[tuple[str, str], Fields]:
    """The fields of everything that a file tells by (kind, name); its own have the name ""."""
    data = loaded.parsed[file].data if file in loaded.parsed else None
    return dict(_listed(file, data)) if isinstance(data, dict) else {}


def _listed(file: str, data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Fields]]:
    own = file.removesuffix(".yaml").rpartition("/")[2]
    kind = "table" if file.startswith("tables/") else own
    stem = own if kind == "table" else ""
    rest: dict[str, Any] = {}
    for key, value in data.items():
        listed = LISTS.get((file, key))
        rows = key in ("rows", "columns", "revisions", "attributions") or listed
        if rows and isinstance(value, list):
            for name, number, item in _named(value):
                what = listed or (kind if key == "rows" else f"{kind} {key}")
                label = name if listed or kind != "table" else f"{stem}, {key[:-1]} {name}"
                yield (what, label), dict(_fields(item, (key, number), ""))
        else:
            rest[key] = value
    yield (kind, stem), dict(_fields(rest, (), ""))


def _named(items: Sequence[Any]) -> Iterator[tuple[str, int, Any]]:
    """(name, number, item) of the items of a list: by id, label or first words, else by number."""
    taken: set[str] = set()
    for number, item in enumerate(items):
        name = str(number + 1)
        if isinstance(item, dict):
            found = next((item[k] for k in ("id", "key", "label", "what", "date") if k in item), "")
            first = next((v for v in item.values() if isinstance(v, str)), "")
            name = str(found) if isinstance(found, str) and found else first[:60] or name
        while name in taken:
            name += "′"
        taken.add(name)
        yield name, number, item


def _fields(value: Any, loc: Loc, field: str) -> Iterator[tuple[str, tuple[str, Loc]]]:
    """Every value inside, in words; lists of words are one value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _fields(inner, (*loc, key), f"{field}.{key}" if field else str(key))
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for name, number, item in _named(value):
            yield from _fields(item, (*loc, number), f"{field}[{name}]")
    elif isinstance(value, list):
        yield field, (", ".join(" ".join(str(item).split()) for item in value), loc)
    elif value is not None:
        yield field, (" ".join(str(value).split()), loc)
