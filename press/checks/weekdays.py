"""Days of the week that stand beside a date, against the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from press import dates, locale
from press.base.finding import Remark
from press.base.own_yaml import beside
from press.checks.clauses import any_of, words_of
from press.checks.known import known, own_sentences
from press.checks.texts import REFERENCE, THING
from press.content import facts
from press.content.load import Loaded
from press.dates import Date
from press.dates.days import Day, JulianDay
from press.dates.typed import Typed, typed

LAST_JULIAN = 1752
"""The last year of the Julian calendar in Britain: dates up to it seldom say which one they are."""


def weekday_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W404: a date is not of the day of the week that stands beside it.

    Why: One of the two is mistyped, and whoever has a calendar sees it. Where no year is typed,
        that of the events of the day counts; beside a link to an event its own date does, by any
        account. The Julian calendar is as good up to 1752, and where an event has a date of it. A
        sentence that says Old Style or New Style is held to that, and a weekend to its two days.
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
            style = _style(text, language)
            possible = [one for year in years for one in _weekdays(date, year, julian, style)]
            if not possible or said in {day for _, day in possible}:
                continue
            shown = text[date.begin : date.end]
            shown += "" if date.year is not None else f" {years[0]}"
            hint = "correct the date or the day of the week"
            yield passage.at(offset + date.begin), f"{shown} {_right(possible, language)}", hint
    yield from _beside_links(loaded, julian)
    yield from _no_weekend(loaded)


_WEEKEND = frozenset({5, 6})


def _no_weekend(loaded: Loaded) -> Iterator[Remark]:
    """The weekend of two days of which one is neither a Saturday nor a Sunday."""
    language = known(loaded).language
    weekend = _styles(language).get("weekend")
    for passage, offset, text in own_sentences(loaded) if weekend else ():
        for date in typed(text, language) if weekend and weekend.search(text) else ():
            if not weekend or not date.days or not weekend.search(text[: date.begin][-_NEAR:]):
                continue
            years = _years(loaded, date)
            right = [
                all(Day(year, date.month, day).number % _WEEK in _WEEKEND for day in date.days)
                for year in years
            ]
            if years and not any(right) and min(years) > LAST_JULIAN:
                shown = text[date.begin : date.end]
                message = f"{shown} of {years[0]} was no weekend"
                yield passage.at(offset + date.begin), message, "correct the days"


_NEAR = 15
"""Letters before a date within which a word is beside it."""


def _beside_links(loaded: Loaded, julian: bool) -> Iterator[Remark]:
    """Days of the week at once before or behind a link to an event, whose date the press prints."""
    language = known(loaded).language
    before, behind, numbers = _patterns(language)
    for passage, offset, text in own_sentences(loaded):
        written = passage.written[offset : offset + len(text)] if THING in text else ""
        for link in REFERENCE.finditer(written):
            event = loaded.dossier.events.get(link["id"])
            if event is None or link["kind"] not in (None, "event") or link["words"]:
                continue
            match = before.search(text[: link.start()]) or behind.match(text, link.end())
            days = {day for date in event.all_dates for day in _days_of(date, julian)}
            if match is None or not days or numbers[match[1].casefold()] in days:
                continue
            shown = facts.event_date(event, language)
            was = " or ".join(f"a {_names(language)[day]}" for day in sorted(days))
            at = passage.at(offset + match.start(1))
            message = f"{match[1]!r} stands beside event {event.id!r}, {shown}, which was {was}"
            yield at, message, "correct the day of the week, or the date of the event"


_WEEK = 7


def _days_of(date: Date, julian: bool) -> Iterator[int]:
    """The days of the week on which a date may be, Monday 0; none of one without a day."""
    first, last = date.earliest.number, date.latest.number
    early = date.earliest.year <= LAST_JULIAN
    if date.precision == "day" and last - first < _WEEK and not (julian or early):
        yield from (number % _WEEK for number in range(first, last + 1))


@lru_cache(maxsize=16)
def _styles(language: str) -> Mapping[str, re.Pattern[str]]:
    table = beside(__file__).get(language.partition("-")[0], {})
    return {style: any_of(words_of(words)) for style, words in table.items()}


_CALENDARS = ("julian", "gregorian")


def _style(text: str, language: str) -> str:
    """The calendar that a sentence names; "" for none, or for both."""
    found = [s for s, words in _styles(language).items() if s in _CALENDARS and words.search(text)]
    return found[0] if len(found) == 1 else ""


def _right(possible: Sequence[tuple[str, int]], language: str) -> str:
    """What the first of the days was: "was a Saturday, or by the Julian calendar a Wednesday"."""
    names = {style: _names(language)[day] for style, day in reversed(possible)}
    if "gregorian" not in names:
        return f"was a {names['julian']} by the Julian calendar"
    other = f", or by the Julian calendar a {names['julian']}" if "julian" in names else ""
    return f"was a {names['gregorian']}{other}"


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


def _weekdays(date: Typed, year: int, julian: bool, style: str) -> Iterator[tuple[str, int]]:
    """The days of the week of its days, Monday 0, in the calendars that may be meant; each named.

    Where the sentence names a calendar, that one alone.
    """
    for day in date.days:
        if day <= dates.month_length(year, date.month):
            if style != "julian":
                yield "gregorian", Day(year, date.month, day).number % 7  # day 0 was a Monday
            if style == "julian" or (not style and (julian or year <= LAST_JULIAN)):
                yield "julian", JulianDay(year, date.month, day).number % 7
