"""What short editions print of a dossier: its essential events, and whom they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from press import locale
from press.content.model import Dossier, Event
from press.design.styles import Style
from press.prose import Prose
from press.views import chronology
from press.views.head import Head, head
from press.views.strip_links import strip_links
from press.views.values import NOTHING

NAMED_SOURCES = 12
"""Sources that are named, primary ones before all others."""


@dataclass(frozen=True)
class Essentials(Head):
    """The essential events in their phases, round a map.

    ``contested`` says that sources disagree about one of them. ``sources`` are named, ``further``
    says how many are not; ``primary`` are the same where there is room for the primary ones alone.
    """

    phases: tuple[chronology.PhaseView, ...]
    categories: tuple[chronology.CategoryView, ...]
    contested: bool
    sources: tuple[Markup, ...]
    further: str
    primary: tuple[tuple[Markup, ...], str]
    map: Markup = NOTHING


def essential_events(dossier: Dossier) -> tuple[Event, ...]:
    """The events that short editions print: the essential ones, or all where none is marked."""
    events = tuple(dossier.events.values())
    return tuple(event for event in events if event.essential) or events


def essentials(dossier: Dossier, prose: Prose, style: Style) -> dict[str, Any]:
    """The fields of ``Essentials`` by name but for its map, for a view that has more."""
    chosen = {event.id: event for event in essential_events(dossier)}
    signs = chronology.categories(dossier, style)
    phases = []
    for phase, events in dossier.phases():
        if kept := [event for event in events if event.id in chosen]:
            shown = [chronology.event_view(e, signs[e.category], prose) for e in kept]
            phases.append(chronology.phase_view(phase, kept, shown, dossier))
    cited = [ident for ident in _cited(chosen.values()) if ident in dossier.bibliography]
    first = [ident for ident in cited if dossier.bibliography[ident].kind == "primary"]

    def told(idents: Iterable[str]) -> tuple[tuple[Markup, ...], str]:
        named = tuple(dict.fromkeys(idents))[:NAMED_SOURCES]
        labels = tuple(strip_links(prose.citations.label(ident)) for ident in named)
        return labels, _further(len(cited) - len(named), dossier.meta.language)

    sources, further = told((*first, *cited))
    return {
        **head(dossier, prose),
        "phases": tuple(phases),
        "categories": chronology.used(signs, phases),
        "contested": any(event.contested for event in chosen.values()),
        "sources": sources,
        "further": further,
        "primary": told(first or cited),
    }


def _cited(events: Iterable[Event]) -> Iterable[str]:
    """The sources of events and of the accounts of them, each once, in the order of the dates."""
    return dict.fromkeys(
        cite.source
        for event in events
        for cite in (*event.sources, *(c for claim in event.claims for c in claim.sources))
    )


def _further(number: int, language: str) -> str:
    """How many sources the dossier names beside those on the sheet; empty for none."""
    key = "handout.further.one" if number == 1 else "handout.further.other"
    return locale.messages(language)[key].format(n=number) if number else ""
