"""Numbers: of what, and of how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from press.base.finding import Remark
from press.base.units import counted
from press.checks.units import units_of
from press.checks.words import listed
from press.content.load import Loaded
from press.content.model import Entry, Fact, Row, Table
from press.content.walk import At, each, walk
from press.content.yaml import Loc

_BARE = re.compile(
    r"[~≈<>±]?\s*\d[\d.,\s\u00a0\u2009\u202f’']*(?:[–-]\s*\d[\d.,\s\u00a0\u202f’']*)?"
)
_YEAR = re.compile(r"[12]\d{3}(?:[–-]\d{2,4})?")


def number_without_unit(loaded: Loaded) -> Iterator[Remark]:
    """W336: a bare number stands under a label that does not say what it counts or measures.

    Why: “Height 4,478” may be metres or feet, and “Displaced 250,000” persons or families. A label
        names a unit by a second word, by brackets, a comma or a sign (Height, m), or by being a
        noun that is counted (Inhabitants). Years need none.
    Wrong: - label: Height
          value: "4,478"
    Right: - label: Height
          value: 4,478 m
    Remedy: Write the unit after the number, or into the label; a fact has a key for it, unit:.
    """
    for label, values in _labelled(loaded):
        if names_unit(loaded, label):
            continue
        found = [(at(*steps), text) for at, one in values for steps, text in _texts(one)]
        if numbers := [(place, text) for place, text in found if bare(text)]:
            place, text = numbers[0]
            further = len(numbers) - 1
            more = f" and {counted(further, 'more value')} under it" if further else ""
            verb = "have" if more else "has"
            message = f"{text!r}{more} {verb} no unit, and {label!r} names none"
            yield place, message, "write the unit after the number, or into the label"


def bare(text: str) -> bool:
    """Whether ``text`` is a number or a range of numbers, and not a year."""
    return bool(_BARE.fullmatch(text.strip()) and not _YEAR.fullmatch(text.strip()))


def names_unit(loaded: Loaded, label: str) -> bool:
    """Whether a label says what the number under it counts."""
    things = {word.casefold() for word in listed(loaded, "check.counted")}
    if not things or label.casefold() in things:  # else nothing is known of the language
        return True
    kind, _ = units_of(loaded.dossier.meta.language).like(label.strip().casefold())
    return bool(kind or re.search(r"[\s(,/%°$€£#]", label.strip()))


_Values = list[tuple[At, Entry | Fact]]


def _labelled(loaded: Loaded) -> Iterator[tuple[str, _Values]]:
    """Each label, and the values beside or under it that have no words of their own."""
    for at, row in each(loaded, Row):
        entries = enumerate(row.value)
        yield row.label, [(partial(at, "value", n), one) for n, one in entries if not one.note]
    for at, table in each(loaded, Table):
        for column in table.columns:
            if column.numeric and not table.note:
                yield column.label, _column(at, table, column.key)
    for file, loc, value in walk(loaded):
        if isinstance(value, Fact) and not (value.unit or value.scope):
            label = value.label or str(loc[-1])
            yield label.replace("-", " "), [(partial(loaded.at, file, *loc), value)]


def _column(at: At, table: Table, key: str) -> _Values:
    """The cells of a column that have no note."""
    cells = ((index, row.cells.get(key)) for index, row in enumerate(table.rows))
    return [(partial(at, "rows", n, key), one) for n, one in cells if one and not one.note]


def _texts(value: Entry | Fact) -> Iterator[tuple[Loc, str]]:
    """The text of a value and those of its claims, with the steps to each."""
    yield ("text",), value.text
    yield from (
        (("claims", number, "text"), claim.text) for number, claim in enumerate(value.claims)
    )
