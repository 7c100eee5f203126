"""What a map is likely to hold, before it is drawn: by that its legend is measured."""

from __future__ import annotations

from press.plates.maps.frame import MapFrame
from press.plates.maps.ground import ADMIN_UP_TO
from press.plates.maps.input import MapInput
from press.plates.maps.overlay import find_overlay
from press.plates.maps.panel import Panel, canvas_of
from press.plates.maps.places import find_spots
from press.plates.maps.relief import LEVELS


def expected_panel(given: MapInput, frame: MapFrame) -> Panel:
    """A panel with the keys that drawing would leave behind, to measure the legend beforehand."""
    canvas, plate = canvas_of(given, frame), given.plate
    overlay = find_overlay(given, frame, rough=True)
    spots = find_spots(canvas, overlay)
    canvas.use(*filter(None, overlay.layers))
    near, detail = frame.bounds.box, given.atlas.detail_for("country_border", frame.denominator)
    expected = {
        **{f"line-{drawn.line.style}": True for drawn in overlay.lines},
        **{key: True for spot in spots.inside for key in spot.legend_keys},
        "arrow": bool(overlay.arrows),
        "place-minor": plate.towns,
        "border": any(True for _ in given.atlas.features("country_border", near, detail)),
        "admin": frame.denominator <= ADMIN_UP_TO,
    }
    canvas.keys.update(dict.fromkeys(key for key, drawn in expected.items() if drawn))
    if plate.tints:
        canvas.heights |= {0: 0.0, 1: LEVELS[0]}
    if plate.tints or plate.relief:
        canvas.use("elevation")
    if plate.relief:
        canvas.use("relief")
    canvas.use("land", "country", "town")
    return Panel(canvas, overlay, drawn=spots.inside, beyond=spots.beyond)
