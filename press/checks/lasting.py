"""How long something lasted between two dates that stand beside it, and what no paper can tell.

"For eighty-two years, from 1854 to 1936", and "a week later" of a day after the cited paper's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from press.base.finding import Remark
from press.checks.happened import grammar_of
from press.checks.intervals import Length, Stretch, is_so, lengths, said, words
from press.checks.known import known
from press.checks.moments import TimedSentence, timed
from press.content.load import Loaded
from press.dates.days import Day

_YEAR = re.compile(r"(?<![\w.,/£$€-])(?:1\d{3}|20\d\d)(?![\w%/]|[.,]\d)")
_BESIDE = r"[\s,:(–—]*(?:[^\W\d_]{2,8}[\s,]+){0,2}"
"""Between a length of time and its dates: nothing, or "that is", "or for", "lay"."""
_BACK = 2
"""Sentences before, in the paragraph, that may tell of what is counted from."""


def lasted_otherwise(loaded: Loaded) -> Iterator[Remark]:
    """Lengths of time beside the first and the last date of it, which are another time apart."""
    language = known(loaded).language
    known_words = words(language)
    if known_words is None:
        return
    for one in (one for paragraph in timed(loaded) for one in paragraph):
        found = list(lengths(one.text, language, stretches=True))
        points = _points(one) if found else []
        if len(points) < 2:
            continue
        for begin, end, first, last in _spans(one.text, points, language):
            for length in found:
                lies = is_so(length, first, last)
                if _is_beside(one.text, length, begin, end) and not lies:
                    shown = " ".join(one.text[length.begin : length.end].split())
                    message = f"{shown!r} is not so: {said(first, last)} lie between "
                    message += f"{first.shown} and {last.shown}"
                    at = one.passage.at(one.offset + length.begin)
                    yield at, message, "count again, or correct one of the dates"


Point = tuple[int, int, Stretch]
"""Where a date begins and ends in a text, and the days that it may be."""


def _points(one: TimedSentence) -> list[Point]:
    """The dates of a sentence, those of the events that it links to, and years by themselves."""
    found = [(moment.begin, moment.end, moment.time) for moment in one.moments]
    for match in _YEAR.finditer(one.text):
        if not any(begin <= match.start() < end for begin, end, _ in found):
            year = int(match[0])
            first, last = Day(year, 1, 1).number, Day(year, 12, 31).number
            found.append((*match.span(), Stretch(first, last, match[0])))
    return sorted(found, key=lambda point: point[0])


def _spans(
    text: str, points: Sequence[Point], language: str
) -> Iterator[tuple[int, int, Stretch, Stretch]]:
    """Where two dates stand that are the ends of a span: from 1854 to 1936, (1854–1936)."""
    for (begin, end, first), (after, last_end, last) in pairwise(points):
        head, between = text[:begin], text[end:after]
        lead = _lead(language).search(head)
        if lead and _between(language).fullmatch(between):
            yield lead.start(), last_end, first, last
        elif re.fullmatch(r"\s*[–-]\s*", between) and head.rstrip()[-1:] in ("(", ","):
            yield begin, last_end, first, last


@lru_cache(maxsize=16)
def _lead(language: str) -> re.Pattern[str]:
    known_words = words(language)
    pattern = known_words.signs["from"].pattern.rstrip("\\s+") if known_words else r"(?!)"
    return re.compile(rf"{pattern}\s*(?:[^\W\d_]{{2,4}}\s+)?$", re.IGNORECASE)


@lru_cache(maxsize=16)
def _between(language: str) -> re.Pattern[str]:
    known_words = words(language)
    pattern = known_words.signs["to"].pattern if known_words else r"(?!)"
    return re.compile(rf"\s*,?\s*{pattern}(?:[^\W\d_]{{2,4}}\s+)?", re.IGNORECASE)


def _is_beside(text: str, length: Length, begin: int, end: int) -> bool:
    """Whether a length of time stands at once before or behind a span, with no other between."""
    if length.end <= begin:
        return bool(re.fullmatch(_BESIDE, text[length.end : begin]))
    return length.begin >= end and bool(re.fullmatch(_BESIDE, text[end : length.begin]))


# -- papers ----------------------------------------------------------------------------------------


def later_than_the_paper(loaded: Loaded) -> Iterator[Remark]:
    """So much later, where that is after the day of every paper that is cited for it."""
    language = known(loaded).language
    known_words = words(language)
    if known_words is None:
        return
    for paragraph in timed(loaded):
        for number, one in enumerate(paragraph):
            sign, text = known_words.signs["later"], one.text
            found = [w for w in lengths(text, language) if sign.match(text[w.end :].lstrip())]
            issued = _issued(loaded, one) if len(found) == 1 else None
            if issued is None or grammar_of(loaded).unsure.search(one.text[: found[0].begin]):
                continue
            length = found[0]
            before = [m for s in paragraph[max(0, number - _BACK) : number] for m in s.moments]
            anchors = [*before, *(m for m in one.moments if m.end <= length.begin)]
            later = [m for m in one.moments if m.begin >= length.end]
            if anchors and not later and all(
                anchor.time.first + length.least > issued for anchor in anchors
            ):  # fmt: skip
                shown = " ".join(one.text[length.begin : length.end].split())
                day = Day.of(issued)
                message = f"{shown!r} is after the day of the paper that is cited, "
                message += f"{day.year:04}-{day.month:02}-{day.day:02}; it is counted from "
                message += anchors[-1].time.shown
                at = one.passage.at(one.offset + length.begin)
                yield at, message, "count again, or cite what was written then"


_SOURCE = re.compile(r"@([\w:.-]*\w)")
_PRINTED = ("article-newspaper", "article-magazine", "report", "speech")


def _issued(loaded: Loaded, one: TimedSentence) -> int | None:
    """The last day of issue of the papers that a sentence cites; None where one has no day."""
    written = one.passage.written[one.offset : one.offset + len(one.text)]
    days = []
    for ident in _SOURCE.findall(written):
        source = loaded.dossier.bibliography.get(ident)
        if source is None or source.issued is None or source.issued.precision != "day":
            return None
        if source.type not in _PRINTED:
            return None
        days.append(source.issued.latest.number)
    return max(days, default=None)
