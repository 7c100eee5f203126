"""What workers are given to make: PDFs of dossiers, and what the last build left to save time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from press import plates
from press.base import folders
from press.base.finding import Finding
from press.base.request import Request
from press.content.load import Loaded
from press.design.editions import in_standard, named
from press.output import manifest
from press.typeset.folios import Folios
from press.views.view import Work


@dataclass(frozen=True)
class LastBuild:
    """The PDFs of a dossier by name, as they were built last, and the plates that were drawn."""

    entries: Mapping[str, manifest.BuiltPdf]
    kept: plates.Kept = field(repr=False)

    def rounds(self, name: str) -> tuple[Folios, ...]:
        """The page numbers of the PDF ``name``; none where it was not built."""
        return self.entries[name].rounds if name in self.entries else ()

    def joined_by(self, drawings: Mapping[str, bytes]) -> LastBuild:
        """The same, with plates that were drawn since."""
        kept = replace(self.kept, drawings={**self.kept.drawings, **drawings})
        return replace(self, kept=kept)


def last_build(slug: str) -> LastBuild:
    """What the last build of a dossier left; nothing is missed where it left nothing."""
    folder = folders.output(slug)
    code = manifest.tree_key(folders.ROOT, plates.CODE)
    return LastBuild(manifest.read(folder), plates.Kept(code, manifest.read_drawings(folder)))


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
    return Work(
        name,
        loaded,
        in_standard(named(edition), request.standard or loaded.dossier.meta.standard),
        chosen.theme,
        engine,
        chosen.paper,
        tile,
        known=last.rounds(name),
        kept=last.kept,
        keep_html=request.keep_html,
        noticed=noticed,
        strict=request.strict,
    )
