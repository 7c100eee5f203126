"""Dates typed in words that the data says otherwise. Both places are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from press.base.finding import Place, Remark, place_text
from press.checks.happened import told_of
from press.checks.known import Sentence, known, own_sentences
from press.checks.texts import REFERENCE, Passage, passages
from press.content import facts
from press.content.load import Loaded
from press.content.model import Event, Question
from press.content.walk import each
from press.dates.typed import Typed, typed


def date_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W401: a date typed in words is not the date that the data gives the event.

    Why: A date that stands in four places is corrected in three, and the date of a paper is taken
        for that of its news. The clause names an event by the words of its title, or by a verb of
        its kind (fell, was captured, landed) and its place, and no account in the chronology has
        the date that is typed. Categories may add verbs of their own.
    Wrong: Agdam was taken on 24 July 1993.
    Right: Agdam was taken on [[event:agdam-taken]].
    Remedy: Print the date from the data, or correct one of the two. What only looks like the
        event's date can be allowed in dossier.yaml, with a reason.
    """
    data = known(loaded)
    for passage, offset, text in own_sentences(loaded):
        if is_judged(loaded, passage):
            continue  # W408 says whether its answer is right
        dates = [date for date in typed(text, data.language) if date.days or date.year]
        if dates:
            sentence = data.read(passage, offset, text)
            for date, event in _wrong_dates(loaded, sentence, dates):
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


def _disagrees(loaded: Loaded, at: Place, shown: str, event: Event) -> Remark:
    index = loaded.dossier.chronology.events.index(event)
    there = loaded.at("chronology.yaml", "events", index, "date" if event.date else "claims")
    date = facts.event_date(event, loaded.dossier.meta.language)
    message = f"{shown!r} is not the date of event {event.id!r}, {date} ({place_text(there)})"
    return at, message, f"print it: [[event:{event.id}]], or correct one of the two"


# -- one sentence ------------------------------------------------------------------------------


def _wrong_dates(
    loaded: Loaded, sentence: Sentence, dates: Sequence[Typed]
) -> Iterator[tuple[Typed, Event]]:
    """The dates of a sentence that none of the events it speaks of has, each with such an event."""
    for date in dates:
        told = [e for e in told_of(loaded, sentence, date) if not _own_words(sentence.passage, e)]
        if told and not any(_has_one_of(event, dates) for event in told):
            yield date, told[0]


def _own_words(passage: Passage, event: Event) -> bool:
    """Whether ``passage`` is the event's own text, which may tell of other days."""
    return passage.name.startswith("event.") and passage.written in (
        " ".join(event.title.split()),
        " ".join(event.text.split()),
    )


def _has_one_of(event: Event, dates: Sequence[Typed]) -> bool:
    return any(date.agrees(given) for date in dates for given in event.all_dates)
