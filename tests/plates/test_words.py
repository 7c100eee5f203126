"""Words of plates that are longer than their measure."""

from __future__ import annotations

import pytest

from press.plates.style import divided


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
