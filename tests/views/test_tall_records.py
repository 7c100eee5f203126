"""Records that take much of a page may go over to the next."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from markupsafe import Markup

from press.views.gazetteer import PlaceView
from press.views.things import NameView
from press.views.values import LINE, LONG, TALL

PLACE = PlaceView(SimpleNamespace(name="Agdam"), "place-agdam", {}, Markup(""), ())


@pytest.mark.parametrize(
    ("lines", "tall", "long"),
    [(TALL, False, False), (TALL + 1, True, False), (LONG, True, False), (LONG + 1, True, True)],
)
def test_a_place_is_as_tall_as_its_lines(lines: int, tall: bool, long: bool) -> None:
    """Its role, its facts, its dates and each of its names count, and no tags."""
    role = Markup("<b>{}</b>").format("a" * lines * LINE)
    assert (tall, long) == _tall(replace(PLACE, told={"role": role}))
    fact = ("area", Markup("<i>{}</i>").format("a" * (lines * LINE - 5)))
    assert (tall, long) == _tall(replace(PLACE, facts=(fact,)))
    assert (tall, long) == _tall(replace(PLACE, events=(("event-a", "d" * lines * LINE),)))
    name = NameView(SimpleNamespace(name="b"), "Mada", joined=False)  # type: ignore[arg-type]
    assert (tall, long) == _tall(replace(PLACE, names=(name,) * lines))


def test_what_is_said_of_a_name_takes_lines_of_its_own() -> None:
    """Its column is narrow: of names with a standing of three lines each, five are tall."""
    said = "Armenian, name used by the Karabakh Armenian authorities"
    name = NameView(SimpleNamespace(name="b"), said, joined=False)  # type: ignore[arg-type]
    assert not replace(PLACE, names=(name,) * 4).tall
    assert replace(PLACE, names=(name,) * 5).tall


def _tall(place: PlaceView) -> tuple[bool, bool]:
    return place.tall, place.long
