"""What a single sheet rests on: the sources of all facts that it prints or draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from press.content import facts
from press.content.model import Cite, Dossier, Entry, Event, Map, Row, Timeline
from press.plates.timelines.axis import chosen_events
from press.prose import Prose


def drawn_from(
    dossier: Dossier,
    prose: Prose,
    events: Iterable[Event],
    rows: Iterable[Row] = (),
    plates: Iterable[Map | Timeline] = (),
) -> tuple[str, ...]:
    """The ids of the sources of ``events``, ``rows`` and ``plates``, and of what texts have cited.

    Those of accounts that differ come first, for a reader asks for them first; then primary ones.
    """
    listed, rows = [*events, *_on_plates(plates, dossier)], list(rows)
    disputed = [c for e in listed for claim in e.claims for c in claim.sources]
    disputed += [c for row in rows for c in _of_accounts(row, prose)]
    others = [cite for event in listed for cite in event.sources]
    others += [cite for row in rows for cite in _of_row(row, dossier, prose)]
    own = dict.fromkeys(cite.source for cite in (*disputed, *others))
    told = [ident for ident in dossier.bibliography if prose.cited(ident)]
    known = dossier.bibliography
    cited = [ident for ident in dict.fromkeys((*own, *told)) if ident in known]
    first = [cite.source for cite in disputed if cite.source in known]
    primary = [ident for ident in cited if known[ident].kind == "primary"]
    return tuple(dict.fromkeys((*first, *primary, *cited)))


def _on_plates(plates: Iterable[Map | Timeline], dossier: Dossier) -> Iterator[Event]:
    """The events whose dates plates print: those of a timeline, and those of areas and arrows."""
    for plate in plates:
        if isinstance(plate, Timeline):
            yield from chosen_events(plate, dossier)[0]
        else:
            named = [area.event or "" for area in plate.areas]
            named += [arrow.event or "" for arrow in plate.arrows]
            yield from (dossier.events[ident] for ident in named if ident in dossier.events)


def _of_accounts(row: Row, prose: Prose) -> Iterator[Cite]:
    for _, entry in row.entries:
        found = facts.find(prose.facts, entry.fact) if entry.fact else None
        fact = found.fact if isinstance(found, facts.Found) else None
        for claim in fact.claims if fact else entry.claims:
            yield from claim.sources


def _of_row(row: Row, dossier: Dossier, prose: Prose) -> Iterator[Cite]:
    yield from row.sources
    for _, entry in row.entries:
        yield from _of_entry(entry, dossier, prose)


def _of_entry(entry: Entry, dossier: Dossier, prose: Prose) -> Iterator[Cite]:
    """The sources of a value: its own, and those of the fact or events that it is drawn from."""
    yield from entry.sources
    if entry.fact and isinstance(found := facts.find(prose.facts, entry.fact), facts.Found):
        yield from facts.basis(found)
    for ident in (entry.event, *(entry.span or ())):
        if event := dossier.events.get(ident or ""):
            yield from (*event.sources, *(c for claim in event.claims for c in claim.sources))
