"""The phases behind a timeline: bands across it, and their names where there is room for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import product, zip_longest

from press.base.boxes import Box, overlap
from press.content.model import Phase
from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.text import MeasuredLine
from press.plates.timelines.axis import Lane, TimeAxis
from press.plates.timelines.words import LEADER, STRIP

_STRIP_WIDTH = STRIP - 1.4
_SMALL = "label-phase small"
_SPARE, _CLEAR, _STEP = 0.6, 0.8, 0.4
"""In mm: beyond a name along the edge, from one across to the edges, from place to place."""
_BESIDE, _ABOVE = 5.0, 1.2
"""The least between a name and the words of events beside and above it, in mm: they are apart."""
_SEEN = 0.5
"""The least height of a band in mm."""
_LINES = 3
"""Most lines of a name among the words."""
_PITCH, _BASE = 1.16, 0.74
"""From line to line in sizes of type, and in lines from the top of one to its baseline."""

Band = tuple[Phase, float, float]
"""A phase, where it begins on the axis, and where it ends."""


def bands_of(canvas: Canvas, axis: TimeAxis) -> Iterator[Band]:
    """The phases that are on the axis, from above."""
    phases = sorted(canvas.given.dossier.chronology.phases, key=lambda p: p.begins.sort_key)
    begins = [phase.begins.earliest for phase in phases]
    for phase, begin, after in zip_longest(phases, begins, begins[1:]):
        if begin <= axis.last and (after is None or after > axis.first):
            yield phase, axis.begin(begin), axis.begin(after) if after else axis.bottom


def draw_phases(canvas: Canvas, axis: TimeAxis) -> None:
    """Bands behind everything, as far as they are high enough to be seen."""
    for number, (_, top, bottom) in enumerate(bands_of(canvas, axis)):
        if bottom - top < _SEEN:
            continue
        band = svg.box(f"band-{number % 2 + 1}", (0, top, canvas.space.width, bottom))
        strip = svg.box("band-strip", (0, top + 0.15, _STRIP_WIDTH, bottom - 0.15))
        canvas.add("phases", band, strip)


def name_phases(canvas: Canvas, axis: TimeAxis, lanes: Sequence[Lane]) -> None:
    """The names of the phases, all alike: along the left edge, along it small, or else across.

    The first of these in which all have room, or else most. What has no room is dropped.
    """
    bands = [*bands_of(canvas, axis)]

    def across(canvas: Canvas, phase: Phase, top: float, bottom: float) -> bool:
        return _across(canvas, axis, lanes, phase, top, bottom)

    ways = (partial(_along, classes="label-phase"), partial(_along, classes=_SMALL), across)
    tried = []
    for write in ways:
        aside = replace(canvas, layers={}, classes=set(), boxes=[*canvas.boxes])
        tried.append(sum(write(aside, *band) for band in bands))
    write = ways[tried.index(max(tried))]
    for band in bands:
        if not write(canvas, *band):
            canvas.drop(band[0].title)


def _along(canvas: Canvas, phase: Phase, top: float, bottom: float, classes: str) -> bool:
    """Write a name along the edge, upward, where its band is high enough; in two lines if small."""
    style = canvas.style.text(classes)
    lines = canvas.style.wrapped(phase.title, style, bottom - top - _SPARE)
    runs = [canvas.run(classes, line) for line in lines]
    long = max(run.width for run in runs)
    wide = (len(runs) - 1) * style.size + runs[0].rise + runs[-1].drop
    whole = " ".join(lines).split() == phase.title.split()  # no word is divided
    if not whole or long > bottom - top - _SPARE or (len(runs) > 1 and wide > _STRIP_WIDTH):
        return False
    first = (_STRIP_WIDTH - (len(runs) - 1) * style.size + runs[0].rise) / 2
    for number, run in enumerate(runs):
        x, y = first + number * style.size, (top + bottom + run.width) / 2
        canvas.add("text", svg.text(classes, x, y, run, -90))
    middle, left = (top + bottom) / 2, first - runs[0].rise
    box = (left, middle - long / 2, left + wide, middle + long / 2)
    canvas.record(f"phase-{phase.id}", phase.title, box)
    return True


def _across(
    canvas: Canvas, axis: TimeAxis, lanes: Sequence[Lane], phase: Phase, top: float, bottom: float
) -> bool:
    """Write a name across, at the strip or at the right edge, in as few lines as have room."""
    edges = [axis.left, axis.right, *(lane.outer for lane in lanes)]
    sides = (
        (STRIP + _CLEAR, min(edges) - LEADER, False),
        (max(edges) + LEADER, canvas.space.width - _CLEAR, True),
    )
    for count, (left, right, flush) in product(range(1, _LINES + 1), sides):
        runs = _lines(canvas, phase.title, count)
        wide = max(run.width for run in runs)
        high = len(runs) * runs[0].style.size * _PITCH
        x = right - wide if flush else left
        y = _free(canvas, (x, top, x + wide, bottom), high) if left + wide <= right else None
        if y is None:
            continue
        for number, run in enumerate(runs):
            at = right - run.width if flush else x
            base = y + (number + _BASE) * run.style.size * _PITCH
            canvas.add("text", svg.text("label-phase", at, base, run))
        # Its ground is that of the strip, from which it comes: no event has one.
        ends = (x - _CLEAR, canvas.space.width) if flush else (0.0, x + wide + _CLEAR)
        tab = svg.box("band-strip", (ends[0], y - _STEP / 2, ends[1], y + high + _STEP / 2))
        canvas.add("phases", tab)
        canvas.record(f"phase-{phase.id}", phase.title, (x, y, x + wide, y + high))
        return True
    return False


def _lines(canvas: Canvas, words: str, count: int) -> list[MeasuredLine]:
    """``words`` in about ``count`` lines of one length."""
    whole = canvas.run("label-phase", words)
    measure = whole.width / count * (1.2 if count > 1 else 1.01)
    lines = canvas.style.wrapped(words, whole.style, measure)
    return [canvas.run("label-phase", line) for line in lines]


def _free(canvas: Canvas, within: Box, high: float) -> float | None:
    """Where, nearest to the middle, a text as wide as ``within`` meets no other; None: nowhere."""
    left, top, right, bottom = within
    low, most = top + _STEP / 2, bottom - high - _STEP / 2
    places = [low + n * _STEP for n in range(1 + int((most - low) / _STEP))] if most >= low else []
    for y in sorted(places, key=lambda y: abs(y - (low + most) / 2)):
        box = (left - _BESIDE, y - _ABOVE, right + _BESIDE, y + high + _ABOVE)
        if not any(overlap(box, other.box) for other in canvas.boxes):
            return y
    return None
