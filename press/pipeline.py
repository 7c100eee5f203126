"""How a folder of content becomes PDFs: ten stages, numbered as in the README and ``--verbose``.

The command reads a dossier: 1 load, 2 check. For each edition a worker of its own makes a PDF of
it: 3 design, 4 plates, 5 prose, 6 render, 7 typeset, 8 proof, 9 finish. The command publishes what
is clean: 10 publish.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jinja2 import Environment

from press import plates
from press.base import folders
from press.base.document import Document
from press.base.finding import ContentError, Finding
from press.base.outcome import Outcome
from press.base.preferences import OURS, Preferences
from press.base.request import Request
from press.base.stages import Clock, Report, silent
from press.base.templates import environment
from press.checks.allowed import weighed
from press.checks.choices import project_faults, unknown_choices
from press.checks.counted import coverage_line
from press.classroom.prepare import prepare_handout, prepare_worksheets
from press.classroom.sets import SetMade, Share, make_set
from press.content.load import Loaded
from press.content.pictures import shown_on_pages
from press.content.project import Project
from press.content.snapshot import dossier_files, engine_files
from press.design.styles import Style, flatten
from press.design.unread import unread
from press.jobs import pool
from press.output import kept_html, manifest
from press.output.draft import draft
from press.output.finish import Printed, finishing
from press.output.inputs import inputs_of, recorded
from press.output.publish import publish as put_in_place
from press.prose import Prose
from press.typeset.economy import Economy, economy
from press.typeset.expected import Expected
from press.typeset.folios import Folios
from press.typeset.given import unsaid
from press.typeset.missing_glyphs import without_echoes
from press.typeset.proof import proof
from press.typeset.typeset import SetPages, probe_layout, typeset
from press.views import book, poster
from press.views.render import prints
from press.views.view import Bench, View, Work, plate_findings, unnamed_places
from press.views.words import read_prose

FINGERPRINT = 16
"""Figures of the content's digest that the colophon prints."""

VIEWS: Mapping[str, View] = {
    "book": book.prepare,
    "handout": prepare_handout,
    "poster": poster.prepare,
    "worksheet": prepare_worksheets,
}
"""The views by the name that an edition's row gives."""


@dataclass(frozen=True)
class Reading:
    """A dossier that was read, and what was found in it; None was ``loaded`` where none could be.

    ``key`` is the digest of its files, ``preferences_key`` that of these and of press.yaml.
    """

    slug: str
    outcome: Outcome
    loaded: Loaded | None = field(default=None, repr=False)
    key: str = ""
    preferences_key: str = ""

    @property
    def preferences(self) -> Preferences:
        """How it is printed where a command does not say."""
        return self.loaded.preferences if self.loaded else OURS


@dataclass(frozen=True)
class Made(Printed):
    """What came of one edition: the PDF as it is printed, and all that was noticed on the way.

    ``rounds`` are its page numbers and ``drawings`` its plates by key, which save the next build
    time; ``seconds`` are those of each stage, ``passes`` how often its pages were laid out,
    ``economy`` how well they are filled. Where the edition is stopped and its work asks for it,
    ``draft`` is the PDF that shows why. ``html`` is what was set, as files by name, where it was
    asked for.
    """

    rounds: tuple[Folios, ...] = field(default=(), repr=False)
    seconds: Mapping[str, float] = field(default_factory=dict)
    passes: int = 0
    economy: Economy | None = None
    drawings: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    html: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    draft: bytes = field(default=b"", repr=False)


def read(slug: str, request: Request, clock: Clock, project: Project) -> Reading:
    """Stages 1 and 2 of one dossier, once for all of its editions; ``project`` is press.yaml."""
    faults = project_faults(project, request.preferences)
    try:
        files = dossier_files(slug, rest=True)
        job = pool.ToRead(files, project.preferences, request.strict, faults)
        got = pool.read_apart(job, request.limits)  # 1, 2
    except ContentError as error:
        return Reading(slug, Outcome((*faults, *error.findings)))
    loaded = got.loaded
    clock.seconds.update(got.seconds)
    outcome = got.outcome + Outcome((*unknown_choices(loaded, request.preferences),))
    idle = unread(engine_files(), request.theme or loaded.preferences.theme)
    outcome += weighed(loaded, idle, request.strict)
    key = manifest.content_key(loaded.snapshot.label, loaded.snapshot.files)
    return Reading(slug, outcome, loaded, key, manifest.preferences_key(key, project.files))


def make(work: Work, report: Report = silent) -> Made:
    """Stages 3 to 9 of one edition; ``report`` gets the name of each as it begins.

    Raises ContentError where a stage cannot go on; what can wait comes back as ``findings``.
    """
    clock, row, loaded = Clock(report), work.edition, work.loaded
    with clock("design"):  # 3
        style = flatten(work.engine, work.theme, row.sheet_name, work.sheet)
        templates = environment(work.engine)
    drawings = listed_plates(work, style, templates, clock)  # 4
    with clock("prose"):  # 5
        prose = read_prose(loaded, templates, drawings)
    with clock("render"):  # 6
        prepared = VIEWS[row.view](bench_of(work, style, prose, clock, drawings))
    with clock("typeset"):  # 7
        pages = typeset(recorded(work, prepared.html), work.known)
    drawn = (*drawings.values(), *prepared.drawings)
    with clock("proof"):  # 8
        noticed = {
            *proof(pages, Expected.of(work, style, prepared.most_pages, drawn)),
            *prepared.proof(pages),
        }
        # What pupils fill in, and what is one sheet, has room left on purpose.
        book = prints(templates, row, ("chapters",))
        filled = economy(pages.layout) if book else None
    printed = Printed(pages.pdf, pages.pages)
    for step in finishing(work):
        with clock("finish"):  # 9
            printed = step(work, printed, style)
    known = (*(work.noticed or ()), *prepared.findings)
    findings = {
        *style.findings,
        *without_echoes(plate_findings(loaded, drawn), pages),
        *(() if row.worded else unnamed_places(loaded, drawings.values())),
        *prepared.findings,
        *unsaid(noticed, known),
        *printed.findings,
    }
    return Made(
        **{**vars(printed), "findings": tuple(sorted(findings))},
        rounds=pages.rounds,
        seconds=clock.seconds,
        passes=pages.passes,
        economy=filled,
        drawings=plates.to_keep(drawn),
        html=kept_html.with_files(pages.text, prepared.html.files) if work.keep_html else {},
        draft=_draft(work, pages, findings),
    )


def _draft(work: Work, pages: SetPages, findings: Iterable[Finding]) -> bytes:
    """The draft of a stopped edition; nothing where it is not stopped, or no draft is wanted."""
    if work.noticed is None:
        return b""
    counted = weighed(work.loaded, {*findings, *work.noticed}, work.strict)
    return draft(work, pages, counted.findings) if counted.stops else b""


def publish(
    work: Work, made: Made, key: str, noticed: Iterable[Finding], seconds: float
) -> manifest.BuiltPdf:
    """Stage 10: a PDF and its companions take their places, and what was made is noted.

    ``key`` is that of its inputs, ``noticed`` what was found before it was made, and ``seconds``
    is how long that took. Raises ContentError where the disk refuses.
    """
    dossier, folder = work.loaded.dossier, folders.output(work.loaded.snapshot.slug)
    for name, content in {work.name: made.pdf, **made.companions}.items():
        put_in_place(content, folder / name)
    entry = manifest.BuiltPdf(
        key=key,
        digest=manifest.digest_of(made.pdf),
        pages=made.pages,
        size=len(made.pdf),
        seconds=round(seconds, 2),
        findings=tuple(map(str, (*noticed, *made.findings))),
        rounds=made.rounds,
        advice=made.advice,
        companions={name: manifest.digest_of(content) for name, content in made.companions.items()},
        strict=dossier.meta.strict,
        coverage=coverage_line(work.loaded, "en"),
    )
    manifest.write(folder, {**manifest.read(folder), work.name: entry})
    manifest.write_drawings(folder, work.name, made.drawings)
    return entry


def class_set(share: Share, report: Report = silent) -> SetMade:
    """The same stages for the worksheets of many pupils; ``report`` gets how many are done."""
    work = share.work
    style = flatten(work.engine, work.theme, work.edition.sheet_name, work.sheet)
    prose = read_prose(work.loaded, environment(work.engine))
    return make_set(share, bench_of(work, style, prose, Clock()), report)


def listed_plates(
    work: Work, style: Style, templates: Environment, clock: Clock
) -> Mapping[str, plates.Drawing]:
    """The dossier's plates by id, where the edition's template prints them as they are listed."""
    dossier, files = work.loaded.dossier, work.loaded.snapshot.files
    if not dossier.plates.plates or not prints(templates, work.edition, ("plates", "chapters")):
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

    def probe(html: Document) -> tuple[int, Mapping[str, float]]:
        with clock("typeset"):
            return probe_layout(html)

    fingerprint = inputs_of(work).content_hash[:FINGERPRINT] if work.fingerprint else ""
    images = shown_on_pages(work.loaded.snapshot.files, style.stack("--face-sans")[0])
    return Bench(work, style, prose, images, probe, drawings or {}, fingerprint, clock)
