"""What is said of a value of another type than is wanted: a text for a list, keys for a text."""

from __future__ import annotations

import re
from typing import Any

from press import locale
from press.content.missing import lacking, sample, slug_of
from press.content.model import Value
from press.content.shapes import choices_in, fields_of, is_short, models_at, models_in
from press.content.source_text import Loc, in_quotes
from press.content.told import Told

PAIR = (
    "give two events, the first and the last, span: [id, id]; the date of a single one is event: id"
)


WANTED = {
    kind: (wanted, remedy)
    for wanted, remedy, kinds in (
        ("a list", "put each entry on its own line, behind a dash and a space",
         "list_type tuple_type"),
        ("keys and values", "write key: value lines, indented under it",
         "dict_type model_type model_attributes_type is_instance_of"),
        ("text", "write one text; in quotes if it has brackets, commas or a colon", "string_type"),
        ("true or false", "write true or false", "bool_type bool_parsing"),
        ("a number", "write digits, with a point for decimals",
         "float_type float_parsing finite_number"),
        ("a whole number", "write digits only",
         "int_type int_parsing int_from_float int_parsing_size"),
    )
    for kind in kinds.split()
}  # fmt: skip
"""What stands in the place of a value of another type, and how to write it, by pydantic's word."""


def other_type(told: Told, loc: Loc, name: str, kind: str, given: Any) -> tuple[str, str, str]:
    """Code, message and remedy for a value of another type than is wanted."""
    wanted, remedy = WANTED[kind]
    verb = "are" if wanted == "keys and values" else "is"
    hint = {
        "a list": _for_list, "text": _for_text, "keys and values": _for_keys,
    }.get(wanted, _for_word)(told, loc, name, given, remedy)  # fmt: skip
    if verb == "are" and isinstance(given, list) and name != "at" and _takes_text(told.schema, loc):
        wanted = "one text, or keys and values,"
        whole = ", ".join(str(one) for one in given)
        plain = all(isinstance(one, str) for one in given)
        hint = f"write one text: {in_quotes(whole)}" if plain else f"write one text, or {remedy}"
    name = f"an entry of {name}" if loc and isinstance(loc[-1], int) else name
    return "E103", f"{name} is {_describe(given)}; {wanted} {verb} wanted", hint


def _for_list(told: Told, loc: Loc, name: str, given: Any, remedy: str) -> str:
    whole = _as_entries(told.schema, loc)
    if name == "span" and isinstance(given, str):
        return PAIR
    if whole and isinstance(given, str):
        return f"write its entries under it: {name}: {whole}"
    if isinstance(given, str):
        parts = ", ".join(part.strip() for part in re.split("[,;]", given) if part.strip())
        return f"{remedy}, or in brackets: {name}: [{parts}]"
    if whole and isinstance(given, dict):
        first = next((str(key) for key in given if slug_of(str(key)) == key), "entry-1")
        whole = whole.replace("id: entry-1", f"id: {first}")
        return f"write each as an entry with its id, behind a dash: {name}: {whole}"
    return remedy


def _for_keys(told: Told, loc: Loc, name: str, given: Any, remedy: str) -> str:
    needed = _least(told.schema, loc, given)
    hint = f"{remedy}, at least {needed}" if needed else remedy
    if name == "at" and isinstance(given, list):
        return f"write it without brackets: at: {', '.join(map(str, given))}"
    if not loc and isinstance(given, list) and (key := _key_of_list(told.schema, given)):
        return f"write {key}: on a line of its own above it"
    return hint if loc else hint.replace(", indented under it", "")


def _for_text(told: Told, loc: Loc, name: str, given: Any, remedy: str) -> str:
    if name == "at" and isinstance(given, list):
        return f"write it without brackets: at: {', '.join(map(str, given))}"
    if not isinstance(given, dict) or len(given) != 1:
        return remedy
    ((key, value),) = given.items()
    whole = f"{key}: {value}"
    whole = f"{{{whole}}}" if told.parsed.written(loc) in told.parsed.flow else whole
    return f"put the text in quotes if the colon belongs to it: {in_quotes(whole)}"


def _for_word(told: Told, loc: Loc, name: str, given: Any, remedy: str) -> str:
    """The remedy where true or false, or a number, is wanted."""
    if "true" in remedy:
        said = locale.truth_meant(str(given))
        return remedy if said is None else f"write {name}: {str(said).lower()}"
    digits = re.match(r"-?\d+(?:\.\d+)?(?=\s*[^\d.,]*$)", str(given))
    return f"write {name}: {digits[0]}{measured_in(told, loc)}" if digits else remedy


def _as_entries(schema: type[Value], loc: Loc) -> str:
    """A list with one entry at ``loc``, where its entries have keys of their own; else ""."""
    inner = list(models_at(schema, loc))
    around = [model for model in models_at(schema, loc[:-1]) if loc[-1] in fields_of(model)]
    if not inner or not around or any(is_short(model) for model in inner):
        return ""
    return sample(around[0], str(loc[-1]))


def _takes_text(schema: Any, loc: Loc) -> bool:
    """Whether a text may stand where keys and values do: a cell, a fact, a source."""
    return any(is_short(model) for model in models_at(schema, loc, stay=True))


def measured_in(told: Told, loc: Loc) -> str:
    """What the schema says of a number, in brackets: its unit."""
    field = next((s for s in reversed(loc) if isinstance(s, str)), "")
    models = models_at(told.schema, loc[:-1]) or models_at(told.schema, loc[:-1], stay=True)
    said = (info.description for m in models for key, info in fields_of(m).items() if key == field)
    return f" ({words})" if (words := next(filter(None, said), "")) else ""


def _key_of_list(schema: type[Value], given: list[Any]) -> str:
    """The key whose entries those of a list without a key are like; "" where they are like none."""
    keys = set(given[0]) if given and isinstance(given[0], dict) else set()
    shared = {
        key: len(keys & set(fields_of(model)))
        for key, info in fields_of(schema).items()
        for model in models_in(info.annotation)
    }
    likely = max(shared, key=lambda key: shared[key], default="")
    own = len(keys & set(fields_of(schema)))
    return likely if likely and shared[likely] > own else ""


def _least(schema: type[Value], loc: Loc, given: object) -> str:
    """The keys that must stand at ``loc``, with what is written behind them.

    Of several models the one is meant whose kind is ``given``; of a whole file, its first list.
    """
    models = sorted(models_at(schema, loc), key=lambda model: model.__name__)
    if not models or (len(models) > 1 and any("kind" not in fields_of(m) for m in models)):
        return ""
    kinds = [choices_in(fields_of(m)["kind"].annotation) for m in models] if models[1:] else []
    models = [m for m, kind in zip(models, kinds, strict=False) if given in kind] or models
    keys = lacking(models[0], ())
    if not loc and not keys:
        listed = (key for key, i in fields_of(schema).items() if any(models_in(i.annotation)))
        keys = (next(listed, next(iter(fields_of(schema)))),)
    said = ", ".join(f"{key}: {sample(models[0], key)}" for key in keys)
    either = " or ".join(f"kind: {kind[0]}" for kind in kinds)
    return re.sub(r"kind: [\w-]+", either, said, count=1) if models[1:] else said


def _describe(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a set of keys"
    if isinstance(value, list | tuple):
        return "a list"
    return repr(value) if isinstance(value, str) else "something else"
