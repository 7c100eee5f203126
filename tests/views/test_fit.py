"""Fit, do not fail: what is too long, too tall or too many for its room is rearranged, not lost.

The dossier ``tight`` has an event of two pages, a picture taller than a page, an address and
compounds longer than their lines, and thirty events on a day.
"""

from __future__ import annotations

import pytest

from press.base import pdfium
from press.content.load import load
from press.content.snapshot import Snapshot, read
from press.plates import Drawing
from press.views.render import whole_addresses
from press.views.view import unnamed_places
from tests.conftest import DOSSIERS, EXAMPLE, Printed

ADDRESS = "https://www.example.org/" + "0123456789abcdef" * 6


@pytest.fixture(scope="module")
def tight() -> Snapshot:
    """The dossier of what hardly fits."""
    return read(DOSSIERS / "tight", "tight")


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    with pdfium.opened(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.fixture(scope="module", params=["a4", "letter"])
def pages(printed: Printed, tight: Snapshot, request: pytest.FixtureRequest) -> list[str]:
    """Its pages as words; nothing was found on them."""
    made = printed("dossier", request.param, snapshot=tight)
    assert [] == [f for f in made.findings if not f.code.startswith("W3")]
    return pages_of(made.pdf)


def test_head_stands_over_an_event_longer_than_a_page(pages: list[str]) -> None:
    """Heading, legend, heads of columns and first lines are on one page; the heads on the next too.

    No page has the heading without the event.
    """
    first = next(number for number, page in enumerate(pages) if "Witness 1 saw" in page)
    assert all(word in pages[first] for word in ("Chronology", "Post Law", "Date Kind Event"))
    assert "Witness 99 saw" not in pages[first]
    assert "Date Kind Event" in pages[first + 1]
    assert all(f"Witness {n} saw" in " ".join(pages) for n in range(1, 100))


def test_tall_picture_keeps_its_caption(pages: list[str]) -> None:
    """A picture taller than a page is scaled; its caption and what follows stand under it."""
    (page,) = (page for page in pages if "The tower, as a diagram." in page)
    assert "The tower stood." in page


def test_empty_cell_keeps_its_label_apart(printed: Printed, tight: Snapshot) -> None:
    """In large print a cell without a value takes a line; no label is printed on another."""
    table = b"""\
title: Who was there
columns: [{key: a, label: Name}, {key: b, label: Fate of the one who went}, {key: c, label: Day}]
rows:
  - {a: Croz, sources: [whymper]}
  - {c: Monday, sources: [whymper]}
"""
    kept = {n: f for n, f in tight.files.items() if n in ("dossier.yaml", "sources.yaml")}
    files = {**kept, "tables/who.yaml": table, "chapters/01-a.md": b"# A\n\nSee [[table:who]]."}
    made = printed("large-print", snapshot=Snapshot("tight", "tight", files))
    assert [] == [f for f in made.findings if f.code.startswith("P4")]
    assert 2 == " ".join(pages_of(made.pdf)).count("Fate of the one who went")


def test_address_is_divided_without_a_hyphen(pages: list[str]) -> None:
    """All signs of a long address are printed, and no other."""
    assert any(ADDRESS in page.replace(" ", "") for page in pages)


def test_other_words_stay_whole(printed: Printed, tight: Snapshot) -> None:
    """A link goes to the next line as a whole, wherever on its line it begins."""
    lines = (f"{'word ' * 14}{'i' * n} [Zzyzxq](https://example.org/a) is.\n\n" for n in range(40))
    kept = {n: f for n, f in tight.files.items() if n in ("dossier.yaml", "sources.yaml")}
    files = {**kept, "chapters/01-a.md": f"# A\n\n{''.join(lines)}".encode()}
    text = " ".join(pages_of(printed(snapshot=Snapshot("tight", "tight", files)).pdf))
    assert 40 == text.count("Zzyzxq")


def test_colophon_has_no_label_without_a_value(pages: list[str]) -> None:
    """Where no map is drawn, nothing is owed for its data."""
    (page,) = (page for page in pages if "Made with" in page)
    assert "Data" not in page.split()


def test_dense_day_is_printed_in_full(pages: list[str]) -> None:
    """Each of thirty events on a day has its words on the page of the timeline."""
    (page,) = (page for page in pages if "A crowded June" in page and "Contents" not in page)
    assert all(f"Letter no. {n} is read" in page for n in range(1, 31))


@pytest.mark.parametrize("edition", ["booklet", "screen"])
def test_narrow_pages_hold_it_too(printed: Printed, tight: Snapshot, edition: str) -> None:
    """Long dates and titles beside a timeline are broken where there is less room."""
    made = printed(edition, snapshot=tight)
    assert [] == [f for f in made.findings if f.code.startswith(("P4", "W5", "E18"))]
    text = " ".join(pages_of(made.pdf))
    assert all(f"Letter no. {n} is read" in text for n in range(1, 31))


def test_places_without_a_name_are_named() -> None:
    """A map that marks places and has no room for their names says which; rivers do not count."""
    loaded = load(read(EXAMPLE, "matterhorn"))
    drawing = Drawing("mountain", "map", "1", "half", "x", dropped=("Rhône", "Zermatt", "Breuil"))
    (found,) = unnamed_places(loaded, [drawing])
    assert ("E188", "matterhorn/plates.yaml") == (found.code, found.file)
    assert "map 'mountain' for the names of Zermatt, Breuil" in found.message
    assert "markers: numbers" in found.hint
    assert "warning" == found.severity
    assert not list(unnamed_places(loaded, [Drawing("mountain", "map", "1", "half", "x")]))


def test_only_addresses_in_the_text_are_marked() -> None:
    """Attributes, links and short addresses stay as they are."""
    plain = f'<p title="see {ADDRESS}"><a href="{ADDRESS}"><em>{ADDRESS}</em></a> https://a.org</p>'
    assert plain == whole_addresses(plain)
    linked = f'<a href="{ADDRESS}">{ADDRESS}</a>'
    assert f'<a class="address" href="{ADDRESS}">{ADDRESS}</a>' == whole_addresses(linked)
    assert f'at <span class="address">{ADDRESS}</span> ' in whole_addresses(f"<p>at {ADDRESS} </p>")
