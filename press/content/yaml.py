"""YAML as people write it: text, lists and keys, with the place of each.

No scalar is converted: the schema decides what ``NO`` or ``010`` means. Anchors, aliases, tags,
merge keys, duplicate keys and absurd nesting are refused with a remedy (they are never needed in
a dossier, and they are how a file is made to mean something else than it shows).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import yaml

from press.base.finding import ContentError, Finding

Loc = tuple[Hashable, ...]
Place = tuple[int, int]

BYTES = 5_000_000
DEPTH = 40
NODES = 500_000
WORD = 2_000
"""Longest word or address, in characters: a longer one takes minutes to break into lines."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_WORD = re.compile(rf"\S{{{WORD + 1},}}")
_EMPTY = ("", "~", "null")


@dataclass(frozen=True)
class Parsed:
    """``data`` of dict, list, str and None; ``values`` and ``keys`` give lines and columns."""

    data: Any
    values: Mapping[Loc, Place]
    keys: Mapping[Loc, Place]

    def locate(self, loc: Loc, key: bool = False) -> Place:
        """The place of ``loc``, or of the nearest thing around it that the author wrote.

        Schemas add steps that stand in no file (a union's tag, the index of a widened list):
        such steps are dropped.
        """
        if key and loc in self.keys:
            return self.keys[loc]
        while loc:
            if loc in self.values:
                return self.values[loc]
            for index in range(len(loc) - 1, -1, -1):
                shorter = loc[:index] + loc[index + 1 :]
                if key and shorter in self.keys:
                    return self.keys[shorter]
                if shorter in self.values and index < len(loc) - 1:
                    return self.values[shorter]
            loc = loc[:-1]
        return self.values.get((), (1, 1))

    def value(self, loc: Loc) -> Any:
        """What stands at ``loc`` as it was written; None where nothing does."""
        value = self.data
        for step in loc:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value


def decode(raw: bytes, file: str) -> str:
    """UTF-8 text with plain line ends and no byte order mark; ContentError says where it is not."""
    if len(raw) > BYTES:
        raise _fail(file, 0, 0, "E018", f"file has {len(raw)} bytes; the limit is {BYTES}", "")
    if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise _fail(file, 1, 1, "E010", "file is UTF-16", "save it as UTF-8 in your editor")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8 (Latin-1 or Windows-1252, perhaps)"
        hint = "save the file as UTF-8 in your editor"
        raise _fail(file, line, column, "E010", message, hint) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _CONTROL.search(text):
        line, column = text_place(text, match.start())
        message = f"control character U+{ord(match[0]):04X}"
        raise _fail(file, line, column, "E017", message, "delete it")
    return text


def text_place(text: str, offset: int) -> Place:
    """Line and column, from 1, of ``offset`` in ``text``."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def parse(raw: bytes, file: str) -> Parsed:
    """The data and the place of each value; raises ContentError with the first syntax fault."""
    text = decode(raw, file)
    try:
        _scan(text, file)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _syntax(file, text, line, column, error.problem or error.context or "") from None
    except yaml.YAMLError as error:
        raise _fail(file, 1, 1, "E012", str(error).splitlines()[0].lower(), "") from None
    if node is None:
        hint = "fill it in, or delete it if it is optional"
        raise _fail(file, 0, 0, "E016", "file is empty", hint)
    if faults := tuple(_faults(node, file)):
        raise ContentError(faults)
    steps = tuple(_walk(node))
    values = {loc: _place(value) for loc, _, value in steps}
    keys = {loc: _place(key) for loc, key, _ in steps if key is not None}
    return Parsed(_data(node), MappingProxyType(values), MappingProxyType(keys))


def _fail(file: str, line: int, column: int, code: str, message: str, hint: str) -> ContentError:
    return ContentError([Finding(file, line, column, code, message, hint)])


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
            raise _fail(file, line, column, "E015", message, "flatten it")
        if count > NODES:
            raise _fail(file, line, column, "E015", f"more than {NODES} values", "split the file")
        if isinstance(event, yaml.AliasEvent):
            raise _fail(file, line, column, "E014", f"alias *{event.anchor} is not allowed", quote)
        if getattr(event, "anchor", None):
            raise _fail(file, line, column, "E014", f"anchor &{event.anchor} is not allowed", quote)
        if getattr(event, "tag", None):
            raise _fail(file, line, column, "E014", f"tag {event.tag} is not allowed", quote)
        if isinstance(event, yaml.DocumentStartEvent) and event.explicit and count > 2:
            message = "a second document begins here"
            raise _fail(file, line, column, "E012", message, "delete the ---")


_SIGNS = frozenset("@`%")
"""What no plain text of YAML begins with."""


def _syntax(file: str, text: str, line: int, column: int, problem: str) -> ContentError:
    """PyYAML's complaint in words an author can act on."""
    lines = text.split("\n")
    written = lines[line - 1] if line <= len(lines) else ""
    for number in range(min(line, len(lines)), max(0, line - 3), -1):
        if "\t" in lines[number - 1][: len(lines[number - 1]) - len(lines[number - 1].lstrip())]:
            place = lines[number - 1].index("\t") + 1
            hint = "indent with spaces, two for each level"
            return _fail(file, number, place, "E011", "line is indented with a tab", hint)
    hint = "check the indentation of this line and the one above"
    if "mapping values are not allowed" in problem:
        hint = "put the text in quotes if it contains a colon and a space"
    elif sign := next(
        (s for s in (written[column - 1 :], written.lstrip()) if s[:1] in _SIGNS), ""
    ):
        hint = f"put text that begins with {sign[0]} in quotes"
    elif "alphabetic or numeric character" in problem:
        hint = "put text that begins with * or & in quotes"
    elif "could not find expected ':'" in problem:
        hint = "write a space behind the colon of the line above, and check its indentation"
    elif "quoted scalar" in problem or "end of stream" in problem:
        hint = "close the quotation mark or bracket that was opened above"
    elif "expected ',' or ']'" in problem or "expected ',' or '}'" in problem:
        hint = "close the bracket, or put text with commas or brackets in quotes"
    message = f"this is not YAML: {problem.lower()}" if problem else "this is not YAML"
    return _fail(file, line, column, "E012", message, hint)


# -- the nodes of what was parsed ----------------------------------------------------------------


def _walk(node: Any, loc: Loc = (), key: Any = None) -> Iterator[tuple[Loc, Any, Any]]:
    """(location, node of the key or None, node) of ``node`` and of all that is inside it."""
    yield loc, key, node
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _walk(child, (*loc, index))
    elif isinstance(node, yaml.MappingNode):
        for inner, child in node.value:
            yield from _walk(child, (*loc, inner.value), inner)


def _place(node: Any) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _data(node: Any) -> Any:
    """What ``node`` says, as dict, list, str and None."""
    if isinstance(node, yaml.SequenceNode):
        return [_data(child) for child in node.value]
    if isinstance(node, yaml.MappingNode):
        return {key.value: _data(child) for key, child in node.value}
    plain = node.style in (None, "")  # the C loader says "", the Python one None
    return None if plain and node.value in _EMPTY else node.value


def _faults(root: Any, file: str) -> Iterator[Finding]:
    """What no file of a dossier may hold: endless words, and keys that are none or stand twice."""
    for _, _, node in _walk(root):
        if isinstance(node, yaml.MappingNode):
            yield from _key_faults(node, file)
        elif isinstance(node, yaml.ScalarNode) and (word := _WORD.search(node.value)):
            message = f"a word of {len(word[0]):,} characters is too long to print"
            hint = "divide it with spaces, or delete it"
            yield Finding(file, *_place(node), "E019", message, hint)


def _key_faults(mapping: Any, file: str) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for key, _ in mapping.value:
        line, column = _place(key)
        if not isinstance(key, yaml.ScalarNode):
            hint = "a key is a word before a colon"
            yield Finding(file, line, column, "E012", "a key is not text", hint)
        elif key.value == "<<":
            hint = "write the keys out"
            yield Finding(file, line, column, "E014", "merge key << is not allowed", hint)
        elif key.value in first:
            message = f"key {key.value!r} stands twice here (first in line {first[key.value]})"
            yield Finding(file, line, column, "E013", message, "keep one of them")
        else:
            first[key.value] = line
