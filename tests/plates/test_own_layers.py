"""What ``check`` says of the author's own layers, before any map is drawn."""

from __future__ import annotations

from typing import Any

import pytest

from press.content.load import load
from press.views.words import own_layers
from tests.conftest import Changed

PLATES = b"""\
plates:
  - id: front
    kind: map
    title: The front
    size: half
    areas: [{file: layers/f.geojson, legend: Flood, style: tint, sources: [whymper]}]
"""
EXTENT = b"    extent: {west: 7, south: 45, east: 8, north: 46}\n"
FINE = b'{"type":"Polygon","coordinates":[[[7.6,45.9],[7.7,45.9],[7.7,46.0],[7.6,45.9]]]}'
TURNED = b'{"type":"Polygon","coordinates":[[[45.9,7.6],[45.9,7.7],[46.0,7.7],[45.9,7.6]]]}'
FAR = FINE.replace(b"[7.", b"[-67.")


@pytest.mark.parametrize(
    ("raw", "more", "said"),
    [
        (FINE, b"", ""),
        (FINE, EXTENT, ""),
        (b"", b"", "6:20: E175 layers/f.geojson is empty"),
        (FINE[:40], b"", "6:20: E175 layers/f.geojson cannot be read"),
        (FINE.replace(b"7.7", b"NaN"), b"", "6:20: E175 layers/f.geojson cannot be read"),
        (FINE.replace(b"7.7", b"1e999"), b"", "holds a coordinate that is no number"),
        (FINE.replace(b"7.7", b"1e4"), b"", "6:20: E176 layers/f.geojson is not in degrees"),
        (TURNED, b"", "E177 warning: layers/f.geojson lies off this map"),
        (TURNED, EXTENT, "its latitude and longitude are exchanged; write the longitude first"),
        (FAR, EXTENT, "E177 warning: Flood lies outside the frame"),
        (b'{"type":"Point","coordinates":[7.6,45.9]}', b"", "E175 layers/f.geojson holds no poly"),
    ],
)
def test_a_layer_is_read_before_it_is_drawn(
    raw: bytes, more: bytes, said: str, changed: Changed
) -> None:
    style: Any = None  # nothing is drawn
    loaded = load(changed({"plates.yaml": PLATES + more, "layers/f.geojson": raw}))
    found = [str(finding) for finding in own_layers(loaded, style)]
    assert len(found) == bool(said)
    assert all(said in one for one in found)


def test_each_of_several_layers_is_told(changed: Changed) -> None:
    """Areas and lines, whatever maps name them."""
    again = PLATES.replace(b"front", b"later").replace(b"areas", b"lines")
    again = again.removeprefix(b"plates:\n")
    again = again.replace(b"style: tint", b"style: front").replace(b"f.geojson", b"g.geojson")
    style: Any = None
    files: Any = {"plates.yaml": PLATES + again, "layers/f.geojson": b"{"}
    found = [finding.code for finding in own_layers(load(changed(files)), style)]
    assert found == ["E175", "E174"]
