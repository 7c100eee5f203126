"""How each field of a dossier is printed: the table that the ledger asks, beside ``kinds``.

A new field of a model needs a place in ``printed.yaml`` (a test says so): what is nowhere in it
would be lost in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from press.base.own_yaml import beside

How = Literal[
    "words", "date", "spoken", "linked", "locator", "entry", "degrees", "evidence",
    "told", "for the press",
]  # fmt: skip
"""How a field stands in print.

``words``: as they were typed. ``date``: as the language writes it. ``spoken``: as the alternative
of a picture. ``linked``: as where words lead. ``locator``: its figures, in a note. ``entry``: in
the bibliography, as its style has it. ``degrees``: as a position. ``evidence``: in the appendix of
evidence, where the dossier asks for it. ``told``: not itself, but by what it names or sets in
order: an event's date for its id. ``for the press``: it says how to print, and is not printed.
"""

FIELDS: Mapping[tuple[str, str], How] = MappingProxyType(
    {
        (model, name): how
        for model, ways in beside(__file__).items()
        for how, names in ways.items()
        for name in names.split()
    }
)
"""How each field is printed, by the names of its model and its own."""
