"""How long after one event another happened, as a text has it, and what the chronology says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from press.base.own_yaml import beside
from press.checks.clauses import any_of, plain, words_of
from press.checks.numerals import numbers
from press.content import facts
from press.content.model import Event
from press.dates import Date
from press.dates.typed import Typed

_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s*$")
_BELOW, _ABOVE, _NEARLY = (0.7, 1.0), (1.0, 1.5), 0.15
"""What "less than ten" and "more than ten" may be of ten; by how much less "nearly ten" may be."""


@dataclass(frozen=True)
class Words:
    """The words of a language for intervals: ``units`` in days, what matches one, and the others.

    ``signs`` are patterns by their names in the table: after, before, later.
    """

    units: Mapping[str, float]
    pattern: re.Pattern[str]
    signs: Mapping[str, re.Pattern[str]]


_BEHIND, _AT_END = r"\s+", r"\s*$"
_ENDS: Mapping[str, str] = {
    **dict.fromkeys(("after", "before", "from", "to", "order-after", "order-before"), _BEHIND),
    **dict.fromkeys(
        ("one", "about", "nearly", "below", "above", "exactly", "barred", "many", "no-order"),
        _AT_END,
    ),
}
"""What follows the words of the table: what they are about, or nothing, in a text before a number.
"""


@lru_cache(maxsize=16)
def words(language: str) -> Words | None:
    """The words of a language; None for one that the table does not have."""
    table = beside(__file__).get(language.partition("-")[0])
    if not table:
        return None
    pairs = (pair.split("=") for pair in words_of(table["units"]))
    units = {plain(name): float(days) for name, days in pairs}

    patterns = {
        key: re.compile(any_of(words_of(listed)).pattern + _ENDS.get(key, ""), re.IGNORECASE)
        for key, listed in (*table.items(), ("exactly", table["exact"]))
        if key != "units"
    }
    return Words(units, any_of(units), patterns)


class Length(NamedTuple):
    """A length of time in a text: where it stands, the least and the most days that it may be."""

    begin: int
    end: int
    least: float
    most: float


def lengths(text: str, language: str, *, stretches: bool = False) -> Iterator[Length]:
    """Each length of time in ``text``: ten days, just under five weeks, two years to the day.

    With ``stretches`` also those for, in or within which something is.
    """
    known = words(language)
    if known is None:
        return
    for unit in known.pattern.finditer(text):
        counted = _count(text[: unit.start()], language, known)
        if counted is None:
            continue
        begin, count = counted
        days = known.units[plain(unit[0])]
        exact = known.signs["exact"].match(text[unit.end() :].lstrip())
        end = unit.end() + (exact.end() + 1 if exact else 0)
        begin, least, most = _bounds(text, begin, count, days, bool(exact), known)
        if stretches or not known.signs["barred"].search(text[:begin]):
            yield Length(begin, end, least, most)


def _count(before: str, language: str, known: Words) -> tuple[int, float] | None:
    """Where a number at the end of a text begins, and what it is."""
    found = [(b, value) for b, end, value in numbers(before[-40:], language)
             if not before[-40:][end:].strip() and value >= 1]  # fmt: skip
    if found:
        begin, value = min(found)
        begin += max(0, len(before) - 40)
        return None if known.signs["many"].search(before[:begin]) else (begin, value)
    one = known.signs["one"].search(before)
    return (one.start(), 1.0) if one else None


def _bounds(
    text: str, begin: int, count: float, unit: float, exact: bool, known: Words
) -> tuple[int, float, float]:
    """Where the number with its "about" begins, and the least and most days that are meant."""
    days, before = count * unit, text[:begin]
    slack = _slack(count, unit)
    nearly = max(days * _BELOW[0], days - max(unit, days * _NEARLY)) - slack
    for pattern, least, most in (
        (known.signs["nearly"], nearly, days + min(slack, unit)),
        (known.signs["below"], days * _BELOW[0] - slack, days + min(slack, unit)),
        (known.signs["above"], days * _ABOVE[0] - 1, days * _ABOVE[1] + unit),
        (known.signs["about"], days - max(2 * slack, days / 4), days + max(2 * slack, days / 4)),
    ):
        if match := pattern.search(before):
            return match.start(), least, most
    if match := known.signs["exactly"].search(before):
        begin, exact = match.start(), True
    if exact:
        return begin, days - (2 if unit > 8 else 0), days + (2 if unit > 8 else 0)
    return begin, days - slack, days + slack


def _slack(count: float, unit: float) -> float:
    """By how many days a number of units may be off, as people count."""
    if unit == 1:
        return 0 if count < 7 else max(1, count // 10)
    if unit < 20:
        return 3 + unit * count / 40
    return unit * (0.45 if unit < 100 else 0.5) + unit * count / 40


class Stretch(NamedTuple):
    """The first and last day, as numbers, on which something may have happened; and its name."""

    first: int
    last: int
    shown: str


def extent_of(event: Event, language: str) -> Stretch:
    """When an event may have happened, by any account."""
    bounds = [bound for date in event.all_dates for bound in _days(date)]
    return Stretch(min(bounds), max(bounds), facts.event_date(event, language))


def _days(date: Date) -> tuple[int, int]:
    slack = 5 if date.approximate or date.uncertain else 0
    return date.earliest.number - slack, date.latest.number + slack


def extent_typed(date: Typed, text: str) -> Stretch | None:
    """When a date that is typed with its year may be; None for one without."""
    numbers_ = date.numbers()
    return Stretch(min(numbers_), max(numbers_), text[date.begin : date.end]) if numbers_ else None


def is_so(length: Length, first: Stretch, then: Stretch) -> bool:
    """Whether ``then`` may be so long after ``first``."""
    least, most = then.first - first.last, then.last - first.first
    return least <= length.most and length.least <= most


def is_certain(length: Length, first: Stretch, then: Stretch) -> bool:
    """Whether ``then`` is so long after ``first`` by every account."""
    least, most = then.first - first.last, then.last - first.first
    return length.least <= least and most <= length.most


def said(first: Stretch, then: Stretch) -> str:
    """What lies between two dates: 6 days, 2 days before."""
    least, most = then.first - first.last, then.last - first.first
    low, high = sorted((abs(least), abs(most)))
    low = 0 if least < 0 < most else low
    number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"{number} day" + ("" if low == high == 1 else "s")


def rate_behind(behind: str, language: str) -> tuple[str, float] | None:
    """The time in which so many are counted, at the beginning of a text: a month; and its days."""
    known = words(language)
    if known is None:
        return None
    each, unit = known.signs["each"].pattern, known.pattern.pattern
    pattern = rf"\s+(?:[^\W\d_]+\s+){{0,2}}?(?P<rate>(?:{each})\s+(?P<unit>{unit}))"
    match = re.match(pattern, behind, re.IGNORECASE)
    return (match["rate"], known.units[plain(match["unit"])]) if match else None
