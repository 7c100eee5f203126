"""How like a mistyped value another is: a figure or month that is another, two exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

SLIP, NEARLY = 3.0, 1.0
"""What it says that a value is another with a slip of the pen, and that it is close to it."""
CLOSE = 0.05
"""The part of a number by which one is close to it."""
FEW = 2
"""What is close to a small one."""
MANY = 1000
HUNDREDFOLD = 101
YEARS, DAYS = 15, 3
"""Years and days by which another date is close."""

Day = tuple[int | None, int, int]
"""Year, if there is one, month, and day."""


def figures_of(value: float) -> str:
    """The figures of a number without the point and the noughts at its ends."""
    return f"{value:.9g}".replace(".", "").strip("0")


def number_slip(value: float, other: float) -> float:
    """How like a slip of the pen one number is of another: SLIP, NEARLY or 0.

    A nought more or less, a figure that is another, two that are exchanged; or a little more.
    """
    if value == other or is_rounded(value, other):
        return 0.0
    if figures_of(value) == figures_of(other) and 1 / HUNDREDFOLD < value / other < HUNDREDFOLD:
        return SLIP
    one, two = f"{value:.9g}", f"{other:.9g}"
    if len(one) == len(two) and min(len(figures_of(value)), len(figures_of(other))) > 1:
        apart = [n for n, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
        if len(apart) == 1 or (sorted(one) == sorted(two) and len(apart) == 2):
            return SLIP
    close = abs(value - other) <= max(FEW, CLOSE * other) and max(value, other) < MANY
    return NEARLY if close else 0.0


def with_two_exchanged(value: float) -> Iterator[float]:
    """A number of four figures or more with two neighbouring ones exchanged.

    None of one with fewer than three kinds of figures but noughts, where it would say little.
    """
    written = f"{value:.0f}"
    if float(written) != value or value < MANY or len(set(written) - {"0"}) < _KINDS:
        return
    for n, (a, b) in enumerate(pairwise(written)):
        if a != b and (n or b != "0"):
            yield float(f"{written[:n]}{b}{a}{written[n + 2 :]}")


_KINDS = 3


def year_slip(one: int, other: int) -> float:
    """How like a slip of the pen one year is of another: one more, ten more, two figures exchanged.

    What lies a whole number of decades away may be an anniversary, but for the one beside it.
    """
    apart = abs(one - other)
    exchanged = sorted(str(one)) == sorted(str(other)) and str(one)[0] == str(other)[0]
    return SLIP if apart in (1, 10) or (exchanged and apart) else 0.0


ROUNDED = 0.1
"""The part of a round number by which what it rounds may differ from it."""


def is_rounded(value: float, other: float) -> bool:
    """Whether a round number is another rounded to as many figures: 2,000 for 1,907."""
    figures = len(figures_of(value))
    if value < 2 * FEW * FEW or figures >= len(figures_of(other)):
        return False
    return float(f"{other:.{figures - 1}e}") == value or abs(value - other) <= ROUNDED * value


_NEAR = 0.01
"""The part of a great number by which a round one may differ from it."""


def is_about(value: float, other: float) -> bool:
    """Whether a number is another, or that rounded: 100,000 for 100,617."""
    return value == other or (value >= 1000 and abs(value - other) <= _NEAR * other)


def day_slip(one: Day, two: Day) -> float:
    """How like a slip of the pen one day is of another: SLIP, NEARLY or 0."""
    (year, month, day), (other_year, other_month, other_day) = one, two
    same_year = year is None or other_year is None or year == other_year
    if not day or not other_day or (same_year and (month, day) == (other_month, other_day)):
        return 0.0
    if same_year and month == other_month and day != other_day:
        a, b = f"{day:02}", f"{other_day:02}"
        if sorted(a) == sorted(b) or a[1] == b[1]:
            return SLIP
        return NEARLY if abs(day - other_day) <= DAYS else 0.0
    if same_year:
        return SLIP if day == other_day else 0.0
    near = year is not None and other_year is not None and abs(year - other_year) < YEARS
    return NEARLY if near and (month, day) == (other_month, other_day) else 0.0
