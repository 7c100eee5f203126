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
from markdown.treeprocessors import Treeprocessor

from press.prose import inline_rules
from press.prose.block_tree import Blocks, OneRun, Remark
from press.prose.scanner import one_line
from press.prose.seen import Seen, of_tree

_TAGS = """
p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd em strong blockquote table thead tbody tr th td
abbr code pre br hr sup sub del span
"""
TAGS: Final = frozenset(_TAGS.split())
ATTRIBUTES: Final = {
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"scope"},
}
_ALIGNED: Final = {"start", "centre", "end"}
CLASSES: Final = {"th": _ALIGNED, "td": _ALIGNED, "span": {"tick"}, "ol": {"bracketed", "hundreds"}}
BARE: Final = frozenset({"p", "em", "strong", "code", "br", "sup", "sub", "del", "abbr"})
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
_START = re.compile(r'(?<=<ol )[^>]*?start="([0-9]{1,9})"')
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
    deep = False
    for number, line in enumerate(text.split("\n"), 1):
        if control := _CONTROL.search(line):
            message = f"control character U+{ord(control[0]):04X}"
            yield number, control.start() + 1, message, "delete it"
        if word := _WORD.search(line):
            message = f"a word of {len(word[0]):,} characters is too long to print"
            yield number, word.start() + 1, message, "divide it with spaces, or delete it"
        above = deep
        deep = bool(_QUOTE.match(line) or _INDENT.match(line) or _MARKER.match(line))
        if deep and not above:  # the lines below it are as deep
            yield number, 1, "this line is nested too deep to print", "use fewer levels"


def depth(html: str) -> int:
    """How deep the elements of cleaned HTML are nested."""
    deepest = level = 0
    for tag in _TAG.finditer(html):
        if tag[2] not in _VOID:
            level += -1 if tag[1] else 1
            deepest = max(deepest, level)
    return deepest


class ChapterHtml(NamedTuple):
    """A chapter, the blocks and words that were seen in it, and what is wrong with its blocks."""

    html: str
    seen: tuple[Seen, ...]
    remarks: tuple[Remark, ...]


class WordsHtml(NamedTuple):
    """A run of words without a paragraph around it, and what was seen in it."""

    html: str
    seen: tuple[str, ...]


class Markdown:
    """The two ways to read Markdown: whole chapters, and runs of words.

    ``quotes`` are the opening and closing double and single quotation marks of the language.
    """

    def __init__(self, quotes: tuple[str, str, str, str], language: str) -> None:
        self._chapter = _markdown(quotes)
        self._blocks = Blocks(self._chapter, language)
        self._chapter.parser = self._blocks
        self._words = _markdown(quotes)
        self._words.parser = OneRun(self._words)

    def chapter(self, text: str, abbreviations: Mapping[str, str]) -> ChapterHtml:
        """The HTML of a whole chapter."""
        self._blocks.remarks = []
        html = _clean(_converted(self._chapter, text, abbreviations), TAGS)
        return ChapterHtml(html, _look(self._chapter).blocks, tuple(self._blocks.remarks))

    def words(self, text: str, abbreviations: Mapping[str, str]) -> WordsHtml:
        """The HTML of a run of words, without a paragraph around it."""
        html = _clean(_converted(self._words, one_line(text), abbreviations), BARE)
        blocks = _look(self._words).blocks
        html = html.strip().removeprefix("<p>").removesuffix("</p>").replace("<br>\n", "<br>")
        return WordsHtml(html, blocks[0].words if blocks else ())


def _converted(md: markdown.Markdown, text: str, abbreviations: Mapping[str, str]) -> str:
    md.reset()
    _look(md).blocks = ()  # an empty text is not parsed, and would show the one before
    processor: Any = md.treeprocessors["abbr"]
    processor.abbrs.clear()
    processor.abbrs.update(abbreviations)
    return md.convert(text)


def _look(md: markdown.Markdown) -> Look:
    processor: Any = md.treeprocessors["look"]
    found: Look = processor
    return found


def _markdown(quotes: tuple[str, str, str, str]) -> markdown.Markdown:
    names = ("left-double-quote", "right-double-quote", "left-single-quote", "right-single-quote")
    smart = {"substitutions": dict(zip(names, quotes, strict=True))}
    md = markdown.Markdown(
        extensions=["abbr", "smarty"],
        extension_configs={"smarty": smart},
        output_format="html",
    )
    # What looks like HTML was taken out before.
    md.preprocessors.deregister("html_block")
    inline_rules.add_to(md)
    smarty: Any = md.treeprocessors["smarty"]
    apostrophe = SubstituteTextPattern(_APOSTROPHE, ("’",), md)
    smarty.inlinePatterns.register(apostrophe, "apostrophe", 65)
    md.treeprocessors.register(Look(md), "look", 15)
    md.treeprocessors.register(Tidy(md), "tidy", 3)
    return md


# A straight sign between letters is an apostrophe in every language, never a quotation mark.
_APOSTROPHE = r"(?<=[^\W\d_])'(?=[^\W\d_])"


class Look(Treeprocessor):
    """Keeps what Python-Markdown has seen in a text, before signs become typographic ones."""

    blocks: tuple[Seen, ...] = ()

    def run(self, root: ET.Element) -> None:
        """Looks, and changes nothing."""
        self.blocks = of_tree(root)


class Tidy(Treeprocessor):
    """Shapes that tagged PDF accepts: no paragraph in a list item, heads of tables scoped."""

    def run(self, root: ET.Element) -> None:
        """Reshapes the whole tree in place."""
        for element in root.iter():
            if element.tag in ("li", "dd"):
                _unwrap(element)
                _tick(element)
            elif element.tag == "th":
                element.set("scope", "col")


_BOXES = {"[ ] ": "☐", "[x] ": "☑", "[X] ": "☑"}


def _tick(item: ET.Element) -> None:
    """A box for ``[ ]`` or ``[x]`` at the head of an item: what is to do, and what is done."""
    if box := _BOXES.get((item.text or "")[:4]):
        sign = ET.Element("span", {"class": "tick"})
        sign.text, sign.tail, item.text = box, f" {(item.text or '')[4:]}", ""
        item.insert(0, sign)


def _unwrap(item: ET.Element) -> None:
    """Puts the words of an item's paragraphs into the item itself, parted by line breaks."""
    children = list(item)
    if children:
        item.text = (item.text or "").strip("\n")
    for child in children:
        child.tail = (child.tail or "").strip("\n")
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
    cleaned = nh3.clean(
        html,
        tags=set(tags),
        attributes={tag: names for tag, names in ATTRIBUTES.items() if tag in tags},
        allowed_classes={tag: names for tag, names in CLASSES.items() if tag in tags},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return _START.sub(_counted, cleaned)


def _counted(start: re.Match[str]) -> str:
    """The first number of a list, as WeasyPrint takes it: it passes the attribute over."""
    return f'{start[0]} style="counter-reset: list-item {int(start[1]) - 1}"'
