"""Numbers: of what, and of how many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.base.finding import Finding
from press.checks.walk import walk
from press.checks.words import listed
from press.content import model
from press.content.load import Loaded
from press.content.yaml import Loc

_BARE = re.compile(
    r"[~≈<>±]?\s*\d[\d.,\s\u00a0\u2009\u202f’']*(?:[–-]\s*\d[\d.,\s\u00a0\u202f’']*)?"
)
_YEAR = re.compile(r"[12]\d{3}(?:[–-]\d{2,4})?")


def number_without_unit(loaded: Loaded) -> Iterator[Finding]:
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
    for file, loc, label, text in _labelled(loaded):
        if bare(text) and not names_unit(loaded, label):
            message = f"{text!r} has no unit, and {label!r} names none"
            hint = "write the unit after the number, or into the label"
            yield loaded.finding(file, loc, "W336", message, hint)


def bare(text: str) -> bool:
    """Whether ``text`` is a number or a range of numbers, and not a year."""
    return bool(_BARE.fullmatch(text.strip()) and not _YEAR.fullmatch(text.strip()))


def names_unit(loaded: Loaded, label: str) -> bool:
    """Whether a label says what the number under it counts."""
    counted = {word.casefold() for word in listed(loaded, "check.counted")}
    if not counted or label.casefold() in counted:  # else nothing is known of the language
        return True
    return bool(re.search(r"[\s(,/%°$€£#]", label.strip()))


def _labelled(loaded: Loaded) -> Iterator[tuple[str, Loc, str, str]]:
    """File, place, label and text of each value that stands beside a label."""
    infobox = loaded.dossier.infobox
    for index, row in enumerate(infobox.rows if infobox else ()):
        for number, entry in enumerate(row.value):
            if not entry.note:
                yield from _texts(
                    "infobox.yaml", ("rows", index, "value", number), row.label, entry
                )
    for name, table in loaded.dossier.tables.items():
        labels = {column.key: column.label for column in table.columns if column.numeric}
        for index, line in enumerate(table.rows):
            for key, entry in line.cells.items():
                if key in labels and not (table.note or entry.note):
                    yield from _texts(
                        f"tables/{name}.yaml", ("rows", index, key), labels[key], entry
                    )
    for file, loc, value in walk(loaded):
        if isinstance(value, model.Fact) and not (value.unit or value.scope):
            label = value.label or str(loc[-1])
            yield from _texts(file, loc, label.replace("-", " "), value)


def _texts(
    file: str, loc: Loc, label: str, value: model.Entry | model.Fact
) -> Iterator[tuple[str, Loc, str, str]]:
    if value.text:
        yield file, (*loc, "text"), label, value.text
    for number, claim in enumerate(value.claims):
        if claim.text:
            yield file, (*loc, "claims", number, "text"), label, claim.text
