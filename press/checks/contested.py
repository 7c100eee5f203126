"""What is contested in the data, and stated in prose as if it were not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.base.finding import Remark
from press.checks.happened import told_of
from press.checks.known import Known, Sentence, known, own_sentences
from press.checks.numerals import numbers
from press.checks.texts import REFERENCE, passages
from press.checks.units import units_of
from press.content import facts
from press.content.load import Loaded
from press.content.model import Event, Fact
from press.dates.typed import Typed, typed


def contested_as_certain(loaded: Loaded) -> Iterator[Remark]:
    """W376: a date or a figure of one account is stated as if no other were given.

    Why: The data says that sources disagree; a reader of the sentence alone takes one of them for
        all. It counts for dates of events, for the words of links to them, and for figures with
        their unit. Who says whose account it is, or names another, is right.
    Wrong: Jabrayil was taken on 23 August 1993.
    Right: Jabrayil was taken on [[event:jabrayil-taken]].
    Remedy: Print the date or the fact from the data, with every account; or say who gives it.
    """
    data = known(loaded)
    for passage, offset, text in own_sentences(loaded):
        if passage.name.startswith(("event.", "question.", "fact.")):
            continue
        days = [date for date in typed(text, data.language) if date.days]
        figures = any(sign.isdigit() for sign in text)
        if not (days or figures):
            continue
        sentence = data.read(passage, offset, text)
        for date in days:
            for event in told_of(loaded, sentence, date):
                if _is_one_of_several(date, event, days):
                    shown = text[date.begin : date.end]
                    yield sentence.at(date.begin), *_contested_date(shown, event, data.language)
        yield from _figures(loaded, data, sentence)
    yield from _links(loaded, data.language)


def _is_one_of_several(date: Typed, event: Event, beside: list[Typed]) -> bool:
    """Whether a date is that of some accounts and not of all, and no other stands beside it."""
    others = [given for given in event.all_dates if not date.agrees(given)]
    some = len(others) < len(event.all_dates)
    return bool(others) and some and not any(b.agrees(one) for b in beside for one in others)


def _contested_date(shown: str, event: Event, language: str) -> tuple[str, str]:
    every = facts.event_date(event, language)
    message = f"{shown!r} is one account of the date of event {event.id!r}, which is {every}"
    return message, f"print all: [[event:{event.id}]], or say who gives this one"


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
                    yield at, *_contested_date(match["words"], event, language)


# -- figures -------------------------------------------------------------------------------------


def _figures(loaded: Loaded, data: Known, sentence: Sentence) -> Iterator[Remark]:
    """Figures with the unit of a contested fact of a place that the sentence names."""
    language = data.language
    found = [(b, e, v) for b, e, v in numbers(sentence.text, language) if e - b > 2]
    for ident in sorted(sentence.places) if found else ():
        for name, fact in loaded.dossier.places[ident].facts.items():
            if not (fact.claims and fact.unit):
                continue
            told = [{v for *_, v in numbers(claim.text, language)} for claim in fact.claims]
            said = {value for *_, value in found}
            like = [one for one in found if _has_unit(sentence, one[1], fact, language)]
            mistyped = any(value not in set().union(*told) for *_, value in like)  # W403 says so
            if sum(bool(said & one) for one in told) != 1 or mistyped:
                continue
            for begin, end, _ in like:
                if not _is_voiced(sentence, fact):
                    every = facts.value(fact, language)
                    shown = sentence.text[begin:end]
                    message = f"{shown!r} is one account of {ident}.{name}, which is {every}"
                    hint = f"print all: {{fact: {ident}.{name}}}, or say who gives this one"
                    yield sentence.at(begin), message, hint


def _has_unit(sentence: Sentence, end: int, fact: Fact, language: str) -> bool:
    _, units = units_of(language).like(fact.unit)
    spelt = sorted({fact.unit, *units} - {""}, key=len, reverse=True)
    listed = "|".join(map(re.escape, spelt))
    tail = sentence.text[end : end + 60].casefold()
    return bool(re.match(rf"[\s\u00a0\u202f-]*(?:[^\W\d]+ ){{0,2}}(?:{listed})(?!\w)", tail))


def _is_voiced(sentence: Sentence, fact: Fact) -> bool:
    """Whether the sentence names one of those who give the figure."""
    words = set(re.findall(r"[A-Z]\w+", sentence.text))
    return any(words & set(re.findall(r"[A-Z]\w+", claim.says)) for claim in fact.claims)
