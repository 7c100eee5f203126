"""What a worksheet asks: chosen from the dossier by a seed, so that no task answers another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press import dates, locale
from press.classroom.seeds import shuffled
from press.content import facts
from press.content.model import Dossier, Event, Question, Term
from press.views.essentials import essential_events
from press.views.strip_links import folded

Words = Callable[[str], str]
"""The words of a field, without Markdown's marks."""

LEAST = 2
"""Rows or cards with which a task makes sense."""
LONG = 5
"""Letters of a word that tells."""
TERM_WORDS = 45
"""Words of a meaning that can still be matched."""


@dataclass(frozen=True)
class Gapped:
    """A row of the chronology with one gap: its date, or a name that stands in its words."""

    event: Event
    name: str = ""

    @property
    def dated(self) -> bool:
        """Whether the date is asked for."""
        return not self.name


@dataclass(frozen=True)
class Chosen:
    """The rows with gaps and the events on cards, in the order of their dates."""

    rows: tuple[Gapped, ...]
    cards: tuple[Event, ...]


def choose(dossier: Dossier, seed: int, secrets: Sequence[str], words: Words) -> Chosen:
    """Rows and cards of one worksheet, which share no event.

    ``secrets`` are the answers of questions: what shows one is left out. So are the events whose
    dates or order a question asks for.
    """
    wanted = dossier.questions.worksheet
    events = _candidates(dossier, seed, secrets, words)
    most = wanted.cards
    if len(events) < wanted.cards + wanted.gaps:
        most = min(most, len(events) // 2 if wanted.gaps else len(events))
    cards = _cards(events, most, dossier.meta.language, words)
    others = [event for event in events if event not in cards]
    rows = _rows(others, dossier, secrets, words)
    return Chosen(
        tuple(sorted(rows, key=lambda row: row.event.when.sort_key)),
        tuple(sorted(cards, key=lambda event: event.when.sort_key)),
    )


def _candidates(
    dossier: Dossier, seed: int, secrets: Sequence[str], words: Words
) -> tuple[Event, ...]:
    """The events that no question gives away or is given away by, shuffled.

    The essential ones come first; the others help where those are too few.
    """
    wanted, asked = dossier.questions.worksheet, _asked_for(dossier.questions.questions)

    def mixed(events: Iterable[Event]) -> tuple[Event, ...]:
        free = [
            event
            for event in events
            if event.id not in asked
            and not reveals(f"{words(event.title)} {words(event.text)}", secrets)
        ]
        return shuffled(free, seed, "chronology", lambda event: event.id)

    essential = essential_events(dossier)
    first = mixed(essential)
    if len(first) >= wanted.cards + wanted.gaps:
        return first
    return (*first, *mixed(event for event in dossier.events.values() if event not in essential))


def _cards(events: Iterable[Event], most: int, language: str, words: Words) -> list[Event]:
    """As many events as are wanted, none of which speaks of a day or overlaps with another."""
    cards: list[Event] = []
    for event in events:
        if len(cards) == most:
            break
        undated = not _speaks_of_dates(words(event.text), language)
        if undated and all(_apart(event, other) for other in cards):
            cards.append(event)
    return cards if len(cards) >= LEAST else []


def _rows(
    events: Iterable[Event], dossier: Dossier, secrets: Sequence[str], words: Words
) -> list[Gapped]:
    """As many rows as are wanted, in turn without their date and without a name."""
    rows: list[Gapped] = []
    for event in events:
        if len(rows) == dossier.questions.worksheet.gaps:
            break
        row = _row(event, dossier, words, prefer_date=len(rows) % 2 == 0)
        shown = "" if row is None or row.dated else facts.event_date(event, dossier.meta.language)
        if row is not None and not reveals(shown, secrets):
            rows.append(row)
    return rows if len(rows) >= LEAST else []


def _asked_for(questions: Iterable[Question]) -> set[str]:
    """The events whose dates or order questions ask for."""
    found: set[str] = set()
    for question in questions:
        found.update(question.order)
        sides = [entry for pair in question.pairs for entry in (pair.item, pair.goes_with)]
        for entry in (*question.answer, *question.options, *sides):
            found.update(entry.span or ())
            found.add(entry.event or "")
            found.add((entry.fact or "").partition(".")[0])
    return found


def _apart(one: Event, other: Event) -> bool:
    """Whether one of two events was over before the other began, by every account."""
    first, second = dates.spanning(one.all_dates), dates.spanning(other.all_dates)
    return (
        first.latest.number < second.earliest.number or second.latest.number < first.earliest.number
    )


def _row(event: Event, dossier: Dossier, words: Words, prefer_date: bool) -> Gapped | None:
    """The row of an event with its gap; None where whatever is taken out stays in the rest."""
    text = f"{words(event.title)} {words(event.text)}"
    dated = None if reveals(text, date_forms(event, dossier.meta.language)) else Gapped(event)
    names = [name for name in _names(event, dossier) if folded(name) in folded(text)]
    named = Gapped(event, names[0]) if names else None
    return (dated or named) if prefer_date else (named or dated)


def _names(event: Event, dossier: Dossier) -> list[str]:
    places = [dossier.places[ident] for ident in event.places if ident in dossier.places]
    return [name for place in places for name in (re.sub(r" \(.*\)$", "", place.name), *place.also)]


def date_forms(event: Event, language: str) -> tuple[str, ...]:
    """The date of an event as it may be written: every account, with the year and without."""
    forms = [facts.event_date(event, language)]
    for date in event.all_dates:
        forms.append(dates.show(date, language))
        if date.points[0].month:
            forms.append(dates.show(date, language, year=False))
    return tuple(dict.fromkeys(forms))


def reveals(text: str, secrets: Iterable[str]) -> bool:
    """Whether any of ``secrets`` can be read in ``text``."""
    shown = folded(text)
    return any(folded(secret) in shown for secret in secrets if folded(secret).strip())


@lru_cache(maxsize=16)
def _day_of_month(language: str) -> re.Pattern[str]:
    months = locale.cldr(language).months["format"]["wide"].values()
    names = "|".join(re.escape(name) for name in months)
    return re.compile(rf"\d\.?\s*({names})\b|\b({names})\s*\d", re.IGNORECASE)


def _speaks_of_dates(text: str, language: str) -> bool:
    return bool(_day_of_month(language).search(text))


def pieces(text: str, name: str) -> tuple[str, ...]:
    """``text`` cut at every place where ``name`` stands as a word of its own."""
    if not name:
        return (text,)
    return tuple(re.split(rf"(?<!\w){re.escape(name)}(?!\w)", text))


# -- other tasks -----------------------------------------------------------------------------------


def terms(dossier: Dossier, seed: int, secrets: Sequence[str], words: Words) -> tuple[Term, ...]:
    """Terms to match with their meanings: short ones, that neither name the term nor an answer.

    A term that a question is about is left out, for its meaning might answer it.
    """
    asked = {ident for question in dossier.questions.questions for ident in question.about}
    fitting = [
        term
        for term in dossier.glossary.terms
        if term.id not in asked
        and not reveals(words(term.definition), (term.term, *term.also, *secrets))
        and len(words(term.definition).split()) <= TERM_WORDS
    ]
    most = dossier.questions.worksheet.match
    mixed = shuffled(fitting, seed, "terms", lambda term: term.id)
    some = tuple(sorted(mixed, key=lambda term: _shares_a_word(term, words)))[:most]
    return some if len(some) >= LEAST else ()


def _shares_a_word(term: Term, words: Words) -> bool:
    """Whether a word of the term stands in its meaning, which then is found by looking."""
    meant = set(folded(words(term.definition)).split())
    return any(len(word) >= LONG and word in meant for word in folded(term.term).split())


def tells(text: str) -> bool:
    """Whether ``text`` is long enough to be an answer wherever it stands."""
    found = folded(text).split()
    return len(found) > 1 and sum(map(len, found)) >= 8
