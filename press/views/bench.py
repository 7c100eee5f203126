"""What the views of sheets are made with: a dossier, its look, its words and its plates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from jinja2 import Environment
from markupsafe import Markup, escape

from press import plates
from press.content.load import Loaded
from press.content.model import Dossier, Map, Timeline
from press.design.styles import Style
from press.plates import Drawing
from press.views.strip_links import UnlinkedProse

SLACK = 1.5
"""Millimetres by which the words around a plate may be measured wrongly."""
LEAST = 70.0
"""Millimetres below which a map with its legend cannot be read."""


@dataclass(frozen=True)
class Bench:
    """All that is needed to make a sheet: the dossier, its look, and the stages before."""

    loaded: Loaded = field(repr=False)
    style: Style = field(repr=False)
    templates: Environment = field(repr=False)
    kept: plates.Kept = field(repr=False)
    prose: UnlinkedProse = field(repr=False)

    @property
    def dossier(self) -> Dossier:
        """The dossier that sheets are made of."""
        return self.loaded.dossier

    def draw(self, plate: Map | Timeline, room: Mapping[str, str] | None = None) -> Drawing:
        """A plate, in a ``room`` of its own: tokens that measure it, like ``--plate-height``."""
        style = replace(self.style, tokens={**self.style.tokens, **(room or {})})
        files = self.loaded.snapshot.files
        return plates.draw_plate(plate, self.dossier, style, files, self.kept)

    def figure(self, drawing: Drawing) -> Markup:
        """The figure of a plate, without a number; its sources are named and lead nowhere."""
        alone = replace(drawing, number="")
        return plates.figure(alone, self.templates, self.dossier, lambda _, label: escape(label))
