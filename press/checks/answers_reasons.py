"""Answers of true–false questions against the reason that is given for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press.base.finding import Remark
from press.base.own_yaml import beside
from press.checks.clauses import any_of, words_of
from press.checks.known import known
from press.content.load import Loaded
from press.content.model import Question
from press.content.walk import At

Side = re.Pattern[str]


@dataclass(frozen=True)
class Reasons:
    """The words of a language: the two sides of each pair of opposites, and words for sameness."""

    opposites: Sequence[tuple[Side, Side]]
    same: Side
    both: Side


@lru_cache(maxsize=16)
def _words(language: str) -> Reasons | None:
    table = beside(__file__).get(language.partition("-")[0])
    if not table:
        return None
    pairs = [pair.split(" / ") for pair in table["opposites"]]
    sides = [(any_of(words_of(one)), any_of(words_of(other))) for one, other in pairs]
    return Reasons(sides, any_of(words_of(table["same"])), any_of(words_of(table["both"])))


def against_its_reason(loaded: Loaded, at: At, question: Question, said: bool) -> Iterator[Remark]:
    """A statement that is called true, whose reason has the opposite; or false, where it has not.

    It is read from one word of a pair in the statement and one of the other side in the reason.
    """
    words, because = _words(known(loaded).language), question.because
    if words is None or not because:
        return
    statement = question.question
    for pair in words.opposites:
        for here, there in (pair, pair[::-1]):
            one, other = here.search(statement), there.search(because)
            alone = not there.search(statement) and not here.search(because)
            if said and one and other and alone:
                message = f"this is called true, and its reason has {other[0]!r} for {one[0]!r}"
                yield at("answer"), message, "write answer: false, or correct because"
                return
    same, both = words.same.search(statement), words.both.search(because)
    if not said and same and both:
        message = f"this is called false, and its reason has {both[0]!r} as it has {same[0]!r}"
        yield at("answer"), message, "write answer: true, or correct because"
