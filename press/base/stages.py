"""The stages by name, in the order they run; the README and ``--verbose`` number them from 1."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from press.base.finding import Finding

STAGES = ("load", "check", "design", "plates", "prose", "render", "typeset", "proof", "finish",
          "publish")  # fmt: skip


@dataclass(frozen=True)
class FoundSoFar:
    """Findings that stand whatever becomes of the work that goes on."""

    findings: tuple[Finding, ...]


Report = Callable[[str | FoundSoFar], None]
"""Gets the name of a stage as it begins, and what was found before the next one."""


def silent(_: str | FoundSoFar) -> None:
    """Reports to nobody."""


class Clock:
    """Seconds spent in each stage, measured while it runs; ``report`` gets its name at its start.

    A stage may run inside another one, as a plate is drawn while a view is made; its time is then
    its own, and not the other's.
    """

    def __init__(self, report: Report = silent) -> None:
        self.seconds: dict[str, float] = {}
        self._report = report
        self._inside: list[float] = []

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Counts the time inside as that of ``stage``."""
        if not self._inside:
            self._report(stage)
        self._inside.append(0.0)
        begun = time.perf_counter()
        try:
            yield
        finally:
            took = time.perf_counter() - begun
            others = self._inside.pop()
            self.seconds[stage] = self.seconds.get(stage, 0.0) + took - others
            if self._inside:
                self._inside[-1] += took
