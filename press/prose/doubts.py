"""Signs and numbers at the head of a line that may be none of a list: ``24. Dezember``, ``+ 5``.

Every reader of Markdown takes them for those of a list or a quotation and prints other signs, or
none. Where they may be the author's words, the author is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from press.dates.typed import begins_day
from press.prose.block_reader import Block

Doubt = tuple[int, str, str]
"""Line of the text from 0, message, remedy."""

LONGEST_NUMBER = 3
"""Digits of a list's number; what is longer is a year."""
_FIGURE = re.compile(r"[€$£]?[.,]?\d")
_PROSE = re.compile(r"[“\"‘]?[^\W\d_a-z][^\W\d_]*(?:\s[^\W_]+[,.;:]?){2}(?![^\n]*[{}=<>|\\$;]$)")
"""The words with which a paragraph begins, and hardly a line of code."""
_SENTENCE = re.compile(r"[.!?…。]\W*(?:zq\w+\W*)*$")
"""The end of a sentence, also with the stand-in of a note behind it."""


def doubts(blocks: Sequence[Block], language: str, inside_item: bool) -> Iterator[Doubt]:
    """What is asked of blocks that stand under one another; ``inside_item``: in one of a list."""
    for index, block in enumerate(blocks):
        if block.kind == "code" and _PROSE.match(block.lines[0].strip()):
            message = "a tab or four blanks at the head of this line make it code"
            yield block.line, message, "delete them; write ``` above and below what is code"
        elif block.kind == "quote":
            yield from _quoted(block)
        elif block.kind == "list" and block.sign in ".)":
            yield from _numbered(block, blocks, language, inside_item and index > 0)
        elif block.kind == "list":
            yield from _bulleted(block, inside_item and index > 0)


def _numbered(
    block: Block, beside: Sequence[Block], language: str, is_under: bool
) -> Iterator[Doubt]:
    """A year, a day of a month, or the ordinal with which a single sentence begins."""
    for item in block.inside:
        year = item is block.inside[0] and len(str(item.number)) > LONGEST_NUMBER
        day = block.sign == "." and begins_day(item.number, _words(item), language)
        alone = block.sign == "." and len(block.inside) == 1 and not is_under
        odd = item.number != 1 or _SENTENCE.search(_words(item))
        if year or day or (alone and odd and _words(item) and not _goes_on(block, beside)):
            message = f"this line begins a list with the number {item.number}"
            hint = f"write {item.number}\\{block.sign} for a sentence that begins so"
            if alone and not (year or day):
                hint += f", {item.number}) for a list of one item"
            if block.inside[0] is not item:
                message = f"{item.number}{block.sign} is read as the number of an item"
            yield item.line, message, hint


def _goes_on(block: Block, beside: Sequence[Block]) -> bool:
    """Whether the list before goes on in this one, or this one in the next."""
    others = [b for b in beside if b.kind == "list" and b.sign == block.sign and b is not block]
    return any(
        other.inside[-1].number + 1 == block.number
        or other.number == block.inside[-1].number + 1
        or other.number == block.number == 1
        for other in others
    )


def _bulleted(block: Block, is_under: bool) -> Iterator[Doubt]:
    """A sign before a figure, or a star that calls or begins a remark: print has another sign."""
    sign, alone = block.sign, len(block.inside) == 1 and not is_under
    for item in block.inside:
        words = _words(item)
        figure = bool(_FIGURE.match(words)) and (sign == "+" or alone)
        if figure or (alone and sign != "-" and _SENTENCE.search(words)):
            message = f"{sign} at the head of this line would be printed as a bullet"
            hint = f"write \\{sign} for the sign itself"
            hint += ", or begin the item with a word" if sign == "-" else ", - for a list"
            yield item.line, message, hint
            return


def _quoted(block: Block) -> Iterator[Doubt]:
    """``> 500 people``: the sign for more."""
    if [inner.kind for inner in block.inside] == ["paragraph"]:
        lines = block.inside[0].lines
        if len(lines) == 1 and _FIGURE.match(lines[0]):
            message = "> at the head of this line begins a quotation, and would not be printed"
            yield block.line, message, "write \\> for the sign itself, /// quote for a quotation"


def _words(item: Block) -> str:
    """The words with which an item begins; empty where they are no paragraph."""
    first = item.inside[0] if item.inside else None
    return "\n".join(first.lines) if first and first.kind == "paragraph" else ""
