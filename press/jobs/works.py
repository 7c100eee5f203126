"""What workers are given to make: PDFs of dossiers, and what the last build left to save time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from press import plates
from press.base import folders
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


def work_for(
    loaded: Loaded,
    edition: str,
    request: Request,
    engine: Mapping[str, bytes],
    last: LastBuild,
    name: str = "",
    tile: str = "",
) -> Work:
    """The work on an edition of a dossier, with what is asked for in place of its own choices."""
    meta, name = loaded.dossier.meta, name or f"{loaded.snapshot.slug}-{edition}.pdf"
    return Work(
        name,
        loaded,
        in_standard(named(edition), request.standard or meta.standard),
        request.theme or meta.theme,
        engine,
        request.paper or meta.paper,
        tile,
        known=last.rounds(name),
        kept=last.kept,
    )
