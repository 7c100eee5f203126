"""Days along an axis: the months between two days, and ticks from days to millennia."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from press.dates.date import Point
from press.dates.days import Day, month_length
from press.dates.patterns import Style
from press.dates.show import show_day, show_point

Unit = Literal["day", "month", "year"]

# Steps that readers count in, finest first.
_STEPS: Final[tuple[tuple[Unit, int], ...]] = (
    *(("day", n) for n in (1, 2, 5, 10, 15)),
    *(("month", n) for n in (1, 2, 3, 6)),
    *(("year", n * 10**power) for power in range(8) for n in (1, 2, 5)),
)
# Mean lengths of the Gregorian units, in days.
_LENGTH: Final[dict[Unit, float]] = {"day": 1, "month": 30.436875, "year": 365.2425}


@dataclass(frozen=True)
class Tick:
    """A mark on the axis. ``major`` begins a larger unit; its label names that unit too."""

    day: Day
    label: str
    major: bool


def months_between(earliest: Day, latest: Day) -> tuple[tuple[Day, Day], ...]:
    """First and last day of each calendar month that the span touches, in order, uncut."""
    begin = earliest.year * 12 + earliest.month - 1
    end = latest.year * 12 + latest.month - 1
    return tuple(_month(index) for index in range(begin, end + 1))


def _month(index: int) -> tuple[Day, Day]:
    year, month = divmod(index, 12)
    return Day(year, month + 1, 1), Day(year, month + 1, month_length(year, month + 1))


def ticks(
    earliest: Day, latest: Day, target: int = 8, language: str = "en", style: Style = "short"
) -> tuple[Tick, ...]:
    """Round days within ``[earliest, latest]``, about ``target`` of them and at most twice that.

    Days fall on the 1st, 3rd, 5th … or the 1st, 6th, 11th … of each month, years on multiples of
    the step as printed (100 BCE, 1 CE, 100 CE: there is no year zero). Bounds must be real days,
    not PAST or FUTURE; raises ValueError for those, a span turned round or a target below 1.
    """
    if earliest > latest or target < 1 or abs(earliest.year) + abs(latest.year) >= 10**8:
        raise ValueError(f"no ticks from {earliest} to {latest} with target {target}")
    days = latest.number - earliest.number + 1
    unit, step = min(_STEPS, key=lambda pair: abs(days / (_LENGTH[pair[0]] * pair[1]) - target))
    marks = [d for d in _marks(earliest, latest, unit, step) if earliest <= d <= latest]
    return tuple(_tick(day, unit, index == 0, language, style) for index, day in enumerate(marks))


def _marks(earliest: Day, latest: Day, unit: Unit, step: int) -> Iterator[Day]:
    if unit == "year":
        yield from _years(earliest.year, latest.year, step)
        return
    for first, last in months_between(earliest, latest):
        if unit == "month":
            if (first.month - 1) % step == 0:
                yield first
        else:
            # A mark close before the next month's first would crowd it.
            end = last.day if step == 1 else last.day - step // 2
            yield from (Day(first.year, first.month, day) for day in range(1, end + 1, step))


def _years(first: int, last: int, step: int) -> Iterator[Day]:
    # Before our era the printed year is 1 - year, and there the multiples must fall.
    begin = first + (1 - first) % step if first <= 0 else first + -first % step
    for year in range(begin, min(last, 0) + 1, step):
        yield Day(year, 1, 1)
    if first <= 1 <= last:
        yield Day(1, 1, 1)
    for year in range(max(step, first + -first % step), last + 1, step):
        if year > 1:
            yield Day(year, 1, 1)


def _tick(day: Day, unit: Unit, first: bool, language: str, style: Style) -> Tick:
    if unit == "year":
        return Tick(day, show_point(Point("year", day.year), language, style), major=False)
    if unit == "month":
        major = day.month == 1
        point = Point("month", day.year, day.month)
        return Tick(day, show_point(point, language, style, year=major or first), major)
    major = day.day == 1
    if major or first:
        january = (day.month, day.day) == (1, 1)
        return Tick(day, show_day(day, language, style, year=january), major)
    return Tick(day, show_day(day, language, style, year=False, month=False), major)
