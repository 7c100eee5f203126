"""Stage 8: a finished PDF takes the place of the old one in a single step, or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from press.finding import Failure, Finding

try:
    import fcntl
except ImportError:  # Windows has no advisory locks of this kind; os.replace is atomic there too
    fcntl = None  # type: ignore[assignment]

LOCK = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds ``folder`` for one build; raises Failure where another build holds it."""
    handle = -1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        message = "another build is writing here"
        raise _failure(folder, "O602", message, "wait for it to end and run again") from None
    except OSError as error:
        message = f"cannot write here: {(error.strerror or str(error)).lower()}"
        raise _failure(folder, "O601", message, "make the folder writable") from None
    try:
        _sweep(folder)
        yield
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Removes what killed builds left behind; safe, because the lock is held."""
    for litter in folder.glob(".*.tmp"):
        with contextlib.suppress(OSError):
            litter.unlink()


def publish(pdf: bytes, target: Path) -> None:
    """Puts ``pdf`` at ``target``; on any failure the old file stays, and Failure says why."""
    if not pdf.startswith(b"%PDF-") or b"%%EOF" not in pdf[-1024:]:
        hint = "run again, and report it if it stays so"
        raise _failure(target, "O603", "the PDF is not complete", hint)
    place(pdf, target)


def place(content: bytes, target: Path) -> None:
    """Puts ``content`` at ``target`` in one step; on any failure the old file stays."""
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(
            prefix=f".{target.name}.", suffix=".tmp", dir=target.parent
        )
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
        _settle(target.parent)
    except OSError as error:
        message = f"cannot be written: {(error.strerror or str(error)).lower()}"
        raise _failure(target, "O601", message, "free some space or make it writable") from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _settle(folder: Path) -> None:
    """Makes the new name survive a power cut, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _failure(path: Path, code: str, message: str, hint: str) -> Failure:
    return Failure([Finding(str(path), 0, 0, code, message, f"{hint}; the last PDF is untouched")])
