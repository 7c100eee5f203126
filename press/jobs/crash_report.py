"""What the press says of its own faults: a report in a file, and where to send it."""

from __future__ import annotations

import platform
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from press import __version__
from press.base import folders
from press.base.finding import ContentError, Finding
from press.base.place import place
from press.base.terminal import harmless

_PACKAGES = ("weasyprint", "pydantic", "pillow", "pikepdf", "shapely", "pyproj")


def crash_report(slug: str, what: str, trace: str) -> Finding:
    """Writes the report of a fault of the press, and gives the finding that says where it lies.

    It goes into the dossier's output folder or, where that takes none, among the machine's
    temporary files.
    """
    root, folder = folders.ROOT, folders.output(slug)
    text = harmless(_text(what, trace, root))
    last = (trace.strip().splitlines() or [what])[-1][:200]
    for home in (folder, Path(tempfile.gettempdir())):
        file = home / f"{what}.fault.txt"
        try:
            home.mkdir(parents=True, exist_ok=True)
            place(text.encode("utf-8", "replace"), file)
        except (ContentError, OSError):
            continue
        hint = (
            "look through that file, which names versions and lines of the press, and send it, "
            "with what you did, to whoever gave you the press"
        )
        shown = file.relative_to(root) if file.is_relative_to(root) else file
        message = f"the press failed ({last}) and wrote a report here"
        return Finding(shown.as_posix(), 0, 0, "X900", message, hint)
    hint = "free some space, and run again"
    return Finding("press", 0, 0, "X900", f"the press failed, and no report fits: {last}", hint)


def _text(what: str, trace: str, root: Path) -> str:
    """The report, without the names of this machine's folders."""
    lines = [
        f"press {__version__}, Python {platform.python_version()} on {platform.platform()}",
        ", ".join(f"{name} {_version(name)}" for name in _PACKAGES),
        f"while making {what}",
        "",
        trace,
    ]
    text = "\n".join(lines)
    for folder, shown in (
        (str(root), "."),
        (str(Path(__file__).resolve().parents[2]), "."),
        (sys.prefix, "<python>"),
        (sys.base_prefix, "<python>"),
        (str(Path.home()), "~"),
    ):
        if len(folder) > 1:
            text = text.replace(f"{folder}/", f"{shown}/").replace(f"{folder}\\", f"{shown}\\")
    return text


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
