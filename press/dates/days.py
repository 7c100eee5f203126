"""Days in astronomical years, and the Julian calendar's name for them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, order=True, slots=True)
class Day:
    """A day of the proleptic Gregorian calendar, in astronomical years. Sorts in time."""

    year: int
    month: int
    day: int

    @property
    def number(self) -> int:
        """The Julian day number at noon: 2451545 is 1 January 2000.

        Formula: H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
        """
        era, of_era = divmod(self.year - (self.month <= 2), 400)
        of_year = _of_year(self.month, self.day)
        return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year + 1721120

    @staticmethod
    def of(number: int) -> Day:
        """The day with this Julian day number (Hinnant's civil_from_days)."""
        era, of_era = divmod(number - 1721120, 146097)
        year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
        month, day = _month_and_day(of_era - (365 * year + year // 4 - year // 100))
        return Day(year + era * 400 + (month <= 2), month, day)

    def __str__(self) -> str:
        return f"{year_text(self.year)}-{self.month:02}-{self.day:02}"


PAST: Final = Day(-1_000_000_000, 1, 1)
"""Earlier than every date; the earliest day of a span without a beginning."""
FUTURE: Final = Day(1_000_000_000, 12, 31)
"""Later than every date; the latest day of a span without an end."""


def month_length(year: int, month: int, *, julian: bool = False) -> int:
    """Days of a month; ``year`` is astronomical. The Julian calendar has every fourth leap year."""
    leap = year % 4 == 0 if julian else calendar.isleap(year)
    return 29 if month == 2 and leap else (0, *_COMMON_YEAR)[month]


_COMMON_YEAR = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, order=True, slots=True)
class JulianDay:
    """A day as the Julian calendar counts it. A type of its own, so that calendars never mix."""

    year: int
    month: int
    day: int

    @property
    def number(self) -> int:
        """The Julian day number at noon, as ``Day.number``, with the four-year leap cycle alone."""
        era, of_era = divmod(self.year - (self.month <= 2), 4)
        return era * 1461 + of_era * 365 + _of_year(self.month, self.day) + 1721118


def julian(day: Day) -> JulianDay:
    """The Julian calendar's name for a day: 7 November 1917 is 25 October.

    The same algorithm as Day.of with the four-year leap cycle alone.
    """
    era, of_era = divmod(day.number - 1721118, 1461)
    year = (of_era - of_era // 1460) // 365
    month, number = _month_and_day(of_era - 365 * year)
    return JulianDay(era * 4 + year + (month <= 2), month, number)


def _of_year(month: int, day: int) -> int:
    """The day's number, from 0, in a year that begins with March, so that it ends in a leap day."""
    return (153 * ((month + 9) % 12) + 2) // 5 + day - 1


def _month_and_day(of_year: int) -> tuple[int, int]:
    """The month and day of a number that ``_of_year`` gives."""
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return month, of_year - (153 * shifted + 2) // 5 + 1


def year_text(year: int) -> str:
    """An astronomical year as EDTF writes it: 1993, 0000, -0043, Y-12000."""
    if abs(year) > 9999:
        return f"Y{year}"
    return f"-{-year:04}" if year < 0 else f"{year:04}"
