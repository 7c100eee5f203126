"""The sheet a plate is drawn on: layers in painting order, and a record of everything drawn.

The record is what the legend, the credits, the text equivalent and the tests are made from, so that
they can only speak of what is really there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from press.plates.drawing import Fault
from press.plates.labels import Curve, LabelBox, Space
from press.plates.metrics import Faces, Run
from press.plates.shapes import Box, halo, path, set_glyphs, set_text
from press.plates.sheet import Sheet


@dataclass
class Canvas:
    """Collects the marks of one plate. ``layers`` are painted in the order that ``order`` gives."""

    prefix: str
    sheet: Sheet
    faces: Faces
    space: Space
    words: Mapping[str, str]
    order: tuple[str, ...]
    layers: dict[str, list[str]] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    keys: dict[str, None] = field(default_factory=dict)
    data: dict[str, None] = field(default_factory=dict)
    boxes: list[LabelBox] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    blanks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def mark(self, layer: str, classes: str, markup: str) -> None:
        """Add markup that carries these classes to a layer. Raises KeyError for no such layer."""
        if layer not in self.order:
            raise KeyError(layer)
        self.classes.add(classes)
        self.layers.setdefault(layer, []).append(markup)

    def draw(self, layer: str, classes: str, geometry: BaseGeometry) -> bool:
        """Draw a geometry in mm; False where nothing of it is left at print resolution."""
        data = "" if geometry.is_empty else path(geometry)
        if data:
            self.mark(layer, classes, f'<path class="{classes}" d="{data}"/>')
        return bool(data)

    def run(self, classes: str, words: str) -> Run:
        """Measure a line of text as these classes set it."""
        text = self.sheet.text(classes)
        lacking = self.faces.lacking(words, text)
        if lacking:
            named = ", ".join(f"{c} (U+{ord(c):04X})" for c in lacking)
            fault = Fault(
                (),
                "E169",
                f"no font of the plate has {named}, in {words!r}",
                "add a font with these letters to --face-sans, or use another form of the name",
            )
            if fault not in self.faults:
                self.faults.append(fault)
        return self.faces.run(words, text)

    def write(
        self, classes: str, x: float, y: float, run: Run, turn: float = 0.0, haloed: bool = True
    ) -> None:
        """Set a line of text with its halo beneath."""
        if haloed:
            self._halo(classes, run, x, y, turn)
        self.mark("text", classes, set_text(classes, x, y, run, turn))

    def write_along(self, classes: str, run: Run, curve: Curve) -> None:
        """Set text character by character along a curve, with a halo for each."""
        for (x, y, turn), character in zip(curve.places, run.text, strict=True):
            if not character.isspace():
                self._halo(classes, self.faces.run(character, run.style), x, y, turn)
        self.mark("text", classes, set_glyphs(classes, run, curve.places))

    def _halo(self, classes: str, run: Run, x: float, y: float, turn: float) -> None:
        reach = self.sheet.length(f"halo {classes}", "stroke-width") or 0.35
        data = halo(self.faces, run, x, y, reach, turn)
        if data:
            self.mark("halos", f"halo {classes}", f'<path class="halo" d="{data}"/>')

    def keep(self, key: str, text: str, *boxes: Box) -> None:
        """Record boxes for the proof of no overlap and keep them clear of later labels."""
        self.space.take(*boxes)
        self.record(key, text, *boxes)

    def record(self, key: str, text: str, *boxes: Box) -> None:
        """Record boxes that the placer has already taken."""
        self.boxes.extend(LabelBox(key, text, box) for box in boxes)

    def key(self, name: str) -> None:
        """Note that something the legend explains has been drawn."""
        self.keys.setdefault(name)

    def use(self, *layers: str) -> None:
        """Note that layers of the atlas have been drawn, for the credits."""
        for layer in layers:
            self.data.setdefault(layer)

    def body(self) -> str:
        """All layers, painted in order."""
        return "".join("".join(self.layers.get(layer, ())) for layer in self.order)
