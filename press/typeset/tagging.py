"""A structure tree that is good to listen to. The only module that touches WeasyPrint's inside.

WeasyPrint tags every box, so that a table that breaks becomes two, a note a plain span at the foot
of the page, and the repeated head of a table text. Here the tree is made anew, one node for each
element of the document wherever its boxes fell: a note stands beside its reference, what only
repeats or decorates is an artifact, a link is one annotation. Types are those of ISO 32000-1, 14.8.

The functions that are replaced are private and change without notice. They are replaced only while
a PDF is written, and only in the version that this was proven with (PROVEN); with any other, the
pages get WeasyPrint's own tags and the build says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from press.typeset import fonts

with fonts.direct_loading():
    import pydyf
    import weasyprint
    import weasyprint.pdf as writer
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.logger import LOGGER
    from weasyprint.pdf.stream import Stream

PROVEN = "70.0"
"""The version of WeasyPrint whose inside this module knows."""

Box = Any
Element = Any

_SVG = "{http://www.w3.org/2000/svg}svg"
_TITLE = "{http://www.w3.org/2000/svg}title"
_TYPES: Mapping[str, str] = {
    "main": "Part", "section": "Sect", "nav": "Sect", "aside": "Sect", "article": "Art",
    "figure": "Sect", "div": "Div", "header": "Div", "footer": "Div", "p": "P", "pre": "P",
    "blockquote": "BlockQuote", "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "LI", "dd": "LI",
    "table": "Table", "caption": "Caption", "figcaption": "Caption", "thead": "THead",
    "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD", "img": "Figure",
    _SVG: "Figure", "a": "Link", "q": "Quote", "code": "Code",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}  # fmt: skip
"""Structure types by element; any other element is a span, and leaves no trace unless it says
something of its own (a language, an expansion)."""

_NUMBERING: Mapping[str, str] = {
    "decimal": "Decimal", "decimal-leading-zero": "Decimal", "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman", "lower-alpha": "LowerAlpha", "upper-alpha": "UpperAlpha",
    "lower-latin": "LowerAlpha", "upper-latin": "UpperAlpha", "disc": "Disc", "circle": "Circle",
    "square": "Square",
}  # fmt: skip
_ROLES: Mapping[str, str] = {
    "list": "L", "listitem": "LI", "term": "Lbl", "definition": "LBody", "note": "Note",
}  # fmt: skip
"""Structure types by ARIA role, where a template gives one; a heading has its level."""
_RUNS = {
    "a", "abbr", "b", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup",
}  # fmt: skip
"""Elements within a line."""
_EMPTY_CELLS = {"TD", "TH"}
"""Types that keep their place though they hold nothing."""
_SOFT_HYPHEN = "\u00ad"


@dataclass
class Mark:
    """A piece of a page's content: a line of text, or a picture."""

    page: int
    mcid: int
    text: str = ""
    spoken: str | None = None


@dataclass
class Annotation:
    """A link's area on one page."""

    page: int
    reference: bytes
    dictionary: Any


@dataclass(eq=False)
class Node:
    """An element of the structure tree."""

    kind: str
    parent: Node | None = None
    kids: list[Node | Mark | Annotation] = field(default_factory=list)
    language: str = ""
    alt: str = ""
    expansion: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    tag: str = ""
    anchors: list[str] = field(default_factory=list)
    after: str = ""
    outline: bool = False

    def add(self, kind: str) -> Node:
        """A new last kid."""
        kid = Node(kind, self)
        self.kids.append(kid)
        return kid

    def place(self, kid: Node, after: Node) -> None:
        """Moves ``kid`` here, behind ``after``."""
        if kid.parent is not None:
            kid.parent.kids.remove(kid)
        self.kids.insert(self.kids.index(after) + 1, kid)
        kid.parent = self

    def marks(self) -> Iterator[Mark]:
        """Its pieces of content in reading order, notes apart."""
        for kid in self.kids:
            if isinstance(kid, Mark):
                yield kid
            elif isinstance(kid, Node) and kid.kind != "Note":
                yield from kid.marks()

    def annotations(self) -> Iterator[Any]:
        """The dictionaries of the links in it, in reading order."""
        for node in self.nodes():
            yield from (kid.dictionary for kid in node.kids if isinstance(kid, Annotation))

    def nodes(self) -> Iterator[Node]:
        """Itself and every node below, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()


def proven() -> bool:
    """Whether this WeasyPrint is the one that the module was proven with."""
    return bool(weasyprint.__version__ == PROVEN)


@contextmanager
def listening(document: Any) -> Iterator[None]:
    """While the block runs, PDFs of ``document`` are written with our tags.

    With a version of WeasyPrint that is not PROVEN nothing is changed, and a warning is logged.
    """
    if not proven():
        LOGGER.warning(
            "plain tags: WeasyPrint is %s, and the tags for listeners are proven with %s only",
            weasyprint.__version__,
            PROVEN,
        )
        yield
        return
    tagger = Tagger(document.pages)
    before = Stream.marked, writer.add_links, writer.add_tags
    Stream.marked = tagger.marking(Stream.marked)
    writer.add_links, writer.add_tags = tagger.add_links, tagger.add_tags
    try:
        yield
    finally:
        Stream.marked, writer.add_links, writer.add_tags = before


class Tagger:
    """Makes the structure tree of one document from its boxes."""

    def __init__(self, pages: Iterable[Any]) -> None:
        self.root = Node("Document")
        self._artifacts: dict[int, str] = {}
        self._kept: list[Box] = []  # holds the boxes, so that no id is used twice
        self._nodes: dict[tuple[int, str], Node] = {}
        self._links: dict[tuple[int, int], Annotation] = {}
        self._elements: dict[int, Element] = {}
        self._page = 0
        heads: set[int] = set()
        html = None
        for page in pages:
            fresh: set[int] = set()
            box = page._page_box
            html = box.children[0].element if html is None else html
            self._find_artifacts(box, "", heads, fresh)
            heads |= fresh
        self._words = words_in(html)
        self._leaders = leaders(html)

    # -- before drawing: what is no content

    def _find_artifacts(self, box: Box, kind: str, heads: set[int], fresh: set[int]) -> None:
        """Notes leaves of ``box`` that repeat, decorate or furnish the page."""
        for child in _children(box):
            inner = kind or _artifact(child, box)
            if not inner and _is_table_head(child):
                number = id(child.element)
                inner = "Pagination" if number in heads else ""
                fresh.add(number)
            if inner and isinstance(child, (boxes.TextBox, boxes.ReplacedBox)):
                self._artifacts[id(child)] = inner
                self._kept.append(child)
            self._find_artifacts(child, inner, heads, fresh)

    def marking(self, plain: Any) -> Any:
        """``Stream.marked``, which makes artifacts of what is none of the content."""
        artifacts = self._artifacts

        @contextmanager
        def marked(stream: Any, box: Box, tag: str) -> Iterator[None]:
            kind = artifacts.get(id(box))
            if kind is None or stream._tags is None:
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
        found: dict[int, list[Any]] = {}
        targets: dict[int, tuple[str, str]] = {}
        for kind, target, rectangle, box in links:
            element = self._link_element(box)
            if element is None or kind not in ("internal", "external") or self._decorates(box):
                continue
            corners = (
                *matrix.transform_point(*rectangle[:2]), *matrix.transform_point(*rectangle[2:])
            )  # fmt: skip
            found.setdefault(id(element), []).append(_upright(corners))
            targets[id(element)] = (kind, target)
            self._elements[id(element)] = element
        made = [
            (len(areas), self._annotation(pdf, self._elements[number], *targets[number], areas))
            for number, rectangles in found.items()
            for areas in (merged(rectangles),)
        ]
        # A viewer that knows no quadrilaterals takes the whole rectangle of a link on two lines;
        # such links lie at the bottom, so that they never hide another.
        for _, annotation in sorted(made, key=lambda pair: -pair[0]):
            page.setdefault("Annots", pydyf.Array()).append(annotation.reference)
        for name, x, y in anchors:
            point = matrix.transform_point(x, y)
            names.append([name, pydyf.Array([page.reference, "/XYZ", *point, 0])])
        self._page += 1

    def _link_element(self, box: Box) -> Element | None:
        """The link whose own box this is; None for any other box."""
        element = box.element
        if element is None or box.element_tag != "a" or element.get("href") is None:
            return None
        return self._leaders.get(id(element), (element,))[0]

    def _decorates(self, box: Box) -> bool:
        """Whether all that a box shows is an artifact."""
        leaves = [
            child
            for child in (box, *_descendants(box))
            if isinstance(child, (boxes.TextBox, boxes.ReplacedBox))
        ]
        return bool(leaves) and all(id(leaf) in self._artifacts for leaf in leaves)

    def _annotation(
        self, pdf: Any, element: Element, kind: str, target: str, areas: list[Any]
    ) -> Annotation:
        whole = [f(area[n] for area in areas) for n, f in enumerate((min, min, max, max))]
        dictionary = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Link",
                "Rect": pydyf.Array(whole),
                "BS": pydyf.Dictionary({"W": 0}),
                "Contents": pydyf.String(self._words_of(element) or target),
            }
        )
        if len(areas) > 1:
            dictionary["QuadPoints"] = pydyf.Array(
                [n for l_, b, r, t in areas for n in (l_, t, r, t, l_, b, r, b)]
            )
        if kind == "internal":
            dictionary["Dest"] = pydyf.String(target)
        else:
            dictionary["A"] = pydyf.Dictionary(
                {"Type": "/Action", "S": "/URI", "URI": pydyf.String(target)}
            )
        pdf.add_object(dictionary)
        annotation = Annotation(self._page, dictionary.reference, dictionary)
        self._links[self._page, id(element)] = annotation
        return annotation

    def _words_of(self, element: Element) -> str:
        """What a link says: its label, or the words between its tags."""
        label = element.get("aria-label") or element.get("title")
        parts = self._leaders.get(id(element), (element,))
        words = label or "".join("".join(part.itertext()) for part in parts)
        return _plain(words)

    # -- the tree

    def add_tags(self, pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
        """Builds the tree of ``document`` and writes it to ``pdf``."""
        for number, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
            tags = stream._tags
            self._walk(page._page_box, self.root, number, tags, page.height)
            for box, tag in tags.items():
                LOGGER.warning("content without a place in the structure: %s", box)
                self.root.add("P").kids.append(Mark(number, tag["mcid"]))
        finish(self.root, self._words)
        write(self.root, pdf, document, str(pdf_version) >= "2.0")

    def _walk(self, box: Box, parent: Node, page: int, tags: Any, height: float) -> None:
        for child in _children(box):
            if isinstance(child, (boxes.TextBox, boxes.ReplacedBox)) and child in tags:
                node = parent
                if isinstance(child, boxes.ReplacedBox):
                    node = self._node(child, parent, page)
                    _describe_figure(node, child, height)
                mark = Mark(page, tags.pop(child)["mcid"], getattr(child, "text", ""))
                node.kids.append(mark)
                continue
            if id(child) in self._artifacts:
                continue
            self._walk(child, self._node(child, parent, page), page, tags, height)

    def _node(self, box: Box, parent: Node, page: int) -> Node:
        """The node of a box's element, made where it first appears."""
        element, tag = box.element, box.element_tag
        if element is None or tag in (None, "html", "body"):
            return parent
        tag = re.sub(r"::first-(line|letter)", "", tag)
        tongue = None
        if tag == "a":
            parts = self._leaders.get(id(element), (element,))
            element = parts[0]
            tongue = _tongue(parent) if len(parts) > 1 else None
            parent = tongue.parent if tongue and tongue.parent else parent
        node = self._nodes.get((id(element), tag))
        if node is None:
            node = self._new(element, tag, box, parent)
            self._nodes[id(element), tag] = node
            self._elements[id(element)] = element
        annotation = self._links.get((page, id(element))) if tag == "a" else None
        if annotation is not None and annotation not in node.kids:
            node.kids.append(annotation)
        return self._foreign(node, tongue) if tongue else node

    def _foreign(self, link: Node, tongue: Node) -> Node:
        """The part of ``link`` in the language of ``tongue``, which stood around that part."""
        part = self._nodes.get((id(tongue), "part"))
        if part is None:
            part = link.add("Span")
            part.language = tongue.language
            self._nodes[id(tongue), "part"] = part
        return part

    def _new(self, element: Element, tag: str, box: Box, parent: Node) -> Node:
        if "::" in tag:
            return self._pseudo(element, tag, parent)
        call = self._nodes.get((id(element), f"{tag}::footnote-call"))
        if call is not None and call.parent is not None:
            node = Node("Note")
            call.parent.place(node, call)
        else:
            node = _home(parent, tag).add(_type(element, tag, parent))
        node.tag = tag
        _describe(node, element, tag, box)
        return node

    def _pseudo(self, element: Element, tag: str, parent: Node) -> Node:
        base, _, pseudo = tag.partition("::")
        if pseudo == "footnote-call":
            return parent.add("Reference")
        if pseudo in ("marker", "footnote-marker"):
            owner = self._nodes.get((id(element), base), parent)
            label = Node("Lbl", owner)
            owner.kids.insert(0, label)
            return label
        return parent.add("Span")


# -- reading boxes -----------------------------------------------------------------------------


def _children(box: Box) -> Iterator[Box]:
    for child in getattr(box, "children", ()):
        yield child._box if isinstance(child, AbsolutePlaceholder) else child


def _descendants(box: Box) -> Iterator[Box]:
    for child in _children(box):
        yield child
        yield from _descendants(child)


def _artifact(box: Box, parent: Box) -> str:
    """The kind of artifact that a box is; "" where it is content.

    A sign beside words that say the same is decoration: it would only be heard twice.
    """
    if isinstance(box, boxes.MarginBox):
        return "Pagination"
    if box.is_leader:
        return "Layout"
    element = box.element
    if element is not None and "::" not in (box.element_tag or ""):
        if element.get("aria-hidden") == "true" or element.get("role") == "presentation":
            return "Layout"
        if isinstance(box, boxes.ReplacedBox) and (
            element.get("alt") == "" or _echoes(element, parent.element)
        ):
            return "Layout"
    return ""


def _echoes(drawing: Element, around: Element | None) -> bool:
    """Whether the words around a drawing begin with its title."""
    title = drawing.find(_TITLE) if drawing.tag == _SVG else None
    if title is None or not title.text or around is None:
        return False
    beside = list(around.itertext())
    for own in drawing.itertext():
        beside.remove(own)
    return _plain("".join(beside)).startswith(_plain(title.text))


def _is_table_head(box: Box) -> bool:
    group = isinstance(box, boxes.TableRowGroupBox) and box.element is not None
    return group and bool(box.is_header or box.is_footer)


def _upright(corners: tuple[float, ...]) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = (round(number, 3) for number in corners)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def merged(areas: Iterable[tuple[float, float, float, float]]) -> list[Any]:
    """Areas (left, bottom, right, top in points) without those that lie inside another."""
    kept: list[tuple[float, float, float, float]] = []
    for area in sorted(set(areas), key=lambda a: (a[0] - a[2]) * (a[3] - a[1])):
        left, bottom, right, top = area
        if not any(
            left >= k[0] - 1 and bottom >= k[1] - 1 and right <= k[2] + 1 and top <= k[3] + 1
            for k in kept
        ):
            kept.append(area)
    return sorted(kept, key=lambda a: (-a[3], a[0]))


def _plain(words: str) -> str:
    return " ".join(words.replace(_SOFT_HYPHEN, "").replace("\u2060", "").split())


def leaders(html: Element) -> dict[int, tuple[Element, ...]]:
    """Links that follow one another to the same place with nothing between them are one link.

    For each part the parts of its link, the first of them first, by the identity of its element.
    """
    found: dict[int, tuple[Element, ...]] = {}
    run: list[Element] = []

    def visit(element: Element, inside: bool) -> None:
        link = element.tag == "a" and element.get("href") is not None
        if element.tag not in _RUNS or element.get("class") == "note":
            run.clear()
        if link:
            if run and run[-1].get("href") != element.get("href"):
                run.clear()
            run.append(element)
            for part in run if len(run) > 1 else ():
                found[id(part)] = tuple(run)
        if not (inside or link) and (element.text or "").strip():
            run.clear()
        for child in element:
            visit(child, inside or link)
            if not (inside or link) and (child.tail or "").strip():
                run.clear()
        if element.tag not in _RUNS or element.get("class") == "note":
            run.clear()

    visit(html, inside=False)
    return found


def _type(element: Element, tag: str, parent: Node) -> str:
    """The type of an element; the title of a plate within a text is no heading of that text."""
    role = element.get("role") or ""
    if role == "heading":
        inside = any(above.tag == "section" for above in _above(parent))
        return "Caption" if inside else f"H{element.get('aria-level') or 2}"
    return _ROLES.get(role) or _TYPES.get(tag, "Span")


def _tongue(node: Node) -> Node | None:
    """The span around a place in a line that has a language of its own; None without one."""
    for around in _above(node):
        if around.kind != "Span":
            return None
        if around.language:
            return around
    return None


def _home(parent: Node, tag: str) -> Node:
    """Where a new element belongs: terms and definitions share an item of their list."""
    if tag == "dt":
        return parent if parent.kind == "LI" else parent.add("LI")
    if tag == "dd" and parent.kind == "L":
        items = [kid for kid in parent.kids if isinstance(kid, Node) and kid.kind == "LI"]
        return items[-1] if items else parent.add("LI")
    return parent


def _describe(node: Node, element: Element, tag: str, box: Box) -> None:
    """What the element says of itself."""
    node.language = element.get("lang") or ""
    node.anchors = [element.get("id")] if element.get("id") else []
    node.outline = bool(box.bookmark_label) and box.style["bookmark_level"] != "none"
    node.after = element.get("data-read-after") or ""
    if tag == "abbr":
        node.expansion = element.get("title") or ""
    node.kind = _in_list(node, tag)
    if node.kind == "L":
        style = str(box.style["list_style_type"])
        numbering = _NUMBERING.get(style, "None") if tag in ("ul", "ol") else "None"
        node.attributes = {"O": "/List", "ListNumbering": f"/{numbering}"}
    elif node.kind in _EMPTY_CELLS:
        node.attributes = {"O": "/Table"}
        for name, span in (("ColSpan", box.colspan), ("RowSpan", box.rowspan)):
            if span != 1:
                node.attributes[name] = span
        if node.kind == "TH":
            node.attributes["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"


def _in_list(node: Node, tag: str) -> str:
    """The type of a part of a list, which depends on the kind of the list."""
    above = node.parent.kind if node.parent is not None else ""
    if tag in ("dt", "dd"):
        return "Lbl" if tag == "dt" else "LBody"
    if tag == "div" and above == "L":
        return "LI"
    if node.kind == "L" and any(outer.tag == "nav" for outer in _above(node)):
        return "TOC"
    if node.kind == "LI" and above == "TOC":
        return "TOCI"
    return node.kind


def _describe_figure(node: Node, box: Box, height: float) -> None:
    """Words for a picture, and where it stands (points from the foot of the page)."""
    element = box.element
    if element.tag == _SVG:
        title = element.find(_TITLE)
        node.alt = " ".join((title.text or "").split()) if title is not None else ""
    else:
        node.alt = element.get("alt") or ""
    if not node.alt:
        LOGGER.error("a picture has no words for it: %s", element.get("src", "a drawing"))
    x, y = box.content_box_x(), box.content_box_y()
    area = (x, height - y - box.height, x + box.width, height - y)
    node.attributes = {
        "O": "/Layout",
        "BBox": pydyf.Array([round(0.75 * n, 3) for n in area]),
    }


# -- finishing the tree ------------------------------------------------------------------------


def finish(root: Node, words: Set[str]) -> None:
    """Bodies of list items, whole words, nothing idle; ``words`` are those of the document."""
    _reorder(root)
    for node in list(root.nodes()):
        if node.kind == "LI":
            _body(node)
        elif node.kind == "TOCI":
            reference = Node("Reference", node, node.kids)
            for kid in node.kids:
                if isinstance(kid, Node):
                    kid.parent = reference
            node.kids = [reference]
    _prune(root)
    for node in root.nodes():
        if node.kind in ("Document", "Note"):
            mend_hyphens(list(node.marks()), words)


def _reorder(root: Node) -> None:
    """What is to be read after something else moves behind it."""
    anchors = {anchor: node for node in root.nodes() for anchor in node.anchors}
    for node in [node for node in root.nodes() if node.after]:
        target = anchors.get(node.after)
        if target is not None and target.parent is not None and node not in _above(target):
            target.parent.place(node, target)


def _above(node: Node) -> Iterator[Node]:
    current: Node | None = node
    while current is not None:
        yield current
        current = current.parent


def _body(item: Node) -> None:
    """Puts what is neither label nor body into the body of a list item."""
    kids: list[Node | Mark | Annotation] = []
    body = None
    for kid in item.kids:
        if isinstance(kid, Node) and kid.kind in ("Lbl", "LBody"):
            kids.append(kid)
            continue
        if body is None:
            body = Node("LBody", item)
            kids.append(body)
        body.kids.append(kid)
        if isinstance(kid, Node):
            kid.parent = body
    item.kids = kids


def _prune(node: Node) -> None:
    """Removes what is empty, and spans that say nothing of their own."""
    kids: list[Node | Mark | Annotation] = []
    for kid in node.kids:
        if not isinstance(kid, Node):
            kids.append(kid)
            continue
        _prune(kid)
        if not kid.kids and kid.kind not in _EMPTY_CELLS:
            node.anchors += kid.anchors
            continue
        idle = kid.kind == "Span" and not (kid.language or kid.expansion or kid.alt)
        if idle:
            node.anchors += kid.anchors
            kids.extend(kid.kids)
            for grandkid in kid.kids:
                if isinstance(grandkid, Node):
                    grandkid.parent = node
        else:
            kids.append(kid)
    node.kids = kids


def mend_hyphens(marks: list[Mark], words: Set[str]) -> None:
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
    text = "".join(document.itertext()).replace(_SOFT_HYPHEN, "")
    return frozenset(re.findall(r"\w+", text))


# -- writing -----------------------------------------------------------------------------------


def write(root: Node, pdf: Any, document: Any, newer: bool) -> None:
    """Writes the tree into ``pdf`` with its parent tree; ``newer`` for PDF 2.0."""
    parents = pydyf.Dictionary({})
    pdf.add_object(parents)
    tree = pydyf.Dictionary({"Type": "/StructTreeRoot", "ParentTree": parents.reference})
    pdf.add_object(tree)
    space = None
    if newer:
        space = pydyf.Dictionary(
            {"Type": "/Namespace", "NS": pydyf.String("http://iso.org/pdf2/ssn")}
        )
        pdf.add_object(space)
        tree["Namespaces"] = pydyf.Array([space.reference])
    scribe = _Scribe(pdf, space)
    top = scribe.element(root, tree.reference)
    tree["K"] = pydyf.Array([top.reference])
    if space is not None:
        top["NS"] = space.reference
        scribe.lead_to_elements()
    numbers = pydyf.Array()
    for page in range(len(document.pages)):
        owned = scribe.owners.get(page, {})
        numbers.extend([page, pydyf.Array([owned[mcid] for mcid in sorted(owned)])])
    for index, (owner, dictionary) in enumerate(scribe.annotations, start=len(document.pages)):
        numbers.extend([index, owner])
        dictionary["StructParent"] = index
    parents["Nums"] = numbers
    tree["ParentTreeNextKey"] = len(document.pages) + len(scribe.annotations)
    pdf.catalog["StructTreeRoot"] = tree.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    if "Lang" not in pdf.catalog:
        LOGGER.error('Missing required "lang" attribute at the root of the document')
        pdf.catalog["Lang"] = pydyf.String()


class _Scribe:
    """Writes nodes as dictionaries, and keeps who owns which piece of content."""

    def __init__(self, pdf: Any, space: Any = None) -> None:
        self.pdf = pdf
        self.space = space
        self.owners: dict[int, dict[int, bytes]] = {}
        self.annotations: list[tuple[bytes, Any]] = []
        self._notes = 0
        self._anchors: dict[str, Any] = {}
        self._outline: list[Any] = []
        self._contents: list[tuple[Any, Node]] = []

    def element(self, node: Node, parent: bytes) -> Any:
        """The dictionary of ``node``, with all below it."""
        made = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent})
        self.pdf.add_object(made)
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if page is not None:
            made["Pg"] = self.pdf.page_references[page]
        for name, value in (("Lang", node.language), ("Alt", node.alt), ("E", node.expansion)):
            if value:
                made[name] = pydyf.String(value)
        if node.attributes:
            made["A"] = pydyf.Dictionary(node.attributes)
        if node.kind == "TOCI":
            self._contents.append((made, node))
        if node.kind == "Note":
            self._notes += 1
            made["ID"] = pydyf.String(f"note-{self._notes}")
        if self.space is not None:
            self._modernise(made, node)
        for anchor in node.anchors:
            self._anchors.setdefault(anchor, made)
        if node.outline:
            self._outline.append(made)
        made["K"] = pydyf.Array([self._kid(kid, made, page) for kid in node.kids])
        return made

    def _modernise(self, made: Any, node: Node) -> None:
        """Gives ``made`` the names that PDF 2.0 has for what it is."""
        if node.kind == "Note":
            made.update({"S": "/FENote", "NS": self.space.reference})
            made["A"] = pydyf.Dictionary({"O": "/FENote", "NoteType": "/Footnote"})
        elif node.kind == "L" and _labelled(node):
            made["A"]["ListNumbering"] = "/Description"

    def _kid(self, kid: Node | Mark | Annotation, owner: Any, page: int | None) -> Any:
        if isinstance(kid, Node):
            return self.element(kid, owner.reference).reference
        if isinstance(kid, Annotation):
            self.annotations.append((owner.reference, kid.dictionary))
            return pydyf.Dictionary(
                {
                    "Type": "/OBJR",
                    "Obj": kid.reference,
                    "Pg": self.pdf.page_references[kid.page],
                }
            )
        if kid.spoken is not None and kid.spoken != kid.text:
            span = pydyf.Dictionary(
                {
                    "Type": "/StructElem",
                    "S": "/Span",
                    "P": owner.reference,
                    "Pg": self.pdf.page_references[kid.page],
                    "ActualText": pydyf.String(kid.spoken),
                    "K": pydyf.Array([kid.mcid]),
                }
            )
            self.pdf.add_object(span)
            self.owners.setdefault(kid.page, {})[kid.mcid] = span.reference
            return span.reference
        self.owners.setdefault(kid.page, {})[kid.mcid] = owner.reference
        if kid.page == page:
            return kid.mcid
        return pydyf.Dictionary(
            {"Type": "/MCR", "Pg": self.pdf.page_references[kid.page], "MCID": kid.mcid}
        )

    def lead_to_elements(self) -> None:
        """Links, bookmarks and contents lead to elements, not to places on pages alone.

        ISO 14289-2, 8.8 for the first two, 8.2.5.8 for the lines of a table of contents.
        """
        for line, node in self._contents:
            targets = {t for link in node.annotations() if (t := _target(link)) in self._anchors}
            if targets:
                line["Ref"] = pydyf.Array([self._anchors[t].reference for t in sorted(targets)])
        names = self.pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
        places = {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}
        for _, annotation in self.annotations:
            target = _target(annotation)
            if target in self._anchors and target in places:
                annotation["A"] = _goto(places[target], self._anchors[target])
                del annotation["Dest"]
        bookmarks = [
            item
            for item in self.pdf.objects
            if isinstance(item, dict) and "Title" in item and "Dest" in item
        ]
        if len(bookmarks) != len(self._outline):
            LOGGER.warning("the bookmarks do not match the headings")
            return
        for bookmark, element in zip(bookmarks, self._outline, strict=True):
            bookmark["A"] = _goto(bookmark.pop("Dest"), element)


def _target(annotation: Any) -> str:
    """The name of the place that a link leads to; "" where it leads elsewhere."""
    return str(annotation["Dest"].string) if "Dest" in annotation else ""


def _labelled(node: Node) -> bool:
    """Whether a list without numbers has labels: terms, for its items describe them."""
    return node.attributes.get("ListNumbering") == "/None" and any(
        isinstance(part, Node) and part.kind == "Lbl"
        for item in node.kids
        if isinstance(item, Node)
        for part in item.kids
    )


def _goto(place: Any, element: Any) -> Any:
    structure = pydyf.Array([element.reference, *place[1:]])
    return pydyf.Dictionary({"Type": "/Action", "S": "/GoTo", "D": place, "SD": structure})
