"""What is cited: pages in their order, sources that were read, quotations with their source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.base.finding import Place, Remark
from press.checks.texts import Passage, paragraphs, passages, quotations
from press.checks.words import around, listed
from press.content.evidence import level_of, level_of_source
from press.content.facts import language_of
from press.content.load import Loaded
from press.content.model import Cite, Source
from press.content.walk import each

_CITES = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
_MENTION = re.compile(r"@(?P<id>[\w-]*\w)(?P<at>,[^;\]]*)?")
_RANGE = re.compile(r"(?<![\w.:/-])(\d+)\s?[-–]\s?(\d+)(?![\w:/-]|\.\d)")


def pages_backwards(loaded: Loaded) -> Iterator[Remark]:
    """W318: pages run backwards.

    Why: One of the two numbers is mistyped, and nobody finds the place. Shortened forms like
        487–9 are read as 487–489.
    Wrong: He says so himself [@dewaal, pp. 226–225].
    Right: He says so himself [@dewaal, pp. 225–226].
    Remedy: Correct the numbers.
    """
    hint = "correct the numbers"
    for place, words in _locators(loaded):
        for match in _RANGE.finditer(words):
            first, last = match.groups()
            whole = first[: -len(last)] + last if len(last) < len(first) else last
            if int(whole) < int(first):
                file, line, column = place
                at = (file, line, column + match.start() if column else 0)
                yield at, f"{match[0]} runs backwards", hint


def _locators(loaded: Loaded) -> Iterator[tuple[Place, str]]:
    """Where a place in a source is written, and its words."""
    for at, cite in each(loaded, Cite):
        if cite.at:
            yield at(), cite.at
    for at, source in each(loaded, Source):
        if source.page:
            yield at("page"), source.page
    for passage, match in _mentions(loaded):
        if match["at"]:
            yield passage.at(match.start("at")), match["at"]


def _mentions(loaded: Loaded) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Each source that a text cites in brackets."""
    for passage in passages(loaded):
        for cites in _CITES.finditer(passage.written):
            for match in _MENTION.finditer(passage.written, *cites.span()):
                yield passage, match


def cited_unread(loaded: Loaded) -> Iterator[Remark]:
    """W319: a source is cited, and its line checked says that it was not read.

    Why: A statement rests on what somebody has read. Who cites a book by its title tells the reader
        that it says so, and does not know it.
    Wrong: [@croissant, p. 88]                # and checked: Not read; further reading
    Right: checked: Chapter 4 read
    Remedy: Read the passage and say so in checked; name the source in which it was read as
        quoted under quoted-in; or cite another.
    """
    dossier = loaded.dossier
    language = language_of(dossier)
    unread = {
        source.id
        for source in dossier.sources.sources
        if level_of_source(source, language) == "not read" and _is_to_read(source)
    }
    cited = [
        (at(), cite.source)
        for at, cite in each(loaded, Cite)
        if level_of(cite, dossier) == "not read"
    ]
    cited += [
        (passage.at(match.start()), match["id"])
        for passage, match in _mentions(loaded)
        if match["id"] in unread and not _says_so(loaded, passage, match.start())
    ]
    for place, ident in cited:
        if ident in unread:
            message = f"{ident!r} is cited, and was not read by its line checked"
            yield place, message, "cite what was read, or say in checked what was"


def _is_to_read(source: Source) -> bool:
    """Whether somebody could read it, and not only elsewhere; general knowledge has no author."""
    named = source.author or source.publisher or source.container or source.url
    return bool(named) and not source.via


def _says_so(loaded: Loaded, passage: Passage, at: int) -> bool:
    """Whether the sentence itself says that the source was not read, or where to read more."""
    begin = max(passage.text.rfind(sign, 0, at) for sign in (". ", ".\n", "? ", "\n\n")) + 1
    sentence = passage.written[begin:at]
    return any(around(word).search(sentence) for word in listed(loaded, "check.read-more"))


_WORDS = 7
"""Words from which on quotation marks hold somebody's words, and not a name or a phrase."""


def quotation_without_citation(loaded: Loaded) -> Iterator[Remark]:
    """W317: words are quoted in a paragraph of a chapter that cites nothing after them.

    Why: Who quotes says where the words stand, so that they can be looked up and seen whole. It
        counts from seven words on; a note or citation behind them in the paragraph will do.
    Wrong: He wrote that “nobody here believes that the town can be held”.
    Right: He wrote that “nobody here believes that the town can be held” [@nyt-0725].
    Remedy: Cite the source behind the quotation.
    """
    for passage in passages(loaded):
        if not passage.is_chapter:
            continue
        for offset, text in paragraphs(passage, passage.text):
            written = passage.written[offset : offset + len(text)]
            for begin, end in quotations(text):
                behind = written[end:]
                long = len(re.findall(r"\w+", text[begin:end])) >= _WORDS
                if long and "@" not in behind and "[^" not in behind and "^[" not in behind:
                    message = "these words are quoted, and no source is cited behind them"
                    yield passage.at(offset + begin), message, "cite it: [@id, p. 12]"
