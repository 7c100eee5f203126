"""Pictures as scanners and telephones make them: printed as they are meant, or refused by name."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image, ImageCms

from press.checks import check
from press.content.load import load
from press.content.pictures import bare, fault
from press.content.snapshot import Snapshot, read
from tests.conftest import HERE, set_edition

WIDE, TALL = 60, 40


def bands() -> Image.Image:
    """Red above blue, and in the middle white on the left and grey on the right."""
    points = np.full((TALL, WIDE, 3), 255, np.uint8)
    points[10:30, 30:] = (120, 120, 120)
    points[:10] = (200, 30, 30)
    points[30:] = (30, 60, 200)
    return Image.fromarray(points, "RGB")


def grey(bits: int) -> Image.Image:
    """The same in grey of 16 or of 8 bits."""
    points = np.asarray(bands().convert("L"))
    return Image.fromarray(points.astype(np.uint16) * 257 if bits == 16 else points)


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    """The bytes of a picture in a form."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def turned(orientation: int) -> tuple[Image.Image, Image.Exif]:
    """The bands as a camera that was held another way writes them, and what it says of that."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = orientation
    return bands().transpose(back[orientation]), exif


def in_lab() -> Image.Image:
    """The bands in L*a*b*."""
    source, target = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    made = ImageCms.profileToProfile(bands(), source, target, outputMode="LAB")
    assert made is not None
    return made


def shown(raw: bytes) -> np.ndarray:
    """The points of what is printed, as a reader of PDF sees them; it must be plain for that."""
    with Image.open(io.BytesIO(bare(raw))) as picture:
        assert picture.format in ("PNG", "JPEG", "WEBP")
        assert picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA")
        if picture.format != "JPEG":
            assert picture.getexif().get(0x0112, 1) == 1
        return np.asarray(picture.convert("RGB")).astype(int)


KINDS: dict[str, Callable[[], bytes]] = {
    "TIFF": lambda: saved(bands(), "TIFF"),
    "TIFF, packed": lambda: saved(bands(), "TIFF", compression="tiff_lzw"),
    "TIFF in CMYK": lambda: saved(bands().convert("CMYK"), "TIFF"),
    "TIFF in L*a*b*": lambda: saved(in_lab(), "TIFF"),
    "JPEG in CMYK": lambda: saved(bands().convert("CMYK"), "JPEG", quality=95, subsampling=0),
    "palette": lambda: saved(bands().quantize(16), "PNG"),
    "MPO": lambda: saved(
        bands(), "MPO", save_all=True, quality=95, subsampling=0,
        append_images=[Image.new("RGB", (WIDE, TALL), "green")],
    ),
    **{
        f"{form} turned {n}": lambda form=form, n=n: saved(  # type: ignore[misc]
            turned(n)[0], form, exif=turned(n)[1], **({"lossless": True} if form == "WEBP" else {})
        )
        for form in ("PNG", "WEBP", "TIFF")
        for n in range(2, 9)
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_picture_is_printed_as_it_is_meant(kind: str) -> None:
    """Red is above, blue below, white on the left: whatever the file's colours and its position."""
    raw = KINDS[kind]()
    assert fault(raw) is None
    points, meant = shown(raw), np.asarray(bands()).astype(int)
    assert points.shape == meant.shape
    inner = np.abs(points - meant)[3:7].max(), np.abs(points - meant)[33:37].max()
    assert max(*inner, np.abs(points - meant)[15:25, 3:25].max()) <= 12


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bits_become_eight(form: str) -> None:
    """The darkest grey stays the darkest, and no step is cut off."""
    raw = saved(grey(16), form)
    assert fault(raw) is None
    with Image.open(io.BytesIO(bare(raw))) as picture:
        assert picture.mode == "L"
        assert np.array_equal(np.asarray(picture), np.asarray(grey(8)))


def test_colour_that_is_seen_through_stays_so() -> None:
    """One grey of a 16-bit PNG may be transparent."""
    raw = saved(grey(16), "PNG", transparency=65535)
    with Image.open(io.BytesIO(bare(raw))) as picture:
        alpha = np.asarray(picture.convert("RGBA"))[..., 3]
    assert alpha[20, 5] == 0
    assert alpha[5, 5] == 255


def test_exif_that_is_damaged_turns_nothing() -> None:
    """It is no part of the picture, which is whole."""
    raw = saved(turned(3)[0], "PNG", exif=b"Exif\0\0II*\0garbage")
    assert fault(raw) is None
    assert np.array_equal(shown(raw), np.asarray(turned(3)[0]).astype(int))


def test_what_is_checked_is_what_is_printed() -> None:
    """A byte is changed at random, a thousand times: what the check passes can be printed."""
    made = [make() for make in KINDS.values()]
    chance = random.Random(12)  # noqa: S311 the same at every run
    for _ in range(1000):
        raw = bytearray(chance.choice(made))
        raw[chance.randrange(len(raw))] = chance.randrange(256)
        if fault(bytes(raw)) is None:
            assert bare(bytes(raw))


def _frames(form: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    return saved(frames[0], form, save_all=True, append_images=frames[1:])


def _heic(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + b"\0" * 40


REFUSED: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "is empty", "anew"),
    "half": (saved(bands(), "PNG")[:90], "is damaged", "PNG or JPEG"),
    "half a TIFF": (saved(bands(), "TIFF")[:900], "is damaged", "PNG or JPEG"),
    "one changed byte": (
        saved(bands(), "PNG")[:60] + b"\xff\xff\xff" + saved(bands(), "PNG")[63:],
        "is damaged", "PNG or JPEG",
    ),
    "moving GIF": (_frames("GIF"), "has 3 frames", "save one of them"),
    "moving PNG": (_frames("PNG"), "has 3 frames", "save one of them"),
    "moving WebP": (_frames("WEBP"), "has 3 frames", "save one of them"),
    "pages": (_frames("TIFF"), "has 3 pages", "save one of them"),
    "32 bits": (saved(Image.new("F", (8, 8)), "TIFF"), "32 bits", "8 or 16"),
    "HEIC": (_heic(b"heic"), "is a HEIC photograph", "export it as JPEG"),
    "HEIF": (_heic(b"mif1"), "is a HEIF photograph", "export it as JPEG"),
    "AVIF": (_heic(b"avif"), "is an AVIF picture", "export it as JPEG"),
    "PDF": (b"%PDF-1.7\n", "is a PDF", "export the page"),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "is an EPS", "export it as SVG"),
    "BMP": (saved(bands(), "BMP"), "is a BMP", "save it as PNG"),
    "PSD": (b"8BPS\0\x01", "is a Photoshop file", "export it as PNG"),
    "text": (b"Not a picture at all.", "is no PNG, JPEG, WebP, GIF, TIFF or SVG", "again"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_other_files_are_refused_by_name(kind: str) -> None:
    """What it is, and what to do; and no page shows it."""
    raw, message, remedy = REFUSED[kind]
    found = fault(raw)
    assert found is not None
    assert message in found[0]
    assert remedy in found[1]
    if "frames" not in message and "pages" not in message and kind != "one changed byte":
        with pytest.raises(ValueError):  # noqa: PT011 how it is said is above
            bare(raw)


@pytest.mark.parametrize("name", ["ridge.heic", "ridge.pdf", "ridge.tif", "ridge.svg"])
def test_finding_stands_at_the_line_that_names_the_picture(matterhorn: Snapshot, name: str) -> None:
    """Whatever the file is called, it is the picture's entry that has the finding, and once."""
    listed = matterhorn.files["images/images.yaml"].decode()
    files = {n: raw for n, raw in matterhorn.files.items() if not n.endswith("ridge.png")}
    files |= {
        "images/images.yaml": listed.replace("ridge.png", name).encode(),
        f"images/{name}": _heic(b"heic"),
    }
    loaded = load(Snapshot("matterhorn", "matterhorn", files))
    found = [one for one in (*loaded.findings, *check(loaded)) if name in one.message]
    assert [one.code for one in found] == ["E210"]
    assert found[0].file == "matterhorn/images/images.yaml"
    assert found[0].line == listed[: listed.index("ridge.png")].count("\n") + 1


def first_picture(case: str) -> np.ndarray:
    """The points of the page of a case on which its picture is, as a reader sees it."""
    made = set_edition(read(HERE / "cases" / case, case), "screen")
    assert [str(one) for one in made.findings if one.severity == "error"] == []
    document = pdfium.PdfDocument(made.pdf)
    try:
        for page in document:
            boxes = [o.get_bounds() for o in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE])]
            if boxes:
                left, bottom, right, top = boxes[0]
                tall = page.get_height()
                crop = (left + 1, bottom + 1, page.get_width() - right + 1, tall - top + 1)
                points = np.asarray(page.render(scale=1, crop=crop).to_pil().convert("RGB"))
                return points.astype(int)
    finally:
        document.close()
    raise AssertionError("no page has a picture")


def test_sixteen_bits_are_printed(own_fonts: None) -> None:
    """What a scanner saved is on the page, in its greys, without a complaint."""
    points = first_picture("22-picture-16-bit")
    assert np.abs(points[..., 0] - points[..., 1]).max() <= 2
    assert points.min() < 100 < points.max()


def test_band_is_above(own_fonts: None) -> None:
    """A PNG that says that it stands on its head is printed upright."""
    points = first_picture("24-picture-exif-png")
    above, below = points[3 : len(points) // 10], points[-len(points) // 10 : -3]
    assert above[..., 0].mean() > 150 > above[..., 1].mean()
    assert not below[..., 0].mean() > below[..., 1].mean() + 60
