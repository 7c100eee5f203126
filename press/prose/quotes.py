"""The quotes of chapters, as they are written: for passages to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Quote:
    """A quote block of a chapter: the id of its source, the block's options, its paragraphs.

    ``at`` is where its source is named in the chapter, or else where the block begins; ``begin``
    and ``end`` are those of its words.
    """

    source: str
    options: Mapping[str, str]
    paragraphs: tuple[str, ...]
    at: int = 0
    begin: int = 0
    end: int = 0


NO_QUOTE = Quote("", {}, ())
_SLASHES = re.compile(r"^[ \t]*+/{3,}+[ \t]*+([^\n]*)$", re.MULTILINE)
_OPTION = re.compile(r"\n[ \t]*+([a-z]+):[ \t]*+([^\n]*)")


def blocks(written: str) -> Iterator[tuple[int, int, int, int]]:
    """Where each quote block begins, where its first line ends, its words end, and it ends."""
    opened: re.Match[str] | None = None
    for match in _SLASHES.finditer(written):
        if opened is not None and not match[1].strip():
            yield opened.start(), opened.end(), match.start(), match.end()
            opened = None
        elif match[1].split(" ")[0].rstrip("|") == "quote":
            opened = match
    if opened is not None:
        yield opened.start(), opened.end(), len(written), len(written)


def quotes(chapters: Iterable[str]) -> Iterator[Quote]:
    """The quote blocks in the Markdown of chapters, with their options and paragraphs."""
    for body in chapters:
        for begin, opened, end, _ in blocks(body):
            options: dict[str, str] = {}
            named, words = begin, opened
            while option := _OPTION.match(body, words, end):
                options[option[1]], words = option[2].strip(), option.end()
                named = option.start(1) if option[1] == "source" else named
            parts = re.split(r"\n\s*\n", body[words:end].strip())
            source = options.get("source", "").partition(",")[0].strip().lstrip("@")
            shown = tuple(" ".join(part.split()) for part in parts)
            yield Quote(source, options, shown, named, words, end)
