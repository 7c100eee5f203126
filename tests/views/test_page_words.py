"""What the pages say of themselves: contents, running heads, legends, introductions, labels."""

from __future__ import annotations

import re
from typing import Any, cast

import pytest

from press.base.templates import environment
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design.editions import EDITIONS
from press.plates.maps.legend import kinds_marked
from press.views.book import Book
from press.views.index import _key
from press.views.strip_links import words
from press.views.view import Work
from tests.conftest import DOSSIERS, document_of

MORE = {
    "dossier.yaml": b"disclaimer: Nothing here is law.\nappendix: facts\n",
    "gazetteer.yaml": (
        b"places:\n  - {id: ridge, name: The Ridge, also: [The Edge], kind: ridge,"
        b" sources: [known], role: It was climbed.}\n"
    ),
    "chronology.yaml": (
        b"  - id: quarrel\n    title: The quarrel\n    text: They quarrelled.\n"
        b"    category: climb\n    date: 1865-08-01\n    sources: [known]\n    claims:\n"
        b"      - {text: It was loud., says: a guide, sources: [whymper], preferred: true,"
        b" reason: he was there}\n"
        b"      - {text: nobody spoke, says: the landlord, sources: [known]}\n"
        b"phases:\n  - {id: old, title: The year 1857, begins: 1857}\n"
        b"  - {id: new, title: July and August 1865, begins: 1865-07}\n"
    ),
    "sources.yaml": (
        b"  - {id: known, type: document, kind: reference, title: What is known,"
        b" checked: no reading, short: general knowledge}\n"
    ),
}


def made(edition: str, chapter: str = "", inside: str = "") -> tuple[Book, str]:
    """The tiny dossier with MORE, its plates ``years`` and ``inside``, and what stands in it."""
    tiny = read(DOSSIERS / "tiny", "tiny")
    files = dict(tiny.files)
    for name, more in MORE.items():
        files[name] = files.get(name, b"") + more
    files["chronology.yaml"] = files["chronology.yaml"].replace(
        b"sign: triangle}\n", b"sign: triangle}\n  - {id: idle, label: Idle, sign: cross}\n", 1
    )
    files["plates.yaml"] += b"".join(
        f"  - {{id: {name}, kind: timeline, title: Of {name}, show: events}}\n".encode()
        for name in inside.split()
    )
    files["chapters/01-words.md"] += chapter.encode()
    work = Work(
        "a.pdf",
        load(Snapshot("tiny", "tiny", files)),
        EDITIONS[edition],
        "default",
        engine_files(),
    )
    assert () == work.loaded.findings
    document = document_of(work)
    assert isinstance(document.page, Book)
    return document.page, document.html.text


@pytest.fixture(scope="module")
def large() -> tuple[Book, str]:
    """Large print, with a plate in a chapter."""
    return made("large-print", "\nOn 3 May it rained.\n\n/// plate | told\n", "told")


def test_every_plate_is_in_the_contents(large: tuple[Book, str]) -> None:
    """Under the heading of the plates, by number, also one that stands in a chapter."""
    listed = re.findall(r'level-\d">.*?class="words" href="#([^"]*)"', large[1], re.DOTALL)
    at = listed.index("plate-years")
    assert ["plate-years", "plate-years", "plate-told"] == listed[at : at + 3]


def test_plates_that_all_stand_in_chapters_are_under_those() -> None:
    """There is no part of plates then."""
    book, text = made("dossier", "\n/// plate | years\n\n/// plate | told\n", "told")
    anchors = [line.anchor for line in book.contents]
    assert ["chapter-words", "plate-years", "plate-told", "chronology"] == anchors[:4]
    assert 'href="#plate-told">Timeline\u00a02. Of told<' in text


def test_the_running_head_over_a_plate_is_that_of_its_part(large: tuple[Book, str]) -> None:
    """A plate in a chapter stands under the head of its chapter."""
    assert ["years"] == re.findall(r'id="plate-([a-z]+)" data-part="Plates"', large[1])


def test_a_label_that_ends_in_a_mark_has_no_colon() -> None:
    """Who was first? and no “first?:”, where a fact is called by what is asked."""
    macros = environment(engine_files())
    colon = cast("Any", macros.get_template("macros.html").module).colon
    assert [":", "", "", ":"] == [colon(label) for label in ("Dead", "First?", "Ah!", "Croz & Co.")]


def test_a_disclaimer_is_printed_once(large: tuple[Book, str]) -> None:
    """In the imprint, wherever that stands."""
    assert 1 == large[1].count("Nothing here is law.")


def test_introductions_explain_what_is_printed(large: tuple[Book, str]) -> None:
    """The legend has the signs of events, the index the parts there are; labels are printed."""
    _, text = large
    assert "Climb" in text
    assert "Idle" not in text
    assert "lead to the entry in the gazetteer" not in text  # there is no index
    said = words(text)
    assert "also The Edge" in said
    assert "Checked: no reading" in said


def test_the_key_of_the_index_names_the_parts_there_are(matterhorn: Snapshot) -> None:
    """Without a glossary it does not speak of one; without any of them it says nothing."""
    from press.content.headings import headings

    listed = headings(load(matterhorn).dossier)
    assert _key(listed, "en") == (
        "Figures in bold lead to the entry in the gazetteer or the glossary."
    )
    places = {key: one for key, one in listed.items() if one.kind == "place"}
    assert _key(places, "de") == "Halbfette Zahlen führen zum Eintrag im Ortsverzeichnis."
    assert "" == _key({}, "en")


def test_a_phase_says_its_time_once(large: tuple[Book, str]) -> None:
    """A title with the months and the year has no span behind it."""
    heads = re.findall(r"<h2>(The year 1857|July and August 1865)(.*?)</h2>", large[1])
    assert [("The year 1857", ""), ("July and August 1865", "")] == heads


def test_accounts_are_parted_from_what_they_rest_on(large: tuple[Book, str]) -> None:
    """A dash stands before the voice, a stop before why one is preferred."""
    said = words(large[1])
    assert "It was loud – a guide, Whymper 1871; preferred: he was there" in said
    assert "nobody spoke – the landlord, general knowledge" in said


def test_facts_in_a_line_are_sentences(large: tuple[Book, str]) -> None:
    """What a fact rests on is in brackets; several pages are pages."""
    said = words(large[1])
    assert (
        "The quarrel: 1 August 1865 (general knowledge) – It was loud (a guide, Whymper 1871; "
        "preferred). Nobody spoke (the landlord, general knowledge)." in said
    )
    assert 'data-words="Page|Pages"' in large[1]
    assert "It was climbed. General knowledge" in said


@pytest.mark.parametrize(
    ("rank", "kinds", "language", "called"),
    [
        ("Town", ["town", "district town", ""], "en", "Town"),
        ("Town", ["mountain"], "en", "Mountain"),
        ("Town", ["pass", "mountain", "town"], "en", "Town, mountain, pass"),
        ("Village", ["hamlet"], "en", "Hamlet"),
        ("Stadt", ["Kleinstadt", "Berg"], "de", "Stadt, Berg"),
        ("Town", [], "en", "Town"),
    ],
)
def test_a_legend_calls_places_by_their_kind(
    rank: str, kinds: list[str], language: str, called: str
) -> None:
    """A mountain is no town."""
    assert called == kinds_marked(rank, kinds, language)
