"""The direction of every text: a block runs as its first letter does, foreign words in one box.

WeasyPrint sets the boxes of a line one after another in the direction of their block. A sentence of
Arabic that holds a link or a date is several boxes: in a block that runs from left to right it
would be printed in another order. So each block is given the direction of its own words, and where
words of the other direction in it are several boxes, these are put into one that runs their way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from press.base.scripts import RIGHT_TO_LEFT

_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr",
})  # fmt: skip
_WHOLE = frozenset({"blockquote", "dl", "ol", "ul"})
"""Blocks that run as the first of the blocks in them: a list has its signs on one side."""
APART = frozenset({"note", "footnote"})
"""Classes of what stands in a line of the text and is set elsewhere."""
_WORDLESS = ("head", "style", "{http://www.w3.org/2000/svg}svg")
_LEFTWARDS = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc"
                        "\U00010800-\U00010fff\U0001e800-\U0001efff]")  # fmt: skip


def has_leftward(text: str) -> bool:
    """Whether there is anything in a text that may run from right to left."""
    return not text.isascii() and _LEFTWARDS.search(text) is not None


def direction(sign: str) -> bool | None:
    """Whether a sign runs from right to left; None for what has no direction of its own."""
    kind = unicodedata.bidirectional(sign)
    return True if kind in RIGHT_TO_LEFT else False if kind == "L" else None


def first(text: str) -> bool | None:
    """The direction of the first letter of a text; None where it has none (UAX 9, P2)."""
    return next((found for sign in text if (found := direction(sign)) is not None), None)


def last(text: str) -> bool | None:
    """The direction of the last letter of a text; None where it has none."""
    return first(text[::-1])


def give(root: Element) -> None:
    """Writes ``dir`` where it differs from what stands around, in a document read from HTML."""
    if has_leftward("".join(root.itertext())):
        _block(root, root.get("dir") == "rtl")


def _is_element(node: Any) -> bool:
    """Whether a node is no comment."""
    return isinstance(node.tag, str)


def _is_apart(element: Element) -> bool:
    """Whether an element is a block, or is set elsewhere than the words around it."""
    return element.tag not in _INLINE or not APART.isdisjoint(element.get("class", "").split())


def _block(element: Element, around: bool) -> None:
    """A block whose surroundings run leftwards or not, and all blocks in it."""
    if not _is_element(element) or element.tag in _WORDLESS:
        return
    own = element.get("dir")
    leftwards = around if own is None else own == "rtl"
    said = element.itertext() if element.tag in _WHOLE else _words(element)
    if own is None and (found := first("".join(said))) is not None:
        leftwards = found
    if leftwards != around or element.tag in _INLINE:  # a note hears nothing of its line
        element.set("dir", "rtl" if leftwards else "ltr")
    for inner in list(_blocks_in(element)):
        _block(inner, leftwards)
    _gather(element, leftwards)


def _blocks_in(element: Element) -> Iterator[Element]:
    """The nearest blocks in an element, also those within words of its lines."""
    for child in element:
        if _is_element(child):
            yield from [child] if _is_apart(child) else _blocks_in(child)


def _words(element: Element) -> Iterator[str]:
    """The text of a block's own lines."""
    yield element.text or ""
    for child in element:
        if _is_element(child) and not _is_apart(child):
            yield from _words(child)
        yield child.tail or ""


@dataclass(frozen=True)
class _InLine:
    """What follows in a block: a child, or a run of its text with its direction."""

    content: Any
    leftwards: bool | None
    mixed: bool = False


def _gather(element: Element, base: bool) -> None:
    """Puts words that run against ``base`` into one box, where a line of the block has several."""
    pieces = list(_pieces(element, base))
    begin = 0
    while begin < len(pieces):
        if pieces[begin].leftwards is not (not base) or pieces[begin].mixed:
            begin += 1
            continue
        end = _end(pieces, begin, base)
        parts = pieces[begin:end]
        if _is_several(parts):
            behind = _parted_from_number(parts)
            pieces[begin:end] = [_InLine(_wrapped(parts, base), not base), *behind]
            end = begin + 1
        begin = end
    _put(element, [piece.content for piece in pieces])
    for piece in pieces:
        if piece.mixed:
            _gather(piece.content, base)


def _is_several(parts: list[_InLine]) -> bool:
    """Whether pieces are several boxes of a line; texts side by side are one."""
    elements = [part.content for part in parts if isinstance(part.content, Element)]
    return bool(elements) and (len(parts) > 1 or len(elements[0]) > 0)


def _end(pieces: list[_InLine], begin: int, base: bool) -> int:
    """Behind the last piece that runs as that at ``begin``, with nothing of ``base`` between."""
    end = begin + 1
    for number in range(begin + 1, len(pieces)):
        piece = pieces[number]
        if piece.mixed or piece.leftwards is base:
            break
        is_number = isinstance(piece.content, str) and any(map(str.isdigit, piece.content))
        if piece.leftwards is not None or is_number:
            end = number + 1
    return end


def _pieces(element: Element, base: bool) -> Iterator[_InLine]:
    yield from _runs(element.text or "")
    for child in element:
        tail, child.tail = child.tail or "", None
        if not _is_element(child) or _is_apart(child):
            ends_line = _is_element(child) and child.tag not in (*_INLINE, *_WORDLESS)
            yield _InLine(child, base if ends_line else None)
        elif child.get("dir"):
            yield _InLine(child, child.get("dir") == "rtl")
        else:
            found = {direction(sign) for sign in "".join(_words(child))} - {None}
            only = found.pop() if len(found) == 1 else None
            yield _InLine(child, only, mixed=bool(found) and only is None)
        yield from _runs(tail)


def _runs(text: str) -> Iterator[_InLine]:
    """A text in runs of one direction; blanks, signs and numbers between them are runs without."""
    current, now = "", None
    for sign in text:
        kind = direction(sign)
        of_mark = unicodedata.bidirectional(sign) == "NSM"
        kind = now if of_mark else kind
        if current and kind != now:
            yield _InLine(current, now)
            current = ""
        current, now = current + sign, kind
    if current:
        yield _InLine(current, now)


def _parted_from_number(parts: list[_InLine]) -> list[_InLine]:
    """What stands behind the last digit of the last piece, which is taken from it."""
    content = parts[-1].content
    if parts[-1].leftwards is not None or not isinstance(content, str):
        return []
    end = max(number for number, sign in enumerate(content, start=1) if sign.isdigit())
    parts[-1] = _InLine(content[:end], None)
    return [_InLine(content[end:], None)]


def _wrapped(parts: list[_InLine], base: bool) -> Element:
    """One element around pieces that run against ``base``."""
    around = Element("span", {"dir": "ltr" if base else "rtl"})
    _put(around, [part.content for part in parts])
    return around


def _put(element: Element, contents: list[Any]) -> None:
    """Makes texts and elements the content of ``element``."""
    for child in list(element):
        element.remove(child)
    element.text = ""
    for content in contents:
        if isinstance(content, str):
            if len(element):
                element[-1].tail = (element[-1].tail or "") + content
            else:
                element.text += content
        else:
            content.tail = None
            element.append(content)
