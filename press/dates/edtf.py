"""Reads EDTF: levels 0 and 1 of ISO 8601-2:2019, and of level 2 what a chronology can print.

The word ``julian`` behind days says that they are of the Julian calendar: 1917-10-25 julian.

Of level 2: long years, seasons 25–36 and halves 40–41, partial qualifiers (taken for the whole
date), "one of" lists. Refused with a remedy: times of day, significant digits, "all of" lists.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from functools import lru_cache

from press.base.finding import InputError
from press.dates.date import SEASONS, Date, Kind, Point
from press.dates.days import Day, JulianDay, month_length, year_text
from press.dates.meant import has_month, is_unknown, meant


class DateError(InputError):
    """A text that is no date."""


_QUALIFIER = "([?~%]?)"
_POINT = re.compile(
    rf"{_QUALIFIER}((?!-0000)-?[0-9]{{4}}|Y-?[1-9][0-9]{{4,6}}|-?[0-9]{{3}}X|-?[0-9]{{2}}XX){_QUALIFIER}"
    rf"(?:-{_QUALIFIER}([0-9]{{2}}|XX){_QUALIFIER}"
    rf"(?:-{_QUALIFIER}([0-9]{{2}}|XX){_QUALIFIER})?)?"
)
_JULIAN = re.compile(r"(.+?)\s*(?:\(julian\)|\bjulian)", re.IGNORECASE)
_EXAMPLES = "write 1900, 1900-08, 1900-08-23, 1900-08~ (about), 1900? or 1900-08-08/1900-08-10"


@lru_cache(maxsize=4096)
def parse(text: str) -> Date:
    """Read an EDTF date; the result is shared, being frozen. Raises DateError."""
    text = text.strip()
    if not text:
        raise DateError("the date is empty", _EXAMPLES)
    if match := _JULIAN.fullmatch(text):
        return _julian(text, match[1])
    return _parse(text)


def _julian(text: str, days: str) -> Date:
    """A date in the Julian calendar, with its Gregorian days."""
    date = _parse(days, julian=True)
    if any(point.precision != "day" for point in date.points):
        raise DateError(
            f"{text!r} has no day, and only days can be turned into Gregorian ones",
            f"write the day, or {days} alone",
        )
    points = tuple(_gregorian(point) for point in date.points)
    return replace(date, text=f"{days} julian", points=points, julian=True)


def _gregorian(point: Point) -> Point:
    day = Day.of(JulianDay(point.year, point.month, point.day).number)
    return replace(point, year=day.year, month=day.month, day=day.day)


def _parse(text: str, julian: bool = False) -> Date:
    if text.startswith("["):
        return _parse_one_of(text, julian)
    if text.startswith("{"):
        raise DateError(
            f"{text!r} is a list of dates that all hold",
            "write a span like 1900-08-08/1900-08-10, or one event for each date",
        )
    begin, slash, end = text.partition("/")
    if slash:
        return _parse_interval(text, begin.strip(), end.strip(), julian)
    return Date(text, "point", (_point(text, julian),))


def _parse_interval(text: str, begin: str, end: str, julian: bool) -> Date:
    if "/" in end:
        raise _explained(text)
    open_start, open_end = begin in ("", ".."), end in ("", "..")
    if open_start and open_end:
        raise DateError(f"the span {text!r} has neither beginning nor end", "give one of them")
    try:
        points = tuple(_point(part, julian) for part in (begin, end) if part not in ("", ".."))
    except DateError as error:
        raise _explained(text) if meant(text, reads) else error from None
    _check_order(text, points)
    return Date(text, "interval", points, open_start, open_end)


def _parse_one_of(text: str, julian: bool) -> Date:
    inner = text[1:-1].strip()
    if not text.endswith("]") or not inner.strip(". ,"):
        raise DateError(
            f"the list {text!r} is not complete", "write [1900-08-18,1900-08-19] for one of the two"
        )
    if "," not in inner and ".." in inner:
        begin, _, end = (part.strip() for part in inner.partition(".."))
        points = tuple(_point(part, julian) for part in (begin, end) if part)
        _check_order(text, points)
        kind: Kind = "within" if begin and end else "one of"
        return Date(text, kind, points, not begin, not end)
    points = tuple(_point(part.strip(), julian) for part in inner.split(","))
    if len(points) == 1:
        raise DateError(f"the list {text!r} has a single date", f"write {inner}")
    return Date(text, "one of", tuple(sorted(points, key=lambda point: (point.first, point.last))))


def _check_order(text: str, points: tuple[Point, ...]) -> None:
    if len(points) == 2 and points[0].first > points[1].last:
        turned = "/".join(point.edtf for point in reversed(points))
        raise DateError(
            f"the span {text!r} ends before it begins", f"the earlier date comes first: {turned}"
        )


def _point(text: str, julian: bool) -> Point:
    match = _POINT.fullmatch(text)
    if match is None:
        raise _explained(text)
    year, month, day = match.group(2, 5, 8)
    marks = "".join(mark or "" for mark in match.group(1, 3, 4, 6, 7, 9))
    return replace(
        _bare_point(text, year, month, day, julian),
        approximate="~" in marks or "%" in marks,
        uncertain="?" in marks or "%" in marks,
    )


def _bare_point(text: str, year: str, month: str | None, day: str | None, julian: bool) -> Point:
    if "X" in year:
        if month:
            raise DateError(f"{text!r} has a month but no year", f"write {year} alone")
        first = min(int(year.replace("X", digit)) for digit in "09")
        return Point("century" if year.endswith("XX") else "decade", first)
    number = int(year.removeprefix("Y"))
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise DateError(f"{text!r} has a day but no month", f"write {year}")
        return Point("year", number)
    number_of_day = None if day in (None, "XX") else int(day)
    return _within_year(text, number, int(month), number_of_day, julian)


def _within_year(text: str, year: int, month: int, day: int | None, julian: bool) -> Point:
    written = year_text(year)
    turned = ""
    if day is not None and 1 <= day <= 12 < month <= 31:
        turned = f", or {written}-{day:02}-{month:02} if the day stands before the month"
    if month in SEASONS:
        if day is not None:
            raise DateError(f"{text!r} has a day in a season", f"write {written}-{month}{turned}")
        return Point("season", year, season=month)
    if not 1 <= month <= 12:
        raise DateError(
            f"{text!r} has no month {month:02}",
            f"months run from 01 to 12, seasons from 21 to 24{turned}",
        )
    if day is None:
        return Point("month", year, month)
    length = month_length(year, month, julian=julian)
    if not 1 <= day <= length:
        raise DateError(
            f"{text!r} has no day {day:02}",
            f"{calendar.month_name[month]} {written} has {length} days; "
            f"write {written}-{month:02} if the day is not known",
        )
    return Point("day", year, month, day)


# -- advice ------------------------------------------------------------------------------------

_TIME_OF_DAY = re.compile(r"([0-9-]+)[T ][0-9:.Z+-]+")


def _explained(text: str) -> DateError:
    """The error for a text that is not EDTF, with the EDTF its writer probably meant."""
    time = _TIME_OF_DAY.fullmatch(text)
    if time and _POINT.fullmatch(time[1]):
        return DateError(f"{text!r} has a time of day", f"the press keeps days: write {time[1]}")
    if found := meant(text, reads):
        return DateError(f"{text!r} is not an EDTF date", f"write {found}")
    if is_unknown(text):
        hint = (
            "write what is known, however rough: 1900~ (about), 19XX, ../1900; a source needs none"
        )
        return DateError(f"{text!r} is no date", hint)
    if text.startswith("-0000"):
        return DateError("there is no year -0000", "1 BCE is 0000, 2 BCE is -0001, 44 BCE is -0043")
    if has_month(text):
        return DateError(
            f"{text!r} is a date in words",
            "write an EDTF date like 1900-08-11/1900-08-20; words of your own go in printed",
        )
    return DateError(f"{text!r} is not an EDTF date", _EXAMPLES)


def reads(text: str) -> bool:
    """Whether a suggestion is sound, so that no remedy is itself a fault."""
    parts = text.split("/")
    if not all(part == ".." or _POINT.fullmatch(part) for part in parts) or len(parts) > 2:
        return False
    if text == "..":  # open at both ends: to parse it would ask here again
        return False
    try:
        parse(text)
    except DateError:
        return False
    return True
