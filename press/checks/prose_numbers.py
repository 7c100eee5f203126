"""Numbers typed in words that are near to a fact and not it. Both places are named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from press.base.finding import Remark, place_text
from press.checks.answers_counted import miscounted
from press.checks.clauses import any_of
from press.checks.known import Known, Sentence, known, own_sentences, stems_of
from press.checks.numerals import Number
from press.checks.quantities import (
    Quantity,
    agrees,
    is_one,
    likeness,
    not_in_dates,
    numbers_in,
    quantities,
    same_figures,
)
from press.checks.texts import REFERENCE
from press.checks.told_numbers import miscounted_titles, wrong_figures
from press.checks.units import units_of
from press.content import facts
from press.content.load import Loaded


def number_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W403: a number typed in words is near to a fact of what the sentence names, and another.

    Why: The fact has a value, or several that differ; a number of the same unit in a clause about
        the same place, event or subject that is none of them, nor one of them rounded, is most
        likely mistyped, or was not corrected with the fact. So is the same number in another unit,
        and one with two figures exchanged (34,617 for 36,417) wherever it stands.
        Numbers in words count, shares of a whole (half of the eighteen ships), rows of the infobox,
        answers and cells, and those of a table's rows where the sentence refers to it. A number in
        the dossier's title is held to the one that all other texts have.
    Wrong: About 115,000 people left [[agdam]].
    Right: {fact: agdam.displaced} left [[agdam]].
    Remedy: Print the fact, or correct one of the two. A number of something else can be allowed in
        dossier.yaml, with a reason.
    """
    data, said = known(loaded), {place for place, *_ in miscounted(loaded)}  # W408 says so
    for passage, offset, text in own_sentences(loaded):
        found = not_in_dates(text, numbers_in(text, data.language), data.language)
        if not found:
            continue
        sentence = data.read(passage, offset, text)
        for begin, end, quantity in _wrong_numbers(loaded, data, sentence, found):
            unit = quantity.other.match(text, end)
            spelt = quantity.spelt.match(text, unit.end()) if unit else None
            shown = text[begin : spelt.end() if spelt else end]
            other = bool(spelt and is_one(found, begin, quantity))
            said.add(sentence.at(begin))
            yield sentence.at(begin), *_differs(loaded, shown, quantity, other)
        yield from _wrong_rows(loaded, data, sentence, found)
    for place, shown, quantity in wrong_figures(loaded):
        if place not in said:
            yield place, *_differs(loaded, shown, quantity)
    for place, shown, usual in miscounted_titles(loaded):
        yield place, f"{shown!r} stands here, and {usual} everywhere else", "correct the number"


def _differs(
    loaded: Loaded, shown: str, quantity: Quantity, other_unit: bool = False
) -> tuple[str, str]:
    """Message and remedy for a number that is not that of a fact."""
    found = quantity.found
    there = place_text(loaded.at(found.file, *found.loc, key=True))
    value = facts.value(found.fact, known(loaded).language) if found.fact else ""
    message = f"{shown!r} is not the fact {found.address!r}, {value} ({there})"
    message += ": the unit is another" if other_unit else ""
    return message, f"print it: {{fact: {found.address}}}, or correct one of the two"


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
    every = quantities(loaded)
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
        if any(agrees(value, span, before, data) for q in right for span in q.spans):
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


def _is_slip(
    text: str, end: int, value: float, quantity: Quantity, part: Sentence,
    found: Sequence[Number], data: Known,
) -> bool:  # fmt: skip
    """Whether a number looks like one of the fact's accounts, mistyped."""
    like = max(likeness(value, span) for span in quantity.spans)
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
        return close or (greatest >= 10 and same_figures(value, quantity))
    return like > 1 or (like > 0 and (shared or same_figures(value, quantity)))


def _counts_another(text: str, end: int, data: Known) -> bool:
    """Whether a noun follows that may be something else: 112,000 books."""
    match = re.match(r"\s+([^\W\d_]+)", text[end:])
    return bool(match and match[1].islower() and stems_of(match[1], data.language)
                and not match[1].endswith(("ed", "en")))  # fmt: skip


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
