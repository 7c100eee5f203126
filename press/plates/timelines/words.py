"""The words beside the lanes of a timeline, each as near to its day as its neighbours let it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from press.content import facts
from press.content.model import Event
from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.drawing import LegendItem
from press.plates.geometry import Point
from press.plates.legend import MIDDLE
from press.plates.legend import item as legend_item
from press.plates.signs import sign_shape
from press.plates.text import MeasuredLine
from press.plates.timelines.axis import RADIUS, Lane, Side, TimeAxis, TimelineItem
from press.plates.timelines.leaders import course, ways_out

STRIP = 5.6
"""Width of the strip along the left edge, in mm, where phases have their titles."""
BOTTOM = 1.5
MANY = 4
"""Events at one spot from which on their numbers stand together."""
_TIP = 0.9
"""From the end of a hairline to the words, in mm."""
LEADER = 6.0
"""From the lanes to the words, in mm."""
_LEADING = 1.16
_LABEL_GAP = 0.75
_LEAST_SHARE = 0.5
"""The share of the measure that a date must leave the title, or it has a line of its own."""


@dataclass(frozen=True)
class EventLabel:
    """An event's words: lines of (class, run) parts, the one nearest to the axis first.

    Where ``hang`` is set, the lines after the first hang under the title, not under the date.
    ``signs`` are the points in mm from which hairlines lead to the words, ``ways`` the heights at
    which these leave the lanes, where they are not those of the signs.
    """

    event: Event
    rows: tuple[tuple[tuple[str, MeasuredLine], ...], ...]
    leading: float
    signs: tuple[Point, ...]
    hang: bool = True
    ways: tuple[float, ...] = ()

    @property
    def height(self) -> float:
        """What it takes beside the axis, from its first line to the next label, in mm."""
        return len(self.rows) * self.leading + _LABEL_GAP

    @property
    def middle(self) -> float:
        """Where on the axis it wants to stand, in mm."""
        heights = self.ways or tuple(y for _, y in self.signs)
        return (heights[0] + heights[-1]) / 2


Pair = tuple[TimelineItem, Lane]


def write_side(
    canvas: Canvas, lanes: Sequence[Lane], axis: TimeAxis, side: Side, numbered: bool = False
) -> list[LegendItem]:
    """The words of one side and their leaders; ``numbered``, or too many, numbers and a list."""
    lanes = [lane for lane in lanes if lane.side == side]
    if not lanes:
        return []
    edge, inner = _edges(lanes)
    pairs, measure = _in_order(canvas, lanes), _measure(canvas, inner)
    top, bottom = axis.top - 1.5, axis.bottom + BOTTOM
    listed: list[LegendItem] = []
    labels = [] if numbered else [_label(canvas, *pair, measure, axis) for pair in pairs]
    if numbered or sum(label.height for label in labels) > bottom - top:
        letter = "L" if side < 0 else "R"
        named = [(f"{letter}{n}", *pair) for n, pair in enumerate(pairs, start=1)]
        listed = _listed(canvas, named, axis)
        labels = _numbered(canvas, named, measure, bottom - top)
    labels = _routed(labels, pairs, side, (top, bottom))
    heights = [label.height for label in labels]
    centres = spread([label.middle for label in labels], heights, top, bottom)
    for label, centre in zip(labels, centres, strict=True):
        _write(canvas, label, centre, edge, inner)
    return listed


def _routed(
    labels: Sequence[EventLabel], pairs: Sequence[Pair], side: Side, ends: tuple[float, float]
) -> list[EventLabel]:
    """The labels with the ways of their hairlines, in the order in which these leave the lanes."""
    signs = [
        (lane.at(item, mark), rank)
        for rank, (item, lane) in enumerate(pairs)
        for mark in item.marks
    ]
    ranks = {item.event.id: rank for rank, (item, _) in enumerate(pairs)}
    starts = [(sign, ranks[label.event.id]) for label in labels for sign in label.signs]
    heights = iter(ways_out(starts, signs, side, ends))
    made = [replace(label, ways=tuple(next(heights) for _ in label.signs)) for label in labels]
    return sorted(made, key=lambda label: label.middle)


def _edges(lanes: Sequence[Lane]) -> tuple[float, float]:
    """Where the lanes of one side end, and where the words beside them begin, in mm."""
    side = lanes[0].side
    edge = side * max(side * lane.outer for lane in lanes)
    return edge, edge + side * LEADER


def _measure(canvas: Canvas, inner: float) -> float:
    """How long lines may be, in mm, that begin at ``inner`` and run away from the axis."""
    width = canvas.space.width
    return inner - STRIP - 0.5 if inner < STRIP + (width - STRIP) / 2 else width - inner


def _in_order(canvas: Canvas, lanes: Sequence[Lane]) -> list[Pair]:
    """The events of one side with their lanes, from above; those of a day in the author's order."""
    order = {ident: n for n, ident in enumerate(canvas.given.dossier.events)}
    pairs = ((item, lane) for lane in lanes for item in lane.items)
    return sorted(pairs, key=lambda p: (p[0].middle, order[p[0].event.id]))


def height_of_words(canvas: Canvas, lanes: Sequence[Lane], axis: TimeAxis) -> float:
    """How high the words of the fuller side are, one under another, in mm."""
    heights = [0.0]
    for side in {lane.side for lane in lanes}:
        own = [lane for lane in lanes if lane.side == side]
        measure = _measure(canvas, _edges(own)[1])
        labels = (_label(canvas, *pair, measure, axis) for pair in _in_order(canvas, own))
        heights.append(sum(label.height for label in labels))
    return max(heights)


def _label(
    canvas: Canvas, item: TimelineItem, lane: Lane, measure: float, axis: TimeAxis
) -> EventLabel:
    """The date, then the title, broken to the measure; the date keeps to the side of the axis.

    A date that leaves the title too little room has a line of its own, or several.
    """
    strong = "label-when-essential" if item.event.essential else "label-what"
    classes = f"label-when {lane.colour}"
    when = canvas.run(classes, _date(item.event, canvas.given.language, axis))
    text = canvas.style.text(strong)
    beside = measure - when.width - _gap(when)
    hang = beside >= measure * _LEAST_SHARE
    language = canvas.given.language
    lines = canvas.style.wrapped(item.event.title, text, beside if hang else measure, language)
    titles = [(strong, canvas.run(strong, line)) for line in lines]
    parts = [when.text]
    if when.width > measure:
        parts = canvas.style.wrapped(when.text, when.style, measure, language)
    dated = [(classes, canvas.run(classes, part)) for part in parts]
    first = [(dated[0], titles.pop(0))] if hang else [(part,) for part in dated]
    rows = (*first, *((title,) for title in titles))
    return EventLabel(item.event, rows, text.size * _LEADING, (lane.point(item),), hang)


def _date(event: Event, language: str, axis: TimeAxis) -> str:
    """A date as it is printed; where it and the whole axis are of one year, without it."""
    known = [day.year for date in event.all_dates for day in date.known]
    years = len({axis.first.year, axis.last.year, *known}) > 1
    date = facts.event_date(event, language, "short", year=years)
    if event.printed and not event.dated_claims and not years:  # the author's own words
        return event.printed.removesuffix(str(event.when.earliest.year)).rstrip(" ,\u00a0") or date
    return date


def _gap(run: MeasuredLine) -> float:
    """Between a date and a title, in mm."""
    return run.style.size * 0.55


def _numbered(
    canvas: Canvas, named: Sequence[tuple[str, TimelineItem, Lane]], measure: float, room: float
) -> list[EventLabel]:
    """Numbers in place of words; those of a day that has many in a lane stand as one, L1–L30.

    Where so many do not fit ``room`` mm, those that stand nearest to each other are joined as well.
    """
    groups: list[list[tuple[str, TimelineItem, Lane]]] = []
    for _, group in itertools.groupby(named, lambda one: (one[2].inner, one[1].middle)):
        same = list(group)
        groups += [same] if len(same) >= MANY else ([one] for one in same)
    labels = [_number(canvas, group, measure) for group in groups]
    while len(labels) > 1 and sum(label.height for label in labels) > room:
        ends = [(group[0][1].middle, group[-1][1].middle) for group in groups]
        apart = [below[0] - above[1] for above, below in itertools.pairwise(ends)]
        at = min(range(len(apart)), key=lambda n: (round(apart[n], 3), len(groups[n]), n))
        groups[at : at + 2] = [[*groups[at], *groups[at + 1]]]
        labels[at : at + 2] = [_number(canvas, groups[at], measure)]
    return labels


def _number(
    canvas: Canvas, group: Sequence[tuple[str, TimelineItem, Lane]], measure: float
) -> EventLabel:
    """The first and the last number of a group, with hairlines to the signs of its two ends."""
    style = "label-when-essential"
    text = canvas.style.text(style)
    words = group[0][0] if len(group) == 1 else f"{group[0][0]}–{group[-1][0]}"
    lines = canvas.style.wrapped(words, text, measure)
    rows = tuple(((style, canvas.run(style, line)),) for line in lines)
    ends = {item.middle: (item, lane) for _, item, lane in (group[0], group[-1])}
    signs = []
    for middle in ends:  # the outermost sign, so that the hairline crosses no other of the day
        here = [lane.point(item) for _, item, lane in group if item.middle == middle]
        signs.append(max(here, key=lambda point: group[0][2].side * point[0]))
    event = group[0][1].event
    return EventLabel(event, rows, text.size * _LEADING, tuple(signs), hang=False)


def _listed(
    canvas: Canvas, named: Sequence[tuple[str, TimelineItem, Lane]], axis: TimeAxis
) -> list[LegendItem]:
    """The list behind the numbers: sign, number, title and date of each event."""
    lanes = {lane.category.id: lane for _, _, lane in named}
    signs = {
        ident: legend_item(
            canvas,
            lane.category.label,
            sign_shape(lane.category.sign, f"sign {lane.colour}", *MIDDLE, RADIUS),
        )
        for ident, lane in lanes.items()
    }
    return [
        replace(
            signs[lane.category.id],
            text=f"{number} {item.event.title},",
            strong=_date(item.event, canvas.given.language, axis),
        )
        for number, item, lane in named
    ]


def spread(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """The centres nearest to ``wanted`` (rising) at which things of these heights do not overlap.

    Pool adjacent violators (Ayer et al., 1955): things that would touch form a block that stands
    where its members want to be on average, within ``top`` and ``bottom``.
    """
    offsets = [0.0, *itertools.accumulate((a + b) / 2 for a, b in itertools.pairwise(heights))]
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=False):
        total, count = want - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    places = [total / count for total, count in blocks for _ in range(count)]
    if not places:
        return []
    low = top + heights[0] / 2
    high = bottom - heights[-1] / 2 - offsets[-1]
    return [min(max(p, low), max(low, high)) + o for p, o in zip(places, offsets, strict=True)]


def _write(canvas: Canvas, label: EventLabel, centre: float, edge: float, inner: float) -> None:
    """Words at a height of their own, joined to their sign by a hairline."""
    side: Side = 1 if inner > edge else -1
    first = label.rows[0][0][1]
    top = centre - len(label.rows) * label.leading / 2
    tip = inner - side * _TIP, top + label.leading / 2
    for sign, way in zip(label.signs, label.ways, strict=True):
        line = svg.polyline(course(sign, way, edge, tip, side))
        canvas.add("leaders", svg.shape("leader", line))
    boxes = []
    for number, row in enumerate(label.rows):
        baseline = top + (number + 0.5) * label.leading + first.style.size * 0.24
        hang = first.width + _gap(first) if number and label.hang else 0.0
        at = inner + side * hang
        ends = [at]
        for classes, run in row:
            start = at - run.width if side < 0 else at
            canvas.add("text", svg.text(classes, start, baseline, run))
            ends += [start, start + run.width]
            at = start - _gap(run) if side < 0 else start + run.width + _gap(run)
        rise = max(run.rise for _, run in row)
        drop = max(run.drop for _, run in row)
        boxes.append((min(ends), baseline - rise, max(ends), baseline + drop))
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    event = label.event
    canvas.record(f"event-{event.id}", event.title, (left, boxes[0][1], right, boxes[-1][3]))
