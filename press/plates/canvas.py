"""What a plate is drawn on: layers in painting order, and a record of everything drawn.

The record is what the legend, the credits, the text equivalent and the tests are made from, so that
they can only speak of what is really there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import shapely.affinity
from shapely.geometry.base import BaseGeometry

from press import locale
from press.base.boxes import Box
from press.plates import svg
from press.plates.drawing import LabelBox, PlateFault, PlateInput
from press.plates.space import Space
from press.plates.style import PlateStyle
from press.plates.svg import Element
from press.plates.text import MeasuredLine


@dataclass(kw_only=True)
class Canvas:
    """Collects the marks of one picture. ``layers`` are painted in the order that ``order`` gives.

    ``part`` tells the pictures of one plate apart. ``keys`` are what the legend must explain,
    ``data`` the layers of the atlas that were drawn, ``boxes`` what labels and symbols take,
    ``dropped`` the labels without room, ``blanks`` the numbers of places to be named by
    hand.
    """

    given: PlateInput[Any]
    space: Space
    order: tuple[str, ...]
    part: str = ""
    layers: dict[str, list[str]] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    keys: dict[str, None] = field(default_factory=dict)
    data: dict[str, None] = field(default_factory=dict)
    boxes: list[LabelBox] = field(default_factory=list)
    dropped: dict[str, None] = field(default_factory=dict)
    blanks: dict[str, int] = field(default_factory=dict)
    faults: dict[PlateFault, None] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """How ids inside the picture begin."""
        return f"plate-{self.given.plate.id}{self.part}"

    @cached_property
    def style(self) -> PlateStyle:
        """How its classes look."""
        return PlateStyle(self.given.style)

    @property
    def words(self) -> Mapping[str, str]:
        """The press's own words in the language of the plate."""
        return locale.messages(self.given.language)

    def add(self, layer: str, *elements: Element) -> None:
        """Paint elements in a layer. Raises KeyError for no such layer."""
        if layer not in self.order:
            raise KeyError(layer)
        self.classes.update(element.classes for element in elements)
        self.layers.setdefault(layer, []).extend(element.markup for element in elements)

    def draw(self, layer: str, classes: str, geometry: BaseGeometry, *of: str) -> bool:
        """Draw a geometry in mm; False where nothing of it is left at print resolution.

        ``of`` names the entries of the author's that are drawn by it.
        """
        data = "" if geometry.is_empty else svg.path(geometry)
        if data:
            shape = svg.shape(classes, data)
            self.add(layer, svg.drawn_for(shape, *of) if of else shape)
        return bool(data)

    def painted(self, *names: str) -> str:
        """The markup of these layers, or of all, in painting order."""
        return "".join("".join(self.layers.get(name, ())) for name in names or self.order)

    def run(self, classes: str, words: str) -> MeasuredLine:
        """Measure a line of text as these classes set it; E169 where no font has a letter."""
        text = self.style.text(classes)
        if lacking := self.style.lacking(words, text):
            named = ", ".join(f"{c} (U+{ord(c):04X})" for c in lacking)
            message = f"no font of the plate has {named}, in {words!r}"
            hint = "add a font with these letters to --face-sans, or use another form of the name"
            self.faults[PlateFault((), "E169", message, hint)] = None
        return self.style.run(words, text)

    def write(
        self,
        classes: str,
        x: float,
        y: float,
        run: MeasuredLine,
        turn: float = 0.0,
        haloed: bool = True,
    ) -> None:
        """Set a line of text with its halo beneath."""
        if haloed:
            self._halo(classes, run, x, y, turn)
        self.add("text", svg.text(classes, x, y, run, turn))

    def write_along(
        self, classes: str, run: MeasuredLine, places: Sequence[tuple[float, float, float]]
    ) -> None:
        """Set each character at a place (mm) and turn (degrees) of its own, with its halo."""
        for (x, y, turn), character in zip(places, run.text, strict=True):
            if not character.isspace():
                self._halo(classes, self.style.run(character, run.style), x, y, turn)
        self.add("text", svg.glyphs(classes, run, places))

    def _halo(self, classes: str, run: MeasuredLine, x: float, y: float, turn: float) -> None:
        """Keep the ground clear around a line of text.

        A shape, and not a stroked copy of the text: a copy would be found twice in the PDF.
        """
        reach = self.style.length(f"halo {classes}", "stroke-width") or 0.35
        shape = self.style.halo(run, reach)
        if turn:
            shape = shapely.affinity.rotate(shape, turn, origin=(0, 0))
        if data := svg.path(shapely.affinity.translate(shape, x, y)):
            self.add("halos", Element(f"halo {classes}", f'<path class="halo" d="{data}"/>'))

    def record(self, key: str, text: str, *boxes: Box) -> None:
        """Record boxes that the placer has already taken."""
        self.boxes.extend(LabelBox(key, text, box) for box in boxes)

    def keep(self, key: str, text: str, *boxes: Box) -> None:
        """Record boxes for the proof of no overlap and keep them clear of later labels."""
        self.space.take(*boxes)
        self.record(key, text, *boxes)

    def drop(self, name: str) -> None:
        """Note that a label has found no room."""
        self.dropped.setdefault(name)

    def key(self, name: str) -> None:
        """Note that something the legend explains has been drawn."""
        self.keys.setdefault(name)

    def use(self, *layers: str) -> None:
        """Note that layers of the atlas have been drawn, for the credits."""
        self.data |= dict.fromkeys(layers)
