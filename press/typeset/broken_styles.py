"""Which of an author's style sheets the typesetter breaks on, and at which of its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tinycss2

from press.base.document import Document

GUESTS = ("local", "theme")
"""The style sheets that are the author's own, by name; the others are the press's."""


@dataclass(frozen=True)
class BrokenStyles:
    """Style sheets that had to be left out for pages to be set at all, and what happened with them.

    ``rule`` is the selector of the one rule that is to blame, "" where it takes several.
    """

    names: tuple[str, ...]
    error: str
    rule: str = ""


def without(html: Document) -> Iterator[tuple[tuple[str, ...], Document]]:
    """``html`` without each of the author's style sheets, and without all of them, with names."""
    there = [name for name in GUESTS if html.files.get(address(name), b"").strip()]
    for names in dict.fromkeys((*((name,) for name in there), tuple(there))):
        if names:
            yield names, with_sheets(html, dict.fromkeys(names, ""))


def address(name: str) -> str:
    """Where a document has a style sheet."""
    return f"sheets/{name}.css"


def with_sheets(html: Document, texts: dict[str, str]) -> Document:
    """``html`` with these style sheets in place of its own, by name."""
    files = {address(name): text.encode() for name, text in texts.items()}
    return replace(html, files={**html.files, **files})


def one_to_blame(html: Document, name: str, breaks: Callable[[Document], bool]) -> str:
    """The selector of the rule of a style sheet with which alone typesetting breaks, "" for none.

    Half of the rules after half are left out, so that few layouts tell.
    """
    text = html.files[address(name)].decode()
    rules: Sequence[Any] = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    while len(rules) > 1:
        halves = rules[: len(rules) // 2], rules[len(rules) // 2 :]
        rules = next(
            (half for half in halves
             if breaks(with_sheets(html, {name: tinycss2.serialize(half)}))), ()
        )  # fmt: skip
    return str(tinycss2.serialize(rules[0].prelude)).strip() if rules else ""
