"""What the data of two states say differently: by address, old and new, and where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from press.content import coverage, kinds
from press.content.load import Loaded
from press.content.yaml import Loc

LISTS: Mapping[tuple[str, str], str] = {
    (kinds.HOMES[name].name, kind.key): name
    for name, kind in kinds.KINDS.items()
    if kind.key and name != "row"
}
"""The kind of thing that each list of a file holds, but for rows, which have labels."""


@dataclass(frozen=True)
class Change:
    """One difference: ``old`` is empty for what is new, ``new`` for what is gone.

    ``kind`` is event, place, source, infobox …; ``address`` names the thing and the field in it;
    ``places`` are file and line in the old and in the new state, "" where it is not there;
    ``inside`` says that both states have the thing, and only a field of it differs.
    """

    kind: str
    address: str
    old: str
    new: str
    places: tuple[str, str] = ("", "")
    inside: bool = False

    @property
    def what(self) -> str:
        """``added``, ``removed`` or ``changed``, said of the thing itself."""
        if self.inside or (self.old and self.new):
            return "changed"
        return "added" if self.new else "removed"


Fields = Mapping[str, tuple[str, Loc]]
"""Values and where they stand, by field."""
Leaf = tuple[str, str, Loc]
"""Address, value in words, and where it stands in its file."""


def changes(old: Loaded, new: Loaded) -> tuple[Change, ...]:
    """Every difference between the YAML files of two states, file by file, in order of address.

    What is printed the same is no difference: comments, quotes, order of keys, line breaks.
    """
    found: list[Change] = []
    for file in sorted({*old.parsed, *new.parsed}):
        found.extend(_changed(file, old, new))
    return tuple(found)


def _changed(file: str, old: Loaded, new: Loaded) -> Iterator[Change]:
    sides = []
    for loaded in (old, new):
        parsed = loaded.parsed.get(file)
        sides.append(dict(_things(file, parsed.data)) if parsed else {})
    before, after = sides
    for key in dict.fromkeys((*before, *after)):
        kind, name = key
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            # A thing that is new or gone is one change, told by its first words.
            side, loaded = (now, new) if now is not None else (was, old)
            if not side:
                continue
            said = _summary(side)
            place = _place(loaded, file, side[0][2][: _depth(side[0][2])])
            if now is not None:
                yield Change(kind, name, "", said, ("", place))
            else:
                yield Change(kind, name, said, "", (place, ""))
            continue
        yield from _fields(file, kind, name, (was, now), (old, new))


def _fields(
    file: str,
    kind: str,
    name: str,
    leaves: tuple[Sequence[Leaf], Sequence[Leaf]],
    sides: tuple[Loaded, Loaded],
) -> Iterator[Change]:
    was, now = ({field: (value, loc) for field, value, loc in side} for side in leaves)
    before, after = _whole(was, now), _whole(now, was)
    for field in dict.fromkeys((*before, *after)):
        old, new = before.get(field, ("", None)), after.get(field, ("", None))
        if old[0] == new[0]:
            continue
        address = f"{name}.{field}" if name and field else name or field
        places = tuple(
            _place(loaded, file, loc) if loc is not None else ""
            for loaded, (_, loc) in zip(sides, (old, new), strict=True)
        )
        yield Change(kind, address, old[0], new[0], (places[0], places[1]), inside=True)


def _whole(own: Fields, other: Fields) -> Fields:
    """``own`` fields, with those drawn together of which the other side has no part at all."""
    there = {_branch(field) for field in other}
    found: dict[str, tuple[str, Loc]] = {}
    for field, (value, loc) in own.items():
        branch = _branch(field)
        if branch in there or branch == field:
            found[field] = (value, loc)
        elif branch in found:
            found[branch] = (f"{found[branch][0]}; {value}", found[branch][1])
        else:
            found[branch] = (value, loc)
    return found


def _branch(field: str) -> str:
    """The part of a thing that a field belongs to: ``names[az]``, ``facts.height``, ``at``."""
    first, dot, rest = field.partition(".")
    if first == "facts" and dot:
        return f"facts.{re.split(r'[.[]', rest)[0]}"
    return first


def _place(loaded: Loaded, file: str, loc: Loc) -> str:
    line, _ = loaded.parsed[file].locate(loc)
    return f"{loaded.snapshot.place(file)}:{line}"


def _depth(loc: Loc) -> int:
    """How many steps lead to the thing itself: list and number, or one key."""
    return 2 if len(loc) > 1 and isinstance(loc[1], int) else 1


def _summary(side: Sequence[Leaf]) -> str:
    """What a thing is called, and what it says first."""
    by_field = {field: value for field, value, _ in side}
    told = ("title", "name", "term", "label", "question", "caption", "note", "value", "text")
    words = [by_field[field] for field in told if by_field.get(field)]
    date = by_field.get("date", "")
    words = [date, *words[:1]] if date else words[:1]
    return ", ".join(filter(None, words)) or next((value for _, value, _ in side if value), "…")


# -- one file as things, and their fields as leaves ----------------------------------------------


def _things(file: str, data: Any) -> Iterator[tuple[tuple[str, str], list[Leaf]]]:
    """((kind, name), leaves) of everything that a file tells; its own fields have the name ""."""
    if not isinstance(data, dict):
        return
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
                yield (what, label), list(_leaves(item, (key, number), ""))
        else:
            rest[key] = value
    yield (kind, stem), list(_leaves(rest, (), ""))


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


def _leaves(value: Any, loc: Loc, field: str) -> Iterator[Leaf]:
    """Every value inside, in words; lists of words are one value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*loc, key), f"{field}.{key}" if field else str(key))
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for name, number, item in _named(value):
            yield from _leaves(item, (*loc, number), f"{field}[{name}]")
    elif isinstance(value, list):
        yield field, ", ".join(" ".join(str(item).split()) for item in value), loc
    elif value is not None:
        yield field, " ".join(str(value).split()), loc


# -- words -------------------------------------------------------------------------------------

Piece = tuple[str, str]
"""``same``, ``old`` or ``new``, and the words."""
LONGEST = 4_000
"""Words up to which two texts are compared word by word."""


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts as one run of pieces: what stayed, what went, and what came."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > LONGEST:
        return tuple((what, text) for what, text in (("old", old), ("new", new)) if text)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", " ".join(before[a:b])))
            continue
        if b > a:
            pieces.append(("old", " ".join(before[a:b])))
        if d > c:
            pieces.append(("new", " ".join(after[c:d])))
    return tuple(pieces)


# -- coverage ----------------------------------------------------------------------------------


def rests_on(loaded: Loaded) -> str:
    """The line that says how many facts have sources."""
    dossier = loaded.dossier
    return coverage.line(coverage.coverage(dossier), "en")
