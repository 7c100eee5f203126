"""What print would not show is empty."""

from __future__ import annotations

import re

import pytest

from press.base.scripts import is_seen
from press.content.load import load
from press.content.snapshot import Snapshot
from tests.typeset.test_page_checks import LEAST


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t",
        "\u200b",
        "\u2060\u00ad",
        "\ufeff \xa0",
        "\u200e\u200f",
        "\u3164",
        "\u2800",
        "\ufe0f",
    ],
)
def test_blanks_joiners_and_directions_are_not_seen(text: str) -> None:
    """Alone; beside a letter they are its author's."""
    assert not is_seen(text)
    assert is_seen(f"{text}a")


@pytest.mark.parametrize("text", ["a", "—", "№", "́", "म", "😀", "☎\ufe0f", "0"])
def test_letters_signs_and_marks_are_seen(text: str) -> None:
    """A mark without a letter, too."""
    assert is_seen(text)


def faults(name: str, raw: bytes) -> list[str]:
    """The findings of the least dossier with this file."""
    return [str(found) for found in load(Snapshot("a", "a", {**LEAST, name: raw})).findings]


def test_a_title_of_nothing_seen_is_empty() -> None:
    """In YAML, in lists and in chapters: pasted from a page, they are there for the eye only."""
    title = re.compile(rb"^title: .*$", re.MULTILINE)
    for value in ('"\u200b"', "\u200b", "'\u2060 \u00ad'"):
        raw = title.sub(f"title: {value}".encode(), LEAST["dossier.yaml"])
        assert [
            "a/dossier.yaml:1:8: E106 title is empty; write a value behind the colon"
        ] == faults("dossier.yaml", raw)
    assert "E160" in faults("chapters/09-a.md", "# \u200b\n\nWords.\n".encode())[0]
    assert "E016" in faults("chapters/09-a.md", "\u200b\n\u2060\n".encode())[0]
    assert [] == faults("chapters/09-a.md", "\u200b\n# A\u200bB\n\nWords.\n".encode())
