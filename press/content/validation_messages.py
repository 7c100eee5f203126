"""What pydantic finds wrong with a file, in words for somebody who has never heard of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from press import locale
from press.base.finding import FEW, Finding, choose
from press.content.missing import block, in_braces, lacking, slug_of
from press.content.model import Value
from press.content.other_types import PAIR, WANTED, measured_in, other_type
from press.content.shapes import choices_in, fields_of, knows, models_at
from press.content.source_text import CURLY, Loc, in_quotes
from press.content.told import Told
from press.content.typed_keys import MEANT, unknown_key


def findings(told: Told, errors: Iterable[Any]) -> Iterator[Finding]:
    """What the ``errors`` of a model are in words: the keys of each set together, then values."""
    sets: dict[Loc, tuple[type[BaseModel], list[str]]] = {}
    for error in errors:
        loc: Loc = tuple(error["loc"])
        if error["type"].startswith("union_tag"):
            yield from _kind_findings(told, loc)
        elif error["type"] in ("missing", "extra_forbidden") and not isinstance(loc[-1], int):
            model = _model_at(told.schema, loc)
            around = sets.setdefault(told.parsed.written(loc[:-1]), (model, []))
            if error["type"] == "extra_forbidden":
                around[1].append(str(loc[-1]))
        elif not told.is_swallowed(told.parsed.written(loc)):
            yield _value_finding(told, error)
    for loc, (model, unknown) in sets.items():
        yield from _key_findings(told, loc, model, unknown)
    yield from _empty_strangers(told)


def _kind_findings(told: Told, loc: Loc) -> Iterator[Finding]:
    """A set of keys of one of several kinds, whose kind is missing or none of these."""
    found = sorted(models_at(told.schema, loc), key=lambda model: model.__name__)
    models = {choices_in(fields_of(m)["kind"].annotation)[0]: m for m in found}
    here = told.parsed.value(at := told.parsed.written(loc))
    given: Mapping[str, Any] = here if isinstance(here, dict) else {}
    known = {key for model in found for key in fields_of(model)}
    unknown = [key for key in given if key.replace("_", "-") not in known]
    likely = max(found, key=lambda model: len(set(given) & set(fields_of(model))))
    instead = next((key for key in unknown if str(given[key]) in models), "")
    if kind := given.get("kind"):
        hint = choose(str(kind), list(models))
        yield told.say((*loc, "kind"), "E105", f"kind cannot be {kind!r}", hint)
    elif instead:
        unknown.remove(instead)
        likely, hint = models[given[instead]], f"write kind: {given[instead]}"
        yield told.say((*at, instead), "E102", f"unknown key {instead!r}", hint, key=True)
    either = " or ".join(f"kind: {kind}" for kind in models)
    for one in _key_findings(told, at, likely, unknown, ("kind",) if instead else ()):
        whole = re.sub(r"kind: \w+$", either, one.hint)
        yield replace(one, hint=re.sub(r"(kind: \w+)\n", rf"\1  # {either}\n", whole))


def _model_at(schema: type[Value], loc: Loc) -> type[BaseModel]:
    """The model around the key at ``loc``, of those that may stand there."""
    found = models_at(schema, loc[:-1]) or models_at(schema, loc[:-1], stay=True)
    fit = [model for model in found if loc[-1] in fields_of(model)]
    return min(fit or found, key=lambda model: model.__name__)


def _key_findings(
    told: Told, loc: Loc, model: type[BaseModel], unknown: list[str], there: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """Unknown, empty and missing keys of the set at ``loc``, but those that are ``there``."""
    here = told.parsed.value(loc)
    written: Mapping[str, Any] = here if isinstance(here, dict) else {}
    given = {key: value for key, value in written.items() if value is not None}
    meant: dict[tuple[str, str], list[str]] = {}
    for typed in unknown:
        meant.setdefault(unknown_key(model, typed, given), []).append(typed)
    for (_, remedy), typed_keys in meant.items():
        hint = remedy
        plural = "s" if len(typed_keys) > 1 else ""
        message = f"unknown key{plural} {' and '.join(map(repr, typed_keys))}"
        bare = typed_keys[0].strip()
        if bare != typed_keys[0] and bare in fields_of(model):
            hint = "delete the no-break spaces before it, and indent it with plain spaces"
        elif len(written) == 1 and not remedy.startswith("write ") and _is_text(bare):
            whole = in_quotes(f"{bare}: {given.get(bare) or ''}")
            hint = f"put the text in quotes if the colon belongs to it: {whole}; else {remedy}"
        yield told.say((*loc, typed_keys[0]), "E102", message, hint, key=True)
    taken = {*there, *(key for keys, _ in meant for key in keys.split())}
    lacks = lacking(model, {*written, *taken})
    if lacks:
        yield _missing(told, loc, model, lacks)
    for key in lacking(model, {*given, *taken, *lacks}):
        if (*loc, key) not in told.swallowed:
            hint = "write a value behind the colon"
            yield told.say((*loc, key), "E106", f"{key} is empty", hint, key=True)


def _is_text(key: str) -> bool:
    """Whether what YAML takes for a key looks like the beginning of a text."""
    return " " in key or key[:1].isupper()


def _missing(told: Told, loc: Loc, model: type[BaseModel], keys: tuple[str, ...]) -> Finding:
    """All keys that a set lacks, with what is to be pasted into it."""
    parsed = told.parsed
    message = f"missing key {keys[0]!r}"
    if len(keys) > 1:
        message = f"missing keys {', '.join(map(repr, keys[:-1]))} and {keys[-1]!r}"
    if loc in parsed.flow:
        hint = f"add and fill in, between the braces: {in_braces(model, keys, parsed, loc)}"
    elif len(keys) == 1:
        hint = f"add {block(model, keys, parsed, loc, 0)}"
    else:
        indent = parsed.locate(loc)[1] - 1
        below = parsed.last.get(loc, parsed.locate(loc)[0])
        lines = block(model, keys, parsed, loc, indent)
        hint = f"add these lines below line {below}, and fill them in:\n{lines}"
    return told.say(loc, "E101", message, hint)


def _empty_strangers(told: Told) -> Iterator[Finding]:
    """Keys with nothing behind them that no model knows: they are never looked at elsewhere."""
    told_of = {(finding.line, finding.column) for finding in told.parsed.findings}
    for loc, place in told.parsed.keys.items():
        around = told.parsed.values.get(loc[:-1])
        if told.parsed.value(loc) is not None or told_of & {place, around}:
            continue
        if not knows(told.schema, loc):
            models = models_at(told.schema, tuple(s for s in loc[:-1] if isinstance(s, str)))
            hint = "delete it"
            if models:
                _, hint = unknown_key(min(models, key=lambda m: m.__name__), str(loc[-1]), {})
            yield told.say(loc, "E102", f"unknown key {str(loc[-1])!r}", hint, key=True)


def _value_finding(told: Told, error: Any) -> Finding:
    loc: Loc = tuple(error["loc"])
    code, message, hint = _words(told, error, loc)
    at: Loc = (error.get("ctx") or {}).get("at", ())
    return told.say((*loc, *at), code, message, hint, key=bool(at))


def _words(told: Told, error: Any, loc: Loc) -> tuple[str, str, str]:
    """(code, message, hint) of a pydantic error, for somebody who has never heard of pydantic."""
    kind = str(error["type"])
    context = error.get("ctx") or {}
    names = (s for s in reversed(loc) if isinstance(s, str) and (s == "[key]" or "[" not in s))
    name = next(names, "this" if loc else "the file")
    name = "the name" if name == "[key]" else name
    given = error.get("input")
    if isinstance(given, str) and given[:1] and given[0] in CURLY and kind != "string_type":
        inner = given.strip(CURLY)
        hint = f"write it without quotation marks: {inner}; “ and ” are letters to YAML"
        return "E105", f"{name} cannot be {given!r}", hint
    if re.fullmatch(r"E\d{3}", kind):
        return kind, str(context.get("message", error["msg"])), str(context.get("hint", ""))
    if name == "source" and kind == "string_pattern_mismatch" and isinstance(given, str):
        return _locator(told, loc, given)
    if kind in WANTED:
        return other_type(told, loc, name, kind, given)
    return _unfit(kind, context, name, error, measured_in(told, loc))


_BOUNDS = {
    "greater_than_equal": ("ge", "{name} is {given}", "write {bound:g} or more"),
    "less_than_equal": ("le", "{name} is {given}", "write {bound:g} or less"),
    "string_too_long": ("max_length", "{name} has {given} letters", "write {bound} at the most"),
    "too_long": ("max_length", "{name} has {given} entries", "give {bound} at the most"),
}
"""What is said of a value beyond a bound, and how to write it, by pydantic's word."""


def _unfit(kind: str, context: Any, name: str, error: Any, unit: str) -> tuple[str, str, str]:
    """The words for a value of the right type that cannot stand here."""
    if kind == "literal_error":
        found = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        options = [option for option in found if option]
        word = str(error.get("input"))
        hint = choose(word, options)
        if (meant := MEANT.get(word)) in options:
            listed = f"; it is one of {', '.join(options)}" if len(options) <= FEW else ""
            hint = f"write {meant}{listed}"
        return "E105", f"{name} cannot be {error.get('input')!r}", hint
    if kind == "string_pattern_mismatch":
        hint = _in_pattern(str(context.get("pattern")), str(error.get("input")))
        return "E105", f"{name} cannot be {error.get('input')!r}", hint
    if name == "span" and kind in ("missing", "too_long"):
        return "E107", f"{name} does not name two events", PAIR
    if kind == "too_short":
        return "E105", f"{name} is an empty list", "give it an entry, or delete the key"
    if kind == "string_too_short":
        return "E106", f"{name} is empty", "write a value behind the colon"
    if kind in _BOUNDS:
        key, *words = _BOUNDS[kind]
        given = error.get("input")
        counted = len(given) if key == "max_length" and isinstance(given, Sized) else given
        said, hint = (w.format(name=name, bound=context.get(key), given=counted) for w in words)
        return "E105", said, hint + (unit if key in ("ge", "le") else "")
    message = str(error["msg"]).removeprefix("Input ").removeprefix("Value error, ")
    return "E105", f"{name} {message[:1].lower()}{message[1:]}", "correct the value"


def _in_pattern(pattern: str, given: str) -> str:
    """How a name, a code or an address is written that ``given`` is not."""
    if r"\." in pattern:
        return "write what it is about, a full stop and its name, like town.population"
    if "A-Z][0-9]{3}" in pattern and re.fullmatch(r"[a-z][0-9]{3}", given):
        return f"write {given.upper()}"
    if "A-Z][0-9]{3}" in pattern:
        return "write the code as the finding has it: a capital and three digits, like W329"
    if "a-z0-9-" in pattern:
        return _as_id(given)
    several = [locale.code_of(part.strip()) or part.strip() for part in re.split("[,;/]", given)]
    if several[1:] and all(re.fullmatch(pattern, one) for one in several):
        return f"write several in brackets: [{', '.join(several)}]"
    code = locale.code_of(given)
    return f"write {code}" if code else "use a language code like de, fr or pt-BR"


_WHERE = re.compile(r"pp?|pages?|ff?|fol|folio|ch|chapter|no?|nr|vol|volume|lines?|s")
"""Words before a number that are no ids, but say where in a source."""


def _locator(told: Told, loc: Loc, given: str) -> tuple[str, str, str]:
    """A page that YAML takes for a citation of its own, or two sources in one text."""
    place = re.fullmatch(r"([a-z0-9][a-z0-9-]*):?\s+(\D{0,12}\d.*)", given)
    if place and not _WHERE.fullmatch(place[1]) and ";" not in given:
        hint = f'write a comma behind the id: "{place[1]}, {place[2]}"'
        return "E105", f"source cannot be {given!r}", hint
    at = told.parsed.written(loc)
    index = at[-1] if at and isinstance(at[-1], int) else 0
    before = told.parsed.value((*at[:-1], index - 1)) if index else None
    if isinstance(before, str):
        message = f"{given!r} stands as a citation of its own"
        return "E022", message, f'put the source and the place in it in quotes: "{before}, {given}"'
    if re.match(r"https?://|www\.", given):
        hint = "list the page in sources.yaml with url:, and write its id here"
        return "E105", f"source cannot be {given!r}", hint
    if ";" in given:
        first, *more = (part.strip() for part in given.split(";"))
        several = all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", part) for part in more)
        whole = ", ".join((first, *more))
        hint = (
            f"write [{whole}]"
            if several
            else f'put the source and the place in it in quotes: "{whole}"'
        )
        return "E105", f"source cannot be {given!r}", hint
    hint = "write the id of a source, as it stands in sources.yaml: small letters, digits, hyphens"
    return "E105", f"source cannot be {given!r}", hint


def _as_id(given: str) -> str:
    """How an id is written, or several of them."""
    parts = re.split(r"[,;]|\s(?:and|und|et|&|\+)\s", given.strip("()"))
    several = [slug_of(part) for part in parts]
    if len(several) > 1 and all(several):
        return f"write several in brackets: [{', '.join(several)}]"
    hint = "use small letters a–z, digits and hyphens"
    return f"{hint}, like {slug_of(given) or 'first-ascent'}"
