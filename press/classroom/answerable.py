"""Whether somebody with the handout can answer: what a question asks for is printed on it.

Looked for are what stands elsewhere in the dossier (the date of an event, a place, a term, a fact
and each account of it, what a question is about), the places and people that a question names, and
typed answers that are nothing but a name, a date or a number. Answers in sentences are not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from press.base.finding import Finding
from press.classroom.shown import printed
from press.classroom.tasks import names_of, names_of_person
from press.classroom.telling import sought_answer, tells
from press.content.load import Loaded
from press.content.model import Dossier, Entry, Question
from press.dates.typed import typed
from press.views.chronology import PhaseView
from press.views.strip_links import UnlinkedProse, folded, words
from press.views.values import value


@dataclass(frozen=True)
class OnHandout:
    """What a handout prints: its events, those whose accounts are told, and all of its texts."""

    events: frozenset[str]
    accounts: frozenset[str]
    texts: str

    def has(self, words: str) -> bool:
        """Whether these words stand on it."""
        return folded(words) in self.texts


def on_handout(
    phases: Iterable[PhaseView], accounts: Collection[str], texts: Iterable[object]
) -> OnHandout:
    """What a handout with these events, accounts and other ``texts`` prints."""
    events = [event for phase in phases for event in phase.events]
    shown = [printed((event.date, event.title, event.text)) for event in events]
    told = [printed(event.claims) for event in events if event.id in accounts]
    every = (text for part in (*shown, *told, printed(tuple(texts))) for text in part)
    return OnHandout(
        frozenset(event.id for event in events),
        frozenset(accounts),
        " | ".join(folded(text) for text in every),
    )


def told_events(question: Question) -> Iterator[str]:
    """The events whose accounts a question may ask for."""
    yield from question.about
    for entry in question.answer:
        yield entry.event or (entry.fact or "").partition(".")[0]


def lacking(question: Question, handout: OnHandout, prose: UnlinkedProse) -> Iterator[str]:
    """What the handout would have to print, so that the question can be answered from it."""
    dossier = prose.dossier
    for ident in (*question.order, *question.about):
        if ident in dossier.events and ident not in handout.events:
            yield f"the event {ident!r}"
        elif ident in dossier.places and not handout.has(dossier.places[ident].name):
            yield f"the place {ident!r}"
    asked = folded(prose.words(question.question))
    yield from (f"“{first}”" for first, *also in _names(dossier)
                if any(folded(name) in asked for name in (first, *also))
                and not any(map(handout.has, (first, *also))))  # fmt: skip
    sides = (entry for pair in question.pairs for entry in (pair.item, pair.goes_with))
    for entry in (*question.answer, *sides):
        yield from _lacking_of(entry, handout, prose)


def _names(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """The names of places and people, each with the others that it may be told by."""
    for place in dossier.gazetteer.places:
        own, others = names_of(place)
        yield (*own, *others)
    yield from map(names_of_person, dossier.people.people)


def _typed(words: str, handout: OnHandout, prose: UnlinkedProse) -> bool:
    """Whether a typed answer is a bare name, date or number that does not stand on the handout."""
    if handout.has(words):
        return False
    bare, language = folded(words), prose.language
    if found := next((n for n in _names(prose.dossier) if bare in map(folded, n)), None):
        return not any(map(handout.has, found))
    dates = list(typed(words, language))
    if len(dates) == 1 and dates[0].begin == 0 and dates[0].end == len(words):
        there = ((one.year, one.month, one.days) for one in typed(handout.texts, language))
        return (dates[0].year, dates[0].month, dates[0].days) not in there
    sought = sought_answer(words)
    return bool(sought.number) and not tells(sought, handout.texts, (language,))


def _lacking_of(entry: Entry, handout: OnHandout, prose: UnlinkedProse) -> Iterator[str]:
    """What the handout lacks of a value that stands elsewhere in the dossier."""
    dossier = prose.dossier
    subject, _, fact = (entry.fact or "").partition(".")
    if entry.text or entry.claims:
        if entry.text and _typed(words(prose.inline(entry.text)), handout, prose):
            yield f"“{words(prose.inline(entry.text))}”"
        return
    for ident in (entry.event, *(entry.span or ()), subject if fact == "date" else None):
        if ident in dossier.events and ident not in handout.events:
            yield f"the event {ident!r}"
    if fact == "date" and subject in handout.events:
        if dossier.events[subject].claims and subject not in handout.accounts:
            yield f"who gives which date of {subject!r}"
        return
    places = (dossier.places.get(ident or "") for ident in (entry.place, *entry.places))
    names = [place.name for place in places if place is not None]
    if term := dossier.terms.get(entry.term or ""):
        names.append(term.term)
    if entry.fact:
        shown = value(entry, prose)
        names += [words(one.html) for one in shown.claims] or [words(shown.html)]
    yield from (f"“{name}”" for name in names if not handout.has(name))


def unanswerable(
    loaded: Loaded,
    asked: Iterable[Question],
    handout: OnHandout,
    prose: UnlinkedProse,
    or_else: str,
) -> Iterator[Finding]:
    """P434: a question that nobody can answer from the handout, and what that would need.

    ``or_else`` is what an author can do about it beside asking for what the handout has.
    """
    listed = [question.id for question in loaded.dossier.questions.questions]
    for question in asked:
        if missing := list(dict.fromkeys(lacking(question, handout, prose))):
            message = (
                f"question {question.id!r} cannot be answered from the handout, which does not "
                f"print {', '.join(missing)}"
            )
            hint = f"mark essential: true what it needs, ask something else, or {or_else}"
            loc = ("questions", listed.index(question.id), "question")
            yield loaded.finding("questions.yaml", loc, "P434", message, hint)
