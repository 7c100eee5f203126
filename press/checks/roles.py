"""What a text calls somebody's office, against people.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from press.base.finding import Place, Remark, place_text
from press.base.own_yaml import beside
from press.checks import lives
from press.checks.belongings import of_anothers
from press.checks.clauses import any_of, plain, words_of
from press.checks.known import known, own_sentences
from press.checks.occupations import other_occupations
from press.checks.texts import REFERENCE, Passage
from press.content.load import Loaded
from press.content.model import Person
from press.content.model.people import spoken
from press.content.walk import each

_CAPITAL = r"[^\W\da-zß-öø-ÿ_][\w’'-]*"
_NAME = rf"{_CAPITAL}(?:\s+{_CAPITAL})*"


@dataclass(frozen=True)
class Offices:
    """The offices that a language has words for, and how they stand beside a name.

    ``same`` gives each word its first one; ``of`` matches an office and what it is the office of,
    ``behind`` a name and the two after it, ``before`` the two and a name; ``alone`` a name
    and an office that is nobody's in particular.
    """

    same: Mapping[str, str]
    any: re.Pattern[str]
    of: re.Pattern[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    alone: re.Pattern[str]


def office_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W413: somebody is given the office of another state or body than in people.yaml, or another.

    Why: Who was who prints the one and the chapter the other. It counts for an office of which
        there is one at a time, that stands beside a name or a link to a person: between commas
        behind it, or before it. An office that the person's role, group or note has as well is
        right, and so are former, later and deputy ones. An occupation or a rank beside a name (a
        shepherd, a meteorologist, Major) is held against all that people.yaml, the voices and the
        words of sources say of the person, where these have another of the kind; so is the ship,
        paper or house of which somebody is said to be, where it is one other person's alone.
    Wrong: Tansu Çiller, the prime minister of Iran, had been in office since the summer.
    Right: Tansu Çiller, the prime minister of Turkey, had been in office since the summer.
    Remedy: Correct the chapter, or the role in people.yaml.
    """
    yield from other_occupations(loaded)
    yield from of_anothers(loaded)
    people, offices = _people(loaded), _offices(known(loaded).language)
    if not people or offices is None:
        return
    names = lives.everybody(loaded)
    for passage, offset, text in own_sentences(loaded):
        if passage.name.startswith("person.") or not offices.any.search(text):
            continue
        found = [(m, plain(m[0])) for m in names.finditer(text)]
        for name, called in (*found, *_linked(loaded, passage, offset, text)):
            if called not in people:
                continue
            at, person = people[called]
            for match in _beside(text, name, offices):
                whose = " ".join(match.groupdict().get("whose", "").split())
                if _is_another(person, match["office"], whose, offices) or _is_anothers(
                    loaded, person, match["office"], offices
                ):
                    shown = " ".join(match["called"].split())
                    message = f"{shown!r} is not what {spoken(person.name)} was, {person.role!r}"
                    where = passage.at(offset + match.start("called"))
                    hint = "correct one of the two"
                    yield where, f"{message} ({place_text(at)})", hint


def _linked(
    loaded: Loaded, passage: Passage, offset: int, text: str
) -> Iterator[tuple[re.Match[str], str]]:
    """Each link to a person in a sentence, with the name that the press prints for it."""
    by_id = {person.id: person for person in loaded.dossier.people.people}
    for match in REFERENCE.finditer(passage.written[offset : offset + len(text)]):
        if person := by_id.get(match["id"]):
            yield match, plain(spoken(person.name))


@lru_cache(maxsize=2)
def _people(loaded: Loaded) -> Mapping[str, tuple[Place, Person]]:
    """Each person by each name that no other has, with where the role stands."""
    found: dict[str, list[tuple[Place, Person]]] = {}
    for at, person in each(loaded, Person):
        written = (person.name, *person.also, *person.matches)
        for name in dict.fromkeys(plain(spoken(name)) for name in written):
            found.setdefault(name, []).append((at("role"), person))
    return {name: both[0] for name, both in found.items() if len(both) == 1}


@lru_cache(maxsize=16)
def _offices(language: str) -> Offices | None:
    table = beside(lives.__file__).get(language.partition("-")[0])
    if not table:
        return None
    groups = [one.split("=") for one in words_of(" ".join(table["offices"].split()))]
    same = {plain(form): plain(group[0]) for group in groups for form in group}
    office = rf"(?P<office>(?i:{any_of(same).pattern}))"
    of = rf"(?i:{any_of(words_of(table['of'])).pattern})"
    the = rf"(?:(?i:{any_of(words_of(table['the'])).pattern})\s+)?"
    called = rf"(?P<called>{office}\s+{of}\s+(?P<whose>{_NAME}))"
    return Offices(
        same,
        any_of(same),
        re.compile(called),
        re.compile(rf",\s+(?:as\s+)?{the}{called}(?=[,.;)]|\s+(?:was|had|and)|$)"),
        re.compile(rf"(?<![\w-]){the}{called},?\s*$"),
        re.compile(rf",\s+{the}(?P<called>{office})(?=[,;)])"),
    )


def _beside(text: str, name: re.Match[str], offices: Offices) -> Iterator[re.Match[str]]:
    """Where an office stands at once behind a name, or before it."""
    for pattern in (offices.behind, offices.alone):
        if match := pattern.match(text, name.end()):
            yield match
    before = text[: name.start()]
    if (match := offices.before.search(before)) and not _is_qualified(before[: match.start()]):
        yield match


def _is_qualified(before: str) -> bool:
    """Whether a word stands before an office that makes it another."""
    return bool(_OTHER.search(before))


_OTHER = re.compile(
    any_of(
        word for table in beside(lives.__file__).values() for word in words_of(table["other"])
    ).pattern.removesuffix(r"(?![\w-])")
    + r"[\s-]*$",
    re.IGNORECASE,
)


def _is_another(person: Person, office: str, whose: str, offices: Offices) -> bool:
    """Whether the person has this office elsewhere, or another one there, and nowhere this."""
    told = _plain(office, offices)
    if not whose:
        return False
    every = " ".join((person.role, person.group, person.note))
    if re.search(rf"(?<!\w){re.escape(whose)}(?!\w)", every):
        own = {_plain(match[0], offices) for match in any_of(offices.same).finditer(every)}
        here = {_plain(match["office"], offices) for match in offices.of.finditer(person.role)
                if match["whose"] == whose}  # fmt: skip
        return bool(here) and told not in own
    held = [match for match in offices.of.finditer(person.role)
            if _plain(match["office"], offices) == told]  # fmt: skip
    return bool(held)


def _is_anothers(loaded: Loaded, person: Person, office: str, offices: Offices) -> bool:
    """Whether the office is somebody else's alone, and the person has another."""
    told = _plain(office, offices)
    own = {_plain(match[0], offices) for text in (person.role, person.group, person.note)
           for match in offices.any.finditer(text)}  # fmt: skip
    others = (
        {_plain(match[0], offices) for match in offices.any.finditer(other.role)}
        for _, other in each(loaded, Person)
        if other.id != person.id
    )
    return bool(own) and told not in own and any(told in held for held in others)


def _plain(office: str, offices: Offices) -> str:
    return offices.same[plain(office)]
