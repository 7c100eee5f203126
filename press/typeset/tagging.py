"""A structure tree that is good to listen to, made from the set pages in place of WeasyPrint's.

WeasyPrint tags every box, so that a table that breaks becomes two, a note a plain span at the foot
of the page, and the repeated head of a table text. Here the tree is made anew, one node for each
element of the document wherever its boxes fell: a note stands beside its reference, what only
repeats or decorates is an artifact, a link is one annotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from press.typeset import engine
from press.typeset.engine import LOGGER, boxes, children, pydyf
from press.typeset.tag_elements import Box, Element, artifact, describe, describe_figure, node_of
from press.typeset.tag_links import Area, annotation, merged, parts_of_links, upright
from press.typeset.tag_tree import LinkArea, MarkedContent, Node, finish, words_in
from press.typeset.tag_writer import write

_LEAVES = (boxes.TextBox, boxes.ReplacedBox)
"""Boxes that have something to show."""


def own_tags(document: Any) -> AbstractContextManager[None]:
    """While the block runs, PDFs of a rendered ``document`` are written with our tags."""
    tagger = Tagger(document.pages)
    return engine.writing_with(tagger.marking, tagger.add_links, tagger.add_tags)


class Tagger:
    """Makes the structure tree of one document from its boxes."""

    def __init__(self, pages: Iterable[Any]) -> None:
        self.root = Node("Document")
        self._artifacts: dict[int, str] = {}
        self._nodes: dict[tuple[int, str], Node] = {}
        self._links: dict[tuple[int, int], LinkArea] = {}
        self._page = 0
        heads: set[int] = set()
        outer = [engine.page_box(page) for page in pages]
        for box in outer:
            heads |= self._find_artifacts(box, "", heads)
        html = outer[0].children[0].element
        self._words = words_in(html)
        self._parts_of_links = parts_of_links(html)

    # -- before drawing: what is no content

    def _find_artifacts(self, box: Box, kind: str, heads: set[int]) -> set[int]:
        """Notes leaves of ``box`` that repeat, decorate or furnish the page.

        Returns the heads and feet of tables in it; ``heads`` are those of the pages before.
        """
        found: set[int] = set()
        for child in children(box):
            inner = kind or artifact(child, box)
            if not inner and _is_table_head(child):
                number = id(child.element)
                inner = "Pagination" if number in heads else ""
                found.add(number)
            if inner and isinstance(child, _LEAVES):
                self._artifacts[id(child)] = inner
            found |= self._find_artifacts(child, inner, heads)
        return found

    def marking(self, plain: Any) -> Any:
        """``Stream.marked``, which makes artifacts of what is none of the content."""

        @contextmanager
        def marked(stream: Any, box: Box, tag: str) -> Iterator[None]:
            kind = self._artifacts.get(id(box))
            if kind is None or engine.tags_of(stream) is None:
                with plain(stream, box, tag):
                    yield
                return
            pydyf.Stream.begin_marked_content(
                stream, "Artifact", pydyf.Dictionary({"Type": f"/{kind}"})
            )
            try:
                yield
            finally:
                pydyf.Stream.end_marked_content(stream)

        return marked

    # -- links

    def add_links(
        self,
        links_and_anchors: Any,
        matrix: Any,
        pdf: Any,
        page: Any,
        names: Any,
        tags: Any,  # noqa: ARG002 the signature of what it stands in for
    ) -> None:
        """One annotation for each link on a page, with the words of the link as its contents."""
        links, anchors = links_and_anchors
        found: dict[int, tuple[Element, str, str, list[Area]]] = {}
        for kind, target, rectangle, box in links:
            element = self._link_element(box)
            if element is None or kind not in ("internal", "external") or self._decorates(box):
                continue
            corners = (
                *matrix.transform_point(*rectangle[:2]), *matrix.transform_point(*rectangle[2:])
            )  # fmt: skip
            rectangles = found[id(element)][3] if id(element) in found else []
            found[id(element)] = (element, kind, target, [*rectangles, upright(corners)])
        made = []
        for element, kind, target, rectangles in found.values():
            areas = merged(rectangles)
            link = annotation(self._parts(element), kind, target, areas)
            pdf.add_object(link)
            self._links[self._page, id(element)] = LinkArea(self._page, link)
            made.append((len(areas), link.reference))
        # A viewer that knows no quadrilaterals takes the whole rectangle of a link on two lines;
        # such links lie at the bottom, so that they never hide another.
        for _, reference in sorted(made, key=lambda pair: -pair[0]):
            page.setdefault("Annots", pydyf.Array()).append(reference)
        for name, x, y in anchors:
            point = matrix.transform_point(x, y)
            names.append([name, pydyf.Array([page.reference, "/XYZ", *point, 0])])
        self._page += 1

    def _parts(self, element: Element) -> tuple[Element, ...]:
        """The parts of the link that ``element`` belongs to, most often itself alone."""
        return self._parts_of_links.get(id(element), (element,))

    def _link_element(self, box: Box) -> Element | None:
        """The link whose own box this is, by its first part; None for any other box."""
        element = box.element
        if element is None or box.element_tag != "a" or element.get("href") is None:
            return None
        return self._parts(element)[0]

    def _decorates(self, box: Box) -> bool:
        """Whether all that a box shows is an artifact."""
        leaves = [one for one in (box, *_descendants(box)) if isinstance(one, _LEAVES)]
        return bool(leaves) and all(id(leaf) in self._artifacts for leaf in leaves)

    # -- the tree

    def add_tags(self, pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
        """Builds the tree of ``document`` and writes it to ``pdf``."""
        for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
            tags = engine.tags_of(stream) or {}
            self._walk(engine.page_box(page), self.root, number, tags, page.height)
            for box, tag in tags.items():
                LOGGER.warning("content without a place in the structure: %s", box)
                self.root.add("P").children.append(MarkedContent(number, tag["mcid"]))
        finish(self.root, self._words)
        write(self.root, pdf, document, str(pdf_version) >= "2.0")

    def _walk(self, box: Box, parent: Node, page: int, tags: Any, height: float) -> None:
        for child in children(box):
            if isinstance(child, _LEAVES) and child in tags:
                node = parent
                if isinstance(child, boxes.ReplacedBox):
                    node = self._node(child, parent, page)
                    describe_figure(node, child, height)
                text = getattr(child, "text", "")
                node.children.append(MarkedContent(page, tags.pop(child)["mcid"], text))
            elif id(child) not in self._artifacts:
                self._walk(child, self._node(child, parent, page), page, tags, height)

    def _node(self, box: Box, parent: Node, page: int) -> Node:
        """The node of a box's element, made where it first appears."""
        element, tag = box.element, box.element_tag
        if element is None or tag in (None, "html", "body"):
            return parent
        tag = re.sub(r"::first-(line|letter)", "", tag)
        foreign = None
        if tag == "a":
            parts = self._parts(element)
            element = parts[0]
            foreign = _foreign_span(parent) if len(parts) > 1 else None
            parent = foreign.parent if foreign and foreign.parent else parent
        node = self._nodes.get((id(element), tag))
        if node is None:
            node = self._nodes[id(element), tag] = self._new(element, tag, box, parent)
        link = self._links.get((page, id(element))) if tag == "a" else None
        if link is not None and link not in node.children:
            node.children.append(link)
        return self._foreign_part(node, foreign) if foreign else node

    def _foreign_part(self, link: Node, foreign: Node) -> Node:
        """The part of ``link`` in the language of the span that stood around that part."""
        part = self._nodes.get((id(foreign), "part"))
        if part is None:
            part = self._nodes[id(foreign), "part"] = link.add("Span")
            part.language = foreign.language
        return part

    def _new(self, element: Element, tag: str, box: Box, parent: Node) -> Node:
        if "::" in tag:
            return self._pseudo(element, tag, parent)
        call = self._nodes.get((id(element), f"{tag}::footnote-call"))
        if call is None or call.parent is None:
            return node_of(element, tag, box, parent)
        note = Node("Note")
        call.parent.place(note, call)
        describe(note, element, tag, box)
        return note

    def _pseudo(self, element: Element, tag: str, parent: Node) -> Node:
        base, _, pseudo = tag.partition("::")
        if pseudo == "footnote-call":
            return parent.add("Reference")
        if pseudo in ("marker", "footnote-marker"):
            owner = self._nodes.get((id(element), base), parent)
            label = Node("Lbl", owner)
            owner.children.insert(0, label)
            return label
        return parent.add("Span")


def _descendants(box: Box) -> Iterator[Box]:
    for child in children(box):
        yield child
        yield from _descendants(child)


def _is_table_head(box: Box) -> bool:
    group = isinstance(box, boxes.TableRowGroupBox) and box.element is not None
    return group and bool(box.is_header or box.is_footer)


def _foreign_span(node: Node) -> Node | None:
    """The span around a place in a line that has a language of its own; None without one."""
    for around in node.above():
        if around.kind != "Span":
            return None
        if around.language:
            return around
    return None
