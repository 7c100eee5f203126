"""Statements are held against the words that they rest on: what is wrong is found, the rest not."""

from __future__ import annotations

import pytest

from press.base.finding import findings_by
from press.checks import evidence
from press.checks.numerals import numbers
from press.content.load import load
from tests.conftest import Changed

CHECKS = (evidence.figure_not_in_excerpt, evidence.date_not_in_excerpt, evidence.speaker_differs)
SOURCES = """\
sources:
  - {id: sun, type: article-newspaper, kind: press, title: Flight, container: Baltimore Sun,
     issued: 1993-08-26, checked: Read., languages: [LANGUAGE]}
"""
FACTS = """\
subjects:
  - id: south
    name: The south
    facts:
      crossed: {FACT}
"""


def found(fact: str, changed: Changed, language: str = "en") -> list[str]:
    files = {
        "facts.yaml": FACTS.replace("FACT", fact),
        "sources.yaml": SOURCES.replace("LANGUAGE", language),
    }
    loaded = load(changed({name: text.encode() for name, text in files.items()}))
    assert loaded.findings == ()
    return [f.code for f in findings_by(CHECKS, loaded) if f.file.endswith("facts.yaml")]


def cited(statement: str, words: str, more: str = "") -> str:
    return f'{statement}, sources: [{{id: sun, says: "{words}"{more}}}]'


UN = "says: the United Nations representative in Baku"
WRONG = {
    cited('text: "100,000"', "Up to 2,000 have crossed"): "W371",
    cited('text: "250,000", unit: people', "a quarter of a thousand people"): "W371",
    cited('text: "1,150", unit: km', "1,150 square kilometres"): "W371",
    cited(f'text: "80,000", {UN}', "80,000 people are heading for the border"): "W373",
    cited('text: "up to 2,000"', "Up to 2,000 have crossed", ", by: Mahmoud Said"): "W373",
    cited('text: "up to 2,000"', "Up to 2,000 have crossed, reported Mahmoud Said"): "W373",
    cited('text: "2,000", says: the Baltimore Sun', "2,000", ", by: Mahmoud Said"): "W373",
    cited("date: 1993-08-24", "on August 23 the town was taken"): "W372",
    cited("date: 1993-08-24", "on 26 August 1993"): "W372",
}
RIGHT = (
    cited('text: "250,000", unit: people', "a quarter of a million people"),
    cited("text: half a million", "500 000 displaced"),
    cited('text: "30,000–50,000"', "between 30,000 and fifty thousand"),
    cited('text: "1,150", unit: km²', "1,150 square kilometres"),
    cited(f'text: "2,000", {UN}', "2,000", ", by: 'Mahmoud Said, UN representative in Baku'"),
    cited(f'text: "2,000", {UN}', "2,000 have crossed, the U.N. or UN man said"),
    cited('text: "2,000", says: the Baltimore Sun', "about 2,000 had crossed"),
    cited('text: "2,000", says: a report of the time', "about 2,000 had crossed"),
    cited("date: 1993-08-23", "on August 23 the town was taken"),
    cited("date: 1993-08-23", "the town was taken on Monday"),
    cited("date: 1993-08-25", "the town was taken yesterday"),
    cited("date: 1993-08", "in August 1993"),
    cited("date: 1993-08-23", "the town has been taken"),
    cited("text: most of the district", "nearly all of it"),
)


@pytest.mark.parametrize(("fact", "code"), WRONG.items())
def test_what_the_words_do_not_hold_is_found(fact: str, code: str, changed: Changed) -> None:
    assert found(fact, changed) == [code]


@pytest.mark.parametrize("fact", RIGHT)
def test_what_the_words_hold_is_quiet(fact: str, changed: Changed) -> None:
    assert found(fact, changed) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "rund 60.000 Menschen"), ("de", "sechzigtausend Menschen"), ("fr", "60 000 personnes"),
     ("fr", "soixante mille personnes"), ("hr", "60.000 ljudi")],
)  # fmt: skip
def test_words_in_other_languages_are_read(language: str, words: str, changed: Changed) -> None:
    """Whatever the dossier's language is, the source's figures are read as its own writes them."""
    assert found(cited('text: "60,000"', words), changed, language) == []
    assert found(cited('text: "16,000"', words), changed, language) == ["W371"]


@pytest.mark.parametrize(
    ("text", "values"),
    [("half a million", {5e5}), ("two and three others", {2, 3}), ("2.5 million", {2.5e6}),
     ("one hundred and forty-three", {143}), ("a dozen", {12}), ("no number", set()),
     ("30–50,000 people", {30, 3e4, 5e4}), ("pages 30–50, 000", {30, 50, 0})],
)  # fmt: skip
def test_numbers_in_words_have_their_value(text: str, values: set[float]) -> None:
    assert {value for _, _, value in numbers(text, "en")} == values
