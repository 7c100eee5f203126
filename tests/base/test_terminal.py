"""Nothing that is printed, logged or reported can steer a terminal or turn the words of a line."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.base.terminal import harmless
from press.cli import main
from press.jobs.crash_report import crash_report

DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Bidi_Control of Unicode."""
STEERING = {
    *DIRECTION,
    *(chr(code) for code in range(0xE0000, 0xE0080)),
    *(
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in ("Cc", "Cs", "Zl", "Zp")
    ),
} - {"\n"}
"""Signs of control, halves of letters, ends of lines, marks of direction, and tags."""


def test_every_steering_sign_is_named() -> None:
    """None is left, and letters stay as they are."""
    assert not set(harmless("".join(sorted(STEERING)))) & STEERING
    assert harmless("Łódź, 東京, שלום, 😀\n") == "Łódź, 東京, שלום, 😀\n"


@given(st.text(st.characters(codec=None)))
def test_what_leaves_is_read_as_what_came(text: str) -> None:
    """JSON with signs that are named is the same JSON; letters stay as they are."""
    left = harmless(json.dumps(text, ensure_ascii=False))
    assert not set(left) & STEERING
    assert json.loads(left) == text


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_title_steers_no_terminal(
    tiny: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """Whatever a dossier, a name of a dossier or a word of the command holds."""
    signs = r"\e[2J\x9b2J\x07\u202e\u2028\x85\r\x7f"
    file = tiny / "content/tiny/dossier.yaml"
    rest = file.read_text().split("\n", 1)[1]
    file.write_text(f'title: "A {signs}"\ncategory{signs}: x\n"k{signs}": "{signs}"\n{rest}')
    events = f'events: [{{id: "a{signs}", date: "{signs}"}}]'
    (tiny / "content/tiny/chronology.yaml").write_text(events)
    main.main(["check", "tiny", "--format", form])
    with pytest.raises(SystemExit):
        main.main(["check", "ti\x1b[2Jny\u202e"])
    out, err = capsys.readouterr()
    assert "tiny" in out + err
    assert not (set(out) | set(err)) & STEERING


def test_a_report_of_a_fault_steers_none(tiny: Path) -> None:
    """It is read in a terminal or sent by mail."""
    finding = crash_report("tiny", "tiny", "ValueError: \x1b[2J\u202e\x07 in a title")
    text = (tiny / finding.file).read_text()
    assert "ValueError" in text
    assert not set(text) & STEERING
