"""What workers are given to make: PDFs of dossiers, and what the last build left to save time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from press import plates
from press.base import folders
from press.base.finding import Finding
from press.base.request import Request
from press.content.load import Loaded
from press.design.editions import EDITIONS, Edition, in_standard, named
from press.output import manifest
from press.typeset.folios import Folios
from press.views.view import Work


@dataclass(frozen=True)
class LastBuild:
    """The PDFs of a dossier by name, as they were built last, and the plates that were drawn."""

    entries: Mapping[str, manifest.BuiltPdf]
    kept: plates.Kept = field(repr=False)

    def rounds(self, *names: str) -> tuple[Folios, ...]:
        """The page numbers of the first of these PDFs that was built; none where none was."""
        return next((self.entries[name].rounds for name in names if name in self.entries), ())

    def joined_by(
        self, built: Mapping[str, manifest.BuiltPdf], drawings: Mapping[str, bytes]
    ) -> LastBuild:
        """The same, with what was built and drawn since."""
        kept = replace(self.kept, drawings={**self.kept.drawings, **drawings})
        return LastBuild({**self.entries, **built}, kept)


def last_build(slug: str) -> LastBuild:
    """What the last build of a dossier left; nothing is missed where it left nothing."""
    folder = folders.output(slug)
    code = manifest.tree_key(folders.ROOT, plates.CODE)
    return LastBuild(manifest.read(folder), plates.Kept(code, manifest.read_drawings(folder)))


def _likely_alike(name: str, edition: Edition) -> Iterator[str]:
    """The names of PDFs that are likely to have the page numbers of the PDF ``name``."""
    for other in EDITIONS.values():
        if (other.view, other.papers) == (edition.view, edition.papers):
            yield re.sub(rf"-{edition.name.replace(':', '-')}(?=[-.])", f"-{other.name}", name)


NOTHING_BUILT = LastBuild({}, plates.NOTHING_KEPT)


def work_for(
    loaded: Loaded,
    edition: str,
    request: Request,
    engine: Mapping[str, bytes],
    last: LastBuild = NOTHING_BUILT,
    name: str = "",
    tile: str = "",
    noticed: tuple[Finding, ...] | None = None,
) -> Work:
    """The work on an edition of a dossier, in the theme and on the paper that are chosen for it.

    What the command says counts before the dossier, that before press.yaml, and that before ours.
    Where it is given what was ``noticed`` before, it makes a draft of pages that are stopped.
    """
    chosen = request.preferences.or_else(loaded.preferences)
    name = name or f"{loaded.snapshot.slug}-{edition}.pdf"
    row = named(edition)
    return Work(
        name,
        loaded,
        in_standard(row, request.standard or loaded.dossier.meta.standard),
        chosen.theme,
        engine,
        chosen.paper,
        tile,
        known=last.rounds(name, *_likely_alike(name, row)),
        kept=last.kept,
        keep_html=request.keep_html,
        noticed=noticed,
        strict=request.strict,
    )
