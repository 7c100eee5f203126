"""One file against its model: what is valid in it, and a finding for each fault."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from press.base.finding import Finding
from press.content.comments import lost
from press.content.model import Value
from press.content.shapes import is_free
from press.content.told import Told
from press.content.validation_messages import findings
from press.content.yaml import Loc, Parsed

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Valid:
    """What is valid of a file: its value, None where that is too little, and a finding a fault.

    ``kept`` has the numbers of the entries that were kept of each list that lost broken ones;
    ``whole`` says that nothing in the value stands in for what is broken.
    """

    value: Value | None
    findings: tuple[Finding, ...] = ()
    kept: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    whole: bool = True


def validate(
    schema: type[Value], parsed: Parsed, file: str, stand_ins: Mapping[str, Any] = NOTHING
) -> Valid:
    """What is valid in ``parsed``: broken entries of lists are left out.

    Where that does not suffice, ``stand_ins`` take the place of broken keys.
    """
    data = _filled(parsed.data)
    told = _told(schema, parsed, file)
    errors: list[Any] = []
    value: Value | None = None
    try:
        value = schema.model_validate(data)
    except ValidationError as error:
        errors = list(error.errors(include_url=False, include_input=True))
    gone = {lost.key for lost in parsed.lost}
    others = _Others.of(errors)
    own = [e for e in errors if not others.say(e) and not _is_lost(e, gone)]
    said = findings(told, own)
    found = (*parsed.findings, *swallowed_texts(schema, parsed, file), *said)
    if errors and not found:  # nothing is left out without a word
        found = tuple(findings(told, (e | {"type": "value_error"} for e in errors)))
    unlike = tuple({(f.line, f.column, f.code): f for f in reversed(found)}.values())
    left = {key: tuple(range(len(_listed(data, key)))) for key in gone}
    if value is not None:
        return Valid(value, unlike, left)
    broken = {entry for e in errors if (entry := _entry(data, tuple(e["loc"])))}
    lists = {key for key, _ in broken}
    kept = left | {
        key: tuple(i for i in range(len(data[key])) if (key, i) not in broken) for key in lists
    }
    rest = {**data, **{key: [data[key][i] for i in kept[key]] for key in lists}} if kept else data
    try:
        return Valid(schema.model_validate(rest), unlike, kept)
    except ValidationError as error:
        lost = {e["loc"][0] for e in error.errors() if e["loc"]}
    if not stand_ins:
        return Valid(None, unlike, whole=False)
    sound = {key: value for key, value in rest.items() if key not in lost} if lost else {}
    return Valid(schema.model_validate({**stand_ins, **sound}), unlike, kept, whole=False)


def _is_lost(error: Any, gone: Collection[str]) -> bool:
    """Whether ``error`` misses a key, or entries under one, that stand there and cannot be read."""
    missing = error["type"] in ("missing", "too_short")
    return missing and len(error["loc"]) == 1 and error["loc"][0] in gone


def _listed(data: Any, key: str) -> Sequence[Any]:
    """The entries under a key; none where there is no list."""
    entries = data.get(key) if isinstance(data, dict) else None
    return entries if isinstance(entries, list) else ()


def _told(schema: type[Value], parsed: Parsed, file: str) -> Told:
    lost_values = {c.loc for c in parsed.comments if c.loc is not None}
    typed_nulls = {(f.line, f.column) for f in parsed.findings if f.code == "E106"}
    nulls = {loc for loc, place in parsed.values.items() if place in typed_nulls}
    braces = {
        loc for loc in parsed.flow
        if isinstance(here := parsed.value(loc), dict) and not any(here.values())
    }  # fmt: skip
    empty = (loc for loc in lost_values | nulls if parsed.value(loc) is None)
    return Told(schema, parsed, file, frozenset({*empty, *braces}))


def swallowed_texts(schema: type[Value], parsed: Parsed, file: str) -> Iterator[Finding]:
    """What may be text, and was read as a comment.

    Behind a value that is no free text, like a date, a note needs a blank behind its # alone; where
    it is all that stands behind a key or dash, two before it as well.
    """
    for comment in parsed.comments:
        free = comment.loc is None or is_free(schema, comment.loc)
        empty = parsed.value(comment.loc or ()) is None
        if free or empty or not comment.spaced:
            yield Finding(file, *comment.place, "E020", *lost(comment, free or not empty))


@dataclass(frozen=True)
class _Others:
    """The errors of a file as far as others may say the same: each is looked at once.

    ``unchosen`` are the values that are none of their choices; ``around`` is what has an error
    within it, with the steps that lead there.
    """

    unchosen: frozenset[Loc]
    around: Mapping[Loc, frozenset[Any]]

    @classmethod
    def of(cls, errors: Iterable[Any]) -> _Others:
        """What the ``errors`` say of values and of what these stand in."""
        unchosen: set[Loc] = set()
        around: dict[Loc, set[Any]] = {}
        for error in errors:
            loc: Loc = error["loc"]
            if error["type"] == "literal_error":
                unchosen.add(loc[:-1])
            for length, step in enumerate(loc):
                around.setdefault(loc[:length], set()).add(step)
        return cls(frozenset(unchosen), {loc: frozenset(steps) for loc, steps in around.items()})

    def say(self, error: Any) -> bool:
        """Whether another error says better what is wrong."""
        return self._emptied(error) or self._other_form(error) or self._no_choice(error)

    def _no_choice(self, error: Any) -> bool:
        """Whether it wants a list where a word is none of the choices that it may be as well."""
        return error["type"] == "tuple_type" and error["loc"][:-1] in self.unchosen

    def _emptied(self, error: Any) -> bool:
        """Whether a list is too short only because entries of it are refused."""
        return error["type"] == "too_short" and error["loc"] in self.around

    def _other_form(self, error: Any) -> bool:
        """Whether it wants a list where the value is keys, and others say what is in these.

        Where a value may be a list or a set of keys, pydantic tries both, and names the list's
        type.
        """
        loc = error["loc"]
        lists = ("function-before", "tuple[")
        at = next((i for i, step in enumerate(loc) if str(step).startswith(lists)), 0)
        keys = at > 0 and isinstance(error.get("input"), dict)
        return keys and bool(self.around[loc[:at]] - {loc[at]})


def _filled(data: Any) -> Any:
    """``data`` without the keys that have nothing behind the colon."""
    if isinstance(data, dict):
        return {key: _filled(value) for key, value in data.items() if value is not None}
    return [_filled(item) for item in data] if isinstance(data, list) else data


def _entry(data: Any, loc: Loc) -> tuple[str, int] | None:
    """The top-level list and the index in it of the entry around ``loc``."""
    if not isinstance(data, dict):
        return None
    match loc:
        case (str(key), int(index), *_) if isinstance(data.get(key), list):
            return key, index
    return None
