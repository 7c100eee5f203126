"""The house: rooms with floors, no circles, small modules, and each name for one thing.

What is read is the source itself: imports inside functions and under TYPE_CHECKING count too.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

FLOORS = (
    "base", "locale", "dates", "design", "content", "citations", "prose", "atlas", "plates",
    "checks", "views", "typeset", "output", "classroom", "jobs", "pipeline", "diff", "starter",
    "cli", "setup",
)  # fmt: skip
"""The rooms from the ground up: each may import those before it."""

MOST_LINES, MOST_LINES_OF_A_FUNCTION, MOST_MODULES_IN_THE_HALL = 400, 60, 6


@cache
def modules() -> dict[str, Path]:
    """Every module of the press by its dotted name."""
    found = {}
    for path in sorted((ROOT / "press").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(module: ast.AST, known: dict[str, Path]) -> Iterator[str]:
    """The modules of the press that ``module`` names in any import."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in known or node.module in known:
                    yield whole if whole in known else node.module


@cache
def arrows() -> dict[str, set[str]]:
    known = modules()
    return {name: {*imported(tree(path), known)} - {name} for name, path in known.items()}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def circles(graph: dict[str, set[str]]) -> list[str]:
    """The modules from which imports lead back to themselves, however far around."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        todo = [*graph[start]]
        while todo:
            if (name := todo.pop()) not in seen:
                seen.add(name)
                todo += graph[name]
        return seen

    return sorted(name for name in graph if name in reached(name))


def test_imports_lead_downward_only() -> None:
    upward = [
        f"{name} -> {target}"
        for name, targets in arrows().items()
        for target in targets
        if room(name) and room(target) and FLOORS.index(room(name)) < FLOORS.index(room(target))
    ]
    assert upward == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(arrows()) == []


def test_a_circle_is_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["b", "c"]
    assert circles({"a": {"b"}, "b": set()}) == []


@pytest.mark.parametrize("way", ["inside", "typed"])
def test_late_imports_count(way: str) -> None:
    text = {
        "inside": "def f():\n    from press.cli import main\n",
        "typed": "if TYPE_CHECKING:\n    from press.cli.main import main\n",
    }[way]
    assert "press.cli.main" in set(imported(ast.parse(text), modules()))


def test_no_module_is_long() -> None:
    long = {
        name: lines
        for name, path in modules().items()
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_no_function_is_long() -> None:
    long = {
        f"{name}:{node.name}": length
        for name, path in modules().items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_the_hall_is_small() -> None:
    assert len(list((ROOT / "press").glob("*.py"))) <= MOST_MODULES_IN_THE_HALL


def test_no_two_classes_have_one_name() -> None:
    names = Counter(
        node.name
        for path in modules().values()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_only_one_module_imports_weasyprint() -> None:
    users = [
        name
        for name, path in modules().items()
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "weasyprint")
        or (
            isinstance(node, ast.Import)
            and any(a.name.split(".")[0] == "weasyprint" for a in node.names)
        )
    ]
    assert sorted(set(users)) == ["press.typeset.engine"]
