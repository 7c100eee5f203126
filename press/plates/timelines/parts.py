"""A timeline in several parts: what one page does not hold goes on overleaf."""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from press.content.model import Dossier, Event, Timeline
from press.dates import Day
from press.plates.drawing import Drawing
from press.plates.timelines.axis import chosen_events, known_days


@dataclass(frozen=True)
class TimelinePart:
    """What one picture of a timeline shows: its events, and which part it is, from 0.

    ``outside`` are the events that lie outside the plate's span. ``days`` are the first and the
    last of its axis; None where the plate has one picture. Where it is not ``worded``, the signs
    stand alone. Of the events that are listed by number those from ``skip`` up to ``stop`` are;
    a part that only goes on with a list has no ``picture``.
    """

    events: tuple[Event, ...]
    outside: tuple[Event, ...] = ()
    number: int = 0
    days: tuple[Day, Day] | None = None
    worded: bool = True
    skip: int = 0
    stop: int | None = None
    picture: bool = True


Fit = Callable[[TimelinePart], tuple[Drawing, bool]]
"""Draws a part as high as its page lets it, and says whether it is higher nonetheless."""


def whole_of(plate: Timeline, dossier: Dossier) -> TimelinePart:
    """All that a plate shows, in one part."""
    inside, outside = chosen_events(plate, dossier)
    return TimelinePart(tuple(inside), tuple(outside))


def divided(whole: TimelinePart, fit: Fit) -> list[Drawing]:
    """The parts of ``whole``, as few as each fit a page; days with too much for one go on in lists.

    Events of one day stay together. Each axis holds all days that its events may belong to, so
    that nothing on it stands where it did not happen.
    """
    days = [[*group] for _, group in itertools.groupby(whole.events, _day)]
    drawings: list[Drawing] = []
    for part, drawing, over in _fewest(whole, days, fit):
        renumbered = replace(part, number=len(drawings))
        if over:
            drawings += _with_lists(renumbered, fit)
        else:  # lists before it have shifted its number, by which its figure is known
            drawings.append(drawing if renumbered == part else fit(renumbered)[0])
    return drawings


Made = list[tuple[TimelinePart, Drawing, bool]]
"""Parts as they are drawn, and whether each is higher than its page."""


def _fewest(whole: TimelinePart, days: Sequence[Sequence[Event]], fit: Fit) -> Made:
    """As few parts as all fit, but for those of one day; found by halving, not one by one."""
    if len(days) < 2:
        return [(whole, *fit(whole))]
    low, high, best = 1, 2, Made()
    while not best:
        high = min(high, len(days))
        best = _tried(whole, days, high, fit)
        low, high = (low, high) if best else (high, 2 * high)
    while high - low > 1:
        middle = (low + high) // 2
        made = _tried(whole, days, middle, fit)
        low, high, best = (low, middle, made) if made else (middle, high, best)
    return best


def _tried(whole: TimelinePart, days: Sequence[Sequence[Event]], count: int, fit: Fit) -> Made:
    """``count`` parts; none at all where one of several days does not fit."""
    made = Made()
    for part in _parted(whole, days, count):
        drawing, over = fit(part)
        if over and _day(part.events[0]) != _day(part.events[-1]):
            return Made()
        made.append((part, drawing, over))
    return made


def _day(event: Event) -> Day:
    return event.when.sort_key[0]


def _parted(
    whole: TimelinePart, days: Sequence[Sequence[Event]], count: int
) -> Iterator[TimelinePart]:
    """``count`` parts of about as many events each, of whole days; fewer where days are crowded."""
    each = math.ceil(len(whole.events) / count) if count < len(days) else 0
    groups: list[list[Event]] = []
    for events in days:
        if not groups or len(groups[-1]) + len(events) / 2 > each:
            groups.append([])
        groups[-1] += events
    for number, events in enumerate(groups):
        shown = known_days(day for event in events for date in event.all_dates for day in date.span)
        first, last = (min(shown), max(shown)) if shown else (_day(events[0]), _day(events[-1]))
        yield replace(whole, events=tuple(events), number=number, days=(first, last))


def _with_lists(part: TimelinePart, fit: Fit) -> Iterator[Drawing]:
    """A part whose list of events goes on overleaf, as often as it must."""
    total, skip = len(part.events), 0
    while skip < total:
        rest = replace(part, skip=skip, picture=not skip, number=part.number + bool(skip))
        stop = _most(rest, fit, total)
        yield fit(replace(rest, stop=stop))[0]
        part, skip = replace(rest, picture=False), stop


def _most(part: TimelinePart, fit: Fit, total: int) -> int:
    """Up to which event, of ``total``, the list of a part fits its page; one further at least."""
    further = range(part.skip + 2, total + 1)
    count = bisect_left(further, True, key=lambda stop: fit(replace(part, stop=stop))[1])
    return part.skip + 1 + count


def joined(drawings: Sequence[Drawing]) -> Drawing:
    """The first part, which knows all that the others drew and has these in ``further``."""
    first = drawings[0]
    return replace(
        first,
        further=tuple(drawings[1:]),
        equivalent=tuple(line for each in drawings for line in each.equivalent),
        events=frozenset().union(*(each.events for each in drawings)),
        dropped=tuple(name for each in drawings for name in each.dropped),
        faults=tuple(dict.fromkeys(fault for each in drawings for fault in each.faults)),
    )
