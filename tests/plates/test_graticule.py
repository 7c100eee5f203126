"""The figures at the edge of a map stand on the paper, however large they are."""

from __future__ import annotations

import re

import pytest

from press import plates
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.design import styles
from press.design.editions import named
from press.plates.maps.graticule import MARGIN, margin
from press.plates.style import PlateStyle


@pytest.mark.parametrize(
    ("edition", "paper"),
    [("poster", "a1"), ("poster", "a3"), ("dossier", "a4"), ("large-print", "letter")],
)
def test_figures_of_the_graticule_stand_inside_the_picture(
    edition: str, paper: str, matterhorn: Snapshot
) -> None:
    """Above, below and beside the frame there is room for the whole height of a figure."""
    style = styles.flatten(engine_files(), "default", named(edition).sheet_name, paper)
    dossier = load(matterhorn).dossier
    plate = dossier.plates.plates[0]
    asked = plate.model_copy(update={"relief": False, "towns": False, "size": "page"})
    made = plates.draw_plate(asked, dossier, style, {})
    ((left, top, wide, tall),) = [
        tuple(map(float, box.split()))
        for box in re.findall(r'^<svg[^>]*viewBox="([^"]+)"', made.svg)
    ]
    number = r"(-?[\d.]+)"
    pixel = 96 / 25.4
    look = PlateStyle(style)
    rise = look.run("0°N", look.text("label-graticule")).rise * pixel
    level = re.findall(rf'"label-graticule" x="{number}[^"]*" y="{number}"', made.svg)
    turned = re.findall(rf'"label-graticule" transform="translate\({number} {number}\)', made.svg)
    assert level
    assert turned
    assert all(top <= float(y) - rise and float(y) <= top + tall for _, y in level)
    assert all(left <= float(x) and float(x) <= left + wide for x, _ in turned)


def test_small_figures_leave_the_edge_as_it_is() -> None:
    """On A4 the edge of a map is as narrow as ever; on an A1 poster it has grown."""
    narrow, wide = (
        margin(PlateStyle(styles.flatten(engine_files(), "default", *sheet)))
        for sheet in (("dossier", "a4"), ("poster", "a1"))
    )
    assert MARGIN == narrow
    assert wide > MARGIN + 0.5
