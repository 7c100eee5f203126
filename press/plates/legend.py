"""The legend of a plate: its swatches, its columns, and how much room they take."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from press.content.model import Category
from press.plates import svg
from press.plates.canvas import Canvas
from press.plates.drawing import LegendColumn, LegendGroup, LegendItem
from press.plates.figure import leading
from press.plates.signs import sign_shape
from press.plates.svg import Element, px

SWATCH = (8.4, 3.6)
"""Width and height of a swatch, in mm."""
MIDDLE = SWATCH[0] / 2, SWATCH[1] / 2
_BOX = 0.3, 0.35, SWATCH[0] - 0.6, SWATCH[1] - 0.7

COLUMN_GAP = 5.0
_TITLE_PADDING = 1.0
_GROUP_GAP = 1.4
_SPACED = 0.96
"""What letter-spacing leaves of the room for a title."""
_INDENT = 10.2 / 3.6
"""From the edge to the words, in heights of a swatch."""


def swatch(canvas: Canvas, elements: Sequence[Element], title: str, defs: str = "") -> str:
    """An ``<svg>`` of what is drawn in a box of SWATCH mm; ``defs`` are its patterns."""
    define = Element("", f"<defs>{defs}</defs>" if defs else "")
    return canvas.style.picture((define, *elements), *SWATCH, title)


def item(
    canvas: Canvas, text: str, *elements: Element, strong: str = "", defs: str = ""
) -> LegendItem:
    """Words, and what they explain."""
    return LegendItem(swatch(canvas, elements, text, defs), text, strong)


def sign_item(canvas: Canvas, category: Category, classes: str, radius: float) -> LegendItem:
    """A category and its sign."""
    return item(canvas, category.label, sign_shape(category.sign, classes, *MIDDLE, radius))


def swatch_box(classes: str) -> Element:
    """A rectangle that all but fills a swatch, for areas."""
    return svg.rect(classes, *_BOX)


def swatch_hatch(classes: str, pattern: str) -> Element:
    """The same, filled with the pattern of that id, whose lines have ``classes``."""
    return Element(classes, f'<rect fill="url(#{pattern})" {svg.placed(*_BOX)}/>')


def swatch_line(classes: str) -> Element:
    """A line with a gentle bend, so that dashes and bands show."""
    w, h = SWATCH
    return svg.shape(
        classes,
        f"M{px(0.4)} {px(h * 0.62)}C{px(w * 0.35)} {px(h * 0.3)}"
        f" {px(w * 0.65)} {px(h * 0.75)} {px(w - 0.4)} {px(h * 0.4)}",
    )


def group_height(canvas: Canvas, group: LegendGroup, width: float) -> float:
    """The height of a group in mm, at a column ``width`` mm wide."""
    style = canvas.style
    tall, line = style.token("--map-swatch", SWATCH[1]), leading(style, "legend")
    text, bold = style.text("legend-text"), style.text("legend-strong")
    titled = len(style.wrapped(group.title, bold, width * _SPACED)) * max(tall, line)
    height = titled + _TITLE_PADDING
    if group.kind == "strip":
        return height + 4.1
    for each in group.items:
        if each.half:
            height += (max(tall, line) + 0.5) / 2
            continue
        # Strong words are wider: measured as if all were, the estimate errs to the safe side.
        words = f"{each.text} {each.strong}".strip()
        lines = style.wrapped(words, bold if each.strong else text, width - _INDENT * tall)
        height += max(tall, len(lines) * line) + 0.5
    return height


def paired(canvas: Canvas, group: LegendGroup, width: float) -> LegendGroup:
    """The group with each two items on one line that follow one another and fit ``width`` mm so."""
    style = canvas.style
    room = (width / 2 - _INDENT * style.token("--map-swatch", SWATCH[1])) * _SPACED
    short = [
        group.kind == "list"
        and not each.strong
        and style.run(each.text, style.text("legend-text")).width <= room
        for each in group.items
    ]
    items, first = list(group.items), 0
    while first + 1 < len(items):
        if all(short[first : first + 2]):
            items[first : first + 2] = (replace(n, half=True) for n in items[first : first + 2])
            first += 1
        first += 1
    return replace(group, items=tuple(items))


def columns(
    canvas: Canvas, groups: Sequence[LegendGroup], room: float, most: int
) -> tuple[tuple[LegendColumn, ...], float]:
    """The groups in up to ``most`` columns of equal width, as low as can be; and their height."""
    count = min(most, len(groups))
    if not count:
        return (), 0.0
    width = (room - COLUMN_GAP * (count - 1)) / count - 0.05
    heights = [group_height(canvas, group, width) for group in groups]
    best, bounds_of_best = float("inf"), tuple[int, ...]((0, len(groups)))
    for cuts in itertools.combinations(range(1, len(groups)), count - 1):
        bounds = (0, *cuts, len(groups))
        tall = max(
            sum(heights[a:b]) + _GROUP_GAP * (b - a - 1) for a, b in itertools.pairwise(bounds)
        )
        if tall < best - 1e-6:
            best, bounds_of_best = tall, bounds
    made = tuple(
        LegendColumn(round(width, 2), tuple(groups[a:b]))
        for a, b in itertools.pairwise(bounds_of_best)
    )
    return made, best


def divided_legend(
    canvas: Canvas,
    groups: Sequence[LegendGroup],
    room: float,
    most: int,
    height: float,
) -> tuple[list[LegendGroup], list[LegendGroup]]:
    """The groups as far as they fit ``height`` mm, one item anyway; and the others."""

    def over(count: int) -> bool:
        return columns(canvas, _spread(_cut(groups, 0, count), most), room, most)[1] > height

    further = range(2, sum(len(group.items) for group in groups) + 1)
    count = 1 + bisect_left(further, True, key=over)
    return _spread(_cut(groups, 0, count), most), _cut(groups, count)


def _spread(groups: Sequence[LegendGroup], most: int) -> list[LegendGroup]:
    """The groups, one that has more than half of all items in pieces for several columns."""
    total = sum(len(group.items) for group in groups)
    found: list[LegendGroup] = []
    for group in groups:
        pieces = most if len(groups) == 1 else max(1, most - 1)
        if 2 * len(group.items) <= total or len(group.items) <= pieces:
            pieces = 1
        each = -(-len(group.items) // pieces)
        for start in range(0, len(group.items), each):
            title = "\u00a0" if start else group.title
            found.append(replace(group, title=title, items=group.items[start : start + each]))
    return found


def _cut(groups: Sequence[LegendGroup], first: int, last: int | None = None) -> list[LegendGroup]:
    """The items from ``first`` up to ``last``, counted through all groups, in their groups."""
    found, at = [], 0
    for group in groups:
        end = len(group.items) if last is None else max(last - at, 0)
        if items := group.items[max(first - at, 0) : end]:
            found.append(replace(group, items=items))
        at += len(group.items)
    return found
