"""Why something that is set cannot be seen: which properties of which element hide it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from press.base.finding import Rect
from press.base.units import MM, PX
from press.typeset import engine
from press.typeset.engine import boxes
from press.typeset.layout import GONE
from press.typeset.turned import STILL, Turn, is_mirrored, least, turned

LEAST_SCALE = 0.1
"""How much of its height or width a transformation leaves of a picture that one sees."""
LEAST_LETTERS = 1.5
"""The size of letters in CSS pixels below which nobody reads them."""
RUN_TOGETHER = 0.2
"""By how much of the size of letters words move together until there is no blank between them."""
LEAST_PICTURE = 4.0
"""The width and height in CSS pixels below which nobody makes out a picture."""
PART = 0.3
"""How much of a line may be cut off by what holds it; more cannot be read."""


@dataclass(frozen=True)
class Hidden:
    """Why something that is set cannot be seen: properties, and the element that has them.

    ``said`` is what there is to say of it, where it can be seen and not be read.
    """

    names: tuple[str, ...]
    element: Any
    said: str = ""


CUT = ("max-height", "height", "max-width", "width", "max-block-size", "block-size",
       "max-inline-size", "inline-size", "overflow", "columns", "column", "flex",
       "grid")  # fmt: skip
"""Properties by which an element cuts off what is in it."""
CROPPED = ("object", "max-width", "width", "max-height", "height", "min-width", "min-height",
           "inline-size", "block-size", "max-inline-size", "max-block-size")  # fmt: skip
"""Those by which a picture is cut, or has no size."""


@dataclass(frozen=True)
class Sight:
    """What can be seen of what is in a box, and its line: ``cuts`` cut it off.

    Each is known with the element that it is of, as are what makes it pale and what turns it.
    ``item`` is the item of a list around it, as a box.
    """

    page: int
    cuts: tuple[tuple[Rect, Any], ...] = ()
    opaque: float = 1.0
    pale: Any = None
    turn: Turn = STILL
    turns: Any = None
    moved: Any = None
    paper: tuple[float, float] = (0.0, 0.0)
    line: int = 0
    item: Any = None


def within(box: Any, seen: Sight) -> Sight:
    """What can be seen of what is in ``box``."""
    if isinstance(box, boxes.LineBox):
        return replace(seen, line=id(box))
    opaque = box.style["opacity"]
    if opaque != 1:
        seen = replace(seen, opaque=seen.opaque * float(opaque), pale=box.element)
    transform = box.style["transform"]
    if transform and not isinstance(box, boxes.InlineBox):  # what may be broken is not transformed
        moved, turn = engine.transformation(box, seen.moved), turned(seen.turn, transform)
        seen = replace(seen, turn=turn, turns=box.element, moved=moved)
    if box.style["overflow"] != "visible" and isinstance(box, boxes.BlockContainerBox):
        left, top = box.padding_box_x(), box.padding_box_y()
        right, bottom = left + box.padding_width(), top + box.padding_height()
        seen = replace(seen, cuts=(*seen.cuts, ((left, top, right, bottom), box.element)))
    return seen


def hidden(box: Any, seen: Sight) -> Hidden | None:
    """Why a run of words or a picture cannot be seen; None where all but a little of it can be."""
    scale, is_text = least(seen.turn), isinstance(box, boxes.TextBox)
    if box.style["visibility"] != "visible":
        return Hidden(("visibility",), box.element)
    if seen.opaque < GONE:
        return Hidden(("opacity",), seen.pale)
    if is_text and box.style["font_size"] < LEAST_LETTERS:
        return Hidden(("font-size", "font"), box.element)
    if scale < LEAST_SCALE or (is_text and scale * box.style["font_size"] < LEAST_LETTERS):
        return Hidden(("transform",), seen.turns)
    if is_mirrored(seen.turn):
        return Hidden(("transform",), seen.turns, "is mirrored")
    if is_text and _runs_together(box):
        return Hidden(("word-spacing",), box.element, "runs together")
    if not is_text and (why := _of_picture(box, seen)):
        return why
    return _cut(box, seen)


def _runs_together(box: Any) -> bool:
    """Whether words stand so near to each other that there is no blank between them."""
    spacing = box.style["word_spacing"]
    return " " in box.text.strip() and bool(spacing < -RUN_TOGETHER * box.style["font_size"])


def _of_picture(box: Any, seen: Sight) -> Hidden | None:
    """Why a picture cannot be seen, by what is done to it alone."""
    if _is_off(box, seen):
        return Hidden(("transform",), seen.turns)
    return Hidden(CROPPED, box.element) if _is_cropped(box) or _is_shrunk(box) else None


def _cut(box: Any, seen: Sight) -> Hidden | None:
    """What cuts off much of a run of words or a picture; None where nothing does."""
    x, y = box.content_box_x(), box.content_box_y()  # a line of no height has margins below zero
    wide, tall = box.width, box.height
    for (left, top, right, bottom), element in seen.cuts:
        across = max(left - x, x + wide - right) <= PART * max(wide, 1)
        down = max(top - y, y + tall - bottom) <= PART * max(tall, 1)
        if not (across and down):
            return Hidden(CUT, element)
    return None


def _is_off(box: Any, seen: Sight) -> bool:
    """Whether a transformation brings much of a picture off its page."""
    if seen.moved is None:
        return False
    left, top = box.content_box_x(), box.content_box_y()
    corners = ((x, y) for x in (left, left + box.width) for y in (top, top + box.height))
    places = zip(*(seen.moved.transform_point(*corner) for corner in corners), strict=True)
    spans = zip(map(sorted, places), seen.paper, strict=True)
    return any(min(p[-1], e) - max(p[0], 0) < (1 - PART) * (p[-1] - p[0]) for p, e in spans)


def _is_cropped(box: Any) -> bool:
    """Whether much of a picture is cut off by its own box, or all of it is too small to be seen."""
    if box.element_tag != "img" or min(box.width, box.height) < LEAST_PICTURE:
        return bool(box.element_tag == "img")
    left, top, right, bottom = engine.drawn_picture(box)
    x, y = box.content_box_x(), box.content_box_y()
    across = min(right, x + box.width) - max(left, x)
    down = min(bottom, y + box.height) - max(top, y)
    return bool(across < (1 - PART) * (right - left) or down < (1 - PART) * (bottom - top))


def _is_shrunk(box: Any) -> bool:
    """Whether a drawing is set much smaller than it was drawn, so that nobody reads its words."""
    sizes = [_DRAWN.fullmatch(box.element.get(side, "")) for side in ("width", "height")]
    if box.element_tag == "img" or not sizes[0] or not sizes[1]:
        return False
    wide, tall = (float(size[1]) * MM / PX for size in sizes if size)
    if min(wide, tall) < LEAST_DRAWN:
        return False  # bars and arrows of plates, which style sheets measure
    return bool(min(box.width / wide, box.height / tall) < LEAST_SHARE)


_DRAWN = re.compile(r"([\d.]+)mm")
LEAST_DRAWN = 75.0
"""The width and height of a drawing in CSS pixels below which it is no map and no timeline."""
LEAST_SHARE = 0.6
"""The share of its size at which the words of a drawing can still be read."""
