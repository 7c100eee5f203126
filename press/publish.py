"""Stage 8: a finished PDF takes the place of the old one in a single step, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from press.bootstrap import take
from press.finding import Failure, Finding

LOCK = ".lock"
KEPT = "the last PDF is untouched"
"""What a failure says of the file that was there before."""
_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)
"""What file systems answer that know no locks; renaming is a single step on them too."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds ``folder`` for one build; raises Failure where another build holds it.

    What a killed build left there is swept away, for nobody else can be writing.
    """
    handle = _opened(folder)
    try:
        if _taken(folder, handle):
            _sweep(folder)
        yield
    finally:
        os.close(handle)


def _opened(folder: Path) -> int:
    """The folder's lock file, open; the folder is made where it is missing."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    if folder.is_symlink():
        hint = "put a plain folder in its place"
        raise _failure(folder, "O604", "this folder is a symbolic link", hint)
    if folder.is_file():
        raise _failure(folder, "O604", "a file stands where a folder should", "move it away")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / LOCK, flags, 0o644)
    except OSError as error:
        message = f"cannot write here: {_why(error)}"
        raise _failure(folder, "O601", message, "make the folder writable") from None


def _taken(folder: Path, handle: int) -> bool:
    """Whether the lock is ours; False on a file system that knows none."""
    try:
        if take(handle, wait=False):
            return True
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return False
        message = f"cannot be locked: {_why(error)}"
        raise _failure(folder, "O601", message, "run python3 build.py doctor") from None
    hint = "wait for it to end and run again"
    raise _failure(folder, "O602", "another build is writing here", hint)


def _sweep(folder: Path) -> None:
    for litter in folder.glob(".*.tmp"):
        with contextlib.suppress(OSError):
            litter.unlink()


def publish(pdf: bytes, target: Path) -> None:
    """Puts ``pdf`` at ``target``; on any failure the old file stays, and Failure says why.

    The report of a fault that an earlier build met (``press.mishap``) goes with the success.
    """
    if not pdf.startswith(b"%PDF-") or b"%%EOF" not in pdf[-1024:]:
        hint = "run again, and report it if it stays so"
        raise _failure(target, "O603", "the PDF is not complete", hint)
    place(pdf, target)
    with contextlib.suppress(OSError):
        target.with_name(f"{target.name}.fault.txt").unlink()


def place(content: bytes, target: Path, kept: str = KEPT) -> None:
    """Puts ``content`` at ``target`` in one step; on any failure the old file stays.

    Never through a link, and never over a folder. ``kept`` is what a failure says of the rest.
    """
    temporary = ""
    try:
        _plain(target, kept)
        handle, temporary = tempfile.mkstemp(
            prefix=f".{target.name}.", suffix=".tmp", dir=target.parent
        )
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except OSError as error:
        message = f"cannot be written: {_why(error)}"
        hint = "free some space or make it writable"
        raise _failure(target, "O601", message, hint, kept) from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
    _settle(target.parent)


def _plain(target: Path, kept: str) -> None:
    """Raises Failure where ``target`` is there and is no plain file."""
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        what = "a symbolic link" if stat.S_ISLNK(mode) else "no plain file"
        what = "a folder" if stat.S_ISDIR(mode) else what
        raise _failure(target, "O604", f"this is {what}", "move it away and run again", kept)


def _settle(folder: Path) -> None:
    """Makes the new name survive a power cut, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):  # the file is in its place already
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _failure(path: Path, code: str, message: str, hint: str, kept: str = KEPT) -> Failure:
    return Failure([Finding(str(path), 0, 0, code, message, f"{hint}; {kept}" if kept else hint)])
