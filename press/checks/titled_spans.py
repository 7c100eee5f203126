"""Titles of phases, stages and plates against their own time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from sys import maxsize
from typing import NamedTuple

from press.base.finding import Remark
from press.checks.known import known
from press.content.load import Loaded
from press.content.model import Map, Phase, Stage, Timeline
from press.content.walk import At, each
from press.dates import Date, show
from press.dates.days import Day, month_length
from press.dates.typed import Typed, loosely


def title_of_another_time(loaded: Loaded) -> Iterator[Remark]:
    """W234: a title names a month, a year or a day that its own time does not touch.

    Why: A phase lasts from its date until the next begins, the last until the last event; a stage
        shows what was until its date, and a plate the events of its span. Readers take the title
        for it; one of the two was not corrected with the other.
    Wrong: - {until: 1993-10-31, title: End of November}
    Right: - {until: 1993-10-31, title: End of October}
    Remedy: Correct the title or the date; a stage without a title prints its date.
    """
    language = known(loaded).language
    for one in _titled(loaded):
        dates = [date for date in loosely(one.title, language) if _is_date(one.title, date)]
        wrong = [date for date in dates if not _touches(date, one)]
        if wrong and (len(wrong) == len(dates) or _is_range(one.title, dates)):
            typed = one.title[wrong[0].begin : wrong[0].end]
            message = f"the title names {typed!r}, and its time is {one.shown}"
            yield one.at(one.key), message, "correct the title or the date"


class Titled(NamedTuple):
    """A title, where it stands, and the first and last day of its time, with that in words."""

    at: At
    key: str
    title: str
    first: int
    last: int
    shown: str


_YEAR_BEHIND = re.compile(r"(?:^|[–(,-]\s*|(?<![^\W\d_])[^\W\d_A-ZÀ-Þ]{1,6}\s+)$")


def _is_date(title: str, date: Typed) -> bool:
    """Whether a year by itself is one: the summer of 1783, and not resolution 1325."""
    return bool(date.month) or bool(_YEAR_BEHIND.search(title[: date.begin]))


_TO = re.compile(r"\s*(?:[–-]|to|until|bis|à|au)\s*(?:[^\W\d_]+[\s-])?\s*")


def _is_range(title: str, dates: Sequence[Typed]) -> bool:
    """Whether the title is from one date to another."""
    return len(dates) == 2 and bool(_TO.fullmatch(title[dates[0].end : dates[1].begin]))


def _touches(date: Typed, one: Titled) -> bool:
    """Whether a date has a day in the time of a title."""
    first, last = Day.of(one.first).year, Day.of(one.last).year
    years = range(first, min(last, first + 2) + 1) if date.year is None else (date.year,)
    return any(one.first <= end and begin <= one.last for begin, end in _bounds(date, years))


def _bounds(date: Typed, years: Sequence[int]) -> Iterator[tuple[int, int]]:
    for year in years:
        if not date.month:
            yield Day(year, 1, 1).number, Day(year, 12, 31).number
            continue
        length = month_length(year, date.month)
        days = date.days or (1, length)
        first, last = (min(day, length) for day in (days[0], days[-1]))
        yield Day(year, date.month, first).number, Day(year, date.month, last).number


def _titled(loaded: Loaded) -> Iterator[Titled]:
    """The titles of phases, stages and plates that have a time of their own."""
    language = known(loaded).language
    phases = list(each(loaded, Phase))
    given = (date for event in loaded.dossier.events.values() for date in event.all_dates)
    ends = max((date.latest.number for date in given), default=maxsize)
    for number, (at, phase) in enumerate(phases):
        first = phase.begins.earliest.number
        after = phases[number + 1][1].begins if number + 1 < len(phases) else None
        last = max(first, after.earliest.number - 1 if after else ends)
        shown = f"from {show(phase.begins, language)}"
        shown += f" until {show(after, language)}" if after else ""
        yield Titled(at, "title", phase.title, first, last, shown)
    for at, stage in each(loaded, Stage):
        if stage.title:
            first, last = stage.until.earliest.number - 1, stage.until.latest.number
            shown = f"until {show(stage.until, language)}"
            yield Titled(at, "title", stage.title, first, last, shown)
    yield from _plates(loaded, language)


def _plates(loaded: Loaded, language: str) -> Iterator[Titled]:
    """Maps and timelines with a span; a timeline of all events has theirs."""
    every: list[tuple[At, Map | Timeline]] = [*each(loaded, Map), *each(loaded, Timeline)]
    for at, plate in every:
        span = plate.span
        dates: Sequence[Date] = (span,) if span else ()
        if not span and isinstance(plate, Timeline) and plate.show == "events":
            events = loaded.dossier.events.values()
            dates = [date for event in events for date in event.all_dates]
        if not dates or any(date.open_start or date.open_end for date in dates):
            continue
        first = min(date.earliest.number for date in dates)
        last = max(date.latest.number for date in dates)
        shown = show(span, language) if span else "that of the events"
        for key in ("title", "subtitle"):
            yield Titled(at, key, getattr(plate, key), first, last, shown)
