"""Cases of citations that went wrong in print, each with its right words."""

from __future__ import annotations

import re
from html import unescape

import pytest

from press.content.load import load
from press.content.snapshot import read
from tests.conftest import HERE
from tests.prose.test_prose import prose


@pytest.mark.parametrize(
    ("case", "note"),
    [
        ("30-pinpoint-lost",
         "Brown v. Board of Education, 347 U.S. 483 (Supreme Court, 1954), p. 5."),
        ("31-manuscript-comma",
         "Samuel Pepys, ‘Diary’, 2 September 1666, 5, Magdalene College."),
    ],
)  # fmt: skip
def test_a_note_says_it_all(case: str, note: str) -> None:
    """The page is not taken for a digit of the year; a comma parts title and date."""
    dossier = load(read(HERE / "cases" / case, case)).dossier
    stage = prose(dossier)
    text = str(stage.chapter(dossier.chapters[0]))
    words = unescape(re.sub("<[^>]*>", "", text)).replace("\xa0", " ")
    assert note in words
    assert not stage.findings
