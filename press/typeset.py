"""Stage 6: HTML becomes pages and a PDF. The only module that sets type with WeasyPrint.

Page numbers are not left to CSS. The pages are laid out, the folio of every anchor is read from
them and written into the text, and they are laid out again until nothing moves; with the folios of
the last build that is usually one pass. It is faster than ``target-counter`` and cannot lie.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape

from press import typeworld

with typeworld.direct_loading():
    from weasyprint import HTML, Document
    from weasyprint.text.fonts import FontConfiguration

    from press.fetch import BASE, ClosedWorld

Folios = Mapping[str, tuple[int, ...]]
"""The pages, from 1, on which each anchor stands."""

PASSES = 5
"""Layouts in one round until page numbers must agree."""
ROUNDS = 4
"""Rounds in which notes must find their calls."""
UNKNOWN = "00"
"""Stands for a page that is not known yet; most have two figures."""
_REF = re.compile(r'<span class="page-ref" data-page-of="([^"<>]+)">0</span>')
_NOTE = re.compile(r'<span class="note" id="(note-\d+)"')
_PARAGRAPH = re.compile(r"<(?:p|li|dd|blockquote)\b[^>]*>")
_LIST = re.compile(r'<span class="page-list" data-pages-of="([^"<>]+)">0</span>')


@dataclass(frozen=True)
class Html:
    """A document ready to be set: its text, and the files that it may read."""

    text: str
    files: Mapping[str, bytes]
    variant: str = "pdf/ua-1"


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

    @property
    def folios(self) -> Folios:
        """Where every anchor stands on the pages as they are printed."""
        return self.rounds[-1]


def typeset(html: Html, known: Sequence[Folios] = ()) -> Proof:
    """Sets ``html``; ``known`` are the folios of an earlier build, one for each round.

    The first round sets the text as it is. Where WeasyPrint loses a note, or parts it from its
    call, the next round keeps the paragraph of the call together, which moves it to a page where
    its note has room. What is set does not depend on ``known``, only how soon it is found.
    """
    text, rounds, passes = with_calls(html.text), [], 0
    with _complaints() as complaints:
        while True:
            number = len(rounds)
            folios = known[number] if number < len(known) else (rounds[-1] if rounds else {})
            complaints.clear()
            document, settled = None, False
            for _ in range(PASSES):
                passes += 1
                complaints.clear()
                fetcher = ClosedWorld(html.files)
                filled = with_folios(text, folios)
                document = HTML(string=filled, base_url=BASE, url_fetcher=fetcher).render(
                    font_config=FontConfiguration()
                )
                folios = _folios(document)
                settled = with_folios(text, folios) == filled
                if settled:
                    break
            rounds.append(folios)
            kept = kept_together(text, stray_notes(text, folios))
            if kept == text or len(rounds) == ROUNDS:
                break
            text = kept
        buffer = io.BytesIO()
        document.write_pdf(buffer, pdf_variant=html.variant, pdf_tags=True)
    wanted = sorted(set(_REF.findall(html.text)))
    return Proof(
        pages=len(document.pages),
        pdf=buffer.getvalue(),
        rounds=tuple(rounds),
        unsettled=tuple(anchor for anchor in wanted if not settled or anchor not in folios),
        complaints=tuple(dict.fromkeys(complaints)),
        refused=tuple(dict.fromkeys(fetcher.refused)),
        fonts=_fonts(document),
        text=filled,
        passes=passes,
    )


def with_calls(text: str) -> str:
    """``text`` with an anchor for the call of each note, which otherwise nobody could find."""
    return _NOTE.sub(
        lambda note: f'<span id="{note[1].replace("note", "call")}"></span>{note[0]}', text
    )


def stray_notes(text: str, folios: Folios) -> tuple[str, ...]:
    """The anchors of notes that are not printed once, on the page of their call or the next."""
    strays = []
    for anchor in _NOTE.findall(text):
        pages = folios.get(anchor, ())
        called = folios.get(anchor.replace("note-", "call-"), pages)
        if len(pages) != 1 or len(called) != 1 or pages[0] - called[0] not in (0, 1):
            strays.append(anchor)
    return tuple(strays)


def kept_together(text: str, notes: Sequence[str]) -> str:
    """``text`` with the paragraphs that call ``notes`` in the class ``keep``, unless they are."""
    for anchor in notes:
        before = text.find(f'id="{anchor}"')
        opening = max(
            (match for match in _PARAGRAPH.finditer(text, 0, max(before, 0))),
            key=lambda match: match.start(),
            default=None,
        )
        if opening is None or "keep" in opening[0]:
            continue
        tag = opening[0]
        if 'class="' in tag:
            tag = tag.replace('class="', 'class="keep ', 1)
        else:
            tag = f'{tag[:-1]} class="keep">'
        text = text[: opening.start()] + tag + text[opening.end() :]
    return text


def with_folios(text: str, folios: Folios) -> str:
    """``text`` with every page reference filled in.

    What is not known yet takes as much room as it is likely to need, so that the pages of the first
    pass are nearly those of the last.
    """

    def reference(match: re.Match[str]) -> str:
        pages = folios.get(match[1], ())
        return f'<span class="page-ref">{pages[0] if pages else UNKNOWN}</span>'

    def listing(match: re.Match[str]) -> str:
        places: dict[int, str] = {}
        for anchor, pages in folios.items():
            if anchor.startswith(match[1]):
                for page in pages:
                    places.setdefault(page, anchor)
        if not places:
            guess = [UNKNOWN] * text.count(f'id="{match[1]}')
            return f'<span class="page-list">{", ".join(guess)}</span>'
        links = [
            f'<a href="#{escape(places[first])}">{first}</a>'
            + (f'–<a href="#{escape(places[last])}">{last}</a>' if last > first else "")
            for first, last in ranges(sorted(places))
        ]
        return f'<span class="page-list">{", ".join(links)}</span>'

    return _LIST.sub(listing, _REF.sub(reference, text))


def ranges(pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive pages; a run of two stays two single pages."""
    run: list[int] = []
    for page in (*pages, None):
        if page is not None and run and page == run[-1] + 1:
            run.append(page)
            continue
        if len(run) > 2:
            yield run[0], run[-1]
        else:
            yield from ((p, p) for p in run)
        run = [page] if page is not None else []


def _folios(document: Document) -> Folios:
    folios: dict[str, tuple[int, ...]] = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            folios[anchor] = (*folios.get(anchor, ()), number)
    return folios


def _fonts(document: Document) -> tuple[Font, ...]:
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
