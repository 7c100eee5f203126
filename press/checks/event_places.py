"""The places that an event is said to be at, and those that its own words name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from press.base.finding import Remark
from press.base.own_yaml import beside
from press.checks.clauses import any_of, words_of
from press.checks.known import known
from press.checks.texts import REFERENCE
from press.content.load import Loaded
from press.content.model import Event
from press.content.walk import each


def place_of_another_event(loaded: Loaded) -> Iterator[Remark]:
    """W269: an event is given a place that its own words do not name, and they name another.

    Why: The map marks the one and the chronology tells of the other. It counts where title or text
        say that it was at, in or before a place of the same kind, or the title begins with its
        name, and nothing in them or in the words kept of its sources names a place that it is
        given. An event that is near: its places is left out.
    Wrong: - id: protocol
        title: The Bishkek protocol
        places: [moscow]
    Right: - id: protocol
        title: The Bishkek protocol
        places: [bishkek]
    Remedy: Correct places: of the event, or its words; both places may stand there.
    """
    pattern = _at(known(loaded).language)
    if pattern is None:
        return
    for at, event in each(loaded, Event):
        given = [loaded.dossier.places[one] for one in event.places if one in loaded.dossier.places]
        told = f"{event.title}. {event.text}"
        if event.near or not given or _names(loaded, event, told):
            continue
        kinds = {place.kind for place in given}
        found = []
        for place in loaded.dossier.gazetteer.places:
            if place.id in event.places or place.kind not in kinds:
                continue
            name = re.compile(rf"(?<!\w){re.escape(place.name)}(?![\w’'])")
            here = any(pattern.search(told[: match.start()]) for match in name.finditer(told))
            if here or name.match(event.title):
                found.append(place)
        if len(found) == 1:
            names = " and ".join(place.name for place in given)
            message = f"event {event.id!r} is given {names}, and its words name {found[0].name}"
            yield at("places"), message, f"write places: [{found[0].id}], or correct the words"


@lru_cache(maxsize=16)
def _at(language: str) -> re.Pattern[str] | None:
    table = beside(__file__).get(language.partition("-")[0])
    if not table:
        return None
    return re.compile(rf"{any_of(words_of(table['at'])).pattern}\s+$", re.IGNORECASE)


def _names(loaded: Loaded, event: Event, told: str) -> bool:
    """Whether the words of an event, or those of its sources, name one of its places."""
    claims = (cite for claim in event.claims for cite in claim.sources)
    words = (cite.text for cite in (*event.sources, *claims))
    every = "; ".join((told, *(f"{claim.says}" for claim in event.claims), *words))
    if any(match["id"] in event.places for match in REFERENCE.finditer(every)):
        return True
    plain = every.casefold()
    names = known(loaded).names_of(event.places)
    return any(name.casefold() in plain for name in names)
