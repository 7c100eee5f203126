"""For ``tools.mutate --map``: how long each test takes, if it fails, and what fixtures it shares.

All stand beside the file in which the calls note which test they are reached by.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tools.mutation_reach import NOTED

_seconds: dict[str, float] = {}
_failed: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Adds up what a test takes, its fixtures included, and notes whether it fails."""
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0.0) + report.duration
    if report.failed:
        _failed.add(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Notes the fixtures of each test that live longer than it."""
    shared = {}
    for item in items:
        defined = getattr(item, "_fixtureinfo").name2fixturedefs  # noqa: B009 a private name
        shared[item.nodeid] = [
            n for n, fixtures in defined.items() if fixtures[-1].scope == "session"
        ]
    _beside("shared", shared)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keeps the seconds and failures: of all processes, or of the only one."""
    if not hasattr(session.config, "workerinput"):
        _beside("failed", sorted(_failed))
        _beside("seconds", _seconds)


def _beside(name: str, what: object) -> None:
    target = Path(os.environ[NOTED]).with_name(f"{name}.json")
    part = target.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(what), "utf-8")
    part.replace(target)
