"""Prepare a bare machine, then hand over: the environment, the system libraries, clear advice.

Standard library only, and little of it at the start: this is the part of the press that runs
before anything is installed, and again at the head of every run. What it leaves behind stands
beside build.py: `.venv` (the environment), `.venv.lock` (held while one run prepares it) and,
after a failure, `.venv.log` (what the tools said).
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from press.base.filelock import take

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
HANDED = "PRESS_ENVIRONMENT"
"""Tells the interpreter that takes over whether its environment was found or just prepared."""

ALL_CORES = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
"""How the whole suite runs: by file, so that what a file prepares is prepared once."""


SPACE_NEEDED = 900_000_000
"""Bytes: some 650 million for the packages, and room for pip to unpack them."""

PIP_INSTALL = (
    *("-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install"),
    *("--require-hashes", "--only-binary=:all:", "--no-deps", "--no-compile"),
    *("--no-warn-script-location", "--progress-bar=off", "--requirement"),
)


class SetupError(Exception):
    """The machine cannot be made ready; the message says why and what to do about it."""


def run(argv: Sequence[str]) -> int:
    """Do what build.py is asked to, in an interpreter that has everything; return the exit code.

    On most systems this call does not return where another interpreter takes over: that one
    replaces the process. Whatever is wrong with the machine is one sentence and exit code 1.
    """
    handed = os.environ.pop(HANDED, "")
    try:
        if list(argv[:1]) == ["doctor"]:
            from press.setup.doctor import doctor

            return doctor(ROOT)
        if (code := unchanged(argv)) is not None:
            return code
        if ready_here(ROOT):
            require_libraries(ROOT)
            return start(argv)
        python, how = environment(ROOT, handed)
        return hand_over([str(python), str(ROOT / "build.py"), *argv], {HANDED: how})
    except SetupError as error:
        say(f"press: {error}")
        return 1
    except KeyboardInterrupt:
        say("\npress: interrupted; run the same command again")
        return 130


def unchanged(argv: Sequence[str]) -> int | None:
    """Answer at once where nothing is to be done: no environment is needed to say so."""
    from press.cli import main

    try:
        return main.quick(argv)
    except Exception:  # noqa: BLE001 the command itself meets it again, and says it in full
        return None


def start(argv: Sequence[str]) -> int:
    """Run the verb in this interpreter, which has everything, and return its exit code."""
    if list(argv[:1]) == ["test"]:
        os.chdir(ROOT)
        return hand_over([sys.executable, "-m", "pytest", *(argv[1:] or ALL_CORES)])
    from press.cli import main  # what it imports is there only now

    return main.main(list(argv))


def hand_over(command: list[str], variables: Mapping[str, str] | None = None) -> int:
    """Replace this process by `command`, or where a system cannot, run it and return its code.

    PYTHONPATH and PYTHONHOME stay behind: what runs is what the lock names.
    """
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    environ = kept | dict(variables or {})
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        if sys.platform == "win32":  # there exec returns to the prompt before the work is done
            import subprocess

            return subprocess.call(command, env=environ)
        os.execve(command[0], command, environ)
    except OSError as error:
        raise SetupError(
            f"{command[0]} does not start ({error.strerror}); delete {ROOT / '.venv'} "
            "and run this again"
        ) from error


def say(sentence: str) -> None:
    """Print one line of progress, or of bad news, on stderr."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


# The environment ------------------------------------------------------------------------------


class Requirement(NamedTuple):
    """One line of the lock: a normalised name, its only version, and where it applies."""

    name: str
    version: str
    marker: str


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


def locked(root: Path) -> list[Requirement]:
    """Return what requirements.lock asks for, markers not yet weighed."""
    pattern = r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)[ \t]*(?:;[ \t]*([^\\\n]*))?"
    lines = re.findall(pattern, lock_text(root), re.MULTILINE)
    return [Requirement(normalised(name), version, mark.strip()) for name, version, mark in lines]


def lock_text(root: Path) -> str:
    """Return the lock's text; raise SetupError where it is gone."""
    try:
        return (root / "requirements.lock").read_text("utf-8")
    except OSError as error:
        raise SetupError(
            f"requirements.lock cannot be read ({error.strerror}); "
            "put it back from where this folder came from"
        ) from error


def normalised(name: str) -> str:
    """Return a package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(path: Iterable[str]) -> dict[str, str]:
    """Return normalised name -> version of the packages on `path`; the first of a name counts.

    The names of the metadata folders say it all, and reading them takes a millisecond.
    """
    found: dict[str, str] = {}
    for folder in path:
        try:
            entries = os.listdir(folder or os.curdir)
        except OSError:
            continue
        for entry in entries:
            if entry.endswith(".dist-info"):
                name, _, version = entry.removesuffix(".dist-info").rpartition("-")
                found.setdefault(normalised(name), version)
    return found


def serves(wanted: Iterable[Requirement], found: Mapping[str, str]) -> bool:
    """Say whether `found` has everything `wanted` at the locked versions."""
    return all(found.get(r.name) == r.version or not applies(r.marker) for r in wanted)


def applies(marker: str) -> bool:
    """Say whether an environment marker (PEP 508) holds for the running interpreter."""
    if not marker:
        return True
    import ast  # a marker happens to be a Python expression

    return _holds(ast.parse(marker, mode="eval").body)


def _holds(node: ast.expr) -> bool:
    import ast

    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_holds(value) for value in values)
        case ast.BoolOp(op=ast.Or(), values=values):
            return any(_holds(value) for value in values)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            a, b = _comparable(left), _comparable(right)
            weighed = {
                ast.Eq: a == b,
                ast.NotEq: a != b,
                ast.Lt: a < b,
                ast.LtE: a <= b,
                ast.Gt: a > b,
                ast.GtE: a >= b,
            }
            if type(op) in weighed:
                return weighed[type(op)]
    raise ValueError("the lock has an environment marker of a form unknown here")


def _comparable(node: ast.expr) -> tuple[tuple[int, str], ...]:
    """Return a marker's variable or string so that versions compare by their numbers."""
    import ast

    match node:
        case ast.Name(id=name):
            text = marker_variable(name)
        case ast.Constant(value=str(text)):
            pass
        case _:
            raise ValueError("the lock has an environment marker of a form unknown here")
    return tuple(
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"[._-]", text)
    )


def marker_variable(name: str) -> str:
    """Return the running interpreter's value of one PEP 508 marker variable."""
    import platform

    values = {
        "python_version": python_version(),
        "python_full_version": platform.python_version(),
        "sys_platform": sys.platform,
        "os_name": os.name,
        "platform_system": platform.system(),
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "implementation_name": sys.implementation.name,
    }
    return values[name]


def python_version() -> str:
    """Return the running Python's version without its last number: "3.11"."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


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
        tool([base_interpreter(venv), "-I", "-m", "venv", "--clear", str(venv)], log)
        tool([str(interpreter(root)), *PIP_INSTALL, str(root / "requirements.lock")], log)
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


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the lock that one run at a time can hold; the system frees it when a run dies."""
    try:
        handle = (root / ".venv.lock").open("a")
    except OSError as error:
        raise SetupError(unwritable(error, root)) from error
    with handle:
        if not take(handle.fileno(), wait=False):
            say("another run is preparing the environment; waiting for it ...")
            take(handle.fileno(), wait=True)
        yield


# Other people's tools -------------------------------------------------------------------------


DISPLACING = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_DRY_RUN")
"""A user's settings for pip that would put packages elsewhere. Proxies and mirrors are kept."""


def tool(command: Sequence[str], log: Path, **variables: str) -> None:
    """Run a tool quietly, its words kept in `log`; raise SetupError where it fails.

    On a terminal, a line counts the packages as pip collects them.
    """
    import subprocess

    environ = {k: v for k, v in os.environ.items() if k not in DISPLACING} | variables
    with log.open("ab") as record:
        record.write(f"$ {' '.join(command)}\n".encode())
        record.flush()
        begin, collected = record.tell(), 0
        with subprocess.Popen(  # our own command line
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environ,
        ) as process:
            for line in process.stdout or ():
                record.write(line)
                if line.startswith(b"Collecting ") and sys.stderr.isatty():
                    collected += 1
                    sys.stderr.write(f"\r  {collected} packages\033[K")
                    sys.stderr.flush()
        if collected:
            sys.stderr.write("\r\033[K")
    if process.returncode != 0:
        with log.open("rb") as record:
            record.seek(begin)
            words = record.read().decode("utf-8", "replace")
        raise SetupError(f"{diagnosis(words)}\n  what was tried and said is in {log}")


DIAGNOSES = (
    (
        r"DO NOT MATCH THE HASHES",
        "a downloaded package is not the one that requirements.lock names: its hash differs; "
        "try once more, and if it stays so, whatever stands between you and the package index "
        "changes files: ask who runs it",
    ),
    (
        r"No space left on device|Errno 28|not enough space",
        f"the disk is full; free {SPACE_NEEDED // 10**6} MB and run this again",
    ),
    (
        r"Read-only file system|Permission denied|Access is denied",
        "this folder cannot be written to; move it to where you may write and run this again",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification",
        "the package index's certificate is not trusted here; behind a proxy that signs its own, "
        "name its certificate in PIP_CERT and run this again",
    ),
    (
        r"NewConnectionError|NameResolutionError|name resolution|Max retries exceeded|ProxyError"
        r"|Read timed out|ReadTimeout|ConnectTimeout|Connection ?(?:Error|refused|reset|aborted)"
        r"|Network is unreachable|Temporary failure|Could not (?:resolve|connect)",
        "the packages cannot be fetched: no connection; "
        "check the network (and HTTPS_PROXY, if you use a proxy) and run this again",
    ),
    (
        r"no such option",
        "this Python's pip is too old; use a newer Python, from 3.11 on",
    ),
    (
        r"No matching distribution found|Could not find a version|not a supported wheel",
        "a package has no ready-made build for this Python or this system; "
        "use CPython 3.11 to 3.14, 64-bit, on Linux, Windows or macOS 14 and later",
    ),
    (
        r"Unable to locate package|has no installation candidate",
        "this system's package lists do not have the libraries the press needs",
    ),
)
"""What a tool's words give away, most certain first, and the remedy."""


def diagnosis(words: str) -> str:
    """Return cause and remedy in one sentence, from what a failed tool printed."""
    for pattern, sentence in DIAGNOSES:
        if re.search(pattern, words):
            return sentence
    faults = re.findall(r"^(?:ERROR|E|Error|\w*Error): ?(.+)$", words, re.MULTILINE)
    return f"the environment could not be prepared: {faults[-1] if faults else 'a tool failed'}"


def unwritable(error: OSError, root: Path) -> str:
    """Return the sentence for a folder that would not take what was to be written."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk that holds {root} is full; free some space and run this again"
    return (
        f"the environment cannot be written to {root} ({error.strerror}); move the folder to "
        "where you may write, or run this from an environment that has what requirements.lock names"
    )


# System libraries -----------------------------------------------------------------------------


LIBRARIES = {
    "linux": (
        "libgobject-2.0.so.0",
        "libfontconfig.so.1",
        "libharfbuzz.so.0",
        "libharfbuzz-subset.so.0",
        "libpango-1.0.so.0",
        "libpangoft2-1.0.so.0",
    ),
    "darwin": (
        "gobject-2.0",
        "fontconfig",
        "harfbuzz",
        "harfbuzz-subset",
        "pango-1.0",
        "pangoft2-1.0",
    ),
    "win32": (
        "libgobject-2.0-0.dll",
        "libfontconfig-1.dll",
        "libharfbuzz-0.dll",
        "libharfbuzz-subset-0.dll",
        "libpango-1.0-0.dll",
        "libpangoft2-1.0-0.dll",
    ),
}
"""What WeasyPrint 70 opens (its text/ffi.py), by the names each system knows."""

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
    names = LIBRARIES.get(sys.platform, LIBRARIES["linux"])
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
    from importlib.util import find_spec

    if find_spec("ensurepip") and find_spec("venv"):
        return
    package = f"python{python_version()}-venv"
    family = system_family()
    if family == "debian" and administrator():
        apt_install([package], "Python's venv, which keeps the press's packages apart", root)
        import importlib

        importlib.invalidate_caches()
        if find_spec("ensurepip"):
            return
    raise SetupError(ensurepip_advice(family, package, administrator=administrator()))


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
            tool(["apt-get", "-q", "update"], log, **quiet)
        tool(["apt-get", "install", *options, *packages], log, **quiet)
        log.unlink(missing_ok=True)
    except SetupError as error:
        line = f"{APT_INSTALL} {' '.join(packages)}"
        raise SetupError(f"{error}\n  to install by hand: apt-get update && {line}") from error
    except OSError as error:
        raise SetupError(f"apt-get cannot be run here ({error.strerror})") from error


def show() -> NoReturn:
    """Print the interpreter that has everything, preparing what must be, for other scripts."""
    try:
        python = Path(sys.executable) if ready_here(ROOT) else environment(ROOT)[0]
    except SetupError as error:
        sys.exit(f"press: {error}")
    sys.stdout.write(f"{python}\n")
    sys.exit(0)


if __name__ == "__main__":
    show()
