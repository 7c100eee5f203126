"""Stage 5a: one dataset, many views. What the templates print, drawn from the dossier.

Views are plain frozen values with HTML already made by the prose stage; templates format them and
compute nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from press import dates, locale
from press.atlas import Atlas
from press.base.collation import collation
from press.citations import page_sign
from press.content import coverage, facts
from press.content.headings import headings
from press.content.model import (
    Claim,
    Column,
    Dossier,
    Entry,
    Event,
    Fact,
    Phase,
    Place,
    Source,
    Table,
    TableRow,
)
from press.design.styles import Style
from press.plates.signs import category_class, sign_maker
from press.views import appendix, index

if TYPE_CHECKING:
    from press.citations import Citations
    from press.plates import Drawing
    from press.prose import Prose

Html = Markup
NOTHING = Markup("")
_OPEN = re.compile(r"[^.!?…][”’)\]»“]*$")
"""Words that no mark closes."""


@dataclass(frozen=True)
class ContentsLine:
    """A line of the contents: level 1 or 2, number or "", title, and where it leads."""

    level: int
    number: str
    title: Html
    anchor: str


@dataclass(frozen=True)
class ClaimView:
    """One account of a contested fact."""

    html: Html
    says: Html
    cites: Html
    preferred: bool
    reason: Html
    scope: Html = NOTHING


@dataclass(frozen=True)
class ValueView:
    """A value of the infobox or a cell of a table."""

    html: Html
    note: Html = NOTHING
    cites: Html = NOTHING
    claims: tuple[ClaimView, ...] = ()
    disputed: bool = False

    @property
    def contested(self) -> bool:
        """Whether accounts differ: all of them, or this one from those in other rows."""
        return bool(self.claims) or self.disputed


@dataclass(frozen=True)
class FactView:
    """A fact of a place or an event, with what it is called."""

    label: str
    html: Html


@dataclass(frozen=True)
class SideView:
    """One of the two parties of a two-sided row."""

    heading: str
    values: tuple[ValueView, ...]


@dataclass(frozen=True)
class RowView:
    """A row of the infobox."""

    label: str
    values: tuple[ValueView, ...]
    sides: tuple[SideView, ...]
    note: Html
    cites: Html


@dataclass(frozen=True)
class InfoboxView:
    """The infobox."""

    title: str
    rows: tuple[RowView, ...]
    note: Html


@dataclass(frozen=True)
class ChapterView:
    """A chapter: its HTML starts below the title."""

    id: str
    number: int
    title: Html
    html: Html


@dataclass(frozen=True)
class CategoryView:
    """A category with its sign; ``css`` is the class that gives it its colour."""

    id: str
    label: str
    css: str
    sign: Html


@dataclass(frozen=True)
class EventView:
    """An event as the chronology prints it."""

    id: str
    number: int
    date: Html
    contested: bool
    claims: tuple[ClaimView, ...]
    title: Html
    text: Html
    category: CategoryView
    places: Html
    cites: Html
    plates: Html
    essential: bool
    facts: tuple[FactView, ...] = ()

    @property
    def sign(self) -> Html:
        """The sign of its category."""
        return self.category.sign


@dataclass(frozen=True)
class PhaseView:
    """A phase of the chronology with its events."""

    id: str
    title: str
    span: str
    events: tuple[EventView, ...]


@dataclass(frozen=True)
class ChronologyView:
    """The chronology table."""

    phases: tuple[PhaseView, ...]
    categories: tuple[CategoryView, ...]


@dataclass(frozen=True)
class PlateView:
    """A plate, its finished figure, and what it shows in lines of words."""

    id: str
    kind: str
    label: str
    title: str
    figure: Html
    equivalent: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameView:
    """A name of a place in one language."""

    language: str
    language_name: str
    text: str
    latin: str
    standing: str


@dataclass(frozen=True)
class PlaceEventView:
    """What happened at a place: a date that leads to the chronology."""

    anchor: str
    date: Html
    title: Html


@dataclass(frozen=True)
class PlaceView:
    """An entry of the gazetteer."""

    id: str
    name: str
    also: str
    kind: str
    district: str
    coordinates: str
    role: Html
    names: tuple[NameView, ...]
    events: tuple[PlaceEventView, ...]
    cites: Html
    note: Html
    position_cites: Html = NOTHING
    facts: tuple[FactView, ...] = ()


@dataclass(frozen=True)
class GazetteerView:
    """The gazetteer, in the language's alphabetical order."""

    note: Html
    places: tuple[PlaceView, ...]


@dataclass(frozen=True)
class ColumnView:
    """A column of a table."""

    key: str
    label: str
    align: str
    numeric: bool


@dataclass(frozen=True)
class TableRowView:
    """A row of a table."""

    cells: tuple[ValueView, ...]
    cites: Html


@dataclass(frozen=True)
class TableView:
    """A free table."""

    id: str
    label: str
    title: str
    columns: tuple[ColumnView, ...]
    rows: tuple[TableRowView, ...]
    note: Html
    cites: Html


@dataclass(frozen=True)
class TermView:
    """An entry of the glossary."""

    id: str
    term: str
    also: str
    definition: Html
    cites: Html


@dataclass(frozen=True)
class SourceView:
    """An entry of the bibliography; languages are named where they are not the dossier's own."""

    id: str
    label: Html
    html: Html
    languages: str
    via: str
    checked: Html
    note: Html
    pages: Html
    cited: bool


@dataclass(frozen=True)
class SourceGroupView:
    """The sources of one kind."""

    kind: str
    label: str
    entries: tuple[SourceView, ...]


@dataclass(frozen=True)
class SourcesView:
    """The bibliography, grouped by kind."""

    note: Html
    groups: tuple[SourceGroupView, ...]


@dataclass(frozen=True)
class ColophonView:
    """How the dossier was made, what it rests on, and whom it thanks; ``type`` names families."""

    type: tuple[str, ...]
    data: tuple[Html, ...]
    software: tuple[tuple[str, str], ...]
    content_hash: str
    coverage: str


@dataclass(frozen=True)
class RevisionView:
    """What was changed after the dossier was issued, and when."""

    date: str
    note: Html


@dataclass(frozen=True)
class Book:
    """Everything a template may print."""

    title: str
    subtitle: str
    kicker: str
    standfirst: Html
    language: str
    issued: str
    issued_iso: str
    modified_iso: str
    revised: str
    revisions: tuple[RevisionView, ...]
    imprint: Mapping[str, str]
    rights: Mapping[str, str]
    attributions: tuple[Mapping[str, str], ...]
    disclaimer: Html
    keywords: tuple[str, ...]
    contents: tuple[ContentsLine, ...]
    infobox: InfoboxView | None
    chapters: tuple[ChapterView, ...]
    chronology: ChronologyView | None
    plates: tuple[PlateView, ...]
    drawn: tuple[PlateView, ...]
    gazetteer: GazetteerView | None
    tables: tuple[TableView, ...]
    glossary: tuple[TermView, ...]
    sources: SourcesView | None
    index: index.IndexView | None
    facts: appendix.FactsView | None
    colophon: ColophonView


@dataclass(frozen=True)
class Made:
    """What the build knows of itself and the colophon prints."""

    type: tuple[str, ...]
    software: tuple[tuple[str, str], ...]
    content_hash: str


def book(
    dossier: Dossier,
    prose: Prose,
    citations: Citations,
    drawings: Mapping[str, Drawing],
    figures: Mapping[str, Markup],
    style: Style,
    made: Made,
) -> Book:
    """Every view of ``dossier``, in the order in which the reader meets them.

    The order matters: a source is cited in full the first time and by its short form after that.
    """
    view = Views(dossier, prose, citations, drawings, style)
    meta = dossier.meta
    standfirst = view.text(meta.standfirst)
    infobox = view.infobox()
    chapters = tuple(
        ChapterView(c.id, c.number, prose.title(c), prose.chapter(c)) for c in dossier.chapters
    )
    tables = tuple(view.tables())
    chronology = view.chronology()
    plates = tuple(
        PlateView(
            p.id,
            p.kind,
            facts.label(dossier, f"plate-{p.id}"),
            p.title,
            figures[p.id],
            drawings[p.id].equivalent if p.id in drawings else (),
        )
        for p in dossier.plates.plates
    )
    gazetteer = view.gazetteer()
    glossary = tuple(view.glossary())
    sources = view.sources()
    revisions = tuple(
        RevisionView(dates.show(r.date, meta.language), view.text(r.note)) for r in meta.revisions
    )
    placed = "".join(chapter.html for chapter in chapters)
    loose = tuple(p for p in plates if f'id="plate-{p.id}"' not in placed)
    return Book(
        title=meta.title,
        subtitle=meta.subtitle,
        kicker=meta.kicker,
        standfirst=standfirst,
        language=meta.language,
        issued=dates.show(meta.issued, meta.language),
        issued_iso=meta.issued.text,
        modified_iso=(meta.revisions[-1].date if meta.revisions else meta.issued).text,
        revised=view.words["revised"].format(date=dates.show(meta.issued, meta.language)),
        revisions=revisions,
        imprint=meta.imprint.model_dump(),
        rights=meta.rights.model_dump(),
        attributions=tuple(a.model_dump() for a in meta.attributions),
        disclaimer=view.text(meta.disclaimer),
        keywords=meta.keywords,
        contents=tuple(_contents(view, chapters, tables, loose)),
        infobox=infobox,
        chapters=chapters,
        chronology=chronology,
        plates=loose,
        drawn=plates,
        gazetteer=gazetteer,
        tables=tables,
        glossary=glossary,
        sources=sources,
        facts=appendix.view(dossier, prose, citations),
        index=index.view(headings(dossier), meta.language, note=view.index_note()),
        colophon=ColophonView(
            made.type,
            view.credits(),
            made.software,
            made.content_hash,
            coverage.line(coverage.coverage(dossier), meta.language),
        ),
    )


def _contents(
    view: Views,
    chapters: Sequence[ChapterView],
    tables: Sequence[TableView],
    plates: Sequence[PlateView],
) -> Iterable[ContentsLine]:
    words, dossier = view.words, view.dossier
    for chapter in chapters:
        anchor = f"chapter-{chapter.id}"
        yield ContentsLine(1, str(chapter.number), Markup(chapter.title.striptags()), anchor)
    if dossier.chronology.events:
        yield ContentsLine(1, "", escape(words["chronology"]), "chronology")
    if plates:
        yield ContentsLine(1, "", escape(words["plates"]), f"plate-{plates[0].id}")
        for plate in plates:
            title = escape(f"{plate.label}. {plate.title}")
            yield ContentsLine(2, "", title, f"plate-{plate.id}")
    if tables:
        yield ContentsLine(1, "", escape(words["tables"]), "tables")
        for table in tables:
            title = escape(f"{table.label}. {table.title}")
            yield ContentsLine(2, "", title, f"table-{table.id}")
    for part, present in (
        ("gazetteer", dossier.gazetteer.places),
        ("glossary", dossier.glossary.terms),
        (appendix.ANCHOR, appendix.printed(dossier)),
        ("sources", dossier.sources.sources),
        ("index", headings(dossier)),
    ):
        if present:
            yield ContentsLine(1, "", escape(words[part]), part)
    yield ContentsLine(1, "", escape(words["colophon"]), "colophon")


class Views:
    """Makes views of one dossier with one prose stage, so that notes are numbered once."""

    def __init__(
        self,
        dossier: Dossier,
        prose: Prose,
        citations: Citations,
        drawings: Mapping[str, Drawing],
        style: Style,
    ) -> None:
        self.dossier = dossier
        self.prose = prose
        self.citations = citations
        self.drawings = drawings
        self.language = dossier.meta.language
        self.words = locale.messages(self.language)
        self.addresses = facts.addresses(dossier)
        sign_svg = sign_maker(style)
        self.categories = {}
        for category in dossier.chronology.categories:
            css = category_class(dossier.chronology.categories, category.id)
            sign = Markup(sign_svg(category.sign, css, category.label))
            self.categories[category.id] = CategoryView(category.id, category.label, css, sign)

    def text(self, words: str) -> Html:
        """A field in words, with inline Markdown."""
        return self.prose.inline(words) if words else NOTHING

    # -- infobox and tables

    def infobox(self) -> InfoboxView | None:
        """The infobox; None where the dossier has none."""
        box = self.dossier.infobox
        if box is None:
            return None
        rows = tuple(
            RowView(
                label=row.label,
                values=self.values(row.value),
                sides=tuple(SideView(s.heading, self.values(s.values)) for s in row.sides),
                note=self.text(row.note),
                cites=self.prose.cites(row.sources),
            )
            for row in box.rows
        )
        return InfoboxView(box.title or self.dossier.meta.title, rows, self.text(box.note))

    def values(self, entries: Iterable[Entry]) -> tuple[ValueView, ...]:
        """The values of a row."""
        return tuple(self.value(entry) for entry in entries)

    def value(self, entry: Entry) -> ValueView:
        """A value: its own words, or the words of the fact that it refers to."""
        if entry.fact:
            return self.fact(entry)
        claims = tuple(self.claim(claim) for claim in entry.claims)
        html = NOTHING
        if not claims:
            html = self.text(entry.text) if entry.text else self.prose.reference(entry)
        return ValueView(html, self.text(entry.note), self.prose.cites(entry.sources), claims)

    def fact(self, entry: Entry) -> ValueView:
        """The fact at an address, with its own note and sources before those of ``entry``."""
        found = facts.find(self.addresses, entry.fact or "")
        if isinstance(found, facts.Nowhere):
            return ValueView(NOTHING)
        fact = found.fact
        if fact is None:
            shown = NOTHING.join(self.prose.reference(inner) for inner in found.entries)
            return ValueView(shown, self.text(entry.note), self.prose.cites(entry.sources))
        note = Markup(" ").join(self.text(n) for n in (fact.scope, fact.note, entry.note) if n)
        cites = self.prose.cites((*fact.sources, *entry.sources))
        claims = tuple(self.claim(claim, fact.unit) for claim in fact.claims)
        shown = NOTHING if claims else self.prose.value(fact)
        return ValueView(self.prose.use(found.address, shown), note, cites, claims)

    def stated(self, ident: str, named: Mapping[str, Fact]) -> tuple[FactView, ...]:
        """The facts of a place or an event that have a label, to be listed with it."""
        return tuple(
            FactView(fact.label, self.prose.use(f"{ident}.{name}", self.prose.run_in(fact)))
            for name, fact in named.items()
            if fact.label
        )

    def claim(self, claim: Claim, unit: str = "") -> ClaimView:
        """One account of a contested fact."""
        html = self.prose.account(claim, unit)
        return ClaimView(
            html,
            self.text(claim.says),
            self.prose.cites(claim.sources),
            claim.preferred,
            self.text(claim.reason),
            self.text(claim.scope),
        )

    def tables(self) -> Iterable[TableView]:
        """The free tables, by file name."""
        for ident, table in self.dossier.tables.items():
            rows = tuple(view for row in table.rows for view in self.rows(table, row))
            yield TableView(
                id=ident,
                label=facts.label(self.dossier, f"table-{ident}"),
                title=table.title,
                columns=tuple(
                    ColumnView(c.key, c.label, c.align, c.numeric) for c in table.columns
                ),
                rows=rows,
                note=self.text(table.note),
                cites=self.prose.cites(table.sources),
            )

    def rows(self, table: Table, row: TableRow) -> Iterable[TableRowView]:
        """A row as it is written; where it draws a fact, a row for each account of that."""
        found = facts.find(self.addresses, row.draws) if row.draws else None
        if not isinstance(found, facts.Found) or found.fact is None:
            cells = tuple(self.cell(column, row, {}) for column in table.columns)
            yield TableRowView(cells, self.prose.cites(row.sources))
            return
        fact, drawn = found.fact, {column.draws for column in table.columns}
        for account in fact.claims or (None,):
            parts = self.parts(found, fact, account, drawn)
            cells = tuple(self.cell(column, row, parts) for column in table.columns)
            sources = account.sources if account else fact.sources
            yield TableRowView(cells, self.prose.cites((*sources, *row.sources)))

    def cell(
        self,
        column: Column,
        row: TableRow,
        parts: Mapping[str | None, ValueView],
    ) -> ValueView:
        """The cell of ``row`` under ``column``: its own, or the part of a fact that it draws."""
        if column.key in row.cells:
            return self.value(row.cells[column.key])
        return parts.get(column.draws, ValueView(NOTHING))

    def parts(
        self,
        found: facts.Found,
        fact: Fact,
        account: Claim | None,
        drawn: Collection[str | None],
    ) -> Mapping[str | None, ValueView]:
        """What the columns of a table can draw of a fact, or of one account of it.

        Who says it and why it is preferred go with the value where no column is there for them.
        """
        says, reason = (account.says, account.reason) if account else (fact.says, "")
        why = NOTHING
        if account and account.preferred:
            why = Markup("<em>{}:</em> {}").format(self.words["preferred"], self.text(reason))
        apart = "says" in drawn
        unit = not {"unit", "figure"} & set(drawn)
        shown = (
            self.prose.account(account, fact.unit * unit)
            if account
            else self.prose.value(fact, unit)
        )
        beside = Markup(" ").join(p for p in (self.text(says if account else ""), why) if p)
        subject = Markup('<a href="#{}">{}</a>').format(found.anchor, found.subject)
        value = ValueView(
            self.prose.use(found.address, shown),
            NOTHING if apart else beside,
            disputed=account is not None,
        )
        return {
            "subject": ValueView(subject if found.anchor else escape(found.subject)),
            "label": ValueView(escape(fact.label)),
            "value": value,
            "figure": value,
            "unit": ValueView(escape(fact.unit)),
            "scope": ValueView(
                self.text(account.scope if account and account.scope else fact.scope)
            ),
            "says": ValueView(self.text(says), why),
            "note": ValueView(self.text(fact.note)),
        }

    # -- chronology

    def chronology(self) -> ChronologyView | None:
        """The chronology, in phases; None where there are no events."""
        if not self.dossier.chronology.events:
            return None
        number = 0
        phases = []
        for phase, events in self.dossier.phases():
            views = []
            for event in events:
                number += 1
                views.append(self.event(event, number))
            phases.append(
                PhaseView(
                    id=phase.id if phase else "before",
                    title=self.phase_title(phase),
                    span=facts.span(events, self.language, "month"),
                    events=tuple(views),
                )
            )
        return ChronologyView(tuple(phases), tuple(self.categories.values()))

    def phase_title(self, phase: Phase | None) -> str:
        """Over the events of ``phase``; empty where the dossier has no phases."""
        if phase:
            return phase.title
        return self.words["phase.before"] if self.dossier.chronology.phases else ""

    def event(self, event: Event, number: int) -> EventView:
        """One row of the chronology."""
        return EventView(
            id=event.id,
            number=number,
            date=escape(facts.event_date(event, self.language)),
            contested=event.contested,
            claims=tuple(self.claim(claim) for claim in event.claims),
            title=self.text(event.title),
            text=self.text(event.text),
            category=self.categories[event.category],
            places=self.place_links(event.places),
            cites=self.prose.cites(event.sources),
            plates=self.plate_links(event),
            essential=event.essential,
            facts=self.stated(event.id, event.facts),
        )

    def place_links(self, idents: Iterable[str]) -> Html:
        """Names of places that lead to the gazetteer, with commas between them."""
        places = self.dossier.places
        return Markup(", ").join(
            Markup('<a href="#place-{}">{}</a>').format(ident, places[ident].name)
            for ident in idents
            if ident in places
        )

    def plate_links(self, event: Event) -> Html:
        """The maps that show the event, each with its page."""
        links = [
            Markup(
                '<a href="#plate-{0}">{1}</a>, {2}\u00a0'
                '<span class="page-ref" data-page-of="plate-{0}">0</span>'
            ).format(ident, facts.label(self.dossier, f"plate-{ident}"), page_sign(self.language))
            for ident, drawing in self.drawings.items()
            if drawing.kind == "map" and event.id in drawing.events
        ]
        return Markup("; ").join(links)

    # -- back matter

    def gazetteer(self) -> GazetteerView | None:
        """The gazetteer; None where there are no places."""
        gazetteer = self.dossier.gazetteer
        if not gazetteer.places:
            return None
        at: dict[str, list[Event]] = {}
        for event in self.dossier.events.values():
            for ident in event.places:
                at.setdefault(ident, []).append(event)
        ordered = sorted(gazetteer.places, key=lambda p: collation(p.name, self.language))
        return GazetteerView(
            self.text(gazetteer.note),
            tuple(self.place(place, at.get(place.id, ())) for place in ordered),
        )

    def place(self, place: Place, events: Iterable[Event]) -> PlaceView:
        """One entry of the gazetteer."""
        return PlaceView(
            id=place.id,
            name=place.name,
            also=", ".join(place.also),
            kind=place.kind,
            district=place.district,
            coordinates=facts.degrees(place.at) if place.at else "",
            role=self.text(place.role),
            names=tuple(
                NameView(n.language, self.language_name(n.language), n.name, n.latin, n.standing)
                for n in place.names
            ),
            events=tuple(
                PlaceEventView(
                    f"event-{event.id}",
                    escape(facts.event_date(event, self.language, "short")),
                    Markup(escape(event.title)),
                )
                for event in events
            ),
            cites=self.prose.cites(place.sources),
            note=self.text(place.note),
            position_cites=self.prose.cites(place.at.sources) if place.at else NOTHING,
            facts=self.stated(place.id, place.facts),
        )

    def language_name(self, language: str) -> str:
        """The name of ``language`` in the dossier's own language."""
        names = locale.cldr(self.language).languages
        base = language.partition("-")[0]
        return str(names.get(language.replace("-", "_")) or names.get(base, language))

    def glossary(self) -> Iterable[TermView]:
        """The glossary, in alphabetical order."""
        terms = self.dossier.glossary.terms
        for term in sorted(terms, key=lambda t: collation(t.term, self.language)):
            yield TermView(
                term.id,
                term.term,
                ", ".join(term.also),
                self.text(term.definition),
                self.prose.cites(term.sources),
            )

    def sources(self) -> SourcesView | None:
        """The bibliography, by kind; None where there are no sources."""
        listed = self.dossier.bibliography
        if not listed:
            return None
        groups = []
        entries = self.citations.bibliography(list(listed))
        for kind in ("primary", "press", "secondary", "reference"):
            chosen = [(i, html) for i, html in entries if listed[i].kind == kind]
            if chosen:
                views = tuple(self.source(listed[i], Markup(html)) for i, html in chosen)
                groups.append(SourceGroupView(kind, self.words[f"sources.{kind}"], views))
        return SourcesView(self.text(self.dossier.sources.note), tuple(groups))

    def source(self, source: Source, html: Html) -> SourceView:
        """One entry of the bibliography."""
        pages = Markup('<span class="page-list" data-pages-of="cite-{}-">0</span>')
        own = self.language.split("-")[0]
        foreign = [lang for lang in source.languages if lang.split("-")[0] != own]
        names = [self.language_name(language) for language in foreign]
        cited = self.prose.cited(source.id)
        followed = bool(source.via or names or source.note)
        stop = "." if followed and _OPEN.search(source.checked) else ""
        return SourceView(
            id=source.id,
            label=self.citations.label(source.id),
            html=html,
            languages=", ".join(names),
            via=source.via,
            checked=self.text(source.checked + stop),
            note=self.text(source.note),
            pages=pages.format(source.id) if cited else NOTHING,
            cited=cited,
        )

    def index_note(self) -> Html:
        """What the author says over the index."""
        return self.text(self.dossier.index.note) if self.dossier.index else NOTHING

    def credits(self) -> tuple[Html, ...]:
        """What the plates were drawn from, each line once."""
        if not any(drawing.kind == "map" for drawing in self.drawings.values()):
            return ()
        atlas = Atlas()
        credits_ = atlas.credits((*atlas.layers, "relief", "elevation"))
        return tuple(escape(credit.text) for credit in credits_)
