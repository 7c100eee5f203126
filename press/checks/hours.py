"""Times of day against the words of sources, the time between two of them, and those of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from press.base.finding import Place, Remark
from press.checks.clauses import any_of
from press.checks.clock import HALF, HOUR, ClockTime, clocks, later_words
from press.checks.excerpts import languages_of, numbers_held, shortened
from press.checks.intervals import words
from press.checks.known import known, stems_of
from press.checks.measures import Measure, measures
from press.checks.moments import TimedSentence, timed
from press.checks.noted import noted
from press.content.load import Loaded
from press.content.model import Cite, Table
from press.content.walk import each

_SHARED = 2
"""Words that a sentence shares with the words of a source that tell of the same."""
_ROUGH = 0.3
"""The part of a length of time by which a rough one may be off."""
_LEAST = 3
"""Rows of a table from which on its times are in an order."""

# -- against the words of sources ------------------------------------------------------------------


def timed_otherwise(loaded: Loaded) -> Iterator[Remark]:
    """Times of a sentence where the words in its note have one like it, and not this."""
    language = known(loaded).language
    for one in noted(loaded):
        own = clocks(one.sentence.text, language)
        held = [(cite, clock) for cite in one.kept if own
                for clock in clocks(cite.text, *languages_of(cite, loaded))]  # fmt: skip
        faces = {clock.face for _, clock in held}
        faces |= {clock.face for clock in own if _is_held(clock, one.kept, loaded)}
        for clock in (mine for mine in own if held and mine.face not in faces):
            free = [pair for pair in held if pair[1].face not in {other.face for other in own}]
            shared = {cite: len(stems_of(cite.text, language) & one.sentence.stems)
                      for cite, _ in free}  # fmt: skip
            few = len({there.face for _, there in held}) == 1
            like = [pair for pair in free if _is_like(clock, pair[1], shared[pair[0]], few)]
            if like:
                cite, there = like[0]
                shown = " ".join(one.sentence.text[clock.begin : clock.end].split())
                said = " ".join(cite.text[there.begin : there.end].split())
                message = f"{cite.source!r} has {said!r} where {shown!r} stands"
                hint = "correct the time, or quote the words that have it"
                yield one.sentence.at(clock.begin), f"{message}: “{shortened(cite.text)}”", hint


def _is_held(clock: ClockTime, cites: Sequence[Cite], loaded: Loaded) -> bool:
    """Whether words have the numbers of a time, in a form that is not known for one."""
    hour, minute = divmod(clock.face, HOUR)
    parts = {float(hour or HALF // HOUR), float(minute)} - {0.0}
    return any(parts <= numbers_held(cite, loaded) for cite in cites)


def _is_like(one: ClockTime, other: ClockTime, shared: int, few: bool) -> bool:
    """Whether a time is meant to be another of a text with which so many words are shared.

    Two full hours have little in common: there the other is the only time of the words.
    """
    full = one.face % HOUR == other.face % HOUR == 0
    return _is_slip(one, other) and shared >= _SHARED + full and (few or not full)


def _is_slip(one: ClockTime, other: ClockTime) -> bool:
    """Whether a time has the hour or the minutes of another, or is as long before the hour."""
    same_hour = one.face // HOUR == other.face // HOUR
    same_minutes = one.face % HOUR == other.face % HOUR
    to_and_past = (one.face + other.face) % HALF % (2 * HOUR) == 0
    return same_hour or same_minutes or to_and_past


# -- so much later ---------------------------------------------------------------------------------


def later_otherwise(loaded: Loaded) -> Iterator[Remark]:
    """Two times that are not so far apart as is said: four minutes later, at 8:03."""
    language = known(loaded).language
    later = _later(language)
    if later is None:
        return
    for paragraph in timed(loaded):
        for number, one in enumerate(paragraph):
            own = clocks(one.text, language)
            if own and later.search(one.text):
                before = paragraph[number - 1 : number] if number else ()
                yield from _later_in(one, own, before, language, later)


@lru_cache(maxsize=16)
def _later(language: str) -> re.Pattern[str] | None:
    listed = later_words(language)
    pattern = rf"\s+{any_of(listed).pattern}[,\s]+(?:[^\W\d_]{{2,4}}\s+)?"
    return re.compile(pattern) if listed else None


def _later_in(
    one: TimedSentence,
    own: Sequence[ClockTime],
    before: Sequence[TimedSentence],
    language: str,
    later: re.Pattern[str],
) -> Iterator[Remark]:
    earlier = [clock for sentence in before for clock in clocks(sentence.text, language)]
    for clock in own:
        for length in measures(one.text, language):
            if not later.fullmatch(one.text[length.end : clock.begin]) or length.size > HOUR:
                continue
            from_ = [*earlier, *(c for c in own if c.end <= length.begin)]
            apart = [(clock.face - c.face) % HALF for c in from_]
            if apart and not any(
                _is_about(one.text, length, minutes, language) for minutes in apart
            ):
                shown = " ".join(one.text[length.begin : clock.end].split())
                message = f"{shown!r} is not so: {apart[-1]} minutes lie between the two times"
                at = one.passage.at(one.offset + length.begin)
                yield at, message, "count again, or correct one of the times"


def _is_about(text: str, length: Measure, minutes: int, language: str) -> bool:
    """Whether so many minutes are a length of time, or are it about."""
    listed, head = words(language), text[: length.begin]
    signs = ("about", "below", "above") if listed else ()
    rough = any(listed.signs[sign].search(head) for sign in signs if listed)
    slack = max(_ROUGH * length.value, 1.0) if rough or length.size >= HOUR else 0.5
    return abs(minutes - length.value) <= slack


# -- in a table ------------------------------------------------------------------------------------


def out_of_time(loaded: Loaded) -> Iterator[Remark]:
    """The one time in the first column of a table that is not in the order of the others."""
    language = known(loaded).language
    for at, table in each(loaded, Table):
        for number, column in enumerate(table.columns[:2]):
            if number and not table.columns[0].numeric:
                break
            texts = [
                row.cells[column.key].text if column.key in row.cells else "" for row in table.rows
            ]
            found = [_whole(text, language) for text in texts]
            if len(found) >= _LEAST and all(found):
                yield from _not_rising(
                    [clock for clock in found if clock],
                    [at("rows", index, column.key) for index in range(len(found))],
                    texts,
                )


def _whole(text: str, language: str) -> ClockTime | None:
    """The time that a cell is, with no more than a word beside it: about 7 pm."""
    found = clocks(text, language)
    rest = text[: found[0].begin] + text[found[0].end :] if len(found) == 1 else "no time at all"
    return found[0] if len(rest.split()) <= 1 else None


def _not_rising(
    found: Sequence[ClockTime], places: Sequence[Place], texts: Sequence[str]
) -> Iterator[Remark]:
    falls = [n for n, (a, b) in enumerate(pairwise(found)) if _falls(a, b)]
    if len(falls) != 1:
        return
    first = falls[0]
    goes_on = first + 2 == len(found) or not _falls(found[first], found[first + 2])
    wrong = first + 1 if goes_on else first
    if not goes_on and first and _falls(found[first - 1], found[first + 1]):
        return
    message = f"{texts[wrong]!r} is not in the order of the other times"
    if wrong:
        message += f", behind {texts[wrong - 1]!r}"
    yield places[wrong], message, "correct the time, or move the row"


def _falls(one: ClockTime, other: ClockTime) -> bool:
    """Whether a time is before the one that precedes it, and not one of the next day."""
    apart = other.minutes - one.minutes
    if one.certain or other.certain:
        return -HALF <= apart < 0
    return -HALF // 2 <= apart < 0
