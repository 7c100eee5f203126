"""Which standards a PDF keeps, and what travels with it: PDF/A, PDF/UA, attached files."""

from __future__ import annotations

import io
import os
import warnings
from datetime import UTC, datetime

from press.base.document import Document
from press.typeset import tagging
from press.typeset.engine import Attachment, RenderedDocument
from press.typeset.xmp import claiming


def options(variant: str) -> dict[str, str]:
    """What WeasyPrint must know of ``variant`` before it lays out pages."""
    return {"pdf_variant": _pair(variant)[0]}


def _pair(variant: str) -> tuple[str, int]:
    """What WeasyPrint is asked for, and the part of PDF/UA that is claimed beside it, 0 for none.

    A name such as "pdf/a-3a+ua-1" is one of the pairs that an edition gives; any other is
    WeasyPrint's own.
    """
    asked, _, part = variant.partition("+ua-")
    return asked, int(part or 0)


def write(document: RenderedDocument, html: Document) -> bytes:
    """The PDF of ``document``, in the standards of ``html``, with its enclosures attached.

    The file and its enclosures have the dates of ``html``, so that the clock has no say in them.
    """
    metadata = document.metadata
    dated = _dated(html.day)
    if html.day:
        metadata.created, metadata.modified = html.day, html.modified or html.day
        os.environ["SOURCE_DATE_EPOCH"] = f"{dated.timestamp():.0f}"  # fontTools dates fonts by it
    metadata.attachments = [
        *metadata.attachments,
        *(
            Attachment(
                file_obj=io.BytesIO(enclosure.content),
                name=enclosure.name,
                description=enclosure.description,
                relationship=enclosure.relationship,
                created=dated,
                modified=dated,
            )
            for enclosure in sorted(html.enclosures, key=lambda e: e.name)  # as in a name tree
        ),
    ]
    if part := _pair(html.variant)[1]:
        metadata.generate_rdf_metadata = claiming(metadata.generate_rdf_metadata, part)
    buffer = io.BytesIO()
    with tagging.own_tags(document), warnings.catch_warnings():
        # WeasyPrint opens its colour profile and leaves it to the garbage collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        document.write_pdf(buffer, pdf_tags=True, **options(html.variant))
    return buffer.getvalue()


def _dated(day: str) -> datetime:
    if not day:
        return datetime.fromtimestamp(0, UTC)
    return datetime.fromisoformat(day).replace(tzinfo=UTC)
