"""The infobox: labelled rows of values."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from press.content.model import Dossier
from press.prose import Prose
from press.views.values import NOTHING, ValueView, values


@dataclass(frozen=True)
class RowView:
    """A row: values, or two sides, each a row of its own under its heading as the label."""

    label: str
    values: tuple[ValueView, ...]
    sides: tuple[RowView, ...] = ()
    note: Markup = NOTHING
    cites: Markup = NOTHING


@dataclass(frozen=True)
class InfoboxView:
    """The infobox."""

    title: str
    rows: tuple[RowView, ...]
    note: Markup


def view(dossier: Dossier, prose: Prose, *, essential: bool = False) -> InfoboxView | None:
    """The infobox; None where the dossier has none.

    Only its ``essential`` rows if wanted, or all where none is marked.
    """
    box = dossier.infobox
    if box is None:
        return None
    marked = [row for row in box.rows if row.essential] if essential else []
    rows = tuple(
        RowView(
            label=row.label,
            values=values(row.value, prose, row.label),
            sides=tuple(RowView(s.heading, values(s.values, prose)) for s in row.sides),
            note=prose.inline(row.note),
            cites=prose.cites(row.sources),
        )
        for row in marked or box.rows
    )
    return InfoboxView(box.title or dossier.meta.title, rows, prose.inline(box.note))
