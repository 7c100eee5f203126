"""Typesetting: page numbers are true, notes are where their calls are, bytes repeat."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from random import Random

import pypdfium2 as pdfium
import pytest

from press.base.document import Document
from press.typeset.folios import ranges, with_folios
from press.typeset.notes import add_anchors, break_before, stray_notes
from press.typeset.typeset import SetPages, typeset
from press.views.values import page_list
from tests.conftest import ROOT

FONT = next((ROOT / "styles/fonts").glob("source-serif*/*-Regular.*tf"))
FACE = '@font-face{font-family:"Text";src:url("face.otf")}html{font-family:Text}'


def document(body: str, css: str = "") -> Document:
    """A small document in a font of the project."""
    text = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title>'
        f"<style>@page{{size:A6}}{FACE}{css}</style></head><body>{body}</body></html>"
    )
    return Document(text, {"face.otf": FONT.read_bytes()})


def ref(anchor: str) -> str:
    """A page reference as templates write it."""
    return f'<span class="page-ref" data-page-of="{anchor}">0</span>'


BREAK = '<div style="break-before:page"></div>'


@pytest.fixture(scope="module")
def book() -> SetPages:
    """Three pages; the first refers to the others."""
    pages = "<span class='page-list' data-pages-of='x-'>0</span>".replace("'", '"')
    body = (
        f"<h1>One</h1><p>to {ref('two')} and {ref('three')}; all of {pages}</p>"
        f'{BREAK}<h2 id="two">Two</h2><i id="x-1">x</i>'
        f'{BREAK}<h2 id="three">Three</h2><i id="x-2">x</i>'
    )
    return typeset(document(body))


def test_page_references_are_true(book: SetPages) -> None:
    """Each reference prints the page on which its anchor stands."""
    assert book.pages == 3
    assert {"two": (2,), "three": (3,)} == {k: book.folios[k] for k in ("two", "three")}
    assert '<span class="page-ref">2</span> and <span class="page-ref">3</span>' in book.text
    assert book.unsettled == ()


def test_page_lists_link_to_each_page(book: SetPages) -> None:
    """A list of pages names each page once, and each leads there."""
    assert '<a href="#x-1">2</a>, <a href="#x-2">3</a>' in book.text


def test_known_folios_save_a_pass(book: SetPages) -> None:
    """With the folios of the last build, one pass is enough."""
    html = document(f"<p>{ref('two')}</p>{BREAK}<h1 id='two'>Two</h1>".replace("'", '"'))
    assert typeset(html).passes == 2
    assert typeset(html, [{"two": (2,)}]).passes == 1


def test_wrong_folios_are_mended() -> None:
    """Stale folios cost a pass and never reach print."""
    html = document(f'<p>{ref("two")}</p>{BREAK}<h1 id="two">Two</h1>')
    pages = typeset(html, [{"two": (9,)}])
    assert '<span class="page-ref">2</span>' in pages.text
    assert pages.pdf == typeset(html).pdf


def test_reference_to_nothing_is_unsettled() -> None:
    """An anchor that stands on no page is named."""
    assert typeset(document(f"<h1>A</h1>{ref('nowhere')}")).unsettled == ("nowhere",)


def noted(seed: int) -> str:
    """Twelve paragraphs with notes of all lengths."""
    chance, number, paragraphs = Random(seed), 0, []  # noqa: S311 a game of chance, no secret
    for _ in range(12):
        words = []
        for _ in range(chance.randint(1, 4)):
            number += 1
            words += ["word"] * chance.randint(4, 25)
            note = "note " * chance.randint(3, 40)
            words.append(f'<span class="note" id="note-{number}">{note}</span>')
        words += ["more"] * chance.randint(0, 20)
        paragraphs.append(f"<p>{' '.join(words)}</p>")
    return "".join(paragraphs)


NOTES = ".note{float:footnote;footnote-policy:line}.turn{break-before:page}p{orphans:2;widows:2}"


SEEDS = (15, 24, 25)
"""Seeds whose notes WeasyPrint by itself loses (with Pango 1.50)."""


@pytest.mark.parametrize("seed", SEEDS)
def test_every_note_is_printed_with_its_call(seed: int) -> None:
    """No note is lost or pushed on, in one round, where WeasyPrint by itself loses one."""
    html = document(f"<h1>A</h1>{noted(seed)}", NOTES)
    pages = typeset(html)
    assert stray_notes(pages.text, pages.folios) == ()
    assert len(pages.rounds) == 1
    assert typeset(html, pages.rounds).pdf == pages.pdf


def test_the_block_over_the_page_end_turns() -> None:
    """The block that two pages share turns the page; where none does, the block of the call."""
    text = add_anchors(
        '<p class="a">x<span class="note" id="note-1">n</span></p>'
        "<p>y</p><blockquote>z</blockquote>"
    )
    strays: dict[str, tuple[int, ...]] = {"call-1": (4,), "note-1": (5,), "block-1": (4,)}
    over = break_before(text, {**strays, "block-2": (4, 5), "block-3": (5,)})
    assert '<p class="turn" id="block-2">' in over
    assert '<p class="turn a" id="block-1">' in break_before(text, strays)
    assert text == break_before(text, {**strays, "note-1": (4,)})


def test_headings_turn_with_their_block() -> None:
    """A heading is not left behind when the block under it turns the page."""
    text = add_anchors(
        '<h1>A</h1>\n<h2 id="b">B</h2>\n<p>x<span class="note" id="note-1">n</span></p>'
    )
    over = break_before(text, {"call-1": (4,), "note-1": (5,), "block-1": (4, 5)})
    assert '<h1 class="turn">A</h1>\n<h2 id="b">' in over


def broken_runs() -> list[int]:
    """Widths, in px, at which a line is broken after the first word of a run that fits."""
    body = (
        "<p>No single figure for the campaign commands agreement. The figures in "
        '<a href="#t">Table</a> measure different things.</p><h1 id="t">T</h1>'
    )
    found = []
    for width in range(236, 260, 2):
        html = document(body, f"@page{{size:500px 300px}}p{{width:{width}px;font-size:13px}}")
        lines = [line.strip() for line in text_of(html).splitlines()]
        if "commands" in lines:
            found.append(width)
    return found


def test_a_run_that_fits_but_for_its_space_stays_whole() -> None:
    """A line breaks before the word that does not fit, not after the first of a run that does."""
    assert [] == broken_runs()


def text_of(html: Document) -> str:
    """The text of the first page."""
    return str(pdfium.PdfDocument(typeset(html).pdf)[0].get_textpage().get_text_range())


def test_same_input_same_bytes() -> None:
    """Two runs give the same bytes."""
    html = document("<h1>One</h1><p>text</p>")
    assert len({sha256(typeset(html).pdf).hexdigest() for _ in range(2)}) == 1


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<img src="missing.png" alt="a">', "missing.png"),
        ('<img src="https://example.org/a.png" alt="a">', "example.org"),
        ('<img src="file:///etc/passwd" alt="a">', "etc/passwd"),
        ('<a href="#nowhere">x</a>', "nowhere"),
    ],
)
def test_complaints_are_kept(body: str, message: str) -> None:
    """What WeasyPrint only logs is kept: a missing picture, a dead link, a refused address."""
    pages = typeset(document(f"<h1>A</h1>{body}"))
    assert any(message in text for text in (*pages.complaints, *pages.refused))


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    """A file beside the document is refused, though the path to it is right."""
    secret = tmp_path / "a.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n")
    pages = typeset(document(f'<h1>A</h1><img alt="a" src="{secret.as_uri()}">'))
    assert pages.refused == (secret.as_uri(),)


def test_missing_glyph_is_noticed() -> None:
    """A character that the font lacks is named, though WeasyPrint says nothing."""
    pages = typeset(document("<h1>A \u1780</h1>"))
    assert "\u1780" in {c for font in pages.fonts for c in font.missing}


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((), []),
        ((3,), [(3, 3)]),
        ((3, 4), [(3, 3), (4, 4)]),
        ((3, 4, 5, 9), [(3, 5), (9, 9)]),
    ],
)
def test_ranges(pages: tuple[int, ...], expected: list[tuple[int, int]]) -> None:
    """Three pages in a row become a range; two stay two."""
    assert expected == list(ranges(pages))


def test_a_label_of_pages_stands_over_pages_alone() -> None:
    """Where a fact is printed nowhere, no “Page” says so; a column has a dash."""
    listing = '<span class="page-list" data-pages-of="x-"{}>0</span>'
    empty = '<span class="page-list">{}</span>'
    assert with_folios(listing.format(' data-words="Page|Pages"'), {"y": (1,)}) == empty.format("")
    assert with_folios(listing.format(' data-none="–"'), {"y": (1,)}) == empty.format("–")
    assert ">7<" in with_folios(listing.format(' data-none="–"'), {"x-1": (7,)})


def test_unknown_folios_keep_their_room() -> None:
    """Before the first pass, a reference takes two figures and a list one number a citation."""
    listing = '<i id="x-1"></i><i id="x-2"></i><span class="page-list" data-pages-of="x-">0</span>'
    assert with_folios(ref("a"), {}) == '<span class="page-ref">00</span>'
    assert with_folios(listing, {}).endswith('<span class="page-list">00, 00</span>')


@pytest.mark.parametrize(
    ("pages", "said"), [((3,), "Cited on page\u00a03"), ((3, 9), "Cited on pages\u00a03, 9")]
)
def test_words_before_pages_agree_with_their_number(pages: tuple[int, ...], said: str) -> None:
    """One page and several are called differently, by the numbers that are printed."""
    listed = page_list("cite-a-", words=("Cited on page", "Cited on pages"))
    folios = {f"cite-a-{n}": (page,) for n, page in enumerate(pages)}
    filled = with_folios(str(listed), folios)
    assert said == re.sub("<[^>]*>", "", filled)
