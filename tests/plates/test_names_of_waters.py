"""Lakes and rivers bear the name that the map's language has for them, on their water or at it."""

from __future__ import annotations

from typing import Any

import pytest
import shapely

from press import plates
from press.atlas import Atlas, BBox, Feature
from press.content.load import load
from press.content.model import Place
from press.content.snapshot import Snapshot, engine_files, read
from press.design import styles
from press.design.editions import named
from press.plates.maps import names, panel
from press.plates.maps.local_names import water_name
from press.plates.space import Space
from tests.conftest import EXAMPLE, REFERENCE, ROOT

VIENNA: BBox = (16.0, 48.0, 16.6, 48.4)
GENEVA: BBox = (6.4, 46.3, 6.6, 46.45)


def water(layer: str, box: BBox, part: str) -> Feature:
    found = [f for f in Atlas().features(layer, box, "10m") if part in f.name]
    assert found
    return found[0]


def a_place(**given: Any) -> Place:
    return Place.model_validate({"id": "water", "kind": "lake", **given})


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Danube"), ("en-GB", "Danube"), ("de", "Donau"), ("fr", "Donau")]
)
def test_a_river_is_called_as_in_the_language_or_the_country(language: str, name: str) -> None:
    """Where the atlas has no name in a language, that of the country stands, never the English."""
    assert name == water_name(water("river", VIENNA, "Donau"), language, ())


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Lake Geneva"), ("fr", "Lac Léman"), ("de", "Lac Léman")]
)
def test_an_english_name_gives_way_to_another_of_the_atlas(language: str, name: str) -> None:
    assert name == water_name(water("lake", GENEVA, "Geneva"), language, ())


def test_the_authors_name_comes_first() -> None:
    """In the map's language where the gazetteer has it, else as it is called there."""
    lake = water("lake", GENEVA, "Geneva")
    listed = [{"language": "de", "name": "Genfersee"}, {"language": "fr", "name": "Léman"}]
    place = a_place(name="Lake Geneva", names=listed, at="46.4, 6.5")
    assert "Genfersee" == water_name(lake, "de", [place])
    assert "Lake Geneva" == water_name(lake, "it", [place])
    assert "Lac Léman" == water_name(lake, "de", [a_place(name="Lake Geneva", at="1, 30")])


def test_only_waters_of_the_gazetteer_name_waters() -> None:
    """A German Stausee is one, a town that is called like its lake is none."""
    files = dict(read(EXAMPLE, "matterhorn").files)
    rows = "  - {id: one, name: Lake Geneva, kind: alpine lake}\n"
    rows += "  - {id: two, name: Como, kind: lakeside town}\n"
    files["gazetteer.yaml"] += rows.encode()
    dossier = load(Snapshot("m", "m", files)).dossier
    from press.plates.maps.input import MapInput

    style = styles.flatten(engine_files())
    given = MapInput(dossier.plates.plates[0], dossier, style, "Map 1", files)  # type: ignore[arg-type]
    assert ["one"] == [place.id for place in given.waters]


@pytest.mark.parametrize(
    ("slug", "plate", "edition", "paper"),
    [
        (EXAMPLE, "mountain", "poster", "a2"),
        (ROOT / "content" / REFERENCE, "campaign", "dossier", "a4"),
        (ROOT / "content" / REFERENCE, "campaign", "ink-saver", "a4"),
    ],
)
def test_a_name_stands_on_its_water_or_at_its_shore(
    slug: Any, plate: str, edition: str, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No lake's name is farther off than its type is high, no river's letter than two of that.

    A lake's stands whole on its water, or whole on land with room; a river's on no lake.
    """
    seen: list[Any] = []

    def noted(canvas: Any, ground: Any, shun: Any) -> None:
        names.name_waters(canvas, ground, shun)
        seen.append((canvas, ground))

    monkeypatch.setattr(panel, "name_waters", noted)
    style = styles.flatten(engine_files(), "default", named(edition).sheet_name, paper)
    loaded = load(read(slug, slug.name))
    plates.draw(loaded.dossier, style, loaded.snapshot.files, [plate])
    canvas, ground = seen[-1]
    size = canvas.style.text("label-water").size
    lakes = {f"lake-{feature.id}": area for feature, area in ground.lakes}
    rivers = {f"river-{name}": shapely.union_all(ways) for name, ways in ground.rivers.items()}
    boxes = [box for box in canvas.boxes if box.key in {**lakes, **rivers}]
    assert len({box.key for box in boxes}) > 1
    for box in boxes:
        shape = shapely.box(*box.box)
        if box.key in lakes:
            assert shape.distance(lakes[box.key]) < size
            off = shape.distance(canvas.lakes) >= 0.39
            assert off or lakes[box.key].buffer(0.3).contains(shape), box
        else:
            assert not shape.intersects(canvas.lakes)
            assert shape.distance(rivers[box.key]) < 2 * size


@pytest.mark.parametrize("wide", [30.0, 6.0])
def test_a_name_that_a_lake_cannot_hold_stands_whole_beside_it(wide: float) -> None:
    """A box of which four fifths would lie on the water is in no place of it, nor half off it."""
    lake = shapely.box(20, 20, 60, 20 + wide)
    space = Space(80, 80)
    inside = space.place(lake, 28, 7, 1.0)
    assert (inside is not None) == (wide > 7)
    shore = lake.buffer(14).difference(lake)
    beside = space.place(shore, 28, 7, 0.8, off=lake.buffer(0.4))
    assert beside is not None
    assert shapely.box(*beside).distance(lake) >= 0.4
    assert inside is None or lake.contains(shapely.box(*inside))
