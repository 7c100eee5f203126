"""facts.yaml: what facts are about, and the facts that places, events and people have too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import Field, model_validator

from press.content.model.values import (
    Cites,
    Claim,
    Slug,
    Text,
    Value,
    When,
    Words,
    check_claims,
    fault,
)


class Fact(Value):
    """One value, typed once and printed wherever its address is named."""

    one_of = ("text", "date", "claims")

    text: Words = Field(default="", description="the value in words or figures")
    date: When | None = None
    printed: str = Field(default="", description="the date in words, where EDTF cannot say it")
    claims: tuple[Claim, ...] = Field(
        default=(), description="instead of one value: accounts that differ"
    )
    unit: str = Field(default="", description="printed behind the value: people, km²")
    label: Words = Field(default="", description="what the value is called in lists: Displaced")
    scope: Words = Field(default="", description="what is counted or meant")
    says: Words = Field(default="", description="who says so, in words")
    note: Words = ""
    sources: Cites = ()

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"text": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [kind for kind in self.one_of if getattr(self, kind)]
        if len(given) != 1:
            what = f"{' and '.join(given)} together" if given else "no value"
            hint, at = "give one of text, date or claims", tuple(given[1:2])
            raise fault("E114", f"this fact has {what}", hint, at)
        check_claims(self.claims)
        return self

    @property
    def contested(self) -> bool:
        """Whether accounts of it differ."""
        return bool(self.claims)


class Subject(Value):
    """What facts are about that is neither a place nor an event: a campaign, a treaty, a person."""

    id: Slug
    name: Text
    facts: Mapping[Slug, Fact] = Field(min_length=1)


class Facts(Value):
    """facts.yaml: subjects and their facts."""

    subjects: tuple[Subject, ...] = ()
