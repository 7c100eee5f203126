"""Reads style sheets: a file and all that it imports, as rules in the order of their text.

What WeasyPrint would drop without a word is a finding instead.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, cast

import tinycss2

from press.base.finding import Finding, did_you_mean
from press.design import brackets
from press.design.calc import Node, parted, words_of

Name = Literal["main", "paper", "edition", "theme", "local"]
STYLESHEETS: Final[tuple[Name, ...]] = ("main", "paper", "edition", "theme", "local")
"""The style sheets of a page, from weak to strong."""

GUESTS: Final[frozenset[Name]] = frozenset({"theme", "local"})
"""Those that know no edition and no paper, and may be held off by them."""

MAIN = "styles/main.css"
LOCAL = "styles/local.css"
"""One's own tweaks to everything, where there are any."""

FOLDERS: Final[Mapping[Name, str]] = {
    "theme": "styles/themes/", "paper": "styles/papers/", "edition": "styles/editions/",
}  # fmt: skip

_SUPPORTED = frozenset({"font-face", "page", "media", "counter-style", "color-profile", "charset"})
"""The at-rules that the typesetter reads, beside ``@import`` and ``@layer``."""


@dataclass(frozen=True)
class Rule:
    """A rule where it stands: its file, its layer ("" for none) and its style sheet."""

    file: str
    layer: str
    stylesheet: Name
    node: Node

    def finding(self, node: Node, code: str, message: str, hint: str = "") -> Finding:
        """A finding at ``node`` of this rule's file."""
        return finding_at(self.file, node, code, message, hint)


def rank(rule: Rule) -> int:
    """How strong the style sheet of a rule is."""
    return STYLESHEETS.index(rule.stylesheet)


@dataclass(frozen=True)
class Layer:
    """A layer that is named; the first naming gives its place in the cascade."""

    name: str


def finding_at(file: str, node: Node, code: str, message: str, hint: str = "") -> Finding:
    """A finding at the line and column of ``node``."""
    line, column = getattr(node, "source_line", 0), getattr(node, "source_column", 0)
    return Finding(file, line, column, code, message, hint)


def not_css(file: str, node: Node) -> Finding:
    """E707 for a node that tinycss2 could not read."""
    return finding_at(file, node, "E707", f"this is not CSS: {node.message.lower()}")


def names(files: Mapping[str, bytes], stylesheet: Name) -> tuple[str, ...]:
    """The themes, papers or editions among the files, by bare name."""
    pattern = re.compile(re.escape(FOLDERS[stylesheet]) + r"([a-z0-9-]+)\.css")
    return tuple(sorted(m[1] for key in files if (m := pattern.fullmatch(key))))


def read(
    files: Mapping[str, bytes],
    key: str,
    stylesheet: Name,
    layer: str = "",
    chain: tuple[str, ...] = (),
) -> Iterator[Rule | Layer | Finding]:
    """Every rule and layer of the file ``key`` and of what it imports, and what is wrong there.

    ``layer`` is the layer that the file is imported into, ``chain`` the files that import it.
    """
    imports_over = False
    for node in parse(files, key):
        if isinstance(node, Finding):
            yield node
            continue
        rule = Rule(key, layer, stylesheet, node)
        if is_at(node, "import") and not imports_over:
            yield from _imported(files, rule, chain)
            continue
        imports_over |= not is_at(node, "layer", "charset")
        yield from _visit(rule)


def parse(files: Mapping[str, bytes], key: str) -> Sequence[Node | Finding]:
    """The rules of one file, or a finding alone where it is no text.

    Where something is not closed, a finding and the rules before and behind it.
    """
    return _parsed(key, files[key])


@lru_cache(maxsize=128)
def _parsed(key: str, raw: bytes) -> Sequence[Node | Finding]:
    """``parse``, once for the files that the editions share; nobody writes into what it gives."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [Finding(key, line, 0, "E702", "this is not UTF-8 text", "save the file as UTF-8")]
    faults, whole = brackets.mended(text)
    found = [Finding(key, one.line, one.column, "E707", *one.said) for one in faults]
    return (*found, *_rules(whole))


def _rules(text: str) -> list[Node]:
    nodes: list[Node] = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return nodes


def _imported(
    files: Mapping[str, bytes], rule: Rule, chain: tuple[str, ...]
) -> Iterator[Rule | Layer | Finding]:
    """What an ``@import`` brings, or why it cannot be followed."""
    first, *conditions = words_of(rule.node.prelude) or [None]
    layer = rule.layer
    for part in conditions:
        if part.type != "function" or part.lower_name != "layer":
            message = f"@import with {tinycss2.serialize([part])!r} is not understood"
            hint = 'write @import "x.css" layer(x);'
            yield rule.finding(rule.node, "E706", message, hint)
            return
        layer = _joined(rule.layer, tinycss2.serialize(part.arguments).strip())
    address = address_of(first) if first else None
    if address is None:
        hint = 'write @import "x.css";'
        yield rule.finding(rule.node, "E706", "@import names no style sheet", hint)
        return
    key = key_of(rule.file, address)
    if key not in files:
        hint = did_you_mean(key, (k for k in files if k.endswith(".css")), "add the file")
        yield rule.finding(rule.node, "E703", f"there is no style sheet {key}", hint)
    elif key in (rule.file, *chain):
        yield rule.finding(rule.node, "E704", f"{key} imports itself", "remove this import")
    else:
        if layer:
            yield Layer(layer)
        yield from read(files, key, rule.stylesheet, layer, (*chain, rule.file))


def _visit(rule: Rule) -> Iterator[Rule | Layer | Finding]:
    """A rule itself, the rules of a layer block, or a finding instead of what would be lost."""
    node = rule.node
    if node.type == "error":
        yield not_css(rule.file, node)
    elif node.type == "qualified-rule":
        yield rule
    elif node.lower_at_keyword == "layer":
        yield from _visit_layer(rule)
    elif node.lower_at_keyword == "import":
        yield rule.finding(node, "E705", "@import after a rule is ignored", "move it to the top")
    elif node.lower_at_keyword not in _SUPPORTED:
        message = f"@{node.lower_at_keyword} is dropped by WeasyPrint without a word"
        hint = "take it out" if _is_for_screens(node) else "write the rules without it"
        yield rule.finding(node, "E708", message, hint)
    elif node.lower_at_keyword == "media" and media_of(node) is None:
        asked = " ".join(tinycss2.serialize(node.prelude).split())
        message = f"@media {asked} is dropped by WeasyPrint with all that is in it"
        hint = "write the rules without it, or in @media print"
        yield rule.finding(node, "E708", message, hint)
    elif node.lower_at_keyword in ("page", "media") and rule.layer:
        message = f"@{node.lower_at_keyword} inside a layer loses its place in the cascade"
        hint = "keep @page in page.css or an edition" if node.lower_at_keyword == "page" else ""
        yield rule.finding(node, "E709", message, hint or "move it out of the layer")
    elif node.lower_at_keyword != "charset":
        yield rule


def _is_for_screens(node: Node) -> bool:
    """Whether an at-rule has no rules that one could write without it."""
    return node.lower_at_keyword in ("keyframes", "view-transition") or node.content is None


def media_of(node: Node) -> list[str] | None:
    """The media that an ``@media`` is for; None where it asks for more than their names.

    The typesetter reads no more than these, and drops the whole rule.
    """
    words = words_of(node.prelude)
    words = words[1:] if words and getattr(words[0], "lower_value", "") == "only" else words
    parts = parted(words, ",") if words else []
    if any(len(part) != 1 or part[0].type != "ident" for part in parts):
        return None
    return [part[0].lower_value for part in parts] or ["all"]


def _visit_layer(rule: Rule) -> Iterator[Rule | Layer | Finding]:
    """The layers that an ``@layer`` names, and the rules of its block."""
    layers = [
        _joined(rule.layer, name.strip())
        for name in tinycss2.serialize(rule.node.prelude).split(",")
    ]
    yield from map(Layer, filter(None, layers))
    if rule.node.content is None:
        return
    content = tinycss2.parse_rule_list(rule.node.content, skip_comments=True, skip_whitespace=True)
    for node in content:
        yield from _visit(Rule(rule.file, layers[0], rule.stylesheet, node))


def _joined(outer: str, inner: str) -> str:
    return ".".join(filter(None, (outer, inner)))


def is_at(node: Node, *keywords: str) -> bool:
    """Whether a rule is one of these: ``@page``, ``@font-face``."""
    return bool(node.type == "at-rule" and node.lower_at_keyword in keywords)


@lru_cache(maxsize=2048)
def selector(node: Node) -> str:
    """The selector of a rule as text."""
    return cast("str", tinycss2.serialize(node.prelude)).strip()


def rule_at(files: Mapping[str, bytes], key: str, text: str) -> tuple[str, int, int]:
    """Where a style sheet, or one that it imports, has the rule of this selector."""
    name: Name = "local" if key == LOCAL else "theme"
    for rule in read(files, key, name) if key in files and text else ():
        if isinstance(rule, Rule) and selector(rule.node).split() == text.split():
            return rule.file, rule.node.source_line, rule.node.source_column
    return key, 0, 0


def address_of(node: Node) -> str | None:
    """The text of ``"x"``, ``url(x)`` or ``url("x")``."""
    if node.type in ("string", "url"):
        return cast("str", node.value)
    if node.type == "function" and node.lower_name == "url":
        return next((cast("str", a.value) for a in node.arguments if a.type == "string"), None)
    return None


def key_of(file: str, address: str) -> str:
    """The key an address in ``file`` points at; a leading slash counts from the root."""
    path = address.partition("#")[0].partition("?")[0]
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(file), path)).lstrip("/")
