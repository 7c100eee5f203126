"""How far and in which direction a place is said to lie from another, and their coordinates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cos, degrees, radians

from press.base.finding import Remark
from press.base.own_yaml import beside
from press.checks.clauses import any_of, plain, words_of
from press.checks.happened import grammar_of
from press.checks.known import Sentence, known, own_sentences
from press.checks.placed import elsewhere
from press.checks.quantities import numbers_in
from press.checks.rival_places import rival_places
from press.checks.sides import other_sides
from press.checks.units import units_of
from press.content.load import Loaded
from press.plates.maps.projection import distance

_KILOMETRES: Mapping[str, float] = {
    "m": 0.001, "km": 1.0, "ft": 0.000305, "mi": 1.609, "yd": 0.000914
}  # fmt: skip
"""Kilometres of each unit, by the first of its spellings."""
_SHORTEST, _LONGEST, _SLACK = 0.6, 2.5, 5.0
"""What a road may be of the straight line, and how many kilometres more or less."""
_ACROSS = 100.0
"""Degrees from the bearing beyond which a direction is another."""
_TURN = 360.0


@dataclass(frozen=True)
class Bearings:
    """The words of a language: directions with their bearings, and patterns with them."""

    degrees: Mapping[str, float]
    any: re.Pattern[str]
    before: re.Pattern[str]
    alone: re.Pattern[str]
    aside: re.Pattern[str]


@dataclass(frozen=True)
class Said:
    """Where something is said of two places, in which words, and how far or in which direction."""

    at: int
    words: str
    kilometres: float | None
    bearing: float | None


def lies_otherwise(loaded: Loaded) -> Iterator[Remark]:
    """W415: a place lies farther from another, or in another direction, than a text says.

    Why: Miles are taken for kilometres, east for west, and one village for the next of that name;
        the coordinates of both places are in the gazetteer. Roads may be more than twice as long as
        the straight line; a direction counts where it is across the right one or worse. It is read
        of two places of one sentence: forty miles east of Agdam, or of the volcano, where there is
        one alone; from Batavia in the west to Ternate in the east.
    Wrong: Barda lies forty miles south of Agdam.
    Right: Barda lies forty kilometres north of Agdam.
    Remedy: Correct the distance, the direction or the place; or the coordinates.
    """
    data, words = known(loaded), _words(known(loaded).language)
    if words is None:
        return
    for passage, offset, text in own_sentences(loaded):
        if not words.any.search(text) and not numbers_in(text, data.language):
            continue
        sentence = data.read(passage, offset, text)
        if not sentence.places:
            continue
        yield from _to_the_side(loaded, sentence, words)
        if grammar_of(loaded).attributed.search(text):
            continue
        yield from _from_another(loaded, sentence, words)
        yield from _apart(loaded, sentence, words)
    yield from elsewhere(loaded)
    yield from other_sides(loaded)
    yield from rival_places(loaded)


@lru_cache(maxsize=16)
def _words(language: str) -> Bearings | None:
    table = beside(__file__).get(language.partition("-")[0])
    if not table:
        return None
    pairs = [pair.split("=") for pair in words_of(" ".join(table["directions"].split()))]
    named = {plain(name): float(bearing) for name, bearing in pairs}
    direction = any_of(named).pattern
    of, into, the, aside = (
        any_of(words_of(table[key])).pattern for key in ("of", "in", "the", "aside")
    )
    lead = rf"(?:{into}\s+)?(?P<direction>{direction})?"
    before = rf"(?:^|[\s,(]){lead}\s*{of}\s+(?:{the}\s+)?$"
    return Bearings(
        named,
        any_of(named),
        re.compile(before, re.IGNORECASE),
        re.compile(rf"\s+{into}\s+(?P<direction>{direction})", re.IGNORECASE),
        re.compile(rf"\b{aside}\s+(?P<direction>{direction})(?!\s+{of})", re.IGNORECASE),
    )


def _from_another(loaded: Loaded, sentence: Sentence, words: Bearings) -> Iterator[Remark]:
    """Forty miles east of B, where one other place of the sentence is A."""
    spots = [(at, ident) for ident, all_ in sentence.spots.items() for at in all_]
    kinds, of_kind = _only_ones(loaded)
    spots += [
        (match.start(), of_kind[plain(match[0])])
        for match in kinds.finditer(sentence.text)
        if _ALONE.match(sentence.text, match.end())
    ]
    spots.sort()
    for begin, ident in spots:
        said = _said_before(loaded, sentence.text, begin, words)
        if said is None:
            continue
        others = {other for at, other in spots if at < said.at and other != ident}
        others = others or {other for at, other in spots if at > begin and other != ident}
        if len(others) == 1:
            yield from _remark(loaded, sentence, said, others.pop(), ident)


_ALONE = re.compile(r"\s*(?:[,.;:)]|$)")
"""What follows a kind that stands for the place: not "the village of Täsch", "the mountain hut"."""


@lru_cache(maxsize=2)
def _only_ones(loaded: Loaded) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern of the kinds of which the gazetteer has one place alone: volcano; and its id."""
    found: dict[str, list[str]] = {}
    for place in loaded.dossier.gazetteer.places:
        if place.at and place.kind:
            found.setdefault(plain(place.kind), []).append(place.id)
    only = {kind: ids[0] for kind, ids in found.items() if len(ids) == 1 and " " not in kind}
    return any_of(only), only


def _said_before(loaded: Loaded, text: str, begin: int, words: Bearings) -> Said | None:
    """What stands before the name of a place: a distance, a direction, or both."""
    match = words.before.search(text[:begin])
    if match is None:
        return None
    head = text[: match.start()]
    way = match["direction"]
    bearing = words.degrees[plain(way)] if way else None
    language = known(loaded).language
    for first, end, value in reversed(numbers_in(head, language)):
        unit = head[end:].strip(" \u00a0\u202f-\n")
        kind, group = units_of(language).like(unit)
        if kind == "length" and group[0] in _KILOMETRES:
            shown = text[first:begin].rstrip()
            return Said(first, shown, value * _KILOMETRES[group[0]], bearing)
        break
    return Said(match.start("direction"), str(way), None, bearing) if way else None


def _remark(
    loaded: Loaded, sentence: Sentence, said: Said, one: str, other: str
) -> Iterator[Remark]:
    """What is wrong with where ``one`` is said to lie from ``other``."""
    places = loaded.dossier.places
    a, b = places[one], places[other]
    if a.at is None or b.at is None:
        return
    far = distance((a.at.lon, a.at.lat), (b.at.lon, b.at.lat))
    shown = " ".join(said.words.split())
    hint = "correct it, or the coordinates in gazetteer.yaml"
    least, most = far * _SHORTEST - _SLACK, far * _LONGEST + _SLACK
    if said.kilometres is not None and not least <= said.kilometres <= most:
        message = f"{shown!r}, and {a.name} lies {far:.0f} km from {b.name} by their coordinates"
        yield sentence.at(said.at), message, hint
    elif said.bearing is not None and far > _SLACK:
        east = (a.at.lon - b.at.lon + _TURN / 2) % _TURN - _TURN / 2
        right = degrees(atan2(east * cos(radians(a.at.lat)), a.at.lat - b.at.lat)) % _TURN
        apart = abs((said.bearing - right + _TURN / 2) % _TURN - _TURN / 2)
        if apart > _ACROSS:
            message = f"{shown!r}, and {a.name} does not lie so from {b.name} by their coordinates"
            yield sentence.at(said.at), message, hint


def _apart(loaded: Loaded, sentence: Sentence, words: Bearings) -> Iterator[Remark]:
    """A in the west and B in the east, where it is the other way round."""
    found = []
    for ident, spots in sentence.spots.items():
        place = loaded.dossier.places[ident]
        for begin in spots if place.at else ():
            end = begin + len(_NAME.match(sentence.text, begin)[0])  # type: ignore[index]
            if match := words.alone.match(sentence.text, end):
                found.append((match.start("direction"), words.degrees[plain(match[1])], ident))
    for at, bearing, ident in sorted(found)[:1]:
        for _, other, second in sorted(found)[1:]:
            if second != ident and abs(bearing - other) == _TURN / 2:
                shown = re.match(r"\S*\w", sentence.text[at:])
                said = Said(at, shown[0] if shown else "", None, bearing)
                yield from _remark(loaded, sentence, said, ident, second)


_NEXT = 40
"""Letters between a direction and the place that lies there: to the south, the mayor of Fuzuli."""


def _to_the_side(loaded: Loaded, sentence: Sentence, words: Bearings) -> Iterator[Remark]:
    """Thirty miles to the south, B; at B, to the north: counted from where the text was last.

    That is a place of the headings above, or of the two sentences before; wrong if none fits.
    """
    for match in words.aside.finditer(sentence.text):
        begin, end = match.span()
        head = sentence.text[:begin]
        said = _said_with(loaded, head, match, words)
        spots = sorted((at, ident) for ident, all_ in sentence.spots.items() for at in all_)
        before = [(at, ident) for at, ident in spots if at < said.at]
        after = [(at, ident) for at, ident in spots if 0 <= at - end <= _NEXT]
        if before and (len(before) > 1 or _between(sentence.text, before[0][0], said.at)):
            continue
        if not before and (len(after) != 1 or len(sentence.places) > 1):
            continue
        one = (before or after)[0][1]
        anchors = [ident for ident in _above(loaded, sentence) if ident != one]
        told = [list(_remark(loaded, sentence, said, one, anchor)) for anchor in anchors]
        if told and all(told):
            yield from told[0]


def _between(text: str, begin: int, end: int) -> bool:
    """Whether more than its name stands between a place and what is said of it."""
    name = _NAME.match(text, begin)
    return bool(text[name.end() if name else begin : end].strip(" \n,]"))


def _said_with(loaded: Loaded, head: str, match: re.Match[str], words: Bearings) -> Said:
    """A direction with the distance before it, if there is one."""
    bearing = words.degrees[plain(match["direction"])]
    language = known(loaded).language
    for first, end, value in reversed(numbers_in(head, language)):
        kind, group = units_of(language).like(head[end:].strip(" \u00a0\u202f-\n"))
        if kind == "length" and group[0] in _KILOMETRES:
            return Said(first, head[first:] + match[0], value * _KILOMETRES[group[0]], bearing)
        break
    return Said(match.start(), match[0], None, bearing)


_HEADING = re.compile(r"^#{1,6}\s.*$", re.MULTILINE)
_SENTENCE = re.compile(r"[.!?]['”’»\")\]]*\s")


def _above(loaded: Loaded, sentence: Sentence) -> list[str]:
    """The places of the headings above a sentence of a chapter, and of the two before it."""
    passage, data = sentence.passage, known(loaded)
    if not passage.is_chapter:
        return []
    found: dict[str, None] = {}
    headings = list(_HEADING.finditer(passage.written, 0, sentence.offset))
    for match in (*headings[:1], *headings[-1:]):
        found |= dict.fromkeys(sorted(data.read(passage, match.start(), match[0]).places))
    start = max(passage.text.rfind("\n\n", 0, sentence.offset) + 2, 0)
    ends = [m.end() for m in _SENTENCE.finditer(passage.text, start, sentence.offset)]
    first = ends[-3] if len(ends) > 2 else start
    near = data.read(passage, first, passage.text[first : sentence.offset])
    return list(found | dict.fromkeys(sorted(near.places)))


_NAME = re.compile(r"\ufffc? *[^\s,;.]*(?: [A-ZÀ-Þ][^\s,;.]*)*|")
