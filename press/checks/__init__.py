"""Stage 2: editorial checks, a small function each, with a stable code.

A check takes what was loaded and yields findings; to add one, write the function and name it in
``CHECKS``. Errors always stop a build; warnings stop it under ``--strict``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from press.checks import (
    allowed,
    dates,
    facts,
    images,
    index,
    language,
    places,
    references,
    sourcing,
    tables,
)
from press.finding import Finding
from press.load import Loaded

Check = Callable[[Loaded], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    references.unknown_references,
    references.duplicate_ids,
    language.unknown_language,
    dates.outside_span,
    dates.phases_out_of_order,
    dates.revisions_out_of_order,
    places.swapped_coordinates,
    places.shown_without_coordinates,
    images.missing_files,
    images.unlisted_files,
    images.broken_pictures,
    tables.unknown_cells,
    facts.unknown_facts,
    facts.undrawn_rows,
    facts.names_taken,
    index.leads_nowhere,
    index.leads_round,
    index.shared_spellings,
    sourcing.bare_facts,
    sourcing.unused_sources,
    allowed.unfit_allowances,
)


def check(loaded: Loaded) -> tuple[Finding, ...]:
    """Every finding of every check, in order of place."""
    found = {finding for run in CHECKS for finding in run(loaded)}
    return tuple(sorted({*found, *allowed.idle_allowances(loaded, found)}))


def checked(loaded: Loaded, _: object) -> tuple[Finding, ...]:
    """``check`` as a worker's job."""
    return check(loaded)
