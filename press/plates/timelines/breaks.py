"""Where a timeline's axis is broken: long stretches without events, and the sign that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from press import dates
from press.content.model import Event
from press.dates import Day
from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.geometry import Point
from press.plates.style import PlateStyle
from press.plates.timelines.axis import BREAK, Gap, TimeAxis

LONG = 0.4
"""The share of the axis from which on a stretch without events is left out."""
_COARSE, _LEAST_LOW = 0.5, 8.0
"""What a date without a day counts against one with; the least height in mm of its stretch."""
_YEARS_FROM = 3650
"""Shown days from which on whole years are left out; of a shorter time, whole months."""
_TOOTH = 1.3
_KEPT, _CLEAR, _PITCH = 1.4, 1.0, 1.1
"""Beyond the lines of a break, and around its words, in mm; from line to line, in sizes of type."""


def gaps_of(events: Iterable[Event], first: Day, last: Day) -> tuple[Gap, ...]:
    """The stretches between ``first`` and ``last`` to leave out, in order.

    Each is longer than two fifths of what is shown beside it, begins and ends with a month or, of
    a long time, with a year, and no account of any date touches it. Where days are known, years
    that only a date without a day takes are not counted as shown: they get little room.
    """
    dated = (date for event in events for date in event.all_dates)
    known = [date for date in dated if date.known[1] >= first and date.known[0] <= last]
    empty = list(_between([_taken(date) for date in known], last))
    shown = last.number - first.number + 1
    yearly = shown - sum(map(_length, empty)) > _YEARS_FROM
    whole = [gap for low, high in empty if (gap := _whole(low, high, yearly=yearly))]
    chosen = []
    shown -= _coarse_days(known, (first.number, last.number))
    for gap in sorted(whole, key=_length, reverse=True):
        if _length(gap) <= LONG * shown:
            break
        chosen.append(gap)
        shown -= _length(gap)
    return tuple(sorted(chosen))


def _coarse_days(known: Sequence[dates.Date], ends: tuple[int, int]) -> int:
    """The days of stretches in which no date has a day, where others have one; or none."""
    if not any(map(_of_days, known)):
        return 0
    stretches: list[tuple[int, int, bool]] = []
    for begun, ended, fine in sorted((*_taken(date), _of_days(date)) for date in known):
        low, high = begun.number, ended.number
        if stretches and low <= stretches[-1][1]:
            before, until, found = stretches.pop()
            stretches.append((before, max(until, high), found or fine))
        else:
            stretches.append((low, high, fine))
    coarse = [(max(low, ends[0]), min(high, ends[1])) for low, high, fine in stretches if not fine]
    return sum(max(0, high - low + 1) for low, high in coarse)


def _of_days(date: dates.Date) -> bool:
    """Whether any of its points is a day."""
    return any(point.precision == "day" for point in date.points)


def with_low(axis: TimeAxis, events: Iterable[Event]) -> TimeAxis:
    """The axis, where days are known, with little room for stretches in which no date has one.

    Such a stretch has at most the share of its dates, each counted half; others have one scale.
    """
    known = [date for event in events for date in event.all_dates]
    held = [
        [date for date in known if _taken(date)[0] <= last and _taken(date)[1] >= first]
        for first, last in axis.stretches
    ]
    fine = [any(map(_of_days, dated)) for dated in held]
    if all(fine) or not any(fine):
        return axis
    counts = [len(of) * (1.0 if days else _COARSE) for of, days in zip(held, fine, strict=True)]
    room = axis.bottom - axis.top - axis.broken * len(axis.gaps)
    low = tuple(
        (n, max(_LEAST_LOW, room * count / sum(counts)))
        for n, (count, days) in enumerate(zip(counts, fine, strict=True))
        if not days
    )
    made = replace(axis, low=low)
    over = (axis.stretches[n] for n, _ in low)
    long = [(last.number - first.number + 1) * made.per_day for first, last in over]
    kept = tuple(own for own, scaled in zip(low, long, strict=True) if own[1] < scaled)
    return replace(axis, low=kept)


def _between(taken: Sequence[tuple[Day, Day]], last: Day) -> Iterator[Gap]:
    """From the last day of each stretch with events to the first of the next, up to ``last``.

    What lies before the first event and behind the last was asked for by the span.
    """
    until: Day | None = None
    for low, high in sorted(taken):
        if until is not None and until < low <= last:
            yield until, low
        until = high if until is None else max(until, high)


def _taken(date: dates.Date) -> tuple[Day, Day]:
    """The days that a date may be; where an end is open or unknown, those of the other."""
    open_ = date.open_start or date.open_end or date.start_unknown or date.end_unknown
    known = date.points[0] if open_ else None
    return (known.first, known.last) if known else date.span


def _length(gap: Gap) -> int:
    return gap[1].number - gap[0].number


def _whole(low: Day, high: Day, *, yearly: bool) -> Gap | None:
    """The whole months, or years, that lie between two days with events; None for none."""
    if yearly:
        begin, end = Day(low.year + 1, 1, 1), Day(high.year, 1, 1)
    else:
        begin = Day(low.year + low.month // 12, low.month % 12 + 1, 1)
        end = Day(high.year, high.month, 1)
    return (begin, end) if begin < end else None


def break_height(style: PlateStyle) -> float:
    """How high a break is in mm, so that its lines do not touch the words between them."""
    return max(BREAK, 2 * style.text("label-day").size * _PITCH + 2 * (_KEPT + _TOOTH / 4) + _CLEAR)


def draw_breaks(canvas: Canvas, axis: TimeAxis, edges: Sequence[float]) -> None:
    """Two zigzag lines across axis and lanes for each break, between them what is left out."""
    for low, high in axis.gaps:
        canvas.key("break")
        top, bottom = axis.begin(low), axis.begin(high)
        upper = _zigzag(edges[0], edges[-1], top + _KEPT)
        lower = _zigzag(edges[0], edges[-1], bottom - _KEPT)
        ground = svg.shape("break-ground", f"{svg.polyline([*upper, *reversed(lower)])}Z")
        lines = (svg.shape("break", svg.polyline(line)) for line in (upper, lower))
        canvas.add("grid", ground, *lines)
        _left_out(canvas, axis, low, high, (top + bottom) / 2)


def _zigzag(left: float, right: float, y: float) -> list[Point]:
    teeth = max(2, round((right - left) / _TOOTH))
    step = (right - left) / teeth
    return [(left + n * step, y + (_TOOTH / 4 if n % 2 else -_TOOTH / 4)) for n in range(teeth + 1)]


def _left_out(canvas: Canvas, axis: TimeAxis, low: Day, high: Day, y: float) -> None:
    """The first and the last month, or year, that are left out."""
    language, before = canvas.given.language, Day.of(high.number - 1)
    if (low.month, high.month) == (1, 1):
        points = [dates.Point("year", day.year) for day in (low, before)]
    else:
        points = [dates.Point("month", day.year, day.month) for day in (low, before)]
    words = [dates.show_point(point, language, "short") for point in points]
    lines = [f"{words[0]} –", words[1]] if words[0] != words[1] else words[:1]
    runs = [canvas.run("label-day", line) for line in lines]
    pitch = runs[0].style.size * _PITCH
    for number, run in enumerate(runs):
        x = (axis.left + axis.right - run.width) / 2
        baseline = y + (number - (len(runs) - 1) / 2) * pitch + run.rise / 2
        canvas.add("text", svg.text("label-day", x, baseline, run))
