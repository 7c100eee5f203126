"""Times of day in a text, in figures and in words: clock.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from press.base.own_yaml import beside
from press.checks.clauses import any_of, words_of
from press.checks.numerals import numbers

HOUR, HALF, _DAY = 60, 720, 1440
"""Minutes of an hour, of half a day, and of a day."""


@dataclass(frozen=True)
class ClockTime:
    """A time of day: where it stands, its minutes, and whether the half of the day is certain."""

    begin: int
    end: int
    minutes: int
    certain: bool

    @property
    def face(self) -> int:
        """What the hands of a clock show, in minutes."""
        return self.minutes % HALF


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """Of a time in figures, of a full hour, and of one in words, if the language has the words."""
    table = beside(__file__).get(language.partition("-")[0], {})
    first, second, full = (any_of(words_of(table.get(key, ""))).pattern
                           for key in ("first", "second", "full"))  # fmt: skip
    marks = rf"(?:,?\s*(?:(?P<first>(?i:{first}))|(?P<second>(?i:{second}))|(?P<full>(?i:{full}))))"
    marks = marks.replace(r"(?<![\w’'-])", "")
    hour = r"(?<![\w:.,£$€])(?P<hour>\d{1,2})(?P<sign>[:.])(?P<minute>[0-5]\d)(?![\d:]|\.\d)"
    figures = f"{hour}{marks}?"
    word = r"(?:[^\W\d_]+(?:-[^\W\d_]+)?|\d{1,2})"
    hours = rf"(?<![\w:.,-])(?P<hour>{word}){marks}"
    found = []
    if table.get("half"):
        minutes, past, to, half, quarter, named, follows = (
            any_of(one.partition("=")[0] for one in words_of(table[key])).pattern
            for key in ("minutes", "past", "to", "half", "quarter", "named", "follows")
        )
        number = rf"(?:(?P<count>{word})\s+{minutes}|(?P<quarter>{quarter}))"
        counted = rf"{number}\s+(?:(?P<past>{past})|(?P<to>{to}))"
        plain = rf"(?:(?P<half>{half})|(?P<five>five|ten|twenty|twenty-five)\s+past|{counted})"
        end = rf"(?=\s*(?:[,.;:)—–]|$)|\s+(?:{follows}|{full}))"
        found.append(
            re.compile(rf"(?<!\w){plain}\s+(?P<hour>(?:{named}|{word})){end}", re.IGNORECASE)
        )
        at, then = (any_of(words_of(table[key])).pattern for key in ("at", "then"))
        found.append(re.compile(rf"(?P<hour>{named})", re.IGNORECASE))
        found.append(re.compile(rf"(?<!\w){at}\s+(?P<hour>{word})(?=\s+{then})", re.IGNORECASE))
    return (*found, re.compile(figures), re.compile(hours))


_MAY = re.compile(
    r"\d[:.]\d\d|[’']clock|\d\s?[ap]\.?\s?m|\s[ap]\.?m\b|minutes?\s|\spast\s|quarter|Uhr|heures|oon\b"
    r"|idnight|midday|(?:at|until|till)\s(?!the\b)[a-z]+\s"
)
"""What a text with a time of day has in any case."""


@lru_cache(maxsize=4096)
def clocks(text: str, *languages: str) -> Sequence[ClockTime]:
    """Every time of day in a text: 7:59 pm, six minutes past one, half past eleven."""
    found: dict[int, ClockTime] = {}
    for language in languages if _MAY.search(text) else ():
        for pattern in _patterns(language):
            for match in pattern.finditer(text):
                one = _clock(match, language)
                inside = any(c.begin <= match.start() < c.end for c in found.values())
                if one and not inside:
                    found[match.start()] = one
    return tuple(found[at] for at in sorted(found))


def _clock(match: re.Match[str], language: str) -> ClockTime | None:
    told = match.groupdict()
    named = dict(one.split("=") for one in words_of(_named(language)))
    hour = named.get(told["hour"].casefold()) or _number(told["hour"], language)
    marked = told.get("first") or told.get("second") or told.get("full")
    if hour is None or (told.get("sign") == "." and not marked):
        return None
    minutes = HOUR * int(hour)
    if told.get("minute"):
        minutes += int(told["minute"])
    elif told.get("half"):
        minutes += 30
    elif told.get("count") or told.get("quarter") or told.get("five"):
        few = _number(told.get("count") or told.get("five") or "15", language)
        if few is None or few >= HOUR:
            return None
        minutes += -few if told.get("to") else few
    if not 0 <= minutes <= _DAY:
        return None
    certain = bool(told.get("first") or told.get("second")) or minutes >= HALF + HOUR
    if told.get("second") and minutes < HALF:
        minutes += HALF
    elif told.get("first") and minutes >= HALF:
        minutes -= HALF
    return ClockTime(*match.span(), minutes, certain)


@lru_cache(maxsize=16)
def _named(language: str) -> str:
    return str(beside(__file__).get(language.partition("-")[0], {}).get("named", ""))


def _number(text: str, language: str) -> int | None:
    found = [(end - begin, value) for begin, end, value in numbers(text, language)]
    whole = [int(value) for size, value in found if size == len(text) and value == int(value)]
    return whole[0] if whole and 0 <= whole[0] <= HOUR else None


@lru_cache(maxsize=16)
def later_words(language: str) -> tuple[str, ...]:
    """The words behind a length of time that say that so much later something was."""
    return words_of(beside(__file__).get(language.partition("-")[0], {}).get("later", ""))
