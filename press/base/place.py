"""A file takes the place of the old one in a single step, or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from press.base.finding import ContentError, refusal

KEPT = "the last PDF is untouched"
"""What a failure says of the file that was there before."""


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
        message = f"cannot be written: {why(error)}"
        hint = "free some space or make it writable"
        raise failure(target, "O601", message, hint, kept) from None
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
    _settle(target.parent)


def _plain(target: Path, kept: str) -> None:
    """Raises ContentError where ``target`` is there and is no plain file."""
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        what = "a symbolic link" if stat.S_ISLNK(mode) else "no plain file"
        what = "a folder" if stat.S_ISDIR(mode) else what
        raise failure(target, "O604", f"this is {what}", "move it away and run again", kept)


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


def why(error: OSError) -> str:
    """The system's own words for ``error``, in lower case."""
    return (error.strerror or str(error)).lower()


def failure(path: Path, code: str, message: str, hint: str, kept: str = KEPT) -> ContentError:
    """What cannot be written at ``path``, and what to do about it."""
    return refusal(str(path), code, message, f"{hint}; {kept}" if kept else hint)
