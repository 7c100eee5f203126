"""A timeline plate, from the dossier's events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from press import dates
from press.content import facts
from press.content.model import Dossier, Event, Timeline
from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.drawing import (
    Drawing,
    LegendGroup,
    LegendItem,
    PlateFault,
    PlateInput,
    begun,
    going_on,
    span_of,
)  # fmt: skip
from press.plates.figure import figure_height
from press.plates.legend import columns
from press.plates.signs import sign_shape
from press.plates.space import Space
from press.plates.style import in_one_part, room
from press.plates.timelines.axis import (
    RADIUS,
    SIDES,
    Lane,
    TimeAxis,
    TimelineItem,
    axis_of,
    lanes_of,
    marks_of,
)
from press.plates.timelines.breaks import break_height, gaps_of, with_low
from press.plates.timelines.grid import draw_grid
from press.plates.timelines.marks import DrawnMark, draw_marks, legend_of
from press.plates.timelines.parts import TimelinePart, divided, joined, whole_of
from press.plates.timelines.phases import draw_phases, name_phases
from press.plates.timelines.words import BOTTOM, STRIP, height_of_words, write_side

LAYERS = ("phases", "grid", "leaders", "bars", "signs", "text")
"""Painting order."""

_SPINE, _MONTH = 12.0, 2.9
"""Width of the axis in mm, for months set in this size."""
_TOP = 6.2
_SLACK = 2.5
_LIKELY_SHARE = 0.84
_LEAST_HEIGHT = 60.0
_SPARE = 1.6
"""How much higher an axis is than the words beside it, so that they stand near their days."""
_LOW, _STRETCH = 32.0, 18.0
"""The least height of an axis without breaks, and of each stretch between them, in mm."""
_HIGHER = (1.0, 1.3, 1.7, 2.2)
"""Heights that are tried, in those that the words need: phases have names along the edge."""


def draw_timeline(given: PlateInput[Timeline]) -> Drawing:
    """Draw a timeline plate, as low as its words let it where it may stand among text.

    Where the words of all events do not fit the page, the essential ones alone are drawn. Where
    these do not fit either, half a page becomes a whole one, and more than a page holds goes on
    overleaf, part after part; in a room for one part (``--plate-parts: 1``, a poster) the signs
    stand without words.
    """
    if low := _low(given):
        return low
    for wanted in _choices(given.plate, given.dossier):
        own = replace(given, plate=wanted)
        whole = whole_of(wanted, given.dossier)
        made, over = _fitted(own, whole)
        if not over:
            return made
    if in_one_part(own.style):
        return _fitted(own, replace(whole, worded=False))[0]
    return joined(divided(whole, lambda part: _fitted(own, part)))


def _choices(plate: Timeline, dossier: Dossier) -> Iterator[Timeline]:
    """The plate as it is asked for, then with fewer events, then on a page of its own."""
    yield plate
    if plate.show == "events" and len({e.essential for e in dossier.events.values()}) > 1:
        plate = plate.model_copy(update={"show": "essential"})
        yield plate
    if plate.size == "half":
        yield plate.model_copy(update={"size": "page"})


def _low(given: PlateInput[Timeline]) -> Drawing | None:
    """A timeline of few events, in half a page or less.

    None where its words take more, and where a page was asked for.
    """
    if "size" in given.plate.model_fields_set and given.plate.size != "half":
        return None
    own = replace(given, plate=given.plate.model_copy(update={"size": "half"}))
    whole = whole_of(own.plate, own.dossier)
    width, total = room("half", own.style)
    canvas, axis, lanes = _laid(own, whole, width, total)
    stretches = len(axis.stretches)
    words = height_of_words(canvas, lanes, axis) * _SPARE
    height = max(words, _LOW, _STRETCH * stretches) + axis.broken * (stretches - 1) + _TOP + BOTTOM
    tried = [_drawn(own, whole, width, height * factor) for factor in _HIGHER]
    fit = [made for made in tried if made.total <= total and not made.listed]
    if not whole.events or not fit:
        return None
    return min(fit, key=lambda made: len(made.dropped))


def _fitted(given: PlateInput[Timeline], part: TimelinePart) -> tuple[Drawing, bool]:
    """A part as high as the page lets it, and whether it is higher nonetheless."""
    width, total = room(given.plate.size, given.style)
    height = total * _LIKELY_SHARE
    for _ in range(3):
        made = _drawn(given, part, width, height)
        rest = total - made.total
        if 0 <= rest <= _SLACK or height + rest < _LEAST_HEIGHT:
            break
        height = max(_LEAST_HEIGHT, height + rest - 0.4)
    return made, made.total > total + _SLACK


def _laid(
    given: PlateInput[Timeline], part: TimelinePart, width: float, height: float
) -> tuple[Canvas, TimeAxis, list[Lane]]:
    """A canvas of this size in mm with nothing on it, its axis, and the lanes beside it."""
    name = f"-{part.number + 1}" if part.number else ""
    canvas = Canvas(given=given, space=Space(width, height), order=LAYERS, part=name)
    middle = STRIP + (width - STRIP) / 2
    half = _SPINE * max(1.0, canvas.style.text("label-month").size / _MONTH) / 2
    box = (middle - half, _TOP, middle + half, height - BOTTOM)
    axis = axis_of(given.plate, part.events, box, part.days)
    gaps = gaps_of(part.events, axis.first, axis.last)
    axis = with_low(replace(axis, gaps=gaps, broken=break_height(canvas.style)), part.events)
    items = [TimelineItem(event, marks_of(event, axis)) for event in part.events]
    return canvas, axis, lanes_of(items, given.dossier, axis, middle - half - STRIP)


def _drawn(given: PlateInput[Timeline], part: TimelinePart, width: float, height: float) -> Drawing:
    canvas, axis, lanes = _laid(given, part, width, height)
    draw_phases(canvas, axis)
    draw_grid(canvas, axis, lanes)
    numbered = part.stop is not None
    listed = [
        entry
        for side in SIDES
        if part.worded
        for entry in write_side(canvas, lanes, axis, side, numbered)
    ]
    marks: list[DrawnMark] = []
    for lane in lanes:
        _heading(canvas, lane)
        for item in lane.items:
            marks += draw_marks(canvas, lane, item, axis)
            if not part.worded:
                canvas.drop(item.event.title)
    name_phases(canvas, axis, lanes)
    return _finished(canvas, legend_of(canvas, lanes, marks), listed, part)


def _heading(canvas: Canvas, lane: Lane) -> None:
    """The category's sign at the head of its lane."""
    x, classes = (lane.inner + lane.outer) / 2, f"sign {lane.colour}"
    canvas.add("signs", sign_shape(lane.category.sign, classes, x, _TOP - 2.3, RADIUS))


def _finished(
    canvas: Canvas, key: Sequence[LegendGroup], listed: Sequence[LegendItem], part: TimelinePart
) -> Drawing:
    """The plate around its picture."""
    given: PlateInput[Timeline] = canvas.given
    plate, width, height = given.plate, canvas.space.width, canvas.space.height
    events = given.dossier.in_time(part.events)
    legend, tall = columns(canvas, key, width, most=2)
    if not part.picture:
        legend, tall, height = (), 0.0, 0.0
    more, extra = columns(canvas, _list(canvas, listed[part.skip : part.stop]), width, most=2)
    span = span_of(given, events) if part.days is None else facts.span(events, given.language)
    alt = canvas.words["timeline.alt"].format(
        title=plate.title, n=len(events), span=span, lanes=len({e.category for e in events})
    )
    begun_with = begun(given)
    if part.number:
        begun_with = going_on(begun_with, part.number + 1, canvas.words)
    drawing = replace(
        begun_with,
        width=width,
        height=height,
        alt=alt,
        equivalent=tuple(_in_words(given, events)) if part.picture else (),
        columns=legend,
        listed=more,
        span=span,
        remarks=tuple(_remarks(canvas, part)) if not part.number else (),
        events=frozenset(e.id for e in events),
        boxes=tuple(canvas.boxes) if part.picture else (),
        dropped=tuple(canvas.dropped),
        faults=(*_faults(plate, part), *canvas.faults),
    )
    title = " ".join((drawing.alt, *drawing.equivalent))
    css = canvas.style.css(canvas.classes)
    return replace(
        drawing,
        svg=svg.svg(canvas.painted(), css, width, height, title) if part.picture else "",
        total=figure_height(canvas.style, drawing, given.dossier, tall + extra),
    )


def _list(canvas: Canvas, listed: Sequence[LegendItem]) -> list[LegendGroup]:
    """What found no room beside the axis, in two groups under one heading."""
    half = (len(listed) + 1) // 2
    halves = ((canvas.words["timeline.listed"], listed[:half]), ("\u00a0", listed[half:]))
    return [LegendGroup(title, tuple(items)) for title, items in halves if listed]


def _faults(plate: Timeline, part: TimelinePart) -> Iterator[PlateFault]:
    """E187: nothing to show; E185: an event that the author named lies outside the span."""
    if not part.events:
        hint = "widen span, or show: events"
        yield PlateFault(("span",), "E187", "no event lies in the span", hint)
    for event in part.outside if plate.show not in ("events", "essential") else ():
        message = f"event {event.id!r} lies outside the span"
        yield PlateFault(("show",), "E185", message, "widen span, or take the event out of show")


def _remarks(canvas: Canvas, part: TimelinePart) -> Iterator[str]:
    words, show = canvas.words, canvas.given.plate.show
    every = canvas.given.dossier.events.values()
    if part.worded and {e.essential for e in part.events} == {True, False}:
        yield words["timeline.essential"]
    if not part.worded:
        yield words["timeline.signs-only"]
    if show == "essential" and not all(event.essential for event in every):
        yield words["timeline.essential-only"]
    if phases := [*_unnamed_phases(canvas)]:
        yield words["timeline.phases"].format(phases="; ".join(phases))
    if "break" in canvas.keys:
        yield words["timeline.low" if "low" in canvas.keys else "timeline.broken"]
    if any(date.julian for event in part.events for date in event.all_dates):
        yield words["plate.julian"]
    if part.outside and show == "events":
        beyond = "timeline.beyond.one" if len(part.outside) == 1 else "timeline.beyond.other"
        yield words[beyond].format(n=len(part.outside))


def _unnamed_phases(canvas: Canvas) -> Iterator[str]:
    """The phases for whose names there is no room, each with its begin where it does not say so."""
    for phase in canvas.given.dossier.chronology.phases:
        if phase.title in canvas.dropped:
            date = dates.show(phase.begins, canvas.given.language)
            key = f"date.from.{phase.begins.points[0].precision}"
            since = canvas.words.get(key, canvas.words["date.from"]).format(date=date)
            yield phase.title if facts.says(phase.title, date) else f"{phase.title} ({since})"


def _in_words(given: PlateInput[Timeline], events: Sequence[Event]) -> Iterator[str]:
    labels = {c.id: c.label for c in given.dossier.chronology.categories}
    for event in events:
        date = facts.event_date(event, given.language)
        yield f"{date}: {event.title} ({labels[event.category]})."
