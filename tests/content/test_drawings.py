"""Drawings: what is drawn is kept, nothing reaches outside, and what cannot be printed is named."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from xml.etree import ElementTree as ET

import pypdfium2 as pdfium
import pytest
from PIL import Image

from press.checks import check
from press.content.drawings import EXPANDED, DrawingError, cleaned, is_drawing
from press.content.load import load
from press.content.pictures import bare, fault
from press.content.snapshot import Snapshot
from tests.conftest import set_edition

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 300 200"'
)


def svg(inner: str, more: str = "") -> bytes:
    """A drawing with ``inner`` in it."""
    return f"{HEAD} {more}>{inner}</svg>".encode()


def tree(raw: bytes) -> ET.Element:
    """A drawing as its elements."""
    return ET.fromstring(raw)  # noqa: S314 our own


def dot(form: str = "PNG") -> str:
    """A picture of points in the words of a drawing."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, form)
    return f"data:image/{form.lower()};base64,{b64encode(out.getvalue()).decode()}"


HOSTILE: dict[str, tuple[bytes, str]] = {
    "script": (svg("\n<script>alert(1)</script>"), "has <script>, a program in its line 2"),
    "script by its address": (svg('<script href="http://x/y.js"/>'), "has <script>"),
    "handler": (svg("", 'onload="x()"'), "has a script (onload)"),
    "handler of a shape": (svg('<rect onclick="x()"/>'), "has a script (onclick)"),
    "page inside": (svg("<foreignObject><p/></foreignObject>"), "has <foreignObject>"),
    "moving": (svg('<rect><animate attributeName="x"/></rect>'), "has <animate>, which moves"),
    "setting": (svg('<rect><set attributeName="href" to="javascript:x"/></rect>'), "has <set>"),
    "picture outside": (svg('<image href="http://x/y.png"/>'), "asks for http://x/y.png"),
    "picture on disk": (svg('<image xlink:href="file:///etc/passwd"/>'), "asks for file:///etc"),
    "picture beside": (svg('<image xlink:href="../secret.png"/>'), "asks for ../secret.png"),
    "drawing in a picture": (
        svg(f'<image href="data:image/svg+xml;base64,{b64encode(svg("")).decode()}"/>'),
        "holds a picture that cannot be printed",
    ),
    "use from outside": (svg('<use href="http://x/y.svg#a"/>'), "asks for http://x/y.svg#a"),
    "use from a file": (svg('<use xlink:href="other.svg#a"/>'), "asks for other.svg#a"),
    "paint from outside": (svg('<rect fill="url(http://x/#a)"/>'), "asks for http://x/#a"),
    "mask in quotes": (svg('<rect style="mask:url(\'//x/#a\')"/>'), "asks for //x/#a"),
    "escaped address": (svg('<rect style="fill:u\\72l(http://x)"/>'), "asks for http://x"),
    "import": (svg('<style>@import "http://x/y.css";</style>'), "has @import in its styles"),
    "font outside": (svg("<style>@font-face{font-family:x;src:url(x)}</style>"), "brings a font"),
    "font inside": (svg("<font><glyph/></font>"), "has <font>, a font of its own"),
    "style with an address": (svg("<style>a{fill:url(http://x)}</style>"), "asks for http://x"),
    "variable": (svg('<rect fill="var(--x)"/>'), "has var() in its styles"),
    "blur": (svg('<filter id="f"/><rect filter="url(#f)"/>'), "has filter: url(#f), which is not"),
    "blend": (svg('<rect style="mix-blend-mode:multiply"/>'), "has mix-blend-mode: multiply"),
    "upright words": (svg('<text writing-mode="tb">a</text>'), "has writing-mode: tb"),
    "flowing words": (
        svg('<text style="shape-inside:url(#r)">a</text><rect id="r"/>'), "has shape-inside",
    ),
    "unknown": (svg("<mesh/>"), "has <mesh>, which is not drawn"),
    "entities": (
        b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + svg("<text>&b;</text>"),
        "declares entities",
    ),
    "entity of a file": (
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<text>&a;</text>"),
        "declares entities",
    ),
    "bomb": (
        svg("".join(
            f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10 if n else "<path/>"}</g>'
            for n in range(9)
        )),
        "shapes, with all that it repeats",
    ),
    "circle": (
        svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        "within itself",
    ),
    "pattern of itself": (
        svg('<pattern id="p"><rect fill="url(#p)"/></pattern><rect fill="url(#p)"/>'),
        "within itself",
    ),
    "deep": (svg("<g>" * 80 + "</g>" * 80), "is nested more than 64 deep"),
    "many": (svg("<path/>" * 50_001), "has more than 50,000 shapes"),
    "large": (svg("<!-- " + "x" * 4_000_000 + "-->"), "4 MB is the most for a drawing"),
    "page": (b'<?xml version="1.0"?><html><body/></html>', "it begins with <html>"),
    "cut off": (svg("<g>")[:-20], "is damaged"),
    "no size": (b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', "how large it is"),
    "no area": (svg("").replace(b"0 0 300 200", b"0 0 0 200"), "how large it is"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_drawing_is_refused(kind: str) -> None:
    """Each with what it has and in which line, and a remedy; no page shows it."""
    raw, message = HOSTILE[kind]
    found = fault(raw)
    assert found is not None
    assert message in f"{found[0]}"
    assert found[1]
    with pytest.raises(DrawingError):
        bare(raw)


KEPT = {
    "shapes": '<path d="M0 0h9z" fill="#f00"/><rect x="1" rx="2"/><circle r="3"/><line x2="4"/>',
    "paints": '<defs><linearGradient id="a"><stop offset=".5" stop-color="red"/></linearGradient>'
    '</defs><rect fill="url(#a)"/><g clip-path="url(#c)"/><clipPath id="c"><rect/></clipPath>',
    "parts": '<symbol id="s"><path d="M0 0"/></symbol><use xlink:href="#s" x="2"/>',
    "words": '<text x="1" text-anchor="middle">A &amp; B<tspan dy="3"> c</tspan></text>',
    "place": '<g transform="translate(3,4) rotate(5)" opacity=".5"><polygon points="0,0 1,1"/></g>',
}


@pytest.mark.parametrize("kind", KEPT)
def test_what_is_drawn_is_kept(kind: str) -> None:
    """Every element, attribute and word of a plain drawing is there again."""
    before = tree(svg(KEPT[kind]))
    after = tree(cleaned(svg(KEPT[kind]), bare).svg)
    for one, other in zip(before.iter(), after.iter(), strict=True):
        assert one.tag == other.tag
        assert (one.text or "", one.tail or "") == (other.text or "", other.tail or "")
        plain = {name: re.sub(r"\s", "", value) for name, value in other.attrib.items()}
        for name, value in one.attrib.items():
            assert plain[name] == re.sub(r"\s", "", value)


def test_what_nobody_sees_is_left_out() -> None:
    """An editor's notes, names and private parts; and links lead nowhere."""
    raw = svg(
        '<metadata><who>Anna Secret</who></metadata><i:pgf xmlns:i="x">Secret</i:pgf>'
        '<switch><foreignObject requiredExtensions="http://ai/"><p>Secret</p></foreignObject>'
        '<g><rect data-by="Secret" xmlns:i="y" i:label="Secret"/></g></switch>'
        '<a href="javascript:Secret"><circle r="2"/></a><!-- Secret --><?x Secret?>'
    )
    made = cleaned(raw, bare).svg
    assert b"Secret" not in made
    assert made.count(b"<rect") == made.count(b"<circle") == 1
    assert fault(raw) is None


def test_document_type_of_an_editor_is_no_harm() -> None:
    """Illustrator and Inkscape name the DTD; nobody fetches it."""
    kind = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x/svg11.dtd">\n'
    assert fault(b'<?xml version="1.0" encoding="ISO-8859-1"?>' + kind + svg("<rect/>")) is None
    assert fault(('<?xml version="1.0" encoding="UTF-16"?>' + HEAD + "/>").encode("utf-16")) is None


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "TIFF"])
def test_picture_in_a_drawing_is_made_bare(form: str) -> None:
    """As one that stands by itself."""
    made = cleaned(svg(f'<image href="{dot(form)}" width="9" height="9"/>'), bare).svg
    assert re.search(rb'xlink:href="data:image/(png|jpeg);base64,', made)


def test_words_get_the_letters_of_the_press() -> None:
    """Whatever font they ask for; the finding says which, and none where there are no words."""
    raw = svg('<style>.a{font:bold 12px/1.2 "My Font", Arial}</style>'
              '<text class="a" font-family="Georgia">x</text>')  # fmt: skip
    made = cleaned(raw, bare, "Source Sans 3")
    assert made.families == ("My Font", "Arial", "Georgia")
    assert b"Georgia" not in made.svg
    assert made.svg.count(b"Source Sans 3") == 2
    assert b"font-weight: bold; font-size: 12px" in made.svg
    assert cleaned(svg('<g font-family="Arial"><rect/></g>'), bare).families == ()


def test_drawing_says_how_large_it_is() -> None:
    """By its own size, or by its box where that is a share of something."""
    for more, size in (
        ("", (300, 200)), ('width="100%" height="100%"', (300, 200)),
        ('width="80mm" height="40mm"', ("80mm", "40mm")),
    ):  # fmt: skip
        root = tree(cleaned(svg("", more), bare).svg)
        assert (root.get("width"), root.get("height")) == tuple(map(str, size))


def test_drawings_are_known_by_their_beginning() -> None:
    """Not by their names."""
    assert is_drawing(b"\xef\xbb\xbf  <!-- x --><svg/>")
    assert is_drawing(b"<svg/>")
    assert not is_drawing(b"\x89PNG\r\n\x1a\n<svg")
    assert not is_drawing(b"")
    assert EXPANDED > 50_000


NEEDED = ("dossier.yaml", "sources.yaml", "chronology.yaml", "gazetteer.yaml")


def with_drawing(matterhorn: Snapshot, raw: bytes) -> Snapshot:
    """A dossier of a chapter with a drawing for a picture."""
    listed = matterhorn.files["images/images.yaml"].replace(b"ridge.png", b"ridge.svg")
    files = {name: matterhorn.files[name] for name in NEEDED}
    files |= {"images/images.yaml": listed, "images/ridge.svg": raw}
    files["chapters/01-ridge.md"] = b"# The ridge\n\nIt was so.\n\n![](image:ridge)\n"
    return Snapshot("matterhorn", "matterhorn", files)


def test_drawing_is_printed(matterhorn: Snapshot, own_fonts: None) -> None:
    """In its colours, with its words, in a PDF without a complaint."""
    raw = svg('<rect width="300" height="200" fill="#00a000"/>'
              '<text x="20" y="150" font-size="40" font-family="Arial">Kammweg</text>')  # fmt: skip
    snapshot = with_drawing(matterhorn, raw)
    assert {one.code for one in check(load(snapshot)) if "ridge.svg" in one.message} == {"W357"}
    made = set_edition(snapshot, "screen")
    assert [str(one) for one in made.findings if one.severity == "error"] == []
    document = pdfium.PdfDocument(made.pdf)
    pages = [page for page in document if "Kammweg" in page.get_textpage().get_text_range()]
    assert len(pages) == 1
    colours = {c for _, c in pages[0].render(scale=0.5).to_pil().convert("RGB").getcolors(1 << 20)}
    assert any(r < 20 and 150 < g < 170 and b < 20 for r, g, b in colours)
    document.close()


def test_fault_of_a_drawing_stands_at_its_entry(matterhorn: Snapshot) -> None:
    """The line of images.yaml that names the file, and the line of the drawing in the message."""
    loaded = load(with_drawing(matterhorn, svg("<g>\n\n<script/></g>")))
    (found,) = (one for one in check(loaded) if one.code == "E210")
    assert found.place == "matterhorn/images/images.yaml:4:11"
    assert found.message == "images/ridge.svg has <script>, a program in its line 3"
    assert found.hint == "turn it into plain shapes, or export the drawing as PNG"


def test_a_damaged_picture_is_one_finding(matterhorn: Snapshot, own_fonts: None) -> None:
    """What is wrong with it is said where it is listed; that no page shows it follows from that."""
    snapshot = with_drawing(matterhorn, svg("<g>\n\n<script/></g>"))
    assert [one.code for one in check(load(snapshot)) if "ridge.svg" in one.message] == ["E210"]
    made = set_edition(snapshot, "screen")
    assert [str(one) for one in made.findings if one.severity == "error"] == []
