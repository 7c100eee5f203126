"""Numbers typed in words that are near to a fact and not it. Both places are named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from press import locale
from press.base.finding import Remark, place_text
from press.checks.known import Known, Sentence, known, own_sentences, stems_of
from press.content import facts
from press.content.load import Loaded
from press.dates.typed import typed


def number_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W403: a number typed in words is near to a fact of what the sentence names, and another.

    Why: The fact has a value, or several that differ; a number of the same unit in a sentence about
        the same place, event or subject that is none of them is most likely mistyped, or was not
        corrected with the fact.
    Wrong: About 115,000 people left [[agdam]].
    Right: {fact: agdam.displaced} left [[agdam]].
    Remedy: Print the fact, or correct one of the two. A number of something else can be allowed in
        dossier.yaml, with a reason.
    """
    data = known(loaded)
    for passage, offset, text in own_sentences(loaded):
        numbers = list(_numbers(text, data.language))
        if numbers:
            sentence = data.read(passage, offset, text)
            for begin, end, quantity in _wrong_numbers(loaded, data, sentence, numbers):
                found = quantity.found
                there = place_text(loaded.at(found.file, *found.loc, key=True))
                value = facts.value(found.fact, data.language) if found.fact else ""
                message = (
                    f"{text[begin:end]!r} is not the fact {found.address!r}, {value} ({there})"
                )
                hint = f"print it: {{fact: {found.address}}}, or correct one of the two"
                yield sentence.at(begin), message, hint


@dataclass(frozen=True)
class Quantity:
    """A fact with numbers: the least and greatest of each account, and where it is typed."""

    found: facts.Found
    spans: tuple[tuple[float, float], ...]


@lru_cache(maxsize=2)
def _quantities(loaded: Loaded) -> tuple[Quantity, ...]:
    language = known(loaded).language
    quantities = []
    for found in (one for same in facts.addresses(loaded.dossier).values() for one in same):
        if found.fact is None or "facts" not in found.loc:
            continue
        texts = [claim.text for claim in found.fact.claims] or [found.fact.text]
        numbers = [[value for _, _, value in _numbers(text, language)] for text in texts]
        if spans := tuple((min(one), max(one)) for one in numbers if one):
            quantities.append(Quantity(found, spans))
    return tuple(quantities)


Number = tuple[int, int, float]
"""Where a number begins and ends in a text, and its value."""


@lru_cache(maxsize=16)
def _number_pattern(language: str) -> tuple[re.Pattern[str], str, str]:
    symbols = locale.cldr(language).number_symbols
    symbols = symbols.get("latn", symbols)
    group, decimal = str(symbols["group"]), str(symbols["decimal"])
    spaces = "\u00a0\u202f\u2009 "
    groups = re.escape(group) + (spaces if group in spaces else "\u00a0\u202f\u2009")
    number = rf"(?<![\w.,])\d{{1,3}}(?:[{groups}]\d{{3}})+(?:{re.escape(decimal)}\d+)?(?!\d)"
    plain = rf"(?<![\w.,])\d+(?:{re.escape(decimal)}\d+)?(?![\w\d])"
    return re.compile(f"{number}|{plain}"), groups, decimal


def _numbers(text: str, language: str) -> Iterator[Number]:
    """Each number in ``text``, as the language writes them."""
    pattern, groups, decimal = _number_pattern(language)
    for match in pattern.finditer(text):
        plain = re.sub(f"[{groups}]", "", match[0]).replace(decimal, ".")
        yield match.start(), match.end(), float(plain)


# -- one sentence ------------------------------------------------------------------------------


def _wrong_numbers(
    loaded: Loaded, data: Known, sentence: Sentence, numbers: list[Number]
) -> Iterator[tuple[int, int, Quantity]]:
    """Begin and end of each number that is near to a fact of what the sentence names, and it."""
    every = _quantities(loaded)
    about = [quantity for quantity in every if _speaks_of(data, sentence, quantity)]
    right = [q for q in every if q in about or not q.found.anchor]
    dated = [(date.begin, date.end) for date in typed(sentence.text, data.language)]
    for begin, end, value in numbers:
        if any(first <= begin < last for first, last in dated):
            continue
        if any(low <= value <= high for quantity in right for low, high in quantity.spans):
            continue
        for quantity in about:
            like = max(_likeness(value, span) for span in quantity.spans)
            measured = _is_measured(sentence.text, end, quantity, data.language)
            if (measured and like > 0) or (like > 1 and _is_large(value)):
                yield begin, end, quantity
                break


def _speaks_of(data: Known, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether the sentence names what the fact is about."""
    found = quantity.found
    if found.kind == "place":
        return found.id in sentence.places
    if found.kind == "event":
        return data.is_titled(found.id, sentence.stems)
    return stems_of(found.subject, data.language) <= sentence.stems


def _is_measured(text: str, end: int, quantity: Quantity, language: str) -> bool:
    """Whether the unit of the fact follows the number, at once or behind two words."""
    fact = quantity.found.fact
    if fact is None or not fact.unit:
        return False
    units = {fact.unit.casefold()}
    for same in locale.messages(language)["check.units"].split("|"):
        words = {unit.strip().casefold() for unit in same.split(",")}
        units |= words if units & words else set()
    following = re.sub(r"\s+", " ", text[end : end + 60].casefold()).lstrip(" \u00a0\u202f–-")
    tail = "|".join(re.escape(unit) for unit in units)
    return bool(re.match(rf"(?:[^\W\d]+ ){{0,2}}(?:{tail})(?!\w)", following))


def _likeness(value: float, span: tuple[float, float]) -> int:
    """How like a mistyped account ``value`` is: 2 very, 1 perhaps, 0 not."""
    low, high = span
    digits = f"{value:g}".rstrip("0").replace(".", "")
    if low * 0.8 <= value <= high * 1.25:
        return 2
    same = any(
        digits == f"{edge:g}".rstrip("0").replace(".", "") and edge / 11 < value < edge * 11
        for edge in span
    )
    return 1 if same or low / 3 <= value <= high * 3 else 0


def _is_large(value: float) -> bool:
    """Whether it is too great for a year, a page or a count of days."""
    return value >= 3000
