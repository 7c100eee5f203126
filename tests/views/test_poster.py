"""The poster: one sheet, drawn for its size; and cut for many sheets that can be joined again."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as some
from markupsafe import escape

from press.cli import console, main
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design import styles
from press.design.editions import find, named
from press.output import tile
from press.views.essentials import _first_contested
from press.views.view import Work
from tests.conftest import DOSSIERS, Printed, document_of, own_engine

if TYPE_CHECKING:
    from press.pipeline import Made

Poster = Callable[[str], "Made"]
PAPER = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}


@pytest.fixture
def poster(printed: Printed) -> Poster:
    """``poster(paper)``: the small dossier's poster on A2 or A3."""
    return partial(printed, "poster")


@pytest.mark.parametrize("paper", ["a2", "a3"])
def test_a_poster_is_one_sheet(paper: str, poster: Poster) -> None:
    """One page of that paper, with title, map, timeline, events and credits, and no finding."""
    made = poster(paper)
    assert [] == [str(f) for f in made.findings if f.severity == "error"]
    [page] = pdfium.PdfDocument(made.pdf)
    tokens = styles.flatten(engine_files(), edition="poster", paper=paper).tokens
    wide, tall = (float(tokens[f"--sheet-{s}"].removesuffix("mm")) for s in ("width", "height"))
    assert page.get_size() == pytest.approx((wide / 25.4 * 72, tall / 25.4 * 72), abs=0.5)
    said = " ".join(page.get_textpage().get_text_bounded().split())
    for words in ("The Matterhorn, 1865", "What happened", f"at {paper.upper()}",
                  "From the attempts to the summit", "The summit", "Natural Earth"):  # fmt: skip
        assert words in said


def test_a_day_that_nobody_disputes_is_not_marked(poster: Poster) -> None:
    """Of the fall only the rope is contested: the poster says how many accounts there are."""
    [page] = pdfium.PdfDocument(poster("a2").pdf)
    said = " ".join(page.get_textpage().get_text_bounded().split())
    assert "14 July 1865 The fall (accounts differ: 2 in the dossier). Four climbers" in said
    assert "contested:" not in said


def test_contested_date_of_the_legend_has_several_days() -> None:
    """The first of those; else the first words that are marked so; else none."""
    told = [("1 May", False), ("5 or 6 May", True), ("8 or 9 May", True)]
    views = [SimpleNamespace(date=escape(date), contested=c, text="") for date, c in told]

    def first(count: int, lead: str = "") -> str:
        phases = [SimpleNamespace(events=views[:count])]
        return _first_contested(cast("Any", lead), cast("Any", phases))

    assert ["", "5 or 6 May", "5 or 6 May"] == [first(count) for count in (1, 2, 3)]
    lead = 'On <span class="contested">7 or 8 May</span> it fell.'
    assert ["7 or 8 May", "5 or 6 May"] == [first(n, lead) for n in (1, 2)]


def eventful(snapshot: Snapshot, count: int, text: str = "So.", more: str = "") -> Snapshot:
    """The snapshot with so many essential events in one year and a timeline of them, no map.

    ``more`` stands at the end of each title.
    """
    rows = "".join(
        f"  - {{id: e{n}, date: 1848-{1 + n % 12:02d}-{1 + n % 28:02d}, category: c,"
        f" text: '{text}',"
        f" title: 'Letter no. {n} is read aloud in the assembly of the estates{more}',"
        f" essential: true}}\n"
        for n in range(count)
    )
    own = {
        "chronology.yaml": "categories:\n  - {id: c, label: Letters, sign: circle}\nevents:\n"
        + rows,
        "plates.yaml": "plates:\n  - {id: year, kind: timeline, title: The year}\n",
    }
    return Snapshot("tiny", "tiny", {**snapshot.files, **{n: t.encode() for n, t in own.items()}})


def test_a_poster_of_many_events_is_one_sheet_all_the_same(printed: Printed) -> None:
    """On A3, 24 long events stand closer, in the place of the timeline, and a warning says so."""
    snapshot = eventful(read(DOSSIERS / "tiny", "tiny"), 24, more=", and in their houses" * 28)
    made = printed("poster", "a3", snapshot=snapshot)
    assert ["E186"] == [f.code for f in made.findings if f.code[0] != "W"]
    assert "'year'" in next(f.message for f in made.findings if f.code == "E186")
    [page] = pdfium.PdfDocument(made.pdf)
    said = " ".join(page.get_textpage().get_text_bounded().split())
    assert [] == [n for n in range(24) if f"Letter no. {n} is read" not in said]


@pytest.mark.parametrize(("count", "words"), [(1, 8), (5, 24), (13, 8)])
def test_a_poster_of_few_events_prints_what_is_said_of_them(
    printed: Printed, count: int, words: int
) -> None:
    """One stands over a timeline as wide as the sheet, five beside it; of thirteen titles alone."""
    text = "Said of it " * (words // 4) + "in the end."
    snapshot = eventful(read(DOSSIERS / "tiny", "tiny"), count, text)
    made = printed("poster", "a3", snapshot=snapshot)
    assert [] == [f.code for f in made.findings if f.code[0] in "EP"]
    page = pdfium.PdfDocument(made.pdf)[0].get_textpage()
    said = " ".join(page.get_text_bounded().split())
    assert said.count("in the end.") == (count if count <= 5 else 0)
    assert all(f"Letter no. {n} is read" in said for n in range(count))
    heads = (page.search(head).get_next()[0] for head in ("What happened", "The year"))
    happened, year = (page.get_charbox(at)[1] for at in heads)
    assert (happened - year > 20) is (count == 1)


def test_a_larger_poster_is_drawn_anew(own_fonts: None, matterhorn: Snapshot) -> None:
    """Its map has a larger scale, if the data bear it, and names more: it is not blown up."""
    wider = matterhorn.files["gazetteer.yaml"].replace(b"46.021", b"46.200")
    flat = matterhorn.files["plates.yaml"].replace(b"size: half", b"size: half\n    relief: false")
    files = {**matterhorn.files, "gazetteer.yaml": wider.replace(b"45.936", b"45.780")}
    files |= {"plates.yaml": flat}
    loaded = load(Snapshot(matterhorn.slug, matterhorn.label, files))
    engine, edition = own_engine(), named("poster")
    works = (Work("p.pdf", loaded, edition, "default", engine, paper) for paper in ("a2", "a3"))
    (larger, *_), (smaller, *_) = (document_of(work).drawings for work in works)
    assert 1.2 < smaller.denominator / larger.denominator < 1.8  # the foot keeps its 8 points
    assert len({box.text for box in smaller.boxes}) < len({box.text for box in larger.boxes})


# -- tiles -----------------------------------------------------------------------------------------


@given(some.floats(100, 1200), some.floats(100, 1200), some.sampled_from(sorted(PAPER)))
def test_tiles_cover_the_poster_and_overlap(wide: float, tall: float, paper: str) -> None:
    """Every point of the poster is on a sheet, and neighbours share 10 mm."""
    tiling = tile.plan((wide, tall), PAPER[paper])
    laid = {(t.row, t.column): t for t in tile.tiles(tiling)}
    assert len(laid) == tiling.rows * tiling.columns
    last = laid[tiling.rows - 1, tiling.columns - 1]
    assert last.left + last.width == pytest.approx(wide)
    assert last.top + last.height == pytest.approx(tall)
    for (row, column), each in laid.items():
        assert 0 < each.width <= tiling.area[0] + 1e-9
        assert 0 < each.height <= tiling.area[1] + 1e-9
        if column:
            before = laid[row, column - 1]
            assert before.left + before.width - each.left == pytest.approx(tile.OVERLAP)
            assert each.cut[0]
            assert before.glued[0]
        if row:
            above = laid[row - 1, column]
            assert above.top + above.height - each.top == pytest.approx(tile.OVERLAP)
            assert each.cut[1]
            assert above.glued[1]
    other = (PAPER[paper][1], PAPER[paper][0])
    assert len(laid) <= len(list(tile.tiles(tile.plan((wide, tall), other))))


def test_sheets_carry_their_part_at_full_size(poster: Poster, matterhorn: Snapshot) -> None:
    """Each sheet shows its part of the poster, pixel for pixel, behind a plan of the whole."""
    from press.output.finish import Printed, cut_into_tiles

    edition = find("poster")
    assert edition is not None
    made = poster("a3")
    job = Work("p.pdf", load(matterhorn), edition, "default", engine_files(), paper="a3",
              tile="a4")  # fmt: skip
    style = styles.flatten(job.engine, edition="poster", paper="a3")
    cut = cut_into_tiles(job, Printed(made.pdf, 1), style)
    assert cut.pdf == cut_into_tiles(job, Printed(made.pdf, 1), style).pdf
    tiling = tile.plan(tile.size_of(made.pdf), PAPER["a4"])
    sheets = pdfium.PdfDocument(cut.pdf)
    assert len(sheets) == 1 + tiling.rows * tiling.columns == cut.pages
    assert "Assembly plan" in sheets[0].get_textpage().get_text_bounded()
    scale = 4 * 25.4 / 72  # four pixels for a millimetre
    whole = np.asarray(pdfium.PdfDocument(made.pdf)[0].render(scale=scale).to_pil().convert("L"))
    for number, each in enumerate(tile.tiles(tiling), start=1):
        sheet = np.asarray(sheets[number].render(scale=scale).to_pil().convert("L"))
        edge = round(tile.UNPRINTED * 4)
        left, top = round(each.left * 4), round(each.top * 4)
        w, h = int(each.width * 4) - 4, int(each.height * 4) - 4
        shown = sheet[edge : edge + h, edge : edge + w].astype(int)
        meant = whole[top : top + h, left : left + w].astype(int)
        assert np.abs(shown - meant).mean() < 6, each.name
        assert each.name in sheets[number].get_textpage().get_text_bounded()


def test_what_is_cut_up_claims_nothing(poster: Poster, matterhorn: Snapshot) -> None:
    """Tiles keep no structure, and so say nothing of PDF/A or PDF/UA."""
    from press.output.finish import Printed, cut_into_tiles

    edition = find("poster")
    assert edition is not None
    job = Work("p.pdf", load(matterhorn), edition, "default", engine_files(), paper="a3",
              tile="letter")  # fmt: skip
    style = styles.flatten(job.engine, edition="poster", paper="a3")
    cut = cut_into_tiles(job, Printed(poster("a3").pdf, 1), style)
    with pikepdf.open(io.BytesIO(cut.pdf)) as document:
        assert "/StructTreeRoot" not in document.Root
        metadata = document.Root.Metadata.read_bytes() if "/Metadata" in document.Root else b""
        assert b"pdfaid" not in metadata
        assert b"pdfuaid" not in metadata


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["build", "--tile", "a44"], "did you mean a4?"),
        (["build", "--tile", "a4", "--edition", "dossier"], "add --edition poster"),
    ],
)
def test_only_posters_are_cut(
    argv: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--tile`` wants a paper that it knows, and a poster."""
    with pytest.raises(SystemExit) as exit_:
        main.main(argv)
    assert exit_.value.code == console.USAGE
    assert said in capsys.readouterr().err
