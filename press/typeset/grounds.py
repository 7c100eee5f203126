"""What lies under letters on a picture or a gradient: read from the printed page without its words.

Style sheets do not say it: only the page shows which part of a picture a line stands on.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import PdfPage, raw

from press.base import pdfium
from press.design.contrast import Rgb, contrast
from press.typeset.layout import Layout, PlacedPicture, TextLine, TextRun

Pixels = NDArray[np.uint8]
"""The colours of a page, a pixel for each point."""
WORST = 0.1
"""The share of the ground that may hold out less than what is taken for it."""


def with_grounds(layout: Layout, pdf: bytes) -> Layout:
    """``layout`` with the ground of each run that stands on a picture, as ``pdf`` prints it."""
    on_picture = {line for line in layout.lines if _pictured(line, layout.pictures)}
    if not on_picture:
        return layout
    with pdfium.opened(pdf) as document:
        pages = {n: _without_words(document[n - 1]) for n in {line.page for line in on_picture}}
    lines = (
        _grounded(line, pages[line.page]) if line in on_picture else line for line in layout.lines
    )
    return replace(layout, lines=tuple(lines))


def _pictured(line: TextLine, pictures: tuple[PlacedPicture, ...]) -> bool:
    """Whether a line stands on a background with a picture, or lies over a picture."""
    x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return any(run.pictured for run in line.runs) or any(
        one.page == line.page and one.source and one.box[0] < x < one.box[2]
        and one.box[1] < y < one.box[3]
        for one in pictures
    )  # fmt: skip


def _without_words(page: PdfPage) -> Pixels:
    for item in list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1)):
        page.remove_obj(item)
    return np.asarray(page.render(scale=1).to_pil().convert("RGB"))


def _grounded(line: TextLine, page: Pixels) -> TextLine:
    left, top, right, bottom = (max(0, round(edge)) for edge in line.box)
    seen = page[top : max(bottom, top + 1), left : max(right, left + 1)].reshape(-1, 3)
    if not len(seen):
        return line
    colours, counts = np.unique(seen // 8 * 8 + 4, axis=0, return_counts=True)
    return replace(line, runs=tuple(_run(run, colours, counts) for run in line.runs))


def _run(run: TextRun, colours: Pixels, counts: NDArray[np.intp]) -> TextRun:
    """A run with the colour for its ground that all but the worst of what is there holds out."""
    grounds: list[Rgb] = [(r / 255, g / 255, b / 255) for r, g, b in colours.tolist()]
    ratios = [contrast(run.ink, ground) for ground in grounds]
    ranked = sorted(zip(ratios, counts.tolist(), grounds, strict=True))
    left = WORST * float(counts.sum())
    for _, count, ground in ranked:
        left -= count
        if left <= 0:
            return replace(run, ground=ground)
    return run
