"""What the rules of a theme or of local tweaks name and nobody has: classes of pages, faces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import tinycss2

from press.base.finding import Finding, did_you_mean
from press.design.calc import Node, parted
from press.design.cascade import Cascade
from press.design.faces import Face, declared, is_face
from press.design.stylesheets import GUESTS, Rule, is_at, not_css, parse, selector
from press.design.values import Scope, resolved

_CLASSES = Path(__file__).parent / "page_classes.txt"
"""The classes of pages, made from templates and modules by ``build.py docs``."""

_GENERIC: Final = frozenset(
    {"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif",
     "ui-sans-serif", "ui-monospace", "math", "emoji"}
)  # fmt: skip
_WORDS: Final = frozenset({"inherit", "initial", "unset", "revert"})


def faults(
    found: Cascade, literals: Mapping[str, str], files: Mapping[str, bytes]
) -> Iterator[Finding]:
    """E726 for a family without a face, W722 for a class that no page has, each at its line."""
    guests = [rule for rule in found.rules if rule.stylesheet in GUESTS and rule.node.content]
    families = {one.family for one in declared(found.rules) if isinstance(one, Face)}
    for token in found.tokens.values():
        if token.rule.stylesheet in GUESTS and token.name.startswith("--face-"):
            yield from _faces(token.rule, token.node, literals[token.name], families)
    for rule in guests:
        if is_face(rule):
            continue
        scope = Scope(rule.file, literals.get, literals, files)
        for node in _inside(rule.node):
            if node.type == "declaration" and node.lower_name in ("font", "font-family"):
                text = resolved(node.value, scope)[0]
                yield from _faces(rule, node, text, families)
            elif node.type == "qualified-rule":
                yield from _classes(rule, node.prelude, files)
            yield from _dropped(rule, node)


MARGINS: Final = frozenset(
    f"{side}-{place}"
    for side, places in {
        "top": "left-corner left center right right-corner", "right": "top middle bottom",
        "bottom": "left-corner left center right right-corner", "left": "top middle bottom",
    }.items()
    for place in places.split()
)  # fmt: skip
"""The boxes in the margins of a page (CSS Paged Media 3, §4)."""


def _dropped(rule: Rule, node: Node) -> Iterator[Finding]:
    """E707 and E708 for what stands in the block of a rule and is dropped from it."""
    if node.type not in ("qualified-rule", "at-rule") or is_at(node, "media"):
        return
    for one in tinycss2.parse_blocks_contents(node.content or [], skip_comments=True):
        if one.type == "error":
            yield not_css(rule.file, one)
        elif one.type == "at-rule" and is_at(node, "page") and one.lower_at_keyword in MARGINS:
            continue
        elif one.type == "at-rule":
            message = f"@{one.lower_at_keyword} in a rule is dropped by WeasyPrint without a word"
            hint = f"write it around the rule: @media print {{ {selector(node)} {{ … }} }}"
            if is_at(node, "page"):
                hint = did_you_mean(one.lower_at_keyword, MARGINS, "take it out")
            elif one.lower_at_keyword != "media":
                hint = "write the rules without it"
            yield rule.finding(one, "E708", message, hint)


def _inside(rule: Node) -> Iterator[Node]:
    """A rule, and every rule and declaration in it, however deep."""
    yield rule
    for node in tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True):
        if node.type in ("qualified-rule", "at-rule"):
            yield from _inside(node)
        elif node.type == "declaration" and not node.name.startswith("--"):
            yield node


def _faces(rule: Rule, node: Node, text: str, families: Iterable[str]) -> Iterator[Finding]:
    known = {family.casefold() for family in families}
    asked = _families(tinycss2.parse_component_value_list(text), node)
    for number, family in enumerate(asked):
        last_resort = number and family.casefold() in _GENERIC
        if family.casefold() not in known and not last_resort:
            listed = f"there are: {', '.join(sorted(families))}; or add its @font-face"
            hint = f"{did_you_mean(family, families)} {listed}".strip()
            yield rule.finding(node, "E726", f"there is no face of {family!r}", hint)


def _families(nodes: Sequence[Node], declaration: Node) -> list[str]:
    """The families that a value names, in their order; of a ``font`` those behind its size."""
    if declaration.lower_name == "font":
        sizes = [n for n, one in enumerate(nodes) if one.type in ("dimension", "percentage")]
        nodes = nodes[sizes[-1] + 1 :] if sizes else []
    parts = (
        [n.value for n in part if n.type in ("string", "ident")] for part in parted(nodes, ",")
    )
    named = (" ".join(part) for part in parts if part)
    return [name for name in named if name.casefold() not in _WORDS]


def _classes(rule: Rule, prelude: Sequence[Node], files: Mapping[str, bytes]) -> Iterator[Finding]:
    known = _known(tuple(sorted((k, v) for k, v in files.items() if k.startswith("templates/"))))
    for node in _named(prelude):
        if node.value not in known:
            hint = did_you_mean(node.value, known, "docs/classes.md lists them all")
            message = f"no page has the class {node.value!r}, so that this rule styles nothing"
            yield rule.finding(node, "W722", message, hint)


def _named(nodes: Sequence[Node]) -> Iterator[Node]:
    """The classes in a selector, those in ``:is()`` and the like too."""
    for before, node in pairwise([None, *nodes]):
        if node.type == "ident" and before == ".":
            yield node
        elif node.type == "function":
            yield from _named(node.arguments)


@cache
def _known(templates: tuple[tuple[str, bytes], ...]) -> frozenset[str]:
    """The classes that a page may have, those of templates that somebody has added too."""
    given = set(_CLASSES.read_text("utf-8").split())
    for _, raw in templates:
        for value in re.findall(r'\bclass="([^"]*)', raw.decode("utf-8", "replace")):
            given |= set(re.findall(r"[\w-]+", value))
    return frozenset(given)


def declared_at(
    files: Mapping[str, bytes],
    keys: Iterable[str],
    said: tuple[str, str],
    literals: Mapping[str, str],
) -> tuple[str, int, int] | None:
    """Where the first of the style sheets ``keys`` declares ``said``, a name and its literal value.

    A shorthand counts for what it sets.
    """
    name, value = said[0], "".join(said[1].split())
    for key in keys:
        for node in parse(files, key) if key in files else ():
            for one in [] if isinstance(node, Finding) else _inside(node):
                if one.type != "declaration" or not f"{name}-".startswith(f"{one.lower_name}-"):
                    continue
                scope = Scope(key, literals.get, literals, files)
                text = "".join(resolved(one.value, scope)[0].split())
                if text == value or (one.lower_name != name and value in text):
                    return key, one.source_line, one.source_column
    return None
