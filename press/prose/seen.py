"""What a reader of Markdown has seen in a text: its blocks in order, and what is in each."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple

from press.prose.inline_rules import AMPERSAND

_ESCAPED = re.compile("\x02([0-9]+)\x03")
_SIGNS = {"em": "*", "strong": "**", "del": "~~"}
_PRINTED = {"sup": "^", "sub": "~"}
"""What only one of two readers knows; the other prints the signs themselves."""


class Seen(NamedTuple):
    """A block: what it is, its first line from 0 (-1 where nobody knows), its words, its blocks.

    ``name`` says all that print shows of the block itself: ``ol 12``, ``h3``, ``table 4``. Words
    are texts, and the names of what begins, ends or breaks in them, in angle brackets.
    """

    name: str
    line: int = -1
    words: tuple[str, ...] = ()
    inside: tuple[Seen, ...] = ()


def joined(words: Iterator[str]) -> tuple[str, ...]:
    """Words of which no two texts stand side by side, with the spaces that print shows."""
    found: list[str] = []
    for word in words:
        if found and not _is_name(word) and not _is_name(found[-1]):
            found[-1] += word
        else:
            found.append(word)
    texts = [word if _is_name(word) else _trimmed(word) for word in found]
    for index, word in enumerate(texts):
        first, last = index == 0, index == len(texts) - 1
        if not _is_name(word):
            head = word.lstrip() if first or texts[index - 1] == BREAK else word
            texts[index] = head.rstrip() if last or texts[index + 1] == BREAK else head
    return tuple(word for word in texts if word)


def _trimmed(text: str) -> str:
    """A text whose lines have no spaces at their ends, which no page shows."""
    if "\n" not in text:
        return text
    first, *lines = text.split("\n")
    *inner, last = lines
    return "\n".join([first.rstrip(), *(line.strip() for line in inner), last.lstrip()])


NAME = "\ue000"
BREAK = f"{NAME}break"
"""``NAME`` stands before the name of a mark, so that no text is taken for one."""


def _is_name(word: str) -> bool:
    return word.startswith(NAME)


# -- what Python-Markdown has made ---------------------------------------------------------------


def of_tree(root: ET.Element) -> tuple[Seen, ...]:
    """The blocks of a tree, before quotation marks and dashes are set in it."""
    return tuple(_block(element) for element in root if element.tag != "br")


def words_of(element: ET.Element) -> tuple[str, ...]:
    """The words of one element."""
    return joined(_words(element))


def _block(element: ET.Element) -> Seen:
    line = int(element.get("line", "-1"))
    match element.tag:
        case "pre":
            return Seen("code", line, (_plain("".join(element.itertext())).rstrip("\n"),))
        case "ol":
            return Seen(f"ol {element.get('start', '1')}", line, (), of_tree(element))
        case "table":
            rows = tuple(Seen("tr", -1, (), of_tree(row)) for row in element.iter("tr"))
            return Seen(f"table {len(rows[0].inside)}", line, (), rows)
        case "ul" | "li" | "blockquote" | "dl" | "dd":
            return Seen(element.tag, line, (), of_tree(element))
        case "td" | "th":
            return Seen("cell", line, words_of(element))
        case _:
            return Seen(element.tag, line, words_of(element))


def _words(element: ET.Element) -> Iterator[str]:
    yield _plain(element.text)
    for child in element:
        name = child.tag
        if name == "br":
            yield BREAK
        elif name == "code":
            yield f"{NAME}code {_plain(child.text)}"
        elif name in _PRINTED:
            yield _PRINTED[name]
            yield from _words(child)
            yield _PRINTED[name]
        else:
            yield f"{NAME}{_SIGNS.get(name, name)}"
            yield from _words(child)
            yield f"{NAME}/{_SIGNS.get(name, name)}"
        yield _plain(child.tail)


def _plain(text: str | None) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1])), (text or "").replace(AMPERSAND, "&"))
