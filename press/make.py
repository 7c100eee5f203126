"""One edition of one dossier, from snapshot to proof. The stages, in the order they run."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

from press import plates, proof, styles, typeset, views
from press.citations import Citations
from press.editions import Edition
from press.finding import Finding
from press.model import Dossier
from press.prose import Prose
from press.render import environment, render

STAGES = ("load", "check", "plates", "prose", "render", "typeset", "proof", "publish")
"""The stages by name; the README and ``--verbose`` number them from 1 in this order."""

SOFTWARE = ("weasyprint", "jinja2", "markdown", "citeproc-py", "pyproj", "shapely")
"""Packages whose versions the colophon prints."""


@dataclass(frozen=True)
class Job:
    """One PDF to make, as values: nothing here is read from disk again."""

    name: str
    dossier: Dossier
    edition: Edition
    theme: str
    key: str
    content: Mapping[str, bytes] = field(repr=False)
    engine: Mapping[str, bytes] = field(repr=False)
    folios: typeset.Folios = field(default_factory=dict, repr=False)
    noticed: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Made:
    """What came of a job."""

    pdf: bytes = field(repr=False)
    pages: int
    folios: typeset.Folios = field(repr=False)
    findings: tuple[Finding, ...]
    seconds: Mapping[str, float]
    passes: int


def make(job: Job, report: Callable[[str], None] = lambda _: None) -> Made:
    """Sets one edition; ``report`` hears the name of each stage as it begins.

    Raises Failure where a stage cannot go on; what can wait comes back as ``findings``.
    """
    clock = _Clock(report)
    dossier, language = job.dossier, job.dossier.meta.language

    clock.stage("plates")
    style = styles.flatten(job.engine, job.theme, job.edition.name)
    templates = environment(job.engine)
    drawings = {
        plate.id: plates.draw(plate, dossier, style, f"plate-{plate.id}", job.content)
        for plate in dossier.plates.plates
    }
    figures = {ident: plates.figure(d, templates, dossier) for ident, d in drawings.items()}

    clock.stage("prose")
    citations = Citations(dossier.bibliography, language, dossier.meta.citation_style)
    prose = Prose(dossier, citations, templates, figures)
    made = views.Made(_faces(style), _software(), job.key[:12])
    book = views.book(dossier, prose, citations, drawings, figures, made)

    clock.stage("render")
    html = render(book, job.edition, style, templates, pictures(job.content))

    clock.stage("typeset")
    pages = typeset.typeset(html, job.folios)

    clock.stage("proof")
    families = frozenset(face.family for face in style.faces)
    noticed = proof.proof(pages, proof.Expected(job.name, families))
    clock.stage("")
    findings = (*prose.findings, *(f for d in drawings.values() for f in d.findings), *noticed)
    return Made(
        pages.pdf, pages.pages, pages.folios, tuple(sorted(set(findings))), clock.seconds,
        pages.passes,
    )  # fmt: skip


def pictures(content: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures among a dossier's files, which alone its pages may show."""
    return {
        name: raw
        for name, raw in content.items()
        if name.startswith("images/") and not name.endswith((".yaml", ".md", ".txt"))
    }


def _faces(style: styles.Style) -> tuple[tuple[str, str], ...]:
    return tuple((family, "") for family in dict.fromkeys(f.family for f in style.faces))


def _software() -> tuple[tuple[str, str], ...]:
    return tuple((name, version(name)) for name in SOFTWARE)


class _Clock:
    """Seconds spent in each stage."""

    def __init__(self, report: Callable[[str], None]) -> None:
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
