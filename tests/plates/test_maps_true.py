"""Maps that would say what is not so: land where none is, arrows past places, dates, lost signs."""

from __future__ import annotations

import itertools
import math
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from press import plates
from press.atlas import Atlas, fold, world
from press.base.boxes import overlap
from press.content.load import load
from press.content.model import Arrow, Dossier
from press.content.snapshot import engine_files, read
from press.design import styles
from press.plates.geometry import bent
from press.plates.maps import areas, finish, frame, lines, local_names, locator, town_names
from press.plates.maps.areas import STEPS, step_numbers
from press.plates.maps.projection import Bounds
from press.plates.maps.symbols import Spot
from tests.conftest import ROOT
from tests.plates.test_plates import a_dossier, a_place, items

CENTRES = (24.43955955, -111.1234567, 10.0, 179.99999, -66.6666666, 204.4395)


@pytest.mark.parametrize("centre", CENTRES)
@pytest.mark.parametrize("code", ["RUS", "FJI", "ATA", "USA", "NZL"])
def test_a_country_is_as_large_wherever_the_map_is_cut(code: str, centre: float) -> None:
    """Equal Earth keeps areas: a strip of land across the map, or a lost piece, would change it."""
    atlas = Atlas()
    areas = []
    for about in (centre, 0.0):
        made = frame.fit(Bounds(about - 179, -90, about + 179, 90), 100, 60, "equal-earth", True)
        box = made.bounds.padded(2).box
        whole = [made.area(f.geometry, 0.0) for f in atlas.features("country", box, "110m")
                 if f.properties.get("a3") == code or code in f.properties.values()]  # fmt: skip
        areas.append(sum(area.area for area in whole))
    assert areas[1] > 0
    assert areas[0] == pytest.approx(areas[1], rel=0.02)


ways = st.lists(
    st.tuples(st.floats(0.2, 150), st.floats(-math.pi, math.pi)), min_size=2, max_size=6
)


@settings(max_examples=150, deadline=None)
@given(ways)
def test_a_course_stays_near_the_straight_way_between_its_places(
    steps: list[tuple[float, float]],
) -> None:
    """However unequal their distances: no swing past a place, and no spike there."""
    points = [(0.0, 0.0)]
    for length, angle in steps:
        x, y = points[-1]
        points.append((x + length * math.cos(angle), y + length * math.sin(angle)))
    course = shapely.get_coordinates(bent(points))
    pieces = [course[n * 24 : n * 24 + 25] for n in range(len(points) - 1)]
    lengths = [math.dist(a, b) for a, b in itertools.pairwise(points)]
    for n, (piece, way) in enumerate(zip(pieces, itertools.pairwise(points), strict=True)):
        near = max(min(lengths[max(n - 1, 0) : n + 1]), min(lengths[n : n + 2]))
        away = shapely.distance(shapely.LineString(way), shapely.points(piece))
        assert np.allclose([piece[0], piece[-1]], way)
        assert away.max() <= 0.3 * near + 1e-6


def test_an_arrow_through_near_places_goes_on_to_the_far_one() -> None:
    """Eberswalde, Berlin, Moscow: the line does not run on beyond Berlin, and back."""
    course = bent([(2.1, -2.0), (0.0, 0.0), (92.0, -22.0)])
    assert course.bounds[0] > -0.7
    assert course.length < 1.03 * (math.hypot(2.1, 2.0) + math.hypot(92, 22))


def test_long_arrows_have_heads_of_one_size_and_short_ones_slighter() -> None:
    """However far they go: the head says the way, not the distance."""

    def height(length: float) -> float:
        drawn: list[shapely.Polygon] = []
        canvas = SimpleNamespace(
            draw=lambda layer, css, shape, mark: drawn.append(shape),
            key=lambda name: None,
            space=SimpleNamespace(take=lambda *boxes: None),
        )
        arrow = Arrow.model_validate({"through": ["a", "b"], "sources": ["x"]})
        course = shapely.LineString([(0, 0), (length, 0)])
        lines.draw_arrows(cast("Any", canvas), [lines.DrawnArrow(arrow, 0, course)], 1.0)
        (shape,) = drawn
        _, top, _, bottom = shape.bounds
        return float(bottom - top)

    assert height(8) < height(12) < height(20)
    assert height(20) == pytest.approx(height(40)) == pytest.approx(height(160))


def test_an_arrow_between_near_symbols_shows_more_than_its_head() -> None:
    """It stands beside them, as long as they are apart, on the side where nothing is."""
    symbols = [(-1.3, -1.3, 1.3, 1.3), (4.7, -1.3, 7.3, 1.3), (-1.0, 1.5, 1.0, 3.5)]
    drawn: list[shapely.Polygon] = []
    canvas = SimpleNamespace(
        draw=lambda layer, css, shape, mark: drawn.append(shape),
        key=lambda name: None,
        space=SimpleNamespace(take=lambda *boxes: None),
    )
    arrow = Arrow.model_validate({"through": ["a", "b"], "sources": ["x"]})
    course = bent([(0.0, 0.0), (6.0, 0.0)])
    lines.draw_arrows(cast("Any", canvas), [lines.DrawnArrow(arrow, 0, course)], 1.3, symbols)
    left, _, right, foot = drawn[0].bounds
    assert right - left > 5.5
    assert foot < -1.0
    assert not any(drawn[0].intersects(shapely.box(*box)) for box in symbols)


@pytest.fixture(scope="module")
def reference() -> Dossier:
    return load(read(ROOT / "content" / "1993-summer-offensives")).dossier


CATEGORIES = [
    {"id": "one", "label": "Finds", "sign": "circle"},
    {"id": "two", "label": "Shows", "sign": "square"},
]


def with_two_kinds(reference: Dossier, kind: str, **plate: object) -> plates.Drawing:
    """A map of a town and what happened there: in two categories, a hundred years apart."""
    towns = [a_place("here", 52.5, 13.4, kind), a_place("there", 50.7, 16.6)]
    _, dossier = a_dossier(reference, towns, show="events", **plate)
    told = {"title": "It happened", "text": "It did.", "places": ["here"], "category": "one"}
    events = [
        {**told, "id": "find", "date": "1913-05-16"},
        {**told, "id": "war", "date": "1945-05-01", "places": ["there"]},
        {**told, "id": "show", "date": "2013-06-21", "category": "two"},
    ]
    chronology = type(dossier.chronology).model_validate(
        {"categories": CATEGORIES, "events": events}
    )
    dossier = dossier.model_copy(update={"chronology": chronology})
    return plates.draw(dossier, styles.flatten(engine_files()), {})["here"]


@pytest.mark.parametrize("kind", ["town", "capital"])
def test_every_category_of_a_place_has_its_sign_and_its_line_in_the_legend(
    reference: Dossier, kind: str
) -> None:
    drawing = with_two_kinds(reference, kind)
    assert {"Finds", "Shows"} <= {item.text for item in items(drawing)}
    assert drawing.svg.count("sign cased category-1") == 2
    assert drawing.svg.count("sign cased category-2") == 1


def test_a_dated_area_does_not_date_the_whole_map(reference: Dossier) -> None:
    """The map shows what happened from 1913 to 2013, and its heading says so."""
    area = {"name": "Brandenburg", "country": "DEU", "event": "find"}
    drawing = with_two_kinds(reference, "town", areas=[area])
    assert "1913" in drawing.span
    assert "2013" in drawing.span
    assert "Shows" in {item.text for item in items(drawing)}


def test_signs_of_one_place_stand_side_by_side_and_clear_of_one_another() -> None:
    """Whatever their number; together they stand beside the symbol of the place."""
    for count in range(1, 7):
        categories = tuple(map(str, range(count)))
        for rank in ("event", "capital", "dated"):
            spot = Spot("p", "p", "", 30, 20, rank, 0, categories=categories)
            boxes = [(x - 1.15, y - 1.15, x + 1.15, y + 1.15) for x, y in spot.sign_points]
            assert len(boxes) == count == len({*spot.legend_keys} - {f"place-{spot.drawn_as}"})
            assert not any(overlap(a, b) for a, b in itertools.combinations(boxes, 2))
            left, top, right, bottom = spot.box
            assert all(
                left <= a and top <= b and c <= right and d <= bottom for a, b, c, d in boxes
            )


@pytest.mark.parametrize(
    ("written", "language", "printed"),
    [
        ("Russia", "de", "Russland"),
        ("Russland", "de", "Russland"),
        ("Pologne", "fr", "Pologne"),
        ("Russia", "en", "Russia"),
        ("Bayern", "de", "Bayern"),
        ("Bayern", "en", "Bavaria"),
    ],
)
def test_an_area_is_found_and_named_in_the_language_of_the_map(
    reference: Dossier, written: str, language: str, printed: str
) -> None:
    towns = [a_place("here", 50.0, 20.0), a_place("there", 55.7, 37.6), a_place("south", 48, 11)]
    area = {"name": written, "style": "tint", "legend": "Today"}
    bare: dict[str, Any] = dict.fromkeys(("relief", "tints", "rivers", "towns"), "false")
    wanted, dossier = a_dossier(reference, towns, areas=[area], language=language, **bare)
    drawing = plates.draw(dossier, styles.flatten(engine_files()), {})[wanted.id]
    assert [fault for fault in drawing.faults if fault.code == "E171"] == []
    assert printed in " ".join(drawing.equivalent)


def test_cities_have_their_names_in_the_language_of_the_map() -> None:
    """Where CLDR knows them, and in their own country alone."""
    names = local_names.city_names("de")
    assert names["PL", "warsaw"] == "Warschau"
    assert names["AT", "vienna"] == "Wien"
    assert ("US", "vienna") not in names
    seen = Atlas().features("place", (12, 49, 22, 56))
    printed = {local_names.city_name(f, f.name, "de") for f in seen}
    assert {"Warschau", "Prag", "Berlin"} <= printed
    assert local_names.city_names("en").get(("PL", "warsaw"), "Warsaw") == "Warsaw"


@pytest.mark.parametrize(
    ("language", "printed"), [("en", "Sion"), ("fr-CH", "Sion"), ("it", "Sion"), ("de", "Sitten")]
)
def test_a_town_of_several_names_has_that_of_the_language(language: str, printed: str) -> None:
    """Sion in the Valais stands in the atlas as Sitten; people there say Sion."""
    (town,) = (t for t in Atlas().features("town", (7.3, 46.2, 7.4, 46.25)) if t.id == 2658576)
    assert local_names.city_name(town, town.name, language) == printed


def test_the_table_of_towns_names_towns_of_the_atlas() -> None:
    """Each row is of a town that the atlas has under that name, or it would name nothing."""
    known = {
        (town.properties["country"], fold(town.name))
        for town in Atlas().features("town", (-1, 38, 49, 56))
    }
    assert not set(town_names._named()) - known


def test_what_came_about_before_does_not_stretch_the_heading(reference: Dossier) -> None:
    """Three moments of a summer are not headed by the year before, of which hatched areas tell."""
    dossier = reference
    drawing = plates.draw(dossier, styles.flatten(engine_files()), {})["stages"]
    assert "1992" not in drawing.span
    assert "1993" in drawing.span


@pytest.mark.parametrize("count", [1, 2, STEPS, STEPS + 1, 3 * STEPS])
def test_steps_of_colour_follow_the_dates(count: int) -> None:
    """The first dated area has the first colour, none is skipped, none is beyond the last."""
    events = {f"e{n}": SimpleNamespace(id=f"e{n}") for n in range(count + 1)}
    areas = [SimpleNamespace(event=f"e{n}", style="step") for n in reversed(range(count))]
    areas.append(SimpleNamespace(event=f"e{count}", style="hatch"))
    given = SimpleNamespace(
        plate=SimpleNamespace(areas=areas), dossier=SimpleNamespace(events=events)
    )
    steps = [*step_numbers(cast("Any", given)).values()]
    assert len(steps) == count
    assert sorted(set(steps)) == [*range(1, min(count, STEPS) + 1)]
    assert steps == sorted(steps)


@pytest.mark.parametrize("width", [90.0, 130.0, 170.0])
def test_the_legend_keeps_off_the_locator(width: float) -> None:
    """Beside the locator it has its width less, and a gap; alone it has the whole."""
    letters = SimpleNamespace(text=lambda _: SimpleNamespace(size=2.5))
    given = SimpleNamespace(style=styles.flatten(engine_files()), side=0.0)
    whole = cast("Any", SimpleNamespace(canvas=SimpleNamespace(style=letters, given=given)))
    alone, most = finish._legend_room(whole, width, inset=False)
    beside, fewer = finish._legend_room(whole, width, inset=True)
    assert alone == width
    assert 1 <= fewer <= most
    assert locator.SIZE[0] < alone - beside < locator.SIZE[0] + 10


@pytest.mark.parametrize(("left", "drawn"), [(1.0, True), (0.4, False)])
def test_a_side_that_greater_lines_leave_is_drawn(left: float, drawn: bool) -> None:
    """Of a dated area along a border what is longer than a dot keeps its line; a dot does not."""
    shape = shapely.box(0, 0, 10, 10)
    around = shape.exterior
    near = 0.55  # a lesser line this close to a greater one is left out
    border = shapely.LineString(
        around.interpolate(at) for at in np.linspace(left + near, around.length - near, 400)
    )
    kept: list[BaseGeometry] = []
    canvas = SimpleNamespace(draw=lambda layer, classes, lines, *marks: kept.append(lines))
    style = SimpleNamespace(style="step")
    area = SimpleNamespace(shape=shape, area=style, mark=None, doubted=False, classes="step-1")
    sides = areas.outline_areas(cast("Any", canvas), [cast("Any", area)], [border])
    assert bool(sides.length) is drawn
    assert kept[0].length == pytest.approx(sides.length)
    assert sides.length < 1.4


@pytest.mark.parametrize(
    ("box", "globe"),
    [
        (Bounds(-152.0, -20.0, -148.0, -16.0), True),  # Tahiti
        (Bounds(44.0, 39.0, 48.0, 41.0), False),  # Karabakh
        (Bounds(-60.0, 10.0, 0.0, 30.0), True),  # half the Atlantic
        (Bounds(10.0, 78.0, 20.0, 80.0), True),  # Svalbard
    ],
)
def test_the_locator_is_a_globe_where_land_tells_nothing(box: Bounds, globe: bool) -> None:
    """In an ocean, near a pole, and where much of the Earth is shown; elsewhere it is a map."""
    seen = cast("Any", SimpleNamespace(bounds=box, shows_pole=False))
    assert locator._wants_globe(seen, world(), locator.around_frame(seen)) is globe
