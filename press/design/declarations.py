"""The declarations of style sheets, each with its selector in full and the place where it stands.

Rules within rules are read as WeasyPrint reads them, so that who asks which declaration applies to
an element gets the answer of the pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import tinycss2
from tinycss2.ast import FunctionBlock, LiteralToken, WhitespaceToken

from press.design.calc import Node, parted
from press.design.stylesheets import GUESTS, Rule, is_at, media_of
from press.design.values import Scope, resolved


@dataclass(frozen=True)
class Declared:
    """A declaration: where it stands, of what, its value as it is written, and of which rule.

    ``literal`` is its value with tokens resolved, ``prelude`` the selector that applies, () in an
    ``@page``. ``beside`` are the names that are declared in the same block.
    """

    place: tuple[str, int, int]
    name: str
    value: str
    selector: str = ""
    literal: str = field(default="", compare=False)
    prelude: Sequence[Node] = field(default=(), compare=False, repr=False)
    important: bool = False
    beside: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    rule: Rule | None = field(default=None, compare=False, repr=False)

    @property
    def said(self) -> str:
        """It as it stands: ``.chapter p {height: 0}``."""
        return f"{self.selector} {{{self.name}: {self.value}}}"

    @property
    def is_guest(self) -> bool:
        """Whether a theme or local tweaks say it."""
        return self.rule is not None and self.rule.stylesheet in GUESTS


def declarations_in(
    rules: Iterable[Rule], literals: Mapping[str, str], files: Collection[str]
) -> Iterator[Declared]:
    """Every declaration of a property in ``rules`` that is for print, in their order."""
    for rule in rules:
        if rule.node.content and not is_at(rule.node, "font-face", "counter-style"):
            scope = Scope(rule.file, literals.get, literals, files)
            yield from _within(rule, rule.node, (), scope)


def _within(
    rule: Rule, node: Node, around: Sequence[Node], scope: Scope, said: str = ""
) -> Iterator[Declared]:
    """The declarations in ``node``, which stands in a rule with the selector ``around``."""
    if node.type == "at-rule":
        if is_at(node, "media"):
            media = media_of(node) or []
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            for one in inner if {"print", "all"} & {*media} else ():
                if getattr(one, "content", None):
                    yield from _within(rule, one, (), scope)
            return
        own = f"{said} @{node.lower_at_keyword}".strip()
        prelude: Sequence[Node] = ()
    else:
        prelude = _nested(node.prelude, around) if around else node.prelude
        shown = any(n == "&" for n in node.prelude)
        written = " ".join(tinycss2.serialize(node.prelude).split())
        own = f"{said} {written}" if shown else written
    inside = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    beside = frozenset(one.lower_name for one in inside if one.type == "declaration")
    for one in inside:
        if one.type == "declaration" and not one.name.startswith("--"):
            yield Declared(
                (rule.file, one.source_line, one.source_column),
                one.lower_name,
                " ".join(tinycss2.serialize(one.value).split()),
                own,
                resolved(one.value, scope)[0],
                prelude,
                one.important,
                beside,
                rule,
            )
        elif one.type == "qualified-rule" and prelude:
            yield from _within(rule, one, prelude, scope, own)
        elif one.type == "at-rule" and one.content and is_at(node, "page"):
            yield from _within(rule, one, (), scope, own)


def _nested(prelude: Sequence[Node], around: Sequence[Node]) -> list[Node]:
    """The selector of a rule in another; where a part names ``&``, WeasyPrint takes all of them."""
    parent = [LiteralToken(1, 1, ":"), FunctionBlock(1, 1, "is", list(around))]
    whole: list[Node] = []
    for part in parted(prelude, ","):
        if any(node == "&" for node in part):
            for node in prelude:
                whole += parent if node == "&" else [node]
        else:
            whole += [*parent, WhitespaceToken(1, 1, " "), *part]
        whole.append(LiteralToken(1, 1, ","))
    return whole[:-1]
