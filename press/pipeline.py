"""How a dossier becomes a PDF, stage by stage; ``--verbose`` and the README number them alike.

The command has read the dossier's folder: 1 load, 2 check (``press.cli.reading``). ``make()``
carries on in a worker of its own, and hands back a PDF; the command publishes it: 10
(``press.output.publish``).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from press import plates
from press.base.document import Document, file_day
from press.base.finding import Finding
from press.base.stages import Clock, Report, silent
from press.classroom.prepare import prepare_handout, prepare_worksheets
from press.classroom.sets import SetMade, Share, make_set
from press.design.styles import Style, flatten
from press.output import provenance
from press.output.finish import Printed, finishing
from press.output.inputs import inputs_of
from press.output.pictures import bare
from press.prose import Prose
from press.typeset.expected import Expected
from press.typeset.folios import Folios
from press.typeset.proof import proof
from press.typeset.typeset import probe_layout, typeset
from press.views import poster, whole_book
from press.views.render import environment
from press.views.view import Bench, View, Work, plate_findings
from press.views.words import read_prose

FINGERPRINT = 16
"""Figures of the content's digest that the colophon prints."""


@dataclass(frozen=True)
class Made:
    """What came of one edition: the PDF as it is printed, and all that was noticed on the way.

    ``rounds`` are its page numbers and ``drawings`` its plates by key, which save the next build
    time; ``seconds`` are those of each stage.
    """

    pdf: bytes = field(repr=False)
    pages: int
    rounds: tuple[Folios, ...] = field(repr=False)
    findings: tuple[Finding, ...]
    seconds: Mapping[str, float]
    passes: int
    drawings: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    advice: tuple[str, ...] = ()
    companions: Mapping[str, bytes] = field(default_factory=dict, repr=False)


VIEWS: Mapping[str, View] = {
    "book": whole_book.prepare,
    "handout": prepare_handout,
    "poster": poster.prepare,
    "worksheet": prepare_worksheets,
}
"""The views by the name that an edition's row gives."""


def make(work: Work, report: Report = silent) -> Made:
    """Stages 3 to 9 of one edition; ``report`` is told the name of each as it begins.

    Raises ContentError where a stage cannot go on; what can wait comes back as ``findings``.
    """
    clock, row, loaded = Clock(report), work.edition, work.loaded
    with clock("design"):  # 3
        style = flatten(work.engine, work.theme, row.sheet_name, work.sheet)
        templates = environment(work.engine)
    drawings = listed_plates(work, style, clock)  # 4
    with clock("prose"):  # 5
        prose = read_prose(loaded, templates, drawings)
    with clock("render"):  # 6
        prepared = VIEWS[row.view](bench_of(work, style, prose, clock, drawings))
        html = _recorded(work, prepared.html)
    with clock("typeset"):  # 7
        pages = typeset(html, work.known)
    with clock("proof"):  # 8
        expected = _expected(work, style, prepared.most_pages)
        noticed = (*proof(pages, expected), *prepared.proof(pages))
    printed = Printed(pages.pdf, pages.pages)
    for step in finishing(work):
        with clock("finish"):  # 9
            printed = step(work, printed, style)
    drawn = (*drawings.values(), *prepared.drawings)
    findings = {*prepared.findings, *plate_findings(loaded, drawn), *noticed, *printed.findings}
    return Made(
        printed.pdf,
        printed.pages,
        pages.rounds,
        tuple(sorted(findings)),
        clock.seconds,
        pages.passes,
        plates.to_keep(drawn),
        printed.advice,
        printed.companions,
    )


def _expected(work: Work, style: Style, most_pages: int | None) -> Expected:
    """What the set pages are held against."""
    return Expected(
        work.name,
        frozenset(face.family for face in style.faces),
        work.loaded.snapshot,
        most_pages,
        work.engine,
        work.loaded,
        style.tokens,
        style.token_places,
        work.edition.printed,
    )


def class_set(share: Share, report: Report = silent) -> SetMade:
    """The same stages for the worksheets of many pupils; ``report`` is told how many are done."""
    work = share.work
    style = flatten(work.engine, work.theme, work.edition.sheet_name, work.sheet)
    prose = read_prose(work.loaded, environment(work.engine))
    return make_set(share, bench_of(work, style, prose, Clock()), report)


def listed_plates(work: Work, style: Style, clock: Clock) -> Mapping[str, plates.Drawing]:
    """The plates that the edition prints as the dossier lists them, by id."""
    dossier, files = work.loaded.dossier, work.loaded.snapshot.files
    if not work.edition.plates or not dossier.plates.plates:
        return {}
    with clock("plates"):
        return plates.draw(dossier, style, files, kept=work.kept)


def bench_of(
    work: Work,
    style: Style,
    prose: Prose,
    clock: Clock,
    drawings: Mapping[str, plates.Drawing] | None = None,
) -> Bench:
    """What the edition's view is made from."""

    def probe(html: Document, anchor: str) -> tuple[int, float]:
        with clock("typeset"):
            return probe_layout(html, anchor)

    fingerprint = inputs_of(work).content_hash[:FINGERPRINT] if work.fingerprint else ""
    images = pictures(work.loaded.snapshot.files)
    return Bench(work, style, prose, images, probe, drawings or {}, fingerprint, clock)


def _recorded(work: Work, html: Document) -> Document:
    """``html`` with the record of all that it was made from, under the day of the dossier."""
    day = file_day(work.loaded.dossier.meta.issued.latest.number)
    record = provenance.enclosure(inputs_of(work))
    return replace(html, enclosures=(*html.enclosures, record), day=day)


def pictures(content: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures among a dossier's files, which alone its pages may show, and as bare as can be.

    What is no whole picture is left out; a page that asks for it is told.
    """
    found: dict[str, bytes] = {}
    for name, raw in content.items():
        if name.startswith("images/") and not name.endswith((".yaml", ".md", ".txt")):
            with suppress(ValueError):
                found[name] = bare(raw)
    return found
