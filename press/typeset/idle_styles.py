"""What an author's style sheets say, and the typesetter passes over: each at its line.

The typesetter is asked of each declaration whether it takes the property and the value. Of some it
says nothing by itself: what is for screens, or has the prefix of a browser.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

import tinycss2
from tinycss2.ast import LiteralToken

from press.base.finding import PageRemark, Place, code_of
from press.design.calc import Node
from press.design.declarations import Declared
from press.design.stylesheets import Rule, is_at, media_of, selector
from press.prose.markup import TAGS
from press.typeset import engine
from press.typeset.expected import Expected
from press.typeset.fetch import BASE
from press.typeset.typeset import SetPages


def not_taken(expected: Expected) -> Iterator[tuple[Declared, str]]:
    """The author's declarations that the typesetter does not take, and why."""
    for one in expected.guest_declarations:
        if one.name in engine.SCREEN_ONLY or one.name.startswith("-"):
            continue  # W723 tells of them
        try:
            engine.longhands(one.name, one.literal, BASE)
        except ValueError as error:
            yield one, str(error)


def remedy(name: str, value: str, why: str) -> str:
    """What to do about a declaration that is not taken."""
    if "property" in why:
        near = get_close_matches(name, sorted(engine.properties()), n=1, cutoff=0.8)
        return f"did you mean {near[0]}?" if near else f"take it out: nothing here reads {name}"
    hint = f"write a value that CSS has for {name}"
    if re.search(r"(?<![\w.#-])[1-9][\d.]*(?![\w.%])", value):
        hint += "; a length has a unit, as in 5mm"
    return hint


def for_screens(_: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """W723: a rule or declaration of a theme or of local.css means nothing on paper.

    Why: It was written for a screen, a pointer or one browser; the typesetter passes it over
        without a word, and what it was to do is not done.
    Wrong: -webkit-text-fill-color: #a60;
    Right: color: #a60;
    Remedy: Take it out, or write what the finding names in its place.
    """
    for one in expected.guest_declarations:
        if why := _idle(one):
            message, hint = why
            yield one.place, message, hint, 0, None
    for rule in expected.guest_rules:
        for node in _unprinted(rule.node):
            message = f"@media {', '.join(media_of(node) or [])} is for no page: pages are print"
            yield _at(rule, node), message, "take it out, or write @media print", 0, None
        for node in styled(rule.node):
            if any(one.never_matches for one in _selectors(node)):
                message = f"{selector(node)} applies to nothing on paper, where nobody points"
                hint = "take it out, or write the selector without what follows the colon"
                yield _at(rule, node), message, hint, 0, None


def not_there(_: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """W724: no page has an element or an id that a rule of a theme or of local.css names.

    Why: The rule styles nothing, without a word. Pages have other elements than web sites, and in
        drawings only plate.css and the tokens --map-… act.
    Wrong: article #main p { color: #a60 }
    Right: .chapter p { color: #a60 }
    Remedy: Name a class that docs/classes.md lists, or take the rule out.
    """
    if expected.root is None or not expected.guest_rules:
        return
    tags, ids = _known(expected)
    for rule in expected.guest_rules:
        for node in styled(rule.node):
            for one in _named(node.prelude):
                is_id = one.type == "hash"
                if (one.value if is_id else one.lower_value) not in (ids if is_id else tags):
                    what = f"the id {one.value!r}" if is_id else f"an element {one.value!r}"
                    message = f"no page has {what}, so that {selector(node)} styles nothing"
                    hint = "name a class that docs/classes.md lists, or take the rule out"
                    yield _at(rule, one), message, hint, 0, None


def _known(expected: Expected) -> tuple[set[str], set[str]]:
    """The tags that a page may have, and the ids that a template gives or these pages have."""
    drawn = (one for one in expected.root.iter() if isinstance(one.tag, str))
    tags, ids = {*TAGS, "html", "body"}, set[str]()
    for one in drawn:
        tags.add(one.tag)
        ids.add(one.get("id", ""))
    for rule in expected.rules:
        if rule not in expected.guest_rules:
            tags |= {n.lower_value for node in styled(rule.node) for n in _named(node.prelude)
                     if n.type == "ident"}  # fmt: skip
    for name, raw in expected.engine.items():
        if name.startswith("templates/"):
            text = raw.decode("utf-8", "replace")
            tags |= set(re.findall(r"<([a-z][a-z0-9]*)", text))
            ids |= set(re.findall(r'\bid="([\w-]+)"', text))
    return tags, ids


def _named(nodes: Sequence[Node]) -> Iterator[Node]:
    """The tags and ids in a selector."""
    for before, node in pairwise([None, *nodes]):
        starts = before is None or before.type == "whitespace" or before in (",", ">", "+", "~")
        if node.type == "hash" or (node.type == "ident" and starts):
            yield node
        elif node.type == "function" and node.lower_name in ("is", "not", "where", "has"):
            yield from _named(node.arguments)


def _at(rule: Rule, node: Node) -> Place:
    return rule.file, node.source_line, node.source_column


def _idle(one: Declared) -> tuple[str, str] | None:
    """Why a declaration does nothing, and what to write; None where it does something."""
    said = f"{one.name}: {one.value}"
    if one.name in engine.SCREEN_ONLY:
        return f"{said} means nothing on paper", "take it out"
    if not (prefix := re.match(r"-\w+-", one.name)):
        return None
    plain = one.name[prefix.end() :]
    if plain in one.beside or plain in engine.SCREEN_ONLY:
        return None if plain in one.beside else (f"{said} means nothing on paper", "take it out")
    known = plain in engine.properties()
    hint = f"write {plain} without the prefix" if known else "take it out"
    return f"{said} is for one browser, and is passed over", hint


def _unprinted(node: Node) -> Iterator[Node]:
    """The ``@media`` rules that are not for print."""
    if is_at(node, "media"):
        if not {"print", "all"} & {*(media_of(node) or [])}:
            yield node
            return
        for one in tinycss2.parse_rule_list(node.content, True, True):
            yield from _unprinted(one)


def styled(node: Node) -> Iterator[Node]:
    """The rules with a selector that are for print, those within others too."""
    if node.type == "qualified-rule":
        yield node
        inner = tinycss2.parse_blocks_contents(node.content, True, True)
    elif is_at(node, "media") and not [*_unprinted(node)]:
        inner = tinycss2.parse_rule_list(node.content, True, True)
    else:
        return
    for one in inner:
        if one.type in ("qualified-rule", "at-rule") and one.content:
            yield from styled(one)


def _selectors(node: Node) -> list[Any]:
    """The selectors of a rule, whatever ``&`` stands for in it; none where they are at fault."""
    try:
        return engine.compiled([ANY if one == "&" else one for one in node.prelude])
    except ValueError:
        return []


ANY = LiteralToken(1, 1, "*")


def not_selectors(expected: Expected) -> Iterator[tuple[Place, str, str]]:
    """The author's selectors that the typesetter does not understand: where, which, and why."""
    for rule in expected.guest_rules:
        for node in styled(rule.node):
            try:
                engine.compiled([ANY if one == "&" else one for one in node.prelude])
            except ValueError as error:
                yield _at(rule, node), selector(node), str(error).lower()


CHECKS: tuple[Callable[[SetPages, Expected], Iterator[PageRemark]], ...] = tuple(
    function
    for function in list(globals().values())
    if inspect.isfunction(function) and code_of(function).startswith("W")
)
"""What is said of style sheets, beside what the typesetter complains of."""
