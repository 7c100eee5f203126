"""What the dossier knows of its events, places and sources, and what a sentence names of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press import locale
from press.base.finding import Place
from press.checks.texts import REFERENCE, WORD, Passage, passages, sentences
from press.content import facts, model
from press.content.load import Loaded
from press.dates.typed import begins_with_month

_FACT = re.compile(r"\{\s*fact\s*:\s*(?:[a-z]+:)?(?P<id>[a-z0-9-]+)\.")
_SOURCE = re.compile(r"@([\w:.-]*\w)")
_RUN = re.compile(r"\w+")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage: where it begins in it, and its text.

    ``stems`` are its words without endings, ``places`` and ``sources`` the ids that it names;
    ``spots`` says where in the text each place is named.
    """

    passage: Passage
    offset: int
    text: str
    stems: frozenset[str]
    places: frozenset[str]
    sources: frozenset[str]
    spots: Mapping[str, Sequence[int]]

    def at(self, offset: int) -> Place:
        """The place of ``offset`` in the sentence."""
        return self.passage.at(self.offset + offset)


@dataclass(frozen=True)
class Known:
    """What sentences are held against.

    ``titles`` are the stems of each event's title, ``of_places`` those of all names of places;
    ``places`` are the ids of places, ``names`` their names by the first word of each, with the ids.
    """

    language: str
    titles: Mapping[str, frozenset[str]]
    of_places: frozenset[str]
    places: frozenset[str]
    names: Mapping[str, Sequence[tuple[str, str]]]

    def is_titled(self, event: str, stems: frozenset[str]) -> bool:
        """Whether every word of an event's title is there, and it has more than one."""
        title = self.titles[event]
        return len(title) > 1 and all(is_form(stem, stems) for stem in title)

    def read(self, passage: Passage, offset: int, text: str) -> Sentence:
        """A sentence with what it names: by link, by title, or by the name of a place."""
        written = passage.written[offset : offset + len(text)]
        spots = self._named(text)
        linked = set()
        for match in (m for pattern in (REFERENCE, _FACT) for m in pattern.finditer(written)):
            linked.add(match["id"])
            if match["id"] in self.places:
                spots.setdefault(match["id"], []).append(match.start())
        named = " ".join(sorted(spots.keys() | linked))
        return Sentence(
            passage,
            offset,
            text,
            stems_of(f"{text} {named}", self.language),
            frozenset(spots),
            frozenset(_SOURCE.findall(written)),
            spots,
        )

    def names_of(self, places: Iterable[str]) -> Iterator[str]:
        """Every name of some places, by their ids."""
        wanted = frozenset(places)
        every = (pair for pairs in self.names.values() for pair in pairs)
        yield from (name for name, ident in every if ident in wanted)

    def _named(self, text: str) -> dict[str, list[int]]:
        """Where in ``text`` a name of a place stands, not as a part of other words, by its id."""
        found: dict[str, list[int]] = {}
        there = (pair for word in set(_RUN.findall(text)) for pair in self.names.get(word, ()))
        for name, ident in there:
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                found.setdefault(ident, []).append(match.start())
        return found


@lru_cache(maxsize=2)
def addressed(loaded: Loaded) -> facts.Addresses:
    """Everything of a dossier that has an address, by it; worked out once for all checks."""
    return facts.addresses(loaded.dossier)


@lru_cache(maxsize=2)
def known(loaded: Loaded) -> Known:
    """What there is to know in a dossier."""
    dossier, language = loaded.dossier, facts.language_of(loaded.dossier)
    names = {ident: _names(place) for ident, place in dossier.places.items()}
    of_places = frozenset[str]().union(
        *(stems_of(name, language) for called in names.values() for name in called)
    )
    return Known(
        language=language,
        titles={e.id: stems_of(e.title, language) for e in dossier.events.values()},
        of_places=of_places,
        places=frozenset(dossier.places),
        names=_by_first_word(names),
    )


def _names(place: model.Place) -> tuple[str, ...]:
    names = (place.name, *place.also, *(name.name for name in place.names))
    return tuple(dict.fromkeys(name for name in names if len(name) > 2))


def _by_first_word(names: Mapping[str, Iterable[str]]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """(name, id) of each name that has a word, by its first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for ident, called in names.items():
        for name in called:
            if word := _RUN.search(name):
                found.setdefault(word[0], []).append((name, ident))
    return found


@lru_cache(maxsize=8192)
def stems_of(text: str, language: str) -> frozenset[str]:
    """Words of ``text`` by what is left of them without endings; short and common ones apart."""
    common, roots = _common_words(language)
    found = (max(re.split("[’']", match[0]), key=len).casefold() for match in WORD.finditer(text))
    return frozenset(
        roots.get(word, word)[:5] for word in found if len(word) > 2 and word not in common
    )


@lru_cache(maxsize=16)
def _common_words(language: str) -> tuple[frozenset[str], Mapping[str, str]]:
    """The words of a language that tell nothing, and the roots of irregular ones."""
    words = locale.messages(language)
    roots = dict(pair.split("=") for pair in words["check.roots"].split())
    return frozenset(words["check.common"].split()), roots


_WHOLE = 4
"""Letters of a word that is shorter than a stem, and so has its endings in other stems."""
_ENDINGS = "eis"


def is_form(stem: str, stems: Iterable[str]) -> bool:
    """Whether a stem is among others, also of a short word with an ending: walk, walke(d)."""
    if stem in stems:
        return True
    if len(stem) == _WHOLE:
        return any(f"{stem}{ending}" in stems for ending in _ENDINGS)
    return len(stem) > _WHOLE and stem[_WHOLE] in _ENDINGS and stem[:_WHOLE] in stems


@lru_cache(maxsize=2)
def own_sentences(loaded: Loaded) -> tuple[tuple[Passage, int, str], ...]:
    """Passage, offset and text of each sentence that the dossier says in its own voice.

    Accounts are left out: they differ, that is why they are there.
    """
    language = known(loaded).language
    return tuple(
        (passage, offset, text)
        for passage in passages(loaded)
        if not passage.name.startswith("claim.")
        for offset, text in _sentences(passage, language)
    )


def _sentences(passage: Passage, language: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each sentence; the stop of an ordinal (16. Juli) does not end one."""
    begin: int | None = None
    for offset, text in sentences(passage, passage.own):
        if begin is not None and not begins_with_month(text, language):
            yield begin, passage.own[begin:offset].rstrip()
            begin = None
        begin = offset if begin is None else begin
        if not re.search(r"\b\d{1,2}\.$", text):
            yield begin, passage.own[begin : offset + len(text)]
            begin = None
    if begin is not None:
        yield begin, passage.own[begin:].rstrip()
