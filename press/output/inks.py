"""The inks of a colour: cyan, magenta, yellow and black, as a printing condition mixes them.

Greys and near-blacks are printed in black alone, so that words and hairlines need no two plates in
register; all other colours go through the ICC profile of the printing condition, relative to the
paper's white; pictures perceptually, with all their shadows. Inks are parts of 1.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image, ImageCms

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, from 0 to 1."""
Colour = tuple[float, float, float]
"""Red, green and blue of sRGB, from 0 to 1; or L*, a*, b* where a name says so."""
Convert = Callable[[Colour], Inks]
ConvertPicture = Callable[[Image.Image], Image.Image]

BLACK: Inks = (0.0, 0.0, 0.0, 1.0)
NEUTRAL = 8.0
"""Chroma (CIELAB C*) up to which a colour counts as grey."""
DARK = 24.0
"""Lightness (L*) up to which a colour of little chroma counts as black."""
DARK_CHROMA = 12.0
"""Chroma up to which a dark colour does."""
LIGHT = 82.0
"""Lightness from which a grey is a ground, which keeps its warmth, and no word or line."""
TRACE = 0.025
"""Parts of an ink that no press holds, and that are left out."""


def converters(profile: bytes) -> tuple[Convert, Convert, ConvertPicture]:
    """Turn sRGB, CIELAB (D50) and a picture in sRGB into inks."""
    inks = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB", 5000)
    relative = ImageCms.Intent.RELATIVE_COLORIMETRIC
    from_rgb = _transform(srgb, inks, "RGB", "CMYK", relative)
    from_lab = _transform(lab, inks, "LAB", "CMYK", relative)
    to_lab = _transform(srgb, lab, "RGB", "LAB", relative)
    pictures = _transform(srgb, inks, "RGB", "CMYK", ImageCms.Intent.PERCEPTUAL)
    greys = Image.fromarray(np.array([[(0, 0, 0, k) for k in range(256)]], np.uint8), "CMYK")
    ramp = _transform(inks, lab, "CMYK", "LAB", relative)(greys)
    lightness = np.asarray(ramp)[0, :, 0] * (100 / 255)

    def judged(mode: str, pixel: tuple[int, ...], shade: Colour) -> Inks:
        light, chroma = shade[0], float(np.hypot(shade[1], shade[2]))
        if light <= DARK and chroma <= DARK_CHROMA:
            return BLACK
        if chroma <= NEUTRAL and light <= LIGHT:
            return 0.0, 0.0, 0.0, _grey(lightness, light)
        picture = Image.new(mode, (1, 1), pixel)
        found = np.asarray((from_rgb if mode == "RGB" else from_lab)(picture))[0, 0] / 255
        return _clean([float(part) for part in found])

    @lru_cache(maxsize=4096)
    def rgb(colour: Colour) -> Inks:
        pixel = tuple(round(255 * min(max(part, 0.0), 1.0)) for part in colour)
        light, a, b = (int(v) for v in np.asarray(to_lab(Image.new("RGB", (1, 1), pixel)))[0, 0])
        return judged("RGB", pixel, (light * 100 / 255, _signed(a), _signed(b)))

    @lru_cache(maxsize=1024)
    def from_cielab(colour: Colour) -> Inks:
        shift = (int(np.clip(round(part), -128, 127)) + 128 for part in colour[1:])
        pixel = round(2.55 * min(max(colour[0], 0.0), 100.0)), *shift
        return judged("LAB", pixel, colour)

    return rgb, from_cielab, pictures


def _transform(
    source: Any, target: Any, mode: str, other: str, intent: ImageCms.Intent
) -> ConvertPicture:
    made = ImageCms.buildTransform(source, target, mode, other, intent)

    def apply(picture: Image.Image) -> Image.Image:
        found = ImageCms.applyTransform(picture, made)
        if found is None:
            raise AssertionError("only a transform in place returns nothing")
        return found

    return apply


def _signed(value: int) -> float:
    """An a* or b* of Pillow's LAB, which an array shows as a signed byte."""
    return float(value - 256 if value > 127 else value)


def _grey(ramp: np.ndarray[Any, Any], light: float) -> float:
    """The part of black that is as light as ``light`` (L*); black itself for all that is darker."""
    part = float(np.interp(-light, -ramp, np.linspace(0, 1, len(ramp))))
    return round(part, 2)


def _clean(inks: Sequence[float]) -> Inks:
    """Whole hundredths, without traces."""
    c, m, y, k = (0.0 if part < TRACE else round(part, 2) for part in inks)
    return c, m, y, k
