"""Tokens: the custom properties of ``:root``, as they are declared and as they are resolved.

They stand on ``:root`` only; one set elsewhere is a finding, because resolving it would need the
document.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import tinycss2

from press.base.finding import Finding
from press.design.calc import Node, words_of
from press.design.stylesheets import Rule, finding_at, not_css, selector
from press.design.values import Noted, Scope, resolved

HELD = "--held-because"
"""In a block of ``:root``, why a theme cannot move what the block sets."""

YIELDS = "--yields-because"
"""In a rule of a theme, why nothing need be said where an edition holds what the rule sets."""


@dataclass(frozen=True)
class Token:
    """A custom property as it is declared, before resolution.

    ``held`` and ``yields`` are the reasons that its block gives, or "".
    """

    name: str
    rule: Rule
    node: Node
    held: str = ""
    yields: str = ""

    @property
    def value(self) -> list[Node]:
        """What it is set to."""
        return cast("list[Node]", self.node.value)

    @property
    def place(self) -> tuple[str, int, int]:
        """File, line and column."""
        return self.rule.file, self.node.source_line, self.node.source_column


def declared(rules: Iterable[Rule]) -> Iterator[Token | Finding]:
    """Every token that ``rules`` declare, in their order, and what cannot be one."""
    for rule in rules:
        if not rule.node.content:
            continue
        if not is_root(rule.node):
            yield from set_elsewhere(rule.file, rule.node.content)
            continue
        found = declarations(rule.node)
        reasons = {n.name: _text(n) for n in found if is_token(n) and n.name in (HELD, YIELDS)}
        for node in found:
            if node.type == "error":
                yield not_css(rule.file, node)
            elif is_token(node) and node.name not in reasons:
                if node.important:
                    message = f"{node.name} is !important"
                    yield rule.finding(node, "E710", message, "themes and editions win anyway")
                held, yields = reasons.get(HELD, ""), reasons.get(YIELDS, "")
                yield Token(node.name, rule, node, held, yields)


def _text(declaration: Node) -> str:
    """The text that a declaration sets in quotes."""
    return next((n.value for n in declaration.value if n.type == "string"), "")


def is_root(node: Node) -> bool:
    """Whether a rule is one for ``:root``."""
    return node.type == "qualified-rule" and selector(node) == ":root"


def is_token(node: Node) -> bool:
    """Whether a declaration sets a custom property."""
    return bool(node.type == "declaration" and node.name.startswith("--"))


@lru_cache(maxsize=2048)
def declarations(rule: Node) -> Sequence[Node]:
    """What stands in the block of a rule: declarations, rules, and errors.

    Read once for the editions and themes that share it; nobody writes into what it gives.
    """
    content = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return tuple(content)


def set_elsewhere(file: str, content: Iterable[Node]) -> Iterator[Finding]:
    """E711 for each custom property in ``content``, which is no block of ``:root``."""
    before: Node = None
    for node in words_of(content):
        if node.type == "{} block":
            yield from set_elsewhere(file, node.content)
        starts = before is None or before.type == "{} block" or before == ";"
        is_token_name = node.type == "ident" and node.value.startswith("--")
        if starts and is_token_name and node.value != YIELDS:
            message = f"{node.value} is set outside :root"
            hint = "set it on :root, or write the value here"
            yield finding_at(file, node, "E711", message, hint)
        before = node


def resolve(
    tokens: Mapping[str, Token], files: Collection[str], own: Mapping[str, Token] | None = None
) -> tuple[dict[str, str], list[Noted]]:
    """The literal text of every token, by name in order, and what was noted on the way.

    Where one cannot be worked out, what ``own`` has in its place counts, so that nothing follows
    from one fault but the finding on it.
    """
    done: dict[str, str] = {}
    noted: list[Noted] = []

    def literal(name: str, chain: tuple[str, ...]) -> str | None:
        if name in done or name not in tokens:
            return done.get(name)
        token = tokens[name]
        if name in chain:
            loop = " → ".join((*chain[chain.index(name) :], name))
            message, hint = f"tokens go round in a circle: {loop}", "give one of them a value"
            noted.append(Finding(*token.place, "E712", message, hint))
            return ""
        inner = (*chain, name)
        scope = Scope(token.rule.file, lambda other: literal(other, inner), tokens, files)
        text, more = resolved(token.value, scope)
        noted.extend(more)
        usual = (own or {}).get(name, token)
        if usual is not token and any(isinstance(one, Finding) for one in more):
            scope = Scope(usual.rule.file, scope.lookup, tokens, files)
            text, _ = resolved(usual.value, scope)
        return done.setdefault(name, text.strip())

    for name in tokens:
        literal(name, ())
    return dict(sorted(done.items())), noted
