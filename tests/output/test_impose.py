"""Imposition: pages in the order of the folded booklet, and links that still lead there."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from press.base.units import MM
from press.cli.request import editions
from press.content.snapshot import engine_files
from press.design.editions import COMBINATIONS, EDITIONS, find, paper_for, papers_of, unfit
from press.design.styles import flatten
from press.output.finish import shrunk_findings
from press.output.impose import Imposed, impose
from press.output.page_order import Pages, SheetSide, even, grid, saddle
from press.output.print_advice import small_type
from press.output.sheet_plan import SHEETS, Options, _usual, arranged, cells, options, placed, plan
from press.pipeline import Made
from tests.conftest import Printed

A4, A5 = (210 * MM, 297 * MM), (148 * MM, 210 * MM)


def test_the_size_of_most_pages_decides() -> None:
    """Sizes that differ by less than a hundredth of a point are one size."""
    odd, first, second = (300.0, 500.0), (419.5281, 595.0), (419.5279, 595.0)
    assert _usual([odd, first, second]) == (419.53, 595.0)


def folded(sides: Sequence[SheetSide], leftwards: bool = False) -> Iterator[int | None]:
    """The pages of sheets as a reader turns them, once the stack is folded along its middle.

    A sheet is turned over about its upright axis, so that what stands at the right of its front has
    the left of its back behind it. Folding brings the right half on top, the left half below; a
    sheet with depth 0 begins a signature, and each next one lies inside it.
    """
    sheets = [
        (front.pages, back.pages) for front, back in zip(sides[::2], sides[1::2], strict=True)
    ]
    depths = [side.depth for side in sides[::2]]
    starts = [n for n, depth in enumerate(depths) if depth == 0] + [len(sheets)]
    first, last = (0, 1) if leftwards else (1, 0)  # columns of the leaf on top and the one below
    for begin, end in pairwise(starts):
        nest = sheets[begin:end]
        for front, back in nest:  # into the middle: the upper leaf of each sheet
            yield from (front[first], back[last])
        for front, back in reversed(nest):  # and out again: the lower leaf
            yield from (back[first], front[last])


@pytest.mark.parametrize("leftwards", [False, True])
@pytest.mark.parametrize("signature", [0, 1, 2, 4, 5])
def test_folded_sheets_read_in_order(signature: int, leftwards: bool) -> None:
    """For 1 to 130 pages the folded stack reads 1, 2, 3 …, blanks just before the back cover."""
    for pages in range(1, 131):
        read = list(folded(saddle(pages, signature, leftwards), leftwards))
        blanks: list[int | None] = [None] * (-pages % 4)
        cover = [pages] if pages > 1 else []
        assert read == [*range(1, max(pages, 2)), *blanks, *cover], pages


@pytest.mark.parametrize(
    ("pages", "sides"),
    [
        (1, [(None, 1), (None, None)]),
        (2, [(2, 1), (None, None)]),
        (3, [(3, 1), (2, None)]),
        (4, [(4, 1), (2, 3)]),
        (5, [(5, 1), (2, None), (None, 3), (4, None)]),
        (8, [(8, 1), (2, 7), (6, 3), (4, 5)]),
    ],
)
def test_small_booklets_are_as_every_binder_knows_them(pages: int, sides: list[Pages]) -> None:
    """The first booklets, written out by hand."""
    assert [side.pages for side in saddle(pages)] == sides


def test_signatures_are_even() -> None:
    """Eleven sheets in signatures of at most four are 4, 4 and 3; none is a lone sheet."""
    assert even(11, 4) == (4, 4, 3)
    assert even(9, 4) == (3, 3, 3)
    depths = [side.depth for side in saddle(44, 4) if not side.back]
    assert depths == [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2]


def test_grids_read_in_order() -> None:
    """Pages go row by row, from the left, or from the right in scripts that run so."""
    assert [s.pages for s in grid(6, 2, 2)] == [(1, 2, 3, 4), (5, 6, None, None)]
    assert [s.pages for s in grid(4, 2, 2, leftwards=True)] == [(2, 1, 4, 3)]
    assert [s.back for s in grid(6, 2, 1)] == [False, True, False]


def test_sheets_turn_to_where_pages_are_largest() -> None:
    """Two upright pages lie side by side across the sheet, two wide ones one above the other."""
    sheet, columns = arranged(2, A4, A4, 18, 12)
    assert (sheet[0] > sheet[1], columns) == (True, 2)
    sheet, columns = arranged(2, A4[::-1], A4, 18, 12)
    assert (sheet[0] < sheet[1], columns) == (True, 1)
    sheet, columns = arranged(4, A4, A4, 18, 12)
    assert (sheet[0] < sheet[1], columns) == (True, 2)


def test_cells_stay_on_the_sheet_and_apart() -> None:
    """Cells of a grid keep the margin and the gap."""
    boxes = cells(A4, 2, 2, 10, 8)
    assert min(box[0] for box in boxes) == pytest.approx(10)
    assert max(box[0] + box[2] for box in boxes) == pytest.approx(A4[0] - 10)
    assert boxes[1][0] - (boxes[0][0] + boxes[0][2]) == pytest.approx(8)
    assert boxes[0][1] > boxes[2][1]


def test_creep_moves_inner_pages_towards_the_fold() -> None:
    """Each sheet's pages stand nearer to the fold by one more thickness of paper."""
    caliper = 0.2 * MM
    laid = plan("saddle", [A5] * 12, "a5", Options(caliper=caliper))
    middle = laid.sheet[0] / 2
    outer = placed((0, 0, *A5), laid.cells[1], 0, 0)
    inner = placed((0, 0, *A5), laid.cells[1], -2 * caliper, 0)
    assert outer[1] == pytest.approx(middle)
    assert outer[1] - inner[1] == pytest.approx(2 * caliper)
    assert [side.depth for side in laid.sides] == [0, 0, 1, 1, 2, 2]


# -- assembly ----------------------------------------------------------------------------------


def book(pages: int, size: tuple[float, float] = A5) -> bytes:
    """A document in which each page says its number, links to each other page and to an address.

    Page n has a name ``page-n`` at (20 + n, 100), an entry of the outline at the same point, and
    links whose areas lie at x = 30, 40, 50 … in the order of their targets.
    """
    pdf = Pdf.new()
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=size).obj
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources = Dictionary(Font=Dictionary(F=font))
        text = f"BT /F 20 Tf {20 + number} 100 Td (page {number}) Tj ET"
        page.Contents = pdf.make_stream(text.encode())
        page.Annots = Array(
            [link(30 + 10 * n, String(f"page-{n + 1}")) for n in range(pages)]
            + [
                Dictionary(
                    Type=Name.Annot, Subtype=Name.Link, Rect=[30, 60, 38, 66], StructParent=number,
                    A=Dictionary(S=Name.URI, URI=String(f"https://example.org/{number}")),
                )
            ]
        )  # fmt: skip
    names: list[Any] = []
    for number in sorted(range(1, pages + 1), key=str):
        aim = Array([pdf.pages[number - 1].obj, Name.XYZ, 20 + number, 100, 0])
        names += [String(f"page-{number}"), aim]
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(names)))
    with pdf.open_outline() as outline:
        for number in range(1, pages + 1):
            at = pikepdf.make_page_destination(pdf, number - 1, "XYZ", left=20 + number, top=100)
            outline.root.append(pikepdf.OutlineItem(f"page {number}", at))
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.docinfo.Title = String("Book")
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def link(x: float, name: String) -> Dictionary:
    """A link to a named destination."""
    area = [x, 40, x + 8, 46]
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=area, Dest=name, F=4)


def words(pdf: bytes) -> dict[str, tuple[int, float, float]]:
    """Where each "page n" is printed: its sheet, and the left and bottom of its first letter."""
    found: dict[str, tuple[int, float, float]] = {}
    document = pdfium.PdfDocument(pdf)
    for at, page in enumerate(document):
        text = page.get_textpage()
        for n in range(text.count_rects()):
            box = text.get_rect(n)
            found[text.get_text_bounded(*box).strip()] = at, box[0], box[1]
    return found


def links(pdf: Pdf) -> Iterator[tuple[int, Any]]:
    """Every link, with the index of its sheet."""
    for at, page in enumerate(pdf.pages):
        annotations: Any = page.obj.get(Name.Annots)
        yield from ((at, item) for item in annotations or ())


CASES = [("saddle", 5), ("saddle", 9), ("2-up", 5), ("4-up", 6)]


def sheets(scheme: str, pages: int) -> Imposed:
    """The book of so many pages, imposed."""
    size, paper = (A5, "a5") if scheme == "saddle" else (A4, "a4")
    return impose(book(pages, size), scheme, paper, Options())


@pytest.mark.parametrize(("scheme", "pages"), CASES)
def test_links_lead_to_where_their_pages_are(scheme: str, pages: int) -> None:
    """Names, links and outline lead to the sheet, and to the point, where the words are printed."""
    made = sheets(scheme, pages)
    printed = words(made.pdf)
    with Pdf.open(io.BytesIO(made.pdf)) as pdf:
        index = {page.objgen: n for n, page in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        targets: dict[str, Any] = {f"page {n}": names[f"page-{n}"] for n in range(1, pages + 1)}
        for item in pdf.open_outline().root:
            aims = [targets[item.title], item.destination]
            for aim in aims:
                sheet, x, y = printed[item.title]
                assert index[aim[0].objgen] == sheet
                assert float(aim[2]) == pytest.approx(x, abs=3)
                assert float(aim[3]) == pytest.approx(y, abs=6)
        named = {str(item.Dest) for _, item in links(pdf) if Name.Dest in item}
        assert named == {f"page-{n}" for n in range(1, pages + 1)}


@pytest.mark.parametrize(("scheme", "pages"), CASES)
def test_links_lie_where_their_words_are(scheme: str, pages: int) -> None:
    """Every link of every page is on the page's sheet, below its words, as large as they are."""
    made = sheets(scheme, pages)
    printed = words(made.pdf)
    with Pdf.open(io.BytesIO(made.pdf)) as pdf:
        seen = 0
        for at, item in links(pdf):
            assert Name.StructParent not in item
            if Name.A not in item:
                continue
            number = str(item.A.URI).rsplit("/", 1)[1]
            sheet, x, y = printed[f"page {number}"]
            left, bottom, right, _ = map(float, item.Rect)
            scale = (right - left) / 8
            assert sheet == at
            assert left == pytest.approx(x - (int(number) - 10) * scale, abs=3)
            assert bottom == pytest.approx(y - 40 * scale, abs=6)
            seen += 1
        assert seen == pages


@pytest.mark.parametrize(("scheme", "pages"), CASES)
def test_sheets_claim_nothing(scheme: str, pages: int) -> None:
    """Imposed sheets say that they are for printing, and claim no tags."""
    with Pdf.open(io.BytesIO(sheets(scheme, pages).pdf)) as pdf:
        assert str(pdf.docinfo.Title) == "Book (sheets for printing only)"
        assert not {"/MarkInfo", "/StructTreeRoot", "/OutputIntents"} & set(pdf.Root.keys())
        assert pdf.Root.ViewerPreferences.PrintScaling == Name("/None")
        assert not pdf.check_pdf_syntax()


def test_blanks_have_the_tint_of_the_paper() -> None:
    """A blank leaf of a tinted booklet is tinted; one of a white booklet is left alone."""
    cream = impose(book(3), "saddle", "a5", Options(paper=(1.0, 0.9, 0.8)))
    for made, colour in ((cream, (255, 230, 204)), (sheets("saddle", 3), (255, 255, 255))):
        image = pdfium.PdfDocument(made.pdf)[1].render(scale=1).to_pil().convert("RGB")
        assert image.getpixel((image.width * 3 // 4, image.height // 2)) == colour


def test_tints_are_read_from_tokens() -> None:
    """The paper's token gives the tint of blanks; white and inks give none."""
    tokens = {"--caliper": "0.1mm", "--signature": "4", "--imposed-margin": "6mm",
              "--imposed-gap": "4mm", "--facing": "yes", "--paper": "#ff8000"}  # fmt: skip
    found = options(tokens)
    assert found.paper == pytest.approx((1, 0.502, 0), abs=0.001)
    assert found.signature == 4
    assert found.facing
    assert not options({**tokens, "--facing": "no"}).facing
    assert found.caliper == pytest.approx(0.1 * MM)
    assert options({**tokens, "--paper": "white"}).paper is None
    assert options({**tokens, "--paper": "device-cmyk(0 0 0.1 0)"}).paper is None


def test_a_booklet_is_not_made_smaller() -> None:
    """Pages of A5 stand on A4 at their own size, against the fold; half-letters on Letter."""
    for paper, sheet in (("a5", "a4"), ("half-letter", "letter")):
        size = SHEETS[paper][0] * MM, SHEETS[paper][1] * MM
        laid = plan("saddle", [size] * 4, paper, Options())
        assert sorted(laid.sheet) == pytest.approx([edge * MM for edge in SHEETS[sheet]])
        scale, x, _ = placed((0, 0, *size), laid.cells[1], 0, 0)
        assert scale == 1
        assert x == pytest.approx(laid.sheet[0] / 2)


def test_the_printer_is_told_how_to_turn_the_sheets() -> None:
    """The file asks for both sides, and the advice says how many sheets, which edge, which fold."""
    made = sheets("saddle", 9)
    with Pdf.open(io.BytesIO(made.pdf)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == Name("/DuplexFlipShortEdge")
    assert made.advice[0].startswith(
        "print 3 sheets of A4 on both sides, flipped on the short edge"
    )
    assert "staple" in made.advice[1]
    up = sheets("4-up", 6)
    with Pdf.open(io.BytesIO(up.pdf)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == Name("/DuplexFlipLongEdge")
    assert "1 sheet of A4 on both sides, flipped on the long edge" in up.advice[0]
    assert sheets("4-up", 3).advice == ("print 1 sheet of A4 on one side, at 100 %",)


@pytest.mark.parametrize(
    ("pages", "columns", "rows", "sides"),
    [
        (5, 2, 1, [(None, 1), (2, 3), (4, 5)]),
        (6, 2, 2, [(None, 1, 2, 3), (4, 5, 6, None)]),
        (4, 2, 2, [(1, 2, 3, 4)]),
        (2, 2, 1, [(1, 2)]),
        (3, 1, 2, [(1, 2), (3, None)]),
    ],
)
def test_facing_pages_stand_side_by_side(
    pages: int, columns: int, rows: int, sides: list[tuple[int | None, ...]]
) -> None:
    """2 beside 3, as in a bound copy, where two columns and one side do not hold all."""
    assert sides == [side.pages for side in grid(pages, columns, rows, facing=True)]
    rightwards = [side.pages for side in grid(5, 2, 1, leftwards=True, facing=True)]
    assert rightwards == [(1, None), (3, 2), (5, 4)]


@pytest.mark.parametrize(
    ("name", "facing"), [("dossier", True), ("large-print", True), ("screen", False),
                         ("handout", False), ("worksheet", False)],
)  # fmt: skip
def test_editions_say_whether_pages_face_one_another(name: str, facing: bool) -> None:
    """Those that are read in pairs do; a screen, and leaves that are handed out, do not."""
    style = flatten(engine_files(), "default", name, paper_for(EDITIONS[name], ""))
    assert options(style.tokens).facing is facing


def test_small_print_is_told_how_small_it_is() -> None:
    """At how many per cent, text, notes and the smallest words; and where it is too small."""
    tokens = {
        "--text": "10pt",
        "--size-note": "8pt",
        "--map-size-least": "5.6pt",
        "--size-x": "1em",
    }
    (said,) = small_type(tokens, 0.5)
    assert said == (
        "pages are printed at 50 %: text is 5.0 pt, notes are 4.0 pt, the smallest words 2.8 pt; "
        "too small to be read at length"
    )
    assert "too small" not in "".join(small_type(tokens, 0.7))
    assert not [*small_type(tokens, 1.0)]


def test_a_side_is_called_by_the_pages_that_it_carries() -> None:
    """With a dash for a blank one; the last page is the back cover."""
    with Pdf.open(io.BytesIO(sheets("saddle", 7).pdf)) as pdf:
        labels: Any = pdf.Root.PageLabels.Nums
        names = [str(labels[n].P) for n in range(1, len(labels), 2)]
    assert names == ["7 1", "2 –", "6 3", "4 5"]


def test_sheets_repeat_to_the_byte() -> None:
    """The same pages give the same sheets."""
    assert sheets("saddle", 9).pdf == sheets("saddle", 9).pdf


def test_a_page_larger_than_a_leaf_is_told() -> None:
    """A fold-out in a booklet fits its leaf, and the build says which page and how small."""
    with Pdf.open(io.BytesIO(book(5))) as pdf:
        pdf.pages[2].mediabox = Array([0, 0, 2 * A5[0], A5[1]])
        out = io.BytesIO()
        pdf.save(out)
    made = impose(out.getvalue(), "saddle", "a5", Options())
    assert [(page, round(scale, 2)) for page, scale in made.shrunk] == [(3, 0.5)]
    assert sheets("saddle", 5).shrunk == ()
    [said] = shrunk_findings("b.pdf", made.shrunk)
    assert (said.place, said.code, said.page) == ("b.pdf", "P452", 3)


# -- editions ----------------------------------------------------------------------------------


def test_any_edition_is_printed_small() -> None:
    """A name like dossier:2-up is that edition with its own pages, laid on sheets."""
    small = find("dossier:2-up")
    assert small is not None
    assert (small.scheme, small.kind) == ("2-up", "dossier")
    assert (small.template_name, small.sheet_name) == ("dossier", "dossier")
    assert small.variant == ""
    assert {find(name) is not None for name in COMBINATIONS} == {True}


@pytest.mark.parametrize("name", ["2-up:4-up", "dossier:3-up", "dossier:", ":2-up", "atlas:2-up"])
def test_what_makes_no_sense_is_no_edition(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Sheets are not laid on sheets; what is nearest is named."""
    assert find(name) is None
    with pytest.raises(SystemExit) as stopped:
        editions([name])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert name in said or unfit(name) in said
    assert any(known in said for known in COMBINATIONS)


@pytest.fixture
def booklet(printed: Printed) -> Made:
    """The small dossier as a booklet of half-letters: set anew for its size, and folded."""
    return printed("booklet", "letter")


def test_a_booklet_is_asked_for_by_leaf_or_sheet() -> None:
    """--paper letter and half-letter give half-letters, a4 and a5 give A5."""
    found = EDITIONS["booklet"]
    assert {paper_for(found, name) for name in ("letter", "half-letter")} == {"half-letter"}
    assert {paper_for(found, name) for name in ("", "a4", "a5")} == {"a5"}
    assert {"a4", "a5", "letter", "half-letter"} == set(papers_of([found]))


def test_a_booklet_is_folded_from_whole_sheets(booklet: Made) -> None:
    """Title and back cover share the outer side of the first sheet; sides come in pairs."""
    assert booklet.findings == ()
    assert booklet.pages % 2 == 0
    document = pdfium.PdfDocument(booklet.pdf)
    width, height = document[0].get_size()
    assert (width / MM, height / MM) == pytest.approx((279.4, 215.9), abs=0.1)
    cover = document[0].get_textpage()
    back = cover.get_text_bounded(0, 0, width / 2, height)
    front = cover.get_text_bounded(width / 2, 0, width, height)
    assert "three came back" in " ".join(back.split())
    assert "The Matterhorn, 1865" in " ".join(front.split())
    assert "sheets of Letter on both sides" in booklet.advice[0]


def test_links_of_a_booklet_lead_to_what_they_name(booklet: Made) -> None:
    """Each entry of the outline leads to the side and the line on which its words stand."""
    document = pdfium.PdfDocument(booklet.pdf)
    with Pdf.open(io.BytesIO(booklet.pdf)) as pdf:
        index = {page.objgen: n for n, page in enumerate(pdf.pages)}
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        for title in ("Contents", "Chronology", "Gazetteer", "Colophon"):
            aim: Any = names[title.lower()]
            side, x, y = index[aim[0].objgen], float(aim[2]), float(aim[3])
            text = document[side].get_textpage().get_text_bounded(x - 3, y - 40, x + 200, y + 8)
            assert title in text, f"{title} is not where its name leads"
        every = [item for _, item in links(pdf)]
        assert len(every) > 20
        assert all(str(item.Dest) in names for item in every if Name.Dest in item)
