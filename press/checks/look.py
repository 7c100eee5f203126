"""The colours of a theme: what a grey copy, or an eye that sees few colours, keeps of them.

Such a check takes the dossier and the style it is set in; it is run where the style is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from press.base.finding import Finding, Place, Remark, findings_by
from press.content.load import Loaded
from press.content.model import Map
from press.design.contrast import Rgb, contrast, lightness, rgb_of
from press.design.styles import Style

LEAST_STEP = 4.0
"""Difference in CIE L* (0 to 100) that is seen between two greys side by side."""


def steps_alike(loaded: Loaded, style: Style) -> Iterator[Remark]:
    """W361: two steps of a map fall together in greyscale.

    Why: Areas are told apart by their tint alone, where no hatches do it. Many dossiers are
        copied in grey, and many eyes tell few colours: each step must be darker than the one
        before it, by four of the hundred steps of CIE lightness.
    Wrong: --map-step-2: #f8ca9f;
        --map-step-3: #c8d6a0;      /* another hue, the same grey */
    Right: --map-step-2: #f8ca9f;
        --map-step-3: #efac84;
    Remedy: Make the later step darker in the theme.
    """
    if style.tokens.get("--map-step-hatch", "none") != "none":  # then hatches tell them apart
        return
    used = max((_steps(plate) for plate in loaded.dossier.plates.plates), default=0)
    names = [f"--map-step-{n}" for n in range(1, used + 1)]
    steps = [(name, colour) for name in names if (colour := _colour(style, name))]
    for (one, before), (other, after) in pairwise(steps):
        darker = lightness(before) - lightness(after)
        if darker < LEAST_STEP:
            message = f"{other} is {_compared(darker)} {one} in greyscale"
            yield _at(style, other), message, "make it darker"


def _compared(darker: float) -> str:
    return "as light as" if abs(darker) < LEAST_STEP else "lighter than"


def _steps(plate: object) -> int:
    """How many steps of tint a plate uses."""
    if not isinstance(plate, Map):
        return 0
    return min(6, len({area.event for area in plate.areas if area.style == "step" and area.event}))


LEAST_SIGN = 3.0


def faint_signs(loaded: Loaded, style: Style) -> Iterator[Remark]:
    """W362: the sign of a category hardly stands out from the paper (WCAG 2.2, 1.4.11).

    Why: Signs are small, and told apart by shape; a shape must be seen. Their colour must have a
        contrast of 3 to 1 with the paper.
    Wrong: --category-3: #e8c56a;      /* 1.7 on white */
    Right: --category-3: #a86a00;
    Remedy: Darken the colour in the theme.
    """
    paper = _colour(style, "--paper") or (1.0, 1.0, 1.0)
    for number in range(1, min(6, len(loaded.dossier.chronology.categories)) + 1):
        name = f"--category-{number}"
        colour = _colour(style, name)
        if colour and (ratio := contrast(colour, paper)) < LEAST_SIGN:
            message = f"{name} has a contrast of {ratio:.1f} with the paper"
            yield _at(style, name), message, f"darken it until it has {LEAST_SIGN:g}"


def _colour(style: Style, token: str) -> Rgb | None:
    return rgb_of(style.tokens.get(token, ""))


def _at(style: Style, token: str) -> Place:
    """Where a token is set."""
    return style.token_places.get(token, ("styles", 0, 0))


CHECKS = (steps_alike, faint_signs)


def look(loaded: Loaded, style: Style) -> Iterator[Finding]:
    """Every finding on the colours that the dossier is set in."""
    return findings_by(CHECKS, loaded, style)
