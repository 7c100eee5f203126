"""Markdown to safe HTML: Python-Markdown, tidied for tagged PDF, cleaned by nh3.

Nothing here knows the dossier. What the press itself prints (notes, links to places, pictures)
passes through as stand-ins and is put in afterwards, so the allow-list below is all that an
author's own words can ever become.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import markdown
import nh3
from markdown.extensions.smarty import SubstituteTextPattern
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.treeprocessors import Treeprocessor

_TAGS = """
p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd em strong blockquote table thead tbody tr th td
abbr code pre br hr
"""
# Not every space: a no-break space is the author's.
_SPACES: Final = re.compile(r"[ \t\r\n]+")
TAGS: Final = frozenset(_TAGS.split())
ATTRIBUTES: Final = {
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"scope"},
}
CLASSES: Final = {"th": {"start", "centre", "end"}, "td": {"start", "centre", "end"}}
BARE: Final = frozenset({"p", "em", "strong", "code", "br"})
"""The tags of a run of words."""

TEXT_LIMIT = 1_000_000
"""Most characters in one chapter."""
PARAGRAPH_LIMIT = 60_000
"""Most characters between two blank lines: some ten thousand words."""
LINE_LIMIT = 500
"""Most lines between two blank lines; a longer table belongs in tables/."""
SIGN_LIMIT = 5_000
"""Most signs that mean something to Markdown between two blank lines."""
QUOTE_LIMIT = 8
"""Deepest quotation in quotations."""
INDENT_LIMIT = 96
"""Widest indentation: twenty-four lists inside each other."""

DEPTH_LIMIT = 80
"""Deepest elements in elements; layout fails somewhat above a hundred."""
WORD_LIMIT = 2_000
"""Longest word or address, in characters; on longer ones hyphenation hardly ends."""

_TAG = re.compile(r"<(/?)([a-z0-9]+)")
_VOID = frozenset({"br", "hr"})
_EMPTY_LINE = re.compile(r"\n(?=[ \t]*\n)")
_SIGN = re.compile(r"[*_`\[\]<>!\\]")
_QUOTE = re.compile(rf"(?:[ \t]*>){{{QUOTE_LIMIT + 1},}}")
_INDENT = re.compile(rf"[ \t]{{{INDENT_LIMIT + 1},}}(?=\S)")
_MARKER = re.compile(r"[ \t]*+(?:(?:[-+*]|\d{1,9}\.)[ \t]++){25}")
_WORD = re.compile(rf"[^\s]{{{WORD_LIMIT + 1},}}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\U0010fffd]")


def limits(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Line and column (from 1), message and remedy of what Markdown would choke on.

    Its time grows with the square of some of these, and deep nesting exhausts later stages.
    """
    if len(text) > TEXT_LIMIT:
        message = f"the text has {len(text):,} characters; the limit is {TEXT_LIMIT:,}"
        yield 1, 1, message, "divide it into chapters"
        return
    row = 1
    for paragraph in _EMPTY_LINE.split(text):
        signs = len(_SIGN.findall(paragraph))
        lines = paragraph.count("\n")
        if len(paragraph) > PARAGRAPH_LIMIT or signs > SIGN_LIMIT or lines > LINE_LIMIT:
            message = f"{len(paragraph):,} characters on {lines + 1:,} lines are no paragraph"
            yield row + (paragraph[:1] == "\n"), 1, message, "divide it with empty lines"
        row += lines + 1
    for number, line in enumerate(text.split("\n"), 1):
        if control := _CONTROL.search(line):
            message = f"control character U+{ord(control[0]):04X}"
            yield number, control.start() + 1, message, "delete it"
        if word := _WORD.search(line):
            message = f"a word of {len(word[0]):,} characters is too long to print"
            yield number, word.start() + 1, message, "divide it with spaces, or delete it"
        if _QUOTE.match(line) or _INDENT.match(line) or _MARKER.match(line):
            yield number, 1, "this line is nested too deep to print", "use fewer levels"


_BLOCKS = (
    "indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "table",
    "abbr", "defindent", "deflist",
)  # fmt: skip
"""What a run of words cannot be: Markdown's own names of its blocks."""


def depth(html: str) -> int:
    """How deep the elements of cleaned HTML are nested."""
    deepest = level = 0
    for tag in _TAG.finditer(html):
        if tag[2] not in _VOID:
            level += -1 if tag[1] else 1
            deepest = max(deepest, level)
    return deepest


_LINKS = (
    "link", "reference", "short_reference", "image_link", "image_reference", "short_image_ref",
    "autolink", "automail", "html",
)  # fmt: skip
"""Markdown's own names of the links and pictures that ``reading`` finds in its place."""


class WideRow(NamedTuple):
    """A table row as Markdown saw it, with more cells than the ``cells`` of the table's head."""

    source: str
    cells: int


class ChapterHtml(NamedTuple):
    """A chapter, the abbreviations that it explains, and rows of which Markdown drops the end."""

    html: str
    abbreviations: Mapping[str, str]
    wide_rows: tuple[WideRow, ...]


class Markdown:
    """The two ways to read Markdown: whole chapters, and runs of words.

    ``quotes`` are the opening and closing double and single quotation marks of the language.
    """

    def __init__(self, quotes: tuple[str, str, str, str]) -> None:
        self._chapter = _markdown(quotes)
        self._words = _markdown(quotes)
        for name in _BLOCKS:
            self._words.parser.blockprocessors.deregister(name)

    def chapter(self, text: str) -> ChapterHtml:
        """The HTML of a whole chapter."""
        table: Any = self._chapter.parser.blockprocessors["table"]
        table.wide_rows = []
        self._chapter.reset()
        html = _clean(self._chapter.convert(text), TAGS)
        return ChapterHtml(html, dict(_abbreviations(self._chapter)), tuple(table.wide_rows))

    def words(self, text: str, abbreviations: Mapping[str, str]) -> str:
        """The HTML of a run of words, without a paragraph around it."""
        self._words.reset()
        known = _abbreviations(self._words)
        known.clear()
        known.update(abbreviations)
        html = _clean(self._words.convert(_SPACES.sub(" ", text.strip())), BARE | {"abbr"})
        return html.strip().removeprefix("<p>").removesuffix("</p>")


def _markdown(quotes: tuple[str, str, str, str]) -> markdown.Markdown:
    names = ("left-double-quote", "right-double-quote", "left-single-quote", "right-single-quote")
    smart = {"substitutions": dict(zip(names, quotes, strict=True))}
    md = markdown.Markdown(
        extensions=["def_list", "abbr", "smarty"],
        extension_configs={"smarty": smart},
        output_format="html",
    )
    # Links, pictures and what looks like HTML were taken out before: here brackets are brackets.
    md.preprocessors.deregister("html_block")
    md.parser.blockprocessors.deregister("reference")
    for name in _LINKS:
        md.inlinePatterns.deregister(name)
    md.inlinePatterns.register(SubstituteTextPattern(_APOSTROPHE, ("’",), md), "apostrophe", 65)
    tables = TableExtension(use_align_attribute=True)
    tables.extendMarkdown(md)
    md.parser.blockprocessors.register(_Table(md.parser, tables.getConfigs()), "table", 75)
    md.treeprocessors.register(Tidy(md), "tidy", 3)
    return md


# A straight sign between letters is an apostrophe in every language, never a quotation mark.
_APOSTROPHE = r"(?<=[^\W\d_])'(?=[^\W\d_])"


def _abbreviations(md: markdown.Markdown) -> dict[str, str]:
    processor: Any = md.treeprocessors["abbr"]
    found: dict[str, str] = processor.abbrs
    return found


class _Table(TableProcessor):
    """Tables that report rows wider than their head, the rest of which Markdown drops."""

    def __init__(self, parser: Any, config: dict[str, Any]) -> None:
        super().__init__(parser, config)
        self.wide_rows: list[WideRow] = []

    def _build_row(self, row: str, parent: ET.Element, align: Any) -> None:
        if len(self._split_row(row)) > len(align):  # type: ignore[attr-defined]
            self.wide_rows.append(WideRow(row, len(align)))
        super()._build_row(row, parent, align)  # type: ignore[misc]


class Tidy(Treeprocessor):
    """Shapes that tagged PDF accepts: no paragraph in a list item, heads of tables scoped."""

    def run(self, root: ET.Element) -> None:
        """Reshapes the whole tree in place."""
        for element in root.iter():
            if element.tag in ("li", "dd"):
                _unwrap(element)
            elif element.tag in ("th", "td"):
                align = element.attrib.pop("align", "")
                if align:
                    element.set("class", _ALIGN[align])
                if element.tag == "th":
                    element.set("scope", "col")


_ALIGN = {"left": "start", "center": "centre", "right": "end"}


def _unwrap(item: ET.Element) -> None:
    """Puts the words of an item's paragraphs into the item itself, parted by line breaks."""
    children = list(item)
    for child in children:
        item.remove(child)
    for index, child in enumerate(children):
        if child.tag != "p":
            item.append(child)
            continue
        if index and children[index - 1].tag == "p":
            item.append(ET.Element("br"))
        _append_text(item, child.text)
        item.extend(list(child))
        _append_text(item, child.tail)


def _append_text(element: ET.Element, text: str | None) -> None:
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _clean(html: str, tags: frozenset[str] | set[str]) -> str:
    return nh3.clean(
        html,
        tags=set(tags),
        attributes={tag: names for tag, names in ATTRIBUTES.items() if tag in tags},
        allowed_classes={tag: names for tag, names in CLASSES.items() if tag in tags},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
