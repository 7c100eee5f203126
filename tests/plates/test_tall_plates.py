"""A map taller than its place is rearranged: it grows, takes a page, or goes on overleaf."""

from __future__ import annotations

from functools import cache

import pytest

from press import plates
from press.base import pdfium
from press.base.units import letters
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design import styles
from press.design.editions import named
from press.plates import Drawing
from press.plates.style import room, tallest
from tests.conftest import EXAMPLE, REFERENCE, ROOT, Printed, set_edition

CAPTION = "What the map shows, who drew it after what, and what it leaves out, in some detail. " * 4
STAGES = "[1857, 1860, 1862, 1864, 1865-07-13, 1865-07-17]"


BARE = {"towns": "false", "relief": "false", "tints": "false", "rivers": "false"}
"""What a map does without whose names are all that is looked at."""


def mountain(**keys: str) -> Snapshot:
    """The small dossier with one map, to which ``keys`` are given."""
    given = "".join(f"    {key}: {value}\n" for key, value in keys.items())
    plate = f"plates:\n  - id: mountain\n    kind: map\n    title: The mountain\n{given}"
    files = dict(read(EXAMPLE, "matterhorn").files)
    kept = ("dossier.yaml", "sources.yaml", "chronology.yaml", "gazetteer.yaml")
    own = {name: files[name] for name in kept} | {"plates.yaml": plate.encode()}
    own["chapters/01-a.md"] = (
        b"# A\n\nWords before it.\n\n/// plate | mountain\n///\n\nAnd after.\n"
    )
    return Snapshot("matterhorn", "matterhorn", own)


def stages(size: str) -> Snapshot:
    """Six small maps, shaded where they take half a page."""
    listed = ", ".join(f"{{until: {day}}}" for day in STAGES.strip("[]").split(", "))
    relief = "true" if size == "half" else "false"
    return mountain(size=size, stages=f"[{listed}]", caption=CAPTION, relief=relief)


def drawn(snapshot: Snapshot, edition: str, paper: str) -> tuple[Drawing, styles.Style]:
    style = styles.flatten(engine_files(), "default", named(edition).sheet_name, paper)
    loaded = load(snapshot)
    return plates.draw(loaded.dossier, style, loaded.snapshot.files)["mountain"], style


@cache
def campaign(edition: str, paper: str) -> tuple[Drawing, styles.Style]:
    """The map of the reference's campaign, drawn once for all who look at it."""
    style = styles.flatten(engine_files(), "default", named(edition).sheet_name, paper)
    dossier = load(read(ROOT / "content" / REFERENCE)).dossier
    return plates.draw(dossier, style, {}, ["campaign"])["campaign"], style


@pytest.mark.parametrize("size", ["page", "half", "column"])
@pytest.mark.parametrize(
    ("edition", "paper"),
    [
        ("booklet", "half-letter"),
        ("booklet", "a5"),
        ("screen", "tablet"),
        ("large-print", "letter"),
    ],
)
def test_stages_fit_a_page_with_all_that_belongs_to_them(
    size: str, edition: str, paper: str
) -> None:
    """Six small maps with scale, legend and a long caption are no taller than a page."""
    made, style = drawn(stages(size), edition, paper)
    assert made.total <= tallest(made.size, style)
    assert made.height > 0


def test_stages_are_as_large_as_their_page_lets_them() -> None:
    """On a page of their own three stand in two rows rather than small in one."""
    three = "[{until: 1857}, {until: 1862}, {until: 1865-07-17}]"
    made, style = drawn(mountain(size="page", stages=three), "dossier", "a4")
    assert made.total > 0.6 * room("page", style)[1]


def test_legend_too_long_for_a_page_goes_on_overleaf() -> None:
    """Numbered events of a map, more than its page holds, are listed on the next; none is lost."""
    snapshot = mountain(size="page", markers="numbers")
    row = "  - {{id: x{n}, date: 1866-01-01, title: Climb no. {n} of the year by another party, "
    row += "text: It was., category: climb, places: [matterhorn], sources: [whymper]}}\n"
    more = "".join(row.format(n=n) for n in range(60)).encode()
    files = {**snapshot.files, "chronology.yaml": snapshot.files["chronology.yaml"] + more}
    made, style = drawn(Snapshot("m", "m", files), "booklet", "half-letter")
    parts = [made, *made.further]
    assert len(parts) > 1
    assert all(part.total <= tallest("page", style) for part in parts)
    items = [i for p in parts for c in p.columns for g in c.groups for i in g.items]
    said = " ".join(item.text for item in items)
    assert all(f"Climb no. {n} of" in said for n in range(60))
    assert len({item.svg + item.text for item in items}) == len(items)


def test_legend_goes_overleaf_whole_and_the_map_has_its_page() -> None:
    """In large print a map of the reference keeps no row of its legend, and takes the page."""
    made, style = campaign("large-print", "a4")
    (part,) = made.further
    assert not made.columns
    assert not made.credits
    assert made.height > 0.7 * room("page", style)[1]
    assert part.credits
    assert part.locator
    assert part.total <= tallest("half", style)
    assert min(column.width for column in part.columns) > 60
    assert "continued" in part.title


@pytest.mark.parametrize(
    ("edition", "paper"),
    [
        ("booklet", "a5"),
        ("booklet", "half-letter"),
        ("large-print", "a4"),
        ("large-print", "letter"),
    ],
)
def test_credits_do_not_go_overleaf_alone(edition: str, paper: str) -> None:
    """On small sheets they stand with the legend, under the map of the reference or overleaf."""
    made, style = campaign(edition, paper)
    parts = (made, *made.further)
    assert 1 == sum(bool(part.credits) for part in parts)
    assert all(part.columns for part in parts if part.credits)
    assert made.height > 0.4 * room("page", style)[1]


def test_scale_and_caption_stand_on_the_page_of_the_map(printed: Printed) -> None:
    """In the half-letter booklet the whole plate is on one page, and nothing is found."""
    made = printed("booklet", "half-letter", snapshot=stages("half"))
    assert [] == [f for f in made.findings if f.code.startswith("P4")]
    with pdfium.opened(made.pdf) as document:
        pages = [" ".join(p.get_textpage().get_text_bounded().split()) for p in document]
    (page,) = (page for page in pages if "What the map shows" in page)
    assert "Half-letter" in page
    assert "1862" in page
    assert " km" in page


def test_two_maps_of_half_a_page_share_a_page(printed: Printed) -> None:
    """Two such maps that follow each other stand on one page, each with its legend."""
    base = mountain(size="half")
    second = base.files["plates.yaml"].decode().replace("plates:\n", "")
    second = second.replace("id: mountain", "id: again").replace("The mountain", "The other")
    text = b"# A\n\nWords before it.\n"
    files = {
        **base.files,
        "plates.yaml": base.files["plates.yaml"] + second.encode(),
        "chapters/01-a.md": text,
    }
    made = printed(snapshot=Snapshot("matterhorn", "matterhorn", files))
    with pdfium.opened(made.pdf) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    pages = [" ".join(text.split()) for text in texts[3:]]
    assert 1 == sum("Map 1 The mountain" in page and "Map 2 The other" in page for page in pages)


def test_parted_plate_is_found(own_fonts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A style sheet that parts a plate is found where the plate is written."""
    engine = dict(engine_files())
    name = "styles/parts/plates.css"
    engine[name] += (
        b"\n.plate.half { break-inside: auto } .plate.half .plate-key { height: 20cm }\n"
    )
    monkeypatch.setattr("tests.conftest.own_engine", lambda: engine)
    made = set_edition(mountain(size="half"), "dossier", "a4")
    (found,) = [f for f in made.findings if f.code == "P412"]
    assert "matterhorn/plates.yaml" == found.file
    assert found.page


def crowd(**keys: str) -> Snapshot:
    """Twenty villages a few hundred metres apart, with long names."""
    base = mountain(show="places", **BARE, **keys)
    row = "  - {{id: v{n}, name: Village of Saint Somebody {n}, kind: village, "
    row += "at: '{lat:.4f}, {lon:.4f}'}}\n"
    rows = "".join(
        row.format(n=n, lat=45.95 + (n // 5) * 0.012, lon=7.60 + (n % 5) * 0.016) for n in range(20)
    )
    files = {**base.files, "gazetteer.yaml": base.files["gazetteer.yaml"] + rows.encode()}
    return Snapshot("m", "m", files)


BOX = "{west: 7.55, south: 45.92, east: 7.71, north: 46.03}"


@pytest.mark.parametrize(
    ("extent", "edition", "paper"), [(BOX, "booklet", "a5"), ("", "dossier", "a4")]
)
def test_name_without_room_is_a_letter_in_the_legend(extent: str, edition: str, paper: str) -> None:
    """Each of twenty places has its name on the map, or a letter that the legend explains.

    At the scale of the data they stand so close that several share a letter; none is lost.
    """
    asked = {"extent": extent} if extent else {}
    made, _ = drawn(crowd(size="half", **asked), edition, paper)
    groups = {g.title: g for part in (made, *made.further) for c in part.columns for g in c.groups}
    rows = [item.text for item in groups["Places by letter"].items]
    lettered = {name for row in rows for name in row.split(", ")}
    assert len(rows) > 1 or not extent
    named = {box.text for box in made.boxes}
    assert () == made.dropped
    assert not {f"Village of Saint Somebody {n}" for n in range(20)} - lettered - named
    assert made.svg.count('class="label-letter"') == len(rows)


def many(count: int) -> Snapshot:
    """So many villages strewn over the western Alps, at places that are the same in every run."""
    base = mountain(show="places", **BARE)
    row = "  - {{id: v{n}, name: Village of Saint Somebody {n}, kind: village, "
    row += "at: '{lat:.4f}, {lon:.4f}'}}\n"
    rows = "".join(
        row.format(n=n, lat=45.4 + n * 0.618 % 1 * 1.4, lon=6.6 + n / count * 2.4)
        for n in range(count)
    )
    files = {**base.files, "gazetteer.yaml": base.files["gazetteer.yaml"] + rows.encode()}
    return Snapshot("m", "m", files)


@pytest.mark.parametrize(
    ("edition", "paper", "least"), [("booklet", "half-letter", 27), ("dossier", "a4", 9)]
)
def test_a_hundred_and_fifty_places_are_named(edition: str, paper: str, least: int) -> None:
    """Each has its name on the map, a letter of its own or a shared one, or stands in the legend.

    On small paper there are more letters than the alphabet has.
    """
    made, style = drawn(many(150), edition, paper)
    parts = (made, *made.further)
    rows = [
        item.text
        for part in parts
        for column in part.columns
        for group in column.groups
        for item in group.items
    ]
    said = {name for row in rows for name in row.removeprefix("without a letter: ").split(", ")}
    villages = [f"Village of Saint Somebody {n}" for n in range(150)]
    assert [] == [
        name for name in villages if name not in said and f">{name}</text>" not in made.svg
    ]
    assert any(f">{name}</text>" in made.svg for name in villages)
    assert all(part.total <= room("page", style)[1] + 2.6 for part in parts)
    assert made.svg.count('class="label-letter"') >= least
    assert {name for name in made.dropped if name in villages} <= said


def test_words_of_arrows_without_room_stand_in_the_legend() -> None:
    """Each of twelve arrows between two villages has its words beside it, or in the legend."""
    laid = "".join(
        f"\n      - {{through: [zermatt, breuil], label: Advance number {n}, sources: [whymper]}}"
        for n in range(12)
    )
    made, _ = drawn(mountain(show="places", **BARE, arrows=laid), "dossier", "a4")
    rows = [item.text for c in made.columns for group in c.groups for item in group.items]
    (listed,) = (row for row in rows if row.startswith("Without words on the map: "))
    labels = {f"Advance number {n}" for n in range(12)}
    lost = labels & {*made.dropped}
    assert lost
    assert lost <= {*listed.partition(": ")[2].split(", ")}
    assert labels - lost == {box.text for box in made.boxes} & labels


def test_letters_go_on_behind_z() -> None:
    """The signs are those of a spreadsheet's columns: each of them once."""
    assert ["a", "z", "aa", "az", "ba"] == [letters(n) for n in (0, 25, 26, 51, 52)]
    assert 800 == len({letters(n) for n in range(800)})


def test_letters_tell_nothing_on_a_map_to_be_labelled() -> None:
    """The legend of a map with names to be written by hand has no other names."""
    made, _ = drawn(crowd(size="half", blanks="[matterhorn]"), "worksheet", "a4")
    assert "Places by letter" not in {g.title for c in made.columns for g in c.groups}
    assert made.dropped
