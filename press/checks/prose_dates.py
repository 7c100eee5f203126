"""Dates typed in words that the data says otherwise. Both places are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from press import locale
from press.base.finding import Place, Remark, place_text
from press.checks.known import Known, Sentence, known, own_sentences, stems_of
from press.checks.texts import REFERENCE, Passage, passages
from press.content import facts
from press.content.load import Loaded
from press.content.model import Event
from press.dates import Date, Day
from press.dates.typed import Typed, typed


def date_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W401: a date typed in words is not the date that the data gives the event.

    Why: A date that stands in four places is corrected in three. The sentence names an event by
        the words of its title, or a place where something happened about that day, and no account
        in the chronology has the date that is typed.
    Wrong: Agdam was taken on 24 July 1993.
    Right: Agdam was taken on [[event:agdam-taken]].
    Remedy: Print the date from the data, or correct one of the two. What only looks like the
        event's date can be allowed in dossier.yaml, with a reason.
    """
    data = known(loaded)
    for passage, offset, text in own_sentences(loaded):
        dates = [date for date in typed(text, data.language) if date.days or date.year]
        if dates:
            sentence = data.read(passage, offset, text)
            for date, event in _wrong_dates(loaded, data, sentence, dates):
                shown = text[date.begin : date.end].rstrip(".")
                yield _disagrees(loaded, sentence.at(date.begin), shown, event)


def linked_date_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W402: the words of a link to an event are a date, and not the event's.

    Why: Words of the author's own stand in the place of the date that the link would print; when
        the date is corrected in the chronology they stay as they were.
    Wrong: on [[event:agdam-taken|24 July]]
    Right: on [[event:agdam-taken]]
    Remedy: Leave the words out: the link prints the date. Or correct them.
    """
    events, language = loaded.dossier.events, known(loaded).language
    for passage in passages(loaded):
        for match in REFERENCE.finditer(passage.written):
            kind, event = match["kind"], events.get(match["id"])
            named = kind == "event" or (not kind and match["id"] not in loaded.dossier.places)
            if event is None or not named:
                continue
            for date in typed(match["words"] or "", language):
                if not any(date.agrees(given) for given in event.all_dates):
                    at = passage.at(match.start("words") + date.begin)
                    yield _disagrees(loaded, at, match["words"], event)


def _disagrees(loaded: Loaded, at: Place, shown: str, event: Event) -> Remark:
    index = loaded.dossier.chronology.events.index(event)
    there = loaded.at("chronology.yaml", "events", index, "date" if event.date else "claims")
    date = facts.event_date(event, loaded.dossier.meta.language)
    message = f"{shown!r} is not the date of event {event.id!r}, {date} ({place_text(there)})"
    return at, message, f"print it: [[event:{event.id}]], or correct one of the two"


# -- one sentence ------------------------------------------------------------------------------


def _wrong_dates(
    loaded: Loaded, data: Known, sentence: Sentence, dates: Sequence[Typed]
) -> Iterator[tuple[Typed, Event]]:
    """The dates of a sentence that none of the events it speaks of has, each with such an event."""
    events = [e for e in loaded.dossier.events.values() if not _own_words(sentence.passage, e)]
    titled = [event for event in events if data.is_titled(event.id, sentence.stems)]
    for date in dates:
        if _is_about_something_else(data, sentence.text, date) or _is_issue(data, sentence, date):
            continue
        near = [event for event in titled if date.days or _in_clause(data, event, sentence, date)]
        if near:
            if not any(_has_one_of(event, dates) for event in near):
                yield date, near[0]
        elif date.days and not _is_known(loaded, data, date):
            likely = (e for e in events if _likely(data, e, sentence, date, dates))
            yield from ((date, event) for event in islice(likely, 1))


def _own_words(passage: Passage, event: Event) -> bool:
    """Whether ``passage`` is the event's own text, which may tell of other days."""
    return passage.name.startswith("event.") and passage.written in (
        " ".join(event.title.split()),
        " ".join(event.text.split()),
    )


def _has_one_of(event: Event, dates: Sequence[Typed]) -> bool:
    return any(date.agrees(given) for date in dates for given in event.all_dates)


def _in_clause(data: Known, event: Event, sentence: Sentence, date: Typed) -> bool:
    """Whether the words of the title stand in the part of the sentence that has the date."""
    text = sentence.text
    begin = max(text.rfind(sign, 0, date.begin) for sign in ",;:—(")
    ends = [end for sign in ",;:—)" if (end := text.find(sign, date.end)) >= 0]
    clause = text[begin + 1 : min(ends, default=len(text))]
    return data.titles[event.id] <= stems_of(clause, data.language)


_BEFORE = re.compile(r"(?:^|\s)(\S+)(?:\s+(?:on|the|am|den|dem|le|la|les|au))?\s*$")


def _is_about_something_else(data: Known, text: str, date: Typed) -> bool:
    """Whether a word before the date says that the event fell before or after it."""
    match = _BEFORE.search(text[: date.begin])
    apart = locale.messages(data.language)["check.apart"].split()
    return bool(match and match[1].casefold().strip(",(") in apart)


def _is_issue(data: Known, sentence: Sentence, date: Typed) -> bool:
    """Whether it is the day on which a source that the sentence cites was issued."""
    return any(date.agrees(data.issued[s]) for s in sentence.sources if s in data.issued)


_LONG = 40
"""Days from which a span says nothing about one day."""


def _is_known(loaded: Loaded, data: Known, date: Typed) -> bool:
    """Whether any event, account or source of the dossier has the date."""
    events = loaded.dossier.events.values()
    given = (*(g for event in events for g in event.all_dates), *data.issued.values())
    return any(date.agrees(one) for one in given if (one.days or _LONG) < _LONG)


def _likely(
    data: Known, event: Event, sentence: Sentence, date: Typed, dates: Sequence[Typed]
) -> bool:
    """Whether the sentence tells of the event: in its words, at its place, about that day."""
    return (
        any(_nearly(date, one) for one in event.all_dates)
        and len(data.words[event.id] & sentence.stems) > 1
        and bool(sentence.places & set(event.places))
        and not _has_one_of(event, dates)
    )


def _nearly(date: Typed, given: Date) -> bool:
    """Whether ``date`` is within a fortnight of ``given``, or the same day of another year."""
    first, last = given.earliest, given.latest
    if last.number - first.number > 400:
        return False
    if date.year not in (None, first.year, last.year):
        return (first.month, first.day) == (date.month, date.days[0])
    number = Day(date.year or first.year, date.month, date.days[0]).number
    return first.number - 14 <= number <= last.number + 14
