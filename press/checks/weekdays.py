"""Days of the week that stand beside a date, against the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from press import dates, locale
from press.base.finding import Remark
from press.checks.known import known, own_sentences
from press.content.load import Loaded
from press.dates.days import Day, JulianDay
from press.dates.typed import Typed, typed

LAST_JULIAN = 1752
"""The last year of the Julian calendar in Britain: dates up to it seldom say which one they are."""


def weekday_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W404: a date is not of the day of the week that stands beside it.

    Why: One of the two is mistyped, and whoever has a calendar sees it. Where no year is typed,
        that of the events of the day counts; the Julian calendar is as good up to 1752, and where
        an event has a date of it.
    Wrong: On Thursday, 23 July 1993, the town was quiet.
    Right: On Friday, 23 July 1993, the town was quiet.
    Remedy: Correct the date or the day of the week.
    """
    language, events = known(loaded).language, loaded.dossier.events.values()
    julian = any(one.julian for event in events for one in event.all_dates)
    for passage, offset, text in own_sentences(loaded):
        for date in typed(text, language) if _DAY.search(text) else ():
            said = _weekday_beside(text, date, language) if date.days else None
            years = _years(loaded, date) if said is not None else ()
            possible = [day for year in years for day in _weekdays(date, year, julian)]
            if not possible or said in possible:
                continue
            right = _names(language)[possible[0]]
            shown = text[date.begin : date.end]
            shown += "" if date.year is not None else f" {years[0]}"
            hint = "correct the date or the day of the week"
            yield passage.at(offset + date.begin), f"{shown} was a {right}", hint


_DAY = re.compile(r"\d")


def _weekday_beside(text: str, date: Typed, language: str) -> int | None:
    """The day of the week, Monday 0, at once before or behind a date."""
    before, behind, numbers = _patterns(language)
    match = before.search(text[: date.begin]) or behind.match(text[date.end :])
    return numbers[match[1].casefold()] if match else None


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, int]]:
    names = {name.casefold(): number for number, name in _names(language).items()}
    any_of = "|".join(re.escape(name) for name in names)
    articles = "|".join(locale.messages(language)["check.articles"].split())
    article = rf"(?:(?:{articles})\s+)?"
    return (
        re.compile(rf"\b({any_of}),?\s+{article}$", re.IGNORECASE),
        re.compile(rf"\s*[,(–—]?\s*{article}({any_of})\b(?!['’\w-])", re.IGNORECASE),
        names,
    )


@lru_cache(maxsize=16)
def _names(language: str) -> dict[int, str]:
    days = locale.cldr(language).days["format"]["wide"]
    return {int(number): str(name) for number, name in days.items()}


def _years(loaded: Loaded, date: Typed) -> Sequence[int]:
    """The years that a date may be of: its own, that of events of the day, or the dossier's one."""
    if date.year is not None:
        return [date.year]
    given = [one for event in loaded.dossier.events.values() for one in event.all_dates]
    found = {one.earliest.year for one in given if one.precision == "day" and date.agrees(one)}
    if not found and (span := loaded.dossier.meta.span) and not (span.open_start or span.open_end):
        first, last = span.span
        found = {first.year} if first.year == last.year else set()
    return sorted(found)


def _weekdays(date: Typed, year: int, julian: bool) -> Iterator[int]:
    """The days of the week of its days, Monday 0, in the calendars that may be meant."""
    for day in date.days:
        if day <= dates.month_length(year, date.month):
            yield Day(year, date.month, day).number % 7  # day 0 was a Monday
            if julian or year <= LAST_JULIAN:
                yield JulianDay(year, date.month, day).number % 7
