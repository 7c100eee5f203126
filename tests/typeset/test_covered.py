"""Whatever an author's style sheet does to words: what is lost is named, with the rule."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from press.base.document import Document
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
    told = proof(typeset(styled(BODY, css)), expected)
    return [one for one in told if one.code in CODES]


CODES = ("P408", "P410", "P460", "P461", "P462", "W509")


def styled(body: str, css: str) -> Document:
    """A small document with ``css`` as the author's own style sheet, and with a picture."""
    html = document(body)
    link = '<link rel="stylesheet" href="/sheets/local.css"></head>'
    drawn = io.BytesIO()
    Image.new("RGB", (80, 60), (30, 120, 60)).save(drawn, "PNG")
    files = {**html.files, "sheets/local.css": css.encode(), "a.png": drawn.getvalue()}
    return replace(html, text=html.text.replace("</head>", link), files=files)


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
    (".two {word-spacing: -2em}", "P460", "word-spacing"),
    (".two {word-spacing: -0.3em}", "P460", "word-spacing"),
    (".two {transform: scaleX(-1)}", "P460", "transform"),
    (".two {transform: rotate(180deg) scale(1, -1)}", "P460", "transform"),
    (".two {hyphenate-character: 'X'; hyphens: auto; hyphenate-limit-chars: 4; width: 12mm}",
     "P460", "hyphenate-character"),
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
    ".two {word-spacing: -0.05em; transform: rotate(3deg)}",
    ".two {transform: scale(-1, -1)}",
    ".two {hyphenate-character: '~'; hyphens: auto; hyphenate-limit-chars: 4; width: 12mm}",
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


DARK = "body {background: #123} h1, p, td, li {color: #fff} "
PICTURED = (
    "<h1>Head</h1><figure class=f><img src='a.png' alt='x' style='width: 40mm'><figcaption>Below"
    "</figcaption></figure><figure class=g><svg width=150 height=110 viewBox='0 0 40 30'>"
    "<title>x</title><rect width=40 height=30 fill='#8ac'/><circle cx=20 cy=15 r=8 fill=red />"
    "</svg></figure><p class=one>The words of a sentence.</p>"
)
LYING = [
    (BODY, f"{DARK}.one {{position: relative}} .one::after {{{OVER}; background: #123}}",
     "The words of", "background"),
    (BODY, f"{DARK}h1 {{position: absolute; background: #123; height: 60mm; width: 100%}}",
     "", "background"),
    (BODY, f".two {{background: #000; color: #ffc; position: relative}} .two::before {{{OVER};"
     "z-index: 2; background: black}", "Another", "background"),
    # what lies over words is named, not another ground on the page
    (BODY, f"td {{background: #eee}} h1 {{background: #ddd}} .one {{position: relative}}"
     f" .one::after {{{OVER}; background-color: white}}", "The words of", "background-color"),
    (PICTURED, f".f {{position: relative}} .f::after {{{OVER}; background: white}}", "a.png",
     "background"),
    (PICTURED, f".g {{position: relative}} .g::before {{{OVER}; z-index: 1; background: #eee}}",
     "the drawing", "background"),
    (PICTURED, "@page {size: A4} .one {margin-top: -40mm; height: 60mm; background: #fff;"
     "z-index: 1; position: relative}",
     "the drawing", "background"),
    (PICTURED, "figcaption {outline: 30mm solid white; position: relative}", "a.png", "outline"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "css", "what", "name"), LYING)
def test_what_something_lies_over_is_found_on_any_ground(
    body: str, css: str, what: str, name: str, own_fonts: None
) -> None:
    """Light words on dark ground, pictures and drawings; with what covers them."""
    expected = Expected("a.pdf", frozenset({"Text"}), engine={"styles/local.css": css.encode()})
    said = [str(one) for one in proof(typeset(styled(body, css)), expected) if one.code in CODES]
    told = [one for one in said if "cannot be seen: something lies over it" in one and what in one]
    assert told, said
    assert f"{{{name}: " in told[0], told


@pytest.mark.parametrize(
    "css",
    [
        "figure {background: #fff; border: 1pt solid #333; padding: 2mm}",
        f".f {{position: relative}} .f::after {{{OVER}; border: 1pt solid red}}",
        ".f {position: relative} .f::after {content: ''; position: absolute; top: 0; left: 0; "
        "width: 10mm; height: 10mm; background: #fff}",
        "img {border: 2mm solid white; outline: 1mm solid #333}",
        "figure {transform: rotate(4deg)} img {transform: translate(3mm, 2mm) scale(0.9)}",
        "img {object-position: 50% 50%; object-fit: contain}",
        f"{DARK}h1 {{background: #222}}",
    ],
)
def test_frames_and_grounds_of_pictures_are_silent(css: str, own_fonts: None) -> None:
    """What lies under a picture or around it, or over a corner of it."""
    expected = Expected("a.pdf", frozenset({"Text"}), engine={"styles/local.css": css.encode()})
    said = [str(one) for one in proof(typeset(styled(PICTURED, css)), expected)]
    assert not [one for one in said if "cannot be seen" in one], said


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


@pytest.mark.parametrize(
    ("css", "what", "name"),
    [
        ("img {transform: translateX(-500mm)}", "cannot be seen whole", "transform"),
        ("figure {transform: translate(0, 400mm)}", "cannot be seen whole", "transform"),
        (".g {transform: rotate(90deg) translateY(300mm)}", "the drawing cannot be", "transform"),
        ("img {object-position: 200mm}", "cannot be seen whole", "object-position"),
        ("img {transform: scaleX(-1)}", "is mirrored", "transform"),
    ],
)
def test_pictures_that_are_moved_away_or_mirrored_are_found(
    css: str, what: str, name: str, own_fonts: None
) -> None:
    """By a transformation of their own or of what is around them, or within their own box."""
    expected = Expected("a.pdf", frozenset({"Text"}), engine={"styles/local.css": css.encode()})
    said = [str(one) for one in proof(typeset(styled(PICTURED, css)), expected)]
    told = [one for one in said if "P462" in one and what in one]
    assert told, said
    assert all(f"{{{name}: " in one for one in told), told
