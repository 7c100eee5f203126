"""Words for a loose sheet: without notes, links, page numbers and anchors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser

from markupsafe import Markup

from press.output.data import words

_KEPT = {"em", "strong", "b", "i", "q", "abbr", "sup", "sub", "span", "bdi", "cite", "br"}
_APART = {"note", "page-ref", "page-list"}
_INSIDE = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
_SAID = re.compile(r'\b(?:alt|aria-label|title)="([^"]*)"')


def lean(html: str) -> Markup:
    """``html`` of a field with its emphasis, and nothing that leads elsewhere."""
    reader = _Lean()
    reader.feed(html)
    reader.close()
    return Markup("".join(reader.parts).strip())  # noqa: S704 - what prose.py has cleaned, less


class _Lean(HTMLParser):
    """Copies inline markup and leaves out what a loose sheet cannot follow."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        if classes & {"page-ref"} and self.parts:  # with its “, p. ”
            self.parts[-1] = re.sub(r",\s*\S*\s*$", "", self.parts[-1])
        if self._skipped or classes & _APART:
            self._skipped.append(tag)
        elif tag in _KEPT:
            kept = "".join(
                f' {name}="{escape(value or "")}"'
                for name, value in attrs
                if name in ("class", "lang", "dir", "title")
            )
            self.parts.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag in self._skipped:
                while self._skipped.pop() != tag:
                    pass
        elif tag in _KEPT:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(escape(data, quote=False))


def plain(html: str) -> str:
    """The words of a field alone."""
    return words(html)


def said(markup: str) -> Iterator[str]:
    """Every piece of text in markup, drawings and spoken words included."""
    bare = _INSIDE.sub(" ", markup)
    for attribute in _SAID.finditer(bare):
        yield unescape(attribute[1])
    for piece in re.split(r"<[^>]*>", bare):
        if piece.strip():
            yield unescape(piece)


def folded(text: str) -> str:
    """``text`` as words in small letters with one space between, and one at either end.

    Punctuation, soft hyphens and every kind of space are gone, so that what a PDF gives back can be
    compared with what was written.
    """
    text = unicodedata.normalize("NFKC", text.replace("\u00ad", "").replace("\u2010", "-"))
    found = re.findall(r"\w+", text.casefold())
    return f" {' '.join(found)} "
