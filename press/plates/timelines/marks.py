"""The signs of events on a timeline, as sure as their dates, and what the legend says of them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.drawing import LegendGroup, LegendItem
from press.plates.geometry import Point
from press.plates.legend import MIDDLE, sign_item, swatch
from press.plates.signs import sign_shape
from press.plates.svg import Element
from press.plates.timelines.axis import (
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
        kind = "link" if one.step == other.step else "link tie"
        course = svg.polyline([lane.at(item, one), lane.at(item, other)])
        canvas.add("bars", svg.shape(f"line {kind} {lane.colour}", course))
    for mark in sorted(marks, key=lambda m: m.solid):  # the preferred last, over what it meets
        at = lane.at(item, mark)
        canvas.add("bars", *_bars(lane, mark, at[0], _stretch(axis, mark)))
        canvas.add("signs", svg.drawn_for(_sign(lane, mark, at), f"event-{item.event.id}"))
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
            for number in range(3):
                reach = WHISKER * (number + 1) / 3
                yield bar("fade", mark.begin - reach, mark.end + reach, 0.5)


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


def legend_of(
    canvas: Canvas, lanes: Sequence[Lane], drawn: Sequence[DrawnMark]
) -> list[LegendGroup]:
    """The categories, and how sure a date is that looks like this: of what is seen, no more."""
    signs = [sign_item(canvas, x.category, f"sign {x.colour}", RADIUS) for x in lanes]
    visible = seen(drawn)
    found = [
        [one for one in visible if kind in (one.mark.kind, one.mark.form)]
        for kind in get_args(Certainty)
    ]
    sure = [
        LegendItem(_sample(canvas, of[0].lane, kind, text, chosen), text)
        for kind, of in zip(get_args(Certainty), found, strict=True)
        if of
        for chosen in (any(one.mark.solid for one in of),)
        for text in (_words(canvas, kind, chosen),)
    ]
    groups = [
        LegendGroup(canvas.words["timeline.legend.signs"], tuple(signs)),
        LegendGroup(canvas.words["timeline.legend.dates"], tuple(sure)),
    ]
    return [g for g in groups if g.items]


def _words(canvas: Canvas, kind: Certainty, chosen: bool) -> str:
    """What the legend says; of contested dates of which none is preferred, no filled sign."""
    none = kind == "contested" and not chosen
    return canvas.words["timeline.contested.open" if none else f"timeline.{kind}"]


def _sample(canvas: Canvas, lane: Lane, kind: Certainty, title: str, chosen: bool) -> str:
    """A mark as wide as the swatch lets it, its stretch laid on its side, its signs upright."""
    x, y = MIDDLE
    # Stretches are drawn upright about the middle and turned: the swatch is wider than high.
    length = {"exact": 0.2, "about": 0.6, "lasting": 4.4, "open": 4.4, "contested": 0.2}[kind]
    laid, signs = [], []
    pair = [(0.0, kind in ("exact", "lasting", "open"))]
    if kind == "contested":
        course = svg.polyline([(x, y - 2.2), (x, y + 2.2)])
        laid.append(svg.shape(f"line link {lane.colour}", course))
        pair = [(-2.2, chosen), (2.2, False)]
    form: Certainty = "exact" if kind == "contested" else kind
    for shift, solid in pair:
        begin = y + shift - length / 2
        mark = DateMark(begin, begin + length, solid, form, "after" if kind == "open" else "")
        laid += _bars(lane, mark, x, (-math.inf, math.inf))
        signs.append(_sign(lane, mark, (x + mark.at - y, y)))
    turn = Element("", f'<g transform="rotate(-90 {svg.px(x)} {svg.px(y)})">')
    return swatch(canvas, [turn, *laid, Element("", "</g>"), *signs], title)
