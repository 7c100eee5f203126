"""The free tables. A row that draws a fact is printed once for each account of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from press import locale
from press.content import facts
from press.content.model import Claim, Column, Dossier, Fact, Table, TableRow
from press.design.styles import Style
from press.prose import Prose
from press.views.values import NOTHING, ValueView, value
from press.views.wide_tables import TablePart, divided

LINE = 100
"""Letters of a line of a table, all its columns together."""
LONG = 24
"""Lines from which a table is long: half a page."""


@dataclass(frozen=True)
class TableRowView:
    """A row of a table."""

    cells: tuple[ValueView, ...]
    cites: Markup


@dataclass(frozen=True)
class TableView:
    """A free table; ``columns`` are the author's own."""

    id: str
    label: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRowView, ...]
    note: Markup
    cites: Markup
    parts: tuple[TablePart, ...]
    """The columns and rows as they are set: one part, or several where the page is too narrow."""

    @property
    def long(self) -> bool:
        """Whether it may go over to the next page, for it takes much of one."""
        wide = LINE // max(1, len(self.columns))
        lines = (max((-(-len(c.html.striptags()) // wide) for c in row.cells), default=1)
                 for row in self.rows)  # fmt: skip
        return sum(lines) * len(self.parts) > LONG


def view(dossier: Dossier, prose: Prose, style: Style) -> tuple[TableView, ...]:
    """The free tables, by file name."""
    return tuple(_table(ident, table, prose, style) for ident, table in dossier.tables.items())


def _table(ident: str, table: Table, prose: Prose, style: Style) -> TableView:
    rows = tuple(printed for row in table.rows for printed in _rows(table, row, prose))
    return TableView(
        id=ident,
        label=facts.label(prose.dossier, f"table-{ident}"),
        title=table.title,
        columns=table.columns,
        rows=rows,
        note=prose.inline(table.note),
        cites=prose.cites(table.sources),
        parts=divided(table.columns, [r.cells for r in rows], [r.cites for r in rows], style),
    )


def _rows(table: Table, row: TableRow, prose: Prose) -> Iterator[TableRowView]:
    """A row as it is written; where it draws a fact, a row for each account of that."""
    found = facts.find(prose.facts, row.draws) if row.draws else None
    if not isinstance(found, facts.Found) or found.fact is None:
        cells = tuple(_cell(column, row, {}, prose) for column in table.columns)
        yield TableRowView(cells, prose.cites(row.sources))
        return
    fact, drawn = found.fact, {column.draws for column in table.columns}
    for account in fact.claims or (None,):
        parts = _parts(found, fact, account, drawn, prose)
        cells = tuple(_cell(column, row, parts, prose) for column in table.columns)
        sources = account.sources if account else fact.sources
        yield TableRowView(cells, prose.cites((*sources, *row.sources)))


def _cell(
    column: Column, row: TableRow, parts: Mapping[str | None, ValueView], prose: Prose
) -> ValueView:
    """The cell of ``row`` under ``column``: its own, or the part of a fact that it draws."""
    if column.key in row.cells:
        return value(row.cells[column.key], prose)
    return parts.get(column.draws, ValueView(NOTHING))


def _parts(
    found: facts.Found,
    fact: Fact,
    account: Claim | None,
    drawn: Collection[str | None],
    prose: Prose,
) -> Mapping[str | None, ValueView]:
    """What the columns of a table can draw of a fact, or of one account of it.

    What it measures, who says it, its note, and why it is preferred go with the value where no
    column is there for them.
    """
    preferred = locale.messages(prose.language)["preferred"]
    says, reason = (account.says, account.reason) if account else (fact.says, "")
    why = NOTHING
    if account and account.preferred:
        why = Markup("<em>{}:</em> {}").format(preferred, prose.inline(reason))
    unit = not {"unit", "figure"} & set(drawn)
    shown = prose.account(account, fact.unit * unit) if account else prose.value(fact, unit)
    scope = account.scope if account and account.scope else fact.scope
    own = {"scope": scope, "says": says, "note": fact.note}
    told = (prose.inline(words) for name, words in own.items() if name not in drawn)
    beside = Markup("; ").join(words for words in told if words)
    if "says" not in drawn:
        beside = Markup("; ").join(part for part in (beside, why) if part)
    subject = Markup('<a href="#{}">{}</a>').format(found.anchor, found.subject)
    figure = ValueView(
        prose.use(found.address, shown),
        beside,
        disputed=account is not None,
    )
    return {
        "subject": ValueView(subject if found.anchor else escape(found.subject)),
        "label": ValueView(escape(fact.label)),
        "value": figure,
        "figure": figure,
        "unit": ValueView(escape(fact.unit)),
        "scope": ValueView(prose.inline(scope)),
        "says": ValueView(prose.inline(says), why),
        "note": ValueView(prose.inline(fact.note)),
    }
