"""Dates that stand in a running text, as a language writes them: 23 July 1993, 23. Juli, July 1993.

They are found by the names that CLDR gives the months. What is no date by the calendar (31 June) is
left alone, and so are years by themselves, which are too often something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press import locale
from press.dates.date import Date
from press.dates.days import Day, julian, month_length
from press.dates.patterns import NBSP

_AND = r"\s*[–-]\s*|\s+(?:and|or|to|und|oder|bis|et|ou|au|y|e|o)\s+"
_WORD = re.compile(r"[^\W\d_]+")
_NEAR = 3
"""Days by which a date that is only about right may differ."""


@dataclass(frozen=True)
class Typed:
    """A date in a text: where it stands, its year if one is given, its month, its days if any.

    ``days`` are the first and the last of a span, or alternatives; ``month`` is 0 for a year alone.
    """

    begin: int
    end: int
    year: int | None
    month: int
    days: tuple[int, ...]

    def agrees(self, date: Date, calendar: str = "") -> bool:
        """Whether it may be said of ``date``, whose year is taken where none is typed.

        ``calendar`` is "julian" or "gregorian" where that is said; else either will do.
        """
        if calendar == "julian" and self.days:
            return self._is_julian(date)
        slack = _NEAR if date.approximate or date.uncertain else 0
        first, last = date.earliest.number - slack, date.latest.number + slack
        years = (
            range(max(date.earliest.year, -9999), min(date.latest.year, 9999) + 1)
            if self.year is None
            else (self.year,)
        )
        if not self.month:
            return any(Day(year, 1, 1).number <= last and Day(year, 12, 31).number >= first
                       for year in years)  # fmt: skip
        for year in years:
            if not self.days:
                begin = Day(year, self.month, 1).number
                if begin <= last and begin + month_length(year, self.month) > first:
                    return True
            elif any(first <= number <= last for number in self._numbers(year)):
                return True
        return calendar != "gregorian" and self._is_julian(date)

    def numbers(self) -> list[int]:
        """The days that it names, as numbers; none without a year and a day."""
        return self._numbers(self.year) if self.year is not None and self.days else []

    def _numbers(self, year: int) -> list[int]:
        length = month_length(year, self.month)
        return [Day(year, self.month, day).number for day in self.days if day <= length]

    def _is_julian(self, date: Date) -> bool:
        """Whether it is the Julian calendar's name of a day of ``date``."""
        return any(
            (named.month, named.day) == (self.month, day) and self.year in (None, named.year)
            for point in date.points
            if point.precision == "day"
            for named in (julian(point.first),)
            for day in self.days
        )


@lru_cache(maxsize=8192)
def typed(text: str, language: str) -> Sequence[Typed]:
    """Every date of a day or a month in ``text``, in order."""
    return tuple(_typed(text, language))


def _typed(text: str, language: str) -> Iterator[Typed]:
    pattern, months = _pattern(language)
    for match in pattern.finditer(text):
        # The three ways to write a date have names of their own for the same parts.
        found = {name.rstrip("23"): value for name, value in match.groupdict().items() if value}
        year = found.get("year")
        number = int(year) if year else None
        if number is not None and found.get("bce"):
            number = 1 - number
        month = months[found["month"].casefold().rstrip(".")]
        days = tuple(int(found[key]) for key in ("first", "last") if key in found)
        if not (days or year) or any(not 0 < day <= month_length(2000, month) for day in days):
            continue
        yield Typed(match.start(), match.end(), number, month, days)


def loosely(text: str, language: str) -> Iterator[Typed]:
    """Every date in ``text``, in order, and months and years by themselves.

    A month alone stands at an end, before a sign, or beside another; a year has four figures.
    """
    found = list(typed(text, language))
    spans = [(date.begin, date.end) for date in found]

    def is_free(match: re.Match[str]) -> bool:
        return not any(begin <= match.start() < end for begin, end in spans)

    months = _pattern(language)[1]
    for match in filter(is_free, _months_alone(language).finditer(text)):
        number = months[match[1].casefold()]
        found.append(Typed(match.start(1), match.end(1), None, number, ()))
    years = filter(is_free, _YEAR.finditer(text))
    found += [Typed(match.start(), match.end(), int(match[0]), 0, ()) for match in years]
    yield from sorted(found, key=lambda date: date.begin)


_YEAR = re.compile(r"(?<![\w.,/-])(?:1\d|20)\d\d(?![\w/%]|[.,]\d|-\d{3})")


@lru_cache(maxsize=16)
def _months_alone(language: str) -> re.Pattern[str]:
    """A month alone, where it may be nothing else: not the March on Rome."""
    forms = locale.cldr(language).months.values()
    names = {str(name) for form in forms for name in form["wide"].values() if len(str(name)) > 2}
    listed = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
    joined = rf"\s*[–-]\s*|\s+\w{{1,3}}\s+(?:\w+[\s-])?(?=(?:{listed})\b)"
    return re.compile(
        rf"(?:^|(?<=[a-zß-öø-ÿ][ \u00a0\n-])|(?<=[–(,] )|(?<=[–(]))({listed})"
        rf"(?=\s*$|\s*[,;:.)]|{joined})"
    )


def begins_with_month(text: str, language: str) -> bool:
    """Whether ``text`` begins with a month: a stop before it belongs to its day, 16. Juli."""
    word = _WORD.match(text)
    return bool(word and word[0].casefold() in _pattern(language)[1])


def begins_day(number: int, text: str, language: str) -> bool:
    """Whether ``24.`` before ``text`` is the day of a month, where ``language`` writes days so.

    How it does and what its months are called is CLDR's; a short name counts with its stop.
    """
    return 0 < number <= 31 and bool(_month_after_day(language).match(text))


def held(text: str, language: str) -> str:
    """``text`` in which no line parts a day from its month: 23 August, August 23, 23. Juli."""
    after, before = _joints(language)
    text = after.sub(lambda found: NBSP.join(found[0].split()) + NBSP, text)
    return before.sub(lambda found: found[1] + NBSP, text)


@lru_cache(maxsize=16)
def _joints(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A day and the space before its month, and a month with the space before its day."""
    month = rf"(?:{_months(language)})(?!\w)"
    ordinal = r"(?:st|nd|rd|th|er|\.|º)?"
    return (
        re.compile(rf"(?<![\w.,])\d{{1,2}}{ordinal}\s+(?:(?:de|of)\s+)?(?={month})"),
        re.compile(rf"\b({month}\.?)\s+(?=\d{{1,2}}{ordinal}(?![\w.]*\d))"),
    )


def _months(language: str) -> str:
    """Every name of a month, the longest first; one that begins small also with a capital."""
    names = {name.rstrip(".") for name, _ in locale.month_names(language)}
    names |= {name.capitalize() for name in names}  # "may 5" is no date where one writes May
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name) for name in ordered if len(name) > 2)


@lru_cache(maxsize=16)
def _month_after_day(language: str) -> re.Pattern[str]:
    known = locale.cldr(language)
    if "d. MMM" not in str(known.date_formats["long"].pattern):
        return re.compile(r"(?!)")
    forms = known.months.values()
    wide = {re.escape(str(name)) for form in forms for name in form["wide"].values()}
    short = {str(name).rstrip(".") for form in forms for name in form["abbreviated"].values()}
    stopped = {rf"{re.escape(name)}\." for name in short}
    days = r"(?:(?:\w{1,4}|[-–])\s+\d{1,2}\.\s+)?"
    return re.compile(rf"{days}(?:{'|'.join(wide | stopped)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=16)
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """The pattern of dates in ``language``, and the number of each name of a month."""
    names = locale.month_names(language)
    known = {name.casefold().rstrip("."): number for name, number in names}
    words = _months(language)
    space = r"[\s\u00a0\u202f]"
    day = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?"
    days = rf"{day.format('first')}(?:(?:{_AND}){day.format('last')})?"
    after = rf"{day.format('first2')}(?:(?:{_AND}){day.format('last2')})?"
    year = (
        rf"(?P<year>\d{{1,4}})(?!\d)(?:{space}*(?P<bce>BCE?\b|v\.{space}*(?:Chr|u)|av\.{space}*J))?"
    )
    month = r"(?P<{0}>\b(?:" + words + r")\b\.?)"
    pattern = "|".join(
        (
            rf"(?<![\d.,]){days}{space}+(?:(?:de|of){space}+)?{month.format('month')}"
            rf"(?:,?{space}+(?:de{space}+)?{year})?",
            rf"{month.format('month2')}{space}+{after}(?![\d.,]*\d)"
            rf"(?:,{space}+(?P<year2>\d{{4}})(?!\d))?",
            rf"{month.format('month3')}{space}+(?P<year3>\d{{4}})(?!\d)",
        )
    )
    return re.compile(pattern), known
