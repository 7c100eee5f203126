"""The words beside the lanes of a timeline, each as near to its day as its neighbours let it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from press.content import facts
from press.content.model import Event
from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.drawing import LegendItem
from press.plates.legend import MIDDLE
from press.plates.legend import item as legend_item
from press.plates.signs import sign_shape
from press.plates.text import MeasuredLine
from press.plates.timelines.axis import RADIUS, Lane, Side, TimeAxis, TimelineItem

STRIP = 5.6
"""Width of the strip along the left edge, in mm, where phases have their titles."""
BOTTOM = 1.5
MANY = 4
"""Events at one spot from which on their numbers stand together."""
_LEADER = 6.0
_LEADING = 1.16
_LABEL_GAP = 0.75
_LEAST_SHARE = 0.5
"""The share of the measure that a date must leave the title, or it has a line of its own."""


@dataclass(frozen=True)
class EventLabel:
    """An event's words: lines of (class, run) parts, the one nearest to the axis first.

    Where ``hang`` is set, the lines after the first hang under the title, not under the date.
    """

    item: TimelineItem
    lane: Lane
    date: str
    rows: tuple[tuple[tuple[str, MeasuredLine], ...], ...]
    leading: float
    hang: bool = True

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last, in mm."""
        return len(self.rows) * self.leading


def write_side(
    canvas: Canvas, lanes: Sequence[Lane], axis: TimeAxis, side: Side, numbered: bool = False
) -> list[LegendItem]:
    """The words of one side and their leaders; ``numbered``, or too many, numbers and a list."""
    lanes = [lane for lane in lanes if lane.side == side]
    if not lanes:
        return []
    edge = side * max(side * lane.outer for lane in lanes)
    inner = edge + side * _LEADER  # where the words begin
    labels = _labels(canvas, lanes, axis, side, inner)
    top, bottom = axis.top - 1.5, axis.bottom + BOTTOM
    listed: list[LegendItem] = []
    if numbered or sum(label.height + _LABEL_GAP for label in labels) > bottom - top:
        letter = "L" if side < 0 else "R"
        named = [(f"{letter}{n}", label) for n, label in enumerate(labels, start=1)]
        listed = [_listed(canvas, label, number) for number, label in named]
        labels = list(_numbered(canvas, named))
    heights = [label.height + _LABEL_GAP for label in labels]
    centres = spread([label.item.middle for label in labels], heights, top, bottom)
    for label, centre in zip(labels, centres, strict=True):
        _write(canvas, label, centre, edge, inner)
    return listed


def height_of_words(canvas: Canvas, lanes: Sequence[Lane], axis: TimeAxis) -> float:
    """How high the words of the fuller side are, one under another, in mm."""
    heights = [0.0]
    for side in {lane.side for lane in lanes}:
        own = [lane for lane in lanes if lane.side == side]
        inner = side * max(side * lane.outer for lane in own) + side * _LEADER
        labels = _labels(canvas, own, axis, side, inner)
        heights.append(sum(label.height + _LABEL_GAP for label in labels))
    return max(heights)


def _labels(
    canvas: Canvas, lanes: Sequence[Lane], axis: TimeAxis, side: Side, inner: float
) -> list[EventLabel]:
    """The words of one side, from above; those of a day as the author has them."""
    measure = inner - STRIP - 0.5 if side < 0 else canvas.space.width - inner
    order = {ident: n for n, ident in enumerate(canvas.given.dossier.events)}
    pairs = sorted(
        ((item, lane) for lane in lanes for item in lane.items),
        key=lambda p: (p[0].middle, order[p[0].event.id]),
    )
    years = axis.first.year != axis.last.year
    return [_label(canvas, item, lane, measure, years) for item, lane in pairs]


def _label(
    canvas: Canvas, item: TimelineItem, lane: Lane, measure: float, years: bool
) -> EventLabel:
    """The date, then the title, broken to the measure; the date keeps to the side of the axis.

    A date that leaves the title too little room has a line of its own, or several.
    """
    strong = "label-when-essential" if item.event.essential else "label-what"
    classes = f"label-when {lane.colour}"
    when = canvas.run(classes, _date(item.event, canvas.given.language, years))
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
    return EventLabel(item, lane, when.text, rows, text.size * _LEADING, hang)


def _date(event: Event, language: str, years: bool) -> str:
    """A date as it is printed; where the whole axis is of one year, without it."""
    date = facts.event_date(event, language, "short", year=years)
    if event.printed and not event.dated_claims and not years:  # the author's own words
        return event.printed.removesuffix(str(event.when.earliest.year)).rstrip(" ,\u00a0") or date
    return date


def _gap(run: MeasuredLine) -> float:
    """Between a date and a title, in mm."""
    return run.style.size * 0.55


def _numbered(canvas: Canvas, labels: Sequence[tuple[str, EventLabel]]) -> Iterator[EventLabel]:
    """Numbers in place of words; those of a day that has many in a lane stand as one, L1–L30."""
    style = "label-when-essential"
    groups = itertools.groupby(labels, lambda pair: (pair[1].lane.inner, pair[1].item.middle))
    for _, group in groups:
        same = list(group)
        if len(same) < MANY:
            found = same
        else:
            outermost = max((label for _, label in same), key=lambda label: label.item.column)
            found = [(f"{same[0][0]}–{same[-1][0]}", outermost)]
        for number, label in found:
            yield replace(label, rows=(((style, canvas.run(style, number)),),), hang=True)


def _listed(canvas: Canvas, label: EventLabel, number: str) -> LegendItem:
    category = label.lane.category
    sign = sign_shape(category.sign, f"sign {label.lane.colour}", *MIDDLE, RADIUS)
    made = legend_item(canvas, category.label, sign, strong=label.date)
    return replace(made, text=f"{number} {label.item.event.title},")


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
    side, x, y = label.lane.side, label.lane.x(label.item), label.item.middle
    first = label.rows[0][0][1]
    top = centre - label.height / 2
    turn, tip = (edge + side * 0.8, y), (inner - side * 0.6, top + label.leading / 2)
    canvas.add("leaders", svg.shape("leader", svg.polyline([(x, y), turn, tip])))
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
    event = label.item.event
    canvas.record(f"event-{event.id}", event.title, (left, boxes[0][1], right, boxes[-1][3]))
