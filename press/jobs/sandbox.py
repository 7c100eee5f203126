"""The worker's walls, where the kernel builds them: Landlock and a filter of system calls.

Both are Linux's own and need no privilege and no package. Landlock (kernel 5.13, TCP from 6.7)
bounds which files a process may open; the filter (seccomp, on x86-64 and ARM64) refuses sockets,
other programs, new processes and changes of owners, modes and times, which Landlock leaves alone.
Neither can be taken off again. Elsewhere ``confine`` builds nothing, and says so.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# linux/landlock.h. The numbers of its three system calls are the same on every architecture.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_EXECUTE, _WRITE, _READ, _READ_FOLDER = 1, 2, 4, 8
_FIRST = (1 << 13) - 1
"""Every right of the first version."""
_ADDED = ((2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
"""Version and right: refer, truncate, ioctl on devices."""
_OF_FILES = _EXECUTE | _WRITE | _READ | 1 << 14 | 1 << 15
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _GET_SECCOMP, _DIE_WITH_PARENT = 38, 22, 21, 1

SYSTEM = (
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom",
)  # fmt: skip
"""What shared libraries and Python's own need to be able to read."""

# linux/audit.h, and arch/*/include/…/unistd: what a worker never needs.
_CALLS: dict[str, tuple[int, int, tuple[int, ...]]] = {
    # machine: (audit number, kill, refused: sockets; processes; other processes' memory; kernel
    # doors and signals; owners, modes, times and attributes of files)
    "x86_64": (0xC000003E, 62, (
        41, 42, 43, 49, 50, 53, 288,
        57, 58, 59, 322,
        101, 310, 311, 434, 438, 440,
        425, 321, 298, 323, 250, 248, 272, 308, 165, 129, 200,
        90, 91, 92, 93, 94, 260, 268, 452, 188, 189, 190, 197, 198, 199, 132, 235, 261, 280,
    )),
    "aarch64": (0xC00000B7, 129, (
        198, 199, 200, 201, 202, 203, 242,
        221, 281,
        117, 270, 271, 434, 438, 440,
        425, 280, 241, 282, 219, 217, 97, 268, 40, 138, 130,
        52, 53, 54, 55, 452, 5, 6, 7, 14, 15, 16, 88,
    )),
}  # fmt: skip
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_THREAD = 0x00010000
"""CLONE_THREAD: threads may begin, processes may not."""


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def landlock_version() -> int:
    """The version of Landlock that this kernel offers; 0 where it has none."""
    if not sys.platform.startswith("linux"):
        return 0
    nothing, size, version = None, ctypes.c_size_t(0), ctypes.c_uint32(1)
    return max(0, int(_libc().syscall(_CREATE, nothing, size, version)))


def filterable() -> bool:
    """Whether system calls can be filtered here."""
    if not sys.platform.startswith("linux") or os.uname().machine not in _CALLS:
        return False
    return int(_libc().prctl(_GET_SECCOMP, 0, 0, 0, 0)) >= 0


def readable(fonts: Iterable[Path] = ()) -> tuple[Path, ...]:
    """What a worker may read: Python, its packages, the press, ``fonts``, shared libraries.

    The content is not among it: the worker has been given its snapshot.
    """
    packages = {Path(p).resolve() for p in sys.path if p} | {
        Path(p).resolve() for p in (sys.prefix, sys.base_prefix)
    }
    above = {ROOT, *ROOT.parents}  # ``python build.py`` puts the project itself on the path
    return (
        *sorted(packages - above),
        ROOT / "press",
        ROOT / "requirements.lock",
        *fonts,
        *map(Path, SYSTEM),
    )


def confine(reading: Iterable[Path], writing: Iterable[Path]) -> None:
    """Bounds this process and its threads for good: it opens what is below these, and nothing else.

    Also nothing through TCP, and where calls are filtered no socket at all, no other program and no
    new process. Raises OSError where the kernel offers a wall and refuses to build it.
    """
    version = landlock_version()
    if sys.platform.startswith("linux"):
        _prctl(_NO_NEW_PRIVILEGES, 1)
    if version:
        _landlock(version, reading, writing)
    if filterable():
        _filter_calls()


def _prctl(option: int, *values: object) -> None:
    filled = [*values, *[0] * (4 - len(values))]
    if _libc().prctl(option, *filled) < 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}")


def die_with_parent(parent: int) -> None:
    """Has the kernel kill this process when ``parent`` ends, where it can."""
    if sys.platform.startswith("linux"):
        _prctl(_DIE_WITH_PARENT, 9)
        if os.getppid() != parent:  # it ended before we asked
            os._exit(1)


def _landlock(version: int, reading: Iterable[Path], writing: Iterable[Path]) -> None:
    """Paths that are not there are left out."""
    files = _FIRST | sum(right for since, right in _ADDED if version >= since)
    tcp = 0b11 if version >= 4 else 0
    scopes = 0b11 if version >= 6 else 0  # abstract sockets and signals
    rules = struct.pack("QQQ", files, tcp, scopes)
    rules = rules[: 24 if version >= 6 else 16 if version >= 4 else 8]
    libc = _libc()
    handle = libc.syscall(_CREATE, rules, ctypes.c_size_t(len(rules)), ctypes.c_uint32(0))
    if handle < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    try:
        for paths, rights in ((reading, _READ | _READ_FOLDER | _EXECUTE), (writing, files)):
            for path in paths:
                _allow(libc, handle, path, rights)
        if libc.syscall(_RESTRICT, handle, ctypes.c_uint32(0)) < 0:
            raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    finally:
        os.close(handle)


def _allow(libc: ctypes.CDLL, handle: int, path: Path, rights: int) -> None:
    try:
        opened = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        rule = struct.pack("=Qi", rights if path.is_dir() else rights & _OF_FILES, opened)
        if libc.syscall(_ADD, handle, 1, rule, 0) < 0:
            raise OSError(ctypes.get_errno(), f"landlock_add_rule for {path}")
    finally:
        os.close(opened)


# linux/filter.h and linux/seccomp.h: instructions are code, jumps where true and false, operand.
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENT = 0, 4, 16
_FOREIGN = 0x40000000
"""Numbers of the x32 interface begin here; none of ours does."""


def program(machine: str, own: int) -> bytes:
    """The filter for a machine (``os.uname().machine``) and a process, as the kernel reads it.

    Refused calls fail with EPERM. ``kill`` is left for the process itself, ``clone`` for threads;
    ``clone3``, whose flags a filter cannot see, is said not to exist, so that libraries use
    ``clone``.
    """
    audit, kill, refused = _CALLS[machine]
    refuse, unknown = _REFUSE | errno.EPERM, _REFUSE | errno.ENOSYS
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, audit),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _FOREIGN),
        (_RETURN, 0, 0, _KILL),
        (_EQUAL, 0, 1, _CLONE3),
        (_RETURN, 0, 0, unknown),
        (_EQUAL, 0, 4, _CLONE[machine]),
        (_LOAD, 0, 0, _ARGUMENT),
        (_ANY_BIT, 0, 1, _THREAD),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, refuse),
        (_EQUAL, 0, 4, kill),
        (_LOAD, 0, 0, _ARGUMENT),
        (_EQUAL, 0, 1, own),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, refuse),
    ]
    for number in refused:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, refuse)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _filter_calls() -> None:
    code = program(os.uname().machine, os.getpid())
    held = ctypes.create_string_buffer(code, len(code))
    whole = struct.pack("@HP", len(code) // 8, ctypes.addressof(held))
    _prctl(_SET_SECCOMP, 2, whole, 0, 0)
