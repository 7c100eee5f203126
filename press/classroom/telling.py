"""Whether a text tells an answer, however it is spelled there: a date, a name, a number.

Words are compared folded: without capitals, punctuation and kinds of space. A date is told by any
way of writing one of its days, a name by its inflected forms too, a number by its figures however
they are grouped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from press import dates
from press.content import facts
from press.content.model import Event
from press.dates import Date
from press.dates.typed import Typed, typed
from press.views.strip_links import folded

INFLECTED = 4
"""Letters of the shortest name that is looked for with an ending behind it."""
SHORT = 40
"""Days of the longest span of which any single day tells."""
FIGURES = 4
"""Figures of the shortest number that is looked for by itself."""


@dataclass(frozen=True)
class Sought:
    """An answer that is looked for: the ways to write it, and the dates or the number that it is.

    A ``name`` is found with an ending behind it, too.
    """

    words: tuple[str, ...]
    dates: tuple[Date, ...] = ()
    number: str = ""
    name: bool = False


@dataclass(frozen=True)
class Shown:
    """A text that a worksheet prints, and where; ``language`` where it is not the dossier's.

    An ``option`` is one of several to choose among, and may be the right one.
    """

    where: str
    text: str
    language: str = ""
    option: bool = False

    def tells(self, sought: Sought, languages: Sequence[str]) -> bool:
        """Whether it tells ``sought``, read in ``languages`` and in its own."""
        own = (self.language,) if self.language and self.language not in languages else ()
        return tells(sought, self.text, (*languages, *own))


def sought_date(event: Event, language: str) -> Sought:
    """The date of an event as it may be written: every account, with the year and without."""
    forms = [facts.event_date(event, language)]
    for date in event.all_dates:
        forms.append(dates.show(date, language))
        if date.points[0].month:
            forms.append(dates.show(date, language, year=False))
        elif not date.is_interval:
            forms.append(str(date.points[0].first.year))
    return Sought(tuple(dict.fromkeys(forms)), event.all_dates)


def sought_answer(words: str) -> Sought:
    """What answers a question: its ``words``, or a number with its unit."""
    found = _grouped(words)
    few = len(words.split()) <= 3 and len(found) == 1 and len(found[0]) >= FIGURES
    return Sought((words,), number=found[0] if few else "")


def tells(sought: Sought, text: str, languages: Sequence[str]) -> bool:
    """Whether ``text``, which is in one of ``languages``, tells what is sought."""
    shown = _folded(text)
    for words in sought.words:
        form = _folded(words)
        if form.strip() and (_inflected(form) if sought.name else form) in shown:
            return True
    if sought.number and sought.number in _grouped(text):
        return True
    return any(
        _is_day_of(found, date)
        for date in sought.dates
        for language in languages
        for found in _dates_in(text, language)
    )


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    return folded(text)


def _inflected(form: str) -> str:
    """The beginning by which a name is found, folded: " fuzuli" finds Fuzulis."""
    return form.rstrip() if len(form.strip()) >= INFLECTED else form


def _grouped(text: str) -> tuple[str, ...]:
    """The whole numbers of a text by their figures alone: 60,000 and 60 000 are "60000"."""
    groups = re.finditer(r"\d{1,3}(?:[.,'’ \u00a0\u202f\u2009]\d{3})+(?!\d)|\d+", text)
    return tuple(re.sub(r"\D", "", match[0]) for match in groups)


def _is_day_of(found: Typed, date: Date) -> bool:
    """Whether a date in a text is a day of ``date``, or its month where no more is known of it."""
    if not found.days:
        return date.precision == "month" and found.agrees(date)
    return (date.days or SHORT + 1) <= SHORT and found.agrees(date)


@lru_cache(maxsize=4096)
def _dates_in(text: str, language: str) -> tuple[Typed, ...]:
    """The dates of a text in words and in figures; each has all of its days."""
    written = (
        replace(date, days=tuple(range(date.days[0], date.days[-1] + 1)))
        if len(date.days) > 1 and date.days[0] < date.days[-1]
        else date
        for date in typed(text, language)
    )
    return (*written, *_in_figures(text))


_FIGURES = re.compile(
    r"(?<![\d./-])(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})([./-])\s?(\d{1,2})\5\s?(\d{4}))(?![\d-])"
)


def _in_figures(text: str) -> Iterator[Typed]:
    """Dates like 1991-09-02, 2.9.1991 and 9/2/1991, the day first and the month first."""
    for match in _FIGURES.finditer(text):
        year, month, day, first, _, second, last = match.groups()
        if year:
            ways = [(int(year), int(month), int(day))]
        else:
            one, other = int(first), int(second)
            ways = [(int(last), other, one), (int(last), one, other)]
        for number, of_year, of_month in ways:
            if 1 <= of_year <= 12 and 1 <= of_month <= 31:
                yield Typed(match.start(), match.end(), number, of_year, (of_month,))
