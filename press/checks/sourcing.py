"""Sources: every fact has one, and every one listed is used or said to be further reading."""

from __future__ import annotations

from collections.abc import Iterator

from press.base.finding import Finding
from press.checks.walk import walk
from press.content import coverage, model
from press.content.load import Loaded


def bare_facts(loaded: Loaded) -> Iterator[Finding]:
    """W301: a fact has no source, or an account of it has none."""
    bare: set[str] = set()
    for fact in coverage.stated(loaded.dossier):
        if fact.gaps:
            bare.add(fact.address)
        if fact.address.removesuffix(".coordinates") in bare - {fact.address}:
            continue  # a place without a source has been named
        for loc, what in fact.gaps:
            yield loaded.finding(
                fact.file,
                loc,
                "W301",
                f"{what} has no source",
                "add sources: and the id of one",
            )


def unused_sources(loaded: Loaded) -> Iterator[Finding]:
    """W302: a source is listed, is cited nowhere, and does not say that it is further reading."""
    cited = {value.source for _, _, value in walk(loaded) if isinstance(value, model.Cite)}
    text = "\n".join(chapter.body for chapter in loaded.dossier.chapters)
    for index, source in enumerate(loaded.dossier.sources.sources):
        if source.id in cited or f"@{source.id}" in text or "further reading" in source.checked:
            continue
        yield loaded.finding(
            "sources.yaml",
            ("sources", index, "id"),
            "W302",
            f"source {source.id!r} is not cited",
            "cite it, delete it, or say further reading in checked",
        )
