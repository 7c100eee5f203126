"""What requirements.lock asks for, and whether it is here: names, versions and markers."""

from __future__ import annotations

import operator
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from press.setup.tools import SetupError

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Mapping


class Requirement(NamedTuple):
    """One line of the lock: a normalised name, its only version, and where it applies."""

    name: str
    version: str
    marker: str


def locked(root: Path) -> list[Requirement]:
    """Return what requirements.lock asks for, markers not yet weighed."""
    pattern = r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)[ \t]*(?:;[ \t]*([^\\\n]*))?"
    lines = re.findall(pattern, lock_text(root), re.MULTILINE)
    return [Requirement(normalised(name), version, mark.strip()) for name, version, mark in lines]


def lock_text(root: Path) -> str:
    """Return the lock's text; raise SetupError where it is gone."""
    try:
        return (root / "requirements.lock").read_text("utf-8")
    except OSError as error:
        raise SetupError(
            f"requirements.lock cannot be read ({error.strerror}); "
            "put it back from where this folder came from"
        ) from error


def normalised(name: str) -> str:
    """Return a package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(path: Iterable[str]) -> dict[str, str]:
    """Return normalised name -> version of the packages on `path`; the first of a name counts.

    The names of the metadata folders say it all, and reading them takes a millisecond.
    """
    found: dict[str, str] = {}
    for folder in path:
        try:
            entries = os.listdir(folder or os.curdir)
        except OSError:
            continue
        for entry in entries:
            if entry.endswith(".dist-info"):
                name, _, version = entry.removesuffix(".dist-info").rpartition("-")
                found.setdefault(normalised(name), version)
    return found


def serves(wanted: Iterable[Requirement], found: Mapping[str, str]) -> bool:
    """Say whether `found` has everything `wanted` at the locked versions."""
    return all(found.get(r.name) == r.version or not applies(r.marker) for r in wanted)


def applies(marker: str) -> bool:
    """Say whether an environment marker (PEP 508) holds for the running interpreter."""
    if not marker:
        return True
    import ast  # a marker happens to be a Python expression

    return _holds(ast.parse(marker, mode="eval").body)


_COMPARED = {
    "Eq": operator.eq, "NotEq": operator.ne, "Lt": operator.lt, "LtE": operator.le,
    "Gt": operator.gt, "GtE": operator.ge,
}  # fmt: skip
"""What compares, by the name of its sign in Python's syntax."""


def _holds(node: ast.expr) -> bool:
    import ast

    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_holds(value) for value in values)
        case ast.BoolOp(op=ast.Or(), values=values):
            return any(_holds(value) for value in values)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            if compared := _COMPARED.get(type(op).__name__):
                return bool(compared(_comparable(left), _comparable(right)))
    raise ValueError("the lock has an environment marker of a form unknown here")


def _comparable(node: ast.expr) -> tuple[tuple[int, str], ...]:
    """Return a marker's variable or string so that versions compare by their numbers."""
    import ast

    match node:
        case ast.Name(id=name):
            text = marker_variable(name)
        case ast.Constant(value=str(text)):
            pass
        case _:
            raise ValueError("the lock has an environment marker of a form unknown here")
    return tuple(
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"[._-]", text)
    )


def marker_variable(name: str) -> str:
    """Return the running interpreter's value of one PEP 508 marker variable."""
    import platform

    values = {
        "python_version": python_version(),
        "python_full_version": platform.python_version(),
        "sys_platform": sys.platform,
        "os_name": os.name,
        "platform_system": platform.system(),
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "implementation_name": sys.implementation.name,
    }
    return values[name]


def python_version() -> str:
    """Return the running Python's version without its last number: "3.11"."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"
