"""Every name of the author's has room: beside its symbol, farther off, smaller, by a letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from markupsafe import Markup

from press import plates
from press.base.boxes import overlap
from press.base.templates import environment
from press.content.load import load
from press.content.model import Dossier, Map
from press.content.model.plates import LabelOffset
from press.content.snapshot import Snapshot, engine_files, read
from press.design import styles
from press.design.editions import named
from press.plates import Drawing
from press.plates.geometry import gap
from press.plates.maps.draw import _panel
from press.plates.maps.extent import frame_of
from press.plates.maps.input import MapInput
from press.plates.maps.names import broken
from press.plates.maps.panel import canvas_of
from press.plates.maps.point_labels import PointLabel, place_afar, place_points, sure
from press.plates.maps.spot_labels import _letter
from press.plates.maps.symbols import Spot
from press.plates.space import Space
from press.plates.style import HALF
from press.views.view import unnamed_places
from tests.conftest import REFERENCE, ROOT

BARE = {"relief": False, "tints": False, "rivers": False, "towns": False}


@pytest.fixture(scope="module")
def reference() -> Dossier:
    return load(read(ROOT / "content" / REFERENCE)).dossier


DRAWN: dict[str, Drawing] = {}
"""The maps that were drawn, by what they were drawn from: a drawing is a value, so one suffices."""


def drawn(
    dossier: Dossier,
    plate: str,
    edition: str,
    paper: str,
    room: Mapping[str, str] | None = None,
    **changes: object,
) -> Drawing:
    """A map of a dossier, with changes to its entry."""
    key = repr((dossier.meta.title, plate, edition, paper, room, changes))
    if key not in DRAWN:
        DRAWN[key] = drawn_anew(dossier, plate, edition, paper, room or {}, changes)
    return DRAWN[key]


def drawn_anew(
    dossier: Dossier,
    plate: str,
    edition: str,
    paper: str,
    room: Mapping[str, str],
    changes: Mapping[str, object],
) -> Drawing:
    style = styles.flatten(engine_files(), "default", named(edition).sheet_name, paper)
    style = replace(style, tokens={**style.tokens, **room})
    asked = next(one for one in dossier.plates.plates if one.id == plate)
    return plates.draw_plate(asked.model_copy(update={**BARE, **changes}), dossier, style, {})


@pytest.mark.parametrize(
    ("edition", "paper"),
    [("booklet", "a5"), ("booklet", "half-letter"), ("large-print", "a4"), ("dossier", "letter")],
)
def test_small_maps_in_a_row_name_every_town(edition: str, paper: str, reference: Dossier) -> None:
    """Each town that one of three small maps marks bears its name there: they are wide enough."""
    made = drawn(reference, "stages", edition, paper)
    marked = {box.key for box in made.boxes if not box.text}
    assert len(marked) == 1 + 4 + 5
    assert marked <= {box.key for box in made.boxes if box.text}
    assert not made.dropped
    assert made.lost <= 1
    words = [box for box in made.boxes if box.text]
    assert not any(overlap(a.box, b.box) for a in words for b in words if a.key < b.key)


@pytest.mark.parametrize(("edition", "paper"), [("booklet", "a5"), ("large-print", "a4")])
def test_no_row_of_small_maps_ends_in_a_void(edition: str, paper: str, reference: Dossier) -> None:
    """Two and one, where three would be too small: the legend stands beside the one, in bounds."""
    made = drawn(reference, "stages", edition, paper)
    left, top, right, bottom = made.corner_box
    beside = [group.title for column in made.corner for group in column.groups]
    assert beside[:2] == ["Districts by date of capture", "Lines and areas"]
    assert 0 < left < right <= made.width
    assert 0 < top < bottom <= made.height + 1e-6
    assert all(box.box[2] <= left or box.box[3] <= top for box in made.boxes)
    overleaf = [column for part in made.further for column in part.columns]
    under = (*made.corner, *made.columns, *overleaf)
    shown = [group.title for column in under for group in column.groups]
    assert len(shown) == len({*shown})


def test_a_name_without_its_date_has_it_in_the_legend(reference: Dossier) -> None:
    """Where no page is free, it says which places lack their date on every map; air is above."""
    low = {"--plate-parts": "1", "--sheet-height": "190mm"}
    made = drawn(reference, "stages", "booklet", "half-letter", low)
    groups = (group for column in (*made.corner, *made.columns) for group in column.groups)
    items = (item for group in groups for item in group.items)
    (said,) = (item.text for item in items if item.text.startswith("Without its date"))
    words = [box for box in made.boxes if box.text]
    bare = [one for one in words if one.text in said]
    # Qubadli has its date on one of two maps.
    assert said.endswith("map: Fuzuli, 23 or 25\u00a0Aug; Zangilan, 28–29, 29 or 30\u00a0Oct")
    assert {"Fuzuli", "Zangilan"} == {one.text for one in bare}
    for one in bare:
        left, top, right, bottom = one.box
        around = (left, top - 0.6, right, bottom + 0.6)
        assert not any(overlap(around, other.box) for other in words if other is not one), one


def test_what_others_part_from_a_country_has_a_name(reference: Dossier) -> None:
    """That which the author gives it, and nothing drawn; else the country's."""
    plate = next(one for one in reference.plates.plates if one.id == "campaign")
    assert isinstance(plate, Map)
    named = [area for area in plate.areas if area.style == "name"]
    made = drawn(reference, "campaign", "dossier", "a4", areas=named, arrows=(), lines=())
    texts = [box.text for box in made.boxes]
    assert (texts.count("NAKHCHIVAN"), texts.count("AZERBAIJAN")) == (1, 1)
    assert "area-" not in made.svg
    assert all("Nakhchivan" not in i.text for c in made.columns for g in c.groups for i in g.items)
    made = drawn(reference, "campaign", "dossier", "a4", areas=(), arrows=(), lines=())
    texts = [box.text for box in made.boxes]
    assert (texts.count("NAKHCHIVAN"), texts.count("AZERBAIJAN")) == (0, 2)


def test_a_sheet_that_stands_alone_sends_nobody_to_its_colophon(reference: Dossier) -> None:
    """A poster has none; and a reader who knows a summit's height is told what tints are."""
    laid: dict[str, Any] = {"areas": (), "lines": (), "arrows": (), "show": ()}
    alone = {"--plate-parts": "1"}
    poster = drawn(reference, "campaign", "dossier", "a4", alone, tints=True, **laid)
    (cut,) = (credit for credit in poster.credits if "full credits" in credit)
    assert "(full credits in the dossier)" in cut
    assert any("a grid of heights 9 km apart" in remark for remark in poster.remarks)
    bound = drawn(reference, "stages", "dossier", "a4", relief=True, **laid)
    assert any("(full credits in the colophon)" in credit for credit in bound.credits)
    assert not any("km apart" in remark for remark in bound.remarks)


def test_no_letter_reads_as_part_of_a_name(reference: Dossier) -> None:
    """It stands on the other side of its place, where a name follows on its line."""
    plate = next(one for one in reference.plates.plates if one.id == "campaign")
    assert isinstance(plate, Map)
    given = MapInput(plate, reference, styles.flatten(engine_files()), "Map 1", {})
    canvas = canvas_of(given, frame_of(given, 60.0, 60.0)[0])
    canvas.record("other", "Khankendi", (38.0, 10.0, 56.0, 14.0))
    spot = Spot("hadrut", "Hadrut", "", 33.0, 12.0, "town", 2.0, reference.places["hadrut"])
    _letter(canvas, [spot])
    (box,) = (one.box for one in canvas.boxes if one.key == "hadrut")
    assert canvas.lettered == {"a": ("Hadrut", "")}
    assert box[2] < 33.0


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_an_area_is_named_where_towns_crowd_it(paper: str, reference: Dossier) -> None:
    """In large print the towns of Nagorno-Karabakh leave its name no room, and give way."""
    made = drawn(reference, "campaign", "large-print", paper)
    assert "Nagorno-Karabakh" not in made.dropped
    assert {"line-0"} == {box.key for box in made.boxes if box.text == "NAGORNO-KARABAKH"}


def own_and_other(made: Drawing) -> dict[str, tuple[float, float]]:
    """How far the words of each place are from its own sign, and from the nearest other, in mm."""
    signs = {box.key: box.box for box in made.boxes if not box.text}
    words = {box.key: box.box for box in made.boxes if box.text and box.key in signs}
    return {
        key: (gap(box, signs[key]), min(gap(box, sign) for k, sign in signs.items() if k != key))
        for key, box in words.items()
    }


def beside_others(made: Drawing) -> dict[str, float]:
    """How near the nearest other sign stands before or behind the words of places, in mm."""
    signs = {box.key: box.box for box in made.boxes if not box.text}
    words = {box.key: box.box for box in made.boxes if box.text and box.key in signs}
    bands = {key: (-999.0, top, 999.0, foot) for key, (_, top, _, foot) in words.items()}
    return {
        key: min(
            (gap(words[key], s) for k, s in signs.items() if k != key and overlap(band, s)),
            default=999.0,
        )
        for key, band in bands.items()
    }


@pytest.mark.parametrize(
    ("edition", "paper"), [("dossier", "a4"), ("large-print", "a4"), ("booklet", "half-letter")]
)
def test_a_name_is_nearest_to_its_own_sign(edition: str, paper: str, reference: Dossier) -> None:
    """Nobody can take it for another's: what is nearer to one has a leader, and 1.5 mm of room."""
    made = drawn(reference, "campaign", edition, paper, towns=True)
    found = own_and_other(made)
    assert len(found) > 25
    assert not {key: far for key, far in found.items() if far[0] >= far[1] and far[1] < 1.5}
    beside = beside_others(made)
    led = {key for key, far in found.items() if far[0] > 1.4}
    assert not {key for key, far in beside.items() if far < 2.5 * found[key][0] and key not in led}
    assert "khankendi" in led or beside["khankendi"] > 4


def test_a_sign_beside_the_lines_of_words_is_taken_for_theirs() -> None:
    """Before or behind them more than straight above or below, and there more than at a corner."""
    words, own = (10.0, 10.0, 22.0, 16.0), (22.8, 16.8, 25.1, 19.1)

    def misread(left: float, top: float) -> bool:
        return not sure(np.array([words]), own, np.array([[left, top, left + 1.6, top + 1.6]]))[0]

    assert misread(25.1, 12)
    assert misread(25.1, 9)
    assert misread(5.3, 12)
    assert misread(28, 12)
    assert misread(2.2, 12)
    assert not misread(28.6, 12)
    assert not misread(25.1, 6)
    assert misread(15, 18.5)
    assert not misread(15, 19)
    assert not misread(7.2, 17.4)
    assert not sure(np.array([words]), (24.0, 18.0, 25.0, 19.0), np.array([[6, 17, 8, 19]]))[0]


def test_two_signs_and_names_stand_apart() -> None:
    """A name that would stand between its sign and another goes to the other side, or nowhere."""
    label = PointLabel("a", 30, 30, 1, 10, 3, 1)
    near = (41.6, 28.5, 43.6, 30.5)
    (free,) = place_points(Space(60, 60), [label])[0].values()
    assert free.side == "E"
    (other,) = place_points(Space(60, 60), [label], symbols=[near])[0].values()
    assert gap(other.box, label.own) + 0.5 <= gap(other.box, near)
    at = [(30 + x, 30 + y) for x in range(-14, 15, 2) for y in range(-6, 7, 2) if (x, y) != (0, 0)]
    around = [(x - 0.5, y - 0.5, x + 0.5, y + 0.5) for x, y in at]
    assert place_points(Space(60, 60), [label], symbols=around) == ({}, ["a"])


def test_a_side_that_the_author_asks_for_in_vain_is_a_finding(reference: Dossier) -> None:
    """Where an arrow begins it cannot stand, goes to the other side, and the finding says so."""
    labels = (LabelOffset(place="ganja", side="W"), LabelOffset(place="hadrut", side="E"))
    made = drawn(reference, "campaign", "dossier", "a4", labels=labels)
    (fault,) = [fault for fault in made.faults if fault.code == "W190"]
    assert fault.loc == ("labels", 1)
    assert fault.message.startswith("Hadrut is to stand E of its sign")


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
    behind = (left - 3.5, top, left - 2.5, bottom)
    (other,) = place_afar(hemmed_in(label), [label], [behind]).values()
    assert other.box != first.box
    below = (left - 1.5, bottom + 1.7, left - 0.5, bottom + 2.7)
    (other,) = place_afar(hemmed_in(label), [label], [below]).values()
    assert other.box == first.box


def test_among_many_names_nobody_could_follow_leaders() -> None:
    """Nine that lack room have letters instead."""
    labels = [PointLabel(str(n), 5 + 6 * n, 30, 1.2, 3, 2, 1) for n in range(9)]
    assert len(place_afar(Space(60, 60), labels[:8], [])) == 8
    assert not place_afar(Space(60, 60), labels, [])


def test_names_of_countries_keep_off_lakes(matterhorn: Snapshot) -> None:
    """Italy stands beside Lake Maggiore, and a millimetre off every other name."""
    dossier = load(matterhorn).dossier
    style = styles.flatten(engine_files(), "default", "dossier", "a4")
    plate = next(one for one in dossier.plates.plates if isinstance(one, Map))
    plate = plate.model_copy(update={**BARE, "towns": True})
    canvas = _panel(MapInput(plate, dossier, style, "Map 1", {}), 174.0, 69.0).canvas
    (italy,) = [box.box for box in canvas.boxes if box.text == "ITALY"]
    words = [box.box for box in canvas.boxes if box.text and box.text != "ITALY"]
    assert min(gap(italy, other) for other in words) >= 1
    assert canvas.lakes.area > 20
    assert not canvas.lakes.intersects(shapely.box(*italy))


def test_a_low_picture_has_its_legend_beside_it(reference: Dossier) -> None:
    """Where a sheet has 138 mm left the land is drawn larger so, and no name is in the legend."""
    room = {"--plate-height": f"{138 / HALF:.2f}mm", "--plate-parts": "1"}
    made = drawn(reference, "campaign", "handout", "letter", room, size="half", note="")
    assert made.side > 40
    assert made.denominator < 3e6
    assert made.total <= 138
    assert (made.lost, made.legend_only) == (0, ())
    figure = plates.figure(made, environment(engine_files()), reference, lambda _: Markup())
    assert figure.count("at-side") == 3


def test_a_name_in_the_legend_alone_is_a_warning(reference_files: Snapshot) -> None:
    """W191 at the plate, with what is meant."""
    loaded = load(reference_files)
    small = plates.Drawing("stages", "map", "Map 2", "half", "t", legend_only=("Lachin",))
    (found,) = unnamed_places(loaded, [small])
    assert (found.code, found.severity) == ("W191", "warning")
    assert "on map 'stages' for the name of Lachin" in found.message
