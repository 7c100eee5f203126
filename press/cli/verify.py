"""The verb ``verify``: was this PDF made from this content, and is it unchanged since?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from press.base import folders
from press.base.finding import ContentError, Finding, refusal
from press.base.limits import Limits
from press.base.outcome import NOTHING_FOUND, failed
from press.base.place import why
from press.base.request import Request
from press.cli.console import CLEAN, FINDINGS, show
from press.content.snapshot import dossier_files, engine_files
from press.design.editions import PAPERS, find
from press.jobs import pool
from press.jobs.works import last_build, work_for
from press.output import provenance
from press.output.inputs import inputs_of
from press.output.provenance import Inputs
from press.pipeline import make
from press.plates import NOTHING_KEPT
from press.views.view import Work

LARGEST = 1 << 30
"""Bytes of the largest PDF that is looked into."""


def verify(request: Request) -> int:
    """Says of each file whether it was made from this content, and if not, what differs."""
    outcome = NOTHING_FOUND
    for name in request.words:
        try:
            _verify(name, _file(name), request.limits)
        except OSError as error:
            message = f"cannot be read: {why(error)}"
            outcome += failed(refusal(name, "V701", message, "check its name"))
        except ContentError as error:
            outcome += failed(error)
    show(outcome.findings)
    return FINDINGS if outcome.findings else CLEAN


def _verify(name: str, pdf: bytes, bounds: Limits) -> None:
    """Prints that ``pdf`` was made from this content; raises ContentError with what is against."""
    record = pool.answer(provenance.read_from, pdf, bounds)
    if isinstance(record, str):
        raise refusal(name, "V702", record, "get it anew")
    if record is None:
        message = "does not say what it was made from"
        raise refusal(name, "V703", message, "ask for a PDF that this press has made")
    if record.dossier not in folders.slugs():
        message = f"was made from {record.dossier!r}, which content/ does not have"
        raise refusal(name, "V704", message, "verify it where its content is")
    known = find(record.edition), record.theme in folders.themes(), record.paper in PAPERS
    if not all(known):
        message = f"was made as edition {record.edition!r} in theme {record.theme!r}"
        message += f" on paper {record.paper!r}"
        raise refusal(name, "V704", message, "verify it with the press that has them")
    work = _remade(record, bounds)
    hint = "restore that input, or build the PDF anew"
    if differing := [
        Finding(name, 0, 0, "V705", f"was made from something else: {difference}", hint)
        for difference in provenance.differences(record, inputs_of(work))
    ]:
        raise ContentError(differing)
    if pdf != _pdf_of(work, bounds):
        message = "says that it was made from this content, but its bytes are others"
        raise refusal(name, "V706", message, "it was changed afterwards; build it anew")
    print(f"{name}: made from content/{record.dossier} ({record.content_hash[:16]}), unchanged")


def _file(name: str) -> bytes:
    """The bytes of a file that somebody names; raises OSError for a device, or a giant."""
    path = Path(name)
    if path.exists() and not path.is_file():
        raise OSError(0, "it is no file")
    with path.open("rb") as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise OSError(0, f"it has more than {LARGEST} bytes")
    return raw


def _remade(record: Inputs, bounds: Limits) -> Work:
    """The work that would make the PDF of ``record`` from what is here now; all of it is drawn."""
    pool.own_fonts()
    job = pool.ToRead(dossier_files(record.dossier), checked=False)
    loaded, last = pool.read_apart(job, bounds).loaded, last_build(record.dossier)
    asked = Request(theme=record.theme, paper=record.paper, standard=record.standard)
    work = work_for(loaded, record.edition, asked, engine_files(), last, tile=record.tile)
    return replace(work, kept=NOTHING_KEPT)


def _pdf_of(work: Work, bounds: Limits) -> bytes:
    """The bytes that ``work`` makes; raises ContentError where it cannot."""
    (done,) = pool.results(make, [work], bounds)
    if done.made is None:
        raise ContentError(pool.findings_of(done))
    pdf: bytes = done.made.pdf
    return pdf
