"""Words of SVG pictures stand within their drawing, or a finding names both."""

from __future__ import annotations

import pytest

from press.content.snapshot import Snapshot
from tests.conftest import set_edition

IMAGES = b"""\
images:
  - id: wire
    file: wire.svg
    alt: A wire between two posts, with its name beside it.
    caption: The wire as it was laid.
    credit: The Test Press
    licence: CC0 1.0
"""


def found(matterhorn: Snapshot, inner: str, view: str = "0 0 100 40") -> list[tuple[str, int, str]]:
    """Where something runs off the page, and what is said, with one picture on the pages."""
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{inner}</svg>'
    files = {
        "dossier.yaml": matterhorn.files["dossier.yaml"],
        "chapters/01-a.md": b"# The wire\n\nWire and water, Wire.\n\n![](image:wire)\n",
        "images/images.yaml": IMAGES,
        "images/wire.svg": drawing.encode(),
    }
    made = set_edition(Snapshot(matterhorn.slug, matterhorn.label, files))
    return [(one.file, one.line, one.message) for one in made.findings if one.code == "P408"]


CUT = {
    "at the right": "<text x='85' y='20' font-size='9'>Wire rope</text>",
    "at the left": "<text x='-9' y='20' font-size='9'>Wire rope</text>",
    "at the head": "<text x='5' y='3' font-size='9'>Wire rope</text>",
    "at the foot": "<text x='5' y='43' font-size='9'>Wire rope</text>",
    "by its anchor": "<text x='9' y='20' font-size='9' text-anchor='middle'>Wire rope</text>",
    "turned": "<text transform='translate(5 20) rotate(90)' font-size='9'>Wire rope</text>",
    "in a clear group": "<g opacity='.5'><text x='85' y='20' font-size='9'>Wire rope</text></g>",
    "in parts": "<text x='75' y='20' font-size='9'>Wire<tspan dx='3'>rope</tspan></text>",
    "whole": "<text x='20' y='60' font-size='9'>Wire rope</text>",
    "off the sheet": "<text x='20' y='20' font-size='9'>" + "Wire rope " * 12 + "</text>",
}


@pytest.mark.parametrize("kind", CUT)
def test_words_that_their_drawing_cuts_off_are_named(matterhorn: Snapshot, kind: str) -> None:
    """Once, at the picture in images.yaml, with the words and the file."""
    [(file, line, message)] = found(matterhorn, CUT[kind])
    assert (file.rpartition("/")[2], line) == ("images.yaml", 3)
    assert "“Wire" in message
    assert "images/wire.svg" in message


WHOLE = {
    "within": "<text x='5' y='20' font-size='9'>Wire rope</text><title>Wire rope here</title>",
    "at the very edge": "<text x='0' y='8' font-size='9'>Wire rope</text>",
    "hidden": "<text x='90' y='20' font-size='9' display='none'>Wire</text>",
    "repeated": "<g id='a'><text x='5' y='9' font-size='9'>Wire</text></g><use href='#a' y='20'/>",
}


@pytest.mark.parametrize("kind", WHOLE)
def test_words_within_their_drawing_are_silent(matterhorn: Snapshot, kind: str) -> None:
    assert found(matterhorn, WHOLE[kind]) == []
    assert found(matterhorn, WHOLE[kind], "-10 -10 120 60") == []
