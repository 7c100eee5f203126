"""Colours: contrast and lightness, as WCAG 2.2 and CIE 1976 reckon them."""

from __future__ import annotations

import re

Rgb = tuple[float, float, float]
"""Red, green and blue of sRGB, 0 to 1."""


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def hex_of(colour: Rgb) -> str:
    """``#rrggbb``."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def rgb_of(text: str) -> Rgb | None:
    """The colour of ``#rgb`` or ``#rrggbb``; None for anything else."""
    figures = text.strip().lstrip("#")
    if len(figures) == 3:
        figures = "".join(figure * 2 for figure in figures)
    if not re.fullmatch(r"[0-9a-fA-F]{6}", figures):
        return None
    red, green, blue = (int(figures[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return red, green, blue


def lightness(colour: Rgb) -> float:
    """CIE 1976 lightness L* of a colour, 0 to 100: what a grey copy keeps of it."""
    bright = luminance(colour)
    return 116 * bright ** (1 / 3) - 16 if bright > 0.008856 else 903.3 * bright
