"""Tables that are wider than the page come in parts, and lose neither a column nor a row."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from press.base import pdfium
from press.content.model import Column
from press.content.snapshot import engine_files, read
from press.design.calc import points
from press.design.styles import Style, flatten
from press.views.values import ValueView
from press.views.wide_tables import (
    _letters,
    _width,
    column_widths,
    divided,
    divided_in,
    unbroken,
)
from tests.conftest import HERE, set_edition

WIDE = HERE / "cases" / "47-table-14-columns"


@pytest.fixture(scope="module")
def style() -> Style:
    """The look of a dossier on A4."""
    return flatten(engine_files())


def table(columns: int, word: str = "1,728,384") -> Markup:
    """A table of a chapter with so many columns beside the first."""
    head = "".join(f'<th scope="col">c{n}</th>' for n in range(columns))
    row = "".join(f"<td>{word}</td>" for _ in range(columns))
    first = '<td><a id="cite-a-1" href="#source-a">Agdam</a><span class="note">x</span></td>'
    html = (
        f'<table><thead><tr><th scope="col">Town</th>{head}</tr></thead>'
        f"<tbody><tr>{first}{row}</tr></tbody></table>"
    )
    return Markup(html)  # noqa: S704


def test_a_table_that_fits_stays_as_it_is(style: Style) -> None:
    assert divided_in(table(4), style) == table(4)


def test_a_wide_table_is_divided_and_each_part_begins_with_the_first_column(style: Style) -> None:
    html = divided_in(table(13), style)
    parts = html.split("</table>")[:-1]
    assert len(parts) == 3
    assert [re.findall(r">(c\d+|Town)<", part)[0] for part in parts] == ["Town"] * 3
    assert re.findall(r">(c\d+)<", html) == [f"c{n}" for n in range(13)]
    assert html.count("1,728,384") == 13


def test_what_hangs_on_the_first_column_is_printed_once(style: Style) -> None:
    html = divided_in(table(13), style)
    assert html.count("cite-a-1") == html.count('class="note"') == 1
    assert html.count("Agdam") == 3


def test_a_word_that_no_page_holds_is_left_to_the_proof(style: Style) -> None:
    assert divided_in(table(1, "x" * 200), style) == table(1, "x" * 200)


@pytest.mark.usefixtures("own_fonts")
def test_fourteen_columns_are_on_the_page() -> None:
    """The case of a table of the data: nothing runs off, and the sources stand once for a row."""
    made = set_edition(read(WIDE, "table-14-columns"))
    assert [finding for finding in made.findings if finding.code == "P408"] == []
    with pdfium.opened(made.pdf) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    for year in range(1901, 1914):
        assert text.count(f"Year {year}") == 1
    assert text.count("Year 1900") == 2
    assert text.count("5,185,152") == 1


@pytest.mark.parametrize(
    ("most", "room", "whole"),
    [
        ((60, 40, 300, 500), 400, [True, True, False, False]),
        ((110, 40, 300, 500), 400, [True, True, False, False]),
        ((130, 40, 300, 500), 400, [False, True, False, False]),
        ((100, 100, 100, 100), 400, [True, True, True, True]),
        ((101, 100, 100, 100), 400, [False, True, True, True]),
        ((500,), 400, [False]),
    ],
)
def test_short_columns_are_not_squeezed(
    most: tuple[float, ...], room: float, whole: list[bool]
) -> None:
    """A column that needs no more than its share of the room keeps its lines whole.

    What it leaves is shared by the others: 110 of 400 is more than a quarter, and less than a third
    of what a column of 40 leaves.
    """
    assert whole == unbroken([30.0] * len(most), most, room)


def test_a_short_column_gives_way_to_the_longest_words_of_others() -> None:
    """What the others must have comes before what one would like to have."""
    assert [False, False] == unbroken([40.0, 330.0], [90.0, 900.0], 400.0)
    assert [True, False] == unbroken([40.0, 310.0], [90.0, 900.0], 400.0)


@pytest.mark.parametrize(
    ("least", "most", "widths"),
    [
        ((30, 30), (100, 100), [200, 200]),
        ((30, 30, 30), (50, 400, 700), [50, 30 + 290 * 370 / 1040, 30 + 290 * 670 / 1040]),
        ((60, 91, 70, 80), (111, 91, 200, 330), None),
    ],
)
def test_columns_fill_the_page_and_break_no_word(
    least: tuple[float, ...], most: tuple[float, ...], widths: list[float] | None
) -> None:
    """Together they are as wide as the page; each has its longest word, and long ones get more."""
    found = column_widths(least, most, 400.0)
    assert 400.0 == pytest.approx(sum(found))
    assert all(width >= low for width, low in zip(found, least, strict=True))
    assert widths is None or widths == pytest.approx(found)


def _html(words: str) -> Markup:
    return Markup("{}").format(words)


def test_a_space_without_a_break_holds_words_together(style: Style) -> None:
    """A column is as wide as the longest piece that no line may divide, and all fill the page."""
    columns = tuple(Column(key=key, label="D", draws=None) for key in "ab")
    shares = []
    for day in ("12 Novem ber", "12\N{NO-BREAK SPACE}Novem\N{NO-BREAK SPACE}ber"):
        cells = [(ValueView(_html(day)), ValueView(_html("long " * 400)))] * 2
        (part,) = divided((columns[0], columns[1]), cells, ["", ""], style)
        shares.append(part.widths)
        least = _width(columns[0], [cells[0][0]], _letters(style))
        room = points(style.tokens["--body-width"]) or 0
        assert part.widths[0] >= 100 * least / room - 0.01
        assert 100.0 == pytest.approx(sum(part.widths), abs=0.02)
    spaced, held = (_width(columns[0], [ValueView(_html(day))], _letters(style))
                    for day in ("12 November", "12\N{NO-BREAK SPACE}November"))  # fmt: skip
    assert held > spaced


def test_the_last_column_has_room_for_the_sources_in_it(style: Style) -> None:
    """Two columns of as many words are as wide, and where sources stand in one that is wider."""
    columns = (Column(key="a", label="A", draws=None), Column(key="b", label="B", draws=None))
    cells = [(ValueView(_html("long " * 60)), ValueView(_html("long " * 60)))] * 2
    (plain,) = divided(columns, cells, ["", ""], style)
    (sourced,) = divided(columns, cells, ["UN SC resolution; " * 9, ""], style)
    assert plain.widths[1] < 50.1 < sourced.widths[1] < 75


def test_columns_stand_closer_on_small_papers() -> None:
    """The room between columns is that of the style sheets."""
    small, large = (_letters(flatten(engine_files(), paper=p)).gap for p in ("a5", "a4"))
    assert small == pytest.approx(points("2.5mm")) != pytest.approx(large)
