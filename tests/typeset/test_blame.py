"""The rule that a finding names is the one that acts: it wins, and does what is seen."""

from __future__ import annotations

import pytest

from press.typeset.expected import Expected
from press.typeset.proof import proof
from press.typeset.typeset import typeset
from tests.typeset.test_covered import BODY
from tests.typeset.test_typeset import document

ACTING = [
    # a likelier property that another rule takes back
    (".two {display: none}\n.chapter p.two {display: block}\n.two {visibility: hidden}", 3,
     "visibility"),
    (".two {opacity: 0}\np.two {opacity: 1}\n.chapter {max-height: 0; overflow: hidden}", 3,
     "max-height"),
    # a property that may hide words, and does not here
    (".two {font: 9pt Text; overflow: hidden; height: 0}", 1, "height"),
    (".two {width: 30mm; content: 'x'}\n.two {opacity: 0.05}", 2, "opacity"),
    (".two {transform: rotate(1deg)}\n.chapter {transform: scale(0)}", 2, "transform"),
    (".one, .two {text-transform: uppercase; padding: 2mm}\np {font-size: 0.5pt}", 2, "font-size"),
    # specificity, order, importance
    ("p {color: white}\n.two {color: white}", 2, "color"),
    (".two {visibility: hidden !important}\np.two {visibility: visible}", 1, "visibility"),
    (".two {visibility: hidden}\n.two {visibility: hidden}", 2, "visibility"),
    # what is handed on, and what stands nearer
    (".chapter {visibility: hidden}\np {visibility: visible}\n.two {visibility: hidden}", 3,
     "visibility"),
    ("section {display: none}\n.two {display: none}", 1, "display"),
    # words that went off: by the length, not by the name
    ("p {position: relative; top: 1mm}\n.two {margin-left: -300mm}", 2, "margin-left"),
    # nested rules, layers, lists of selectors
    ("@layer a {.two {display: none}}\n.two {display: block; text-indent: -900em}", 2,
     "text-indent"),
    (".chapter {\n  .one, .two {\n    &:not(.one) {opacity: 0}\n  }\n}", 3, "opacity"),
]  # fmt: skip


@pytest.mark.parametrize(("css", "line", "name"), ACTING)
def test_the_declaration_that_acts_is_named(
    css: str, line: int, name: str, own_fonts: None
) -> None:
    """Also where a likelier one stands beside it, and is taken back or does no harm."""
    expected = Expected("a.pdf", frozenset({"Text"}), engine={"styles/local.css": css.encode()})
    told = [str(one) for one in proof(typeset(document(BODY, css)), expected)]
    about = [one for one in told if "Another sent" in one or "sentence stands" in one]
    assert about, told
    assert f"{{{name}: " in about[0], about
    assert f"styles/local.css:{line}:" in about[0], about


NOTED = (
    "<h1>H</h1><section class=chapter><p>A claim<span class=note>See the letter.</span> stands "
    "<em>here</em>.</p><svg width='60.000mm' height='40.000mm' viewBox='0 0 60 40'><title>x</title>"
    "<rect width=60 height=40 fill='#8ac'/></svg></section>"
)
NOTES = ".note {float: footnote}\n"
FOUND = [
    (".note::footnote-call {content: none}", "P461", "has no number in the text", "content"),
    (".note::footnote-call {font-size: 0}", "P461", "has no number in the text", "font-size"),
    (".note::footnote-marker {content: none}", "P461", "has no number at its foot", "content"),
    ("svg {height: 3mm}", "P462", "the drawing cannot be seen whole", "height"),
    ("svg {width: 20mm; height: auto}", "P462", "the drawing cannot be seen whole", "width"),
    ("em {font-size: 3pt}", "W503", "“here” is set in 3 pt", "font-size"),
    ("p {opacity: 0.11}", "P460", "cannot be seen: it is", "opacity"),
    (".chapter {opacity: 0.5}", "W509", "contrast of", ""),
    (".chapter {columns: 9; hyphens: manual}", "W506", "out of its column", "columns"),
]  # fmt: skip


@pytest.mark.parametrize(("css", "code", "said", "name"), FOUND)
def test_what_is_shrunk_paled_or_left_without_a_number_is_found(
    css: str, code: str, said: str, name: str, own_fonts: None
) -> None:
    """Small drawings and words, faint words, and notes that nobody finds; at the rule."""
    css = f"{NOTES}{css}"
    expected = Expected("a.pdf", frozenset({"Text"}), engine={"styles/local.css": css.encode()})
    every = [str(one) for one in proof(typeset(document(NOTED, css)), expected)]
    told = [one for one in every if code in one and said in one]
    assert told, every
    assert "styles/local.css:2:" in told[0], told
    assert not name or f"{{{name}: " in told[0], told


@pytest.mark.parametrize(
    "css",
    [
        "",
        ".note {font-size: 9pt} .note::footnote-call {font-size: 8pt; color: #333}",
        "svg {width: 50mm; height: auto} em {font-size: 9pt}",
        "p {text-transform: uppercase; opacity: 0.95}",
    ],
)
def test_what_can_be_read_is_silent(css: str, own_fonts: None) -> None:
    """Numbers, drawings and words that are set a little smaller or paler."""
    css = f"{NOTES}{css}"
    expected = Expected("a.pdf", frozenset({"Text"}), engine={"styles/local.css": css.encode()})
    every = proof(typeset(document(NOTED, css)), expected)
    assert not [one for one in every if one.code in ("P460", "P461", "P462", "W503", "W509")]


def test_a_rule_of_the_press_that_wins_is_not_laid_at_the_author_s_door(own_fonts: None) -> None:
    """The author's rule is there, and another that is stronger hides the words."""
    own = ".two {display: block}"
    ours = "section.chapter p.two {display: none}"
    files = {"styles/local.css": own.encode(), "styles/editions/dossier.css": ours.encode()}
    expected = Expected("a.pdf", frozenset({"Text"}), engine=files)
    told = [str(one) for one in proof(typeset(document(BODY, own + ours)), expected)]
    assert any("is on no page" in one for one in told)
    assert not [one for one in told if "it seems by .two {display: block}" in one]
