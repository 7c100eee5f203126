"""The verb ``verify``: was this PDF made from this content, and is it unchanged since?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from press.base import folders
from press.base.finding import ContentError, Finding
from press.base.limits import Limits
from press.base.request import Request
from press.cli.console import CLEAN, FINDINGS, show
from press.content.load import load
from press.content.snapshot import dossier_files, engine_files
from press.design.editions import find, in_standard, named
from press.jobs import pool
from press.output import manifest, provenance
from press.output.inputs import inputs_of
from press.output.provenance import Inputs
from press.pipeline import make
from press.views.view import Work

LARGEST = 1 << 30
"""Bytes of the largest PDF that is looked into."""


def verify(request: Request) -> int:
    """Says of each file whether it was made from this content, and if not, what differs."""
    findings: list[Finding] = []
    for name in request.words:
        try:
            findings.extend(_verified(name, _file(name), request.limits))
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            findings.append(Finding(name, 0, 0, "V701", f"cannot be read: {why}", "check its name"))
        except ContentError as error:
            findings.extend(error.findings)
    show(findings)
    return FINDINGS if findings else CLEAN


def _verified(name: str, pdf: bytes, bounds: Limits) -> Iterator[Finding]:
    """What speaks against ``pdf`` being made from this content; prints it where nothing does."""
    record = pool.answer(provenance.read_from, pdf, bounds)
    if isinstance(record, str):
        yield Finding(name, 0, 0, "V702", record, "get it anew")
        return
    if record is None:
        message = "does not say what it was made from"
        yield Finding(name, 0, 0, "V703", message, "ask for a PDF that this press has made")
        return
    if record.dossier not in folders.slugs():
        message = f"was made from {record.dossier!r}, which content/ does not have"
        yield Finding(name, 0, 0, "V704", message, "verify it where its content is")
        return
    known = find(record.edition), record.theme in folders.themes(), record.paper in folders.papers()
    if not all(known):
        message = f"was made as edition {record.edition!r} in theme {record.theme!r}"
        message += f" on paper {record.paper!r}"
        yield Finding(name, 0, 0, "V704", message, "verify it with the press that has them")
        return
    work = _remade(record)
    differing = list(provenance.differences(record, inputs_of(work)))
    for difference in differing:
        hint = "restore that input, or build the PDF anew"
        yield Finding(name, 0, 0, "V705", f"was made from something else: {difference}", hint)
    if differing:
        return
    if pdf != _pdf_of(work, bounds):
        message = "says that it was made from this content, but its bytes are others"
        yield Finding(name, 0, 0, "V706", message, "it was changed afterwards; build it anew")
        return
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


def _remade(record: Inputs) -> Work:
    """The work that would make the PDF of ``record`` from what is here now."""
    pool.own_fonts()
    slug = record.dossier
    loaded = load(dossier_files(slug))
    name = f"{slug}-{record.edition}.pdf"
    last = manifest.read(folders.output(slug)).get(name)
    known = last.rounds if last else ()
    return Work(
        name,
        loaded,
        in_standard(named(record.edition), record.standard),
        record.theme,
        engine_files(),
        record.paper,
        record.tile,
        known,
    )


def _pdf_of(work: Work, bounds: Limits) -> bytes:
    """The bytes that ``work`` makes; raises ContentError where it cannot."""
    (done,) = pool.results(make, [work], bounds)
    if done.made is None:
        raise ContentError(pool.findings_of(done))
    pdf: bytes = done.made.pdf
    return pdf
