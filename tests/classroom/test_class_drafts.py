"""A class set that is stopped is not unseen: a draft shows what stops it, and whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.base import pdfium
from press.base.finding import Finding
from press.classroom.roster import Pupil
from press.classroom.whose import of, on_pages, shortened, together
from press.cli import console, main
from press.typeset.layout import BLACK, WHITE, Layout, TextLine, TextRun

NAMES = ("Ada Lovelace", "Ben Poe", "Cleo Roy", "Dan Li", "Eva Ohm", "Fay Ray", "Gus Orb")
QUESTIONS = """\
questions:
  - id: who
    kind: open
    question: Was it the party from Zermatt that stood on the summit first?
    answer: the party from Zermatt
    sources: [whymper]
"""


def drafts(project: Path) -> dict[str, list[str]]:
    """The words of each page of each draft, by file name."""
    found = {}
    for path in sorted((project / "output/tiny").glob("*.draft.pdf")):
        with pdfium.opened(path.read_bytes()) as document:
            found[path.name] = [p.get_textpage().get_text_bounded() for p in document]
    return found


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A class of seven, which is set in two batches."""
    file = tmp_path / "7b.csv"
    file.write_text("name\n" + "".join(f"{name}\n" for name in NAMES), "utf-8")
    return file


def test_stopped_set_has_a_draft(
    tiny: Path, roster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each page says DRAFT, the fault is listed once, and the finding names the pupils."""
    (tiny / "content/tiny/questions.yaml").write_text(QUESTIONS, "utf-8")
    words = ["build", "--edition", "worksheet", "--for", str(roster)]
    assert console.FINDINGS == main.main(words)
    said = capsys.readouterr()
    assert 1 == said.err.count("P430")
    assert "(worksheet of Ada Lovelace, Ben Poe, Cleo Roy and 4 more)" in said.err
    assert "tiny-worksheet-7b.draft.pdf: shows each fault on its page" in said.out
    ((name, pages),) = drafts(tiny).items()
    assert "tiny-worksheet-7b.draft.pdf" == name
    assert all("DRAFT" in page for page in pages)
    assert "1 fault stops this edition" in pages[-1]
    (tiny / "content/tiny/questions.yaml").unlink()
    assert console.CLEAN == main.main(words)
    assert {} == drafts(tiny)


def test_fault_of_the_dossier_has_a_draft_as_well(
    tiny: Path, roster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a check finds stops a set, and is shown on its pages."""
    file = tiny / "content/tiny/chronology.yaml"
    file.write_text(file.read_text().replace("[whymper]", "[whimper]", 1), "utf-8")
    words = ["build", "--edition", "worksheet", "--for", str(roster)]
    assert console.FINDINGS == main.main(words)
    assert 1 == capsys.readouterr().err.count("E201")
    ((_, pages),) = drafts(tiny).items()
    assert "E201" in pages[-1]


def line(page: int, *anchors: str) -> TextLine:
    run = TextRun("x", 9.0, BLACK, WHITE, ())
    return TextLine(page, "main", 0.0, 0.0, 1.0, 1.0, (run,), 0.0, (), anchors)


def test_page_tells_whose_worksheet_it_is() -> None:
    """A finding on a page belongs to the worksheet that began on it or before it."""
    layout = Layout((), (line(1, "sheet-1"), line(2, "sheet-1"), line(3, "sheet-2")), ())
    pupils = [Pupil(1, "Ada"), Pupil(2, "Ben")]
    found = [Finding("a", 0, 0, "P410", "over", page=page) for page in (0, 2, 4)]
    whose = [f.message for f in on_pages(found, layout, pupils)]
    assert ["over", "over (worksheet of Ada)", "over (worksheet of Ben)"] == whose


def test_same_fault_of_many_is_one() -> None:
    """It names all of them, or three and how many more; faults of nobody stay as they are."""
    fault, other = Finding("a", 1, 2, "P430", "told"), Finding("a", 1, 2, "P433", "few")
    (one, two) = together([of("Ada", fault), other, of("Ben", fault), of("Ada", fault)])
    assert "told (worksheet of Ada, Ben)" == one.message == shortened(one).message
    assert other == two
    (many,) = together(of(name, fault) for name in NAMES)
    assert shortened(many).message.endswith("Cleo Roy and 4 more)")
