"""Whatever an author's style sheet does to words: what is lost is named, with the rule."""

from __future__ import annotations

import pytest

from press.base.finding import Finding
from press.typeset.expected import Expected
from press.typeset.proof import proof
from press.typeset.typeset import typeset
from tests.typeset.test_typeset import document

BODY = (
    "<h1>A heading</h1><section class=chapter><p class=one>The words of a sentence.</p>"
    "<p class=two>Another sentence stands <em>here</em>, to be read.</p>"
    "<ol><li>first<li>second</ol><table><tr><td>north<td>forty</table></section>"
)


def found(css: str) -> list[Finding]:
    """What is said of pages that are set with ``css`` as the author's own."""
    expected = Expected("a.pdf", frozenset({"Text"}), engine={"styles/local.css": css.encode()})
    told = proof(typeset(document(BODY, css)), expected)
    return [one for one in told if one.code in ("P408", "P410", "P460", "P461", "W509")]


OVER = "content: ''; position: absolute; top: 0; left: 0; width: 100%; height: 100%"
LOSING = [
    (f".one {{position: relative}} .one::after {{{OVER}; background: white}}", "P460",
     "background"),
    (f".one {{position: relative}} .one::before {{{OVER}; background: #fff; z-index: 3}}", "P460",
     "background"),
    ("h1 {position: absolute; background: #fff; height: 60mm; width: 100%}", "P460", "background"),
    (".one {outline: 20mm solid white}", "P460", "outline"),
    (".one {border-bottom: 30mm solid white; margin-bottom: -30mm; position: relative}", "P460",
     "border-bottom"),
    (".two {margin-top: -3em; background: white}", "P410", "margin-top"),
    (".two {margin-top: -3em; padding-top: 4em; background: white; position: relative}", "P460",
     "background"),
    ("table {position: relative; top: -30mm; background: #fff; height: 40mm; width: 100%}", "P460",
     "background"),
    (".two {color: transparent}", "P460", "color"),
    (".two {color: #fefefe}", "P460", "color"),
    (".two {background: black}", "P460", "background"),
    (".two::first-line {color: white}", "P460", "color"),
    (".chapter { .two {opacity: 0} }", "P460", "opacity"),
    (".chapter { & .two {display: none} }", "P460", "display"),
    ("@media print {.two {display: none}}", "P460", "display"),
    (".two {font-size: 0}", "P460", "font-size"),
    (".two {max-height: 0; overflow: hidden}", "P460", "max-height"),
    (".two {transform: scaleX(0.01)}", "P460", "transform"),
    (".two {text-indent: -999em}", "P408", "text-indent"),
    (".two {margin-left: -300mm}", "P408", "margin-left"),
    (".two {transform: translateX(400mm)}", "P408", "transform"),
    (".two {line-height: 0}", "P410", "line-height"),
    (".two {letter-spacing: -0.9em}", "P410", "letter-spacing"),
    ("ol {list-style: none}", "P461", "list-style"),
    ("li {display: block}", "P461", "display"),
    ("li {counter-increment: list-item 2}", "P461", "counter-increment"),
    ("li::marker {content: ''}", "P461", "content"),
    ("td {visibility: hidden}", "P460", "visibility"),
]  # fmt: skip


@pytest.mark.parametrize(("css", "code", "name"), LOSING)
def test_what_a_rule_hides_is_found_with_the_rule(
    css: str, code: str, name: str, own_fonts: None
) -> None:
    """The finding says which declaration it seems to be, and where it stands."""
    told = [one for one in found(css) if one.code == code]
    assert told, css
    named = [f"{one}" for one in told if f"{{{name}: " in f"{one}"]
    assert named, [f"{one}" for one in told]
    assert all("styles/local.css:1:" in one for one in named)


QUIET = [
    "h1 {color: #234; background: #eef; border-bottom: 1pt solid}",
    ".one {margin: 1em 0; padding-left: 2mm; border-left: 1mm solid red}",
    "td {background: #eef; border: 1pt solid #000}",
    "h1::after {content: ''; display: block; height: 2mm; background: #c00; margin-top: 1mm}",
    ".one {position: relative; z-index: 2; background: white; margin-left: -1mm}",
    ".two {text-transform: uppercase; letter-spacing: 0.05em}",
    ".two {text-decoration: underline; background: linear-gradient(#fff, #eee)}",
    ".chapter {opacity: 0.9; background: #fafafa}",
    "h1 {background: #000; color: #fff}",
    "em {box-shadow: none; outline: 0.3pt solid #333}",
    f".two {{position: relative}} .two::before {{{OVER}; border: 1pt solid red}}",
]


@pytest.mark.parametrize("css", QUIET)
def test_rules_that_hide_nothing_are_silent(css: str, own_fonts: None) -> None:
    """Grounds, lines and frames, before words or around them."""
    assert [] == found(css)


def test_without_rules_of_the_author_no_page_is_printed_again(
    own_fonts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a theme or local tweaks can lay something over words: nobody else pays for the look."""
    from press.typeset import covered

    monkeypatch.setattr(covered, "_on_page", lambda *_: 1 / 0)
    assert [] == found("")
    assert [] == found(".one {color: #300}")


@pytest.mark.parametrize("ground", ["#333", "#404040"])
def test_words_that_are_hardly_seen_are_not_said_to_be_covered(
    ground: str, own_fonts: None
) -> None:
    """Dark on dark is a contrast to be mended (W509), also on a page where others are covered."""
    over = f".one {{position: relative}} .one::after {{{OVER}; background: white}}"
    told = found(f"{over} .two {{color: #1c1a19; background: {ground}}}")
    covered = [one.message for one in told if "lies over" in one.message]
    assert len(covered) == 1
    assert "The words of" in covered[0]
    assert "W509" in {one.code for one in told}
