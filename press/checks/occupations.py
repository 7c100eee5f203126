"""What a text says that somebody is, a shepherd or a schoolteacher, against what the data knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from press.base.finding import Place, Remark
from press.base.own_yaml import beside
from press.checks.clauses import any_of, plain, words_of
from press.checks.excerpts import kept
from press.checks.known import known, own_sentences
from press.checks.spoken import is_full_name
from press.checks.texts import REFERENCE, THING, Passage
from press.content.load import Loaded
from press.content.model import Person
from press.content.model.people import spoken
from press.content.walk import each

_HINT = "correct one of the two"
_CAPITAL = r"[^\W\da-zß-öø-ÿ_]"


@dataclass(frozen=True)
class Occupations:
    """The words of a language: domains by word, kindred words by their first, and patterns.

    ``behind`` matches one behind a name, ``before`` one in front of it.
    """

    domains: Mapping[str, frozenset[int]]
    first: Mapping[str, frozenset[str]]
    any: re.Pattern[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]

    def of(self, text: str) -> frozenset[str]:
        """The first of the kindred words of each occupation in a text."""
        found = (self.first[plain(match[0])] for match in self.any.finditer(text))
        return frozenset().union(*found)


@lru_cache(maxsize=16)
def _words(language: str) -> Occupations | None:
    table = beside(__file__).get(language.partition("-")[0])
    if not table:
        return None
    domains: dict[str, set[int]] = {}
    first: dict[str, set[str]] = {}
    for number, listed in enumerate(table["domains"]):
        for kindred in (one.split("=") for one in words_of(" ".join(listed.split()))):
            for word in kindred:
                domains.setdefault(plain(word), set()).add(number)
                first.setdefault(plain(word), set()).update(map(plain, kindred))
    what = any_of(domains).pattern
    lead, was = (any_of(words_of(table[key])).pattern for key in ("lead", "was"))
    return Occupations(
        {word: frozenset(numbers) for word, numbers in domains.items()},
        {word: frozenset(words) for word, words in first.items()},
        any_of(domains),
        re.compile(
            rf"(?:,|\s+(?i:{was}))\s+(?i:{lead}\s+)?(?:[a-zß-ÿ-]+\s+){{0,1}}(?P<what>(?i:{what}))(?=[\s,.;)])"
        ),
        re.compile(rf"(?P<what>(?i:{what}))(?:\s+(?:of|von|de)\s+\d+)?(?:,?|\s+(?i:{was}))\s+$"),
    )


def other_occupations(loaded: Loaded) -> Iterator[Remark]:
    """Occupations and ranks that stand beside a name, and are others than the data has."""
    words = _words(known(loaded).language)
    told = _told(loaded)
    if words is None or not told:
        return
    names = any_of(name for name in told if not name.startswith("@"))
    given = list(_given(loaded, words, told, names))
    for at, key, shown, what, passage in given:
        whose = told[key].partition("\n")[0]
        if words.of(told[key]) & words.first[what]:
            continue
        every_word = f"{told[key]}; {_beside(loaded, whose)}"
        own = words.of(every_word)
        domains = words.domains[what]
        every = (match[0] for match in words.any.finditer(every_word))
        rival = [one for one in every if words.domains[plain(one)] & domains]
        elsewhere = any(k == key and w == what and p is not passage for _, k, _, w, p in given)
        if rival and not own & words.first[what] and not elsewhere:
            yield at, f"{shown!r} is not what is known of {whose}: {rival[0]}", _HINT


def _given(
    loaded: Loaded, words: Occupations, told: Mapping[str, str], names: re.Pattern[str]
) -> Iterator[tuple[Place, str, str, str, Passage]]:
    """Each occupation beside a name: where, whose, how it is written, the word, and in what."""
    for passage, offset, text in own_sentences(loaded):
        if passage.name.startswith("person.") or not words.any.search(text):
            continue
        written = passage.written[offset : offset + len(text)] if THING in text else ""
        links = [(m.start(), m.end(), f"@{m['id']}") for m in REFERENCE.finditer(written)]
        spots = [(m.start(), m.end(), plain(m[0])) for m in names.finditer(text)]
        for begin, end, key in (*spots, *links):
            if key not in told:
                continue
            for match in (words.behind.match(text, end), words.before.search(text[:begin])):
                if match:
                    at = passage.at(offset + match.start("what"))
                    yield at, key, match["what"], plain(match["what"]), passage


@lru_cache(maxsize=2)
def _told(loaded: Loaded) -> Mapping[str, str]:
    """All that the data tells of each person by name and link: the name, a line's end, the rest."""
    found: dict[str, list[str]] = {}
    for _, person in each(loaded, Person):
        said = f"{person.role}; {person.group}; {person.note}"
        names = [spoken(name) for name in (person.name, *person.also, *person.matches)]
        for key in (*map(plain, names), f"@{person.id}"):
            found.setdefault(key, [spoken(person.name)]).append(said)
    for cite in (cite for cites in kept(loaded).values() for cite in cites):
        name, _, rest = cite.by.partition(",")
        if is_full_name(name.strip()) and rest:
            found.setdefault(plain(name), [name.strip()]).append(rest)
    return {key: f"{lines[0]}\n{'; '.join(lines[1:])}" for key, lines in found.items()}


def _beside(loaded: Loaded, name: str) -> str:
    """What the words of sources have close to a name."""
    near = []
    pattern = re.compile(rf"(?<!\w){re.escape(name.rsplit(maxsplit=1)[-1])}(?!\w)")
    for cite in (cite for cites in kept(loaded).values() for cite in cites):
        text = f"{cite.text}; {cite.by}"
        near += [text[max(0, m.start() - 60) : m.end() + 60] for m in pattern.finditer(text)]
    return "; ".join(near)
