"""PDFium: what a PDF shows and says, page by page, read from its bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from ctypes import byref, c_float
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

Object = Any
"""Something that is printed on a page, as PDFium names it: good for as long as its page is."""
Bounds = tuple[float, float, float, float]
"""Left, bottom, right and top in points, from the lower left corner of a page."""


@contextmanager
def opened(pdf: bytes) -> Iterator[pdfium.PdfDocument]:
    """``pdf`` opened for as long as the block runs; raises pypdfium2.PdfiumError for what is none.

    Pages, and what is read from them, are not to be used after it.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def text_objects(page: pdfium.PdfPage, depth: int) -> Iterator[tuple[pdfium.PdfObject, str]]:
    """The objects of text on a page, and in its forms down to ``depth``, with the words of each."""
    text = page.get_textpage()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=depth):
        length = raw.FPDFTextObj_GetText(item, text, None, 0)  # in bytes, with its end
        buffer = (raw.FPDF_WCHAR * max(1, length // 2))()
        raw.FPDFTextObj_GetText(item, text, buffer, length)
        yield item, bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def objects(
    page: pdfium.PdfPage, kinds: Collection[int] = (), depth: int = 1
) -> Iterator[tuple[Object, int]]:
    """What is printed on a page, in that order, each with its kind; all kinds where none is named.

    Groups are looked into down to ``depth``. A wrapper for each object, as pypdfium2 makes them,
    costs more than all that is done here with thousands of them.
    """
    count = raw.FPDFPage_CountObjects(page.raw)
    for item in [raw.FPDFPage_GetObject(page.raw, number) for number in range(count)]:
        yield from _within(item, kinds, depth)


def _within(item: Object, kinds: Collection[int], depth: int) -> Iterator[tuple[Object, int]]:
    kind = raw.FPDFPageObj_GetType(item)
    if not kinds or kind in kinds:
        yield item, kind
    if kind == raw.FPDF_PAGEOBJ_FORM and depth > 1:
        for number in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _within(raw.FPDFFormObj_GetObject(item, number), kinds, depth - 1)


def bounds(item: Object) -> Bounds:
    """Where an object stands on its page."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    raw.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top))
    return left.value, bottom.value, right.value, top.value


@contextmanager
def left_out(items: Iterable[Object]) -> Iterator[None]:
    """Objects of a page that are not printed for as long as the block runs."""
    gone = list(items)
    for item in gone:
        raw.FPDFPageObj_SetIsActive(item, False)
    try:
        yield
    finally:
        for item in gone:
            raw.FPDFPageObj_SetIsActive(item, True)
