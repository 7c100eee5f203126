"""Pages as pictures: what is drawn differently on two of them, and a page to look at."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pypdfium2
import shapely

from press.base.finding import Rect

CELL = 6
"""Points of a cell in which pictures are compared."""
SHADE = 24
"""Difference of shade, of 255, from which two dots are not the same."""

Grey = npt.NDArray[np.int16]
"""Rows of shades from 0 to 255, 72 dots to the inch."""


def picture(page: pypdfium2.PdfPage, scale: float) -> bytes:
    """A page as a PNG of few colours, ``scale`` dots to the point."""
    image = page.render(scale=scale).to_pil().convert("RGB")
    stream = io.BytesIO()
    image.quantize(64).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def differing(
    old: pypdfium2.PdfPage,
    new: pypdfium2.PdfPage,
    shift: tuple[float, float],
    ignored: Sequence[Rect],
) -> tuple[tuple[Rect, ...], tuple[Rect, ...]]:
    """Boxes around what is drawn differently, on both pages; what is ``ignored`` is not.

    ``shift`` is how far the new page has moved as a whole, in points. Words are ignored: they are
    compared by what they say, and a hair of kerning is nothing.
    """
    right, down = (round(value) for value in shift)
    differs = _differing(_grey(old), _grey(new), right, down)
    for left, top, end, bottom in ignored:
        rows = slice(max(0, int(top) - 2), int(bottom) + 3)
        differs[rows, max(0, int(left) - 2) : int(end) + 3] = False
    boxes = tuple(_regions(differs))
    return boxes, tuple((a + right, b + down, c + right, d + down) for a, b, c, d in boxes)


def _grey(page: pypdfium2.PdfPage) -> Grey:
    bitmap = page.render(scale=1, grayscale=True)
    dots: npt.NDArray[np.uint8] = bitmap.to_numpy().reshape(bitmap.height, -1)
    return dots[:, : bitmap.width].astype(np.int16)


def _differing(first: Grey, second: Grey, right: int, down: int) -> npt.NDArray[np.bool_]:
    """Where two pages differ, once the second is moved back; not where it has no dots then."""
    height, width = (min(a, b) for a, b in zip(first.shape, second.shape, strict=True))
    rows = slice(max(0, -down), min(height, height - down))
    columns = slice(max(0, -right), min(width, width - right))
    there = second[
        rows.start + down : rows.stop + down, columns.start + right : columns.stop + right
    ]
    differs = np.zeros(first.shape, bool)
    differs[rows, columns] = np.abs(first[rows, columns] - there) > SHADE
    return differs


def _regions(differs: npt.NDArray[np.bool_]) -> Iterator[Rect]:
    """Boxes around the regions of a picture that differ, cells that touch in one box."""
    height, width = differs.shape
    padded = np.zeros((-(-height // CELL) * CELL, -(-width // CELL) * CELL), bool)
    padded[:height, :width] = differs
    counts = padded.reshape(padded.shape[0] // CELL, CELL, -1, CELL).sum(axis=(1, 3))
    rows, columns = np.nonzero(counts > 1)
    touching = shapely.union_all(shapely.box(columns - 0.1, rows - 0.1, columns + 1.1, rows + 1.1))
    for left, top, right, bottom in shapely.bounds(shapely.get_parts(touching)).round() * CELL:
        yield int(left), int(top), int(right), int(bottom)
