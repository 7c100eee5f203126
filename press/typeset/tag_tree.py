"""The structure tree as values, and how it is put in order once every element has its content.

Types are those of ISO 32000-1, 14.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

SOFT_HYPHEN = "\u00ad"
CELLS = {"TD", "TH"}
"""Types that keep their place though they hold nothing."""


@dataclass
class MarkedContent:
    """A piece of a page's content: a line of text, or a picture."""

    page: int
    mcid: int
    text: str = ""
    spoken: str | None = None


@dataclass(eq=False)
class LinkArea:
    """A link's annotation on one page."""

    page: int
    dictionary: Any


@dataclass(eq=False)
class Node:
    """An element of the structure tree."""

    kind: str
    parent: Node | None = None
    children: list[Node | MarkedContent | LinkArea] = field(default_factory=list)
    language: str = ""
    alt: str = ""
    expansion: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    tag: str = ""
    anchors: list[str] = field(default_factory=list)
    after: str = ""
    outline: bool = False

    def add(self, kind: str) -> Node:
        """A new last child."""
        child = Node(kind, self)
        self.children.append(child)
        return child

    def place(self, child: Node, after: Node) -> None:
        """Moves ``child`` here, behind ``after``."""
        if child.parent is not None:
            child.parent.children.remove(child)
        self.children.insert(self.children.index(after) + 1, child)
        child.parent = self

    def adopt(self, children: Sequence[Node | MarkedContent | LinkArea]) -> None:
        """Has ``children`` and no others."""
        self.children = list(children)
        for child in self.inner():
            child.parent = self

    def inner(self, *kinds: str) -> list[Node]:
        """The nodes among its children, all or those of some kinds."""
        nodes = (child for child in self.children if isinstance(child, Node))
        return [node for node in nodes if not kinds or node.kind in kinds]

    def marks(self) -> Iterator[MarkedContent]:
        """Its pieces of content in reading order, notes apart."""
        for child in self.children:
            if isinstance(child, MarkedContent):
                yield child
            elif isinstance(child, Node) and child.kind != "Note":
                yield from child.marks()

    def links(self) -> Iterator[Any]:
        """The annotations of the links in it, in reading order."""
        for node in self.nodes():
            yield from (child.dictionary for child in node.children if isinstance(child, LinkArea))

    def nodes(self) -> Iterator[Node]:
        """Itself and every node below, in reading order."""
        yield self
        for child in self.inner():
            yield from child.nodes()

    def above(self) -> Iterator[Node]:
        """Itself and the nodes around it, the innermost first."""
        current: Node | None = self
        while current is not None:
            yield current
            current = current.parent


def finish(root: Node, words: Set[str]) -> None:
    """Bodies of list items, whole words, nothing idle; ``words`` are those of the document."""
    _reorder(root)
    for node in list(root.nodes()):
        if node.kind == "LI":
            _wrap_body(node)
        elif node.kind == "TOCI":
            reference = Node("Reference", node)
            reference.adopt(node.children)
            node.children = [reference]
    _prune(root)
    for node in root.nodes():
        if node.kind in ("Document", "Note"):
            join_divided_words(list(node.marks()), words)


def _reorder(root: Node) -> None:
    """What is to be read after something else moves behind it."""
    anchors = {anchor: node for node in root.nodes() for anchor in node.anchors}
    for node in [node for node in root.nodes() if node.after]:
        target = anchors.get(node.after)
        if target is not None and target.parent is not None and node not in target.above():
            target.parent.place(node, target)


def _wrap_body(item: Node) -> None:
    """Puts what is neither label nor body into the body of a list item."""
    parts = item.inner("Lbl", "LBody")
    rest = [child for child in item.children if child not in parts]
    if rest:
        body = Node("LBody", item)
        body.adopt(rest)
        at = item.children.index(rest[0])
        item.children = [*parts[:at], body, *parts[at:]]


def _prune(node: Node) -> None:
    """Removes what is empty, and spans that say nothing of their own."""
    children: list[Node | MarkedContent | LinkArea] = []
    for child in node.children:
        if not isinstance(child, Node):
            children.append(child)
            continue
        _prune(child)
        if not child.children and child.kind not in CELLS:
            node.anchors += child.anchors
        elif child.kind == "Span" and not (child.language or child.expansion or child.alt):
            node.anchors += child.anchors
            children += child.children
        else:
            children.append(child)
    node.adopt(children)


def join_divided_words(marks: Sequence[MarkedContent], words: Set[str]) -> None:
    """A word divided at the end of a line is spoken whole, with the line on which it begins.

    A hyphen is the typesetter's where the word without it is one of the document's ``words``.
    """
    for first, second in pairwise(marks):
        line = first.text if first.spoken is None else first.spoken
        before, rest = _TAIL.search(line), _HEAD.match(second.text)
        if before and rest and before[1] + rest[1] in words:
            first.spoken = line[:-1] + rest[0]
            second.spoken = second.text[len(rest[0]) :].lstrip()


_TAIL = re.compile(r"(\w+)-$")
_HEAD = re.compile(r"(\w+)\S*")


def words_in(document: Any) -> frozenset[str]:
    """Every word of the document's text."""
    text = "".join(document.itertext()).replace(SOFT_HYPHEN, "")
    return frozenset(re.findall(r"\w+", text))
