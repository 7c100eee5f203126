"""What only styles and set pages show: each fault gives the page and the line that made it.

A folder of ``tests/checks`` whose name begins with W5, W36, P46 or E189 holds what is changed:
files of the dossier, and under ``styles/`` those of the theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pypdfium2 as pdfium
import pytest

from press.checks import look
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import EDITIONS
from press.design.styles import flatten
from press.typeset import fonts, given, ledger, on_plates, page_checks, unseen_words
from press.typeset.expected import Expected
from press.typeset.layout import Layout, TextLine, TextRun
from press.views.view import Work
from press.views.words import words_alone
from tests.conftest import ROOT, made_of, set_edition
from tests.content.test_load import FOLDERS, ON_PAGES, overlay

CASES = [p for p in FOLDERS if p.name.startswith(ON_PAGES)]
LEAST = {
    "dossier.yaml": b"""\
title: The Matterhorn, 1865
subtitle: A first ascent and its cost
standfirst: Seven climbers reached the summit on 14 July 1865; three came back.
issued: 2026-11-01
imprint: {publisher: The Test Press}
rights: {holder: The Test Press, licence: CC0 1.0}
""",
    "chapters/01-the-mountain.md": b"# The mountain\n\nThe mountain was high.\n",
    "chapters/02-the-descent.md": b"# The descent\n\nThe Italians followed [@whymper; @times].\n",
}
"""A dossier of two short chapters: most faults need no more, and each is a build."""


def job(case: Path, base: Snapshot) -> Work:
    """The job of the least dossier, with the sources of ``base`` and what ``case`` changes."""
    least = {**LEAST, "sources.yaml": base.files["sources.yaml"]}
    changed = overlay(case / "in", Snapshot(base.slug, base.label, least))
    styles = {n: raw for n, raw in changed.files.items() if n.startswith("styles/")}
    content = {n: raw for n, raw in changed.files.items() if n not in styles}
    snapshot = Snapshot(base.slug, base.label, content)
    own: Mapping[str, bytes] = {**engine_files(), **styles}
    name = f"{base.label}-dossier.pdf"
    return Work(name, load(snapshot), EDITIONS["dossier"], "default", own)


def said(case: Path, base: Snapshot, cache: Path) -> list[str]:
    """What is said of the pages, or of the style alone where that is enough."""
    fonts.only(ROOT / "styles" / "fonts", cache)
    if case.name.startswith("W36"):
        return [str(f) for f in sorted(words_alone(job(case, base)))]
    return [str(f) for f in made_of(job(case, base)).findings]


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_fault_is_found(
    case: Path, matterhorn: Snapshot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each planted fault gives exactly the findings that are written beside it."""
    expected = (case / "expected.txt").read_text("utf-8").splitlines()
    assert expected == said(case, matterhorn, tmp_path_factory.getbasetemp() / "fonts")
    assert any(f" {case.name[:4]} " in line for line in expected)


def test_hatched_steps_need_no_tint(matterhorn: Snapshot) -> None:
    """Where hatches tell the steps of a map apart, as in the ink-saver, tints may be alike."""
    case = next(p for p in CASES if p.name.startswith("W361"))
    found = look.look(job(case, matterhorn).loaded, flatten(engine_files(), "default", "ink-saver"))
    assert [] == list(found)


@pytest.mark.parametrize("paragraphs", range(31, 35))
def test_colophon_is_whole_on_the_last_page(
    matterhorn: Snapshot, run_folder: Path, paragraphs: int
) -> None:
    """However long the text is, the colophon stands under its head, and leaves no line alone."""
    fonts.only(ROOT / "styles" / "fonts", run_folder / "fonts")
    text = "".join(f"The mountain was {number} times as high.\n\n" for number in range(paragraphs))
    files = {**LEAST, "sources.yaml": matterhorn.files["sources.yaml"]}
    files["chapters/01-the-mountain.md"] = f"# The mountain\n\n{text}".encode()
    made = set_edition(Snapshot("matterhorn", "matterhorn", files), paper="letter")
    assert [] == [f for f in made.findings if f.code == "W502"]
    with pdfium.PdfDocument(made.pdf) as pdf:
        last = pdf[len(pdf) - 1].get_textpage().get_text_bounded()
    assert "Colophon" in last
    assert "Made with" in last


def test_back_cover_is_no_remnant(matterhorn: Snapshot, run_folder: Path) -> None:
    """What a booklet has on its last page stands there by intent, however little it is."""
    fonts.only(ROOT / "styles" / "fonts", run_folder / "fonts")
    files = {**LEAST, "sources.yaml": matterhorn.files["sources.yaml"]}
    files["dossier.yaml"] = LEAST["dossier.yaml"].replace(b" on 14 July 1865; three came back", b"")
    made = set_edition(Snapshot("matterhorn", "matterhorn", files), "booklet")
    assert [] == [f for f in made.findings if f.code == "W502"]
    with pdfium.PdfDocument(made.pdf) as pdf:
        last = pdf[len(pdf) - 1].get_textpage().get_text_bounded()
    assert "Colophon" in last
    assert "Made with" in last


def test_every_check_of_pages_has_a_case() -> None:
    """No check of pages or styles goes untried, nor a shape of a map that nobody sees (E189)."""
    checks = (*page_checks.CHECKS, *look.CHECKS, *ledger.CHECKS, *given.CHECKS,
              *on_plates.CHECKS, *unseen_words.CHECKS)  # fmt: skip
    codes = {(check.__doc__ or "")[:4] for check in checks}
    assert codes | {"E189"} == {case.name[:4] for case in CASES}


def line(page: int, *path: str) -> TextLine:
    """A line of a page within these elements."""
    run = TextRun("words", 10.0, (0, 0, 0), (1, 1, 1), ())
    return TextLine(page, "main", 0, 0, 9, 9, (run,), 0.0, path, ())


@pytest.mark.parametrize(
    ("between", "found"),
    [
        ([line(3, "p.legend"), line(3, "thead", "th")], True),
        ([line(3, "h2.caption")], True),
        ([line(3, "p.legend"), line(3, "tbody", "td")], False),
        ([line(3, "h2.caption"), line(3, "tbody", "td")], False),
    ],
)
def test_a_head_that_heads_nothing_is_found(between: list[TextLine], found: bool) -> None:
    """A legend, the heads of columns or a second heading are not what was announced."""
    lines = (line(3, "h1"), *between, line(4, "thead", "th"), line(4, "tbody", "td"))
    remarks = page_checks.heading_at_foot(Layout((), lines), Expected("a.pdf", frozenset()))
    assert found == bool(list(remarks))


def test_a_mark_behind_a_link_may_hang_over_the_edge() -> None:
    """A semicolon of 18 points that is 4 points out is no finding; a word is, and a far mark."""
    nobody = SimpleNamespace(acting=lambda _: ())

    def over(last: str, by: float) -> list[object]:
        runs = tuple(
            TextRun(words, 18.0, (0, 0, 0), (1, 1, 1), ("p",)) for words in ("123, 124", last)
        )
        line = TextLine(1, "main", 0, 0, 90, 10, runs, by, ("p",), ())
        said = SimpleNamespace(remark=lambda message, *_: message, winners=nobody)
        return list(page_checks.lines_overflow(Layout(lines=(line,)), said))  # type: ignore[arg-type]

    assert over("; ", 4.0) == []
    assert over("; see", 4.0) != [] != over(";", 9.0)
