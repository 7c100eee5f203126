"""A place stands with the paper, publisher or occasion, never alone behind the date."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from press.citations import Citations
from press.citations.locators import CitationItem
from press.content import model

GIVEN = {"id": "x", "kind": "press", "checked": "t", "title": "The head", "issued": "1993-10-28",
         "author": "Hahn, Dorothea", "container": "die tageszeitung", "place": "Berlin",
         "url": "https://e.org/a"}  # fmt: skip


def source(**fields: str) -> model.Source:
    given: dict[str, Any] = {name: value for name, value in (GIVEN | fields).items() if value}
    return model.Source.model_validate(given)


def printed(of: model.Source, language: str = "en", style: str = "chicago") -> tuple[str, str]:
    """The first note and the entry; asterisks stand for italics."""
    citations = Citations({"x": of}, language, style)
    texts = (citations.note([CitationItem("x")]), citations.entry("x"))
    plain = (re.sub("<[^>]*>", "", re.sub("</?em>", "*", text)) for text in texts)
    note, entry = (html.unescape(text).replace("\xa0", " ") for text in plain)
    return note, entry


@pytest.mark.parametrize(
    ("fields", "note", "entry"),
    [
        ({}, "Dorothea Hahn, ‘The head’, *die tageszeitung* (Berlin), 28 October 1993",
         "Hahn, Dorothea. ‘The head’. *die tageszeitung* (Berlin), 28 October 1993"),
        ({"author": "", "issued": "1993-10-28?"},
         "‘The head’, *die tageszeitung* (Berlin), [28 October 1993?]",
         "*die tageszeitung* (Berlin). ‘The head’, [28 October 1993?]"),
        ({"container": "New York Times", "place": "New York"},
         "Dorothea Hahn, ‘The head’, *New York Times*, 28 October 1993",
         "Hahn, Dorothea. ‘The head’. *New York Times*, 28 October 1993"),
        ({"container": "Trend", "place": "Baku", "publisher": "Trend News"},
         "Dorothea Hahn, ‘The head’, *Trend* (Baku), 28 October 1993",
         "Hahn, Dorothea. ‘The head’. *Trend* (Baku), 28 October 1993. Trend News"),
        ({"container": "Oregonian", "place": "Portland, Or."},
         "Dorothea Hahn, ‘The head’, *Oregonian* (Portland, Or.), 28 October 1993",
         "Hahn, Dorothea. ‘The head’. *Oregonian* (Portland, Or.), 28 October 1993"),
        ({"container": ""}, "Dorothea Hahn, ‘The head’, Berlin, 28 October 1993",
         "Hahn, Dorothea. ‘The head’. Berlin, 28 October 1993"),
        ({"type": "article-magazine", "container": "Ogonyok", "place": "Moscow", "page": "4"},
         "Dorothea Hahn, ‘The head’, *Ogonyok* (Moscow), 28 October 1993",
         "Hahn, Dorothea. ‘The head’. *Ogonyok* (Moscow), 28 October 1993, p. 4"),
        ({"type": "article-journal", "container": "Ararat", "place": "Venice", "volume": "3",
          "issued": "1993", "page": "9"},
         "Dorothea Hahn, ‘The head’, *Ararat* (Venice) 3 (1993): 9",
         "Hahn, Dorothea. ‘The head’. *Ararat* (Venice) 3 (1993): 9"),
        ({"type": "thesis", "container": "", "publisher": "Freie Universität",
          "genre": "PhD diss."},
         "Dorothea Hahn, ‘The head’ (PhD diss., Freie Universität, Berlin, 1993)",
         "Hahn, Dorothea. ‘The head’. PhD diss., Freie Universität, Berlin, 1993"),
        ({"type": "speech", "container": ""},
         "Dorothea Hahn, ‘The head’ (Berlin, 28 October 1993)",
         "Hahn, Dorothea. ‘The head’. Berlin, 28 October 1993"),
        ({"type": "speech", "container": "", "event": "book fair"},
         "Dorothea Hahn, ‘The head’ (book fair, Berlin, 28 October 1993)",
         "Hahn, Dorothea. ‘The head’. Presented at the book fair, Berlin, 28 October 1993"),
        ({"type": "speech", "container": "", "genre": "Nobel lecture"},
         "Dorothea Hahn, ‘The head’ (Nobel lecture, Berlin, 28 October 1993)",
         "Hahn, Dorothea. ‘The head’. Nobel lecture, Berlin, 28 October 1993"),
        ({"type": "legal_case", "container": "", "author": "Kammergericht"},
         "The head (Kammergericht, Berlin, 28 October 1993)",
         "The head (Kammergericht, Berlin, 28 October 1993)"),
    ],
)  # fmt: skip
def test_the_place_stands_beside_what_it_is_the_place_of(
    fields: dict[str, str], note: str, entry: str
) -> None:
    """In brackets behind a paper's name, unless that has it; behind a university or a court."""
    made = printed(source(**{"type": "article-newspaper"} | fields))
    court = fields.get("type") == "legal_case"  # whose notes have no address
    assert made == (f"{note}{'' if court else ', https://e.org/a'}.", f"{entry}. https://e.org/a.")


@pytest.mark.parametrize("language", ["en", "en-US", "de", "fr"])
@pytest.mark.parametrize("style", ["chicago", "apa", "modern-language-association", "oscola",
                                   "harvard-cite-them-right", "chicago-author-date"])  # fmt: skip
def test_in_every_style_and_language(language: str, style: str) -> None:
    """Papers have it in brackets, signed or not, in the upright within the name's italics."""
    for type_ in ("article-newspaper", "article-magazine", "article-journal"):
        for author in (GIVEN["author"], ""):
            _, entry = printed(source(type=type_, author=author), language, style)
            assert re.search(r"die tageszeitung\*? \(Berlin\)", entry), entry
            assert entry.count("Berlin") == entry.count("die tageszeitung")
            assert entry.count("*") % 2 == 0
