"""Stage 10: a finished PDF takes the place of the old one in a single step, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from press.base.filelock import take
from press.base.place import failure, place, why

LOCK = ".lock"
_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)
"""What file systems answer that know no locks; renaming is a single step on them too."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds ``folder`` for one build; raises ContentError where another build holds it.

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
        raise failure(folder, "O604", "this folder is a symbolic link", hint)
    if folder.is_file():
        raise failure(folder, "O604", "a file stands where a folder should", "move it away")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / LOCK, flags, 0o644)
    except OSError as error:
        message = f"cannot write here: {why(error)}"
        raise failure(folder, "O601", message, "make the folder writable") from None


def _taken(folder: Path, handle: int) -> bool:
    """Whether the lock is ours; False on a file system that knows none."""
    try:
        if take(handle, wait=False):
            return True
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return False
        message = f"cannot be locked: {why(error)}"
        raise failure(folder, "O601", message, "run python3 build.py doctor") from None
    hint = "wait for it to end and run again"
    raise failure(folder, "O602", "another build is writing here", hint)


def _sweep(folder: Path) -> None:
    for litter in folder.glob(".*.tmp"):
        with contextlib.suppress(OSError):
            litter.unlink()


def publish(pdf: bytes, target: Path) -> None:
    """Puts ``pdf`` at ``target``; on any failure the old file stays, and ContentError says why.

    The report of a fault that an earlier build met (``press.jobs.crash_report``) goes with success,
    and so does the draft that showed what was wrong.
    """
    if not pdf.startswith(b"%PDF-") or b"%%EOF" not in pdf[-1024:]:
        hint = "run again, and report it if it stays so"
        raise failure(target, "O603", "the PDF is not complete", hint)
    place(pdf, target)
    forget_reports(target.parent, target.name)


def forget_reports(folder: Path, *names: str) -> None:
    """Deletes what is over: reports of faults met as ``names`` were made, and their drafts."""
    for name in names:
        for left in (f"{name}.fault.txt", draft_name(name)):
            with contextlib.suppress(OSError):
                (folder / left).unlink()


def draft_name(pdf: str) -> str:
    """The file name of the draft of a PDF that was stopped (``press.output.draft``)."""
    return f"{pdf.removesuffix('.pdf')}.draft.pdf"
