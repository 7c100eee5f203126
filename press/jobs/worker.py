"""Runs jobs in processes of their own, forked once the heavy imports are done.

A job sees the values it is given and sends back what it made. It is bounded in memory, processor
time, time, files and what it may open, call and start (``press.jobs.sandbox``), and killed from
outside when it overstays. The parent only ever reads what has arrived, so that it never hangs, and
takes nothing from a worker but plain values.
"""

from __future__ import annotations

import contextlib
import gc
import io
import multiprocessing
import os
import pickle
import shutil
import signal
import struct
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from itertools import islice
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from pydantic import BaseModel

from press.base.finding import ContentError, Finding, refusal
from press.base.limits import Limits, shown
from press.base.place import why
from press.base.stages import FoundSoFar, Report
from press.jobs import sandbox
from press.typeset import fonts

if sys.platform != "win32":
    import fcntl
    import resource

Job = TypeVar("Job")
Made = TypeVar("Made")

_HEAD = struct.Struct(">Q")
_CHUNK = 1 << 20
_PREFIX = "press-worker-"
_PRINTED = "printed.txt"
"""The file that gets what a worker prints."""
SELDOM = 2_000_000, 1, 1
"""Thresholds of Python's search for values that only hold each other, which a set page has many of.

It looks through all that is there, finds little before a layout is done, and took a quarter of a
build. So a worker begins it only when it has two million values more than the last time, and when
many pages have been let go (``press.typeset.typeset``).
"""


@dataclass(frozen=True)
class StageBegun(Generic[Job]):
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


@dataclass
class Running(Generic[Job]):
    """A worker, when it must end, its folder, what it found so far and what has arrived."""

    process: Any
    job: Job
    until: float
    folder: Path
    held: int
    found: tuple[Finding, ...] = ()
    arrived: bytearray = field(default_factory=bytearray, repr=False)


def run(
    work: Callable[[Job, Report], Made],
    jobs: Iterable[Job],
    workers: int = 0,
    limits: Limits | None = None,
) -> Generator[StageBegun[Job] | Done[Job, Made], None, None]:
    """The stages of every job as it comes to them, and one Done for each, in order of completion.

    A job is taken from ``jobs`` when there is a worker for it, and not before.
    """
    limits = limits or Limits()
    context = _context()
    waiting, most = iter(jobs), workers or os.cpu_count() or 1
    running: dict[Connection, Running[Job]] = {}
    _sweep()
    gc.freeze()  # so that no worker looks through, and so copies, what it only inherits
    try:
        while True:
            for job in islice(waiting, most - len(running)):
                connection, started = _start(context, work, job, limits)
                running[connection] = started
            if not running:
                return
            for ready in wait(list(running), timeout=0.2):
                connection = cast(Connection, ready)
                worker = running[connection]
                for message in _received(connection, worker, limits):
                    if isinstance(message, str):
                        yield StageBegun(worker.job, message)
                        continue
                    del running[connection]
                    yield _ended(connection, worker, message, limits)
                    break
            for connection, worker in list(running.items()):
                if time.monotonic() > worker.until:
                    del running[connection]
                    _end(connection, worker)
                    yield Done(worker.job, None, (*worker.found, _overstayed(limits.seconds)))
    finally:
        gc.unfreeze()
        for connection, worker in running.items():
            _end(connection, worker)


def _context() -> Any:
    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if "fork" in methods else "spawn")


# -- in the parent -----------------------------------------------------------------------------


def _start(
    context: Any, work: Callable[[Job, Report], Made], job: Job, limits: Limits
) -> tuple[Connection, Running[Job]]:
    """Starts a worker on ``job``; raises ContentError where the machine gives it no folder."""
    folder, held = _folder()
    inner, outer = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(work, job, outer, limits, folder, os.getpid()))
    process.start()
    outer.close()
    if sys.platform != "win32":
        os.set_blocking(inner.fileno(), False)
    return inner, Running(process, job, time.monotonic() + limits.seconds, folder, held)


def _folder() -> tuple[Path, int]:
    """A folder for one worker's temporary files, and the handle whose lock says that it lives."""
    while True:
        try:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        except OSError as error:
            message = f"there is no room for temporary files: {why(error)}"
            hint = "free some space, or name another folder in TMPDIR"
            raise refusal("press", "X904", message, hint) from None
        if sys.platform == "win32":
            return folder, -1
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        fcntl.flock(held, fcntl.LOCK_SH)
        if folder.exists():  # no other build took it for a dead one's before it was locked
            return folder, held
        os.close(held)


def _sweep() -> None:
    """Removes what killed builds left: folders of workers that nobody holds any more."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
            with contextlib.suppress(OSError):
                if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                    continue
                held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
                try:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
                finally:
                    os.close(held)


def _received(connection: Connection, worker: Running[Job], limits: Limits) -> list[Any]:
    """The whole messages that have arrived; the last is None where the worker says no more."""
    try:
        if sys.platform == "win32":
            return _noted(worker, connection.recv_bytes(limits.file))
        chunk = os.read(connection.fileno(), _CHUNK)
    except BlockingIOError:
        return []
    except (EOFError, OSError):
        return [None]
    if not chunk:
        return [None]
    worker.arrived += chunk
    messages: list[Any] = []
    while len(worker.arrived) >= _HEAD.size:
        (size,) = _HEAD.unpack_from(worker.arrived)
        if size > limits.file:
            return [*messages, _refused(f"a result of {size} bytes")]
        if len(worker.arrived) < _HEAD.size + size:
            break
        messages += _noted(worker, bytes(worker.arrived[_HEAD.size : _HEAD.size + size]))
        del worker.arrived[: _HEAD.size + size]
    return messages


def _noted(worker: Running[Job], raw: bytes) -> list[Any]:
    """The message, but for one of findings so far: these are kept until the worker ends."""
    message = _loaded(raw)
    if not isinstance(message, FoundSoFar):
        return [message]
    worker.found = message.findings
    return []


def _refused(what: str) -> tuple[None, tuple[Finding, ...], str]:
    hint = "do not trust this content; please report it"
    return None, (Finding("press", 0, 0, "X903", f"a worker sent {what}", hint),), ""


def _loaded(raw: bytes) -> Any:
    """A message: a stage, findings so far, or the outcome. All else becomes a finding."""
    try:
        message = _Plain(io.BytesIO(raw)).load()
    except Exception as error:  # noqa: BLE001 nothing that a worker sends may stop the parent
        return _refused(f"what is no result: {' '.join(str(error).split())[:120]}")
    match message:
        case str():
            return message[:40]
        case FoundSoFar(tuple() as findings) if all(isinstance(f, Finding) for f in findings):
            return message
        case (_, tuple() as findings, str()) if all(isinstance(f, Finding) for f in findings):
            return message
    return _refused("what is no result")


class _Plain(pickle.Unpickler):
    """Reads plain values and the press's own: a message that names anything else is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("markupsafe", "Markup") or module.partition(".")[0] == "press":
            found = super().find_class(module, name)
            if isinstance(found, type) and (
                is_dataclass(found) or issubclass(found, tuple | str | Enum | BaseModel)
            ):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def _end(connection: Connection, worker: Running[Job]) -> None:
    """Kills a worker and all that it may have started, and removes its folder."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.kill()
    worker.process.join()
    connection.close()
    shutil.rmtree(worker.folder, ignore_errors=True)
    if worker.held >= 0:
        os.close(worker.held)


_LINGER = 5.0
"""Seconds that a worker has to end where it sent no result; after one it need not."""


def _ended(
    connection: Connection, worker: Running[Job], message: Any, limits: Limits
) -> Done[Job, Any]:
    """What became of a worker that sends no more."""
    worker.process.join(_LINGER if message is None else 0.1)
    code, printed = worker.process.exitcode, ""
    with contextlib.suppress(OSError), (worker.folder / _PRINTED).open("rb") as stream:
        printed = stream.read(20_000).decode("utf-8", "replace")
    _end(connection, worker)
    if message is not None:
        made, findings, report = message
        so_far = worker.found if made is None else ()
        return Done(worker.job, made, (*so_far, *findings), report)
    if sys.platform != "win32" and code == -signal.SIGXCPU:
        end, printed = _overstayed(limits.cpu, " of processor time"), ""
    else:
        how = "ran out of memory or crashed in a library" if code and code < 0 else "ended early"
        end = _out_of_memory(f"{how} (exit {code})", limits)
    return Done(worker.job, None, (*worker.found, end), printed)


def _out_of_memory(end: str, limits: Limits) -> Finding:
    most = f"--limit memory={shown('memory', limits.memory)}"
    hint = f"make the dossier's pictures and tables smaller, or allow more than {most}"
    return Finding("press", 0, 0, "X902", f"the worker {end}", hint)


def _overstayed(seconds: int, which: str = "") -> Finding:
    time_allowed = f"{seconds} second{'s' * (seconds != 1)}{which}"
    message = f"the work took longer than {time_allowed} and was stopped"
    hint = (
        "look for a very large table or picture, or a rule in the theme or styles/local.css for"
        " every element; where the machine was busy, allow more: --limit seconds=3600,cpu=1200"
    )
    return Finding("press", 0, 0, "X901", message, hint)


# -- in the worker -----------------------------------------------------------------------------


def _serve(
    work: Callable[[Job, Report], Made],
    job: Job,
    out: Connection,
    limits: Limits,
    folder: Path,
    parent: int,
) -> None:
    """Limits and walls, then the work, then one message with its outcome."""
    try:
        _settle(limits, folder, parent)
        _send(out, (work(job, lambda message: _send(out, message)), (), ""))
    except ContentError as error:
        _send(out, (None, error.findings, ""))
    except MemoryError:
        _send(out, (None, (_out_of_memory("ran out of memory", limits),), ""))
    except RecursionError:
        hint = "flatten lists, quotations and tables"
        finding = Finding("press", 0, 0, "X905", "something is nested too deep to be set", hint)
        _send(out, (None, (finding,), traceback.format_exc()))
    except Exception as error:  # noqa: BLE001 the parent must hear of every end
        what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        finding = Finding("press", 0, 0, "X900", f"an internal fault: {what}")
        _send(out, (None, (finding,), traceback.format_exc()))
    finally:
        out.close()


def _send(out: Connection, message: Any) -> None:
    raw = pickle.dumps(message, protocol=5)
    if sys.platform == "win32":
        out.send_bytes(raw)
        return
    for part in (_HEAD.pack(len(raw)), raw):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(out.fileno(), rest) :]


def _settle(limits: Limits, folder: Path, parent: int) -> None:
    """A process group, a temporary folder and bounds of its own; what it prints goes to a file.

    Interrupts are for the parent, which ends its workers: inside, a library would swallow them.
    """
    gc.set_threshold(*SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("TMPDIR", "TEMP", "TMP"):
        os.environ[name] = str(folder)
    tempfile.tempdir = str(folder)
    if sys.platform == "win32":  # there the clock alone bounds the job, from outside
        return
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.setsid()
    sandbox.die_with_parent(parent)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
    printed = os.open(folder / _PRINTED, flags, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, printed), (2, printed)):
        os.dup2(source, target)
    os.close(printed)
    os.close(nothing)
    _bound(limits)
    sandbox.confine(sandbox.readable(fonts.folders()), [folder])


def _bound(limits: Limits) -> None:
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_NOFILE, limits.files),
    ):
        _lower(kind, most, most)
    # At the lower one it gets a signal, so that its end has a reason; at the upper one it ends.
    _lower(resource.RLIMIT_CPU, limits.cpu, limits.cpu + 1)


def _lower(kind: int, soft: int, hard: int) -> None:
    _, before = resource.getrlimit(kind)
    if before in (resource.RLIM_INFINITY, -1) or hard < before:
        resource.setrlimit(kind, (soft, hard))
