"""A face that the pages ask for and a family has not is named, with who asks for it."""

from __future__ import annotations

from press.typeset.expected import Expected
from press.typeset.proof import proof
from press.typeset.typeset import typeset
from tests.typeset.test_typeset import FONT, document

BODY = (
    "<h1>Head</h1><p>Plain words <strong>strong ones</strong>, <em>sloping</em> ones and "
    "<strong><em>both</em></strong>, <span>again</span>.</p><p class=w>Other words</p>"
)
OWN = (
    '@font-face {font-family: "Mine"; src: url("face.otf")}\n'
    '@font-face {font-family: "Heavy"; src: url("face.otf"); font-weight: 700}\n'
    "p, span {font-family: Mine} .w {font-family: Heavy}\n"
    "span {font-weight: bold}\n"
    "h1 {font-weight: 400}"
)


def test_each_face_that_a_family_lacks_is_found_once(own_fonts: None) -> None:
    """At its @font-face, with the rule or element that asks for it and the first of its words."""
    files = {"styles/local.css": OWN.encode(), "styles/face.otf": FONT.read_bytes()}
    expected = Expected("a.pdf", frozenset({"Text", "Mine", "Heavy"}), engine=files)
    said = [str(one) for one in proof(typeset(document(BODY, OWN)), expected)]
    told = [one for one in said if "W725" in one]
    assert len(told) == 4, said
    bold, italic, both, regular = sorted(told, key=lambda one: "regular" in one)
    assert "local.css:1:1" in bold
    assert "'Mine' has no bold face, as strong asks: “strong ones”" in bold
    assert "'Mine' has no italic face" in italic
    assert "font-style: italic" in italic
    assert "'Mine' has no bold italic face" in both
    assert "local.css:2:1" in regular
    assert "'Heavy' has no regular face" in regular
    assert "Other words" in regular


def test_the_rule_that_asks_is_named(own_fonts: None) -> None:
    """A weight that the author's own rule asks for."""
    files = {"styles/local.css": OWN.encode(), "styles/face.otf": FONT.read_bytes()}
    expected = Expected("a.pdf", frozenset({"Text", "Mine"}), engine=files)
    said = [str(one) for one in proof(typeset(document("<p><span>a</span></p>", OWN)), expected)]
    [told] = [one for one in said if "W725" in one]
    assert "which span {font-weight: bold} in styles/local.css:4:7 asks for" in told
