"""Plates: geometry held against pyproj, labels against one another, words against the data."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any, cast, get_args

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from pyproj import Geod, Transformer

from press import locale, plates
from press.atlas import Atlas
from press.base.boxes import around, overlap
from press.base.finding import severity_of
from press.base.templates import environment
from press.citations import Citations
from press.content.load import load
from press.content.model import Area, Category, Cite, Dossier, Event, Map, Place, Sign, Timeline
from press.content.model.chronology import Chronology
from press.content.snapshot import Snapshot, read
from press.dates import parse
from press.design import styles
from press.design.styles import Style
from press.plates import Drawing, LabelBox, legend, signs, svg
from press.plates.canvas import Canvas
from press.plates.drawing import LegendItem, PlateFault, PlateInput
from press.plates.geometry import arrow, beads, disc
from press.plates.maps import (
    along,
    finish,
    frame,
    graticule,
    pick,
    places,
    point_labels,
    projection,
    symbols,
)
from press.plates.maps.input import MapInput
from press.plates.space import Space
from press.plates.style import MM_PER_POINT, PlateStyle, token_length
from press.plates.timelines import axis, words
from press.views.view import plate_findings
from tests.conftest import ROOT

GEOD = Geod(ellps="WGS84")
THEMES = ("default", "archive")


def engine(part: str) -> dict[str, bytes]:
    return {
        str(path.relative_to(ROOT)): path.read_bytes()
        for path in sorted((ROOT / part).rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def themes() -> dict[str, Style]:
    files = engine("styles")
    return {theme: styles.flatten(files, theme) for theme in THEMES}


@pytest.fixture(scope="module")
def style(themes: dict[str, Style]) -> Style:
    return themes["default"]


@pytest.fixture(scope="module")
def reference() -> Dossier:
    return load(read(ROOT / "content" / "1993-summer-offensives")).dossier


def of_kind(dossier: Dossier, kind: str) -> Any:
    return next(plate for plate in dossier.plates.plates if plate.kind == kind)


@pytest.fixture(scope="module")
def campaign(reference: Dossier) -> Map:
    return cast("Map", of_kind(reference, "map"))


@pytest.fixture(scope="module")
def drawn(reference: Dossier, campaign: Map, style: Style) -> Drawing:
    return plates.draw_plate(campaign, reference, style, {})


@pytest.fixture(scope="module")
def line(reference: Dossier) -> Timeline:
    return cast("Timeline", of_kind(reference, "timeline"))


@pytest.fixture(scope="module")
def timed(reference: Dossier, line: Timeline, style: Style) -> Drawing:
    return plates.draw_plate(line, reference, style, {})


def a_place(ident: str, lat: float, lon: float, kind: str = "town") -> dict[str, str]:
    return {"id": ident, "name": ident.title(), "at": f"{lat}, {lon}", "kind": kind}


def a_dossier(
    reference: Dossier, spots: list[dict[str, str]], *events: dict[str, str], **plate: object
) -> tuple[Map, Dossier]:
    """A dossier about anywhere: its places, its events, one map."""
    dated = {"date": "1906-04-18", "title": "It happened", "text": "It did.", "category": "one"}
    chronology = type(reference.chronology).model_validate(
        {
            "categories": [{"id": "one", "label": "One", "sign": "circle"}],
            "events": [{**dated, "id": "e"}, *({**dated, **event} for event in events)],
        }
    )
    gazetteer = type(reference.gazetteer).model_validate({"places": spots})
    wanted = Map.model_validate(
        {"kind": "map", "id": "here", "title": "Here", "show": "places", **plate}
    )
    return wanted, reference.model_copy(
        update={
            "chronology": chronology,
            "gazetteer": gazetteer,
            "plates": reference.plates.model_copy(update={"plates": (wanted,)}),
        }
    )


def clashes(drawing: Drawing) -> list[tuple[LabelBox, LabelBox]]:
    """Boxes that overlap; the characters of one bent name may touch one another."""
    return [
        (one, other)
        for one, other in itertools.combinations(drawing.boxes, 2)
        if not (one.key == other.key and one.text) and overlap(one.box, other.box)
    ]


def codes(drawing: Drawing) -> list[str]:
    return [fault.code for fault in drawing.faults]


def items(drawing: Drawing) -> list[LegendItem]:
    """All items of the legend."""
    return [item for group in groups(drawing) for item in group.items]


def groups(drawing: Drawing) -> list[plates.LegendGroup]:
    """All groups of the legend, column by column."""
    columns = (*drawing.columns, *drawing.listed)
    return [group for column in columns for group in column.groups]


# -- geometry --------------------------------------------------------------------------------------


BOXES = {
    "caucasus": projection.Bounds(45.6, 38.8, 48.6, 40.75),
    "fiji": projection.Bounds(177.0, -19.0, 182.0, -16.0),
    "falklands": projection.Bounds(-61.5, -52.5, -57.5, -51.0),
    "rwanda": projection.Bounds(28.8, -2.9, 30.9, -1.0),
    "arctic": projection.Bounds(-180.0, 66.0, 180.0, 90.0),
    "europe": projection.Bounds(-12.0, 35.0, 35.0, 65.0),
}


@pytest.fixture(params=BOXES)
def made_frame(request: pytest.FixtureRequest) -> frame.MapFrame:
    return frame.fit(BOXES[request.param], 170, 180)


def test_a_point_lies_where_pyproj_says(made_frame: frame.MapFrame) -> None:
    """Millimetres from the middle times the scale are the projection's metres."""
    lon, lat = made_frame.bounds.centre
    x, y = made_frame.point(lon + 0.3, lat - 0.2)
    metric = f"{made_frame.projection.proj4} +datum=WGS84 +units=m +no_defs"
    transformer = Transformer.from_crs(4326, metric, always_xy=True)
    east, north = transformer.transform(lon + 0.3, lat - 0.2)
    metres = made_frame.denominator / 1000
    assert east - made_frame.centre[0] == pytest.approx((x - 85) * metres, abs=0.5)
    assert north - made_frame.centre[1] == pytest.approx((90 - y) * metres, abs=0.5)


def test_paper_leads_back_to_the_same_place(made_frame: frame.MapFrame) -> None:
    xs, ys = np.array([10.0, 85.0, 160.0]), np.array([20.0, 90.0, 160.0])
    there = made_frame.forward(*made_frame.inverse(xs, ys))
    assert np.allclose(there[0], xs, atol=1e-4)
    assert np.allclose(there[1], ys, atol=1e-4)


def test_a_point_near_an_edge_is_not_held_with_a_margin(made_frame: frame.MapFrame) -> None:
    """Whichever edge it is."""
    middle = (made_frame.width / 2, made_frame.height / 2)
    for x, y in ((1.0, middle[1]), (made_frame.width - 1.0, middle[1]),
                 (middle[0], 1.0), (middle[0], made_frame.height - 1.0)):  # fmt: skip
        assert made_frame.holds(x, y, 0.9)
        assert not made_frame.holds(x, y, 1.1)
    assert not made_frame.holds(-0.1, middle[1])


def test_the_frame_holds_the_extent(made_frame: frame.MapFrame) -> None:
    shown = made_frame.bounds
    bounds = next(b for b in BOXES.values() if frame.fit(b, 170, 180) == made_frame)
    assert shown.south <= bounds.south + 1e-6
    assert shown.north >= bounds.north - 1e-6
    assert shown.west <= bounds.west + 1e-6
    assert shown.east >= bounds.east - 1e-6


def test_the_scale_bar_is_true_at_the_centre_within_one_per_cent(
    made_frame: frame.MapFrame,
) -> None:
    bars = frame_bars(made_frame)
    half = bars.kilometre_mm / 2
    lon, lat = made_frame.inverse(np.array([85 - half, 85 + half]), np.array([90.0, 90.0]))
    _, _, metres = GEOD.inv(lon[0], lat[0], lon[1], lat[1])
    assert metres / 1000 == pytest.approx(bars.kilometres, rel=0.01)
    assert bars.mile_mm / bars.miles == pytest.approx(
        bars.kilometre_mm / bars.kilometres * 1.609344, rel=1e-6
    )


def frame_bars(made: frame.MapFrame) -> Any:
    from press.plates.maps.scale import bars

    return bars(made)


@pytest.mark.parametrize("name", ["caucasus", "rwanda", "falklands"])
def test_the_ratio_is_that_of_the_paper(name: str) -> None:
    """On a conformal map of a region the printed ratio is the measured one."""
    made = frame.fit(BOXES[name], 170, 180)
    assert made.kilometre() == pytest.approx(1e6 / made.denominator, rel=0.01)


def test_scales_are_round() -> None:
    assert [frame.rounded_up(v) for v in (1_512_345, 1_550_000, 2_010_000, 86_000)] == [
        1_550_000,
        1_550_000,
        2_100_000,
        86_000,
    ]


def test_degrees_stand_where_their_line_meets_the_edge(made_frame: frame.MapFrame) -> None:
    found = graticule.graticule(made_frame).labels
    assert found
    for crossing in found:
        x, y = {
            "N": (crossing.at, 0.0),
            "S": (crossing.at, 180.0),
            "W": (0.0, crossing.at),
            "E": (170.0, crossing.at),
        }[crossing.edge]
        lon, lat = made_frame.inverse(np.array([x]), np.array([y]))
        value = lon[0] if crossing.meridian else lat[0]
        turn = (value - crossing.degrees + 180) % 360 - 180 if crossing.meridian else 0.0
        off = turn if crossing.meridian else value - crossing.degrees
        assert abs(off) < 0.02 * graticule.graticule(made_frame).step


@pytest.mark.parametrize(
    ("value", "meridian", "text"),
    [
        (45.5, True, "45°30′E"),
        (-70, True, "70°W"),
        (185, True, "175°W"),
        (180, True, "180°"),
        (0, True, "0°"),
        (-0.25, False, "0°15′S"),
        (40, False, "40°N"),
    ],
)
def test_degrees_are_written_with_their_hemisphere(value: float, meridian: bool, text: str) -> None:
    assert text == graticule.degrees_text(value, meridian, "NESW")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("caucasus", "conic"),
        ("rwanda", "mercator"),
        ("arctic", "polar"),
        ("europe", "conic"),
    ],
)
def test_the_projection_follows_the_extent(name: str, key: str) -> None:
    assert key == projection.choose(BOXES[name]).key


def test_the_world_is_drawn_in_equal_earth() -> None:
    assert projection.choose(projection.Bounds(-180, -60, 180, 80)).key == "equal-earth"


def test_points_on_both_sides_of_the_date_line_are_neighbours() -> None:
    box = projection.around([(179.5, -17), (-179.5, -18)])
    assert box.east - box.west == pytest.approx(1.0)
    assert box.west == pytest.approx(179.5)


def test_a_single_place_has_surroundings() -> None:
    box = projection.around([(10.0, 60.0)])
    assert box.north - box.south == pytest.approx(0.3)
    assert box.east - box.west == pytest.approx(0.6)


def test_a_far_off_capital_does_not_stretch_the_map() -> None:
    near = [(46.9, 40.0), (47.1, 39.6), (47.0, 39.4), (46.6, 39.3), (46.7, 39.1)]
    assert projection.cluster([*near, (-74.0, 40.7)]) == [True] * 5 + [False]
    assert projection.cluster([(46.9, 40.0), (-74.0, 40.7)]) == [True, True]


# -- labels ----------------------------------------------------------------------------------------


def test_no_two_labels_or_symbols_touch(drawn: Drawing, timed: Drawing) -> None:
    assert len(drawn.boxes) > 80
    assert clashes(drawn) == []
    assert clashes(timed) == []


def test_no_label_leaves_the_frame(drawn: Drawing, timed: Drawing) -> None:
    inner = drawn.width - 2 * 4.6, drawn.height - 2 * 4.6
    for made, (width, height) in ((drawn, inner), (timed, (timed.width, timed.height))):
        out = [
            b.text
            for b in made.boxes
            if b.text and (min(b.box[:2]) < 0 or b.box[2] > width or b.box[3] > height)
        ]
        assert out == []


blocks = st.lists(
    st.tuples(
        st.floats(5, 95), st.floats(5, 95), st.floats(3, 25), st.floats(2, 6), st.floats(1, 90)
    ),
    max_size=25,
)


@given(blocks)
@settings(deadline=None, max_examples=60)
def test_placed_labels_never_touch(asked: list[tuple[float, float, float, float, float]]) -> None:
    space = Space(100, 100)
    wanted = [
        point_labels.PointLabel(f"p{n}", x, y, 0.8, w, h, rank)
        for n, (x, y, w, h, rank) in enumerate(asked)
    ]
    space.take(*(disc(p.x, p.y, p.radius) for p in wanted))
    placed, dropped = point_labels.place_points(space, wanted)
    boxes = [p.box for p in placed.values()]
    assert not any(overlap(a, b) for a, b in itertools.combinations(boxes, 2))
    assert not any(overlap(box, disc(p.x, p.y, p.radius)) for box in boxes for p in wanted)
    assert all(0 <= b[0] and 0 <= b[1] and b[2] <= 100 and b[3] <= 100 for b in boxes)
    assert sorted([*placed, *dropped]) == sorted(p.key for p in wanted)


def test_where_there_is_room_for_one_the_higher_rank_has_it() -> None:
    space = Space(20, 6, margin=0)
    low = point_labels.PointLabel("low", 10, 3, 0.5, 9, 5.5, rank=1)
    high = point_labels.PointLabel("high", 0.5, 3, 0.5, 18, 5.5, rank=2)
    placed, dropped = point_labels.place_points(space, [low, high])
    assert list(placed) == ["high"]
    assert dropped == ["low"]


def test_a_label_moves_aside_so_that_its_neighbour_finds_room() -> None:
    """The first would stand east; the second can only stand where the first would be."""
    space = Space(40, 4, margin=0)
    space.take((27, 0, 40, 4))
    first = point_labels.PointLabel("first", 14, 2, 0.5, 10, 3, rank=2)
    second = point_labels.PointLabel("second", 26.4, 2, 0.5, 10, 3, rank=1)
    placed, dropped = point_labels.place_points(space, [first, second])
    assert dropped == []
    assert placed["first"].side == "W"


def test_the_author_may_say_on_which_side_a_name_stands() -> None:
    space = Space(60, 60)
    label = point_labels.PointLabel("p", 30, 30, 1, 12, 3, rank=1, side="SW")
    assert point_labels.place_points(space, [label])[0]["p"].side == "SW"


def test_an_area_name_stands_inside_its_area_and_clear_of_what_is_taken() -> None:
    space = Space(100, 100)
    space.take((40, 40, 60, 60))
    area = shapely.box(20, 20, 80, 80)
    box = space.place(area, 30, 6, inside=1.0)
    assert box is not None
    assert area.contains(shapely.box(*box))
    assert not overlap(box, (40, 40, 60, 60))
    assert space.place(area, 90, 6) is None


@pytest.mark.parametrize(("x", "y"), [(20, 30), (5, 40), (48, 10), (50, 40)])
def test_a_name_on_a_line_is_as_far_from_the_middle_on_either_side(x: float, y: float) -> None:
    """A stretch and its mirror images are worth the same, and the middle is worth most."""
    space = Space(100, 80)
    mirrored = {
        round(along._off_centre(space, np.array([[left - 3, top], [left + 3, top]], float)), 9)
        for left in (x, 100 - x)
        for top in (y, 80 - y)
    }
    assert len(mirrored) == 1
    assert mirrored.pop() >= along._off_centre(space, np.array([[47, 40], [53, 40]], float))


@pytest.mark.parametrize("signed", ["S", "E", "N", "W"])
def test_a_marker_with_numbers_stands_at_its_symbol(
    signed: symbols.Edge, reference: Dossier
) -> None:
    """On its side of the symbol, level with its point, as near as signs; its box holds both."""
    events = tuple(reference.events.values())[:2]
    spot = symbols.Spot(
        "p", "p", "", 30, 20, "dated", 0, events=events, numbers=(1, 12), marker=(2, 1),
        signed=signed,
    )  # fmt: skip
    ((left, top, right, bottom),) = spot.sign_boxes
    assert (right - left, bottom - top) == pytest.approx((4, 2))
    away = symbols.RADIUS["dated"] + 0.35
    middle = {"S": (30, 20 + away + 1), "N": (30, 20 - away - 1), "E": (30 + away + 2, 20),
              "W": (30 - away - 2, 20)}[signed]  # fmt: skip
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx(middle)
    assert spot.box == around((spot.symbol_box, *spot.sign_boxes))


stretches = st.lists(st.tuples(st.floats(0, 200), st.floats(2, 8)), min_size=1, max_size=25)


@given(stretches)
@settings(deadline=None)
def test_words_along_an_axis_keep_their_order_and_never_touch(
    things: list[tuple[float, float]],
) -> None:
    things = sorted(things)
    wanted, heights = [t[0] for t in things], [t[1] for t in things]
    at = words.spread(wanted, heights, 0, 250)
    for (a, h), (b, k) in itertools.pairwise(zip(at, heights, strict=True)):
        assert b - a >= (h + k) / 2 - 1e-6
    assert at[0] - heights[0] / 2 >= -1e-6
    assert at[-1] + heights[-1] / 2 <= 250 + 1e-6


def test_words_with_room_stand_exactly_at_their_day() -> None:
    assert words.spread([10, 50, 90], [4, 4, 4], 0, 100) == [10, 50, 90]


# -- type ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_no_type_on_a_plate_is_smaller_than_five_and_a_half_points(
    themes: dict[str, Style], theme: str
) -> None:
    sizes = {
        tuple(sorted(rule.classes)): PlateStyle(themes[theme]).text(" ".join(rule.classes)).size
        for rule in PlateStyle(themes[theme]).rules
        if "font-size" in rule.values
    }
    assert len(sizes) > 20
    assert {c: s for c, s in sizes.items() if s < 5.5 * MM_PER_POINT - 1e-9} == {}


@pytest.mark.parametrize("words", ["Yevlakh, Tartar", "Şuşa və Ağdam", "AVATAR To Ye", "18–19 Aug"])
def test_the_measure_of_a_word_is_that_of_the_page(style: Style, words: str) -> None:
    """Advances and kerning add up to the width at which HarfBuzz sets the same words."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    text = PlateStyle(style).text("label-dated")
    face = style.face(text.families[0], text.weight, text.slant)

    class Only(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, style.files[face.key])

    fonts = FontConfiguration()
    css = CSS(
        string=f"@font-face{{font-family:x;src:url(https://d.invalid/f)}}"
        f"b{{font:400 {text.size * 10}mm x;font-variant-ligatures:none;white-space:nowrap}}"
        "@page{size:2000mm 100mm;margin:0}",
        font_config=fonts,
        url_fetcher=Only(),
    )
    page = HTML(string=f"<b style='display:inline-block'>{words}</b>").render(
        stylesheets=[css], font_config=fonts
    )
    box = next(b for b in boxes_of(page.pages[0]._page_box) if b.element_tag == "b")
    measured = PlateStyle(style).run(words, text).width
    assert box.width * 25.4 / 96 / 10 == pytest.approx(measured, rel=0.004)


def boxes_of(box: Any) -> Iterator[Any]:
    yield box
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from boxes_of(child)


def test_a_letter_that_no_font_has_is_a_finding(reference: Dossier, style: Style) -> None:
    spot = {**a_place("lhasa", 29.65, 91.1), "name": "ལྷ་ས"}
    plate, dossier = a_dossier(reference, [spot], relief="false", tints="false", towns="false")
    assert "E169" in codes(plates.draw_plate(plate, dossier, style, {}))


def test_steps_of_date_hold_in_grey(themes: dict[str, Style]) -> None:
    """Each step is clearly darker than the one before (relative luminance, WCAG 2.2)."""
    for style in themes.values():
        tones = [luminance(style.tokens[f"--map-step-{n}"]) for n in range(1, legend_steps() + 1)]
        assert all(a - b > 0.04 for a, b in itertools.pairwise(tones)), tones


def legend_steps() -> int:
    from press.plates.maps.areas import STEPS

    return STEPS


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


# -- the reference map -----------------------------------------------------------------------------


def test_every_place_of_an_event_is_on_the_map_or_said_to_be_beyond_it(
    reference: Dossier, campaign: Map, style: Style, drawn: Drawing
) -> None:
    asked = MapInput(campaign, reference, style, "Map 1", {}).wanted_places
    assert len(asked) > 15
    beyond = " ".join(drawn.remarks)
    missing = [p.id for p in asked if p.id not in drawn.places and p.name not in beyond]
    assert missing == []


def test_a_captured_town_carries_every_date_that_sources_give(drawn: Drawing) -> None:
    dates = re.findall(r'class="label-date"[^>]*>([^<]+)<', drawn.svg)
    plain = [text.replace("\u00a0", " ") for text in dates]
    assert "23 Jul" in plain
    assert "18–19 or 23 Aug" in plain
    assert "23 or 25 Aug" in plain


def test_areas_are_stepped_in_the_order_of_their_events(drawn: Drawing) -> None:
    dated = groups(drawn)[0]
    names = [item.text for item in dated.items]
    assert names == ["Agdam", "Jabrayil", "Fuzuli", "Qubadli", "Zangilan"]
    steps = [re.search(r'class="step-(\d)"', item.svg) for item in dated.items]
    assert [int(found[1]) for found in steps if found] == [1, 2, 3, 4, 5]


def test_the_legend_explains_what_is_drawn_and_nothing_else(
    reference: Dossier, campaign: Map, style: Style, drawn: Drawing
) -> None:
    texts = {item.text for item in items(drawn)}
    words = locale.messages("en")
    assert words["plate.arrow"] in texts
    assert any(group.kind == "strip" for group in groups(drawn))
    bare = campaign.model_copy(
        update={"arrows": (), "lines": (), "tints": False, "relief": False, "towns": False}
    )
    less = plates.draw_plate(bare, reference, style, {})
    texts = {item.text for item in items(less)}
    assert words["plate.arrow"] not in texts
    assert words["plate.minor"] not in texts
    assert not any("1923" in text for text in texts)
    assert not any(group.kind == "strip" for group in groups(less))
    assert "Elevation" not in " ".join(less.credits)


def test_the_map_says_in_words_what_it_shows(reference: Dossier, drawn: Drawing) -> None:
    said = " ".join(drawn.equivalent)
    for ident in drawn.places:
        assert reference.places[ident].name in said
    assert "Agdam taken (23 July 1993)" in said.replace("\u00a0", " ")
    title = re.search(r"<title>(.*?)</title>", drawn.svg)
    assert title is not None
    assert drawn.alt in title[1].replace("&amp;", "&")


def test_each_name_stands_in_the_picture_once(drawn: Drawing) -> None:
    names = re.findall(r"<text[^>]*>([^<]+)</text>", drawn.svg)
    towns = [n for n in names if n in {"Agdam", "Fuzuli", "Jabrayil", "Horadiz", "Kura", "Aras"}]
    assert sorted(towns) == sorted(set(towns))
    assert len(towns) == 6


@pytest.mark.parametrize("which", ["drawn", "timed"])
def test_a_picture_uses_only_what_weasyprint_can_draw(
    which: str, request: pytest.FixtureRequest
) -> None:
    picture = request.getfixturevalue(which).svg
    for trap in ("var(", "foreignObject", "textPath", "paint-order", "<mask", " opacity", "&#"):
        assert trap not in picture
    assert re.match(r"<svg [^>]*role=\"img\"[^>]*><title>", picture)
    styled = set(re.findall(r'class="([^"]+)"', picture))
    css = picture.split("<style>")[1].split("</style>")[0]
    known = {f".{name}" for attribute in styled for name in attribute.split()}
    assert [name for name in sorted(known) if name not in css] in ([], [".shade"])


def test_every_path_of_a_picture_is_numbers(drawn: Drawing, timed: Drawing) -> None:
    """What is no number ends a path where it stands, and WeasyPrint draws what came before."""
    paths = re.findall(r' d="([^"]*)"', str(drawn.svg) + str(timed.svg))
    assert len(paths) > 100
    assert [] == [d for d in paths if not re.fullmatch(r"M[-0-9. MLHVCQAZlhvcqaz]+", d)]


def test_the_reference_plates_are_light(drawn: Drawing, timed: Drawing) -> None:
    assert len(drawn.svg) < 150_000
    assert len(timed.svg) < 60_000


def test_the_same_plate_comes_out_in_every_process(
    reference: Dossier, campaign: Map, style: Style, drawn: Drawing
) -> None:
    """Neither the second drawing nor another seed of Python's hashes changes a byte."""
    again = plates.draw_plate(campaign, reference, style, {})
    assert again == drawn
    code = (
        "import hashlib, tests.plates.test_plates as t; from press import plates;"
        "from press.design import styles;"
        "from press.content.load import load; from press.content.snapshot import read;"
        "d = load(read(t.ROOT / 'content' / '1993-summer-offensives')).dossier;"
        "s = styles.flatten(t.engine('styles'), 'default'); p = t.of_kind(d, 'map');"
        "r = plates.draw_plate(p, d, s, {});"
        "import sys; sys.stdout.write(hashlib.sha256(r.svg.encode()).hexdigest())"
    )
    import hashlib

    out = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "12345"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert out.stdout == hashlib.sha256(drawn.svg.encode()).hexdigest()


def test_maps_of_stages_keep_their_colours(
    reference: Dossier, campaign: Map, style: Style, drawn: Drawing
) -> None:
    """In August two districts are taken, in the colours they have in the end."""
    until = parse("1993-08-20")
    early = campaign.model_copy(update={"until": until})
    made = plates.draw_plate(early, reference, style, {})
    names = [item.text for item in groups(made)[0].items]
    assert names == ["Agdam", "Jabrayil"]
    assert groups(made)[0].items[1].svg == groups(drawn)[0].items[1].svg
    assert "zangilan-taken" not in made.events
    assert made.situation.replace("\u00a0", " ") == "Situation as of 20 August 1993"


@pytest.mark.parametrize("theme", THEMES)
def test_a_full_plate_fills_its_page_and_does_not_leave_it(
    reference: Dossier, themes: dict[str, Style], theme: str
) -> None:
    style = themes[theme]
    room = token_length(style, "--plate-height", 0)
    for plate in (of_kind(reference, "map"), of_kind(reference, "timeline")):
        made = plates.draw_plate(plate, reference, style, {})
        assert room - 7 <= made.total <= room


def test_a_plate_names_its_sources_as_tables_do(reference: Dossier, drawn: Drawing) -> None:
    """By their short labels, with the places in them, also in the words that are measured."""
    template = environment(engine("templates"))
    figure = plates.figure(drawn, template, reference, cited(reference))
    label = Citations(reference.bibliography).labelled(drawn.sources[:1], lambda _, words: words)
    assert drawn.sourced.startswith(label.striptags())
    assert re.search(rf"Sources?: {re.escape(drawn.sourced)}", figure.striptags())


def cited(dossier: Dossier) -> Callable[[Sequence[Cite]], Markup]:
    """Prints citations without numbers."""
    link = Markup('<a href="#source-{}">{}</a>').format
    citations = Citations(dossier.bibliography, dossier.meta.language)
    return lambda cites: citations.labelled(cites, link)


def test_the_height_worked_out_is_the_height_on_the_page(
    reference: Dossier, style: Style, drawn: Drawing
) -> None:
    """The last line of credits ends no lower than worked out, and at most 4 mm higher."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fonts(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            key = url.removeprefix("https://d.invalid/")
            if key in style.files:
                return URLFetcherResponse(url, style.files[key])
            return super().fetch(url, headers)

    figure = plates.figure(drawn, environment(engine("templates")), reference, cited(reference))
    head = f"<style>{style.css()}</style>"
    html = f"<html lang=en><head><title>t</title>{head}</head><body>{figure}</body></html>"
    pages = HTML(string=html, base_url="https://d.invalid/", url_fetcher=Fonts()).render().pages
    assert len(pages) == 1
    found = list(boxes_of(pages[0]._page_box))
    [outer] = [b for b in found if b.element_tag == "figure"]
    words = [b for b in found if b.element_tag == "p"]
    bottom = max(b.position_y + b.margin_height() for b in words)
    assert drawn.total - 4 <= (bottom - outer.position_y) * 25.4 / 96 <= drawn.total + 0.2


# -- anywhere --------------------------------------------------------------------------------------


def test_a_map_across_the_date_line_is_one_piece(reference: Dossier, style: Style) -> None:
    spots = [a_place("suva", -18.14, 178.44, "capital"), a_place("lakeba", -18.21, -178.78)]
    plate, dossier = a_dossier(reference, spots, padding="20")
    made = plates.draw_plate(plate, dossier, style, {})
    degrees = re.findall(r'class="label-graticule"[^>]*>([^<]+)<', made.svg)
    assert any(d.endswith("E") for d in degrees)
    assert any(d.endswith("W") for d in degrees)
    assert {"suva", "lakeba"} == made.places
    assert clashes(made) == []
    # Lakeba lies east of Suva by 2°47′: on paper too.
    at = {b.key: b.box for b in made.boxes if not b.text}
    assert at["lakeba"][0] > at["suva"][0] + 60


def test_areas_are_found_by_name_and_by_code(
    reference: Dossier, campaign: Map, style: Style
) -> None:
    given, world = (
        MapInput(campaign, reference, style, "Map 1", {}),
        shapely.box(-180, -90, 180, 90),
    )
    by_name = pick.pick_area(given, 0, Area.model_validate({"name": "Agdam"}), world)
    by_code = pick.pick_area(given, 0, Area.model_validate({"iso": "AZ-AGM"}), world)
    country = pick.pick_area(given, 0, Area.model_validate({"iso": "RWA"}), world)
    assert isinstance(by_name, pick.Picked)
    assert isinstance(by_code, pick.Picked)
    assert isinstance(country, pick.Picked)
    assert by_name.geometry.equals(by_code.geometry)
    assert country.name == "Rwanda"
    square_km = abs(GEOD.geometry_area_perimeter(by_name.geometry)[0]) / 1e6
    assert 900 < square_km < 1300


def test_an_unknown_area_is_a_finding_with_the_nearest_names(
    reference: Dossier, style: Style
) -> None:
    plate, dossier = a_dossier(
        reference, [a_place("kigali", -1.95, 30.06)], areas=[{"name": "Zangilaan"}]
    )
    made = plates.draw_plate(plate, dossier, style, {})
    [fault] = [f for f in made.faults if f.code == "E171"]
    assert fault.loc == ("areas", 0, "name")
    assert "Zangilan" in fault.hint or "Zəngilan" in fault.hint


def test_a_place_outside_the_frame_is_a_warning(reference: Dossier, style: Style) -> None:
    spots = [a_place("kigali", -1.95, 30.06), a_place("oslo", 59.9, 10.7)]
    plate, dossier = a_dossier(
        reference,
        spots,
        show=["kigali", "oslo"],
        extent={"west": "29", "east": "31", "south": "-3", "north": "-1"},
    )
    made = plates.draw_plate(plate, dossier, style, {})
    [fault] = [f for f in made.faults if f.code == "E179"]
    assert severity_of(fault.code) == "warning"
    assert "Oslo lies outside the frame (at 59.9, 10.7)" in fault.message
    assert fault.place == "oslo"
    assert made.places == {"kigali"}


def test_an_arrow_names_the_place_that_lies_outside(reference: Dossier, style: Style) -> None:
    """It may be the place that is wrong, and not the extent."""
    plate, dossier = a_dossier(
        reference,
        [a_place("kigali", -1.95, 30.06), a_place("oslo", 59.9, 10.7)],
        show=["kigali"],
        extent={"west": "29", "east": "31", "south": "-3", "north": "-1"},
        arrows=[{"through": ["kigali", "oslo"], "sources": ["geonames"]}],
    )
    [fault] = [f for f in plates.draw_plate(plate, dossier, style, {}).faults if f.code == "E178"]
    assert fault.message.startswith("Oslo lies outside the frame (at 59.9, 10.7), and the arrow")
    assert "correct where Oslo lies" in fault.hint


def test_a_place_that_is_doubted_is_no_fault_of_the_map(reference_files: Snapshot) -> None:
    """Where a check says that a place lies elsewhere, the map does not ask for a wider extent."""
    said = PlateFault(("arrows", 0), "E178", "Agdam lies outside the frame", "widen", "agdam")
    drawing = cast("plates.Drawing", SimpleNamespace(id="campaign", faults=(said,)))
    swapped = reference_files.text("gazetteer.yaml").replace("39.991, 46.927", "46.927, 39.991")
    wrong = {**reference_files.files, "gazetteer.yaml": swapped.encode()}
    for files, found in ((reference_files.files, 1), (wrong, 0)):
        loaded = load(Snapshot("r", "r", files))
        assert len(list(plate_findings(loaded, [drawing]))) == found


@pytest.mark.parametrize(
    ("plate", "code"),
    [
        ({"projection": "mercater"}, "E170"),
        ({"areas": [{"file": "plates/none.geojson"}]}, "E174"),
        ({"areas": [{"file": "plates/broken.geojson"}]}, "E175"),
        ({"areas": [{"file": "plates/metres.geojson"}]}, "E176"),
        ({"areas": [{"name": "Oslo", "country": "NOR"}]}, "E177"),
        ({"lines": [{"name": "No such line", "legend": "x"}]}, "E173"),
        ({"focus": ["XXX"]}, "E182"),
    ],
)
def test_a_wish_that_cannot_be_met_is_a_finding_and_the_map_is_drawn_without_it(
    reference: Dossier, style: Style, plate: dict[str, object], code: str
) -> None:
    wanted, dossier = a_dossier(
        reference,
        [a_place("kigali", -1.95, 30.06)],
        extent={"west": "29", "east": "31", "south": "-3", "north": "-1"},
        **plate,
    )
    metres = {"type": "Point", "coordinates": [500000, 4649776]}
    files = {
        "plates/broken.geojson": b'{"type": "Feature"}',
        "plates/metres.geojson": json.dumps(metres).encode(),
    }
    made = plates.draw_plate(wanted, dossier, style, files)
    assert code in codes(made)
    assert made.places == {"kigali"}


def test_the_authors_own_shape_is_drawn(reference: Dossier, style: Style) -> None:
    """A polygon with a hole, and one that crosses itself, are mended and drawn."""
    ring = [[29.5, -2.5], [30.5, -2.5], [30.5, -1.5], [29.5, -1.5], [29.5, -2.5]]
    hole = [[29.9, -2.1], [30.1, -2.1], [30.1, -1.9], [29.9, -1.9], [29.9, -2.1]]
    bow = [[29.2, -2.9], [29.4, -2.7], [29.4, -2.9], [29.2, -2.7], [29.2, -2.9]]
    shapes = [{"type": "Polygon", "coordinates": c} for c in ([ring, hole], [bow])]
    data = {"type": "FeatureCollection", "features": [{"geometry": g} for g in shapes]}
    plate, dossier = a_dossier(
        reference,
        [a_place("kigali", -1.95, 30.06)],
        areas=[{"file": "plates/own.geojson", "label": "Own", "style": "tint", "legend": "Mine"}],
    )
    files = {"plates/own.geojson": json.dumps(data).encode()}
    made = plates.draw_plate(plate, dossier, style, files)
    [fault] = made.faults
    assert (fault.code, fault.loc) == ("E185", ("areas", 0, "file"))
    assert severity_of(fault.code) == "warning"
    assert "1 shape" in fault.message
    [path] = re.findall(r'class="area-tint" d="([^"]+)"', made.svg)
    assert path.count("z") >= 3
    assert any(item.text == "Mine" for item in items(made))


def test_a_boundary_in_pieces_is_closed_and_bears_its_name(
    reference: Dossier, style: Style
) -> None:
    """The former oblast comes in chains that just miss each other; 4,282 km² lie inside."""
    [oblast] = Atlas().find("former", name="Nagorno-Karabakh Autonomous Oblast")
    chains = Atlas().find("disputed", name="Former USSR oblast in 1991")
    inside = pick.closed(shapely.union_all([chain.geometry for chain in chains]))
    area = abs(GEOD.geometry_area_perimeter(inside)[0]) / 1e6
    whole = abs(GEOD.geometry_area_perimeter(oblast.geometry)[0]) / 1e6
    assert area == pytest.approx(whole, rel=0.01)
    named = {"name": "Former USSR oblast in 1991", "legend": "Oblast", "label": "Karabakh"}
    spot = a_place("shusha", 39.76, 46.75)
    extent = {"west": "45.5", "east": "48", "south": "39", "north": "41"}
    plate, dossier = a_dossier(reference, [spot], extent=extent, lines=[named], towns="false")
    made = plates.draw_plate(plate, dossier, style, {})
    assert ">KARABAKH<" in made.svg
    assert made.dropped == ()


def test_a_name_without_room_is_reported(reference: Dossier, style: Style) -> None:
    named = {"name": "Former USSR oblast in 1991", "legend": "x", "label": "A very long name " * 16}
    spot = a_place("shusha", 39.76, 46.75)
    extent = {"west": "45.5", "east": "48", "south": "39", "north": "41"}
    plate, dossier = a_dossier(reference, [spot], extent=extent, lines=[named], towns="false")
    assert named["label"].strip() in plates.draw_plate(plate, dossier, style, {}).dropped


def test_two_ids_on_one_spot_are_reported(reference: Dossier, style: Style) -> None:
    spots = [a_place("here", -1.95, 30.06), a_place("there", -1.95, 30.06)]
    plate, dossier = a_dossier(reference, spots, relief="false", tints="false")
    assert "E180" in codes(plates.draw_plate(plate, dossier, style, {}))


def test_a_scale_beyond_the_data_is_a_warning(reference: Dossier, style: Style) -> None:
    box = {"west": "30.02", "south": "-1.97", "east": "30.10", "north": "-1.93"}
    spot = a_place("here", -1.95, 30.06)
    plate, dossier = a_dossier(reference, [spot], extent=box, towns="false")
    made = plates.draw_plate(plate, dossier, style, {})
    assert "E183" in codes(made)
    assert severity_of("E183") == "warning"


def test_names_that_differ_only_in_spelling_are_not_printed_twice(reference: Dossier) -> None:
    named = {p.id: places.place_names(p, None) for p in reference.gazetteer.places}
    assert named["agdam"] == ("Agdam", "")
    assert named["martakert"] == ("Martakert", "Aghdara")
    assert named["khankendi"] == ("Khankendi", "Stepanakert")


# -- the timeline ----------------------------------------------------------------------------------


def test_every_event_of_the_span_stands_on_the_timeline(
    reference: Dossier, line: Timeline, timed: Drawing
) -> None:
    assert line.span is not None
    inside = {
        e.id for e in reference.chronology.events if any(d.overlaps(line.span) for d in e.all_dates)
    }
    assert len(inside) >= 32
    assert timed.events == inside
    words = " ".join(re.findall(r"<text[^>]*>([^<]+)</text>", timed.svg))
    for event in (reference.events[i] for i in inside):
        for word in event.title.split():
            assert word in words.replace("&amp;", "&"), event.title


def test_events_outside_the_span_are_counted(reference: Dossier, timed: Drawing) -> None:
    outside = len(reference.chronology.events) - len(timed.events)
    assert outside > 0
    assert any(remark.startswith(f"{outside} events") for remark in timed.remarks)


def an_event(**fields: object) -> Event:
    return Event.model_validate({"id": "e", "title": "T", "text": "t", "category": "one", **fields})


AXIS = axis.TimeAxis(parse("1993-06-01").earliest, parse("1993-11-30").latest, 0, 183)


@pytest.mark.parametrize(
    ("date", "kind", "solid", "days"),
    [
        ("1993-07-23", "exact", True, 1),
        ("1993-08-26~", "about", False, 1),
        ("1993-08-26?", "about", False, 1),
        ("1993-10", "about", False, 31),
        ("1993-08-08~/1993-08-10~", "about", False, 3),
        ("[1993-08-18,1993-08-19]", "about", False, 2),
        ("1993-09-05/1993-09-09", "lasting", True, 5),
    ],
)
def test_a_date_is_drawn_as_sure_as_it_is(date: str, kind: str, solid: bool, days: int) -> None:
    [mark] = axis.marks_of(an_event(date=date), AXIS)
    assert (mark.kind, mark.solid) == (kind, solid)
    assert mark.end - mark.begin == pytest.approx(days)


def test_a_disputed_date_is_drawn_at_every_date_that_sources_give() -> None:
    claims = [
        {"date": "1993-08-23", "says": "one", "preferred": "true", "reason": "r"},
        {"date": "1993-08-25", "says": "another"},
    ]
    marks = axis.marks_of(an_event(claims=claims), AXIS)
    assert [(m.kind, m.solid, round(m.begin)) for m in marks] == [
        ("contested", True, 83),
        ("contested", False, 85),
    ]


def test_where_no_account_is_preferred_no_sign_is_solid() -> None:
    claims = [{"date": d, "says": d} for d in ("1993-08-18/1993-08-19", "1993-08-23")]
    marks = axis.marks_of(an_event(claims=claims), AXIS)
    assert [m.solid for m in marks] == [False, False]


def on_the_left(counts: Sequence[int]) -> list[str]:
    """The categories, with so many events each, whose lanes stand left of the axis."""
    known = [Category(id=f"c{n}", label=f"C{n}", sign="ring") for n in range(len(counts))]
    events = [
        an_event(id=f"e{n}-{times}", category=f"c{n}", date="1993-07-23")
        for n, count in enumerate(counts)
        for times in range(count)
    ]
    listed = [axis.TimelineItem(event, axis.marks_of(event, AXIS)) for event in events]
    dossier = Dossier.model_construct(
        chronology=Chronology(categories=tuple(known), events=tuple(events))
    )
    lanes = axis.lanes_of(listed, dossier, AXIS, 80)
    return [lane.category.id for lane in lanes if lane.side < 0]


@pytest.mark.parametrize(
    ("counts", "left"),
    [([3], "c0"), ([1, 2, 3], "c0 c1"), ([5, 1, 1, 1], "c0"), ([2, 2, 2, 2], "c0 c1")],
)
def test_lanes_of_both_sides_carry_about_as_many_words(counts: list[int], left: str) -> None:
    assert on_the_left(counts) == left.split()


def test_many_categories_find_their_sides_soon() -> None:
    """Not after all of the 2⁶⁰ ways to part them."""
    left = on_the_left([1 + n % 3 for n in range(60)])
    assert sum(1 + int(name[1:]) % 3 for name in left) == 60


def test_uncertain_and_disputed_events_of_the_dossier_look_it(
    reference: Dossier, timed: Drawing
) -> None:
    assert "link category" in timed.svg
    assert "fade category" in timed.svg
    assert "sign open category" in timed.svg
    texts = {item.text for item in items(timed)}
    assert locale.messages("en")["timeline.contested"] in texts


def test_what_does_not_fit_beside_the_axis_is_numbered_and_listed(
    reference: Dossier, line: Timeline, style: Style
) -> None:
    half = line.model_copy(update={"size": "half", "show": "events"})
    made = plates.draw_plate(half, reference, style, {})
    listed = [i for i in items(made) if re.match(r"[LR]\d+ ", i.text)]
    titles = " ".join(i.text for i in listed) + made.svg
    assert all(reference.events[e].title.split()[0] in titles for e in made.events)
    assert clashes(made) == []


def test_a_span_without_events_is_an_error(
    reference: Dossier, line: Timeline, style: Style
) -> None:
    early = line.model_copy(update={"span": parse("1793/1794")})
    made = plates.draw_plate(early, reference, style, {})
    assert [(f.code, f.loc) for f in made.faults] == [("E187", ("span",))]
    assert severity_of("E187") == "error"


def test_a_timeline_of_centuries_has_years(reference: Dossier, style: Style) -> None:
    dated = [("a", "0793"), ("b", "1066-10-14"), ("c", "1265-01-20"), ("d", "1492"),
             ("e", "1789")]  # fmt: skip
    plate = Timeline.model_validate({"kind": "timeline", "id": "long", "title": "Long"})
    spots = [a_place("here", 54.0, -1.0)]
    _, dossier = a_dossier(reference, spots, *({"id": i, "date": d} for i, d in dated))
    dossier = dossier.model_copy(
        update={"plates": dossier.plates.model_copy(update={"plates": (plate,)})}
    )
    made = plates.draw_plate(plate, dossier, style, {})
    years = re.findall(r'class="label-(?:day|month)"[^>]*>(\d+)<', made.svg)
    assert {"1000", "1500"} <= set(years)
    assert clashes(made) == []


# -- signs and words -------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", get_args(Sign))
def test_a_sign_is_the_same_in_the_table_as_on_the_plates(sign: Sign, style: Style) -> None:
    table = signs.sign_maker(style)(sign, "category-1", "Military")
    assert "<title>Military</title>" in table
    assert style.tokens["--category-1"] in table
    d = signs.outline(sign, 1.3, 1.3, 2.6 * 0.38)
    assert f'd="{d}"' in table


def test_signs_can_be_told_apart_without_colour() -> None:
    shapes = {signs.outline(sign, 5, 5, 1) for sign in get_args(Sign)}
    assert len(shapes) == len(get_args(Sign))


@pytest.mark.parametrize("language", ["de", "fr"])
def test_every_language_has_the_words_of_plates_with_the_same_blanks(language: str) -> None:
    english, other = locale.own_words("en"), locale.own_words(language)
    keys = [key for key in english if key.startswith(("plate.", "timeline."))]
    assert len(keys) > 50
    for key in keys:
        assert key in other
        assert blanks(english[key]) == blanks(other[key]), key


def blanks(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize(
    ("wide", "most"), [(40, 1), (70, 1), (90, 2), (125, 2), (130, 3), (400, 3)]
)
def test_a_legend_has_no_narrow_columns(wide: float, most: int, style: Style) -> None:
    """One at the least, and further ones where each is wide enough for words."""
    text = SimpleNamespace(text=lambda name: SimpleNamespace(size=2.4))
    given = SimpleNamespace(style=style, side=0.0)
    whole = SimpleNamespace(canvas=SimpleNamespace(style=text, given=given))
    assert finish._legend_room(cast("Any", whole), wide, False) == (wide, most)


def test_columns_of_the_legend_keep_their_order(reference: Dossier, style: Style) -> None:
    listed = [plates.LegendGroup(str(n), (plates.LegendItem("", "x"),) * n) for n in (5, 3, 4)]
    plate = Map.model_validate({"kind": "map", "id": "m", "title": "m"})
    given = PlateInput(plate, reference, style, "Map 1", {})
    canvas = Canvas(given=given, space=Space(180, 180), order=())
    made, height = legend.columns(canvas, listed, 136, most=3)
    assert [g.title for column in made for g in column.groups] == ["5", "3", "4"]
    assert height == pytest.approx(max(legend.group_height(canvas, g, 42) for g in listed))


@pytest.mark.parametrize("sevenths", range(1, 60))
def test_short_arrows_stay_where_they_belong(sevenths: int) -> None:
    """An arrow of any length, its points however spaced, lies along its line and nowhere else."""
    step = 0.8 * sevenths / 7
    line = shapely.LineString([(10, 10), (10 + step, 10), (10 + 2 * step, 10)])
    left, top, right, bottom = arrow(line, 0.6, 1.3, 2.8).bounds
    assert 9.9 < left < 10.1
    assert right < 10.1 + 2 * step
    assert 8 < top < bottom < 12


@pytest.mark.parametrize("crossed", [False, True])
def test_lines_of_a_pattern_overshoot_its_tile(crossed: bool) -> None:
    """On both sides, so that no seam shows where tiles meet: along, and across where crossed."""
    drawing = svg.pattern("p", "hatch", 45, 2.0, crossed)
    side = float(re.findall(r'width="([\d.]+)"', drawing)[0])
    (data,) = re.findall(r' d="([^"]+)"', drawing)
    lines = [[float(n) for n in re.findall(r"-?[\d.]+", part)] for part in data.split("M")[1:]]
    along, *across = lines
    assert len(across) == crossed
    for middle, start, end in (along, *((y, x, end) for x, y, end in across)):
        assert middle == pytest.approx(side / 2, abs=0.01)
        assert start < 0 < side < end


@pytest.mark.parametrize(
    ("kind", "language", "rank"),
    [
        ("village", "en", "village"), ("Hamlet", "en", "village"), ("city", "en", "city"),
        ("Hauptstadt", "de", "capital"), ("Bergdorf", "de", "village"), ("fort", "en", "town"),
    ],
)  # fmt: skip
def test_a_place_has_the_rank_that_its_kind_names(kind: str, language: str, rank: str) -> None:
    """In the language of the dossier, and a town's where it names none."""
    place = Place.model_validate({"id": "a", "name": "A", "at": "40, 46", "kind": kind})
    assert places._rank(locale.messages(language), place) == rank


@pytest.mark.parametrize(
    ("west", "south", "east", "north", "name"),
    [
        (-100, -10, 60, 30, "equal-earth"), (-10, -55, 40, 55, "equal-earth"),
        (-100, 62, 60, 68, "equal-area"), (0, 70, 20, 80, "polar"), (0, 40, 20, 89, "polar"),
        (40, 38, 48, 42, "conic"), (0, -10, 50, 15, "mercator"), (0, -10, 70, 15, "equal-area"),
        (0, 30, 60, 60, "equal-area"),
    ],
)  # fmt: skip
def test_a_map_has_the_projection_that_suits_it(
    west: float, south: float, east: float, north: float, name: str
) -> None:
    """By how wide and high it is and where its middle lies: the world, a pole, a country."""
    assert projection.choose(projection.Bounds(west, south, east, north)).key == name


@pytest.mark.parametrize("length", [0.4, 5.0, 7.1])
def test_text_is_kept_off_a_line_to_its_end(length: float) -> None:
    """Every point of the line lies in one of the boxes strung along it."""
    course = shapely.LineString([(0, 0), (length, 0)])
    boxes = list(beads(course, 1.0))
    for x in np.linspace(0, length, 50):
        assert any(left <= x <= right for left, _, right, _ in boxes), x


@pytest.mark.parametrize("date", ["1993-08-10", "1993-08", "1993-08-10~", "1993-08-10/.."])
def test_an_event_takes_the_room_of_its_signs(date: str) -> None:
    """Those at the ends of its marks included, whole."""
    event = an_event(date=date)
    item = axis.TimelineItem(event, axis.marks_of(event, AXIS))
    low, high = item.stretch
    assert low <= min(item.middle, *(m.begin for m in item.marks)) - axis.RADIUS
    assert high >= max(item.middle, *(m.end for m in item.marks)) + axis.RADIUS
