"""Sources: every fact has one, and every one listed is used or said to be further reading."""

from __future__ import annotations

from collections.abc import Iterator

from press import model
from press.checks.walk import walk
from press.finding import Finding
from press.load import Loaded


def _bare(value: object) -> str:
    """What is unsourced, in words; empty where nothing is."""
    match value:
        case model.Event(sources=(), claims=()):
            return f"event {value.id!r} has no source"
        case model.Place(sources=()):
            return f"place {value.id!r} has no source"
        case model.Term(sources=()):
            return f"term {value.id!r} has no source"
        case model.Claim(sources=()):
            return "this claim has no source"
    return ""


def bare_facts(loaded: Loaded) -> Iterator[Finding]:
    """W301: an event, place, term or claim has no source; a finding under --strict."""
    for file, loc, value in walk(loaded):
        if message := _bare(value):
            hint = "add sources: and the id of one"
            yield loaded.finding(file, loc, "W301", message, hint, severity="warning")
    infobox = loaded.dossier.infobox
    for index, row in enumerate(infobox.rows if infobox else ()):
        entries = (*row.value, *(entry for side in row.sides for entry in side.values))
        if not row.sources and any(e.text and not e.sources for e in entries):
            yield loaded.finding(
                "infobox.yaml",
                ("rows", index),
                "W301",
                f"row {row.label!r} has a value without a source",
                "add sources: to it",
                severity="warning",
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
            severity="warning",
        )
