"""The HTML and the CSS of an edition, as they are set, in a folder that a browser opens from disk.

The typesetter reads addresses from the root of its closed world; a browser has no such root, so
those in style sheets are written anew, from the folder of the style sheets.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from press.base.place import failure, place, why

PAGE = "index.html"
"""The page to open; style sheets, fonts and pictures stand in folders beside it."""

_NOT_KEPT = "the PDF is not touched by this"


def with_files(text: str, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """HTML and the ``files`` that it reads, by name in a folder of their own."""
    sheets = {name: raw.replace(b'url("/', b'url("../') for name, raw in files.items()
              if name.startswith("sheets/")}  # fmt: skip
    return {**files, **sheets, PAGE: text.encode()}


def folder_of(pdf: Path) -> Path:
    """Where the HTML of a PDF goes: beside it, under its name."""
    return pdf.with_name(f"{pdf.stem}-html")


def page_of(pdf: Path) -> Path:
    """The page to open, of a PDF."""
    return folder_of(pdf) / PAGE


def forget(pdf: Path) -> None:
    """Deletes the page of an earlier build, so that nobody takes it for that of the PDF to come."""
    with contextlib.suppress(OSError):
        page_of(pdf).unlink()


def put(pdf: Path, kept: Mapping[str, bytes]) -> None:
    """Writes what ``with_files`` gave, the page last; raises ContentError where it cannot."""
    folder = folder_of(pdf)
    for name, content in kept.items():
        target = folder / name
        if folder.is_symlink() or not target.parent.resolve().is_relative_to(folder.resolve()):
            message, hint = "a symbolic link leads out of it", "delete the folder and run again"
            raise failure(folder, "O604", message, hint, _NOT_KEPT)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message, hint = f"cannot be written: {why(error)}", "make the folder writable"
            raise failure(target.parent, "O601", message, hint, _NOT_KEPT) from None
        place(content, target, _NOT_KEPT)
