"""Maps of anywhere: every plate of the gallery, the author's own layers, scripts, stages, cache."""

from __future__ import annotations

import io
import itertools
import json
import math
import re
import runpy
import sqlite3
import struct
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pypdfium2
import pytest
import shapefile  # type: ignore[import-untyped]
import shapely
from markupsafe import Markup, escape
from pyproj import CRS, Geod, Transformer
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from press import locale, plates
from press.atlas import Atlas
from press.base.boxes import overlap
from press.base.finding import severity_of
from press.base.scripts import is_joined
from press.base.templates import environment
from press.content.load import Loaded, load
from press.content.model import Dossier, Map, Value
from press.content.snapshot import engine_files, read
from press.design import styles
from press.design.styles import Style
from press.plates import Drawing, shaping, store, svg
from press.plates.drawing import PlateInput
from press.plates.maps import frame, graticule, layers, lines
from press.plates.maps.projection import Bounds
from press.plates.style import PlateStyle, room
from press.plates.text import inked
from tests.base import test_house as house
from tests.conftest import ROOT
from tests.plates.test_plates import items

GEOD = Geod(ellps="WGS84")
GALLERY = ROOT / "docs" / "gallery"
FOLDERS = sorted(path.name for path in GALLERY.iterdir() if path.is_dir())
REFERENCE = "1993-summer-offensives"


@pytest.fixture(scope="module")
def style() -> Style:
    return styles.flatten(engine_files())


@cache
def loaded(name: str) -> Loaded:
    return load(read(GALLERY / name if name in FOLDERS else ROOT / "content" / name))


def the_map(dossier: Dossier, stages: bool = False) -> Map:
    return next(p for p in dossier.plates.plates if isinstance(p, Map) and bool(p.stages) == stages)


DRAWN: dict[str, Drawing] = {}
"""The maps that were drawn, by what they were drawn from: a drawing is a value, so one suffices."""


def drawn(name: str, style: Style, stages: bool = False, **changes: object) -> Drawing:
    """A map of the gallery or of the reference dossier, with changes to its entry."""
    key = repr((name, stages, changes))
    if key not in DRAWN:
        found = loaded(name)
        plate = the_map(found.dossier, stages)
        if changes:
            given = plate.model_dump(exclude_unset=True)
            plate = Map.model_validate({**given, **changes})
        DRAWN[key] = plates.draw_plate(plate, found.dossier, style, found.snapshot.files)
    return DRAWN[key]


# -- the gallery -----------------------------------------------------------------------------------


def test_the_gallery_has_at_least_twelve_plates() -> None:
    assert len(FOLDERS) >= 11  # and the reference dossier
    index = (GALLERY / "README.md").read_text("utf-8")
    for name in (*FOLDERS, "reference", "stages"):
        picture = GALLERY / f"{name}.png"
        assert f"({name}.png)" in index
        assert 10_000 < picture.stat().st_size < 1_500_000


@pytest.mark.parametrize("name", FOLDERS)
def test_a_dossier_of_the_gallery_has_no_fault(name: str) -> None:
    """People copy it."""
    assert loaded(name).findings == ()


def test_the_script_of_the_gallery_sets_a_plate(style: Style) -> None:
    """``docs/gallery.py``, by which the pictures are made anew."""
    script = runpy.run_path(str(ROOT / "docs" / "gallery.py"))
    exhibit = next(one for one in script["exhibits"]() if one.name == "fiji")
    page = script["page_of"](script["drawing_of"](exhibit, style), exhibit, style)
    assert page.startswith(b"%PDF")


@pytest.mark.parametrize("name", [*FOLDERS, REFERENCE, "stages"])
def test_nothing_on_a_plate_overlaps(name: str, style: Style) -> None:
    """Labels keep clear of one another, of symbols and of the neatline; and nothing is wrong."""
    stages = name == "stages"
    made = drawn(REFERENCE if stages else name, style, stages)
    clashes = [
        (one.text or one.key, other.text or other.key)
        for one, other in itertools.combinations(made.boxes, 2)
        if not (one.key == other.key and one.text) and overlap(one.box, other.box)
    ]
    assert clashes == []
    assert len(made.boxes) > 5
    margin = graticule.SMALL_MARGIN if stages else graticule.MARGIN
    for box in made.boxes:
        if box.text:
            assert box.box[0] >= 0
            assert box.box[1] >= 0
            assert box.box[2] <= made.width - margin
            assert box.box[3] <= made.height - margin
    assert [f for f in made.faults if severity_of(f.code) == "error"] == []
    assert made.total <= room(made.size, style)[1]


def test_a_manuals_lines_are_all_drawn() -> None:
    """Every example of docs/maps.md has its picture, and every picture its example."""
    text = (ROOT / "docs" / "maps.md").read_text("utf-8")
    named = re.findall(r"<!-- [a-z-]+: ([a-z-]+) -->", text)
    shown = re.findall(r"!\[\]\(maps/([a-z-]+)\.png\)", text)
    assert named == shown
    assert {p.stem for p in (ROOT / "docs" / "maps").glob("*.png")} == set(named)


def test_the_table_of_classes_is_whole() -> None:
    """Every class of plate.css that a map can wear stands in the manual."""
    text = (ROOT / "docs" / "maps.md").read_text("utf-8")
    css = (ROOT / "styles" / "plate.css").read_text("utf-8")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    used = set(re.findall(r"\.([a-z][a-z0-9-]*)", re.sub(r"\{[^}]*\}", "", css)))
    timeline = {"spine", "lane-edge", "month", "tick", "leader", "line", "link", "bar", "break",
                "break-ground", "fade", "small", "span"}  # fmt: skip
    ranges = re.compile(
        r"(tint|step|category|r|band)-\d$|.*-band$|hatch-former|legend-.*|band-strip"
        r"|label-(month|day|when|what|when-essential|phase|strip|locator|scale|north)$"
    )
    missing = {c for c in used - timeline if not ranges.match(c) and f"`.{c}`" not in text}
    assert missing == set()


# -- geometry --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["equal-earth", "polar", "globe", "conic", "equal-area"])
def test_the_scale_bar_is_true_at_the_centre(name: str) -> None:
    """Within one per cent along the parallel, against the geodesic."""
    box = Bounds(-40, 20, 60, 80)
    made = frame.fit(box, 170, 120, name)
    mm = made.kilometre() * 500
    y = np.full(2, made.height / 2)
    x = np.array([made.width / 2 - mm / 2, made.width / 2 + mm / 2])
    lon, lat = made.inverse(x, y)
    assert GEOD.inv(lon[0], lat[0], lon[1], lat[1])[2] == pytest.approx(500_000, rel=0.01)


def test_a_globe_agrees_with_pyproj() -> None:
    """The near side through the equal-area disc lands where the orthographic projection says."""
    made = frame.fit(Bounds(-60, -30, 60, 60), 100, 100, "globe")
    points = [(0.0, 0.0), (40.0, 30.0), (-50.0, -20.0), (10.0, 60.0)]
    squares = [shapely.Point(p).buffer(0.01) for p in points]
    for (lon, lat), square in zip(points, squares, strict=True):
        centre = made.project(square, tolerance=0).centroid
        # On the sphere, as the disc reckons; the ellipsoid differs by a fifth of a per cent.
        assert (centre.x, centre.y) == pytest.approx(made.point(lon, lat), abs=0.25)


def test_the_far_side_of_a_globe_is_not_drawn() -> None:
    made = frame.fit(Bounds(-60, -30, 60, 60), 100, 100, "globe")
    assert made.project(shapely.box(150, -40, 160, -30)).is_empty
    across = made.project(shapely.box(60, -10, 140, 10), tolerance=0)
    assert not across.is_empty
    assert made.outline.buffer(0.1).contains(across)


def test_a_pole_is_one_point_and_no_seam_leads_to_it() -> None:
    """The Antarctic comes as one piece without a slit along 180°."""
    made = frame.fit(Bounds(-180, -90, 180, -60), 150, 150)
    assert made.shows_pole
    atlas = Atlas()
    [whole] = atlas.find("country", iso="ATA", detail="50m")
    area = made.area(whole.geometry)
    x, y = made.point(0.0, -90.0)
    body = max(shapely.get_parts(area), key=lambda p: p.area)
    assert body.buffer(0.01).contains(shapely.Point(x, y).buffer(3))
    x, y = made.point(180.0, -87.0)
    assert body.contains(shapely.Point(x, y).buffer(0.5))


@pytest.mark.parametrize("middle", [-156.0, 0.0, 178.0])
def test_a_map_of_the_world_is_cut_only_at_its_edge(middle: float) -> None:
    """No land is smeared from one edge to the other, wherever the cut falls."""
    made = frame.fit(Bounds(middle - 180, -60, middle + 180, 80), 170, 90, "equal-earth")
    atlas = Atlas()
    for feature in atlas.features("country", made.bounds.box, "110m"):
        true = abs(GEOD.geometry_area_perimeter(feature.geometry)[0])
        if feature.properties.get("a3") == "ATA" or true > 9e12:
            continue
        paper = made.area(feature.geometry, tolerance=0).area * (made.denominator / 1000) ** 2
        assert paper < true * 1.1 + 1e10, feature.name


@pytest.mark.parametrize(
    ("denominator", "detail"), [(2e6, "10m"), (19e6, "10m"), (25e6, "50m"), (2e8, "110m")]
)
def test_the_level_of_detail_follows_the_scale(denominator: float, detail: str) -> None:
    assert Atlas().detail_for("country", denominator) == detail


def test_a_wide_map_takes_no_more_height_than_it_needs(style: Style) -> None:
    made = drawn("suez", style)
    inner = made.height - 2 * graticule.MARGIN
    assert inner < 0.72 * (room("page", style)[1] - 80)


def test_parallels_about_a_pole_are_closer_than_meridians() -> None:
    step, up = graticule.graticule_steps(Bounds(-180, -90, 180, -55))
    assert (step, up) == (30.0, 5.0)
    assert graticule.graticule_steps(Bounds(45, 38, 48, 41)) == (0.5, 0.5)


# -- extent ----------------------------------------------------------------------------------------


def test_a_box_given_the_wrong_way_round_is_a_finding(style: Style) -> None:
    box = {"west": "31", "south": "-3", "east": "28", "north": "-1"}
    made = drawn("rwanda", style, extent=box, towns="false")
    [fault] = [f for f in made.faults if f.code == "E184"]
    assert severity_of(fault.code) == "warning"
    assert fault.hint == "swap them: west: 28, east: 31"


def test_south_above_north_is_refused() -> None:
    with pytest.raises(ValueError, match="south is not below north"):
        Map.model_validate(
            {"kind": "map", "id": "m", "title": "M",
             "extent": {"west": "1", "south": "5", "east": "2", "north": "4"}}
        )  # fmt: skip


def test_an_extent_holds_the_places_that_it_names(style: Style) -> None:
    made = drawn("falklands", style, extent=("goose-green", "san-carlos"), towns="false")
    assert {"goose-green", "san-carlos"} <= made.places
    assert "stanley" not in made.places
    lost = drawn("falklands", style, extent=("goose-gren", "stanley"), towns="false")
    [fault] = [f for f in lost.faults if f.code == "E181"]
    assert "goose-green" in fault.hint


@pytest.mark.parametrize("size", ["column", "half", "spread", "poster"])
def test_sizes_are_real(size: str, style: Style) -> None:
    made = drawn("rwanda", style, size=size, towns="false", relief="false", tints="false")
    width, height = room(size, style)
    assert made.width == pytest.approx(width)
    assert height * 0.55 <= made.total <= height
    page = room("page", style)
    assert (width > page[0]) == (size in ("spread", "poster"))


# -- the author's own layers -----------------------------------------------------------------------


RING = [(29.5, -2.5), (30.5, -2.5), (30.5, -1.5), (29.5, -1.5), (29.5, -2.5)]
HOLE = [(29.9, -2.1), (29.9, -1.9), (30.1, -1.9), (30.1, -2.1), (29.9, -2.1)]
SQUARE = shapely.Polygon(RING, [HOLE])
UTM = CRS.from_epsg(32736)


def in_utm(geometry: shapely.Polygon) -> shapely.Polygon:
    to = Transformer.from_crs(4326, UTM, always_xy=True)
    fine = shapely.segmentize(geometry, 0.1)
    return shapely.transform(fine, lambda c: np.column_stack(to.transform(c[:, 0], c[:, 1])))


def a_shapefile(geometry: shapely.Polygon, projection: str = "") -> dict[str, bytes]:
    shp, shx, dbf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with shapefile.Writer(shp=shp, shx=shx, dbf=dbf) as writer:
        writer.field("name", "C")
        writer.shape(shapely.geometry.mapping(geometry))
        writer.record("square")
    files = {"plates/own.shp": shp.getvalue()}
    return files | ({"plates/own.prj": projection.encode()} if projection else {})


def a_geopackage(path: Path, tables: Mapping[str, Any], epsg: int = 4326) -> dict[str, bytes]:
    base = sqlite3.connect(path)
    base.executescript(
        "create table gpkg_spatial_ref_sys(srs_name text, srs_id integer primary key,"
        " organization text, organization_coordsys_id integer, definition text);"
        "create table gpkg_contents(table_name text, data_type text);"
        "create table gpkg_geometry_columns(table_name text, column_name text, srs_id integer);"
    )
    base.execute("insert into gpkg_spatial_ref_sys values('x', ?, 'EPSG', ?, '')", (epsg, epsg))
    for name, geometry in tables.items():
        base.execute(f'create table "{name}"(fid integer primary key, geom blob)')
        base.execute("insert into gpkg_contents values(?, 'features')", (name,))
        base.execute("insert into gpkg_geometry_columns values(?, 'geom', ?)", (name, epsg))
        bounds = geometry.bounds
        envelope = struct.pack("<4d", bounds[0], bounds[2], bounds[1], bounds[3])
        header = b"GP\0\x03" + struct.pack("<i", epsg) + envelope
        base.execute(f'insert into "{name}" values(1, ?)', (header + shapely.to_wkb(geometry),))
    base.commit()
    base.close()
    return {"plates/own.gpkg": path.read_bytes()}


def same(geometry: shapely.Polygon) -> bool:
    return bool(geometry.symmetric_difference(SQUARE).area < 1e-3 * SQUARE.area)


def geojson(geometry: object, **more: object) -> dict[str, bytes]:
    data = {"type": "Feature", "properties": {}, "geometry": geometry, **more}
    return {"plates/own.geojson": json.dumps(data).encode()}


def test_every_kind_of_layer_is_read_alike(tmp_path: Path) -> None:
    """A polygon with a hole comes back the same from all three, in degrees or in metres."""
    mapping = shapely.geometry.mapping
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32736"}}
    given = [
        geojson(mapping(SQUARE)),
        geojson(mapping(in_utm(SQUARE)), crs=crs),
        a_shapefile(SQUARE),
        a_shapefile(in_utm(SQUARE), UTM.to_wkt("WKT1_ESRI")),
        a_geopackage(tmp_path / "a.gpkg", {"square": SQUARE}),
        a_geopackage(tmp_path / "b.gpkg", {"square": in_utm(SQUARE)}, 32736),
    ]
    for files in given:
        read_back = layers.read_layer(files, next(iter(files)))
        assert same(read_back.geometry), next(iter(files))
        assert read_back.mended == 0
        assert len(read_back.geometry.interiors) == 1


def test_metres_without_a_coordinate_system_are_refused_with_a_remedy() -> None:
    with pytest.raises(layers.LayerError) as caught:
        layers.read_layer(a_shapefile(in_utm(SQUARE)), "plates/own.shp")
    assert caught.value.code == "E176"
    assert ".prj" in caught.value.hint
    assert "EPSG:4326" in caught.value.hint


def test_an_unknown_coordinate_system_is_refused_with_a_remedy() -> None:
    with pytest.raises(layers.LayerError) as caught:
        layers.read_layer(a_shapefile(SQUARE, "PROJCS[nonsense"), "plates/own.shp")
    assert caught.value.code == "E176"
    assert "reproject" in caught.value.hint


def test_one_of_several_layers_must_be_chosen(tmp_path: Path) -> None:
    files = a_geopackage(tmp_path / "c.gpkg", {"front": SQUARE, "zone": SQUARE})
    with pytest.raises(layers.LayerError, match="2 layers") as caught:
        layers.read_layer(files, "plates/own.gpkg")
    assert caught.value.hint == "add layer: with one of front, zone"
    with pytest.raises(layers.LayerError, match="no layer 'zon'") as caught:
        layers.read_layer(files, "plates/own.gpkg", "zon")
    assert "zone" in caught.value.hint
    assert same(layers.read_layer(files, "plates/own.gpkg", "zone").geometry)


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("plates/x.geojson", b"{", "E175"),
        ("plates/x.geojson", b'{"type": "FeatureCollection", "features": []}', "E175"),
        ("plates/x.geojson", b'{"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}', "E175"),
        ("plates/x.geojson", b'{"type": "Point", "coordinates": [NaN, 2]}', "E17"),
        ("plates/x.geojson", b"[" * 100_000, "E175"),
        ("plates/x.shp", b"not a shapefile", "E175"),
        ("plates/x.gpkg", b"not a database", "E175"),
        ("plates/x.gpkg", b"", "E175"),
    ],
)
def test_what_cannot_be_read_is_a_fault_and_no_traceback(name: str, raw: bytes, code: str) -> None:
    with pytest.raises(layers.LayerError) as caught:
        layers.read_layer({name: raw}, name)
    assert caught.value.code.startswith(code)
    assert caught.value.hint


def test_areas_are_dissolved(style: Style) -> None:
    """Three countries in one: no line between them, and one entry in the legend."""
    area = {"iso": "BE", "also": ["NL", "Luxembourg"], "style": "tint", "legend": "Benelux"}
    made = drawn("europe", style, areas=[area], towns="false", relief="false",
                 extent={"west": "1", "south": "48.5", "east": "9", "north": "54"})  # fmt: skip
    assert made.faults == ()
    assert [item.text for item in items(made)].count("Benelux") == 1
    lost = {"iso": "BE", "also": ["Luxemburgo"], "style": "tint"}
    made = drawn("europe", style, areas=[lost], towns="false", relief="false",
                 extent={"west": "1", "south": "48.5", "east": "9", "north": "54"})  # fmt: skip
    [fault] = [f for f in made.faults if f.code == "E171"]
    assert fault.loc == ("areas", 0, "also")


def test_an_authors_road_is_drawn_and_in_the_legend(style: Style) -> None:
    """A road from a file of the author's has a line of its own, with edges, and its legend."""
    found = loaded("rwanda")
    road = shapely.LineString([(29.3, -2.5), (30.06, -1.95), (30.4, -1.6)])
    files = {**found.snapshot.files, **geojson(shapely.geometry.mapping(road))}
    name = next(iter(geojson(shapely.geometry.mapping(road))))
    given = the_map(found.dossier).model_dump(exclude_unset=True)
    line = {"file": name, "style": "road", "legend": "Road to the capital"}
    plate = Map.model_validate({**given, "lines": [line]})
    made = plates.draw_plate(plate, found.dossier, style, files)
    assert [] == [f for f in made.faults if severity_of(f.code) == "error"]
    assert 'class="road-band"' in made.svg
    assert 'class="road"' in made.svg
    assert "Road to the capital" in [item.text for item in items(made)]


# -- routes, numbers, stages -----------------------------------------------------------------------


def test_a_long_leg_is_a_great_circle() -> None:
    """Tokyo to San Francisco bends north of both, and crosses 180° in one piece."""
    tokyo, frisco = (139.7, 35.7), (-122.4, 37.8)
    whole = lines.great_circle((tokyo, frisco)).geoms[0]
    assert max(lat for _, lat in whole.coords) > 47
    steps = np.abs(np.diff(shapely.get_coordinates(whole)[:, 0]))
    assert steps.max() < 2
    length = sum(GEOD.inv(*a, *b)[2] for a, b in itertools.pairwise(whole.coords))
    assert length == pytest.approx(GEOD.inv(*tokyo, *frisco)[2], rel=1e-3)


@pytest.mark.parametrize(("focus", "there"), [("RW", True), ("CD", True), ("BR", False)])
def test_only_units_of_a_country_in_focus_have_boundaries(
    focus: str, there: bool, style: Style
) -> None:
    """Those of its neighbours are not drawn: less than all, and nothing for one far away."""
    every, own = (
        re.search(
            r'class="admin"[^>]*d="([^"]*)"',
            drawn("rwanda", style, focus=codes, towns="false", relief="false").svg,
        )
        for codes in (["RW", "CD", "BI", "UG", "TZ"], [focus])
    )
    assert every is not None
    assert bool(own) == there
    if own:
        assert 0 < len(own[1]) < len(every[1])


@pytest.mark.parametrize(("name", "there"), [("antarctica", True), ("falklands", False)])
def test_ice_is_drawn_and_explained_in_the_antarctic_alone(
    name: str, there: bool, style: Style
) -> None:
    made = drawn(name, style)
    legend = [item.svg for item in items(made)]
    assert ('class="ice"' in made.svg) == there
    assert any("ice" in svg for svg in legend) == there


def test_a_step_of_nothing_has_no_sign() -> None:
    """Paths hold tenths of a pixel: whole numbers without a point, and nothing is not less than 0.

    Three pixels to the right and back by one are ``l3 0`` and ``l-1 0``.
    """
    side = 1 / svg.PX
    line = shapely.LineString([(0, 0), (3 * side, 0), (2 * side, 0), (2 * side, 0.15 * side)])
    assert svg.path(line) == "M0 0l3 0l-1 0l0 0.2"


def test_numbers_lead_to_the_rows_of_the_chronology(style: Style) -> None:
    made = drawn("falklands", style)
    events = sorted(loaded("falklands").dossier.chronology.events, key=lambda e: e.when.sort_key)
    numbered = [item for item in items(made) if item.anchor]
    assert [i.anchor for i in numbered] == [f"event-{e.id}" for e in events]
    assert [i.text for i in numbered] == [e.title for e in events]
    assert re.findall(r'class="label-marker"[^>]*>([^<]+)<', made.svg).count("1, 7") == 1


def test_symbols_that_would_cover_one_another_move_apart(style: Style) -> None:
    """Gisozi lies two kilometres north of the middle of Kigali, which keeps its place."""
    made = drawn("rwanda", style, towns="false", relief="false")
    boxes = {b.key: b.box for b in made.boxes if not b.text}
    assert not overlap(boxes["kigali"], boxes["gisozi"])
    gap = boxes["kigali"][1] - boxes["gisozi"][3]
    assert 0 <= gap < 0.4


def test_a_stage_shows_what_had_happened_by_its_date(style: Style) -> None:
    """Agdam in July; Fuzuli, Jabrayil, Qubadli by the end of August; Zangilan in October."""
    made = drawn(REFERENCE, style, stages=True)
    names = ("Agdam", "Fuzuli", "Jabrayil", "Qubadli", "Zangilan")
    shown = {
        title: {b.text for b in made.boxes if b.key.startswith(title)} & set(names)
        for title in ("End of July", "End of August", "End of October")
    }
    assert shown == {
        "End of July": {"Agdam"},
        "End of August": {"Agdam", "Fuzuli", "Jabrayil", "Qubadli"},
        "End of October": set(names),
    }
    assert [line.split(":")[0] for line in made.equivalent] == list(shown)
    assert made.total <= room("half", style)[1]


# -- scripts ---------------------------------------------------------------------------------------


def test_arabic_letters_join(style: Style) -> None:
    """The shaped word has other glyphs than its letters one by one, and stands right to left."""
    text = PlateStyle(style).text("label-town")
    fonts = PlateStyle(style).fonts(text)
    word = "سوريا"
    alone = [f.glyph(c) for c in word for f in [next(f for f in fonts if f.has(c))]]
    ink, _, width = inked(fonts, word, text)
    assert [i.glyph for i in ink] != alone
    assert [i.x for i in ink] == sorted(i.x for i in ink)
    assert 0 < width < sum(fonts[-1].advance(c) for c in word) * text.size * 3


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("القاهرة", "ةرهاقلا"),
        ("Cairo", "Cairo"),
        ("بورسعيد 1869", "1869 ديعسروب"),
        ("القاهرة (Cairo)", "(Cairo) ةرهاقلا"),
    ],
)
def test_a_line_is_handed_over_as_it_stands_on_paper(text: str, seen: str) -> None:
    got = shaping.as_seen(text)
    assert sorted(got) == sorted(seen)
    assert [c for c in got if c.isalnum()] == [c for c in seen if c.isalnum()]


@pytest.mark.parametrize(
    "word",
    ["मुंबई", "वालें", "राममोहन", "ঢাকা", "চট্টগ্রাম", "தஞ்சாவூர்", "తిరుపతి", "ភ្នំពេញ", "น้ำพริก", "မြန်မာ",
     "Ẹ̀kọ́", "𑄌𑄋𑄴𑄟𑄳𑄦"],
)  # fmt: skip
def test_a_mark_runs_with_the_letter_that_bears_it(word: str) -> None:
    """A vowel sign above or below does not tear a word into pieces of two directions."""
    assert is_joined(word)
    assert shaping.runs(word) == [(slice(0, len(word)), False)]
    assert shaping.runs(f"{word} سور\u0650يا")[0] == (slice(0, len(word) + 1), False)


def test_figures_among_joined_words_are_shaped(style: Style) -> None:
    """Figures, which are of no script, and come from another font than the letters, are set."""
    text = PlateStyle(style).text("label-town")
    fonts = PlateStyle(style).fonts(text)
    for words in ("بورسعيد 1869", "5 سوريا", "سوريا 12 سوريا"):
        ink, _, _ = inked(fonts, words, text)
        figures = {fonts[0].glyph(c) for c in words if c.isdigit()}
        assert figures <= {one.glyph for one in ink}


@pytest.mark.parametrize("word", ["Łódź", "Αθήνα", "Ереван", "Երևան", "東京", "서울", "A’b–c 1½ °"])
def test_letters_that_stand_alone_are_set_as_letters(word: str) -> None:
    assert not is_joined(word)


def words_of(made: Drawing, style: Style) -> str:
    class Fonts(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            key = url.removeprefix("https://d.invalid/")
            return URLFetcherResponse(url, style.files[key])

    sheets = f"<style>{style.css()}</style>"
    page = f"<style>@page {{ size: {made.width + 4}mm {made.height + 4}mm; margin: 0 }}</style>"
    head = f"<head><title>t</title>{sheets}{page}</head>"
    html = f"<html lang=en>{head}<body>{made.svg}</body></html>"
    pdf = HTML(string=html, base_url="https://d.invalid/", url_fetcher=Fonts()).write_pdf()
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())


def test_arabic_names_are_found_once_in_the_pdf(style: Style) -> None:
    words = words_of(drawn("suez", style, towns="false", relief="false"), style)
    for name in ("القاهرة", "الإسكندرية", "بورسعيد", "السويس", "المنصورة"):
        assert words.count(name) == 1, name


def test_spaced_names_are_found_as_one_word(style: Style) -> None:
    words = words_of(drawn("rwanda", style, towns="false", relief="false"), style)
    for name in ("RWANDA", "UGANDA", "TANZANIA", "BURUNDI"):
        assert words.count(name) == 1, name


# -- cache -----------------------------------------------------------------------------------------


def test_an_unchanged_plate_is_not_drawn_again(style: Style, monkeypatch: Any) -> None:
    """It comes back equal, and drawing is not even tried; a changed fact draws it anew."""
    found = loaded("fiji")
    plate, dossier = the_map(found.dossier), found.dossier
    made = plates.draw(dossier, style, {}, kept=plates.Kept("1"))
    assert [plate.id] == list(made)
    kept = plates.to_keep(made.values())

    def never(_: object) -> Drawing:
        raise AssertionError("drawn again")

    monkeypatch.setattr(store, "KINDS", {"map": plates.PlateKind("map", never)})
    assert made == plates.draw(dossier, style, {}, kept=plates.Kept("1", kept))
    assert kept == plates.to_keep(
        plates.draw(dossier, style, {}, [plate.id], plates.Kept("1", kept)).values()
    )
    moved = dossier.gazetteer.places[1].model_copy(update={"name": "Nadi Town"})
    changed = dossier.model_copy(
        update={"gazetteer": dossier.gazetteer.model_copy(update={"places": (moved,)})}
    )
    for other, code in ((changed, "1"), (dossier, "2")):
        with pytest.raises(AssertionError, match="drawn again"):
            plates.draw(other, style, {}, kept=plates.Kept(code, kept))


def test_a_spoilt_drawing_is_drawn_again(style: Style) -> None:
    dossier = loaded("fiji").dossier
    made = {the_map(dossier).id: drawn("fiji", style)}
    spoilt = dict.fromkeys(plates.to_keep(made.values()), b'{"id": 1')
    assert made == plates.draw(dossier, style, {}, kept=plates.Kept(drawings=spoilt))


def test_only_the_plates_that_are_asked_for_are_drawn(style: Style, monkeypatch: Any) -> None:
    """By id, in the order of the dossier; an id that no plate has is no small thing."""
    dossier = loaded(REFERENCE).dossier
    ids = [plate.id for plate in dossier.plates.plates]
    drawn: list[str] = []

    def noted(given: PlateInput[Any]) -> Drawing:
        drawn.append(given.plate.id)
        return plates.KINDS["timeline"].draw(given)

    monkeypatch.setattr(store, "KINDS", {k: plates.PlateKind(k, noted) for k in plates.KINDS})
    assert {} == plates.draw(dossier, style, {}, ())
    made = plates.draw(dossier, style, {}, [ids[2]])
    assert [ids[2]] == list(made) == drawn
    with pytest.raises(KeyError, match="nothing-like-it"):
        plates.draw(dossier, style, {}, ["nothing-like-it"])


def test_code_that_draws_nothing_draws_nothing_again() -> None:
    """The key names the files of all modules that drawing imports, and no others."""
    arrows = house.arrows()
    reached, todo = set[str](), [name for name in arrows if name.startswith("press.plates")]
    while todo:
        if (name := todo.pop()) not in reached:
            reached.add(name)
            todo += arrows[name]
    files = {house.modules()[name].relative_to(ROOT).as_posix() for name in reached}
    covered = {part: {f for f in files if f == part or f.startswith(f"{part}/")}
               for part in plates.CODE}  # fmt: skip
    assert files == set().union(*covered.values())
    assert all(covered.values())


def test_every_token_that_a_plate_reads_is_in_its_key() -> None:
    text = "".join(path.read_text("utf-8") for path in (ROOT / "press/plates").rglob("*.py"))
    read = set(re.findall(r"[\"'](--[a-z-]+)", text)) - set(store.TOKENS)
    assert len(read) > 5
    assert [] == [name for name in sorted(read) if not name.startswith(store.TOKENS)]


class Cloud(Value):
    """A plate of the test's own kind: the titles of all events, one above the other."""

    kind: Literal["cloud"] = "cloud"
    id: str
    title: str
    size: str = "page"


def draw_cloud(given: PlateInput[Cloud]) -> Drawing:
    words = "".join(
        f"<text>{escape(event.title)}</text>" for event in given.dossier.events.values()
    )
    return Drawing(
        given.plate.id, "cloud", given.number, given.plate.size, given.plate.title, "",
        f"<svg>{words}</svg>", 100.0, 50.0, 60.0, "a cloud", (),
    )  # fmt: skip


def test_a_kind_of_plate_is_a_module_and_a_row(style: Style, monkeypatch: Any) -> None:
    """A kind that only this test knows is drawn, kept, found again, and given its figure."""
    rows = {**plates.KINDS, "cloud": plates.PlateKind("cloud", draw_cloud)}
    monkeypatch.setattr(store, "KINDS", rows)
    monkeypatch.setitem(locale.messages("en"), "label.cloud", "Cloud")
    found = loaded(REFERENCE)
    cloud = Cloud(id="all", title="All that happened")
    listed = found.dossier.plates.model_copy(update={"plates": (cloud,)})
    dossier = found.dossier.model_copy(update={"plates": listed})
    made = plates.draw(dossier, style, {}, kept=plates.Kept("1"))
    assert "Cloud\u00a01" == made["all"].number
    monkeypatch.setitem(rows, "cloud", plates.PlateKind("cloud", lambda _: 1 / 0))  # type: ignore[arg-type, return-value]
    kept = plates.Kept("1", plates.to_keep(made.values()))
    assert made == plates.draw(dossier, style, {}, kept=kept)
    template = b'<figure class="plate {{ drawing.kind }}">{{ svg(drawing.svg) }}</figure>'
    templates = environment({**engine_files(), "templates/plates/cloud.html": template})
    figure = plates.figure(made["all"], templates, dossier, lambda _: Markup())
    assert figure.startswith('<figure class="plate cloud"><svg><text>')
    assert all(escape(event.title) in figure for event in dossier.events.values())


def test_distances_on_paper_are_those_on_earth() -> None:
    """Suva to Lakeba is 293 km by the geodesic, and on paper across 180°."""
    made = frame.fit(Bounds(176.5, -19.4, 182, -15.9), 170, 90)
    one, other = made.point(178.442, -18.141), made.point(-178.786, -18.223)
    km = math.dist(one, other) * made.denominator / 1e6
    assert km == pytest.approx(GEOD.inv(178.442, -18.141, -178.786, -18.223)[2] / 1000, rel=0.01)
