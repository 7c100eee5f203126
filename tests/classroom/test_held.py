"""What a worksheet draws of a dossier stands on it: taken out of its words, it is missed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

import pytest

from press.classroom.held import held, unheld
from press.classroom.outline import outline, outline_plate
from press.classroom.prepare import KEY, worksheets_for
from press.classroom.roster import Pupil
from press.classroom.worksheet_view import Worksheets
from press.content.load import Loaded, load
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import Edition, named
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
    is_key: bool = False

    def said(self, html: str) -> list[tuple[str, str, int]]:
        """(code, file, line) of what is missed in a HTML."""
        pages = replace(NO_PAGES, text=html)
        found = unheld(self.loaded, self.view, pages, is_key=self.is_key)
        return [(one.code, one.file.rpartition("/")[2], one.line) for one in found]


@pytest.fixture(scope="module", params=["worksheet", "answers"])
def sheets(school: Snapshot, request: pytest.FixtureRequest) -> Sheets:
    """With and without answers."""
    return sheets_of(school, named(request.param))


@pytest.fixture(scope="module")
def key(school: Snapshot) -> Sheets:
    """The answers of a class, what its sheets share printed once."""
    return sheets_of(school, replace(named("answers"), template=KEY))


def sheets_of(school: Snapshot, edition: Edition) -> Sheets:
    """The sheets of two pupils in an edition."""
    work = Work("a.pdf", load(school), edition, "default", engine_files())
    bench = bench_for(work)
    prose, task = unlinked(bench.prose), outline(bench, work.edition.answers)
    prepared = worksheets_for(PUPILS, bench, prose, task)
    assert isinstance(prepared.page, Worksheets)
    return Sheets(work.loaded, prepared.page, prepared.html.text, edition.template == KEY)


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


def test_a_whole_key_is_silent(key: Sheets) -> None:
    """It prints no passage, no card and no term, and none of these is missed."""
    assert [] == key.said(key.html)


def test_every_answer_of_a_key_is_held(key: Sheets) -> None:
    """Of what all share and what is one sheet's alone: taken out, each is missed."""
    shared = key.view.worksheets[0]
    told = [name for _, name in (shared.map.answers if shared.map else ())]
    told += [prompt.html for reading in shared.readings for prompt in reading.prompts]
    told += [answer.html for one in shared.questions for answer in one.answers]
    told += [gap.answer for sheet in key.view.worksheets for gap in sheet.gaps]
    assert len(told) > 12
    for words in filter(None, map(str, told)):
        assert words in key.html
        assert key.said(key.html.replace(words, "")), words


def test_credits_stand_on_a_sheet_but_not_the_names_that_are_asked_for(school: Snapshot) -> None:
    """Who is credited is printed under the map; a credit that holds an answer waits for the key."""
    raw = school.files["dossier.yaml"].replace(
        b"attributions:\n",
        b"attributions:\n  - {what: Coordinates of Zermatt, credit: Swisstopo, licence: CC0}\n",
    )
    own = Snapshot(school.slug, school.label, {**school.files, "dossier.yaml": raw})
    pupils = sheets_of(own, named("worksheet")).html
    # Each value in an element of its own, so that one with the words of an answer stops no build.
    assert (
        "<span>Base map</span>: <span>Natural Earth</span>, <span>public domain</span>." in pupils
    )
    assert "Swisstopo" not in pupils
    assert (
        "<span>Coordinates of Zermatt</span>: <span>Swisstopo</span>, <span>CC0</span>."
        in sheets_of(own, replace(named("answers"), template=KEY)).html
    )


def test_an_area_that_is_only_named_is_not_outlined(school: Snapshot) -> None:
    """The red line is of what the dossier tells; a name for orientation stays, an answer goes."""
    areas = (
        b"    areas:\n      - {name: Valais, country: CHE, legend: Told of}\n"
        b"      - {name: Bern, country: CHE, style: name, label: Bernese Oberland}\n"
        b"      - {name: Ticino, country: CHE, style: name, label: Around Zermatt}\n"
    )
    raw = school.files["plates.yaml"].replace(
        b"    show: places\n", b"    show: places\n" + areas, 1
    )
    own = load(Snapshot(school.slug, school.label, {**school.files, "plates.yaml": raw}))
    plate = outline_plate(own.dossier, filled=False)
    assert plate is not None
    assert [(area.name, area.style) for area in plate.areas] == [
        ("Valais", "outline"), ("Bern", "name"),
    ]  # fmt: skip
