"""Every word of SVG that the press takes is drawn by WeasyPrint: each is tried in a drawing."""

from __future__ import annotations

import base64

import numpy as np
import pypdfium2
import pytest
from weasyprint import HTML

from press.content.drawing_words import ATTRIBUTES, DRAWN, GEOMETRY, PROPERTIES
from press.content.drawings import DrawingError, cleaned
from press.content.pictures import bare, fault
from tests.content.test_drawings import dot, svg

RECT = '<rect x="20" y="20" width="90" height="70" fill="#c00" stroke="#00c" stroke-width="8" %s/>'
LINE = '<path d="M20 20L90 30L40 150" fill="none" stroke="#000" stroke-width="12" %s/>'
WORDS = '<text x="40" y="90" font-size="40" %s>Agi fi</text>'
STOPS = '<stop offset=".3" stop-color="red"/><stop offset=".6" stop-color="blue"/>'
FILLED = '<rect width="200" height="150" fill="url(#g)"/>'
LINEAR = f'<linearGradient id="g" x2=".4" %s>{STOPS}</linearGradient>{FILLED}'
RADIAL = f'<radialGradient id="g" %s>{STOPS}</radialGradient>{FILLED}'
PATTERN = (
    '<pattern id="p" width=".2" height=".2" %s><circle cx="8" cy="8" r="6"/></pattern>'
    '<rect width="200" height="150" fill="url(#p)"/>'
)
MARKER = (
    '<marker id="m" markerWidth="5" markerHeight="5" refX="2" refY="2" %s>'
    '<path d="M0 0L9 3L0 6z" fill="red"/></marker>'
    '<path d="M20 20L90 30L120 120" fill="none" stroke="#000" stroke-width="5"'
    ' marker-end="url(#m)"/>'
)
DOTS = (
    '<marker id="m" markerWidth="6" markerHeight="6"><rect width="6" height="6" fill="red"/>'
    "</marker>"
)
MASK = (
    '<mask id="k" %s><rect x="30" y="30" width="60" height="60" fill="white"/></mask>'
    '<rect x="10" y="10" width="120" height="120" fill="red" mask="url(#k)"/>'
)
CLIP = (
    '<clipPath id="c" %s><rect x=".3" y=".3" width=".5" height="40"/></clipPath>'
    '<rect x="10" y="10" width="120" height="120" fill="red" clip-path="url(#c)"/>'
)
NESTED = '<svg x="10" y="10" width="60" height="90" %s><rect width="150" height="150"/></svg>'

TRIED: dict[str, tuple[str, str]] = {
    "clip-path": (
        '<clipPath id="c"><rect width="40" height="40"/></clipPath>' + RECT,
        'clip-path="url(#c)"',
    ),
    "color": ('<g %s><rect width="50" height="50" fill="currentColor"/></g>', 'color="red"'),
    "display": (RECT, 'display="none"'),
    "dominant-baseline": (WORDS, 'dominant-baseline="middle"'),
    "alignment-baseline": (WORDS, 'alignment-baseline="middle"'),
    "fill": ('<rect width="50" height="50" %s/>', 'fill="red"'),
    "fill-opacity": (RECT, 'fill-opacity=".4"'),
    "fill-rule": ('<path d="M10 10H90V90H10zM30 30H70V70H30z" %s/>', 'fill-rule="evenodd"'),
    "font": ('<text x="9" y="90" %s>Agi</text>', 'style="font: italic bold 40px serif"'),
    "font-size": ('<text x="9" y="90" %s>Agi</text>', 'font-size="40"'),
    "font-style": (WORDS, 'font-style="italic"'),
    "font-weight": (WORDS, 'font-weight="bolder"'),
    "letter-spacing": (WORDS, 'letter-spacing="4"'),
    "marker": (DOTS + LINE, 'style="marker: url(#m)"'),
    "marker-start": (DOTS + LINE, 'marker-start="url(#m)"'),
    "marker-mid": (DOTS + LINE, 'marker-mid="url(#m)"'),
    "marker-end": (DOTS + LINE, 'marker-end="url(#m)"'),
    "mask": (
        '<mask id="k"><rect x="30" y="30" width="40" height="40" fill="white"/></mask>' + RECT,
        'mask="url(#k)"',
    ),
    "opacity": (RECT, 'opacity=".4"'),
    "overflow": (NESTED, 'overflow="visible"'),
    "stop-color": (
        '<linearGradient id="g"><stop %s/></linearGradient>' + FILLED,
        'stop-color="red"',
    ),
    "stop-opacity": (
        '<linearGradient id="g"><stop stop-color="red" %s/></linearGradient>' + FILLED,
        'stop-opacity=".3"',
    ),
    "stroke": ('<rect width="50" height="50" %s/>', 'stroke="red"'),
    "stroke-dasharray": (LINE, 'stroke-dasharray="5 9"'),
    "stroke-dashoffset": (
        LINE.replace("%s", 'stroke-dasharray="15 9" %s'),
        'stroke-dashoffset="9"',
    ),
    "stroke-linecap": (LINE, 'stroke-linecap="round"'),
    "stroke-linejoin": (LINE, 'stroke-linejoin="round"'),
    "stroke-miterlimit": (
        '<path d="M30 50L90 50L40 40" fill="none" stroke="#000" stroke-width="6" %s/>',
        'stroke-miterlimit="30"',
    ),
    "stroke-opacity": (RECT, 'stroke-opacity=".4"'),
    "stroke-width": ('<path d="M9 9L90 90" stroke="red" %s/>', 'stroke-width="9"'),
    "text-anchor": (WORDS, 'text-anchor="middle"'),
    "transform": (RECT, 'style="transform: rotate(20deg)"'),
    "transform-origin": (
        RECT.replace("%s", 'transform="rotate(20)" %s'),
        'transform-origin="50 50"',
    ),
    "visibility": (RECT, 'visibility="hidden"'),
    "direction": (WORDS, 'direction="rtl"'),
    "xml:space": ('<text x="5" y="90" font-size="40" %s>A    B</text>', 'xml:space="preserve"'),
    "white-space": (
        '<text x="5" y="90" font-size="40" %s>A    B</text>',
        'style="fill: red; white-space: pre"',
    ),
    "x": ('<rect width="50" height="50" %s/>', 'x="30"'),
    "y": ('<rect width="50" height="50" %s/>', 'y="30"'),
    "x1": ('<line y2="90" x2="90" stroke="red" %s/>', 'x1="30"'),
    "y1": ('<line y2="90" x2="90" stroke="red" %s/>', 'y1="30"'),
    "x2": ('<line y2="90" stroke="red" %s/>', 'x2="30"'),
    "y2": ('<line x2="90" stroke="red" %s/>', 'y2="30"'),
    "cx": ('<circle r="20" %s/>', 'cx="30"'),
    "cy": ('<circle r="20" %s/>', 'cy="30"'),
    "r": ('<circle cx="30" cy="30" %s/>', 'r="20"'),
    "rx": (RECT, 'rx="15"'),
    "ry": (RECT, 'ry="15"'),
    "fx": (RADIAL, 'fx=".2"'),
    "fy": (RADIAL, 'fy=".2"'),
    "fr": (RADIAL, 'fr=".2"'),
    "width": ('<rect height="50" %s/>', 'width="50"'),
    "height": ('<rect width="50" %s/>', 'style="height: 50px"'),
    "d": ("<path %s/>", 'd="M0 0L50 50V90z"'),
    "points": ("<polygon %s/>", 'points="0,0 90,0 0,90"'),
    "viewBox": (NESTED, 'viewBox="0 0 300 300"'),
    "preserveAspectRatio": (
        NESTED.replace("%s", 'viewBox="0 0 150 150" %s'),
        'preserveAspectRatio="none"',
    ),
    "gradientUnits": (LINEAR.replace(' x2=".4"', ' x2="90"'), 'gradientUnits="userSpaceOnUse"'),
    "gradientTransform": (LINEAR, 'gradientTransform="rotate(45)"'),
    "spreadMethod": (LINEAR, 'spreadMethod="reflect"'),
    "offset": (
        '<linearGradient id="g"><stop stop-color="red"/><stop stop-color="blue" %s/>'
        "</linearGradient>" + FILLED,
        'offset=".8"',
    ),
    "clipPathUnits": (
        CLIP.replace('height="40"', 'height=".5"'),
        'clipPathUnits="objectBoundingBox"',
    ),
    "maskUnits": (MASK, 'maskUnits="userSpaceOnUse" x="0" y="0" width="50" height="50"'),
    "patternUnits": (PATTERN.replace('".2"', '"20"'), 'patternUnits="userSpaceOnUse"'),
    "patternContentUnits": (
        PATTERN.replace('cx="8" cy="8" r="6"', 'cx=".1" cy=".1" r=".05"'),
        'patternContentUnits="objectBoundingBox"',
    ),
    "patternTransform": (PATTERN, 'patternTransform="rotate(30)"'),
    "markerUnits": (MARKER, 'markerUnits="userSpaceOnUse"'),
    "markerWidth": (MARKER.replace('markerWidth="5"', ""), 'markerWidth="9"'),
    "markerHeight": (MARKER.replace('markerHeight="5"', ""), 'markerHeight="9"'),
    "refX": (MARKER.replace('refX="2"', ""), 'refX="4"'),
    "refY": (MARKER.replace('refY="2"', ""), 'refY="4"'),
    "orient": (MARKER, 'orient="auto"'),
    "dx": (WORDS, 'dx="9"'),
    "dy": (WORDS, 'dy="9"'),
    "rotate": (WORDS, 'rotate="20"'),
    "textLength": (WORDS, 'textLength="190"'),
    "lengthAdjust": (WORDS.replace("%s", 'textLength="190" %s'), 'lengthAdjust="spacingAndGlyphs"'),
    "id": ("<defs><rect %s width='40' height='40'/></defs><use href='#a'/>", 'id="a"'),
    "class": ("<style>.k { fill: red }</style><rect %s width='40' height='40'/>", 'class="k"'),
}
"""A drawing with a place for a word of SVG, and the word: with it something else is to be seen."""

SILENT = {
    "clip-rule": "shapes of an editor have it beside fill-rule; in a clipPath it is refused",
    "font-family": "the press has its own face",
    "image-rendering": "how a picture of points is enlarged",
    "version": "no mark on paper", "type": "no mark on paper",
}  # fmt: skip
"""Words that change nothing on paper, and why they may stay."""


def pixels(raw: bytes) -> np.ndarray:
    """A drawing as WeasyPrint draws it."""
    data = base64.b64encode(raw).decode()
    picture = f'<img src="data:image/svg+xml;base64,{data}">'
    page = f"<style>@page {{ size: 300px 200px; margin: 0 }}</style>{picture}"
    with pypdfium2.PdfDocument(HTML(string=page).write_pdf()) as pdf:
        return np.asarray(pdf[0].render(scale=1).to_pil().convert("L")).astype(int)


@pytest.mark.parametrize("word", TRIED)
def test_what_is_taken_is_drawn(word: str) -> None:
    """With the word another picture is to be seen than without it."""
    drawing, attribute = TRIED[word]
    with_it, without = (cleaned(svg(drawing % more), bare).svg for more in (attribute, ""))
    assert np.abs(pixels(with_it) - pixels(without)).sum() > 0


def test_every_word_that_is_taken_is_tried() -> None:
    assert PROPERTIES | GEOMETRY | ATTRIBUTES <= TRIED.keys() | SILENT.keys()


LOST = {
    "words on a path": '<path id="t" d="M9 9H90"/><text><textPath href="#t">a</textPath></text>',
    "the same by xlink": '<text><textPath xlink:href="#t">a</textPath></text>',
    "underlined": '<text text-decoration="underline">a</text>',
    "raised": '<text>a<tspan style="baseline-shift:super">2</tspan></text>',
    "small capitals": '<text style="font-variant:small-caps">a</text>',
    "narrow": '<text font-stretch="condensed">a</text>',
    "spaced": '<text word-spacing="9">a b</text>',
    "capitals": "<style>text { text-transform: uppercase }</style><text>a</text>",
    "line of one width": '<path d="M0 0H9" vector-effect="non-scaling-stroke"/>',
    "line below": '<path d="M0 0H9" style="stroke:red;paint-order:stroke fill markers"/>',
    "mask in shares": '<mask id="m" maskContentUnits="objectBoundingBox"/>',
    "mask by clearness": '<mask id="m" style="mask-type:alpha"/>',
    "mask of a group": '<mask id="m"/><g mask="url(#m)"/>',
    "mask of words": '<mask id="m"/><text style="mask:url(#m)">a</text>',
    "cut out by words": '<clipPath id="c"><text>a</text></clipPath>',
    "cut out with a hole": '<clipPath id="c"><path d="M0 0" clip-rule="evenodd"/></clipPath>',
    "length of a path": '<path d="M0 0H9" pathLength="1"/>',
    "moved symbol": '<symbol id="s" refX="5"/>',
    "language": '<switch><text systemLanguage="de">Haus</text><text>house</text></switch>',
    "turned by a property": '<rect style="rotate: 20deg"/>',
    "path of a style": "<style>path { d: path('M0 0H9') }</style><path/>",
}


@pytest.mark.parametrize("kind", LOST)
def test_what_would_be_lost_is_refused_at_its_line(kind: str) -> None:
    raw = svg(f"\n{LOST[kind]}")
    with pytest.raises(DrawingError):
        cleaned(raw, bare)
    found = fault(raw)
    assert found is not None
    assert found[0].endswith("in its line 2")


def test_of_a_switch_the_first_that_can_be_drawn_is() -> None:
    """Editors put a page of HTML first, and what every reader knows behind it."""
    raw = svg(
        "<switch><foreignObject><p>la<b>bel</b></p></foreignObject><title>t</title>"
        "<text>label</text><text>none</text></switch>"
        '<switch><g requiredFeatures="x"/><a href="https://x"><text>not SVG</text></a></switch>'
    )
    made = cleaned(raw, bare).svg
    assert b"label" in made
    assert b"none" not in made
    assert b"not SVG" not in made


HTML_PAGE = "<foreignObject %s><div>lost <b>words</b></div></foreignObject>"
SWITCHES = {
    "alone": f"<switch>{HTML_PAGE}</switch>",
    "with a shorter label": f"<switch>{HTML_PAGE}<text>lost w...</text></switch>",
    "with another label": f"<g><switch>{HTML_PAGE}<g><text>cannot display</text></g></switch></g>",
    "with a label outside": f"<switch>{HTML_PAGE}</switch><text>lost words</text>",
    "after a description": f"<switch><desc>lost</desc>{HTML_PAGE}<rect/></switch>",
    "without a switch": HTML_PAGE % 'requiredExtensions="http://www.w3.org/1999/xhtml" %s',
    "asking for HTML": "<switch>"
    + HTML_PAGE % 'requiredExtensions="http://www.w3.org/1999/xhtml"'
    + "</switch>",
    "a picture alone": "<switch><foreignObject><div><img/></div></foreignObject></switch>",
    "nested": f"<switch><g><switch>{HTML_PAGE}<text>lost</text></switch></g></switch>",
}


@pytest.mark.parametrize("kind", SWITCHES)
def test_a_page_of_html_whose_words_are_printed_nowhere_is_refused(kind: str) -> None:
    found = fault(svg(f"\n{SWITCHES[kind].replace('%s', '')}"))
    assert found is not None
    assert "<foreignObject>" in found[0]
    assert found[0].endswith("in its line 2")


@pytest.mark.parametrize("instead", [
    "<text>lost words</text>", "<g><text>lost</text><text>words</text></g>",
    f'<image href="{dot()}" width="9" height="9"/>',
])  # fmt: skip
def test_a_page_of_html_is_left_out_for_the_same_words(instead: str) -> None:
    """Or for a picture of them, as draw.io writes."""
    assert fault(svg(f"<switch>{HTML_PAGE % ''}{instead}</switch>")) is None
    empty = '<foreignObject requiredExtensions="ai" width="1" height="1"/>'
    assert fault(svg(f"<switch>{empty}{instead}</switch>")) is None


JOINED = {
    "Arabic": "محمد علي", "Hebrew": "שלום", "Syriac": "ܫܠܡܐ", "NKo": "ߒߞߏ", "Adlam": "𞤀𞤣𞤤𞤢𞤥",
    "Devanagari": "वालें", "Bengali": "ঢাকা", "Tamil": "தஞ்சை", "Khmer": "ភ្នំពេញ", "Thai": "น้ำ",
    "Myanmar": "မြန်မာ", "Mongolian": "ᠮᠣᠩᠭᠣᠯ", "Tibetan": "བོད", "marks": "Ẹ̀kọ́",
}  # fmt: skip


@pytest.mark.parametrize("script", JOINED)
def test_words_that_cannot_be_set_letter_by_letter_are_refused(script: str) -> None:
    """By name, with their line, wherever in the words they stand; what no reader sees is not."""
    word = JOINED[script]
    for inner in (f"<text>\nWire {word}</text>", f"<text>A<tspan>\n{word} b</tspan></text>",
                  f"<switch><text>\n<a>{word}</a></text></switch>"):  # fmt: skip
        found = fault(svg(inner))
        assert found is not None, inner
        assert script in found[0]
        assert word.split()[0] in found[0]
        assert "paths" in found[1]
        assert "PNG" in found[1]
    unseen = f"<title>{word}</title><desc>{word}</desc><text>a<title>{word}</title></text>{word}"
    assert fault(svg(unseen)) is None


def test_letters_with_marks_are_set_as_one_where_they_can_be() -> None:
    """What an editor saved as letter and mark, Zürich, is the letter that has it."""
    assert "Zürich".encode() in cleaned(svg("<text>Zu\u0308rich</text>"), bare).svg
    for words in ("Łódź", "Αθήνα", "Ереван", "東京", "½ °"):
        assert fault(svg(f"<text>{words}</text>")) is None


def test_a_link_in_words_is_words() -> None:
    link = svg('<text x="9" y="90" font-size="40">A <a href="https://x">b</a></text>')
    plain = svg('<text x="9" y="90" font-size="40">A <tspan>b</tspan></text>')
    assert cleaned(link, bare).svg == cleaned(plain, bare).svg


@pytest.mark.parametrize("style", ["text-decoration:none", "word-spacing:0px", "paint-order:normal",
                                   "font-variant:normal;font-stretch:normal", "line-height:1.25",
                                   "baseline-shift:baseline;vector-effect:none"])  # fmt: skip
def test_what_editors_write_without_effect_is_taken(style: str) -> None:
    assert fault(svg(f'<text style="{style}">a</text>')) is None


def test_every_element_is_known() -> None:
    assert "textPath" not in DRAWN
    assert fault(svg(f'<image href="{dot()}" width="9" height="9"/>')) is None
