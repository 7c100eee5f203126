"""Facts with numbers, and when a number in a text is one of theirs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press import locale
from press.checks.clauses import any_of
from press.checks.known import Known, addressed, known, stems_of
from press.checks.numerals import Number, numbers
from press.checks.units import units_of
from press.content import facts
from press.content.load import Loaded
from press.dates.typed import typed


@lru_cache(maxsize=4096)
def numbers_in(text: str, language: str) -> Sequence[Number]:
    """Each number of a text; one with a single sign in it is read as its language writes them."""
    symbols = locale.cldr(language).number_symbols
    group = str(symbols.get("latn", symbols)["group"])
    found: dict[int, Number] = {}
    for begin, end, value in numbers(text, language):
        before = found.get(begin)
        figures = text[begin:end]
        chosen = max if group in figures else min
        found[begin] = (begin, end, chosen(value, before[2]) if before else value)
    return tuple(found.values())


def not_in_dates(text: str, found: Sequence[Number], language: str) -> Sequence[Number]:
    """The numbers that are no part of a date."""
    dates = [(date.begin, date.end) for date in typed(text, language)] if found else []
    begins = [begin for begin, _ in dates]

    def is_free(at: int) -> bool:
        number = bisect_right(begins, at) - 1
        return number < 0 or at >= dates[number][1]

    return [one for one in found if is_free(one[0])]


_SIGNS = "£$€¥"


@dataclass(frozen=True)
class Quantity:
    """A fact with numbers: where it is typed, the least and greatest of each account, its words.

    ``units`` are the spellings of its unit, ``other`` those of other units of the kind, each as it
    stands behind a number; ``spelt`` are all of them. ``stems`` are those of its name, label and
    scope, ``label`` those of the label alone, or of the name, ``words`` those of
    the unit; ``sign`` is one of money in its text.
    """

    found: facts.Found
    spans: tuple[tuple[float, float], ...]
    units: re.Pattern[str]
    other: re.Pattern[str]
    spelt: re.Pattern[str]
    measures: bool
    stems: frozenset[str]
    label: frozenset[str]
    unit: str
    words: frozenset[str]
    sign: str

    @property
    def rare(self) -> bool:
        """Whether its unit says what it counts: two words, or money."""
        return bool(self.sign) or " " in self.unit


@lru_cache(maxsize=2)
def quantities(loaded: Loaded) -> tuple[Quantity, ...]:
    """Every fact with numbers, in the order of its address."""
    language = known(loaded).language
    found_ones = []
    for found in (one for same in addressed(loaded).values() for one in same):
        if found.fact is None or "facts" not in found.loc:
            continue
        fact = found.fact
        texts = [claim.text for claim in fact.claims] or [fact.text]
        values = [[value for _, _, value in numbers_in(text, language)] for text in texts]
        if spans := tuple((min(one), max(one)) for one in values if one):
            units, other, spelt, measures = _units(fact.unit, language)
            scopes = " ".join((fact.scope, *(claim.scope for claim in fact.claims)))
            words = f"{fact.label} {found.name.replace('-', ' ')} {scopes}"
            stems = stems_of(words, language) - stems_of(fact.unit, language)
            own = stems_of(fact.label or found.name.replace("-", " "), language)
            counted = stems_of(fact.unit, language)
            label = own - counted
            sign = (
                next((one for one in "".join(texts) if one in _SIGNS), "") if not fact.unit else ""
            )
            found_ones.append(
                Quantity(
                    found,
                    spans,
                    units,
                    other,
                    spelt,
                    measures,
                    stems,
                    label,
                    fact.unit,
                    counted,
                    sign,
                )
            )
    return tuple(found_ones)


_SPACE = r"[\s\u00a0\u202f–-]*"


@lru_cache(maxsize=256)
def _units(
    unit: str, language: str
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], bool]:
    """Patterns of a unit behind a number, of others of its kind, of all; whether it measures."""
    known = units_of(language)
    kind, same = known.like(unit)
    measures = kind not in ("", "counted", "share")
    kinds = ("length", "area") if kind in ("length", "area") else (kind,) if measures else ()
    every = [group for one in kinds for group in known.kinds.get(one, ())]
    other = {form for group in every for form in group if group != same}
    spelt = any_of({*same, *other} - {""})
    forms = spelt.pattern
    between = "" if measures else r"(?:[^\W\d_]+\s+){0,2}?"

    def behind(wanted: Iterable[str]) -> re.Pattern[str]:
        pattern = any_of({*wanted} - {""}).pattern
        return re.compile(rf"{_SPACE}{between}(?={forms})(?={pattern})", re.IGNORECASE)

    return behind(same), behind(other), spelt, measures


def is_one(found: Sequence[Number], begin: int, quantity: Quantity) -> bool:
    """Whether the number that begins there is one of the fact's."""
    values = [value for at, _, value in found if at == begin]
    return any(low <= value <= high for value in values for low, high in quantity.spans)


ROUNDED = 0.1
"""The part of a round number by which what it rounds may differ from it."""


def agrees(value: float, span: tuple[float, float], before: str, data: Known) -> bool:
    """Whether a number is one of an account, or that rounded, or a bound of it: over 200,000."""
    low, high = span
    if low <= value <= high:
        return True
    step = 10.0 ** (len(f"{value:.0f}") - len(f"{value:.0f}".rstrip("0"))) if value >= 1000 else 0.0
    nearest = min(max(value, low), high)
    if step >= 100 and abs(value - nearest) <= min(step / 2, ROUNDED * value):
        return True
    bound = any_of(units_of(data.language).more)
    return bool(re.search(rf"{bound.pattern}\s*$", before, re.IGNORECASE)) and (
        low / 1.5 <= value <= high * 1.5 and value < high and step >= 100
    )


def _figures(value: float) -> str:
    return f"{value:.9g}".replace(".", "").strip("0")


def same_figures(value: float, quantity: Quantity) -> bool:
    """Whether a number has the figures of one of the fact's, and another size."""
    return any(_figures(value) == _figures(edge) for span in quantity.spans for edge in span)


_TELLING = 3
"""Figures, without the noughts at the end, from which on two that are exchanged are a slip."""


def is_exchanged(value: float, other: float) -> bool:
    """Whether a number is another with two of its figures exchanged: 34,617 for 36,417."""
    one, two = (f"{number:.9g}" for number in (value, other))
    apart = [n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b]
    telling = len(_figures(value)) >= _TELLING and len(_figures(other)) >= _TELLING
    return telling and len(one) == len(two) and len(apart) == 2 and sorted(one) == sorted(two)


def is_scaled(value: float, other: float) -> bool:
    """Whether a number of at least two figures is another with a nought more or less: 13,000."""
    great, small = max(value, other), min(value, other)
    return great == 10 * small and len(_figures(value)) > 1 and value >= 100


def slip_of(
    value: float, stems: frozenset[str], same: Sequence[Quantity], every: Sequence[Quantity]
) -> Quantity | None:
    """The fact of ``same`` whose figures a number has, with two exchanged or a nought more or less.

    The latter where no other fact has the unit and ``stems``, the words beside it, are the fact's.
    """
    for quantity in same:
        edges = {edge for span in quantity.spans for edge in span}
        sole = not quantity.measures and sum(one.unit == quantity.unit for one in every) == 1
        shared = quantity.stems & stems - quantity.words
        scaled = sole and shared and any(is_scaled(value, edge) for edge in edges)
        if scaled or any(is_exchanged(value, edge) for edge in edges):
            return quantity
    return None


_GREAT = 1000
"""From here on one number with two units of a kind is no accident."""


def other_unit(text: str, end: int, value: float, every: Sequence[Quantity]) -> Quantity | None:
    """The fact that has a great number in another unit of the kind: 4,800 square feet, metres."""
    has = [q for q in every if any(low == value == high for low, high in q.spans)]
    if value < _GREAT or any(quantity.units.match(text, end) for quantity in has):
        return None
    return next((quantity for quantity in has if quantity.other.match(text, end)), None)


def likeness(value: float, span: tuple[float, float]) -> int:
    """How like a mistyped account ``value`` is: 2 very, 1 perhaps, 0 not."""
    low, high = span
    if low * 0.8 <= value <= high * 1.25:
        return 2
    if value > 1000 and any(sorted(f"{value:.0f}") == sorted(f"{edge:.0f}") for edge in span):
        return 2
    same = any(_figures(value) == _figures(edge) and edge / 11 < value < edge * 11 for edge in span)
    return 1 if same or low / 3 <= value <= high * 3 else 0
