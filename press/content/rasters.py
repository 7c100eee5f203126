"""Pictures of points made anew: turned as they say, in eight bits, in grey or in RGB.

What is printed has three colours or one, of eight bits each (ISO 19005 takes no more without an
output condition); scanners and telephones give sixteen bits, CMYK, L*a*b*, and several pictures in
one file.
"""

from __future__ import annotations

import io
import struct
import warnings
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


UNREADABLE = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, OverflowError, EOFError,
    struct.error, Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow raises for files that are damaged."""
ORIENTATION = 0x0112
"""The tag of EXIF that says how a picture is turned, from 1 to 8."""


class TooLargeError(ValueError):
    """A picture with more points than are taken."""


@contextmanager
def whole(raw: bytes) -> Iterator[Image.Image]:
    """The picture in ``raw``, which is decoded to its end and no further than it goes.

    Raises TooLargeError, and in its block one of UNREADABLE for what is damaged.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(raw), formats=FORMATS) as picture,
        ):
            if picture.width * picture.height > PIXELS:
                raise TooLargeError(f"has {picture.width} × {picture.height} pixels")
            yield picture
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def orientation(picture: Image.Image) -> int:
    """How a picture says that it is turned; 1, not at all, where it says nothing that is clear."""
    try:
        said = picture.getexif().get(ORIENTATION, 1)
    except UNREADABLE:
        return 1
    return said if isinstance(said, int) and 1 <= said <= 8 else 1


def anew(raw: bytes) -> bytes:
    """A picture that says no more than its points, its resolution and its colours.

    A photograph (JPEG) stays one, of the best quality; all else becomes PNG.
    """
    with whole(raw) as picture:
        picture.load()
        turned = ImageOps.exif_transpose(picture) if orientation(picture) > 1 else picture
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
