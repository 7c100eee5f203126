"""Runs jobs in processes of their own, forked once the heavy imports are done.

A job sees the values it is given and sends back what it made. It is bounded in memory and
processor time, and killed from outside when it overstays, so that the parent never hangs.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar, cast

from press.finding import Failure, Finding

if sys.platform != "win32":
    import resource

Job = TypeVar("Job")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Limits:
    """Seconds of wall clock and bytes of memory that one job may take."""

    seconds: int = 600
    memory: int = 6 << 30


@dataclass(frozen=True)
class Progress(Generic[Job]):
    """A job has come to a stage."""

    job: Job
    stage: str


@dataclass(frozen=True)
class Done(Generic[Job, Made]):
    """A job has ended: with what it made, or with findings."""

    job: Job
    made: Made | None
    findings: tuple[Finding, ...] = ()
    report: str = ""


Report = Callable[[str], None]


def run(
    work: Callable[[Job, Report], Made],
    jobs: Sequence[Job],
    workers: int = 0,
    limits: Limits | None = None,
) -> Iterator[Progress[Job] | Done[Job, Made]]:
    """Progress of every job as it comes, and one Done for each, in order of completion."""
    limits = limits or Limits()
    context = _context()
    waiting = list(jobs)
    running: dict[Connection, tuple[Any, Job, float]] = {}
    gc.collect()
    gc.freeze()
    try:
        while waiting or running:
            while waiting and len(running) < (workers or os.cpu_count() or 1):
                job = waiting.pop(0)
                inner, outer = context.Pipe(duplex=False)
                process = context.Process(target=_serve, args=(work, job, outer, limits))
                process.start()
                outer.close()
                running[inner] = (process, job, time.monotonic() + limits.seconds)
            for ready in wait(list(running), timeout=0.2):
                connection = cast(Connection, ready)
                process, job, _ = running[connection]
                message = _receive(connection)
                if isinstance(message, str):
                    yield Progress(job, message)
                    continue
                del running[connection]
                process.join()
                yield _done(job, message, process.exitcode)
            for connection, (process, job, until) in list(running.items()):
                if time.monotonic() > until:
                    del running[connection]
                    _end(process)
                    yield Done(job, None, (_overstayed(limits),))
    finally:
        gc.unfreeze()
        for process, _, _ in running.values():
            _end(process)


def _context() -> Any:
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")


def _receive(connection: Connection) -> Any:
    try:
        return connection.recv()
    except (EOFError, OSError):
        return None


def _end(process: Any) -> None:
    process.kill()
    process.join()


def _done(job: Job, message: Any, code: int | None) -> Done[Job, Any]:
    if message is None:
        why = "ran out of memory or crashed in a library" if code and code < 0 else "ended early"
        hint = "make the dossier's pictures and tables smaller, and run again"
        finding = Finding("press", 0, 0, "X902", f"the worker {why} (exit {code})", hint)
        return Done(job, None, (finding,))
    made, findings, report = message
    return Done(job, made, findings, report)


def _overstayed(limits: Limits) -> Finding:
    message = f"typesetting took longer than {limits.seconds} seconds and was stopped"
    return Finding("press", 0, 0, "X901", message, "look for a very large table or picture")


def _serve(work: Callable[[Job, Report], Made], job: Job, out: Connection, limits: Limits) -> None:
    """In the worker: limits, then the work, then one message with its outcome."""
    _bound(limits)
    try:
        out.send((work(job, out.send), (), ""))
    except Failure as failure:
        out.send((None, failure.findings, ""))
    except MemoryError:
        finding = Finding("press", 0, 0, "X902", "the worker ran out of memory", "use less")
        out.send((None, (finding,), ""))
    except Exception as error:  # noqa: BLE001 the parent must hear of every end
        what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        finding = Finding("press", 0, 0, "X900", f"an internal fault: {what}")
        out.send((None, (finding,), traceback.format_exc()))
    finally:
        out.close()


def _bound(limits: Limits) -> None:
    if sys.platform == "win32":  # there the clock alone bounds the job, from outside
        return
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),
    ):
        _, hard = resource.getrlimit(kind)
        if hard in (resource.RLIM_INFINITY, -1) or most < hard:
            resource.setrlimit(kind, (most, hard))
