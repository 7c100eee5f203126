"""plates.yaml: maps and timelines, drawn from events and places."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from press.content.model.values import (
    Cites,
    EventId,
    Language,
    PlaceId,
    Places,
    Slug,
    Slugs,
    Text,
    Texts,
    TitleText,
    Value,
    When,
    Words,
    WordsText,
    fault,
)


class Extent(Value):
    """A box in degrees; west may be greater than east, and then crosses the antimeridian."""

    west: float = Field(ge=-180, le=180)
    south: float = Field(ge=-90, le=90)
    east: float = Field(ge=-180, le=180)
    north: float = Field(ge=-90, le=90)

    @model_validator(mode="after")
    def _upright(self) -> Self:
        if self.south >= self.north:
            raise fault("E150", "south is not below north", "swap south and north")
        return self


class Area(Value):
    """A country or first-level unit, chosen by name or ISO code, or the author's own shape."""

    one_of = ("name", "iso", "file")

    name: Text | None = None
    iso: Text | None = None
    country: Text | None = Field(None, description="narrows a name to a country (ISO 3166)")
    also: Texts = Field((), description="further names or codes, dissolved into one area")
    outside: Texts = Field((), description="areas or boundaries whose ground is cut off from it")
    inside: Texts = Field((), description="areas or boundaries of whose ground alone it is")
    file: Text | None = Field(None, description="the author's GeoJSON, shapefile or GeoPackage")
    layer: str = Field("", description="the layer of a GeoPackage that has several")
    label: Words = ""
    event: EventId | None = Field(None, description="the event that gives the area its date")
    style: Literal["step", "hatch", "tint", "outline", "name"] = "step"
    legend: Words = ""
    sources: Cites = ()

    @model_validator(mode="after")
    def _chosen(self) -> Self:
        if not (self.name or self.iso or self.file):
            raise fault("E151", "area is not chosen", "give name, iso or file")
        return self


class Line(Value):
    """A disputed or former boundary from the atlas, the author's own line, or a route."""

    one_of = ("name", "file", "through")

    name: Text | None = None
    file: Text | None = Field(None, description="the author's GeoJSON, shapefile or GeoPackage")
    layer: str = Field("", description="the layer of a GeoPackage that has several")
    through: Places = Field((), description="places that a route joins, first to last")
    event: EventId | None = Field(None, description="the event from which the line is shown")
    label: Words = ""
    legend: WordsText
    style: Literal["former", "disputed", "ceasefire", "front", "route", "road"] = "former"
    fill: Literal["none", "hatch"] = "none"
    sources: Cites = ()

    @model_validator(mode="after")
    def _chosen(self) -> Self:
        if not (self.name or self.file or self.through):
            raise fault("E151", "line is not chosen", "give name, file or through")
        if len(self.through) == 1:
            raise fault("E151", "a route of one place", "give through at least two places")
        return self


class Arrow(Value):
    """A schematic direction of movement; drawn only where a source supports it."""

    through: tuple[PlaceId, ...] = Field(min_length=2, description="places, first to last")
    event: EventId | None = None
    label: Words = ""
    sources: Cites = Field(min_length=1)


class LabelOffset(Value):
    """Where a label should stand against its symbol."""

    place: PlaceId
    side: Literal["N", "NE", "E", "SE", "S", "SW", "W", "NW"]


class Stage(Value):
    """One of several small maps in a row: the situation as of a date."""

    until: When
    title: str = Field("", description="printed above; otherwise the date")


class Map(Value):
    """A map plate, drawn from events and places."""

    kind: Literal["map"]
    id: Slug
    title: TitleText
    subtitle: Words = ""
    caption: Words = ""
    show: Literal["events", "places"] | tuple[PlaceId, ...] = "events"
    extent: Extent | tuple[PlaceId, ...] | None = Field(
        None, description="a box, or places that it must hold"
    )
    padding: float = Field(8, ge=0, le=100, description="per cent of the extent on each side")
    size: Literal["page", "half", "spread", "column", "poster"] = "page"
    projection: str = ""
    areas: tuple[Area, ...] = ()
    lines: tuple[Line, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    labels: tuple[LabelOffset, ...] = ()
    hide: tuple[PlaceId, ...] = ()
    markers: Literal["signs", "numbers"] = Field(
        "signs", description="signs of the categories, or numbers listed in the legend"
    )
    stages: tuple[Stage, ...] = Field((), max_length=6, description="small maps, one for each date")
    focus: tuple[Text, ...] = Field((), description="countries set in full colour (ISO codes)")
    language: Language | None = None
    relief: bool = True
    tints: bool = True
    rivers: bool = True
    towns: bool = Field(True, description="background towns for orientation")
    inset: bool = True
    span: When | None = Field(None, description="only events that touch this span")
    until: When | None = Field(None, description="the situation as of this date")
    dated_areas: Words = Field("", description="legend heading of the areas coloured by date")
    dated_places: Words = Field("", description="legend of the places that carry a date")
    blanks: Slugs = Field((), description="places to be named by hand: a number and a line each")
    filled: bool = Field(False, description="the names stand on the lines of blanks")
    note: Words = ""

    @field_validator("extent", mode="before")
    @classmethod
    def _box_by_names(cls, value: object) -> object:
        """Four numbers: other programs count them from the west, or from the south."""
        if isinstance(value, list) and len(value) == 4 and all(map(_is_number, value)):
            keys = zip(("west", "south", "east", "north"), value, strict=True)
            box = ", ".join(f"{key}: {number}" for key, number in keys)
            message = "a box of four numbers says not which is which"
            raise fault("E105", message, f"name them, if this is their order: {{{box}}}")
        return value


def _is_number(text: object) -> bool:
    return isinstance(text, str) and re.fullmatch(r"[-+]?\d+(\.\d+)?", text) is not None


class Timeline(Value):
    """A timeline plate, drawn from the same events."""

    kind: Literal["timeline"]
    id: Slug
    title: TitleText
    subtitle: Words = ""
    caption: Words = ""
    show: Literal["events", "essential"] | tuple[EventId, ...] = "events"
    span: When | None = None
    size: Literal["page", "half"] = Field(
        "page", description="where none is given, a timeline of few events is as low as they let it"
    )
    note: Words = ""


Plate = Annotated[Map | Timeline, Field(discriminator="kind")]


class Plates(Value):
    """plates.yaml."""

    plates: tuple[Plate, ...] = ()
