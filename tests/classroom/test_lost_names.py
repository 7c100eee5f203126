"""Every pupil of a roster has a sheet with their name on it, or is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.classroom.roster import Pupil
from press.classroom.sets import lost_names
from press.typeset.typeset import SetPages, typeset
from tests.typeset.test_typeset import document

PUPILS = [
    Pupil(1, "Ada Lovelace", "7b", 2, 1), Pupil(2, "Ben", "7b", 3, 1), Pupil(3, "Cy", "7b", 4, 1)
]  # fmt: skip
SHEET = (
    '<article class="worksheet"><h1>A</h1><p>Name <span class="given">{}</span></p>'
    '<p class="group">Class <span class="given">7b</span></p></article>'
)


def sheets(names: list[str], css: str = "") -> SetPages:
    """A sheet for each name, in a body of the class that worksheets have."""
    html = document("".join(map(SHEET.format, names)), css)
    return typeset(replace(html, text=html.text.replace("<body>", '<body class="worksheet">')))


@pytest.mark.parametrize(
    ("names", "css", "lines"),
    [
        (["Ada Lovelace", "Ben", "Cy"], "", []),
        (["Ada Lovelace", "", "Cy"], "", [3]),
        (["Ada Lovelace", "Ben"], "", [4]),
        (["Ben", "Ada Lovelace", "Cy"], "", [2, 3]),
        (["Ada Lovelace", "Ben", "Cy"], ".given {display: none}", [2, 3, 4]),
        (["Ada Lovelace", "Ben", "Cy"], ".group {display: none}", [2, 3, 4]),
        (["Ada Lovelace", "Ben", "Cy"], ".given {display: block; width: 3em; overflow: hidden;"
         " white-space: nowrap}", [2]),
    ],
)  # fmt: skip
def test_a_pupil_without_a_name_on_a_sheet_is_named(
    names: list[str], css: str, lines: list[int], own_fonts: None
) -> None:
    """At the line of the roster, whatever has become of the name."""
    found = list(lost_names(sheets(names, css), PUPILS, "7b.csv"))
    assert [("R811", "7b.csv", line) for line in lines] == [(f.code, f.file, f.line) for f in found]
