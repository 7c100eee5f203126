"""What is named where: ids in fields and in texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from press.checks.references import references_of
from press.checks.texts import REFERENCE, Passage, passages
from press.content import kinds
from press.content.load import Loaded
from press.content.walk import walk
from press.prose.blocks import THINGS

_PLACED = re.compile(
    r"!\[[^\[\]]*\]\(image:(?P<named>[a-z0-9-]+)"
    r"|^[ \t]*/{3,}[ \t]*(?P<kind>figure|plate)[ \t]*\|[ \t]*(?P<titled>[a-z0-9-]+)",
    re.MULTILINE,
)
"""How a chapter places a picture or a plate."""


@lru_cache(maxsize=2)
def named_ids(loaded: Loaded) -> Mapping[str, frozenset[str]]:
    """The ids that fields and texts name, by kind; one that is named barely is of every kind."""
    found: dict[str, set[str]] = {kind: set() for kind in kinds.KINDS}
    for kind, ident in (*_in_fields(loaded), *_in_texts(loaded)):
        for each in [kind] if kind in found else found:
            found[each].add(ident)
    return {kind: frozenset(ids) for kind, ids in found.items()}


def _in_fields(loaded: Loaded) -> Iterator[tuple[str, str]]:
    references = (found for _, _, value in walk(loaded) for found in references_of(value))
    yield from ((kind, ident) for wanted, ident, _ in references for kind in wanted)


def _in_texts(loaded: Loaded) -> Iterator[tuple[str, str]]:
    for passage in passages(loaded):
        yield from ((m["kind"] or "", m["id"]) for m in REFERENCE.finditer(passage.written))
        yield from placed(passage)


def placed(passage: Passage) -> Iterator[tuple[str, str]]:
    """Kind and id of each picture and plate that a chapter places."""
    for match in _PLACED.finditer(passage.written) if passage.is_chapter else ():
        kind = THINGS.get(match["kind"] or "", "image")
        yield kind, match["named"] or match["titled"]


@lru_cache(maxsize=8)
def printed_text(loaded: Loaded, besides: str = "") -> str:
    """Every text but those of ``besides``, a file, as it was written, in small letters."""
    apart = loaded.snapshot.place(besides)
    texts = (passage.written for passage in passages(loaded) if passage.file != apart)
    return "\n".join(texts).casefold()
