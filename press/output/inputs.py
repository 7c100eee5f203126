"""Everything that one PDF is made from, as it stands in the record that travels inside."""

from __future__ import annotations

from press.output.provenance import Inputs, code, digests
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
