"""Columns are levelled by trials: what was laid out whole in one is not laid out again in the next.

To make columns equally high WeasyPrint lays their blocks out again and again, each time in columns
that are a little higher, and at last once more for the page. A block that was whole in one trial is
whole in another that has room for it, and as tall, so its height is kept. The last layout, the one
that is printed, takes nothing from here.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any, NamedTuple

Layout = Callable[..., Any]


class _Whole(NamedTuple):
    """A block that was laid out whole, or as little of it as can be.

    ``top`` is where it was asked to begin. From there its content ends ``least`` below, and its
    lowest part, with the edges that come below it, ``reach``; all in CSS pixels.
    """

    box: Any
    top: float
    reach: float
    least: float
    rest: tuple[Any, ...]


def levelled(columns: Layout) -> Layout:
    """``columns_layout`` whose trials keep what they lay out whole, as long as they go on."""

    def columns_layout(context: Any, box: Any, *others: Any, **named: Any) -> Any:
        if hasattr(context, "whole_blocks") or _has_others(box):
            return columns(context, box, *others, **named)
        context.whole_blocks, context.on_trial = {}, False
        try:
            return columns(context, box, *others, **named)
        finally:
            del context.whole_blocks, context.on_trial

    return columns_layout


def on_trial(layout: Layout) -> Layout:
    """``block_box_layout`` that knows which columns are trials: those that may take margins over.

    Blocks are kept only in these, and what is within columns that are set is laid out anew.
    """

    def block_box_layout(context: Any, box: Any, *others: Any, **named: Any) -> Any:
        if not box.is_column or not hasattr(context, "whole_blocks"):
            return layout(context, box, *others, **named)
        before, context.on_trial = context.on_trial, others[MARGINS] is not None
        try:
            return layout(context, box, *others, **named)
        finally:
            context.on_trial = before

    return block_box_layout


MARGINS = 6
"""The place of the margins that adjoin, after context and box, in what layouts are given."""


def kept_whole(layout: Layout) -> Layout:
    """``block_level_layout_switch`` that takes a block from an earlier trial, where it fits."""

    def block_level_layout_switch(context: Any, box: Any, *given: Any, **named: Any) -> Any:
        if named or not getattr(context, "on_trial", False):
            return layout(context, box, *given, **named)
        bottom_space, skip_stack, around, page_is_empty, absolute, fixed, margins, *styles = given
        alone = not (skip_stack or any(styles) or context.excluded_shapes)
        if not alone:
            return layout(context, box, *given)
        edges = box.margin_top, box.margin_bottom, box.clearance, *margins
        roomless = bottom_space == inf  # asked how much of it goes into a column at the least
        key = box, around.width, page_is_empty, edges, roomless
        if known := context.whole_blocks.get(key):
            if roomless or not context.overflows_page(bottom_space, box.position_y + known.reach):
                return _moved(known, box)
            cannot = box.style["break_inside"].startswith("avoid") and not page_is_empty
            if cannot and context.overflows_page(bottom_space, box.position_y + known.least):
                return None, None, {"break": "any", "page": None}, [], False, None
        top, before = box.position_y, _outside(context, absolute, fixed)
        found = layout(context, box, *given)
        if found[0] is None or before != _outside(context, absolute, fixed):
            return found
        new, resume, page, after, *rest = found
        reach = top if roomless else _reach(new) if resume is None else None
        if reach is not None:
            least = new.content_box_y() + new.height - HAIR
            kept = resume, dict(page), tuple(after), *rest
            context.whole_blocks[key] = _Whole(new.copy(), top, reach - top, least - top, kept)
        return found

    return block_level_layout_switch


def _moved(known: _Whole, box: Any) -> tuple[Any, ...]:
    """What the layout of ``box`` gives: as before, where it stands now.

    What is within stays where it was: of trials only heights are asked.
    """
    new = known.box.copy()
    new.position_x += box.position_x - new.position_x
    new.position_y += box.position_y - known.top
    resume, page, margins, *rest = known.rest
    return new, resume, dict(page), list(margins), *rest


def _outside(context: Any, *placed: list[Any]) -> tuple[int, ...]:
    """How much stands outside the flow: where a block adds to it, more than its height counts."""
    running = (one for pages in context.running_elements.values() for one in pages.values())
    counted = (
        context.excluded_shapes, context.footnotes, context.current_page_footnotes,
        context.reported_footnotes, context.broken_out_of_flow, *placed,
    )  # fmt: skip
    return (*map(len, counted), sum(map(len, running)))


def _reach(whole: Any) -> float | None:
    """How far down a block goes, with its lower edges; None where that is not all there is to it.

    What hangs out of its block ends elsewhere, blocks with margins below zero lie upon others, and
    a table measures its rows by what is left of the page.
    """
    bottom, within = whole.position_y + whole.margin_height(), [whole]
    while within:
        box = within.pop()
        kind = type(box).__name__
        if kind.startswith(("Inline", "Text")):
            continue  # what is in a line counts as its line does
        tall, edges = (
            [one for name in names if isinstance(one := getattr(box, name, None), (int, float))]
            for names in (("height",), ("margin_top", "margin_bottom"))
        )
        hangs = any(box.position_y + one > bottom + HAIR for one in tall)
        if hangs or any(one < 0 for one in edges) or "Table" in kind:
            return None
        within += box.children
    return float(bottom + whole.padding_bottom + whole.border_bottom_width + whole.margin_bottom)


HAIR = 0.001
"""CSS pixels that are none: positions are sums."""


def _has_others(box: Any) -> bool:
    """Whether a box has notes or floats, which take of the room that its columns have."""
    other = box.footnote or box.note or box.is_floated()
    return bool(other) or any(map(_has_others, box.children))
