"""Dates and numbers typed in words that the data says otherwise. Both places are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press import locale
from press.base.finding import Finding
from press.checks.texts import WORD, Passage, passages, sentences
from press.content import coverage, facts
from press.content.load import Loaded
from press.content.model import Dossier, Event, Place
from press.dates import Date, Day
from press.dates.typed import Typed, begins_with_month, typed


def date_disagrees(loaded: Loaded) -> Iterator[Finding]:
    """W401: a date typed in words is not the date that the data gives the event.

    Why: A date that stands in four places is corrected in three. The sentence names an event by
        the words of its title, or a place where something happened about that day, and no account
        in the chronology has the date that is typed.
    Wrong: Agdam was taken on 24 July 1993.
    Right: Agdam was taken on [[event:agdam-taken]].
    Remedy: Print the date from the data, or correct one of the two. What only looks like the
        event's date can be allowed in dossier.yaml, with a reason.
    """
    known = _known(loaded)
    for passage in passages(loaded):
        if passage.name.startswith("claim."):  # accounts differ, that is why they are there
            continue
        for offset, sentence in _sentences(passage, known.language):
            dates = [date for date in typed(sentence, known.language) if date.days or date.year]
            if not dates:
                continue
            said = _said(known, passage, offset, sentence)
            yield from _wrong_dates(loaded, known, passage, offset, said, dates)


def linked_date_disagrees(loaded: Loaded) -> Iterator[Finding]:
    """W402: the words of a link to an event are a date, and not the event's.

    Why: Words of the author's own stand in the place of the date that the link would print; when
        the date is corrected in the chronology they stay as they were.
    Wrong: on [[event:agdam-taken|24 July]]
    Right: on [[event:agdam-taken]]
    Remedy: Leave the words out: the link prints the date. Or correct them.
    """
    known = _known(loaded)
    events = loaded.dossier.events
    for passage in passages(loaded):
        for match in _LINKED.finditer(passage.written):
            event = events.get(match["id"])
            if event is None or (not match["kind"] and match["id"] in loaded.dossier.places):
                continue
            for date in typed(match["words"], known.language):
                if not any(date.agrees(given) for given in event.all_dates):
                    at = match.start("words") + date.begin
                    yield _date_finding(loaded, passage, at, "W402", match["words"], event)


def number_disagrees(loaded: Loaded) -> Iterator[Finding]:
    """W403: a number typed in words is near to a fact of what the sentence names, and another.

    Why: The fact has a value, or several that differ; a number of the same unit in a sentence about
        the same place, event or subject that is none of them is most likely mistyped, or was not
        corrected with the fact.
    Wrong: About 115,000 people left [[agdam]].
    Right: {fact: agdam.displaced} left [[agdam]].
    Remedy: Print the fact, or correct one of the two. A number of something else can be allowed in
        dossier.yaml, with a reason.
    """
    known = _known(loaded)
    for passage in passages(loaded):
        if passage.name.startswith("claim."):
            continue
        for offset, sentence in _sentences(passage, known.language):
            numbers = list(_numbers(sentence, known.language))
            if numbers:
                yield from _wrong_numbers(loaded, known, passage, offset, sentence, numbers)


# -- what is known -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Quantity:
    """A fact with numbers: the least and greatest of each account, and where it is typed."""

    found: facts.Found
    spans: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class _Known:
    """What sentences are held against."""

    language: str
    titles: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]]
    places: Mapping[str, re.Pattern[str]]
    quantities: tuple[_Quantity, ...]
    issued: Mapping[str, Date]


@dataclass(frozen=True)
class _Sentence:
    """A sentence: its text, its words as stems, the places it names and the sources it cites."""

    text: str
    stems: frozenset[str]
    places: frozenset[str]
    sources: frozenset[str]


_LINKED = re.compile(
    r"\[\[\s*(?P<kind>event:)?\s*(?P<id>[a-z0-9-]+)\s*\\?\|(?P<words>[^\[\]]*)\]\]"
)
_LINK = re.compile(r"\[\[\s*(?:[a-z]+:)?\s*(?P<id>[a-z0-9-]+)\s*(?:\\?\|[^\[\]]*)?\]\]")
_FACT = re.compile(r"\{\s*fact\s*:\s*(?:[a-z]+:)?(?P<id>[a-z0-9-]+)\.")
_SOURCE = re.compile(r"@([\w:.-]*\w)")


@lru_cache(maxsize=2)
def _known(loaded: Loaded) -> _Known:
    dossier, language = loaded.dossier, coverage.language_of(loaded.dossier)
    names = {ident: _names(place) for ident, place in dossier.places.items()}
    titles = {event.id: _stems(event.title, language) for event in dossier.events.values()}
    of_places = _place_stems(names, language)
    words = {
        event.id: _stems(f"{event.title} {event.text}", language) - of_places
        for event in dossier.events.values()
    }
    return _Known(
        language=language,
        titles=titles,
        words=words,
        places={
            ident: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, said))})(?!\w)")
            for ident, said in names.items()
        },
        quantities=tuple(_quantities(dossier, language)),
        issued={
            ident: source.issued for ident, source in dossier.bibliography.items() if source.issued
        },
    )


def _names(place: Place) -> tuple[str, ...]:
    found = (place.name, *place.also, *(name.name for name in place.names))
    return tuple(dict.fromkeys(name for name in found if len(name) > 2))


def _place_stems(names: Mapping[str, Sequence[str]], language: str) -> frozenset[str]:
    return frozenset().union(
        *(_stems(name, language) for said in names.values() for name in said), frozenset()
    )


def _quantities(dossier: Dossier, language: str) -> Iterator[_Quantity]:
    for same in facts.addresses(dossier).values():
        for found in same:
            fact = found.fact
            if fact is None or "facts" not in found.loc:
                continue
            texts = [claim.text for claim in fact.claims] or [fact.text]
            numbers = [[value for _, _, value in _numbers(text, language)] for text in texts]
            if spans := tuple((min(one), max(one)) for one in numbers if one):
                yield _Quantity(found, spans)


# -- sentences ---------------------------------------------------------------------------------


def _sentences(passage: Passage, language: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each sentence; the stop of an ordinal (16. Juli) does not end one."""
    begin: int | None = None
    for offset, said in sentences(passage, passage.own):
        if begin is not None and not begins_with_month(said, language):
            yield begin, passage.own[begin:offset].rstrip()
            begin = None
        begin = offset if begin is None else begin
        whole = passage.own[begin : offset + len(said)]
        if not re.search(r"\b\d{1,2}\.$", said):
            yield begin, whole
            begin = None
    if begin is not None:
        yield begin, passage.own[begin:].rstrip()


def _stems(text: str, language: str) -> frozenset[str]:
    """Words of ``text`` by what is left of them without endings; short and common ones apart."""
    words = locale.messages(language)
    common = set(words["check.common"].split())
    roots = dict(pair.split("=") for pair in words["check.roots"].split())
    found = (max(re.split("[’']", match[0]), key=len).casefold() for match in WORD.finditer(text))
    return frozenset(
        roots.get(word, word)[:5] for word in found if len(word) > 2 and word not in common
    )


def _said(known: _Known, passage: Passage, offset: int, sentence: str) -> _Sentence:
    """What ``sentence`` names: by link, by title, or by the name of a place."""
    written = passage.written[offset : offset + len(sentence)]
    linked = {match["id"] for match in _LINK.finditer(written)}
    linked |= {match["id"] for match in _FACT.finditer(written)}
    places = {ident for ident, name in known.places.items() if name.search(sentence)}
    named = " ".join(sorted(places | linked))
    stems = _stems(f"{sentence} {named}", known.language)
    return _Sentence(
        sentence,
        stems,
        frozenset(places | (linked & set(known.places))),
        frozenset(_SOURCE.findall(written)),
    )


def _wrong_dates(
    loaded: Loaded,
    known: _Known,
    passage: Passage,
    offset: int,
    said: _Sentence,
    dates: Sequence[Typed],
) -> Iterator[Finding]:
    """The dates of one sentence that none of the events it speaks of has."""
    events = [e for e in loaded.dossier.events.values() if not _own_words(passage, e)]
    titled = [event for event in events if _is_titled(known, event, said)]
    for date in dates:
        if _is_about_something_else(known, said.text, date) or _is_issue(known, said, date):
            continue
        shown = said.text[date.begin : date.end].rstrip(".")
        close = [event for event in titled if date.days or _in_clause(known, event, said, date)]
        if close:
            if not any(d.agrees(g) for d in dates for e in close for g in e.all_dates):
                yield _date_finding(loaded, passage, offset + date.begin, "W401", shown, close[0])
        elif date.days and (event := _likely(loaded, known, events, said, date, dates)):
            yield _date_finding(loaded, passage, offset + date.begin, "W401", shown, event)


def _own_words(passage: Passage, event: Event) -> bool:
    """Whether ``passage`` is the event's own text, which may tell of other days."""
    return passage.name.startswith("event.") and passage.written in (
        " ".join(event.title.split()),
        " ".join(event.text.split()),
    )


def _is_titled(known: _Known, event: Event, said: _Sentence) -> bool:
    """Whether the sentence has every word of the event's title."""
    title = known.titles[event.id]
    return len(title) > 1 and title <= said.stems


def _in_clause(known: _Known, event: Event, said: _Sentence, date: Typed) -> bool:
    """Whether the words of the title stand in the part of the sentence that has the date."""
    begin = max(said.text.rfind(sign, 0, date.begin) for sign in ",;:—(")
    ends = [end for sign in ",;:—)" if (end := said.text.find(sign, date.end)) >= 0]
    clause = said.text[begin + 1 : min(ends, default=len(said.text))]
    return known.titles[event.id] <= _stems(clause, known.language)


_BEFORE = re.compile(r"(?:^|\s)(\S+)(?:\s+(?:on|the|am|den|dem|le|la|les|au))?\s*$")


def _is_about_something_else(known: _Known, text: str, date: Typed) -> bool:
    """Whether a word before the date says that the event fell before or after it."""
    match = _BEFORE.search(text[: date.begin])
    apart = locale.messages(known.language)["check.apart"].split()
    return bool(match and match[1].casefold().strip(",(") in apart)


def _is_issue(known: _Known, said: _Sentence, date: Typed) -> bool:
    """Whether it is the day on which a source that the sentence cites was issued."""
    return any(
        date.agrees(issued) for source, issued in known.issued.items() if source in said.sources
    )


_LONG = 40
"""Days from which a span says nothing about one day."""


def _likely(
    loaded: Loaded,
    known: _Known,
    events: Sequence[Event],
    said: _Sentence,
    date: Typed,
    dates: Sequence[Typed],
) -> Event | None:
    """The event at a place that the sentence names, told in its words, about that day.

    None where any event, account, fact or source of the dossier has the date.
    """
    dossier = loaded.dossier
    given = [g for event in dossier.events.values() for g in event.all_dates]
    given += known.issued.values()
    if any(date.agrees(one) for one in given if (one.days or _LONG) < _LONG):
        return None
    for event in events:
        near = any(_nearly(date, one) for one in event.all_dates)
        told = len(known.words[event.id] & said.stems) > 1
        there = said.places & set(event.places)
        right = any(d.agrees(g) for d in dates for g in event.all_dates)
        if near and told and there and not right:
            return event
    return None


def _nearly(date: Typed, given: Date) -> bool:
    """Whether ``date`` is within a fortnight of ``given``, or the same day of another year."""
    first, last = given.earliest, given.latest
    if last.number - first.number > 400:
        return False
    if date.year not in (None, first.year, last.year):
        return (first.month, first.day) == (date.month, date.days[0])
    number = Day(date.year or first.year, date.month, date.days[0]).number
    return first.number - 14 <= number <= last.number + 14


def _date_finding(
    loaded: Loaded, passage: Passage, at: int, code: str, shown: str, event: Event
) -> Finding:
    index = loaded.dossier.chronology.events.index(event)
    key = "date" if event.date else "claims"
    there = loaded.finding("chronology.yaml", ("events", index, key), "", "")
    date = facts.event_date(event, loaded.dossier.meta.language)
    message = f"{shown!r} is not the date of event {event.id!r}, {date} ({there.place})"
    hint = f"print it: [[event:{event.id}]], or correct one of the two"
    return passage.finding(at, code, message, hint)


# -- numbers -----------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _number_pattern(language: str) -> tuple[re.Pattern[str], str, str]:
    symbols = locale.cldr(language).number_symbols
    symbols = symbols.get("latn", symbols)
    group, decimal = str(symbols["group"]), str(symbols["decimal"])
    spaces = "\u00a0\u202f\u2009 "
    groups = re.escape(group) + (spaces if group in spaces else "\u00a0\u202f\u2009")
    number = rf"(?<![\w.,])\d{{1,3}}(?:[{groups}]\d{{3}})+(?:{re.escape(decimal)}\d+)?(?!\d)"
    plain = rf"(?<![\w.,])\d+(?:{re.escape(decimal)}\d+)?(?![\w\d])"
    return re.compile(f"{number}|{plain}"), groups, decimal


def _numbers(text: str, language: str) -> Iterator[tuple[int, int, float]]:
    """Begin, end and value of each number in ``text``, as the language writes them."""
    pattern, groups, decimal = _number_pattern(language)
    for match in pattern.finditer(text):
        plain = re.sub(f"[{groups}]", "", match[0]).replace(decimal, ".")
        yield match.start(), match.end(), float(plain)


def _wrong_numbers(
    loaded: Loaded,
    known: _Known,
    passage: Passage,
    offset: int,
    sentence: str,
    numbers: Sequence[tuple[int, int, float]],
) -> Iterator[Finding]:
    said = _said(known, passage, offset, sentence)
    about = [q for q in known.quantities if _speaks_of(known, said, q)]
    every = [q for q in known.quantities if q in about or not q.found.anchor]
    dated = [(date.begin, date.end) for date in typed(sentence, known.language)]
    for begin, end, value in numbers:
        if any(first <= begin < last for first, last in dated):
            continue
        if any(low <= value <= high for q in every for low, high in q.spans):
            continue
        for quantity in about:
            measured = _is_measured(sentence, end, quantity, known)
            close = [_likeness(value, span) for span in quantity.spans]
            if (measured and max(close) > 0) or (max(close) > 1 and _is_large(value)):
                yield _number_finding(
                    loaded, passage, offset + begin, sentence[begin:end], quantity, known
                )
                break


def _speaks_of(known: _Known, said: _Sentence, quantity: _Quantity) -> bool:
    """Whether the sentence names what the fact is about."""
    found = quantity.found
    if found.kind == "place":
        return found.id in said.places
    if found.kind == "event":
        return len(known.titles[found.id]) > 1 and known.titles[found.id] <= said.stems
    return _stems(found.subject, known.language) <= said.stems


def _is_measured(sentence: str, end: int, quantity: _Quantity, known: _Known) -> bool:
    """Whether the unit of the fact follows the number, at once or behind two words."""
    fact = quantity.found.fact
    if fact is None or not fact.unit:
        return False
    units = {fact.unit.casefold()}
    for same in locale.messages(known.language)["check.units"].split("|"):
        words = {unit.strip().casefold() for unit in same.split(",")}
        units |= words if units & words else set()
    following = re.sub(r"\s+", " ", sentence[end : end + 60].casefold()).lstrip(" \u00a0\u202f–-")
    tail = "|".join(re.escape(unit) for unit in units)
    return bool(re.match(rf"(?:[^\W\d]+ ){{0,2}}(?:{tail})(?!\w)", following))


def _likeness(value: float, span: tuple[float, float]) -> int:
    """How like a mistyped account ``value`` is: 2 very, 1 perhaps, 0 not."""
    low, high = span
    digits = f"{value:g}".rstrip("0").replace(".", "")
    if low * 0.8 <= value <= high * 1.25:
        return 2
    same = any(
        digits == f"{edge:g}".rstrip("0").replace(".", "") and edge / 11 < value < edge * 11
        for edge in span
    )
    return 1 if same or low / 3 <= value <= high * 3 else 0


def _is_large(value: float) -> bool:
    """Whether it is too great for a year, a page or a count of days."""
    return value >= 3000


def _number_finding(
    loaded: Loaded, passage: Passage, at: int, shown: str, quantity: _Quantity, known: _Known
) -> Finding:
    found = quantity.found
    there = loaded.finding(found.file, found.loc, "", "", key=True)
    value = facts.value(found.fact, known.language) if found.fact else ""
    message = f"{shown!r} is not the fact {found.address!r}, {value} ({there.place})"
    hint = f"print it: {{fact: {found.address}}}, or correct one of the two"
    return passage.finding(at, "W403", message, hint)
