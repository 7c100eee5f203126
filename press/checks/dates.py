"""Dates that cannot be true together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from press.base.finding import Finding
from press.content.load import Loaded
from press.content.yaml import Loc
from press.dates import Date, show


def outside_span(loaded: Loaded) -> Iterator[Finding]:
    """E203: an event lies outside the span that dossier.yaml gives the dossier."""
    meta = loaded.dossier.meta
    if meta.span is None:
        return
    for index, event in enumerate(loaded.dossier.chronology.events):
        dated: list[tuple[Loc, Date | None]] = [(("date",), event.date)]
        dated += [(("claims", n, "date"), claim.date) for n, claim in enumerate(event.claims)]
        for steps, date in dated:
            if date is not None and not date.known_within(meta.span):
                said = show(meta.span, meta.language)
                message = f"{date.text} lies outside the dossier's span, {said}"
                hint = "correct the date, or widen span in dossier.yaml"
                loc = ("events", index, *steps)
                yield loaded.finding("chronology.yaml", loc, "E203", message, hint)


def phases_out_of_order(loaded: Loaded) -> Iterator[Finding]:
    """E207: a phase begins before the one above it, or together with it."""
    for index, (before, after) in enumerate(pairwise(loaded.dossier.chronology.phases)):
        if after.begins.earliest <= before.begins.earliest:
            message = f"phase {after.id!r} does not begin after {before.id!r}"
            loc = ("phases", index + 1, "begins")
            hint = "list the phases in order of time"
            yield loaded.finding("chronology.yaml", loc, "E207", message, hint)


def revisions_out_of_order(loaded: Loaded) -> Iterator[Finding]:
    """E214: a revision is dated before the issue, or before the revision above it.

    Why: The imprint prints revisions as what was changed since the day of issue, in their order;
        the last one dates the file.
    Wrong: issued: 2026-11-01
        revisions:
          - {date: 2026-10-30, note: A name corrected.}
    Right: issued: 2026-11-01
        revisions:
          - {date: 2026-11-30, note: A name corrected.}
    Remedy: Correct the date, or put the revisions in order.
    """
    meta = loaded.dossier.meta
    before, what = meta.issued if meta.revisions else None, "the day of issue"
    for index, revision in enumerate(meta.revisions):
        if before is not None and revision.date.latest < before.earliest:
            loc = ("revisions", index, "date")
            message = f"the revision of {revision.date.text} comes before {what}, {before.text}"
            hint = "list revisions in order of time, after issued:"
            yield loaded.finding("dossier.yaml", loc, "E214", message, hint)
        before, what = revision.date, "the revision above it"
