"""Everything that one PDF is made from, as it stands in the record that travels inside."""

from __future__ import annotations

from dataclasses import replace

from press.base.document import Document, file_day
from press.output.provenance import Inputs, code, digests, enclosure
from press.typeset import engine
from press.views.view import Work


def inputs_of(work: Work) -> Inputs:
    """All that the PDF of ``work`` depends on."""
    press, lock = code()
    return Inputs(
        dossier=work.loaded.snapshot.slug,
        edition=work.edition.name,
        theme=work.theme,
        standard=work.edition.variant,
        content=digests(work.loaded.snapshot.files),
        design=digests(work.engine),
        press=press,
        lock=lock,
        libraries=engine.libraries(),
        paper=work.sheet,
        tile=work.tile,
    )


def recorded(work: Work, html: Document) -> Document:
    """``html`` with the record of all that it is made from, under the day of the dossier."""
    day = file_day(work.loaded.dossier.meta.issued.latest.number)
    return replace(html, enclosures=(*html.enclosures, enclosure(inputs_of(work))), day=day)
