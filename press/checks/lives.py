"""Births and deaths in words, against people.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from press.base.finding import Place, Remark, place_text
from press.base.own_yaml import beside
from press.checks.clauses import Clause, any_of, clause_of, plain, words_of
from press.checks.happened import events_of, grammar_of, told_of
from press.checks.known import Known, Sentence, known, own_sentences
from press.checks.likeness import day_slip
from press.checks.numerals import numbers
from press.checks.texts import Passage
from press.content.load import Loaded
from press.content.model import Person
from press.content.model.people import spoken
from press.content.walk import each
from press.dates import Date, show
from press.dates.typed import Typed, typed

Key = Literal["born", "died"]
_KEYS: Mapping[str, Key] = {"birth": "born", "death": "died"}
_IN_YEAR = re.compile(r"\b(?:in|im|en|Jahre)\s+(\d{4})(?![\d\w]|\.\d)")
_LIFE = re.compile(r"\s*\((\d{4})[–-](\d{4})\)")
_WHOSE = re.compile(r"['’]s(?!\w)")
_WHO = re.compile(r",\s*(?:who|der|die|qui)\s*")


def life_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W405: somebody is born or dies on another day or in another year than in people.yaml.

    Why: Who was who prints the one and the chapter the other. What counts is a name with born, died
        or a word of that kind behind it and a date, or with two years in brackets; an age at death;
        and the event whose text names the person with such a word, on nearly that day.
    Wrong: Darwin was born on 12 February 1808.      # and born: 1809-02-12
    Right: Darwin was born on 12 February 1809.
    Remedy: Correct one of the two.
    """
    people = _people(loaded)
    if not people:
        return
    data = known(loaded)
    for passage, offset, text, floor in _told(loaded):
        for name in everybody(loaded).finditer(text):
            if plain(name[0]) not in people or _WHOSE.match(text, name.end()):
                continue
            at, person = people[plain(name[0])]
            sentence = data.read(passage, offset, text)
            for begin, key, shown, given in _said_of(loaded, data, sentence, name, person):
                if begin < floor:
                    continue
                there = place_text(at[key])
                date = show(given, data.language)
                message = f"{shown!r} is not when {spoken(person.name)} was {key}, {date} ({there})"
                if key == "died":
                    message = message.replace(" was died", " died")
                yield sentence.at(begin), message, "correct one of the two"

    yield from _died_at_another_age(loaded, people)
    yield from _another_day_than_the_event(loaded)


def _died_at_another_age(
    loaded: Loaded, people: Mapping[str, tuple[dict[Key, Place], Person]]
) -> Iterator[Remark]:
    """Ages at death in words: he died in the clinic, aged 66."""
    language, rules = known(loaded).language, grammar_of(loaded)
    aged = _words(language)["aged"]
    for passage, offset, text, floor in _told(loaded):
        match = aged.search(text, floor)
        named = {plain(name[0]) for name in everybody(loaded).finditer(text)} if match else set()
        if match is None or len(named) != 1 or "death" not in rules.said(text[floor:]):
            continue
        found = [n for n in numbers(text, language) if 0 <= n[0] - match.end() <= _NEXT]
        at, person = people.get(named.pop(), ({}, None))
        if not found or person is None or person.born is None or person.died is None:
            continue
        born, died = person.born, person.died
        most = died.latest.year - born.earliest.year
        exact = born.precision == died.precision == "day"
        before = (died.earliest.month, died.earliest.day) < (born.earliest.month, born.earliest.day)
        right = {most - before} if exact else {most, most - 1}
        if found[0][2] not in right:
            shown = text[match.start() : found[0][1]]
            message = f"{shown!r} is not the age at which {spoken(person.name)} died"
            there = f"{show(born, language)} to {show(died, language)} ({place_text(at['died'])})"
            yield passage.at(offset + found[0][0]), f"{message}, {there}", "correct one of the two"


_NEXT = 2
"""Letters between the word for an age and its number."""


def _another_day_than_the_event(loaded: Loaded) -> Iterator[Remark]:
    """Days in people.yaml that are nearly that of the event of their birth or death."""
    of, language = events_of(loaded), known(loaded).language
    for at, person in each(loaded, Person):
        last = person.name.partition(", ")[0]
        for event in loaded.dossier.events.values():
            told = f"{event.title} {event.text}"
            if event.date is None or event.date.precision != "day" or last not in told:
                continue
            for group, key in _KEYS.items():
                given = _given(person, key)
                if given is None or given.precision != "day" or group not in of.grammar.said(told):
                    continue
                both = (given.earliest, event.date.earliest)
                days = [(day.year, day.month, day.day) for day in both]
                if day_slip(days[0], days[1]) > 0:
                    shown, other = show(given, language), show(event.date, language)
                    message = f"{shown} is not the day of event {event.id!r}, {other}"
                    yield at(key), message, "correct one of the two"


def _told(loaded: Loaded) -> Iterator[tuple[Passage, int, str, int]]:
    """Each sentence; one that begins with a pronoun also behind the one before, and from where."""
    opens = re.compile(_words(known(loaded).language)["pronouns"].pattern + r"\s", re.IGNORECASE)
    before: tuple[Passage, int, str] | None = None
    for passage, offset, text in own_sentences(loaded):
        if passage.name.startswith("person."):
            continue
        yield passage, offset, text, 0
        if before and before[0] is passage and opens.match(text):
            gap = passage.own[before[1] + len(before[2]) : offset]
            if "\n\n" not in gap and before[2][-1:] in ".!?":
                joined = f"{before[2][:-1]};{gap}{text}"
                yield passage, before[1], joined, len(before[2]) + len(gap)
        before = passage, offset, text


@lru_cache(maxsize=16)
def _words(language: str) -> Mapping[str, re.Pattern[str]]:
    table = beside(__file__).get(language.partition("-")[0], {})
    return {key: any_of(words_of(table.get(key, ""))) for key in ("pronouns", "kin", "aged")}


@lru_cache(maxsize=2)
def _people(loaded: Loaded) -> Mapping[str, tuple[dict[Key, Place], Person]]:
    """Each person with a date of birth or death, by each name; with where the dates stand."""
    found: dict[str, tuple[dict[Key, Place], Person]] = {}
    for at, person in each(loaded, Person):
        if person.born or person.died:
            places: dict[Key, Place] = {"born": at("born"), "died": at("died")}
            for name in (person.name, *person.also, *person.matches):
                found.setdefault(plain(spoken(name)), (places, person))
    return found


def _said_of(
    loaded: Loaded, data: Known, sentence: Sentence, name: re.Match[str], person: Person
) -> Iterator[tuple[int, Key, str, Date]]:
    """Where a sentence says when the person of a name was born or died, and it was not then."""
    text, rules = sentence.text, grammar_of(loaded)
    if life := _LIFE.match(text, name.end()):
        for group, side in enumerate(_KEYS.values(), start=1):
            given = _given(person, side)
            if given and not _in_year(int(life[group]), given):
                yield life.start(group), side, life[group], given
        return
    if rules.attributed.search(text):
        return
    dates: list[Typed | re.Match[str]] = [*typed(text, data.language), *_IN_YEAR.finditer(text)]
    for date in dates:
        begin, end = (date.begin, date.end) if isinstance(date, Typed) else date.span(1)
        clause = clause_of(text, begin, end, rules)
        key = _key(clause.groups) if clause else None
        given = _given(person, key) if key else None
        if clause is None or key is None or given is None:
            continue
        if not _is_subject(text, name, clause, begin, loaded):
            continue
        if isinstance(date, Typed):
            wrong = not date.agrees(given) and not told_of(loaded, sentence, date)
        else:
            wrong = not _in_year(int(date[1]), given)
        if wrong:
            yield begin, key, text[begin:end], given


def _key(groups: frozenset[str]) -> Key | None:
    return next((_KEYS[group] for group in sorted(groups) if group in _KEYS), None)


def _given(person: Person, key: Key) -> Date | None:
    return person.born if key == "born" else person.died


def _is_subject(text: str, name: re.Match[str], clause: Clause, date: int, loaded: Loaded) -> bool:
    """Whether the name stands in the clause before the date, or before ", who" or ", born".

    Or a pronoun begins the clause, and nobody else is named before it.
    """
    if clause.begin <= name.start() < date:
        return True
    between = text[name.end() : clause.begin]
    born = between.strip() == "," and clause.text.strip().casefold().startswith(clause.verb)
    if born or _WHO.fullmatch(between):
        return True
    words = _words(known(loaded).language)
    if name.end() > clause.begin or not words["pronouns"].match(clause.text.lstrip()):
        return False
    named = {plain(match[0]) for match in everybody(loaded).finditer(text, 0, date)}
    return len(named) == 1 and not words["kin"].search(text, 0, date)


def kin_of(language: str) -> re.Pattern[str]:
    """Words for somebody else than the one who is named: his father, her sister."""
    table = beside(__file__).get(language.partition("-")[0], {})
    return any_of(word for word in words_of(table.get("kin", "")) if len(word) > _SHORT)


_SHORT = 3
"""Letters of "his" and "her", which stand before other things as well."""


@lru_cache(maxsize=2)
def everybody(loaded: Loaded) -> re.Pattern[str]:
    """Every name of a person, as it is typed, with dates or without."""
    names = [
        spoken(name)
        for _, person in each(loaded, Person)
        for name in (person.name, *person.also, *person.matches)
    ]
    return any_of(names)


def _in_year(year: int, given: Date) -> bool:
    slack = 1 if given.approximate or given.uncertain else 0
    return given.earliest.year - slack <= year <= given.latest.year + slack
