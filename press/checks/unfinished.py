"""What was pasted and is still to be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from press.base.finding import Remark
from press.content.load import Loaded
from press.content.missing import FILL
from press.content.walk import fields, walk


def left_to_fill(loaded: Loaded) -> Iterator[Remark]:
    """W359: a text is still the … of the lines that were to be filled in.

    Why: Findings about missing keys have lines to paste, with … for each text. It would be printed.
    Wrong: standfirst: …
    Right: standfirst: Two parties climb one ridge in one summer.
    Remedy: Write what belongs there, or delete the key where it may be left out.
    """
    for file, loc, value in walk(loaded):
        for _, key, _, held in fields(value):
            listed = held if isinstance(held, tuple) else (held,)
            if any(one in (FILL, "...") for one in listed):
                at = loaded.at(file, *loc, key)
                yield at, f"{key} is still {FILL}", "write what belongs there"
