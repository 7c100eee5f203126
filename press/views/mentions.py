"""The mentions of what the index lists, found in a finished document and marked with anchors.

Each heading has its spellings. Where one is met in the words of the document, an anchor is put
around it, and typesetting turns the anchors of a heading into its pages. Nothing is looked for
outside ``<main>``, in drawings, in links to sources, or inside an element with
``data-index="none"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from press.content.headings import KINDS, Headings
from press.views.spellings import Spellings, find, spellings

_TOKEN = re.compile(
    r"<!--.*?-->|<(/?)([A-Za-z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL
)
_INLINE = frozenset({
    "a", "abbr", "b", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "time", "u", "var",
})  # fmt: skip
_VOID = frozenset({
    "area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip
_SILENT = frozenset({
    "code", "head", "math", "script", "style", "svg", "template", "title",
})  # fmt: skip
_ID = re.compile(r'\sid="')
_LISTED = "|".join(KINDS)
_HREF = re.compile(rf'\shref="#({_LISTED}|source)-([^"]+)"')
_ENTRY = re.compile(rf'\sid="({_LISTED})-([^"]+)"')
_NOTE = re.compile(r'\sclass="note"')
_NONE = re.compile(r'\sdata-index="none"')
_EXPLICIT = re.compile(rf'\sdata-index="((?:{_LISTED}):[^"]+)"')


@dataclass(frozen=True)
class Anchored:
    """A document with an anchor at each mention, and the keys of the headings that were met."""

    text: str = field(repr=False)
    met: frozenset[str]


@dataclass(frozen=True)
class _Element:
    """An open element, and what it means for the words inside it.

    ``own`` is the key of the gazetteer's or glossary's entry around; ``named`` the key of the
    heading that a link or mark around names outright; ``link`` start and end of the link's tag.
    """

    name: str
    silent: bool = False
    own: str = ""
    named: str = ""
    link: tuple[int, int] = (-1, -1)
    note: bool = False


_ROOT = _Element("main")
_Run = list[tuple[int, int, _Element]]
"""Pieces of text, start and end in the document, that only inline tags part."""
Mention = tuple[int, int, str]
"""Start and end in the document of what takes the anchor, and the heading's key.

It is a tag, or the words themselves, or nothing: then an empty span goes there.
"""


def add_anchors(text: str, listed: Headings, language: str) -> Anchored:
    """``text`` (a whole HTML document) with anchors at the mentions of ``listed``.

    Anchors are ``ix-<kind>-<id>-<n>``, numbered from 1 in the order of the text: the id of a link
    to the place or term, or a span around the words; nothing is put inside drawings or links.
    """
    numbers: dict[str, int] = {}
    parts: list[str] = []
    at = 0
    for start, end, key in sorted(_mentions(text, listed, spellings(listed, language))):
        numbers[key] = numbers.get(key, 0) + 1
        parts += [text[at:start], _anchored(text[start:end], f"{listed[key].stem}{numbers[key]}")]
        at = end
    whole = "".join((*parts, text[at:]))
    described = {key for key, h in listed.items() if h.principal and f'id="{h.principal}"' in text}
    return Anchored(whole, frozenset(numbers) | described)


def _anchored(words: str, anchor: str) -> str:
    """A tag or words with the anchor; a tag gets it in the place of its ``data-index``."""
    if not words.startswith("<"):
        return f'<span id="{anchor}">{words}</span>'
    if _EXPLICIT.search(words):
        return _EXPLICIT.sub(f' id="{anchor}"', words)
    return re.sub(r"^<[\w-]+", lambda name: f'{name[0]} id="{anchor}"', words)


def _mentions(text: str, listed: Headings, sought: Spellings) -> Iterator[Mention]:
    stack, runs, taken = [_ROOT], [_Run()], set[tuple[int, int]]()
    at, end = text.find("<main"), text.rfind("</main>")
    if at < 0 or end < 0:
        return
    at = text.index(">", at) + 1
    for tag in _TOKEN.finditer(text, at, end):
        if tag.start() > at and not stack[-1].silent:
            runs[-1].append((at, tag.start(), stack[-1]))
        at = tag.end()
        name = (tag[2] or "").lower()
        if not name or name in _VOID or tag[3].endswith("/"):
            continue
        if tag[1]:
            note = _closed(stack, name)
        else:
            note = False
            stack.append(_opened(name, tag, stack[-1], listed))
            if stack[-1].note:
                runs.append(_Run())
            elif stack[-1].named and stack[-1].named != stack[-2].named:
                yield _at_tag(text, tag.span(), stack[-1].named, taken)
        if note or name not in _INLINE:
            yield from _found(text, runs[-1], sought, taken)
            runs[-1].clear()
        if note:
            runs.pop()
    yield from _found(text, runs[-1], sought, taken)


def _closed(stack: list[_Element], name: str) -> bool:
    """Closes the innermost element ``name``; whether that was a note."""
    if not any(element.name == name for element in stack[1:]):
        return False
    while stack[-1].name != name:
        stack.pop()
    return stack.pop().note


def _opened(name: str, tag: re.Match[str], around: _Element, listed: Headings) -> _Element:
    attributes = tag[3]
    href = _HREF.search(attributes) if name == "a" else None
    row = _ENTRY.search(attributes)
    silent = (
        around.silent
        or name in _SILENT
        or _NONE.search(attributes) is not None
        or (href is not None and href[1] == "source")
    )
    own = f"{row[1]}:{row[2]}" if row else around.own
    explicit = _EXPLICIT.search(attributes)
    named = explicit[1] if explicit else f"{href[1]}:{href[2]}" if href else around.named
    if silent or named not in listed or named == own:
        named = ""
    link = tag.span() if name == "a" else around.link
    return _Element(name, silent, own, named, link, _NOTE.search(attributes) is not None)


def _at_tag(text: str, span: tuple[int, int], key: str, taken: set[tuple[int, int]]) -> Mention:
    """The mention at a tag: the tag itself while it has no id, else the place before it."""
    start, end = span
    if span in taken or _ID.search(text, start, end):
        return start, start, key
    taken.add(span)
    return start, end, key


def _found(
    text: str, run: _Run, sought: Spellings, taken: set[tuple[int, int]]
) -> Iterator[Mention]:
    """The mentions among the words of a run."""
    words = "".join(text[start:end] for start, end, _ in run)
    for begin, finish, key in find(words, sought):
        piece, offset = 0, begin
        while offset >= (length := run[piece][1] - run[piece][0]):
            piece, offset = piece + 1, offset - length
        start, end, element = run[piece]
        if key in (element.own, element.named):
            continue
        if element.link[0] >= 0:
            yield _at_tag(text, element.link, key, taken)
        else:
            yield start + offset, min(end, start + offset + finish - begin), key
