"""The environment beside build.py: made from the lock, stamped when it is whole, found again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from press.setup import tools
from press.setup.libraries import require_ensurepip, require_libraries
from press.setup.lock import installed, lock_text, locked, serves
from press.setup.tools import SPACE_NEEDED, SetupError, alone, say, unwritable

PIP_INSTALL = (
    *("-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install"),
    *("--require-hashes", "--only-binary=:all:", "--no-deps", "--no-compile"),
    *("--no-warn-script-location", "--progress-bar=off", "--requirement"),
)


def ready_here(root: Path) -> bool:
    """Say whether the running interpreter has every locked package. Starts and writes nothing.

    The interpreter of `.venv` must have its stamp too: without one it is half-made or outdated.
    """
    if in_environment(root) and not stamp_holds(root):
        return False
    return serves(locked(root), installed(sys.path))


def environment(root: Path, handed: str = "") -> tuple[Path, str]:
    """Return the interpreter of a `.venv` that is ready, and whether it was "found" or "prepared".

    `handed` says how this process itself came by its environment: one that was found and turns
    out to be damaged is prepared anew, one that was just prepared is not tried a second time.
    Raises SetupError.
    """
    if handed == "prepared":
        raise SetupError(
            f"{root / '.venv'} was prepared and still lacks packages that requirements.lock "
            "names; delete that folder and run this again"
        )
    damaged = handed == "found" or in_environment(root)
    if stamp_holds(root) and not damaged:
        return interpreter(root), "found"
    return prepare(root, anew=damaged), "prepared"


def in_environment(root: Path) -> bool:
    """Say whether the running interpreter is the one of the project's own `.venv`."""
    return Path(sys.prefix).resolve() == (root / ".venv").resolve()


def interpreter(root: Path) -> Path:
    """Return where the interpreter of the project's own `.venv` is, or would be."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp(root: Path) -> str:
    """Return what the stamp of a finished environment says: the lock's hash and the platform.

    The platform is there because a folder may be shared by machines that cannot share a `.venv`.
    """
    import hashlib

    digest = hashlib.sha256(lock_text(root).encode()).hexdigest()
    if sys.platform == "win32":
        machine = os.environ.get("PROCESSOR_ARCHITECTURE", "")
    else:
        machine = os.uname().machine
    triplet = getattr(sys.implementation, "_multiarch", sys.platform)
    return f"{digest} {triplet} {machine}\n"


def stamp_file(root: Path) -> Path:
    """Return where the stamp is: inside the environment, so that both go together."""
    return root / ".venv" / "press-stamp"


def stamp_holds(root: Path) -> bool:
    """Say whether `.venv` was finished, from this very lock, and has its interpreter still."""
    try:
        written = stamp_file(root).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return os.access(interpreter(root), os.X_OK) and written == stamp(root)


def prepare(root: Path, *, anew: bool = False) -> Path:
    """Make the system libraries and the environment ready; return the environment's interpreter.

    Runs that come at the same time wait for the first and find its work done, except where the
    stamp is no proof and everything is to be made `anew`. Raises SetupError.
    """
    require_libraries(root)
    with alone(root):
        if anew or not stamp_holds(root):
            require_ensurepip(root)
            create(root)
    return interpreter(root)


def create(root: Path) -> None:
    """Make `.venv` anew from the lock; its stamp comes last, so half a one is never taken for one.

    Raises SetupError with the cause that pip's own words give away.
    """
    require_space(root)
    say("preparing the environment (once, about a minute) ...")
    venv, log = root / ".venv", root / ".venv.log"
    try:
        stamp_file(root).unlink(missing_ok=True)
        log.unlink(missing_ok=True)
        tools.run([base_interpreter(venv), "-I", "-m", "venv", "--clear", str(venv)], log)
        tools.run([str(interpreter(root)), *PIP_INSTALL, str(root / "requirements.lock")], log)
        fresh = stamp_file(root).with_suffix(".new")
        fresh.write_text(stamp(root), "utf-8")
        fresh.replace(stamp_file(root))
        log.unlink(missing_ok=True)
    except OSError as error:
        raise SetupError(unwritable(error, root)) from error
    say("the environment is ready")


def require_space(root: Path) -> None:
    """Raise SetupError where the disk is too full: half-way through, the tools hardly say so."""
    import shutil

    free = shutil.disk_usage(root).free
    if free < SPACE_NEEDED:
        raise SetupError(
            f"the environment needs {SPACE_NEEDED // 10**6} MB and the disk that holds {root} "
            f"has {free // 10**6} MB; free some and run this again"
        )


def base_interpreter(venv: Path) -> str:
    """Return an interpreter to make `venv` with: never one that making it would remove."""
    base = Path(getattr(sys, "_base_executable", None) or sys.executable)
    return str(base.resolve() if base.is_relative_to(venv) else base)
