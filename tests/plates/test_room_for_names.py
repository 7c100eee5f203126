"""Every name of the author's has room: beside its symbol, farther off, smaller, by a letter."""

from __future__ import annotations

import pytest

from press import plates
from press.base.boxes import overlap
from press.content.load import load
from press.content.model import Dossier
from press.content.snapshot import engine_files, read
from press.design import styles
from press.design.editions import named
from press.plates import Drawing
from press.plates.maps.names import broken
from press.plates.maps.point_labels import PointLabel, place_afar
from press.plates.space import Space
from tests.conftest import REFERENCE, ROOT

BARE = {"relief": False, "tints": False, "rivers": False, "towns": False}


@pytest.fixture(scope="module")
def reference() -> Dossier:
    return load(read(ROOT / "content" / REFERENCE)).dossier


def drawn(dossier: Dossier, plate: str, edition: str, paper: str) -> Drawing:
    style = styles.flatten(engine_files(), "default", named(edition).sheet_name, paper)
    asked = next(one for one in dossier.plates.plates if one.id == plate)
    return plates.draw_plate(asked.model_copy(update=BARE), dossier, style, {})


@pytest.mark.parametrize(
    ("edition", "paper"),
    [("booklet", "a5"), ("booklet", "half-letter"), ("large-print", "a4"), ("dossier", "letter")],
)
def test_small_maps_in_a_row_name_every_town(edition: str, paper: str, reference: Dossier) -> None:
    """Each town that one of three small maps marks bears its name there, or a letter."""
    made = drawn(reference, "stages", edition, paper)
    marked = {box.key for box in made.boxes if not box.text}
    assert len(marked) == 1 + 4 + 5
    assert marked <= {box.key for box in made.boxes if box.text}
    assert not made.dropped
    words = [box for box in made.boxes if box.text]
    assert not any(overlap(a.box, b.box) for a in words for b in words if a.key < b.key)


def test_a_name_without_its_date_has_it_in_the_legend(reference: Dossier) -> None:
    """Which places of a small map lack the date that the legend promises, it says; air is above."""
    made = drawn(reference, "stages", "booklet", "half-letter")
    items = (i for column in made.columns for group in column.groups for i in group.items)
    (said,) = (item.text for item in items if item.text.startswith("Without its date"))
    words = [box for box in made.boxes if box.text]
    bare = [one for one in words if one.text in said]
    assert {"Jabrayil", "Zangilan"} <= {one.text for one in bare}
    for one in bare:
        left, top, right, bottom = one.box
        around = (left, top - 0.6, right, bottom + 0.6)
        assert not any(overlap(around, other.box) for other in words if other is not one), one


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_an_area_is_named_where_towns_crowd_it(paper: str, reference: Dossier) -> None:
    """In large print the towns of Nagorno-Karabakh leave its name no room, and give way."""
    made = drawn(reference, "campaign", "large-print", paper)
    assert "Nagorno-Karabakh" not in made.dropped
    assert {"line-0"} == {box.key for box in made.boxes if box.text == "NAGORNO-KARABAKH"}


def test_names_are_broken_over_three_lines_alike() -> None:
    """On one line, two and three, the longest of which is as short as can be."""
    assert broken("FUZULI") == [("FUZULI",)]
    assert broken("NAGORNO-KARABAKH")[1:] == [("NAGORNO-", "KARABAKH")]
    assert broken("A LONG NAME OF IT")[1:] == [
        ("A LONG", "NAME OF IT"),
        ("A LONG", "NAME", "OF IT"),
    ]


def hemmed_in(*labels: PointLabel) -> Space:
    """A space in which nothing is free beside these labels' symbols, as tall as a word."""
    space = Space(60, 60)
    for one in labels:
        around = [(dx, dy) for dx in (-3, 3) for dy in (-3, 3)]
        space.take(
            *((one.x + a - 1, one.y + b - 1, one.x + a + 1, one.y + b + 1) for a, b in around)
        )
    return space


def test_a_leader_reaches_past_what_stands_beside() -> None:
    """The name stands clear of all that is taken, at the end of a line that crosses nothing."""
    label = PointLabel("a", 30, 30, 1.2, 8, 2.5, 1)
    space = hemmed_in(label)
    before = [*space.taken]
    (found,) = place_afar(space, [label], []).values()
    assert found.leader
    assert not any(overlap(found.box, box) for box in before)
    assert len(space.taken) > len(before) + 1


def test_no_name_at_a_leader_is_taken_for_that_of_another_symbol() -> None:
    """It keeps away from symbols that are not its own."""
    label = PointLabel("a", 30, 30, 1.2, 8, 2.5, 1)
    (first,) = place_afar(hemmed_in(label), [label], []).values()
    left, top, _, bottom = first.box
    symbol = (left - 1.5, top, left - 0.5, bottom)
    (other,) = place_afar(hemmed_in(label), [label], [symbol]).values()
    assert other.box != first.box


def test_among_many_names_nobody_could_follow_leaders() -> None:
    """Nine that lack room have letters instead."""
    labels = [PointLabel(str(n), 5 + 6 * n, 30, 1.2, 3, 2, 1) for n in range(9)]
    assert len(place_afar(Space(60, 60), labels[:8], [])) == 8
    assert not place_afar(Space(60, 60), labels, [])
