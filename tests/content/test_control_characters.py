"""Control characters in a file: each is told of at its place, and nothing that follows."""

from __future__ import annotations

import pytest

from press.base.finding import Finding
from press.checks import checked
from press.content import yaml
from press.content.load import load
from press.content.snapshot import Snapshot
from tests.conftest import Changed

FILES = ["chapters/01-the-mountain.md", "chronology.yaml", "gazetteer.yaml", "sources.yaml"]


def told(snapshot: Snapshot) -> list[Finding]:
    """What loading and checking say of a dossier."""
    loaded = load(snapshot)
    return [*loaded.findings, *checked(loaded).findings]


def with_bells(raw: bytes, number: int) -> bytes:
    """``raw`` with so many bells, each behind another letter."""
    return raw.replace(b"i", b"i\x07", number)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("number", [1, 3, 10])
def test_each_is_told_of_at_its_place(
    name: str, number: int, matterhorn: Snapshot, changed: Changed
) -> None:
    """Line and column are where an editor shows it."""
    raw = with_bells(matterhorn.files[name], number)
    found = [one for one in told(changed({name: raw})) if one.code == "E017"]
    lines = raw.decode().split("\n")
    assert len(found) == number
    assert all(lines[one.line - 1][one.column - 1] == "\x07" for one in found)
    assert not any("more" in one.message for one in found)


@pytest.mark.parametrize(("number", "more"), [(11, "1 more follows"), (5000, "4,990 more follow")])
def test_of_many_the_first_ten_are_told_of_and_how_many_follow(
    number: int, more: str, changed: Changed
) -> None:
    """A file that is none of text does not fill the screen."""
    raw = b"# A chapter\n\n" + b"a\x00 " * number + b"\n"
    found = [one for one in told(changed({"chapters/01-the-mountain.md": raw})) if
             one.code == "E017"]  # fmt: skip
    assert len(found) == 10
    assert more in found[-1].message
    assert [one.column for one in found] == [2 + 3 * n for n in range(10)]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("number", [1, 11, 10_000])
def test_nothing_else_is_said_of_what_stands_in_the_file(
    name: str, number: int, matterhorn: Snapshot, changed: Changed
) -> None:
    """Neither that a picture is not used, nor that an id is not there, whatever words they part."""
    raw = with_bells(matterhorn.files[name], number)
    before = {one.code for one in told(changed({}))}
    assert {one.code for one in told(changed({name: raw}))} - before == {"E017"}


@pytest.mark.parametrize(
    "written",
    [r"\x1b", r"\x7f", r"\x9b", r"\u0085", r"\u2028", r"\uFEFF", r"\uFFF9", r"\uFDD0", r"\uFFFF",
     r"\U0001FFFE", r"\U000E0041"],
)  # fmt: skip
@pytest.mark.parametrize("title", ['title: "The Matter{}horn"', '{{"title": "The Matter{}horn"}}'])
def test_a_backslash_makes_none_of_plain_letters(written: str, title: str) -> None:
    """What an escape of YAML or JSON stands for is looked at as if it stood there itself."""
    raw = title.format(written).encode()
    found = yaml.parse(raw, "dossier.yaml").findings
    assert [(one.code, one.line) for one in found] == [("E017", 1)]


@pytest.mark.parametrize(
    "text", ["\U0001f3f4\U000e0067\U000e0062\U000e007f", "a\u00adb", "\u200bx", "\u200e", "\ufffd"]
)
def test_flags_and_signs_that_guide_letters_are_none(text: str) -> None:
    """Tags spell the flag of Scotland; soft hyphens, joiners and marks of direction have uses."""
    assert yaml.parse(f"title: {text}\n".encode(), "dossier.yaml").findings == ()
