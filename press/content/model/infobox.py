"""infobox.yaml: the box of facts beside the opening, and the values that stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from press.content.model.values import (
    Address,
    CategoryId,
    Cites,
    Claim,
    EventId,
    PlaceId,
    Places,
    Slug,
    TableId,
    TermId,
    Title,
    TitleText,
    Value,
    Words,
    as_list,
    check_claims,
    fault,
)


class Ref(Value):
    """A fact that stands elsewhere and is printed from there: exactly one key is given."""

    event: EventId | None = None
    span: tuple[EventId, EventId] | None = Field(None, description="first and last event")
    place: PlaceId | None = None
    places: Places = ()
    term: TermId | None = None
    count: Literal["events", "places", "sources", "terms"] | None = None
    category: CategoryId | None = Field(None, description="narrows count: events")
    rows: TableId | None = Field(None, description="counts the rows of a table")
    fact: Address | None = Field(None, description="a fact by its address: town.population")
    precision: Literal["day", "month", "year"] = "day"


_KINDS_OF_VALUE = (
    "text", "event", "span", "place", "places", "term", "count", "rows", "fact", "claims",
)  # fmt: skip


_DATED = ("event", "span")
_NARROWS = {
    "category": "which narrows count: events",
    "precision": "which coarsens the date of event: or span:",
}


class Entry(Ref):
    """A value: text (inline Markdown), a reference, or claims; with note and sources."""

    text: Words = ""
    note: Words = ""
    sources: Cites = ()
    claims: tuple[Claim, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"text": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [kind for kind in _KINDS_OF_VALUE if getattr(self, kind)]
        if len(given) != 1:
            what = f"{' and '.join(given)} together" if given else "nothing to print"
            hint = f"give exactly one of {', '.join(_KINDS_OF_VALUE)}"
            if not given and "text" in self.model_fields_set:
                hint = "write a text, – where there is none, or delete the key"
            raise fault("E110", f"this value has {what}", hint, tuple(given[1:2]))
        for key, used in (("category", self.count == "events"), ("precision", given[0] in _DATED)):
            if key in self.model_fields_set and not used:
                message = f"{key} changes nothing in a value with {given[0]}"
                raise fault("E110", message, f"delete {key}, {_NARROWS[key]}", (key,))
        check_claims(self.claims)
        return self


Entries = Annotated[tuple[Entry, ...], BeforeValidator(as_list)]


class Side(Value):
    """One of the two columns of a two-sided row."""

    heading: str = ""
    values: Entries = Field(min_length=1)


class Row(Value):
    """A labelled row with one or several values, or two sides that face each other."""

    one_of = ("value", "sides")

    id: Slug | None = Field(None, description="a name by which prose prints the row: infobox.ID")
    label: TitleText
    value: Entries = ()
    sides: tuple[Side, ...] = ()
    essential: bool = Field(False, description="printed on the handout; all rows where none is")
    note: Words = ""
    sources: Cites = ()

    @property
    def entries(self) -> Iterator[tuple[tuple[str | int, ...], Entry]]:
        """Each value, its own or of a side, with the steps that lead to it."""
        yield from ((("value", number), entry) for number, entry in enumerate(self.value))
        for number, side in enumerate(self.sides):
            for n, entry in enumerate(side.values):
                yield ("sides", number, "values", n), entry

    @property
    def lasting(self) -> bool:
        """Whether it counts nothing of which a short edition prints less."""
        return not any(entry.count for _, entry in self.entries)

    @model_validator(mode="after")
    def _value_or_sides(self) -> Self:
        if bool(self.value) == bool(self.sides):
            hint = "keep one of them" if self.value else "add value: … with what the row says"
            raise fault("E111", f"row {self.label!r} needs value or sides", hint)
        if self.sides and len(self.sides) != 2:
            raise fault("E112", f"row {self.label!r} has {len(self.sides)} sides", "give two sides")
        return self


class Infobox(Value):
    """infobox.yaml: the ordered rows of the box."""

    title: Title = ""
    rows: tuple[Row, ...] = Field(min_length=1)
    note: Words = ""
