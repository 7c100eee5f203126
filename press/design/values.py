"""Component values of CSS as text: tokens, calculations and addresses resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

import tinycss2

from press.base.finding import Finding, did_you_mean
from press.design.calc import Node, fold, impossible, parted, words_of
from press.design.stylesheets import address_of, finding_at, key_of


@dataclass(frozen=True)
class Named:
    """A file that a style sheet names, by its key among the style files."""

    key: str


Noted = Finding | Named
"""What comes of resolving values besides their text."""

UNSUPPORTED: Final = {
    "color-mix": ("WeasyPrint does not know color-mix()", "write the colour"),
    "leader": ("every dot of a leader is set, tagged and read aloud", "use a dotted background"),
}

_WORDS = frozenset({"ident", "number", "dimension", "percentage", "function", "hash"})
"""Values that would run into a neighbour when a token is put beside them without a space."""

_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True)
class Scope:
    """What values in ``file`` may refer to: tokens, and files by key.

    ``lookup`` gives the literal of a token, None where nothing sets it.
    """

    file: str
    lookup: Callable[[str], str | None]
    tokens: Collection[str]
    files: Collection[str]

    def finding(self, node: Node, code: str, message: str, hint: str = "") -> Finding:
        """A finding at ``node`` of the file."""
        return finding_at(self.file, node, code, message, hint)


def resolved(nodes: Sequence[Node], scope: Scope) -> tuple[str, list[Noted]]:
    """``nodes`` as CSS without ``var()`` and foldable ``calc()``, and what was noted on the way."""
    return told_apart(_texts(nodes, scope))


def resolved_rule(rule: Node, scope: Scope) -> tuple[str, str, list[Noted]]:
    """The selector and the block of a rule, resolved, and what was noted on the way."""
    head, body = (told_apart(_filled(pieces, scope)) for pieces in _of_rule(rule, scope.file))
    return head[0], body[0], [*head[1], *body[1]]


def told_apart(pieces: Iterable[str | Noted]) -> tuple[str, list[Noted]]:
    """Texts joined into one, and the rest."""
    kept = list(pieces)
    noted = [piece for piece in kept if not isinstance(piece, str)]
    return "".join(piece for piece in kept if isinstance(piece, str)), noted


Piece = str | Finding | Node
"""A text, a finding, or a node whose text depends on tokens and files."""


@lru_cache(maxsize=2048)
def _of_rule(rule: Node, file: str) -> tuple[tuple[Piece, ...], ...]:
    """The pieces of a rule's selector and block: editions and themes share most rules."""
    return tuple(
        _run_together(_pieces(nodes or (), file)) for nodes in (rule.prelude, rule.content)
    )


def _run_together(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """``pieces`` with texts that follow one another joined."""
    found: list[Piece] = []
    for piece in pieces:
        if found and isinstance(piece, str) and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(found)


def _texts(nodes: Sequence[Node], scope: Scope) -> Iterator[str | Noted]:
    return _filled(_pieces(nodes, scope.file), scope)


def _filled(pieces: Iterable[Piece], scope: Scope) -> Iterator[str | Noted]:
    for piece in pieces:
        if isinstance(piece, str | Finding):
            yield piece
        else:
            yield from _text(piece, scope)


def _pieces(nodes: Sequence[Node], file: str) -> Iterator[Piece]:
    """What ``nodes`` give whatever tokens and files there are; functions and addresses as nodes."""
    before: Node = None
    for node in (n for n in nodes if n.type != "comment"):
        touching = before is not None and before.type in _WORDS and node.type in _WORDS
        if touching and (_is_function(before, "var") or _is_function(node, "var")):
            yield "/**/"
        if node.type in ("url", "function"):
            yield node
        elif node.type in ("{} block", "[] block", "() block"):
            yield node.type[0]
            yield from _pieces(node.content, file)
            yield node.type[1]
        else:
            text = cast("str", tinycss2.serialize([node]))
            yield text
            yield from _impossible(node, text, file)
        before = node


def _text(node: Node, scope: Scope) -> Iterator[str | Noted]:
    """What a function or an address gives."""
    if _is_function(node, "var"):
        yield from _variable(node, scope)
    elif node.type == "url" or _is_function(node, "url"):
        yield from _url(node, scope)
    elif _is_function(node, "if"):
        yield from _chosen(node, scope)
    else:
        if node.lower_name in UNSUPPORTED:
            yield scope.finding(node, "E713", *UNSUPPORTED[node.lower_name])
        inner, noted = resolved(node.arguments, scope)
        text = f"{node.name}({inner})"
        yield from _impossible(node, text, scope.file)
        yield from (fold(text) if node.lower_name == "calc" else text, *noted)


def _impossible(node: Node, text: str, file: str) -> Iterator[Finding]:
    """E724 for a length that no page has."""
    if why := impossible(text) if node.type in ("dimension", "percentage", "function") else "":
        message = f"{text} is no length: it {why}"
        yield finding_at(file, node, "E724", message, "write a length in mm or pt")


def _is_function(node: Node, name: str) -> bool:
    return bool(node.type == "function" and node.lower_name == name)


def _variable(node: Node, scope: Scope) -> Iterator[str | Noted]:
    """The literal of a ``var()``, or its fallback where the token is not set."""
    arguments = [n for n in node.arguments if n.type != "comment"]
    name = next((n.value for n in arguments if n.type == "ident"), "")
    literal = scope.lookup(name)
    comma = next((i for i, n in enumerate(arguments) if n == ","), None)
    if literal is not None:
        yield literal
    elif comma is not None:
        text, noted = resolved(arguments[comma + 1 :], scope)
        yield from (text.strip(), *noted)
    else:
        hint = did_you_mean(name, scope.tokens, "set it in styles/tokens.css")
        yield scope.finding(node, "E714", f"no token {name or 'in var()'}", hint)


def _chosen(node: Node, scope: Scope) -> Iterator[str | Noted]:
    """What an ``if()`` gives: the value behind the first condition that holds.

    Of CSS Values 5, §5, the press knows ``style(--token: value)`` and ``else``; another condition
    is E713, as is an ``if()`` of which none holds.
    """
    for run in parted(node.arguments, ";"):
        condition, value = (*parted(run, ":"), [])[:2]
        asked = words_of(condition)
        if len(asked) == 1 and _is_function(asked[0], "style"):
            literal, noted = told_apart(_variable(asked[0], scope))
            yield from noted
            wanted = tinycss2.serialize(parted(asked[0].arguments, ":")[-1])
            holds = literal.strip() == wanted.strip()
        elif not (holds := tinycss2.serialize(asked).lower() == "else"):
            break
        if holds:
            text, noted = resolved(value, scope)
            yield from (text.strip(), *noted)
            return
    hint = "write if(style(--token: value): …; else: …)"
    yield scope.finding(node, "E713", "this if() gives nothing", hint)


def _url(node: Node, scope: Scope) -> Iterator[str | Noted]:
    """An address as one from the root of the press, and its file."""
    address = address_of(node) or ""
    key = key_of(scope.file, address)
    if address.startswith(("data:", "#")):
        yield cast("str", tinycss2.serialize([node]))
        return
    yield f'url("/{key}")'
    if _ELSEWHERE.match(address):
        hint = "bring the file into styles/ and name it there"
        yield scope.finding(node, "E715", f"{address} is outside the press", hint)
    elif key in scope.files:
        yield Named(key)
    else:
        hint = did_you_mean(key, scope.files, "add the file, with its licence")
        yield scope.finding(node, "E716", f"there is no file {key}", hint)
