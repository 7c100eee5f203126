"""Parts and what they are said to make: sums in a text, in a fact and in a table; and shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from press.base.finding import Place, Remark
from press.base.own_yaml import beside
from press.checks.clauses import any_of, plain, words_of
from press.checks.known import addressed, known
from press.checks.likeness import SLIP, number_slip
from press.checks.moments import TimedSentence, timed
from press.checks.numerals import numbers
from press.checks.sums import multiplied_otherwise
from press.checks.tellings import GivenValue, values_in
from press.checks.units import units_of
from press.content.load import Loaded
from press.content.model import Table
from press.content.walk import each

_LEAST_PARTS = 3
"""Parts from which on a list of them is taken for all."""
_GREAT = 10
"""From here on a number is not one of a few."""
_HINT = "add them up again, and correct the one that is wrong"


@dataclass(frozen=True)
class Parts:
    """The words of a language: how parts are brought in, totals called, and shares compared."""

    of_these: re.Pattern[str]
    total: re.Pattern[str]
    that_is: re.Pattern[str]
    share: re.Pattern[str]
    values: Mapping[str, float]
    below: re.Pattern[str]
    above: re.Pattern[str]


def parts_disagree(loaded: Loaded) -> Iterator[Remark]:
    """W417: parts do not make the whole that is given beside them, or are another share of it.

    Why: A total and its parts are typed one after the other, and one of them is corrected alone. A
        sum counts where a sentence lists at least three parts of the number before it, where the
        scope of a fact divides its number in two, and in the row of a table that is called a total;
        of a sentence or a fact only where one slip of the pen in a part explains it. A share
        (nearly two thirds of the whole) is held against the figures with the same unit beside it,
        and against per cent. Parts behind a colon that count the same make the number before it;
        three times the tender, and 200,000 over three months at so many a month, are multiplied.
    Wrong: He cites 123 letters. Of these 19 were read, 98 in part, 2 in print and 14 not at all.
    Right: He cites 123 letters. Of these 19 were read, 88 in part, 2 in print and 14 not at all.
    Remedy: Add them up again, and correct the one that is wrong.
    """
    words = _words(known(loaded).language)
    if words is None:
        return
    for paragraph in timed(loaded):
        for number, one in enumerate(paragraph):
            before = paragraph[number - 1] if number else None
            yield from _listed(loaded, one, before, words)
            yield from _shares(loaded, one, before, words)
    yield from _scopes(loaded)
    yield from _totals(loaded, words)
    yield from multiplied_otherwise(loaded)


@lru_cache(maxsize=16)
def _words(language: str) -> Parts | None:
    table = beside(__file__).get(language.partition("-")[0])
    if not table:
        return None
    values = dict(units_of(language).parts)
    of_these, total, that_is, of, below, above = (
        any_of(words_of(" ".join(table[key].split()))).pattern
        for key in ("of-these", "total", "that-is", "of-whole", "below", "above")
    )
    share = any_of(values).pattern
    return Parts(
        re.compile(rf"^{of_these}", re.IGNORECASE),
        re.compile(rf"^\s*{total}", re.IGNORECASE),
        re.compile(that_is, re.IGNORECASE),
        re.compile(rf"(?P<share>{share})\s+{of}", re.IGNORECASE),
        values,
        re.compile(rf"{below}\s*$", re.IGNORECASE),
        re.compile(rf"{above}\s*$", re.IGNORECASE),
    )


# -- sums ------------------------------------------------------------------------------------------


def _listed(
    loaded: Loaded, one: TimedSentence, before: TimedSentence | None, words: Parts
) -> Iterator[Remark]:
    """Of these 19 were read, 88 in part, 2 in print and 14 not at all: of the number before."""
    match = words.of_these.match(one.text)
    if match is None or before is None:
        return
    language = known(loaded).language
    parts = _plain_numbers(one.text, language)
    wholes = [value for *_, value in _plain_numbers(before.text, language)]
    total = sum(value for *_, value in parts)
    if len(parts) < _LEAST_PARTS or not wholes or total in wholes:
        return
    for begin, end, value in parts:
        for whole in wholes:
            meant = whole - (total - value)
            if meant > 0 and whole > _GREAT and number_slip(value, meant) >= SLIP:
                shown = one.text[begin:end]
                message = f"with {shown!r} the parts make {total:,g}, and not {whole:,g}"
                yield one.passage.at(one.offset + begin), message, f"is it {meant:,g}? {_HINT}"
                return


def _plain_numbers(text: str, language: str) -> list[tuple[int, int, float]]:
    """The numbers of a text that are no dates; each read in one way alone, else none at all."""
    found = [v for v in values_in(text, language) if v.numbers]
    if any(len(one.numbers) > 1 for one in found):
        return []
    return [(one.begin, one.end, next(iter(one.numbers))) for one in found]


def _scopes(loaded: Loaded) -> Iterator[Remark]:
    """Facts and accounts whose scope divides their number: 11,000 in it and 49,000 behind it."""
    language = known(loaded).language
    for found in (one for same in addressed(loaded).values() for one in same):
        if found.fact is None or "facts" not in found.loc:
            continue
        steps: Iterable[tuple[tuple[str | int, ...], str, str]] = (
            ((), found.fact.text, found.fact.scope),
            *((("claims", n), c.text, c.scope) for n, c in enumerate(found.fact.claims)),
        )
        for step, text, scope in steps:
            wholes = [value for *_, value in _plain_numbers(text, language)]
            parts = [value for *_, value in _plain_numbers(scope, language)]
            if len(parts) != 2 or len(wholes) != 1 or sum(parts) == wholes[0]:
                continue
            meant = [(v, wholes[0] - (sum(parts) - v)) for v in parts]
            slips = [(v, m) for v, m in meant if m > 0 and _is_slip(v, m)]
            if slips:
                value, right = slips[0]
                message = f"with {value:,g} the parts make {sum(parts):,g}, and not {wholes[0]:,g}"
                at = loaded.at(found.file, *found.loc, *step, "scope")
                yield at, message, f"is it {right:,g}? {_HINT}"


def _is_slip(value: float, meant: float) -> bool:
    return value >= _GREAT and number_slip(value, meant) >= SLIP


def _totals(loaded: Loaded, words: Parts) -> Iterator[Remark]:
    """Rows of tables that are called a total, and do not add up what stands above them."""
    language = known(loaded).language
    for at, table in each(loaded, Table):
        first = table.columns[0].key if table.columns else ""
        begin = 0
        for index, row in enumerate(table.rows):
            label = row.cells[first].text if first in row.cells else ""
            if not words.total.match(label):
                continue
            for column in table.columns[1:]:
                cells = [r.cells.get(column.key) for r in table.rows[begin : index + 1]]
                values = [_only(cell.text if cell else "", language) for cell in cells]
                yield from _not_added(at("rows", index, column.key), values)
            begin = index + 1


def _only(text: str, language: str) -> float | None:
    """The number that a cell is, and nothing else."""
    found = [
        one
        for one in numbers(text, language)
        if not re.sub(r"[\W_]", "", text[: one[0]] + text[one[1] :])
    ]
    return found[0][2] if len(found) == 1 else None


def _not_added(at: Place, values: Sequence[float | None]) -> Iterator[Remark]:
    *parts, total = values
    given = [part for part in parts if part is not None]
    if total is None or len(given) < 2 or len(given) < len(parts):
        return
    made = sum(given)
    if abs(made - total) > max(1.0, len(given) / 2):
        yield at, f"{total:,g} is not what the rows above make, {made:,g}", _HINT


# -- shares ----------------------------------------------------------------------------------------

_ABOUT = 0.14
"""The part of a share by which it may be rounded."""
_BELOW, _ABOVE = (0.8, 1.03), (0.97, 1.3)
"""What "nearly" and "more than" may be of a share."""
_BEHIND = 24
"""Letters between a figure and the share that it is said to be."""


def _shares(
    loaded: Loaded, one: TimedSentence, before: TimedSentence | None, words: Parts
) -> Iterator[Remark]:
    """280,000 kroner, nearly two thirds of the whole; that is about half of the district."""
    language = known(loaded).language
    for match in words.share.finditer(one.text):
        own = [v for v in values_in(one.text, language) if v.numbers]
        near = [v for v in own if 0 <= match.start() - v.end <= _BEHIND + len(v.unit)]
        told = bool(words.that_is.search(one.text))
        if not near and not told:
            continue
        if near and not (near[-1].unit or near[-1].things):
            continue
        others = [v for v in values_in(before.text, language) if v.numbers] if before else []
        drawn = [v for s in (one, before) if s for v in _drawn(loaded, s, language)]
        ratios = _ratios(near[-1:], [*own, *others, *drawn])
        share = words.values[plain(match["share"])]
        least, most = share * (1 - _ABOUT), share * (1 + _ABOUT)
        lead = one.text[: match.start()].rstrip()
        if words.below.search(lead):
            least, most = share * _BELOW[0], share * _BELOW[1]
        elif words.above.search(lead):
            least, most = share * _ABOVE[0], share * _ABOVE[1]
        if ratios and not any(least <= ratio <= most for ratio in ratios):
            shown = " ".join(one.text[match.start() : match.end()].split())
            is_ = " or ".join(f"{100 * ratio:.0f}" for ratio in sorted(ratios)[-2:])
            message = f"{shown!r}, and by the figures beside it the share is {is_} per cent"
            yield one.passage.at(one.offset + match.start()), message, "correct one of the two"


_FACT = re.compile(r"\{\s*fact\s*:\s*(?:[a-z]+:)?(?P<address>[^\s{},|]+)")


def _drawn(loaded: Loaded, one: TimedSentence, language: str) -> Iterator[GivenValue]:
    """The numbers of the facts that a sentence prints, with their units."""
    written = one.passage.written[one.offset : one.offset + len(one.text)]
    for match in _FACT.finditer(written):
        for fact in (found.fact for found in addressed(loaded).get(match["address"], ())):
            for text in (fact.text, *(c.text for c in fact.claims)) if fact else ():
                unit = fact.unit if fact else ""
                yield from (v for v in values_in(f"{text} {unit}", language) if v.numbers)


def _ratios(near: Sequence[GivenValue], every: Sequence[GivenValue]) -> set[float]:
    """The shares that numbers with the same unit make of each other, and what is in per cent."""
    found: set[float] = set()
    for value in every:
        if value.unit == "per cent":
            found |= {n / 100 for n in value.numbers} | {1 - n / 100 for n in value.numbers}
    counted = [v for v in every if max(v.numbers) >= _GREAT and v.unit != "per cent"]
    for one, other in combinations(counted, 2):
        if near and near[0] not in (one, other):
            continue
        if (one.unit == other.unit) and (one.unit or one.things & other.things):
            found |= {min(a, b) / max(a, b) for a in one.numbers for b in other.numbers if a != b}
    return {ratio for ratio in found if 0 < ratio < 1}
