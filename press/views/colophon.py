"""The colophon: how the document was made, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from press.atlas import Atlas
from press.content import coverage
from press.content.model import Dossier
from press.plates import Drawing


@dataclass(frozen=True)
class Production:
    """What the build knows of itself: families of type, packages with versions, content's digest.

    ``content_hash`` is "" where it is not printed.
    """

    type: tuple[str, ...] = ()
    software: tuple[tuple[str, str], ...] = ()
    content_hash: str = ""


@dataclass(frozen=True)
class ColophonView(Production):
    """The colophon; ``data`` credits what the maps were drawn from, ``coverage`` counts facts."""

    data: tuple[str, ...] = ()
    coverage: str = ""


def view(dossier: Dossier, drawings: Iterable[Drawing], production: Production) -> ColophonView:
    """The colophon of a document with these plates."""
    return ColophonView(
        **vars(production),
        data=_credits(drawings),
        coverage=coverage.line(coverage.coverage(dossier), dossier.meta.language),
    )


def _credits(drawings: Iterable[Drawing]) -> tuple[str, ...]:
    """The layers of the atlas that maps are drawn from, each credit once; none without a map."""
    if not any(drawing.kind == "map" for drawing in drawings):
        return ()
    atlas = Atlas()
    return tuple(credit.text for credit in atlas.credits((*atlas.layers, "relief", "elevation")))
