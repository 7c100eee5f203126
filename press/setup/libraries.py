"""The system's libraries, Pango and HarfBuzz: looked for, installed, or advised upon."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from press.setup import tools
from press.setup.lock import python_version
from press.setup.tools import SetupError, alone, say

if TYPE_CHECKING:
    from collections.abc import Sequence

LIBRARIES = {
    "gobject-2.0": 0,
    "fontconfig": 1,
    "harfbuzz": 0,
    "harfbuzz-subset": 0,
    "pango-1.0": 0,
    "pangoft2-1.0": 0,
}
"""What WeasyPrint 70 opens (its text/ffi.py), with the versions of their interfaces."""

FILES = {"darwin": "{}", "win32": "lib{}-{}.dll"}
"""What a library is called where it is not ``lib{}.so.{}``."""

DEBIAN_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")

APT_INSTALL = "apt-get install --no-install-recommends"

INSTALLS = {
    "debian": f"{APT_INSTALL} {' '.join(DEBIAN_PACKAGES)}",
    "fedora": "dnf install pango harfbuzz",
    "arch": "pacman -S --needed pango harfbuzz",
    "alpine": "apk add pango so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0",
    "suse": "zypper install libpango-1_0-0 libharfbuzz-subset0",
    "macos": "brew install pango harfbuzz",
    "windows": "pacman -S mingw-w64-ucrt-x86_64-pango",
}
"""The command that brings Pango and HarfBuzz's subsetter to each family of systems."""

RELATIVES = {
    "ubuntu": "debian",
    "rhel": "fedora",
    "centos": "fedora",
    "opensuse": "suse",
    "sles": "suse",
    "archlinux": "arch",
}
"""Names in os-release whose family goes by another name here."""

HOMEBREW = ("/opt/homebrew/lib", "/usr/local/lib", "/opt/local/lib", "/usr/lib")

MSYS2 = (r"C:\msys64\ucrt64\bin", r"C:\msys64\mingw64\bin")


def system_family() -> str:
    """Return the key of this system in INSTALLS, or "" where it is none of them."""
    if family := {"darwin": "macos", "win32": "windows"}.get(sys.platform):
        return family
    for file in (Path("/etc/os-release"), Path("/usr/lib/os-release")):
        try:
            return linux_family(file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            continue
    return ""


def linux_family(os_release: str) -> str:
    """Return the family that an os-release file names by ID or, failing that, by ID_LIKE."""
    fields = dict(re.findall(r"""^(ID|ID_LIKE)=["']?([^"'\n]*)""", os_release, re.MULTILINE))
    for name in f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".lower().split():
        family = RELATIVES.get(name, name.partition("-")[0])
        if family in INSTALLS:
            return family
    return ""


def missing_libraries() -> list[str]:
    """Return the names of the libraries WeasyPrint needs that do not open on this system.

    Opening them takes some milliseconds, which WeasyPrint then need not spend.
    """
    look_further()
    form = FILES.get(sys.platform, "lib{}.so.{}")
    names = [form.format(name, version) for name, version in LIBRARIES.items()]
    return [name for name in names if not opens(name)]


def opens(name: str) -> bool:
    """Say whether the loader finds and opens a library."""
    import ctypes

    if sys.platform == "darwin":
        import ctypes.util

        name = ctypes.util.find_library(name) or name
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def look_further() -> None:
    """Let the loader look where Homebrew, MacPorts and MSYS2 put libraries.

    A Python from elsewhere does not look there by itself, and WeasyPrint asks the same loader.
    """
    if sys.platform == "darwin":
        paths = [p for p in os.environ.get("DYLD_FALLBACK_LIBRARY_PATH", "").split(":") if p]
        paths += [p for p in HOMEBREW if p not in paths]
        os.environ["DYLD_FALLBACK_LIBRARY_PATH"] = ":".join(paths)
    elif sys.platform == "win32":
        named = os.environ.get("WEASYPRINT_DLL_DIRECTORIES")
        for folder in named.split(";") if named else MSYS2:
            if Path(folder).is_dir():
                os.add_dll_directory(folder)


def require_libraries(root: Path) -> None:
    """Make sure Pango and HarfBuzz's subsetter are there: install them, or raise the advice.

    They are installed only on Debian and its family, and only where we are the administrator.
    """
    if not missing_libraries():
        return
    if system_family() == "debian" and administrator():
        with alone(root):
            if missing_libraries():
                apt_install(DEBIAN_PACKAGES, "Pango and HarfBuzz, which set the pages", root)
    if missing := missing_libraries():
        raise SetupError(library_advice(system_family(), missing, administrator=administrator()))


def library_advice(family: str, missing: Sequence[str], *, administrator: bool) -> str:
    """Return what is missing, what it is for, and the one command for this family of systems."""
    fault = (
        "Pango and HarfBuzz's subsetter, which set the pages and their fonts, are not complete on "
        f"this machine (missing: {', '.join(missing)}); "
    )
    if family not in INSTALLS:
        return fault + "install both with this system's package manager and run this again"
    where = {
        "macos": "install them with Homebrew (brew.sh)",
        "windows": "install MSYS2 (msys2.org) and, in its UCRT64 window, them",
    }.get(family, "install them")
    line = with_sudo(family, INSTALLS[family], administrator=administrator)
    return f"{fault}{where}:\n\n    {line}\n\nthen run this again"


def with_sudo(family: str, line: str, *, administrator: bool) -> str:
    """Return a command line with sudo before it where it needs that."""
    return line if administrator or family in ("macos", "windows") else f"sudo {line}"


def administrator() -> bool:
    """Say whether this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def require_ensurepip(root: Path) -> None:
    """Make sure this Python can make an environment with pip in it: Debian splits that off."""
    if makes_environments():
        return
    package = f"python{python_version()}-venv"
    family = system_family()
    if family == "debian" and administrator():
        apt_install([package], "Python's venv, which keeps the press's packages apart", root)
        import importlib

        importlib.invalidate_caches()
        if makes_environments():
            return
    raise SetupError(ensurepip_advice(family, package, administrator=administrator()))


def makes_environments() -> bool:
    """Say whether this Python has what it takes to make an environment with pip in it."""
    from importlib.util import find_spec

    return bool(find_spec("ensurepip") and find_spec("venv"))


def ensurepip_advice(family: str, package: str, *, administrator: bool) -> str:
    """Return what to do about a Python that cannot make environments."""
    fault = "this Python cannot make an environment of its own (venv or ensurepip is missing); "
    if family == "debian":
        line = with_sudo(family, f"{APT_INSTALL} {package}", administrator=administrator)
        return f"{fault}install that part:\n\n    {line}\n\nthen run this again"
    return fault + "install the rest of it, or a Python from python.org, and run this again"


def apt_install(packages: Sequence[str], purpose: str, root: Path) -> None:
    """Install Debian packages as the administrator; raise SetupError with the command to try."""
    say(f"installing {purpose} (once): {' '.join(packages)} ...")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    options = ["-q", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    log = root / ".venv.log"
    try:
        log.unlink(missing_ok=True)
        with suppress(SetupError):  # a broken list need not matter: the installation decides
            tools.run(["apt-get", "-q", "update"], log, **quiet)
        tools.run(["apt-get", "install", *options, *packages], log, **quiet)
        log.unlink(missing_ok=True)
    except SetupError as error:
        line = f"{APT_INSTALL} {' '.join(packages)}"
        raise SetupError(f"{error}\n  to install by hand: apt-get update && {line}") from error
    except OSError as error:
        raise SetupError(f"apt-get cannot be run here ({error.strerror})") from error
