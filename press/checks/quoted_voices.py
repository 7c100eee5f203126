"""Who a text gives a quotation to, and whose words they are by what the dossier keeps of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from press import locale
from press.base.finding import Remark
from press.base.own_yaml import beside
from press.checks import lives
from press.checks.clauses import any_of, plain
from press.checks.clauses import words_of as words_of_list
from press.checks.excerpts import kept
from press.checks.happened import grammar_of
from press.checks.known import known
from press.checks.quoted import Quotation, holds, quotations_of, words_of
from press.checks.spoken import is_namesake, is_told_by, names_in, with_people
from press.content.load import Loaded
from press.content.model import Cite, Person
from press.content.model.people import spoken

_NEAR, _BETWEEN = 160, 8
"""Letters before and behind a quotation in which somebody is named as saying it; words between."""
_LEAST = 2
"""Words of a quotation that can be known by them."""
_STOP = re.compile(r"(?<!\b[A-Z])[.!?]['”’»\")\]]*\s|\n\s*\n|[“”„«»;]|\[[^\[\]]*@[^\[\]]*\]")
_NAME = (
    r"(?P<name>(?=[^\W\da-zß-öø-ÿ])[^\W\d_][\w’'-]*"
    r"(?:\s+(?:(?:de|da|di|du|von|van|der|den|of|the|al|bin|ibn|la|le)\s+)*"
    r"(?=[^\W\da-zß-öø-ÿ])[^\W\d_][\w’'-]*)*)"
)
"""One or more words with capitals, with the particles between them."""


class Verbs(NamedTuple):
    """What finds who is quoted: a name and its verb before the words, or either behind them.

    ``said`` are the verbs alone, ``pronoun`` matches "he said" behind the words.
    """

    before: re.Pattern[str]
    behind: re.Pattern[str]
    pronoun: re.Pattern[str]
    said: re.Pattern[str]


@lru_cache(maxsize=8)
def _verbs(language: str) -> Verbs:
    table = beside(__file__)
    own = table.get(language.partition("-")[0], table["en"])
    after, ahead = (any_of(re.split(r",\s*", own[key])).pattern for key in ("before", "behind"))
    following = rf"{_NAME},?\s+(?:[^\W\d_]+ly\s+)?(?i:{after})"
    return Verbs(
        re.compile(following),
        re.compile(rf"^\s*[,.–—]?\s*(?:(?i:{ahead})\s+(?:the\s+)?{_NAME}|{following})"
                   .replace("P<name>", "P<first>", 1)),
        re.compile(rf"^\s*[,.–—]?\s*(?P<pronoun>{any_of(_pronouns(language)).pattern})\s+{after}"),
        re.compile(rf"(?i:{after})"),
    )  # fmt: skip


def quoted_of_others(loaded: Loaded) -> Iterator[Remark]:
    """Quotations that a text gives by name to another than the words are of that it quotes."""
    language = known(loaded).language
    for quotation in quotations_of(loaded):
        own = words_of(quotation.words)
        if len(own) < _LEAST:
            continue
        cites = (one for source in quotation.sources for one in kept(loaded).get(source, ()))
        quoted = [one for one in cites if holds(words_of(one.text), own)]
        teller = _teller(quotation, loaded, language) if quoted else ""
        if plain(teller) in _pronouns(language):
            teller = _meant(quotation, quoted, loaded)
        if teller and not any(_is_of(teller, cite, loaded) for cite in quoted):
            whose = next((cite.by for cite in quoted if cite.by), f"of {quoted[0].source!r}")
            message = f"the words are those {_of(whose)}, and are given here to {teller!r}"
            at = quotation.passage.at(quotation.begin - 1)
            yield at, message, "say whose they are, or correct by: of the excerpt"


def _of(whose: str) -> str:
    return whose if whose.startswith("of ") else f"of {whose}"


def _is_of(teller: str, cite: Cite, loaded: Loaded) -> bool:
    """Whether somebody is the one whose words are cited, or who hands them on."""
    teller = " ".join(word for word in teller.split() if not word.islower())
    source = loaded.dossier.bibliography.get(cite.source)
    every = (cite, Cite(source=cite.source, says=cite.says))  # the source hands on what others say
    if any(is_told_by(f"{teller},", one, source) for one in every):
        return True
    people = loaded.dossier.people.people
    told = [one for one in people if names_in(f"{spoken(one.name)},") & names_in(f"{teller},")
            and not is_namesake(teller, spoken(one.name))]  # fmt: skip
    return any(_is_called(one, cite.by) for one in told)


def _is_called(person: Person, by: str) -> bool:
    """Whether a voice is a person: by a name, or by the words of the role."""
    if is_namesake(spoken(person.name), by):
        return False
    called = " ".join((spoken(person.name), *map(spoken, person.also), person.role, person.note))
    return bool(names_in(f"{by},") & {one.casefold() for one in re.findall(r"\w+", called)})


def _teller(quotation: Quotation, loaded: Loaded, language: str) -> str:
    """Who is named beside a quotation as saying it; "" where nobody is, or by a pronoun only."""
    begin, end = quotation.begin - 1, quotation.end + 1
    ahead = with_people(quotation.passage, max(0, begin - _NEAR), begin, loaded)
    ahead = ahead[max((match.end() for match in _STOP.finditer(ahead)), default=0) :]
    behind = with_people(quotation.passage, end, end + _NEAR, loaded)
    stop = _STOP.search(behind)
    verbs, name = _verbs(language), ""
    if match := verbs.behind.match(behind[: stop.start()] if stop else behind):
        name = match["first"] or match["name"]
    elif match := verbs.pronoun.match(behind):
        name = match["pronoun"]
    elif found := list(verbs.before.finditer(ahead)):
        name = found[-1]["name"] if _is_of_these(ahead, found[-1], loaded, verbs) else ""
    common = locale.messages(language)["check.common"].split()
    alone = plain(name) in _pronouns(language)
    nobody = plain(name) in common or grammar_of(loaded).back.fullmatch(name)
    return "" if nobody and not alone else name


@lru_cache(maxsize=8)
def _pronouns(language: str) -> frozenset[str]:
    """The words for one person who was named."""
    table = beside(lives.__file__).get(language.partition("-")[0], {})
    return frozenset(words_of_list(table.get("pronouns", "")))


def _meant(quotation: Quotation, quoted: Sequence[Cite], loaded: Loaded) -> str:
    """Whom "he said" means: the one person of the sentence before; "" where that is not sure.

    Whose words they are is somebody else in people.yaml, whom the paragraph so far does not name.
    """
    begin = quotation.begin - 1
    start = max(quotation.passage.text.rfind("\n\n", 0, begin), 0)
    ahead = with_people(quotation.passage, start, begin, loaded)
    people, own = _people(loaded), frozenset[str]()
    for cite in quoted:
        own |= {one for name, one in people.items() if name in plain(cite.by)}
    if not own or not all(cite.by for cite in quoted):
        return ""
    pattern = any_of(people)
    named = {people[plain(match[0])] for match in pattern.finditer(ahead)}
    last = [part for part in _SENTENCE.split(ahead) if part.strip(" \n“„«")][-1:]
    found = {people[plain(match[0])] for part in last for match in pattern.finditer(part)}
    return found.pop() if len(found) == 1 and not named & own else ""


_SENTENCE = re.compile(r"(?<!\b[A-Z])[.!?]['”’»\")\]]*\s")


@lru_cache(maxsize=2)
def _people(loaded: Loaded) -> Mapping[str, str]:
    """The name of each person of the dossier as it is spoken, by each name that no other has."""
    found: dict[str, set[str]] = {}
    for person in loaded.dossier.people.people:
        for name in (person.name, *person.also, *person.matches):
            found.setdefault(plain(spoken(name)), set()).add(spoken(person.name))
    return {name: next(iter(whose)) for name, whose in found.items() if len(whose) == 1}


def _is_of_these(ahead: str, match: re.Match[str], loaded: Loaded, verbs: Verbs) -> bool:
    """Whether a name and its verb introduce the words behind: "Raffles wrote that it was …"."""
    rules = grammar_of(loaded)
    lead = ahead[: match.start()]
    placed = rules.within.search(lead) or rules.outside.search(lead)
    between = ahead[match.end() :]
    return not placed and len(between.split()) <= _BETWEEN and not verbs.said.search(between)
