"""Why a page ends: a style sheet asks for it, or it is full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from press.typeset import engine

ASKED = frozenset({"page", "left", "right", "recto", "verso", "always"})
"""Values of ``break-before`` and ``break-after`` that turn the page."""
OURS = "turn"
"""The class of blocks before which the press turns the page, so that a note stays with its call."""


def is_asked(page: Any, following: Any) -> bool:
    """Whether a style sheet asks for the break between two page boxes."""
    if page.page_type.name != following.page_type.name:
        return True
    last, first = list(_edge(page, -1)), list(_edge(following, 0))
    over = {id(box.element) for box in last} & {id(box.element) for box in first}
    return any(
        box.style[name] in ASKED and OURS not in box.element.get("class", "").split()
        for name, edge in (("break_after", last), ("break_before", first))
        for box in edge
        if id(box.element) not in over
    )


def _edge(page: Any, place: int) -> Iterator[Any]:
    """The first boxes of a page that stand in the flow, one in the other, or the last."""
    box = next(engine.children(page))
    while True:
        yield box
        within = [one for one in engine.children(box) if one.is_in_normal_flow()]
        if not within or isinstance(box, engine.boxes.LineBox):
            return
        box = within[place]
