"""How to print and bind sheets, in words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from press.base.units import MM, counted
from press.design.calc import points
from press.design.editions import FOLDED
from press.output.sheet_plan import Plan

SMALLER = 0.95
"""The scale from which down pages are printed small."""
_SIZE = re.compile("--(map-)?size-")
READABLE = 5.0
"""Points below which nobody reads at length."""
STAPLED = 16
"""Sheets of office paper that fold well together and take a staple."""


def advice(laid: Plan, paper: str) -> tuple[str, ...]:
    """How to print and bind the sheets, a sentence each."""
    sheets = math.ceil(len(laid.sides) / 2)
    count = counted(sheets, "sheet")
    size = FOLDED.get(paper, paper) if laid.folded else paper
    edge = "short" if laid.turned_short else "long"
    name = size.capitalize()
    if len(laid.sides) == 1:
        return (f"print 1 sheet of {name} on one side, at 100 %",)
    lines = [f"print {count} of {name} on both sides, flipped on the {edge} edge, at 100 %"]
    if not laid.folded:
        return tuple(lines)
    parts = [side.depth for side in laid.sides if not side.back]
    starts = [at for at, depth in enumerate(parts) if depth == 0] + [len(parts)]
    signatures = [b - a for a, b in pairwise(starts)]
    if len(signatures) == 1:
        lines.append("fold the stack once, with the title outside, and staple it twice in the fold")
    else:
        groups = ", ".join(map(str, signatures))
        lines.append(f"fold {len(signatures)} signatures of {groups} sheets, and sew them in order")
    creep = (max(signatures) - 1) * laid.caliper / MM
    if creep:
        lines.append(f"creep of {creep:.1f} mm is compensated; trim the fore-edge even")
    if max(signatures) > STAPLED:
        lines.append(
            f"{max(signatures)} sheets are many for one fold; set the token --signature to 4"
        )
    return tuple(lines)


def small_type(tokens: Mapping[str, str], scale: float) -> Iterator[str]:
    """How large the words are of pages that are printed smaller than they were set.

    ``tokens`` are those of their style, ``scale`` is 1 for pages as large as they were set.
    """
    if scale > SMALLER:
        return
    every = (points(value) for name, value in tokens.items() if _SIZE.match(name))
    text, notes = (points(tokens[name]) or 0.0 for name in ("--text", "--size-note"))
    least = min([size for size in every if size] or [text])
    said = ", ".join(
        f"{what} {size * scale:.1f} pt"
        for what, size in (("text is", text), ("notes are", notes), ("the smallest words", least))
    )
    small = "" if notes * scale >= READABLE else "; too small to be read at length"
    yield f"pages are printed at {100 * scale:.0f} %: {said}{small}"
