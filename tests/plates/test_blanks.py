"""Lines to write names on: the same numbers on every paper, nothing hidden, nothing crossed."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
import shapely

from press.base.boxes import Box
from press.classroom.outline import outline_plate
from press.content.load import load
from press.content.model import Extent, Map, Place
from press.content.snapshot import Snapshot, engine_files
from press.design import styles
from press.plates.maps.blanks import numbered
from press.plates.maps.draw import _panel
from press.plates.maps.input import MapCanvas, MapInput
from press.plates.maps.point_labels import PointLabel, place_afar
from press.plates.space import Space


def place(ident: str, at: str) -> Place:
    return Place.model_validate({"id": ident, "name": ident, "at": at, "kind": "town"})


def order(at: Iterable[str], extent: Extent | None = None) -> list[str]:
    """The places of "north 50.4, 8" in the order of their numbers."""
    places = [place(*one.split(" ", 1)) for one in at]
    made = numbered(places, extent)
    assert made == numbered(reversed(places), extent)
    assert sorted(made.values()) == [*range(1, len(places) + 1)]
    return sorted(made, key=made.__getitem__)


@pytest.mark.parametrize(
    ("at", "found"),
    [
        # What differs in height by little stands in one band, as an eye reads it.
        (["east 46.0, 9.9", "west 45.9, 6", "north 48, 8", "south 44, 5"], "north west east south"),
        # Four islands about 180 degrees, the first of them in the west of it.
        (["b -17, 179.9", "c -17, -179.5", "a -17, 178", "d -17, -177"], "a b c d"),
        (["one 50, 8"], "one"),
        (["a 50, 8", "b 50, 8"], "a b"),
        (["south -80, 100", "north 80, 100"], "north south"),
    ],
)
def test_numbers_follow_where_places_lie(at: list[str], found: str) -> None:
    """From the north to the south, from west to east; never the order of the gazetteer."""
    assert order(at) == found.split()


def test_what_only_a_broader_picture_shows_is_numbered_last() -> None:
    """A place beyond the box that is asked for leaves the numbers of the others as they are."""
    box = Extent(west=177, south=-20, east=-178, north=-15)
    assert order(["a -16, 178", "b -19, -179"], box) == ["a", "b"]
    assert order(["out -16, 175", "north -14, 179", "a -16, 178", "b -19, -179"], box) == [
        "a", "b", "north", "out"
    ]  # fmt: skip


IDS = ("breuil", "zermatt", "matterhorn")


def outlined(matterhorn: Snapshot, paper: str, width: float, height: float) -> MapCanvas:
    dossier = load(matterhorn).dossier
    plate = outline_plate(dossier, filled=False)
    assert isinstance(plate, Map)
    plate = plate.model_copy(update={"blanks": IDS, "rivers": False})
    style = styles.flatten(engine_files(), "default", "worksheet", paper)
    return _panel(MapInput(plate, dossier, style, "", {}), width, height).canvas


def test_lines_have_the_same_numbers_on_every_paper_and_keep_off_frontiers(
    matterhorn: Snapshot,
) -> None:
    """Broad or high, a map numbers its blanks alike; a leader leads to one that would cross."""
    broad, high = (outlined(matterhorn, *on) for on in (("a4", 140, 110), ("letter", 110, 120)))
    assert broad.blanks == high.blanks == {"zermatt": 1, "matterhorn": 2, "breuil": 3}
    for canvas in (broad, high):
        lines = [box.box for box in canvas.boxes if box.key in IDS and box.text]
        assert len(lines) == 3
        frontiers = [line for line, cost in canvas.space.soft if cost == 0.9]
        assert frontiers
        crossed = [box for box in lines if shapely.box(*box).intersects(frontiers).any()]
        assert crossed == []
        assert sum(map(led, canvas.layers["symbols"])) == 1
    # Under the lines boundaries and shores go on.
    assert sum("blank-line" in each for each in broad.layers["text"]) == 3
    assert not re.search(r"<rect[^>]*(halo|ground)", "".join(broad.layers["text"]))


def led(element: str) -> bool:
    return '"name-leader"' in element


def test_leader_ends_at_the_number_or_at_the_line() -> None:
    """It points to what a pupil writes on, from whichever side it comes."""
    walls: list[tuple[Box, str]] = [
        ((0, 0, 49.7, 100), "E"), ((50.3, 0, 100, 100), "W"), ((0, 49.7, 100, 100), "N"),
        ((0, 0, 100, 50.3), "S"),
    ]  # fmt: skip
    label = PointLabel("x", 50, 50, 0.8, 26, 5.2, 1, line=5)
    for wall, side in walls:
        space = Space(100, 100)
        space.take(wall)
        placed = place_afar(space, [label], [label.own])["x"]
        assert placed.side == side
        (left, top, right, bottom), (x, y) = placed.box, placed.leader[-1]
        match side:
            case "E":
                assert left - 1 < x < left
                assert bottom - 3 < y < bottom - 1  # half the height of its number
            case "W":
                assert right < x < right + 1
                assert y == pytest.approx(bottom - 0.6, abs=0.1)
            case "N":
                assert left < x < right
                assert bottom < y < bottom + 1
            case _:
                assert left < x < left + 5
                assert top < y < bottom - 3.2
