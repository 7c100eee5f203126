"""What facts rest on: the words of their sources, and how far each of these was read.

``docs/evidence.md`` says how authors write it. Where a source does not say its ``level``, the words
of its ``checked`` do, as the catalogues of ``press/locale`` list them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from press import locale
from press.content import coverage, facts
from press.content.coverage import Stated
from press.content.model import Cite, Claim, Dossier, Excerpt, Source
from press.content.model.values import NO_TEXT, Level

READ: frozenset[Level] = frozenset({"read", "read in part"})
"""The levels of a source that somebody has seen."""


@dataclass(frozen=True)
class Support:
    """A citation under a fact, or under one account of it, and how far its source was read."""

    cite: Cite
    level: Level
    claim: Claim | None = None


def supports(fact: Stated, dossier: Dossier) -> tuple[Support, ...]:
    """All that a fact rests on: its own citations, then those of each account of it."""
    under: list[tuple[Claim | None, Cite]] = [(None, cite) for cite in fact.cites]
    under += [(claim, cite) for claim in fact.claims for cite in claim.sources]
    return tuple(Support(cite, level_of(cite, dossier), claim) for claim, cite in under)


def level_of(cite: Cite, dossier: Dossier) -> Level:
    """How far the source of a citation was read, by its own word or that of the source.

    A source that there is not was not read.
    """
    if cite.level:
        return cite.level
    source = dossier.bibliography.get(cite.source)
    return level_of_source(source, facts.language_of(dossier)) if source else "not read"


def level_of_source(source: Source, language: str) -> Level:
    """How far a source was read."""
    if source.level:
        return source.level
    return "quoted in" if source.quoted_in else level_told(source.checked, language)


_CLAUSE = re.compile(r"[.;](?:\s|$)")


@lru_cache(maxsize=4096)
def level_told(checked: str, language: str) -> Level:
    """What the words of ``checked`` say; ``read`` where they say nothing else.

    That it was not read counts in their first clause: "Introduction read; the rest was not read".
    """
    words = locale.messages(language)
    if _has(_CLAUSE.split(checked)[0], words, "evidence.not-read"):
        return "not read"
    if _has(checked, words, "evidence.in-full"):
        return "read"
    return "read in part" if _has(checked, words, "evidence.in-part") else "read"


def _has(text: str, words: Mapping[str, str], key: str) -> bool:
    there = text.casefold()
    listed = (word.strip() for word in words[key].split(","))
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", there) for word in listed)


def is_kept(excerpt: Excerpt) -> bool:
    """Whether a citation says what its source says, or that nobody has kept it."""
    return bool(excerpt.says)


def of_ident(ident: str, dossier: Dossier) -> Iterator[Stated]:
    """The facts of a thing, at an address, or that rest on a source, by its id."""
    _, _, name = ident.rpartition(":")
    for fact in coverage.stated(dossier):
        own = fact.address in (ident, name) or fact.address.startswith(f"{name}.")
        if own or fact.address.endswith(f":{name}") or any(c.source == name for c in fact.every):
            yield fact


__all__ = [
    "NO_TEXT", "READ", "Support", "is_kept", "level_of", "level_of_source",
    "level_told", "of_ident", "supports",
]  # fmt: skip
