"""What WeasyPrint 70.0 gets wrong and its public API cannot mend; idle in any other version.

Each mend stands with the fault it answers and a test that shows the fault; when WeasyPrint has
mended it itself, delete the mend. Nothing outside this module touches WeasyPrint's inside.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

import weasyprint
from weasyprint.layout import inline

PROVEN = "70.0"
"""The only version with which the mends were proven."""

Split = Callable[..., Any]


def install() -> bool:
    """Puts the mends in place, once; False where WeasyPrint is not the version they are for."""
    if weasyprint.__version__ != PROVEN:
        return False
    if not hasattr(inline.split_first_line, "spaces_hang"):
        inline.split_first_line = hanging_spaces(inline.split_first_line)
    return True


def hanging_spaces(split: Split) -> Split:
    """``split_first_line`` with a space at the end of a run allowed to hang over the line's end.

    A run of text that ends in a space before an inline element, and fits its line but for that
    space, was broken after its first word: "No / single figure agrees with" before a link. A space
    hangs at a line's end, and takes no room there (CSS Text 3, §4.1.3).
    """

    def split_first_line(
        text: str, style: Any, context: Any, max_width: Any, *others: Any, **named: Any
    ) -> Any:
        found = split(text, style, context, max_width, *others, **named)
        words = text.rstrip(" ")
        divided = found[2] is not None and max_width not in (None, inf)
        if not divided or words in ("", text) or style["white_space"] not in ("normal", "pre-line"):
            return found
        if split(words, style, context, max_width, *others, **named)[2] is not None:
            return found
        return split(text, style, context, inf, *others, **named)

    split_first_line.spaces_hang = True  # type: ignore[attr-defined]
    return split_first_line
