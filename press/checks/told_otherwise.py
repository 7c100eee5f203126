"""Events told of with a date in other ways than by a verb and its subject.

In a heading, by a pronoun for what the sentence before names, and on the day of the paper that is
cited for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from press import locale
from press.checks.alike_events import alike_events
from press.checks.clauses import Clause, any_of, clause_of
from press.checks.happened import AT_ONCE, candidates, events_of, is_heading, is_sure
from press.checks.known import Known, Sentence, known, stems_of
from press.checks.likeness import year_slip
from press.checks.named_events import event_named
from press.checks.texts import Passage
from press.content.load import Loaded
from press.content.model import Event
from press.dates.typed import Typed

_PARTS = 2
"""Of day, month and year, those that a mistyped date still has."""
_LATE = 10
"""Days after an event in which a paper tells of it as news."""
_SHARED = 2
"""Words of an event's title and text by which a sentence is about it."""


def told_in_heading(loaded: Loaded, sentence: Sentence, date: Typed) -> list[Event]:
    """The event of a heading that is nothing but its name or its one place, and a date."""
    if not is_heading(sentence):
        return []
    data = known(loaded)
    text = f"{sentence.text[: date.begin]} {sentence.text[date.end :]}".strip(" ,:;()—–")
    part = data.read(sentence.passage, sentence.offset, text)
    words = part.stems - data.of_places - frozenset(part.places)
    events = [e for e in loaded.dossier.events.values() if set(e.places) & part.places]
    if part.places and not words and len(part.places) == 1:
        if any(date.agrees(given) for event in events for given in event.all_dates):
            return []
        same = [event for event in events if is_near_miss(date, event, year=False)]
        return same if len(same) == 1 else events if len(events) == 1 else []
    event = event_named(loaded, part)
    return [event] if event and is_near_miss(date, event) else []


def is_near_miss(date: Typed, event: Event, *, year: bool = True) -> bool:
    """Whether a date has two of day, month and year of an event's; or day and month alone."""
    for given in event.all_dates:
        for named in (given.earliest, given.latest):
            same = (named.month == date.month, named.day in date.days)
            every = (*same, date.year in (None, named.year)) if year else same
            if sum(every) >= _PARTS:
                return True
    return False


def near_before(
    data: Known, before: tuple[Passage, int, str] | None, passage: Passage, offset: int
) -> Sentence | None:
    """The sentence before one in its paragraph."""
    if before is None or before[0] is not passage:
        return None
    gap = passage.written[before[1] + len(before[2]) : offset]
    return None if "\n\n" in gap else data.read(*before)


def told_before(
    loaded: Loaded, sentence: Sentence, before: Sentence | None, date: Typed
) -> list[Event]:
    """The event of which a sentence tells with "it" or "that port" for the place before it.

    Or with "their town" for one that the chapter has named: that with nearly the date, if no event
    of the kind has it.
    """
    of = events_of(loaded)
    if sentence.places:
        return []
    clause = clause_of(sentence.text, date.begin, date.end, of.grammar)
    if clause is None or not clause.groups or of.grammar.attributed.search(sentence.text):
        return []
    if of.grammar.unsure.search(clause.before):
        return []
    back = of.grammar.back.match(sentence.text.lstrip())
    if back and before is not None and len(before.places) == 1:
        (place,) = before.places
        events = (loaded.dossier.events[ident] for ident in of.at.get(place, ()))
        found = [event for event in events if of.meant[event.id].groups & clause.groups]
        if len(found) == 1 and is_near_miss(date, found[0]):
            return found
    return _of_the_town(loaded, sentence, clause, date)


def _of_the_town(loaded: Loaded, sentence: Sentence, clause: Clause, date: Typed) -> list[Event]:
    """The event of a town that the chapter has named, and that is "their town" here."""
    if not (clause.groups & AT_ONCE and _kinds(loaded).search(clause.text)) or not date.days:
        return []
    of, text = events_of(loaded), sentence.passage.written[: sentence.offset]
    events = [e for e in loaded.dossier.events.values() if of.meant[e.id].groups & clause.groups]
    if any(date.agrees(given) for event in events for given in event.all_dates):
        return []
    near = [
        event
        for event in events
        if is_near_miss(date, event)
        and any(date.month == given.earliest.month for given in event.all_dates)
    ]
    names = known(loaded).names_of(near[0].places) if len(near) == 1 else ()
    there = any(f"[[{ident}" in text for event in near for ident in event.places)
    return near if len(near) == 1 and (there or any(name in text for name in names)) else []


@lru_cache(maxsize=2)
def _kinds(loaded: Loaded) -> re.Pattern[str]:
    """What a place is called that was named before: their town, the port, by its kind."""
    kinds = {place.kind for place in loaded.dossier.gazetteer.places if place.kind}
    lead = any_of(locale.messages(known(loaded).language)["check.articles"].split()).pattern
    return re.compile(rf"(?:{lead}|(?i:{_ITS}))\s+{any_of(kinds).pattern}", re.IGNORECASE)


_ITS = r"\b(?:their|his|her|its|this|that|ihre|seine|diese|leur|sa|cette)\b"


def told_by_words(loaded: Loaded, sentence: Sentence, date: Typed) -> list[Event]:
    """The event of which a clause has enough rare words, where it gives a month or year alone.

    None where an event that shares a word of its title has that month.
    """
    of, data = events_of(loaded), known(loaded)
    rules = of.grammar
    if rules.attributed.search(sentence.text) or rules.unsure.search(sentence.text):
        return []
    if sum(1 for _ in _MONTHS.finditer(sentence.text)) > 1 or "[[" in _written(sentence):
        return []
    clause = clause_of(sentence.text, date.begin, date.end, rules)
    sign = rules.clause.search(sentence.text, date.end + 1)
    first, last = date.end, sign.start() if sign else len(sentence.text)
    if len(sentence.text[first:last].split()) < _CLAUSE and clause:
        first, last = clause.begin, date.begin
    part = data.read(sentence.passage, sentence.offset + first, sentence.text[first:last])
    found = alike_events(loaded, part.stems)
    if len(found) != 1 or not found[0].all_dates:
        return []
    also = (e for e in loaded.dossier.events.values() if data.titles[e.id] & part.stems)
    if any(date.agrees(given) for event in (*also, *found) for given in event.all_dates):
        return []
    years = [y for one in found[0].all_dates for y in (one.earliest.year, one.latest.year)]
    if date.year is not None and not date.month:
        verb = stems_of(clause.verb, data.language) if clause else frozenset()
        told = stems_of(f"{found[0].title} {found[0].text}", data.language)
        slip = any(year_slip(date.year, year) for year in years)
        return found if slip and verb and verb <= told else []
    vague = any(one.precision == "year" for one in found[0].all_dates)
    return found if not vague and (date.year is None or date.year in years) else []


_CLAUSE = 3
"""Words that a clause has at the least."""
_MONTHS = re.compile(r"\b(?:1\d{3}|20\d\d)\b")


def _written(sentence: Sentence) -> str:
    passage, begin = sentence.passage, sentence.offset
    found = passage.written[begin : begin + len(sentence.text)]
    return "[[" if "[[event:" in found else ""


def told_by_text(loaded: Loaded, sentence: Sentence, date: Typed) -> list[Event]:
    """The event that a clause names by all it is about, with a verb of its text, on nearly its day.

    The cone opened on 20 March, where "The cone erupts" is of 20 May and its text says "opened".
    """
    of, data = events_of(loaded), known(loaded)
    clause = clause_of(sentence.text, date.begin, date.end, of.grammar)
    if clause is None or not clause.verb or of.grammar.attributed.search(sentence.text):
        return []
    part = data.read(sentence.passage, sentence.offset + clause.begin, clause.text)
    verb = stems_of(clause.verb, data.language)
    found = []
    for ident in dict.fromkeys(candidates(of, part)):
        event, subject = loaded.dossier.events[ident], of.meant[ident].subject
        told = stems_of(f"{event.title} {event.text}", data.language)
        meant = verb and verb <= told and subject and subject <= part.stems - verb
        if meant and is_sure(of.grammar, clause, event) and is_near_miss(date, event):
            found.append(event)
    return found if len(found) == 1 else []


def told_of_paper(loaded: Loaded, sentence: Sentence, date: Typed) -> Iterator[tuple[Event, str]]:
    """The event that is told on the day of a newspaper that is cited for it, and the paper's id."""
    papers = [ident for ident in sorted(sentence.sources) if _is_of(loaded, ident, date)]
    if not papers:
        return
    of, data = events_of(loaded), known(loaded)
    clause = clause_of(sentence.text, date.begin, date.end, of.grammar)
    if clause is None or not clause.verb or of.grammar.attributed.search(clause.text):
        return
    part = data.read(sentence.passage, sentence.offset + clause.begin, clause.text)
    (number, *_) = date.numbers()
    found = [
        event
        for event in loaded.dossier.events.values()
        if 0 < number - max(d.latest.number for d in event.all_dates) <= _LATE
        and _is_about(data, part, event, clause, of.meant[event.id].groups)
    ]
    if len(found) == 1:
        yield found[0], papers[0]


def _is_of(loaded: Loaded, ident: str, date: Typed) -> bool:
    """Whether a source is a newspaper of that day."""
    source = loaded.dossier.bibliography.get(ident)
    if not (source and source.type == "article-newspaper" and source.issued and date.days):
        return False
    return source.issued.precision == "day" and date.year is not None and date.agrees(source.issued)


def _is_about(
    data: Known, part: Sentence, event: Event, clause: Clause, groups: frozenset[str]
) -> bool:
    """Whether two words of the clause, or a place and one, or its verb, are those of an event."""
    words = stems_of(f"{event.title} {event.text}", data.language)
    shared = (part.stems & words) - data.of_places
    placed = bool(part.places & set(event.places))
    return len(shared) >= _SHARED or (placed and bool(shared or groups & clause.groups))
