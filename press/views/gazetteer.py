"""The gazetteer: places with their names, their position, and what happened there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from press.content import facts, kinds
from press.content.model import Dossier, Event
from press.prose import Prose
from press.views import things
from press.views.things import ThingView
from press.views.values import LONG, NOTHING, TALL, Part, lines_of

_NARROW = 24
"""Letters of a line of what is said of a name."""
_MANY = 100
"""Letters from which on dates are text to be read, and no label: those of W503."""


@dataclass(frozen=True)
class PlaceView(ThingView):
    """A place, where it lies, and what happened there: each an anchor and a date.

    ``also`` are its other names, without those that are part of its own.
    """

    coordinates: str = ""
    position_cites: Markup = NOTHING
    events: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()

    @property
    def long(self) -> bool:
        """Whether its row may go over to the next page, for it takes much of one."""
        return self._lines > LONG

    @property
    def tall(self) -> bool:
        """Whether it may do so where pages hold little."""
        return self._lines + 2 > TALL  # its name, and what and where it is, stand over them

    @property
    def much_happened(self) -> bool:
        """Whether its dates are so many that they are set as large as notes."""
        return len(";".join(date for _, date in self.events)) > _MANY

    @property
    def _lines(self) -> int:
        """About how many lines it takes; what is said of a name stands in a narrow column."""
        names = sum(-(-len(one.said) // _NARROW) or 1 for one in self.names)
        stated = (Markup("{} {}").format(label, words) for label, words in self.facts)
        told = Markup(" ").join(self.told.values())
        dates = Markup("; ").join(date for _, date in self.events)
        return names + lines_of(*stated, told, dates)


def view(dossier: Dossier, prose: Prose) -> Part[PlaceView] | None:
    """The gazetteer, in the language's alphabetical order; None where there are no places."""
    part = things.view(kinds.FILES["gazetteer.yaml"], dossier, prose)
    if part is None:
        return None
    happened: dict[str, list[Event]] = {}
    for event in dossier.events.values():
        for place in dict.fromkeys(event.places):
            happened.setdefault(place, []).append(event)
    places = (_place(one, happened.get(one.thing.id, ()), prose) for one in part.entries)
    return Part(part.note, tuple(places))


def _place(entry: ThingView, events: Iterable[Event], prose: Prose) -> PlaceView:
    at, language = entry.thing.at, prose.language
    return PlaceView(
        **vars(entry),
        coordinates=facts.degrees(at, language) if at else "",
        position_cites=prose.cites(at.sources) if at else NOTHING,
        events=tuple((f"event-{event.id}", _date(event, language)) for event in events),
        also=tuple(
            name
            for name in entry.thing.also
            if not re.search(rf"\b{re.escape(name)}\b", entry.thing.name)
        ),
    )


def _date(event: Event, language: str) -> str:
    """Its date in short; the author's own words for it, where these are printed elsewhere."""
    own = event.printed and not event.dated_claims
    return facts.event_date(event, language, "long" if own else "short")
