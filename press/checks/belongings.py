"""People who are said to be of a ship or a house that is somebody else's in people.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from press.base.finding import Place, Remark, place_text
from press.base.own_yaml import beside
from press.checks import lives
from press.checks.clauses import any_of, plain, words_of
from press.checks.known import known, own_sentences
from press.checks.texts import REFERENCE, THING
from press.content.load import Loaded
from press.content.model import Person, Question
from press.content.model.people import spoken
from press.content.walk import each

_CAPITAL = r"[^\W\da-zß-öø-ÿ_][\w’'-]*"
_NAME = rf"{_CAPITAL}(?:\s+{_CAPITAL})*"
_FEW, _LEAST = 4, 2
"""Words between a name and the thing that one is of: the captain of the; things of people."""


class Belongings(NamedTuple):
    """What people are of by their roles: the things of each, whose each thing is, and the people.

    ``things`` matches any of them, each that of one person alone; ``roles`` are the other words of
    the roles.
    """

    of: Mapping[str, frozenset[str]]
    whose: Mapping[str, str]
    people: Mapping[str, tuple[Place, Person]]
    things: re.Pattern[str]
    roles: frozenset[str]


@lru_cache(maxsize=2)
def _belongings(loaded: Loaded) -> Belongings | None:
    """The things of the people of a dossier; None where there are none, or no words for them."""
    of = _of(known(loaded).language)
    if of is None:
        return None
    found: dict[str, set[str]] = {}
    people: dict[str, tuple[Place, Person]] = {}
    told: dict[str, str] = {}
    for at, person in each(loaded, Person):
        people[person.id] = at("role"), person
        told[person.id] = plain(f"{person.role} {person.group} {person.note}")
        found[person.id] = {plain(match["thing"]) for match in of.finditer(person.role)}
    own_names = plain(" ".join(spoken(one.name) for _, one in people.values()))
    places = {plain(name) for p in loaded.dossier.gazetteer.places for name in (p.name, *p.also)}
    whose: dict[str, str] = {}
    for ident, things in found.items():
        for thing in things - places:
            others = [other for other, text in told.items() if other != ident and thing in text]
            if not others and thing not in own_names:
                whose[thing] = ident
    mine = {ident: frozenset(things) for ident, things in found.items() if things}
    roles = {word for _, one in people.values() for word in one.role.split() if word.islower()}
    roles |= {"a", "an", "the"}
    if len(whose) < _LEAST:
        return None
    return Belongings(mine, whose, people, any_of(whose), frozenset(roles))


@lru_cache(maxsize=16)
def _of(language: str) -> re.Pattern[str] | None:
    """A pattern of "of the Norham Castle"."""
    table = beside(lives.__file__).get(language.partition("-")[0])
    if not table:
        return None
    of = rf"(?i:{any_of(words_of(table['of'])).pattern})"
    return re.compile(rf"{of}\s+(?:(?i:{any_of(_THE).pattern})\s+)?(?P<thing>{_NAME})")


_THE = ("the", "der", "die", "das", "le", "la", "les", "du")


def of_anothers(loaded: Loaded) -> Iterator[Remark]:
    """People who stand beside a thing of somebody else's: Watson of the Norham Castle."""
    found = _belongings(loaded)
    if found is None:
        return
    names = {plain(spoken(name)): ident for ident, (_, one) in found.people.items()
             for name in (one.name, *one.matches, *one.also)}  # fmt: skip
    called = any_of(names)
    for passage, offset, text in own_sentences(loaded):
        if passage.name.startswith(("person.", "source.")) or not found.things.search(text):
            continue
        written = passage.written[offset : offset + len(text)] if THING in text else ""
        spots = [(m.end(), m["id"]) for m in REFERENCE.finditer(written) if m["id"] in found.people]
        spots += [(m.end(), names[plain(m[0])]) for m in called.finditer(text)]
        for end, ident in sorted(spots):
            match = _behind(known(loaded).language).match(text, end)
            if match is None or not found.roles.issuperset((match["role"] or "").split()):
                continue
            owner = found.whose.get(plain(match["thing"]))
            if owner and owner != ident and found.of.get(ident):
                at, person = found.people[ident]
                shown = " ".join(match["thing"].split())
                message = f"{spoken(person.name)} is not of {shown!r}, but {person.role!r}"
                message += f" ({place_text(at)}); {spoken(found.people[owner][1].name)} is"
                yield passage.at(offset + match.start("thing")), message, "correct one of the two"
    yield from _pairs(loaded, found, names)


@lru_cache(maxsize=16)
def _behind(language: str) -> re.Pattern[str]:
    of = _of(language)
    pattern = of.pattern if of else r"(?!)"
    return re.compile(rf"(?:,\s+(?P<role>(?:[a-zß-ÿ-]+\s+){{1,{_FEW}}}?)|\s+){pattern}")


def _pairs(loaded: Loaded, found: Belongings, names: Mapping[str, str]) -> Iterator[Remark]:
    """Things that are to be matched with somebody whose they are not."""
    for at, question in each(loaded, Question):
        for number, pair in enumerate(question.pairs):
            for thing, name, key in (
                (pair.item.text, pair.goes_with.text, "goes-with"),
                (pair.goes_with.text, pair.item.text, "item"),
            ):
                owner, ident = found.whose.get(plain(thing)), names.get(plain(name))
                if owner and ident and owner != ident:
                    message = f"{name!r} is not of {thing!r}; "
                    message += f"{spoken(found.people[owner][1].name)} is, by people.yaml"
                    yield at("pairs", number, key), message, "correct one of the two"
