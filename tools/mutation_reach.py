"""Which test runs a line that is to be changed: calls put into a copy of the press say so.

Each line to be changed gets a call before it that notes its number and the test that runs. The
whole suite is run once in that copy, at nearly its own speed, in several processes; what workers
run is noted too, through the file that they have open when they are forked.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

NOTED = "PRESS_REACHED"
"""The environment variable that names the file in which the calls note what they are reached by."""
MODULE = '''"""Notes which test runs which line."""
import os
_there = os.environ.get("PRESS_REACHED")
_file = os.open(_there, os.O_WRONLY | os.O_APPEND | os.O_CREAT) if _there else -1
_same = os.fstat(_file).st_ino if _there else 0
_said = set()
def reached(number):
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
    if not test or (number, test) in _said:
        return
    _said.add((number, test))
    try:
        if os.fstat(_file).st_ino == _same:
            os.write(_file, f"{number}\\t{test}\\n".encode())
    except OSError:
        pass
'''
CALL = "_reached_by_a_test"


@dataclass(frozen=True)
class Reached:
    """By the number of a line: the tests that run it; by test: its seconds and shared fixtures.

    ``failed`` are the tests that fail with the calls alone.
    """

    tests: Mapping[int, frozenset[str]]
    seconds: Mapping[str, float]
    shared: Mapping[str, frozenset[str]]
    failed: frozenset[str] = frozenset()


def with_calls(source: str, places: Mapping[int, tuple[int, int]]) -> str:
    """``source`` with a call before each of ``places`` (number: line and column in bytes)."""
    tree = ast.parse(source)
    for number, place in places.items():
        block, index = _statement(tree, place)
        call = ast.parse(f"{CALL}({number})").body[0]
        block.insert(index, ast.copy_location(call, block[index]))
    future = [n for n, node in enumerate(tree.body)
              if isinstance(node, ast.ImportFrom) and node.module == "__future__"]  # fmt: skip
    first = future[-1] + 1 if future else int(ast.get_docstring(tree) is not None)
    tree.body[first:first] = ast.parse(f"from press.reached import reached as {CALL}").body
    return ast.unparse(ast.fix_missing_locations(tree))


def _statement(tree: ast.Module, place: tuple[int, int]) -> tuple[list[ast.stmt], int]:
    """The list of statements and the place in it of the innermost one that covers ``place``."""
    found: tuple[list[ast.stmt], int] = (tree.body, 0)
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        for block in (b for _, b in ast.iter_fields(node) if isinstance(b, list)):
            for index, child in enumerate(block):
                if isinstance(child, ast.stmt) and _covers(child, place):
                    found = (block, index)
                if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
                    pending += [child] if _covers(child, place) else []
    return found


def _covers(node: ast.AST, place: tuple[int, int]) -> bool:
    if isinstance(node, ast.match_case):
        return any(_covers(child, place) for child in node.body)
    end = (node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
    return (node.lineno, node.col_offset) <= place < end  # type: ignore[attr-defined]


def make_reached(
    copy: Path, kept: Path, places: Mapping[int, tuple[str, int, int]], jobs: int
) -> int:
    """Runs the suite in ``copy`` with calls at ``places`` (file, line, column).

    Returns what pytest returns; what is noted stands in ``kept``.
    """
    for file in {file for file, _, _ in places.values()}:
        here = {n: (line, column) for n, (f, line, column) in places.items() if f == file}
        target = copy / file
        text = with_calls(target.read_text("utf-8"), here)
        target.unlink()
        target.write_text(text, "utf-8")
    (copy / "press" / "reached.py").write_text(MODULE, "utf-8")
    for name in ("reached", "seconds.json", "shared.json", "failed.json"):
        (kept / name).unlink(missing_ok=True)
    command = [*(sys.executable, "-m", "pytest", "-q", "--no-header", "--tb=no"),
               *("-p", "tools.mutation_plugin", "-p", "no:cacheprovider"),
               *("-n", str(jobs), "--dist", "loadfile", "--no-loadscope-reorder")]  # fmt: skip
    environment = {**os.environ, NOTED: str(kept / "reached"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=copy, env=environment, check=False).returncode


def read_reached(kept: Path) -> Reached:
    """What the last ``make_reached`` noted; raises SystemExit where there was none."""
    if not (kept / "seconds.json").is_file():
        raise SystemExit("run python -m tools.mutate --map first")
    tests: dict[int, set[str]] = {}
    for line in (kept / "reached").read_text("utf-8").splitlines():
        number, _, test = line.partition("\t")
        tests.setdefault(int(number), set()).add(test)
    seconds, shared, failed = (
        json.loads((kept / f"{name}.json").read_text("utf-8"))
        for name in ("seconds", "shared", "failed")
    )
    return Reached(
        {number: frozenset(names) for number, names in tests.items()},
        seconds,
        {test: frozenset(names) for test, names in shared.items()},
        frozenset(failed),
    )


def kin(own: Iterable[str], reached: Reached) -> list[set[str]]:
    """Tests that may see what ``own`` made: those of their files, then those of their fixtures.

    What a fixture shares is made once, and only the first test that asks for it runs the line.
    """
    own = set(own)
    files = {test.partition("::")[0] for test in own}
    fixtures = {name for test in own for name in reached.shared.get(test, ())}
    near = {test for test in reached.seconds if test.partition("::")[0] in files} - own
    far = {test for test, names in reached.shared.items() if names & fixtures} - near - own
    return [near, far]


def quickest(tests: Iterable[str], seconds: Mapping[str, float]) -> list[str]:
    """``tests``, the quickest first."""
    return sorted(tests, key=lambda test: (seconds.get(test, 1.0), test))


def first_of(
    tests: Sequence[str], seconds: Mapping[str, float], most: float
) -> tuple[list[str], float]:
    """The first of ``tests``, at least one, as many as ``most`` seconds hold; and their seconds."""
    chosen: list[str] = []
    total = 0.0
    for test in tests:
        more = seconds.get(test, 1.0)
        if chosen and total + more > most:
            break
        chosen.append(test)
        total += more
    return chosen, total
