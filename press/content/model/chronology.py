"""chronology.yaml: what happened, in which stretch of time, and of which kind it was."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from press import dates
from press.content.model.facts import Fact
from press.content.model.values import (
    CategoryId,
    Cites,
    Claim,
    Events,
    Places,
    Slug,
    Texts,
    TitleText,
    Value,
    When,
    WordsText,
    check_claims,
    fault,
)

Sign = Literal["circle", "square", "triangle", "diamond", "cross", "ring", "bar", "star"]


class Category(Value):
    """A kind of event, told apart by sign as well as by colour."""

    id: Slug
    label: TitleText
    sign: Sign
    verbs: Texts = Field(
        default=(),
        description="further words by which a text says that it happened: steamed, flung open",
    )


class Phase(Value):
    """A stretch of the chronology, from its date until the next phase begins."""

    id: Slug
    title: TitleText
    begins: When


class Event(Value):
    """Something that happened: when, where, what, and who says so."""

    one_of = ("date", "claims")

    id: Slug
    date: When | None = None
    printed: str = Field("", description="the date in words, where EDTF cannot say it")
    title: TitleText
    text: WordsText
    places: Places = ()
    near: bool = Field(False, description="the place stands for an area nearby")
    category: CategoryId
    essential: bool = False
    after: Events = Field((), description="events that came before this one and led to it")
    sources: Cites = ()
    claims: tuple[Claim, ...] = ()
    facts: Mapping[Slug, Fact] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _dated(self) -> Self:
        dated = [claim for claim in self.claims if claim.date]
        if self.date is None and not dated:
            raise fault(
                "E104", "event has no date", "write a year, a day, or an EDTF date like 1900-08~"
            )
        if self.date is not None and dated:
            raise fault(
                "E134",
                "the date stands both in date and in claims",
                "keep the claims; the chronology prints them all",
                ("date",),
            )
        check_claims(self.claims)
        return self

    @property
    def dated_claims(self) -> tuple[Claim, ...]:
        """The accounts of the date; empty where nobody disputes it."""
        return tuple(claim for claim in self.claims if claim.date)

    @property
    def date_contested(self) -> bool:
        """Whether accounts give it different dates, not only different words."""
        return len({(str(claim.date), claim.printed) for claim in self.dated_claims}) > 1

    @property
    def dated(self) -> Fact:
        """Its date as a fact, with every account of it."""
        claims = self.dated_claims
        if self.date_contested:
            return Fact(claims=claims)
        printed = self.printed or "".join(claim.printed for claim in claims)
        sources = self.sources or tuple(cite for claim in claims for cite in claim.sources)
        return Fact(date=self.when, printed=printed, sources=sources)

    @property
    def contested(self) -> bool:
        """Whether sources disagree about anything in this event."""
        return bool(self.claims)

    @property
    def when(self) -> dates.Date:
        """The date that orders the event: its own, the preferred claim's, or the earliest."""
        if self.date is not None:
            return self.date
        preferred = [c.date for c in self.claims if c.date and c.preferred]
        return min(preferred or self.all_dates, key=lambda date: date.sort_key)

    @property
    def all_dates(self) -> tuple[dates.Date, ...]:
        """Every date some source gives."""
        return (self.date,) if self.date else tuple(c.date for c in self.dated_claims if c.date)


class Chronology(Value):
    """chronology.yaml: categories, phases and events."""

    categories: tuple[Category, ...] = Field(min_length=1)
    phases: tuple[Phase, ...] = ()
    events: tuple[Event, ...] = Field(min_length=1)

    @cached_property
    def places_in_time(self) -> tuple[tuple[dates.Day, dates.Day, str], ...]:
        """What orders each event: its date, or where that is coarse, what its author put before it.

        A month that is written behind a day of it stands behind that day, and so does a span that
        begins in that month.
        """
        found: list[tuple[dates.Day, dates.Day, str]] = []
        known: list[tuple[int, int]] = []
        for when in (event.when for event in self.events):
            begin = dates.dated("point", when.points[:1])
            coarse = when.kind in ("point", "interval") and begin.precision != "day"
            within: list[tuple[dates.Day, dates.Day, str]] = []
            if coarse and not when.open_start:
                earliest, latest = (day.number for day in begin.span)
                within = [
                    place
                    for place, (first, last) in zip(found, known, strict=True)
                    if earliest <= first and last <= latest
                ]
            found.append(max([when.sort_key, *within]))
            first, last = when.known
            known.append((first.number, last.number))
        return tuple(found)
