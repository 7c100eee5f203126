"""What lies behind the events of a timeline: the axis, months or years, days."""

from __future__ import annotations

from collections.abc import Sequence

from press import dates
from press.dates import Day
from press.dates.axis import Tick
from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.geometry import Point
from press.plates.text import MeasuredLine
from press.plates.timelines.axis import Lane, TimeAxis
from press.plates.timelines.breaks import draw_breaks

_MONTHS_UP_TO = 550
"""Days that have months and days; a longer time has years."""
_A_MONTH = 28
_MONTHS_APART = (1, 2, 3, 6)
_TICK_GAP, _MIDDLE_GAP = 0.45, 0.9
"""From a tick to the number of its day, and from that to a month or year beside it, in mm."""


def draw_grid(canvas: Canvas, axis: TimeAxis, lanes: Sequence[Lane]) -> None:
    """Axis, months or years, days."""
    edges = sorted({axis.left, axis.right, *(lane.outer for lane in lanes)})
    canvas.add("grid", svg.box("spine", (axis.left, axis.top, axis.right, axis.bottom)))
    for edge in edges:
        _line(canvas, "lane-edge", (edge, axis.top), (edge, axis.bottom))
    draw_breaks(canvas, axis, edges)
    # Lines of months stop at the lanes: across the words they would strike them through.
    across = edges[0], edges[-1]
    least = canvas.style.text("label-month").size * 1.1
    step = next((n for n in _MONTHS_APART if n * _A_MONTH * axis.per_day > least), 12)
    low = {number for number, _ in axis.low}
    if low:
        canvas.key("low")
    for number, (begin, end) in enumerate(axis.stretches):
        if number in low or axis.days > _MONTHS_UP_TO:
            _years(canvas, axis, across, begin, end)
            continue
        for first, last in dates.months_between(begin, end):
            opens, below = first.number <= begin.number, axis.begin(first) - axis.begin(begin)
            if opens or ((first.month - 1) % step == 0 and below > least):
                _line(canvas, "month", *((edge, axis.begin(first)) for edge in across))
                _month(canvas, axis, first, last, opens=opens)


def _line(canvas: Canvas, classes: str, *points: Point) -> None:
    canvas.add("grid", svg.shape(classes, svg.polyline(points)))


def _centred(canvas: Canvas, classes: str, axis: TimeAxis, y: float, run: MeasuredLine) -> None:
    canvas.add("text", svg.text(classes, (axis.left + axis.right - run.width) / 2, y, run))


def _month(canvas: Canvas, axis: TimeAxis, first: Day, last: Day, *, opens: bool) -> None:
    """The name of a month where it has room, and the days of which there is room for the number.

    Where it ``opens`` a stretch its year stands with it, as with January.
    """
    top, bottom = axis.begin(first), axis.end(last)
    month = dates.Point("month", first.year, first.month)
    words = dates.show_point(month, canvas.given.language, "short", year=False)
    if first.number < axis.first.number or axis.days < _A_MONTH:  # its first day has no tick
        begun = max(first, axis.first)
        words = dates.show_day(begun, canvas.given.language, "short", year=False)
    run = canvas.run("label-month", words)
    spine = axis.right - axis.left
    yearly, classes = first.month == 1 or opens, "label-month"
    small = canvas.run("label-day", dates.show_point(month, canvas.given.language, "short"))
    if yearly and bottom - top <= 9 and small.width < spine:
        run, classes = small, "label-day"
    y = top + run.rise + 0.9
    middle: list[tuple[float, MeasuredLine]] = []
    if run.width < spine and y < axis.bottom:
        _centred(canvas, classes, axis, y, run)
        middle.append((y, run))
        if yearly and bottom - top > 9:
            named = dates.show_point(
                dates.Point("year", first.year), canvas.given.language, "short"
            )
            year = canvas.run("label-day", named)
            middle.append((y + year.style.size * 1.15, year))
            _centred(canvas, "label-day", axis, *middle[-1])
    apart = max(4.4, canvas.style.text("label-day").size * 1.3)
    step = next((n for n in (1, 2, 5, 10, 15) if n * axis.per_day >= apart), 31)
    for number in range(step, last.day, step):
        day = Day(first.year, first.month, number)
        if top + 0.1 < axis.begin(day) < axis.bottom:
            _day(canvas, axis, day, middle)


def _day(
    canvas: Canvas, axis: TimeAxis, day: Day, middle: Sequence[tuple[float, MeasuredLine]]
) -> None:
    """The ticks of a day, and its number where it does not touch what stands in the ``middle``."""
    at, tick = axis.begin(day), 1.0
    _line(canvas, "tick", (axis.left, at), (axis.left + tick, at))
    _line(canvas, "tick", (axis.right - tick, at), (axis.right, at))
    words = dates.show_day(day, canvas.given.language, "short", year=False, month=False)
    run = canvas.run("label-day", words)
    y = (at + axis.end(day)) / 2 + run.rise / 2
    month = Day(day.year, day.month, dates.month_length(day.year, day.month))
    if y > axis.end(month):
        return  # it would stand on the line of the next month
    beside = (axis.right - axis.left) / 2 - tick - _TICK_GAP - run.width - _MIDDLE_GAP
    if any(
        line.width / 2 > beside and y - run.rise < base and base - line.rise < y
        for base, line in middle
    ):
        return
    for x in (axis.left + tick + _TICK_GAP, axis.right - tick - _TICK_GAP - run.width):
        canvas.add("text", svg.text("label-day", x, y, run))


def _years(
    canvas: Canvas, axis: TimeAxis, across: tuple[float, float], begin: Day, end: Day
) -> None:
    """Lines and names of the years, or of shorter times, of a stretch."""
    most = max(1 if axis.gaps else 2, int((axis.end(end) - axis.begin(begin)) / 14))
    marks = dates.ticks(begin, end, most, canvas.given.language, "short")
    for tick in _opened(marks, axis, begin, canvas.given.language):
        at, classes = axis.begin(tick.day), "label-month" if tick.major else "label-day"
        _line(canvas, "month", *((edge, at) for edge in across))
        run = canvas.run(classes, tick.label)
        if run.width > axis.right - axis.left or at + run.rise + 0.8 > axis.bottom:
            continue  # of what opens a stretch: the break above it has its month
        _centred(canvas, classes, axis, at + run.rise + 0.8, run)


def _opened(marks: Sequence[Tick], axis: TimeAxis, begin: Day, language: str) -> Sequence[Tick]:
    """The ticks of a stretch; behind a break the first stands at its first day."""
    if not any(begin == high for _, high in axis.gaps) or any(t.day == begin for t in marks):
        return marks
    kind: dates.Precision = "year" if begin.month == 1 else "month"
    point = dates.Point(kind, begin.year, 0 if kind == "year" else begin.month)
    opening = Tick(begin, dates.show_point(point, language, "short"), major=False)
    at = axis.begin(begin)
    return (opening, *(tick for tick in marks if axis.begin(tick.day) - at > 4))
