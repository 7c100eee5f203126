"""A bare machine becomes ready, or says in one sentence what is in the way.

No network and no installation here: pip, apt-get and the loader are stood in for, the rest is real.
"""

from __future__ import annotations

import ast
import ctypes
import ctypes.util
import errno
import os
import re
import subprocess
import sys
import threading
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

import press.cli
from press.setup import bootstrap, environment, libraries, lock, tools
from press.setup.lock import Requirement
from press.setup.tools import SetupError
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LOCK = """\
--only-binary :all:

alpha-one==1.2 \\
    --hash=sha256:00
    # via dossier-press (pyproject.toml)
beta==3.0.post1 ; sys_platform == 'nowhere' \\
    --hash=sha256:11 \\
    --hash=sha256:22
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project folder with a small lock and nothing prepared."""
    (tmp_path / "requirements.lock").write_text(LOCK, "utf-8")
    return tmp_path


def finish(root: Path) -> None:
    """Make a `.venv` that looks finished."""
    python = environment.interpreter(root)
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text("#!/bin/sh\n", "utf-8")
    python.chmod(0o755)
    environment.stamp_file(root).write_text(environment.stamp(root), "utf-8")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Stand in for every outside tool; the commands they would have been given."""
    given: list[list[str]] = []

    def tool(command: Sequence[str], log: Path, **variables: str) -> None:
        given.append(list(command))
        if "venv" in command:
            python = environment.interpreter(Path(command[-1]).parent)
            python.parent.mkdir(parents=True, exist_ok=True)
            python.write_text("#!/bin/sh\n", "utf-8")
            python.chmod(0o755)

    monkeypatch.setattr(tools, "run", tool)
    monkeypatch.setattr(libraries, "missing_libraries", list)
    return given


# The Python that is asked ---------------------------------------------------------------------


def test_an_older_python_is_told_which_it_needs() -> None:
    """Python 3.10 gets one sentence and exit code 1, and nothing of ours is imported."""
    pretend = (
        "import sys, runpy; sys.version_info = (3, 10, 4, 'final', 0)\n"
        f"try: runpy.run_path({str(ROOT / 'build.py')!r}, run_name='__main__')\n"
        "finally: assert 'press' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("press: this is Python 3.10 and the press needs 3.11 or newer;")
    assert done.stderr.count("\n") == 1


def test_build_py_has_no_grammar_an_older_python_cannot_read() -> None:
    tree = ast.parse((ROOT / "build.py").read_text("utf-8"))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.FunctionDef, ast.Try)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]
    futures = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    assert all(node.module != "__future__" for node in futures)


def test_starting_imports_little_and_nothing_of_others() -> None:
    """A build with nothing to do must not pay for what only a set-up needs."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); before = set(sys.modules); "
        "import press.setup.bootstrap; print(*(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded <= sys.stdlib_module_names | {"press"}
    assert not loaded & {"ctypes", "subprocess", "hashlib", "platform", "ast", "dataclasses"}


# The lock -------------------------------------------------------------------------------------


def test_the_lock_is_read_with_names_versions_and_markers(root: Path) -> None:
    assert lock.locked(root) == [
        Requirement("alpha-one", "1.2", ""),
        Requirement("beta", "3.0.post1", "sys_platform == 'nowhere'"),
    ]


def test_the_lock_holds_every_direct_dependency_at_its_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    direct = project["project"]["dependencies"] + project["dependency-groups"]["test"]
    versions = {r.name: r.version for r in lock.locked(ROOT)}
    assert len(direct) > 20
    for name, _, version in (dependency.partition("==") for dependency in direct):
        assert versions[lock.normalised(name)] == version


def test_the_lock_has_hashes_for_all_and_no_address() -> None:
    text = lock.lock_text(ROOT)
    entries = re.split(r"(?m)^(?=[a-z0-9].*==)", text)[1:]
    assert len(entries) == len(lock.locked(ROOT))
    assert [e for e in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", e)] == []
    assert "://" not in text
    assert "--index" not in text
    assert "--only-binary :all:" in text


def test_every_marker_of_the_lock_can_be_weighed() -> None:
    markers = {r.marker for r in lock.locked(ROOT)}
    assert len(markers) > 1
    assert all(lock.applies(marker) in (True, False) for marker in markers)


@pytest.mark.parametrize(
    ("marker", "holds"),
    [
        ("", True),
        ("python_version >= '3.11'", True),
        ("python_version >= '3.9'", True),  # by number: as text, "3.11" sorts before "3.9"
        ("python_full_version < '3.11.0'", False),
        ("python_version < '4'", True),
        ("sys_platform == 'nowhere'", False),
        ("sys_platform != 'nowhere' and os_name != 'nothing'", True),
        ("sys_platform == 'nowhere' or (python_version > '3' and os_name != 'x')", True),
        (f"implementation_name == '{sys.implementation.name}'", True),
    ],
)
def test_markers_hold_as_pip_reads_them(marker: str, holds: bool) -> None:
    assert lock.applies(marker) is holds


def test_an_unknown_marker_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="unknown here"):
        lock.applies("'linux' in sys_platform")


def test_the_version_is_said_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == press.__version__


# Which interpreter ----------------------------------------------------------------------------


def test_an_environment_that_has_everything_is_used(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = root / "site"
    (site / "Alpha_One-1.2.dist-info").mkdir(parents=True)
    assert not environment.ready_here(root)
    monkeypatch.setattr(sys, "path", [str(root / "absent"), str(site)])
    assert environment.ready_here(root)


@pytest.mark.parametrize(
    ("found", "serves"),
    [
        ({"alpha-one": "1.2"}, True),
        ({"alpha-one": "1.2", "beta": "9"}, True),  # does not apply, so any will do
        ({"alpha-one": "1.3"}, False),
        ({}, False),
    ],
)
def test_only_the_locked_versions_serve(root: Path, found: dict[str, str], serves: bool) -> None:
    assert lock.serves(lock.locked(root), found) is serves


def test_of_two_versions_the_one_that_python_would_import_counts(root: Path) -> None:
    for folder, version in (("first", "1.3"), ("second", "1.2")):
        (root / folder / f"alpha_one-{version}.dist-info").mkdir(parents=True)
    path = [str(root / "first"), str(root / "second")]
    assert lock.installed(path) == {"alpha-one": "1.3"}


def test_the_project_environment_counts_only_with_its_stamp(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a `.venv` may have every package's name and still not be whole."""
    finish(root)
    site = root / ".venv" / "site"
    (site / "alpha_one-1.2.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(site)])
    monkeypatch.setattr(sys, "prefix", str(root / ".venv"))
    assert environment.ready_here(root)
    environment.stamp_file(root).unlink()
    assert not environment.ready_here(root)


def test_a_finished_environment_is_found_without_any_tool(root: Path, ran: list[list[str]]) -> None:
    finish(root)
    assert environment.environment(root) == (environment.interpreter(root), "found")
    assert ran == []


@pytest.mark.parametrize("damage", ["lock", "stamp", "python", "half a stamp", "no environment"])
def test_whatever_is_not_whole_is_prepared_anew(
    root: Path, ran: list[list[str]], damage: str
) -> None:
    if damage != "no environment":
        finish(root)
    if damage == "lock":
        (root / "requirements.lock").write_text(LOCK.replace("1.2", "1.3"), "utf-8")
    elif damage == "stamp":
        environment.stamp_file(root).unlink()
    elif damage == "python":
        environment.interpreter(root).unlink()
    elif damage == "half a stamp":
        environment.stamp_file(root).write_bytes(environment.stamp(root).encode()[:20] + b"\xff")
    assert environment.environment(root) == (environment.interpreter(root), "prepared")
    assert len(ran) == 2
    assert environment.stamp_holds(root)
    assert environment.environment(root)[1] == "found"


def test_a_found_environment_that_lacks_packages_is_prepared_once_more_only(
    root: Path, ran: list[list[str]]
) -> None:
    finish(root)
    assert environment.environment(root, "found")[1] == "prepared"
    assert len(ran) == 2
    with pytest.raises(SetupError, match="was prepared and still lacks packages"):
        environment.environment(root, "prepared")
    assert len(ran) == 2


def test_the_stamp_tells_locks_and_machines_apart(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = environment.stamp(root)
    monkeypatch.setattr(
        sys, "implementation", SimpleNamespace(_multiarch="riscv64-linux-musl", name="cpython")
    )
    assert environment.stamp(root) != here
    monkeypatch.undo()
    (root / "requirements.lock").write_text(LOCK + "\n", "utf-8")
    assert environment.stamp(root) != here


# Preparing ------------------------------------------------------------------------------------


def test_packages_are_installed_by_hash_from_wheels_into_the_environment_only(
    root: Path, ran: list[list[str]]
) -> None:
    environment.create(root)
    make, install = ran
    assert make[1:] == ["-I", "-m", "venv", "--clear", str(root / ".venv")]
    assert not Path(make[0]).is_relative_to(root)
    assert install[0] == str(environment.interpreter(root))
    assert {"--require-hashes", "--only-binary=:all:", "--no-deps"} <= set(install)
    assert install[-1] == str(root / "requirements.lock")


def test_the_stamp_comes_last(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that is broken off leaves nothing that could be taken for a finished one."""
    finish(root)
    seen: list[bool] = []

    def fail(command: Sequence[str], log: Path) -> None:
        seen.append(environment.stamp_file(root).exists())
        if "pip" in command:
            raise KeyboardInterrupt

    monkeypatch.setattr(tools, "run", fail)
    with pytest.raises(KeyboardInterrupt):
        environment.create(root)
    assert seen == [False, False]
    assert not environment.stamp_holds(root)


def test_two_runs_at_once_prepare_once(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(libraries, "missing_libraries", list)
    started, go, created = threading.Event(), threading.Event(), []

    def create(root: Path) -> None:
        created.append(threading.current_thread().name)
        started.set()
        assert go.wait(10)
        finish(root)

    waiting = threading.Event()
    monkeypatch.setattr(environment, "create", create)
    monkeypatch.setattr(tools, "say", lambda sentence: waiting.set())
    runs = [threading.Thread(target=environment.prepare, args=[root]) for _ in range(2)]
    runs[0].start()
    assert started.wait(10)
    runs[1].start()
    assert waiting.wait(10)
    go.set()
    for run in runs:
        run.join(10)
    assert len(created) == 1


def test_a_full_disk_is_seen_before_anything_is_made(
    root: Path, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=20_000_000))
    with pytest.raises(SetupError, match=r"needs 900 MB and the disk .* has 20 MB; free some"):
        environment.create(root)
    assert ran == []


def test_a_folder_that_takes_no_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    advice = "cannot be written to .*file .*; move the folder"
    with pytest.raises(SetupError, match=advice), tools.alone(tmp_path / "file"):
        pytest.fail("there is nothing to lock")


@pytest.mark.parametrize(
    ("number", "cause"),
    [(errno.EROFS, "move the folder"), (errno.EACCES, "move the folder"), (errno.ENOSPC, "full")],
)
def test_what_the_disk_refuses_has_a_remedy(number: int, cause: str) -> None:
    assert cause in tools.unwritable(OSError(number, os.strerror(number)), Path("here"))


def test_a_python_that_cannot_make_environments_is_told_how(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(libraries, "system_family", lambda: "debian")
    monkeypatch.setattr(libraries, "administrator", lambda: False)
    minor = sys.version_info.minor
    with pytest.raises(SetupError, match=rf"sudo apt-get install .*python3\.{minor}-venv"):
        libraries.require_ensurepip(root)
    monkeypatch.setattr(libraries, "system_family", lambda: "fedora")
    with pytest.raises(SetupError, match=r"or a Python from python\.org"):
        libraries.require_ensurepip(root)


# Other people's tools -------------------------------------------------------------------------


def speak(words: str, code: int) -> list[str]:
    """Return the command line of a tool that says something and ends."""
    return [sys.executable, "-c", f"import sys; print({words!r}); sys.exit({code})"]


def test_a_tool_is_quiet_and_its_words_are_kept(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    tools.run(speak("Collecting alpha", 0), tmp_path / "log")
    assert capfd.readouterr() == ("", "")
    assert "Collecting alpha" in (tmp_path / "log").read_text("utf-8")


def test_a_tool_that_fails_gives_cause_remedy_and_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    tools.run(speak("No space left on device", 0), log)  # an earlier tool's word on it
    with pytest.raises(SetupError) as failure:
        tools.run(speak("OSError: Network is unreachable", 3), log)
    assert str(failure.value).startswith("the packages cannot be fetched: no connection; check")
    assert str(failure.value).endswith(f"is in {log}")


def test_settings_that_would_put_packages_elsewhere_are_not_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_PROXY", "proxy")
    code = (
        "import os; print(sorted(k for k in os.environ if k.startswith('PIP_')), os.environ['X'])"
    )
    tools.run([sys.executable, "-c", code], tmp_path / "log", X="kept")
    words = (tmp_path / "log").read_text("utf-8")
    assert "PIP_PROXY" in words
    assert "PIP_TARGET" not in words
    assert words.rstrip().endswith("kept")


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "its hash differs",
        ),
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\n"
            "ERROR: Could not find a version that satisfies the requirement six==1.17.0\n"
            "ERROR: No matching distribution found for six==1.17.0",
            "no connection",
        ),
        (
            "ERROR: Could not find a version that satisfies the requirement numpy==2.4.6\n"
            "ERROR: No matching distribution found for numpy==2.4.6",
            "no ready-made build",
        ),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))", "not trusted"),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: [Errno 13] Permission denied: '/srv/x'", "cannot be written to"),
        ("no such option: --only-binary", "pip is too old"),
        ("E: Unable to locate package libpango-1.0-0", "package lists"),
        ("E: Could not resolve 'deb.example'", "no connection"),
        ("noise\nERROR: something new\nnoise", "something new"),
        ("", "a tool failed"),
    ],
)
def test_the_cause_is_read_from_the_words(words: str, cause: str) -> None:
    assert cause in tools.diagnosis(words)


# System libraries -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("os_release", "family"),
    [
        ('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', "debian"),
        ('NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', "debian"),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', "debian"),
        ("ID=fedora\nVERSION_ID=42\nVARIANT_ID=workstation\n", "fedora"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"),
        ('ID="rhel"\nID_LIKE="fedora"\n', "fedora"),
        ("ID=arch\nBUILD_ID=rolling\n", "arch"),
        ("ID=manjaro\nID_LIKE=arch\n", "arch"),
        ("ID=alpine\nVERSION_ID=3.21.0\n", "alpine"),
        ('ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', "suse"),
        ('ID="sles"\n', "suse"),
        ("ID=nixos\n", ""),
        ("", ""),
    ],
)
def test_linux_is_known_by_its_os_release(os_release: str, family: str) -> None:
    assert libraries.linux_family(os_release) == family


@pytest.mark.parametrize(
    ("family", "administrator", "line"),
    [
        ("debian", False, "sudo apt-get install --no-install-recommends libpango-1.0-0"),
        ("debian", True, "    apt-get install --no-install-recommends libpango-1.0-0"),
        ("fedora", False, "sudo dnf install pango harfbuzz"),
        ("arch", False, "sudo pacman -S --needed pango harfbuzz"),
        ("alpine", True, "    apk add pango"),
        ("suse", False, "sudo zypper install libpango-1_0-0 libharfbuzz-subset0"),
        ("macos", False, "    brew install pango harfbuzz"),
        ("windows", False, "    pacman -S mingw-w64-ucrt-x86_64-pango"),
        ("", False, "this system's package manager"),
    ],
)
def test_the_advice_is_the_command_for_this_system(
    family: str, administrator: bool, line: str
) -> None:
    advice = libraries.library_advice(family, ["libpango-1.0.so.0"], administrator=administrator)
    assert line in advice
    assert "set the pages" in advice
    assert "missing: libpango-1.0.so.0" in advice


def test_every_family_has_a_command() -> None:
    assert set(libraries.RELATIVES.values()) <= set(libraries.INSTALLS)


@pytest.mark.skipif(sys.platform != "linux", reason="names as Linux has them")
def test_a_library_that_does_not_open_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "LIBRARIES", {"pango-1.0": 0, "never-2.0": 0})
    assert libraries.missing_libraries() == ["libnever-2.0.so.0"]


@pytest.mark.parametrize(("system", "asked"), [("darwin", "/opt/lib/libx.dylib"), ("linux", "x")])
def test_macos_is_asked_where_its_library_is(
    system: str, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its loader finds by path what Homebrew brought; elsewhere the name is enough."""
    opened: list[str] = []
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: f"/opt/lib/lib{name}.dylib")
    monkeypatch.setattr(ctypes, "CDLL", opened.append)
    assert libraries.opens("x")
    assert opened == [asked]


def test_the_libraries_asked_for_are_those_weasyprint_opens() -> None:
    """WeasyPrint's next version may want others: then this fails and LIBRARIES is behind."""
    import weasyprint

    source = (Path(weasyprint.__file__).parent / "text" / "ffi.py").read_text("utf-8")
    opened = set(re.findall(r"'(lib[\w.-]+\.so\.\d+)'", source))
    assert opened - {"libharfbuzz-vector.so.0"} == {
        f"lib{name}.so.{version}" for name, version in libraries.LIBRARIES.items()
    }


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool, Sequence[list[str]]], None]:
    """Pretend to be on Debian, with what is missing at each look."""

    def pretend(administrator: bool, looks: Sequence[list[str]]) -> None:
        rest = iter(looks)
        monkeypatch.setattr(libraries, "missing_libraries", lambda: next(rest))
        monkeypatch.setattr(libraries, "system_family", lambda: "debian")
        monkeypatch.setattr(libraries, "administrator", lambda: administrator)

    return pretend


SUBSET = "libharfbuzz-subset.so.0"


def test_on_debian_the_administrator_gets_them_installed(
    root: Path, ran: list[list[str]], debian: Callable[[bool, Sequence[list[str]]], None]
) -> None:
    debian(True, [[SUBSET], [SUBSET], []])
    libraries.require_libraries(root)
    update, install = ran
    assert update == ["apt-get", "-q", "update"]
    assert "--no-install-recommends" in install
    assert set(libraries.DEBIAN_PACKAGES) <= set(install)


def test_on_debian_anyone_else_gets_the_command(
    root: Path, ran: list[list[str]], debian: Callable[[bool, Sequence[list[str]]], None]
) -> None:
    debian(False, [[SUBSET], [SUBSET]])
    with pytest.raises(SetupError, match=f"missing: {SUBSET}.*\n\n    sudo apt-get install"):
        libraries.require_libraries(root)
    assert ran == []


def test_a_list_that_cannot_be_updated_does_not_stop_the_installation(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []

    def tool(command: Sequence[str], log: Path, **variables: str) -> None:
        given.append(command[1] if command[1] != "-q" else command[2])
        assert variables == {"DEBIAN_FRONTEND": "noninteractive"}
        if "update" in command:
            raise SetupError("one list of many")

    monkeypatch.setattr(tools, "run", tool)
    libraries.apt_install(["alpha"], "a library", root)
    assert given == ["update", "install"]


def test_libraries_found_by_now_are_not_installed_again(
    root: Path, ran: list[list[str]], debian: Callable[[bool, Sequence[list[str]]], None]
) -> None:
    """Another run may have installed them while this one waited."""
    debian(True, [[SUBSET], [], []])
    libraries.require_libraries(root)
    assert ran == []


# Handing over ---------------------------------------------------------------------------------


@pytest.fixture
def execs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """Catch the process that would replace this one: its command and environment."""
    caught: list[tuple[list[str], dict[str, str]]] = []

    def execve(path: str, command: list[str], environ: dict[str, str]) -> None:
        assert path == command[0]
        caught.append((command, environ))
        raise SystemExit(0)

    monkeypatch.setattr(os, "execve", execve)
    monkeypatch.setattr(os, "chdir", lambda path: None)
    monkeypatch.setattr(libraries, "missing_libraries", list)
    return caught


posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot replace a process")


@posix
def test_another_interpreter_takes_over_with_the_same_arguments(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    execs: list[tuple[list[str], dict[str, str]]],
) -> None:
    finish(root)
    monkeypatch.setattr(bootstrap, "ROOT", root)
    monkeypatch.setattr(bootstrap, "unchanged", lambda argv: None)
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    with pytest.raises(SystemExit):
        bootstrap.run(["build", "a b", "--strict"])
    [(command, environ)] = execs
    python = str(environment.interpreter(root))
    assert command == [python, str(root / "build.py"), "build", "a b", "--strict"]
    assert environ[bootstrap.HANDED] == "found"
    assert "PYTHONPATH" not in environ


@posix
@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ([], list(bootstrap.ALL_CORES)),
        (["--quick"], [*bootstrap.ALL_CORES, "-m", "not slow"]),
        (["-k", "dates"], ["-k", "dates"]),
    ],
)
def test_the_verb_test_is_pytest_in_the_same_environment(
    asked: list[str],
    given: list[str],
    execs: list[tuple[list[str], dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On all cores, without the slow tests where it shall be quick, or as one says.

    What Python compiles is kept in any case, since the tests start it again and again.
    """
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    with pytest.raises(SystemExit):
        bootstrap.start(["test", *asked])
    [(command, environ)] = execs
    assert command == [sys.executable, "-m", "pytest", *given]
    assert environ["PYTHONDONTWRITEBYTECODE"] == ""


def test_what_must_hold_includes_the_slow_tests() -> None:
    """``.ci/run`` calls the whole command and leaves none out."""
    assert "build.py test ||" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_every_other_verb_is_the_command_line_s(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []

    def main(argv: list[str]) -> int:
        given.append(argv)
        return 2

    cli = SimpleNamespace(main=main, quick=lambda argv: None)
    monkeypatch.setattr(press.cli, "main", cli, raising=False)
    monkeypatch.setitem(sys.modules, "press.cli.main", cli)
    monkeypatch.setattr(bootstrap, "ready_here", lambda root: True)
    monkeypatch.setattr(libraries, "missing_libraries", list)
    assert bootstrap.run(["check", "--strict"]) == 2
    assert given == [["check", "--strict"]]


def test_nothing_to_do_is_said_without_an_environment(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = SimpleNamespace(quick=lambda argv: 0)
    monkeypatch.setattr(press.cli, "main", cli, raising=False)
    monkeypatch.setitem(sys.modules, "press.cli.main", cli)
    monkeypatch.setattr(bootstrap, "ROOT", root)
    monkeypatch.setattr(bootstrap, "ready_here", lambda root: pytest.fail("looked for packages"))
    assert bootstrap.run([]) == 0


def test_bad_news_is_one_sentence_on_stderr_and_exit_code_1(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "requirements.lock").unlink()
    monkeypatch.setattr(bootstrap, "ROOT", root)
    monkeypatch.setattr(bootstrap, "unchanged", lambda argv: None)
    assert bootstrap.run([]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("press: requirements.lock cannot be read")
    assert "Traceback" not in said.err


def test_an_interpreter_that_does_not_start_is_named(root: Path) -> None:
    with pytest.raises(SetupError, match=r"python does not start .*; delete"):
        bootstrap.hand_over([str(root / "python")])


@pytest.mark.parametrize("given", ["", "/own/lib", "/usr/local/lib:/own/lib"])
def test_a_mac_looks_where_its_packages_are(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set comes first and stays; the folders of Homebrew and MacPorts follow, each once."""
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("DYLD_FALLBACK_LIBRARY_PATH", given)
    libraries.look_further()
    paths = os.environ["DYLD_FALLBACK_LIBRARY_PATH"].split(":")
    own = given.split(":") if given else []
    assert paths[: len(own)] == own
    assert set(libraries.HOMEBREW) <= set(paths)
    assert len(paths) == len(set(paths))


def test_windows_looks_where_its_packages_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folders that are named, or else those of MSYS2, if they are there."""
    looked: list[str] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "add_dll_directory", looked.append, raising=False)
    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", f"{tmp_path};{tmp_path}/none")
    libraries.look_further()
    monkeypatch.delenv("WEASYPRINT_DLL_DIRECTORIES")
    monkeypatch.setattr(libraries, "MSYS2", (str(tmp_path / "none"), str(tmp_path)))
    libraries.look_further()
    assert looked == [str(tmp_path)] * 2


@pytest.mark.parametrize("lacking", ["ensurepip", "venv", ""])
def test_a_python_without_a_part_of_venv_is_known(
    lacking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian parts them: without either there is no environment to be made."""
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name: None if name == lacking else object()
    )
    assert libraries.makes_environments() is not bool(lacking)
