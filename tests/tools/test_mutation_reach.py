"""Which test runs a line that is to be changed."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from tools.mutation_reach import Reached, first_of, kin, quickest, with_calls

SOURCE = '''"""A module."""

from __future__ import annotations


def f(a):
    if a > 2:
        return a + 1
    elif a < 0:
        for n in range(3):
            match n:
                case 1 if a < -5:
                    a = -a
    try:
        b = 1 / a
    except ZeroDivisionError:
        b = a * 2
    return b
'''


def place(words: str) -> tuple[int, int]:
    """Line and column of ``words`` in SOURCE."""
    for number, line in enumerate(SOURCE.splitlines(), start=1):
        if words in line:
            return number, line.index(words)
    raise AssertionError(words)


PLACES = dict(enumerate(map(place, ("a + 1", "a < 0", "= -a", "1 / a", "a * 2", "a < -5"))))


@pytest.mark.parametrize(
    ("given", "run"), [(3, [0]), (1, [1, 3]), (-7, [1, 5, 5, 2, 5, 3]), (-1, [1, 5, 5, 5, 3]),
                       (0, [1, 3, 4])],
)  # fmt: skip
def test_a_call_is_made_where_its_line_is_run(
    given: int, run: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In each branch, loop, case and handler, and nowhere else."""
    said: list[int] = []
    noted = types.ModuleType("press.reached")
    noted.reached = said.append  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "press.reached", noted)
    space: dict[str, object] = {}
    exec(with_calls(SOURCE, PLACES), space)  # noqa: S102 the text above
    space["f"](given)  # type: ignore[operator]
    assert said == run


def test_tests_that_share_what_was_made_come_after_those_of_the_same_file() -> None:
    """And what needs neither is not run."""
    seconds = {"a.py::one": 1.0, "a.py::two": 2.0, "b.py::three": 1.0, "c.py::four": 1.0}
    shared = {"a.py::one": frozenset({"pages"}), "b.py::three": frozenset({"pages", "more"}),
              "c.py::four": frozenset({"more"})}  # fmt: skip
    reached = Reached({0: frozenset({"a.py::one"})}, seconds, shared)
    assert kin({"a.py::one"}, reached) == [{"a.py::two"}, {"b.py::three"}]


def test_the_quickest_come_first_and_at_least_one_is_run() -> None:
    seconds = {"slow": 30.0, "quick": 0.1, "middle": 4.0}
    order = quickest(seconds, seconds)
    assert order == ["quick", "middle", "slow"]
    assert first_of(order, seconds, 5.0)[0] == ["quick", "middle"]
    assert first_of(order[2:], seconds, 5.0) == (["slow"], 30.0)


def test_no_call_is_in_the_press_itself() -> None:
    """They are put into a copy."""
    root = Path(__file__).parents[2] / "press"
    assert not (root / "reached.py").exists()
