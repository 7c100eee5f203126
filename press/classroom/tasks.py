"""What a worksheet asks: chosen from the dossier by a seed, so that no task answers another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press import dates, locale
from press.classroom.seeds import shuffled
from press.classroom.telling import Shown, Sought, sought_date, tells
from press.content import facts
from press.content.model import Dossier, Event, Person, Place, Question, Term
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
BLANK = " _ "
"""What stands for a gap where the texts of a row are searched."""


@dataclass(frozen=True)
class Gapped:
    """A row of the chronology with one gap: its date, or a name that stands in its words."""

    event: Event
    sought: Sought
    name: str = ""

    @property
    def dated(self) -> bool:
        """Whether the date is asked for."""
        return not self.name


@dataclass(frozen=True)
class Refused:
    """A gap that was not made: what it would have asked for stands elsewhere on the worksheet."""

    event: str
    answer: str
    where: str


@dataclass(frozen=True)
class Chosen:
    """The rows with gaps and the events on cards, in the order of their dates.

    ``refused`` are gaps that could not be made.
    """

    rows: tuple[Gapped, ...]
    cards: tuple[Event, ...]
    refused: tuple[Refused, ...] = ()


def choose(
    dossier: Dossier,
    seed: int,
    secrets: Sequence[Sought],
    words: Words,
    printed: Sequence[Shown] = (),
) -> Chosen:
    """Rows and cards of one worksheet, which share no event; all of them stand on the handout.

    ``secrets`` are the answers of questions: what tells one is left out. So are the events whose
    dates or order a question asks for. No gap asks for what ``printed``, a card or another row
    tells.
    """
    wanted = dossier.questions.worksheet
    events = _candidates(dossier, seed, secrets, words)
    most, total = wanted.cards, wanted.cards + wanted.gaps
    if len(events) < total:
        most = len(events) * wanted.cards // total
    cards = _cards(events, most, dossier.meta.language, words)
    others = [event for event in events if event not in cards]
    told = [*printed, *(Shown("a card", f"{words(c.title)} {words(c.text)}") for c in cards)]
    rows, refused = _rows(others, dossier, secrets, words, told)
    order = list(dossier.events)
    return Chosen(
        tuple(sorted(rows, key=lambda row: order.index(row.event.id))),
        tuple(dossier.in_time(cards)),
        tuple(refused),
    )


def _candidates(
    dossier: Dossier, seed: int, secrets: Sequence[Sought], words: Words
) -> tuple[Event, ...]:
    """The events of the handout that no question gives away or is given away by, shuffled."""
    asked, languages = _asked_for(dossier.questions.questions), (dossier.meta.language,)
    free = [
        event
        for event in essential_events(dossier)
        if event.id not in asked
        and not reveals(f"{words(event.title)} {words(event.text)}", secrets, languages)
    ]
    return shuffled(free, seed, "chronology", lambda event: event.id)


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
    events: Iterable[Event],
    dossier: Dossier,
    secrets: Sequence[Sought],
    words: Words,
    printed: Sequence[Shown],
) -> tuple[list[Gapped], list[Refused]]:
    """As many rows as are wanted, in turn without their date and without a name.

    With them, the gaps that are answered elsewhere: by ``printed``, or by a row that was taken.
    """
    rows: list[Gapped] = []
    refused: list[Refused] = []
    told, languages = list(printed), (dossier.meta.language,)
    for event in events:
        if len(rows) == dossier.questions.worksheet.gaps:
            break
        kept = [*secrets, *(row.sought for row in rows)]
        for gapped in _gaps_of(event, dossier, words, dated_first=len(rows) % 2 == 0):
            rest = _rest(gapped, dossier.meta.language, words)
            if reveals(rest, (gapped.sought, *kept), languages):
                continue
            where = next((one.where for one in told if one.tells(gapped.sought, languages)), "")
            if where:
                refused.append(Refused(event.id, gapped.sought.words[0], where))
                continue
            rows.append(gapped)
            told.append(Shown(f"the row of {event.id}", rest))
            break
    taken = {row.event.id for row in rows}
    refused = [one for one in refused if one.event not in taken]
    return (rows, refused) if len(rows) >= LEAST else ([], refused)


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


def _gaps_of(
    event: Event, dossier: Dossier, words: Words, *, dated_first: bool
) -> Iterator[Gapped]:
    """Every gap that the row of an event may have: its date, or a name in its words."""
    text = folded(f"{words(event.title)} {words(event.text)}")
    dated = Gapped(event, sought_date(event, dossier.meta.language))
    named = [
        Gapped(event, Sought((name, *also), name=True), name)
        for name, *also in _names(event, dossier)
        if folded(name) in text
    ]
    yield from (dated, *named) if dated_first else (*named, dated)


def _rest(gapped: Gapped, language: str, words: Words) -> str:
    """What the row of a gap prints beside it."""
    event = gapped.event
    date = "" if gapped.dated else facts.event_date(event, language)
    texts = (words(event.title), words(event.text))
    return " ".join((date, *(BLANK.join(pieces(text, gapped.name)) for text in texts)))


def _names(event: Event, dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """The names that may be asked for: of the event's places, and of people by their last name.

    Each with the other names by which it would be told.
    """
    for place in (dossier.places[ident] for ident in event.places if ident in dossier.places):
        own, others = names_of(place)
        for name in own:
            yield name, *(other for other in (*own, *others) if other != name)
    yield from map(names_of_person, dossier.people.people)


def names_of(place: Place) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that a place has in the dossier's language, and those in others."""
    others = (name for one in place.names for name in (one.name, one.latin) if name)
    return (_plain(place.name), *place.also), tuple(others)


def names_of_person(person: Person) -> tuple[str, ...]:
    """The last name of somebody, and other names."""
    return person.name.partition(",")[0], *(one.name for one in person.names)


def _plain(name: str) -> str:
    """The name of a place without what tells it from another."""
    return re.sub(r" \(.*\)$", "", name)


def reveals(text: str, secrets: Iterable[Sought], languages: Sequence[str]) -> bool:
    """Whether any of ``secrets`` can be read in ``text``."""
    return any(tells(secret, text, languages) for secret in secrets)


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


def terms(dossier: Dossier, seed: int, secrets: Sequence[Sought], words: Words) -> tuple[Term, ...]:
    """Terms to match with their meanings: short ones, that neither name the term nor an answer.

    A term that a question is about is left out, for its meaning might answer it.
    """
    asked = {ident for question in dossier.questions.questions for ident in question.about}
    languages = (dossier.meta.language,)
    fitting = [
        term
        for term in dossier.glossary.terms
        if term.id not in asked
        and not reveals(words(term.definition), (Sought((term.term, *term.also)),), languages)
        and not reveals(f"{term.term} {words(term.definition)}", secrets, languages)
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
