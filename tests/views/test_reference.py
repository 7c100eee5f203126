"""The reference dossier, built once and read as a reader would."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2 as pdfium
import pytest

from press import dates
from press.content import facts
from press.content.load import Loaded, load
from press.content.model import Extent, Map, Timeline
from press.content.snapshot import read
from tests.conftest import REFERENCE, ROOT

if TYPE_CHECKING:
    from press.pipeline import Made


class Built:
    """The dossier's values and its finished pages."""

    def __init__(self, made: Made) -> None:
        self.loaded: Loaded = load(read(ROOT / "content" / REFERENCE, f"content/{REFERENCE}"))
        self.dossier = self.loaded.dossier
        self.made = made
        self.folios = self.made.rounds[-1]

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The text of each page, with plain spaces and no line ends."""
        document = pdfium.PdfDocument(self.made.pdf)
        texts = (page.get_textpage().get_text_range() for page in document)
        return tuple(plain(text) for text in texts)

    def from_to(self, anchor: str, following: str) -> str:
        """The text from the page of one anchor to the page of another, where parts run on."""
        first, last = self.folios[anchor][0], self.folios[following][0]
        return " ".join(self.pages[first - 1 : last])


def plain(text: str) -> str:
    """``text`` as it is compared: hyphens at line ends mended, every space one space."""
    text = re.sub(r"[\u00ad\ufffe\u2060]", "", text)
    text = re.sub(r"-\r?\n", "-", text)
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def squeezed(text: str) -> str:
    """``text`` without spaces and hyphens, for words that a line may break."""
    return re.sub(r"[\s\u00a0\u2060\u00ad-]", "", text)


@pytest.fixture(scope="session")
def built(reference: Made) -> Built:
    """The reference dossier, set once for all tests."""
    return Built(reference)


def test_nothing_to_say(built: Built) -> None:
    """No finding but the few that may stand, no warning logged, no glyph or note lost."""
    from press.checks import check
    from press.checks.allowed import sift

    noticed = (*built.loaded.findings, *check(built.loaded), *built.made.findings)
    kept, allowed = sift(built.loaded, noticed)
    assert [] == [str(f) for f in kept]
    assert len(allowed) <= 11


def test_length(built: Built) -> None:
    """The dossier has 16 to 52 pages, thirteen sheets of four."""
    assert 16 <= built.made.pages <= 52


def test_content_is_what_was_promised(built: Built) -> None:
    """Enough events, places, sources, resolutions, terms and words."""
    dossier = built.dossier
    assert len(dossier.events) >= 32
    assert len(dossier.places) >= 30
    assert len(dossier.bibliography) >= 20
    assert len(dossier.tables["resolutions"].rows) == 4
    assert len(dossier.terms) >= 14
    words = " ".join(re.sub(r"\[[@^][^\]]*\]", "", c.body) for c in dossier.chapters).split()
    assert len(words) >= 3500


def test_every_event_is_in_the_chronology(built: Built) -> None:
    """Each event stands in the table with its title and its date, contested ones with all."""
    table = squeezed(built.from_to("chronology", "plate-campaign"))
    for event in built.dossier.events.values():
        assert f"event-{event.id}" in built.folios
        assert squeezed(event.title) in table, event.id
        assert squeezed(facts.event_date(event, "en")) in table, event.id


def test_contested_dates_name_every_account(built: Built) -> None:
    """Whoever disagrees about a date is named beside the date they give."""
    table = squeezed(built.from_to("chronology", "plate-campaign"))
    contested = [e for e in built.dossier.events.values() if e.dated_claims]
    assert len(contested) >= 4
    for event in contested:
        for claim in event.dated_claims:
            assert squeezed(facts.claim_date(claim, "en")) in table
            assert squeezed(claim.says.split("[")[0])[:30] in table


def test_timeline_shows_every_event_of_its_span(built: Built) -> None:
    """Each event between the first and the last day of the timeline is on it."""
    (plate,) = [p for p in built.dossier.plates.plates if isinstance(p, Timeline)]
    page = squeezed(built.pages[built.folios[f"plate-{plate.id}"][0] - 1])
    assert plate.span is not None
    inside = [e for e in built.dossier.events.values() if e.when.known_within(plate.span)]
    assert len(inside) >= 30
    lost = [e.id for e in inside if not all(squeezed(w) in page for w in e.title.split())]
    assert [] == lost


def maps(built: Built) -> Iterator[Map]:
    """The maps of the dossier."""
    return (p for p in built.dossier.plates.plates if isinstance(p, Map))


def test_places_of_the_map_are_in_the_gazetteer(built: Built) -> None:
    """Each place of an event inside the map's frame is named on the map and in the gazetteer."""
    plate = next(maps(built))
    page = squeezed(built.pages[built.folios[f"plate-{plate.id}"][0] - 1])
    gazetteer = squeezed(built.from_to("gazetteer", "glossary"))
    extent = plate.extent
    assert isinstance(extent, Extent)
    span = plate.span or dates.spanning(e.when for e in built.dossier.events.values())
    shown = {
        ident
        for event in built.dossier.events.values()
        if event.when.known_within(span)
        for ident in event.places
    }
    for ident in shown:
        place = built.dossier.places[ident]
        at = place.at
        assert at is not None
        if extent.west < at.lon < extent.east and extent.south < at.lat < extent.north:
            assert squeezed(place.name.split(" (")[0]) in page, ident
        assert squeezed(place.name) in gazetteer, ident


def test_names_in_every_script_are_printed(built: Built) -> None:
    """Azerbaijani, Armenian and Russian names are text in the gazetteer, letter by letter."""
    gazetteer = squeezed(built.from_to("gazetteer", "glossary"))
    names = [n for p in built.dossier.places.values() for n in p.names]
    assert {"az", "hy", "ru"} <= {n.language for n in names}
    assert [] == [n.name for n in names if squeezed(n.name) not in gazetteer]


def test_every_source_is_listed_and_its_pages_are_true(built: Built) -> None:
    """The bibliography names every source, and each page it gives has a citation of it."""
    for ident in built.dossier.bibliography:
        assert f"source-{ident}" in built.folios
    cites: dict[str, set[int]] = {}
    for anchor, pages in built.folios.items():
        if match := re.fullmatch(r"cite-(.+)-\d+", anchor):
            cites.setdefault(match[1], set()).update(pages)
    assert set(cites) <= set(built.dossier.bibliography)
    assert len(cites) > 80


def test_contents_give_the_true_pages(built: Built) -> None:
    """Every line of the contents ends with the page on which its chapter stands."""
    contents = squeezed(" ".join(built.pages[1:4]))
    for chapter in built.dossier.chapters:
        page = built.folios[f"chapter-{chapter.id}"][0]
        assert f"{squeezed(chapter.title)}{page}" in contents, chapter.title


def test_restored_belligerents_are_marked(built: Built) -> None:
    """The values that the article had lost are printed, and a note says whence they come."""
    text = squeezed(" ".join(built.pages[2:6]))
    for words in ("Armenia", "Nagorno-Karabakh Republic", "Azerbaijan", "Hezb-e-Islami"):
        assert squeezed(words) in text
    assert "restored" in text


def test_credits_are_printed(built: Built) -> None:
    """Wikipedia, GeoNames and Natural Earth are credited, and the disclaimer is there."""
    text = squeezed(" ".join(built.pages))
    for words in ("CC BY-SA 4.0", "GeoNames", "CC BY 4.0", "Natural Earth", "no endorsement"):
        assert squeezed(words) in text, words


def test_outline_links_and_metadata(built: Built) -> None:
    """The PDF has an outline, working links both ways, a language and a title."""
    with pikepdf.open(io.BytesIO(built.made.pdf)) as pdf:
        with pdf.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
        assert all(any(c.title in t for t in titles) for c in built.dossier.chapters)
        assert str(pdf.Root.Lang) == "en"
        assert built.dossier.meta.title in str(pdf.docinfo["/Title"])
        annotations = [a for page in pdf.pages for a in _list(page.obj.get("/Annots"))]
        links = [a for a in annotations if a.Subtype == "/Link"]
        listed = pdf.Root.Names.Dests.Names
        names = {str(listed[n]) for n in range(0, len(listed), 2)}
        targets = {str(link.Dest) for link in links if "/Dest" in link}
        assert len(targets) > 300
        assert targets <= names


def _list(array: Any) -> list[Any]:
    """The items of a PDF array that may be absent."""
    return [] if array is None else [array[n] for n in range(len(array))]
