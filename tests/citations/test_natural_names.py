"""Authors typed in their natural order are filed by the family name; bodies stay whole."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from press.base.collation import folded
from press.citations import CitationItem, Citations
from press.citations.labels import order
from press.citations.natural_names import is_doubtful, several
from press.content import model
from press.views.reference_managers import bibtex, csl_json


def source(author: Any, language: str = "") -> model.Source:
    given = {"id": "x", "type": "book", "kind": "primary", "title": "T", "checked": "t"}
    return model.Source.model_validate(given | {"author": author, "languages": language or ()})


def filed(author: str, dossier: str = "en", language: str = "") -> str:
    """The author as the list has it."""
    entry = Citations({"x": source(author, language)}, dossier).entry("x")
    return html.unescape(re.sub("<[^>]*>", "", entry)).split(". T")[0]


@pytest.mark.parametrize(
    ("author", "language", "listed"),
    [
        ("Thomas de Waal", "", "de Waal, Thomas"),
        ("Jane Smith", "", "Smith, Jane"),
        ("J. R. R. Tolkien", "", "Tolkien, J. R. R"),
        ("Audrey L. Altstadt", "", "Altstadt, Audrey L"),
        ("Martin Luther King Jr.", "", "King, Martin Luther, Jr"),
        ("Dick Van Dyke", "", "Van Dyke, Dick"),
        ("Jan van der Berg", "nl", "Berg, Jan van der"),
        ("Jan in ’t Veld", "nl", "Veld, Jan in ’t"),
        ("Xaveer van den Keere", "nl", "Keere, Xaveer van den"),
        ("Xaveer van den Keere", "nl-BE", "van den Keere, Xaveer"),
        ("Johann Wolfgang von Goethe", "de", "Goethe, Johann Wolfgang von"),
        ("Ursula von der Leyen", "de", "Leyen, Ursula von der"),
        ("Annette von Droste zu Hülshoff", "de", "Droste zu Hülshoff, Annette von"),
        ("Karl Theodor zu Guttenberg", "de", "Guttenberg, Karl Theodor zu"),
        ("Charles de Gaulle", "fr", "Gaulle, Charles de"),
        ("Jean de La Fontaine", "fr", "La Fontaine, Jean de"),
        ("Georges de la Tour", "fr", "de la Tour, Georges"),
        ("João da Silva", "pt", "Silva, João da"),
        ("Joaquim Maria Machado de Assis", "pt", "Assis, Joaquim Maria Machado de"),
        ("João Guimarães Rosa", "pt", "Rosa, João Guimarães"),
        ("Rui Lopes Neto", "pt", "Lopes Neto, Rui"),
        ("Gabriel García Márquez", "", "García Márquez, Gabriel"),
        ("José Ortega y Gasset", "es", "Ortega y Gasset, José"),
        ("Jorge Luis Borges", "es", "Borges, Jorge Luis"),
        ("Leonardo da Vinci", "it", "da Vinci, Leonardo"),
        ("Muhammad al-Jabri", "", "al-Jabri, Muhammad"),
        ("Abd al-Rahman al-Jabarti", "", "al-Jabarti, Abd al-Rahman"),
        ("Gamal Abdel Nasser", "", "Abdel Nasser, Gamal"),
        ("Khalid ibn Walid", "", "ibn Walid, Khalid"),
        ("Tahar Ben Jelloun", "fr", "Ben Jelloun, Tahar"),
    ],
)
def test_persons_are_filed_by_the_family_name(author: str, language: str, listed: str) -> None:
    """With the particles of the language, as if the name were typed with its comma."""
    assert filed(author, language=language) == listed
    assert not is_doubtful(author, language)


@pytest.mark.parametrize(
    "author",
    ["Human Rights Watch", "United Nations Security Council", "Ministry of Defence", "UNHCR",
     "Amnesty International", "Médecins Sans Frontières", "Banco do Brasil", "Plutarch",
     "Konrad Adenauer Stiftung", "Max Planck Institute", "BBC News", "Marks & Spencer",
     "Agence France-Presse", "The Dossier Press", "Министерство обороны", "{Deutsche Welle}",
     "John F. Kennedy Library", "Ärzte ohne Grenzen", "Robert Bosch GmbH"],
)  # fmt: skip
def test_bodies_stay_whole(author: str) -> None:
    """Also those that are called after somebody."""
    assert filed(author) == author.strip("{}")
    if not author.startswith("{"):
        assert not is_doubtful(author, "en")


@pytest.mark.parametrize(("author", "language"), [("Nagy Imre", "hu"), ("Mao Zedong", "zh")])
def test_names_that_begin_with_the_family_stay(author: str, language: str) -> None:
    """They stand as they are filed."""
    assert filed(author, language=language) == author
    assert not is_doubtful(author, language)


@pytest.mark.parametrize(
    "author", ["Deutsche Welle", "Sirarpie Nersessian", "Juan Ponce de León", "Иван Петров"]
)
def test_what_is_doubtful_stays_and_is_asked_for(author: str) -> None:
    """It is filed as it is written, and W316 asks."""
    assert filed(author) == author
    assert is_doubtful(author, "en")


def test_two_persons_in_one_text_are_seen() -> None:
    """A body with "and" in its name is none."""
    assert several("Ann Able and Jo Baker", "en") == ("Ann Able", "Jo Baker")
    assert several("Institute for War and Peace", "en") == ()


def test_notes_labels_order_and_data_agree() -> None:
    """The short note and the label have the family name; so have CSL-JSON and BibTeX."""
    cited = source("Thomas de Waal")
    citations = Citations({"x": cited})
    notes = [re.sub("<[^>]*>", "", citations.note([CitationItem("x")])) for _ in range(2)]
    assert notes == ["Thomas de Waal, T, n.d.", "de Waal, T."]
    assert citations.label("x") == "de Waal, n.d."
    assert order(cited, "en")[0] == folded("de waal thomas", "en")
    (entry,) = json.loads(csl_json({"x": cited}, "en"))
    assert entry["author"] == [{"family": "de Waal", "given": "Thomas"}]
    assert "author = {de Waal, Thomas}" in bibtex({"x": cited}, "en")
    assert "author = {{Human Rights Watch}}" in bibtex({"x": source("Human Rights Watch")}, "en")
