"""Stage 6: HTML becomes pages and a PDF. The only module that sets type with WeasyPrint.

Page numbers are not left to CSS. The pages are laid out, the folio of every anchor is read from
them and written into the text, and they are laid out again until nothing moves; with the folios of
the last build that is usually one pass. It is faster than ``target-counter`` and cannot lie.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from itertools import count

from press.base.document import Document
from press.typeset import fonts as typeworld
from press.typeset import layout as boxes

with typeworld.direct_loading():
    from weasyprint import HTML
    from weasyprint import Document as Pages
    from weasyprint.text.fonts import FontConfiguration

    from press.typeset import pdf_a, weasyprint_patches
    from press.typeset.fetch import BASE, ClosedWorld

weasyprint_patches.install()

Folios = Mapping[str, tuple[int, ...]]
"""The pages, from 1, on which each anchor stands."""

PASSES = 5
"""Layouts in one round until page numbers must agree."""
ROUNDS = 12
"""Rounds in which notes must find their calls."""
UNKNOWN = "00"
"""Stands for a page that is not known yet; most have two figures."""
GUESSED = 8
"""Pages that a list is taken to have at the most while they are not known."""
_REF = re.compile(r'<span class="page-ref" data-page-of="([^"<>]+)">0</span>')
_NOTE = re.compile(r'<span class="note" id="(note-\d+)"')
_HEADING = re.compile(r"<h([1-6])\b(?:(?!<h[1-6]\b).)*</h\1>\s*\Z", re.DOTALL)
_BLOCK = re.compile(r'<((?:p|li|blockquote)(?: class="[^"]*")?)>')
_LIST = re.compile(
    r'<span class="page-list" data-pages-of="([^"<>]+)"(?: data-principal="([^"<>]*)")?>0</span>'
)
_MEMBER = re.compile(r'\bid="([^"<>]+-)\d+"')


@dataclass(frozen=True)
class Font:
    """A face that was really used, and the characters that it lacks."""

    family: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """The set pages and everything that was noticed while setting them."""

    pages: int
    pdf: bytes
    rounds: tuple[Folios, ...]
    unsettled: tuple[str, ...]
    complaints: tuple[str, ...]
    refused: tuple[str, ...]
    fonts: tuple[Font, ...]
    text: str = field(repr=False)
    passes: int
    layout: boxes.Layout = field(default=boxes.Layout(), repr=False)

    @property
    def folios(self) -> Folios:
        """Where every anchor stands on the pages as they are printed."""
        return self.rounds[-1]


def typeset(html: Document, known: Sequence[Folios] = ()) -> Proof:
    """Sets ``html``; ``known`` are the folios of an earlier build, one for each round.

    The first round sets the text as it is. Where WeasyPrint loses a note, or parts it from its
    call, the next round turns the page before the block that is to blame. What is set does not
    depend on ``known``, only how soon it is found.
    """
    text, passes = marked(html.text), 0
    rounds: list[Folios] = []
    with _complaints() as complaints:
        while True:
            number = len(rounds)
            folios = known[number] if number < len(known) else (rounds[-1] if rounds else {})
            complaints.clear()
            settled, tries = False, 0
            while not settled and tries < PASSES:
                tries, passes = tries + 1, passes + 1
                complaints.clear()
                fetcher = ClosedWorld(html.files)
                filled = with_folios(text, folios)
                document = HTML(string=filled, base_url=BASE, url_fetcher=fetcher).render(
                    font_config=FontConfiguration(), **pdf_a.options(html.variant)
                )
                folios = _folios(document)
                settled = with_folios(text, folios) == filled
            rounds.append(folios)
            mended = turned(text, folios)
            if mended == text or len(rounds) == ROUNDS:
                break
            text = mended
        pdf = pdf_a.write(document, html.variant, html.enclosures, html.day, html.modified)
    wanted = sorted(set(_REF.findall(html.text)))
    return Proof(
        pages=len(document.pages),
        pdf=pdf,
        rounds=tuple(rounds),
        unsettled=tuple(anchor for anchor in wanted if not settled or anchor not in folios),
        complaints=tuple(dict.fromkeys(complaints)),
        refused=tuple(dict.fromkeys(fetcher.refused)),
        fonts=_fonts(document),
        text=filled,
        passes=passes,
        layout=boxes.read(document.pages),
    )


def warm() -> None:
    """Reads the project's fonts once, so that fontconfig's cache is there: workers only read it."""
    FontConfiguration()


Tried = tuple[int, float]
"""How many pages a document takes, and how far an anchor is from its page's upper edge, in mm."""


def tried(html: Document, anchor: str) -> Tried:
    """How many pages ``html`` takes, and how far from its page's upper edge ``anchor`` is, in mm.

    One layout, in which nothing is written; 0 mm where no page has the anchor.
    """
    fetcher = ClosedWorld(html.files)
    with _complaints():
        document = HTML(string=html.text, base_url=BASE, url_fetcher=fetcher).render(
            font_config=FontConfiguration(), **pdf_a.options(html.variant)
        )
    at = [page.anchors[anchor][1] for page in document.pages if anchor in page.anchors]
    return len(document.pages), float(at[0]) * 25.4 / 96 if at else 0.0


def marked(text: str) -> str:
    """``text`` with anchors for the call of each note and for each block that a page may divide."""
    text = _NOTE.sub(
        lambda note: f'<span id="{note[1].replace("note", "call")}"></span>{note[0]}', text
    )
    numbers = count(1)
    return _BLOCK.sub(lambda block: f'<{block[1]} id="block-{next(numbers)}">', text)


def stray_notes(text: str, folios: Folios) -> tuple[str, ...]:
    """The anchors of notes that are not printed once, on the page of their call."""
    return tuple(
        anchor
        for anchor in _NOTE.findall(text)
        if len(folios.get(anchor, ())) != 1
        or folios.get(anchor.replace("note-", "call-")) != folios[anchor]
    )


def turned(text: str, folios: Folios) -> str:
    """``text`` with the page turned before the block that drives the first stray note away.

    WeasyPrint pushes a note on, or loses it, when a block that begins below its call goes over the
    page's end and has to leave two lines behind; that block turns the page instead. Where no block
    goes over, it is the block of the call itself. Unchanged where nothing strays or nothing helps.
    """
    strays = stray_notes(text, folios)
    if not strays:
        return text
    call = strays[0].replace("note-", "call-")
    pages = folios.get(call, ())
    divided = [
        anchor
        for anchor, at in folios.items()
        if anchor.startswith("block-") and pages and {pages[0], pages[0] + 1} <= set(at)
    ]
    before = text[: max(text.find(f'id="{call}"'), 0)]
    own = re.findall(r'id="(block-\d+)"', before)[-1:]
    for anchor in (*sorted(divided, key=lambda name: int(name[6:])), *own):
        at = text.rfind("<", 0, text.find(f'id="{anchor}"'))
        while heading := _HEADING.search(
            text, max(0, at - 2000), at
        ):  # headings turn with what they head
            at = heading.start()
        tag = text[at : text.index(">", at) + 1]
        if "turn" not in tag:
            return text[:at] + _classed(tag) + text[at + len(tag) :]
    return text


def _classed(tag: str) -> str:
    """An opening tag with ``turn`` among its classes."""
    if 'class="' in tag:
        return tag.replace('class="', 'class="turn ', 1)
    return re.sub(r"^<(\w+)", r'<\1 class="turn"', tag)


def with_folios(text: str, folios: Folios) -> str:
    """``text`` with every page reference filled in.

    What is not known yet takes as much room as it is likely to need, so that the pages of the first
    pass are nearly those of the last.
    """

    def reference(match: re.Match[str]) -> str:
        pages = folios.get(match[1], ())
        return f'<span class="page-ref">{pages[0] if pages else UNKNOWN}</span>'

    members: dict[str, dict[int, str]] = {}
    for anchor, pages in folios.items():
        stem, hyphen, number = anchor.rpartition("-")
        if number.isdecimal():
            places = members.setdefault(stem + hyphen, {})
            for page in pages:
                places.setdefault(page, anchor)
    expected = Counter(_MEMBER.findall(text)) if not members else Counter[str]()

    def listing(match: re.Match[str]) -> str:
        stem, principal = match[1], match[2] or ""
        places = dict(members.get(stem, {}))
        own = folios.get(principal, ())[:1]
        places.update(dict.fromkeys(own, principal))
        if not places:
            words = ", ".join([UNKNOWN] * min(expected[stem], GUESSED))
        else:
            words = ", ".join(_run(*run, places, own) for run in ranges(sorted(places), own))
        return f'<span class="page-list">{words}</span>'

    return _LIST.sub(listing, _REF.sub(reference, text))


def _run(first: int, last: int, places: Mapping[int, str], own: Sequence[int]) -> str:
    """A page, or first and last of several, each a link; those of ``own`` stand out."""
    page = f'<a href="#{escape(places[first])}">{first}</a>'
    if last > first:
        return f'{page}–<a href="#{escape(places[last])}">{last}</a>'
    return f'<strong class="principal">{page}</strong>' if first in own else page


def ranges(pages: Sequence[int], apart: Sequence[int] = ()) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive pages; a run of two stays two single pages.

    Pages that are to stand ``apart`` are in no run.
    """
    run: list[int] = []
    for page in (*pages, None):
        joined = page is not None and bool(run) and page == run[-1] + 1
        if page is not None and joined and page not in apart and run[-1] not in apart:
            run.append(page)
            continue
        if len(run) > 2:
            yield run[0], run[-1]
        else:
            yield from ((p, p) for p in run)
        run = [page] if page is not None else []


def _folios(document: Pages) -> Folios:
    folios: dict[str, tuple[int, ...]] = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            folios[anchor] = (*folios.get(anchor, ()), number)
    return folios


def _fonts(document: Pages) -> tuple[Font, ...]:
    fonts = (
        Font(_text(font.family), tuple(sorted(map(chr, font.missing))))
        for font in document.fonts.values()
    )
    return tuple(sorted(fonts, key=lambda f: (f.family, f.missing)))


def _text(family: str | bytes) -> str:
    return family.decode("utf-8", "replace") if isinstance(family, bytes) else family


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Everything WeasyPrint and its libraries log while the block runs."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    ear = Ear(logging.WARNING)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools", "PIL")]
    before = [(log.level, log.propagate, list(log.handlers)) for log in loggers]
    for log in loggers:
        log.setLevel(logging.WARNING)
        log.propagate = False
        log.handlers = [ear]
    try:
        yield heard
    finally:
        for log, (level, propagate, handlers) in zip(loggers, before, strict=True):
            log.setLevel(level)
            log.propagate = propagate
            log.handlers = handlers
