"""Pictures and drawings that a style sheet of the author's lays something over.

The objects of a picture bear its mark for readers who listen; what is printed after them, and is
not of it, may lie over it. Then the page is printed with and without the picture, and that alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from press.base import pdfium
from press.base.finding import Rect
from press.typeset.blame import COVERING, suspects
from press.typeset.covered import AWAY, Ink, differs, pixels
from press.typeset.expected import Expected
from press.typeset.set_elements import SetElement
from press.typeset.typeset import SetPages

LEAST_OVER = 0.2
"""The share of a picture that something printed after it reaches over, for anybody to look."""
LEAST_SEEN = 0.5
"""The share of what a picture draws that has to be seen."""
LEAST_SIZE = 400.0
"""The area of a picture in square points below which it is a sign in a line."""
LEAST_INK = 50
"""Points in which a picture is other than white, for anybody to ask after it."""
NEAR = 0.7
"""The share of a picture's box in which all of its objects stand."""


def covered_pictures(pages: SetPages, expected: Expected) -> Iterator[SetElement]:
    """The pictures and drawings of which something covers the greater part."""
    large = [one for one in pages.elements if one.picture and one.box and _is_large(one.box)]
    if not pages.pdf or not large or not suspects(expected, COVERING):
        return
    with pdfium.opened(pages.pdf) as document:
        for number, found in groupby(large, key=lambda one: one.page):
            objects = _objects(document[number - 1])
            for picture in found:
                box = picture.box or (0.0, 0.0, 0.0, 0.0)
                mark = _mark(objects, document[number - 1].get_height(), box)
                if mark is None:
                    continue
                whole = pixels(document[number - 1], ())
                alone = _printed(document[number - 1], mark, own=True)
                without = _printed(document[number - 1], mark, own=False)
                ink = differs(alone, np.full_like(alone, 255))
                if _is_lost(box, ink, differs(whole, without)):
                    yield picture


def _is_large(box: Rect) -> bool:
    return (box[2] - box[0]) * (box[3] - box[1]) > LEAST_SIZE


Placed = tuple[int, Rect, int]
"""The number of an object in the order of print, its bounds, and its mark, -1 for none."""


def _objects(page: Any) -> list[Placed]:
    """What is printed on a page, but for words."""
    return [
        (number, one.get_bounds(), raw.FPDFPageObj_GetMarkedContentID(one.raw))
        for number, one in enumerate(page.get_objects(max_depth=1))
        if one.type != raw.FPDF_PAGEOBJ_TEXT
    ]


def _mark(objects: Sequence[Placed], tall: float, box: Rect) -> int | None:
    """The mark of a picture's objects, where something is printed over them; else None."""
    left, top, right, bottom = box
    area = left, tall - bottom, right, tall - top
    last = dict[int, int]()
    for number, bounds, mark in objects:
        if mark >= 0 and _share(bounds, area, bounds) >= NEAR:
            last[mark] = number
    for mark, number in last.items():
        after = (b for n, b, other in objects if n > number and other != mark)
        if any(_share(bounds, area, area) >= LEAST_OVER for bounds in after):
            return mark
    return None


def _share(one: Rect, other: Rect, whole: Rect) -> float:
    """The share of ``whole`` that two boxes have in common."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    area = max((whole[2] - whole[0]) * (whole[3] - whole[1]), 1e-6)
    return max(wide, 0.0) * max(tall, 0.0) / area


def _printed(page: Any, mark: int, own: bool) -> NDArray[np.int16]:
    """A page with nothing but what bears a mark, or with all else."""
    for item in list(page.get_objects(max_depth=1)):
        if (raw.FPDFPageObj_GetMarkedContentID(item.raw) == mark) is not own:
            raw.FPDFPageObj_Transform(item.raw, *AWAY)
    return pixels(page, ())


def _is_lost(box: Sequence[float], ink: Ink, seen: Ink) -> bool:
    left, top, right, bottom = (max(0, round(edge)) for edge in box)
    there, left_over = ink[top:bottom, left:right], seen[top:bottom, left:right]
    count = int(there.sum())
    return count >= LEAST_INK and int((there & left_over).sum()) < LEAST_SEEN * count
