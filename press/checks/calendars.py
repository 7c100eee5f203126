"""Which calendar a date of a text is said to be of: Old Style, or New."""

from __future__ import annotations

import re

from press.checks.clauses import Grammar
from press.dates.typed import Typed

_NEAR = re.compile(r"[\s,(]*")


def calendar_of(text: str, date: Typed, rules: Grammar) -> str:
    """The calendar named at once behind a date, or alone in its sentence; "" where none is."""
    at = _NEAR.match(text, date.end)
    behind = at.end() if at else date.end
    styles = {"julian": rules.julian, "gregorian": rules.gregorian}
    for calendar, pattern in styles.items():
        if pattern.match(text, behind):
            return calendar
    named = [calendar for calendar, pattern in styles.items() if pattern.search(text)]
    return named[0] if len(named) == 1 else ""
