"""What a worksheet asks: chosen from the dossier by a seed, so that no task answers another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press import dates, locale
from press.classroom.lean import folded
from press.classroom.seeds import shuffled
from press.content import facts
from press.content.model import Dossier, Event, Map, Question, Term

Words = Callable[[str], str]
"""The words of a field, without Markdown's marks."""

LEAST = 2
"""Rows or cards with which a task makes sense."""
LONG = 5
"""Letters of a word that tells."""
TERM_WORDS = 45
"""Words of a meaning that can still be matched."""


@dataclass(frozen=True)
class Row:
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

    rows: tuple[Row, ...]
    cards: tuple[Event, ...]


def essential(dossier: Dossier) -> tuple[Event, ...]:
    """The events that short editions print: the essential ones, or all where none is marked."""
    events = tuple(dossier.events.values())
    return tuple(event for event in events if event.essential) or events


def choose(dossier: Dossier, seed: int, secrets: Sequence[str], words: Words) -> Chosen:
    """Rows and cards of one sheet, which share no event.

    ``secrets`` are the answers of questions: what shows one is left out. So are the events whose
    dates or order a question asks for.
    """
    wanted = dossier.questions.worksheet
    told = _asked_for(dossier.questions.questions)

    def fit(events: Iterable[Event]) -> list[Event]:
        return [
            event
            for event in events
            if event.id not in told
            and not reveals(f"{words(event.title)} {words(event.text)}", secrets)
        ]

    free = fit(essential(dossier))
    mixed = shuffled(free, seed, "chronology", lambda event: event.id)
    if len(free) < wanted.cards + wanted.gaps:  # then the less essential ones have to help
        rest = fit(event for event in dossier.events.values() if event not in free)
        more = shuffled(rest, seed, "chronology", lambda event: event.id)
        free, mixed = [*free, *rest], (*mixed, *more)
    most = wanted.cards if len(free) >= wanted.cards + wanted.gaps else min(
        wanted.cards, len(free) // 2 if wanted.gaps else len(free)
    )  # fmt: skip
    cards: list[Event] = []
    for event in mixed:
        undated = not _speaks_of_dates(words(event.text), dossier.meta.language)
        if len(cards) < most and undated and all(_apart(event, other) for other in cards):
            cards.append(event)
    if len(cards) < LEAST:
        cards = []
    rows: list[Row] = []
    for event in mixed:
        if event in cards or len(rows) >= wanted.gaps:
            continue
        row = _row(event, dossier, words, prefer_date=len(rows) % 2 == 0)
        shown = "" if row is None or row.dated else facts.event_date(event, dossier.meta.language)
        if row is not None and not reveals(shown, secrets):
            rows.append(row)
    if len(rows) < LEAST:
        rows = []
    rows.sort(key=lambda row: row.event.when.sort_key)
    cards.sort(key=lambda event: event.when.sort_key)
    return Chosen(tuple(rows), tuple(cards))


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


def _row(event: Event, dossier: Dossier, words: Words, prefer_date: bool) -> Row | None:
    """The row of an event with its gap; None where whatever is taken out stays in the rest."""
    text = f"{words(event.title)} {words(event.text)}"
    dated = None if reveals(text, date_forms(event, dossier.meta.language)) else Row(event)
    names = [name for name in _names(event, dossier) if folded(name) in folded(text)]
    named = Row(event, names[0]) if names else None
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
    told = {ident for question in dossier.questions.questions for ident in question.about}
    fitting = [
        term
        for term in dossier.glossary.terms
        if term.id not in told
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


def outline(dossier: Dossier, filled: bool, title: str, area: str) -> Map | None:
    """The map to label: boundaries and waters, the names of some places left out.

    ``title`` stands over it, and ``area`` is the legend of the areas: the author's own would name
    what is asked for. None where the dossier has no map, or nothing to label.
    """
    wanted = dossier.questions.worksheet
    maps = [plate for plate in dossier.plates.plates if isinstance(plate, Map)]
    found = next((plate for plate in maps if wanted.map in (None, plate.id)), None)
    if found is None:
        return None
    named = {ident for event in essential(dossier) for ident in event.places}
    ids = wanted.label or tuple(
        place.id for place in dossier.gazetteer.places if place.id in named and place.at
    )
    if not ids:
        return None
    areas = tuple(
        chosen.model_copy(update={"event": None, "style": "outline", "legend": area, "label": ""})
        for chosen in found.areas
    )
    return found.model_copy(
        update={
            "title": title, "blanks": ids, "filled": filled, "areas": areas, "arrows": (),
            "stages": (),
            "markers": "signs", "relief": False, "tints": False, "towns": False, "inset": False,
            "size": "half", "caption": "", "subtitle": "", "note": "", "until": None,
        }
    )  # fmt: skip


def tells(text: str) -> bool:
    """Whether ``text`` is long enough to be an answer wherever it stands."""
    found = folded(text).split()
    return len(found) > 1 and sum(map(len, found)) >= 8
