"""Drafts: a stopped edition shows its pages, each fault ringed, numbered and listed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Name, Pdf

from press.base import pdfium
from press.base.finding import Finding
from press.cli import console, main
from press.content.load import load
from press.content.snapshot import engine_files, read
from press.design.editions import PAPERS
from press.design.styles import flatten
from press.jobs import pool
from press.output import draft
from press.output.pdf import opened
from press.typeset.layout import Layout, PageArea, PlacedPicture, TextLine, TextRun
from press.typeset.spots import placed
from tests.conftest import DOSSIERS, once

DOUBLED = "The party party stands on the summit."
"""A sentence of the chronology that stops a strict dossier: W322, at its line 14."""


def spoil(root: Path) -> None:
    """Writes ``DOUBLED`` into the chronology."""
    file = root / "content/tiny/chronology.yaml"
    file.write_text(file.read_text().replace("A party stands on the summit.", DOUBLED))


def texts(pdf: bytes) -> list[str]:
    """The words of each page."""
    with pdfium.opened(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.fixture
def stopped(
    built_tiny: Path, run_folder: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[Path, str, str]:
    """The folder of a dossier that was built well, and then stopped; what was said of it.

    It is stopped once for all who ask for it.
    """
    spoil(built_tiny)
    kept = run_folder / "stopped"

    def stop() -> tuple[str, str]:
        assert console.FINDINGS == main.main(["build", "--strict"])
        shutil.copytree(built_tiny / "output", kept)
        said = capsys.readouterr()
        return said.out, said.err

    out, err = once(run_folder, "stopped", stop)
    shutil.copytree(kept, built_tiny / "output", dirs_exist_ok=True)
    return built_tiny / "output/tiny", out, err


def test_stopped_edition_is_seen(stopped: tuple[Path, str, str]) -> None:
    """The draft stands beside the good PDF, which stays; each page says DRAFT, each fault is there.

    It claims no standard, encloses nothing, and is the same at the next run.
    """
    folder, out, err = stopped
    made = (folder / "tiny-dossier.draft.pdf").read_bytes()
    assert "tiny-dossier.pdf: not built (the last PDF is untouched)" in out
    assert "output/tiny/tiny-dossier.draft.pdf: shows each fault on its page" in out
    assert 1 == err.count("chronology.yaml:14:15: W322")
    words = texts(made)
    assert all("DRAFT" in page for page in words)
    (ringed,) = (page for page in words if DOUBLED in page)
    assert "1 W322" in ringed
    assert "W322" in words[-1]
    assert "content/tiny/chronology.yaml:14:15" in words[-1]
    assert not any("DRAFT" in page for page in texts((folder / "tiny-dossier.pdf").read_bytes()))
    with opened(made) as pdf:
        assert b"pdfaid:part" not in pdf.Root.Metadata.read_bytes()
        assert not pdf.attachments
    main.main(["build", "--strict"])
    assert made == (folder / "tiny-dossier.draft.pdf").read_bytes()


@pytest.mark.parametrize("theme", ["default", "archive"])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_has_a_draft(paper: str, theme: str) -> None:
    """Its sheet makes a page on each of them, the tablet's too."""
    assert flatten(engine_files(), theme, "draft", paper).findings == ()


def test_good_build_deletes_the_draft(stopped: tuple[Path, str, str]) -> None:
    """When the fault is mended, the draft that showed it goes."""
    folder, *_ = stopped
    file = folder.parents[1] / "content/tiny/chronology.yaml"
    file.write_text(file.read_text().replace("party party", "party"))
    assert console.CLEAN == main.main(["build", "--strict"])
    assert not list(folder.glob("*.draft.pdf"))


def test_without_pages_there_is_no_draft(
    stopped: tuple[Path, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that cannot be read leaves nothing to set: the build says so, the draft goes."""
    folder, *_ = stopped
    file = folder.parents[1] / "content/tiny/chronology.yaml"
    file.write_text(file.read_text().replace("title: The summit", "titel: The summit"))
    assert console.FINDINGS == main.main(["build", "--strict"])
    assert "there is no draft: its pages cannot be made" in capsys.readouterr().out
    assert ["tiny-dossier.pdf"] == [path.name for path in folder.glob("*.pdf")]


def test_draft_passes_the_same_last_look(
    tiny: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the last look refuses is not written, be it only a draft."""

    def refuse(finished: Any, *_: object) -> tuple[Finding, ...]:
        return (Finding(finished.name, 0, 0, "O611", "it holds /JS", "take it out"),)

    spoil(tiny)
    monkeypatch.setattr(pool, "scanned", refuse)
    assert console.FINDINGS == main.main(["build", "--strict"])
    out, err = capsys.readouterr()
    assert "tiny-dossier.draft.pdf: O611 it holds /JS" in err
    assert "there is no draft" in out
    assert not list((tiny / "output/tiny").glob("*.pdf"))


PAGE = PageArea(400.0, 600.0, (50.0, 50.0, 350.0, 550.0))


def rings(*boxes: tuple[float, float, float, float]) -> list[draft.Mark]:
    """The rings of faults at these places of a page."""
    faults = [Finding("a", n, 1, "W322", "x", "", 1, box=box) for n, box in enumerate(boxes, 1)]
    return list(draft.rings_on(PAGE, dict(enumerate(faults, start=1))))


def test_rings_and_numbers_stay_on_the_page() -> None:
    """A fault that runs off the page is ringed as far as it goes, and its number is seen."""
    for box in ((-30.0, -30.0, 500.0, 20.0), (380.0, 590.0, 500.0, 700.0)):
        (mark,) = rings(box)
        assert 0 <= mark.left <= mark.left + mark.width <= PAGE.width
        assert 0 <= mark.top <= mark.top + mark.height <= PAGE.height
        assert 0 <= mark.at < PAGE.width - 20
        assert 0 <= mark.tag < PAGE.height


def test_numbers_do_not_meet() -> None:
    """Two faults of one line have their numbers under one another."""
    line = (60.0, 100.0, 200.0, 110.0)
    one, other = rings(line, line)
    assert one.at == other.at
    assert other.tag - one.tag >= draft.TAG[0]


def line(page: int, text: str, *anchors: str, part: str = "main") -> TextLine:
    """A line of a page, at the height of its number of letters."""
    run = TextRun(text, 10.0, (0, 0, 0), (1, 1, 1), ())
    top = float(len(text))
    return TextLine(page, part, 50.0, top, 90.0, top + 10, (run,), 0.0, (), anchors)


def test_a_line_of_the_content_is_found_on_its_page() -> None:
    """A fault of an event is ringed where the chronology prints it, in the line that says it.

    The running head and a list that prints the same words are not taken for it; a fault of a plate
    gets the plate, one of a file as a whole stays without a page.
    """
    loaded = load(read(DOSSIERS / "tiny", "content/tiny"))
    layout = Layout(
        (PAGE,) * 9,
        (
            line(2, "A party stands on the summit.", part="margin"),
            line(3, "A party stands on the summit, it is said.", "chapter-words"),
            line(5, "14 July 1865", "event-summit"),
            line(5, "A party stands on the summit.", "event-summit"),
        ),
        (PlacedPicture(7, "", 10.0, 20.0, 30.0, 40.0, ("plate-years",)),),
    )
    faults = [
        Finding("content/tiny/chronology.yaml", 14, 11, "W322", "twice"),
        Finding("content/tiny/plates.yaml", 3, 5, "E187", "no event"),
        Finding("content/tiny/dossier.yaml", 0, 0, "E002", "missing"),
    ]
    event, plate, whole = placed(faults, layout, loaded)
    assert (5, layout.lines[3].box) == (event.page, event.box)
    assert (7, (10.0, 20.0, 40.0, 60.0)) == (plate.page, plate.box)
    assert (0, None) == (whole.page, whole.box)


TABLE = """# Words

One paragraph before it.

| Ship | Tons |
|------|------|
| Agamemnon | 3085 | 1 |
| Ox | 2 | 3 |

1. a list

Text after it.
"""


@pytest.mark.parametrize(
    ("at", "column", "ringed"),
    [(7, 22, "Agamemnon"), (7, 15, "3085"), (7, 3, "Agamemnon"), (8, 11, "Agamemnon"),
     (3, 1, "One paragraph before it."), (10, 1, "a list"), (9, 1, "Agamemnon")],
)  # fmt: skip
def test_a_figure_of_a_cell_does_not_ring_the_chapters_number(
    at: int, column: int, ringed: str
) -> None:
    """Where a few letters are at fault, the words of their line are ringed, or those above it."""
    files = read(DOSSIERS / "tiny", "content/tiny")
    chapter = {**files.files, "chapters/01-words.md": TABLE.encode()}
    loaded = load(replace(files, files=chapter))
    words = ("1", "Words", "One paragraph before it.", "Ship", "Tons", "Agamemnon", "3085", "2.",
             "a list", "Text after it.")  # fmt: skip
    layout = Layout((PAGE,) * 3, tuple(line(3, one, "chapter-words") for one in words))
    fault = Finding("content/tiny/chapters/01-words.md", at, column, "P280", "a cell too many")
    (found,) = placed([fault], layout, loaded)
    wanted = next(one for one in layout.lines if one.text == ringed)
    assert (3, wanted.box) == (found.page, found.box)


def test_marks_are_drawn_whatever_the_page_leaves_behind() -> None:
    """A page that turns and shrinks what follows does not turn and shrink the marks."""
    document = Pdf.new()
    page = document.add_blank_page(page_size=(100, 100))
    page.contents_add(document.make_stream(b"0.5 0 0 0.5 0 0 cm"))
    marks = document.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form)
    draft._lay(document, page, marks, Name.Marks)
    page.contents_coalesce()
    assert page.Contents.read_bytes().split() == b"q 0.5 0 0 0.5 0 0 cm Q q /Marks Do Q".split()
