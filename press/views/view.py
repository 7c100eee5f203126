"""What an edition's view is, what it is made from, and what it gives.

A view is called once, with the ``Bench`` of one PDF, and gives a ``Prepared`` document. An
edition names its view in its row (``press/design/editions.py``); ``press.pipeline.VIEWS`` has the
view of each name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup

from press import plates
from press.base.document import Document
from press.base.finding import Finding
from press.checks.whereabouts import doubted
from press.content.load import Loaded
from press.content.model import Cite, Dossier, Map, Timeline
from press.design.editions import Edition, paper_for
from press.design.styles import Style
from press.plates import Drawing
from press.prose import Prose
from press.views.render import Page, render

Folios = Mapping[str, tuple[int, ...]]
"""The pages, from 1, on which each anchor stands."""


@dataclass(frozen=True)
class Work:
    """One PDF to make, as values: nothing here is read from disk again.

    ``engine`` are the press's own files (templates, styles, fonts). ``paper`` is the one asked for,
    "" for the edition's own; ``tile`` the paper of the sheets to cut it into, or "". ``known`` are
    the page numbers of the last build, ``kept`` its plates; both only save time. ``fingerprint``
    prints the content's digest in the colophon; a comparison leaves it out. ``keep_html`` asks for
    the HTML and the CSS that are set. ``noticed`` was found before; where it is given, a draft is
    made of pages that are stopped, by it or by what is found now, counted as the dossier or else
    ``strict`` has it.
    """

    name: str
    loaded: Loaded = field(repr=False)
    edition: Edition
    theme: str
    engine: Mapping[str, bytes] = field(repr=False)
    paper: str = ""
    tile: str = ""
    known: tuple[Folios, ...] = field(default=(), repr=False)
    kept: plates.Kept = field(default=plates.NOTHING_KEPT, repr=False)
    fingerprint: bool = True
    keep_html: bool = False
    noticed: tuple[Finding, ...] | None = None
    strict: bool | None = None

    @property
    def sheet(self) -> str:
        """The paper that it is set on."""
        return paper_for(self.edition, self.paper)


SLACK = 1.5
"""Millimetres by which the words around a plate may be measured wrongly."""
LEAST = 70.0
"""Millimetres below which a map with its legend cannot be read."""

Probe = Callable[[Document], tuple[int, Mapping[str, float]]]
"""Lays out a document: how many pages it takes, and how far down its page, in mm, anchors are."""

Stage = Callable[[str], AbstractContextManager[None]]
"""Counts the time inside as that of a stage, and not as that of the stage around it."""


@dataclass(frozen=True)
class Bench:
    """What a view is made from: the dossier, its look, and what the stages before have made.

    ``drawings`` are the plates that were drawn for the edition, by id; a view may ``draw`` others.
    ``pictures`` are the files that pages may show, ``fingerprint`` the digest of the content that
    the colophon prints, or "". ``probe`` lays out a document that is not final yet; ``stage``
    times what a view does before it renders.
    """

    work: Work
    style: Style = field(repr=False)
    prose: Prose = field(repr=False)
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    probe: Probe = lambda _: (0, {})
    drawings: Mapping[str, Drawing] = field(default_factory=dict, repr=False)
    fingerprint: str = ""
    stage: Stage = field(default=lambda _: nullcontext(), repr=False)

    @property
    def loaded(self) -> Loaded:
        """The dossier, with its places in the files."""
        return self.work.loaded

    @property
    def dossier(self) -> Dossier:
        """The dossier."""
        return self.work.loaded.dossier

    @property
    def edition(self) -> Edition:
        """The edition that is made."""
        return self.work.edition

    def draw(self, plate: Map | Timeline, room: Mapping[str, str] | None = None) -> Drawing:
        """A plate, in a ``room`` of its own: tokens that measure it, like ``--plate-height``."""
        style = replace(self.style, tokens={**self.style.tokens, **(room or {})})
        files = self.loaded.snapshot.files
        with self.stage("plates"):
            return plates.draw_plate(plate, self.dossier, style, files, self.work.kept)

    def figure(self, drawing: Drawing) -> Markup:
        """The figure of a plate, without a number; its sources are named and lead nowhere."""

        def labelled(cites: Sequence[Cite]) -> Markup:
            return self.prose.source_labels(cites, lambda _, label: label)

        alone = replace(drawing, number="")
        return plates.figure(alone, self.prose.templates, self.dossier, labelled)

    def document(self, page: Page) -> Document:
        """``page`` in the edition's template, with the files that it may read."""
        return render(page, self.edition, self.style, self.prose.templates, self.pictures)


@dataclass(frozen=True)
class Prepared:
    """A document ready to be set, and what was noticed while making it.

    ``page`` is what its template printed, ``drawings`` are the plates that the view itself has
    drawn. ``most_pages`` is how many pages the proof allows; None where any number will do, or
    where ``proof``, which gets the set pages (``press.typeset.typeset.SetPages``), counts them in
    words of its own.
    """

    html: Document = field(repr=False)
    page: Page = field(repr=False)
    findings: tuple[Finding, ...] = ()
    most_pages: int | None = None
    drawings: tuple[Drawing, ...] = field(default=(), repr=False)
    proof: Callable[[Any], Iterable[Finding]] = field(default=lambda _: (), repr=False)


View = Callable[[Bench], Prepared]
"""One way of showing a dossier. Raises ContentError where a template is at fault."""


NAMED = 8
"""Places without a name that are named in a finding."""


def unnamed_places(loaded: Loaded, drawings: Iterable[Drawing]) -> Iterator[Finding]:
    """E188, W191: what a map marks and has no room to name: places, and areas, lines, arrows."""
    index = {plate.id: n for n, plate in enumerate(loaded.dossier.plates.plates)}
    names = {place.name for place in loaded.dossier.gazetteer.places}
    for drawing in drawings:
        missing = [name for name in drawing.dropped if name in names]
        if missing:
            more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
            listed = ", ".join(missing[:NAMED])
            message = f"no room on map {drawing.id!r} for the names of {listed}{more}"
            hint = "show events as numbers (markers: numbers), widen its size, or hide: some"
            loc = ("plates", index[drawing.id])
            yield loaded.finding("plates.yaml", loc, "E188", message, hint)
        if drawing.legend_only:
            listed = ", ".join(drawing.legend_only[:NAMED])
            message = f"no room on map {drawing.id!r} for the name of {listed}; its legend has it"
            hint = "give the map more room (size: page), draw less of the Earth, or shorten it"
            loc = ("plates", index[drawing.id])
            yield loaded.finding("plates.yaml", loc, "W191", message, hint)


def plate_findings(loaded: Loaded, drawings: Iterable[Drawing]) -> Iterator[Finding]:
    """The faults of plates, each at its entry in plates.yaml.

    That a place lies outside a map is not said where a check doubts that it lies there at all.
    """
    index = {plate.id: n for n, plate in enumerate(loaded.dossier.plates.plates)}
    for drawing in drawings:
        for fault in drawing.faults:
            if fault.place and fault.place in doubted(loaded):
                continue
            loc = ("plates", index[drawing.id], *fault.loc)
            yield loaded.finding("plates.yaml", loc, fault.code, fault.message, fault.hint)
