"""Sources that nobody signed, and dates that nobody is sure of, as Chicago notes have them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from press import dates
from press.citations import CitationItem, Citations
from press.citations.dated import shown
from press.content import model


def source(type_: str, title: str, **fields: Any) -> model.Source:
    given = {"id": "x", "type": type_, "kind": "primary", "checked": "t", "title": title}
    return model.Source.model_validate(given | fields)


def plain(text: str) -> str:
    """A note with underscores around what is in italics, and without other elements."""
    return re.sub("<[^>]*>", "", re.sub("</?em>", "_", text)).replace("\xa0", " ")


TAZ = "Aserbaidschan: Kämpfe um Fizuli gehen weiter"
LATER = [
    (source("article-newspaper", TAZ, container="taz", issued="1993-08-20"),
     f"‘{TAZ}’, _taz_, 20 August 1993"),
    (source("webpage", "[Chapter 26: the reasons of the defeat]", container="Site"),
     "[Chapter 26: the reasons of the defeat], _Site_"),
    (source("book", "Speech (in three parts: the first) of May"),
     "_Speech (in three parts: the first) of May_"),
    (source("article-magazine", "War", container="Time", issued="1993-08"),
     "‘War’, _Time_, August 1993"),
    (source("article-journal", "Borders", container="Survey", volume="3", issued="2015"),
     "‘Borders’, _Survey_ 3 (2015)"),
    (source("report", "Seven Years", publisher="OSCE", issued="1994-12"),
     "_Seven Years_, OSCE, December 1994"),
    (source("legislation", "Resolution 853 (1993)", number="S/RES/853 (1993)", issued="1993-07-29"),
     "_Resolution 853 (1993)_, S/RES/853 (1993)"),
    (source("treaty", "Bishkek Protocol", issued="1994-05-05"), "_Bishkek Protocol_, 5 May 1994"),
    (source("webpage", "Chronology", container="Site", url="https://e.org/x", issued="2001"),
     "‘Chronology’, _Site_, 2001"),
    (source("manuscript", "Letter", archive="State Archive, fonds 1, MS 2", issued="1666~"),
     "‘Letter’, [ca. 1666], State Archive, fonds 1, MS 2"),
    (source("chapter", "The Coup", container="A Country Study", editor="Curtis, Glenn"),
     "‘The Coup’, in _A Country Study_"),
    (source("entry-encyclopedia", "Agdam", container="Encyclopedia"), "‘Agdam’, in _Encyclopedia_"),
    (source("broadcast", "News at ten", container="BBC", issued="1993-08-20"),
     "‘News at ten’, _BBC_, 20 August 1993"),
    (source("book", "A pamphlet", issued="1954"), "_A pamphlet_"),
    (source("article-newspaper", "Signed", author="Roe, Al", container="taz"), "Roe, ‘Signed’"),
]  # fmt: skip


@pytest.mark.parametrize(("cited", "later"), LATER, ids=[s.title[:20] for s, _ in LATER])
def test_a_short_note_can_be_turned_back_to(cited: model.Source, later: str) -> None:
    """Where nobody signed, the paper and day stay, the symbol, the book, the archive."""
    citations = Citations({"x": cited})
    citations.note([CitationItem("x")])
    assert plain(citations.note([CitationItem("x", "p. 5")])) == f"{later}, 5."


def test_a_short_note_in_other_languages() -> None:
    """What is added is quoted and dated as the language does it."""
    for language, wanted in (
        ("de", f"„{TAZ}“, _taz_, 20. August 1993."),
        ("fr", f"« {TAZ} », _taz_, 20 août 1993."),
        ("en-US", f"“{TAZ},” _taz_, August 20, 1993."),
    ):
        citations = Citations({"x": LATER[0][0]}, language)
        notes = [plain(citations.note([CitationItem("x")])) for _ in range(2)]
        assert notes[1] == wanted


def test_reports_of_two_days_are_told_apart() -> None:
    """Like headlines of two days are short notes of two days, not full ones."""
    sources = {
        day: source("article-newspaper", "[Report]", container="Hina", place="Zagreb", issued=day)
        for day in ("1993-08-24", "1993-08-25")
    }
    citations = Citations(sources)
    notes = [plain(citations.note([CitationItem(day)])) for day in (*sources, *sources)]
    assert notes[2:] == ["[Report], _Hina_, 24 August 1993.", "[Report], _Hina_, 25 August 1993."]


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"issued": "1666-09-02", "archive": "Magdalene College"},
         "‘Diary’, 2 September 1666, 5, Magdalene College."),
        ({"archive": "State Archive, fonds 1, MS 2"},
         "‘Diary’, n.d., 5, State Archive, fonds 1, MS 2."),
        ({"issued": "1666", "genre": "autograph"}, "‘Diary’ (autograph, 1666), 5."),
        ({"issued": "1666", "publisher": "Leeds"}, "‘Diary’ (Leeds, 1666), 5."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("type_", ["manuscript", "thesis"])
def test_manuscripts_keep_their_comma(type_: str, fields: dict[str, str], note: str) -> None:
    """Between title and date stands a comma, or the date is in brackets."""
    year = note.replace("2 September 1666", "1666" if type_ == "thesis" else "2 September 1666")
    text = plain(Citations({"x": source(type_, "Diary", **fields)}).note([CitationItem("x", "5")]))
    assert text == year


@pytest.mark.parametrize(
    ("date", "en", "de", "fr"),
    [
        ("1954", "1954", "1954", "1954"),
        ("1954~", "[ca. 1954]", "[ca. 1954]", "[vers 1954]"),
        ("1954?", "[1954?]", "[1954?]", "[1954\u202f?]"),
        ("1954%", "[ca. 1954?]", "[ca. 1954?]", "[vers 1954\u202f?]"),
        ("1954-06~", "[ca. June 1954]", "[ca. Juni 1954]", "[vers juin 1954]"),
        ("1993-08-24?", "[24 August 1993?]", "[24. August 1993?]", "[24 août 1993\u202f?]"),
        ("195X", "[1950s]", "[1950er-Jahre]", "[années 1950]"),
        ("[1954,1956]", "[1954 or 1956]", "[1954 oder 1956]", "[1954 ou 1956]"),
        ("1954~/1956~", "[ca. 1954–1956]", "[ca. 1954–1956]", "[vers 1954-1956]"),
        ("1954/1956", "1954–1956", "1954–1956", "1954-1956"),
    ],
)
def test_guessed_dates_stand_in_brackets(date: str, en: str, de: str, fr: str) -> None:
    """CMOS 17, 14.145: [1954?] and [ca. 1954]; what is known has no brackets."""
    parsed = dates.parse(date)
    for language, wanted in (("en", en), ("de", de), ("fr", fr)):
        text = shown(parsed, language).replace("\xa0", " ").replace("–", "-")
        assert text == wanted.replace("–", "-")
        note = plain(Citations({"x": source("manuscript", "T", issued=date)},
                               language).note([CitationItem("x")]))  # fmt: skip
        assert wanted.replace("–", "-") in note.replace("–", "-")


@pytest.mark.parametrize(
    ("issued", "en", "de", "fr"),
    [
        ("[1954]", "[1954]", "[1954]", "[1954]"),
        ("[1954?]", "[1954?]", "[1954?]", "[1954\u202f?]"),
        ("[1993-08-24]", "[24 August 1993]", "[24. August 1993]", "[24 août 1993]"),
    ],
)
def test_a_date_that_the_source_does_not_bear(issued: str, en: str, de: str, fr: str) -> None:
    """Known from elsewhere, it is in brackets in notes, lists and labels (CMOS 17, 14.145)."""
    found = source("article-newspaper", "T", container="taz", issued=issued)
    for language, wanted in (("en", en), ("de", de), ("fr", fr)):
        citations = Citations({"x": found}, language)
        texts = (citations.note([CitationItem("x")]), citations.entry("x"), citations.label("x"))
        for text in texts:
            assert wanted in plain(text)
    book = Citations({"x": source("book", "T", issued=issued, publisher="P")})
    year = issued[1:5] + ("?" if "?" in issued else "")
    assert plain(book.note([CitationItem("x")])) == f"_T_ (P, [{year}])."


@pytest.mark.parametrize(
    ("cited", "label"),
    [
        (source("book", "The 1993 report", issued="1993"), "The 1993 report"),
        (source("legislation", "Resolution 853 (1993)", issued="1993-07-29"),
         "Resolution 853 (1993)"),
        (source("legal_case", "Order of 1993", issued="1993-07-29"), "Order of 1993, 29 July"),
        (source("manuscript", "Letter of 29 July 1993", kind="press", issued="1993-07-29"),
         "Letter of 29 July 1993"),
        (source("book", "Figures 19934", issued="1993"), "Figures 19934 1993"),
        (source("book", "T", author="Roe, Al", issued="1954~"), "Roe [ca. 1954]"),
        (source("book", "T", author="Roe, Al", issued="195X"), "Roe [1950s]"),
        (source("book", "T", author="Roe, Al", issued="1954-06?"), "Roe [1954?]"),
        (source("book", "T", author="Roe, Al"), "Roe, n.d."),
        (source("book", "T", author="Roe, Al", issued="[1954-06]"), "Roe [1954]"),
    ],
)  # fmt: skip
def test_a_label_has_its_year_once(cited: model.Source, label: str) -> None:
    """What the words say of the date is not said again behind them."""
    assert plain(Citations({"x": cited}).label("x")) == label
