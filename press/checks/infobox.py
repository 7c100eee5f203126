"""The infobox against the events that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.base.finding import Place, Remark
from press.checks.happened import events_of
from press.checks.texts import REFERENCE, WORD
from press.content.load import Loaded
from press.content.model import Entry, Event, Row
from press.content.walk import each, twins
from press.dates import Day, show

_YEAR = re.compile(r"(?<![\d.,/\w-])[1-9]\d{2,3}(?![\d/]|[.,]\d)(?!-\d{4})")
_DAY = re.compile(r"(?<![\d.,:/])\d{1,2}(?![\d:/%]|[.,]\d)")
_ISO = re.compile(r"\d{4}-(\d{2})(?:-(\d{2}))?")


def contradicts_events(loaded: Loaded) -> Iterator[Remark]:
    """W351: a date typed in the infobox is not that of the event it speaks of.

    Why: The infobox is what most readers read. A row is held against an event where its label is
        the title of the event, or no more than a verb that is in one title (Born, Opened), or where
        its words refer to it; every account of a contested date is as good. A year
        outside the dossier's span is taken for a slip as well.
    Wrong: - label: Agdam taken
          value: 24 July 1993               # the event of that title is of 23 July
    Right: - label: Agdam taken
          value: {event: agdam-taken}
    Remedy: Refer to the event in place of typing its date: value: {event: id}.
    """
    for at, row in each(loaded, Row):
        by_verb = list(_of_verb(loaded, row.label))
        for steps, entry in row.entries:
            if by_verb and all(_contradiction(event, entry.text) for event in by_verb):
                yield _contradicted(loaded, at(*steps, "text"), by_verb[0], entry.text)
                continue
            for event in _spoken_of(loaded, row.label, entry.text) if entry.text else ():
                if _contradiction(event, entry.text):
                    yield _contradicted(loaded, at(*steps, "text"), event, entry.text)
                    break


def _contradicted(loaded: Loaded, at: Place, event: Event, text: str) -> Remark:
    dates = " or ".join(show(date, loaded.dossier.meta.language) for date in event.all_dates)
    message = f"{_contradiction(event, text)} is not the date of {event.id!r}, which is {dates}"
    return at, message, f"write value: {{event: {event.id}}}"


def _of_verb(loaded: Loaded, label: str) -> Iterator[Event]:
    """The events in whose titles a verb of events stands that is all of a label: Born, Opened."""
    known = events_of(loaded)
    match = known.grammar.verb.fullmatch(label.strip())
    groups = known.grammar.said(label) if match else frozenset()
    for event in loaded.dossier.events.values() if groups else ():
        if groups & known.grammar.said(event.title):
            yield event


def _spoken_of(loaded: Loaded, label: str, text: str) -> Iterator[Event]:
    """The events that a row names: by its label, or by references in its words."""
    named = {m["id"] for m in REFERENCE.finditer(text) if m["kind"] in (None, "event")}
    words = _words(label)
    for event in loaded.dossier.chronology.events:
        title = _words(event.title)
        if event.id in named or (words and title and words == title):
            yield event


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in WORD.findall(text) if len(word) > 2)


def _contradiction(event: Event, text: str) -> str:
    """The year, or else the day, in ``text`` that no account of the event has; "" where none."""
    text = REFERENCE.sub(" ", text)
    dates = event.all_dates
    if any(date.open_start or date.open_end for date in dates):
        return ""
    years = [int(year) for year in _YEAR.findall(text)]
    if not years:
        return ""
    if not any(d.earliest.year <= year <= d.latest.year for year in years for d in dates):
        return str(years[0])
    days = {int(day) for day in _DAY.findall(_ISO.sub(r" \2 ", text))}
    given = {
        d for date in dates if date.precision == "day" for d in _days(date.earliest, date.latest)
    }
    if days and given and not days & given:
        return text.strip()
    return ""


def _days(first: Day, last: Day) -> set[int]:
    """The days of the month from one day to another; any where they are over a month apart."""
    if last.number - first.number > 31:
        return set(range(1, 32))
    return {Day.of(number).day for number in range(first.number, last.number + 1)}


def labels_twice(loaded: Loaded) -> Iterator[Remark]:
    """W352: two rows of the infobox have the same label.

    Why: The second looks like a correction of the first.
    Wrong: - {label: Date, value: June 1993}
        - {label: Date, value: July 1993}
    Right: - label: Date
          value: [June 1993, July 1993]
    Remedy: Make one row of them, with a list of values.
    """
    for at, row, _ in twins(each(loaded, Row), lambda row: [row.label.casefold()]):
        message = f"a row above has the label {row.label!r} as well"
        yield at("label"), message, "make one row of them, with a list of values"


_QUOTED_VALUE = re.compile(r"\{\s*(?:event|span|places?|term|count|rows|fact)\s*:\s*[^{}]+\}")


def value_in_quotes(loaded: Loaded) -> Iterator[Remark]:
    """W383: a value that refers to something stands in quotation marks, and is printed as typed.

    Why: In quotes it is a text like any other: {event: opened} would stand in the box, and not
        the date.
    Wrong: value: "{event: opened}"
    Right: value: {event: opened}
    Remedy: Take the quotation marks away.
    """
    for at, entry in each(loaded, Entry):
        if _QUOTED_VALUE.fullmatch(entry.text.strip()):
            message = f"{entry.text.strip()!r} is printed as it stands, since it is in quotes"
            yield at(), message, "take the quotation marks away"
