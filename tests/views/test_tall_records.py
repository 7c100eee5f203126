"""Records that take much of a page may go over to the next."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from markupsafe import Markup

from press import locale
from press.base.templates import environment, filled
from press.content.snapshot import engine_files
from press.design.styles import flatten
from press.typeset.layout import TextRun
from press.typeset.typeset import typeset
from press.views.chronology import CategoryView, EventView
from press.views.gazetteer import PlaceView
from press.views.things import NameView
from press.views.values import LINE, LONG, NOTHING, ClaimView
from tests.typeset.test_typeset import document

THING = SimpleNamespace(name="Agdam", also=(), kind="town", district="")
PLACE = PlaceView(THING, "place-agdam", {}, Markup(""), ())


@pytest.mark.parametrize(
    ("lines", "long"),
    [(LONG, False), (LONG + 1, True)],
)
def test_a_place_is_as_long_as_its_lines(lines: int, long: bool) -> None:
    """Its role, its facts, its dates and each of its names count, and no tags."""
    role = Markup("<b>{}</b>").format("a" * lines * LINE)
    assert long is replace(PLACE, told={"role": role}).long
    fact = ("area", Markup("<i>{}</i>").format("a" * (lines * LINE - 5)))
    assert long is replace(PLACE, facts=(fact,)).long
    assert long is replace(PLACE, events=(("event-a", "d" * lines * LINE),)).long
    name = NameView(SimpleNamespace(name="b"), "Mada", joined=False)  # type: ignore[arg-type]
    assert long is replace(PLACE, names=(name,) * lines).long


def test_what_is_said_of_a_name_takes_lines_of_its_own() -> None:
    """Its column is narrow: of names with a standing of three lines each, eleven are long."""
    said = "Armenian, name used by the Karabakh Armenian authorities"
    name = NameView(SimpleNamespace(name="b"), said, joined=False)  # type: ignore[arg-type]
    assert not replace(PLACE, names=(name,) * 10).long
    assert replace(PLACE, names=(name,) * 3).tall > replace(PLACE, names=(name,) * 2).tall
    assert replace(PLACE, names=(name,) * 11).long


def printed_dates(number: int) -> list[TextRun]:
    """The dates of a place at which so many events happened, as the gazetteer sets them."""
    told = {"role": NOTHING, "note": NOTHING}
    place = replace(PLACE, events=(("event-a", "14 Jul 1865"),) * number, told=told)
    book = SimpleNamespace(gazetteer=SimpleNamespace(note="", entries=(place,)))
    words = locale.messages("en")
    html = filled(environment(engine_files()), "parts/gazetteer.html", book=book, w=words)
    css = flatten(engine_files(), "default", "dossier", "a4").css()
    pages = typeset(document(f'<p id="event-a">a</p>{html}', css))
    return [run for line in pages.layout.lines for run in line.runs if "1865" in run.text]


@pytest.mark.usefixtures("own_fonts")
@pytest.mark.parametrize(("number", "size"), [(8, 7), (9, 8)])
def test_many_dates_of_a_place_are_text_to_be_read(number: int, size: int) -> None:
    """More than a hundred letters of them are as large as notes, so that W503 stops no build."""
    assert {round(run.size, 1) for run in printed_dates(number)} == {size}


@pytest.mark.parametrize(("accounts", "long"), [(LONG - 1, False), (LONG, True)])
def test_an_event_is_as_long_as_its_accounts(accounts: int, long: bool) -> None:
    """What is told of it takes a line, each account another, each fact as well."""
    text = Markup("The town was <b>taken</b>.")
    plain = EventView("a", NOTHING, True, NOTHING, text, CategoryView("", NOTHING))
    account = ClaimView(Markup("23 July"), NOTHING, Markup("<i>Taz</i>"), preferred=False)
    assert long is replace(plain, claims=(account,) * accounts).long
    assert long is replace(plain, facts=(("taken", Markup("<i>4</i>")),) * accounts).long
