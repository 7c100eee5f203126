"""Sheets on leaves: what is cut out has nothing behind it, and no paper costs leaves of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press import locale
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import EDITIONS
from press.design.styles import flatten
from press.pipeline import make
from press.plates.style import token_length
from press.views.view import Work
from tests.classroom.test_classroom import pages_of


@pytest.mark.usefixtures("own_fonts")
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_cards_of_several_leaves_have_nothing_on_their_backs(school: Snapshot, paper: str) -> None:
    """Eight of them stand on a leaf, and the next begin on the front of another."""
    events = school.files["chronology.yaml"].decode()
    more = "".join(
        f"  - {{id: more{n}, title: More {n}, date: 1870-01-{n + 1:02}, text: It was so., "
        f"category: climb, essential: true, sources: [whymper]}}\n"
        for n in range(9)
    )
    files = {
        **school.files,
        "chronology.yaml": f"{events.rstrip()}\n{more}".encode(),
        "questions.yaml": school.files["questions.yaml"].replace(b"cards: 3", b"cards: 12"),
    }
    loaded = load(replace(school, files=files))
    work = Work("worksheet.pdf", loaded, EDITIONS["worksheet"], "default", engine_files())
    pages = pages_of(make(replace(work, paper=paper)).pdf)
    begun = next(n for n, page in enumerate(pages) if " cut along the dashed lines " in page)
    cards = [n for n in range(begun, len(pages)) if " no " in pages[n]]
    assert [pages[n].count(" no ") for n in cards] == [8, 4]
    assert not any(n % 2 for n in cards)
    assert not any(pages[n + 1].strip() for n in cards)
    assert " the back of this leaf stays blank " in pages[cards[0]]


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_why_a_page_is_blank_stands_before_it(language: str) -> None:
    """Beside the cards, in the language of the worksheet, as its own sentence."""
    last = locale.messages(language)["worksheet.cards.back"]
    assert {"en": "blank", "de": "leer", "fr": "blanc"}[language] in last


def test_a_page_of_letter_has_as_many_lines_to_write_on_as_one_of_a4() -> None:
    """Or tasks that fill pages of A4 go over on Letter, and leave pages half empty behind them."""
    lines = []
    for paper in ("a4", "letter"):
        style = flatten(engine_files(), "default", "worksheet", paper)
        height, line = (
            token_length(style, f"--{one}", 0) for one in ("sheet-height", "writing-line")
        )
        assert 7.9 <= line <= 8.6
        lines.append(int(height / line))
    assert lines[0] == lines[1]
