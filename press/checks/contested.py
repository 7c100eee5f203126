"""What is contested in the data, and stated in prose as if it were not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from press import locale
from press.base.finding import Remark
from press.checks.clauses import plain
from press.checks.happened import candidates, events_of, grammar_of, told_of
from press.checks.known import Known, Sentence, addressed, known, own_sentences, stems_of
from press.checks.noted import Counted, counted_in
from press.checks.numerals import numbers
from press.checks.spoken import names_in
from press.checks.texts import REFERENCE, passages
from press.checks.told_otherwise import near_before, told_before, told_in_heading
from press.checks.units import has_unit
from press.content import facts
from press.content.load import Loaded
from press.content.model import Event, Fact
from press.dates import Date
from press.dates.typed import Typed, typed


def contested_as_certain(loaded: Loaded) -> Iterator[Remark]:
    """W376: a date or a figure of one account is stated as if no other were given.

    Why: The data says that sources disagree; a reader of the sentence alone takes one of them for
        all. It counts for dates of events, for the words of links to them, and for figures of all
        facts, in words too, where the sentence is about what the fact is of and counts the same;
        of great numbers it is enough to count one of two things: villages, of villages and towns.
        A sentence that says whose account it is, or that it is one, or that names another beside
        it, is right; a citation alone says neither.
    Wrong: Jabrayil was taken on 23 August 1993.
    Right: Jabrayil was taken on [[event:jabrayil-taken]].
    Remedy: Print the date or the fact from the data, with every account; or say who gives it.
    """
    data, last = known(loaded), None
    for passage, offset, text in own_sentences(loaded):
        before, last = last, (passage, offset, text)
        if passage.name.startswith(("event.", "question.", "fact.")):
            continue
        days = [date for date in typed(text, data.language) if date.days]
        if not (days or any(True for _ in numbers(text, data.language))):
            continue
        sentence = data.read(passage, offset, text)
        for date in days:
            told = told_of(loaded, sentence, date) or told_in_heading(loaded, sentence, date)
            near = near_before(data, before, passage, offset) if not told else None
            told = told or told_before(loaded, sentence, near, date)
            for event in told or _told_by_day(loaded, sentence, date):
                said = _says(date, event, sentence, data.language)
                if _is_one_of_several(date, event, days) and not said:
                    shown = text[date.begin : date.end]
                    at = sentence.at(date.begin)
                    yield at, *_contested_date(shown, date, event, data.language)
        yield from _figures(loaded, data, sentence)
    yield from _links(loaded, data.language)


def _is_one_of_several(date: Typed, event: Event, beside: list[Typed]) -> bool:
    """Whether a date is that of some accounts and not of all, and no other stands beside it."""
    others = [given for given in event.all_dates if not date.agrees(given)]
    some = len(others) < len(event.all_dates)
    return bool(others) and some and not any(b.agrees(one) for b in beside for one in others)


def _says(date: Typed, event: Event, sentence: Sentence, language: str) -> bool:
    """Whether a sentence has all words for the one who gives an account: by the parish book."""
    given = (one.says for one in event.claims if one.date and date.agrees(one.date))
    voices = [stems_of(_undated(says, language), language) for says in given]
    return any(voice and voice <= sentence.stems for voice in voices)


def _told_by_day(loaded: Loaded, sentence: Sentence, date: Typed) -> list[Event]:
    """The contested event of which a sentence gives the very day of an account.

    That it is the day of an account says much, so that its kind and its place, or a word of its
    title, will do: the capture of Jabrayil is dated to 23 August.
    """
    of, rules = events_of(loaded), grammar_of(loaded)
    if any(plain(match[0]) not in _DATED for match in rules.attributed.finditer(sentence.text)):
        return []
    if rules.unsure.search(sentence.text):
        return []
    said, found = rules.said(sentence.text), []
    words = {word.casefold() for word in re.findall(r"\w+", sentence.text)}
    whole = date.year is not None and not sentence.places
    for ident in loaded.dossier.events if whole else dict.fromkeys(candidates(of, sentence)):
        event = loaded.dossier.events[ident]
        meant = of.meant[ident]
        placed = meant.placed and sentence.places & set(event.places)
        named = bool(placed or meant.subject & sentence.stems)
        says = (_undated(one.says, known(loaded).language) for one in event.claims)
        voices = frozenset[str]().union(*map(names_in, says))
        voiced = voices & words
        named = named or (whole and len(date.days) == 1)
        if event.claims and said & meant.groups and named and not voiced:
            found += [event] if any(_is_day(date, given) for given in event.all_dates) else []
    return found if len(found) == 1 else []


def _undated(says: str, language: str) -> str:
    """Who gives an account, without the dates in which it was given."""
    for date in reversed([*typed(says, language)]):
        says = f"{says[: date.begin]}{says[date.end :]}"
    return says


_DATED = frozenset({"dated", "datiert", "daté", "datée"})
"""Words that give an event its date, and not somebody else's word for it."""


_FEW = 3
"""Days that an account may give for one."""


def _is_day(date: Typed, given: Date) -> bool:
    """Whether a day is typed that an account gives."""
    few = given.latest.number - given.earliest.number < _FEW
    return bool(date.days) and few and date.agrees(given)


def _contested_date(shown: str, date: Typed, event: Event, language: str) -> tuple[str, str]:
    every = facts.event_date(event, language)
    message = f"{shown!r} is one account of the date of event {event.id!r}, which is {every}"
    given = (one.says for one in event.claims if one.says and one.date and date.agrees(one.date))
    voice = next(given, "")
    return message, f"print all: [[event:{event.id}]]{_or_say(voice)}"


def _or_say(voice: str) -> str:
    """How else to mend it: by saying in the sentence whose account it is."""
    first = re.split(r"\s*[(,;]", voice)[0]  # of several who say so
    like = f', such as "according to {first}"' if first else ""
    return f", or say in the sentence whose account it is{like}"


def _links(loaded: Loaded, language: str) -> Iterator[Remark]:
    """Dates typed as the words of a link to an event whose accounts differ."""
    for passage in passages(loaded):
        for match in REFERENCE.finditer(passage.written):
            event = loaded.dossier.events.get(match["id"])
            if event is None or match["kind"] not in (None, "event") or not match["words"]:
                continue
            days = [date for date in typed(match["words"], language) if date.days]
            for date in days:
                if _is_one_of_several(date, event, days):
                    at = passage.at(match.start("words") + date.begin)
                    yield at, *_contested_date(match["words"], date, event, language)


# -- figures -------------------------------------------------------------------------------------


SMALL = 2
"""From here on a number in words is held against the accounts of a fact."""


@dataclass(frozen=True)
class Disputed:
    """A fact whose accounts have different numbers: how it is called, its kind, its accounts.

    ``told`` are the numbers of each account and ``says`` who gives it, ``voices`` the words that
    name them all; ``things`` are the words for what is counted, ``about`` those for what the fact
    is of.
    """

    kind: str
    id: str
    name: str
    value: str
    remedy: str
    unit: str
    told: tuple[frozenset[float], ...]
    says: tuple[str, ...]
    voices: frozenset[str]
    things: frozenset[str]
    about: frozenset[str]


@lru_cache(maxsize=2)
def _disputed(loaded: Loaded) -> tuple[Disputed, ...]:
    """The facts of places, events, people and subjects, and of the infobox, that have accounts."""
    dossier, found = loaded.dossier, []
    for one in (one for same in addressed(loaded).values() for one in same):
        if one.fact and one.fact.claims and "facts" in one.loc:
            said = f"{one.name.replace('-', ' ')} {one.subject}"
            remedy = f"print all: {{fact: {one.address}}}"
            found.append(_of_fact(loaded, (one.kind, one.id, one.address), one.fact, said, remedy))
    for number, row in enumerate(dossier.infobox.rows if dossier.infobox else ()):
        for _, entry in row.entries:
            if entry.claims:
                key = ("infobox", row.id or str(number), f"row {row.label!r}")
                fact = Fact(claims=entry.claims)
                found.append(_of_fact(loaded, key, fact, row.label, "give every account"))
    return tuple(one for one in found if len({*one.told} - {frozenset()}) > 1)


def _of_fact(
    loaded: Loaded, key: tuple[str, str, str], fact: Fact, said: str, remedy: str
) -> Disputed:
    language = known(loaded).language
    counted = [counted_in(claim.text, (language,), language, SMALL) for claim in fact.claims]
    scopes = " ".join((fact.label, fact.scope, *(claim.scope for claim in fact.claims)))
    units = stems_of(fact.unit, language)
    return Disputed(
        *key,
        facts.value(fact, language),
        remedy,
        fact.unit,
        tuple(frozenset[float]().union(*(one.values for one in each)) for each in counted),
        tuple(claim.says for claim in fact.claims),
        stems_of(" ".join(claim.says for claim in fact.claims), language) - known(loaded).of_places,
        frozenset[str]().union(*(one.things for each in counted for one in each)) | units,
        stems_of(f"{said} {scopes}", language) - units,
    )


def _figures(loaded: Loaded, data: Known, sentence: Sentence) -> Iterator[Remark]:
    """Figures that count what a disputed fact of the sentence's subject counts."""
    every = _disputed(loaded)
    found = counted_in(sentence.text, (data.language,), data.language, SMALL) if every else []
    said = frozenset[float]().union(*(one.values for one in found))
    for fact in every if found else ():
        if sum(bool(said & one) for one in fact.told) != 1 or not _is_of(fact, sentence, data):
            continue
        like = [one for one in found if _counts(fact, one, sentence, data.language)]
        own = frozenset[float]().union(*fact.told)
        if any(not one.values & own for one in like):  # W403 says so
            continue
        for one in like:
            end = _behind(sentence.text, one.end, fact, data.language)
            rest = f"{sentence.text[: one.begin]} {sentence.text[end:]}"
            if not (_is_voiced(rest, fact, loaded) or _is_another(one.values, fact, loaded)):
                shown = sentence.text[one.begin : one.end]
                message = f"{shown!r} is one account of {fact.name}, which is {fact.value}"
                voices = zip(fact.told, fact.says, strict=True)
                voice = next((says for told, says in voices if says and told & one.values), "")
                yield sentence.at(one.begin), message, f"{fact.remedy}{_or_say(voice)}"


def _is_of(fact: Disputed, sentence: Sentence, data: Known) -> bool:
    """Whether a sentence is about what the fact is of, and does not print the fact itself."""
    begin, end = sentence.offset, sentence.offset + len(sentence.text)
    printed = rf"fact:\s*(?:[a-z]+:)?{re.escape(fact.name)}\b"
    if re.search(printed, sentence.passage.written[begin:end]):
        return False
    if fact.kind == "place":
        return fact.id in sentence.places
    shared = fact.about & sentence.stems - data.of_places
    if _is_telling(fact, sentence, data.language):
        return True
    if fact.kind == "event":
        return data.is_titled(fact.id, sentence.stems) or len(shared) > 1
    return bool(shared)


_GREAT = 100
"""From here on a number is none of a few."""


def _is_telling(fact: Disputed, sentence: Sentence, language: str) -> bool:
    """Whether a sentence has a great number of one account alone, of what the fact counts."""
    rare = [w for told in fact.told for w in told if w >= _GREAT]
    found = counted_in(sentence.text, (language,), language)
    several = " " in fact.unit and fact.kind == "subject"
    return several and any(
        one.values & {*rare} and _counts(fact, one, sentence, language) for one in found
    )


_NEXT = re.compile(r"[\s\u00a0\u202f-]*([^\W\d]+)")
_COUNTED = 3
"""Words behind a number that may say what it counts."""


def _behind(text: str, end: int, fact: Disputed, language: str) -> int:
    """The end of what a number counts: the words behind it, up to the thing or to a common word."""
    common = locale.messages(language)["check.common"].split()
    for _ in range(_COUNTED):
        match = _NEXT.match(text, end)
        if match is None or match[1].casefold() in common:
            break
        end = match.end()
        if stems_of(match[1], language) & fact.things:
            break
    return end


def _counts(fact: Disputed, one: Counted, sentence: Sentence, language: str) -> bool:
    """Whether a number counts what the fact does: by its unit, or else by the word behind it.

    Of a unit of two words, villages and towns, either will do.
    """
    if not fact.unit:
        return bool(one.things & fact.things)
    several = re.split(rf"\s+(?:{'|'.join(_AND)})\s+", fact.unit)
    return any(has_unit(sentence.text, one.end, unit, language) for unit in several)


_AND = ("and", "or", "und", "oder", "et", "ou")


def _is_voiced(rest: str, fact: Disputed, loaded: Loaded) -> bool:
    """Whether a sentence names one of those who give the figure, or says that somebody does."""
    said = stems_of(rest, known(loaded).language)
    return bool(fact.voices & said or grammar_of(loaded).attributed.search(rest))


def _is_another(values: frozenset[float], fact: Disputed, loaded: Loaded) -> bool:
    """Whether a figure is that of a fact which nobody disputes, and so may be it."""
    if fact.kind == "place":
        return False
    language = known(loaded).language
    every = (one.fact for same in addressed(loaded).values() for one in same)
    texts = [one.text for one in every if one and not one.claims and one.text]
    return any(values & {v for *_, v in numbers(text, language)} for text in texts)
