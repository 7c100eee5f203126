"""What stands around a trimmed page for the printer: crop marks, targets, a bar of inks, a label.

The marks stand outside the bleed, in every ink at once. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name

from press.base.units import MM
from press.output.pdf import Edges, numbers
from press.plates.fonts import FontFile

SLUG = 9 * MM
"""Room for marks around the bleed."""
MARK = 5 * MM
"""Length of a crop mark."""
CLEAR = 1 * MM
"""Distance of a crop mark from the bleed."""
PATCH = 4 * MM
"""Side of a patch of the colour bar."""
LABEL = 5.5
"""Size of the words in the slug."""


def registration() -> Array:
    """The colour that stands on every plate (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def marks(trim: Edges, bleed: float) -> str:
    """Crop marks at the corners, targets at the middle of the edges, a bar of inks at the foot."""
    left, bottom, right, top = trim
    near, far = bleed + CLEAR, bleed + CLEAR + MARK
    lines = []
    for x, way in ((left, -1), (right, 1)):
        lines += [(x + way * near, y, x + way * far, y) for y in (bottom, top)]
    for y, way in ((bottom, -1), (top, 1)):
        lines += [(x, y + way * near, x, y + way * far) for x in (left, right)]
    out = [_stroke(lines)]
    middle, centre, off = (left + right) / 2, (bottom + top) / 2, bleed + SLUG / 2
    for x, y in (
        (left - off, centre), (right + off, centre), (middle, bottom - off), (middle, top + off)
    ):  # fmt: skip
        out.append(_target(x, y, 2 * MM))
    x, y = left + 10 * MM, bottom - bleed - SLUG / 2 - PATCH / 2
    for number, inks in enumerate(_BAR):
        shade = " ".join(inks).replace("5", ".5")
        out.append(f"{shade} k {numbers(x + number * PATCH, y, PATCH, PATCH)} re f\n")
    return f"q 0.25 w /Registration CS 1 SCN {''.join(out)}Q\n"


_BAR = (
    "1000", "0100", "0010", "0001", "1100", "1010", "0110", "5000", "0500", "0050", "0005",
)  # fmt: skip
"""Inks of the patches: 1 for all of one, 5 for half of it."""


def _stroke(lines: Sequence[Edges]) -> str:
    return "".join(f"{numbers(*line[:2])} m {numbers(*line[2:])} l S\n" for line in lines)


def _target(x: float, y: float, radius: float) -> str:
    """A circle with a cross through it."""
    r, c = radius * 0.6, radius * 0.6 * 0.5523
    circle = (
        f"{numbers(x + r, y)} m {numbers(x + r, y + c, x + c, y + r, x, y + r)} c "
        f"{numbers(x - c, y + r, x - r, y + c, x - r, y)} c "
        f"{numbers(x - r, y - c, x - c, y - r, x, y - r)} c "
        f"{numbers(x + c, y - r, x + r, y - c, x + r, y)} c s\n"
    )
    cross = [(x - radius, y, x + radius, y), (x, y - radius, x, y + radius)]
    return circle + _stroke(cross)


def label(face: FontFile, words: str, trim: Edges, bleed: float) -> str:
    """Words in the slug at the head, as outlines, so that they bring no font along."""
    x, y = trim[0] + 10 * MM, trim[3] + bleed + SLUG / 2 - LABEL / 3
    out = []
    for character in words:
        for contour in face.contours(face.glyph(character)):
            points = [(x + px * LABEL, y + py * LABEL) for px, py in contour]
            first, *rest = points
            out.append(f"{numbers(*first)} m ")
            out += [f"{numbers(*point)} l " for point in rest]
            out.append("h\n")
        x += face.advance(character) * LABEL
    return f"q 0 0 0 1 k {''.join(out)}f Q\n"
