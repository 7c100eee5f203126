"""A date as a value: its points, its bounds, its order among others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from press.dates.days import FUTURE, PAST, Day, julian, month_length, year_text

Precision = Literal["day", "month", "season", "year", "decade", "century"]
Kind = Literal["point", "interval", "one of", "within"]

PRECISIONS: Final[tuple[Precision, ...]] = ("day", "month", "season", "year", "decade", "century")

# First month and length in months of ISO 8601-2 sub-year groupings; winter and the southern summer
# run on into the next year. 21–24 name no hemisphere and are read as northern.
_BEGIN = (3, 6, 9, 12, 3, 6, 9, 12, 9, 12, 3, 6, 1, 4, 7, 10)
SEASONS: Final[dict[int, tuple[int, int]]] = {
    **{code: (month, 3) for code, month in enumerate(_BEGIN, 21)},
    40: (1, 6),
    41: (7, 6),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One date without an end of its own: a day, month, season, year, decade or century.

    ``month`` and ``day`` are 0 where the precision is coarser; ``season`` is the ISO 8601-2 code
    (21–36, 40, 41) or 0. A decade or century has its first year in ``year`` (1 BCE–99 CE: 0).
    """

    precision: Precision
    year: int
    month: int = 0
    day: int = 0
    season: int = 0
    approximate: bool = False
    uncertain: bool = False

    @property
    def first(self) -> Day:
        """The earliest day it may be."""
        month = SEASONS[self.season][0] if self.season else self.month or 1
        return Day(self.year, month, self.day or 1)

    @property
    def last(self) -> Day:
        """The latest day it may be."""
        if self.day:
            return Day(self.year, self.month, self.day)
        if self.season:
            first, length = SEASONS[self.season]
            years, month = divmod(first + length - 2, 12)
            year = self.year + years
            return Day(year, month + 1, month_length(year, month + 1))
        if self.month:
            return Day(self.year, self.month, month_length(self.year, self.month))
        years = {"decade": 9, "century": 99}.get(self.precision, 0)
        return Day(self.year + years, 12, 31)

    @property
    def edtf(self) -> str:
        """The EDTF text that reads as this point."""
        text = year_text(self.year)
        if self.precision in ("decade", "century"):
            cut = 1 if self.precision == "decade" else 2
            # The years of -004X run from -49 to -40: the last of them has the digits.
            digits = f"{self.year:04}" if self.year >= 0 else f"-{-self.last.year:04}"
            text = digits[:-cut] + "X" * cut
        text += "".join(f"-{part:02}" for part in (self.season or self.month, self.day) if part)
        sign = {(True, False): "~", (False, True): "?", (True, True): "%"}
        return text + sign.get((self.approximate, self.uncertain), "")


@dataclass(frozen=True, slots=True)
class Date:
    """An EDTF date. Built by :func:`parse`; frozen, hashable, equal by text and meaning.

    ``points`` holds one point, the known ends of a span, or the members of a "one of" list. A
    ``julian`` date was given in the Julian calendar; its points are the Gregorian days.
    """

    text: str
    kind: Kind
    points: tuple[Point, ...]
    open_start: bool = False
    open_end: bool = False
    julian: bool = False

    @property
    def edtf(self) -> str:
        """The EDTF text, which is Gregorian also where the date was given in another calendar."""
        if not self.julian:
            return self.text
        return written(self.kind, self.points, self.open_start, self.open_end)

    @property
    def start_unknown(self) -> bool:
        """Whether it began, and nobody knows when (``/1985``): it is not open (``../1985``)."""
        return self.open_start and self.kind == "interval" and self.text.startswith("/")

    @property
    def end_unknown(self) -> bool:
        """Whether it ended, and nobody knows when (``1985/``): it is not open (``1985/..``)."""
        return self.open_end and self.kind == "interval" and self.text.endswith("/")

    @property
    def earliest(self) -> Day:
        """The first day it may cover; PAST where the beginning is open."""
        return PAST if self.open_start else self.points[0].first

    @property
    def latest(self) -> Day:
        """The last day it may cover; FUTURE where the end is open."""
        if self.open_end:
            return FUTURE
        ends = self.points if self.kind == "one of" else self.points[-1:]
        return max(point.last for point in ends)

    @property
    def span(self) -> tuple[Day, Day]:
        """``(earliest, latest)``, both included."""
        return self.earliest, self.latest

    @property
    def days(self) -> int | None:
        """How many days the span holds, or None with an open end."""
        if self.open_start or self.open_end:
            return None
        return self.latest.number - self.earliest.number + 1

    @property
    def precision(self) -> Precision:
        """The coarsest precision among its points."""
        return max((point.precision for point in self.points), key=PRECISIONS.index)

    @property
    def approximate(self) -> bool:
        """Whether any part is marked about (``~`` or ``%``)."""
        return any(point.approximate for point in self.points)

    @property
    def uncertain(self) -> bool:
        """Whether any part is marked uncertain (``?`` or ``%``)."""
        return any(point.uncertain for point in self.points)

    @property
    def is_interval(self) -> bool:
        """Whether it lasted from one date to another, rather than fell on one."""
        return self.kind == "interval"

    @property
    def sort_key(self) -> tuple[Day, Day, str]:
        """Orders by first day, then last; a date with an open beginning stands at its known end."""
        first = self.points[0].first if self.open_start else self.earliest
        return first, self.latest, self.text

    def overlaps(self, other: Date) -> bool:
        """Whether some day may belong to both."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    @property
    def known(self) -> tuple[Day, Day]:
        """The first and the last day that its points may cover; an open end lies nowhere."""
        return min(p.first for p in self.points), max(p.last for p in self.points)

    def known_within(self, other: Date) -> bool:
        """Whether every day it may cover lies in the other's span; an open end lies nowhere."""
        first, last = self.known
        return other.earliest <= first and last <= other.latest

    def __str__(self) -> str:
        return self.text


def spanning(dates: Iterable[Date]) -> Date:
    """The interval from the first of the dates to the last, with their precisions kept.

    Raises ValueError for no dates at all.
    """
    ordered = sorted(dates, key=lambda date: date.sort_key)
    if not ordered:
        raise ValueError("no dates to span")
    begins = ordered[0]
    ends = max(ordered, key=lambda date: (date.latest, date.earliest))
    if begins == ends:
        return begins
    if begins.julian and ends.julian:
        whole = spanning(replace(date, julian=False, text=date.edtf) for date in (begins, ends))
        return replace(whole, text=f"{as_julian(whole).text} julian", julian=True)
    first = None if begins.open_start else min(begins.points, key=lambda p: (p.first, p.last))
    last = None if ends.open_end else max(ends.points, key=lambda p: (p.last, p.first))
    if first is not None and first == last:
        return dated("point", (first,))
    points = tuple(point for point in (first, last) if point)
    return dated("interval", points, first is None, last is None)


def coarsen(date: Date, precision: Precision) -> Date:
    """The same date with points no finer than ``precision`` (day, month, year, decade, century).

    Seasons are left to their months' year when coarsened to a year. Ends that fall together become
    one point. Raises ValueError for ``season``.
    """
    if precision == "season":
        raise ValueError("a date cannot be coarsened to a season")
    if date.julian and precision != "day":
        return coarsen(as_julian(date), precision)
    points = tuple(dict.fromkeys(_coarse(point, precision) for point in date.points))
    if points == date.points:
        return date
    if len(points) == 1 and not (date.open_start or date.open_end):
        return dated("point", points)
    return dated(date.kind, points, date.open_start, date.open_end)


def as_julian(date: Date) -> Date:
    """A date of days with the Julian calendar's names for them in its points, for print alone."""
    points = tuple(_julian_point(point) for point in date.points)
    return dated(date.kind, points, date.open_start, date.open_end)


def _julian_point(point: Point) -> Point:
    named = julian(point.first)
    return replace(point, year=named.year, month=named.month, day=named.day)


def dated(
    kind: Kind, points: tuple[Point, ...], open_start: bool = False, open_end: bool = False
) -> Date:
    """The Gregorian date of these points, with the EDTF text that reads as it."""
    text = written(kind, points, open_start, open_end)
    return Date(text, kind, points, open_start, open_end)


def written(kind: Kind, points: Iterable[Point], open_start: bool, open_end: bool) -> str:
    """The EDTF text of a date of these points."""
    texts = [point.edtf for point in points]
    if kind == "point":
        return texts[0]
    begin, end = (".." if is_open else "" for is_open in (open_start, open_end))
    if kind == "interval":
        return "/".join(part for part in (begin, *texts, end) if part)
    return f"[{begin}{('..' if kind == 'within' else ',').join(texts)}{end}]"


def _coarse(point: Point, precision: Precision) -> Point:
    if PRECISIONS.index(point.precision) >= PRECISIONS.index(precision):
        return point
    year = point.year
    if precision in ("decade", "century"):
        size = 10 if precision == "decade" else 100
        year = (abs(year) // size) * size
        year = year if point.year >= 0 else -year - size + 1
    return replace(
        point,
        precision=precision,
        year=year,
        month=point.month if precision == "month" else 0,
        day=0,
        season=0,
    )
