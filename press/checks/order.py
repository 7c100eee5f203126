"""Spans and arrows, against the order in which things happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from press.base.finding import Remark
from press.checks.chronology import not_yet_happened, outside_span
from press.checks.happened import events_of
from press.content.load import Loaded
from press.content.model import Arrow, Entry, Event
from press.content.walk import each
from press.dates import show


def span_backwards(loaded: Loaded) -> Iterator[Remark]:
    """W230: a span ends before it begins.

    Why: It is printed from the first event to the last, so the two stand in the wrong order, or one
        of them is not the event that was meant.
    Wrong: value: {span: [war-ends, war-begins]}
    Right: value: {span: [war-begins, war-ends]}
    Remedy: Name the earlier event first.
    """
    events, language = loaded.dossier.events, loaded.dossier.meta.language
    for at, entry in each(loaded, Entry):
        first, last = (events.get(ident) for ident in entry.span or ("", ""))
        if first and last and last.when.latest < first.when.earliest and not _out_of_time(loaded):
            message = (
                f"{last.id!r} ({show(last.when, language)}) comes before "
                f"{first.id!r} ({show(first.when, language)})"
            )
            yield at("span"), message, f"write span: [{last.id}, {first.id}]"


def _out_of_time(loaded: Loaded) -> bool:
    """Whether a year is mistyped, which is said of the event itself."""
    return any(any(check(loaded)) for check in (outside_span, not_yet_happened))


REACHED = frozenset({"take", "arrive", "attack", "open"})
"""Groups of verbs by which somebody has come to a place."""


def arrow_backwards(loaded: Loaded) -> Iterator[Remark]:
    """W232: an arrow runs against the order in which its places were reached.

    Why: An arrow ends where a movement came to. This one begins at the place of its event, or at
        what was taken or reached last, and leads to a place where people had been before; or it
        ends where its event is a departure.
    Wrong: - {through: [fuzuli, agdam], event: fuzuli-taken}     # Agdam was taken in July
    Right: - {through: [agdam, fuzuli], event: fuzuli-taken}
    Remedy: Turn the places round. Where the movement did go back, allow it.
    """
    reached = _reached(loaded)
    for at, arrow in each(loaded, Arrow):
        known = [place for place in arrow.through if place in reached]
        if _is_turned(loaded, arrow, reached, known):
            turned = ", ".join(reversed(arrow.through))
            message = f"{arrow.through[-1]!r} was reached before {arrow.through[0]!r}"
            event = loaded.dossier.events.get(arrow.event or "")
            if event and _is_left(loaded, event, arrow.through[-1]):
                message = f"event {event.id!r} leaves the place where the arrow ends"
            elif arrow.through[-1] not in reached:
                message = f"event {arrow.event!r} is where the arrow begins"
            yield at("through"), message, f"write through: [{turned}]"


def _reached(loaded: Loaded) -> Mapping[str, Sequence[Event]]:
    """The events by which each place was reached."""
    found: dict[str, list[Event]] = {}
    meant = events_of(loaded).meant
    for event in loaded.dossier.events.values():
        if meant[event.id].groups & REACHED:
            for place in event.places:
                found.setdefault(place, []).append(event)
    return found


def _is_left(loaded: Loaded, event: Event, place: str) -> bool:
    """Whether somebody leaves a place by an event, and it is the only one of it."""
    return event.places == (place,) and events_of(loaded).meant[event.id].groups == {"leave"}


def _is_reached_later(loaded: Loaded, event: Event, others: Sequence[Event]) -> bool:
    """Whether all ``others`` came after an event, and one is of its kind: taken, and then taken."""
    meant = events_of(loaded).meant
    groups = meant[event.id].groups & REACHED
    later = all(event.when.latest < one.when.earliest for one in others)
    return later and any(meant[one.id].groups & groups for one in others)


def _is_turned(
    loaded: Loaded, arrow: Arrow, reached: Mapping[str, Sequence[Event]], known: Sequence[str]
) -> bool:
    """Whether an arrow begins where its event ends, or runs from later places to earlier ones."""
    event = loaded.dossier.events.get(arrow.event or "")
    first, last = arrow.through[0], arrow.through[-1]
    if event:
        if _is_left(loaded, event, last):
            return first not in event.places
        if last in event.places and first not in event.places:
            return _is_reached_later(loaded, event, reached.get(first, ()))
        if event not in reached.get(first, ()) or last in event.places:
            return False
        before = reached.get(last, ())
        earlier = all(one.when.latest < event.when.earliest for one in before)
        return earlier if before else event.places == (first,)
    return len(known) == len(arrow.through) and all(
        max(one.when.latest for one in reached[after])
        < min(one.when.earliest for one in reached[before])
        for before, after in pairwise(known)
    )
