"""Units by what they measure, in their spellings, and words before a number: units.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from press.base.own_yaml import beside
from press.checks.clauses import any_of, plain, words_of

Group = tuple[str, ...]
"""The spellings of one unit."""


@dataclass(frozen=True)
class Units:
    """The groups of each kind (length, area, share, counted), and words before a number.

    ``whole`` say that it is all of them, ``more`` that it is a bound, ``apart`` that it is of
    others; ``parts`` are the values of shares.
    """

    kinds: Mapping[str, tuple[Group, ...]]
    whole: Group
    more: Group
    apart: Group = ()
    parts: Mapping[str, float] = field(default_factory=dict)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every group."""
        return tuple(group for groups in self.kinds.values() for group in groups)

    def like(self, unit: str) -> tuple[str, Group]:
        """The kind of a unit, and its spellings; "" and the unit itself for another."""
        for kind, groups in self.kinds.items():
            for group in groups:
                if unit in group:
                    return kind, group
        return "", (unit,)


@lru_cache(maxsize=16)
def units_of(language: str) -> Units:
    """The units of a language; none for one that the table does not have."""
    table = beside(__file__).get(language.partition("-")[0], {})
    kinds = {
        kind: tuple(words_of(group) for group in groups)
        for kind, groups in table.items()
        if isinstance(groups, list)
    }
    whole, more, apart = (words_of(table.get(key, "")) for key in ("whole", "more", "apart"))
    pairs = (part.split("=") for part in words_of(table.get("parts", "")))
    return Units(kinds, whole, more, apart, {plain(name): float(value) for name, value in pairs})


def has_unit(text: str, end: int, unit: str, language: str) -> bool:
    """Whether a number that ends there is followed by a unit, in one of its spellings."""
    _, units = units_of(language).like(unit)
    spelt = sorted({unit, *units} - {""}, key=len, reverse=True)
    listed = "|".join(re.escape(form.casefold()) for form in spelt)
    tail = text[end : end + 60].casefold()
    return bool(re.match(rf"[\s\u00a0\u202f-]*(?:[^\W\d]+ ){{0,2}}(?:{listed})(?!\w)", tail))


_BESIDE = 25
"""Letters beside a number."""


def is_of_a_part(text: str, begin: int, end: int, language: str) -> bool:
    """Whether a word beside a number says that it is of some or of each: the last with ten only."""
    words = _apart(language)
    before = text[max(0, begin - _BESIDE // 2) : begin].split()[-1:]
    return bool(
        words and (words.search(" ".join(before)) or words.search(text[end : end + _BESIDE]))
    )


@lru_cache(maxsize=16)
def _apart(language: str) -> re.Pattern[str] | None:
    words = [word for word in units_of(language).apart if word.isalpha() and len(word) > _SHORT]
    return any_of(words) if words else None


_SHORT = 3
"""Letters of words like "of", which stand everywhere."""
