"""PDFium: what a PDF shows and says, page by page, read from its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from pypdfium2 import raw


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
