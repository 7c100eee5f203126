"""Pictures of points made anew: turned as they say, in eight bits, in grey or in RGB.

What is printed has three colours or one, of eight bits each (ISO 19005 takes no more without an
output condition); scanners and telephones give sixteen bits, CMYK, L*a*b*, and several pictures in
one file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageCms, ImageFile, ImageOps

PIXELS = 40_000_000
"""Most pixels that a picture may have; more is slow to set and no sharper in print."""
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF")
"""What is read, by Pillow's names."""
DEEP = ("I", "F")
"""Pillow's modes of 32 bits, whose darkest and lightest values nobody says."""


@contextmanager
def whole(raw: bytes) -> Iterator[Image.Image]:
    """The picture in ``raw``, decoded to its end and no further than it goes.

    Raises OSError, SyntaxError, ValueError or DecompressionBombError for one that is damaged.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
            yield picture
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def anew(raw: bytes) -> bytes:
    """A picture that says no more than its points, its resolution and its colours.

    A photograph (JPEG) stays one, of the best quality; all else becomes PNG.
    """
    with whole(raw) as picture:
        picture.load()
        turned = ImageOps.exif_transpose(picture)
        shown = _for_print(turned)
        form = "JPEG" if picture.format in ("JPEG", "MPO") else "PNG"
        kept: dict[str, object] = {"quality": 95, "subsampling": 0} if form == "JPEG" else {}
        if dpi := _resolution(picture):
            kept["dpi"] = dpi
        profile = picture.info.get("icc_profile")
        if profile and shown.mode == turned.mode and shown.mode in ("RGB", "RGBA", "L", "LA"):
            kept["icc_profile"] = profile
        transparent = shown.info.get("transparency")
        shown.info = {} if transparent is None else {"transparency": transparent}
        out = io.BytesIO()
        shown.save(out, format=form, **kept)
    return out.getvalue()


def _resolution(picture: Image.Image) -> tuple[float, float] | None:
    """Points per inch, where it says so sensibly."""
    dpi = picture.info.get("dpi")
    if isinstance(dpi, tuple) and len(dpi) == 2 and all(1 < float(one) < 10_000 for one in dpi):
        across, down = (float(one) for one in dpi)
        return across, down
    return None


def _for_print(picture: Image.Image) -> Image.Image:
    """A picture in one of the modes that are printed. Raises ValueError for 32 bits."""
    mode = picture.mode
    if mode.startswith("I;16"):
        return _in_eight_bits(picture)
    if mode in DEEP:
        raise ValueError("it has 32 bits for each point")
    if mode in ("CMYK", "YCbCr", "HSV", "LAB"):
        return _in_rgb(picture)
    if mode in {"PA", "La", "RGBa"}:
        return picture.convert("LA" if mode == "La" else "RGBA")
    return picture


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """The darkest of 65,536 greys stays the darkest, the lightest the lightest."""
    points = np.asarray(picture).astype(np.uint32)
    grey = Image.fromarray(((points + 128) // 257).astype(np.uint8), "L")
    transparent = picture.info.get("transparency")
    if isinstance(transparent, int):
        seen = Image.fromarray(np.where(points == transparent, 0, 255).astype(np.uint8), "L")
        grey.putalpha(seen)
    return grey


def _in_rgb(picture: Image.Image) -> Image.Image:
    """By the colour profile that it brings, or else by the plain rule for its mode."""
    target = ImageCms.createProfile("sRGB")
    profile = picture.info.get("icc_profile")
    try:
        if picture.mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        elif profile and picture.mode == "CMYK":
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        else:
            return picture.convert("RGB")
        turned = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
    except ImageCms.PyCMSError:
        return picture.convert("RGB")
    if turned is None:
        raise ValueError("its colours cannot be converted")
    turned.info.pop("icc_profile", None)
    return turned
