"""What an element of HTML is in the structure tree, by its tag, its role and its attributes.

Types are those of ISO 32000-1, 14.8.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from press.base.units import PX
from press.typeset.engine import LOGGER, boxes, pydyf
from press.typeset.tag_tree import CELLS, SOFT_HYPHEN, Node

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


def node_of(element: Element, tag: str, box: Box, parent: Node) -> Node:
    """A new node for an element, where it belongs in ``parent``."""
    node = _home(parent, tag).add(_type(element, tag, parent))
    describe(node, element, tag, box)
    return node


def _type(element: Element, tag: str, parent: Node) -> str:
    """The type of an element; the title of a plate within a text is no heading of that text."""
    role = element.get("role") or ""
    if role == "heading":
        inside = any(above.tag == "section" for above in parent.above())
        return "Caption" if inside else f"H{element.get('aria-level') or 2}"
    return _ROLES.get(role) or _TYPES.get(tag, "Span")


def _home(parent: Node, tag: str) -> Node:
    """Where a new element belongs: terms and definitions share an item of their list."""
    if tag == "dt":
        return parent if parent.kind == "LI" else parent.add("LI")
    if tag == "dd" and parent.kind == "L":
        items = parent.inner("LI")
        return items[-1] if items else parent.add("LI")
    return parent


def describe(node: Node, element: Element, tag: str, box: Box) -> None:
    """Gives a node what its element says of itself."""
    node.tag = tag
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
    elif node.kind in CELLS:
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
    if node.kind == "L" and any(outer.tag == "nav" for outer in node.above()):
        return "TOC"
    if node.kind == "LI" and above == "TOC":
        return "TOCI"
    return node.kind


def describe_figure(node: Node, box: Box, height: float) -> None:
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
    node.attributes = {"O": "/Layout", "BBox": pydyf.Array([round(PX * n, 3) for n in area])}


def artifact(box: Box, parent: Box) -> str:
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
    return plain("".join(beside)).startswith(plain(title.text))


def plain(words: str) -> str:
    """``words`` without what only serves line breaks."""
    return " ".join(words.replace(SOFT_HYPHEN, "").replace("\u2060", "").split())
