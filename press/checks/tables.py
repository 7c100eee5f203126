"""Free tables: cells and columns that fit each other, and a text that names the table."""

from __future__ import annotations

from collections.abc import Iterator

from press import locale
from press.base.finding import Remark, did_you_mean
from press.checks.known import addressed
from press.checks.uses import named_ids
from press.content import facts
from press.content.load import Loaded
from press.content.model import Fact, Table
from press.content.walk import each
from press.content.yaml import Loc


def unknown_cells(loaded: Loaded) -> Iterator[Remark]:
    """E113: a row has a cell for a column that the table does not have."""
    for at, table in each(loaded, Table):
        known = [column.key for column in table.columns]
        for index, row in enumerate(table.rows):
            for key in row.cells:
                if key not in known:
                    hint = did_you_mean(key, known, f"the columns are {', '.join(known)}")
                    yield at("rows", index, key, key=True), f"there is no column {key!r}", hint


def columns_twice(loaded: Loaded) -> Iterator[Remark]:
    """E118: two columns of a table have the same key, and would print the same cells.

    Why: Rows name their cells by the keys of columns; of two with one key the second prints again
        what the first does, under another label.
    Wrong: columns: [{key: died, label: Died}, {key: died, label: Missing}]
    Right: columns: [{key: died, label: Died}, {key: missing, label: Missing}]
    Remedy: Give each column a key of its own, and the rows a cell for each.
    """
    for at, table in each(loaded, Table):
        first: dict[str, int] = {}
        for index, column in enumerate(table.columns):
            if first.setdefault(column.key, index) != index:
                message = f"column {first[column.key] + 1} has the key {column.key!r} already"
                yield at("columns", index, "key"), message, "give each column a key of its own"


def unnamed_tables(loaded: Loaded) -> Iterator[Remark]:
    """W343: no text refers to a table.

    Why: Tables stand behind the chapters. A reader finds one because a sentence sends them there.
    Wrong: The figures differ.
    Right: The figures differ ([[table:displacement]]).
    Remedy: Refer to it with [[table:name]].
    """
    used = named_ids(loaded)["table"]
    for name in loaded.dossier.tables:
        if name not in used:
            hint = f"write [[table:{name}]] where it helps"
            at = loaded.at(f"tables/{name}.yaml", "title")
            yield at, f"no text refers to table {name!r}", hint


def empty_columns(loaded: Loaded) -> Iterator[Remark]:
    """W354: no row of a table fills one of its columns.

    Why: An empty column takes the width that the others need.
    Wrong: columns:
          - {key: date, label: Date}
        rows:
          - {name: Michel Croz}
    Right: rows:
          - {name: Michel Croz, date: 1865-07-14}
    Remedy: Fill the column, or delete it.
    """
    for at, table in each(loaded, Table):
        if any(row.draws for row in table.rows):
            continue
        filled = {key for row in table.rows for key in row.cells}
        for index, column in enumerate(table.columns):
            if column.key not in filled:
                message = f"no row fills column {column.key!r}"
                yield at("columns", index, "key"), message, "fill it, or delete it"


def empty_cells(loaded: Loaded) -> Iterator[Remark]:
    """W349: a row of a table has nothing under one of its columns.

    Why: An empty cell says nothing: whether there was none, whether nobody knows, or whether it was
        forgotten.
    Wrong: - {name: Michel Croz, fate: }
    Right: - {name: Michel Croz, fate: not known}
    Remedy: Write what is known; "none" or – where there is nothing, "not known" where nobody knows.
    """
    for at, table in each(loaded, Table):
        known = {column.key for column in table.columns}
        # A cell under a mistyped column is E113's, and most likely the one that is not there.
        typed = [(n, r) for n, r in enumerate(table.rows) if not r.draws and known >= {*r.cells}]
        for column in table.columns:
            empty = [index for index, row in typed if column.key not in row.cells]
            if not empty or len(empty) == len(table.rows):
                continue  # of a column without any cell W354 speaks
            first, *more = empty
            message = f"row {first + 1}{_called(table, first)} has nothing under {column.label!r}"
            if more:
                listed = locale.listed([str(index + 1) for index in more], "en")
                message += (
                    f", nor {'have' if more[1:] else 'has'} row{'s' * bool(more[1:])} {listed}"
                )
            key = column.key
            hint = f"write what is known, {key}: – where there is none, or {key}: not known"
            yield at("rows", first, column.key, key=True), message, hint


def _called(table: Table, index: int) -> str:
    """What the first cell of a row says, in brackets."""
    cells = (table.rows[index].cells.get(column.key) for column in table.columns)
    text = next((cell.text for cell in cells if cell and cell.text), "")
    return f" ({text[:40]})" if text else ""


def rows_twice(loaded: Loaded) -> Iterator[Remark]:
    """W355: two rows of a table have the same cells.

    Why: A row that was copied and not changed counts something twice.
    Wrong: - {name: Michel Croz, fate: died}
        - {name: Michel Croz, fate: died}
    Right: - {name: Michel Croz, fate: died}
        - {name: Edward Whymper, fate: survived}
    Remedy: Change or delete one of them.
    """
    for at, table in each(loaded, Table):
        first: dict[object, int] = {}
        for index, row in enumerate(table.rows):
            number = first.setdefault(frozenset(row.cells.items()), index)
            if row.cells and number != index and not row.draws:
                message = f"this row has the same cells as row {number + 1}"
                yield at("rows", index), message, "delete it"


_FILLED = 0.75
"""Of the rows that draw, those that fill a column, so that an empty cell is an exception."""


def empty_draws(loaded: Loaded) -> Iterator[Remark]:
    """W350: a row draws nothing for a column that most rows fill.

    Why: The others say what is counted, or who says so. Where a fact has lost its scope or its
        voice, its cell is blank and the figure reads as if nobody doubted it.
    Wrong: displaced: {text: "150,000", unit: people}     # drawn beside scope and says
    Right: displaced: {text: "150,000", unit: people, scope: who fled in August, says: UNHCR}
    Remedy: Give the fact what the column draws, or the row a cell of its own.
    """
    known = addressed(loaded)
    for name, table in loaded.dossier.tables.items():
        drawn = [row for row in table.rows if row.draws]
        found = [(row, facts.find(known, row.draws or "")) for row in drawn]
        told = [
            (row, one.file, one.loc, one.fact)
            for row, one in found
            if isinstance(one, facts.Found) and one.fact
        ]
        for column in table.columns:
            if column.draws not in ("scope", "says"):
                continue
            parts = [
                (loaded.at(file, *steps), held)
                for row, file, loc, fact in told
                if column.key not in row.cells
                for steps, held in _parts(fact, loc, column.draws)
            ]
            empty = [place for place, held in parts if not held]
            if empty and len(empty) <= (1 - _FILLED) * len(parts):
                for place in empty:
                    message = f"table {name!r} prints nothing of this under {column.label!r}"
                    hint = f"say it: {column.draws}: …"
                    yield place, message, hint


def _parts(fact: Fact, loc: Loc, name: str) -> Iterator[tuple[Loc, str]]:
    """Where each account of a fact is typed, and what it has under a name."""
    if not fact.claims:
        yield loc, getattr(fact, name)
    for number, claim in enumerate(fact.claims):
        own = getattr(claim, name)
        yield (*loc, "claims", number), own or (fact.scope if name == "scope" else "")
