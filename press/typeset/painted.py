"""Boxes that lay something on a page beside words: a ground, a border, an outline, a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from press.base.finding import Rect
from press.base.units import PX
from press.typeset import engine
from press.typeset.engine import boxes


@dataclass(frozen=True)
class Painted:
    """Where a box lays something, in points, and of which element, or pseudo-element, it is."""

    page: int
    box: Rect
    element: Any = field(compare=False, repr=False)
    pseudo: str = ""


def painted(pages: Iterable[Any]) -> tuple[Painted, ...]:
    """Every box that lays something on the pages of a rendered document, in their order."""
    return tuple(
        found
        for number, page in enumerate(pages, start=1)
        for child in engine.children(engine.page_box(page))
        for found in _within(child, number)
    )


def _within(box: Any, page: int) -> Iterator[Painted]:
    if isinstance(box, boxes.TextBox):
        return
    if box.element is not None and not isinstance(box, boxes.LineBox) and _lays(box):
        pseudo = str(box.element_tag).partition("::")[2]
        yield Painted(page, _reach(box), box.element, pseudo)
    for child in engine.children(box):
        yield from _within(child, page)


_EDGES = ("border_top_width", "border_bottom_width", "border_left_width", "border_right_width",
          "outline_width")  # fmt: skip


def _lays(box: Any) -> bool:
    style = box.style
    if isinstance(box, boxes.ReplacedBox) or any(style[edge] for edge in _EDGES):
        return True
    colour = style["background_color"]
    shown = colour == "currentcolor" or getattr(colour, "alpha", 1) > 0
    return bool(shown or style["box_shadow"] or style["background_image"][0][0] != "none")


def _reach(box: Any) -> Rect:
    """The box with its border, and with its outline where it has one."""
    out = 0.0
    if box.style["outline_width"]:
        offset = getattr(box.style["outline_offset"], "value", 0)
        out = float(box.style["outline_width"]) + float(offset)
    left, top = (box.border_box_x() - out) * PX, (box.border_box_y() - out) * PX
    right = left + (box.border_width() + 2 * out) * PX
    return left, top, right, top + (box.border_height() + 2 * out) * PX
