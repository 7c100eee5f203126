"""The atlas holds what it says, under the names people use, and can be drawn anywhere on Earth."""

from __future__ import annotations

import multiprocessing
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pyproj import Geod

from press.atlas import WORLD, Atlas, BBox, Detail, Feature, codec, fold
from tools.atlas import packing
from tools.atlas.packages import PACKAGES

EARTH: BBox = (-180.0, -90.0, 180.0, 90.0)
KARABAKH: BBox = (45.35, 38.42, 48.25, 40.86)
ELLIPSOID = Geod(ellps="WGS84")
BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\ufffd?]|[ÃÂÐÑ][\xa0-\xbf]")


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


def only(features: tuple[Feature, ...]) -> Feature:
    assert len(features) == 1, [dict(feature.properties) for feature in features]
    return features[0]


def stored(atlas: Atlas, layer: str, detail: Detail) -> Iterator[Feature]:
    """Every feature of a layer; towns are read where they lie."""
    return atlas.features(layer, EARTH if layer == "town" else None, detail)


def square_kilometres(feature: Feature) -> float:
    return float(abs(ELLIPSOID.geometry_area_perimeter(feature.geometry)[0]) / 1e6)


# -- finding -------------------------------------------------------------------------------------


def test_waters_of_the_western_alps_bear_their_own_names(atlas: Atlas) -> None:
    """The lake between Locarno and Sesto is Maggiore, the river through Aosta the Dora Baltea."""
    near = {f.name for f in atlas.features("lake", (8.6, 45.9, 8.7, 46.0), "10m")}
    assert {"Lago Maggiore"} == near
    river = {f.name for f in atlas.features("river", (7.2, 45.7, 7.4, 45.75), "10m")}
    assert "Dora Baltea" in river
    assert "Orco" not in river


@pytest.mark.parametrize(
    ("local", "english", "iso", "area"),
    [
        ("Ağdam", "Agdam", "AZ-AGM", 1_150),
        ("Füzuli", "Fuzuli", "AZ-FUZ", 1_386),
        ("Cəbrayıl", "Jabrayil", "AZ-CAB", 1_050),
        ("Qubadlı", "Qubadli", "AZ-QBI", 802),
        ("Zəngilan", "Zangilan", "AZ-ZAN", 707),
        ("Laçın", "Lachin", "AZ-LAC", 1_835),
    ],
)
def test_district(atlas: Atlas, local: str, english: str, iso: str, area: float) -> None:
    """A district answers to its local name, its English name and its code, and is its size."""
    found = only(atlas.find("admin1", iso=iso))
    assert only(atlas.find("admin1", name=local, country="Azerbaijan")).id == found.id
    assert only(atlas.find("admin1", name=english.upper())).id == found.id
    assert square_kilometres(found) == pytest.approx(area, rel=0.25)


def test_lachin_is_not_lankaran(atlas: Atlas) -> None:
    """The source's confusion of Lachin with Lankaran, 200 km away on the coast, is mended."""
    lachin = only(atlas.find("admin1", name="Lachin"))
    assert lachin.geometry.distance(only(atlas.find("admin1", iso="AZ-KAL")).geometry) == 0
    for lankaran in atlas.find("admin1", name="Lankaran"):
        assert lankaran.geometry.centroid.x > 48


def test_name_and_code_must_agree(atlas: Atlas) -> None:
    """A name and a code of different things find nothing."""
    assert not atlas.find("admin1", name="Agdam", iso="AZ-FUZ")


def test_country_by_any_code(atlas: Atlas) -> None:
    """A country answers to two letters, three letters, its name and its long name."""
    armenia = only(atlas.find("country", iso="AM"))
    for key in ("ARM", "arm"):
        assert only(atlas.find("country", iso=key)).id == armenia.id
    assert only(atlas.find("country", name="Republic of Armenia")).id == armenia.id
    assert only(atlas.find("country", country="Armenia")).id == armenia.id
    assert len(atlas.find("admin1", country="AM")) == 11


def test_towns(atlas: Atlas) -> None:
    """A town comes with its place and its names, a script each."""
    town = next(t for t in atlas.features("town", KARABAKH) if t.properties["geonameid"] == 148619)
    assert town.geometry.distance(shapely.Point(46.927, 39.991)) < 0.01
    assert town.properties["ascii"] == "Aghdam"
    assert town.properties["names"]["Cyrl"] == "Агдам"


def test_nothing_found_is_empty(atlas: Atlas) -> None:
    """A name nobody bears finds nothing, and the hint is close."""
    assert atlas.find("admin1", name="Agdamm") == ()
    assert "Ağdam" in atlas.nearest_names("admin1", "Agdamm")
    assert atlas.nearest_names("country", "Azerbajan", 1) == ("Azerbaijan",)
    assert atlas.nearest_names("country", "qqqqqqqq") == ()


def test_no_atlas() -> None:
    with pytest.raises(FileNotFoundError):
        Atlas("no-such.sqlite")


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Zəngilan", "zangilan"), ("İĞDIR", "igdir"), ("Kapanʼ-Kajaran", "kapan kajaran")],
)
def test_fold(name: str, folded: str) -> None:
    """Accents, case, apostrophes and hyphens do not count."""
    assert fold(name) == folded


# -- what is in it -------------------------------------------------------------------------------


def test_autonomous_oblast(atlas: Atlas) -> None:
    """The former oblast closes, with the area the four published chains enclose."""
    oblast = only(atlas.find("former", name="NKAO"))
    assert square_kilometres(oblast) == pytest.approx(4_282, abs=5)
    assert oblast.geometry.geom_type == "Polygon"


def test_ceasefire_line(atlas: Atlas) -> None:
    """The line of 1994 is among the disputed lines of the region."""
    names = Counter(feature.name for feature in atlas.features("disputed", KARABAKH))
    assert names["Ceasefire Line 1994"] == 3


def test_rivers_have_their_letters(atlas: Atlas) -> None:
    """The Kür, which reached us as Kr, is whole again and called Kura in English."""
    found = {(r.name, r.properties["name_en"]) for r in atlas.features("river", KARABAKH)}
    assert {("Kür", "Kura"), ("Aras", "Aras")} <= found
    assert only(atlas.find("lake", name="Sevan")).name == "Lake Sevan"


def names_of(feature: Feature) -> Iterator[str]:
    """Every name that a feature has, and what kind of thing it says it is."""
    facts = feature.properties
    yield from (facts.get(key, "") for key in ("name", "name_en", "type", "kind"))
    yield from facts.get("alternates", ())
    yield from facts.get("names", {}).values()


def test_every_area_is_valid_and_no_name_is_mojibake(atlas: Atlas) -> None:
    """Every geometry is valid as it is read, none is empty; no name has lost or mistaken letters.

    All layers are read once for both.
    """
    for layer in atlas.layers:
        for detail in atlas.details(layer):
            features = tuple(stored(atlas, layer, detail))
            assert features, (layer, detail)
            shapes = np.array([feature.geometry for feature in features])
            assert shapely.is_valid(shapes).all(), (layer, detail)
            assert not shapely.is_empty(shapes).any(), (layer, detail)
            for name in {name for feature in features for name in names_of(feature)}:
                assert not BROKEN.search(name), (layer, name)


def test_borders_match_exactly(atlas: Atlas) -> None:
    """A country is its districts, to the last digit, and its border line lies on both sides."""
    country = only(atlas.find("country", iso="AM"))
    districts = [feature.geometry for feature in atlas.find("admin1", country="AM")]
    assert shapely.coverage_union_all(districts).normalize() == country.geometry.normalize()
    line = shapely.union_all(
        [
            feature.geometry
            for feature in atlas.features("country_border", KARABAKH)
            if {feature.properties["left"], feature.properties["right"]} == {"ARM", "AZE"}
        ]
    )
    neighbour = only(atlas.find("country", iso="AZ"))
    for side in (country, neighbour):
        assert line.difference(side.geometry.boundary).length == 0


def test_lesser_lines_leave_out_greater_ones(atlas: Atlas) -> None:
    """District borders share no stretch with country borders, country borders none with coasts."""
    bounds = (44.0, 38.0, 51.0, 42.0)
    order = ("coast", "country_border", "admin1_border")
    lines = [shapely.union_all([f.geometry for f in atlas.features(x, bounds)]) for x in order]
    for greater, lesser in ((0, 1), (0, 2), (1, 2)):
        assert lines[greater].intersection(lines[lesser]).length == 0


def test_no_line_along_the_edge_of_the_world(atlas: Atlas) -> None:
    """No coast and no border runs down the antimeridian or along the South Pole."""
    for layer in ("coast", "country_border", "admin1_border"):
        for detail in atlas.details(layer):
            for feature in stored(atlas, layer, detail):
                for part in shapely.get_parts(feature.geometry):
                    x, y = shapely.get_coordinates(part).T
                    ends = np.abs(x) == 180
                    assert not (ends[:-1] & ends[1:]).any(), (layer, detail)
                    assert not (y == -90).any(), (layer, detail)


def test_land_is_where_it_should_be(atlas: Atlas) -> None:
    """At every detail Erevan stands on land and mid-Atlantic does not."""
    for detail in atlas.details("land"):
        for lon, lat, dry in ((44.5, 40.18, True), (-30.0, 30.0, False), (0.0, -85.0, True)):
            here = (lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01)
            land = atlas.features("land", here, detail)
            assert any(f.geometry.contains(shapely.Point(lon, lat)) for f in land) is dry


# -- bounds --------------------------------------------------------------------------------------


def test_fiji_across_the_antimeridian(atlas: Atlas) -> None:
    """Seen from 170 to 190 degrees, Fiji is one group of islands, its cut island mended."""
    bounds = (170.0, -25.0, 190.0, -10.0)
    fiji = next(f for f in atlas.features("country", bounds) if f.name == "Fiji")
    west, _, east, _ = fiji.geometry.bounds
    assert 174 < west < 180 < east < 182
    stored = only(atlas.find("country", name="Fiji")).geometry
    assert fiji.geometry.area == pytest.approx(stored.area)
    assert shapely.get_num_geometries(fiji.geometry) < shapely.get_num_geometries(stored)


def test_bounds_beyond_the_map(atlas: Atlas) -> None:
    """A world map about 150 degrees east shows Brazil once, on the right, and Greenland too."""
    world: BBox = (-30.0, -90.0, 330.0, 90.0)
    seen = {f.name: f.geometry for f in atlas.features("country", world, "110m")}
    assert seen["Brazil"].bounds[0] > 280
    names = {f.properties["a3"] for f in atlas.features("country", world, "110m")}
    assert names == {f.properties["a3"] for f in atlas.features("country", detail="110m")}


def test_what_is_at_hand_is_what_was_read(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read before comes back the same, chosen anew, and stays for a while."""
    rivers = list(atlas.features("river", KARABAKH))
    assert (
        rivers
        == list(atlas.features("river", KARABAKH))
        == list(Atlas().features("river", KARABAKH))
    )
    assert [] == list(atlas.features("river", KARABAKH, keep=lambda _: False))
    named = next(river.properties["name"] for river in rivers if "name" in river.properties)
    kept = list(atlas.features("river", KARABAKH, keep=lambda p: p.get("name") == named))
    assert kept == [river for river in rivers if river.properties.get("name") == named]
    wide = (20.0, 20.0, 60.0, 60.0)
    assert list(atlas.features("river", wide)) == list(Atlas().features("river", wide))
    monkeypatch.setattr("press.atlas.reader._KEPT_FEATURES", 0)
    monkeypatch.setattr("press.atlas.reader._KEPT_TILES", 1)
    assert rivers == list(atlas.features("river", KARABAKH))
    assert len(atlas._features) < 100
    for box in (KARABAKH, (-70.0, -20.0, -69.0, -19.0), KARABAKH):
        assert (atlas.relief(box).values == Atlas().relief(box).values).all()
    assert 1 == sum(key[-1] == 1 for key in atlas._tiles)


def test_far_countries_stay_away(atlas: Atlas) -> None:
    """A country is not read for a map that lies between its scattered parts."""
    names = {country.name for country in atlas.features("country", KARABAKH)}
    assert names == {"Armenia", "Azerbaijan", "Iran", "Kazakhstan"}
    aleutians = {country.name for country in atlas.features("country", (170, 50, 190, 55))}
    assert aleutians == {"United States", "Russian Federation"}


def test_towns_across_the_antimeridian(atlas: Atlas) -> None:
    """Towns follow the bounds beyond 180 degrees."""
    towns = {t.name: t for t in atlas.features("town", (175.0, -23.0, 190.0, -10.0))}
    assert towns["Suva"].geometry.x == pytest.approx(178.44, abs=0.02)
    assert towns["Apia"].geometry.x == pytest.approx(188.23, abs=0.02)


def test_detail_for_scale(atlas: Atlas) -> None:
    """Small scales read the small-scale layers, and layers without one the next finer."""
    assert atlas.detail_for("country", 1.4e6) == "10m"
    assert atlas.detail_for("country", 30e6) == "50m"
    assert atlas.detail_for("country", 100e6) == "110m"
    assert atlas.detail_for("admin1", 100e6) == "10m"


# -- rasters -------------------------------------------------------------------------------------


def test_elevation(atlas: Atlas) -> None:
    """Heights are metres: the Caspian shore is low, the Zangezur range high, the sea has none."""
    raster = atlas.elevation(KARABAKH)
    half = raster.step / 2
    west, east = raster.longitudes[0] - half, raster.longitudes[-1] + half
    south, north = raster.latitudes[-1] - half, raster.latitudes[0] + half
    assert shapely.box(west, south, east, north).covers(shapely.box(*KARABAKH))
    assert raster.values.shape == (len(raster.latitudes), len(raster.longitudes))
    assert 2_500 < np.nanmax(raster.values) < 4_000
    assert np.isnan(atlas.elevation((-30.0, 30.0, -29.0, 31.0)).values).all()


def test_raster_across_the_antimeridian(atlas: Atlas) -> None:
    """A raster that leaves 180 degrees is the two sides put side by side."""
    across = atlas.relief((178.0, 65.0, 182.0, 68.0))
    east = atlas.relief((178.0, 65.0, 180.0, 68.0))
    west = atlas.relief((-180.0, 65.0, -178.0, 68.0))
    assert np.array_equal(across.values, np.hstack([east.values, west.values]))
    assert across.values.std() > 5


def test_relief_is_level_at_sea(atlas: Atlas) -> None:
    """Open sea is mid grey, so that multiplied over a tint it changes nothing."""
    values = atlas.relief((-31.0, 29.0, -29.0, 31.0)).values.astype(int)
    assert np.abs(values - 128).max() <= 2


# -- credits, room, processes --------------------------------------------------------------------


def test_every_layer_has_its_credit(atlas: Atlas) -> None:
    """Each layer and raster says whom to credit, and the same credit is printed once."""
    for layer in (*atlas.layers, "relief", "elevation"):
        assert atlas.credits([layer])
    texts = atlas.credits(["country", "river", "town", "relief"])
    assert len(texts) == 3
    assert any("GeoNames" in text and "CC BY 4.0" in text for text in texts)


def test_sources_are_documented() -> None:
    """SOURCES.md names every package with its hash, and its licence lies beside it."""
    text = WORLD.with_name("SOURCES.md").read_text("utf-8")
    for package in PACKAGES.values():
        assert package.sha256 in text
        assert WORLD.with_name("licences").joinpath(f"{package.name}.txt").stat().st_size > 500


def test_room() -> None:
    """The committed data stay under fifteen megabytes."""
    files = [*WORLD.parent.glob("*.sqlite"), *WORLD.parent.glob("licences/*")]
    assert sum(path.stat().st_size for path in files) <= 15_000_000


def test_read_only(tmp_path: Path) -> None:
    """Reading leaves no journal and cannot write."""
    copy = tmp_path / "world.sqlite"
    copy.write_bytes(WORLD.read_bytes())
    copy.chmod(0o444)
    atlas = Atlas(copy)
    list(atlas.features("former"))
    assert [path.name for path in tmp_path.iterdir()] == ["world.sqlite"]
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        atlas._connection.execute("delete from credit")


def _count(atlas: Atlas, answers: multiprocessing.queues.Queue[int]) -> None:
    answers.put(len(list(atlas.features("admin1", KARABAKH))))


def test_safe_after_fork(atlas: Atlas) -> None:
    """A child forked after the first read reads the same, on a connection of its own."""
    expected = len(list(atlas.features("admin1", KARABAKH)))
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.queues.Queue[int] = context.Queue()
    child = context.Process(target=_count, args=(atlas, answers))
    child.start()
    assert answers.get(timeout=30) == expected
    child.join(30)
    assert child.exitcode == 0


# -- the file format -----------------------------------------------------------------------------

runs = st.lists(st.lists(st.integers(0, 2**62), min_size=1), min_size=1)
paths = st.lists(
    st.tuples(st.integers(-1_800_000, 1_800_000), st.integers(-900_000, 900_000)),
    min_size=2,
    max_size=20,
)


@given(runs)
def test_varints_come_back(values: list[list[int]]) -> None:
    """Any runs of numbers survive packing, each in its own bounds."""
    read, offsets = codec.unpack([packing.pack(run) for run in values])
    cuts = offsets.tolist()
    parts = [read[a:b].tolist() for a, b in pairwise(cuts)]
    assert parts == values


@given(st.lists(paths, min_size=1, max_size=5))
def test_lines_come_back(lines: list[list[tuple[int, int]]]) -> None:
    """Lines made of arcs, forwards and backwards, are read as they were written."""
    vertices: list[NDArray[np.int64]] = [np.array(line, dtype=np.int64) for line in lines]
    shapes = codec.skeletons(
        [packing.pack_lines([[number], [-number]]) for number in range(1, len(lines) + 1)]
    )
    ids = np.arange(1, len(lines) + 1)
    made = codec.assemble(shapes, ids, [packing.pack_arc(path) for path in vertices])
    for geometry, path in zip(made, vertices, strict=True):
        forward, backward = (shapely.get_coordinates(p) for p in shapely.get_parts(geometry))
        assert np.array_equal(np.rint(forward * codec.UNITS_PER_DEGREE), path)
        assert np.array_equal(forward, backward[::-1])
