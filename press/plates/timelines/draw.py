"""A timeline plate, from the dossier's events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from press import dates
from press.content import facts
from press.content.model import Event, Phase, Timeline
from press.dates import Day, Point
from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.drawing import (
    Drawing,
    LegendGroup,
    LegendItem,
    PlateFault,
    PlateInput,
    begun,
    span_of,
)
from press.plates.figure import figure_height
from press.plates.legend import columns
from press.plates.signs import sign_shape
from press.plates.space import Space
from press.plates.style import room
from press.plates.text import MeasuredLine
from press.plates.timelines.axis import (
    RADIUS,
    Lane,
    TimeAxis,
    TimelineItem,
    axis_of,
    chosen_events,
    lanes_of,
    marks_of,
)
from press.plates.timelines.marks import draw_marks, legend_of
from press.plates.timelines.words import BOTTOM, STRIP, write_side

_STRIP_WIDTH = STRIP - 1.4
_MONTHS_UP_TO = 550
"""Days that have months and days; a longer time has years."""


# -- phases ----------------------------------------------------------------------------------------


def draw_phases(canvas: Canvas, axis: TimeAxis) -> None:
    """Bands behind everything, each with its title along the left edge."""
    phases = sorted(canvas.given.dossier.chronology.phases, key=lambda p: p.begins.sort_key)
    for number, (phase, after) in enumerate(zip_longest(phases, phases[1:])):
        top = axis.begin(phase.begins.earliest)
        bottom = axis.begin(after.begins.earliest) if after else axis.bottom
        if phase.begins.earliest > axis.last or bottom - top < 0.5:
            continue
        band = svg.box(f"band-{number % 2 + 1}", (0, top, canvas.space.width, bottom))
        strip = svg.box("band-strip", (0, top + 0.15, _STRIP_WIDTH, bottom - 0.15))
        canvas.add("phases", band, strip)
        _title(canvas, phase, top, bottom)


def _title(canvas: Canvas, phase: Phase, top: float, bottom: float) -> None:
    run = canvas.run("label-phase", phase.title)
    if run.width > bottom - top - 1.5:
        canvas.drop(phase.title)
        return
    x, y = _STRIP_WIDTH / 2 + run.rise * 0.5, (top + bottom + run.width) / 2
    canvas.add("text", svg.text("label-phase", x, y, run, -90))
    canvas.record(f"phase-{phase.id}", phase.title, (x - run.rise, y - run.width, x, y))


# -- the axis --------------------------------------------------------------------------------------


def draw_grid(
    canvas: Canvas, axis: TimeAxis, lanes: list[Lane], spine: tuple[float, float]
) -> None:
    """Axis, months or years, days; ``spine`` is where the axis begins and ends across, in mm."""
    left, right = spine
    edges = sorted({left, right, *(lane.outer for lane in lanes)})
    canvas.add("grid", svg.box("spine", (left, axis.top, right, axis.bottom)))
    for edge in edges:
        _line(canvas, "lane-edge", (edge, axis.top), (edge, axis.bottom))
    # Lines of months stop at the lanes: across the words they would strike them through.
    across = edges[0], edges[-1]
    if axis.days <= _MONTHS_UP_TO:
        for first, last in dates.months_between(axis.first, axis.last):
            _month(canvas, axis, spine, across, (first, last))
    else:
        _years(canvas, axis, spine, across)


def _line(canvas: Canvas, classes: str, *points: tuple[float, float]) -> None:
    canvas.add("grid", svg.shape(classes, svg.polyline(points)))


def _centred(
    canvas: Canvas, classes: str, spine: tuple[float, float], y: float, run: MeasuredLine
) -> None:
    x = (spine[0] + spine[1] - run.width) / 2
    canvas.add("text", svg.text(classes, x, y, run))


def _month(
    canvas: Canvas,
    axis: TimeAxis,
    spine: tuple[float, float],
    across: tuple[float, float],
    month: tuple[Day, Day],
) -> None:
    first, last = month
    top, bottom = axis.begin(first), axis.end(last)
    _line(canvas, "month", (across[0], top), (across[1], top))
    language = canvas.given.language
    point = Point("month", first.year, first.month)
    run = canvas.run("label-month", dates.show_point(point, language, "short", year=False))
    if run.width < bottom - top and bottom - top > 5:
        y = top + run.rise + 0.9
        _centred(canvas, "label-month", spine, y, run)
        if (first.month == 1 or first.number <= axis.first.number) and bottom - top > 9:
            year = canvas.run("label-day", str(first.year))
            _centred(canvas, "label-day", spine, y + year.style.size * 1.15, year)
    step = next((n for n in (1, 2, 5, 10, 15) if n * axis.per_day >= 4.4), 31)
    for number in range(step, last.day, step):
        day = Day(first.year, first.month, number)
        if top + 0.1 < axis.begin(day) < axis.bottom:
            _day(canvas, axis, spine, day)


def _day(canvas: Canvas, axis: TimeAxis, spine: tuple[float, float], day: Day) -> None:
    left, right = spine
    at, tick = axis.begin(day), 1.0
    _line(canvas, "tick", (left, at), (left + tick, at))
    _line(canvas, "tick", (right - tick, at), (right, at))
    words = dates.show_day(day, canvas.given.language, "short", year=False, month=False)
    run = canvas.run("label-day", words)
    y = (at + axis.end(day)) / 2 + run.rise / 2
    for x in (left + 1.3, right - 1.3 - run.width):
        canvas.add("text", svg.text("label-day", x, y, run))


def _years(
    canvas: Canvas, axis: TimeAxis, spine: tuple[float, float], across: tuple[float, float]
) -> None:
    most = max(2, int((axis.bottom - axis.top) / 14))
    for tick in dates.ticks(axis.first, axis.last, most, canvas.given.language, "short"):
        at, classes = axis.begin(tick.day), "label-month" if tick.major else "label-day"
        _line(canvas, "month", (across[0], at), (across[1], at))
        run = canvas.run(classes, tick.label)
        _centred(canvas, classes, spine, at + run.rise + 0.8, run)


LAYERS = ("phases", "grid", "leaders", "bars", "signs", "text")
"""Painting order."""

_SPINE, _MONTH = 12.0, 2.9
"""Width of the axis in mm, for months set in this size."""
_TOP = 6.2
_SLACK = 2.5
_LIKELY_SHARE = 0.84
_LEAST_HEIGHT = 60.0


def draw_timeline(given: PlateInput[Timeline]) -> Drawing:
    """Draw a timeline plate.

    Where the words of all events do not fit the page, the essential ones alone are drawn (E186).
    """
    plate = given.plate
    made, over = _fitted(given)
    if over and plate.show == "events" and any(e.essential for e in given.dossier.events.values()):
        fewer = plate.model_copy(update={"show": "essential"})
        less, over = _fitted(replace(given, plate=fewer))
        made = made if over else less
    if over:
        message = "the words need more room than the page has"
        hint = "show: essential, or a shorter span, or a larger paper"
        fault = PlateFault(("show",), "E186", message, hint)
        made = replace(made, faults=(*made.faults, fault))
    return made


def _fitted(given: PlateInput[Timeline]) -> tuple[Drawing, bool]:
    """The timeline as high as the page lets it, and whether it is higher nonetheless."""
    width, total = room(given.plate.size, given.style)
    height = total * _LIKELY_SHARE
    for _ in range(3):
        made = _drawn(given, width, height)
        rest = total - made.total
        if 0 <= rest <= _SLACK:
            break
        height = max(_LEAST_HEIGHT, height + rest - 0.4)
    return made, made.total > total + _SLACK


def _drawn(given: PlateInput[Timeline], width: float, height: float) -> Drawing:
    canvas = Canvas(given=given, space=Space(width, height), order=LAYERS)
    events, outside = chosen_events(given.plate, given.dossier)
    axis = axis_of(given.plate, events, _TOP, height - BOTTOM)
    items = [TimelineItem(e, marks_of(e, axis)) for e in events]
    middle = STRIP + (width - STRIP) / 2
    half = _SPINE * max(1.0, canvas.style.text("label-month").size / _MONTH) / 2
    spine = middle - half, middle + half
    lanes = lanes_of(items, given.dossier, spine)
    draw_phases(canvas, axis)
    draw_grid(canvas, axis, lanes, spine)
    listed = [*write_side(canvas, lanes, axis, "left"), *write_side(canvas, lanes, axis, "right")]
    for lane in lanes:
        _heading(canvas, lane)
        for item in lane.items:
            draw_marks(canvas, lane, item)
    return _finished(canvas, lanes, listed, outside)


def _heading(canvas: Canvas, lane: Lane) -> None:
    """The category's sign at the head of its lane."""
    x, classes = (lane.inner + lane.outer) / 2, f"sign {lane.colour}"
    canvas.add("signs", sign_shape(lane.category.sign, classes, x, _TOP - 2.3, RADIUS))


# -- finishing -------------------------------------------------------------------------------------


def _finished(
    canvas: Canvas, lanes: Sequence[Lane], listed: Sequence[LegendItem], outside: Sequence[Event]
) -> Drawing:
    """The plate around its picture."""
    given: PlateInput[Timeline] = canvas.given
    plate, width = given.plate, canvas.space.width
    events = sorted((i.event for lane in lanes for i in lane.items), key=lambda e: e.when.sort_key)
    legend, tall = columns(canvas, legend_of(canvas, lanes), width, most=2)
    more, extra = columns(canvas, _list(canvas, listed), width, most=2)
    span = span_of(given, events)
    alt = canvas.words["timeline.alt"].format(
        title=plate.title, n=len(events), span=span, lanes=len(lanes)
    )
    drawing = replace(
        begun(given),
        width=width,
        height=canvas.space.height,
        alt=alt,
        equivalent=tuple(_in_words(given, events)),
        columns=(*legend, *more),
        span=span,
        remarks=tuple(_remarks(canvas, events, outside)),
        events=frozenset(e.id for e in events),
        boxes=tuple(canvas.boxes),
        dropped=tuple(canvas.dropped),
        faults=(*_faults(plate, events, outside), *canvas.faults),
    )
    title = " ".join((drawing.alt, *drawing.equivalent))
    css = canvas.style.css(canvas.classes)
    return replace(
        drawing,
        svg=svg.svg(canvas.painted(), css, width, canvas.space.height, title),
        total=figure_height(canvas.style, drawing, given.dossier, tall + extra),
    )


def _list(canvas: Canvas, listed: Sequence[LegendItem]) -> list[LegendGroup]:
    """What found no room beside the axis, in two groups under one heading."""
    half = (len(listed) + 1) // 2
    halves = ((canvas.words["timeline.listed"], listed[:half]), ("\u00a0", listed[half:]))
    return [LegendGroup(title, tuple(items)) for title, items in halves if listed]


def _faults(
    plate: Timeline, events: Sequence[Event], outside: Sequence[Event]
) -> Iterator[PlateFault]:
    """E187: nothing to show; E185: an event that the author named lies outside the span."""
    if not events:
        hint = "widen span, or show: events"
        yield PlateFault(("span",), "E187", "no event lies in the span", hint)
    for event in outside if plate.show not in ("events", "essential") else ():
        message = f"event {event.id!r} lies outside the span"
        yield PlateFault(("show",), "E185", message, "widen span, or take the event out of show")


def _remarks(canvas: Canvas, events: Sequence[Event], outside: Sequence[Event]) -> Iterator[str]:
    words, show = canvas.words, canvas.given.plate.show
    if {e.essential for e in events} == {True, False}:
        yield words["timeline.essential"]
    if show == "essential" and not all(e.essential for e in canvas.given.dossier.events.values()):
        yield words["timeline.essential-only"]
    if any(date.julian for event in events for date in event.all_dates):
        yield words["plate.julian"]
    if outside and show == "events":
        beyond = "timeline.beyond.one" if len(outside) == 1 else "timeline.beyond.other"
        yield words[beyond].format(n=len(outside))


def _in_words(given: PlateInput[Timeline], events: Sequence[Event]) -> Iterator[str]:
    labels = {c.id: c.label for c in given.dossier.chronology.categories}
    for event in events:
        date = facts.event_date(event, given.language)
        yield f"{date}: {event.title} ({labels[event.category]})."
