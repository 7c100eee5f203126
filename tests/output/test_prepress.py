"""The print shop: inks for colours, boxes, marks, and everything that PDF/X-4 asks for."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from press.base.document import Document
from press.base.units import MM
from press.content.snapshot import Snapshot
from press.locale import messages
from press.output import provenance
from press.output.cmyk import to_grayscale
from press.output.finish import shop_findings
from press.output.inks import BLACK, converters
from press.output.pdf import objects, saved
from press.output.pdf_x import CHECKS, faults
from press.output.prepress import CONDITIONS, Measured, lowest_resolution, prepress
from press.pipeline import Made
from press.typeset.typeset import typeset
from tests.conftest import EXAMPLE, ROOT, Printed

FONT = next((ROOT / "styles/fonts").glob("source-serif*/*-Regular.*tf")).read_bytes()
PROFILE = CONDITIONS["fogra39"].profile


def picture() -> bytes:
    """A picture in colour, 60 pixels wide."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((60, 60)).convert("RGB").save(out, "PNG")
    return out.getvalue()


TEXT = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A job</title><style>
@font-face{font-family:Text;src:url("face.otf")}
*{font-weight:400}
@page{size:80mm 110mm;margin:8mm;bleed:3mm;background:#fbf8f1}
html{font:9pt Text;color:#1c1a19} .soft{color:#625c56} .red{color:#96261c} .lab{color:lab(40 50 30)}
.own{color:device-cmyk(0.1 0.2 0.3 0.4)} img{width:20mm;image-rendering:crisp-edges}
.rule{height:6mm;background:linear-gradient(90deg,transparent 20mm,#fbf8f1 20mm)}
.fade{height:6mm;background:linear-gradient(90deg,#96261c,#1f5a86)}
.veil{background:#1f5a86;opacity:.4;height:4mm}
</style></head><body><h1>A job</h1><p>black <span class="soft">soft</span>
<span class="red">red</span> <span class="lab">lab</span> <span class="own">own</span>
<a href="https://example.org/">away</a></p><div class="rule"></div><div class="fade"></div>
<div class="veil"></div><img src="a.png" alt="a gradient">
<svg width="20mm" height="10mm"><title>t</title><defs><pattern id="h" width="4" height="4"
patternUnits="userSpaceOnUse"><path d="M0 0L4 4" stroke="#7d6a5c"/></pattern></defs>
<rect width="40" height="20" fill="url(#h)" stroke="#503a58"/></svg></body></html>"""


@pytest.fixture(scope="module")
def pages() -> bytes:
    """A page with one of everything that can be painted, set with a bleed."""
    html = Document(TEXT, {"face.otf": FONT, "a.png": picture()}, "", day="2026-11-01")
    proof = typeset(html)
    assert proof.pages == 1
    return proof.pdf


@pytest.fixture(scope="module")
def pressed(pages: bytes) -> tuple[bytes, Measured]:
    """The page made ready for the print shop."""
    return prepress(pages, "fogra39", 3 * MM, "a-job", FONT)


def test_colours_of_every_kind_become_grey(pages: bytes) -> None:
    """Red, Lab, inks, gradients and pictures: nothing has a colour afterwards."""
    picture = pdfium.PdfDocument(to_grayscale(pages))[0].render(scale=2).to_pil().convert("RGB")
    pixels = np.asarray(picture).astype(int)
    assert (pixels.max(axis=2) - pixels.min(axis=2)).max() == 0


def test_the_file_is_what_print_shops_take(pressed: tuple[bytes, Measured]) -> None:
    """Nothing speaks against PDF/X-4, and the file says that it is that."""
    made, found = pressed
    assert faults(made) == found.faults == ()
    assert made.startswith(b"%PDF-1.6")
    with Pdf.open(io.BytesIO(made)) as pdf:
        assert b">PDF/X-4<" in pdf.Root.Metadata.read_bytes()
        intent: Any = pdf.Root.OutputIntents
        assert str(intent[0].OutputConditionIdentifier) == "FOGRA39"
        assert intent[0].DestOutputProfile.read_bytes() == PROFILE
        assert not pdf.check_pdf_syntax()


def test_boxes_are_what_is_trimmed(pressed: tuple[bytes, Measured]) -> None:
    """The TrimBox is the sheet, the BleedBox 3 mm more on every side, the MediaBox holds marks."""
    with Pdf.open(io.BytesIO(pressed[0])) as pdf:
        page: Any = pdf.pages[0].obj
        left, bottom, right, top = (float(edge) for edge in page.TrimBox)
        assert (right - left, top - bottom) == pytest.approx((80 * MM, 110 * MM), abs=0.01)
        around = [float(edge) for edge in page.BleedBox]
        wanted = [left - 3 * MM, bottom - 3 * MM, right + 3 * MM, top + 3 * MM]
        assert around == pytest.approx(wanted, abs=0.01)
        media = [float(edge) for edge in page.MediaBox]
        assert media[0] < around[0] - 5 * MM
        assert media[3] > around[3] + 5 * MM


def seen(pdf: bytes, scale: float = 4.0) -> np.ndarray[Any, Any]:
    """The first page as an eye sees it, red, green and blue."""
    document = pdfium.PdfDocument(pdf)
    return np.asarray(document[0].render(scale=scale).to_pil().convert("RGB")).astype(int)


def test_paper_tints_bleed_and_marks_stand_outside(pressed: tuple[bytes, Measured]) -> None:
    """The tint of the page reaches the edge of the bleed; around it is white, but for the marks."""
    image = seen(pressed[0])
    edge, scale = round(9 * MM * 4), round(MM * 4)
    inside = image[edge + 3, edge + scale * 20]
    outside = image[edge - 3, edge + scale * 20]
    assert tuple(outside) == (255, 255, 255)
    assert inside[2] < inside[0] < 255
    ring = image[edge : edge + 3 * scale, edge + 3 * scale : -edge - 3 * scale]
    assert ring.min() > 200, "a mark stands in the bleed"
    assert image[:edge].min() < 60, "there are no marks"


def inks(pdf: bytes, operator: str = "k") -> set[tuple[float, ...]]:
    """Every colour that an operator of the first page sets."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        instructions: Any = pikepdf.parse_content_stream(document.pages[0], operator)
        return {tuple(float(part) for part in operands) for operands, _ in instructions}


def test_words_are_pure_black(pressed: tuple[bytes, Measured]) -> None:
    """Ink is black alone, softer ink a part of black, and what an author wrote in inks stays."""
    used = inks(pressed[0])
    assert BLACK in used
    assert any(c == m == y == 0 and 0.5 < k < 0.95 for c, m, y, k in used)
    assert (0.1, 0.2, 0.3, 0.4) in used
    assert any(m > 0.6 and y > 0.5 and c < 0.3 for c, m, y, k in used), "the red is lost"
    assert inks(pressed[0], "rg RG") == set()


def test_colours_look_as_they_did() -> None:
    """Inks seen through the profile differ little from the colour that was asked for."""
    from PIL import ImageCms

    convert, from_lab, _ = converters(PROFILE)
    profile = ImageCms.ImageCmsProfile(io.BytesIO(PROFILE))
    lab, srgb = ImageCms.createProfile("LAB", 5000), ImageCms.createProfile("sRGB")
    relative = ImageCms.Intent.RELATIVE_COLORIMETRIC
    back = ImageCms.buildTransform(profile, lab, "CMYK", "LAB", relative)
    there = ImageCms.buildTransform(srgb, lab, "RGB", "LAB", relative)

    def shade(mode: str, pixel: tuple[int, ...], transform: Any) -> np.ndarray[Any, Any]:
        made = ImageCms.applyTransform(Image.new(mode, (1, 1), pixel), transform)
        light, a, b = (int(v) for v in np.asarray(made)[0, 0])
        return np.array([light / 2.55, (a + 128) % 256 - 128, (b + 128) % 256 - 128])

    for name in ("96261c", "1f5a86", "cfe0e9", "e6edda", "fbf8f1", "d06c5d", "4b6b32"):
        red, green, blue = (int(name[n : n + 2], 16) for n in (0, 2, 4))
        found = convert((red / 255, green / 255, blue / 255))
        printed = shade("CMYK", tuple(round(255 * part) for part in found), back)
        assert np.linalg.norm(printed - shade("RGB", (red, green, blue), there)) < 5, name
        assert sum(found) <= 3.0
    assert convert((1, 1, 1)) == (0, 0, 0, 0)
    assert convert((0, 0, 0)) == BLACK
    assert from_lab((100, 0, 0)) == (0, 0, 0, 0)
    cyan, magenta, yellow, _ = from_lab((50, 65, 45))
    assert cyan < 0.1
    assert min(magenta, yellow) > 0.7
    assert from_lab((5, 0, 0)) == BLACK


def test_what_was_transparent_is_so_still(pages: bytes, pressed: tuple[bytes, Measured]) -> None:
    """A soft mask measures light and is no colour: nothing is veiled that was clear before."""
    before, after = seen(pages), seen(pressed[0])
    edge = round(9 * MM * 4)
    after = after[edge:-edge, edge:-edge][: before.shape[0], : before.shape[1]]
    height, width = after.shape[:2]
    difference = np.abs(before[:height, :width] - after).max(axis=2)
    assert (difference > 70).mean() < 0.01


def test_nothing_of_the_screen_is_left(pages: bytes, pressed: tuple[bytes, Measured]) -> None:
    """Links, tags and attachments are gone."""
    with Pdf.open(io.BytesIO(pages)) as before, Pdf.open(io.BytesIO(pressed[0])) as after:
        assert Name.Annots in before.pages[0].obj
        assert Name.Annots not in after.pages[0].obj
        assert not {"/StructTreeRoot", "/Names", "/Outlines", "/AF"} & set(after.Root.keys())


def test_bytes_repeat(pages: bytes, pressed: tuple[bytes, Measured]) -> None:
    """The same pages give the same bytes."""
    assert prepress(pages, "fogra39", 3 * MM, "a-job", FONT)[0] == pressed[0]


def test_what_is_measured_is_true(pages: bytes, pressed: tuple[bytes, Measured]) -> None:
    """Sizes, inks, fonts and the coarsest picture: 60 pixels on 20 mm."""
    found = pressed[1]
    [(width, height, pages_of)] = found.trims
    assert (width, height) == pytest.approx((80 * MM, 110 * MM), abs=0.01)
    assert pages_of == 1
    assert found.coloured == (1,)
    assert 1.0 < found.heaviest <= 3.0
    assert found.fonts == ("Text",)
    assert found.resolution == pytest.approx(60 / 20 * 25.4, rel=0.02)
    assert lowest_resolution(pages) == found.resolution


def test_hill_shading_is_soft_by_intent() -> None:
    """What is multiplied upon its ground does not count as a coarse picture."""
    blended = (
        '<svg width="20mm" height="20mm"><title>t</title><filter id="m"><feBlend mode="multiply"/>'
        '</filter><image filter="url(#m)" href="a.png" width="60" height="60"/></svg>'
    )
    text = TEXT.replace('<img src="a.png" alt="a gradient">', blended)
    html = Document(text, {"face.otf": FONT, "a.png": picture()}, "", day="2026-11-01")
    shaded = typeset(html).pdf
    with Pdf.open(io.BytesIO(shaded)) as pdf:
        kinds = [(item.get(Name.BM), item.get(Name.Subtype)) for item in objects(pdf)]
    assert (Name.Multiply, None) in kinds
    assert (None, Name.Image) in kinds
    assert lowest_resolution(shaded) == 0


def test_what_prints_badly_is_said(pressed: tuple[bytes, Measured]) -> None:
    """Too much ink is a warning, what is no PDF/X-4 an error."""
    found = replace(pressed[1], heaviest=3.4, faults=("the file has actions",))
    said = [(f.code, f.severity) for f in shop_findings("a-job.pdf", found)]
    assert said == [("P450", "error"), ("P451", "warning")]
    assert (
        list(shop_findings("a-job.pdf", replace(found, heaviest=2.9)))
        == [*shop_findings("a-job.pdf", found)][:1]
    )


# -- each fault is found -----------------------------------------------------------------------

Tamper = Callable[[Pdf], None]


def unnamed(pdf: Pdf) -> None:
    """No Trapped, no standard."""
    del pdf.docinfo[Name.Trapped]
    pdf.Root.Metadata = pdf.make_stream(b"<x/>", Type=Name.Metadata, Subtype=Name.XML)


def without_intent(pdf: Pdf) -> None:
    """No output intent."""
    del pdf.Root["/OutputIntents"]


def for_a_screen(pdf: Pdf) -> None:
    """The profile of a screen."""
    intents: Any = pdf.Root.OutputIntents
    intents[0].DestOutputProfile = pdf.make_stream(b"\0" * 12 + b"mntrRGB " + b"\0" * 108, N=3)


def without_trim(pdf: Pdf) -> None:
    """No TrimBox."""
    del pdf.pages[0].obj[Name.TrimBox]


def bleeding_out(pdf: Pdf) -> None:
    """A BleedBox beyond the MediaBox."""
    pdf.pages[0].obj.BleedBox = Array([-500, -500, 900, 900])


def linked(pdf: Pdf) -> None:
    """A link."""
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
    link.A = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def scripted(pdf: Pdf) -> None:
    """A script."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def unembedded(pdf: Pdf) -> None:
    """A font that is not embedded."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources: Any = pdf.pages[0].obj.Resources
    resources.Font.Other = pdf.make_indirect(font)


def painted(pdf: Pdf) -> None:
    """A colour in red, green and blue."""
    page: Any = pdf.pages[0]
    page.contents_add(b"1 0 0 rg 0 0 9 9 re f")
    page.contents_coalesce()


def coloured(pdf: Pdf) -> None:
    """A picture in red, green and blue."""
    image = pdf.make_stream(b"\xff\0\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    resources: Any = pdf.pages[0].obj.Resources
    resources.XObject.Red = pdf.make_indirect(image)


TAMPERED: dict[Tamper, str] = {
    unnamed: "Trapped", without_intent: "0 output intents", for_a_screen: "not a printer's",
    without_trim: "no TrimBox", bleeding_out: "within one another", linked: "annotations",
    scripted: "actions", unembedded: "Helvetica is not embedded", painted: "red, green and blue",
    coloured: "DeviceRGB",
}  # fmt: skip


@pytest.mark.parametrize("tamper", list(TAMPERED), ids=lambda tamper: tamper.__name__)
def test_each_fault_is_found(pressed: tuple[bytes, Measured], tamper: Tamper) -> None:
    """A file that breaks one rule of PDF/X-4 is found out."""
    assert any(TAMPERED[tamper] in fault for fault in faults_after(pressed[0], tamper))


def faults_after(made: bytes, tamper: Tamper) -> tuple[str, ...]:
    """What is found in a file that was tampered with."""
    with Pdf.open(io.BytesIO(made)) as pdf:
        tamper(pdf)
        return faults(saved(pdf))


ACTIONS = "/JavaScript", "/JS", "/Launch", "/GoTo", "/GoToR", "/URI", "/SubmitForm", "/Named"
OBJECTS: list[tuple[dict[str, Any], str]] = [
    *(({"/S": Name(action)}, "actions") for action in ACTIONS),
    ({"/AA": Dictionary()}, "actions"),
    ({"/OpenAction": Array()}, "actions"),
    ({"/Subtype": Name.PS}, "PostScript"),
    ({"/PS": Array()}, "PostScript"),
    ({"/OPI": Dictionary()}, "is to be replaced"),
    ({"/Alternates": Array()}, "has alternates"),
    ({"/Type": Name.ExtGState, "/TR": Name.Identity}, "transfer function"),
    ({"/Type": Name.ExtGState, "/HTP": Array()}, "transfer function"),
    ({"/ColorSpace": Name.DeviceRGB}, "DeviceRGB"),
    ({"/ColorSpace": Array([Name.CalRGB, Dictionary()])}, "CalRGB"),
    ({"/ColorSpace": Dictionary(L=Array([Name.Lab, Dictionary()]))}, "Lab"),
    ({"/ColorSpace": Dictionary(D=Name.DeviceRGB)}, "DeviceRGB"),
    ({"/S": Name.Transparency, "/CS": Name.DeviceRGB}, "DeviceRGB"),
]
"""What no object may hold, and the fault it is."""


@pytest.mark.parametrize(("held", "fault"), OBJECTS, ids=str)
def test_each_object_out_of_place_is_found(
    pressed: tuple[bytes, Measured], held: dict[str, Any], fault: str
) -> None:
    """Every action, replacement and colour of a screen is found, wherever it is in the file."""

    def tamper(pdf: Pdf) -> None:
        pdf.Root.PieceInfo = Dictionary(held)

    assert any(fault in found for found in faults_after(pressed[0], tamper))


# -- the edition -------------------------------------------------------------------------------


@pytest.fixture
def shop(printed: Printed) -> Made:
    """The small dossier for the print shop."""
    made = printed("print-shop", theme="archive")
    assert made.findings == ()
    return made


def test_every_page_is_for_the_print_shop(shop: Made) -> None:
    """Maps, timelines, tables and notes of a whole dossier are in inks, with nothing amiss."""
    assert faults(shop.pdf) == ()
    assert shop.pages == len(pdfium.PdfDocument(shop.pdf)) > 5


def test_the_job_sheet_is_one_page_of_facts(shop: Made) -> None:
    """Beside the file lies a page with its size, pages, inks, condition, fonts and checks."""
    [(name, sheet)] = shop.companions.items()
    assert name == f"{EXAMPLE.name}-print-shop-job.pdf"
    assert name in shop.advice[0]
    document = pdfium.PdfDocument(sheet)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    for words in ("210 × 297 mm", "3 mm on every side", "FOGRA39", "Alegreya", "PDF/X-4"):
        assert words in text


def test_every_check_has_words_in_every_language() -> None:
    """The job sheet can say of each check, in each language, that it was found in order."""
    for language in ("en", "de", "fr"):
        words = messages(language)
        said = {words[f"job.check.{check.__name__.strip('_')}"] for check in CHECKS}
        assert len(said) == len(CHECKS)


def test_the_file_remembers_what_it_was_made_from(shop: Made, matterhorn: Snapshot) -> None:
    """The record of inputs travels as private data, since nothing may be attached."""
    record = provenance.read(shop.pdf)
    assert record is not None
    assert (record.edition, record.theme) == ("print-shop", "archive")
    assert record.content == provenance.digests(matterhorn.files)
