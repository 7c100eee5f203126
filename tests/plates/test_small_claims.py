"""Small parts of plates, each held to what it says."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Polygon

from press.atlas import Feature
from press.atlas.turns import turns_to
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.dates import Day
from press.design import styles
from press.plates.drawing import Drawing, LegendGroup, LegendItem
from press.plates.geometry import arrow, bent, disc, largest, normals, smooth, trimmed
from press.plates.legend import _cut, _spread
from press.plates.maps import finish, legend
from press.plates.maps.frame import fit, rounded_down, rounded_up
from press.plates.maps.graticule import graticule_step, graticule_steps, step_text
from press.plates.maps.input import MapCanvas, MapInput
from press.plates.maps.places import _prominence
from press.plates.maps.projection import Bounds
from press.plates.maps.scale import bars
from press.plates.maps.stages import _stage_width
from press.plates.space import Space, _through, meet
from press.plates.style import PlateStyle, millimetres
from press.plates.timelines.axis import DateMark, TimeAxis, _balanced, _pitch
from press.plates.timelines.breaks import _whole
from press.plates.timelines.words import spread

ALPS = Bounds(6.0, 45.0, 9.0, 47.0)
POINT = shapely.Point(0, 0)


@pytest.fixture(scope="module")
def style() -> styles.Style:
    return styles.flatten(engine_files())


@pytest.fixture
def canvas(matterhorn: Snapshot, style: styles.Style) -> MapCanvas:
    """The canvas of the small dossier's map, with nothing on it."""
    dossier = load(matterhorn).dossier
    given: Any = MapInput(dossier.plates.plates[0], dossier, style, "Map 1", {})  # type: ignore[arg-type]
    frame = fit(ALPS, 100, 60)
    return MapCanvas(given=given, space=Space(100, 60), order=("text",), frame=frame)


# -- towns -----------------------------------------------------------------------------------------


def test_towns_come_by_rank_then_by_people_then_by_number() -> None:
    """A lower rank is a greater town; of one rank the more populous comes first."""
    towns = [
        Feature("town", 1, {"rank": 2, "population": 9_000_000}, POINT),
        Feature("town", 2, {"rank": 1, "population": 10}, POINT),
        Feature("town", 3, {"rank": 1, "population": 500}, POINT),
        Feature("town", 5, {"rank": 1, "population": 500}, POINT),
        Feature("town", 4, {}, POINT),
    ]
    assert [4, 3, 5, 2, 1] == [town.id for town in sorted(towns, key=_prominence)]
    assert (0, 0, 4) == _prominence(towns[-1])


# -- hatching of the legend ------------------------------------------------------------------------


def test_a_swatch_is_hatched_as_the_area_is(canvas: MapCanvas) -> None:
    """It has a pattern of its own id, filled into a box, where the style sheet wants lines."""
    (box,), defs = legend._hatch(canvas, "hatch")
    assert f"url(#{canvas.prefix}-key-hatch)" in box.markup
    assert f'id="{canvas.prefix}-key-hatch"' in defs
    (named,), defs = legend._hatch(canvas, "hatch-former", "former")
    assert f"url(#{canvas.prefix}-key-former)" in named.markup
    assert f'id="{canvas.prefix}-key-former"' in defs


def test_no_swatch_is_hatched_where_no_line_is_wanted(canvas: MapCanvas) -> None:
    """A style sheet that has no stroke for a pattern gives the legend none."""
    wanted = {name: bool(legend._hatch(canvas, name)[0]) for name in ("hatch", "step-1")}
    assert {name: canvas.hatches(name) for name in wanted} == wanted
    assert ((), "") == legend._hatch(canvas, "step-1")


# -- the ratio under a map -------------------------------------------------------------------------


def _ratio(canvas: MapCanvas, size: str, width: float, beside: float, words: str) -> float:
    drawing = Drawing("m", "map", "1", size, "x", width=width, scale_text=words)
    return finish._ratio_height(canvas, drawing, beside)


def test_a_ratio_beside_the_bars_takes_no_room_of_its_own(canvas: MapCanvas) -> None:
    """Only the lines that do not stand beside them do, each a line of the legend high."""
    line = PlateStyle(canvas.given.style).token("--map-leading-legend", 0.0)
    assert line > 2
    assert _ratio(canvas, "page", 180.0, 60.0, "1:750,000") == 0.0
    long = (
        "1:750,000 at A4, in a projection with a long name that is true along two parallels. " * 6
    )
    tall = _ratio(canvas, "page", 180.0, 60.0, long)
    assert tall > 0
    wider = _ratio(canvas, "page", 240.0, 60.0, long)
    assert wider < tall
    assert (tall - wider) / line == pytest.approx(round((tall - wider) / line))
    assert _ratio(canvas, "page", 180.0, 110.0, long) > tall
    lines = canvas.style.wrapped(f" {long}", canvas.style.text("legend-strong"), 119.0)
    assert tall == pytest.approx(
        len(lines) * line + finish._RATIO_DROP - finish._BARS_HEIGHT, abs=0.01
    )


def test_a_ratio_in_a_column_takes_all_its_lines(canvas: MapCanvas) -> None:
    """There it stands below the bars, whatever room is beside them."""
    line = PlateStyle(canvas.given.style).token("--map-leading-legend", 0.0)
    assert _ratio(canvas, "column", 60.0, 50.0, "1:750,000") == pytest.approx(line + 0.6, abs=0.01)


# -- the axis of a timeline ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fades", "at"),
    [
        ("exact", "", 15.0), ("about", "", 15.0), ("lasting", "", 10.0),
        ("open", "after", 10.0), ("open", "before", 20.0),
    ],
)  # fmt: skip
def test_a_sign_stands_at_the_known_end_or_in_the_middle(kind: Any, fades: Any, at: float) -> None:
    """Of what lasted, at its beginning."""
    assert at == DateMark(10.0, 20.0, True, kind, fades).at


def test_an_axis_is_true_to_scale_but_for_its_breaks() -> None:
    """Each shown day is as long as any other, and a break is nine millimetres."""
    first, low, high, last = (Day(1848, m, 1) for m in (1, 3, 11, 12))
    axis = TimeAxis(first, last, 10.0, 110.0, gaps=((low, high),))
    assert axis.days == 60 + 31
    assert axis.per_day == pytest.approx((100 - 9) / 91)
    assert axis.begin(high) - axis.begin(low) == pytest.approx(9.0)
    assert (10.0, 110.0) == (axis.begin(Day(1847, 1, 1)), axis.end(Day(1850, 1, 1)))


def test_lanes_are_parted_so_that_both_sides_carry_as_much() -> None:
    """The first stands on the left, with those that make the sides alike."""
    assert frozenset({0, 1}) == _balanced([3, 2, 5])
    assert frozenset({0}) == _balanced([5, 2, 3])
    assert frozenset({0}) == _balanced([7])


def test_columns_are_as_wide_as_a_sign_or_narrower() -> None:
    """In half of the room beside the axis they draw together."""
    assert _pitch([3], 100.0) == 3.1
    assert _pitch([4, 2], 55.0) == 2.6
    assert _pitch([20, 20], 50.0) == pytest.approx((25 - 3.6) / 40)
    assert _pitch([50], 1.0) == pytest.approx(1.0 / 50)


@pytest.mark.parametrize(
    ("low", "high", "yearly", "gap"),
    [
        (Day(1848, 3, 9), Day(1848, 7, 2), False, (Day(1848, 4, 1), Day(1848, 7, 1))),
        (Day(1848, 12, 9), Day(1849, 2, 2), False, (Day(1849, 1, 1), Day(1849, 2, 1))),
        (Day(1848, 3, 9), Day(1848, 4, 2), False, None),
        (Day(1848, 3, 9), Day(1851, 7, 2), True, (Day(1849, 1, 1), Day(1851, 1, 1))),
        (Day(1848, 3, 9), Day(1849, 7, 2), True, None),
    ],
)
def test_whole_months_or_years_are_left_out(low: Day, high: Day, yearly: bool, gap: Any) -> None:
    """None where no whole one lies between two days with events."""
    assert gap == _whole(low, high, yearly=yearly)


def test_words_that_would_touch_form_a_block_about_their_middle() -> None:
    """Within the edges, and in their order."""
    assert [5.0, 50.0] == spread([5, 50], [4, 4], 0, 100)
    assert [48.0, 52.0] == spread([50, 50], [4, 4], 0, 100)
    assert [2.0, 6.0] == spread([0, 0], [4, 4], 0, 100)
    assert [94.0, 98.0] == spread([99, 99], [4, 4], 0, 100)
    assert [] == spread([], [], 0, 100)


# -- lines and shapes ------------------------------------------------------------------------------


def test_a_corner_is_cut_at_a_quarter_and_three_quarters() -> None:
    """The ends stay where they are."""
    found = [tuple(p) for p in smooth(LineString([(0, 0), (4, 0), (4, 4)])).coords]
    assert [(0, 0), (1, 0), (3, 0), (4, 1), (4, 3), (4, 4)] == found


def test_two_points_make_a_shallow_arc() -> None:
    """An eighth of their distance deep, and through both."""
    line = bent([(0, 0), (100, 0)])
    assert line.coords[0] == (0, 0)
    assert line.coords[-1] == (100, 0)
    assert line.bounds[1] == pytest.approx(-12.0, abs=0.3)


def test_a_line_is_trimmed_unless_nothing_were_left() -> None:
    """Where four fifths would go, a tenth goes at each end."""
    line = LineString([(0, 0), (10, 0)])
    assert (2.0, 7.0) == (trimmed(line, 2, 3).bounds[0], trimmed(line, 2, 3).bounds[2])
    assert (1.0, 9.0) == (trimmed(line, 4, 4).bounds[0], trimmed(line, 4, 4).bounds[2])


def test_an_arrow_grows_and_ends_in_a_head() -> None:
    """Its tail, neck and head are as wide as asked, and its tip lies at the end."""
    made = arrow(LineString([(0, 0), (20, 0)]), 1.0, 2.0, 5.0)
    assert made.bounds[2] == pytest.approx(20.0)
    at = {x: made.intersection(LineString([(x, -9), (x, 9)])).length for x in (0.01, 14.0)}
    assert at[0.01] == pytest.approx(1.0, abs=0.05)
    assert at[14.0] == pytest.approx(1.93, abs=0.1)
    assert made.bounds[3] - made.bounds[1] == pytest.approx(5 * 0.52 * 2, abs=0.01)


def test_normals_and_discs_are_where_they_say() -> None:
    """Across a line that runs east lies south, on paper; a disc's box reaches a radius each way."""
    assert [(0.0, 1.0)] * 2 == [tuple(n) for n in normals(shapely.get_coordinates(
        LineString([(0, 0), (3, 0)])))]  # fmt: skip
    assert (1, 0, 5, 4) == disc(3, 2, 2)
    two = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 8, 7)])
    assert largest(two) == 6
    assert largest(Polygon()) == 0.0


def test_boxes_meet_within_a_gap_and_not_at_it() -> None:
    """Boxes that touch do not meet; a gap makes them."""
    one, other = np.array([[0.0, 0, 2, 2]]), np.array([[2.0, 0, 4, 2]])
    assert not meet(one, other)[0, 0]
    assert meet(one, other, 0.1)[0, 0]
    assert not meet(one, other + np.array([0, 2.0, 0, 2]))[0, 0]


def test_numbers_go_through_their_anchor() -> None:
    """One of them is the anchor, where it lies between the ends; else the middle stands for all."""
    assert [1.0, 3.0, 5.0] == _through(3.0, 0.5, 5.5, 2.0).tolist()
    assert [] == _through(3.0, 5.0, 4.0, 2.0).tolist()


def test_room_is_kept_clear_of_the_edge_and_of_what_is_taken() -> None:
    """A margin of 0.8 mm at the neatline, and the gap about what stands there."""
    space = Space(50, 50)
    space.take((10, 10, 20, 20))
    boxes = np.array([[0.9, 1, 5, 5], [0.7, 1, 5, 5], [20.2, 10, 25, 20], [20.3, 10, 25, 20]])
    assert [True, False, False, True] == space.free(boxes).tolist()


# -- scales and degrees ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "up", "down"),
    [(1_234_000, 1_250_000, 1_000_000), (1_999_999, 2_000_000, 1_000_000),
     (2_010_000, 2_100_000, 2_000_000), (5_000_000, 5_000_000, 5_000_000),
     (9_910_000, 10_000_000, 5_000_000)],
)  # fmt: skip
def test_scales_are_round(value: float, up: float, down: float) -> None:
    """Up to two figures, three below twenty of them; down to 1, 2 or 5."""
    assert up == pytest.approx(rounded_up(value))
    assert down == pytest.approx(rounded_down(value))


def test_no_span_has_more_than_eight_lines() -> None:
    """The finest usual step that keeps to that."""
    assert [1.0, 2.0, 0.5, 1 / 60, 45.0] == [graticule_step(s) for s in (8, 8.1, 4, 0.1, 400)]
    assert (1.0, 1.0) == graticule_steps(Bounds(0, 40, 6, 44))
    assert (10.0, 1.0) == graticule_steps(Bounds(0, 66, 80, 72))
    assert (30.0, 10.0) == graticule_steps(Bounds(-180, -40, 180, 40))
    assert ["30′", "1°", "15°"] == [step_text(s) for s in (0.5, 1.0, 15.0)]


def test_bars_are_round_and_true_at_the_centre() -> None:
    """The longest that fit: twice as long would not be 1, 2 or 5 of anything that does."""
    frame = fit(ALPS, 150, 150)
    found = bars(frame)
    assert found.kilometre_mm == pytest.approx(found.kilometres * frame.kilometre())
    assert found.mile_mm == pytest.approx(found.miles * 1.609344 * frame.kilometre())
    assert re.fullmatch(r"[125]0*", f"{found.kilometres:.0f}")
    assert 8 < found.kilometre_mm < 60
    short = bars(frame, 30)
    assert max(short.kilometre_mm, short.mile_mm) <= 30


def test_lengths_of_css_are_millimetres() -> None:
    """Points, inches, centimetres and nothing relative."""
    assert [10.0, 25.4, 0.0] == pytest.approx([millimetres(it) for it in ("1cm", "1in", "0")])
    assert millimetres("72pt") == pytest.approx(25.4)
    for wrong in ("1em", "5", "wide"):
        with pytest.raises(ValueError, match="absolute length"):
            millimetres(wrong)


def test_small_maps_share_the_width_or_the_height() -> None:
    """Whichever leaves them less."""
    wide = _stage_width(2, 4, 180.0, 1000.0, 1.0)
    assert wide == pytest.approx((180 - 3.5) / 2 - 0.6)
    low = _stage_width(2, 4, 180.0, 100.0, 1.0)
    assert low < wide
    assert _stage_width(2, 4, 180.0, 100.0, 2.0) == pytest.approx(2 * low)


# -- legends and the round Earth -------------------------------------------------------------------


def _group(title: str, count: int) -> LegendGroup:
    return LegendGroup(title, tuple(LegendItem("", f"{title}{n}") for n in range(count)))


def test_a_legend_is_cut_through_its_groups() -> None:
    """Items are counted through all groups, and a group without any is gone."""
    groups = [_group("a", 3), _group("b", 2)]
    assert [("a", 1), ("b", 1)] == [(g.title, len(g.items)) for g in _cut(groups, 2, 4)]
    assert [("b", 1)] == [(g.title, len(g.items)) for g in _cut(groups, 4)]


def test_a_long_group_is_spread_over_the_columns() -> None:
    """One that has more than half of all; alone, it has them all."""
    assert [2, 2, 1] == [len(g.items) for g in _spread([_group("a", 5)], 3)]
    assert [3, 3, 1] == [len(g.items) for g in _spread([_group("a", 6), _group("b", 1)], 3)]
    assert [2, 2] == [len(g.items) for g in _spread([_group("a", 2), _group("b", 2)], 3)]


def test_bounds_beyond_180_are_seen_by_a_turn() -> None:
    """Fiji lies on both sides; the Alps on one."""
    assert [0.0] == [turn for turn, _ in turns_to((6, 45, 9, 47))]
    assert [0.0, 360.0] == [turn for turn, _ in turns_to((176, -20, 183, -15))]
    assert [(-184, -20, -177, -15)] == [box for turn, box in turns_to((176, -20, 183, -15)) if turn]
