"""What a worksheet draws of a dossier stands on it: taken out of its words, it is missed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

import pytest

from press.classroom.held import held, unheld
from press.classroom.outline import outline
from press.classroom.prepare import worksheets_for
from press.classroom.roster import Pupil
from press.classroom.worksheet_view import Worksheets
from press.content.load import Loaded, load
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import named
from press.typeset.printed_words import letters_of, words_of
from press.views.strip_links import unlinked
from press.views.view import Work
from tests.conftest import bench_for
from tests.typeset.test_ledger import NO_PAGES

PUPILS = (Pupil(12345, "Ada", "7b", 2, 1), Pupil(54321, "Ben", "7b", 3, 1))


@dataclass(frozen=True)
class Sheets:
    """The worksheets of two pupils: what they hold, and their HTML."""

    loaded: Loaded
    view: Worksheets
    html: str

    def said(self, html: str) -> list[tuple[str, str, int]]:
        """(code, file, line) of what is missed in a HTML."""
        found = unheld(self.loaded, self.view, replace(NO_PAGES, text=html))
        return [(one.code, one.file.rpartition("/")[2], one.line) for one in found]


@pytest.fixture(scope="module", params=["worksheet", "answers"])
def sheets(school: Snapshot, request: pytest.FixtureRequest) -> Sheets:
    """With and without answers."""
    work = Work("a.pdf", load(school), named(request.param), "default", engine_files())
    bench = bench_for(work)
    prose, task = unlinked(bench.prose), outline(bench, work.edition.answers)
    prepared = worksheets_for(PUPILS, bench, prose, task)
    assert isinstance(prepared.page, Worksheets)
    return Sheets(work.loaded, prepared.page, prepared.html.text)


def test_whole_sheets_are_silent(sheets: Sheets) -> None:
    assert [] == sheets.said(sheets.html)


def test_every_task_is_held(sheets: Sheets) -> None:
    """The map's names, gaps, passages, terms, questions and cards of each pupil."""
    tasks = Counter(one.task for sheet in sheets.view.worksheets
                    for one in held(sheets.loaded, sheet))  # fmt: skip
    assert set(tasks) >= {"map", "gaps", "sources", "match", "questions", "cards"}


def test_each_thing_that_a_sheet_draws_is_missed(sheets: Sheets) -> None:
    """Whatever is blotted out of one pupil's task is named, at its file."""
    tried = 0
    for number, sheet in enumerate(sheets.view.worksheets, start=1):
        for one in held(sheets.loaded, sheet):
            begin = sheets.html.index(f'id="sheet-{number}-{one.task}"')
            end = sheets.html.index("</section>", begin)
            task = sheets.html[begin:end]
            wanted = letters_of(words_of(one.words))
            blotted = re.sub(
                r">([^<]+)<",
                lambda m: "><" if letters_of(words_of(m[1])) in wanted else m[0],  # noqa: B023
                task,
            )
            if wanted in letters_of(words_of(re.sub("<[^>]*>", " ", blotted))):
                continue  # it stands within other words of the task as well
            found = sheets.said(sheets.html[:begin] + blotted + sheets.html[end:])
            assert ("P463", one.file) in {(code, file) for code, file, _ in found}, one
            tried += 1
    assert tried > 40


def test_a_sheet_without_a_task_is_missed(sheets: Sheets) -> None:
    """All of its cards, and of nobody else's."""
    begin = sheets.html.index('<section class="task task-cards" id="sheet-2-cards"')
    end = sheets.html.index("</section>", begin)
    found = sheets.said(sheets.html[:begin] + sheets.html[end + len("</section>") :])
    cards = sheets.view.worksheets[1].cards
    assert len(found) == sum(bool(text) for card in cards for text in (card.title, card.text))
    assert {"chronology.yaml"} == {file for _, file, _ in found}
