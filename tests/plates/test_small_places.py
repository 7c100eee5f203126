"""A map of a small place is drawn no finer than its data, and stops no build."""

from __future__ import annotations

import re

import pytest

from press import plates
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design import styles
from press.design.editions import named
from press.plates import Drawing
from press.plates.style import room
from tests.conftest import EXAMPLE, Printed

FINEST = 750_000
SMALL = {
    "parish": ("52.2400, 0.9900", "52.2431, 0.9952", "52.2372, 0.9899"),
    "island": ("-19.055, -169.917", "-18.98, -169.89", "-19.08, -169.83"),
    "antimeridian": ("-16.80, 179.99", "-16.83, -179.97", "-16.75, 179.93"),
    "street": ("48.20850, 16.37210", "48.20858, 16.37214", "48.20842, 16.37204"),
}
"""The coordinates of three places; those of the street lie ten metres apart."""
EDITIONS = [("poster", "a2"), ("booklet", "a5"), ("large-print", "a4")]


def place(name: str, **keys: str) -> Snapshot:
    """A chapter of the small dossier, moved to a smaller place; ``keys`` are given to its map."""
    files = dict(read(EXAMPLE, "matterhorn").files)
    raw = files["gazetteer.yaml"].decode()
    first, *others = SMALL[name]
    lat, lon = first.split(", ")
    raw = raw.replace("lat: 45.976, lon: 7.658", f"lat: {lat}, lon: {lon}")
    for old, new in zip(("46.021, 7.749", "45.936, 7.631"), others, strict=True):
        raw = raw.replace(old, new)
    asked = {"size": "half", **keys}
    given = "".join(f"    {key}: {value}\n" for key, value in asked.items())
    listed = files["plates.yaml"].decode().replace("    padding: 100\n    size: half\n", given)
    own = {"gazetteer.yaml": raw.encode(), "plates.yaml": listed.encode()}
    own["chapters/01-a.md"] = b"# A\n\nWords on [[plate:mountain]].\n"
    kept = {name: files[name] for name in ("dossier.yaml", "sources.yaml", "chronology.yaml")}
    return Snapshot("matterhorn", "matterhorn", {**kept, **own})


def drawn(
    snapshot: Snapshot, edition: str = "dossier", paper: str = "a4"
) -> tuple[Drawing, styles.Style]:
    style = styles.flatten(engine_files(), "default", named(edition).sheet_name, paper)
    loaded = load(snapshot)
    made = plates.draw(loaded.dossier, style, loaded.snapshot.files, ["mountain"])
    return made["mountain"], style


def scale(made: Drawing) -> int:
    match = re.match(r"1:([\d,]+)", made.scale_text)
    assert match is not None
    return int(match[1].replace(",", ""))


@pytest.mark.parametrize(("edition", "paper"), EDITIONS)
@pytest.mark.parametrize("name", SMALL)
def test_the_press_draws_no_map_finer_than_its_data(name: str, edition: str, paper: str) -> None:
    """It shows more around the places instead, and names all three."""
    shaded = "true" if edition == "booklet" else "false"
    made, style = drawn(place(name, relief=shaded), edition, paper)
    assert scale(made) >= FINEST
    assert [] == list(made.faults)
    assert {"matterhorn", "zermatt", "breuil"} == made.places
    assert made.total <= room(made.size, style)[1]


@pytest.mark.parametrize(
    ("name", "edition", "paper"),
    [("parish", "handout", "a4"), ("island", "poster", "a2"), ("antimeridian", "booklet", "a5")],
)
def test_a_dossier_of_a_small_place_has_no_finding(
    printed: Printed, name: str, edition: str, paper: str
) -> None:
    """Nothing that the press chose itself stops a strict build."""
    assert () == printed(edition, paper, snapshot=place(name)).findings


@pytest.mark.parametrize(
    ("edition", "paper"), [("handout", "a4"), ("poster", "a2"), ("large-print", "a4")]
)
def test_the_small_dossier_builds_strictly(printed: Printed, edition: str, paper: str) -> None:
    """Its map and its picture of 900 pixels have no finding on any sheet."""
    assert () == printed(edition, paper).findings


def test_an_author_who_asks_for_a_finer_scale_is_told() -> None:
    """The box is drawn as it was asked for, with E183."""
    box = "{west: 0.95, south: 52.22, east: 1.03, north: 52.26}"
    made, _ = drawn(place("parish", extent=box))
    assert scale(made) < FINEST
    assert ["E183"] == [fault.code for fault in made.faults]


def test_own_shapes_are_drawn_at_their_own_scale() -> None:
    """Layers of the author's are the remedy of E183: the map of the parish fills its frame."""
    ring = "[[0.95,52.22],[1.03,52.22],[1.03,52.26],[0.95,52.26],[0.95,52.22]]"
    polygon = f'{{"type":"Polygon","coordinates":[{ring}]}}'
    shape = f'{{"type":"Feature","properties":{{}},"geometry":{polygon}}}'
    snapshot = place("parish", areas="[{name: The parish, file: parish.geojson, style: outline}]")
    files = {**snapshot.files, "parish.geojson": shape.encode()}
    made, _ = drawn(Snapshot("matterhorn", "matterhorn", files))
    assert scale(made) < FINEST
    assert [] == list(made.faults)


def test_a_map_held_by_its_data_is_lower_and_no_strip() -> None:
    """On a page of its own it is as high as two thirds of its width."""
    made, _ = drawn(place("parish", size="page"))
    assert 0.6 < made.height / made.width < 0.75


def test_a_map_among_text_with_little_room_takes_a_page() -> None:
    """In large print the words around it would leave it a strip."""
    made, _ = drawn(place("parish"), "large-print")
    assert "page" == made.size
    assert made.height > 80
