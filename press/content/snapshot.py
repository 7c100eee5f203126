"""Reads a folder once, through a path jail, into memory; every later stage sees only this."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from press.base import folders
from press.base.finding import ContentError, Finding, refusal
from press.base.place import why
from press.base.portable import Portable
from press.content.source_text import legible, lines_of

FILE_LIMIT = 30_000_000
"""Largest file, in bytes."""
TOTAL_LIMIT = 300_000_000
"""Largest folder, in bytes."""
COUNT_LIMIT = 5_000
"""Most files in one folder."""
DEPTH_LIMIT = 6
"""Deepest nesting of folders."""
NAME_LIMIT = 240
"""Longest path of a file in its folder, in characters."""

_BACKUPS = ("~", ".swp", ".swo", ".bak", ".tmp", ".orig")


@dataclass(frozen=True)
class Snapshot(Portable):
    """The files of one folder: ``label/relative/path`` is how findings name them.

    ``faults`` are the findings of those that could not be read, where it was asked to go on.
    """

    slug: str
    label: str
    files: Mapping[str, bytes]
    faults: tuple[Finding, ...] = ()

    @property
    def unread(self) -> frozenset[str]:
        """The names of files and folders that could not be read."""
        return frozenset(self.own_name(fault.file) for fault in self.faults)

    def hides(self, name: str) -> bool:
        """Whether a file could not be read, or a folder in which it lies."""
        unread = self.unread
        return name in unread or any(name.startswith(f"{folder}/") for folder in unread)

    def place(self, name: str) -> str:
        """How findings name the file ``name``."""
        return f"{self.label}/{name}" if self.label else name

    def own_name(self, place: str) -> str:
        """The name of a file as findings name it."""
        return place.removeprefix(f"{self.label}/")

    def text(self, name: str) -> str:
        """The text of a file with plain line ends; "" where there is no such file."""
        return legible(self.files.get(name, b""))

    def line(self, name: str, number: int) -> str:
        """A line of a file, from 1; "" where there is none."""
        lines = lines_of(self.files.get(name, b""))
        return lines[number - 1] if 0 < number <= len(lines) else ""


def ignored(name: str) -> bool:
    """Hidden files and editors' backups are nobody's content."""
    return name.startswith(".") or name.endswith(_BACKUPS) or name in {"Thumbs.db", "desktop.ini"}


def read(folder: Path, label: str = "", *, rest: bool = False) -> Snapshot:
    """Every regular file under ``folder``, never through a symbolic link.

    Raises ContentError with a finding for each link, device, oversized or unreadable file; with
    ``rest`` these are the faults of a snapshot of the others.
    """
    label = label or folder.name
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    total = 0
    try:
        root = _root(folder)
    except OSError as error:
        message = f"folder cannot be read: {_why(error)}"
        raise refusal(label, "E001", message) from None
    try:
        for name, result in _walk(folder, root, ""):
            if isinstance(result, str):
                findings.append(Finding(f"{label}/{name}", 0, 0, "E004", result, _REMEDY))
                continue
            total += len(result)
            if total > TOTAL_LIMIT or len(files) >= COUNT_LIMIT:
                message = f"the folder holds more than {COUNT_LIMIT} files or {TOTAL_LIMIT} bytes"
                findings.append(Finding(label, 0, 0, "E005", message, "split the dossier"))
                raise ContentError(findings)
            files[name] = result
    finally:
        if root >= 0:
            os.close(root)
    if findings and not rest:
        raise ContentError(findings)
    return Snapshot(folder.name, label, MappingProxyType(files), tuple(findings))


_REMEDY = "put a plain copy of the file in the dossier's folder"
_REMEDY_AT_TOP = "put a plain file in its place"


def _why(error: OSError) -> str:
    if error.errno in (errno.ELOOP, errno.ENOTDIR):
        return "it is a symbolic link or no folder"
    return why(error)


_BY_HANDLE = os.open in os.supports_dir_fd and os.listdir in os.supports_fd
"""Whether folders can be walked by handles, so that no link can be slipped in on the way."""
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def _root(folder: Path) -> int:
    """A handle of the folder, -1 where the system has none; raises OSError for a link."""
    if _BY_HANDLE:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    if _linked(folder) or not folder.is_dir():
        raise OSError(errno.ENOTDIR, "no folder")
    return -1


def _linked(path: Path) -> bool:
    """Whether a path is a link, or Windows's junction."""
    status = path.lstat()
    reparse = getattr(status, "st_file_attributes", 0) & 0x400  # FILE_ATTRIBUTE_REPARSE_POINT
    return bool(reparse) or stat.S_ISLNK(status.st_mode)


def _walk(folder: Path, directory: int, prefix: str) -> Iterator[tuple[str, bytes | str]]:
    """(relative path, its bytes or what is wrong with it), in a fixed order."""
    for entry in sorted(os.listdir(directory if directory >= 0 else folder)):  # noqa: PTH208 a handle
        if ignored(entry):
            continue
        name = prefix + entry
        if not entry.isprintable() or len(name) > NAME_LIMIT:
            yield repr(name)[1:-1], "the name is too long or has unprintable characters"
            continue
        try:
            yield from _entry(folder / entry, directory, name)
        except OSError as error:
            yield name, f"cannot be read: {_why(error)}"


def _entry(path: Path, directory: int, name: str) -> Iterator[tuple[str, bytes | str]]:
    """One entry of a folder: its bytes, its own entries, or what is wrong with it."""
    deep = name.count("/") >= DEPTH_LIMIT
    if directory < 0:
        if _linked(path):
            raise OSError(errno.ELOOP, "a link")
        if path.is_dir():
            yield from [(name, _TOO_DEEP)] if deep else _walk(path, -1, f"{name}/")
            return
        handle = os.open(path, _FLAGS)
    else:
        handle = os.open(path.name, _FLAGS, dir_fd=directory)
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            yield from [(name, _TOO_DEEP)] if deep else _walk(path, handle, f"{name}/")
        elif not stat.S_ISREG(status.st_mode):
            yield name, "is neither a file nor a folder"
        elif status.st_size > FILE_LIMIT:
            yield name, f"has {status.st_size} bytes; the limit is {FILE_LIMIT}"
        else:
            with os.fdopen(os.dup(handle), "rb") as stream:
                raw = stream.read(FILE_LIMIT + 1)
            yield name, raw if len(raw) <= FILE_LIMIT else "grows while it is read"
    finally:
        os.close(handle)


_TOO_DEEP = f"folders are nested deeper than {DEPTH_LIMIT}"


def dossier_files(slug: str, *, rest: bool = False) -> Snapshot:
    """The files of a dossier under content/, as ``read`` reads them."""
    return read(folders.ROOT / "content" / slug, f"content/{slug}", rest=rest)


PROJECT_FILES = ("press.yaml", "press.yml")
"""What is looked for at the top of the project: the file, and how it is miscalled."""
STRAY_STYLES = ("local.css", "theme.css", "style.css", "styles.css", "custom.css")
"""Style sheets that people put beside build.py, where nothing reads them."""


def project_files() -> Mapping[str, bytes]:
    """press.yaml by its name, read as the files of a dossier are; nothing where there is none.

    With it come files that lie where nothing reads them, so that something can be said of them.

    Raises ContentError where it is no plain file.
    """
    found = {name: _alone(folders.ROOT / name) for name in (*PROJECT_FILES, *_strays())}
    faults = [
        Finding(name, 0, 0, "E004", result, _REMEDY_AT_TOP)
        for name, result in found.items()
        if isinstance(result, str)
    ]
    if faults:
        raise ContentError(faults)
    return {name: raw for name, raw in found.items() if isinstance(raw, bytes)}


def _strays() -> Iterator[str]:
    """Files beside press.yaml or the dossiers' folders that look as if something read them."""
    yield from (name for name in STRAY_STYLES if (folders.ROOT / name).is_file())
    content = folders.ROOT / "content"
    for path in sorted(content.iterdir()) if content.is_dir() else ():
        own = path.suffix.lower() in (".yaml", ".yml", ".md", ".css") and not ignored(path.name)
        if own and path.stem.casefold() != "readme" and path.is_file() and path.name.isprintable():
            yield f"content/{path.name}"


def _alone(path: Path) -> bytes | str | None:
    """The bytes of one file, or what is wrong with it; None where it is not there."""
    try:
        name, result = next(_entry(path, -1, path.name), ("", ""))
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"cannot be read: {_why(error)}"
    return result if name == path.name else "is a folder, and no file"


def engine_files() -> dict[str, bytes]:
    """Templates and styles, read once."""
    return {
        f"{part}/{name}": raw
        for part in ("templates", "styles")
        for name, raw in read(folders.ROOT / part).files.items()
    }
