"""What every fact of a dossier rests on, and how many rest on how much.

``stated`` lists the facts; ``docs/facts.md`` says what counts as one. A fact is counted where it is
typed: what draws it from there (dates in the infobox, rows that draw, prose) is no second fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from press import locale
from press.content import facts
from press.content.model import Area, Arrow, Cite, Claim, Dossier, Entry, Fact, Line, Map
from press.content.yaml import Loc


@dataclass(frozen=True)
class Stated:
    """One fact: what it is, where it is typed, what it rests on, and where it is printed.

    ``address`` names it among all others; ``what`` names it in a sentence; ``value`` is what it
    says, with the author's inline Markdown. ``cites`` are its own sources and those of everything
    it stands in; the claims have theirs. ``anchor`` is the HTML id of its place in print.
    """

    address: str
    what: str
    value: str
    file: str
    loc: Loc
    anchor: str
    cites: tuple[Cite, ...]
    claims: tuple[Claim, ...] = ()

    @property
    def contested(self) -> bool:
        """Whether accounts of it differ."""
        return bool(self.claims)

    @property
    def every(self) -> tuple[Cite, ...]:
        """All that it rests on, each once: its own sources, then those of its claims."""
        claimed = (cite for claim in self.claims for cite in claim.sources)
        return tuple(dict.fromkeys((*self.cites, *claimed)))

    @property
    def gaps(self) -> tuple[tuple[Loc, str], ...]:
        """Where a source is missing, with what misses it."""
        if not self.claims:
            return () if self.cites else ((self.loc, self.what),)
        return tuple(
            ((*self.loc, "claims", index), "this claim")
            for index, claim in enumerate(self.claims)
            if not claim.sources
        )


@dataclass(frozen=True)
class Coverage:
    """How many facts there are, have sources, rest on a single source, and are contested."""

    facts: int
    sourced: int
    single: int
    contested: int


def coverage(dossier: Dossier) -> Coverage:
    """The count over all facts of ``dossier``."""
    every = list(stated(dossier))
    return Coverage(
        facts=len(every),
        sourced=sum(not fact.gaps for fact in every),
        single=sum(len({cite.source for cite in fact.every}) == 1 for fact in every),
        contested=sum(fact.contested for fact in every),
    )


def line(count: Coverage, language: str) -> str:
    """The count in words: "142 of 142 facts sourced; 9 rest on one source; 4 contested"."""
    words = locale.messages(language)
    single = words["coverage.single.one" if count.single == 1 else "coverage.single.other"]
    return words["coverage.line"].format(
        sourced=locale.number(count.sourced, language),
        facts=locale.number(count.facts, language),
        single=single.format(n=locale.number(count.single, language)),
        contested=locale.number(count.contested, language),
    )


def language_of(dossier: Dossier) -> str:
    """The dossier's language; English while that is one that nobody knows."""
    try:
        locale.cldr(dossier.meta.language)
    except locale.LanguageError:
        return "en"
    return dossier.meta.language


# -- what counts as a fact ---------------------------------------------------------------------


def stated(dossier: Dossier) -> Iterator[Stated]:
    """Every fact of ``dossier``, file by file, in the order in which they are typed."""
    yield from _infobox(dossier)
    yield from _chronology(dossier)
    yield from _gazetteer(dossier)
    for index, subject in enumerate(dossier.facts.subjects):
        loc: Loc = ("subjects", index)
        yield from _named(subject.id, "facts.yaml", loc, "", subject.facts.items(), dossier)
    yield from _tables(dossier)
    for index, term in enumerate(dossier.glossary.terms):
        address, anchor = f"term:{term.id}", f"term-{term.id}"
        what = f"term {term.id!r}"
        at: Loc = ("terms", index)
        yield Stated(address, what, term.term, "glossary.yaml", at, anchor, term.sources)
    for index, image in enumerate(dossier.images.images):
        address, anchor = f"image:{image.id}", f"image-{image.id}"
        what, at = f"image {image.id!r}", ("images", index)
        file = "images/images.yaml"
        yield Stated(address, what, image.caption, file, at, anchor, image.sources)
    yield from _plates(dossier)


def _infobox(dossier: Dossier) -> Iterator[Stated]:
    """Values typed in the infobox; what refers to a fact elsewhere is counted there."""
    for index, row in enumerate(dossier.infobox.rows if dossier.infobox else ()):
        values: list[tuple[Loc, Entry]] = [(("value", n), e) for n, e in enumerate(row.value)]
        values += [
            (("sides", number, "values", n), entry)
            for number, side in enumerate(row.sides)
            for n, entry in enumerate(side.values)
        ]
        for number, (steps, entry) in enumerate(values):
            if not (entry.text or entry.claims):
                continue
            yield Stated(
                f"infobox.{row.id or index + 1}" + (f".{number + 1}" if number else ""),
                f"the value of row {row.label!r}",
                entry.text or row.label,
                "infobox.yaml",
                ("rows", index, *steps),
                "infobox",
                (*entry.sources, *row.sources),
                entry.claims,
            )


def _chronology(dossier: Dossier) -> Iterator[Stated]:
    language = language_of(dossier)
    for index, event in enumerate(dossier.chronology.events):
        file, loc, anchor = "chronology.yaml", ("events", index), f"event-{event.id}"
        value = f"{event.title}: {facts.event_date(event, language)}"
        what = f"event {event.id!r}"
        yield Stated(event.id, what, value, file, loc, anchor, event.sources, event.claims)
        yield from _named(event.id, file, loc, anchor, event.facts.items(), dossier)


def _gazetteer(dossier: Dossier) -> Iterator[Stated]:
    for index, place in enumerate(dossier.gazetteer.places):
        file, anchor = "gazetteer.yaml", f"place-{place.id}"
        loc: Loc = ("places", index)
        what = f"place {place.id!r}"
        value = f"{place.name}: {place.kind}"
        yield Stated(place.id, what, value, file, loc, anchor, place.sources)
        if place.at:
            address, cites = f"{place.id}.coordinates", place.at.sources or place.sources
            what = f"the position of place {place.id!r}"
            at = facts.degrees(place.at)
            yield Stated(address, what, at, file, (*loc, "at"), anchor, cites)
        yield from _named(place.id, file, loc, anchor, place.facts.items(), dossier)


def _named(
    ident: str,
    file: str,
    loc: Loc,
    anchor: str,
    named: Iterable[tuple[str, Fact]],
    dossier: Dossier,
) -> Iterator[Stated]:
    """The facts under ``facts:`` of a place, an event or a subject."""
    for name, fact in named:
        address, value = f"{ident}.{name}", facts.value(fact, language_of(dossier))
        at = (*loc, "facts", name)
        what = f"fact {address!r}"
        yield Stated(address, what, value, file, at, anchor, fact.sources, fact.claims)


def _tables(dossier: Dossier) -> Iterator[Stated]:
    """Rows with something typed in them; a row made of references, or drawn, states nothing new."""
    for name, table in dossier.tables.items():
        for index, row in enumerate(table.rows):
            if row.draws:
                continue
            file, anchor = f"tables/{name}.yaml", f"table-{name}"
            loc: Loc = ("rows", index)
            around = (*row.sources, *table.sources)
            typed = [entry for entry in row.cells.values() if entry.text]
            if typed:
                address, what = f"table:{name}.{index + 1}", f"row {index + 1} of table {name!r}"
                value = "; ".join(entry.text for entry in typed)
                cites = (*(cite for entry in typed for cite in entry.sources), *around)
                yield Stated(address, what, value, file, loc, anchor, cites)
            for key, entry in row.cells.items():
                if entry.claims:
                    address, what = f"table:{name}.{index + 1}.{key}", f"cell {key!r}"
                    at, cites = (*loc, key), (*entry.sources, *around)
                    yield Stated(address, what, "", file, at, anchor, cites, entry.claims)


def _plates(dossier: Dossier) -> Iterator[Stated]:
    """What a map shows by the author's word: dated or shaded areas, own lines, and movements."""
    for index, plate in enumerate(dossier.plates.plates):
        if not isinstance(plate, Map):
            continue
        drawn: list[tuple[str, int, Area | Line | Arrow]] = []
        drawn += [("areas", n, area) for n, area in enumerate(plate.areas) if _asserts(area)]
        drawn += [("lines", n, line) for n, line in enumerate(plate.lines) if _asserts(line)]
        drawn += [("arrows", n, arrow) for n, arrow in enumerate(plate.arrows)]
        for kind, number, item in drawn:
            happened = dossier.events.get(item.event or "")
            own = [happened.sources, *(c.sources for c in happened.claims)] if happened else []
            yield Stated(
                f"plate:{plate.id}.{kind}.{number + 1}",
                f"{kind.removesuffix('s')} {number + 1} of map {plate.id!r}",
                _drawn(item, dossier),
                "plates.yaml",
                ("plates", index, kind, number),
                f"plate-{plate.id}",
                (*item.sources, *(cite for cites in own for cite in cites)),
            )


def _asserts(item: Area | Line) -> bool:
    """Whether it says more than the atlas does, whose makers the colophon credits."""
    if isinstance(item, Area):
        return bool(item.file or item.event or item.style != "outline")
    return bool(item.file or item.event or item.through)


def _drawn(item: Area | Line | Arrow, dossier: Dossier) -> str:
    through = () if isinstance(item, Area) else item.through
    places = [dossier.places[ident].name for ident in through if ident in dossier.places]
    if item.label or places:
        return item.label or " – ".join(places)
    if isinstance(item, Arrow):
        return ""
    return item.legend or item.name or item.file or ""
