"""Stage 7: HTML becomes pages and a PDF.

Page numbers are not left to CSS. The pages are laid out, the folio of every anchor is read from
them and written into the text, and they are laid out again until nothing moves; with the folios of
the last build that is usually one pass. It is faster than ``target-counter`` and cannot lie.
"""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from press.base.document import Document
from press.base.finding import refusal
from press.base.units import MM, PX
from press.typeset import directions, fonts, layout, pdf_a, set_drawings, set_elements
from press.typeset import folios as page_numbers
from press.typeset.beside import beside_infobox
from press.typeset.broken_styles import BrokenStyles, guests, to_blame, with_sheets, without
from press.typeset.engine import (
    FONTS,
    HTML,
    LINES,
    EndlessPageError,
    FontConfiguration,
    RenderedDocument,
)
from press.typeset.fetch import BASE, ClosedWorld
from press.typeset.floats import floated
from press.typeset.folios import Folios, referred, with_folios
from press.typeset.grounds import with_grounds
from press.typeset.notes import add_anchors, break_before
from press.typeset.painted import Painted, painted
from press.typeset.set_drawings import SetMark
from press.typeset.set_elements import SetElement
from press.typeset.spreads import lying_open

PASSES = 5
"""Layouts in one round until page numbers must agree."""
ROUNDS = 12
"""Rounds in which headings and notes must find their places."""
MANY = 20
"""Pages that are taken away at once; fewer wait until there is more to be taken away."""
_FONTS = (b"OTTO", b"\0\1\0\0", b"true", b"ttcf", b"wOFF", b"wOF2")
"""How the files of fonts begin."""


@dataclass(frozen=True)
class UsedFont:
    """A face that was really used, the characters that it lacks, and those that were set in it."""

    family: str
    missing: tuple[str, ...]
    letters: frozenset[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True)
class SetPages:
    """The set pages and everything that was noticed while setting them.

    ``root`` is the HTML as a tree, whose elements lines, pictures and ``elements`` name;
    ``painted`` are the boxes that lay something there, where an author's style sheets have rules.
    """

    pages: int
    pdf: bytes
    rounds: tuple[Folios, ...]
    unsettled: tuple[str, ...]
    complaints: tuple[str, ...]
    refused: tuple[str, ...]
    fonts: tuple[UsedFont, ...]
    text: str = field(repr=False)
    passes: int
    layout: layout.Layout = field(default=layout.Layout(), repr=False)
    elements: tuple[SetElement, ...] = field(default=(), repr=False)
    marks: tuple[SetMark, ...] = field(default=(), repr=False)
    broken: BrokenStyles | None = None
    root: Any = field(default=None, compare=False, repr=False)
    painted: tuple[Painted, ...] = field(default=(), repr=False)

    @property
    def folios(self) -> Folios:
        """Where every anchor stands on the pages as they are printed."""
        return self.rounds[-1]


def typeset(html: Document, known: Sequence[Folios] = ()) -> SetPages:
    """Sets ``html``; ``known`` are the folios of an earlier build, one for each round.

    The first round sets the text as it is. Where a chapter begins beside the infobox, the next
    round sets its headings in the text; where WeasyPrint loses a note, or parts it from its call,
    it turns the page before the block that is to blame; where a plate and its legend are the two
    sides of a leaf, the plate goes to a left page; where a picture leaves much of a page empty, the
    text after it comes first. What is set does not depend on ``known``, only how soon it
    is found.
    """
    text, passes = add_anchors(html.text), 0
    rounds: list[Folios] = []
    while True:
        number = len(rounds)
        begin = known[number] if number < len(known) else (rounds[-1] if rounds else {})
        done = _settle(text, html, begin)
        passes += done.passes
        rounds.append(done.folios)
        turned = break_before(beside_infobox(text, done.folios), done.folios)
        if turned == text:
            turned = lying_open(text, done.folios)
        if turned == text:
            turned = floated(text, layout.read(done.last.document.pages))
        if turned == text or len(rounds) == ROUNDS:
            break
        text = turned
        pages = len(done.last.document.pages)
        del done  # its pages make room for those of the next round
        _make_room(pages)
    document = done.last.document
    marks = set_drawings.read(done.last.root)  # writing takes patterns out of the tree
    with _logged() as messages:
        pdf = pdf_a.write(document, html)
    return SetPages(
        pages=len(document.pages),
        pdf=pdf,
        rounds=tuple(rounds),
        unsettled=tuple(
            anchor
            for anchor in referred(html.text)
            if not done.settled or anchor not in done.folios
        ),
        complaints=tuple(dict.fromkeys((*done.last.messages, *messages))),
        refused=tuple(dict.fromkeys(done.last.fetcher.refused)),
        fonts=_fonts(document),
        text=done.text,
        passes=passes,
        layout=with_grounds(layout.read(document.pages), pdf),
        elements=set_elements.read(done.last.root, document.pages),
        marks=marks,
        broken=_with_rules(done, html),
        root=done.last.root,
        painted=painted(document.pages) if any(map(bytes.strip, guests(html))) else (),
    )


@dataclass(frozen=True)
class _Pass:
    """A text laid out once: what was logged, who fetched its files, and its elements as a tree."""

    document: RenderedDocument
    root: Any
    messages: list[str]
    fetcher: ClosedWorld
    broken: BrokenStyles | None = None


@dataclass(frozen=True)
class _Round:
    """The last pass of a round: the text with the page numbers in it, and where they stand now."""

    last: _Pass
    text: str
    folios: Folios
    settled: bool
    passes: int


def _settle(text: str, html: Document, folios: Folios) -> _Round:
    """Lays ``text`` out, with ``folios`` for a beginning, until no page number moves."""
    passes = 0
    while True:
        passes += 1
        filled = with_folios(text, folios)
        last = _lay_out(filled, html)
        folios = page_numbers.read(last.document.pages)
        settled = with_folios(text, folios) == filled
        if settled or passes == PASSES:
            return _Round(last, filled, folios, settled, passes)
        pages = len(last.document.pages)
        del last  # its pages make room for those of the next pass
        _make_room(pages)


def _make_room(pages: int) -> None:
    """Takes away set pages, where they were many: their boxes hold each other.

    Just now little else is there to be looked through; in the midst of a layout there is much.
    """
    if pages > MANY:
        gc.collect()


_BROKEN: dict[tuple[str, tuple[bytes, ...]], BrokenStyles] = {}
"""What had to be left out of the author's style sheets, by document: not tried in each pass."""


def _lay_out(text: str, html: Document) -> _Pass:
    """``text`` as pages, with the files and in the standards of ``html``.

    Where the typesetter breaks on a style sheet of the author's, the pages are set without it.
    """
    same = html.text, guests(html)
    if broken := _BROKEN.get(same):
        return replace(_laid_out(text, with_sheets(html, dict.fromkeys(broken.names, ""))),
                       broken=broken)  # fmt: skip
    try:
        return _laid_out(text, html)
    except MemoryError:
        raise
    except Exception as error:
        for names, fewer in without(html):
            if not _breaks(text, fewer):
                broken = _BROKEN[same] = BrokenStyles(names, _said(error))
                return replace(_laid_out(text, fewer), broken=broken)
        if isinstance(error, EndlessPageError):
            hint = "look for a table or a list within many others, and divide it; please report it"
            message = f"a page does not come to an end: {_said(error)}"
            raise refusal("press", "X901", message, hint) from None
        raise


def _said(error: Exception) -> str:
    """What a library says of its fault, in a line."""
    name = "" if isinstance(error, EndlessPageError) else f"{type(error).__name__}: "
    return f"{name}{error}".splitlines()[0][:120]


def _breaks(text: str, html: Document) -> bool:
    """Whether the typesetter breaks on ``text`` with the style sheets of ``html``."""
    try:
        _laid_out(text, html)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 whatever a library raises, a style sheet led to it
        return True
    return False


def _with_rules(done: _Round, html: Document) -> BrokenStyles | None:
    """The style sheets that were left out, where some were, with the rules that are to blame."""
    broken = done.last.broken
    if broken is None:
        return None
    rules = []
    for name in broken.names:
        alone = with_sheets(html, {other: "" for other in broken.names if other != name})
        rules.append(to_blame(alone, name, lambda fewer: _breaks(done.text, fewer)))
    return replace(broken, rules=tuple(rules))


def _laid_out(text: str, html: Document) -> _Pass:
    faces = _faces(html)
    LINES.belong_to(faces)
    fetcher = ClosedWorld(html.files)
    with _logged() as messages:
        source = HTML(string=text, base_url=BASE, url_fetcher=fetcher)
        directions.give(source.etree_element)
        document = source.render(font_config=FONTS.of(faces), **pdf_a.options(html.variant))
    if messages:  # of fonts that are kept, nothing is said again
        FONTS.let_go(faces)
    return _Pass(document, source.etree_element, messages, fetcher)


def _faces(html: Document) -> object:
    """All that says in which fonts ``html`` is set: folders, rules, and files of its own."""
    files = {
        name: raw
        for name, raw in html.files.items()
        if raw[:4] in _FONTS or _BRINGS_FACES.search(raw)
    }
    return fonts.folders(), files, html.text if _BRINGS_FACES.search(html.text.encode()) else ""


_BRINGS_FACES = re.compile(rb"@(?:font-face|[-\w]*\\)", re.IGNORECASE)
"""A rule that brings a face, or one whose name is written with escapes and may be that."""


def preload_fonts() -> None:
    """Reads the project's fonts once, so that fontconfig's cache is there: workers only read it."""
    FontConfiguration()


Probed = tuple[int, Mapping[str, float]]
"""How many pages a document takes, and how far down its page, in mm, each anchor is."""


def probe_layout(html: Document) -> Probed:
    """How many pages ``html`` takes, and how far down its page, in mm, each anchor is.

    One layout, in which nothing is written. An anchor of several pages is where it begins.
    """
    pages = _lay_out(html.text, html).document.pages
    places = ((name, at) for page in reversed(pages) for name, at in page.anchors.items())
    return len(pages), {name: float(at[1]) * PX / MM for name, at in places}


def _fonts(document: RenderedDocument) -> tuple[UsedFont, ...]:
    fonts = (
        UsedFont(
            _text(font.family),
            tuple(sorted(map(chr, font.missing))),
            frozenset("".join(font.to_unicode.values())),
        )
        for font in document.fonts.values()
    )
    return tuple(sorted(fonts, key=lambda f: (f.family, f.missing)))


def _text(family: str | bytes) -> str:
    return family.decode("utf-8", "replace") if isinstance(family, bytes) else family


@contextmanager
def _logged() -> Iterator[list[str]]:
    """Everything WeasyPrint and its libraries log while the block runs."""
    messages: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    listener = Listener(logging.WARNING)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools", "PIL")]
    before = [(log.level, log.propagate, list(log.handlers)) for log in loggers]
    for log in loggers:
        log.setLevel(logging.WARNING)
        log.propagate = False
        log.handlers = [listener]
    try:
        yield messages
    finally:
        for log, (level, propagate, handlers) in zip(loggers, before, strict=True):
            log.setLevel(level)
            log.propagate = propagate
            log.handlers = handlers
