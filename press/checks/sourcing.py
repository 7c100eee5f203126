"""Sources: every fact has one, and every one listed is used or said to be further reading."""

from __future__ import annotations

from collections.abc import Iterator

from press.base.finding import Remark
from press.checks.walk import each
from press.content import coverage
from press.content.load import Loaded
from press.content.model import Cite, Source


def bare_facts(loaded: Loaded) -> Iterator[Remark]:
    """W301: a fact has no source, or an account of it has none."""
    bare: set[str] = set()
    for fact in coverage.stated(loaded.dossier):
        if fact.gaps:
            bare.add(fact.address)
        if fact.address.removesuffix(".coordinates") in bare - {fact.address}:
            continue  # a place without a source has been named
        for loc, what in fact.gaps:
            at = loaded.at(fact.file, *loc)
            yield at, f"{what} has no source", "add sources: and the id of one"


def unused_sources(loaded: Loaded) -> Iterator[Remark]:
    """W302: a source is listed, is cited nowhere, and does not say that it is further reading."""
    cited = {cite.source for _, cite in each(loaded, Cite)}
    text = "\n".join(chapter.body for chapter in loaded.dossier.chapters)
    for at, source in each(loaded, Source):
        if source.id in cited or f"@{source.id}" in text or "further reading" in source.checked:
            continue
        hint = "cite it, delete it, or say further reading in checked"
        yield at("id"), f"source {source.id!r} is not cited", hint
