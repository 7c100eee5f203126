"""Answers for a class that are numbers, and numbers in what it is to judge, against the facts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from press.base.finding import Remark
from press.checks.clauses import any_of
from press.checks.happened import grammar_of
from press.checks.known import addressed, known, stems_of
from press.checks.numerals import numbers
from press.checks.texts import WORD, Passage
from press.checks.units import has_unit
from press.checks.words import listed
from press.content import facts
from press.content.load import Loaded
from press.content.model import Fact, Question
from press.content.walk import At, each
from press.dates.typed import typed

MORE = 2
"""Words that a statement may have beside the event and its date, and be about nothing else."""
BESIDE = 3
"""Words that an answer may have beside a date, and be no more than that."""


def typed_in(passage: Passage, language: str) -> bool:
    """Whether a statement gives a date, by which it is judged."""
    return any(True for _ in typed(passage.own, language))


def judged_number(loaded: Loaded, at: At, passage: Passage, question: Question) -> Iterator[Remark]:
    """What is wrong with calling a number of something under about right, or wrong."""
    data, said = known(loaded), question.answer[0].text == "true"
    if typed_in(passage, data.language):
        return
    found = list(numbers(passage.own, data.language))
    for address, fact, more in _facts(loaded, question):
        values = _values(fact, data.language)
        if (
            len(found) != 1
            or len(values) != 1
            or not has_unit(passage.own, found[0][1], fact.unit, data.language)
        ):
            continue
        own = stems_of(f"{more} {fact.label} {fact.scope} {fact.unit}", data.language)
        digits = stems_of(passage.own[found[0][0] : found[0][1]], data.language)
        sentence = data.read(passage, 0, passage.own)
        labelled = stems_of(fact.label, data.language) - stems_of(fact.unit, data.language)
        if (
            len(sentence.stems - own - digits - data.of_places) > MORE
            or not labelled & sentence.stems
        ):
            continue
        if (found[0][2] in values) != said and not grammar_of(loaded).unsure.search(passage.own):
            verb, other = ("true", "false") if said else ("false", "true")
            value = facts.value(fact, data.language)
            message = f"this is called {verb}, and the fact {address!r} is {value}"
            yield at("answer"), message, f"write answer: {other}, or correct the number"


def _facts(loaded: Loaded, question: Question) -> Iterator[tuple[str, Fact, str]]:
    """The facts with a unit of what a question is about, with the words of their owner."""
    for ident in question.about:
        event, place = (getattr(loaded.dossier, kind).get(ident) for kind in ("events", "places"))
        owner = event or place
        words = f"{event.title} {event.text}" if event else getattr(place, "name", "")
        for name, fact in (owner.facts if owner else {}).items():
            if fact.unit:
                yield f"{ident}.{name}", fact, words


def _values(fact: Fact, language: str) -> set[float]:
    return {value for *_, value in numbers(fact.text, language)}


@lru_cache(maxsize=2)
def miscounted(loaded: Loaded) -> tuple[Remark, ...]:
    """Answers to "how many" that none of the facts of that unit has."""
    asked = ((at, one) for at, one in each(loaded, Question) if one.kind != "true-false")
    return tuple(remark for at, one in asked for remark in _counted(loaded, at, one))


def _counted(loaded: Loaded, at: At, question: Question) -> Iterator[Remark]:
    """Answers to "how many" that none of the facts of that unit has which the question is about."""
    language = known(loaded).language
    asked = any_of(listed(loaded, "check.how-many")).match(question.question.strip())
    if not asked or len(question.answer) != 1:
        return
    text = question.answer[0].text
    found = list(numbers(text, language))
    if len(found) != 1 or len(WORD.findall(text)) > BESIDE:
        return
    words = stems_of(question.question, language)
    near: list[tuple[int, str, Fact]] = []
    same: set[float] = set()
    for address, fact, own in _all_facts(loaded):
        unit = stems_of(fact.unit, language)
        if not unit or not unit <= words | stems_of(text, language):
            continue
        shared = (stems_of(f"{fact.label} {fact.scope} {own}", language) - unit) & words
        same |= {v for claim in fact.claims or (fact,) for *_, v in numbers(claim.text, language)}
        near.append((len(shared), address, fact))
    near.sort(key=lambda one: (-one[0], one[1]))
    sums = {one + two for one in same for two in same} | {one - two for one in same for two in same}
    if near and near[0][0] >= BESIDE - 1 and found[0][2] not in same | sums:
        _, address, fact = near[0]
        message = f"{text!r} is no fact; {address!r} is {facts.value(fact, language)}"
        yield at("answer", 0), message, f"write answer: {{fact: {address}}}, or correct the number"


def _all_facts(loaded: Loaded) -> Iterator[tuple[str, Fact, str]]:
    """Every fact with a unit, its address, and the words of what has it."""
    for address, same in addressed(loaded).items():
        for found in same:
            if found.fact and found.fact.unit:
                event = loaded.dossier.events.get(address.partition(".")[0])
                yield address, found.fact, f"{event.title} {event.text}" if event else ""
