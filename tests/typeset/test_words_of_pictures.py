"""Words of SVG pictures stand within their drawing, or a finding names both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

import pytest

from press.base.finding import Finding
from press.content.snapshot import Snapshot
from tests.conftest import set_edition

ENTRY = """\
  - id: wire-{n}
    file: wire-{n}.svg
    alt: A wire between two posts, with its name beside it.
    caption: The wire as it was laid.
    credit: The Test Press
    licence: CC0 1.0
"""
VIEW = "0 0 100 40"
Told = Mapping[str, list[tuple[str, str]]]
"""(code, message) of each finding at the file of a picture in images.yaml, by its kind."""


def pictured(matterhorn: Snapshot, drawings: Iterable[tuple[str, str]]) -> Snapshot:
    """A dossier of a chapter with these drawings, each the inside of an SVG and its viewBox."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}">{}</svg>'
    pictures = [svg.format(view, inner).encode() for inner, view in drawings]
    shown = "".join(f"\n![](image:wire-{n})\n" for n in range(len(pictures)))
    files = {
        "dossier.yaml": matterhorn.files["dossier.yaml"],
        "chapters/01-a.md": f"# The wire\n\nWire and water, Wire.\n{shown}".encode(),
        "images/images.yaml": "".join(
            ["images:\n", *(ENTRY.format(n=n) for n in range(len(pictures)))]
        ).encode(),
        **{f"images/wire-{n}.svg": picture for n, picture in enumerate(pictures)},
    }
    return Snapshot(matterhorn.slug, matterhorn.label, files)


def by_kind(kinds: Sequence[str], findings: Iterable[Finding], codes: Set[str]) -> Told:
    """The findings with these codes by the pictures that they are told of; there are no others."""
    told: dict[str, list[tuple[str, str]]] = {kind: [] for kind in kinds}
    for one in findings:
        if one.code in codes:
            assert one.file.endswith("images.yaml"), one
            number, line = divmod(one.line - 3, 6)
            assert line == 0
            told[kinds[number]].append((one.code, one.message))
    return told


def found(matterhorn: Snapshot, pictures: Mapping[str, str], view: str = VIEW) -> Told:
    """What is said to run off the page, with these pictures on the pages."""
    made = set_edition(pictured(matterhorn, [(inner, view) for inner in pictures.values()]))
    return by_kind(list(pictures), made.findings, {"P408"})


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


@pytest.fixture(scope="module")
def cut(matterhorn: Snapshot) -> Told:
    """What is said of each drawing whose words are cut off."""
    return found(matterhorn, CUT)


@pytest.mark.parametrize("kind", CUT)
def test_words_that_their_drawing_cuts_off_are_named(cut: Told, kind: str) -> None:
    """Once, at the picture in images.yaml, with the words and the file."""
    [(_, message)] = cut[kind]
    assert "“Wire" in message
    assert f"images/wire-{list(CUT).index(kind)}.svg" in message


WHOLE = {
    "within": "<text x='5' y='20' font-size='9'>Wire rope</text><title>Wire rope here</title>",
    "at the very edge": "<text x='0' y='8' font-size='9'>Wire rope</text>",
    "hidden": "<text x='90' y='20' font-size='9' display='none'>Wire</text>",
    "repeated": "<g id='a'><text x='5' y='9' font-size='9'>Wire</text></g><use href='#a' y='20'/>",
}


def test_words_within_their_drawing_are_silent(matterhorn: Snapshot) -> None:
    """Also where a drawing shows more than its own size."""
    for view in (VIEW, "-10 -10 120 60"):
        assert found(matterhorn, WHOLE, view) == {kind: [] for kind in WHOLE}
