"""The chronology: events in their phases, each with its date, its sign and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from press import locale
from press.content import facts
from press.content.model import Category, Dossier, Event, Phase
from press.design.styles import Style
from press.plates import KINDS, Drawing
from press.plates.signs import category_class, sign_maker
from press.prose import Prose
from press.prose.sentences import begun
from press.views.values import LONG, NOTHING, TALL, ClaimView, claim_view, labelled, lines_of


@dataclass(frozen=True)
class CategoryView:
    """A category with its sign in its colour."""

    label: str
    sign: Markup


@dataclass(frozen=True)
class EventView:
    """An event as the chronology prints it.

    Its date is ``contested`` where accounts give others. Where they differ in words, ``untold``
    says how many there are, for a sheet that has no room for them. ``untitled`` are those of its
    ``places`` that its title does not name.
    """

    id: str
    date: Markup
    contested: bool
    title: Markup
    text: Markup
    category: CategoryView
    untold: str = ""
    claims: tuple[ClaimView, ...] = ()
    places: Markup = NOTHING
    untitled: Markup = NOTHING
    cites: Markup = NOTHING
    plates: Markup = NOTHING
    facts: tuple[tuple[str, Markup], ...] = ()

    @property
    def long(self) -> bool:
        """Whether its row may go over to the next page, for it takes much of one."""
        return self._lines > LONG

    @property
    def tall(self) -> bool:
        """Whether it may do so where pages hold little."""
        return self._lines > TALL

    @property
    def _lines(self) -> int:
        """About how many lines are told of it: its accounts and its facts with it."""
        accounts = (NOTHING.join((one.said, one.rests_on, one.reason)) for one in self.claims)
        return lines_of(self.text, *accounts, *(words for _, words in self.facts), self.cites)


@dataclass(frozen=True)
class PhaseView:
    """A phase of the chronology with its events; untitled where the dossier has no phases."""

    title: str
    span: str
    events: tuple[EventView, ...]


@dataclass(frozen=True)
class ChronologyView:
    """The chronology table."""

    phases: tuple[PhaseView, ...]
    categories: tuple[CategoryView, ...]


def view(
    dossier: Dossier, prose: Prose, style: Style, drawings: Iterable[Drawing]
) -> ChronologyView | None:
    """The chronology, in phases; None where there are no events."""
    if not dossier.chronology.events:
        return None
    signs = categories(dossier, style)
    maps = [drawing for drawing in drawings if KINDS[drawing.kind].locates]
    shown = tuple(
        phase_view(phase, events, [_event(event, signs, maps, prose) for event in events], dossier)
        for phase, events in dossier.phases()
    )
    return ChronologyView(shown, used(signs, shown))


def categories(dossier: Dossier, style: Style) -> Mapping[str, CategoryView]:
    """The categories by id, in the author's order, with signs in the colours of ``style``."""
    sign_svg = sign_maker(style)
    listed = dossier.chronology.categories

    def signed(one: Category) -> CategoryView:
        drawn = sign_svg(one.sign, category_class(listed, one.id), one.label)
        return CategoryView(one.label, Markup(drawn))  # noqa: S704 our own drawing

    return {one.id: signed(one) for one in listed}


def used(
    signs: Mapping[str, CategoryView], phases: Iterable[PhaseView]
) -> tuple[CategoryView, ...]:
    """Those of the categories that have an event in these phases, for their legend."""
    there = {event.category for phase in phases for event in phase.events}
    return tuple(sign for sign in signs.values() if sign in there)


def phase_view(
    phase: Phase | None, events: Sequence[Event], shown: Iterable[EventView], dossier: Dossier
) -> PhaseView:
    """``phase`` over those of its events that are shown; None for those before the first phase."""
    language = dossier.meta.language
    before = locale.messages(language)["phase.before"] if dossier.chronology.phases else ""
    title = phase.title if phase else before
    span = facts.phase_span(phase, events, dossier)
    return PhaseView(title, "" if facts.says(title, span) else span, tuple(shown))


def event_view(event: Event, category: CategoryView, prose: Prose) -> EventView:
    """What every edition prints of an event: when, what, and where accounts differ."""
    return EventView(
        id=event.id,
        date=escape(facts.event_date(event, prose.language)),
        contested=event.date_contested,
        untold=_untold(event, prose.language),
        claims=tuple(claim_view(claim, prose) for claim in event.claims),
        title=prose.inline(event.title),
        text=prose.inline(event.text),
        category=category,
    )


def _untold(event: Event, language: str) -> str:
    """How many accounts the dossier has; "" where the dates that are printed say all of them."""
    if all(claim.date for claim in event.claims):
        return ""
    return locale.messages(language)["accounts.untold"].format(n=len(event.claims))


def _event(
    event: Event, signs: Mapping[str, CategoryView], maps: Iterable[Drawing], prose: Prose
) -> EventView:
    """One row of the chronology, which leads to its places, its sources and its maps."""
    return replace(
        event_view(event, signs[event.category], prose),
        places=_place_links(event, prose.dossier),
        untitled=_place_links(event, prose.dossier, event.title),
        cites=begun(prose.cites(event.sources), prose.language),
        plates=_map_links(event, maps, prose),
        facts=labelled(event.id, event.facts, prose),
    )


def _place_links(event: Event, dossier: Dossier, said: str = "") -> Markup:
    """Names of places that lead to the gazetteer, with commas; without those that are ``said``."""
    places = dossier.places
    return Markup(", ").join(
        Markup('<a href="#place-{}">{}</a>').format(ident, places[ident].name)
        for ident in event.places
        if ident in places and not re.search(rf"\b{re.escape(places[ident].name)}\b", said)
    )


def _map_links(event: Event, maps: Iterable[Drawing], prose: Prose) -> Markup:
    """The maps that show the event, each with its page."""
    anchors = [f"plate-{drawing.id}" for drawing in maps if event.id in drawing.events]
    link = Markup('<a href="#{}">{}</a>{}')
    return Markup("; ").join(
        link.format(anchor, facts.label(prose.dossier, anchor), prose.on_page(anchor))
        for anchor in anchors
    )
