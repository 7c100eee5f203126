"""Progress on stderr: a bar on a terminal, quiet lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, Self

from press.base.stages import STAGES
from press.base.terminal import drawn_on


class Progress:
    """Shows how far each job has come; use it as a context manager."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Self:
        if self._names and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            self._bars = Progress(
                TextColumn("{task.description}"),
                BarColumn(24),
                TextColumn("{task.fields[stage]:9}"),
                TimeElapsedColumn(),
                console=Console(file=drawn_on()),
                transient=True,
            )
            self._bars.start()
            for name in self._names:
                self._tasks[name] = self._bars.add_task(name, total=len(STAGES), stage="load")
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars:
            self._bars.stop()

    def stage(self, name: str, stage: str) -> None:
        """``name`` has come to ``stage``."""
        if self._bars:
            self._bars.update(self._tasks[name], completed=STAGES.index(stage), stage=stage)

    def step(self, name: str, done: int, total: int) -> None:
        """``done`` of the ``total`` things that ``name`` consists of are made."""
        if self._bars:
            share = len(STAGES) * done / total
            self._bars.update(self._tasks[name], completed=share, stage=f"{done} of {total}")

    def done(self, name: str, outcome: str) -> None:
        """``name`` has ended."""
        if self._bars:
            self._bars.update(self._tasks[name], completed=len(STAGES), stage=outcome)
        elif self._names:
            print(f"{name}: {outcome}", file=sys.stderr)
