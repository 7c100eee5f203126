"""Where in a source something stands: printed once, for every source, style and language."""

from __future__ import annotations

import html
import re
from typing import Any, get_args

import pytest

from press.citations import CitationItem, Citations
from press.citations.locators import parse_locator
from press.content import model
from press.content.model.sources import CslType

NBSP = "\N{NO-BREAK SPACE}"
PLACES = {
    "p. 12": "12", "pp. 3–5": "3–5", "pp. 3-5, 9": "3–5, 9", "5": "5", "1954": "1954",
    "art. 5": f"art.{NBSP}5", "fol. 12r": f"fol.{NBSP}12r", "fols 12r-13v": f"fols{NBSP}12r–13v",
    "ch. 3": f"ch.{NBSP}3", "no. 7": f"no.{NBSP}7", "para. 4": f"para.{NBSP}4",
    "vol. 3": f"vol.{NBSP}3", "at 12:30": "at 12:30", "00:12:30": "00:12:30",
    "preamble": "preamble", "part-way down": "part-way down", "The title": "The title",
    "no mention of it": "no mention of it", "line of reasoning": "line of reasoning",
    "s.v. Agdam": f"s.v.{NBSP}Agdam", "3.117": "3.117", "p. 5 (my emphasis)": "5 (my emphasis)",
}  # fmt: skip
"""What is written, and what Chicago prints of it."""


def source(type_: str, **fields: Any) -> model.Source:
    """A source that says 5, 12, 1954 and more of the places somewhere."""
    given = {
        "id": "x", "type": type_, "kind": "primary", "checked": "t", "title": "The title of art. 5",
        "container": "U.S. 12", "volume": "3", "issue": "7", "page": "5-12", "number": "12",
        "issued": "1954", "publisher": "Court 12", "url": "https://example.org/5/12",
    }  # fmt: skip
    return model.Source.model_validate({k: v for k, v in {**given, **fields}.items() if v})


def read(text: str) -> str:
    """A note as it is read."""
    return html.unescape(re.sub("<[^>]*>", "", text))


def test_the_case_that_lost_its_page() -> None:
    """347 U.S. 483 of 1954 is cited on page 5 though 1954 has a 5 in it."""
    case = source("legal_case", container="U.S.", volume="347", page="483", publisher="The Court")
    text = Citations({"x": case}).note([CitationItem("x", "p. 5")])
    assert text.endswith(f"347 U.S. 483 (The Court, 1954), p.{NBSP}5.")


@pytest.mark.parametrize("style", ["chicago", "apa", "modern-language-association"])
@pytest.mark.parametrize("at", ["ch. 3", "chs. 3-4", "vols. 2-3", "paras. 4-5", "fols 12r-13v"])
def test_the_word_for_a_place_stands_once(style: str, at: str) -> None:
    """A style that has a word of its own for one or for several does not print it beside ours."""
    citations = Citations({"x": source("book", author="Smith", volume="")}, "en", style)
    text = read(citations.note([CitationItem("x", at)]))
    assert re.search(at.split()[1].replace("-", "."), text)
    assert re.search(rf"\b{at[:2]}", text)
    assert not re.search(r"\b(\w+)\.?\s+\1\b", text), text


@pytest.mark.parametrize("author", ["Smith, Jo", ""])
def test_every_place_is_printed_once(author: str) -> None:
    """For each type of source, in the first note and the next, whatever else the note says."""
    like = {"": "zzz", "page": "p. 987", "other": "ch. 987"}
    types = get_args(CslType)
    places = [*like.values(), *(PLACES if author else list(PLACES)[:10])]
    sources = {
        f"{type_}-{n}": source(type_, author=author)
        for type_ in (*types, "book") for n in range(len(places))
    }  # fmt: skip
    citations = Citations(sources)
    citations.__dict__["_alike"] = frozenset()
    for _ in ("first", "later"):
        for type_ in types:
            texts = [
                read(citations.note([CitationItem(f"{type_}-{n}", at)]))
                for n, at in enumerate(places)
            ]
            models = dict(zip(like, texts, strict=False))
            marks = {"": "zzz", "page": "987", "other": f"ch.{NBSP}987"}
            for kind, mark in marks.items():
                assert models[kind].count(mark) == 1, models[kind]
            for at, text in zip(places[3:], texts[3:], strict=True):
                label, value = parse_locator(at)
                kind = label if label in like else "other"
                printed = value if label == "page" else PLACES[at]
                wanted = models[kind].replace(marks[kind], printed)
                assert text.replace("pp.", "p.") == wanted.replace("pp.", "p."), (type_, at)


@pytest.mark.parametrize(
    "style",
    ["apa", "modern-language-association", "chicago-author-date", "ieee", "nature",
     "elsevier-vancouver", "harvard-cite-them-right", "chicago-notes-bibliography-17th-edition",
     "chicago-shortened-notes-bibliography-16th-edition"],
)  # fmt: skip
def test_no_style_loses_a_place(style: str) -> None:
    """Styles that leave places out, or have their own words for them, print them once too."""
    types = ("book", "legal_case", "article-newspaper", "webpage", "manuscript", "report")
    sources = {type_: source(type_, author="Roe, Al") for type_ in types}
    citations = Citations(sources, style=style)
    for type_ in (*types, *types):
        for at in ("p. 77", "ch. 77", "art. 77", "at 77:30", "preamble 77"):
            text = read(citations.note([CitationItem(type_, at)]))
            assert text.count("77") == 1, (type_, at, text)


@pytest.mark.parametrize(
    ("language", "at", "label", "value", "named"),
    [
        ("de", "S. 5", "page", "5", "S.\xa05"),
        ("de", "S.5-7", "page", "5–7", "S.\xa05–7"),
        ("de", "Bd. 2", "volume", "2", "Bd.\xa02"),
        ("de", "Artikel 5", "article-locator", "5", "Art.\xa05"),
        ("de", "Art. 5", "article-locator", "5", "Art.\xa05"),
        ("de", "Nr. 7", "issue", "7", "Nr.\xa07"),
        ("de", "Bl. 12r", "leaf", "12r", "Bl.\xa012r"),
        ("de", "fol. 12r", "folio", "12r", "fol.\xa012r"),
        ("de", "Anm. 3", "note", "3", "Anm.\xa03"),
        ("de", "Absatz 4", "paragraph", "4", "Abs.\xa04"),
        ("de", "ch. 3", "chapter", "3", "Kap.\xa03"),
        ("de", "Minute 12:30", "", "Minute 12:30", "Minute 12:30"),
        ("fr", "p. 5", "page", "5", "p.\xa05"),
        ("fr", "fᵒ 12r", "folio", "12r", "fᵒ\xa012r"),
        ("fr", "nᵒ 7", "issue", "7", "nᵒ\xa07"),
        ("fr", "art. 5", "article-locator", "5", "art.\xa05"),
        ("fr", "livre III", "book", "III", "livre\xa0III"),
        ("ar", "ص. 20", "page", "20", "ص\xa020"),
    ],
)
def test_places_are_read_in_the_language(
    language: str, at: str, label: str, value: str, named: str
) -> None:
    """A German writes S. 5, a French reader reads fᵒ; English words are read everywhere."""
    assert parse_locator(at, language) == (label, value)
    citations = Citations({"x": source("book", volume="", number="", url="")}, language)
    assert citations.locator(at) == named
    for _ in range(2):
        note = citations.note([CitationItem("x", at)])
        assert note.removesuffix(".").endswith(value if label == "page" else named), note


@pytest.mark.parametrize("language", ["en", "en-US", "de", "fr", "it", "ru", "ar"])
def test_the_place_stands_before_the_address(language: str) -> None:
    """An address ends a note, also where the style has no room for the place."""
    citations = Citations({"x": source("webpage", author="Roe, Al")}, language)
    text = citations.note([CitationItem("x", "preamble")])
    assert text.index("preamble") < text.index("<a ")


@pytest.mark.parametrize(
    ("language", "at", "named"),
    [
        ("en", "vol. 2, p. 5", "vol. 2, p. 5"),
        ("en", "ch. 3, p. 4", "ch. 3, p. 4"),
        ("en", "no. 7, 12 July 1993", "no. 7, 12 July 1993"),
        ("en", "fol. 3, l. 2", "fol. 3, l. 2"),
        ("en", "vol. 2, box 5", "vol. 2, box 5"),
        ("en", "vol. 2 p. 5-7", "vol. 2 pp. 5–7"),
        ("en", "pt. 2, ch. 4-5", "pt 2, chs 4–5"),
        ("en", "vols. 2-3, p. 4", "vols 2–3, p. 4"),
        ("en", "arts. 2 and 3", "arts 2 and 3"),
        ("en", "pp. 12ff.", "pp. 12ff."),
        ("en", "§ 4, p. 5", "§ 4, p. 5"),
        ("en", "§ 4-6", "§§ 4–6"),
        ("en", "¶¶ 4, 7", "¶¶ 4, 7"),
        ("de", "Bd. 2, S. 5", "Bd. 2, S. 5"),
        ("de", "Bde. 2-3, S. 7", "Bde. 2–3, S. 7"),
        ("de", "§ 4 Abs. 2", "§ 4 Abs. 2"),
        ("de", "§§ 4, 5", "§§ 4, 5"),
        ("de", "fol. 3", "fol. 3"),
        ("fr", "§ 4", "§ 4"),
        ("fr", "vol. 2, p. 5", "vol. 2, p. 5"),
    ],
)
def test_each_part_of_a_place_has_its_own_number(language: str, at: str, named: str) -> None:
    """A volume and a page are one volume; only a range or a list of its own makes several."""
    citations = Citations({"x": source("book", volume="", number="", url="")}, language)
    assert citations.locator(at).replace(NBSP, " ") == named
    for _ in range(2):
        note = citations.note([CitationItem("x", at)]).replace(NBSP, " ")
        assert note.removesuffix(".").endswith(named.removeprefix("pp. ").removesuffix(".")), note
