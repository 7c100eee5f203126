"""tables/*.yaml: free tables, whose rows are typed or drawn from facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from press.content.model.infobox import Entry
from press.content.model.values import Address, Cites, Slug, TitleText, Value, Words


class Column(Value):
    """A column of a free table; one of numbers is lined up at its end, unless it says otherwise."""

    key: Slug
    label: TitleText
    align: Literal["start", "end", "centre"] = "start"
    numeric: bool = False
    draws: (
        Literal["subject", "label", "value", "figure", "unit", "scope", "says", "note"] | None
    ) = Field(None, description="what it takes of the fact that a row draws; figure: without unit")

    @model_validator(mode="before")
    @classmethod
    def _figures_line_up(cls, value: object) -> object:
        if isinstance(value, dict) and value.get("numeric") is True:
            return {"align": "end", **value}
        return value


class TableRow(Value):
    """One row: a cell for each column, with sources for the row.

    A row that ``draws`` a fact takes its cells from it, a row for each account; cells of its own
    stand in their place.
    """

    cells: Mapping[Slug, Entry] = Field(default_factory=dict)
    draws: Address | None = None
    sources: Cites = ()

    @model_validator(mode="before")
    @classmethod
    def _cells_beside_sources(cls, value: object) -> object:
        if isinstance(value, dict) and "cells" not in value:
            own = {k: v for k, v in value.items() if k in ("sources", "draws")}
            value = {"cells": {k: v for k, v in value.items() if k not in own}, **own}
        if isinstance(value, dict) and isinstance(value["cells"], dict) and "draws" not in value:
            # An empty cell has a finding of its own (W349); one in a row that draws takes it away.
            return {**value, "cells": {k: v for k, v in value["cells"].items() if v != ""}}
        return value


class Table(Value):
    """tables/<id>.yaml: columns, rows, note."""

    title: TitleText
    columns: tuple[Column, ...] = Field(min_length=1)
    rows: tuple[TableRow, ...] = Field(min_length=1)
    note: Words = ""
    sources: Cites = ()
