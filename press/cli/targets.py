"""The PDFs that a command asks for, each with the key of its inputs. Standard library only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from press.base import folders
from press.base.preferences import Preferences
from press.base.request import Request
from press.cli.request import dossiers, misnamed, require
from press.content.snapshot import dossier_files, project_files
from press.design.editions import named, paper_for, papers_of
from press.output import manifest

if TYPE_CHECKING:
    from press.pipeline import Reading


@dataclass(frozen=True)
class Target:
    """A PDF that was asked for: where it goes and the key of its inputs."""

    slug: str
    edition: str
    key: str
    paper: str = ""
    tile: str = ""
    theme: str = ""

    @property
    def name(self) -> str:
        """Its file name; a paper and a theme that were asked for stand in it."""
        parts = [self.slug, self.edition]
        if self.paper:
            parts.append(paper_for(named(self.edition), self.paper))
        if self.theme:
            parts.append(self.theme)
        if self.tile:
            parts.append(f"tiles-{self.tile}")
        return f"{'-'.join(parts).replace(':', '-')}.pdf"

    @property
    def folder(self) -> Path:
        """Its folder."""
        return folders.output(self.slug)

    @property
    def built(self) -> manifest.BuiltPdf | None:
        """What the manifest says of it, where its inputs and its bytes are what they were."""
        return manifest.fresh(self.folder, self.name, self.key)


def targets(request: Request, readings: Mapping[str, Reading]) -> tuple[Target, ...]:
    """Every PDF that is asked for of dossiers that were read.

    The keys are those of what was read: a file that changes later counts as changed.
    """
    engine = manifest.engine_key(folders.ROOT)
    return tuple(
        target
        for slug, reading in readings.items()
        for target in _targets(request, slug, engine, reading.key, reading.preferences)
    )


def noted_targets(request: Request) -> tuple[Target, ...] | None:
    """The same without reading, by what the last build noted; None where it noted too little.

    Raises ContentError for a dossier whose files cannot be read, or such a press.yaml.
    """
    engine, project = manifest.engine_key(folders.ROOT), project_files()
    found: list[Target] = []
    for slug in dossiers(request):
        if misnamed(slug):
            return None
        snapshot = dossier_files(slug)
        content = manifest.content_key(snapshot.label, snapshot.files)
        wanted = manifest.preferences_key(content, project)
        own = manifest.read_preferences(folders.output(slug), wanted)
        if own is None:
            return None
        found += _targets(request, slug, engine, content, own)
    return tuple(found)


def _targets(
    request: Request, slug: str, engine: str, content: str, own: Preferences
) -> Iterator[Target]:
    """The PDFs of one dossier, which is printed by its ``own`` preferences for want of others."""
    chosen = request.preferences.or_else(own)
    on = papers_of(map(named, chosen.editions))
    if request.paper:
        require(request.paper, on, f"{', '.join(chosen.editions)} cannot be set on paper")
    for edition in chosen.editions:
        tile = request.tile if named(edition).allows_tiles else ""
        options = (edition, chosen.theme, chosen.paper, request.standard, tile)
        key = manifest.key(engine, content, *options)
        yield Target(slug, edition, key, request.paper, tile, request.theme)
