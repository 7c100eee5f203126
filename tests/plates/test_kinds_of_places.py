"""A place is drawn as what it is, where something happened too: its symbol, signs beside it."""

from __future__ import annotations

import itertools
import re

import pytest
import shapely

from press import locale, plates
from press.base.boxes import overlap
from press.content.load import load
from press.content.model import Dossier, Place
from press.content.snapshot import Snapshot, engine_files
from press.design import styles
from press.design.editions import named
from press.plates import Drawing
from press.plates.geometry import gap
from press.plates.maps.frame import fit
from press.plates.maps.places import _rank, sided
from press.plates.maps.projection import Bounds
from press.plates.maps.symbols import Edge, Spot

BARE = {"relief": False, "tints": False, "rivers": False, "towns": False}
FRAME = fit(Bounds(6.0, 45.0, 9.0, 47.0), 80.0, 80.0)


@pytest.fixture(scope="module")
def dossier(matterhorn: Snapshot) -> Dossier:
    return load(matterhorn).dossier


def drawn(dossier: Dossier, edition: str = "dossier", **changes: object) -> Drawing:
    style = styles.flatten(engine_files(), "default", named(edition).sheet_name, "a4")
    asked = dossier.plates.plates[0].model_copy(update={**BARE, **changes})
    return plates.draw_plate(asked, dossier, style, {})


def explained(made: Drawing) -> list[str]:
    return [item.text for column in made.columns for g in column.groups for item in g.items]


def of(made: Drawing, place: str) -> list[str]:
    """The classes of what is drawn of a place, in order."""
    return re.findall(rf'data-of="place-{place}[^"]*" class="([^"]+)"', made.svg)


@pytest.mark.parametrize("edition", ["dossier", "handout", "ink-saver", "large-print", "worksheet"])
def test_a_place_with_an_event_has_the_symbol_of_its_kind(dossier: Dossier, edition: str) -> None:
    """Zermatt and Breuil are no peaks, though a triangle stands for a climb; the Matterhorn is."""
    made = drawn(dossier, edition)
    assert of(made, "zermatt") == ["place", "sign cased category-1"]
    assert of(made, "breuil") == ["place", "sign cased category-1"]
    assert of(made, "matterhorn") == [
        "place", "dot", "sign cased category-1", "sign cased category-2",
    ]  # fmt: skip
    assert made.svg.count('<circle data-of="place-zermatt') == 1
    assert made.svg.count('<path data-of="place-matterhorn') == 4
    assert {"Village, hamlet", "Mountain", "Climb", "Loss"} <= {*explained(made)}


def test_a_place_with_numbers_has_the_symbol_of_its_kind(dossier: Dossier) -> None:
    """The disc with the numbers stands beside it, and both are in the legend."""
    made = drawn(dossier, markers="numbers")
    assert of(made, "zermatt") == ["place", "marker", "label-marker"]
    assert of(made, "matterhorn") == ["place", "dot", "marker", "label-marker"]
    assert {"Village, hamlet", "Mountain", "The summit"} <= {*explained(made)}


@pytest.mark.parametrize(
    ("kind", "language", "rank"),
    [
        ("mountain", "en", "peak"),
        ("highest peak of the massif", "en", "peak"),
        ("extinct volcano", "en", "peak"),
        ("Volcano (active)", "en", "peak"),
        ("mountain pass", "en", "town"),
        ("mountain village", "en", "village"),
        ("hut on the mountain", "en", "town"),
        ("capital on a hill", "en", "capital"),
        ("Berggipfel", "de", "peak"),
        ("Berg bei Zermatt", "de", "peak"),
        ("Berghütte", "de", "town"),
        ("Bergdorf", "de", "village"),
        ("sommet de montagne", "fr", "peak"),
        ("volcan éteint", "fr", "peak"),
        ("col de montagne", "fr", "town"),
        ("none", "en", "town"),
    ],
)
def test_a_kind_is_read_by_what_it_is_a_kind_of(kind: str, language: str, rank: str) -> None:
    """A pass in the mountains is no mountain, in any language of the press."""
    place = Place.model_validate({"id": "p", "name": "P", "at": "46, 7", "kind": kind})
    assert _rank(locale.messages(language), place) == rank


def spot(key: str, x: float, y: float, *categories: str) -> Spot:
    return Spot(key, key, "", x, y, "event", 50, categories=categories)


@pytest.mark.parametrize("turn", range(8))
def test_signs_stand_where_they_are_nobody_elses(turn: int) -> None:
    """Beside another place they go to the other side of their own, whatever its direction."""
    right, under = [(0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)][turn]
    pair = [spot("a", 40, 40, "one", "two"), spot("b", 40 + right * 4, 40 + under * 4)]
    one, other = sided(pair, FRAME)
    assert min(gap(box, other.symbol_box) for box in one.sign_boxes) >= 1.3
    assert min(gap(box, one.symbol_box) for box in one.sign_boxes) < 0.4


def test_signs_of_neighbours_stand_apart_and_in_the_map() -> None:
    """Where two places have signs they do not meet, and at the foot of a map they are in it."""
    pair = sided([spot("a", 40, 40, "one", "two"), spot("b", 44, 38, "one")], FRAME)
    boxes = [box for one in pair for box in one.sign_boxes]
    assert not any(overlap(a, b) for a, b in itertools.combinations(boxes, 2))
    (low,) = sided([spot("a", 40, 78.5, "one")], FRAME)
    assert low.signed != "S"
    assert low.box[3] < FRAME.height
    assert sided([spot("a", 40, 40, "one")], FRAME)[0].signed == "S"


@pytest.mark.parametrize("turn", range(4))
def test_signs_hide_no_arrow(turn: int) -> None:
    """An arrow that ends at a place has its head free, from wherever it comes."""
    right, under = [(0, 1), (1, 0), (0, -1), (-1, 0)][turn]
    course = shapely.LineString([(40 + 20 * right, 40 + 20 * under), (40, 40)])
    (one,) = sided([spot("a", 40, 40, "one", "two", "three")], FRAME, [course])
    assert min(shapely.box(*box).distance(course) for box in one.sign_boxes) >= 0.8
    assert one.signed == ("E" if turn == 0 else "S")


@pytest.mark.parametrize("side", ["S", "E", "N", "W"])
def test_signs_keep_to_their_side_of_the_symbol(side: Edge) -> None:
    """One or six, as near as the other on each side, and clear of it."""
    for count in range(1, 7):
        made = Spot("a", "a", "", 40, 40, "event", 50, signed=side,
                    categories=tuple(map(str, range(count))))  # fmt: skip
        away = [gap(box, made.symbol_box) for box in made.sign_boxes]
        assert min(away) == pytest.approx(0.35, abs=0.01)
        across = {"E": 1, "W": -1}.get(side, 0), {"S": 1, "N": -1}.get(side, 0)
        for left, top, right, bottom in made.sign_boxes:
            middle = (left + right) / 2 - 40, (top + bottom) / 2 - 40
            assert sum(a * b for a, b in zip(across, middle, strict=True)) > 0
