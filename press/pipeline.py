"""One edition of one dossier, from what was loaded to its proof. The stages, in order."""

from __future__ import annotations

import os
import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version

from jinja2 import Environment
from markupsafe import Markup

from press import locale, plates
from press.base.document import Document
from press.base.finding import ContentError, Finding
from press.checks.look import look
from press.checks.walk import walk
from press.citations import CitationError, Citations
from press.classroom import handout, worksheet
from press.classroom.handout import HandoutView
from press.classroom.leaks import leaks
from press.classroom.outline import outline
from press.classroom.overflow import overflow_advice
from press.classroom.roster import Pupil, nobody
from press.classroom.worksheet import Worksheets
from press.content.headings import headings
from press.content.load import Loaded
from press.content.model import Meta
from press.design import styles
from press.design.editions import Edition, paper_for
from press.output import data, provenance, tile
from press.output.impose import MM, impose, length, options
from press.output.job_sheet import jobsheet
from press.output.pictures import bare
from press.output.prepress import HEAVIEST, VERSION, Measured, prepress
from press.output.to_grayscale import GREY, grey
from press.prose import Prose
from press.typeset import engine, proof, typeset
from press.typeset.expected import Expected
from press.typeset.folios import Folios
from press.views import appendix, index, poster
from press.views import book as views
from press.views.bench import Bench
from press.views.colophon import Production
from press.views.mentions import marked as marked_mentions
from press.views.poster import PosterView
from press.views.render import environment, render
from press.views.strip_links import UnlinkedProse
from press.views.values import NOTHING

SOFTWARE = ("weasyprint", "jinja2", "markdown", "citeproc-py", "pyproj", "shapely")
"""Packages whose versions the colophon prints."""

FINGERPRINT = 16
"""Figures of the content's digest that the colophon prints."""

PICTURE = "picture"
"""The anchor at which the picture of a handout begins."""

INDEX = "index"
"""The anchor of the index, where an edition has one."""

Report = Callable[[str], None]
Sheets = PosterView | HandoutView | Worksheets
"""The views of what is no book."""


class Clock:
    """Seconds spent in each stage."""

    def __init__(self, report: Report) -> None:
        self.seconds: dict[str, float] = {}
        self._report = report
        self._name, self._since = "", time.perf_counter()

    def stage(self, name: str) -> None:
        """The stage before ends here, and ``name`` begins."""
        now = time.perf_counter()
        if self._name:
            self.seconds[self._name] = now - self._since
        self._name, self._since = name, now
        if name:
            self._report(name)


@dataclass(frozen=True)
class Job:
    """One PDF to make, as values: nothing here is read from disk again.

    ``known`` are the page numbers of the last build, ``drawings`` its plates by key; both only save
    time. ``engine_version`` stands for the code and the atlas that drew them. ``paper`` is the one
    asked for, "" for the edition's own; ``tile`` the paper of the sheets to cut it into, or "".
    ``fingerprint`` prints the content's digest in the colophon; a comparison leaves it out.
    ``pupils`` are those for whom worksheets are printed, ``batch`` of them to a PDF;
    ``first`` is the number of the first of them in the whole set.
    """

    name: str
    loaded: Loaded = field(repr=False)
    edition: Edition
    theme: str
    key: str
    engine: Mapping[str, bytes] = field(repr=False)
    known: tuple[Folios, ...] = field(default=(), repr=False)
    noticed: tuple[Finding, ...] = ()
    drawings: dict[str, bytes] = field(default_factory=dict, repr=False)
    engine_version: str = ""
    paper: str = ""
    tile: str = ""
    strict: bool = False
    fingerprint: bool = True
    pupils: tuple[Pupil, ...] = field(default=(), repr=False)
    batch: int = 1
    first: int = 1

    @property
    def sheet(self) -> str:
        """The paper that it is set on."""
        return paper_for(self.edition, self.paper)


@dataclass(frozen=True)
class Made:
    """What came of a job.

    ``advice`` says how its sheets are to be printed; ``beside`` are files that go with it, by name.
    """

    pdf: bytes = field(repr=False)
    pages: int
    rounds: tuple[Folios, ...] = field(repr=False)
    findings: tuple[Finding, ...]
    seconds: Mapping[str, float]
    passes: int
    drawings: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    advice: tuple[str, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Prepared:
    """A document ready to be set, and what was noticed while making it.

    ``sheets`` is the view of a handout or of worksheets.
    """

    html: Document = field(repr=False)
    families: frozenset[str]
    findings: tuple[Finding, ...]
    style: styles.Style = field(repr=False)
    drawings: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    sheets: HandoutView | Worksheets | None = field(default=None, repr=False)


def make(job: Job, report: Report = lambda _: None) -> Made:
    """Sets one edition; ``report`` hears the name of each stage as it begins.

    Raises ContentError where a stage cannot go on; what can wait comes back as ``findings``.
    """
    clock = Clock(report)
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch(job.loaded.dossier.meta.issued.latest.number))
    prepared = prepare(job, clock)
    clock.stage("typeset")
    pages = typeset.typeset(prepared.html, job.known)
    clock.stage("proof")
    expected = Expected(
        job.name,
        prepared.families,
        job.loaded.snapshot,
        None if prepared.sheets else job.edition.most_pages,
        job.engine,
        job.loaded,
        prepared.style.tokens,
        prepared.style.token_places,
        job.edition.printed,
    )
    noticed = (*proof.proof(pages, expected), *for_class(job, prepared, pages))
    clock.stage("impose")
    printed = for_print(job, pages.pdf, pages.pages, prepared.style)
    clock.stage("")
    return Made(
        printed.pdf,
        printed.pages,
        pages.rounds,
        tuple(sorted({*prepared.findings, *noticed, *printed.findings})),
        clock.seconds,
        pages.passes,
        prepared.drawings,
        printed.advice,
        printed.beside,
    )


@dataclass(frozen=True)
class Printed:
    """A PDF as its edition is printed, and what a printer is told: in words, and in other files."""

    pdf: bytes = field(repr=False)
    pages: int
    advice: tuple[str, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    findings: tuple[Finding, ...] = ()


def for_print(job: Job, pdf: bytes, pages: int, style: styles.Style) -> Printed:
    """The set pages in grey, on sheets, or made ready for a print shop, as the edition asks."""
    if job.tile:
        return for_tiles(job, pdf)
    if job.edition.inks == GREY:
        pdf = grey(pdf)
    if job.edition.scheme:
        leftwards = locale.right_to_left(job.loaded.dossier.meta.language)
        laid = impose(pdf, job.edition.scheme, job.sheet, options(style.tokens, leftwards))
        findings = tuple(shrunk_findings(job.name, laid.shrunk))
        return Printed(laid.pdf, laid.sides, laid.advice, findings=findings)
    if job.edition.inks not in ("", GREY):
        return for_shop(job, pdf, pages, style)
    return Printed(pdf, pages)


def shrunk_findings(name: str, shrunk: Sequence[tuple[int, float]]) -> Iterator[Finding]:
    """P452: a page that had to be made smaller to fit its leaf."""
    for page, scale in shrunk:
        message = f"page {page} is larger than a leaf, and is printed at {100 * scale:.0f} %"
        hint = "give its plate size: page, or leave it to the dossier edition"
        yield Finding(name, 0, 0, "P452", message, hint, page)


def for_tiles(job: Job, pdf: bytes) -> Printed:
    """The one page of ``pdf`` on many sheets, with the plan by which they are joined."""
    style = styles.flatten(job.engine, job.theme, "tiles", job.tile)
    tiling = tile.plan(tile.size_of(pdf), tile.paper_of(style))
    html = replace(
        tile.sheets(tiling, job.loaded.dossier, style, environment(job.engine)),
        enclosures=(provenance.enclosure(inputs_of(job)),),
        day=_day(epoch(job.loaded.dossier.meta.issued.latest.number)),
    )
    marks = typeset.typeset(html)
    advice = (
        f"print at 100 %, on one side; page 1 says how the {marks.pages - 1} sheets are joined",
    )
    made = tile.assembled(pdf, marks.pdf, tiling, tile.PLAN_AT)
    return Printed(made, marks.pages, advice)


def for_shop(job: Job, pdf: bytes, pages: int, style: styles.Style) -> Printed:
    """Pages with bleed and inks, and the job sheet beside them."""
    meta = job.loaded.dossier.meta
    stem = job.name.removesuffix(".pdf")
    bleed = length(style.tokens, "--bleed")
    font = style.font(style.stack("--face-sans")[0])
    made, report = prepress(pdf, job.edition.inks, bleed, stem, font)
    plain = styles.flatten(job.engine, job.theme, "job-sheet", job.sheet)
    caliper = length(style.tokens, "--caliper")
    html = jobsheet(report, job.loaded.dossier, job.name, caliper, plain, environment(job.engine))
    sheet = typeset.typeset(replace(html, day=_day(epoch(meta.issued.latest.number))))
    advice = (
        f"for the print shop: {VERSION}, {report.condition.name}, {bleed / MM:g} mm of bleed; "
        f"send {stem}-job.pdf with it",
    )
    findings = tuple(shop_findings(job.name, report))
    return Printed(made, pages, advice, {f"{stem}-job.pdf": sheet.pdf}, findings)


def shop_findings(name: str, found: Measured) -> Iterator[Finding]:
    """P450: not what a print shop takes; P451: will not dry as it should."""
    for fault in dict.fromkeys(found.faults):
        yield Finding(name, 0, 0, "P450", f"not {VERSION}: {fault}", "report this fault")
    if found.heaviest > HEAVIEST:
        message = f"{100 * found.heaviest:.0f} % of ink in one place; paper takes 300 %"
        hint = "lighten the darkest colour of the theme that is written as device-cmyk()"
        yield Finding(name, 0, 0, "P451", message, hint)


def prepare(job: Job, clock: Clock | None = None) -> Prepared:
    """Plates, prose and templates: all that comes before typesetting."""
    clock = clock or Clock(lambda _: None)
    if job.edition.reads != "book":
        return prepare_sheets(job, clock)
    loaded, dossier = job.loaded, job.loaded.dossier
    content = loaded.snapshot.files

    clock.stage("plates")
    style = styles.flatten(job.engine, job.theme, job.edition.sheet_name, job.sheet)
    templates = environment(job.engine)
    kept = plates.Kept(job.engine_version, job.drawings)
    drawings = plates.draw(dossier, style, content, kept=kept)

    clock.stage("prose")
    citations = cited(loaded)
    figures: dict[str, Markup] = {}
    prose = Prose(dossier, citations, templates, figures, written(loaded))
    for ident, drawing in drawings.items():
        figures[ident] = plates.figure(drawing, templates, dossier, prose.cite_link)
    inputs = inputs_of(job)
    digest = inputs.content_hash[:FINGERPRINT] if job.fingerprint else ""
    made = Production(_faces(style, content), _software(), digest)
    book = views.view(dossier, prose, drawings, figures, style, made)

    clock.stage("render")
    html, unmet = set_in_words(loaded, book, job.edition, style, templates)
    html = replace(
        html,
        enclosures=(*data.enclosures(dossier, book), provenance.enclosure(inputs)),
        day=_day(epoch(dossier.meta.issued.latest.number)),
        modified=_revised(dossier.meta),
    )
    families = frozenset(face.family for face in style.faces)
    findings = (
        *prose.findings,
        *plate_findings(loaded, drawings),
        *unmet,
        *look(loaded, style),
    )
    return Prepared(html, families, findings, style, plates.to_keep(drawings.values()))


def for_class(job: Job, prepared: Prepared, pages: typeset.SetPages) -> Iterator[Finding]:
    """What only the pages of a handout or a worksheet can have wrong."""
    view = prepared.sheets
    if isinstance(view, HandoutView) and pages.pages != job.edition.most_pages:
        yield from overflow_advice(job.loaded, view, pages, job.name)
    if isinstance(view, Worksheets) and not view.answers:
        yield from leaks(job.loaded, view, pages.pdf, provenance.NAME, job.name)


def prepare_sheets(job: Job, clock: Clock) -> Prepared:
    """The handout, or worksheets with or without answers: views of their own, and no notes."""
    clock.stage("plates")
    bench, document = workshop(job)
    view: Sheets
    if job.edition.reads == "poster":

        def measured(view: PosterView, anchor: str) -> float:
            return typeset.probe_layout(document(view), anchor)[1]

        view, drawings = poster.view(bench, measured)
    elif job.edition.reads == "handout":

        def tried(view: HandoutView) -> typeset.Probed:
            return typeset.probe_layout(document(view), PICTURE)

        view, drawings = handout.view(bench, tried, job.edition.most_pages or 2)
    else:
        task = outline(bench, job.edition.answers)
        pupils = job.pupils or (nobody(job.loaded.dossier.slug),)
        view = worksheet.view(bench.prose, pupils, task, job.edition.answers)
        drawings = task.drawings
    clock.stage("render")
    html = document(view)
    families = frozenset(face.family for face in bench.style.faces)
    findings = (*bench.prose.findings, *plate_findings(job.loaded, {d.id: d for d in drawings}))
    sheets = None if isinstance(view, PosterView) else view
    return Prepared(html, families, findings, bench.style, plates.to_keep(drawings), sheets)


def workshop(job: Job) -> tuple[Bench, Callable[[Sheets], Document]]:
    """What sheets are made with, and what makes a document of a view of them."""
    loaded = job.loaded
    style = styles.flatten(job.engine, job.theme, job.edition.sheet_name, job.sheet)
    templates = environment(job.engine)
    kept = plates.Kept(job.engine_version, job.drawings)
    prose = UnlinkedProse(loaded.dossier, cited(loaded), templates, {}, written(loaded))
    bench = Bench(loaded, style, templates, kept, prose)
    images = pictures(loaded.snapshot.files)
    day = _day(epoch(loaded.dossier.meta.issued.latest.number))
    # A class set bears names, so it says nothing of itself; a pupil's sheet takes no data along.
    record = () if job.pupils else (provenance.enclosure(inputs_of(job)),)

    def document(view: Sheets) -> Document:
        made = render(view, job.edition, style, templates, images)
        return replace(made, enclosures=record, day=day)

    return bench, document


@dataclass(frozen=True)
class SetMade:
    """A share of a class set: a PDF for each batch of pupils, in their order."""

    pdfs: tuple[bytes, ...] = field(repr=False)
    pages: int
    findings: tuple[Finding, ...]


def make_set(job: Job, report: Report = lambda _: None) -> SetMade:
    """Sets the sheets of ``job.pupils``, ``job.batch`` of them in each PDF.

    ``report`` hears how many sheets are done. What all sheets share is made once.
    """
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch(job.loaded.dossier.meta.issued.latest.number))
    bench, document = workshop(job)
    task = outline(bench, job.edition.answers)
    families = frozenset(face.family for face in bench.style.faces)
    expected = Expected(job.name, families, job.loaded.snapshot, None, job.engine)
    pdfs: list[bytes] = []
    findings: dict[Finding, None] = {}
    pages = 0
    for start in range(0, len(job.pupils), job.batch):
        pupils = job.pupils[start : start + job.batch]
        view = worksheet.view(bench.prose, pupils, task, job.edition.answers)
        prepared = Prepared(document(view), families, (), bench.style, sheets=view)
        done = typeset.typeset(prepared.html)
        findings |= dict.fromkeys((*proof.proof(done, expected), *for_class(job, prepared, done)))
        pdfs.append(done.pdf)
        pages += done.pages
        report(f"{start + len(pupils)}")
    shown = plate_findings(job.loaded, {d.id: d for d in task.drawings})
    return SetMade(tuple(pdfs), pages, tuple(sorted({*findings, *bench.prose.findings, *shown})))


def set_in_words(
    loaded: Loaded,
    book: views.Book,
    edition: Edition,
    style: styles.Style,
    templates: Environment,
) -> tuple[Document, tuple[Finding, ...]]:
    """The document with anchors for its index, and a finding for each entry that is never met.

    The index lists everything at first; where something is not met, it is printed without.
    """
    images = pictures(loaded.snapshot.files)

    def printed(book: views.Book) -> Document:
        html = render(book, edition, style, templates, images)
        listed = f'id="{appendix.ANCHOR}"' in html.text
        return replace(html, text=appendix.marked(html.text)) if listed else html

    html = printed(book)
    if book.index is None or f'id="{INDEX}"' not in html.text:
        return html, ()
    language = book.language
    listed = headings(loaded.dossier)
    marked = marked_mentions(html.text, listed, language)
    met = index.view(listed, language, marked.met, book.index.note)
    if met != book.index:
        html = printed(replace(book, index=met))
        marked = marked_mentions(html.text, listed, language)
    return replace(html, text=marked.text), tuple(unmet_entries(loaded, marked.met))


def unmet_entries(loaded: Loaded, met: frozenset[str]) -> Iterator[Finding]:
    """P440: an entry of index.yaml that no page mentions."""
    listed = loaded.dossier.index.entries if loaded.dossier.index else ()
    over = {entry.under.rpartition(":")[2] for entry in listed if entry.under}
    for number, entry in enumerate(listed):
        own = entry.kind not in ("place", "term") and not entry.see
        if own and f"entry:{entry.id}" not in met and entry.id not in over:
            message = f"{entry.name!r} is in the index and on no page"
            hint = "add the spelling of the text to matches:, or delete the entry"
            loc = ("entries", number, "name")
            yield loaded.finding("index.yaml", loc, "P440", message, hint)


def inputs_of(job: Job) -> provenance.Inputs:
    """All that the PDF of ``job`` depends on."""
    press, lock = provenance.code()
    return provenance.Inputs(
        dossier=job.loaded.snapshot.slug,
        edition=job.edition.name,
        theme=job.theme,
        standard=job.edition.variant,
        content=provenance.digests(job.loaded.snapshot.files),
        design=provenance.digests(job.engine),
        press=press,
        lock=lock,
        libraries=engine.libraries(),
        paper=job.sheet,
        tile=job.tile,
    )


def read_words(job: Job, _: Report = lambda _: None) -> tuple[Finding, ...]:
    """The findings of the prose stage alone: references, citations and blocks in every text.

    What a broken entry elsewhere leaves without a home is not reported again.
    """
    dossier = job.loaded.dossier
    style = styles.flatten(job.engine, job.theme, job.edition.sheet_name, job.sheet)
    citations = cited(job.loaded)
    figures = {plate.id: NOTHING for plate in dossier.plates.plates}
    templates = environment(job.engine)
    prose = Prose(dossier, citations, templates, figures, written(job.loaded))
    views.view(dossier, prose, {}, figures, style, Production())
    seen = tuple(look(job.loaded, style))
    if None in job.loaded.declared.values():  # then nobody knows what there is to refer to
        return (*seen, *(f for f in prose.findings if f.code not in ("P201", "P205")))
    declared = {ident for ids in job.loaded.declared.values() for ident in ids or ()}
    said = (
        f
        for f in prose.findings
        if not job.loaded.findings or not declared & set(re.findall(r"[a-z0-9-]+", f.message))
    )
    return (*seen, *said)


def cited(loaded: Loaded) -> Citations:
    """The dossier's sources in its citation style; raises ContentError for a style nobody has."""
    dossier = loaded.dossier
    try:
        return Citations(
            dossier.bibliography,
            dossier.meta.language,
            dossier.meta.citation_style,
            addresses=False,  # each note links to its entry in the bibliography, which has them
        )
    except CitationError as error:
        loc = ("citation-style",)
        finding = loaded.finding("dossier.yaml", loc, "E142", error.message, error.hint)
        raise ContentError([finding]) from error


def written(loaded: Loaded) -> dict[str, tuple[str, int, int]]:
    """File, line and column of each text that stands in a YAML file."""
    places: dict[str, tuple[str, int, int]] = {}
    for file, loc, value in walk(loaded):
        for name, info in type(value).model_fields.items():
            text = value.__dict__.get(name)
            if isinstance(text, str) and text:
                found = loaded.finding(file, (*loc, info.alias or name), "", "")
                places.setdefault(text.strip(), (found.file, found.line, found.column))
    return places


def plate_findings(loaded: Loaded, drawings: Mapping[str, plates.Drawing]) -> tuple[Finding, ...]:
    """The faults of plates, each at its entry in plates.yaml."""
    index = {plate.id: n for n, plate in enumerate(loaded.dossier.plates.plates)}
    return tuple(
        loaded.finding(
            "plates.yaml",
            ("plates", index[drawing.id], *fault.loc),
            fault.code,
            fault.message,
            fault.hint,
        )
        for drawing in drawings.values()
        for fault in drawing.faults
    )


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


def epoch(day: int) -> int:
    """Seconds from 1970 to the midnight that begins Julian day number ``day``; never negative."""
    return max(0, (day - 2_440_588) * 86_400)


def _revised(meta: Meta) -> str:
    """The day of the last revision; empty where there was none."""
    return _day(epoch(meta.revisions[-1].date.latest.number)) if meta.revisions else ""


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _faces(style: styles.Style, content: Mapping[str, bytes]) -> tuple[str, ...]:
    """The families that the dossier is set in; those for one script only where it is written."""
    written = {c for name, raw in content.items() if name.endswith((".yaml", ".md"))
               for c in raw.decode("utf-8", "replace")}  # fmt: skip
    scripts = {unicodedata.name(character, "?").split()[0] for character in written}
    alien = {"ARMENIAN", "ARABIC", "HEBREW", "GEORGIAN", "DEVANAGARI", "THAI", "CJK"} - scripts
    families = dict.fromkeys(face.family for face in style.faces)
    return tuple(f for f in families if f.split()[-1].upper() not in alien)


def _software() -> tuple[tuple[str, str], ...]:
    return tuple((name, version(name)) for name in SOFTWARE)
