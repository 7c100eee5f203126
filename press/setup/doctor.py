"""What this machine lacks, and the exact command that brings it. Standard library only.

It asks the machine itself (opens the libraries, takes a lock, renames a file) rather than lists of
packages, so that it also holds on systems nobody here has seen.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from press.base.finding import ContentError
from press.base.limits import Limits, shown
from press.jobs import sandbox
from press.setup.environment import ready_here, stamp_holds
from press.setup.libraries import (
    INSTALLS,
    administrator,
    ensurepip_advice,
    makes_environments,
    missing_libraries,
    system_family,
    with_sudo,
)
from press.setup.lock import python_version
from press.setup.tools import SPACE_NEEDED, SetupError

Word = Literal["ok", "missing", "weak"]
"""``missing`` stops a build; ``weak`` is worth knowing and stops nothing."""

OUTPUT_NEEDED = 200_000_000
"""Bytes that some editions, their drawings and their temporary files take."""
MEMORY_NEEDED = 2_000_000_000
"""Bytes: a large dossier with its maps takes some 700 million, and the machine needs the rest."""

FIXES = {
    "python": {
        "debian": "apt-get install python3 python3-venv",
        "fedora": "dnf install python3",
        "arch": "pacman -S --needed python",
        "alpine": "apk add python3",
        "suse": "zypper install python313",
        "macos": "brew install python",
        "windows": "winget install Python.Python.3.13",
    },
    "space": {
        "debian": "apt-get clean",
        "fedora": "dnf clean all",
        "arch": "pacman -Sc",
        "macos": "brew cleanup",
        "windows": "cleanmgr",
    },
    "files": dict.fromkeys(("debian", "fedora", "arch", "macos"), "ulimit -n 1024"),
}
"""The command of each family of systems, where one command does it. Libraries: INSTALLS."""


@dataclass(frozen=True)
class Diagnosis:
    """One thing looked at: how it is, and what brings it where it is not as it should be."""

    what: str
    word: Word
    said: str
    fix: str = ""

    def __str__(self) -> str:
        line = f"{self.word:8}{self.what}: {self.said}"
        return f"{line}\n        fix: {self.fix}" if self.fix else line


def doctor(root: Path) -> int:
    """Prints a line for each thing looked at, on stdout; 1 where something is missing, else 0."""
    found = list(examined(root))
    missing = sum(one.word == "missing" for one in found)
    for one in found:
        print(one)
    if missing:
        things = "thing is" if missing == 1 else "things are"
        print(f"{missing} {things} missing; a build will not succeed until then")
    else:
        print("nothing is missing")
    return int(missing > 0)


def examined(root: Path) -> Iterator[Diagnosis]:
    """Everything, in the order in which a first build meets it."""
    for look in LOOKS:
        yield look(root)


def command(what: str) -> str:
    """This machine's command for a fix, with sudo where it needs it; "" where there is none."""
    line = FIXES[what].get(system_family(), "")
    privileged = line.startswith(("apt-get", "dnf", "pacman", "apk", "zypper"))
    if not privileged:
        return line
    return with_sudo(system_family(), line, administrator=administrator())


def python(_: Path) -> Diagnosis:
    """CPython 3.11 or newer, of 64 bits, for which every package has a build."""
    name = f"{platform.python_implementation()} {platform.python_version()}"
    bits = 64 if sys.maxsize > 1 << 32 else 32
    said = f"{name}, {bits} bits"
    if sys.implementation.name != "cpython" or bits == 32 or sys.version_info < (3, 11):
        fix = command("python") or "install CPython 3.11 or newer, 64 bits, from python.org"
        return Diagnosis("Python", "missing", f"{said}; CPython 3.11 to 3.14, 64 bits", fix)
    return Diagnosis("Python", "ok", said)


def environment(root: Path) -> Diagnosis:
    """The packages of the lock, in .venv or in the Python that runs."""
    try:
        if ready_here(root):
            return Diagnosis("packages", "ok", "every one that requirements.lock names is here")
        if stamp_holds(root):
            return Diagnosis("packages", "ok", "in .venv, as requirements.lock names them")
    except SetupError as error:
        said, _, fix = str(error).partition("; ")
        return Diagnosis("packages", "missing", said, fix)
    if makes_environments():
        said = "not prepared yet; the first build does it (about a minute, with a network)"
        return Diagnosis("packages", "weak", said, "python3 build.py")
    fix = ensurepip_advice(
        system_family(),
        f"python{python_version()}-venv",
        administrator=administrator(),
    )
    fix = next((line.strip() for line in fix.splitlines() if line.startswith("    ")), fix)
    return Diagnosis("packages", "missing", "this Python lacks venv or ensurepip", fix)


def libraries(_: Path) -> Diagnosis:
    """Pango, HarfBuzz's subsetter and fontconfig, opened as WeasyPrint will open them."""
    missing = missing_libraries()
    if not missing:
        return Diagnosis("Pango and HarfBuzz", "ok", "all libraries open")
    family = system_family()
    line = INSTALLS.get(family, "")
    fix = with_sudo(family, line, administrator=administrator()) if line else ""
    if family == "windows":
        fix = f"install MSYS2 (msys2.org) and run in its UCRT64 window: {line}"
    fix = fix or "install Pango and HarfBuzz with this system's package manager"
    return Diagnosis("Pango and HarfBuzz", "missing", f"no {', '.join(missing)}", fix)


def fonts(root: Path) -> Diagnosis:
    """The project's own faces: without one there is nothing to set with."""
    faces = [p for p in (root / "styles" / "fonts").rglob("*") if p.suffix in _FACES]
    hollow = [p.name for p in faces if p.read_bytes()[:4] not in _FACE_MAGIC]
    fix = "put styles/fonts back from where this folder came from (git checkout styles/fonts)"
    if not faces:
        return Diagnosis("fonts", "missing", "styles/fonts holds none", fix)
    if hollow:
        return Diagnosis("fonts", "missing", f"no font is in {', '.join(sorted(hollow)[:3])}", fix)
    return Diagnosis("fonts", "ok", f"{len(faces)} faces in styles/fonts")


_FACES = (".otf", ".ttf", ".woff", ".woff2")
_FACE_MAGIC = (b"OTTO", b"\0\1\0\0", b"true", b"wOFF", b"wOF2", b"ttcf")


def space(root: Path) -> Diagnosis:
    """Room for the environment, where it is not there yet, and for what is printed."""
    needed = OUTPUT_NEEDED
    with suppress(SetupError):
        if not (ready_here(root) or stamp_holds(root)):
            needed += SPACE_NEEDED
    for folder in (root, Path(tempfile.gettempdir())):
        free = shutil.disk_usage(folder).free
        if free < needed:
            said = f"{free // 10**6} MB free at {folder}; {needed // 10**6} MB are needed"
            fix = command("space") or "delete what is not needed, or move the folder"
            return Diagnosis("space", "missing", said, fix)
    return Diagnosis("space", "ok", f"{shutil.disk_usage(root).free // 10**6} MB free")


def writing(root: Path) -> Diagnosis:
    """A file, a lock and a rename in output/, as publishing needs them."""
    from press.base.place import place
    from press.output.publish import locked

    folder = root / "output" / ".doctor"
    try:
        with locked(folder):
            place(b"-", folder / "a", "")
            place(b"+", folder / "a", "")
            whole = (folder / "a").read_bytes() == b"+"
            held = not _taken_again(folder)
    except (ContentError, OSError) as error:
        said = error.findings[0].message if isinstance(error, ContentError) else str(error)
        place_ = "move the folder to where you may write (your home), or change its owner"
        return Diagnosis("output/", "missing", said, place_)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if not (held and whole):
        said = "this disk knows no locks: do not run two builds at once"
        return Diagnosis("output/", "weak", said, "move the folder to a disk of this machine")
    return Diagnosis("output/", "ok", "files, locks and renames work")


def _taken_again(folder: Path) -> bool:
    """Whether a lock that is held can be taken by another: then it is none."""
    from press.output.publish import locked

    try:
        with locked(folder):
            return True
    except ContentError:
        return False


def temporary(_: Path) -> Diagnosis:
    """Where workers keep their temporary files."""
    try:
        with tempfile.TemporaryDirectory(prefix="press-doctor-") as name:
            Path(name, "a").write_bytes(b"-")
    except OSError as error:
        said = f"cannot be written: {(error.strerror or str(error)).lower()}"
        fix = "name a folder that you may write: export TMPDIR=$HOME/tmp"
        return Diagnosis("temporary files", "missing", said, fix)
    return Diagnosis("temporary files", "ok", tempfile.gettempdir())


def memory(_: Path) -> Diagnosis:
    """What the machine has, or its container allows."""
    most = _memory()
    if most is None:
        return Diagnosis("memory", "ok", "this system does not say how much there is")
    said = f"{most / 1e9:.1f} GB"
    if most < MEMORY_NEEDED:
        fix = "close other programs, or give the container more: docker run --memory 4g"
        return Diagnosis("memory", "weak", f"{said}; large dossiers take 2 GB", fix)
    return Diagnosis("memory", "ok", said)


def _memory() -> int | None:
    sizes = []
    with suppress(AttributeError, ValueError, OSError):
        sizes.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    with suppress(OSError, ValueError):
        sizes.append(int(Path("/sys/fs/cgroup/memory.max").read_text("ascii")))
    return min(sizes, default=None)


def bounds(_: Path) -> Diagnosis:
    """The worker's limits, and whether this system lets them be."""
    wanted = Limits()
    told = ", ".join(f"{f.name}={shown(f.name, getattr(wanted, f.name))}" for f in fields(Limits))
    if sys.platform == "win32":
        said = f"this system bounds a worker's time only ({told.split(',', maxsplit=1)[0]})"
        return Diagnosis("limits", "weak", said, "build strangers' content under Linux (WSL)")
    import resource

    tight = [
        name
        for name, kind in (
            ("memory", resource.RLIMIT_AS),
            ("cpu", resource.RLIMIT_CPU),
            ("file", resource.RLIMIT_FSIZE),
            ("files", resource.RLIMIT_NOFILE),
        )
        if 0 <= resource.getrlimit(kind)[1] < getattr(wanted, name)
    ]
    if tight:
        said = f"this shell allows less {' and '.join(tight)} than {told}"
        fix = command("files") if tight == ["files"] else ""
        return Diagnosis("limits", "weak", said, fix or "ulimit -H -a shows who set what")
    return Diagnosis("limits", "ok", f"{told}; --limit changes them")


def walls(_: Path) -> Diagnosis:
    """Landlock and the filter of system calls."""
    version, filtered = sandbox.landlock_version(), sandbox.filterable()
    calls = "sockets and other programs are refused" if filtered else "system calls pass unfiltered"
    if version and filtered:
        return Diagnosis("jail", "ok", f"Landlock version {version}; {calls}")
    if not sys.platform.startswith("linux"):
        said = "Landlock is Linux's; here limits and the closed fetcher stand alone"
        return Diagnosis("jail", "weak", said, "build strangers' content under Linux (WSL, Lima)")
    said = f"Landlock version {version}" if version else "no Landlock"
    fix = (
        "use Linux 5.13 or newer (uname -r) with landlock in /sys/kernel/security/lsm (boot with "
        "lsm=landlock,…); in a container, let its three calls through: Docker 20.10.15 and newer do"
    )
    return Diagnosis("jail", "weak", f"{said}; {calls}", fix)


LOOKS: tuple[Callable[[Path], Diagnosis], ...] = (
    python,
    environment,
    libraries,
    fonts,
    space,
    writing,
    temporary,
    memory,
    bounds,
    walls,
)
