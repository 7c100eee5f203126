"""What lies over a map and nobody sees is named; what can be seen is silent."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.design import styles
from press.plates import Drawing, draw
from tests.conftest import Changed

PLATE = b"""plates:
  - id: mountain
    kind: map
    title: A map
    show: places
    extent: {west: 5, south: 44, east: 11, north: 48}
    relief: false
    tints: false
    rivers: false
    towns: false
    size: half
"""
LINE = (
    b'{"type": "Feature", "properties": {}, "geometry": {"type": "LineString",'
    b' "coordinates": [[7.5, 46], [%s, 46.00001]]}}'
)
SQUARE = (
    b'{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon",'
    b' "coordinates": [[[7.5, 46], [%s, 46], [%s, 46.001], [7.5, 46.001], [7.5, 46]]]}}'
)
LAYERS = {
    "layers/dot.geojson": LINE % b"7.50001",
    "layers/line.geojson": LINE % b"9.5",
    "layers/speck.geojson": SQUARE % (b"7.501", b"7.501"),
}


LAYERS["layers/points.geojson"] = (
    b'{"type": "Feature", "properties": {}, "geometry": {"type": "Point",'
    b' "coordinates": [7.5, 46]}}'
)


def faults(changed: Changed, more: str) -> dict[tuple[str | int, ...], str]:
    """What is said of a plate to which lines of YAML are added, by the places in its entry."""
    made = map_of(changed, more)
    return {one.loc: f"{one.code} {one.message}" for one in made.faults}


def map_of(changed: Changed, more: str, edition: str = "dossier") -> Drawing:
    """The map with lines of YAML added to its entry."""
    snapshot: Snapshot = changed({"plates.yaml": PLATE + more.encode(), **LAYERS})
    loaded = load(snapshot)
    style = styles.flatten(engine_files(), "default", edition)
    return draw(loaded.dossier, style, snapshot.files)["mountain"]


def test_what_is_too_small_is_named(changed: Changed) -> None:
    """A speck, a dot, and an arrow from a place to the same; those one can see are drawn."""
    found = faults(changed, """
    areas:
      - {file: layers/speck.geojson, style: tint, label: speck, sources: [whymper]}
      - {iso: CHE, style: tint}
    lines:
      - {file: layers/dot.geojson, legend: dot, sources: [whymper]}
      - {file: layers/line.geojson, legend: line, sources: [whymper]}
      - {through: [zermatt, zermatt], legend: nowhere, style: route, sources: [whymper]}
    arrows:
      - {through: [zermatt, zermatt], sources: [whymper]}
""")  # fmt: skip
    assert set(found) == {("areas", 0), ("lines", 0), ("lines", 2), ("arrows", 0)}
    assert all("E189" in said and "too small" in said for said in found.values())


def test_an_area_beneath_another_is_named(changed: Changed) -> None:
    """Two districts on one spot: the reader sees the second; side by side both are seen."""
    found = faults(changed, """
    areas:
      - {iso: ITA, style: tint, legend: Taken first}
      - {iso: ITA, style: tint, legend: Taken again}
      - {iso: CHE, style: tint, legend: Beside}
      - {iso: ITA, style: hatch, legend: Over it}
""")  # fmt: skip
    assert found == {("areas", 0): "E189 Taken first lies hidden beneath Taken again"}


@pytest.mark.parametrize(("until", "lost"), [("1864", {0, 1}), ("1865-07-14", set())])
def test_what_comes_after_the_date_of_the_map_is_named(
    changed: Changed, until: str, lost: set[int]
) -> None:
    """An area of 1865 on a map of 1864; on one of its own day it is there."""
    found = faults(changed, f"""
    until: {until}
    areas:
      - {{iso: CHE, style: tint, event: summit}}
      - {{iso: FRA, style: tint, event: fall}}
      - {{iso: ITA, style: tint}}
""")  # fmt: skip
    assert {("areas", number) for number in lost} == set(found)
    assert all("after the date of the map" in said for said in found.values())


def test_stages_show_what_comes_about_in_any_of_them(changed: Changed) -> None:
    """Covered in the second map, an area was seen in the first; what is in none is named."""
    found = faults(changed, """
    stages: [{until: 1860}, {until: 1865-07-14}]
    areas:
      - {iso: CHE, style: step, event: first-attempt, legend: First}
      - {iso: CHE, style: step, event: summit, legend: Then}
      - {iso: FRA, style: step, event: carrel, legend: Never}
""")  # fmt: skip
    assert {("areas", 2)} == set(found)


def test_the_outline_of_a_country_is_drawn(changed: Changed) -> None:
    """Although a boundary runs there, which would take the place of a lesser line."""
    made = map_of(changed, """
    areas:
      - {iso: CHE, style: outline, legend: Its outline}
""")  # fmt: skip
    assert not made.faults
    assert 'class="area-line"' in made.svg
    assert 'data-of="areas-0"' in made.svg


def test_a_layer_of_another_kind_is_told_as_such(changed: Changed) -> None:
    """Lines as an area, points as a line: they lie in the frame, and are not what is needed."""
    found = faults(changed, """
    areas:
      - {file: layers/line.geojson, style: tint, label: Zone, sources: [whymper]}
    lines:
      - {file: layers/points.geojson, legend: Posts, sources: [whymper]}
""")  # fmt: skip
    assert found == {
        ("areas", 0, "file"): "E175 layers/line.geojson holds no polygons, and an area needs them",
        ("lines", 0, "file"): "E175 layers/points.geojson holds no lines",
    }


def words_of(made: Drawing) -> list[str]:
    """The words of the legend."""
    return [i.text for column in made.columns for group in column.groups for i in group.items]


def test_what_some_accounts_put_later_is_never_drawn_as_certain(changed: Changed) -> None:
    """Carrel climbed on 17 or 18 July: striped on the map of the 17th, filled on the next."""
    made = map_of(changed, """
    stages: [{until: 1865-07-16}, {until: 1865-07-17}, {until: 1865-07-18}]
    areas:
      - {iso: CHE, style: step, event: carrel, legend: Reached}
      - {iso: ITA, style: tint, event: carrel}
      - {iso: FRA, style: hatch, event: carrel}
""")  # fmt: skip
    assert not made.faults
    first, second, third = made.svg.split('clip-path="url(')[1:]
    assert "areas-" not in first
    assert 'fill="url(#plate-mountain-2-doubt-1)"' in second
    assert "step-line doubted" in second
    for number in range(3):
        assert f"areas-{number}" in second
        assert f"areas-{number}" in third
    for certain in ("step-1", "area-tint", "hatch", "area-line"):
        assert not re.search(rf'class="{certain}"[^>]*d="', second.partition("<defs")[0])
    assert not re.search(r"url\(#plate-mountain-2-hatch", second)
    assert 'class="step-1"' in third
    assert "doubt" not in third
    said = [line.count("By some accounts only later") for line in made.equivalent]
    assert said == [0, 3, 0]
    assert words_of(made).count("By some accounts only later") == 1
    assert "Water" not in words_of(made)


def test_what_the_preferred_account_puts_later_is_there_as_contested(changed: Changed) -> None:
    """Carrel is held to have come on the 19th, and the map is of the 18th, as another has it."""
    told = changed({}).files["chronology.yaml"].replace(b"1865-07-17", b"1865-07-19")

    def retold(files: Mapping[str, bytes]) -> Snapshot:
        return changed({**files, "chronology.yaml": told})

    made = map_of(retold, """
    until: 1865-07-18
    areas:
      - {iso: CHE, style: step, event: carrel, legend: Reached}
""")  # fmt: skip
    assert not made.faults
    assert "doubt-1" in made.svg
    assert "By some accounts only later" in words_of(made)


def test_water_without_colour_has_waves_that_no_area_has(changed: Changed) -> None:
    """The legend of the ink saver knows them."""
    printed = map_of(changed, "", "ink-saver")
    assert "Water" in words_of(printed)
    assert 'id="plate-mountain-water"' in printed.svg
    assert re.search(r'class="water-hatch" d="M[^"]*q', printed.svg)
    assert not re.search(r'class="(step-)?hatch[^"]*" d="M[^"]*q', printed.svg)
