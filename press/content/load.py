"""Stage 1: a content folder becomes a Dossier, or every finding at once."""

from __future__ import annotations

import re
import types
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from press.base.finding import ContentError, Finding, Place, did_you_mean
from press.content import model, yaml
from press.content.model import Chapter, Dossier, Value
from press.content.snapshot import Snapshot
from press.content.yaml import Loc, Parsed

_CHAPTER = re.compile(r"^chapters/(\d{2})-([a-z0-9][a-z0-9-]*)\.md$")
_TABLE = re.compile(r"^tables/([a-z0-9][a-z0-9-]*)\.yaml$")
_PICTURE = re.compile(r"^images/[^/]+\.(png|jpe?g|webp|gif)$", re.IGNORECASE)
_DATA = re.compile(r"^(layers|images|plates)/.+\.(geojson|json|shp|shx|dbf|prj|cpg|gpkg|txt|md)$")

EMPTY: Mapping[str, Value] = {
    "chronology.yaml": model.Chronology.model_construct(categories=(), phases=(), events=()),
    "gazetteer.yaml": model.Gazetteer.model_construct(places=(), note=""),
    "facts.yaml": model.Facts(),
    "sources.yaml": model.Sources.model_construct(sources=(), note=""),
    "glossary.yaml": model.Glossary(),
    "plates.yaml": model.Plates(),
    "images/images.yaml": model.Images(),
    "questions.yaml": model.Questions(),
}
"""What stands for a file that a dossier does without."""

_UNTITLED = model.Meta.model_construct(title="", language="en", span=None, attributions=())
"""Stands in for a broken dossier.yaml while the other files are checked against each other."""


@dataclass(frozen=True, eq=False)
class Loaded:
    """A dossier, where each thing was written, and what is wrong with it so far."""

    dossier: Dossier
    snapshot: Snapshot
    parsed: Mapping[str, Parsed]
    declared: Mapping[str, frozenset[str] | None]
    kept: Mapping[tuple[str, str], tuple[int, ...]]
    findings: tuple[Finding, ...] = field(default=())

    def at(self, file: str, *loc: Hashable, key: bool = False) -> Place:
        """Where ``loc`` of the dossier's value from ``file`` was written, or its key."""
        loc = self.written_at(file, loc)
        line, column = self.parsed[file].locate(loc, key) if file in self.parsed else (0, 0)
        return self.snapshot.place(file), line, column

    def finding(
        self, file: str, loc: Loc, code: str, message: str, hint: str = "", key: bool = False
    ) -> Finding:
        """A finding at ``loc`` of the dossier's value from ``file``."""
        return Finding(*self.at(file, *loc, key=key), code, message, hint)

    def written_at(self, file: str, loc: Loc) -> Loc:
        """Where ``loc`` of the value stands in ``file``, which may have broken entries."""
        if len(loc) > 1 and (kept := self.kept.get((file, str(loc[0])))):
            return (loc[0], kept[int(str(loc[1]))], *loc[2:])
        return loc


def load(snapshot: Snapshot) -> Loaded:
    """Parses and validates every file of ``snapshot``.

    A broken entry is set aside, not the whole file, so that references elsewhere are still
    checked in the same run; ``findings`` then says what was broken, and nothing is printed.
    """
    findings: list[Finding] = list(_strangers(snapshot))
    parsed: dict[str, Parsed] = {}
    values: dict[str, Value] = {}
    kept: dict[tuple[str, str], tuple[int, ...]] = {}
    for name, schema in (*model.FILES.items(), *_tables(snapshot)):
        if name not in snapshot.files:
            if name in EMPTY:
                values[name] = EMPTY[name]
            elif name == "dossier.yaml":
                hint = "every dossier has one; copy it from another dossier and change it"
                place = snapshot.place(name)
                findings.append(Finding(place, 0, 0, "E002", "file is missing", hint))
            continue
        try:
            parsed[name] = yaml.parse(snapshot.files[name], snapshot.place(name))
        except ContentError as error:
            findings.extend(error.findings)
            continue
        value, faults, whole = validate(schema, parsed[name], snapshot.place(name))
        findings.extend(faults)
        kept.update({(name, key): indexes for key, indexes in whole.items()})
        if value is not None:
            values[name] = value
    chapters = list(_chapters(snapshot, findings))
    dossier = _assemble(snapshot.slug, values, chapters)
    return Loaded(
        dossier, snapshot, parsed, _declared(snapshot, parsed), kept, tuple(sorted(findings))
    )


def _assemble(slug: str, values: Mapping[str, Value], chapters: Iterable[Chapter]) -> Dossier:
    """The dossier of what is valid."""
    get = {**EMPTY, "dossier.yaml": _UNTITLED, **values}
    return Dossier.model_construct(
        slug=slug,
        meta=get["dossier.yaml"],
        infobox=get.get("infobox.yaml"),
        chronology=get["chronology.yaml"],
        gazetteer=get["gazetteer.yaml"],
        sources=get["sources.yaml"],
        glossary=get["glossary.yaml"],
        tables={m[1]: value for name, value in values.items() if (m := _TABLE.match(name))},
        images=get["images/images.yaml"],
        plates=get["plates.yaml"],
        facts=get["facts.yaml"],
        chapters=tuple(chapters),
        questions=get["questions.yaml"],
        index=get.get("index.yaml"),
    )


def _tables(snapshot: Snapshot) -> Iterator[tuple[str, type[Value]]]:
    for name in snapshot.files:
        if _TABLE.match(name):
            yield name, model.Table


def _strangers(snapshot: Snapshot) -> Iterator[Finding]:
    """Files that would otherwise be ignored without a word."""
    for name in snapshot.files:
        if name in model.FILES or any(p.match(name) for p in (_CHAPTER, _TABLE, _PICTURE, _DATA)):
            continue
        place = snapshot.place(name)
        if name.startswith("chapters/"):
            hint = "name chapters like 03-the-drive-south.md"
        elif name.startswith("tables/"):
            hint = "name tables like resolutions.yaml"
        else:
            hint = did_you_mean(name, model.FILES, "move it out of the dossier's folder")
        yield Finding(place, 0, 0, "E003", "the press does not know this file", hint)


def _chapters(snapshot: Snapshot, findings: list[Finding]) -> Iterator[Chapter]:
    numbers: dict[int, str] = {}
    for name in sorted(snapshot.files):
        if not (match := _CHAPTER.match(name)):
            continue
        place = snapshot.place(name)
        try:
            text = yaml.decode(snapshot.files[name], place)
        except ContentError as error:
            findings.extend(error.findings)
            continue
        if not text.strip():
            hint = "write a chapter that begins with # and its title, or delete the file"
            findings.append(Finding(place, 0, 0, "E016", "file is empty", hint))
            continue
        number = int(match[1])
        if number in numbers:
            message = f"number {match[1]} is taken by {numbers[number]}"
            hint = "give each chapter its own number"
            findings.append(Finding(place, 0, 0, "E161", message, hint))
        numbers.setdefault(number, name)
        lines = text.split("\n")
        first = next(i for i, line in enumerate(lines) if line.strip())
        heading = re.match(r"^#\s+(\S.*?)\s*#*\s*$", lines[first])
        if not heading:
            hint = "begin the chapter with its title: # Title"
            findings.append(Finding(place, first + 1, 1, "E160", "chapter has no title", hint))
            continue
        yield Chapter(
            id=match[2],
            number=number,
            title=heading[1],
            file=place,
            line=first + 2,
            body="\n".join(lines[first + 1 :]),
        )


def _declared(
    snapshot: Snapshot, parsed: Mapping[str, Parsed]
) -> Mapping[str, frozenset[str] | None]:
    """Every id that a file gives to something, also where that something is broken.

    None where the file is there and cannot be read: nobody knows then what it declares.
    """
    lists = {
        "events": ("chronology.yaml", "events"),
        "categories": ("chronology.yaml", "categories"),
        "places": ("gazetteer.yaml", "places"),
        "subjects": ("facts.yaml", "subjects"),
        "sources": ("sources.yaml", "sources"),
        "terms": ("glossary.yaml", "terms"),
        "plates": ("plates.yaml", "plates"),
        "images": ("images/images.yaml", "images"),
        "questions": ("questions.yaml", "questions"),
        "entries": ("index.yaml", "entries"),
    }
    declared: dict[str, frozenset[str] | None] = {}
    for kind, (file, key) in lists.items():
        if file in snapshot.files and file not in parsed:
            declared[kind] = None
            continue
        data = parsed[file].data if file in parsed else {}
        items = data.get(key, []) if isinstance(data, dict) else None
        if not isinstance(items, list):
            declared[kind] = None
            continue
        found = [i.get("id") for i in items if isinstance(i, dict)]
        declared[kind] = frozenset(i for i in found if isinstance(i, str))
    return declared


# -- validation --------------------------------------------------------------------------------


def validate(
    schema: type[Value], parsed: Parsed, file: str
) -> tuple[Value | None, tuple[Finding, ...], Mapping[str, tuple[int, ...]]]:
    """The value of what is valid in ``parsed``, and a finding for each fault in it.

    Last, for each list that lost a broken entry, the numbers of the entries that were kept.
    """
    data, empties = _without_empties(parsed.data, ())
    try:
        return schema.model_validate(data), (), {}
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=True)
    findings = tuple(
        _distinct(
            _finding(schema, parsed, file, e, empties)
            for e in errors
            if not (_misspelt(schema, e, errors) or _emptied(e, errors) or _other_form(e, errors))
        )
    )
    broken = {entry for e in errors if (entry := _entry(data, tuple(e["loc"])))}
    kept = {
        key: tuple(i for i in range(len(data[key])) if (key, i) not in broken) for key, _ in broken
    }
    rest = {**data, **{key: [data[key][i] for i in kept[key]] for key in kept}} if kept else data
    try:
        return schema.model_validate(rest), findings, kept
    except ValidationError:
        return None, findings, {}


def _misspelt(schema: type[Value], error: Any, errors: Iterable[Any]) -> bool:
    """Whether a missing key is there after all, under the unknown name that ``errors`` reports."""
    if error["type"] != "missing":
        return False
    *around, key = error["loc"]
    return any(
        other["type"] == "extra_forbidden"
        and list(other["loc"][:-1]) == around
        and repr(key)[1:-1] in did_you_mean(str(other["loc"][-1]), keys_at(schema, tuple(around)))
        for other in errors
    )


def _emptied(error: Any, errors: Iterable[Any]) -> bool:
    """Whether a list is too short only because entries of it are refused by other ``errors``."""
    loc = error["loc"]
    return error["type"] == "too_short" and any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in errors
    )


def _other_form(error: Any, errors: Iterable[Any]) -> bool:
    """Whether ``error`` wants a list where the value is keys, and ``errors`` say what is in these.

    Where a value may be a list or a set of keys, pydantic tries both, and names the list's type.
    """
    loc = error["loc"]
    lists = ("function-before", "tuple[")
    at = next((i for i, step in enumerate(loc) if str(step).startswith(lists)), 0)
    return isinstance(error.get("input"), dict) and any(
        0 < at < len(other["loc"]) and other["loc"][:at] == loc[:at] and other["loc"][at] != loc[at]
        for other in errors
    )


def _distinct(findings: Iterable[Finding]) -> Iterator[Finding]:
    seen: set[tuple[int, int, str]] = set()
    for finding in findings:
        key = (finding.line, finding.column, finding.code)
        if key not in seen:
            seen.add(key)
            yield finding


def _without_empties(data: Any, loc: Loc) -> tuple[Any, frozenset[Loc]]:
    """``data`` without the keys that have nothing behind the colon, and where those stand."""
    empties: set[Loc] = set()
    if isinstance(data, dict):
        result: dict[str, Any] = {}
        for key, value in data.items():
            if value is None:
                empties.add((*loc, key))
            else:
                result[key], more = _without_empties(value, (*loc, key))
                empties |= more
        return result, frozenset(empties)
    if isinstance(data, list):
        items = []
        for index, value in enumerate(data):
            item, more = _without_empties(value, (*loc, index))
            items.append(item)
            empties |= more
        return items, frozenset(empties)
    return data, frozenset()


def _entry(data: Any, loc: Loc) -> tuple[str, int] | None:
    """The top-level list and the index in it of the entry around ``loc``."""
    if not isinstance(data, dict):
        return None
    match loc:
        case (str(key), int(index), *_) if isinstance(data.get(key), list):
            return key, index
    return None


def _finding(
    schema: type[Value], parsed: Parsed, file: str, error: Any, empties: frozenset[Loc]
) -> Finding:
    loc: Loc = tuple(error["loc"])
    kind = str(error["type"])
    code, message, hint = _words(schema, error, loc)
    at_key = kind == "extra_forbidden"
    if kind == "missing":
        written = [e for e in empties if e[-1] == loc[-1] and _same(e[:-1], loc[:-1])]
        if written:
            line, column = parsed.locate(written[0], key=True)
            hint = "write a value behind the colon"
            return Finding(file, line, column, "E106", f"{loc[-1]} is empty", hint)
        loc = loc[:-1]
    line, column = parsed.locate(loc, at_key)
    return Finding(file, line, column, code, message, hint)


def _same(written: Loc, schema: Loc) -> bool:
    """Whether ``written`` is ``schema`` less the steps that only the schema takes."""
    steps = iter(schema)
    return all(step in steps for step in written)


_KINDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "is_instance_of": "keys and values",
}
_REMEDIES = {
    "a list": "put each entry on its own line, behind a dash and a space",
    "keys and values": "write key: value lines, indented under it",
    "text": "write one text; in quotes if it has brackets, commas or a colon",
    "true or false": "write true or false",
    "a number": "write digits, with a point for decimals",
    "a whole number": "write digits only",
}


def _words(schema: type[Value], error: Any, loc: Loc) -> tuple[str, str, str]:
    """(code, message, hint) of a pydantic error, for somebody who has never heard of pydantic."""
    kind = str(error["type"])
    context = error.get("ctx") or {}
    names = (s for s in reversed(loc) if isinstance(s, str) and (s == "[key]" or "[" not in s))
    name = next(names, "this")
    name = "the name" if name == "[key]" else name
    if re.fullmatch(r"E\d{3}", kind):
        return kind, str(context.get("message", error["msg"])), str(context.get("hint", ""))
    if kind == "missing":
        return "E101", f"missing key {loc[-1]!r}", f"add {loc[-1]}: {_sample(schema, loc)}"
    if kind == "extra_forbidden":
        known = keys_at(schema, loc[:-1])
        hint = did_you_mean(str(loc[-1]), known, f"the keys here are {', '.join(sorted(known))}")
        if (bare := str(loc[-1]).strip()) != loc[-1] and bare in known:
            hint = "delete the no-break spaces before it, and indent it with plain spaces"
        return "E102", f"unknown key {str(loc[-1])!r}", hint
    if kind in _KINDS:
        wanted = _KINDS[kind]
        given = _describe(error.get("input"))
        verb = "are" if wanted == "keys and values" else "is"
        needed = _sample(schema, loc) if verb == "are" else "…"
        hint = _REMEDIES[wanted] + ("" if needed == "…" else f", at least {needed[1:-1]}")
        return "E103", f"{name} is {given}; {wanted} {verb} wanted", hint
    return _unfit(kind, context, name, error)


def _unfit(kind: str, context: Any, name: str, error: Any) -> tuple[str, str, str]:
    """The words for a value of the right type that cannot stand here."""
    if kind == "literal_error":
        options = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        hint = did_you_mean(str(error.get("input")), options, f"write one of {', '.join(options)}")
        return "E105", f"{name} cannot be {error.get('input')!r}", hint
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        tags = re.findall(r"'([^']*)'", str(context.get("expected_tags", "")))
        hint = f"add kind: {' or kind: '.join(tags) or 'map or kind: timeline'}"
        return "E101", "missing or unknown kind", hint
    if kind == "string_pattern_mismatch":
        if r"\." in str(context.get("pattern")):
            hint = "write what it is about, a full stop and its name, like agdam.displaced"
        elif "A-Z][0-9]{3}" in str(context.get("pattern")):
            hint = "write the code as the finding has it: a capital and three digits, like W329"
        elif "a-z0-9-" in str(context.get("pattern")):
            hint = "use small letters a–z, digits and hyphens, like agdam-taken"
        else:
            hint = "use a language code like az, hy or pt-BR"
        return "E105", f"{name} cannot be {error.get('input')!r}", hint
    if kind == "too_short":
        return "E105", f"{name} is an empty list", "give it an entry, or delete the key"
    if kind == "string_too_short":
        return "E106", f"{name} is empty", "write a value behind the colon"
    message = str(error["msg"]).removeprefix("Input ").removeprefix("Value error, ")
    return "E105", f"{name} {message[:1].lower()}{message[1:]}", "correct the value"


def _sample(schema: type[Value], loc: Loc) -> str:
    """What to write at ``loc``: the keys that must stand there, or … where no key must."""
    models = list(_models_at(schema, loc))
    if len(models) != 1:
        return "…"
    fields = models[0].model_fields.items()
    keys = [info.alias or name for name, info in fields if info.is_required()]
    return "{" + ", ".join(f"{key}: …" for key in keys) + "}" if keys else "…"


def _describe(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a set of keys"
    if isinstance(value, list | tuple):
        return "a list"
    return repr(value) if isinstance(value, str) else "something else"


def keys_at(schema: type[Value], loc: Loc) -> frozenset[str]:
    """The keys that ``schema`` knows at ``loc``."""
    return frozenset(
        info.alias or name
        for outer in _models_at(schema, loc, stay=True)
        for name, info in outer.model_fields.items()
    )


def _models_at(schema: type[Value], loc: Loc, *, stay: bool = False) -> frozenset[type[BaseModel]]:
    """The models that stand at ``loc``.

    An index keeps those before it; so does, with ``stay``, any step that leads to no model.
    """
    found: set[type[BaseModel]] = {schema}
    for step in loc:
        inner = {model for outer in found for model in _step(outer, step)}
        found = inner or (found if stay or isinstance(step, int) else set())
    return frozenset(found)


def _step(outer: type[BaseModel], step: object) -> Iterator[type[BaseModel]]:
    """The models one step below ``outer``; an index, or a union's tag, stays where it is."""
    for name, info in outer.model_fields.items():
        if step in (name, info.alias):
            yield from _models(info.annotation)
            return
        if info.annotation is not None and get_args(info.annotation) == (step,):
            yield outer


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Union, types.UnionType, Annotated, tuple, list, dict, Mapping):
        for inner in get_args(annotation):
            yield from _models(inner)
