"""The gazetteer: places with their names, their position, and what happened there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from press import locale
from press.base.collation import collation
from press.content import facts
from press.content.model import Dossier, Event, Name, Place
from press.prose import Prose
from press.views.values import NOTHING, Part, labelled


@dataclass(frozen=True)
class PlaceView:
    """A place as its author typed it, and what the gazetteer prints beside.

    ``names`` are the place's names, each with what its language is called; ``events`` what happened
    there, each an anchor in the chronology and a date.
    """

    place: Place
    coordinates: str
    role: Markup
    names: tuple[tuple[Name, str], ...]
    events: tuple[tuple[str, str], ...]
    cites: Markup
    note: Markup
    position_cites: Markup
    facts: tuple[tuple[str, Markup], ...]


def view(dossier: Dossier, prose: Prose) -> Part[PlaceView] | None:
    """The gazetteer, in the language's alphabetical order; None where there are no places."""
    gazetteer, language = dossier.gazetteer, dossier.meta.language
    if not gazetteer.places:
        return None
    events = dossier.events.values()
    return Part(
        prose.inline(gazetteer.note),
        tuple(
            _place(place, [event for event in events if place.id in event.places], prose)
            for place in sorted(gazetteer.places, key=lambda p: collation(p.name, language))
        ),
    )


def _place(place: Place, events: Iterable[Event], prose: Prose) -> PlaceView:
    language = prose.language
    return PlaceView(
        place=place,
        coordinates=facts.degrees(place.at, language) if place.at else "",
        role=prose.inline(place.role),
        names=tuple((name, locale.language_name(name.language, language)) for name in place.names),
        events=tuple(
            (f"event-{event.id}", facts.event_date(event, language, "short")) for event in events
        ),
        cites=prose.cites(place.sources),
        note=prose.inline(place.note),
        position_cites=prose.cites(place.at.sources) if place.at else NOTHING,
        facts=labelled(place.id, place.facts, prose),
    )
