"""The infobox: labelled rows of values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from press.content.model import Dossier, Entry, Row
from press.prose import Prose
from press.views.essentials import essential_events, marked
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

    @property
    def contested(self) -> Markup:
        """The first value of it about which accounts differ; none where they agree."""
        values = (v for row in self.rows for part in (row, *row.sides) for v in part.values)
        shown = (words for value in values for words in _contested_of(value) if words)
        return next(shown, NOTHING)


def _contested_of(value: ValueView) -> tuple[Markup, ...]:
    """What of a value accounts differ about: its words, an account of it, or words within it."""
    if not value.contested:
        return marked(value.html)
    told = (value.html, *(claim.html for claim in value.claims))
    return tuple(escape(html.striptags()) for html in told)


def essential_rows(dossier: Dossier) -> tuple[Row, ...]:
    """The rows that short editions print: the essential ones, or all where none is marked.

    Not those that count things of the dossier of which a short edition prints fewer.
    """
    rows = dossier.infobox.rows if dossier.infobox else ()
    marked = [row for row in rows if row.essential]
    listed = {event.id for event in essential_events(dossier)}
    left_out = [event for event in dossier.events.values() if event.id not in listed]

    def is_true(entry: Entry) -> bool:
        counted = (e for e in left_out if entry.category in (None, e.category))
        return entry.count == "events" and not any(counted)

    return tuple(
        row
        for row in marked or rows
        if row.lasting or all(is_true(entry) for _, entry in row.entries if entry.count)
    )


def view(dossier: Dossier, prose: Prose, rows: Iterable[Row] | None = None) -> InfoboxView | None:
    """The infobox with all of its rows, or with ``rows``; None where the dossier has none."""
    box = dossier.infobox
    if box is None:
        return None
    shown = tuple(
        RowView(
            label=row.label,
            values=values(row.value, prose, row.label),
            sides=tuple(RowView(s.heading, values(s.values, prose)) for s in row.sides),
            note=prose.inline(row.note),
            cites=prose.cites(row.sources),
        )
        for row in (box.rows if rows is None else rows)
    )
    return InfoboxView(box.title or dossier.meta.title, shown, prose.inline(box.note))
