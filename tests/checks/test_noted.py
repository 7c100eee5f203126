"""Sentences are held against the words kept of the sources in their notes."""

from __future__ import annotations

import pytest

from press.base.finding import findings_by
from press.checks import evidence, quoted
from press.content.load import load
from tests.conftest import Changed

CHECKS = (
    evidence.figure_not_in_excerpt,
    evidence.date_not_in_excerpt,
    evidence.speaker_differs,
    quoted.altered_quotation,
)
SOURCE = """\
  - {id: ID, type: article-newspaper, kind: press, title: Flight ID, container: Baltimore Sun,
     issued: 1993-08-26, checked: Read., languages: [LANGUAGE], excerpts: [EXCERPTS]}
"""
KEPT = {
    "sun": ('{says: "The towns held 40,000 people; 80,000 to 100,000 people are heading for '
            'the border"}, '
            '{says: "Up to 2,000 have crossed into Iran", by: "Mahmoud Said of the UN"}'),
    "boxcars": '{says: "Thirty-three boxcars sat baking; 20 to 25 people live in each car"}',
    "lat": '{at: p. A1, says: "The Armenians captured the town of Agdam on Friday, July 23"}',
    "major": '{says: "They can cross over and go all the way up and down", by: "Maj. Mamedov"}',
    "land": '{says: "about 882 square kilometres of the land of the district"}',
    "taz": '{says: "Etwa 30.000 Menschen leben in vier Lagern"}',
    "deck": '{says: "The women cried to us from the deck-house", by: a passenger}',
    "ott-diary": '{says: "We stood there till the water took the rest", by: "Abel Ott"}',
    "other": "",
}  # fmt: skip
WRONG = {
    "Between 60,000 and 70,000 people were heading for the border [@sun].": "W371",
    "Forty-three boxcars sat baking there. [@boxcars]": "W371",
    "In each car 30 to 35 people lived [@boxcars].": "W371",
    "The land of the district was 882 kilometres [@land].": "W371",
    "The Armenians captured the town of Agdam on 24 July [@lat].": "W372",
    "Agdam was captured on 25 July 1993 [@lat, p. A1].": "W372",
    "The UN Commissioner said 80,000 people were heading for the border [@sun].": "W373",
    "Up to 2,000 crossed into Iran [@sun].": "W373",
    "“They can cross over and go all the way up and down”, General Petrov said [@major].": "W373",
    "“They can cross over and go all the way up and down.” [@major]": "W373",
    "Mamedov spoke. “They can cross over and go all the way”, Croz cried [@major].": "W373",
    "Mamedov spoke. Croz wrote: “They can cross over and go all the way” [@major].": "W373",
    "Mamedov spoke. “They can cross over and go all the way”, noted Dr Abel Ott [@major].": "W373",
    "Mamedov spoke. They could, Petrov wrote, “go all the way” [@major].": "W373",
    "Mamedov spoke. “Go all the way!” Prince Petrov cried. All heard it [@major].": "W373",
    "Mamedov spoke. Ida von Lind calls it a place to “cross over” at [@major].": "W373",
    "Ames of the *Times* described how “thirty-three boxcars” stood there [@boxcars].": "W373",
    "Up to 2,000, [[person:croz]] reported, crossed into Iran [@sun].": "W373",
    "There were “twenty-three boxcars” [@boxcars].": "W377",
    "The “thirty-three waggons sat” there [@boxcars].": "W377",
    "They wept, the passenger said: “The women called to us from the deck-house” [@deck].": "W377",
    "/// quote\n    source: ott-diary\n\nWe left; […] we stood there till the tide took the rest;\n"
    "a long day it was, and nobody there can tell now how it ended for us.\n///": "W377",
}
RIGHT = (
    "Between 80,000 and 100,000 people were heading for the border [@sun].",
    "Mahmoud Said reported that up to 2,000 had crossed into Iran [@sun].",
    "Mahmoud Said was in Baku. He said that up to 2,000 had crossed into Iran [@sun].",
    "The United Nations counted. Up to 2,000 had crossed into Iran, said their man [@sun].",
    "Thirty-three boxcars stood there, with 20 to 25 people in each car [@boxcars].",
    "The reporter stayed for 40 days beside the boxcars [@boxcars].",
    "The Armenians captured the town of Agdam on 23 July [@lat].",
    "The Armenians captured Agdam on 23 July and looted it on 28 July [@lat].",
    "On 28 July it was looted [@lat].",
    "The town of Agdam was captured on 24 July [@lat, p. B7].",
    "About 500 people were heading for the border by another count [@other].",
    "“They can cross over and go all the way up and down”, said a major, Mamedov [@major].",
    "“The women cried to us from the deck-house” [@deck].",
    "“We stood there till the water took the rest” [@ott-diary].",
    "Croz asked Mamedov. “They can cross over and go all the way”, he told Croz [@major].",
    "“They can cross over and go all the way up”, Croz heard Mamedov say [@major].",
    "About 882 square kilometres of the district were taken [@land].",
    "In four camps lived 30,000 people [@taz].",
    "Two thousand had crossed into Iran, by the account of Mahmoud Said [@sun].",
    "In the paper of 26 August stood that 100,000 people were heading for the border [@sun].",
    "They could “go all the way”, Major Mamedov said [@major].",
    "The *Baltimore Sun* wrote of “thirty-three boxcars” there [@boxcars].",
    "Petrov wrote so too [@whymper]; the women “cried to us” [@deck].",
    "Petrov said nothing. They could “go all the way”, as it was said [@major].",
    "Petrov said that others had seen it, and a passenger that they “cried to us” [@deck].",
    "One of the men in Baku said that “the women cried to us” [@deck].",
    "Up to 2,000, [[person:croz]] heard from Mahmoud Said, crossed into Iran [@sun].",
    "Of the “baking sun” nobody speaks [@boxcars].",
    "They spoke of “the long way” [@major].",
    "“The women […] from the deck-house”, they wrote [@deck].",
    "/// quote\n    source: ott-diary\n\nWe left; […] we stood there till the water took the rest;"
    " a long day it was, and nobody there can tell now how it ended for us.\n///",
)


def found(sentence: str, changed: Changed) -> list[str]:
    sources = "".join(
        SOURCE.replace("ID", ident).replace("EXCERPTS", kept).replace("LANGUAGE", language)
        for ident, kept in KEPT.items()
        for language in ["de" if ident == "taz" else "en"]
    ).replace("Flight ott-diary", "The Ott Diary")
    chapter = "chapters/02-noted.md"
    files = {
        "sources.yaml": f"{changed().text('sources.yaml')}\n{sources}".encode(),
        chapter: f"# Noted\n\n{sentence}\n".encode(),
    }
    files["people.yaml"] = (
        b"people: [{id: croz, name: 'Croz, Michel', role: guide, sources: [times]}]"
    )
    loaded = load(changed({**files, "chapters/02-the-descent.md": None}))
    assert loaded.findings == ()
    return [f.code for f in findings_by(CHECKS, loaded) if f.file.endswith(chapter)]


@pytest.mark.parametrize(("sentence", "code"), WRONG.items())
def test_what_differs_from_the_words_is_found(sentence: str, code: str, changed: Changed) -> None:
    assert found(sentence, changed)[:1] == [code]


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_the_words_hold_is_quiet(sentence: str, changed: Changed) -> None:
    assert found(sentence, changed) == []
