"""Areas and arrows of a map, against the places of the events that they are drawn by."""

from __future__ import annotations

from collections.abc import Iterator

from press.base.finding import Place, Remark
from press.checks.happened import events_of
from press.content.load import Loaded
from press.content.model import Area, Arrow, Event
from press.content.walk import each


def drawn_by_another_event(loaded: Loaded) -> Iterator[Remark]:
    """W235: an area or an arrow of a map is drawn by an event of another place.

    Why: The event gives the area its date and its step of colour, and the arrow its time. This one
        happened elsewhere, and another of the kind happened there, which is likely meant.
    Wrong: - {name: Qubadli, country: AZE, event: zangilan-taken}
    Right: - {name: Qubadli, country: AZE, event: qubadli-taken}
    Remedy: Name the event of the place. Where the other event did change it, allow it.
    """
    for at, area in each(loaded, Area):
        event = loaded.dossier.events.get(area.event or "")
        if event and area.name:
            yield from _misplaced(loaded, at("event"), event, _of_area(loaded, area))
    for at, arrow in each(loaded, Arrow):
        event = loaded.dossier.events.get(arrow.event or "")
        if event:
            yield from _misplaced(loaded, at("event"), event, frozenset(arrow.through))


def _of_area(loaded: Loaded, area: Area) -> frozenset[str]:
    """The places of the gazetteer that are called like the area, or lie in it."""
    names = {name.casefold() for name in (area.name or "", *area.also, area.label) if name}
    return frozenset(
        ident
        for ident, place in loaded.dossier.places.items()
        if names & {name.casefold() for name in (place.name, *place.also, place.district)}
        or any(name.name.casefold() in names for name in place.names)
    )


def _misplaced(loaded: Loaded, at: Place, event: Event, own: frozenset[str]) -> Iterator[Remark]:
    """What is wrong where none of the event's places is one of the thing's own."""
    if not (own and event.places) or own & set(event.places):
        return
    groups = events_of(loaded).meant[event.id].groups
    like = [
        other
        for other in loaded.dossier.events.values()
        if other.category == event.category
        and own & set(other.places)
        and events_of(loaded).meant[other.id].groups & groups
    ]
    if like:
        places = ", ".join(event.places)
        message = f"event {event.id!r} was at {places}, and {like[0].id!r} was here"
        yield at, message, f"write event: {like[0].id}"
