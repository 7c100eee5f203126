"""Ages in words, and how long somebody had been dead, against people.yaml and the date beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from press.base.finding import Place, Remark, place_text
from press.base.own_yaml import beside
from press.checks import lives
from press.checks.clauses import any_of, plain, words_of
from press.checks.happened import grammar_of
from press.checks.intervals import Stretch, extent_of, lengths
from press.checks.known import known
from press.checks.moments import Moment, TimedSentence, timed
from press.checks.named_events import event_named
from press.checks.numerals import numbers
from press.checks.texts import REFERENCE
from press.content.load import Loaded
from press.content.model import Person
from press.content.model.people import spoken
from press.content.walk import each
from press.dates import Date, show

_YEAR = 365.2425
_HINT = "correct one of the two"


def aged_otherwise(loaded: Loaded) -> Iterator[Remark]:
    """W416: somebody's age, or how long they had been dead, is not what their dates give.

    Why: He was sixty-three when …, in her ninety-first year, he had been dead for six weeks: they
        are typed, and nobody counts them again. Who is meant is the one person named last; when,
        the one date or event of the sentence. Somebody who died before being born is told of too.
    Wrong: He was forty-five when, on [[event:summit]], the rope broke.       # born: 1840-04-27
    Right: He was twenty-five when, on [[event:summit]], the rope broke.
    Remedy: Count again, or correct the dates in people.yaml.
    """
    yield from _turned(loaded)
    people = _people(loaded)
    table = _words(known(loaded).language)
    if not people or not table:
        return
    for paragraph in timed(loaded):
        for number, one in enumerate(paragraph):
            if not one.passage.name.startswith("person."):
                before = paragraph[:number]
                yield from _at_a_date(loaded, people, one, before, table)
                yield from _long_dead(loaded, people, one, before, table)


def _turned(loaded: Loaded) -> Iterator[Remark]:
    """People who died before they were born."""
    language = known(loaded).language
    for at, person in each(loaded, Person):
        born, died = person.born, person.died
        if born and died and died.latest.number < born.earliest.number:
            message = f"{spoken(person.name)} died {show(died, language)}, before being born"
            yield at("died"), f"{message}, {show(born, language)}", _HINT


@lru_cache(maxsize=16)
def _words(language: str) -> Mapping[str, re.Pattern[str]]:
    table = beside(__file__).get(language.partition("-")[0], {})
    return {key: any_of(words_of(words)) for key, words in table.items() if key != "ordinals"}


@lru_cache(maxsize=16)
def ordinals(language: str) -> Mapping[str, int]:
    """The ordinals of a language up to a hundred and nine, by their words."""
    table = beside(__file__).get(language.partition("-")[0], {}).get("ordinals", {})
    ones, tens = words_of(table.get("ones", "")), words_of(table.get("tens", ""))
    cardinal = words_of(table.get("before", ""))
    found = {word: number for number, word in enumerate(ones, start=1)}
    for number, word in enumerate(tens, start=2):
        found[word] = 10 * number
        for one, small in enumerate(ones[:9], start=1):
            found[f"{cardinal[number - 2]}-{small}"] = 10 * number + one
    return found


@lru_cache(maxsize=2)
def _people(loaded: Loaded) -> Mapping[str, tuple[Person, Place]]:
    """Each person by each name, and by the id as links have it; with where the dates stand."""
    found: dict[str, tuple[Person, Place]] = {}
    for at, person in each(loaded, Person):
        for name in (person.name, *person.also, *person.matches):
            found.setdefault(plain(spoken(name)), (person, at("born")))
        found[f"@{person.id}"] = (person, at("born"))
    return found


def _named(
    loaded: Loaded, people: Mapping[str, tuple[Person, Place]], one: TimedSentence, end: int
) -> list[tuple[int, str]]:
    """The people that a sentence names before a place in it: where, and by which key."""
    names = lives.everybody(loaded)
    found = [(m.start(), plain(m[0])) for m in names.finditer(one.text, 0, end)]
    written = one.passage.written[one.offset : one.offset + end]
    found += [(link.start(), f"@{link['id']}") for link in REFERENCE.finditer(written)]
    return sorted((at, key) for at, key in found if key in people)


def _who(
    loaded: Loaded,
    people: Mapping[str, tuple[Person, Place]],
    one: TimedSentence,
    before: Sequence[TimedSentence],
    end: int,
) -> tuple[Person, Place] | None:
    """The one person who is named last before a pronoun: in the sentence, else in those before."""
    kin = lives.kin_of(known(loaded).language)
    for sentence, last in ((one, end), *((s, len(s.text)) for s in reversed(before))):
        named = {
            people[key][0].id: people[key] for _, key in _named(loaded, people, sentence, last)
        }
        if kin.search(sentence.text, 0, last) or len(named) > 1:
            return None
        if named:
            return next(iter(named.values()))
    return _of_the_title(loaded, people)


def _of_the_title(
    loaded: Loaded, people: Mapping[str, tuple[Person, Place]]
) -> tuple[Person, Place] | None:
    """The one person of whom the dossier is, by its title."""
    title = loaded.dossier.meta.title
    found = {key: both for key, both in people.items() if both[0].name.partition(", ")[0] in title}
    named = {both[0].id: both for both in found.values()}
    return next(iter(named.values())) if len(named) == 1 else None


def _moment(loaded: Loaded, one: TimedSentence) -> Stretch | None:
    """The one date of a sentence, or of the event that it tells of."""
    times = {moment.time[:2]: moment for moment in one.moments}
    if len(times) == 1:
        moment: Moment = next(iter(times.values()))
        return moment.time
    if times:
        return None
    part = known(loaded).read(one.passage, one.offset, one.text)
    event = event_named(loaded, part, first=True)
    return extent_of(event, known(loaded).language) if event else None


def _at_a_date(
    loaded: Loaded,
    people: Mapping[str, tuple[Person, Place]],
    one: TimedSentence,
    before: Sequence[TimedSentence],
    words: Mapping[str, re.Pattern[str]],
) -> Iterator[Remark]:
    """He was sixty-three when, on 28 June 1869, …; in her ninety-first year."""
    for begin, end, age in _ages(one.text, known(loaded).language, words):
        found = _who(loaded, people, one, before, begin)
        person, at = found or (None, None)
        if person is None or person.born is None or at is None:
            continue
        time = _moment(loaded, one) or _died_then(loaded, one, person)
        if time is None:
            continue
        least, most = _age(person.born, time)
        if not least <= age <= most:
            shown = " ".join(one.text[begin:end].split())
            born = show(person.born, known(loaded).language)
            message = f"{shown!r} is not the age of {spoken(person.name)} at {time.shown}"
            message += f", born {born} ({place_text(at)})"
            yield one.passage.at(one.offset + begin), message, _HINT


def _died_then(loaded: Loaded, one: TimedSentence, person: Person) -> Stretch | None:
    """The day of death, where the sentence says that somebody died."""
    if person.died is None or "death" not in grammar_of(loaded).said(one.text):
        return None
    shown = show(person.died, known(loaded).language)
    return Stretch(person.died.earliest.number, person.died.latest.number, shown)


def _age(born: Date, time: Stretch) -> tuple[int, int]:
    """The least and the greatest age at a time, in whole years."""
    least = (time.first - born.latest.number + 0.3) // _YEAR
    most = (time.last - born.earliest.number + 1.3) // _YEAR
    return int(least), int(most)


def _ages(
    text: str, language: str, words: Mapping[str, re.Pattern[str]]
) -> Iterator[tuple[int, int, int]]:
    """Where a text gives the age of one who is a pronoun in it, and the age."""
    for was in words["was"].finditer(text):
        for begin, end, value in numbers(text, language):
            if begin - was.end() in (1, 2) and words["when"].match(text[end:].lstrip(" ,")):
                yield was.start(), end, int(value)
    for match in words["in-the"].finditer(text):
        behind = re.match(r"\s+(?P<which>[^\W\d_]+(?:-[^\W\d_]+)?)\s+", text[match.end() :])
        number = ordinals(language).get(plain(behind["which"])) if behind else None
        if behind and number and words["year"].match(text, match.end() + behind.end()):
            yield match.start(), match.end() + behind.end() + 4, number - 1


def _long_dead(
    loaded: Loaded,
    people: Mapping[str, tuple[Person, Place]],
    one: TimedSentence,
    before: Sequence[TimedSentence],
    words: Mapping[str, re.Pattern[str]],
) -> Iterator[Remark]:
    """When the town fell he had been dead for six weeks."""
    match = words["dead-for"].search(one.text)
    length = next((n for n in lengths(one.text, known(loaded).language, stretches=True)
                   if match and 0 <= n.begin - match.end() <= 2), None)  # fmt: skip
    if match is None or length is None:
        return
    found = _who(loaded, people, one, before, match.start())
    person, at = found or (None, None)
    time = _moment(loaded, one)
    if person is None or person.died is None or time is None or at is None:
        return
    least = time.first - person.died.latest.number
    most = time.last - person.died.earliest.number
    if least <= length.most and length.least <= most:
        return
    shown = " ".join(one.text[match.start() : length.end].split())
    days = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    died = show(person.died, known(loaded).language)
    message = f"{shown!r} is not so: {time.shown} is {days} days after the death of "
    message += f"{spoken(person.name)}, {died} ({place_text(at)})"
    yield one.passage.at(one.offset + match.start()), message, _HINT
