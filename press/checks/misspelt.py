"""Names that are nearly one of the dossier's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from press import locale
from press.atlas.names import fold
from press.base.finding import Remark
from press.checks.excerpts import kept
from press.checks.spoken import is_full_name
from press.checks.texts import WORD, Passage, passages
from press.content import kinds
from press.content.load import Loaded
from press.content.model import Place
from press.content.walk import each

LEAST = 6
"""Letters from which on two names that differ in one are hardly two."""
SHORT = 4
"""Letters from which on they are hardly two behind the same first name."""
OFTEN = 4
"""Times from which on a spelling is taken for a name of its own."""


def misspelt_name(loaded: Loaded) -> Iterator[Remark]:
    """W407: a name differs by a letter from one that the dossier knows.

    Why: One person or place under two spellings looks like two, and the index misses a page. Names
        of places, districts, people, the index, authors and those who speak in excerpts count; two
        letters that have changed places, one that is lost, added or another, or a spelling that
        sounds alike. Names of less than six letters count behind the first name of the person.
        Each is named once.
    Wrong: People from Zangialn crossed the river.
    Right: People from Zangilan crossed the river.
    Remedy: Correct it. Another spelling is listed under also: where the name stands, another name
        as an entry of its own.
    """
    names, others, small = _names(loaded), _others(loaded), _in_small_letters(loaded)
    nearby = _by_beginning(name for name in names if len(name) >= LEAST)
    used: Counter[str] = Counter()
    first: dict[str, tuple[Passage, int]] = {}
    for passage, match in _capitals(loaded):
        word = match[0]
        if fold(word) not in others and fold(word) not in small and word not in names:
            used[word] += 1
            first.setdefault(word, (passage, match.start()))
    for word, times in used.items():
        passage, offset = first[word]
        meant = next((name for name in nearby.get(_begins(word), ()) if is_slip(word, name)), "")
        if len(word) < LEAST or (meant and _has_another_first_name(passage, offset, names[meant])):
            meant = ""
        meant = meant or _behind_first_name(passage, offset, word, names)
        if meant and times < OFTEN:
            more = f", {times} times" if times > 1 else ""
            message = f"{word!r} is nearly {meant!r}{more}"
            hint = f"write {meant}; another spelling is listed under also: in {names[meant].file}"
            yield passage.at(offset), message, hint


def _begins(word: str) -> str:
    return fold(word)[:1]


def _by_beginning(names: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(_begins(name), []).append(name)
    return found


@dataclass(frozen=True)
class Listed:
    """A word of a name: the words of all names with it, and the file that lists the first."""

    words: frozenset[str]
    file: str


def _names(loaded: Loaded) -> Mapping[str, Listed]:
    """Each word of the names that the dossier lists."""
    found: dict[str, Listed] = {}
    for kind in ("place", "person", "entry"):
        file = kinds.HOMES[kind].name
        for thing in kinds.things(loaded.dossier, kind).values():
            listed = (getattr(thing, "name", ""), *thing.also, *getattr(thing, "matches", ()))
            for name in filter(None, listed):
                words = [m[0] for m in WORD.finditer(name) if m[0][:1].isupper()]
                for word in words:
                    before = found.get(word, Listed(frozenset(), file))
                    found[word] = Listed(before.words | set(words), before.file)
    for name, file in _further(loaded):
        words = [m[0] for m in WORD.finditer(name) if m[0][:1].isupper() and m[0].isalpha()]
        for word in words if len(words) <= _OF_A_NAME else ():
            before = found.get(word, Listed(frozenset(), file))
            found[word] = Listed(before.words | set(words), before.file)
    return found


_OF_A_NAME = 3
"""Words that a name has at the most."""


def _further(loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Names in other fields, of who speaks in excerpts, authors, districts; each with its file."""
    sources = kinds.HOMES["source"].name
    for cites in kept(loaded).values():
        for cite in cites:
            name = cite.by.partition(",")[0].strip()
            if is_full_name(name):
                yield name, sources
    for source in loaded.dossier.bibliography.values():
        for author in source.author:
            yield f"{author.given} {author.family}".strip(), sources
    for place in loaded.dossier.gazetteer.places:
        yield place.district, kinds.HOMES["place"].name


def _others(loaded: Loaded) -> frozenset[str]:
    """Words that are right as they are: names in any script, terms, and all of the sources."""
    dossier = loaded.dossier
    texts = [dossier.meta.title, dossier.meta.imprint.publisher]
    for place in dossier.gazetteer.places:
        texts += [place.name, place.district, *place.also]
        texts += [text for name in place.names for text in (name.name, name.latin)]
    for person in dossier.people.people:
        texts += [person.name, *person.also, *person.matches]
        texts += [text for name in person.names for text in (name.name, name.latin)]
    for entry in kinds.things(dossier, "entry").values():
        texts += [entry.name or "", *entry.also, *entry.matches]
    for term in dossier.glossary.terms:
        texts += [term.term, *term.also]
    for source in dossier.sources.sources:
        texts += [source.title, source.container, source.publisher, source.short, source.place]
        for role in (source.author, source.editor, source.translator):
            texts += [part for one in role for part in (one.family, one.given, one.literal)]
    texts += [f"{c.text} {c.by}" for cites in kept(loaded).values() for c in cites]
    words = [match[0] for text in texts for match in WORD.finditer(text or "")]
    owners = [re.sub(r"['’]s?$", "", word) for word in words]  # St Mary's, and so Mary
    return frozenset(map(fold, (*words, *owners)))


def _in_small_letters(loaded: Loaded) -> frozenset[str]:
    """Words that stand in small letters somewhere, and so are none of a name."""
    return frozenset(
        fold(match[0])
        for passage in passages(loaded)
        for match in WORD.finditer(passage.text)
        if match[0][:1].islower()
    )


_POSSESSIVE = r"(?=['’]s?(?!\w)|(?![\w'’]))"
_CAPITAL = re.compile(r"(?<![\w*_./@#-])[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)*" + _POSSESSIVE)
_SET_APART = re.compile(r"\]\{[^{}]*\}")


def _capitals(loaded: Loaded) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Words with a capital in the dossier's own words, but what is set apart or in a language."""
    for passage in passages(loaded):
        for match in _CAPITAL.finditer(passage.own):
            before = passage.written[max(0, match.start() - 1) : match.start()]
            apart = before == "[" and _SET_APART.match(passage.written, match.end())
            if len(match[0]) >= SHORT and before not in ("*", "_") and not apart:
                yield passage, match


_SAME_TWICE = re.compile(r"(.)\1")


def is_slip(word: str, name: str) -> bool:
    """Whether a word is a name with a slip: one letter, two that changed places, or one sound.

    An ending that makes another word (Armenia, Armenian; Germany, Germans) is none.
    """
    one, two = fold(word), fold(name)
    if one == two:
        return False
    if _SAME_TWICE.sub(r"\1", one) == _SAME_TWICE.sub(r"\1", two):
        return True  # Tillet, Tillett
    if one.startswith(two) or two.startswith(one) or one[:-1] == two[:-1]:
        return False
    mixed = sorted(one) == sorted(two) and one[-1] == two[-1] and len(one) > LEAST
    return mixed or _one_apart(one, two) or _sound(one) == _sound(two)


def _one_apart(one: str, two: str) -> bool:
    """Whether one letter is lost, added or another, or two have changed places."""
    if abs(len(one) - len(two)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), None)
    if same is None:
        return True
    rest, other = one[same:], two[same:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    )


def _sound(word: str) -> str:
    """A word as it sounds, roughly: doubled letters once, and y, ph, ck as i, f, k."""
    plain = word.replace("ph", "f").replace("ck", "k").translate(str.maketrans("ycqw", "ikkv"))
    return _SAME_TWICE.sub(r"\1", plain.replace("kh", "h"))


_BEFORE = re.compile(r"([^\W\d_]+)\s+\Z")


def _behind_first_name(
    passage: Passage, offset: int, word: str, names: Mapping[str, Listed]
) -> str:
    """The name that is one letter from a word, and has the word before it as its first name."""
    match = _BEFORE.search(passage.own[max(0, offset - _FIRST) : offset])
    first = names.get(match[1]) if match else None
    if match is None or first is None:
        return ""
    for name in sorted(first.words - {match[1]}):
        near = len(name) >= SHORT and fold(name) != fold(word)
        if near and fold(name)[:1] == fold(word)[:1] and _one_apart(fold(word), fold(name)):
            return name
    return ""


_FIRST = 40
"""Letters before a word among which its first name is looked for."""


def _has_another_first_name(passage: Passage, offset: int, listed: Listed) -> bool:
    """Whether the word before is another name, so that somebody else is meant."""
    match = _BEFORE.search(passage.own[:offset])
    words = listed.words
    if len(words) < 2 or match is None or not match[1][0].isupper() or match[1] in words:
        return False
    head = passage.own[: match.start()].rstrip()
    return bool(head) and head[-1] not in ".!?" and passage.own[: match.start()][-1:] != "\n"


_RANKS = ("kind.capital", "kind.city", "town", "kind.village", "kind.peak", "kind.water")


def misspelt_kind(loaded: Loaded) -> Iterator[Remark]:
    """W381: the kind of a place is nearly a word that the press knows, or that others have.

    Why: A map takes its symbol from the kind, and its legend prints the word: a mountain under a
        mistyped kind gets the symbol of a town.
    Wrong: kind: mountian
    Right: kind: mountain
    Remedy: Correct it. Any other word is printed as it is.
    """
    places = [(at, place) for at, place in each(loaded, Place) if place.kind]
    times = Counter(word for _, place in places for word in place.kind.casefold().split())
    messages = locale.messages(loaded.dossier.meta.language)
    ranks = {word for rank in _RANKS for word in messages[f"plate.{rank}"].casefold().split()}
    for at, place in places:
        for word in place.kind.casefold().split():
            if word in ranks or times[word] > 1:
                continue
            others = {other for other, number in times.items() if number > 1}
            near = sorted(known for known in ranks | others if _is_mistyped(word, known))
            if near:
                message = f"kind {word!r} is nearly {near[0]!r}"
                yield at("kind"), message, f"write {near[0]}, if that is what it is"


def _is_mistyped(word: str, known: str) -> bool:
    """Whether a word is a known one with a slip; a short one with two letters that changed places.

    Hall and hill, lane and lake are words of their own.
    """
    if min(len(word), len(known)) >= LEAST:
        return is_slip(word, known)
    changed = sorted(word) == sorted(known) and word != known and word[0] == known[0]
    return changed and len(word) > 3
