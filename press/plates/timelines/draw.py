"""A timeline plate, from the dossier's events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from press.content import facts
from press.content.model import Event, Timeline
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
)  # fmt: skip
from press.plates.figure import figure_height
from press.plates.legend import columns
from press.plates.signs import sign_shape
from press.plates.space import Space
from press.plates.style import room
from press.plates.timelines.axis import (
    RADIUS,
    Lane,
    TimelineItem,
    axis_of,
    chosen_events,
    lanes_of,
    marks_of,
)  # fmt: skip
from press.plates.timelines.grid import draw_grid, draw_phases
from press.plates.timelines.marks import draw_marks, legend_of
from press.plates.timelines.words import BOTTOM, STRIP, write_side

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
    middle = STRIP + (width - STRIP) / 2
    half = _SPINE * max(1.0, canvas.style.text("label-month").size / _MONTH) / 2
    axis = axis_of(given.plate, events, (middle - half, _TOP, middle + half, height - BOTTOM))
    items = [TimelineItem(event, marks_of(event, axis)) for event in events]
    lanes = lanes_of(items, given.dossier, axis, middle - half - STRIP)
    draw_phases(canvas, axis)
    draw_grid(canvas, axis, lanes)
    listed = [*write_side(canvas, lanes, axis, -1), *write_side(canvas, lanes, axis, 1)]
    for lane in lanes:
        _heading(canvas, lane)
        for item in lane.items:
            draw_marks(canvas, lane, item)
    return _finished(canvas, lanes, listed, outside)


def _heading(canvas: Canvas, lane: Lane) -> None:
    """The category's sign at the head of its lane."""
    x, classes = (lane.inner + lane.outer) / 2, f"sign {lane.colour}"
    canvas.add("signs", sign_shape(lane.category.sign, classes, x, _TOP - 2.3, RADIUS))


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
        columns=legend,
        listed=more,
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
