"""Where pages stand on sheets: the sheet, its cells, and how pages are fitted into them.

Creep: in a saddle-stitched signature each sheet lies inside the sheets before it, so that its
leaves stand out at the fore-edge by their thickness, and lose as much when the edge is trimmed
even. The pages of sheet *n*, counted from 0 at the outside, are therefore moved towards the fold by
``n × caliper``. Over a whole signature that is (pages / 4 − 1) × caliper, as the manuals of Kodak
Preps (shingling) and Impozycjoner (reduction of creep) reckon it for paper that is pressed flat.
Loosely folded paper creeps up to π/2 times as far, the half circle against its diameter; a larger
``--caliper`` answers that. Lengths are points unless a name says millimetres.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tinycss2.color4 import Color, parse_color

from press.base.units import MM
from press.design.editions import FOLDED
from press.output.page_order import SheetSide, grid, saddle
from press.output.pdf import Size
from press.plates.style import millimetres

Tint = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""
Box = tuple[float, float, float, float]
"""Left, bottom, width and height."""

SHEETS: Mapping[str, Size] = {
    "a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "letter": (215.9, 279.4),
    "legal": (215.9, 355.6), "half-letter": (139.7, 215.9), "tabloid": (279.4, 431.8),
}  # fmt: skip
"""Papers, upright, in millimetres (ISO 216; ANSI Y14.1 and common use)."""


@dataclass(frozen=True)
class Options:
    """What the edition's tokens say of sheets. Lengths in points.

    ``signature`` is the number of sheets folded together, 0 for all; ``caliper`` the thickness of
    the paper, 0 for no compensation of creep; ``margin`` and ``gap`` stand around and between pages
    that are printed small. ``facing`` says that pages face one another in pairs. ``paper`` is the
    tint of pages, None for white.
    """

    caliper: float = 0.1 * MM
    signature: int = 0
    margin: float = 6 * MM
    gap: float = 4 * MM
    leftwards: bool = False
    facing: bool = False
    paper: Tint | None = None


@dataclass(frozen=True)
class Plan:
    """Sheets as they will be: their size, their cells, and the sides in the order of printing."""

    sheet: Size
    cells: tuple[Box, ...]
    sides: tuple[SheetSide, ...]
    folded: bool = False
    caliper: float = 0.0
    leaf: Size = (0.0, 0.0)
    paper: Tint | None = None

    @property
    def turned_short(self) -> bool:
        """Whether sheets are turned on their short edge: those that lie across."""
        return self.sheet[0] > self.sheet[1]


def options(tokens: Mapping[str, str], leftwards: bool = False) -> Options:
    """The options that an edition's tokens give; ``leftwards`` where its script runs so.

    Raises ValueError for a length that is none, or a signature that is no number.
    """
    return Options(
        caliper=length(tokens, "--caliper"),
        signature=int(tokens["--signature"]),
        margin=length(tokens, "--imposed-margin"),
        gap=length(tokens, "--imposed-gap"),
        leftwards=leftwards,
        facing=tokens["--facing"] == "yes",
        paper=_tint(tokens["--paper"]),
    )


def _tint(colour: str) -> Tint | None:
    """A colour of CSS; None for white, and for what is not written as red, green and blue."""
    found = parse_color(colour)
    if not isinstance(found, Color) or found.space not in ("srgb", "hsl", "hwb"):
        return None
    red, green, blue = found.to("srgb").coordinates
    return None if red == green == blue == 1 else (red, green, blue)


def length(tokens: Mapping[str, str], name: str) -> float:
    """A length among tokens in points; raises KeyError or ValueError where it is none."""
    return millimetres(tokens[name]) * MM


def cells(sheet: Size, columns: int, rows: int, margin: float, gap: float) -> tuple[Box, ...]:
    """Equal boxes on a sheet, row by row from the top left."""
    width = (sheet[0] - 2 * margin - (columns - 1) * gap) / columns
    height = (sheet[1] - 2 * margin - (rows - 1) * gap) / rows
    return tuple(
        (margin + column * (width + gap), sheet[1] - margin - height - row * (height + gap),
         width, height)
        for row in range(rows)
        for column in range(columns)
    )  # fmt: skip


def arranged(each: int, page: Size, sheet: Size, margin: float, gap: float) -> tuple[Size, int]:
    """The sheet, upright or across, and the columns that show ``each`` pages largest."""
    width, height = sorted(sheet)

    def scale(choice: tuple[Size, int]) -> float:
        (_, _, wide, high), *_ = cells(choice[0], choice[1], each // choice[1], margin, gap)
        return min(wide / page[0], high / page[1])

    ways = [
        (way, columns)
        for way in ((width, height), (height, width))
        for columns in range(1, each + 1)
        if each % columns == 0
    ]
    return max(ways, key=lambda way: (round(scale(way), 4), way[1]))


def plan(scheme: str, sizes: Sequence[Size], paper: str, options: Options) -> Plan:
    """How pages of ``sizes`` stand on sheets by ``scheme`` ("saddle", "2-up", "4-up").

    ``paper`` is what the pages are set on. Raises KeyError for a scheme that is none.
    """
    return _PLANS[scheme](sizes, paper, options)


def _saddled(sizes: Sequence[Size], paper: str, options: Options) -> Plan:
    wide, high = _usual(sizes)
    folded = FOLDED.get(paper)
    sheet = _across(SHEETS[folded]) if folded else (2 * wide, high)
    half = sheet[0] / 2
    sides = saddle(len(sizes), options.signature, options.leftwards)
    boxes = ((0.0, 0.0, half, sheet[1]), (half, 0.0, half, sheet[1]))
    return Plan(sheet, boxes, sides, True, options.caliper, (wide, high), options.paper)


def _up(each: int) -> Callable[[Sequence[Size], str, Options], Plan]:
    def planned(sizes: Sequence[Size], paper: str, options: Options) -> Plan:
        page = _usual(sizes)
        ground = _across(SHEETS[paper]) if paper in SHEETS else page
        sheet, columns = arranged(each, page, ground, options.margin, options.gap)
        rows = each // columns
        boxes = cells(sheet, columns, rows, options.margin, options.gap)
        order = grid(len(sizes), columns, rows, options.leftwards, options.facing)
        return Plan(sheet, boxes, order)

    return planned


_PLANS: Mapping[str, Callable[[Sequence[Size], str, Options], Plan]] = {
    "saddle": _saddled,
    "2-up": _up(2),
    "4-up": _up(4),
}
"""The ways in which pages are laid on sheets, by the names that editions give."""


def _usual(sizes: Sequence[Size]) -> Size:
    """The size of most pages."""
    return Counter((round(w, 2), round(h, 2)) for w, h in sizes).most_common(1)[0][0]


def _across(paper: Size) -> Size:
    """A paper in millimetres as points, the long edge across."""
    return max(paper) * MM, min(paper) * MM


class Placement(NamedTuple):
    """Where a page goes on its sheet: x ↦ scale · x + dx, y ↦ scale · y + dy."""

    scale: float
    dx: float
    dy: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page, on the sheet."""
        return self.scale * x + self.dx, self.scale * y + self.dy


def placed(trim: Box, cell: Box, toward: float = 0.0, hold: float = 0.5) -> Placement:
    """What puts a page, trimmed at ``trim``, into ``cell``.

    It is made smaller where it must, larger only where ``hold`` is 0.5; ``hold`` says where the
    room left over goes across: 0 holds the page at the left of its cell, 1 at the right.
    ``toward`` moves it to the right.
    """
    left, bottom, width, height = trim
    scale = min(cell[2] / width, cell[3] / height)
    if hold != 0.5 and scale > 1 - 1e-3:
        scale = 1.0
    dx = cell[0] + (cell[2] - width * scale) * hold + toward - left * scale
    dy = cell[1] + (cell[3] - height * scale) / 2 - bottom * scale
    return Placement(scale, dx, dy)


def in_column(laid: Plan, side: SheetSide, column: int, trim: Box) -> Placement:
    """What puts a page into a cell: at the fold, moved for creep, or in the middle of its cell."""
    if not laid.folded:
        return placed(trim, laid.cells[column])
    way = 1 - 2 * column  # the left page stands at the right of its cell, and moves rightwards
    return placed(trim, laid.cells[column], side.depth * laid.caliper * way, 1.0 - column)
