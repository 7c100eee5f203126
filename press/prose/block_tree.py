"""Gives Python-Markdown the blocks that ``block_reader`` has found, as elements of its tree."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString

from press.prose.block_reader import Block, BlockReader, cells, no_table, table_at
from press.prose.dialects import glued_items, own_items
from press.prose.doubts import doubts
from press.prose.inline_rules import AMPERSAND
from press.prose.scanner import excerpt

_SIGNATURE = re.compile(r"(?:--?|[–—])\s?[^\W\d_a-zß-ÿ]")
_NUMBERED = re.compile(r"[0-9]{1,3}[.)] ")


class Remark(NamedTuple):
    """What is wrong with a block: line of the text from 0, code, message, remedy."""

    line: int
    code: str
    message: str
    hint: str


class Blocks(BlockParser):
    """Reads the blocks of a chapter in ``language``; ``remarks`` are those of the one last read."""

    def __init__(self, md: Markdown, language: str) -> None:
        super().__init__(md)
        self._language = language
        self.remarks: list[Remark] = []
        self._paragraph = ""
        """The line of the paragraph that was read last, if it is one line."""
        self._below_bars = -1
        """The line under what was found to be no table: its rows are no faults of their own."""

    def parseDocument(self, lines: Iterable[str]) -> ET.ElementTree[ET.Element | None]:  # noqa: N802
        """The tree of the text that ``lines`` are."""
        self.remarks = []
        self._below_bars, self._paragraph = -1, ""
        self.root = ET.Element(self.md.doc_tag)
        self._build_all(self.root, BlockReader().read(list(lines)).inside)
        return ET.ElementTree(self.root)

    def remark(self, line: int, code: str, message: str, hint: str) -> None:
        """Takes down what is wrong with the block at ``line``."""
        self.remarks.append(Remark(line, code, message, hint))

    def _build_all(self, parent: ET.Element, blocks: list[Block]) -> None:
        """Adds blocks that stand under one another."""
        for line, message, hint in doubts(blocks, self._language, parent.tag == "li"):
            self.remark(line, "P282", message, hint)
        for before, block in zip([None, *blocks], blocks, strict=False):
            if before and before.kind == block.kind == "list":
                self._depth(before.inside[-1], block.inside[0])
            first = len(parent)
            self._build(parent, block)
            for element in parent[first:]:
                element.set("line", str(block.line))

    def _build(self, parent: ET.Element, block: Block) -> None:
        """Adds one block, and those in it."""
        match block.kind:
            case "paragraph" | "terms":
                self._words(parent, block)
            case "heading":
                if parent is not self.root:
                    message = "a heading stands in a list or quotation"
                    hint = "write # at the margin, and \\# for the sign itself"
                    self.remark(block.line, "P272", message, hint)
                if block.sign and "|" in block.lines[-1]:
                    self._no_table(block)
                _leaf(parent, f"h{block.level}", _joined(block.lines))
            case "code" | "fence":
                self._code(parent, block)
            case "rule":
                ET.SubElement(parent, "hr")
            case "list":
                self._list(parent, block)
            case _:
                tags = {"quote": "blockquote", "item": "li", "meanings": "dl", "meaning": "dd"}
                outer = ET.SubElement(parent, tags[block.kind])
                self._build_all(outer, block.inside)

    def _code(self, parent: ET.Element, block: Block) -> None:
        lines = block.lines
        if block.kind == "code":
            while lines and not lines[-1].strip():
                lines.pop()
        elif not block.is_closed:
            message = "this code is never closed"
            self.remark(block.line, "P288", message, f"end it with a line of its own: {block.sign}")
        code = ET.SubElement(ET.SubElement(parent, "pre"), "code")
        words = "".join(f"{line}\n" for line in lines)
        code.text = AtomicString(words.replace("&", AMPERSAND))

    # -- lists

    def _list(self, parent: ET.Element, block: Block) -> None:
        """A list of one kind, with the number that its author has given the first item."""
        numbered = block.sign in ".)"
        outer = ET.SubElement(parent, "ol" if numbered else "ul")
        if numbered:
            self._numbers(block)
            if block.number != 1:
                outer.set("start", str(block.number))
            hundreds = block.number + len(block.inside) > 100
            if classes := ["bracketed"] * (block.sign == ")") + ["hundreds"] * hundreds:
                outer.set("class", " ".join(classes))
        self._build_all(outer, block.inside)
        for before, item in pairwise(block.inside):
            self._depth(before, item)

    def _numbers(self, block: Block) -> None:
        """Numbers that would be printed otherwise than they are written."""
        given = [item.number for item in block.inside]
        for index, item in enumerate(block.inside):
            number = block.number + index
            if item.number != number and set(given) != {block.number}:
                message = f"{item.number}{block.sign} would be printed as {number}{block.sign}"
                hint = "number the items in order, or part two lists by a line of words"
                self.remark(item.line, "P282", message, hint)
                return

    def _depth(self, before: Block, item: Block) -> None:
        """An item that stands further in than the one before it, and not in it all the same."""
        if item.level > before.level:
            message = "this item stands further in than the one above, and not under it"
            hint = f"indent it by {before.width} to put it there, or as the one above"
            self.remark(item.line, "P283", message, hint)

    # -- words and tables

    def _words(self, parent: ET.Element, block: Block) -> None:
        """A paragraph, or the table that it is; the lines of terms are a term each."""
        if block.kind == "terms":
            for line in block.lines:
                _leaf(parent, "dt", line.strip())
            return
        at = table_at(block.lines)
        if at is None:
            _leaf(parent, "p", _joined(block.lines))
            self._list_in_words(block)
            if parent.tag == "blockquote":
                self._signed(block)
            self._no_table(block)
            return
        if at > 1:
            _leaf(parent, "p", _joined(block.lines[: at - 1]))
        self._table(parent, block, at)

    def _no_table(self, block: Block) -> None:
        """Lines with bars that are no table; a head over a bare rule is a heading to Markdown."""
        lines = [*block.lines, *([f"{block.sign} |"] if block.kind == "heading" else [])]
        if block.line != self._below_bars and (fault := no_table(lines)):
            self.remark(block.line + fault[0], "P281", *fault[1:])
            self._below_bars = block.line + len(lines)

    def _signed(self, block: Block) -> None:
        """The last line of a quotation that says who speaks, and runs on behind the words."""
        if len(block.lines) > 1 and _SIGNATURE.match(block.lines[-1]):
            message = "this line runs together with the words that are quoted"
            hint = "write /// quote with by: and source: for who speaks, or > alone on a line above"
            self.remark(block.line + len(block.lines) - 1, "P284", message, hint)

    def _list_in_words(self, block: Block) -> None:
        """Lines that begin as items do and are none; numbers under words may only begin with 1."""
        if (at := own_items(block.lines)) is not None:
            message = f"{block.lines[at].split()[0]} begins no list: these lines run together"
            hint = "begin each with - or 1., in an item indented by as much as its words"
            self.remark(block.line + at, "P284", message, f"{hint}; or end each with a backslash")
        if colon := next((n for n, line in enumerate(block.lines) if n and line[:2] == ": "), 0):
            message = "this line runs together with the words before it"
            hint = "write : and one blank at the margin for what a term means"
            self.remark(block.line + colon, "P284", message, hint)
        glued = list(glued_items(block.lines, self._paragraph))
        if glued:
            (at, right), *more = glued
            message = f"{block.lines[at].split()[0]} begins no list, for it has no blank"
            hint = f"write {excerpt(right)}"
            hint += f", and so {len(more)} more of these lines" if more else ""
            above = block.lines[at - 1].strip() if at else ""
            hint += ", and an empty line before the list" if above else ""
            self.remark(block.line + at, "P284", message, hint)
        self._paragraph = block.lines[0] if len(block.lines) == 1 else ""
        numbered = [n for n, line in enumerate(block.lines) if n and _NUMBERED.match(line)]
        if not numbered:
            return
        if len(numbered) > 1 or block.lines[numbered[0] - 1].rstrip().endswith(":"):
            message = "these numbered lines run together with the words before them"
            hint = "leave an empty line before the list"
            self.remark(block.line + numbered[0], "P284", message, hint)

    def _table(self, parent: ET.Element, block: Block, at: int) -> None:
        """The table whose line of dashes is the line ``at``."""
        align = [_aligned(dashes) for dashes in cells(block.lines[at])]
        table = ET.SubElement(parent, "table")
        head, body = ET.SubElement(table, "thead"), ET.SubElement(table, "tbody")
        _row(head, "th", cells(block.lines[at - 1]), align)
        for number, line in enumerate(block.lines[at + 1 :], block.line + at + 1):
            row = cells(line)
            if len(row) != len(align):
                many = "more" if len(row) > len(align) else "fewer"
                message = f"this row has {many} cells than the {len(align)} of the table's head"
                hint = "give every column a head, or write \\| for the sign itself"
                if many == "fewer":
                    hint = "write an empty cell where there is nothing: | |"
                self.remark(number, "P280", message, hint)
            _row(body, "td", [*row, *([""] * len(align))][: len(align)], align)
        if not len(body):
            table.remove(body)


def _row(parent: ET.Element, tag: str, row: list[str], align: list[str]) -> None:
    tr = ET.SubElement(parent, "tr")
    for words, where in zip(row, align, strict=True):
        cell = _leaf(tr, tag, words)
        if where:
            cell.set("class", where)


def _aligned(dashes: str) -> str:
    ends = dashes[:1] == ":", dashes[-1:] == ":"
    return {(True, True): "centre", (False, True): "end", (True, False): "start"}.get(ends, "")


def _leaf(parent: ET.Element, tag: str, words: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = words
    return element


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).rstrip()


class OneRun(BlockParser):
    """Reads a run of words: nothing in it is a block."""

    def parseDocument(self, lines: Iterable[str]) -> ET.ElementTree[ET.Element | None]:  # noqa: N802
        """The tree of one paragraph."""
        self.root = ET.Element(self.md.doc_tag)
        _leaf(self.root, "p", "\n".join(lines).strip())
        return ET.ElementTree(self.root)
