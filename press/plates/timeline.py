"""A timeline plate: the dossier's events along an upright axis, in lanes by category.

Time runs down the page and is true to scale. Each category has a lane beside the axis with its
own sign and colour; words stand on the outer side of the lanes, as near to their day as their
neighbours let them, and a hairline leads from each sign to its words. A date that is only about
right, or on which sources disagree, is drawn as what it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from press import dates, locale
from press.content import facts
from press.content.model import Category, Dossier, Event, Phase, Timeline
from press.dates import Date, Day, Point
from press.design.styles import Style
from press.plates.canvas import Canvas
from press.plates.drawing import Drawing, Fault, LegendGroup, LegendItem, PlateInput
from press.plates.foot import figure_height
from press.plates.furniture import SWATCH, swatch
from press.plates.labels import Space
from press.plates.legend import columns
from press.plates.metrics import Faces, Run
from press.plates.shapes import Box, px, set_text, svg
from press.plates.sheet import read_sheet, token_length
from press.plates.signs import category_class, sign_path

LAYERS = ("phases", "grid", "leaders", "bars", "signs", "text")
"""Painting order."""

SHARES = {"page": 1.0, "half": 0.49}

RADIUS = 1.2
"""Of a sign, in mm."""

_COLUMN = 3.1
_LANE_PADDING = 0.9
_SPINE, _MONTH = 12.0, 2.9
_STRIP = 5.6
_LEADER = 6.0
_TOP, _BOTTOM = 6.2, 1.5
_WHISKER = 2.4
_LEADING = 1.16
_LABEL_GAP = 0.75
_SLACK = 2.5
_LIKELY_SHARE = 0.84
_LEAST_HEIGHT = 60.0
_LEAST_SHARE = 0.5
_MONTHS_UP_TO = 550

Certainty = Literal["exact", "about", "lasting", "open", "contested"]


@dataclass(frozen=True)
class Mark:
    """One date of an event on the axis: the days it covers, and whether the sign is solid.

    An open one fades out where nobody says when it began or ended.
    """

    begin: float
    end: float
    solid: bool
    kind: Certainty
    fades: Literal["", "before", "after"] = ""

    @property
    def at(self) -> float:
        """Where its sign stands: at the known end, or else in the middle."""
        if self.fades == "before":
            return self.end
        if self.fades or self.kind == "lasting":
            return self.begin
        return (self.begin + self.end) / 2


@dataclass(frozen=True)
class Item:
    """An event with its marks; ``column`` is its place across its lane, 0 nearest to the axis."""

    event: Event
    marks: tuple[Mark, ...]
    column: int = 0

    @property
    def middle(self) -> float:
        """Where on the axis its words want to stand, in mm: at its leading mark."""
        return next((m for m in self.marks if m.solid), self.marks[0]).at

    @property
    def reach(self) -> tuple[float, float]:
        """The stretch of the lane that it takes, in mm."""
        low, high = min(m.begin for m in self.marks), max(m.end for m in self.marks)
        spare = RADIUS + (_WHISKER if any(m.kind in ("about", "open") for m in self.marks) else 0.1)
        return min(low, self.middle) - spare, max(high, self.middle) + spare


@dataclass(frozen=True)
class Lane:
    """A category's lane: its side of the axis, its inner edge and its width, in mm."""

    category: Category
    side: Literal["left", "right"]
    inner: float
    columns: int
    items: tuple[Item, ...]

    @property
    def width(self) -> float:
        """Across, in mm."""
        return self.columns * _COLUMN + 2 * _LANE_PADDING

    @property
    def outer(self) -> float:
        """The edge towards the words."""
        return self.inner - self.width if self.side == "left" else self.inner + self.width

    def x(self, item: Item) -> float:
        """The middle of an item's column."""
        away = _LANE_PADDING + (item.column + 0.5) * _COLUMN
        return self.inner - away if self.side == "left" else self.inner + away


@dataclass(frozen=True)
class Axis:
    """Days to mm: ``first`` stands at ``top``, the end of ``last`` at ``bottom``."""

    first: Day
    last: Day
    top: float
    bottom: float

    @property
    def per_day(self) -> float:
        """Millimetres for a day."""
        return (self.bottom - self.top) / (self.last.number - self.first.number + 1)

    def begin(self, day: Day) -> float:
        """Where a day begins; kept within the axis."""
        return min(self.bottom, max(self.top, self.at(day.number)))

    def end(self, day: Day) -> float:
        """Where a day ends; kept within the axis."""
        return min(self.bottom, max(self.top, self.at(day.number + 1)))

    def at(self, number: float) -> float:
        """Where a Julian day number begins."""
        return self.top + (number - self.first.number) * self.per_day


def draw_timeline(given: PlateInput[Timeline]) -> Drawing:
    """Draw a timeline plate.

    Where the words of all events do not fit the page, the essential ones alone are drawn.
    """
    plate, dossier, style, number = given.plate, given.dossier, given.style, given.number
    made, over = _fitted(plate, dossier, style, number)
    if over and plate.show == "events" and any(e.essential for e in dossier.events.values()):
        fewer = plate.model_copy(update={"show": "essential"})
        less, over = _fitted(fewer, dossier, style, number)
        made = made if over else less
    if over:
        message = "the words need more room than the page has"
        hint = "show: essential, or a shorter span, or a larger paper"
        fault = Fault(("show",), "E186", message, hint)
        made = replace(made, faults=(*made.faults, fault))
    return made


def _fitted(plate: Timeline, dossier: Dossier, style: Style, number: str) -> tuple[Drawing, bool]:
    """The timeline as high as the page lets it, and whether it is higher nonetheless."""
    width = token_length(style, "--plate-width", 170.0)
    if plate.size == "half":  # it stands among text
        width = min(width, token_length(style, "--body-width", width))
    total = token_length(style, "--plate-height", 247.0) * SHARES[plate.size]
    height = total * _LIKELY_SHARE
    for _ in range(3):
        made = _draw(plate, dossier, style, number, width, height)
        rest = total - made.total
        if 0 <= rest <= _SLACK:
            break
        height = max(_LEAST_HEIGHT, height + rest - 0.4)
    return made, made.total > total + _SLACK


# -- which events ----------------------------------------------------------------------------------


def chosen_events(plate: Timeline, dossier: Dossier) -> tuple[list[Event], list[Event]]:
    """The events that the plate shows, in order, and those outside its span."""
    events = list(dossier.events.values())
    if plate.show == "essential":
        events = [e for e in events if e.essential]
    elif plate.show != "events":
        events = [e for e in events if e.id in plate.show]
    span = plate.span
    inside = [e for e in events if span is None or any(d.overlaps(span) for d in e.all_dates)]
    return inside, [e for e in events if e not in inside]


def _axis(plate: Timeline, events: Sequence[Event], top: float, bottom: float) -> Axis:
    """From the first day to the last that is to be shown, whole months where the span is short."""
    days = [day for e in events for d in e.all_dates for day in d.span]
    known = [d for d in days if d not in (dates.PAST, dates.FUTURE)]
    if plate.span is not None:
        known = [d for d in plate.span.span if d not in (dates.PAST, dates.FUTURE)] or known
    if not known:
        known = [Day(2000, 1, 1)]
    first, last = min(known), max(known)
    if plate.span is None:
        first = Day(first.year, first.month, 1)
        last = Day(last.year, last.month, dates.month_length(last.year, last.month))
    return Axis(first, last, top, bottom)


def marks_of(event: Event, axis: Axis) -> tuple[Mark, ...]:
    """What an event's dates look like on the axis."""
    claims = event.dated_claims
    disputed = len({str(c.date) for c in claims}) > 1
    if not disputed:
        return (_mark(event.when, axis, solid=True, disputed=False),)
    preferred = next((c for c in claims if c.preferred), None)
    return tuple(_mark(c.date, axis, solid=c is preferred, disputed=True) for c in claims if c.date)


def _mark(date: Date, axis: Axis, solid: bool, disputed: bool) -> Mark:
    begin, end = axis.begin(date.earliest), axis.end(date.latest)
    if disputed:
        return Mark(begin, end, solid, "contested")
    vague = date.approximate or date.uncertain or date.kind in ("one of", "within")
    if date.open_start or date.open_end:
        fades: Literal["before", "after"] = "before" if date.open_start else "after"
        return Mark(begin, end, not vague, "open", fades)
    if vague or (date.precision != "day" and not date.is_interval):
        return Mark(begin, end, False, "about")
    if date.is_interval and date.days != 1:
        return Mark(begin, end, True, "lasting")
    return Mark(begin, end, True, "exact")


# -- lanes -----------------------------------------------------------------------------------------


def lanes_of(
    items: Sequence[Item], dossier: Dossier, middle: float, spine: float = _SPINE
) -> list[Lane]:
    """Lanes left and right of the axis, so that both sides carry about as many words."""
    by_category: dict[str, list[Item]] = {}
    for item in items:
        by_category.setdefault(item.event.category, []).append(item)
    present = [c for c in dossier.chronology.categories if c.id in by_category]
    left = _balanced([len(by_category[c.id]) for c in present])
    made = []
    for side in ("left", "right"):
        edge = middle - spine / 2 if side == "left" else middle + spine / 2
        for number, category in enumerate(present):
            if (number in left) != (side == "left"):
                continue
            spread, count = _columns(by_category[category.id])
            lane = Lane(category, "left" if side == "left" else "right", edge, count, spread)
            made.append(lane)
            edge = lane.outer
    return made


def _balanced(counts: Sequence[int]) -> frozenset[int]:
    """The lanes to stand on the left; the first always does."""
    if len(counts) < 2:
        return frozenset({0})
    others = range(1, len(counts))
    best = min(
        (
            (0, *chosen)
            for size in range(len(counts))
            for chosen in itertools.combinations(others, size)
        ),
        key=lambda lanes: (abs(sum(counts) - 2 * sum(counts[n] for n in lanes)), lanes),
    )
    return frozenset(best)


def _columns(items: Sequence[Item]) -> tuple[tuple[Item, ...], int]:
    """Items that would touch stand side by side."""
    ends: list[float] = []
    placed = []
    for item in sorted(items, key=lambda i: (i.reach, i.event.id)):
        low, high = item.reach
        column = next((n for n, end in enumerate(ends) if end <= low), len(ends))
        ends[column : column + 1] = [high]
        placed.append(replace(item, column=column))
    return tuple(placed), max(1, len(ends))


# -- words -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """An event's words: lines of (class, run) parts, the one nearest to the axis first.

    Where ``hang`` is set, the lines after the first hang under the title, not under the date.
    """

    item: Item
    lane: Lane
    rows: tuple[tuple[tuple[str, Run], ...], ...]
    leading: float
    hang: bool = True

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last, in mm."""
        return len(self.rows) * self.leading


def _words(
    canvas: Canvas, item: Item, lane: Lane, measure: float, language: str, years: bool
) -> Words:
    """The date, then the title, broken to the measure; the date keeps to the side of the axis.

    A date that leaves the title too little room has a line of its own.
    """
    strong = "label-when-essential" if item.event.essential else "label-what"
    date = facts.event_date(item.event, language, "short", year=years)
    if item.event.printed and not item.event.dated_claims and not years:
        date = _without_year(item.event, language)
    when = canvas.run(f"label-when {_colour(canvas, lane)}", date)
    gap = when.style.size * 0.55
    text = canvas.sheet.text(strong)
    dated = (f"label-when {_colour(canvas, lane)}", when)
    beside = measure - when.width - gap
    hang = beside >= measure * _LEAST_SHARE
    lines = canvas.faces.wrapped(item.event.title, text, beside if hang else measure)
    titles = [(strong, canvas.run(strong, line)) for line in lines]
    rows = [(dated, titles[0]), *((t,) for t in titles[1:])] if hang else [
        (part,) for part in (dated, *titles)
    ]  # fmt: skip
    return Words(item, lane, tuple(rows), text.size * _LEADING, hang)


def _without_year(event: Event, language: str) -> str:
    """The author's own words for a date, less the year that the whole axis shares."""
    year = str(event.when.earliest.year)
    trimmed = event.printed.removesuffix(year).rstrip(" ,\u00a0")
    return trimmed or facts.event_date(event, language, "short", year=False)


def _colour(canvas: Canvas, lane: Lane) -> str:
    return canvas.colours[lane.category.id]


def spread(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """The centres nearest to ``wanted`` (rising) at which things of these heights do not overlap.

    Pool adjacent violators (Ayer et al., 1955): things that would touch form a block that stands
    where its members want to be on average, within ``top`` and ``bottom``.
    """
    offsets = [0.0, *itertools.accumulate(
        (a + b) / 2 for a, b in itertools.pairwise(heights)
    )]  # fmt: skip
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


# -- drawing ---------------------------------------------------------------------------------------


def _draw(
    plate: Timeline, dossier: Dossier, style: Style, number: str, width: float, height: float
) -> Drawing:
    language = dossier.meta.language
    canvas = Canvas(
        f"plate-{plate.id}", read_sheet(style), Faces(style), Space(width, height),
        locale.messages(language), LAYERS,
    )  # fmt: skip
    canvas.colours.update(
        (c.id, category_class(dossier.chronology.categories, c.id))
        for c in dossier.chronology.categories
    )
    events, outside = chosen_events(plate, dossier)
    if not events:
        hint = "widen span, or show: events"
        canvas.faults.append(Fault(("span",), "E187", "no event lies in the span", hint))
    if plate.show not in ("events", "essential"):
        for event in outside:
            message = f"event {event.id!r} lies outside the span"
            hint = "widen span, or take the event out of show"
            canvas.faults.append(Fault(("show",), "E185", message, hint))
    axis = _axis(plate, events, _TOP, height - _BOTTOM)
    items = [Item(e, marks_of(e, axis)) for e in events]
    middle = _STRIP + (width - _STRIP) / 2
    spine = _SPINE * max(1.0, canvas.sheet.text("label-month").size / _MONTH)
    lanes = lanes_of(items, dossier, middle, spine)
    years = axis.first.year != axis.last.year
    _phases(canvas, dossier, axis, width)
    _grid(canvas, axis, lanes, (middle - spine / 2, middle + spine / 2), language)
    listed: list[LegendItem] = []
    for side in ("left", "right"):
        listed += _side(canvas, [x for x in lanes if x.side == side], axis, width, language, years)
    for lane in lanes:
        _heading(canvas, lane)
        for item in lane.items:
            _signs(canvas, lane, item)
    return _finish(canvas, plate, dossier, style, number, width, height, lanes, outside, listed)


def _phases(canvas: Canvas, dossier: Dossier, axis: Axis, width: float) -> None:
    """Bands behind everything, each with its title along the left edge."""
    phases = sorted(dossier.chronology.phases, key=lambda p: p.begins.sort_key)
    ends: list[Phase | None] = [*phases[1:], None][: len(phases)]
    for number, (phase, after) in enumerate(zip(phases, ends, strict=True)):
        top = axis.begin(phase.begins.earliest)
        bottom = axis.begin(after.begins.earliest) if after else axis.bottom
        if phase.begins.earliest > axis.last or bottom - top < 0.5:
            continue
        classes = f"band-{number % 2 + 1}"
        _rectangle(canvas, "phases", classes, (0, top, width, bottom))
        _rectangle(canvas, "phases", "band-strip", (0, top + 0.15, _STRIP - 1.4, bottom - 0.15))
        title = canvas.run("label-phase", phase.title)
        if title.width > bottom - top - 1.5:
            if title.width > 0 and phase.title not in canvas.dropped:
                canvas.dropped.append(phase.title)
            continue
        x = (_STRIP - 1.4) / 2 + title.rise * 0.5
        y = (top + bottom + title.width) / 2
        canvas.mark("text", "label-phase", set_text("label-phase", x, y, title, -90))
        canvas.record(f"phase-{phase.id}", phase.title, (x - title.rise, y - title.width, x, y))


def _rectangle(canvas: Canvas, layer: str, classes: str, box: Box) -> None:
    x, y, w, h = box[0], box[1], box[2] - box[0], box[3] - box[1]
    canvas.mark(
        layer,
        classes,
        f'<rect class="{classes}" x="{px(x)}" y="{px(y)}" width="{px(w)}" height="{px(h)}"/>',
    )


def _line(canvas: Canvas, layer: str, classes: str, points: Iterable[tuple[float, float]]) -> None:
    data = "L".join(f"{px(x)} {px(y)}" for x, y in points)
    canvas.mark(layer, classes, f'<path class="{classes}" d="M{data}"/>')


def _grid(
    canvas: Canvas,
    axis: Axis,
    lanes: Sequence[Lane],
    spine: tuple[float, float],
    language: str,
) -> None:
    """Axis, months or years, days; ``spine`` is where the axis begins and ends across."""
    left, right = spine
    edges = [left, right, *(lane.outer for lane in lanes)]
    _rectangle(canvas, "grid", "spine", (left, axis.top, right, axis.bottom))
    for edge in sorted(set(edges)):
        _line(canvas, "grid", "lane-edge", [(edge, axis.top), (edge, axis.bottom)])
    days = axis.last.number - axis.first.number + 1
    # Lines of months stop at the lanes: across the words they would strike them through.
    near, far = min(edges), max(edges)
    if days <= _MONTHS_UP_TO:
        _months(canvas, axis, (left, right), (near, far), language)
    else:
        _ticks(canvas, axis, (left, right), (near, far), language)


def _months(
    canvas: Canvas,
    axis: Axis,
    spine: tuple[float, float],
    reach: tuple[float, float],
    language: str,
) -> None:
    (left, right), (near, far) = spine, reach
    step = next((n for n in (1, 2, 5, 10, 15) if n * axis.per_day >= 4.4), 31)
    for first, last in dates.months_between(axis.first, axis.last):
        top, bottom = axis.begin(first), axis.end(last)
        _line(canvas, "grid", "month", [(near, top), (far, top)])
        point = Point("month", first.year, first.month)
        year = first.month == 1 or first.number <= axis.first.number
        run = canvas.run("label-month", dates.show_point(point, language, "short", year=False))
        if run.width < bottom - top and bottom - top > 5:
            y = top + run.rise + 0.9
            canvas.mark(
                "text",
                "label-month",
                set_text("label-month", (left + right - run.width) / 2, y, run),
            )
            if year and bottom - top > 9:
                small = canvas.run("label-day", str(first.year))
                y += small.style.size * 1.15
                x = (left + right - small.width) / 2
                canvas.mark("text", "label-day", set_text("label-day", x, y, small))
        for day in range(1 if step == 1 else step, last.day, step):
            at = axis.begin(Day(first.year, first.month, day))
            if at <= top + 0.1 or at >= axis.bottom:
                continue
            tick = 1.0
            _line(canvas, "grid", "tick", [(left, at), (left + tick, at)])
            _line(canvas, "grid", "tick", [(right - tick, at), (right, at)])
            run = canvas.run("label-day", dates.show_day(
                Day(first.year, first.month, day), language, "short", year=False, month=False
            ))  # fmt: skip
            y = (axis.begin(Day(first.year, first.month, day)) + axis.end(
                Day(first.year, first.month, day))) / 2 + run.rise / 2  # fmt: skip
            for x in (left + 1.3, right - 1.3 - run.width):
                canvas.mark("text", "label-day", set_text("label-day", x, y, run))


def _ticks(
    canvas: Canvas,
    axis: Axis,
    spine: tuple[float, float],
    reach: tuple[float, float],
    language: str,
) -> None:
    (left, right), (near, far) = spine, reach
    target = max(2, int((axis.bottom - axis.top) / 14))
    for tick in dates.ticks(axis.first, axis.last, target, language, "short"):
        at = axis.begin(tick.day)
        _line(canvas, "grid", "month", [(near, at), (far, at)])
        run = canvas.run("label-month" if tick.major else "label-day", tick.label)
        classes = "label-month" if tick.major else "label-day"
        x = (left + right - run.width) / 2
        canvas.mark("text", classes, set_text(classes, x, at + run.rise + 0.8, run))


def _heading(canvas: Canvas, lane: Lane) -> None:
    """The category's sign at the head of its lane."""
    x = (lane.inner + lane.outer) / 2
    classes = f"sign {canvas.colours[lane.category.id]}"
    canvas.mark("signs", classes, sign_path(lane.category.sign, classes, x, _TOP - 2.3, RADIUS))


# -- one side --------------------------------------------------------------------------------------


def _side(
    canvas: Canvas,
    lanes: Sequence[Lane],
    axis: Axis,
    width: float,
    language: str,
    years: bool,
) -> list[LegendItem]:
    """The words of one side and their leaders; where they do not fit, numbers and a list."""
    if not lanes:
        return []
    left = lanes[0].side == "left"
    edge = min(x.outer for x in lanes) if left else max(x.outer for x in lanes)
    inner = edge - _LEADER if left else edge + _LEADER
    measure = inner - _STRIP - 0.5 if left else width - inner
    pairs = sorted(
        ((item, lane) for lane in lanes for item in lane.items),
        key=lambda p: (p[0].middle, p[0].event.when.sort_key, p[0].event.id),
    )
    words = [_words(canvas, item, lane, measure, language, years) for item, lane in pairs]
    top, bottom = axis.top - 1.5, axis.bottom + _BOTTOM
    room = bottom - top
    listed: list[LegendItem] = []
    if sum(w.height + _LABEL_GAP for w in words) > room:
        listed = [_listed(canvas, w, n) for n, w in enumerate(words, start=1)]
        words = [_numbered(canvas, w, n) for n, w in enumerate(words, start=1)]
    heights = [w.height + _LABEL_GAP for w in words]
    centres = spread([w.item.middle for w in words], heights, top, bottom)
    for word, centre in zip(words, centres, strict=True):
        _write(canvas, word, centre, edge, inner, left)
    return listed


def _numbered(canvas: Canvas, words: Words, number: int) -> Words:
    label = f"{'L' if words.lane.side == 'left' else 'R'}{number}"
    run = canvas.run("label-when-essential", label)
    return Words(words.item, words.lane, ((("label-when-essential", run),),), words.leading)


def _listed(canvas: Canvas, words: Words, number: int) -> LegendItem:
    w, h = SWATCH
    classes = f"sign {canvas.colours[words.lane.category.id]}"
    event = words.item.event
    body = sign_path(words.lane.category.sign, classes, w / 2, h / 2, RADIUS)
    label = f"{'L' if words.lane.side == 'left' else 'R'}{number}"
    date = words.rows[0][0][1].text
    picture = swatch(canvas, body, [classes], words.lane.category.label)
    return LegendItem(picture, f"{label} {event.title},", date)


def _write(
    canvas: Canvas, words: Words, centre: float, edge: float, inner: float, left: bool
) -> None:
    """Words at a height of their own, joined to their sign by a hairline."""
    item, lane = words.item, words.lane
    y, x = item.middle, lane.x(item)
    first = words.rows[0][0][1]
    top = centre - words.height / 2
    level = top + words.leading / 2
    tip = inner + 0.6 if left else inner - 0.6
    turn = edge - 0.8 if left else edge + 0.8
    _line(canvas, "leaders", "leader", [(x, y), (turn, y), (tip, level)])
    boxes = []
    for number, row in enumerate(words.rows):
        baseline = top + (number + 0.5) * words.leading + first.style.size * 0.24
        hang = first.width + first.style.size * 0.55 if number and words.hang else 0.0
        at = inner - hang if left else inner + hang
        begin = end = at
        for classes, run in row:
            start = at - run.width if left else at
            canvas.mark("text", classes, set_text(classes, start, baseline, run))
            begin, end = min(begin, start), max(end, start + run.width)
            gap = run.style.size * 0.55
            at = start - gap if left else start + run.width + gap
        rise = max(run.rise for _, run in row)
        drop = max(run.drop for _, run in row)
        boxes.append((begin, baseline - rise, end, baseline + drop))
    block = (
        min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3],
    )  # fmt: skip
    canvas.record(f"event-{item.event.id}", item.event.title, block)


# -- signs -----------------------------------------------------------------------------------------


def _signs(canvas: Canvas, lane: Lane, item: Item) -> None:
    """An event's marks: solid for a known day, open for an unknown one, linked where disputed."""
    x = lane.x(item)
    colour = canvas.colours[lane.category.id]
    marks = sorted(item.marks, key=lambda m: m.begin)
    if len(marks) > 1:
        ends = [mark.at for mark in marks]
        _line(canvas, "bars", f"line link {colour}", [(x, ends[0]), (x, ends[-1])])
    for mark in marks:
        draw_mark(canvas, lane.category, mark, x, mark.at)
        canvas.key(f"mark-{mark.kind}")
    low, high = item.reach
    canvas.record(f"sign-{item.event.id}", "", (x - RADIUS, low, x + RADIUS, high))


def mark_parts(
    category: Category, colour: str, mark: Mark, x: float, y: float
) -> list[tuple[str, str, str]]:
    """(layer, classes, markup) of one mark with its sign at ``x``, ``y`` mm."""
    parts: list[tuple[str, str, str]] = []

    def box(classes: str, top: float, bottom: float, half: float) -> None:
        parts.append((
            "bars",
            classes,
            f'<rect class="{classes}" x="{px(x - half)}" y="{px(top)}" width="{px(2 * half)}"'
            f' height="{px(bottom - top)}"/>',
        ))  # fmt: skip

    long = mark.end - mark.begin > 2 * RADIUS
    if mark.kind == "lasting":
        box(f"bar {colour}", mark.begin, mark.end, 0.85)
    elif mark.kind == "open":
        # Ever paler towards the open end: a first half in full, then three steps.
        span = mark.end - mark.begin
        for number in range(3):
            far = span > 4 * _WHISKER
            short = span * (2 - number) / 4 if far else 0.0
            reach = 0.0 if far else _WHISKER * (number + 1) / 3
            after = mark.fades == "after"
            top = mark.begin if after else mark.begin + short - reach
            bottom = mark.end - short + reach if after else mark.end
            box(f"fade {colour}", top, bottom, 0.85)
    elif mark.kind == "about":
        # Fading ends: three paler and paler lengths, because strokes cannot take a gradient here.
        for number in range(3):
            reach = _WHISKER * (number + 1) / 3
            box(f"fade {colour}", mark.begin - reach, mark.end + reach, 0.5)
    elif mark.kind == "contested" and long:
        box(f"bar {colour}", mark.begin, mark.end, 0.5)
    classes = f"sign cased {colour}" if mark.solid else f"sign open {colour}"
    size = RADIUS if mark.solid or mark.kind == "about" else RADIUS * 0.86
    parts.append(("signs", classes, sign_path(category.sign, classes, x, y, size)))
    return parts


def draw_mark(canvas: Canvas, category: Category, mark: Mark, x: float, y: float) -> None:
    """One mark on the canvas."""
    for layer, classes, markup in mark_parts(category, canvas.colours[category.id], mark, x, y):
        canvas.mark(layer, classes, markup)


# -- legend and finish -----------------------------------------------------------------------------


def _legend(canvas: Canvas, lanes: Sequence[Lane]) -> list[LegendGroup]:
    w, h = SWATCH
    words = canvas.words
    order = [x.category for x in lanes]
    signs = []
    for category in order:
        classes = f"sign {canvas.colours[category.id]}"
        body = sign_path(category.sign, classes, w / 2, h / 2, RADIUS)
        signs.append(LegendItem(swatch(canvas, body, [classes], category.label), category.label))
    kinds: tuple[Certainty, ...] = ("exact", "about", "lasting", "open", "contested")
    sure = [
        LegendItem(
            _sample(canvas, order[0], kind, words[f"timeline.{kind}"]), words[f"timeline.{kind}"]
        )
        for kind in kinds
        if f"mark-{kind}" in canvas.keys
    ]
    groups = [
        LegendGroup(words["timeline.legend.signs"], tuple(signs)),
        LegendGroup(words["timeline.legend.dates"], tuple(sure)),
    ]
    return [g for g in groups if g.items]


def _sample(canvas: Canvas, category: Category, kind: Certainty, title: str) -> str:
    """A mark laid on its side, as wide as the swatch lets it."""
    w, h = SWATCH
    colour = canvas.colours[category.id]
    # Drawn upright about the middle and turned: the swatch is wider than high.
    length = {"exact": 0.2, "about": 0.6, "lasting": 4.4, "open": 4.4, "contested": 0.2}[kind]
    classes: list[str] = []
    body = ""
    if kind == "contested":
        classes.append(f"line link {colour}")
        body += (
            f'<path class="line link {colour}" d="M{px(w / 2)} {px(h / 2 - 2.2)}'
            f'V{px(h / 2 + 2.2)}"/>'
        )
        pair = [(-2.2, True), (2.2, False)]
    else:
        pair = [(0.0, kind in ("exact", "lasting", "open"))]
    for shift, solid in pair:
        begin = h / 2 + shift - length / 2
        mark = Mark(begin, begin + length, solid, kind, "after" if kind == "open" else "")
        for _, attribute, markup in mark_parts(category, colour, mark, w / 2, mark.at):
            classes.append(attribute)
            body += markup
    turned = f'<g transform="rotate(-90 {px(w / 2)} {px(h / 2)})">{body}</g>'
    return swatch(canvas, turned, classes, title)


def _finish(
    canvas: Canvas,
    plate: Timeline,
    dossier: Dossier,
    style: Style,
    number: str,
    width: float,
    height: float,
    lanes: Sequence[Lane],
    outside: Sequence[Event],
    listed: Sequence[LegendItem],
) -> Drawing:
    language = dossier.meta.language
    words = canvas.words
    events = sorted((i.event for lane in lanes for i in lane.items), key=lambda e: e.when.sort_key)
    made, tall = (
        columns(canvas, style, _legend(canvas, lanes), width, most=2) if lanes else ((), 0.0)
    )
    if listed:
        half = (len(listed) + 1) // 2
        title = words["timeline.listed"]
        more, extra = columns(
            canvas, style,
            [LegendGroup(title, tuple(listed[:half])), LegendGroup("\u00a0", tuple(listed[half:]))],
            width, most=2,
        )  # fmt: skip
        made, tall = (*made, *more), tall + extra
    shown_span = _printed_span(plate, events, language)
    labels = {c.id: c.label for c in dossier.chronology.categories}
    remarks = []
    if {e.essential for e in events} == {True, False}:
        remarks.append(words["timeline.essential"])
    if plate.show == "essential" and not all(e.essential for e in dossier.events.values()):
        remarks.append(words["timeline.essential-only"])
    if any(date.julian for event in events for date in event.all_dates):
        remarks.append(words["plate.julian"])
    if outside and plate.show == "events":
        beyond = "timeline.beyond.one" if len(outside) == 1 else "timeline.beyond.other"
        remarks.append(words[beyond].format(n=len(outside)))
    drawing = Drawing(
        id=plate.id,
        kind="timeline",
        number=number,
        size=plate.size,
        title=plate.title,
        subtitle=plate.subtitle,
        svg="",
        width=width,
        height=height,
        total=0.0,
        alt=words["timeline.alt"].format(
            title=plate.title, n=len(events), span=shown_span, lanes=len(lanes)
        ),
        equivalent=tuple(_said(e, labels, language) for e in events),
        columns=tuple(made),
        span=shown_span,
        caption=plate.caption,
        note=plate.note,
        remarks=tuple(remarks),
        places=frozenset(),
        events=frozenset(e.id for e in events),
        boxes=tuple(canvas.boxes),
        dropped=tuple(dict.fromkeys(canvas.dropped)),
        faults=tuple(dict.fromkeys(canvas.faults)),
    )
    said = " ".join((drawing.alt, *drawing.equivalent))
    picture = svg(canvas.body(), canvas.sheet.css(canvas.classes), width, height, said)
    total = figure_height(canvas.faces, style, drawing, dossier, tall)
    return replace(drawing, svg=picture, total=total)


def _printed_span(plate: Timeline, events: Sequence[Event], language: str) -> str:
    if plate.span is not None:
        return dates.show(plate.span, language)
    return facts.span(events, language) if events else ""


def _said(event: Event, labels: Mapping[str, str], language: str) -> str:
    date = facts.event_date(event, language)
    return f"{date}: {event.title} ({labels[event.category]})."


__all__ = ["Axis", "Item", "Mark", "chosen_events", "draw_timeline", "spread"]
