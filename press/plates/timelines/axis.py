"""The axis of a timeline, what dates look like on it, and the lanes beside it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from press import dates
from press.base.boxes import Box
from press.content.model import Category, Dossier, Event, Timeline
from press.dates import Date, Day
from press.plates.geometry import Point
from press.plates.signs import category_class

Certainty = Literal["exact", "about", "lasting", "open", "contested"]
Side = Literal[-1, 1]
"""Left of the axis, where x falls towards the words, or right of it."""
SIDES: tuple[Side, Side] = (-1, 1)
"""Both, in the order of their letters."""

RADIUS = 1.2
"""Of a sign, in mm."""
WHISKER = 2.4
"""How far a sign fades where nobody knows the day, in mm."""
ARROW = 1.5
"""From an end of the axis to the sign of a date beyond it, in mm: the length of its arrow."""
CLEAR = 2 * RADIUS + 0.5
"""From the middle of a sign to that of the next in its column, in mm, so that both are seen."""

BREAK = 9.0
"""The height of a break in the axis, in mm, at the least."""

Gap = tuple[Day, Day]
"""The first day of a stretch that is left out, and the first that is shown again."""

_COLUMN, _NARROW = 3.1, 2.6
_LANE_PADDING = 0.9


@dataclass(frozen=True)
class TimeAxis:
    """Days to mm: ``first`` stands at ``top``, the end of ``last`` at ``bottom``.

    ``left`` and ``right`` are where it begins and ends across. Each of the ``gaps`` takes the
    height of a ``broken`` stretch; elsewhere it is true to scale, everywhere to the same one, but
    for the stretches between gaps that ``low`` has, by number, with the height of each in mm.
    """

    first: Day
    last: Day
    top: float
    bottom: float
    left: float = 0.0
    right: float = 0.0
    gaps: tuple[Gap, ...] = ()
    broken: float = BREAK
    low: tuple[tuple[int, float], ...] = ()

    @property
    def days(self) -> int:
        """How many days there are on it to its scale."""
        low = {number for number, _ in self.low}
        return sum(_days(part) for n, part in enumerate(self.stretches) if n not in low)

    @property
    def stretches(self) -> tuple[tuple[Day, Day], ...]:
        """The first and the last day of each stretch between its breaks."""
        begins = (self.first, *(high for _, high in self.gaps))
        ends = (*(Day.of(low.number - 1) for low, _ in self.gaps), self.last)
        return tuple(zip(begins, ends, strict=True))

    @property
    def per_day(self) -> float:
        """Millimetres for a day, to its scale."""
        other = self.broken * len(self.gaps) + sum(height for _, height in self.low)
        return (self.bottom - self.top - other) / self.days

    def begin(self, day: Day) -> float:
        """Where a day begins; kept within the axis."""
        return self._at(day.number)

    def end(self, day: Day) -> float:
        """Where a day ends; kept within the axis."""
        return self._at(day.number + 1)

    def _at(self, number: int) -> float:
        """Where a Julian day number begins, within the axis."""
        at = self.top + (number - self.first.number) * self.per_day
        lows = ((self.stretches[n], height) for n, height in self.low)
        other = [
            *((low.number, high.number, self.broken) for low, high in self.gaps),
            *((first.number, last.number + 1, height) for (first, last), height in lows),
        ]
        for low, high, height in other:
            inside = min(max(number - low, 0), high - low)
            at += inside * (height / (high - low) - self.per_day)
        return min(self.bottom, max(self.top, at))


def _days(stretch: tuple[Day, Day]) -> int:
    return stretch[1].number - stretch[0].number + 1


def axis_of(
    plate: Timeline, events: Sequence[Event], box: Box, part: tuple[Day, Day] | None = None
) -> TimeAxis:
    """From the first day to the last that is to be shown, whole months where no span is given.

    Of a timeline in parts each has its own days, as far as they lie in the span.
    """
    left, top, right, bottom = box
    days = known_days(day for e in events for d in e.all_dates for day in d.span)
    if plate.span is not None:
        days = known_days(plate.span.span) or days
    first, last = (min(days), max(days)) if days else (Day(2000, 1, 1), Day(2000, 1, 1))
    if part is not None:
        first, last = _within(part, (first, last))
    elif plate.span is None:
        first = Day(first.year, first.month, 1)
        last = Day(last.year, last.month, dates.month_length(last.year, last.month))
    return TimeAxis(first, last, top, bottom, left, right)


def _within(part: tuple[Day, Day], span: tuple[Day, Day]) -> tuple[Day, Day]:
    """The days of ``part`` that lie in ``span``, which it touches."""
    return max(part[0], span[0]), max(min(part[1], span[1]), span[0])


def known_days(days: Iterable[Day]) -> list[Day]:
    """Without the first and the last day of all time, where an open date begins or ends."""
    return [day for day in days if day not in (dates.PAST, dates.FUTURE)]


@dataclass(frozen=True)
class DateMark:
    """One date of an event on the axis: the stretch it covers in mm, and whether it is solid.

    ``form`` is what its stretch looks like. An open one fades out where nobody says when it began
    or ended. Of ``contested`` dates that lie closer than signs are high each stands a ``step``
    farther from the axis than the last, at its own height. One that lies ``beyond`` an end of the
    axis has its sign at that, ``away`` mm from the top of the plate, with an arrow out of it. What
    ``goes_on`` has only its end beyond the axis.
    """

    begin: float
    end: float
    solid: bool
    form: Certainty
    fades: Literal["", "before", "after"] = ""
    contested: bool = False
    step: int = 0
    beyond: Literal["", "before", "after"] = ""
    away: float = 0.0
    goes_on: bool = False

    @property
    def kind(self) -> Certainty:
        """How certain the date is, as the legend has it."""
        return "contested" if self.contested else self.form

    @property
    def at(self) -> float:
        """Where its sign stands: at the known end, or else in the middle."""
        if self.beyond:
            return self.away
        if self.fades == "before":
            return self.end
        if self.fades or self.form == "lasting":
            return self.begin
        return (self.begin + self.end) / 2


def marks_of(event: Event, axis: TimeAxis) -> tuple[DateMark, ...]:
    """What an event's dates look like on the axis."""
    claims = event.dated_claims
    if len({str(c.date) for c in claims}) < 2:
        return (_mark(event.when, axis),)
    preferred = next((c for c in claims if c.preferred), None)
    dated = ((_mark(c.date, axis), c is preferred) for c in claims if c.date)
    return _apart([replace(mark, solid=solid, contested=True) for mark, solid in dated])


def _apart(marks: Sequence[DateMark]) -> tuple[DateMark, ...]:
    """The marks with their steps: the preferred stays, one that would touch another steps aside."""
    order = sorted(range(len(marks)), key=lambda n: (not marks[n].solid, marks[n].at))
    placed: dict[int, DateMark] = {}
    for n in order:
        near = {m.step for m in placed.values() if abs(m.at - marks[n].at) < CLEAR}
        placed[n] = replace(marks[n], step=next(k for k in itertools.count() if k not in near))
    return tuple(placed[n] for n in range(len(marks)))


def _mark(date: Date, axis: TimeAxis) -> DateMark:
    made = _within_axis(date, axis)
    first, last = date.known
    inside = last >= axis.first and first <= axis.last
    begun = made.form == "lasting" or made.fades == "after"
    if (first if begun else last) < axis.first:
        sign = axis.top + ARROW + RADIUS
        made = replace(made, beyond="before", away=sign)
    elif (last if made.fades == "before" else first) > axis.last:
        sign = axis.bottom - ARROW - RADIUS
        made = replace(made, beyond="after", away=sign)
    elif made.form == "lasting" and last > axis.last:
        made = replace(made, goes_on=True)
    return made if inside or not made.beyond else replace(made, form="exact", fades="")


def _within_axis(date: Date, axis: TimeAxis) -> DateMark:
    """What a date looks like, as far as it lies on the axis."""
    begin, end = axis.begin(date.earliest), axis.end(date.latest)
    vague = date.approximate or date.uncertain or date.kind in ("one of", "within")
    if date.start_unknown or date.end_unknown:  # it did not go on: it fades at the known day
        known = date.points[0]
        begin, end = axis.begin(known.first), axis.end(known.last)
    if date.open_start or date.open_end:
        return DateMark(begin, end, not vague, "open", "before" if date.open_start else "after")
    if vague or (date.precision != "day" and not date.is_interval):
        return DateMark(begin, end, False, "about")
    lasting = date.is_interval and date.days != 1
    return DateMark(begin, end, True, "lasting" if lasting else "exact")


# -- lanes -----------------------------------------------------------------------------------------


def chosen_events(plate: Timeline, dossier: Dossier) -> tuple[list[Event], list[Event]]:
    """The events that the plate shows, in order, and those outside its span."""
    events = list(dossier.events.values())
    if plate.show == "essential":
        events = [e for e in events if e.essential]
    elif plate.show != "events":
        events = [e for e in events if e.id in plate.show]
    span = plate.span
    inside = [e for e in events if span is None or any(d.overlaps(span) for d in e.all_dates)]
    return inside, [e for e in events if e not in inside]


@dataclass(frozen=True)
class TimelineItem:
    """An event with its marks; ``column`` is its place across its lane, 0 nearest to the axis."""

    event: Event
    marks: tuple[DateMark, ...]
    column: int = 0

    @property
    def middle(self) -> float:
        """Where on the axis its words want to stand, in mm: at its leading mark."""
        return next((m for m in self.marks if m.solid), self.marks[0]).at

    @property
    def stretch(self) -> tuple[float, float]:
        """What it takes of the lane, from and to, in mm."""
        low, high = min(m.begin for m in self.marks), max(m.end for m in self.marks)
        spare = RADIUS + (WHISKER if any(m.form in ("about", "open") for m in self.marks) else 0.1)
        return min(low, self.middle) - spare, max(high, self.middle) + spare

    @property
    def leading(self) -> DateMark:
        """The mark from which a hairline leads to the words: of those about it the outermost."""
        near = (m for m in self.marks if abs(m.at - self.middle) < CLEAR)
        return max(near, key=lambda m: m.step)

    @property
    def columns(self) -> int:
        """How many columns of its lane it takes."""
        return 1 + max(m.step for m in self.marks)


@dataclass(frozen=True)
class Lane:
    """A category's lane: its class, its side of the axis, its inner edge in mm, its columns.

    ``pitch`` is the width of a column in mm; on a dense day it is less than that of a sign.
    """

    category: Category
    colour: str
    side: Side
    inner: float
    columns: int
    items: tuple[TimelineItem, ...]
    pitch: float = _COLUMN

    @property
    def outer(self) -> float:
        """The edge towards the words."""
        return self.inner + self.side * (self.columns * self.pitch + 2 * _LANE_PADDING)

    def at(self, item: TimelineItem, mark: DateMark) -> Point:
        """Where the sign of an item's mark stands, in mm."""
        columns = item.column + mark.step + 0.5
        return self.inner + self.side * (_LANE_PADDING + columns * self.pitch), mark.at

    def point(self, item: TimelineItem) -> Point:
        """Where the sign stands, in mm, from which a hairline leads to an item's words."""
        return self.at(item, item.leading)


def lanes_of(
    items: Sequence[TimelineItem], dossier: Dossier, axis: TimeAxis, room: float
) -> list[Lane]:
    """Lanes left and right of the axis, so that both sides carry about as many words.

    The lanes of a side take at most half of its ``room``, in mm: signs of a day that has many draw
    together, and lie over one another where they must.
    """
    by_category: dict[str, list[TimelineItem]] = {}
    for item in items:
        by_category.setdefault(item.event.category, []).append(item)
    categories = dossier.chronology.categories
    present = [c for c in categories if c.id in by_category]
    left = _balanced([len(by_category[c.id]) for c in present])
    edges: dict[Side, float] = {-1: axis.left, 1: axis.right}
    sides: list[Side] = [-1 if number in left else 1 for number in range(len(present))]
    columns = [_columns(by_category[category.id]) for category in present]
    counts = [(side, count) for side, (_, count) in zip(sides, columns, strict=True)]
    pitches = {side: _pitch([n for own, n in counts if own == side], room) for side in edges}
    made = []
    for side, category, (placed, count) in zip(sides, present, columns, strict=True):
        colour = category_class(categories, category.id)
        lane = Lane(category, colour, side, edges[side], count, placed, pitches[side])
        made.append(lane)
        edges[side] = lane.outer
    return sorted(made, key=lambda lane: lane.side)


def _pitch(columns: Sequence[int], room: float) -> float:
    """The width of a column in mm, where these lanes stand side by side in half of ``room``.

    Where they would take more than a third of it, signs stand as close as they are wide.
    """

    def shared(share: float) -> float:
        rest = room * share - 2 * _LANE_PADDING * len(columns)
        return max(rest, 1.0) / max(1, sum(columns))

    return min(_COLUMN, max(shared(1 / 3), min(_NARROW, shared(1 / 2))))


def _balanced(counts: Sequence[int]) -> frozenset[int]:
    """The lanes to stand on the left; the first always does.

    Of all lanes that carry as many words together, one choice is kept: there are 2ⁿ in all.
    """
    choices: dict[int, tuple[int, ...]] = {sum(counts[:1]): ()}
    for lane in range(len(counts) - 1, 0, -1):
        for words, lanes in [*choices.items()]:
            more = words + counts[lane]
            choices[more] = min((lane, *lanes), choices.get(more, (lane, *lanes)))
    _, lanes = min((abs(sum(counts) - 2 * words), lanes) for words, lanes in choices.items())
    return frozenset({0, *lanes})


def _columns(items: Sequence[TimelineItem]) -> tuple[tuple[TimelineItem, ...], int]:
    """Items that would touch stand side by side."""
    ends: list[float] = []
    placed = []
    for item in sorted(items, key=lambda i: i.stretch):
        low, high = item.stretch
        wide = item.columns
        free = (n for n in range(len(ends)) if all(end <= low for end in ends[n : n + wide]))
        column = next(free, len(ends))
        ends += [low] * (column + wide - len(ends))
        ends[column : column + wide] = [high] * wide
        placed.append(replace(item, column=column))
    return tuple(placed), max(1, len(ends))
