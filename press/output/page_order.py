"""The order of pages on sheets that are folded, or that show several pages at once.

A *side* is one printed side of a sheet, named by the numbers of its pages from left to right, row
by row; None is a blank.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Pages = tuple[int | None, ...]
"""Numbers of pages from 1; None is a blank."""

LEAVES = 4
"""Pages of a folded sheet."""


@dataclass(frozen=True)
class SheetSide:
    """What one side of a sheet carries; ``depth`` sheets lie outside it in its signature."""

    pages: Pages
    depth: int = 0
    back: bool = False


def saddle(pages: int, signature: int = 0, leftwards: bool = False) -> tuple[SheetSide, ...]:
    """Sides of sheets that are folded once and laid into one another, outermost first.

    Each sheet is its front and its back, turned over on the short edge. The last page is the back
    cover: blanks go before it. ``signature`` is the largest number of sheets folded together, 0 for
    all; the signatures are as even as can be. ``leftwards`` is bound at the right.
    """
    sheets = math.ceil(pages / LEAVES)
    blanks: list[int | None] = [None] * (sheets * LEAVES - pages)
    order = [*range(1, pages), *blanks, pages] if pages > 1 else [1, *blanks]
    sides: list[SheetSide] = []
    at = 0
    for folded in even(sheets, signature or sheets):
        part = order[at : at + folded * LEAVES]
        at += len(part)
        for depth in range(folded):
            front = part[-1 - 2 * depth], part[2 * depth]
            back = part[1 + 2 * depth], part[-2 - 2 * depth]
            for pair, behind in ((front, False), (back, True)):
                sides.append(SheetSide(pair[::-1] if leftwards else pair, depth, behind))
    return tuple(sides)


def even(sheets: int, most: int) -> tuple[int, ...]:
    """``sheets`` in as few parts of at most ``most`` as can be, the larger first."""
    parts = math.ceil(sheets / most)
    return tuple(sheets // parts + (part < sheets % parts) for part in range(parts))


def grid(
    pages: int, columns: int, rows: int, leftwards: bool = False, facing: bool = False
) -> tuple[SheetSide, ...]:
    """Sides with the pages in reading order, row by row, from the right where ``leftwards``.

    Where pages are ``facing`` 2 and 3 stand side by side, as in a bound copy, and a blank before
    the first; not where one side holds them all, nor on sides of one column.
    """
    each = columns * rows
    begin = 0 if facing and columns % 2 == 0 and pages > each else 1
    sides = []
    for number, first in enumerate(range(begin, pages + 1, each)):
        numbers = [n if 0 < n <= pages else None for n in range(first, first + each)]
        lines = [numbers[at : at + columns] for at in range(0, each, columns)]
        if leftwards:
            lines = [line[::-1] for line in lines]
        sides.append(SheetSide(tuple(n for line in lines for n in line), back=number % 2 == 1))
    return tuple(sides)
