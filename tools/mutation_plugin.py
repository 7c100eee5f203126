"""For ``tools.mutate --map``: which test runs which line, and how long each takes.

A context of coverage.py is opened around each test and each of its fixtures. What workers run
counts too: they cannot write coverage's file through their walls, so jobs run in this process.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import coverage
import pytest

_seconds: dict[str, float] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """The lines run until the next test are this test's, its fixtures' among them."""
    current = coverage.Coverage.current()
    if current is not None:
        current.switch_context(item.nodeid)
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Adds up what a test takes, its fixtures included."""
    _seconds[report.nodeid] = _seconds.get(report.nodeid, 0.0) + report.duration


def pytest_sessionstart() -> None:
    """Jobs are run here, and not in workers, where no test of workers is asked for."""
    if not os.environ.get("PRESS_MAP_INLINE"):
        return
    from press.jobs import worker

    def here(work: Any, jobs: Sequence[Any], *_: object, **__: object) -> Iterator[Any]:
        for job in jobs:
            yield worker.Done(job, work(job, lambda _: None))

    worker.run = here  # type: ignore[assignment]


def pytest_sessionfinish() -> None:
    """Keeps the seconds beside the map."""
    Path(f"{os.environ['COVERAGE_FILE']}.json").write_text(json.dumps(_seconds), "utf-8")
