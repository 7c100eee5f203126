"""Which standards a PDF keeps, and what travels with it: PDF/A, PDF/UA, attached files."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from press.base.document import Document
from press.typeset import tagging
from press.typeset.engine import Attachment, RenderedDocument
from press.typeset.xmp import claiming


@dataclass(frozen=True)
class Standard:
    """A pair of standards: what WeasyPrint is asked for, and the PDF/UA part claimed beside it.

    ``checks`` are the validator's names of the profiles that the file must pass.
    """

    variant: str
    accessibility: int
    checks: tuple[str, ...]


STANDARDS: Mapping[str, Standard] = {
    "pdf/a-3a+ua-1": Standard("pdf/a-3a", 1, ("3a", "ua1")),
    "pdf/a-4f+ua-2": Standard("pdf/a-4f", 2, ("4f", "ua2")),
}
"""The pairs by the name that an edition gives. Any other name is WeasyPrint's own."""


def options(variant: str) -> dict[str, str]:
    """What WeasyPrint must know of ``variant`` before it lays out pages."""
    standard = STANDARDS.get(variant)
    return {"pdf_variant": standard.variant if standard else variant}


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
    standard = STANDARDS.get(html.variant)
    if standard is not None:
        metadata.generate_rdf_metadata = claiming(
            metadata.generate_rdf_metadata, standard.accessibility
        )
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
