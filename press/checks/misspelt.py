"""Names that are nearly one of the dossier's, and numbers of things that nothing has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from press import locale
from press.atlas.names import fold
from press.base.finding import Remark
from press.checks.known import known
from press.checks.texts import WORD, Passage, passages
from press.content import kinds
from press.content.load import Loaded

LEAST = 6
"""Letters from which on two names that differ in one are hardly two."""
OFTEN = 4
"""Times from which on a spelling is taken for a name of its own."""


def misspelt_name(loaded: Loaded) -> Iterator[Remark]:
    """W407: a name differs by a letter from one that the dossier knows.

    Why: One person or place under two spellings looks like two, and the index misses a page. Names
        of places, people and the index count; two letters that have changed places, one that is
        lost, added or another, or a spelling that sounds alike. Each is named once.
    Wrong: People from Zangialn crossed the river.
    Right: People from Zangilan crossed the river.
    Remedy: Correct it, or list it: also: for another spelling, an entry of its own for another
        name.
    """
    names, others, small = _names(loaded), _others(loaded), _in_small_letters(loaded)
    nearby = _by_beginning(names)
    used: Counter[str] = Counter()
    first: dict[str, tuple[Passage, int]] = {}
    for passage, match in _capitals(loaded):
        word = match[0]
        if fold(word) not in others and fold(word) not in small and word not in names:
            used[word] += 1
            first.setdefault(word, (passage, match.start()))
    for word, times in used.items():
        meant = next((name for name in nearby.get(_begins(word), ()) if _is_slip(word, name)), "")
        passage, offset = first[word]
        if meant and times < OFTEN and not _has_another_first_name(passage, offset, names[meant]):
            more = f", {times} times" if times > 1 else ""
            message = f"{word!r} is nearly {meant!r}{more}"
            yield passage.at(offset), message, f"write {meant}, or list the name"


def _begins(word: str) -> str:
    return fold(word)[:1]


def _by_beginning(names: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(_begins(name), []).append(name)
    return found


def _names(loaded: Loaded) -> Mapping[str, frozenset[str]]:
    """Each word of the names that the dossier lists, with the other words of its name."""
    found: dict[str, set[str]] = {}
    for kind in ("place", "person", "entry"):
        for thing in kinds.things(loaded.dossier, kind).values():
            listed = (getattr(thing, "name", ""), *thing.also, *getattr(thing, "matches", ()))
            for name in filter(None, listed):
                words = [m[0] for m in WORD.finditer(name) if m[0][:1].isupper()]
                for word in words:
                    found.setdefault(word, set()).update(words)
    return {word: frozenset(others) for word, others in found.items() if len(word) >= LEAST}


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
    return frozenset(fold(match[0]) for text in texts for match in WORD.finditer(text or ""))


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
            if len(match[0]) >= LEAST and before not in ("*", "_") and not apart:
                yield passage, match


def _is_slip(word: str, name: str) -> bool:
    """Whether a word is a name with a slip: one letter, two that changed places, or one sound.

    An ending that makes another word (Armenia, Armenian; Germany, Germans) is none.
    """
    one, two = fold(word), fold(name)
    if one == two:
        return False
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
    return re.sub(r"(.)\1", r"\1", plain.replace("kh", "h"))


_BEFORE = re.compile(r"([^\W\d_]+)\s+\Z")


def _has_another_first_name(passage: Passage, offset: int, words: frozenset[str]) -> bool:
    """Whether the word before is another name, so that somebody else is meant."""
    match = _BEFORE.search(passage.own[:offset])
    if len(words) < 2 or match is None or not match[1][0].isupper() or match[1] in words:
        return False
    head = passage.own[: match.start()].rstrip()
    return bool(head) and head[-1] not in ".!?" and passage.own[: match.start()][-1:] != "\n"


# -- numbered things ---------------------------------------------------------------------------

_NUMBERED = re.compile(r"(?<!\w)([^\W\d_]{4,})\s+(\d{2,5})(?![\w.,]?\d|\w)")
_LISTED = re.compile(
    r"(?<!\w)([^\W\d_]{4,})\s+(\d{2,5}(?:(?:,| and| und| et|, and)\s+\d{2,5})*)(?![\w.,]?\d|\w)"
)
_OF_YEAR = re.compile(r"\s*\(\d{4}\)")


def misnumbered(loaded: Loaded) -> Iterator[Remark]:
    """W406: a number of something is nearly that of one that the dossier knows.

    Why: Resolution 835 is another than resolution 853, and easily typed for it. What has a number
        in the title of an event, a term, a table or a source is looked for: two figures that have
        changed places, or one that is another.
    Wrong: The Council adopted resolution 835.
    Right: The Council adopted resolution 853.
    Remedy: Correct the number; another one that is meant, with its year behind it in brackets, is
        left alone, as is one that the dossier lists.
    """
    numbers = _numbers(loaded)
    for passage in passages(loaded) if numbers else ():
        for match in _LISTED.finditer(passage.own):
            known_ones = numbers.get(_singular(match[1]), frozenset())
            for part in re.finditer(r"\d+", match[2]):
                end = match.start(2) + part.end()
                if part[0] in known_ones or _OF_YEAR.match(passage.own, end):
                    continue
                if meant := next((n for n in sorted(known_ones) if _near(part[0], n)), ""):
                    message = f"no {_singular(match[1])} {part[0]} is known here, and {meant} is"
                    yield passage.at(match.start(2) + part.start()), message, f"write {meant}"


def _singular(word: str) -> str:
    return word.casefold().removesuffix("s")


def _numbers(loaded: Loaded) -> Mapping[str, frozenset[str]]:
    """The numbers of each thing that has some in the titles of the dossier."""
    dossier = loaded.dossier
    language = known(loaded).language
    months = {name.casefold().rstrip(".") for name, _ in locale.month_names(language)}
    texts = [event.title for event in dossier.events.values()]
    texts += [term for one in dossier.glossary.terms for term in (one.term, *one.also)]
    texts += [source.title for source in dossier.sources.sources]
    texts += [table.title for table in dossier.tables.values()]
    found: dict[str, set[str]] = {}
    for match in (m for text in texts for m in _NUMBERED.finditer(text)):
        year = len(match[2]) == 4 and 1000 <= int(match[2]) <= 2100
        if match[1].casefold() not in months and len(match[2]) > 2 and not year:
            found.setdefault(_singular(match[1]), set()).add(match[2])
    every = {part for s in dossier.sources.sources for part in re.findall(r"\d+", s.number)}
    return {thing: frozenset(numbers | every) for thing, numbers in found.items()}


def _near(one: str, two: str) -> bool:
    """Whether two numbers of as many figures differ in one, or in the places of two."""
    if len(one) != len(two):
        return False
    apart = [n for n in range(len(one)) if one[n] != two[n]]
    return len(apart) == 1 or (len(apart) == 2 and sorted(one) == sorted(two))
