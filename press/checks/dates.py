"""Dates that cannot be true together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from press.base.finding import Remark
from press.checks.walk import accounts, each
from press.content.load import Loaded
from press.content.model import Event, Phase, Revision
from press.dates import show


def outside_span(loaded: Loaded) -> Iterator[Remark]:
    """E203: an event lies outside the span that dossier.yaml gives the dossier."""
    meta = loaded.dossier.meta
    if meta.span is None:
        return
    for at, event in each(loaded, Event):
        for steps, told in accounts(event):
            if told.date is not None and not told.date.known_within(meta.span):
                span = show(meta.span, meta.language)
                message = f"{told.date.text} lies outside the dossier's span, {span}"
                yield at(*steps, "date"), message, "correct the date, or widen span in dossier.yaml"


def phases_out_of_order(loaded: Loaded) -> Iterator[Remark]:
    """E207: a phase begins before the one above it, or together with it."""
    for (_, before), (at, after) in pairwise(each(loaded, Phase)):
        if after.begins.earliest <= before.begins.earliest:
            message = f"phase {after.id!r} does not begin after {before.id!r}"
            yield at("begins"), message, "list the phases in order of time"


def revisions_out_of_order(loaded: Loaded) -> Iterator[Remark]:
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
    before, what = meta.issued, "the day of issue"
    for at, revision in each(loaded, Revision):
        if revision.date.latest < before.earliest:
            message = f"the revision of {revision.date.text} comes before {what}, {before.text}"
            hint = "list revisions in order of time, after issued:"
            yield at("date"), message, hint
        before, what = revision.date, "the revision above it"
