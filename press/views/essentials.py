"""What short editions print of a dossier: its essential events, and whom they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from press import locale
from press.content.model import Dossier, Event, Map, Row, Timeline
from press.design.styles import Style
from press.prose import Prose
from press.prose.values import trusted
from press.views import chronology
from press.views.drawn_from import drawn_from, of_values
from press.views.head import Head, head
from press.views.strip_links import strip_links
from press.views.values import NOTHING

NAMED_SOURCES = (24, 12, 6)
"""Sources that are named where there is no room for all of them: those of what is printed first,
of values and of dates that differ before others. Where those of the values alone have room, no
fewer than these are."""
Named = tuple[tuple[Markup, ...], str]
"""Labels of sources, and how many are not named; "" where all are."""


_MARKED = re.compile(r'class="contested">(.*?)</')
"""How HTML marks what accounts differ about."""


@dataclass(frozen=True)
class Essentials(Head):
    """The essential events in their phases, round a map.

    ``contested`` is a date or value on the sheet about which sources disagree, for the legend:
    that of an event with several dates, if there is one; "" where no date or value is marked.
    ``share`` says how many of the dossier's events are told; "" where all are.
    ``sources`` are named, ``further`` says how many are not; ``fewer`` are ways to name ever less
    of them.
    """

    phases: tuple[chronology.PhaseView, ...]
    categories: tuple[chronology.CategoryView, ...]
    contested: Markup
    share: str
    sources: tuple[Markup, ...]
    further: str
    fewer: tuple[Named, ...]
    map: Markup = NOTHING


def essential_events(dossier: Dossier) -> tuple[Event, ...]:
    """The events that short editions print: the essential ones, or all where none is marked."""
    events = tuple(dossier.events.values())
    return tuple(event for event in events if event.essential) or events


def essentials(
    dossier: Dossier,
    prose: Prose,
    style: Style,
    plates: Iterable[Map | Timeline] = (),
    rows: Iterable[Row] = (),
) -> dict[str, Any]:
    """The fields of ``Essentials`` by name but for its map, for a view that has more.

    It prints ``plates``, and ``rows`` of the infobox.
    """
    front, rows = head(dossier, prose), tuple(rows)
    chosen = {event.id: event for event in essential_events(dossier)}
    signs = chronology.categories(dossier, style)
    phases = []
    for phase, events in dossier.phases():
        if kept := [event for event in events if event.id in chosen]:
            shown = [chronology.event_view(e, signs[e.category], prose) for e in kept]
            phases.append(chronology.phase_view(phase, kept, shown, dossier))
    cited = drawn_from(dossier, prose, chosen.values(), rows, plates)

    def named(most: int) -> Named:
        labels = tuple(strip_links(prose.citations.label(ident)) for ident in cited[:most])
        return labels, _further(len(cited) - len(labels), dossier.meta.language)

    needed = len(set(of_values(rows, prose)) & set(cited))
    least = {*NAMED_SOURCES, max(needed, *NAMED_SOURCES[-1:])}
    (sources, further), *fewer = map(named, (len(cited), *sorted(least, reverse=True)))
    return {
        **front,
        "phases": tuple(phases),
        "categories": chronology.used(signs, phases),
        "contested": _first_contested(front["standfirst"], phases),
        "share": _share(len(chosen), len(dossier.events), dossier.meta.language),
        "sources": sources,
        "further": further,
        "fewer": tuple(one for one in dict.fromkeys(fewer) if one[0] != sources),
    }


def _share(number: int, of: int, language: str) -> str:
    words = locale.messages(language)["handout.of-events"]
    return words.format(n=number, all=of) if number < of else ""


def _first_contested(standfirst: Markup, phases: Iterable[chronology.PhaseView]) -> Markup:
    """What the legend shows as contested: the date of an event that has several, if there is one.

    Else the first words that are marked so.
    """
    views = [view for phase in phases for view in phase.events]
    several = [view.date for view in views if view.contested]
    words = marked("".join((standfirst, *(view.text for view in views))))
    return next(iter((*several, *words)), NOTHING)


def marked(html: str) -> tuple[Markup, ...]:
    """The words that ``html`` marks as contested."""
    return tuple(escape(trusted(one).striptags()) for one in _MARKED.findall(html))


def _further(number: int, language: str) -> str:
    """How many sources of a sheet the dossier alone names; empty for none."""
    key = "handout.further.one" if number == 1 else "handout.further.other"
    return locale.messages(language)[key].format(n=number) if number else ""
