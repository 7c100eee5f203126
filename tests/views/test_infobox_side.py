"""The infobox left or right of the text: what stands where, read from the set boxes."""

from __future__ import annotations

import re
from functools import cache

import pytest

from press.base.units import MM
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design.editions import named
from press.design.styles import flatten
from press.typeset.beside import beside_infobox
from press.typeset.folios import Folios
from press.typeset.layout import Layout, TextLine
from press.typeset.typeset import typeset
from press.views.view import Work
from tests.conftest import DOSSIERS, document_of

SAID = "A paragraph of some length, which says little and takes a good many lines. " * 4


def fill(paragraphs: int) -> str:
    """Text with a note in each of its ``paragraphs``."""
    return "\n\n".join(f"{SAID}[@whymper, p. {n}]" for n in range(1, paragraphs + 1))


CHAPTERS = {
    "01-first.md": "# First\n\nThis says little [@whymper].\n",
    "02-second.md": f"# Second\n\n## Near head\n\n{fill(14)}\n",
    "03-third.md": f"# Third\n\n## Far head\n\n{fill(3)}\n\n## Another far head\n\n{fill(1)}\n",
}
SIDES = ("left", "right")


def with_rows(rows: int) -> Snapshot:
    """A dossier whose infobox has ``rows``: 56 take more than a page."""
    files = {**read(DOSSIERS / "tiny", "tiny").files}
    del files["plates.yaml"], files["chapters/01-words.md"]
    box = "".join(f"  - label: Row {n}\n    value: It is {n}\n" for n in range(rows))
    own = {f"chapters/{name}": text.encode() for name, text in CHAPTERS.items()}
    return Snapshot("tiny", "tiny", {**files, **own, "infobox.yaml": f"rows:\n{box}".encode()})


def styled(side: str) -> dict[str, bytes]:
    """The press's files, with the infobox on this side."""
    own = f":root {{ --infobox-side: {side} }}".encode()
    return {**engine_files(), "styles/local.css": own}


LAST: dict[str, tuple[Folios, ...]] = {}
"""The page numbers of what was set last on each paper: a guess, which saves a layout."""


def set_boxes(work: Work) -> Layout:
    """The set boxes of ``work``."""
    pages = typeset(document_of(work).html, LAST.get(work.sheet, ()))
    LAST[work.sheet] = pages.rounds
    return pages.layout


@cache
def layout_of(side: str, paper: str, theme: str) -> Layout:
    """The set boxes of the dossier."""
    return set_boxes(
        Work("tiny.pdf", load(with_rows(56)), named("dossier"), theme, styled(side), paper)
    )


def column(layout: Layout, page: int, side: str, measure: str) -> tuple[float, float]:
    """Where text of chapters begins and ends on a page."""
    left, _, right, _ = layout.pages[page - 1].area
    wide = float(measure.removesuffix("mm")) * MM
    return (left, left + wide) if side == "right" else (right - wide, right)


def boxed(layout: Layout) -> list[TextLine]:
    """The lines of the infobox."""
    return [line for line in layout.lines if line.within("infobox")]


def line_of(layout: Layout, words: str) -> TextLine:
    """The line in the text that begins with ``words``, not that of the contents."""
    return next(line for line in layout.lines
                if line.text.startswith(words) and line.within("chapter", "part")
                and not line.within("contents"))  # fmt: skip


@pytest.mark.parametrize(
    ("side", "paper", "theme"),
    [
        ("left", "a4", "default"),
        ("right", "a4", "default"),
        ("right", "letter", "archive"),
        ("left", "letter", "archive"),
    ],
)
@pytest.mark.usefixtures("own_fonts")
def test_both_sides_are_set_on_every_paper(side: str, paper: str, theme: str) -> None:
    """Box, text and notes keep to their columns, on every page that the box takes."""
    layout = layout_of(side, paper, theme)
    measure = flatten(styled(side), theme, "dossier", paper).tokens["--measure"]
    box = boxed(layout)
    pages = sorted({line.page for line in box})
    assert len(pages) > 1, "the box goes over a page"
    edges: dict[int, list[float]] = {}
    for line in layout.lines:
        first, last = column(layout, line.page, side, measure)
        if line.within("infobox"):
            edges.setdefault(line.page, []).append(line.left - first)
            assert line.left > last if side == "right" else line.right < first
        elif line.part == "note" or (line.page in pages and line.part == "main"):
            assert first - 0.1 <= line.left
            assert line.right <= last + 0.1
    assert any(line.part == "note" and line.page in pages for line in layout.lines)
    assert 1 == len({round(min(of_page), 1) for of_page in edges.values()})


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.usefixtures("own_fonts")
def test_later_chapters_follow_beside_the_box(side: str) -> None:
    """A chapter begins where the one before it ends; its headings stand in the text there."""
    layout = layout_of(side, "a4", "default")
    box, first = boxed(layout), line_of(layout, "This says little")
    second, near = line_of(layout, "2Second"), line_of(layout, "Near head")
    assert box[0].page == first.page == second.page == near.page
    assert 0 < second.top - first.bottom < 30 * MM
    assert first.left == second.left == near.left


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.usefixtures("own_fonts")
def test_headings_of_other_chapters_hang_on_the_side_of_the_box(side: str) -> None:
    """Level with the first line of their section; the number is at the edge nearer to the text."""
    layout = layout_of(side, "a4", "default")
    heads = [line_of(layout, words) for words in ("Far head", "Another far head")]
    text = next(line for line in layout.lines if line.page == heads[0].page
                and line.text.startswith("A paragraph") and line.top >= heads[0].top)  # fmt: skip
    assert heads[0].page > boxed(layout)[-1].page
    assert abs(heads[0].top - text.top) < 1
    for head in heads:
        assert head.left > text.right if side == "right" else head.right < text.left
    number = line_of(layout, "3")
    assert abs(number.left - heads[0].left) < 0.1 or side == "left"
    away = number.left - text.right if side == "right" else text.left - number.right
    assert 0 < away < 10 * MM


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.usefixtures("own_fonts")
def test_what_takes_the_whole_width_stands_under_the_box(side: str) -> None:
    """A table of the whole width begins below the infobox, and is not moved from its heading."""
    files = {**with_rows(30).files}
    del files["chapters/02-second.md"], files["chapters/03-third.md"]
    loaded = load(Snapshot("tiny", "tiny", files))
    work = Work("tiny.pdf", loaded, named("dossier"), "default", styled(side))
    layout = set_boxes(work)
    box, part = boxed(layout), line_of(layout, "Chronology")
    assert box[-1].page == part.page
    assert max(line.bottom for line in box) < part.top
    table = next(line for line in layout.lines if line.within("chronology"))
    assert table.page == part.page
    assert table.top - part.bottom < 30 * MM


@pytest.mark.usefixtures("own_fonts")
def test_a_plate_of_a_column_stands_in_the_text(matterhorn: Snapshot) -> None:
    """It is as wide as the text, and begins beside the infobox."""
    needed = ("dossier", "infobox", "chronology", "gazetteer", "facts", "sources", "plates")
    files = {name: matterhorn.files[name] for name in (f"{stem}.yaml" for stem in needed)}
    files["plates.yaml"] = files["plates.yaml"].replace(b"size: half", b"size: column")
    files["chapters/01-the-mountain.md"] = b"# First\n\nSee below.\n\n/// plate | mountain\n///\n"
    loaded = load(Snapshot("matterhorn", "matterhorn", files))
    work = Work("tiny.pdf", loaded, named("dossier"), "default", engine_files())
    layout = set_boxes(work)
    words = line_of(layout, "See")
    first, last = column(layout, words.page, "left", "110mm")
    plate = [line for line in layout.lines if line.within("plate") and line.within("opening")]
    assert {words.page} == {line.page for line in plate}
    assert plate[0].top < boxed(layout)[-1].top
    assert all(first - 0.1 <= line.left and line.right <= last + 0.1 for line in plate)


def test_only_chapters_that_begin_with_the_box_are_marked() -> None:
    """By the pages on which the infobox stands; a chapter that begins later hangs its headings."""
    text = "".join(f'<section class="chapter" id="chapter-{n}">' for n in "abcd")
    at = {"infobox": (4, 5), "chapter-a": (4,), "chapter-b": (5, 6), "chapter-c": (6,)}
    marked = beside_infobox(text, at)
    assert ["chapter-a", "chapter-b"] == re.findall(r'"chapter beside" id="([^"]+)"', marked)
    assert marked == beside_infobox(marked, at)
    assert text == beside_infobox(text, {**at, "infobox": ()})


@pytest.mark.usefixtures("own_fonts")
def test_without_an_infobox_the_first_chapter_is_like_the_others() -> None:
    """Nothing stands beside it, so its headings hang."""
    files = {**with_rows(1).files}
    del files["infobox.yaml"]
    files["chapters/01-first.md"] = b"# First\n\n## Own head\n\nThis says little.\n"
    loaded = load(Snapshot("tiny", "tiny", files))
    work = Work("tiny.pdf", loaded, named("dossier"), "default", engine_files())
    layout = set_boxes(work)
    assert line_of(layout, "Own head").right < line_of(layout, "This says little").left


@pytest.mark.parametrize(
    ("edition", "paper"), [("screen", "tablet"), ("large-print", "a4"), ("booklet", "a5")]
)
def test_where_there_is_one_column_the_side_is_not_taken_and_that_is_said(
    edition: str, paper: str
) -> None:
    """The infobox stands over the text there; W720 says so, at the token."""
    findings = flatten(styled("right"), "default", edition, paper).findings
    assert any(
        str(finding).startswith("styles/local.css:1:9: W720") and "--infobox-side" in str(finding)
        for finding in findings
    )
