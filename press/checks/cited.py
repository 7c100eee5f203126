"""What is cited: pages in their order, sources that were read, quotations with their source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from press.base.finding import Place, Remark
from press.checks.texts import Passage, chapters, paragraphs, passages, quotations
from press.checks.words import around, listed
from press.content.evidence import level_of, level_of_source
from press.content.facts import language_of
from press.content.load import Loaded
from press.content.model import Cite, Event, Source
from press.content.walk import each
from press.dates import Date, show
from press.prose.quotes import blocks

_CITES = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
_MENTION = re.compile(r"@(?P<id>[\w-]*\w)(?P<at>,[^;\]]*)?")
_RANGE = re.compile(r"(?<![\w.:/-])(\d+)\s?[-–]\s?(\d+)(?![\w:/-]|\.\d)")


def pages_backwards(loaded: Loaded) -> Iterator[Remark]:
    """W318: pages run backwards, or a page has a digit more than another of the same book.

    Why: One of the two numbers is mistyped, and nobody finds the place. Shortened forms like
        487–9 are read as 487–489. Few books have a thousand pages, and page 1225 of one of which
        page 225 is cited too is that page with a finger too many.
    Wrong: He says so himself [@dewaal, pp. 226–225].
    Right: He says so himself [@dewaal, pp. 225–226].
    Remedy: Correct the numbers.
    """
    hint = "correct the numbers"
    for place_of, words in _locators(loaded):
        for match in _RANGE.finditer(words):
            first, last = match.groups()
            whole = first[: -len(last)] + last if len(last) < len(first) else last
            if int(whole) < int(first):
                yield place_of(match.start()), f"{match[0]} runs backwards", hint
    yield from _page_too_long(loaded)


def _page_too_long(loaded: Loaded) -> Iterator[Remark]:
    """Pages of a book that are another cited page with one digit more."""
    cited: dict[str, list[tuple[Place, str]]] = {}
    for at, cite in each(loaded, Cite):
        cited.setdefault(cite.source, []).append((at(), cite.at))
    for passage, match in _mentions(loaded):
        found = (passage.at(match.start("id") - 1), match["at"] or "")
        cited.setdefault(match["id"], []).append(found)
    for ident, places in cited.items():
        source = loaded.dossier.bibliography.get(ident)
        if source is None or source.type not in _BOUND:
            continue
        pages = {number for _, words in places for number in _PAGE.findall(words)}
        for place, words in places:
            for page in _PAGE.findall(words):
                if len(page) > _DIGITS and (less := _one_digit_less(page) & pages):
                    message = f"page {page} is page {min(less)}, cited as well, with a digit more"
                    yield place, message, "correct the number"


_BOUND = frozenset({"book", "chapter", "thesis", "report"})
_PAGE = re.compile(r"(?<![\w.:/-])\d+(?![\w:/-]|\.\d)")
_DIGITS = 3
"""Digits of the pages of nearly every book."""


def _one_digit_less(page: str) -> frozenset[str]:
    return frozenset(page[:index] + page[index + 1 :] for index in range(len(page)))


def _locators(loaded: Loaded) -> Iterator[tuple[Callable[[int], Place], str]]:
    """Where each letter of a place in a source is written, and its words."""
    for at, cite in each(loaded, Cite):
        if cite.at:
            yield partial(_behind, at()), cite.at
    for at, source in each(loaded, Source):
        if source.page:
            yield partial(_behind, at("page")), source.page
    for passage, match in _mentions(loaded):
        if match["at"]:
            yield partial(_in_text, passage, match.start("at")), match["at"]


def _behind(place: Place, offset: int) -> Place:
    file, line, column = place
    return file, line, column + offset if column else 0


def _in_text(passage: Passage, begin: int, offset: int) -> Place:
    return passage.at(begin + offset)


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


_SENTENCES, _LENGTH = 2, 20
"""What a paragraph has at the least to be one of statements."""
_SHARE = 0.75
"""Of the paragraphs of a chapter, those that cite, so that one that does not is an exception."""
_RESTS = re.compile(r"@|\{\s*fact|\[\^|\[\[\s*(?:event|plate|table)\s*:")
_APART = re.compile(r"\s*(?:#|\||/{3}|>|[-*+] |\d+\. |\[\^|:|[ ]{4})")


def bare_paragraphs(loaded: Loaded) -> Iterator[Remark]:
    """W320: a paragraph cites nothing and draws nothing, in a chapter whose others do.

    Why: A reader who finds a note in each paragraph takes the one without for what everybody
        knows. It counts from two sentences and twenty words on, where three of four paragraphs of
        the chapter cite, or draw a fact or a date; a chapter on method needs no notes.
    Wrong: The roads were mined that winter. Two bridges were blown up, and the railway was taken
        apart and sold.
    Right: The roads were mined that winter [@dewaal, p. 226]. Two bridges were blown up, and the
        railway was taken apart and sold [@ap-940107].
    Remedy: Cite the sources of its statements, or strike it.
    """
    for passage in chapters(loaded):
        every = [
            (at, text)
            for at, text in paragraphs(passage, passage.text)
            if _states(passage, at, text)
        ]
        bare = [at for at, text in every if not _RESTS.search(passage.written, at, at + len(text))]
        if bare and len(bare) <= (1 - _SHARE) * len(every):
            for at in bare:
                message = "this paragraph cites nothing, and the others of its chapter do"
                yield passage.at(at), message, "cite the sources of its statements"


def _states(passage: Passage, at: int, text: str) -> bool:
    """Whether it is a paragraph of prose, and no heading, list, table, note or block."""
    begin = at + len(text) - len(text.lstrip())
    whole = sum(1 for _ in re.finditer(r"[.!?][”’)]*(?=\s|$)", text))
    inside = any(first <= begin < last for first, *_, last in blocks(passage.written))
    apart = _APART.match(passage.written, passage.written.rfind("\n", 0, begin) + 1)
    return not (apart or inside) and whole >= _SENTENCES and len(text.split()) >= _LENGTH


def reported_before(loaded: Loaded) -> Iterator[Remark]:
    """W237: a newspaper that reports an event was issued before it happened.

    Why: A paper tells what has been. One of the two dates is mistyped, or the paper announces what
        was to come and is no source of the day. Papers of the day before are left alone: clocks
        differ from one side of the Earth to the other.
    Wrong: - id: ap-0629
          issued: 1993-06-25         # cited for an event of 27 June
    Right: - id: ap-0629
          issued: 1993-06-29
    Remedy: Correct issued, or the date of the event; cite an announcement where it is told.
    """
    sources = loaded.dossier.bibliography
    placed = {source.id: at("issued") for at, source in each(loaded, Source)}
    told: dict[str, tuple[Date, Event, Date]] = {}
    span = loaded.dossier.meta.span
    for event in loaded.dossier.events.values():
        own = [(cite, event.when) for cite in event.sources]
        own += [
            (cite, claim.date) for claim in event.claims if claim.date for cite in claim.sources
        ]
        for cite, when in own:
            issued = sources[cite.source].issued if cite.source in sources else None
            paper = issued and _is_paper(sources[cite.source])
            if issued and paper and _is_within(when, span) and _is_before(issued, when):
                told.setdefault(cite.source, (issued, event, when))
    for ident, (issued, event, when) in told.items():
        days = [show(date, loaded.dossier.meta.language) for date in (issued, when)]
        message = f"it is of {days[0]}, and reports event {event.id!r} of {days[1]}"
        yield placed[ident], message, "correct the one date or the other"


def _is_within(when: Date, span: Date | None) -> bool:
    """Whether a date lies in the dossier's span; one that does not is told already (E203)."""
    return span is None or when.known_within(span)


def _is_paper(source: Source) -> bool:
    return source.type in ("article-newspaper", "broadcast")


def _is_before(issued: Date, when: Date) -> bool:
    """Whether a day is more than one before another; dates that are in doubt say nothing."""
    sure = not (issued.approximate or issued.uncertain or when.approximate or when.uncertain)
    return sure and issued.latest.number + 1 < when.earliest.number
