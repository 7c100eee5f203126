"""Which events a sentence tells of with a date: by the words of their titles, or verb and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from press import locale
from press.checks.clauses import Clause, Grammar, clause_of, grammar, plain
from press.checks.known import Known, Sentence, is_form, known, stems_of
from press.content.load import Loaded
from press.content.model import Event
from press.dates.typed import Typed

ALONE = frozenset({"take", "destroy", "arrive", "open", "close", "marry", "erupt"})
"""Groups of verbs of which a place alone says what is meant: a town falls once."""
AT_ONCE = frozenset({"take", "destroy"})
"""Of those, the groups whose place is what it happens to, and not where: not "in Agdam"."""
NEAR = 5
"""Years from an event beyond which another of the kind is meant, or an anniversary."""


@dataclass(frozen=True)
class Meant:
    """What tells an event: the groups of its verbs, and the stems of its title beside them.

    ``placed`` says that its title names a place.
    """

    groups: frozenset[str]
    subject: frozenset[str]
    placed: bool


@dataclass(frozen=True)
class Events:
    """The events of a dossier by what tells them, and the grammar of its language.

    ``at`` gives the events of each place, ``about`` those of each stem of a subject.
    """

    grammar: Grammar
    meant: Mapping[str, Meant]
    at: Mapping[str, tuple[str, ...]]
    about: Mapping[str, tuple[str, ...]]
    titled: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=2)
def events_of(loaded: Loaded) -> Events:
    """What tells the events of a dossier."""
    data, events = known(loaded), loaded.dossier.events.values()
    own = {c.id for c in loaded.dossier.chronology.categories if c.verbs}
    rules = grammar_of(loaded)
    forms = " ".join(rules.groups)
    verbs = stems_of(forms, data.language)
    meant: dict[str, Meant] = {}
    at: dict[str, list[str]] = {}
    about: dict[str, list[str]] = {}
    titled: dict[str, list[str]] = {}
    for event in events:
        groups = rules.said(event.title) or rules.said(event.text)
        groups |= {f"of {event.category}"} if event.category in own else frozenset()
        subject = data.titles[event.id] - verbs - data.of_places
        placed = bool(data.titles[event.id] & data.of_places)
        if groups & AT_ONCE and (behind := _object_of(data, rules, event)):
            subject &= stems_of(behind, data.language)
        meant[event.id] = Meant(groups, subject, placed)
        for place in event.places:
            at.setdefault(place, []).append(event.id)
        for stem in subject:
            about.setdefault(stem, []).append(event.id)
        for stem in sorted(data.titles[event.id])[:1]:
            titled.setdefault(stem, []).append(event.id)
    return Events(rules, meant, *({k: tuple(v) for k, v in d.items()} for d in (at, about, titled)))


def _object_of(data: Known, rules: Grammar, event: Event) -> str:
    """A title behind its verb, where a place stands there at once: the forces lose Martakert."""
    verb = rules.verb.search(event.title)
    behind = event.title[verb.end() :].strip() if verb and verb.start() else ""
    return behind if any(behind.startswith(name) for name in data.names_of(event.places)) else ""


def grammar_of(loaded: Loaded) -> Grammar:
    """The grammar of the dossier's language, with the verbs that its categories add."""
    language = known(loaded).language
    more = tuple(
        (verb, f"of {category.id}")
        for category in loaded.dossier.chronology.categories
        for verb in category.verbs
    )
    days = locale.cldr(language).days["format"]["wide"].values()
    return grammar(language, tuple(str(day) for day in days), more)


def told_of(loaded: Loaded, sentence: Sentence, date: Typed) -> list[Event]:
    """The events of which a sentence says that they happened on ``date``, whether or not they did.

    None where somebody else says so, or the words leave it open.
    """
    of, data = events_of(loaded), known(loaded)
    text = _HEADING_SIGNS.sub(" ", sentence.text) if is_heading(sentence) else sentence.text
    clause = clause_of(text, date.begin, date.end, of.grammar)
    if clause is None or _is_attributed(sentence, clause, of.grammar):
        return []
    own = _without_owners(clause.text, of.grammar)
    part = data.read(sentence.passage, sentence.offset + clause.begin, own)
    events = loaded.dossier.events
    found = []
    for ident in dict.fromkeys(candidates(of, part)):
        event = events[ident]
        if not is_sure(of.grammar, clause, event):
            continue
        if is_titled(data, of.meant[ident], part, event, clause) or is_meant(
            of, event, part, clause
        ):
            found.append(event)
    return [event for event in found if _is_about_then(event, date)]


_HEADING_SIGNS = re.compile(r"[,:;()—–]")


def is_heading(sentence: Sentence) -> bool:
    """Whether a sentence is a heading of a chapter."""
    if not sentence.passage.is_chapter:
        return False
    written = sentence.passage.written
    line = written[written.rfind("\n", 0, sentence.offset) + 1 : sentence.offset]
    return line.strip().startswith("#")


_OWNER = re.compile(r"[\w-]+['’]s(?!\w)")


def _without_owners(text: str, rules: Grammar) -> str:
    """A clause with a blank for each letter of whose something is: Curie’s father; not its fall."""

    def blanked(match: re.Match[str]) -> str:
        return match[0] if rules.verb.match(text, match.end() + 1) else " " * len(match[0])

    return _OWNER.sub(blanked, text)


def candidates(of: Events, part: Sentence) -> Iterator[str]:
    """The ids of the events that a part of a sentence may name; some more than once."""
    for place in sorted(part.places):
        yield from of.at.get(place, ())
    for stem in sorted(part.stems):
        yield from of.about.get(stem, ())
        yield from of.titled.get(stem, ())


def _is_attributed(sentence: Sentence, clause: Clause, rules: Grammar) -> bool:
    """Whether somebody is said to say so; a verb of the clause itself says what happened."""
    for match in rules.attributed.finditer(sentence.text):
        if plain(match[0]) != clause.verb or not clause.groups:
            return True
    return False


def is_sure(rules: Grammar, clause: Clause, event: Event) -> bool:
    """Whether no word before the verb makes it doubtful, but those of the event's own title."""
    title = event.title.casefold()
    found = rules.unsure.finditer(clause.before)
    return not any(match[0].casefold() not in title for match in found)


PASSED = frozenset({"adopt", "announce", "found", "happen"})
"""Groups of verbs of which one tells of a thing that has a number, such as a resolution."""
_NUMBER = re.compile(r"(?<![\w.,])\d{2,}(?![\w.,])")


def is_titled(data: Known, meant: Meant, part: Sentence, event: Event, clause: Clause) -> bool:
    """Whether all words of the title stand there, and the verb of the date is none but its own."""
    if not data.is_titled(event.id, part.stems):
        return False
    verb = stems_of(clause.verb, data.language)
    own = all(is_form(stem, data.titles[event.id]) for stem in verb)
    if clause.groups & PASSED and _NUMBER.search(event.title):
        return True  # Resolution 884, whatever its text tells of
    shared = clause.groups & meant.groups if meant.groups else clause.groups
    return own or not clause.verb or bool(shared) or "happen" in clause.groups


def is_meant(of: Events, event: Event, part: Sentence, clause: Clause) -> bool:
    """Whether the date's verb is one of the event's, and its subject or place stands there."""
    meant = of.meant[event.id]
    shared = clause.groups & meant.groups
    if not shared:
        return False
    here = part.places & set(event.places)
    if meant.subject and not meant.placed:
        return meant.subject <= part.stems or bool(here and meant.subject & part.stems)
    if meant.subject and not meant.subject & part.stems:
        return False
    alone = meant.subject or shared & ALONE or any(group.startswith("of ") for group in shared)
    return bool(here and alone and _stands_free(of.grammar, part, event, shared))


def _stands_free(rules: Grammar, part: Sentence, event: Event, groups: frozenset[str]) -> bool:
    """Whether a place of the event is named as what something happens to: not "from Agdam"."""
    barred = [rules.outside] if "leave" not in groups else []
    barred += [rules.within] if groups <= AT_ONCE else []
    places = [place for place in event.places if place in part.places]
    for begin in (at for place in places for at in part.spots[place]):
        before = part.text[:begin]
        if not any(pattern.search(before) for pattern in barred):
            return True
    return False


def _is_about_then(event: Event, date: Typed) -> bool:
    """Whether the year that is typed is about that of the event."""
    years = [year for one in event.all_dates for year in (one.earliest.year, one.latest.year)]
    return date.year is None or min(abs(date.year - year) for year in years) <= NEAR
