"""Which CSS classes there are: what prints each, and which rules of the style sheets name it.

Nothing is set for it: class attributes are read in templates and in the HTML that Python makes,
selectors in style sheets. What may stand where an attribute has a value in it
(``{{ column.align }}``) is looked up in ``VALUES`` and ``MADE``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import get_args

import jinja2
import tinycss2
from jinja2 import nodes
from pydantic import BaseModel

from press.content import headings, kinds
from press.content.model.index import IndexKind
from press.content.model.plates import Line, Map
from press.content.model.tables import Column
from press.design.calc import Node
from press.design.editions import COMBINATIONS, EDITIONS
from press.plates.kinds import KINDS as PLATE_KINDS
from press.plates.signs import CATEGORY_COLOURS
from press.prose.inline_marks import CLASSES as MARKED
from press.prose.markup import CLASSES as CLEAN


def _choices(model: type[BaseModel], field: str) -> tuple[str, ...]:
    """The words that a field of a model may have."""
    return get_args(model.model_fields[field].annotation)


_NAMED = sorted({kind.name for kind in kinds.KINDS.values() if kind.linked} - {"entry", "source"})
"""The kinds of things whose names in the text are links of that class."""

VALUES: Mapping[str, Iterable[str]] = {
    "change.what": ("added", "changed", "removed"),
    "class": ("cut", "glue"),
    "column.align": _choices(Column, "align"),
    "drawing.kind": PLATE_KINDS,
    "drawing.size": _choices(Map, "size"),
    "edition.kind": {edition.kind for edition in (*EDITIONS.values(), *COMBINATIONS.values())},
    "entry.level": ("1", "2"),
    "line.kind": {*headings.KINDS[1:], *get_args(IndexKind), "see"},
    "name": ("old", "new"),
    "paragraph.kind": ("text", "credit"),
}
"""What an expression in a class attribute of a template may print."""

MADE: Mapping[str, Iterable[str]] = {
    "press/plates/maps/lines.py": _choices(Line, "style"),
    "press/plates/signs.py": ("sign", *(f"category-{n + 1}" for n in range(CATEGORY_COLOURS))),
    "press/prose/markup.py": {name for names in CLEAN.values() for name in names},
    "press/prose/printer.py": ("datum", "contested", *MARKED),
    "press/prose/values.py": ("contested", *_NAMED),
}
"""The classes that a module makes without writing them into an attribute itself."""

_ATTRIBUTE = re.compile(r'\bclass="((?:\{\{.*?\}\}|[^"{])*)(?:"|$)', re.DOTALL)
_HOLE = "\0"
"""Stands for a value in a string of Python."""
_CLASS = re.compile(rf"[a-z][a-z0-9-]*|[a-z][a-z0-9]*-{_HOLE}+|{_HOLE}-[a-z]+")
"""A class as a whole, or with a value in it."""


# -- what prints a class ---------------------------------------------------------------------------


def in_template(text: str) -> Iterator[str]:
    """Every class that a template may print. Raises KeyError where ``VALUES`` has no row."""
    for value in _ATTRIBUTE.findall(text):
        for output in jinja2.Environment().parse(value).find_all(nodes.Output):  # noqa: S701
            for pieces in product(*map(_alternatives, output.nodes)):
                yield from "".join(pieces).split()


def _alternatives(node: nodes.Node | None) -> Iterable[str]:
    """What a piece of an attribute may print."""
    match node:
        case None:
            return ("",)
        case nodes.TemplateData():
            return (node.data,)
        case nodes.Const():
            return (str(node.value),)
        case nodes.CondExpr():
            return (*_alternatives(node.expr1), *_alternatives(node.expr2))
        case nodes.Getattr(node=nodes.Name(name=name), attr=attribute):
            return VALUES[f"{name}.{attribute}"]
    return VALUES[getattr(node, "name", repr(node))]


def in_module(name: str, text: str) -> Iterator[str]:
    """Every class that the HTML of a module may have. Raises KeyError where ``MADE`` has no row."""
    for words in _strings(text):
        for attribute in _ATTRIBUTE.findall(words):
            yield from (word for word in attribute.split() if _HOLE not in word)
            yield from MADE[name] if _HOLE in attribute else ()
    yield from MADE.get(name, ())


def in_drawing(name: str, text: str, known: Iterable[str]) -> Iterator[str]:
    """Those of the classes ``known`` that a module gives to what it draws.

    Whoever draws is given classes as words, so that each word of a string may be one.
    """
    words = {word for words in _strings(text) for word in re.split(r'[\s"=]+', words)}
    patterns = [
        re.compile(re.sub(f"{_HOLE}+", ".+", word)) for word in words if _CLASS.fullmatch(word)
    ]
    yield from (one for one in known if any(pattern.fullmatch(one) for pattern in patterns))
    yield from MADE.get(name, ())


def _strings(text: str) -> Iterator[str]:
    """The strings of a module that may be printed, with ``_HOLE`` in place of each value.

    Those are not that explain, that are patterns, and with which something is compared.
    """
    skipped: set[ast.AST] = set()
    for node in ast.walk(ast.parse(text)):
        if node not in skipped:
            skipped.update(other for part in _unprinted(node) for other in ast.walk(part))
        if node in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            skipped.update(node.values)
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else _HOLE for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.sub(r"\{\w*\}", _HOLE, node.value)


def _unprinted(node: ast.AST) -> Iterable[ast.AST]:
    """The parts of a piece of Python whose words are not printed."""
    match node:
        case ast.Expr(value=ast.Constant() as explained):
            return (explained,)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
            return node.args
        case ast.Compare():
            return (node.left, *node.comparators)
        case ast.Dict():
            return [key for key in node.keys if key]
        case ast.Subscript():
            return (node.slice,)
        case ast.match_case():
            return (node.pattern,)
    return ()


# -- what styles a class ---------------------------------------------------------------------------

Classes = frozenset[str]


@dataclass(frozen=True)
class ClassRule:
    """The classes that a rule names: ``own`` of what it styles, ``others`` of what is near."""

    own: Classes
    others: Classes


def rules_of(text: str) -> Iterator[ClassRule]:
    """The rules of a style sheet, those that are nested in others too."""
    yield from _rules(tinycss2.parse_stylesheet(text, skip_comments=True), frozenset())


def _rules(found: Iterable[Node], outer: Classes) -> Iterator[ClassRule]:
    """``found`` and what is nested in them; ``outer`` are the classes that ``&`` stands for."""
    for node in found:
        own = outer
        if node.type == "qualified-rule":
            own, others = _named(node.prelude, outer)
            yield ClassRule(own, others)
        elif node.type != "at-rule" or node.content is None:
            continue
        yield from _rules(tinycss2.parse_blocks_contents(node.content, skip_comments=True), own)


def _named(prelude: Iterable[Node], outer: Classes) -> tuple[Classes, Classes]:
    """The classes of what a list of selectors selects, and those of what must be near it."""
    own, others = set[str](), set[str]()
    for selector in _selectors(prelude):
        for compound in selector:
            here, around = _of_compound(compound, outer)
            (own if compound is selector[-1] else others).update(here)
            others |= around
    return frozenset(own), frozenset(others - own)


def _selectors(prelude: Iterable[Node]) -> Iterable[Sequence[Sequence[Node]]]:
    """The selectors of a list, each by its compounds: what stands between its combinators."""
    selectors: list[list[list[Node]]] = [[[]]]
    for node in prelude:
        if node == ",":
            selectors.append([[]])
        elif node.type not in ("whitespace", "comment") and node not in (">", "+", "~"):
            selectors[-1][-1].append(node)
        elif selectors[-1][-1]:
            selectors[-1].append([])
    return [[compound for compound in selector if compound] for selector in selectors]


def _of_compound(compound: Sequence[Node], outer: Classes) -> tuple[Classes, Classes]:
    """The classes that an element must have, and those that others must."""
    own = {node.value for dot, node in pairwise(compound) if dot == "." and node.type == "ident"}
    others = set[str]()
    for node in compound:
        if node == "&":
            own |= outer
        elif node.type == "function":
            inner, around = _named(node.arguments, outer)
            (own if node.lower_name in ("is", "where") else others).update(inner)
            others |= around
    return frozenset(own), frozenset(others)
