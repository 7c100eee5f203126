"""The quotes of chapters, as they are written: for passages to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Quote:
    """A quote block of a chapter: the id of its source, the block's options, its paragraphs."""

    source: str
    options: Mapping[str, str]
    paragraphs: tuple[str, ...]


NO_QUOTE = Quote("", {}, ())
_BLOCK = re.compile(r"^/// *quote\b[^\n]*\n(.*?)^///\s*$", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"^\s*([a-z]+):\s*(.*)$")


def quotes(chapters: Iterable[str]) -> Iterator[Quote]:
    """The quote blocks in the Markdown of chapters, with their options and paragraphs."""
    for body in chapters:
        for block in _BLOCK.finditer(body):
            options: dict[str, str] = {}
            lines = block[1].split("\n")
            while lines and (option := _OPTION.match(lines[0])):
                options[option[1]] = option[2].strip()
                lines.pop(0)
            parts = re.split(r"\n\s*\n", "\n".join(lines).strip())
            source = options.get("source", "").partition(",")[0].strip().lstrip("@")
            yield Quote(source, options, tuple(" ".join(part.split()) for part in parts))
