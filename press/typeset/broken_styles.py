"""Which of an author's style sheets the typesetter breaks on, and at which of its rules."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import tinycss2

from press.base.document import Document

GUESTS = ("local", "theme")
"""The style sheets that are the author's own, by name; the others are the press's."""


@dataclass(frozen=True)
class BrokenStyles:
    """Style sheets that had to be left out for pages to be set at all, and what happened with them.

    ``rules`` holds for each the selector of the rule that is to blame, "" where none is known.
    """

    names: tuple[str, ...]
    error: str
    rules: tuple[str, ...] = ()


def without(html: Document) -> Iterator[tuple[tuple[str, ...], Document]]:
    """``html`` without each of the author's style sheets, and without all of them, with names."""
    there = [name for name in GUESTS if html.files.get(address(name), b"").strip()]
    for names in dict.fromkeys((*((name,) for name in there), tuple(there))):
        if names:
            yield names, with_sheets(html, dict.fromkeys(names, ""))


def guests(html: Document) -> tuple[bytes, ...]:
    """The text of each of the author's style sheets."""
    return tuple(html.files.get(address(name), b"") for name in GUESTS)


def address(name: str) -> str:
    """Where a document has a style sheet."""
    return f"sheets/{name}.css"


def with_sheets(html: Document, texts: dict[str, str]) -> Document:
    """``html`` with these style sheets in place of its own, by name."""
    files = {address(name): text.encode() for name, text in texts.items()}
    return replace(html, files={**html.files, **files})


def to_blame(html: Document, name: str, breaks: Callable[[Document], bool]) -> str:
    """The selector of the first rule of a style sheet with which typesetting breaks, "" for none.

    It may take rules before it to break; half as many are tried each time, so that few layouts
    tell.
    """
    text = html.files[address(name)].decode()
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    if not rules:
        return ""

    def broken(last: int) -> bool:
        return breaks(with_sheets(html, {name: tinycss2.serialize(rules[: last + 1])}))

    blamed = rules[bisect_left(range(len(rules) - 1), True, key=broken)]
    return str(tinycss2.serialize(blamed.prelude)).strip()
