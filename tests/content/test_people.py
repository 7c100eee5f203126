"""Who was who: people are linked, indexed and printed from people.yaml."""

from __future__ import annotations

import re

import pytest

from press.content import coverage, facts
from press.content.headings import headings
from press.content.load import Loaded, load
from press.content.snapshot import engine_files
from press.design.editions import EDITIONS
from press.views import data
from press.views.view import Work
from tests.conftest import Changed, document_of
from tests.content.test_load import said

PEOPLE = """people:
  - id: whymper
    name: Whymper, Edward
    also: "Whimper, Edward"
    matches: [Whymper]
    names: [{language: ru, name: Эдвард Уимпер, latin: Edvard Uimper}]
    role: climber and engraver
    group: the English party
    born: 1840-04-27
    died: 1911-09-16
    note: He wrote *Scrambles* ([[summit]]).
    sources: [whymper]
  - {id: carrel, name: "Carrel, Jean-Antoine", role: guide, sources: [whymper]}
"""


@pytest.fixture
def people(changed: Changed) -> Loaded:
    """The small dossier with two of its people in people.yaml, and without plates."""
    return load(changed({"people.yaml": PEOPLE.encode(), "plates.yaml": None}))


def html(loaded: Loaded, edition: str = "dossier") -> str:
    """The document of an edition."""
    work = Work("a", loaded, EDITIONS[edition], "default", engine_files())
    return document_of(work).html.text


def test_people_of_a_sound_dossier_are_no_finding(changed: Changed) -> None:
    """An entry of index.yaml with a person's id adds to that person's heading."""
    assert [] == said(changed({"people.yaml": PEOPLE.encode()}))


def test_heading_comes_from_the_person(people: Loaded) -> None:
    """Filed by the last name, looked for as it is said, with the role as its gloss."""
    listed = headings(people.dossier)
    heading = listed["person:whymper"]
    assert ("Whymper, Edward", "Whimper, Edward") == (heading.name, heading.also[0])
    assert {"Edward Whymper", "Edward Whimper", "Whymper"} <= set(heading.spellings)
    assert "person-whymper" == heading.principal
    assert "entry:whymper" not in listed


def test_person_is_printed_with_names_and_life(people: Loaded) -> None:
    """The entry has name, other scripts, role, side, life, note and sources, and an anchor."""
    text = html(people)
    entry = text[text.index('id="person-whymper"') :].partition("</dl>")[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", entry).split())
    assert '<span lang="ru">Эдвард Уимпер</span>' in entry
    assert "Whimper, Edward Эдвард Уимпер , Edvard Uimper (Russian) climber" in words
    assert "climber and engraver" in words
    assert "the English party" in words
    assert "Born 27 April 1840" in words.replace("\xa0", " ")
    assert '<a class="words" href="#people">Who was who</a>' in text
    assert (
        "Figures in bold lead to the entry in the gazetteer, the glossary or Who was who." in text
    )


@pytest.mark.parametrize("edition", ["dossier", "large-print", "screen"])
def test_names_of_a_person_are_printed_as_those_of_a_place(changed: Changed, edition: str) -> None:
    """Other names without an index too, Latin forms, languages and standings."""
    raw = PEOPLE.replace("Edvard Uimper}", "Edvard Uimper, standing: on the monument}")
    entry = html(load(changed({"people.yaml": raw.encode(), "index.yaml": None})), edition)
    words = " ".join(re.sub(r"<[^>]+>", "", entry).split())
    assert "Whimper, Edward Эдвард Уимпер, Edvard Uimper (Russian, on the monument)" in words


def test_people_stand_in_alphabetical_order(people: Loaded) -> None:
    text = html(people)
    assert text.index('id="person-carrel"') < text.index('id="person-whymper"')


@pytest.mark.parametrize("edition", ["screen", "large-print", "booklet", "ink-saver"])
def test_editions_of_the_whole_dossier_print_people(people: Loaded, edition: str) -> None:
    assert 'id="person-whymper"' in html(people, edition)


def test_contents_list_what_the_edition_prints(people: Loaded) -> None:
    """A part that the template leaves out is not announced; the others stand in its order."""
    files = engine_files()
    name = "templates/editions/dossier.html"
    part = b'{% include "parts/people.html" %}\n'
    files[name] = files[name].replace(part, b"").replace(b"<main>\n", b"<main>\n" + part)
    without = {**files, name: files[name].replace(part, b"")}
    work = Work("a", people, EDITIONS["dossier"], "default", without)
    assert 'href="#people"' not in document_of(work).html.text.partition("<main>")[0]
    work = Work("a", people, EDITIONS["dossier"], "default", files)
    contents = document_of(work).html.text.partition("<main>")[0]
    assert contents.index('href="#people"') < contents.index('href="#chapter-')


def test_person_is_a_fact_with_addresses(people: Loaded) -> None:
    """A person counts as one fact; role and dates are drawn from their address."""
    stated = {fact.address: fact for fact in coverage.stated(people.dossier)}
    assert ("Whymper, Edward", "climber and engraver") == (
        stated["whymper"].called, stated["whymper"].value,
    )  # fmt: skip
    found = facts.find(facts.addresses(people.dossier), "whymper.born")
    assert isinstance(found, facts.Found)
    assert found.fact is not None
    assert "27 April 1840" == facts.value(found.fact, "en").replace("\xa0", " ")


def test_people_travel_as_data(people: Loaded) -> None:
    """A line for each, with dates as they were written and the ids of sources."""
    rows = {row["id"]: row for row in data.things_of("people.yaml", people.dossier)}
    whymper = rows["whymper"]
    assert ("1840-04-27", "whymper", "ru: Эдвард Уимпер (Edvard Uimper)") == (
        whymper["born"], whymper["sources"], whymper["names"],
    )  # fmt: skip
    assert "He wrote Scrambles (summit)." == whymper["note"]


def test_link_to_a_person_says_the_name_as_it_is_said(changed: Changed) -> None:
    """``[[person:id]]`` prints the name with the last name last, and leads to the entry."""
    chapter = b"# A\n\n[[person:whymper]] and [[person:carrel|his rival]] went.\n"
    text = html(
        load(changed({"people.yaml": PEOPLE.encode(), "chapters/02-the-descent.md": chapter}))
    )
    assert re.search(r'<a [^>]*href="#person-whymper">Edward Whymper</a>', text)
    assert re.search(r'<a [^>]*href="#person-carrel">his rival</a>', text)
