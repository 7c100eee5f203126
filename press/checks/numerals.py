"""Numbers in a text, in figures and in words, however its language groups them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from press import locale
from press.base.own_yaml import beside

Number = tuple[int, int, float]
"""Where a number begins and ends in a text, and its value."""

_FIGURES = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:(?P<group>[.,’' \u00a0\u202f\u2009])\d{3})(?:(?P=group)\d{3})*|\d+)"
    r"(?P<rest>[.,]\d+)?(?![\w]|[.,]\d)"
)
_SHARED = re.compile(r"[-–]\d{1,3}(?P<groups>(?:[.,’'\u00a0\u202f\u2009]\d{3})+)(?![\w.,]*\d)")
"""Behind the 30 of 30–50,000: its thousands stand with the second number alone."""
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AND = frozenset({"and", "und", "et"})
_GAP = re.compile(r"[\s\u00a0\u202f-]*[’']?\s*")


@lru_cache(maxsize=8192)
def numbers(text: str, *languages: str) -> Sequence[Number]:
    """Each number in ``text``; figures grouped in any way, words as the languages have them.

    What may be read in two ways in the first of them, like 1.150 in English, is given twice, and
    so is the 30 of 30–50,000.
    """
    return tuple(_numbers(text, languages))


def _numbers(text: str, languages: tuple[str, ...]) -> Iterator[Number]:
    decimal = _decimal(languages[0]) if languages else "."
    scaled: set[int] = set()
    for match in _FIGURES.finditer(text):
        scale, end = _scaled(text, match.end(), languages)
        scaled |= {end} if scale > 1 else set()
        yield from ((match.start(), end, value * scale) for value in _values(match, decimal))
        shared = _SHARED.match(text, match.end()) if len(match[0]) <= 3 else None
        if shared:
            yield match.start(), end, float(match[0]) * 1000 ** (len(shared["groups"]) // 4)
    for language in languages:
        for begin, end, value in _in_words(text, language.partition("-")[0]):
            if end not in scaled:
                yield begin, end, value


@lru_cache(maxsize=16)
def _decimal(language: str) -> str:
    """The sign before decimals."""
    symbols = locale.cldr(language).number_symbols
    return str(symbols.get("latn", symbols)["decimal"])


def _values(match: re.Match[str], decimal: str) -> set[float]:
    rest, group = match["rest"] or "", match["group"]
    whole = match[0].removesuffix(rest)
    found = {float(re.sub(r"\D", "", whole) + rest.replace(",", "."))}
    if group == decimal and not rest and whole.count(group) == 1:
        found.add(float(whole.replace(",", ".")))
    return found


def _scaled(text: str, end: int, languages: tuple[str, ...]) -> tuple[float, int]:
    """What a word behind figures multiplies them by: 2.5 million; and where it ends."""
    gap = _GAP.match(text, end)
    word = _WORDS.match(text, gap.end() if gap else end)
    for language in languages if word else ():
        scale = _table(language.partition("-")[0])[1].get(word[0].casefold()) if word else None
        if scale and word:
            return scale, word.end()
    return 1, end


@lru_cache(maxsize=16)
def _table(language: str) -> tuple[Mapping[str, float], Mapping[str, float], frozenset[str]]:
    table = beside(__file__).get(language, {})
    adds, multiplies = (
        {word: float(value) for word, value in (p.split("=") for p in table.get(key, "").split())}
        for key in ("adds", "multiplies")
    )
    return adds, multiplies, frozenset(table.get("between", "").split())


@lru_cache(maxsize=16)
def _part(language: str) -> re.Pattern[str]:
    """A word that is a part of a number, the longest first."""
    adds, multiplies, between = _table(language)
    known = sorted({*adds, *multiplies, *between}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, known)) or r"(?!)")


def _parts(word: str, language: str) -> list[str]:
    """The parts of a word that is all numbers: "fünfzigtausend", "forty-three"; none of others.

    What stands between numbers begins no longer word: "often" is not of ten.
    """
    found: list[str] = []
    at, text = 0, word.casefold()[: _number_end(word, language)]
    between = _table(language)[2]
    while at < len(text):
        match = _part(language).match(text, at)
        if match is None:
            return []
        if not found and match[0] in between and match.end() < len(text):
            return []
        found.append(match[0])
        at = match.end() + (text[match.end() : match.end() + 1] == "-")
    return found


@lru_cache(maxsize=16)
def _glued(language: str) -> re.Pattern[str]:
    """A unit that is written in one word with its number, at the end of the word."""
    units = beside(__file__).get(language, {}).get("units", "").split()
    return re.compile(rf"(?<=\w)(?:{'|'.join(units)})\Z" if units else r"(?!)", re.IGNORECASE)


def _number_end(word: str, language: str) -> int:
    """Where the number in a word ends: before the pence of sixpence."""
    unit = _glued(language).search(word)
    return unit.start() if unit else len(word)


def _in_words(text: str, language: str) -> Iterator[Number]:
    adds, multiplies, between = _table(language)
    run: list[tuple[int, int, str]] = []

    def closed() -> Iterator[Number]:
        while run and run[-1][2] in between:
            run.pop()
        while run and run[0][2] in between:
            run.pop(0)
        if run:
            value = _worth([part for _, _, part in run], adds, multiplies)
            yield run[0][0], run[-1][1], value
        run.clear()

    for match in _WORDS.finditer(text) if adds else ():
        parts = _parts(match[0], language)
        gap = text[run[-1][1] : match.start()] if run else ""
        other = match[0].casefold() in _AND and run and run[-1][2] not in multiplies
        if not parts or other or gap.strip(" \u00a0\u202f-’'\n"):
            yield from closed()
        end = match.start() + _number_end(match[0], language)
        run += [(match.start(), end, part) for part in parts]
    yield from closed()


def _worth(parts: list[str], adds: Mapping[str, float], multiplies: Mapping[str, float]) -> float:
    """The value of the parts of a number, as they are said."""
    whole = current = 0.0
    for part in parts:
        if part in adds:
            own = adds[part]
            current = own if own < 1 and current == 1 else current + own
        elif part in multiplies:
            factor = multiplies[part]
            current = (current or 1) * factor
            if factor >= 1000:
                whole, current = whole + current, 0.0
    return whole + current
