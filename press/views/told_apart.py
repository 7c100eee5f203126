"""Accounts of facts in numbers and dates, for programs: none is taken for the others.

Every value that travels in the data says whether it is contested, its least and greatest number,
and its earliest and latest day; each account has its voice and its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from press.checks.numerals import numbers
from press.content.model import Cite, Claim, Event, Fact
from press.dates import Date
from press.dates.days import FUTURE, PAST
from press.views.strip_links import bare


@dataclass(frozen=True)
class OneAccount:
    """One account of a value, or a value that nobody disputes: ``date`` or ``text``."""

    text: str
    date: Date | None
    says: str
    scope: str
    preferred: bool
    reason: str
    sources: tuple[Cite, ...]


def accounts_of(fact: Fact | Event) -> tuple[OneAccount, ...]:
    """Every account of a fact; the fact itself where it is not contested."""
    if isinstance(fact, Event) and not fact.claims:
        return (OneAccount("", fact.date, "", "", False, "", fact.sources),)
    if isinstance(fact, Fact) and not fact.claims:
        says, scope = bare(fact.says), bare(fact.scope)
        return (OneAccount(bare(fact.text), fact.date, says, scope, False, "", fact.sources),)
    return tuple(_told(claim) for claim in fact.claims)


def _told(claim: Claim) -> OneAccount:
    words = (bare(claim.says), bare(claim.scope))
    reason = bare(claim.reason)
    return OneAccount(bare(claim.text), claim.date, *words, claim.preferred, reason, claim.sources)


def decided(told: Iterable[OneAccount]) -> Date | None:
    """The date that all accounts give, or the preferred one; None where it is open."""
    every = [one for one in told if one.date]
    preferred = [one.date for one in every if one.preferred]
    different = {one.date.edtf: one.date for one in every if one.date}
    if len(different) == 1:
        return next(iter(different.values()))
    return preferred[0] if preferred else None


def days(told: Iterable[OneAccount]) -> tuple[str, str]:
    """The earliest and the latest day of all accounts, as ISO has them; "" where it is open."""
    given = [one.date for one in told if one.date]
    first = min((date.earliest for date in given), default=PAST)
    last = max((date.latest for date in given), default=FUTURE)
    return ("" if first == PAST else str(first)), ("" if last == FUTURE else str(last))


def extent(told: Iterable[OneAccount], language: str) -> tuple[str, str]:
    """The least and the greatest number of all accounts, in plain figures; "" without any."""
    found = [value for one in told if not one.date for value in _numbers(one.text, language)]
    return (f"{min(found):.12g}", f"{max(found):.12g}") if found else ("", "")


def _numbers(text: str, language: str) -> Iterator[float]:
    yield from (value for _, _, value in numbers(text, language))


def as_json(one: OneAccount, language: str) -> Mapping[str, Any]:
    """One account as an object of JSON."""
    least, most = extent([one], language)
    earliest, latest = days([one]) if one.date else ("", "")
    given = {
        "date": one.date.edtf if one.date else "",
        "earliest": earliest,
        "latest": latest,
        "text": one.text,
        "minimum": float(least) if least else None,
        "maximum": float(most) if most else None,
        "scope": one.scope,
        "says": one.says,
        "preferred": one.preferred or None,
        "reason": one.reason,
        "sources": [f"{c.source}, {c.at}" if c.at else c.source for c in one.sources],
    }
    return {key: value for key, value in given.items() if value not in ("", None, [])}
