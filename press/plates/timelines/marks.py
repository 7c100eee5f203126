"""The signs of events on a timeline, as sure as their dates, and what the legend says of them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.drawing import LegendGroup, LegendItem
from press.plates.geometry import Point
from press.plates.legend import MIDDLE, sign_item, swatch
from press.plates.signs import sign_shape
from press.plates.svg import Element
from press.plates.timelines.axis import (
    ARROW,
    RADIUS,
    WHISKER,
    Certainty,
    DateMark,
    Lane,
    TimeAxis,
    TimelineItem,
)

_HALF, _EDGE, _GAP = 0.85, 0.4, 0.15
"""Of the bar of what lasted, in mm: half its width, its edge, and from the sign to that."""
_SHRUNK = 0.8
"""The size of a sign with its arrow in the legend."""
_BARB = 0.7
"""How far the barbs of an arrow reach, in mm."""
_LEAST = 0.4
"""The least length of that edge."""
_HIDDEN = RADIUS / 2
"""From the middle of a sign to that of one drawn over it, in mm, where it is not seen any more."""


@dataclass(frozen=True)
class DrawnMark:
    """A mark that was drawn: whose it is, in which lane, and where its sign stands in mm."""

    event: str
    lane: Lane
    mark: DateMark
    at: Point


def draw_marks(
    canvas: Canvas, lane: Lane, item: TimelineItem, axis: TimeAxis
) -> Iterator[DrawnMark]:
    """An event's marks: solid for a known day, open for an unknown one, linked where disputed."""
    marks = sorted(item.marks, key=lambda m: (m.at, m.step))
    for one, other in itertools.pairwise(marks):
        course = svg.polyline([lane.at(item, one), lane.at(item, other)])
        canvas.add("bars", svg.shape(f"line link {lane.colour}", course))
    for mark in sorted(marks, key=lambda m: m.solid):  # the preferred last, over what it meets
        at = lane.at(item, mark)
        canvas.add("bars", *_bars(lane, mark, at[0], _stretch(axis, mark)))
        sign = _sign(lane, mark, at)
        canvas.add("signs", svg.drawn_for(sign, f"event-{item.event.id}"), *_arrow(lane, mark, at))
        canvas.add("signs", *_going_on(lane, mark, at[0]))
        yield DrawnMark(item.event.id, lane, mark, at)
    (low, high), across = item.stretch, [lane.at(item, mark)[0] for mark in marks]
    box = (min(across) - RADIUS, low, max(across) + RADIUS, high)
    canvas.record(f"sign-{item.event.id}", "", box)


def seen(drawn: Sequence[DrawnMark]) -> list[DrawnMark]:
    """The marks, in the order in which they were drawn, whose signs lie under no other.

    Of a contested date two are seen, or none shows that it is.
    """
    clear = [
        one
        for n, one in enumerate(drawn)
        if all(math.dist(one.at, over.at) > _HIDDEN for over in drawn[n + 1 :])
    ]
    shown = {(one.event, one.at) for one in clear}
    several = {event for event, _ in shown if sum(event == other for other, _ in shown) > 1}
    return [one for one in clear if not one.mark.contested or one.event in several]


def _stretch(axis: TimeAxis, mark: DateMark) -> tuple[float, float]:
    """From where to where in mm the axis is true about a mark: what fades does so within it."""
    ends = [(axis.begin(first), axis.end(last)) for first, last in axis.stretches]
    top = max((low for low, _ in ends if low <= mark.begin + 1e-6), default=axis.top)
    bottom = min((high for _, high in ends if high >= mark.end - 1e-6), default=axis.bottom)
    return top, bottom


def _bars(lane: Lane, mark: DateMark, x: float, ends: tuple[float, float]) -> Iterator[Element]:
    """The stretch that a date covers, behind its sign and between the ``ends`` of its axis.

    What lasted has an edge beside the sign, so that it is seen where the sign is higher.
    """

    def bar(kind: str, top: float, bottom: float, half: float) -> Element:
        top, bottom = max(top, ends[0]), min(bottom, ends[1])
        return svg.rect(f"{kind} {lane.colour}", x - half, top, 2 * half, max(0.0, bottom - top))

    match mark.form:
        case "lasting":
            near = RADIUS + _GAP
            long = max(_LEAST, mark.end - mark.begin)
            left = min(x - lane.side * near, x + lane.side * _HALF)
            yield svg.rect(f"bar {lane.colour}", left, mark.begin, near + _HALF, long)
            left = min(x - lane.side * near, x - lane.side * (near + _EDGE))
            yield svg.rect(f"span {lane.colour}", left, mark.begin, _EDGE, long)
        case "open":
            for top, bottom in _fading(mark):
                yield bar("fade", top, bottom, _HALF)
        case "about":
            # Fading ends: three paler and paler lengths: strokes cannot take a gradient here.
            for top, bottom in _hazy(mark, ends):
                yield bar("fade", top, bottom, 0.5)


def _hazy(mark: DateMark, ends: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Three lengths, each longer than the last, so that both ends fade before the axis does."""
    most = (mark.end - mark.begin) / 2
    over = min(WHISKER, mark.begin - ends[0]), min(WHISKER, ends[1] - mark.end)
    within = [min(most, WHISKER - reach) for reach in over]
    for number in range(3):
        up, down = (
            reach - (reach + inside) * (2 - number) / 3
            for reach, inside in zip(over, within, strict=True)
        )
        yield mark.begin - up, mark.end + down


def _fading(mark: DateMark) -> Iterator[tuple[float, float]]:
    """Ever paler towards the open end: a first half in full, then three steps."""
    span = mark.end - mark.begin
    for number in range(3):
        if span > 4 * WHISKER:
            short, beyond = span * (2 - number) / 4, 0.0
        else:
            short, beyond = 0.0, WHISKER * (number + 1) / 3
        if mark.fades == "after":
            yield mark.begin, mark.end - short + beyond
        else:
            yield mark.begin + short - beyond, mark.end


def _sign(lane: Lane, mark: DateMark, at: Point) -> Element:
    classes = f"sign cased {lane.colour}" if mark.solid else f"sign open {lane.colour}"
    size = RADIUS * 0.86 if mark.contested and not mark.solid else RADIUS
    return sign_shape(lane.category.sign, classes, *at, size)


def _arrow(lane: Lane, mark: DateMark, at: Point, size: float = 1.0) -> Iterator[Element]:
    """From the sign of a date beyond the axis to the end where it lies, and out of it."""
    if mark.beyond:
        (x, y), way = at, -size if mark.beyond == "before" else size
        foot, tip = y + way * RADIUS, y + way * (RADIUS + ARROW - _GAP)
        ends = [(x + side * _BARB, tip - way * _BARB) for side in (-1, 1)]
        barbs = [ends[0], (x, tip), ends[1]]
        for line in ([(x, foot), (x, tip)], barbs):
            yield svg.shape(f"line beyond {lane.colour}", svg.polyline(line))


def _going_on(lane: Lane, mark: DateMark, x: float) -> Iterator[Element]:
    """Barbs at the end of the edge of what lasted longer than the axis shows."""
    if mark.goes_on:
        middle, tip = x - lane.side * (RADIUS + _GAP + _EDGE / 2), mark.end
        barbs = [(middle + side * _BARB, tip - _BARB) for side in (-1, 1)]
        course = svg.polyline([barbs[0], (middle, tip), barbs[1]])
        yield svg.shape(f"line beyond {lane.colour}", course)


Look = tuple[Certainty, bool]
"""What a mark looks like: the form of its stretch, and whether its sign is filled."""
_LOOKS: Mapping[Look, str] = {
    ("exact", True): "exact",
    ("about", False): "about",
    ("about", True): "about.filled",
    ("lasting", True): "lasting",
    ("lasting", False): "lasting.unfilled",
    ("open", True): "open",
    ("open", False): "open.unfilled",
}
"""The word of each look; an empty sign alone is explained with the join between dates."""


def legend_of(
    canvas: Canvas, lanes: Sequence[Lane], drawn: Sequence[DrawnMark]
) -> list[LegendGroup]:
    """The categories, and how sure a date is that looks like this: of what is seen, no more."""
    signs = [sign_item(canvas, x.category, f"sign {x.colour}", RADIUS) for x in lanes]
    sure = []
    visible = seen(drawn)
    dated = [one for one in visible if not one.mark.beyond or one.mark.form != "exact"]
    for (form, solid), word in _LOOKS.items():
        like = [one for one in dated if (one.mark.form, one.mark.solid) == (form, solid)]
        if like:
            text = canvas.words[f"timeline.{word}"]
            stretch = _stretch_of(form, like[0].mark.fades)
            sure.append(_sample(canvas, like[0].lane, text, replace(stretch, solid=solid)))
    if disputed := [one for one in visible if one.mark.contested]:
        chosen = any(one.mark.solid for one in disputed)
        text = canvas.words["timeline.contested" if chosen else "timeline.contested.open"]
        sure.append(_joined(canvas, disputed[0].lane, text, chosen))
    if longer := [one for one in visible if one.mark.goes_on]:
        mark = replace(_stretch_of("lasting"), solid=longer[0].mark.solid, goes_on=True)
        sure.append(_sample(canvas, longer[0].lane, canvas.words["timeline.goes-on"], mark))
    beyond = {one.mark.beyond: one for one in reversed(visible) if one.mark.beyond}
    sure += [_outside(canvas, beyond[way].lane, beyond[way].mark) for way in sorted(beyond)[::-1]]
    groups = [
        LegendGroup(canvas.words["timeline.legend.signs"], tuple(signs)),
        LegendGroup(canvas.words["timeline.legend.dates"], tuple(sure)),
    ]
    return [g for g in groups if g.items]


def _stretch_of(form: Certainty, fades: Literal["", "before", "after"] = "") -> DateMark:
    """A mark of that form in a swatch; that of what lasted fills its height, others are turned."""
    if form == "lasting":
        return DateMark(RADIUS, 2 * MIDDLE[1], True, form)
    length = {"exact": 0.2, "about": 0.6}.get(form, 4.4)
    begin = MIDDLE[1] - length / 2
    return DateMark(begin, begin + length, True, form, fades)


def _sample(canvas: Canvas, lane: Lane, text: str, mark: DateMark) -> LegendItem:
    """A mark as large as the swatch lets it, its sign upright; what lasted as it is on the axis.

    Of other marks the stretch is laid on its side, where it has room for all its steps.
    """
    x, y = MIDDLE
    ends = -math.inf, math.inf
    if mark.form == "lasting":
        upright = *_bars(lane, mark, x, ends), *_going_on(lane, mark, x)
        return LegendItem(swatch(canvas, [*upright, _sign(lane, mark, (x, mark.at))], text), text)
    laid = _bars(lane, mark, x, ends)
    sign = _sign(lane, mark, (x + mark.at - y, y))
    return LegendItem(swatch(canvas, [*_turned(*laid), sign], text), text)


def _joined(canvas: Canvas, lane: Lane, text: str, chosen: bool) -> LegendItem:
    """Two signs of one event and the join between them, the first filled where one is chosen."""
    x, y = MIDDLE
    join = svg.shape(f"line link {lane.colour}", svg.polyline([(x, y - 2.2), (x, y + 2.2)]))
    mark = replace(_stretch_of("exact"), contested=True)
    signs = [
        _sign(lane, replace(mark, solid=solid), (x + shift, y))
        for shift, solid in ((-2.2, chosen), (2.2, False))
    ]
    return LegendItem(swatch(canvas, [*_turned(join), *signs], text), text)


def _outside(canvas: Canvas, lane: Lane, mark: DateMark) -> LegendItem:
    """A sign with the arrow that says that its date lies beyond the axis, small as a swatch is."""
    text, (x, y) = canvas.words[f"timeline.{mark.beyond}"], MIDDLE
    at = x, y + _SHRUNK * ARROW / 2 * (1 if mark.beyond == "before" else -1)
    small = f"sign {'cased' if mark.solid else 'open'} {lane.colour}"
    sign = sign_shape(lane.category.sign, small, *at, RADIUS * _SHRUNK)
    return LegendItem(swatch(canvas, [sign, *_arrow(lane, mark, at, _SHRUNK)], text), text)


def _turned(*upright: Element) -> tuple[Element, ...]:
    """Upright stretches laid on their side: a swatch is wider than high."""
    x, y = MIDDLE
    turn = Element("", f'<g transform="rotate(-90 {svg.px(x)} {svg.px(y)})">')
    return turn, *upright, Element("", "</g>")
