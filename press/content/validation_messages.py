"""What pydantic finds wrong with a file, in words for somebody who has never heard of it."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from press.base.finding import Finding, did_you_mean
from press.content.model import Value
from press.content.yaml import Loc, Parsed


def finding(schema: type[Value], parsed: Parsed, file: str, error: Any) -> Finding:
    """What the ``error`` is in words, at its place in the file."""
    loc: Loc = tuple(error["loc"])
    code, message, hint = _words(schema, error, loc)
    if error["type"] == "missing":
        empty = (key for key in parsed.keys if key[-1] == loc[-1] and parsed.value(key) is None)
        if written := next((key for key in empty if _same(key[:-1], loc[:-1])), None):
            place, hint = parsed.locate(written, key=True), "write a value behind the colon"
            return Finding(file, *place, "E106", f"{loc[-1]} is empty", hint)
        loc = loc[:-1]
    at: Loc = (error.get("ctx") or {}).get("at", ())
    place = parsed.locate((*loc, *at), key=bool(at) or error["type"] == "extra_forbidden")
    return Finding(file, *place, code, message, hint)


def _same(written: Loc, schema: Loc) -> bool:
    """Whether ``written`` is ``schema`` less the steps that only the schema takes."""
    steps = iter(schema)
    return all(step in steps for step in written)


_WANTED = {
    kind: (wanted, remedy)
    for wanted, remedy, kinds in (
        ("a list", "put each entry on its own line, behind a dash and a space",
         "list_type tuple_type"),
        ("keys and values", "write key: value lines, indented under it",
         "dict_type model_type model_attributes_type is_instance_of"),
        ("text", "write one text; in quotes if it has brackets, commas or a colon", "string_type"),
        ("true or false", "write true or false", "bool_type bool_parsing"),
        ("a number", "write digits, with a point for decimals", "float_type float_parsing"),
        ("a whole number", "write digits only", "int_type int_parsing int_from_float"),
    )
    for kind in kinds.split()
}  # fmt: skip
"""What stands in the place of a value of another type, and how to write it, by pydantic's word."""


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
    if kind in _WANTED:
        wanted, remedy = _WANTED[kind]
        given = _describe(error.get("input"))
        verb = "are" if wanted == "keys and values" else "is"
        needed = _sample(schema, loc) if verb == "are" else "…"
        hint = remedy + ("" if needed == "…" else f", at least {needed[1:-1]}")
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
