"""Words of plates that are longer than their measure."""

from __future__ import annotations

import re

import pytest

from press import plates
from press.content.load import load
from press.content.snapshot import engine_files, read
from press.design.styles import flatten
from press.plates.style import divided
from tests.conftest import DOSSIERS


@pytest.mark.parametrize(
    ("word", "most", "language", "pieces"),
    [
        ("word", 9, "en", ["word"]),
        ("Nagorno-Karabakh", 9, "en", ["Nagorno-", "Karabakh"]),
        ("Verfassungsgericht", 13, "de", ["Verfassungs-", "gericht"]),
        ("Verfassungsgericht", 13, "", ["Verfassungsg-", "ericht"]),
        ("abc", 0, "en", ["a-", "b-", "c"]),
    ],
)
def test_long_words_are_divided(word: str, most: int, language: str, pieces: list[str]) -> None:
    """At a hyphen, else at a syllable, else where it must be; never lost, never without end."""
    assert pieces == divided(word, lambda line: len(line) <= most, language)


def test_dense_day_is_listed_in_the_authors_order() -> None:
    """Thirty events on a day: one label beside the axis, signs within the plate, a list in order.

    Where a page has room for all of them they are labels, in the same order. No label stands
    outside the plate, be it ever so narrow.
    """
    loaded = load(read(DOSSIERS / "tight", "tight"))
    line = loaded.dossier.plates.plates[0].model_copy(update={"size": "half"})
    for edition, paper in (("dossier", "a4"), ("booklet", "half-letter"), ("screen", "tablet")):
        style = flatten(engine_files(), "default", edition, paper)
        made = plates.draw_plate(line, loaded.dossier, style, {})
        listed = [i.text for column in made.listed for g in column.groups for i in g.items]
        drawn = re.findall(r'"label-what"[^>]*>(Letter no\. \d+[^<>]*)<', made.svg)
        words = [t for t in (listed or drawn) if "Letter no." in t]
        numbers = [int(t.split("no. ")[1].split()[0]) for t in words]
        assert numbers == list(range(1, 31))
        assert [] == [b for b in made.boxes if b.box[0] < 0 or b.box[2] > made.width + 0.01]
        assert bool(listed) == ("–L3" in made.svg.replace("&#8211;", "–"))
    assert listed
