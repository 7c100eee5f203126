"""What fits a page is not divided, and what goes on overleaf says whose it is."""

from __future__ import annotations

import re

import pytest
import tinycss2

from press.base import pdfium
from press.base.units import MM
from press.content.snapshot import Snapshot, engine_files, read
from press.design.styles import flatten
from press.typeset.economy import HOLE, economy
from press.typeset.layout import TextLine
from press.typeset.typeset import typeset
from tests.conftest import DOSSIERS, Printed
from tests.typeset.test_typeset import document

KEYS = "abcdefgh"
COUNT = 9


def crowded() -> Snapshot:
    """The tiny dossier with rows of eight cells, and places and facts of many lines."""
    files = dict(read(DOSSIERS / "tiny", "tiny").files)
    columns = "".join(f"  - {{key: {key}, label: What {key}}}\n" for key in KEYS)
    rows = "".join(
        "  - {" + ", ".join(f"{key}: Cell{n}{key}" for key in KEYS) + "}\n" for n in range(COUNT)
    )
    role = "It lies in the hills, and much is told of it by those who came there. " * 5
    places = "".join(
        f"  - {{id: p{n}, name: Begin{n}, kind: town, at: '46.{n}, 7.{n}', sources: [whymper],"
        f" role: '{role} End{n}.'}}\n"
        for n in range(COUNT)
    )
    places += (
        f"  - {{id: tall, name: Tall, kind: town, at: '46.5, 7.5', sources: [whymper],"
        f" role: '{role * 9} Foot.'}}\n"
    )
    facts = "".join(
        f"  - label: Open{n}\n    value: Something that was said of it\n"
        f"    note: '{role[:280]} Close{n}.'\n    sources: [whymper]\n"
        for n in range(COUNT)
    )
    own = {
        "tables/rows.yaml": f"title: Rows\ncolumns:\n{columns}rows:\n{rows}",
        "gazetteer.yaml": f"places:\n{places}",
        "infobox.yaml": f"rows:\n{facts}",
    }
    return Snapshot("tiny", "tiny", {**files, **{name: t.encode() for name, t in own.items()}})


@pytest.mark.parametrize("edition", ["large-print", "screen"])
def test_what_fits_a_page_is_not_divided(printed: Printed, edition: str) -> None:
    """First and last word of each row of the infobox share a page; on screen of places."""
    made = printed(edition, snapshot=crowded())
    with pdfium.opened(made.pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    pairs = [("Open{}", "Close{}.")]
    if edition == "screen":  # the lines of large print are few: its records go on, as below
        pairs.append(("Begin{}", "End{}."))
    for first, last in pairs:
        for n in range(COUNT):
            here = {i for i, text in enumerate(pages) if last.format(n) in text}
            assert here, last.format(n)
            begins = {i for i, text in enumerate(pages) if re.search(rf"{first.format(n)}\b", text)}
            assert here <= begins, (edition, first.format(n))
    assert made.economy is not None
    assert made.economy.thin == (), edition


@pytest.mark.parametrize("edition", ["large-print", "screen"])
def test_a_page_on_which_a_record_goes_on_says_whose_it_is(printed: Printed, edition: str) -> None:
    """Over it stands the record's name and "continued", and over no other page."""
    made = printed(edition, snapshot=crowded())
    with pdfium.opened(made.pdf) as document:
        pages = [page.get_textpage().get_text_bounded().replace("\xa0", " ") for page in document]
    records = [("Tall", "Foot."), *((f"Begin{n}", f"End{n}.") for n in range(COUNT))]
    records += [(f"What a Cell{n}a", f"Cell{n}h") for n in range(COUNT)]
    over: dict[int, list[str]] = {}
    for name, last in records:
        first = name.rpartition(" ")[2]
        within = [
            i
            for i, text in enumerate(pages)
            if re.search(rf"^{first}\b(?! \()", text, re.MULTILINE)
        ]
        (end,) = (i for i, text in enumerate(pages) if last in text)
        for number in range(within[0] + 1, end + 1) if within else ():
            over.setdefault(number, []).append(name)
    assert over
    for number, text in enumerate(pages):
        named = re.findall(r"^(?:\d+ )?(.*) \(continued\) · ", text, re.MULTILINE)
        assert named == over.get(number, []), number


RECORDS = {
    "source": '<div class="linear source"><p class="lead">Begin{n}</p><p class="what">{long}</p>'
    "<p>{long}</p><p>End{n}</p></div>",
    "event": '<div class="linear"><p class="lead">Begin{n}</p><p class="title">Title</p>'
    '<p>{long}</p><p class="small">Cites</p><p class="small">End{n}</p></div>',
    "account": '<div class="linear"><p class="lead">Begin{n}</p><p class="title">Title</p>'
    '<p>{long}</p><ul class="claims"><li class="claim">{long}</li><li class="claim">{long}</li>'
    '</ul><p class="small">End{n}</p></div>',
    "row": '<div class="linear"><div class="cell"><p class="label">Begin{n}</p>A</div>'
    + '<div class="cell"><p class="label">B</p><div class="value">{short}</div></div>' * 3
    + '<div class="cell"><p class="label">C</p>End{n}</div></div>',
}
"""Records as large print has them: ``long`` takes up to three lines, ``short`` two."""
LINE_AND_NOTE = 50 * MM
"""A line of a paragraph with the gap over it, a note of three lines and the rule over notes."""
HEAD_AND_LINE = 45 * MM
"""A head of two lines and a line under it, with the space over and in them: 43.4 mm."""


@pytest.mark.usefixtures("own_fonts")
@pytest.mark.parametrize("kind", RECORDS)
def test_records_of_large_print_leave_no_hole_and_are_not_divided_badly(kind: str) -> None:
    """Wherever they begin, no page lacks more than a record's head with a line takes.

    Of a record that is divided two lines at least stand on each page, the head among those of the
    first, and without these the page would have had a hole.
    """
    css = flatten(engine_files(), "default", "large-print", "a4").css()
    long = "It was told of by those who came there later. "
    for above in range(0, 24, 3):
        told = "".join(
            RECORDS[kind].format(n=n, short=long, long=long * (1 + (n + above) % 3))
            for n in range(9)
        )
        html = f'<section class="part">{"<p>One line</p>" * above}{told}</section>'
        laid = typeset(document(html, css)).layout
        assert economy(laid).heads == (), (kind, above)
        of: dict[int, list[TextLine]] = {}
        main = [line for line in laid.lines if line.part == "main"]
        for page in range(1, main[-1].page):
            foot = max(line.bottom for line in main if line.page == page)
            assert laid.pages[page - 1].area[3] - foot < HEAD_AND_LINE, (kind, above, page)
        number = -1
        for line in main:
            number += "Begin" in line.text
            if number >= 0:
                of.setdefault(number, []).append(line)
        for lines in of.values():
            first = [line for line in lines if line.page == lines[0].page]
            if first == lines:
                continue
            foot = laid.pages[lines[0].page - 1].area[3]
            assert len({round(line.bottom) for line in first}) >= 2
            assert len({round(line.bottom) for line in lines[len(first) :]}) >= 2
            assert foot - first[0].top > HOLE - 9 * MM, (kind, above)


@pytest.mark.usefixtures("own_fonts")
def test_a_page_of_large_print_lacks_no_more_than_a_line_with_its_notes() -> None:
    """A first line stands alone at a page's foot, but not under a heading; a last one nowhere."""
    css = flatten(engine_files(), "default", "large-print", "a4").css()
    note = '<span class="note" id="note-{n}">A note of three lines, on what was said. ' + "w " * 40
    part = "It was told of by those who came there later, in words of theirs, and then again. "
    for above in range(6):
        told = "".join(
            f"<p>Begin{n} {part}{note.format(n=n)}</span> {part}End{n}.</p>" for n in range(12)
        )
        html = f'<section class="chapter"><h1>One</h1>{"<p>One line</p>" * above}{told}</section>'
        laid = typeset(document(html, css)).layout
        main = [line for line in laid.lines if line.part == "main"]
        for page in range(1, main[-1].page):
            here = [line for line in main if line.page == page]
            notes = [line.top for line in laid.lines if line.part == "note" and line.page == page]
            foot = min(notes, default=laid.pages[page - 1].area[3])
            assert foot - max(line.bottom for line in here) < LINE_AND_NOTE, (above, page)
            assert not here[0].text.startswith("End")


def test_what_leads_in_to_a_quotation_stands_with_it() -> None:
    """Its last lines and the first of the quotation share a page, however full that is."""
    rules = engine_files()["styles/blocks/quote.css"].decode()
    page = "@page{size:60mm 70mm;margin:5mm}p{margin:0;orphans:2;widows:2}"
    for count in range(6, 11):
        told = f"<p>{'It was told. ' * count}They said:</p><blockquote><p>Words</blockquote>"
        lines = typeset(document(f"<h1>A</h1>{told}", page + rules)).layout.lines
        pages = {word: line.page for line in lines for word in line.text.split()}
        assert pages["said:"] == pages["Words"], count


def test_the_name_of_a_place_stands_whole() -> None:
    """With what the place is and where it lies, also where its row goes over to the next page."""
    rules = engine_files()["styles/parts/gazetteer.css"].decode()
    page = "@page{size:80mm 70mm;margin:5mm}p,h1{margin:0}td{vertical-align:top}"
    name = "<strong>Agdam</strong> <span class=also>also</span> <span class=position>39N</span>"
    for count in range(4, 9):
        before = f"<p>{'It was told. ' * 2 * count}"
        row = f"<tr class=place><td class=name>{name}<td class=what>{'much of it ' * 40}"
        body = f"<h1>A</h1>{before}<table class=gazetteer>{row}</table>"
        lines = typeset(document(body, page + rules)).layout.lines
        pages = {word: line.page for line in lines for word in line.text.split()}
        assert pages["Agdam"] == pages["39N"], count


def test_no_edition_takes_the_room_between_date_and_sign() -> None:
    """What sets the height of rows anew leaves what stands beside a date."""
    sheets = {n: f for n, f in engine_files().items() if n.startswith("styles/editions/")}
    for name, sheet in sheets.items():
        for rule in tinycss2.parse_stylesheet(sheet.decode(), True, True):
            if rule.type == "qualified-rule" and ".event > td" in tinycss2.serialize(rule.prelude):
                body = tinycss2.parse_blocks_contents(rule.content, True, True)
                assert "padding" not in {one.lower_name for one in body}, name
