"""The signs of events on a timeline, as sure as their dates, and what the legend says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.drawing import LegendGroup, LegendItem
from press.plates.geometry import Point
from press.plates.legend import MIDDLE, sign_item, swatch
from press.plates.signs import sign_shape
from press.plates.svg import Element, px
from press.plates.timelines.axis import RADIUS, WHISKER, Certainty, DateMark, Lane, TimelineItem


def draw_marks(canvas: Canvas, lane: Lane, item: TimelineItem) -> None:
    """An event's marks: solid for a known day, open for an unknown one, linked where disputed."""
    x = lane.x(item)
    marks = sorted(item.marks, key=lambda m: m.begin)
    if len(marks) > 1:
        course = svg.polyline([(x, marks[0].at), (x, marks[-1].at)])
        canvas.add("bars", svg.shape(f"line link {lane.colour}", course))
    for mark in sorted(marks, key=lambda m: m.solid):  # the preferred last, over what it meets
        canvas.add("bars", *_bars(lane, mark, x))
        sign = _sign(lane, mark, (x, mark.at))
        canvas.add("signs", svg.drawn_for(sign, f"event-{item.event.id}"))
        canvas.key(f"mark-{mark.kind}")
    low, high = item.stretch
    canvas.record(f"sign-{item.event.id}", "", (x - RADIUS, low, x + RADIUS, high))


def _bars(lane: Lane, mark: DateMark, x: float) -> Iterator[Element]:
    """The stretch that a date covers, behind its sign."""

    def bar(kind: str, top: float, bottom: float, half: float) -> Element:
        return svg.rect(f"{kind} {lane.colour}", x - half, top, 2 * half, bottom - top)

    match mark.kind:
        case "lasting":
            yield bar("bar", mark.begin, mark.end, 0.85)
        case "open":
            for top, bottom in _fading(mark):
                yield bar("fade", top, bottom, 0.85)
        case "about":
            # Fading ends: three paler and paler lengths: strokes cannot take a gradient here.
            for number in range(3):
                reach = WHISKER * (number + 1) / 3
                yield bar("fade", mark.begin - reach, mark.end + reach, 0.5)
        case "contested" if mark.end - mark.begin > 2 * RADIUS:
            yield bar("bar", mark.begin, mark.end, 0.5)


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
    size = RADIUS if mark.solid or mark.kind == "about" else RADIUS * 0.86
    return sign_shape(lane.category.sign, classes, *at, size)


def legend_of(canvas: Canvas, lanes: Sequence[Lane]) -> list[LegendGroup]:
    """The categories, and how sure a date is that looks like this."""
    signs = [sign_item(canvas, x.category, f"sign {x.colour}", RADIUS) for x in lanes]
    words, kinds = canvas.words, get_args(Certainty)
    sure = [
        LegendItem(_sample(canvas, lanes[0], kind, text), text)
        for kind in kinds
        if f"mark-{kind}" in canvas.keys
        for text in (words[f"timeline.{kind}"],)
    ]
    groups = [
        LegendGroup(words["timeline.legend.signs"], tuple(signs)),
        LegendGroup(words["timeline.legend.dates"], tuple(sure)),
    ]
    return [g for g in groups if g.items]


def _sample(canvas: Canvas, lane: Lane, kind: Certainty, title: str) -> str:
    """A mark as wide as the swatch lets it, its stretch laid on its side, its signs upright."""
    x, y = MIDDLE
    # Stretches are drawn upright about the middle and turned: the swatch is wider than high.
    length = {"exact": 0.2, "about": 0.6, "lasting": 4.4, "open": 4.4, "contested": 0.2}[kind]
    laid, signs = [], []
    pair = [(0.0, kind in ("exact", "lasting", "open"))]
    if kind == "contested":
        course = f"M{px(x)} {px(y - 2.2)}V{px(y + 2.2)}"
        laid.append(svg.shape(f"line link {lane.colour}", course))
        pair = [(-2.2, True), (2.2, False)]
    for shift, solid in pair:
        begin = y + shift - length / 2
        mark = DateMark(begin, begin + length, solid, kind, "after" if kind == "open" else "")
        laid += _bars(lane, mark, x)
        signs.append(_sign(lane, mark, (x + mark.at - y, y)))
    turn = Element("", f'<g transform="rotate(-90 {px(x)} {px(y)})">')
    return swatch(canvas, [turn, *laid, Element("", "</g>"), *signs], title)
