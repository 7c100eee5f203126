"""Numbers typed in words that are near to a fact and not it. Both places are named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from press import locale
from press.base.finding import Remark, place_text
from press.checks.clauses import any_of
from press.checks.known import Known, Sentence, known, own_sentences, stems_of
from press.checks.numerals import Number, numbers
from press.checks.texts import REFERENCE
from press.checks.units import units_of
from press.content import facts
from press.content.load import Loaded
from press.dates.typed import typed


def number_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W403: a number typed in words is near to a fact of what the sentence names, and another.

    Why: The fact has a value, or several that differ; a number of the same unit in a clause about
        the same place, event or subject that is none of them, nor one of them rounded, is most
        likely mistyped, or was not corrected with the fact. So is the same number in another unit.
        Numbers in words count, and those of a table's rows where the sentence refers to it.
    Wrong: About 115,000 people left [[agdam]].
    Right: {fact: agdam.displaced} left [[agdam]].
    Remedy: Print the fact, or correct one of the two. A number of something else can be allowed in
        dossier.yaml, with a reason.
    """
    data = known(loaded)
    for passage, offset, text in own_sentences(loaded):
        found = _not_in_dates(text, _numbers(text, data.language), data.language)
        if not found:
            continue
        sentence = data.read(passage, offset, text)
        for begin, end, quantity in _wrong_numbers(loaded, data, sentence, found):
            there = place_text(loaded.at(quantity.found.file, *quantity.found.loc, key=True))
            value = facts.value(quantity.found.fact, data.language) if quantity.found.fact else ""
            address = quantity.found.address
            unit = quantity.other.match(text, end)
            spelt = quantity.spelt.match(text, unit.end()) if unit else None
            shown = text[begin : spelt.end() if spelt else end]
            message = f"{shown!r} is not the fact {address!r}, {value} ({there})"
            message += ": the unit is another" if spelt and _is_one(found, begin, quantity) else ""
            hint = f"print it: {{fact: {address}}}, or correct one of the two"
            yield sentence.at(begin), message, hint
        yield from _wrong_rows(loaded, data, sentence, found)


def _numbers(text: str, language: str) -> list[Number]:
    """Each number of a text; one with a single sign in it is read as its language writes them."""
    symbols = locale.cldr(language).number_symbols
    group = str(symbols.get("latn", symbols)["group"])
    found: dict[int, Number] = {}
    for begin, end, value in numbers(text, language):
        before = found.get(begin)
        figures = text[begin:end]
        chosen = max if group in figures else min
        found[begin] = (begin, end, chosen(value, before[2]) if before else value)
    return list(found.values())


def _not_in_dates(text: str, found: Sequence[Number], language: str) -> Sequence[Number]:
    """The numbers that are no part of a date."""
    dates = [(date.begin, date.end) for date in typed(text, language)] if found else []
    begins = [begin for begin, _ in dates]

    def is_free(at: int) -> bool:
        number = bisect_right(begins, at) - 1
        return number < 0 or at >= dates[number][1]

    return [one for one in found if is_free(one[0])]


def _is_one(found: Sequence[Number], begin: int, quantity: Quantity) -> bool:
    """Whether the number that begins there is one of the fact's."""
    values = [value for at, _, value in found if at == begin]
    return any(low <= value <= high for value in values for low, high in quantity.spans)


# -- facts with numbers ------------------------------------------------------------------------


@dataclass(frozen=True)
class Quantity:
    """A fact with numbers: where it is typed, the least and greatest of each account, its words.

    ``units`` are the spellings of its unit, ``other`` those of other units of the kind, each as it
    stands behind a number; ``spelt`` are all of them. ``stems`` are those of its name, label and
    scope.
    """

    found: facts.Found
    spans: tuple[tuple[float, float], ...]
    units: re.Pattern[str]
    other: re.Pattern[str]
    spelt: re.Pattern[str]
    measures: bool
    stems: frozenset[str]


@lru_cache(maxsize=2)
def _quantities(loaded: Loaded) -> tuple[Quantity, ...]:
    language = known(loaded).language
    quantities = []
    for found in (one for same in facts.addresses(loaded.dossier).values() for one in same):
        if found.fact is None or "facts" not in found.loc:
            continue
        fact = found.fact
        texts = [claim.text for claim in fact.claims] or [fact.text]
        values = [[value for _, _, value in _numbers(text, language)] for text in texts]
        if spans := tuple((min(one), max(one)) for one in values if one):
            units, other, spelt, measures = _units(fact.unit, language)
            scopes = " ".join((fact.scope, *(claim.scope for claim in fact.claims)))
            words = f"{fact.label} {found.name.replace('-', ' ')} {scopes}"
            stems = stems_of(words, language) - stems_of(fact.unit, language)
            quantities.append(Quantity(found, spans, units, other, spelt, measures, stems))
    return tuple(quantities)


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


# -- one sentence ------------------------------------------------------------------------------

_LARGE = 3000
"""From here on a number is too great for a year, a page or a count of days."""
_SURE = 20
"""From here on the same number in another unit is no accident."""
_SMALL = 100
"""Up to here a count that is smaller than the whole may be that of a part."""


def _wrong_numbers(
    loaded: Loaded, data: Known, sentence: Sentence, found: Sequence[Number]
) -> Iterator[tuple[int, int, Quantity]]:
    """Begin and end of each number that is near to a fact of what its clause names, and it."""
    every = _quantities(loaded)
    ends = _ends(sentence.text)
    clauses: dict[int, Sentence] = {}
    for begin, end, value in found if every else ():
        number = bisect_right(ends, begin)
        part = clauses.get(number) or _clause(data, sentence, ends[number - 1], ends[number])
        clauses[number] = part
        about = [quantity for quantity in every if _speaks_of(data, part, quantity)]
        right = [q for q in every if q in about or not q.found.anchor]
        otherwise = [q for q in about if q.other.match(sentence.text, end)]
        before = sentence.text[:begin]
        if any(_agrees(value, span, before, data) for q in right for span in q.spans):
            about = [q for q in otherwise if value >= _SURE and any(value in s for s in q.spans)]
            yield from ((begin, end, quantity) for quantity in about[:1])
            continue
        slips = (
            quantity
            for quantity in about
            if quantity not in otherwise
            and _is_slip(sentence.text, end, value, quantity, part, found, data)
        )
        yield from ((begin, end, quantity) for quantity in islice(slips, 1))


_ENDS = re.compile(r"[;()—–](?!\d)|,(?=\s)")


def _ends(text: str) -> Sequence[int]:
    return [0, *(match.end() for match in _ENDS.finditer(text)), len(text)]


def _clause(data: Known, sentence: Sentence, first: int, last: int) -> Sentence:
    """The part of the sentence between two of its signs."""
    return data.read(sentence.passage, sentence.offset + first, sentence.text[first:last])


def _speaks_of(data: Known, part: Sentence, quantity: Quantity) -> bool:
    """Whether a clause names what the fact is about; of a share, what it is a share of."""
    found = quantity.found
    if found.kind == "place":
        return found.id in part.places
    if found.kind == "event" and data.is_titled(found.id, part.stems):
        return True
    narrower = part.places if found.kind != "event" else frozenset[str]()
    if narrower and not (quantity.stems & data.of_places):
        return False  # the palace at Sydenham, and not the one of the fact
    own = stems_of(found.subject, data.language)
    if found.fact and found.fact.unit in _shares(data.language) and quantity.stems & part.stems:
        return True
    return found.kind != "event" and bool(own) and own <= part.stems


def _shares(language: str) -> Iterator[str]:
    yield from (word for group in units_of(language).kinds.get("share", ()) for word in group)


def _agrees(value: float, span: tuple[float, float], before: str, data: Known) -> bool:
    """Whether a number is one of an account, or that rounded, or a bound of it: over 200,000."""
    low, high = span
    if low <= value <= high:
        return True
    step = 10.0 ** (len(f"{value:.0f}") - len(f"{value:.0f}".rstrip("0"))) if value >= 1000 else 0.0
    if step >= 100 and low - step / 2 <= value <= high + step / 2:
        return True
    bound = any_of(units_of(data.language).more)
    return bool(re.search(rf"{bound.pattern}\s*$", before, re.IGNORECASE)) and (
        low / 1.5 <= value <= high * 1.5 and value < high and step >= 100
    )


def _is_slip(
    text: str, end: int, value: float, quantity: Quantity, part: Sentence,
    found: Sequence[Number], data: Known,
) -> bool:  # fmt: skip
    """Whether a number looks like one of the fact's accounts, mistyped."""
    like = max(_likeness(value, span) for span in quantity.spans)
    shared = bool(quantity.stems & part.stems)
    if not quantity.units.match(text, end):
        return like > 1 and value >= _LARGE and shared and not _counts_another(text, end, data)
    same = [n for n in found if quantity.units.match(text, n[1])]
    greatest = max(high for _, high in quantity.spans)
    beside = any(low <= n[2] <= high for n in same for low, high in quantity.spans)
    if beside and (like < 2 or greatest <= _SMALL):
        return False
    if not quantity.measures and greatest <= _SMALL:
        close = (greatest < value <= 3 * greatest) or (like > 1 and value > 0.8 * greatest >= 16)
        return close or (greatest >= 10 and _same_figures(value, quantity))
    return like > 1 or (like > 0 and (shared or _same_figures(value, quantity)))


def _counts_another(text: str, end: int, data: Known) -> bool:
    """Whether a noun follows that may be something else: 112,000 books."""
    match = re.match(r"\s+([^\W\d_]+)", text[end:])
    return bool(match and match[1].islower() and stems_of(match[1], data.language)
                and not match[1].endswith(("ed", "en")))  # fmt: skip


def _figures(value: float) -> str:
    return f"{value:.9g}".replace(".", "").strip("0")


def _same_figures(value: float, quantity: Quantity) -> bool:
    return any(_figures(value) == _figures(edge) for span in quantity.spans for edge in span)


def _likeness(value: float, span: tuple[float, float]) -> int:
    """How like a mistyped account ``value`` is: 2 very, 1 perhaps, 0 not."""
    low, high = span
    if low * 0.8 <= value <= high * 1.25:
        return 2
    if value > 1000 and any(sorted(f"{value:.0f}") == sorted(f"{edge:.0f}") for edge in span):
        return 2
    same = any(_figures(value) == _figures(edge) and edge / 11 < value < edge * 11 for edge in span)
    return 1 if same or low / 3 <= value <= high * 3 else 0


# -- tables ------------------------------------------------------------------------------------


def _wrong_rows(
    loaded: Loaded, data: Known, sentence: Sentence, found: Sequence[Number]
) -> Iterator[Remark]:
    """Numbers of the things that a table lists, where the sentence refers to it."""
    written = sentence.passage.written[sentence.offset : sentence.offset + len(sentence.text)]
    tables = {m["id"] for m in REFERENCE.finditer(written) if m["kind"] == "table"}
    whole = any_of(units_of(data.language).whole).pattern
    for name in sorted(tables & loaded.dossier.tables.keys()):
        rows = len(loaded.dossier.tables[name].rows)
        things = stems_of(name.replace("-", " "), data.language)
        for begin, end, value in found:
            match = re.match(r"\s+(?:[^\W\d_]+\s+)?([^\W\d_]+)", sentence.text[end:])
            nouns = stems_of(match[0], data.language) if match else frozenset()
            all_of = re.search(rf"{whole}\s+$", sentence.text[:begin], re.IGNORECASE)
            if nouns & things and (value > rows or (all_of and value < rows)):
                there = place_text(loaded.at(f"tables/{name}.yaml", "rows", key=True))
                message = (
                    f"{sentence.text[begin:end]!r} is not the number of rows, {rows} ({there})"
                )
                yield sentence.at(begin), message, "correct the number, or the table"
