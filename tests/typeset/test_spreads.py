"""A plate that goes on overleaf lies open: it begins on a left page."""

from __future__ import annotations

import pytest

from press.typeset.spreads import lying_open

MAP = (
    '<figure class="plate map page" id="plate-m" data-spread="" data-part="Plates">'
    "<svg/></figure>\n"
)
MOVED = MAP.replace('""', '"moved"')
LEGEND = '<figure class="plate map half" id="plate-m-2" data-part="Plates"><p/></figure>\n'
TIMELINE = '<figure class="plate timeline page" id="plate-t" data-part="Plates"><svg/></figure>\n'
HALF = TIMELINE.replace(" page", " half")
TWO = TIMELINE + TIMELINE.replace("plate-t", "plate-t-2")
ON_LEFT = MAP.replace('class="', 'class="left-page ')


@pytest.mark.parametrize(
    ("given", "page", "made"),
    [
        (MAP + LEGEND + TIMELINE, 40, MAP + LEGEND + TIMELINE),  # a left page
        (MAP + LEGEND + TIMELINE, 39, TIMELINE + MOVED + LEGEND),
        (TIMELINE + MAP + LEGEND, 39, MOVED + LEGEND + TIMELINE),
        (TIMELINE + MOVED + LEGEND, 39, None),  # nor does it go to and fro
        (MAP + LEGEND + HALF, 39, ON_LEFT + LEGEND + HALF),
        (MAP + LEGEND + TWO, 39, ON_LEFT + LEGEND + TWO),
        (MAP + LEGEND + "<p>x</p>" + TIMELINE, 39, ON_LEFT + LEGEND + "<p>x</p>" + TIMELINE),
        (MAP + LEGEND, 39, ON_LEFT + LEGEND),
        (ON_LEFT + LEGEND, 39, ON_LEFT + LEGEND),  # whatever comes of it, it moves once
        (MAP.replace(' data-spread=""', "") + TIMELINE, 39, None),
        (f'<section class="chapter" id="c">{MAP + LEGEND}</section>', 39, None),
    ],
)
def test_map_and_legend_face_one_another(given: str, page: int, made: str | None) -> None:
    """By changing places with a plate of one page, or from the next left page on."""
    text = f"<body>{given}</body>"
    assert lying_open(text, {"plate-m": (page,)}) == f"<body>{made or given}</body>"
