"""people.yaml: who was who."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from press.content.model.facts import Fact
from press.content.model.places import Name
from press.content.model.values import Cites, Slug, Text, Texts, Value, When, Words, WordsText


def spoken(name: str) -> str:
    """A name as it is said: ``Aliyev, Heydar`` becomes ``Heydar Aliyev``."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


class Person(Value):
    """A person whom the dossier names: what they are called, what they were, and who says so."""

    id: Slug
    name: Text = Field(description="as it is filed: Aliyev, Heydar")
    also: Texts = Field((), description="other names, as they are filed; each leads here")
    names: tuple[Name, ...] = Field((), description="the name in other languages and scripts")
    matches: Texts = Field((), description="further spellings in the text: the last name alone")
    role: WordsText = Field(description="office or part, in a few words; printed in the index too")
    group: Words = Field("", description="the state, side, party or body that they stood for")
    born: When | None = None
    died: When | None = None
    note: Words = ""
    sources: Cites = ()
    facts: Mapping[Slug, Fact] = Field(default_factory=dict)


class People(Value):
    """people.yaml."""

    people: tuple[Person, ...] = ()
    note: Words = ""
