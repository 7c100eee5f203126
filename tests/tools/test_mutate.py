"""The tool that changes the press and looks whether a test notices."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import mutate
from tools.mutate import Mutant, Verdict, drawn, mutants, mutated, report

SOURCE = '''
def f(a: int = 3, *, b: bool) -> int:
    """Says 1."""
    if a < 2 and not b:
        return a + (
            # a remark in between
            b)
    return 0
'''


def changed() -> list[tuple[str, str]]:
    """Each change of SOURCE, as the line that differs."""
    found = []
    for mutant in mutants("f.py", SOURCE):
        text = mutated(SOURCE, mutant)
        assert text is not None
        before, after = SOURCE.splitlines(), text.splitlines()
        assert len(before) - len(after) in (0, 2)
        found.append(
            next((x.strip(), y.strip()) for x, y in zip(before, after, strict=False) if x != y)
        )
    return found


@pytest.mark.parametrize(
    "after",
    [
        "if a <= 2 and not b:",
        "if a < 2 or not b:",
        "if a < (3) and not b:",
        "if a < 2 and b:",
        "if (not (a < 2 and (not b))):",
        "return a - (",
        "return None",
        "return (1)",
    ],
)
def test_each_kind_of_change_is_made(after: str) -> None:
    assert after in [new for _, new in changed()]


def test_words_for_people_and_defaults_stay() -> None:
    """A docstring, an annotation and a default are not the body's."""
    assert all("Says" not in old and "def f" not in old for old, _ in changed())


def test_the_same_seed_draws_the_same_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no two in one function."""
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    shutil.copytree(ROOT / "press/dates", tmp_path / "press/dates")
    first = drawn(40, 7)
    assert first == drawn(40, 7) != drawn(40, 8)
    assert len({(m.file, m.function) for m in first}) == 40


def test_work_elsewhere_draws_the_same_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another module, and a line more above a function, move no change to another function."""
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    press = tmp_path / "press"
    press.mkdir()
    for number in range(20):
        (press / f"m{number}.py").write_text(SOURCE.replace("def f", f"def f{number}"))
    before = [(m.file, m.function, m.new) for m in drawn(20, 1)]
    for number in range(20, 25):
        (press / f"m{number}.py").write_text(SOURCE.replace("def f", f"def f{number}"))
    (press / "m3.py").write_text("import os\n" + SOURCE.replace("def f", "def f3"))
    after = [(m.file, m.function, m.new) for m in drawn(25, 1)]
    assert [m for m in after if m in before] == before


def test_what_nobody_noticed_is_named() -> None:
    mutant = Mutant("press/dates/days.py", 3, 4, 3, 9, "a < b", "a <= b", "leap")
    lines: list[str] = []
    share = report(
        [Verdict(mutant, "", 4), Verdict(mutant, "tests/dates/test_dates.py::a", 1)], lines.append
    )
    assert share == 50
    assert lines[0] == "1 of 2 noticed (50 %)"
    assert lines[1] == "not noticed by 4 tests: press/dates/days.py:3 leap: a < b -> a <= b"
