"""Prepare a bare machine, then hand over: the environment, the system libraries, clear advice.

Standard library only, and little of it at the start: this is the part of the press that runs
before anything is installed, and again at the head of every run. What it leaves behind stands
beside build.py: `.venv` (the environment), `.venv.lock` (held while one run prepares it) and,
after a failure, `.venv.log` (what the tools said).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from press.base.folders import ROOT
from press.setup.environment import environment, ready_here
from press.setup.libraries import require_libraries
from press.setup.tools import SetupError, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HANDED = "PRESS_ENVIRONMENT"
"""Tells the interpreter that takes over whether its environment was found or just prepared."""

ALL_CORES = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder")
"""How the whole suite runs: by file, so that what a file prepares is prepared once, in the order
of tests/conftest.py, which begins with the longest."""
QUICK = ("-m", "not slow")
"""What leaves out the tests that take long and that ``test --quick`` is without."""


def run(argv: Sequence[str]) -> int:
    """Do what build.py is asked to, in an interpreter that has everything; return the exit code.

    On most systems this call does not return where another interpreter takes over: that one
    replaces the process. Whatever is wrong with the machine is one sentence and exit code 1.
    """
    handed = os.environ.pop(HANDED, "")
    try:
        if list(argv[:1]) == ["doctor"]:
            from press.setup.doctor import doctor

            return doctor(ROOT)
        if (code := unchanged(argv)) is not None:
            return code
        if ready_here(ROOT):
            require_libraries(ROOT)
            return start(argv)
        python, how = environment(ROOT, handed)
        return hand_over([str(python), str(ROOT / "build.py"), *argv], {HANDED: how})
    except SetupError as error:
        say(f"press: {error}")
        return 1
    except KeyboardInterrupt:
        say("\npress: interrupted; run the same command again")
        return 130


def unchanged(argv: Sequence[str]) -> int | None:
    """Answer at once where nothing is to be done: no environment is needed to say so."""
    from press.cli import main

    try:
        return main.quick(argv)
    except Exception:  # noqa: BLE001 the command itself meets it again, and says it in full
        return None


def start(argv: Sequence[str]) -> int:
    """Run the verb in this interpreter, which has everything, and return its exit code."""
    if list(argv[:1]) == ["test"]:
        os.chdir(ROOT)
        pytest = [sys.executable, "-m", "pytest", *test_arguments(argv[1:])]
        return hand_over(pytest, {"PYTHONDONTWRITEBYTECODE": ""})  # Python starts a hundred times
    from press.cli import main  # what it imports is there only now

    return main.main(list(argv))


def test_arguments(words: Sequence[str]) -> tuple[str, ...]:
    """What pytest is given for ``test`` and these words: its own, ``--quick``, or none."""
    if list(words) == ["--quick"]:
        return (*ALL_CORES, *QUICK)
    return tuple(words) or ALL_CORES


def hand_over(command: list[str], variables: Mapping[str, str] | None = None) -> int:
    """Replace this process by `command`, or where a system cannot, run it and return its code.

    PYTHONPATH and PYTHONHOME stay behind: what runs is what the lock names.
    """
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    environ = kept | dict(variables or {})
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        if sys.platform == "win32":  # there exec returns to the prompt before the work is done
            import subprocess

            return subprocess.call(command, env=environ)
        os.execve(command[0], command, environ)
    except OSError as error:
        raise SetupError(
            f"{command[0]} does not start ({error.strerror}); delete {ROOT / '.venv'} "
            "and run this again"
        ) from error


def show() -> NoReturn:
    """Print the interpreter that has everything, preparing what must be, for other scripts."""
    try:
        python = Path(sys.executable) if ready_here(ROOT) else environment(ROOT)[0]
    except SetupError as error:
        sys.exit(f"press: {error}")
    sys.stdout.write(f"{python}\n")
    sys.exit(0)


if __name__ == "__main__":
    show()
