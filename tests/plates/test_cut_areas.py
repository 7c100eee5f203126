"""Areas that end at a line: ``outside:`` and ``inside:`` of areas and boundaries of the atlas."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import shapely
from pyproj import Geod

from press.content.load import load
from press.content.model import Area, Map
from press.content.snapshot import Snapshot, engine_files
from press.design import styles
from press.plates.drawing import PlateFault
from press.plates.maps.extent import frame_of
from press.plates.maps.input import MapInput
from press.plates.maps.overlay import find_overlay
from press.plates.maps.pick import Picked, pick_area, pick_boundary
from tests.conftest import Changed

OBLAST = "Former USSR oblast in 1991"
AROUND = {"extent": {"west": 45.6, "south": 38.8, "east": 48.6, "north": 40.75}}


@pytest.fixture(scope="module")
def given(matterhorn: Snapshot) -> MapInput:
    dossier = load(matterhorn).dossier
    style = styles.flatten(engine_files(), "default", "dossier", "a4")
    plate = Map.model_validate({"kind": "map", "id": "m", "title": "M", "show": [], **AROUND})
    return MapInput(plate, dossier, style, "", {})


def pick(given: MapInput, area: Mapping[str, object]) -> Picked | PlateFault:
    near = shapely.box(45.6, 38.8, 48.6, 40.75)
    return pick_area(given, 3, Area.model_validate(area), near)


def km2(picked: Picked | PlateFault | None) -> int:
    assert isinstance(picked, Picked)
    return round(abs(Geod(ellps="WGS84").geometry_area_perimeter(picked.geometry)[0]) / 1e6)


def test_area_ends_at_a_boundary(given: MapInput) -> None:
    """What a boundary in three chains encloses is cut off; both parts together are the whole."""
    assert km2(pick_boundary(given, OBLAST)) == 4282
    for name, whole in (("Kalbajar", 2771), ("Agdam", 1068)):
        area = {"name": name, "country": "AZE"}
        outer, inner = (pick(given, {**area, key: OBLAST}) for key in ("outside", "inside"))
        assert km2(pick(given, area)) == whole
        assert abs(km2(outer) + km2(inner) - whole) <= 2
        assert min(km2(outer), km2(inner)) > 100
        oblast = pick_boundary(given, OBLAST)
        assert isinstance(outer, Picked)
        assert oblast is not None
        assert outer.geometry.intersection(oblast.geometry).area < 1e-6
        assert outer.name == name
        assert (outer.layer, outer.also) == ("admin1", ("disputed",))


def test_area_ends_at_areas_by_name_and_code(given: MapInput) -> None:
    """Several may be named; a unit of the area's own country comes before others of its name."""
    whole = km2(pick(given, {"iso": "AZ"}))
    one = km2(pick(given, {"iso": "AZ", "outside": "AZ-AGM"}))
    two = km2(pick(given, {"iso": "AZ", "outside": ["Agdam", "Fuzuli"]}))
    assert whole - one == pytest.approx(1068, abs=5)
    assert whole - two == pytest.approx(1068 + 1248, abs=8)
    assert km2(pick(given, {"iso": "AZ", "inside": "Agdam"})) == pytest.approx(1068, abs=5)


@pytest.mark.parametrize(
    ("key", "ground", "code", "said"),
    [
        ("outside", "Former oblast", "E171", "no boundary or area of the atlas is called"),
        ("outside", "Ceasefire Line 1994", "E199", "encloses nothing"),
        ("outside", "AZE", "E199", "nothing of Agdam lies outside 'AZE'"),
        ("inside", "Armenia", "E199", "nothing of Agdam lies inside 'Armenia'"),
        ("outside", "Armenia", "E199", "all of Agdam lies outside 'Armenia', and nothing is cut"),
        ("inside", "AZE", "E199", "all of Agdam lies inside 'AZE', and nothing is cut off"),
    ],
)
def test_what_cannot_be_cut_is_said(
    key: str, ground: str, code: str, said: str, given: MapInput
) -> None:
    """Unknown ground, a boundary that encloses nothing, nothing left, nothing cut off."""
    found = pick(given, {"name": "Agdam", "country": "AZE", key: [OBLAST, ground]})
    assert isinstance(found, PlateFault)
    assert (found.code, found.loc) == (code, ("areas", 3, key, 1))
    assert said in found.message
    assert found.hint


def test_fault_stands_at_the_line_of_its_name(changed: Changed) -> None:
    """Whether one name is given, or a list of them."""
    for written, line in (("outside: Armenia", 2), ("outside:\n          - Armenia", 3)):
        areas = f"    areas:\n      - name: Agdam\n        {written}\n"
        text = f"plates:\n  - kind: map\n    id: m\n    title: M\n{areas}"
        loaded = load(changed({"plates.yaml": text.encode()}))
        assert loaded.at("plates.yaml", "plates", 0, "areas", 0, "outside", 0)[1] == 5 + line


def test_drawn_area_has_no_ground_beyond_the_boundary(given: MapInput) -> None:
    """In mm on the map; the layers of both are named in its credits."""
    area = {"name": "Agdam", "country": "AZE", "outside": OBLAST, "style": "tint"}
    line = {"name": OBLAST, "style": "former", "legend": "Oblast"}
    plate = Map.model_validate(
        {"kind": "map", "id": "m", "title": "M", **AROUND, "areas": [area], "lines": [line]}
    )
    asked = MapInput(plate, given.dossier, given.style, "", {})
    frame, _ = frame_of(asked, 160, 120)
    found = find_overlay(asked, frame)
    assert not found.faults
    (agdam,), (oblast,) = found.areas, found.lines
    assert agdam.shape.area > 50
    assert agdam.shape.intersection(oblast.inside).area < 0.01
    assert set(found.layers) == {"admin1", "disputed"}
