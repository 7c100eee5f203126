"""The promise, watched from outside: what a build opens, writes, connects to and starts.

Once by Python's audit hook, in the build and in its workers, everywhere; once by strace, which also
sees libraries, where that is installed and allowed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from press.jobs import sandbox
from tests.conftest import EXAMPLE, ROOT
from tests.faults.kill import SLUG
from tests.faults.kill import project as small

WATCHING = """
import json, os, sys
log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
KEPT = ("open", "os.", "socket.", "subprocess.", "shutil.", "urllib.", "http.", "ctypes.dlopen",
        "sqlite3.connect", "webbrowser.", "smtplib.", "ftplib.", "pty.", "tempfile.")
def hook(event, args):
    if event.startswith(KEPT):
        line = json.dumps([event, [str(a) for a in args]]) + chr(10)
        os.write(log, line.encode("utf-8", "replace"))
sys.addaudithook(hook)
"""
BUILDING = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from press.base import folders
from press.cli.main import main
folders.ROOT = Path({project!r})
sys.exit(main(["build"]))
"""

READ = ("dossier.yaml", "sources.yaml", "chronology.yaml", "gazetteer.yaml", "plates.yaml",
        "images/images.yaml", "images/ridge.png")  # fmt: skip
"""Of the small dossier what makes a build open files of every kind: fonts, atlas, pictures."""
CHAPTER = "# The ridge\n\nIt was so [@whymper, p. 80].\n\n![](image:ridge)\n"

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a dossier of one chapter, in a home of its own with somebody's secrets."""
    home = tmp_path_factory.mktemp("home")
    (home / ".ssh").mkdir()
    (home / ".ssh" / "id_rsa").write_text("secret")
    folder = home / "project"
    for part in ("templates", "styles"):
        shutil.copytree(ROOT / part, folder / part, copy_function=os.link)
    for name in READ:
        target = folder / "content" / "matterhorn" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLE / name, target)
    (folder / "content/matterhorn/chapters").mkdir()
    (folder / "content/matterhorn/chapters/01-ridge.md").write_text(CHAPTER, "utf-8")
    (folder / "press").mkdir()
    (home / "tmp").mkdir()
    return folder


def environment(project: Path) -> Mapping[str, str]:
    """Somebody's environment, with a home and a folder for temporary files."""
    home = project.parent
    return {**os.environ, "HOME": str(home), "TMPDIR": str(home / "tmp"),
            "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip


def fresh(project: Path) -> None:
    """Makes the next build print everything anew."""
    shutil.rmtree(project / "output", ignore_errors=True)


def within(path: str, roots: tuple[Path, ...]) -> bool:
    """Whether a path lies under one of some folders, or is the press's own that Python lists."""
    try:
        whole = Path(os.path.normpath(path))
    except ValueError:
        return False
    return whole == ROOT or any(whole == root or root in whole.parents for root in roots)


def readable(project: Path) -> tuple[Path, ...]:
    """What a build may read: the project, the press, Python, its packages, system libraries."""
    own = {Path(p) for p in (*sys.path, sys.prefix, sys.base_prefix) if p}
    real = {p.resolve() for p in own}
    system = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/dev/null",
              "/dev/urandom", "/proc/self", "/proc/cpuinfo", "/sys/devices/system/cpu",
              "/proc/meminfo", "/etc/ld.so.preload", "/sys/fs/cgroup", "/proc/sys/vm",
              "/proc/filesystems")  # fmt: skip
    above = {ROOT, *ROOT.parents}
    return (project, ROOT / "press", ROOT / "requirements.lock", project.parent / "tmp",
            *((own | real) - above), *map(Path, system))  # fmt: skip


def writable(project: Path) -> tuple[Path, ...]:
    """What a build may write: the output, with its locks, and its temporary files."""
    return (project / "output", project.parent / "tmp", Path("/dev/null"))


def events(log: Path) -> Iterator[tuple[str, list[str]]]:
    """Each event that was heard, with its arguments as text."""
    for line in log.read_text("utf-8").splitlines():
        event, args = json.loads(line)
        yield event, args


CALLS = (
    "open,openat,creat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,symlink,"
    "symlinkat,truncate,socket,connect,bind,sendto,execve,execveat"
)


def _strace() -> list[str]:
    """A strace that may trace here, with its quick way where it has one; empty where none is."""
    found = shutil.which("strace")
    for options in (["-f", "--seccomp-bpf"], ["-f"]) if found else ():
        command = [str(found), *options, "-o", os.devnull]
        if subprocess.run([*command, "true"], capture_output=True).returncode == 0:
            return [str(found), *options]
    return []


@pytest.fixture(scope="module")
def watched(project: Path) -> Path:
    """The folder of what was heard of one build, by the audit hook and, where it may, by strace."""
    fresh(project)
    logs = project.parent / "logs"
    logs.mkdir()
    code = WATCHING + BUILDING.format(root=str(ROOT), project=str(project))
    traced = [*_strace(), "-qq", "-s", "300", "-e", "signal=none", "-e", f"trace={CALLS}"]
    command = [*traced, "-o", str(logs / "kernel")] if _strace() else []
    done = subprocess.run(
        [*command, sys.executable, "-c", code, str(logs / "python")],
        env=environment(project),
        capture_output=True,
        text=True,
        cwd=project,
    )
    assert done.returncode == 0, done.stderr
    return logs


def test_python_opens_nothing_else(project: Path, watched: Path) -> None:
    """The audit hook hears no foreign file, no connection and no program."""
    heard = list(events(watched / "python"))
    opened = [args for event, args in heard if event == "open" and args[0].startswith("/")]
    assert len(opened) > 100
    wrote = [a for a in opened if int(a[2]) & _WRITES or set(a[1]) & set("wax+")]
    assert any("output" in a[0] for a in wrote)
    assert not [a for a in wrote if not within(a[0], writable(project))]
    assert not [a for a in opened if not within(a[0], (*readable(project), *writable(project)))]
    foreign = ("socket.", "subprocess.", "urllib.", "http.", "os.system", "os.exec",
               "os.posix_spawn", "webbrowser.")  # fmt: skip
    assert not [(event, args) for event, args in heard if event.startswith(foreign)]
    changed = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link",
               "os.symlink", "os.truncate", "shutil.rmtree")  # fmt: skip
    assert not [
        (event, args)
        for event, args in heard
        if event in changed and args[0].startswith("/") and not within(args[0], writable(project))
    ]
    assert not list((project.parent / "tmp").iterdir())


def test_the_hook_hears(tmp_path: Path) -> None:
    """A build that did open a secret, or a connection, would be heard."""
    log = tmp_path / "log"
    (tmp_path / "secret").write_text("x")
    code = WATCHING + "import socket, pathlib; socket.socket();"
    code += f"pathlib.Path({str(tmp_path / 'secret')!r}).read_text()"
    subprocess.run([sys.executable, "-c", code, str(log)], check=True)
    heard = list(events(log))
    assert [args for event, args in heard if event == "open" and args[0].endswith("/secret")]
    assert [event for event, _ in heard if event.startswith("socket.")]


CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+|\?)")
_OPENS = ("open", "openat", "creat")


@pytest.mark.skipif(not _strace(), reason="strace is not installed, or may not trace here")
def test_the_kernel_is_asked_for_nothing_else(project: Path, watched: Path) -> None:
    """Nor do libraries open a foreign file, a socket or a program, as the kernel is asked."""
    lines = (watched / "kernel").read_text("utf-8", "replace").splitlines()
    calls = [m for line in lines if (m := CALL.match(line))]
    assert len(calls) > 500
    named = [(m[1], m[2], m[3]) for m in calls if not m[3].startswith("-")]
    assert not [c for c in named if c[0] in ("socket", "connect", "bind", "sendto")]
    assert len([c for c in named if c[0].startswith("execve")]) == 1
    may_write, may_read = (*writable(project), watched), readable(project)
    for call, args, _ in named:
        for path in re.findall(r'"(/[^"]*)"', args):
            if call in _OPENS and not re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", args):
                assert within(path, (*may_read, *may_write)), f"{call}({args})"
            elif call != "execve":
                assert within(path, may_write), f"{call}({args})"


@pytest.mark.skipif(not sandbox.landlock_version(), reason="this kernel has no Landlock")
def test_walls_are_up_in_a_build(tmp_path: Path) -> None:
    """A build whose own code turns bad in a worker reads no secret and sends none."""
    project = small(tmp_path / "project")
    chapter = project / "content" / SLUG / "chapters" / "01-words.md"
    chapter.write_text("# Words\n\nWords.\n", "utf-8")
    (tmp_path / "tmp").mkdir()
    secret = tmp_path / "id_rsa"
    secret.write_text("secret")
    bad = f"""
from press import pipeline
def turned(*_):
    import pathlib, socket
    said = []
    for work in (lambda: pathlib.Path({str(secret)!r}).read_text(), lambda: socket.socket(),
                 lambda: pathlib.Path({str(project / "content" / "x")!r}).write_text("x")):
        try:
            said.append(str(work()))
        except OSError as error:
            said.append("refused")
    raise RuntimeError("turned: " + " ".join(said))
pipeline.read_prose = turned
"""
    code = BUILDING.format(root=str(ROOT), project=str(project)).replace(
        "sys.exit(", bad + "sys.exit("
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(project), capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    assert "turned: refused refused refused" in done.stderr, done.stderr
    assert not (project / "content" / "x").exists()
