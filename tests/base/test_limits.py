"""What a worker may take can be set, in words that people write."""

from __future__ import annotations

import pytest

from press.base.limits import Limits, limits
from press.cli import console, main


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], Limits()),
        (["memory=4G"], Limits(memory=4 << 30)),
        (["memory=512m,seconds=30"], Limits(memory=512 << 20, seconds=30)),
        (["cpu=5", "files=64", "file=2GB"], Limits(cpu=5, files=64, file=2 << 30)),
    ],
)
def test_limits_are_read(words: list[str], wanted: Limits) -> None:
    """Several with commas or one by one, bytes in K, M and G."""
    assert wanted == limits(words)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("memroy=4G", "no limit is called 'memroy'"),
        ("memory=much", "cannot be 'much'; write it like memory=4G"),
        ("seconds=4G", "cannot be '4G'; write it like seconds=900"),
        ("memory=1M", "is too little; it needs 256M"),
        ("seconds=-1", "cannot be '-1'"),
        ("seconds", "cannot be ''"),
    ],
)
def test_bad_limits_exit_2(word: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A limit that is none is wrong usage, with what would be right."""
    with pytest.raises(SystemExit) as exit_:
        main.main(["check", "--limit", word])
    assert exit_.value.code == console.USAGE
    assert said in capsys.readouterr().err
