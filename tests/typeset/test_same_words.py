"""Words that are set as they should be are never told as lost, however they are broken."""

from __future__ import annotations

import pytest

from press.base.finding import Finding
from press.typeset.expected import Expected
from press.typeset.proof import proof
from press.typeset.same_words import are_there
from press.typeset.typeset import typeset
from tests.typeset.test_covered import styled


def found(words: str, language: str, css: str) -> list[Finding]:
    """What the ledger says of words in a paragraph, a cell and an item, set with ``css``."""
    body = (
        f"<h1>A heading</h1><section class=chapter lang={language}><p class=two>a {words} b</p>"
        f"<table><tr><td class=two>{words}<td>forty</table><ul><li class=two>{words}</ul></section>"
    )
    expected = Expected("a.pdf", frozenset({"Text"}), engine={"styles/local.css": css.encode()})
    told = proof(typeset(styled(body, css)), expected)
    return [one for one in told if one.code == "P460"]


LONG = [
    ("de", "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"),
    ("en", "x" * 60),
    ("en", "pneumonoultramicroscopicsilicovolcanoconiosis" * 2),
    ("en", "a\u00ad" * 50),
    ("hu", "asszonnyal " * 3 + "megszentségteleníthetetlenségeskedéseitekért" + "asszonnyal" * 2),
    ("sv", "tuggummitillverkning" * 3),
    ("el", "Αριστοφανηςατομικός" * 4),
    ("ru", "Достопримечательности" * 4),
    ("tr", "iyileştiriciıistanbullu" * 3),
    ("hy", "հայաստանիհանրապետություն" * 3),
    ("ar", "الديمقراطية" * 6),
    ("he", "שלוםעולםגדול" * 5),
    ("hi", "देवनागरीलिपिभारत" * 5),
    ("ja", "日本語漢字" * 12),
    ("ka", "საქართველოს" * 6),
]
WAYS = [
    "h1 {color: #234} .two {hyphens: auto; width: 22mm}",
    ".two {text-transform: uppercase; hyphens: auto; width: 30mm}",
    ".two {text-transform: capitalize; width: 25mm; overflow-wrap: break-word}",
    '.two {hyphenate-character: "~"; hyphens: auto; width: 25mm}',
]


@pytest.mark.parametrize("css", WAYS)
@pytest.mark.parametrize(("language", "words"), LONG)
def test_words_of_fifty_letters_and_more_are_there(
    language: str, words: str, css: str, own_fonts: None
) -> None:
    """Broken where their language breaks them, in capitals, and with any sign for a hyphen."""
    assert not found(words, language, css)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("Αθήνα όλη", "ΑΘΗΝΑ ΟΛΗ"),
        ("istanbul ılık", "İSTANBUL ILIK"),
        ("ﬁne", "fine"),
        ("well-known", "well-known"),
        ("a head", "a heada head"),
    ],
)
def test_what_setting_does_to_letters_is_no_loss(given: str, printed: str) -> None:
    """Capitals may have other letters, and the head of a table is there on each page."""
    assert are_there(given, printed)


@pytest.mark.parametrize(
    ("given", "printed"),
    [("asszonnyal", "asszonyyal"), ("1993–94", "1993–4"), ("कि", "क"), ("abc def", "ab def")],
)
def test_a_letter_that_is_lost_is_lost(given: str, printed: str) -> None:
    """A letter, a figure, a vowel sign."""
    assert not are_there(given, printed)


@pytest.mark.parametrize(
    ("language", "words"),
    [("hu", "asszonnyal"), ("hu", "hosszan"), ("hu", "meggyel"), ("nb", "bussjåfør"),
     ("sv", "tuggummi"), ("nl", "reünie"), ("de-1901", "Zuckerbäcker"), ("ca", "col·legi")],
)  # fmt: skip
@pytest.mark.parametrize("width", [8, 10, 12, 14, 17, 20])
def test_no_letter_is_lost_where_a_word_is_broken(
    language: str, words: str, width: int, own_fonts: None
) -> None:
    """The pages have what was given, whatever a dictionary spells otherwise at a line's end."""
    css = f".two {{hyphens: auto; hyphenate-limit-chars: 2 1 1; width: {width}mm}}"
    body = f"<section class=chapter lang={language}><p class=two>{words} {words}{words}</p>"
    (one,) = (e for e in typeset(styled(body, css)).elements if e.given)
    assert one.printed.replace("-", "").replace(" ", "") == words * 3
