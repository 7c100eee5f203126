"""Words for a sheet that stands alone: without notes, links, page numbers and anchors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from html import escape, unescape
from html.parser import HTMLParser

from markupsafe import Markup

from press.content.model import Cite, Ref
from press.prose import Prose

_EMPHASIS = frozenset({
    "em", "strong", "b", "i", "q", "abbr", "sup", "sub", "span", "bdi", "cite", "br",
})  # fmt: skip
_ATTRIBUTES = ("class", "lang", "dir", "title")
_APART = {"note", "page-ref", "page-list"}
"""Classes of what is no part of the sentence."""
_UNREAD = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
_SPOKEN = re.compile(r'\b(?:alt|aria-label|title)="([^"]*)"')


class UnlinkedProse(Prose):
    """The prose stage for sheets that stand alone: what it prints leads nowhere."""

    def inline(self, text: str) -> Markup:
        """The HTML of one line of Markdown."""
        return strip_links(super().inline(text))

    def words(self, text: str) -> str:
        """The words of one line of Markdown alone."""
        return words(self.inline(text))

    def cites(self, cites: Sequence[Cite]) -> Markup:
        """Short labels of sources."""
        return strip_links(super().cites(cites))

    def reference(self, ref: Ref) -> Markup:
        """What a value refers to."""
        return strip_links(super().reference(ref))

    def use(self, address: str, html: Markup) -> Markup:
        """``html`` as a use of a fact, whose page nobody will name."""
        return strip_links(super().use(address, html))


def unlinked(prose: Prose) -> UnlinkedProse:
    """The same words, printed so that they lead nowhere."""
    return UnlinkedProse(prose.dossier, prose.citations, prose.templates, {}, prose.where)


def strip_links(html: str) -> Markup:
    """``html`` of a field with its emphasis, and nothing that leads elsewhere.

    What is contested in a link stays marked so.
    """
    return Markup(_copied(html, _EMPHASIS).strip())  # noqa: S704 - what the prose stage made, less


def words(html: str) -> str:
    """The words of a piece of HTML, without notes, drawings and page numbers."""
    return " ".join(unescape(_copied(html, ())).split())


def bare(text: str) -> str:
    """A field's words without the marks of Markdown: emphasis, links, citations."""
    text = re.sub(r"\s*\[[-@][^\]]*\]", "", text)
    text = re.sub(r"\[\[(?:[a-z]+:)?([^\]|]+)(?:\|([^\]]+))?\]\]", lambda m: m[2] or m[1], text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"(?<!\w)[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?!\w)", "", text).split())


def _copied(html: str, kept: Collection[str]) -> str:
    reader = _Copier(kept)
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


class _Copier(HTMLParser):
    """Copies text and the tags that are ``kept``, outside of what is no part of the sentence."""

    def __init__(self, kept: Collection[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._kept = kept
        self._skipped: list[str] = []
        self._opened: list[str] = []  # in place of links: what marks them as contested, or nothing

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        if "page-ref" in classes and self.parts:  # with its “, p. ”
            self.parts[-1] = re.sub(r",\s*\S*\s*$", "", self.parts[-1])
        if self._skipped or tag == "svg" or classes & _APART:
            self._skipped.append(tag)
        elif tag == "a" and "contested" in classes and "span" in self._kept:
            self._opened.append("span")
            self.parts.append('<span class="contested">')
        elif tag == "a":
            self._opened.append("")
        elif tag in self._kept:
            kept = (f' {n}="{escape(v or "")}"' for n, v in attrs if n in _ATTRIBUTES)
            self.parts.append(f"<{tag}{''.join(kept)}>")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag in self._skipped:
                while self._skipped.pop() != tag:
                    pass
        elif tag == "a" and self._opened:
            self.parts.append("</span>" if self._opened.pop() else "")
        elif tag in self._kept:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(escape(data, quote=False))


# -- words to be compared --------------------------------------------------------------------------


def texts(markup: str) -> Iterator[str]:
    """Every piece of text in markup, drawings and spoken words included."""
    bare = _UNREAD.sub(" ", markup)
    for attribute in _SPOKEN.finditer(bare):
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
