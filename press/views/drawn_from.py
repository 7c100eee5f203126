"""What a single sheet rests on: the sources of all facts that it prints or draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from press.content import facts
from press.content.model import Cite, Dossier, Event, Map, Row, Timeline
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

    Those of what is surely printed come first: of the values of ``rows``, then of dates that
    differ, for a reader asks for them first; then those of events and texts, primary ones before
    others. Those of accounts in words, which may lack room, and of dates on plates follow.
    """
    listed, rows, known = list(events), list(rows), dossier.bibliography
    claims = [claim for event in listed for claim in event.claims]
    values = of_values(rows, prose)
    dates = [cite.source for claim in claims if claim.date for cite in claim.sources]
    texts = [cite.source for event in listed for cite in event.sources]
    texts += [cite.source for row in rows for cite in _of_dates(row, dossier)]
    texts += [ident for ident in known if prose.cited(ident)]
    texts.sort(key=lambda ident: ident not in known or known[ident].kind != "primary")
    others = [cite.source for claim in claims if claim.text for cite in claim.sources]
    others += [cite.source for event in _on_plates(plates, dossier) for cite in _of_event(event)]
    ordered = dict.fromkeys((*values, *dates, *texts, *others))
    return tuple(ident for ident in ordered if ident in known)


def of_values(rows: Iterable[Row], prose: Prose) -> tuple[str, ...]:
    """The ids of the sources of the values of ``rows``: first those of accounts that differ."""
    rows = tuple(rows)
    found = [cite.source for row in rows for cite in _of_accounts(row, prose)]
    found += [cite.source for row in rows for cite in _of_row(row, prose)]
    return tuple(dict.fromkeys(found))


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


def _of_row(row: Row, prose: Prose) -> Iterator[Cite]:
    """The sources of its values: their own, the row's, and those of facts that are drawn."""
    yield from row.sources
    for _, entry in row.entries:
        yield from entry.sources
        if entry.fact and isinstance(found := facts.find(prose.facts, entry.fact), facts.Found):
            yield from facts.basis(found)


def _of_dates(row: Row, dossier: Dossier) -> Iterator[Cite]:
    """The sources of the events from which its dates are drawn."""
    for _, entry in row.entries:
        for ident in (entry.event, *(entry.span or ())):
            if event := dossier.events.get(ident or ""):
                yield from _of_event(event)


def _of_event(event: Event) -> Iterator[Cite]:
    yield from (*event.sources, *(cite for claim in event.claims for cite in claim.sources))
