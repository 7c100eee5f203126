"""Parts behind a colon, multiples, rates over a time, and shares that the sources give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from press.base.finding import Remark
from press.base.own_yaml import beside
from press.checks.clauses import any_of, plain, words_of
from press.checks.excerpts import shortened
from press.checks.intervals import rate_behind
from press.checks.known import addressed, known, stems_of
from press.checks.measures import measures
from press.checks.moments import TimedSentence, timed
from press.checks.noted import noted
from press.checks.quantities import numbers_in
from press.checks.tellings import GivenValue, values_in
from press.checks.units import units_of
from press.content.load import Loaded

_TABLE = str(Path(__file__).with_name("wholes.py"))
_HINT = "count again, and correct the one that is wrong"
_NEAR, _ABOUT = 0.15, 0.2
"""The parts of a product by which it may be rounded, and of a multiple."""
_GREAT = 100
"""From here on a number is one of those that are multiplied."""


class Multiples(NamedTuple):
    """The words of a language: so many times the other, and what brings in a product."""

    times: re.Pattern[str]
    values: Mapping[str, float]
    over: re.Pattern[str]


@lru_cache(maxsize=16)
def _words(language: str) -> Multiples | None:
    table = beside(_TABLE).get(language.partition("-")[0], {})
    if "times" not in table:
        return None
    values = {plain(name): float(value) for name, value in
              (pair.split("=") for pair in words_of(" ".join(table["times"].split())))}  # fmt: skip
    times, the, over, makes = (
        any_of(words).pattern
        for words in (values, *(words_of(table[key]) for key in ("the", "over", "makes")))
    )
    return Multiples(
        re.compile(rf"(?P<times>{times})\s+(?P<the>{the})\s+(?P<what>[^\W\d_]+)", re.IGNORECASE),
        values,
        re.compile(rf"{over}\s+(?P<span>[^,.;:]{{3,40}}?)\s+{makes}\s+", re.IGNORECASE),
    )


def multiplied_otherwise(loaded: Loaded) -> Iterator[Remark]:
    """Sums, products and multiples in prose that the numbers beside them do not make."""
    words = _words(known(loaded).language)
    for paragraph in timed(loaded):
        for number, one in enumerate(paragraph):
            before = paragraph[number - 1] if number else None
            yield from _behind_a_colon(loaded, one)
            if words and before:
                yield from _times(loaded, one, before, words)
                yield from _over(loaded, one, before, words)


# -- sums ------------------------------------------------------------------------------------------


def _behind_a_colon(loaded: Loaded, one: TimedSentence) -> Iterator[Remark]:
    """Seven times in five days: four times on its way out, three times on its way back."""
    head, sign, tail = one.text.partition(":")
    if not sign or ":" in tail:
        return
    language = known(loaded).language
    parts = [v for v in values_in(tail, language) if v.numbers]
    every = [v for v in values_in(head, language) if v.numbers]
    if len(parts) < 2 or not every or any(len(v.numbers) > 1 for v in (*parts, *every)):
        return
    nouns = {_noun(tail, value) for value in parts}
    if len(nouns) != 1 or "" in nouns:
        return
    wholes_ = [v for v in every if _noun(head, v) in nouns]
    made = sum(max(value.numbers) for value in parts)
    if len(wholes_) == 1 and made not in wholes_[0].numbers:
        whole = max(wholes_[0].numbers)
        message = f"the parts make {made:,g}, and not {whole:,g}"
        at = one.passage.at(one.offset + len(head) + 1 + parts[0].begin)
        yield at, message, _HINT


def _noun(text: str, value: GivenValue) -> str:
    """The word at once behind a number."""
    match = re.match(r"[\s\u00a0]+([^\W\d_]{3,})", text[value.end :])
    return match[1].casefold() if match else ""


# -- products --------------------------------------------------------------------------------------


def _times(
    loaded: Loaded, one: TimedSentence, before: TimedSentence, words: Multiples
) -> Iterator[Remark]:
    """The building cost £150,000. That was three times the tender: a fact of that name."""
    match = words.times.search(one.text)
    if match is None or len(one.text[: match.start()].split()) > _FEW:
        return
    language = known(loaded).language
    others = _facts_called(loaded, match["what"])
    mine = [v for *_, v in numbers_in(before.text, language) if v >= _GREAT]
    if len(mine) != 1 or not others:
        return
    factor = words.values[plain(match["times"])]
    low, high = factor * (1 - _ABOUT), factor * (1 + _ABOUT)
    ratios = [mine[0] / other for other in others if other != mine[0]]
    if ratios and not any(low <= ratio <= high for ratio in ratios):
        shown = " ".join(match[0].split())
        message = f"{shown!r} is not so: {mine[0]:,g} is {ratios[0]:.2g} times {others[0]:,g}"
        yield one.passage.at(one.offset + match.start()), message, _HINT


_FEW = 4
"""Words before a multiple that compares what the sentence before gives: That was nearly."""


def _facts_called(loaded: Loaded, what: str) -> list[float]:
    """The great numbers of the one fact that a word names: the tender, by its event or label."""
    language, found = known(loaded).language, []
    wanted = stems_of(what, language)
    for one in (one for same in addressed(loaded).values() for one in same):
        if one.fact is None or "facts" not in one.loc or one.fact.claims:
            continue
        title = known(loaded).titles.get(one.id, frozenset())
        named = stems_of(f"{one.name.replace('-', ' ')} {one.fact.label}", language) | title
        if wanted and wanted <= named:
            found.append([v for *_, v in numbers_in(one.fact.text, language) if v >= _GREAT])
    return found[0] if len(found) == 1 else []


def _over(
    loaded: Loaded, one: TimedSentence, before: TimedSentence, words: Multiples
) -> Iterator[Remark]:
    """100,000 a month. Over the three months that makes 200,000."""
    language = known(loaded).language
    match = words.over.search(one.text)
    spans = measures(match["span"], language) if match else ()
    if match is None or len(spans) != 1:
        return
    made = [v for begin, _, v in numbers_in(one.text, language) if begin >= match.end()]
    rates = [
        (value, rate[1])
        for _, end, value in numbers_in(before.text, language)
        if value >= _GREAT and (rate := rate_behind(before.text[end:], language))
    ]
    if len(rates) != 1 or not made:
        return
    value, days = rates[0]
    product = value * spans[0].value / (_MINUTES * days)
    if abs(made[0] - product) > _NEAR * product:
        shown = " ".join(one.text[match.start() :].split()).rstrip(".")
        message = f"{shown!r} is not so: it makes {product:,.0f}"
        yield one.passage.at(one.offset + match.start()), message, _HINT


_MINUTES = 1440
"""Of a day; ``measures`` gives times in minutes."""


# -- shares ----------------------------------------------------------------------------------------


def shared_otherwise(loaded: Loaded) -> Iterator[Remark]:
    """Shares of a thing of which the words in the note give another: half for one-fifth."""
    language = known(loaded).language
    for one in noted(loaded):
        for begin, end, value, what in _shares(one.sentence.text, language):
            held = [(cite, share) for cite in one.kept for *_, share, other in
                    _shares(cite.text, language) if other & what]  # fmt: skip
            if held and not any(abs(value - share) <= _NEAR * share for _, share in held):
                shown = " ".join(one.sentence.text[begin:end].split())
                message = f"{held[0][0].source!r} has another share than {shown!r}"
                message += f": “{shortened(held[0][0].text)}”"
                hint = "correct it, or quote the words that have it"
                yield one.sentence.at(begin), message, hint
                break


def _shares(text: str, language: str) -> Iterator[tuple[int, int, float, frozenset[str]]]:
    """Each share of a text: where it stands, its value, and the words for what it is of."""
    pattern, values = _share_pattern(language)
    for match in pattern.finditer(text):
        value = values[plain(match["share"].replace("-", " "))]
        behind = re.split(r"[,.;:()]", text[match.end() :])[0]
        yield *match.span("share"), value, stems_of(" ".join(behind.split()[:2]), language)


@lru_cache(maxsize=16)
def _share_pattern(language: str) -> tuple[re.Pattern[str], Mapping[str, float]]:
    values = dict(units_of(language).parts)
    table = beside(_TABLE).get(language.partition("-")[0], {})
    of = any_of(words_of(table.get("of", ""))).pattern
    forms: Sequence[str] = sorted(values, key=lambda form: (-len(form), form))
    listed = "|".join(re.escape(form).replace(r"\ ", r"[\s-]+") for form in forms) or r"(?!)"
    pattern = rf"(?<![\w-])(?P<share>{listed})\s+{of}\s+"
    return re.compile(pattern, re.IGNORECASE), values
