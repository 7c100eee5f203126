"""The PDFs that a command asks for, each with the key of its inputs. Standard library only."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from press.base import folders
from press.cli.console import usage
from press.cli.options import chosen, demand, editions
from press.content.snapshot import dossier_files
from press.design.editions import EDITIONS, STANDARDS, named, paper_for, papers_of
from press.output import manifest

if TYPE_CHECKING:
    from press.cli.reading import Read

POSTER = "poster"
"""The view of the editions that can be cut into tiles."""

TILES = ("a4", "letter", "legal", "a3")
"""Papers that tiles are printed on."""


@dataclass(frozen=True)
class Wanted:
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


def wanted(
    args: argparse.Namespace, read: Mapping[str, Read] | None = None
) -> tuple[Wanted, ...] | None:
    """Every PDF that ``args`` asks for; None where a dossier has to be read to know.

    ``read`` are the dossiers that were read, with the editions they list; else it counts what the
    last build noted. The keys are those of what was read: a file that changes later counts as
    changed. Raises ContentError for a dossier that cannot be read.
    """
    names = fitting(args, editions(args.edition))
    made_by = manifest.engine_key(folders.ROOT)
    todo: list[Wanted] = []
    for slug in chosen(args.slugs):
        one = (read or {}).get(slug)
        content = one.key if one else _content_key(slug)
        mine: Sequence[str] | None = names or (one.listed if one else None)
        if not mine:
            mine = manifest.read_listed(folders.output(slug), content)
        if mine is None:
            return None
        for edition in mine:
            cut = args.tile if named(edition).view == POSTER else ""
            options = (args.theme, args.paper, args.standard, cut)
            key = manifest.key(made_by, content, edition, *options)
            todo.append(Wanted(slug, edition, key, args.paper, cut, args.theme))
    return tuple(todo)


def fitting(args: argparse.Namespace, names: tuple[str, ...]) -> tuple[str, ...]:
    """The editions of these names, or those that are meant where none is named.

    Exits 2 where theme, standard, paper or tiles are not there, or do not go with them.
    """
    if args.theme:
        demand(args.theme, folders.themes(), "no theme is called")
    if args.standard:
        demand(args.standard, STANDARDS, "no pair of standards is called")
    if args.tile:
        names = _tiled(names, args.tile)
    if args.paper:
        on = papers_of(map(named, names or EDITIONS))
        demand(args.paper, on, "no edition asked for is set on paper")
    return names


def _tiled(names: tuple[str, ...], tile: str) -> tuple[str, ...]:
    """The editions asked for with ``--tile``: the poster where none is. Exits 2 where none fits."""
    demand(tile, TILES, "posters are not cut for paper")
    names = names or (POSTER,)
    if all(named(name).view != POSTER for name in names):
        raise usage(f"--tile cuts a poster, and {', '.join(names)} is none; add --edition poster")
    return names


def _content_key(slug: str) -> str:
    """The digest of a dossier's files; raises ContentError where they cannot be read."""
    snapshot = dossier_files(slug)
    return manifest.content_key(snapshot.label, snapshot.files)
