"""Dates typed in words that the data says otherwise. Both places are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from press import locale
from press.base.finding import Place, Remark, place_text
from press.checks.calendars import calendar_of
from press.checks.happened import grammar_of, told_of
from press.checks.known import Known, Sentence, known, own_sentences
from press.checks.named_events import event_named
from press.checks.texts import REFERENCE, Passage, passages
from press.checks.told_otherwise import (
    is_near_miss,
    near_before,
    told_before,
    told_by_text,
    told_by_words,
    told_in_heading,
    told_of_paper,
)
from press.content import facts
from press.content.load import Loaded
from press.content.model import Event, Question
from press.content.model.tables import TableRow
from press.content.walk import each, walk
from press.dates.typed import Typed, loosely, typed


def date_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W401: a date typed in words is not the date that the data gives the event.

    Why: A date that stands in four places is corrected in three, and the date of a paper is taken
        for that of its news. The clause names an event by the words of its title, or by a verb of
        its kind (fell, was captured, landed) and its place, and no account in the chronology has
        the date that is typed: a day, a month or a year, in the calendar that is said. A heading
        names it by its place alone, a row of a table in another cell. Categories may add verbs; a
        verb of the event's own text counts where the date is nearly its. A month alone (In May …)
        is held to the one event whose rare words stand behind it, and "their town" is that which
        the chapter has named and which fell nearly then.
    Wrong: Agdam was taken on 24 July 1993.
    Right: Agdam was taken on [[event:agdam-taken]].
    Remedy: Print the date from the data, or correct one of the two. What only looks like the
        event's date can be allowed in dossier.yaml, with a reason.
    """
    data, before = known(loaded), None
    for passage, offset, text in own_sentences(loaded):
        if is_judged(loaded, passage):
            continue  # W408 says whether its answer is right
        dates = [*(date for date in typed(text, data.language) if date.days or date.year)]
        dates += _alone(text, data.language)
        vague = [] if dates else _in_months(text, data.language)
        if vague:
            sentence = data.read(passage, offset, text)
            for date in vague:
                for event in told_by_words(loaded, sentence, date):
                    shown = text[date.begin : date.end]
                    yield _disagrees(loaded, sentence.at(date.begin), shown, event)
        elif dates:
            sentence = data.read(passage, offset, text)
            near = near_before(data, before, passage, offset)
            for date, event, paper in _wrong_dates(loaded, sentence, near, dates):
                shown = text[date.begin : date.end].rstrip(".")
                yield _disagrees(loaded, sentence.at(date.begin), shown, event, paper)
        before = passage, offset, text
    yield from _rows(loaded)


def _in_months(text: str, language: str) -> list[Typed]:
    """Months behind a word that makes them one, with a sentence behind them: In June a colonel."""
    found = _behind_in(language).finditer(text)
    months = {name.casefold(): number for name, number in locale.month_names(language)}
    return [Typed(m.start(1), m.end(1), None, months[m[1].casefold()], ()) for m in found]


@lru_cache(maxsize=16)
def _behind_in(language: str) -> re.Pattern[str]:
    names = sorted({name for name, _ in locale.month_names(language) if len(name) > 2})
    listed = "|".join(map(re.escape, reversed(names)))
    return re.compile(rf"(?<!\w)(?i:in|im|en)\s+({listed})(?=\s+[^\W\d_])")


def _alone(text: str, language: str) -> list[Typed]:
    """Years and months by themselves behind a word that makes them a date: in 1717, in October."""
    if not _IN.search(text):
        return []
    return [
        date
        for date in loosely(text, language)
        if not date.days
        and not (date.month and date.year)
        and _IN.search(text[max(0, date.begin - 8) : date.begin])
    ]


_IN = re.compile(r"(?<!\w)(?:in|im|en|Jahre)\s+(?:$|(?=\w))", re.IGNORECASE)


def _rows(loaded: Loaded) -> Iterator[Remark]:
    """Cells that are a date, beside a cell that names an event."""
    data = known(loaded)
    for file, loc, row in walk(loaded):
        if not isinstance(row, TableRow):
            continue
        texts = {key: " ".join(entry.text.split()) for key, entry in row.cells.items()}
        dates = {key: date for key, text in texts.items() if (date := _whole(text, data.language))}
        if not dates:
            continue
        named = [
            event
            for key, text in texts.items()
            if key not in dates and (event := _named(loaded, data, file, text))
        ]
        if len(named) != 1 or any(
            date.agrees(given) for date in dates.values() for given in named[0].all_dates
        ):
            continue
        for key, date in dates.items():
            if is_near_miss(date, named[0]):
                yield _disagrees(loaded, loaded.at(file, *loc, key), texts[key], named[0])


def _whole(text: str, language: str) -> Typed | None:
    """The date that a text is, and nothing else."""
    found = list(typed(text, language))
    return found[0] if len(found) == 1 and found[0].days and not text.replace(
        text[found[0].begin : found[0].end], "").strip() else None  # fmt: skip


def _named(loaded: Loaded, data: Known, file: str, text: str) -> Event | None:
    if not text:
        return None
    passage = Passage(file, "cell", text, text, text, (0,), ((1, 1),))
    return event_named(loaded, data.read(passage, 0, text))


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


def is_statement(question: Question) -> bool:
    """Whether the question is a statement that may be wrong on purpose."""
    return question.kind == "true-false"


def is_judged(loaded: Loaded, passage: Passage) -> bool:
    """Whether a text is such a statement, and W408 says whether its answer is right."""
    return passage.name == "question.question" and passage.written in _statements(loaded)


@lru_cache(maxsize=2)
def _statements(loaded: Loaded) -> frozenset[str]:
    every = each(loaded, Question)
    return frozenset(" ".join(one.question.split()) for _, one in every if is_statement(one))


def _disagrees(loaded: Loaded, at: Place, shown: str, event: Event, paper: str = "") -> Remark:
    index = loaded.dossier.chronology.events.index(event)
    there = loaded.at("chronology.yaml", "events", index, "date" if event.date else "claims")
    date = facts.event_date(event, loaded.dossier.meta.language)
    message = f"{shown!r} is not the date of event {event.id!r}, {date} ({place_text(there)})"
    message += f", but that of the paper, {paper!r}" if paper else ""
    return at, message, f"print it: [[event:{event.id}]], or correct one of the two"


# -- one sentence ------------------------------------------------------------------------------


def _wrong_dates(
    loaded: Loaded, sentence: Sentence, before: Sentence | None, dates: Sequence[Typed]
) -> Iterator[tuple[Typed, Event, str]]:
    """The dates of a sentence that none of the events it speaks of has, each with such an event.

    And the id of the newspaper whose date it is, if it is one's.
    """
    rules = grammar_of(loaded)
    every = loaded.dossier.events.values() if sentence.passage.name.startswith("event.") else ()
    own = [event for event in every if _own_words(sentence.passage, event)]
    for date in dates:
        told = told_of(loaded, sentence, date)
        if any(event in told or any(map(date.agrees, event.all_dates)) for event in own):
            continue  # it tells of its own event: W414 says where it has another date
        told = told or told_in_heading(loaded, sentence, date)
        told = told or told_before(loaded, sentence, before, date)
        if not told and not sentence.passage.name.startswith("event."):
            told = told_by_text(loaded, sentence, date)
            told = told or (told_by_words(loaded, sentence, date) if not date.days else [])
        papers = list(told_of_paper(loaded, sentence, date))
        calendars = [calendar_of(sentence.text, one, rules) for one in dates]
        if told and not any(_has_one_of(event, dates, calendars) for event in told):
            near = [event for event in (*own, *told) if is_near_miss(date, event)]
            event = (near or told)[0]
            yield date, event, next((paper for one, paper in papers if one == event), "")
        elif not told:
            yield from ((date, event, paper) for event, paper in papers)


def _own_words(passage: Passage, event: Event) -> bool:
    """Whether ``passage`` is the event's own text, which may tell of other days."""
    return passage.name.startswith("event.") and passage.written in (
        " ".join(event.title.split()),
        " ".join(event.text.split()),
    )


def _has_one_of(event: Event, dates: Sequence[Typed], calendars: Sequence[str]) -> bool:
    return any(
        date.agrees(given, calendar)
        for date, calendar in zip(dates, calendars, strict=True)
        for given in event.all_dates
    )
