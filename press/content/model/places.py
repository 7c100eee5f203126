"""gazetteer.yaml: places and their names."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from press.content.model.facts import Fact
from press.content.model.values import Cites, Coordinates, Language, Slug, Text, Texts, Value, Words


class Name(Value):
    """A name of a place in one language and script."""

    language: Language
    name: Text
    latin: str = ""
    standing: str = ""


class Place(Value):
    """A place: what it is called, by whom, where it lies, and what it is."""

    id: Slug
    name: Text
    also: Texts = ()
    names: tuple[Name, ...] = ()
    at: Coordinates | None = None
    kind: Text
    district: str = ""
    role: Words = ""
    geonames: int | None = None
    sources: Cites = ()
    note: Words = ""
    facts: Mapping[Slug, Fact] = Field(default_factory=dict)


class Gazetteer(Value):
    """gazetteer.yaml."""

    places: tuple[Place, ...] = Field(min_length=1)
    note: Words = ""
