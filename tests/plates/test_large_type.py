"""Plates in large type: nothing sloped or small, and nothing cut for want of room."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markupsafe import Markup

from press import plates
from press.base.document import Document
from press.base.templates import environment
from press.content.load import load
from press.content.snapshot import engine_files
from press.design import styles
from press.design.editions import named
from press.plates.maps import scale
from press.plates.style import MM_PER_POINT, PlateStyle
from press.typeset.typeset import typeset
from tests.plates.test_tall_plates import mountain

LEAST = 12.0
"""Points that a plate of large print has at the least: docs/editions.md says so."""


def look(edition: str, paper: str) -> PlateStyle:
    style = styles.flatten(engine_files(), "default", named(edition).sheet_name, paper)
    return PlateStyle(style)


@pytest.mark.parametrize("paper", ["a4", "letter", "a3"])
def test_no_word_of_a_plate_in_large_print_is_sloped_or_small(paper: str) -> None:
    """Each rule that sizes type sets 12 points or more, and none an italic."""
    style = look("large-print", paper)
    sized = [rule for rule in style.rules if "font-size" in rule.values]
    for rule in sized:
        text = style.text(" ".join(rule.classes))
        assert text.size >= LEAST * MM_PER_POINT - 1e-6, rule.css
        assert text.slant == "normal", rule.css
    assert len(sized) > 30


@pytest.mark.parametrize(("edition", "paper"), [("large-print", "a4"), ("poster", "a2")])
def test_bars_arrow_and_numbers_hold_their_words(edition: str, paper: str) -> None:
    """The N and the figures of the scale are whole at the top, numbers within their discs."""
    style = look(edition, paper)
    loaded = load(mountain(size="page", markers="numbers", relief="false", tints="false"))
    made = plates.draw(loaded.dossier, style.style, {})["mountain"]
    for picture, classes in ((made.north, "label-north"), (made.scale_bar, "label-scale")):
        tops = re.findall(rf'class="{classes}" x="[^"]+" y="([^"]+)"', picture)
        rise = style.run("N", style.text(classes)).rise / 25.4 * 96
        assert tops
        assert all(float(y) >= rise for y in tops)
    widths = [float(w) for w in re.findall(r'class="marker"[^>]*? width="([^"]+)"', made.svg)]
    words = re.findall(r'class="label-marker"[^>]*>([^<]+)<', made.svg)
    text = style.text("label-marker")
    assert words
    for wide, said in zip(widths, words, strict=True):
        assert wide > style.run(said, text).width / 25.4 * 96


def test_words_of_miles_stand_clear_of_the_bar_of_kilometres(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the bar of miles is the shorter one, its words stand under the other, and below it."""
    monkeypatch.setattr(scale, "bars", lambda *_: scale.Bars(200.0, 42.0, 100.0, 33.8))
    style = look("large-print", "a4")
    loaded = load(mountain(size="column", relief="false", tints="false"))
    bar = plates.draw(loaded.dossier, style.style, {})["mountain"].scale_bar
    line = re.search(r'class="scale-line"[^>]*? y="([^"]+)"[^>]*? height="([^"]+)"', bar)
    foot = re.findall(r'class="label-scale" x="[^"]+" y="([^"]+)"', bar)[-1]
    assert line
    rise = style.run("100 miles", style.text("label-scale")).rise / 25.4 * 96
    assert float(foot) - rise > float(line[1]) + float(line[2])


@pytest.mark.usefixtures("own_fonts")
@pytest.mark.parametrize("size", ["page", "half"])
@pytest.mark.parametrize("edition", ["large-print", "dossier", "handout", "booklet"])
def test_the_scale_in_words_keeps_to_its_column(edition: str, size: str) -> None:
    """Beside the bars each of its lines begins at one edge, also those below the bars."""
    style = look(edition, "a4").style
    loaded = load(mountain(size=size, relief="false", tints="false"))
    made = plates.draw(loaded.dossier, style, {})["mountain"]
    said = replace(made, svg="<svg/>", locator="", scale_text="true along so many degrees; " * 14)
    figure = plates.figure(said, environment(engine_files()), loaded.dossier, lambda _: Markup())
    head = f"<head><title>t</title><style>{style.css()}</style></head>"
    text = f"<html lang=en>{head}<body>{figure}</body></html>"
    lines = typeset(Document(text, dict(style.files))).layout.lines
    edges = [round(line.left, 1) for line in lines if "degrees" in line.text]
    assert len(edges) > 3
    assert len({*edges}) == 1
