"""Dates in the dossier's own words, in another form than the press prints dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from press import dates, locale
from press.base.finding import Remark
from press.checks.known import known
from press.checks.texts import Passage, passages
from press.content.load import Loaded
from press.dates.typed import typed

_ISO = re.compile(r"(?<![\w/.:-])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w/:-])")
_OTHERS = ("cs", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv", "tr")
"""Languages whose names of months an author may have left in a text."""
_LEAST = 6
"""Letters of such a name: shorter ones are words of other meanings."""
_SAMPLE = dates.parse("1900-07-04")


def date_in_another_form(loaded: Loaded) -> Iterator[Remark]:
    """W330: a date stands in the text in another form than the press prints dates.

    Why: Chronology, timeline and references print dates in the one form of the language. A date
        of figures, in another country's order or with a month of another language was pasted.
        Quotations, titles in italics and the titles of sources keep their own.
    Wrong: The attack began on July 4, 1993.      # in British English
        The attack began on 1993-07-04.
    Right: The attack began on 4 July 1993.
    Remedy: Write the date as the press prints it, or draw it from its event, as
        [[event:id]].
    """
    language = known(loaded).language
    for passage in passages(loaded):
        if passage.name.startswith("source."):
            continue
        for begin, end, why in sorted({*_written_otherwise(passage, language)}):
            hint = f"write dates like {dates.show(_SAMPLE, language)}, or draw it from its event"
            yield passage.at(begin), f"{passage.own[begin:end]!r} {why}", hint


def _written_otherwise(passage: Passage, language: str) -> Iterator[tuple[int, int, str]]:
    """Begin and end of each such date, and what is wrong with it."""
    own = passage.own
    for match in _ISO.finditer(own):
        yield *match.span(), "is a date of figures"
    for date in typed(own, language) if language.startswith("en") else ():
        day_first = own[date.begin].isdigit()
        if date.days and date.year is not None and day_first != _is_day_first(language):
            yield date.begin, date.end, "has day and month the other way round"
    for match in _foreign(language).finditer(own):
        if not _in_italics(passage, match.start()):
            yield *match.span(), "has the name of a month in another language"


def _in_italics(passage: Passage, at: int) -> bool:
    line = passage.written[passage.written.rfind("\n\n", 0, at) + 1 : at]
    return (line.count("*") - 2 * line.count("**")) % 2 == 1


@lru_cache(maxsize=16)
def _is_day_first(language: str) -> bool:
    """Whether the press prints the day before the month."""
    return dates.show(_SAMPLE, language)[0].isdigit()


@lru_cache(maxsize=16)
def _foreign(language: str) -> re.Pattern[str]:
    """A month of another language beside a day or a year."""
    own = {name.casefold().rstrip(".") for name, _ in locale.month_names(language)}
    names = {name.rstrip(".") for other in _OTHERS for name, _ in locale.month_names(other)}
    kept = sorted(name for name in names if len(name) >= _LEAST and name.casefold() not in own)
    months = "|".join(re.escape(form) for name in kept for form in {name, name.capitalize()})
    return re.compile(rf"\b(?:\d{{1,2}}\.?[ ](?:{months})\b|(?:{months})[ ]\d{{4}}\b)")
