"""Stage 4: plates. Maps and timelines, drawn from the dossier's events and places as SVG.

``draw()`` makes Drawings; ``figure()`` sets one as HTML with its template. ``kinds`` has a row for
each kind of plate: ``maps`` and ``timelines``. What all kinds draw with: a ``canvas`` with its
``space``, ``svg`` and ``geometry``, the ``style`` of plate.css, ``text`` measured from ``fonts``
(``shaping`` sets scripts that join), ``signs``, a ``legend`` and a ``foot``. ``store`` draws, and
keeps what it drew.
"""

from press.plates.drawing import Drawing, LabelBox, LegendGroup, LegendItem, PlateFault
from press.plates.figure import figure
from press.plates.kinds import KINDS, PlateKind
from press.plates.store import CODE, NOTHING_KEPT, Kept, draw, draw_plate, to_keep

__all__ = [
    "CODE", "KINDS", "NOTHING_KEPT", "Drawing", "Kept", "LabelBox", "LegendGroup", "LegendItem",
    "PlateFault", "PlateKind", "draw", "draw_plate", "figure", "to_keep",
]  # fmt: skip
