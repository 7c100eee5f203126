"""Lengths, areas, weights and times in a text, with their units: measures.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from press.base.own_yaml import beside
from press.checks.clauses import any_of, plain, words_of
from press.checks.numerals import numbers

_ABOUT, _NEAR = 0.25, 0.1
"""The parts of a measure by which another may be it, and by which it is that in another unit."""
_WORD = re.compile(r"[^\W\d_]+")
_TIME = 3
"""The kind of what measures time, by its place in the table."""


@dataclass(frozen=True)
class Measure:
    """So many of a unit: where it stands, how many, what it measures, and how much it is."""

    begin: int
    end: int
    number: float
    kind: int
    size: float

    @property
    def value(self) -> float:
        """How much it is, in the first unit of its kind."""
        return self.number * self.size


@dataclass(frozen=True)
class MeasuringUnits:
    """The units of a language: kind and size of each, their last words, and words beside numbers.

    ``half`` matches "half a" at the end of a text, ``joined`` what stands between two numbers of
    one unit.
    """

    sizes: Mapping[str, tuple[int, float]]
    lasts: frozenset[str]
    half: re.Pattern[str]
    joined: re.Pattern[str]


@lru_cache(maxsize=16)
def _units(language: str) -> MeasuringUnits | None:
    table = beside(__file__).get(language.partition("-")[0])
    if not table:
        return None
    sizes: dict[str, tuple[int, float]] = {}
    for kind, listed in enumerate(table["units"]):
        for unit in words_of(" ".join(listed.split())):
            *forms, size = unit.split("=")
            sizes.update({plain(form): (kind, float(size)) for form in forms})
    half, joined = (any_of(words_of(table[key])).pattern for key in ("half", "or"))
    return MeasuringUnits(
        sizes,
        frozenset(_WORD.findall(form)[-1] for form in sizes),
        re.compile(rf"{half}[\s-]+(?:[^\W\d_]{{1,2}}\s+)?$", re.IGNORECASE),
        re.compile(rf"\s*(?:{joined}|[–-])\s*", re.IGNORECASE),
    )


@lru_cache(maxsize=4096)
def measures(text: str, *languages: str) -> Sequence[Measure]:
    """Every measure of a text: three hours, half a day, five or six kilometres."""
    found: dict[tuple[int, int], Measure] = {}
    for language in languages:
        for start, end, (kind, size) in _spelt(text, language):
            for begin, number in _numbers_before(text, start, language):
                found.setdefault((begin, end), Measure(begin, end, number, kind, size))
    return tuple(found.values())


def _spelt(text: str, language: str) -> Iterator[tuple[int, int, tuple[int, float]]]:
    """Where each unit begins and ends in a text, and what it measures; the longest of them."""
    units, before = _units(language), -1
    for match in _WORD.finditer(text) if units else ():
        word = match[0].casefold()
        if units and word in units.lasts:
            begin = match.start()
            if before >= 0 and (two := units.sizes.get(plain(text[before : match.end()]))):
                yield before, match.end(), two
            elif one := units.sizes.get(word):
                yield begin, match.end(), one
        before = match.start()


def _numbers_before(text: str, end: int, language: str) -> Iterator[tuple[int, float]]:
    """Where each number of the unit begins that stands there, and the numbers."""
    units = _units(language)
    if units is None:
        return
    start = max(0, end - 60)
    head = text[start:end]
    if half := units.half.search(head):
        yield start + half.start(), 0.5
        return
    for begin, last, value in sorted(numbers(head, language), reverse=True):
        between = head[last:end]
        if between.strip(" \u00a0\u202f\n-") and not units.joined.fullmatch(between):
            return
        yield start + begin, value
        head = head[:begin]
        end = begin


def agrees(one: Measure, other: Measure) -> bool:
    """Whether two measures may be the same, one of them rounded."""
    near = abs(one.value - other.value) <= _ABOUT * max(one.value, other.value)
    return one.kind == other.kind and near


def converts(one: Measure, other: Measure) -> bool:
    """Whether a measure is another in another unit, as people round it: sixteen km, ten miles."""
    near = abs(one.value - other.value) <= _NEAR * max(one.value, other.value)
    return one.kind == other.kind and one.size != other.size and near


def compound(text: str, language: str) -> list[tuple[int, int]]:
    """Where a text has a length of time in two units: three hours and eighteen minutes."""
    times = sorted((m.begin, m.end) for m in measures(text, language) if m.kind == _TIME)
    return [
        (begin, last)
        for (begin, end), (after, last) in pairwise(times)
        if re.fullmatch(r",?\s+(?:[^\W\d_]{2,3}\s+)?", text[end:after])
    ]
