"""YAML as people write it: text, lists and keys, with the place of each.

No scalar is converted: the schema decides what ``NO`` or ``010`` means. Anchors, aliases, tags,
merge keys, duplicate keys and absurd nesting are refused with a remedy (they are never needed in
a dossier, and they are how a file is made to mean something else than it shows).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import yaml

from press.base.finding import ContentError, Finding, refusal
from press.base.scripts import is_seen
from press.content.comments import HashComment, comments
from press.content.parsed import Parsed
from press.content.recovery import read_around
from press.content.source_text import (
    LineColumn,
    Loc,
    decode,
    in_quotes,
    named_sign,
    text_place,
    unprintable,
)
from press.content.yaml_syntax import Stop, backslash, syntax_finding

__all__ = ["Loc", "Parsed", "decode", "parse", "text_place"]

DEPTH = 40
NODES = 500_000
WORD = 2_000
"""Longest word or address, in characters: a longer one takes minutes to break into lines."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(rf"\S{{{WORD + 1},}}")
Steps = tuple[tuple[Loc, Any, Any], ...]
_NULL = ("~", "null")
_AFTER_SOMETHING = re.compile(r"^(?!#).*[ \t]#", re.MULTILINE)
"""A line with ``#`` behind a blank: only there can a comment have been meant as text."""


def parse(raw: bytes, file: str) -> Parsed:
    """The data and the place of each value, also beside what cannot be read.

    Raises ContentError with the faults of what is not YAML, where nothing else can be told.
    """
    text = decode(raw, file)
    parsed, faults, lost = read_around(text, lambda part: _parsed(part, file))
    return replace(parsed, findings=(*faults, *parsed.findings), lost=lost) if lost else parsed


def _parsed(text: str, file: str) -> Parsed:
    """All of ``text``; raises ContentError with its first fault of syntax."""
    try:
        _scan(text, file)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise ContentError([syntax_finding(file, _stop(text, error))]) from None
    except yaml.YAMLError as error:
        raise refusal(file, "E012", str(error).splitlines()[0].lower(), "", 1, 1) from None
    if node is None or (isinstance(node, yaml.ScalarNode) and _data(node) is None):
        raise refusal(file, "E016", "file is empty", "fill it in, or delete it if it is optional")
    steps = tuple(_walk(node))
    if faults := tuple(_faults(steps, file)):
        raise ContentError(faults)
    return Parsed(
        _data(node),
        MappingProxyType({loc: _place(value) for loc, _, value in steps}),
        MappingProxyType({loc: _place(key) for loc, key, _ in steps if key is not None}),
        frozenset(loc for loc, _, value in steps if getattr(value, "flow_style", False)),
        _last_lines(steps),
        _comments(text, {value.start_mark.index: loc for loc, _, value in reversed(steps)}),
        tuple(_doubts(steps, text, file)),
    )


def _last_lines(steps: Steps) -> Mapping[Loc, int]:
    """The number of the last line of each value, without the blank lines and comments behind it."""
    found: dict[Loc, int] = {}
    for loc, _, node in steps:
        if isinstance(node, yaml.ScalarNode) or node.flow_style:
            end: Any = node.end_mark
            line = end.line + (1 if end.column else 0)
            for length in range(len(loc) + 1):
                found[loc[:length]] = max(line, found.get(loc[:length], 1))
    return MappingProxyType(found)


def _comments(text: str, starts: Mapping[int, Loc]) -> tuple[HashComment, ...]:
    if not _AFTER_SOMETHING.search(text):
        return ()
    found = comments(text, _tokens(text), starts)
    return tuple(comment for comment in found if not comment.is_plain)


def _tokens(text: str) -> Iterator[Any]:
    """The pieces of ``text``, up to where they can no longer be told apart."""
    try:
        yield from yaml.scan(text, Loader=_LOADER)
    except yaml.YAMLError:
        return


def _stop(text: str, error: yaml.MarkedYAMLError) -> Stop:
    """Where reading stopped, and what was read before."""
    mark: Any = error.problem_mark or error.context_mark
    begun: Any = error.context_mark
    at = mark.index if mark else 0
    tokens = list(_tokens(text))
    before = [t for t in tokens if t.start_mark.index < t.end_mark.index <= at]
    hidden = tuple(c for c in comments(text, tokens, {}) if c.place <= text_place(text, at))
    problem = error.problem or error.context or ""
    last = before[-1] if before else None
    return Stop(text, at, problem, begun.index if begun else None, last, hidden, _open(before))


def _open(tokens: Iterable[Any]) -> int | None:
    """Where the innermost bracket opens that none of ``tokens`` closes."""
    opened: list[int] = []
    for token in tokens:
        if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
            opened.append(token.start_mark.index)
        elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken) and opened:
            opened.pop()
    return opened[-1] if opened else None


def _scan(text: str, file: str) -> None:
    """A pass over the events, which neither recurses nor builds: bounds before memory is spent."""
    depth = 0
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    for count, event in enumerate(events):
        mark: Any = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            depth += 1
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            depth -= 1
        quote = "put the text in quotes if that character belongs to it"
        if depth > DEPTH:
            message = f"nested deeper than {DEPTH} levels"
            raise refusal(file, "E015", message, "flatten it", line, column)
        if count > NODES:
            message = f"more than {NODES} values"
            raise refusal(file, "E015", message, "split the file", line, column)
        if sign := _sign_of(event):
            raise refusal(file, "E014", f"{sign} is not allowed", quote, line, column)
        if isinstance(event, yaml.DocumentStartEvent) and event.explicit and count > 2:
            message = "a second document begins here"
            raise refusal(file, "E012", message, "delete the ---", line, column)


def _sign_of(event: Any) -> str:
    """What ``event`` has that makes a file mean something else than it shows."""
    if isinstance(event, yaml.AliasEvent):
        return f"alias *{event.anchor}"
    if getattr(event, "anchor", None):
        return f"anchor &{event.anchor}"
    return f"tag {event.tag}" if getattr(event, "tag", None) else ""


# -- the nodes of what was parsed ----------------------------------------------------------------


def _walk(node: Any, loc: Loc = (), key: Any = None) -> Iterator[tuple[Loc, Any, Any]]:
    """(location, node of the key or None, node) of ``node`` and of all that is inside it."""
    yield loc, key, node
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _walk(child, (*loc, index))
    elif isinstance(node, yaml.MappingNode):
        for inner, child in node.value:
            yield from _walk(child, (*loc, _name(inner, child, node)), inner)


def _place(node: Any) -> LineColumn:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _data(node: Any) -> Any:
    """What ``node`` says, as dict, list, str and None; what print would not show is empty."""
    if isinstance(node, yaml.SequenceNode):
        return [_data(child) for child in node.value]
    if isinstance(node, yaml.MappingNode):
        return dict(_pair(key, child, node) for key, child in node.value)
    if _is_plain(node) and node.value in ("", *_NULL):
        return None
    return node.value if is_seen(node.value) else ""


def _pair(key: Any, value: Any, mapping: Any) -> tuple[str, Any]:
    if _is_place_in_source(key, value, mapping):
        return "at", key.value
    return key.value, _data(value)


def _name(key: Any, value: Any, mapping: Any) -> str:
    """What a key is called: a place in a source that stands without its key, ``at``."""
    return "at" if _is_place_in_source(key, value, mapping) else key.value


_OF_CITATIONS = frozenset({"id", "source", "at", "says", "by", "level", "via"})
_PLACE = re.compile(r"(?:[^\W\d_]{1,12}\.?\s+)?[^\s:]*\d\S*|[^\W\d_]{1,4}\.\s*\S+")
"""A place in a source: ``p. A4``, ``¶ 7``, ``ch. II``."""


def _is_place_in_source(key: Any, value: Any, mapping: Any) -> bool:
    """Whether ``p. A4`` is the place in ``{id: sun-0826, p. A4, says: …}``."""
    if not (isinstance(key, yaml.ScalarNode) and mapping.flow_style and _has_no_colon(key, value)):
        return False
    others = {other.value for other, _ in mapping.value if other is not key}
    named = others & {"id", "source"} and others <= _OF_CITATIONS - {"at"}
    return bool(named and _PLACE.fullmatch(key.value))


def _is_plain(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in (
        None,
        "",
    )  # the C loader says "", the Python one None


def _faults(steps: Steps, file: str) -> Iterator[Finding]:
    """What no file of a dossier may hold: endless words, and keys that are none or stand twice."""
    for _, _, node in steps:
        if isinstance(node, yaml.MappingNode):
            yield from _key_faults(node, file)
        elif isinstance(node, yaml.ScalarNode) and (word := _WORD.search(node.value)):
            message = f"a word of {len(word[0]):,} characters is too long to print"
            hint = "divide it with spaces, or delete it"
            yield Finding(file, *_place(node), "E019", message, hint)


def _key_faults(mapping: Any, file: str) -> Iterator[Finding]:
    first: dict[str, Any] = {}
    twice: list[Any] = []
    for key, _ in mapping.value:
        line, column = _place(key)
        if not isinstance(key, yaml.ScalarNode):
            hint = "a key is a word before a colon"
            yield Finding(file, line, column, "E012", "a key is not text", hint)
        elif key.value == "<<":
            hint = "write the keys out"
            yield Finding(file, line, column, "E014", "merge key << is not allowed", hint)
        elif (name := key.value.replace("_", "-")) in first:
            twice.append(key)
        else:
            first[name] = key
    if twice:
        yield _twice(twice, first, file)


def _twice(keys: list[Any], first: Mapping[str, Any], file: str) -> Finding:
    """Keys that stand twice; where there are several, an entry lacks its dash."""
    before = first[keys[0].value.replace("_", "-")]
    where = f"(first in line {_place(before)[0]})"
    name = keys[0].value
    if len(keys) > 1:
        names = ", ".join(key.value for key in keys)
        hint = f"where another entry begins, write a dash before its first key: - {name}: …"
        return Finding(file, *_place(keys[0]), "E013", f"keys {names} stand twice {where}", hint)
    message = f"key {name!r} stands twice here {where}"
    if before.value != name:
        message = f"{name!r} and {before.value!r} are one key, which stands twice here {where}"
    return Finding(file, *_place(keys[0]), "E013", message, "keep one of them")


# -- what was read, and may not be what was meant ------------------------------------------------

_ESCAPE = re.compile(r"\\(?:[0abefnrtvNLP_](?=\w)|[0abefvNLP])|\\\\|(?<=\w)\\\n[ \t]*(?=\w)")
_KEY_INSIDE = re.compile(r"\n[ ]*(?:- +)?[\w-]+:(?= |\n)")


def _doubts(steps: Steps, text: str, file: str) -> Iterator[Finding]:
    """Texts of which YAML makes something that they do not show."""
    typed = not text.lstrip().startswith("{")  # else it was written by a program, as JSON
    for _, key, node in steps:
        if isinstance(node, yaml.MappingNode) and node.flow_style:
            yield from _divided(node, key, file)
        if not isinstance(node, yaml.ScalarNode):
            continue
        begin = node.start_mark.index
        raw = text[begin : node.end_mark.index] if node.style in ("'", '"') else ""
        if node.style == '"':
            escapes = (m for m in _ESCAPE.finditer(raw) if m[0] != "\\\\")
            if typed and (escape := next(escapes, None)):
                at = text_place(text, begin + escape.start())
                yield Finding(file, *at, "E021", *backslash(raw[escape.start() :][:2]))
            elif sign := unprintable(node.value):
                message = f"{named_sign(sign[0])} written with a backslash"
                yield Finding(file, *_place(node), "E017", message, "delete it")
        if inner := _KEY_INSIDE.search(raw):
            number = text_place(text, begin + inner.end())[0]
            message = f"the quotation mark {raw[0]} opens here and is closed below line {number}"
            first = raw.split("\n")[0].rstrip()
            hint = f"close it at the end of the text: {first}{raw[0]}"
            if first == raw[0]:
                hint = f"delete it, or write the text behind it and close it: {first}…{first}"
            yield Finding(file, *_place(node), "E012", message, hint)
        if key is not None and _is_plain(node) and node.value in _NULL:
            message = f"{node.value} means nothing to YAML"
            hint = f"put it in quotes if it is a text, {in_quotes(node.value)}; else delete the key"
            yield Finding(file, *_place(node), "E106", message, hint)


def _divided(mapping: Any, under: Any, file: str) -> Iterator[Finding]:
    """What a comma in braces cuts off a text: ``{credit: Smith, John}``."""
    before, end = "", 0
    pairs = [(k, v) for k, v in mapping.value if not _is_place_in_source(k, v, mapping)]
    keys = [key.value for key, value in pairs if _has_no_colon(key, value)]
    if keys and len(keys) == len(mapping.value):
        message = "braces hold keys, each with a colon and a value"
        hint = _without_braces(str(getattr(under, "value", "")), keys)
        yield Finding(file, *_place(mapping), "E022", message, hint)
        return
    for key, value in pairs:
        if _has_no_colon(key, value):
            message = f"a comma in braces ends a value, and {key.value!r} has no colon"
            hint = "write a colon and a value behind it"
            if before:
                before += f"{',' if key.start_mark.index == end + 1 else ', '}{key.value}"
                hint = f'put the text in quotes: {before}"'
            yield Finding(file, *_place(key), "E022", message, hint)
        else:
            text = isinstance(value, yaml.ScalarNode)
            before = f'{key.value}: "{value.value}' if text else ""
        end = value.end_mark.index


def _without_braces(key: str, values: Sequence[str]) -> str:
    """How ``{a, b}`` is to be written under a key: names and dates are no lists of words."""
    dates = [value for value in values if value[:1].isdigit()]
    if len(dates) == len(values) == 1:
        return f"write it without braces: {dates[0]}"
    if len(dates) == len(values) == 2:
        first, last = values
        return f"write a span as {first}/{last}, and one of the two dates as [{first},{last}]"
    if key in ("author", "editor", "translator", "name"):
        return f'write each name in quotes: "{", ".join(values[:2])}"'
    return f"write a list in brackets: [{', '.join(values)}]"


def _has_no_colon(key: Any, value: Any) -> bool:
    return bool(value.start_mark.index == key.end_mark.index and _is_plain(value))
