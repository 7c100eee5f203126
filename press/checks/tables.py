"""Free tables: every cell stands under a column."""

from __future__ import annotations

from collections.abc import Iterator

from press.base.finding import Finding, did_you_mean
from press.content.load import Loaded


def unknown_cells(loaded: Loaded) -> Iterator[Finding]:
    """E113: a row has a cell for a column that the table does not have."""
    for name, table in loaded.dossier.tables.items():
        known = [column.key for column in table.columns]
        for index, row in enumerate(table.rows):
            for key in row.cells:
                if key not in known:
                    hint = did_you_mean(key, known, f"the columns are {', '.join(known)}")
                    yield loaded.finding(
                        f"tables/{name}.yaml", ("rows", index, key), "E113",
                        f"there is no column {key!r}", hint, key=True,
                    )  # fmt: skip
