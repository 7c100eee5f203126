"""``check --evidence ID``: what a fact rests on, or all that rests on a source, in words."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from press.base.finding import did_you_mean, place_text
from press.base.request import Request
from press.cli.console import CLEAN, FINDINGS
from press.cli.reading import read_all
from press.content import coverage
from press.content.evidence import Support, of_ident, supports
from press.content.load import Loaded
from press.content.model import Claim, Excerpt
from press.views.strip_links import bare


def show_evidence(request: Request) -> int:
    """Prints what the thing, the address or the source rests on that is asked for."""
    known: set[str] = set()
    lines: list[str] = []
    for reading in read_all(request).values():
        if reading.loaded:
            lines += evidence_lines(reading.loaded, request.evidence)
            known |= {fact.address for fact in coverage.stated(reading.loaded.dossier)}
            known |= reading.loaded.dossier.bibliography.keys()
    if not lines:
        hint = did_you_mean(request.evidence, known, "write an id, like agdam, or agdam.displaced")
        print(f"no fact and no source has the id {request.evidence!r}; {hint}", file=sys.stderr)
        return FINDINGS
    print("\n".join(lines))
    return CLEAN


def evidence_lines(loaded: Loaded, ident: str) -> Iterator[str]:
    """The facts of an id with their places, and under each what it rests on."""
    dossier = loaded.dossier
    for fact in of_ident(ident, dossier):
        place = place_text(loaded.at(fact.file, *fact.loc))
        value = "" if fact.claims else f" {bare(fact.value)}"
        colon = ":" if value and not fact.called.endswith(("?", "!", "…")) else ""
        yield f"{fact.address}: {fact.called}{colon}{value} ({place})"
        yield from _under(supports(fact, dossier))
    if source := dossier.bibliography.get(ident):
        yield f"{ident}: {source.checked}"
        yield from (f"  {_words(excerpt)}" for excerpt in source.excerpts)


def _under(found: tuple[Support, ...]) -> Iterator[str]:
    account: Claim | None = None
    if not found:
        yield "  no source"
    for one in found:
        if one.claim is not account:
            account = one.claim
            if account:
                yield f"  {_account(account)}"
        indent = "    " if one.claim else "  "
        via = f" via {one.cite.via}" if one.cite.via else ""
        yield f"{indent}{one.cite.source}, {one.level}{via}: {_words(one.cite)}"


def _account(claim: Claim) -> str:
    what = claim.date.edtf if claim.date else bare(claim.text)
    return f"{what}, {bare(claim.says)}{' (preferred)' if claim.preferred else ''}"


def _words(one: Excerpt) -> str:
    """The words of an excerpt, where they stand and whose they are."""
    said = f"“{one.text}”" if one.text else one.says or "no excerpt"
    return ", ".join(filter(None, (said, one.by, one.at)))
