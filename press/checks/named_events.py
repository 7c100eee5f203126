"""Which event a phrase names: a link, "the wreck", "Agdam had been taken", "the fall of Agdam"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from press.checks.clauses import Clause, Grammar, plain
from press.checks.happened import candidates, events_of, is_meant, is_sure, is_titled
from press.checks.known import Sentence, known, stems_of
from press.checks.texts import REFERENCE
from press.content.load import Loaded
from press.content.model import Event

_ENOUGH = 2
"""Words of a title that name it, where the phrase has no others."""


def event_named(loaded: Loaded, part: Sentence, *, first: bool = False) -> Event | None:
    """The one event that a phrase or a clause names; None where it names none, or several.

    ``first`` says that its first verb is the one that counts, and not its last.
    """
    if linked := list(linked_events(loaded, part)):
        return _only(linked)
    of = events_of(loaded)
    clause = _clause(part.text, of.grammar, first)
    if of.grammar.unsure.search(clause.before) or of.grammar.attributed.search(part.text):
        return None
    data, every = known(loaded), loaded.dossier.events
    events = [every[ident] for ident in dict.fromkeys(candidates(of, part))]
    titled = [
        event
        for event in events
        if is_titled(data, of.meant[event.id], part, event, clause)
        and is_sure(of.grammar, clause, event)
    ]
    longest = [one for one in titled if not any(
        data.titles[one.id] < data.titles[other.id] for other in titled)]  # fmt: skip
    meant = [event for event in events if is_meant(of, event, part, clause)]
    return _only(longest or meant) or _within(loaded, part)


def linked_events(loaded: Loaded, part: Sentence) -> Iterator[Event]:
    """The events to which a phrase links."""
    written = part.passage.written[part.offset : part.offset + len(part.text)]
    for match in REFERENCE.finditer(written):
        if match["kind"] in (None, "event") and match["id"] in loaded.dossier.events:
            yield loaded.dossier.events[match["id"]]


def _clause(text: str, rules: Grammar, first: bool) -> Clause:
    verbs = list(rules.any_verb.finditer(text))
    if not verbs:
        return Clause(0, len(text), text, "", text, frozenset())
    verb = verbs[0] if first else verbs[-1]
    form = plain(verb[0])
    before = text[: verb.start()]
    return Clause(0, len(text), text, form, before, rules.groups.get(form, frozenset()))


def _within(loaded: Loaded, part: Sentence) -> Event | None:
    """The one event whose title holds every word of a phrase; of one word, if no other has it."""
    data = known(loaded)
    stems = stems_of(part.text.replace("-", " "), data.language) - data.of_places
    if not stems:
        return None
    whole = part.stems if len(part.stems) >= _ENOUGH else stems
    if len(whole) >= _ENOUGH:
        found = {ident for ident, title in data.titles.items() if whole <= title}
        found = found or {ident for ident, words in _words(loaded).items() if whole <= words}
        found = found or {ident for ident, words in _words(loaded).items() if stems <= words
                          and len(stems) >= _ENOUGH}  # fmt: skip
    else:
        found = {ident for ident, words in _words(loaded).items() if stems <= words}
        found = {ident for ident in found if len(found) == 1 and stems <= data.titles[ident]}
    return _only(loaded.dossier.events[ident] for ident in found)


@lru_cache(maxsize=2)
def _words(loaded: Loaded) -> Mapping[str, frozenset[str]]:
    """The stems of title and text of each event; the parts of a word with hyphens are words."""
    language = known(loaded).language
    return {
        event.id: stems_of(f"{event.title} {event.text}".replace("-", " "), language)
        | known(loaded).titles[event.id]
        for event in loaded.dossier.events.values()
    }


def _only(events: Iterable[Event]) -> Event | None:
    found = {event.id: event for event in events}
    return next(iter(found.values())) if len(found) == 1 else None


def prefixes(text: str) -> Iterator[int]:
    """Where each of the first words of ``text`` ends, the longest part first."""
    yield from reversed([match.end() for match in re.finditer(r"\S+", text)])
