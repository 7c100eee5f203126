"""Which events a clause may tell of, by the rare words that it shares with each of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import log

from press.checks.known import known, stems_of
from press.content.load import Loaded
from press.content.model import Event

SHARED = 2
"""Rare words of an event that a clause has which tells of it."""
CLOSE = 0.7
"""The part of the points of the likeliest event that another has which may be meant as well."""
FEW = 3.0
"""How many events may have a word that is rare among them: one in so many."""


def alike_events(loaded: Loaded, own: frozenset[str], but: Event | None = None) -> list[Event]:
    """The events of which a clause has enough rare words, the one with most first."""
    rarity, found = weights(loaded), []
    for event in loaded.dossier.events.values():
        title = known(loaded).titles[event.id]
        shared = own & words_of_events(loaded)[event.id]
        rare = {stem for stem in shared if rarity[stem] >= log(FEW)}
        in_title = len(shared & title)
        if len(rare) >= SHARED and in_title and event != but:
            found.append((sum(rarity[stem] for stem in rare) * (1 + in_title / len(title)), event))
    best = max((points for points, _ in found), default=0.0)
    found = [pair for pair in found if pair[0] >= CLOSE * best]
    return [event for _, event in sorted(found, key=lambda pair: -pair[0])]


@lru_cache(maxsize=2)
def words_of_events(loaded: Loaded) -> Mapping[str, frozenset[str]]:
    """The stems of each event: of its title, its text and its places."""
    data = known(loaded)
    return {
        event.id: data.titles[event.id]
        | stems_of(f"{event.text} {' '.join(event.places)}", data.language)
        for event in loaded.dossier.events.values()
    }


@lru_cache(maxsize=2)
def weights(loaded: Loaded) -> Mapping[str, float]:
    """How much each stem says: the fewer events have it, the more."""
    every = list(words_of_events(loaded).values())
    counts: dict[str, int] = {}
    for stem in (stem for stems in every for stem in stems):
        counts[stem] = counts.get(stem, 0) + 1
    return {stem: log(len(every) / number) for stem, number in counts.items()}
