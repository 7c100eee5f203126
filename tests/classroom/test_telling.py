"""What tells an answer: a date, a name or a number in whatever spelling, wherever it stands."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import cast

import pikepdf
import pytest

from press import dates
from press.classroom import tasks
from press.classroom.leaks import _read, leaks
from press.classroom.telling import Shown, Sought, sought_answer, tells
from press.classroom.worksheet_view import Worksheets
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import EDITIONS
from press.views.strip_links import folded
from press.views.view import Work
from tests.conftest import document_of, once

DAY = Sought(("2 September 1991",), (dates.parse("1991-09-02"),))
STRETCH = Sought(("14–17 August 1993",), (dates.parse("1993-08-14~/1993-08-17~"),))
MONTH = Sought(("June 1993",), (dates.parse("1993-06"),))


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        (DAY, "The state proclaimed on 2 September 1991 in the former oblast."),
        (DAY, "September 2, 1991"),
        (DAY, "on 2 Sept. 1991"),
        (DAY, "on the 2nd September"),
        (DAY, "from 1–3 September 1991"),
        (DAY, "1 or 2 September"),
        (DAY, "on 1991-09-02"),
        (DAY, "am 2.9.1991"),
        (DAY, "9/2/1991"),
        (DAY, "02/09/1991"),
        (STRETCH, "one report counts it from 17 August"),
        (STRETCH, "on 15 August 1993"),
        (MONTH, "since June 1993"),
        (Sought(("Horadiz",), name=True), "In September the capture of Horadiz’s station"),
        (Sought(("Zermatt",), name=True), "die Führer Zermatts"),
        (Sought(("Fuzuli", "Füzuli"), name=True), "the town of Füzuli"),
        (sought_answer("60,000 people"), "about 60 000 fled"),
        (sought_answer("60,000 people"), "about 60.000"),
        (sought_answer("1865"), "The Matterhorn 1865"),
    ],
)
def test_answer_is_found_in_any_spelling(sought: Sought, text: str) -> None:
    """Whoever writes a date or a number another way has told it all the same."""
    assert tells(sought, text, ("en", "de"))


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        (DAY, "on 3 September 1991"),
        (DAY, "on 2 September 1992"),
        (DAY, "early in September 1991"),
        (DAY, "in 1991"),
        (DAY, "paragraphs 2 and 9, 1991"),
        (STRETCH, "in August 1993"),
        (MONTH, "in July 1993"),
        (Sought(("Bar",), name=True), "Barda"),
        (Sought(("Agdam",), name=True), "Magdam"),
        (sought_answer("60,000 people"), "about 160,000 fled, 600 of them"),
        (sought_answer("12 people"), "12 questions"),
        (sought_answer("500 metres"), "500 people"),
    ],
)
def test_what_is_like_an_answer_tells_nothing(sought: Sought, text: str) -> None:
    """Another day, a month alone, a part of a word or of a number."""
    assert not tells(sought, text, ("en", "de"))


def worksheet_of(snapshot: Snapshot) -> Worksheets:
    """The worksheet of a dossier as its template gets it."""
    work = Work("worksheet.pdf", load(snapshot), EDITIONS["worksheet"], "default", engine_files())
    return cast("Worksheets", document_of(work).page)


@pytest.fixture(scope="session")
def plain(run_folder: Path, school: Snapshot) -> Worksheets:
    """The worksheet of the school."""
    return once(run_folder, "plain-worksheet", lambda: worksheet_of(school))


def test_gap_is_not_answered_elsewhere(school: Snapshot) -> None:
    """Thirty seeds: what a row asks for stands in no other row, card or text of the worksheet."""
    dossier = load(school).dossier
    told = [Shown("question x", "On June 21st, 1865, a plan was made, and Breuil was far.")]
    asked = set()
    for seed in range(10_000, 10_030):
        chosen = tasks.choose(dossier, seed, [], str, told)
        cards = [f"{card.title} {card.text}" for card in chosen.cards]
        rows = [_texts(row) for row in chosen.rows]
        for row in chosen.rows:
            elsewhere = folded(" | ".join((*cards, *map(str, rows))))
            assert folded(row.sought.words[0]) not in elsewhere
            asked.add(row.sought.words[0])
    assert "21 June 1865" not in asked
    assert "Breuil" not in asked
    assert len(asked) > 5


def _texts(row: tasks.Gapped) -> str:
    """What a row prints beside its gap."""
    event = row.event
    text = f"{event.title} {event.text}"
    return text.replace(row.name, "_") if row.name else text


def test_told_gap_is_named_with_both_places(school: Snapshot, plain: Worksheets) -> None:
    """Were the date of a gap printed in a title, in figures, the finding has the event's line."""
    loaded = load(school)
    (worksheet,) = plain.worksheets
    gap = next(s for s in worksheet.secrets if s.task.startswith("gap") and s.sought.dates)
    day = gap.sought.dates[0].earliest
    telling = replace(plain, title=f"Since {day.day}.{day.month}.{day.year}")
    empty = _blank_pdf()
    assert [f for f in leaks(loaded, plain, empty, "w.pdf") if f.code == "P430"] == []
    (found,) = leaks(loaded, telling, empty, "w.pdf")
    assert found.code == "P430"
    assert found.file == "matterhorn/chronology.yaml"
    assert found.line > 0
    assert f"the answer of {gap.task} stands on the worksheet, in the head: " in found.message


def test_name_of_a_pupil_is_no_answer(school: Snapshot, plain: Worksheets) -> None:
    """A pupil who is called like the town that a gap asks for gets a worksheet all the same."""
    (worksheet,) = plain.worksheets
    gap = next(s for s in worksheet.secrets if s.task.startswith("gap"))
    named = replace(worksheet, name=f"Ada {gap.sought.words[0]}")
    same = replace(plain, worksheets=(named,))
    assert list(leaks(load(school), same, _blank_pdf(), "w.pdf")) == []


def test_joined_letters_are_read_either_way_round() -> None:
    """Lam and alef come back from a PDF the other way round, and are the same word."""
    assert _read("الجامع الأكبر") == _read("الجامع األكبر")
    assert _read("الجامع الأكبر") != _read("الجامع الأصغر")
    assert _read("Abba") != _read("Baab")


def _blank_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


def test_gap_that_a_question_tells_is_not_made(school: Snapshot, own_fonts: None) -> None:
    """The author asks for more gaps than can be made: the finding says what tells, and where."""
    raw = school.files["questions.yaml"].replace(b"gaps: 4", b"gaps: 12")
    raw = raw.replace(b"cards: 3", b"cards: 0")
    raw = raw.replace(b"by each account?", b"by each account? Whymper came on August 20th, 1860.")
    files = {**school.files, "questions.yaml": raw}
    work = Work(
        "worksheet.pdf", load(Snapshot("matterhorn", "matterhorn", files)),
        EDITIONS["worksheet"], "default", engine_files(),
    )  # fmt: skip
    prepared = document_of(work)
    (found,) = prepared.findings
    assert str(found).startswith("matterhorn/questions.yaml:")
    assert found.code == "P433"
    assert found.severity == "warning"
    assert " of 12 rows with gaps can be made; “20\u00a0August 1860” of plymouth " in found.message
    assert "(matterhorn/chronology.yaml:7:" in found.message
    assert ") stands in question how-long" in found.message
