"""Answers for a class against the dossier's own dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from press.base.finding import Remark, place_text
from press.checks.after import told_in
from press.checks.answers_counted import BESIDE, MORE, judged_number, miscounted, typed_in
from press.checks.answers_reasons import against_its_reason
from press.checks.happened import told_of
from press.checks.known import Known, Sentence, known, stems_of
from press.checks.prose_dates import is_statement
from press.checks.texts import WORD, Passage, passages
from press.content import facts
from press.content.load import Loaded
from press.content.model import Entry, Event, Question
from press.content.walk import At, each
from press.dates.typed import Typed, typed


def answer_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W408: the answer to a question is not what the chronology says.

    Why: A class is marked by it. A statement to be called true or false is held against the event
        of which it gives the date, the two events of which it gives the order, and facts of what is
        under about, and against a reason (because:) that has the opposite; an answer that is a
        date, against those events, and one that says how many, against the facts of its unit.
    Wrong: - question: Agdam was taken on 24 July 1993.
          kind: true-false
          answer: true
    Right: - question: Agdam was taken on 24 July 1993.
          kind: true-false
          answer: false
    Remedy: Correct the answer or the date; an answer can be drawn: answer: {event: id}.
    """
    statements = {p.written: p for p in passages(loaded) if p.name == "question.question"}
    for at, question in each(loaded, Question):
        if is_statement(question):
            passage = statements.get(" ".join(question.question.split()))
            if passage and question.answer:
                said = question.answer[0].text == "true"
                yield from _judged(loaded, passage, said)
                yield from _judged_order(loaded, at, passage, said)
                yield from judged_number(loaded, at, passage, question)
                yield from against_its_reason(loaded, at, question, said)
        else:
            yield from _dated(loaded, at, question)
    yield from miscounted(loaded)


def _judged(loaded: Loaded, passage: Passage, said: bool) -> Iterator[Remark]:
    """What is wrong with calling a statement true, or false."""
    data = known(loaded)
    dates = list(typed(passage.own, data.language))
    sentence = data.read(passage, 0, passage.own)
    for date in dates:
        told = told_of(loaded, sentence, date)
        right = any(one.agrees(given) for e in told for given in e.all_dates for one in dates)
        if told and not right and said:
            message = f"{_shown(passage, date)!r} is not {_date_of(loaded, told[0])}"
            yield sentence.at(date.begin), message, "write answer: false, or correct the date"
        elif right and not said and not told[0].contested and _is_plain(data, sentence, told[0]):
            date_of = _date_of(loaded, told[0])
            message = f"this is called false, and {_shown(passage, date)!r} is {date_of}"
            yield sentence.at(date.begin), message, "write answer: true, or another date"


def _judged_order(loaded: Loaded, at: At, passage: Passage, said: bool) -> Iterator[Remark]:
    """What is wrong with calling the order of two events right, or wrong."""
    every = list(told_in(loaded, passage, 0, passage.own))
    if len(every) != 1 or typed_in(passage, known(loaded).language):
        return
    told = every[0]
    if told.certain if not said else not told.right:
        events = " and ".join(_date_of(loaded, event) for event in (told.one, told.other) if event)
        verb = "true" if said else "false"
        message = f"this is called {verb}, and {told.shown}: {events}"
        yield at("answer"), message, f"write answer: {'false' if said else 'true'}"


def _is_plain(data: Known, sentence: Sentence, event: Event) -> bool:
    """Whether a statement says nothing but that the event happened on a day."""
    months = {word for date in typed(sentence.text, data.language) for word in
              stems_of(sentence.text[date.begin : date.end], data.language)}  # fmt: skip
    words = stems_of(f"{event.title} {event.text}", data.language)
    return len(sentence.stems - words - months - data.of_places) <= MORE


def _shown(passage: Passage, date: Typed) -> str:
    return passage.own[date.begin : date.end].rstrip(".")


def _date_of(loaded: Loaded, event: Event) -> str:
    index = loaded.dossier.chronology.events.index(event)
    there = loaded.at("chronology.yaml", "events", index, "date" if event.date else "claims")
    date = facts.event_date(event, loaded.dossier.meta.language)
    return f"the date of event {event.id!r}, {date} ({place_text(there)})"


def _dated(loaded: Loaded, at: At, question: Question) -> Iterator[Remark]:
    """Answers that are a date, and of none of the events that the question is about."""
    events = [e for ident in question.about if (e := loaded.dossier.events.get(ident))]
    language = known(loaded).language
    for number, entry in enumerate(question.answer if events else ()):
        dates = [date for date in typed(entry.text, language) if date.days]
        words = WORD.findall(re.sub(r"\d+", " ", entry.text))
        if len(dates) != 1 or len(words) - 1 > BESIDE:
            continue
        if not any(dates[0].agrees(one) for event in events for one in event.all_dates):
            message = f"{entry.text!r} is not {_date_of(loaded, events[0])}"
            hint = f"write answer: {{event: {events[0].id}}}"
            yield at("answer", number), message, hint


def pair_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W409: two things are to be matched, and are not of one event.

    Why: The one is the title of an event and the other is another event, or the date of another;
        no answer would be right.
    Wrong: - {item: Agdam taken, goes-with: {event: fuzuli-taken}}
    Right: - {item: Agdam taken, goes-with: {event: agdam-taken}}
    Remedy: Name the event of the title.
    """
    titles = {event.title.casefold(): event for event in loaded.dossier.events.values()}
    for at, question in each(loaded, Question):
        for number, pair in enumerate(question.pairs):
            for one, other, key in (
                (pair.item, pair.goes_with, "goes-with"),
                (pair.goes_with, pair.item, "item"),
            ):
                event = titles.get(one.text.casefold())
                if event and _is_of_another(loaded, event, other):
                    message = f"{one.text!r} is event {event.id!r}, and this is of another"
                    hint = f"write {key}: {{event: {event.id}}}"
                    yield at("pairs", number, key), message, hint


def _is_of_another(loaded: Loaded, event: Event, entry: Entry) -> bool:
    """Whether an entry is another event, or a date that the event does not have."""
    if entry.event:
        return entry.event != event.id
    dates: Sequence[Typed] = list(typed(entry.text, known(loaded).language))
    alone = len(dates) == 1 and entry.text.strip() == entry.text[dates[0].begin : dates[0].end]
    return alone and not any(dates[0].agrees(given) for given in event.all_dates)
