"""Scenarios, and taking guards away: one line of the press's source, for as long as one test."""

from __future__ import annotations

import ast
import contextlib
import importlib
import inspect
import os
import pickle
import resource
import select
import signal
import time
import types
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

from press.base.finding import ContentError


class Breach(AssertionError):  # noqa: N818 named for what happened to the promise
    """The promise is broken: what a guard is there to prevent has happened."""


@dataclass(frozen=True)
class Guard:
    """A line of the press that stands against something: ``old`` in a function, read as ``new``.

    Where ``old`` is empty, ``name`` is a constant of the module, and ``new`` its other value.
    """

    module: str
    name: str
    old: str
    new: Any

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


@dataclass(frozen=True)
class Scenario:
    """What is tried, in a folder of its own, and the guards that stand against it.

    ``attempt`` says how it ended; it raises Breach where the promise does not hold. ``needs`` is
    empty, or says what this machine would need for it.
    """

    group: str
    name: str
    attempt: Callable[[Path], str]
    guards: tuple[Guard, ...]
    needs: str = ""


@contextmanager
def without(guards: tuple[Guard, ...]) -> Iterator[None]:
    """For as long as the block runs, the press is without these lines."""
    together: dict[str, list[Guard]] = {}
    for guard in guards:
        together.setdefault(str(guard), []).append(guard)
    with ExitStack() as stack:
        stack.callback(_forget)
        for same in together.values():
            stack.enter_context(_taken_away(same))
        _forget()
        yield


def _forget() -> None:
    """Forgets what was made of the same files with a guard, or without."""
    for module, name in (
        ("press.base.templates", "_sandbox"),
        ("press.content.load", "_parsed"),
        ("press.design.styles", "_flattened"),
    ):
        getattr(importlib.import_module(module), name).cache_clear()


@contextmanager
def _taken_away(guards: list[Guard]) -> Iterator[None]:
    guard = guards[0]
    module = importlib.import_module(guard.module)
    *owners, name = guard.name.split(".")
    owner: Any = module
    for step in owners:
        owner = getattr(owner, step)
    if not guard.old:
        before = getattr(owner, name)
        setattr(owner, name, guard.new)
        try:
            yield
        finally:
            setattr(owner, name, before)
        return
    function: Any = inspect.getattr_static(owner, name)
    mutant = mutated(module, owner, guards)
    if owners:
        setattr(owner, name, mutant)
        try:
            yield
        finally:
            setattr(owner, name, function)
        return
    # Other modules hold this very function: its code is what can be exchanged.
    real = inspect.unwrap(function)
    code = real.__code__
    real.__code__ = inspect.unwrap(mutant).__code__
    try:
        yield
    finally:
        real.__code__ = code


def mutated(module: types.ModuleType, owner: Any, guards: list[Guard]) -> Any:
    """The function of ``guards``, compiled anew with their lines changed."""
    guard = guards[0]
    source = Path(str(module.__file__)).read_text("utf-8")
    node = _find(ast.parse(source), guard.name.split("."))
    lines = source.splitlines(keepends=True)
    first = min([node.lineno, *(d.lineno for d in node.decorator_list)]) - 1
    text = inspect.cleandoc("\n" + "".join(lines[first : node.end_lineno]))
    for one in guards:
        if text.count(one.old) != 1:
            raise LookupError(f"{one}: {text.count(one.old)} times {one.old!r}")
        text = text.replace(one.old, one.new)
    if "super()" in text:  # which needs its class around it
        text = f"def _within(__class__):\n{indent(text, '    ')}\n    return {node.name}\n"
    held: dict[str, Any] = {}
    text = f"from __future__ import annotations\n{text}"
    exec(compile(text, f"<{guard} without its guard>", "exec"), vars(module), held)  # noqa: S102
    return held["_within"](owner) if "_within" in held else held[node.name]


def _find(tree: ast.AST, path: list[str]) -> ast.FunctionDef:
    node: Any = tree
    for step in path:
        node = next(
            n
            for n in ast.walk(node)
            if isinstance(n, ast.FunctionDef | ast.ClassDef) and n.name == step
        )
    found: ast.FunctionDef = node
    return found


def expect(codes: str, work: Callable[[], object]) -> str:
    """``work`` must end in findings that have one of ``codes`` (with spaces between)."""
    try:
        work()
    except ContentError as error:
        found = sorted({f.code for f in error.findings})
        if set(found) & set(codes.split()):
            return " ".join(found)
        raise Breach(f"{error}") from None
    except Exception as error:
        raise Breach(f"{type(error).__name__}: {error}") from error
    raise Breach(f"no finding {codes}")


_PATIENCE = [60.0]


def patience() -> float:
    """Seconds that are waited before something counts as never ending."""
    return _PATIENCE[-1]


@contextmanager
def patient(seconds: float) -> Iterator[None]:
    """For as long as the block runs, nothing is waited for longer.

    A promise that is kept is waited for as long as a busy machine may need. One whose guard is gone
    is expected to break: it need not be waited for much longer than it took with its guard.
    """
    _PATIENCE.append(seconds)
    try:
        yield
    finally:
        _PATIENCE.pop()


def forked(work: Callable[[], str], seconds: int = 5) -> str:
    """What ``work`` says, in a process of its own: its death and its overstaying are breaches.

    It may take ``seconds`` of the processor, however long that is on a busy machine.
    """
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.setsid()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        try:
            outcome: object = work()
        except BaseException as error:  # noqa: BLE001 all of it goes to the parent
            outcome = Breach(f"{type(error).__name__}: {error}"[:300])
        with contextlib.suppress(OSError):
            os.write(write, pickle.dumps(outcome)[:60_000])
        os._exit(0)
    os.close(write)
    try:
        ready, _, _ = select.select([read], [], [], patience())
        if not ready:
            raise Breach(f"still at it after {patience():.0f} seconds")
        raw = os.read(read, 65_536)
        if not raw:
            raise Breach("the process died")
        outcome = pickle.loads(raw)  # noqa: S301 what we have just written
    finally:
        os.close(read)
        with contextlib.suppress(OSError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if isinstance(outcome, Breach):
        raise outcome
    return str(outcome)


def gone(pid: int) -> bool:
    """Whether a process ends while one waits for it (a zombie has ended)."""
    until = time.monotonic() + patience()
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False
