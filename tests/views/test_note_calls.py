"""Calls of notes are never read as powers."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from press.views.note_calls import clear_of_figures

NOTE = '<span class="note" id="note-5">See <span class="seen">it</span>, 3.</span>'
APART = NOTE.replace('">', '" data-apart="">', 1)


@pytest.mark.parametrize(
    "words",
    [
        "35 km", "35\u202fkm", "35km", "14.7 km²", "14.7 km<sup>2</sup>", "10³", "in 1865",
        "12,000", "20 °C", "90 km/h", "<a href='#x'>35 km</a>", "(35 km)", "Resolution 853", "3 т",
        "7 <em>m</em>", "<span class='contested'>120,000 or 130,000</span>", "17 %", "½", "2 miles",
    ],
)  # fmt: skip
def test_call_behind_a_figure_stands_clear(words: str) -> None:
    """Before a full stop it stands behind that, elsewhere in brackets; nothing else changes."""
    assert f"<p>{words}.{NOTE} Then</p>" == clear_of_figures(f"<p>{words}{NOTE}. Then</p>", True)
    assert f"<p>{words}{APART}. X</p>" == clear_of_figures(f"<p>{words}{NOTE}. X</p>", False)
    assert f"<p>{words}{APART} on</p>" == clear_of_figures(f"<p>{words}{NOTE} on</p>", True)
    assert f"<td>{words}{APART}</td>" == clear_of_figures(f"<td>{words}{NOTE}</td>", True)


@pytest.mark.parametrize(
    "words", ["the town", "in July", "1865 it fell", "</p><p>", "3 men", "“so”", "1865.", "Agdam,"]
)
def test_other_calls_stay(words: str) -> None:
    """A call behind a word, or behind punctuation, is as the author has it."""
    html = f"<p>35 km and {words}{NOTE}, then</p>"
    assert html == clear_of_figures(html, True)


def test_markup_is_not_escaped() -> None:
    """What a template printed is changed as text."""
    printed = Markup(f"<p>35 km{NOTE} on</p>")  # noqa: S704 our own
    assert f"<p>35 km{APART} on</p>" == clear_of_figures(printed, True)


def test_two_calls_behind_a_unit_and_its_stop_stand_clear() -> None:
    """Both are in brackets: km.⁵ would still look like a power."""
    second = NOTE.replace('">', '" data-beside="">', 1)
    html = clear_of_figures(f"<p>35 km.{NOTE}{second} Then</p>", True)
    assert 2 == html.count('data-apart=""')


def test_brackets_go_with_their_stop() -> None:
    """A bracket or quotation mark that closes is passed together with the stop."""
    html = f"<p>(it was 35 km{NOTE}), then</p>"
    assert f"<p>(it was 35 km),{NOTE} then</p>" == clear_of_figures(html, True)


def test_a_figure_in_a_note_is_no_figure_in_the_text() -> None:
    """What a note says does not count as words before the next call."""
    html = f"<p>so{NOTE}{NOTE} and</p>"
    assert html == clear_of_figures(html, True)
