"""Spans and arrows, against the order in which things happened."""

from __future__ import annotations

from collections.abc import Iterator

from press.base.finding import Remark
from press.checks.chronology import not_yet_happened, outside_span
from press.content.load import Loaded
from press.content.model import Entry
from press.content.walk import each
from press.dates import show


def span_backwards(loaded: Loaded) -> Iterator[Remark]:
    """W230: a span ends before it begins.

    Why: It is printed from the first event to the last, so the two stand in the wrong order, or one
        of them is not the event that was meant.
    Wrong: value: {span: [war-ends, war-begins]}
    Right: value: {span: [war-begins, war-ends]}
    Remedy: Name the earlier event first.
    """
    events, language = loaded.dossier.events, loaded.dossier.meta.language
    for at, entry in each(loaded, Entry):
        first, last = (events.get(ident) for ident in entry.span or ("", ""))
        if first and last and last.when.latest < first.when.earliest and not _out_of_time(loaded):
            message = (
                f"{last.id!r} ({show(last.when, language)}) comes before "
                f"{first.id!r} ({show(first.when, language)})"
            )
            yield at("span"), message, f"write span: [{last.id}, {first.id}]"


def _out_of_time(loaded: Loaded) -> bool:
    """Whether a year is mistyped, which is said of the event itself."""
    return any(any(check(loaded)) for check in (outside_span, not_yet_happened))
