"""Pictures: only what is to be printed goes into the PDF, and no pixel is lost on the way."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from press.content.pictures import bare

SECRET = b"Anna Secret, 52.5163 N 13.3777 E"
"""What a camera or a program wrote into the file."""


def picture(mode: str = "RGB") -> Image.Image:
    """A small picture that is different in every corner."""
    image = Image.new("RGB", (40, 24))
    image.putdata([(x * 6, y * 10, (x * y) % 255) for y in range(24) for x in range(40)])
    return image.convert(mode)


def saved(form: str, turned: int = 1) -> bytes:
    """A picture in a form, with all that it can say about itself, and trailing bytes."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = turned
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 58.0)})
    out = io.BytesIO()
    match form:
        case "JPEG":
            picture().save(out, "JPEG", exif=exif, comment=SECRET, dpi=(300, 300), quality=95)
        case "CMYK":
            picture("CMYK").save(out, "JPEG", exif=exif, comment=SECRET, dpi=(300, 300))
        case "progressive":
            picture().save(out, "JPEG", exif=exif, comment=SECRET, progressive=True, dpi=(300, 300))
        case "PNG":
            info = PngInfo()
            info.add_text("Author", SECRET.decode())
            info.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=False)
            picture().save(out, "PNG", exif=exif, pnginfo=info, dpi=(300, 300))
        case "WEBP":
            picture().save(out, "WEBP", lossless=True, exif=exif, xmp=SECRET)
        case "GIF":
            picture("P").save(out, "GIF", comment=SECRET)
    return out.getvalue() + SECRET + b"PK\x03\x04"


FORMS = ("JPEG", "CMYK", "progressive", "PNG", "WEBP", "GIF")


@pytest.mark.parametrize("form", FORMS)
def test_nothing_but_the_picture_is_left(form: str) -> None:
    """Place, author, comments and trailing bytes are gone, and every pixel is what it was."""
    raw = saved(form)
    assert SECRET in raw
    clean = bare(raw)
    assert SECRET not in clean
    assert b"PK\x03\x04" not in clean
    with Image.open(io.BytesIO(raw)) as before, Image.open(io.BytesIO(clean)) as after:
        points = [np.asarray(one.convert("RGBA")).astype(int) for one in (before, after)]
        apart = np.abs(points[0] - points[1])
        assert apart.mean() < 3 if form == "CMYK" else apart.max() == 0  # a JPEG anew, in RGB
        assert not after.getexif()


@pytest.mark.parametrize("form", FORMS)
def test_the_same_picture_gives_the_same_bytes(form: str) -> None:
    """Cleaning is repeatable, and what is clean stays as it is."""
    clean = bare(saved(form))
    assert clean == bare(saved(form))
    assert clean == bare(clean)


def test_resolution_stays() -> None:
    """A picture is as large in print as it was."""
    for form in ("JPEG", "PNG"):
        with Image.open(io.BytesIO(bare(saved(form)))) as clean:
            assert [300, 300] == [round(n) for n in clean.info["dpi"]]


@pytest.mark.parametrize("turned", [3, 6, 8])
def test_a_turned_photograph_stays_turned(turned: int) -> None:
    """Of EXIF, the orientation alone stays: else a portrait would lie on its side."""
    raw = saved("JPEG", turned)
    with Image.open(io.BytesIO(raw)) as before, Image.open(io.BytesIO(bare(raw))) as after:
        assert [0x0112] == list(after.getexif())
        assert ImageOps.exif_transpose(before).tobytes() == ImageOps.exif_transpose(after).tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_half_a_picture_is_refused(form: str, share: float) -> None:
    """A picture that ends too early is none, wherever it ends."""
    raw = saved(form)
    whole = raw[: raw.index(SECRET + b"PK")]
    with pytest.raises(ValueError, match=r"ends too early|no PNG|damaged|subsection not found"):
        bare(whole[: int(len(whole) * share)])


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    """A script, a page and nothing at all are no pictures, whatever their names say."""
    for raw in (b"", b"<html onload='x'/>", b"#!/bin/sh\n", b"%PDF-1.7", b"\xff\xd8\xff"):
        with pytest.raises(ValueError, match=r"no PNG|too early"):
            bare(raw)
