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
UNKNOWN = "00"
"""Stands for a page that is not known yet; most have two figures."""
_REF = re.compile(r'<span class="page-ref" data-page-of="([^"<>]+)">0</span>')
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
    folios: Folios
    unsettled: tuple[str, ...]
    complaints: tuple[str, ...]
    refused: tuple[str, ...]
    fonts: tuple[Font, ...]
    text: str = field(repr=False)
    passes: int


def typeset(html: Html, folios: Folios | None = None) -> Proof:
    """Sets ``html``, beginning with the ``folios`` of an earlier build where there are any."""
    known: Folios = folios or {}
    with _complaints() as complaints:
        passes, settled = 0, False
        while not settled and passes < PASSES:
            passes += 1
            complaints.clear()
            fetcher = ClosedWorld(html.files)
            text = with_folios(html.text, known)
            document = HTML(string=text, base_url=BASE, url_fetcher=fetcher).render(
                font_config=FontConfiguration()
            )
            found = _folios(document)
            settled = with_folios(html.text, found) == text
            known = found
        buffer = io.BytesIO()
        document.write_pdf(buffer, pdf_variant=html.variant, pdf_tags=True)
    wanted = sorted(set(_REF.findall(html.text)))
    unsettled = tuple(anchor for anchor in wanted if not settled or anchor not in known)
    return Proof(
        pages=len(document.pages),
        pdf=buffer.getvalue(),
        folios=known,
        unsettled=unsettled,
        complaints=tuple(dict.fromkeys(complaints)),
        refused=tuple(dict.fromkeys(fetcher.refused)),
        fonts=_fonts(document),
        text=text,
        passes=passes,
    )


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
