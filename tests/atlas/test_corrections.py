"""What the source has wrong stands right in the atlas: each correction is held against the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import shapely

from press.atlas import Atlas, Detail, Feature
from tools.atlas import corrections
from tools.atlas.waters import _stretches

DETAILS: tuple[Detail, ...] = ("10m", "50m", "110m")


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


@pytest.fixture(scope="module")
def rivers(atlas: Atlas) -> list[Feature]:
    return [river for detail in DETAILS for river in atlas.features("river", None, detail)]


@pytest.fixture(scope="module")
def lakes(atlas: Atlas) -> list[Feature]:
    return [lake for detail in DETAILS for lake in atlas.features("lake", None, detail)]


def named(features: list[Feature]) -> set[str]:
    """Each name, local, English or other, that a layer has."""
    return {
        name
        for each in features
        for name in (
            each.name,
            each.properties.get("name_en", ""),
            *each.properties.get("alternates", ()),
        )
    }


@pytest.mark.parametrize("fix", corrections.ADMIN1, ids=lambda fix: fix.code)
def test_division_is_as_it_was_put_right(atlas: Atlas, fix: corrections.Correction) -> None:
    """A division has the facts that a correction sets, and none that it removes."""
    iso, name = fix.facts.get("iso"), fix.facts.get("name") or fix.facts.get("name_en")
    found = atlas.find("admin1", iso=iso) if iso else atlas.find("admin1", name=_known(fix))
    assert any(_has(each.properties, fix.facts) for each in found), (fix.code, name)


def _known(fix: corrections.Correction) -> str:
    """A name by which a division is found: its own, or one that is listed beside it."""
    facts = fix.facts
    return str(facts.get("name") or facts.get("name_en") or facts["alternates"][0])


def _has(properties: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    return all(
        sorted(properties.get(key) or ()) == sorted(value)
        if isinstance(value, list)
        else properties.get(key) in (value, "" if value is None else value)
        for key, value in facts.items()
    )


def test_lakes_have_their_own_names(lakes: list[Feature]) -> None:
    """Each lake that was put right is there under both names, and not under the wrong one."""
    names = named(lakes)
    for wrong, (local, english) in corrections.LAKE_NAMES.items():
        assert {local, english} <= names
        assert wrong not in names


def test_rivers_have_all_their_letters(rivers: list[Feature]) -> None:
    """No river bears a name that was mended; each mended one is there."""
    names = {river.name for river in rivers}
    for right, wrong in corrections.RIVER_NAMES.items():
        assert wrong not in names
        assert right.partition(" (")[0] in names
    for wrong, right in corrections.RIVER_SPELLING.items():
        assert wrong not in names
        assert right.partition(" (")[0] in names
    english = {river.name: river.properties.get("name_en", "") for river in rivers}
    for local, name in corrections.RIVER_ENGLISH.items():
        assert english[local] == name


@pytest.mark.parametrize(("key", "right"), corrections.MISNAMED_RIVERS.items())
def test_rivers_that_bore_another_name(
    rivers: list[Feature], key: tuple[str, tuple[int, int]], right: str
) -> None:
    """At the place of a river that bore another's name stands its own, or none."""
    wrong, middle = key
    here = {river.name for river in rivers if _middle(river) == middle}
    assert wrong not in here
    assert right in here


def _middle(river: Feature) -> tuple[int, int]:
    centre = shapely.box(*river.geometry.bounds).centroid
    return round(centre.x), round(centre.y)


@pytest.mark.parametrize("detail", ["10m", "50m"])
@pytest.mark.parametrize("river", corrections.MISNAMED_STRETCHES)
def test_stretches_that_bore_another_name(atlas: Atlas, river: str, detail: Detail) -> None:
    """All of a river that lies in the box of another bears that one's name, nothing else."""
    layer = list(atlas.features("river", None, detail))
    for right, box in corrections.MISNAMED_STRETCHES[river].items():
        (other,) = [each for each in layer if each.name == right]
        assert other.geometry.within(shapely.box(*box))
        assert "river" == other.properties["kind"]
        own = [each for each in layer if each.name == river and each.properties["kind"] == "river"]
        assert own
        assert not any(each.geometry.intersects(shapely.box(*box)) for each in own)


def test_the_rutshuru_ends_where_the_semliki_does_not_begin(atlas: Atlas) -> None:
    """South of Lake Edward runs the Rutshuru, north of it the Semliki."""
    south = {river.name for river in atlas.features("river", (29.3, -1.2, 29.9, -0.7), "10m")}
    north = {river.name for river in atlas.features("river", (29.5, 0.0, 30.2, 0.8), "10m")}
    assert "Rutshuru" in south
    assert "Semliki" not in south
    assert "Semliki" in north
    assert "Rutshuru" not in north


def test_a_river_is_parted_where_the_corrections_say() -> None:
    """The tool keeps what is a river's own first, and gives the rest its right name."""
    north, south = (
        shapely.LineString([(29.6, -0.1), (30, 1)]),
        shapely.LineString([(29.8, -1.2), (29.5, -0.61)]),
    )
    assert {"Semliki": [north], "Rutshuru": [south]} == _stretches("Semliki", [south, north])
    assert {"Ituri": [south]} == _stretches("Ituri", [south])


def test_former_divisions_are_found_by_their_names(atlas: Atlas) -> None:
    """What the outlines of former divisions were can be looked for by each of its names."""
    stored = list(atlas.features("former", None, "10m"))
    for facts in corrections.FORMER.values():
        listed = [each.properties.get("alternates") for each in stored]
        assert facts["alternates"] in listed
