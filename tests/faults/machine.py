"""Scenarios of the machine: workers, the fetcher, publishing, the PDF, faults of our own."""

from __future__ import annotations

import faulthandler
import io
import os
import pickle
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf

from press.base import folders
from press.base.document import Document
from press.base.finding import ContentError
from press.base.limits import Limits
from press.base.stages import Report
from press.cli import console, main
from press.jobs import pool, sandbox, worker
from press.output import manifest, publish
from press.output.scan import Finished, scan
from press.typeset import fonts
from press.typeset.fetch import BASE, asked
from tests.faults.harness import Breach, Guard, Scenario, expect, forked, gone, patience

ROOT = Path(__file__).resolve().parent.parent.parent
OLD, NEW = b"%PDF-1.7 old %%EOF", b"%PDF-1.7 new " + b"x" * 300_000 + b" %%EOF"

# -- workers -----------------------------------------------------------------------------------

SMALL = Limits(seconds=60, cpu=30, file=1 << 20, files=64)
Work = Callable[[str, Report], object]


def _done(work: Work, job: str = "", limits: Limits = SMALL) -> worker.Done[str, object]:
    """The one outcome of a job; a breach where the parent still waits when nobody would."""

    def late(*_: object) -> None:
        raise Breach("the parent still waits")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, patience())
    try:
        with closing(worker.run(work, [job], limits=limits)) as events:
            (done,) = [event for event in events if isinstance(event, worker.Done)]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return done


def _stopped(work: Work, code: str, word: str = "", job: str = "", limits: Limits = SMALL) -> str:
    """The job ends with the finding ``code`` that says ``word``."""
    done = _done(work, job, limits)
    said = "; ".join(map(str, done.findings))
    if done.made is not None or code not in said or word not in said:
        raise Breach(f"it made {done.made!r}; {said}")
    return code


def _refused(work: Callable[[str], object], job: str) -> str:
    """What the job tries is refused by the system, whatever it is."""

    def tried(job: str, _: Report) -> str:
        try:
            return f"done: {work(job)}"
        except OSError as error:
            return f"refused: {error.strerror}"

    done = _done(tried, job)
    if not str(done.made).startswith("refused"):
        raise Breach(f"{done.made} {done.findings}")
    return str(done.made)


def _sleep(_: str, __: Report) -> str:
    time.sleep(60)
    return "slept"


def _spin(_: str, __: Report) -> str:
    while time.process_time() < 1.8:
        pass
    return "span"


def _eat(_: str, __: Report) -> int:
    return len(bytearray(2 << 30))


def _write_much(_: str, __: Report) -> str:
    try:
        (Path(tempfile.gettempdir()) / "a").write_bytes(b"x" * (3 << 20))
    except OSError as error:
        return f"refused: {error.strerror}"
    return "wrote it all"


def _open_many(_: str, __: Report) -> str:
    try:
        held = [Path("/dev/null").open() for _ in range(200)]
    except OSError as error:
        return f"refused: {error.strerror}"
    return f"{len(held)} files"


def endless_job(_: Path) -> str:
    return _stopped(_sleep, "X901", limits=Limits(seconds=1))


def busy_job(_: Path) -> str:
    return _stopped(_spin, "X901", "processor", limits=Limits(cpu=1))


def hungry_job(_: Path) -> str:
    """What this process holds already counts, too."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[0])
    held = pages * resource.getpagesize()
    return _stopped(_eat, "X902", limits=replace(SMALL, memory=held + (1 << 30)))


def giant_file_written(_: Path) -> str:
    made = str(_done(_write_much).made)
    if not made.startswith("refused"):
        raise Breach(made)
    return made


def many_files_opened(_: Path) -> str:
    made = str(_done(_open_many).made)
    if not made.startswith("refused"):
        raise Breach(made)
    return made


def dying_job(_: Path) -> str:
    def die(_: str, __: Report) -> None:
        faulthandler.disable()  # which a test has on, and would print where it died
        os.kill(os.getpid(), signal.SIGSEGV)

    return _stopped(die, "X902")


def half_a_message(_: Path) -> str:
    """The worker says that a message of 1,000 bytes follows, sends a few, and sleeps."""

    def stammer(_: str, report: Report) -> None:
        out = report.__closure__[0].cell_contents if report.__closure__ else None
        os.write(out.fileno(), (1000).to_bytes(8, "big") + b"abc")  # type: ignore[union-attr]
        time.sleep(60)

    return _stopped(stammer, "X901", limits=Limits(seconds=1))


class Trap:
    """What runs a function when it is unpickled."""

    def __init__(self, file: str) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.file,)


def result_that_runs(place: Path) -> str:
    target = place / "taken-over"

    def answer(job: str, _: Report) -> Trap:
        return Trap(job)

    done = _done(answer, str(target))
    if target.exists():
        raise Breach("the parent ran what the worker sent")
    return done.findings[0].code


def endless_result(_: Path) -> str:
    def pour(_: str, report: Report) -> None:
        out = report.__closure__[0].cell_contents if report.__closure__ else None
        os.write(out.fileno(), (1 << 50).to_bytes(8, "big"))  # type: ignore[union-attr]
        time.sleep(60)

    return _stopped(pour, "X903", limits=SMALL)


def error_in_a_worker(_: Path) -> str:
    def fail(_: str, __: Report) -> None:
        raise ZeroDivisionError("by zero")

    done = _done(fail)
    said = str(done.findings[0])
    if "X900" not in said or "ZeroDivisionError" not in done.report or "Traceback" in said:
        raise Breach(f"{said} {done.report}")
    return done.findings[0].code


def too_deep_for_layout(_: Path) -> str:
    def dig(_: str, __: Report) -> int:
        def deeper(n: int) -> int:
            return deeper(n + 1)

        return deeper(0)

    return _stopped(dig, "X905")


def _secret(place: Path) -> Path:
    secret = place / "secret.txt"
    secret.write_text("the secret")
    return secret


def secret_read(place: Path) -> str:
    return _refused(lambda job: Path(job).read_text(), str(_secret(place)))


def folder_listed(place: Path) -> str:
    return _refused(os.listdir, str(place))


def content_read_again(_: Path) -> str:
    return _refused(os.listdir, str(ROOT / "content"))


def project_written(place: Path) -> str:
    return _refused(lambda job: Path(job).write_text("x"), str(place / "x"))


def old_pdf_deleted(place: Path) -> str:
    (place / "a.pdf").write_bytes(OLD)
    return _refused(os.unlink, str(place / "a.pdf"))


def rights_changed(place: Path) -> str:
    (place / "a.pdf").write_bytes(OLD)
    return _refused(lambda job: os.chmod(job, 0o777), str(place / "a.pdf"))


def connection_opened(_: Path) -> str:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = str(server.getsockname()[1])
        return _refused(lambda job: socket.create_connection(("127.0.0.1", int(job)), 2), port)


def message_without_connection(_: Path) -> str:
    def shout(_: str) -> int:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            return out.sendto(b"x", ("127.0.0.1", 9))

    return _refused(shout, "")


def program_started(_: Path) -> str:
    return _refused(lambda _: subprocess.run([sys.executable, "-c", ""]).returncode, "")


def parent_signalled(_: Path) -> str:
    return _refused(lambda job: os.kill(int(job), 0), str(os.getpid()))


def parent_killed(place: Path) -> str:
    """The parent is killed; its worker ends with it."""
    note = place / "pid"
    parent = os.fork()
    if not parent:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

        def told(_: str, report: Report) -> None:
            report(str(os.getpid()))
            time.sleep(20)

        for event in worker.run(told, [""]):
            if isinstance(event, worker.StageBegun):
                note.with_suffix(".new").write_text(event.stage)
                note.with_suffix(".new").replace(note)
        os._exit(0)
    until = time.monotonic() + patience()
    while not note.exists() and time.monotonic() < until:
        time.sleep(0.02)
    child = int(note.read_text())
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    if not gone(child):
        os.kill(child, signal.SIGKILL)
        raise Breach("the worker lives on")
    return "the worker ends"


@contextmanager
def _own_temporary_folder(place: Path) -> Iterator[Path]:
    """While the block runs, temporary files of this process lie where no other build looks."""
    before, folder = tempfile.tempdir, place / "tmp"
    folder.mkdir()
    tempfile.tempdir = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before


def interrupted(place: Path) -> str:
    """Who interrupts a build leaves no worker and no temporary folder behind."""

    def told(_: str, report: Report) -> None:
        report(f"{os.getpid()}")
        time.sleep(20)

    with _own_temporary_folder(place) as folder:
        with closing(worker.run(told, [""])) as events:
            first = next(events)
        left = list(folder.iterdir())
    child = int(first.stage) if isinstance(first, worker.StageBegun) else 0
    alive = not gone(child)
    if alive:
        os.kill(child, signal.SIGKILL)
    if alive or left:
        raise Breach(f"left behind: worker {alive}, {left}")
    return "nothing is left"


def litter_of_a_killed_worker(place: Path) -> str:
    with _own_temporary_folder(place):
        litter = Path(tempfile.mkdtemp(prefix="press-worker-"))
        (litter / "half").write_bytes(b"x")
        _done(lambda job, _: job, "")
    if litter.exists():
        raise Breach("it lies there still")
    return "swept"


_LAND = "" if sandbox.landlock_version() else "a kernel with Landlock"
_CALLS = "" if sandbox.filterable() else "a kernel that filters system calls"
_LINUX = "" if sys.platform.startswith("linux") else "Linux"
_WORKER = "press.jobs.worker"
_NO_LANDLOCK = (Guard("press.jobs.sandbox", "confine", "    if version:\n", "    if False:\n"),)
_NO_FILTER = (Guard("press.jobs.sandbox", "confine", "    if filterable():\n", "    if False:\n"),)
_NO_WALLS = (*_NO_LANDLOCK, *_NO_FILTER)


def _unbound(name: str) -> tuple[Guard, ...]:
    return (Guard(_WORKER, "_bound", f"(resource.RLIMIT_{name}, ", "(resource.RLIMIT_CORE, 0 * "),)


WORKERS = (
    Scenario(
        "worker",
        "a job that never ends",
        endless_job,
        (Guard(_WORKER, "run", "if time.monotonic() > worker.until", "if False"),),
    ),
    Scenario(
        "worker",
        "a job that only burns time",
        busy_job,
        (Guard(_WORKER, "_bound", "limits.cpu, limits.cpu + 1", "99, 99"),),
    ),
    Scenario("worker", "a job that wants 2 GB where 1 GB is allowed", hungry_job, _unbound("AS")),
    Scenario(
        "worker", "a temporary file larger than allowed", giant_file_written, _unbound("FSIZE")
    ),
    Scenario("worker", "two hundred open files", many_files_opened, _unbound("NOFILE")),
    Scenario(
        "worker",
        "a crash in a library",
        dying_job,
        (
            Guard(
                _WORKER,
                "_received",
                "if not chunk:\n        return [None]",
                "if False:\n        pass",
            ),
            Guard(_WORKER, "run", "if time.monotonic() > worker.until", "if False"),
        ),
    ),
    Scenario(
        "worker",
        "half a message, then silence",
        half_a_message,
        (
            Guard(
                _WORKER,
                "_received",
                "chunk = os.read(connection.fileno(), _CHUNK)",
                "chunk = connection.recv_bytes()",
            ),
            Guard(_WORKER, "_start", "os.set_blocking(inner.fileno(), False)", "pass"),
        ),
    ),
    Scenario(
        "worker",
        "a result that runs a command where it is read",
        result_that_runs,
        (
            Guard(
                _WORKER,
                "_Plain.find_class",
                'raise pickle.UnpicklingError(f"{module}.{name} is no plain value")',
                "return super().find_class(module, name)",
            ),
        ),
    ),
    Scenario(
        "worker",
        "a result without end",
        endless_result,
        (Guard(_WORKER, "_received", "if size > limits.file", "if False"),),
    ),
    Scenario(
        "worker",
        "an error of the press in a worker",
        error_in_a_worker,
        (Guard(_WORKER, "_serve", "except Exception as error", "except KeyError as error"),),
    ),
    Scenario(
        "worker",
        "layout that goes too deep",
        too_deep_for_layout,
        (Guard(_WORKER, "_serve", "except RecursionError", "except KeyError"),),
    ),
    Scenario("jail", "a secret is opened", secret_read, _NO_LANDLOCK, _LAND),
    Scenario("jail", "a folder outside is listed", folder_listed, _NO_LANDLOCK, _LAND),
    Scenario("jail", "the content is read again", content_read_again, _NO_LANDLOCK, _LAND),
    Scenario("jail", "a file outside is written", project_written, _NO_LANDLOCK, _LAND),
    Scenario("jail", "the last PDF is deleted", old_pdf_deleted, _NO_LANDLOCK, _LAND),
    Scenario("jail", "a file’s rights are changed", rights_changed, _NO_FILTER, _CALLS),
    Scenario("jail", "a connection is opened", connection_opened, _NO_WALLS, _CALLS),
    Scenario(
        "jail",
        "a message without a connection (UDP)",
        message_without_connection,
        _NO_FILTER,
        _CALLS,
    ),
    Scenario("jail", "a program is started", program_started, _NO_WALLS, _CALLS),
    Scenario("jail", "a signal is sent to the parent", parent_signalled, _NO_WALLS, _CALLS),
    Scenario(
        "worker",
        "the parent is killed",
        parent_killed,
        (
            Guard(
                "press.jobs.sandbox",
                "die_with_parent",
                'if sys.platform.startswith("linux")',
                "if False",
            ),
        ),
        _LINUX,
    ),
    Scenario(
        "worker",
        "the build is interrupted",
        interrupted,
        (
            Guard(
                _WORKER,
                "run",
                "for connection, worker in running.items():\n            _end(connection, worker)",
                "pass",
            ),
        ),
    ),
    Scenario(
        "worker",
        "temporary files of a killed build",
        litter_of_a_killed_worker,
        (Guard(_WORKER, "_sweep", "shutil.rmtree(folder, ignore_errors=True)", "pass"),),
    ),
)


# -- the fetcher -------------------------------------------------------------------------------


@cache
def _typeset() -> Callable[[str], tuple[bytes, tuple[str, ...]]]:
    """Sets HTML in a worker's stead, and says what was refused."""
    fonts.only(ROOT / "styles" / "fonts", Path(tempfile.mkdtemp()) / "fonts")
    from press.typeset.typeset import typeset

    def work(body: str) -> tuple[bytes, tuple[str, ...]]:
        page = f"<html lang=en><head><title>A</title></head><body>{body}</body></html>"
        made = typeset(Document(page, {}, ""))
        return made.pdf, made.refused

    return work


def _not_fetched(body: str, never: bytes) -> str:
    """A page that asks for an address gets nothing, and the refusal is known."""

    def attempt() -> str:
        pdf, refused = _typeset()(body)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            inside = b"".join(
                o.read_bytes() for o in document.objects if isinstance(o, pikepdf.Stream)
            )
        if never in inside:
            raise Breach("what was fetched is in the PDF")
        if not refused:
            raise Breach("nobody noticed that it was asked for")
        return "P402"

    return forked(attempt, 20)


def file_attached(place: Path) -> str:
    address = _secret(place).as_uri()
    return _not_fetched(f'<link rel="attachment" href="{address}">a', b"the secret")


def file_shown(place: Path) -> str:
    address = f"URL:{_secret(place).as_uri()}"
    return _not_fetched(f'<img alt="a" src="{address}">', b"the secret")


def web_page_fetched(_: Path) -> str:
    """A server of our own hears nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a"
        said = _not_fetched(f'<img alt="a" src="{address}">', b"\0none")
        try:
            server.accept()[0].close()
        except TimeoutError:
            return said
        raise Breach("the server was asked")


def folder_above(place: Path) -> str:
    _secret(place)
    return _not_fetched('<img alt="a" src="../../../../etc/passwd">', b"root:")


def refusal_names_its_line(_: Path) -> str:
    sources = {"templates/base.html": b'<p>\n  <img src="logo.png">\n'}
    found = asked(f"{BASE}logo.png", sources)
    if found != ("templates/base.html", 2, 13):
        raise Breach(f"{found}")
    return "templates/base.html:2:13"


_CLOSED = "press.typeset.fetch"
_OPEN_WORLD = (
    Guard(_CLOSED, "ClosedWorld.fetch", "self.refused.append(url[:200])", "pass"),
    Guard(
        _CLOSED,
        "ClosedWorld.fetch",
        'raise ValueError(f"refused: {url[:200]}")',
        "return super().fetch(url.removeprefix('URL:'), headers)",
    ),
    Guard(
        _CLOSED,
        "ClosedWorld.__init__",
        "allowed_protocols=(), allow_redirects=False",
        "allowed_protocols=None, allow_redirects=True",
    ),
)
FETCHER = (
    Scenario("fetcher", "a page attaches a secret", file_attached, _OPEN_WORLD),
    Scenario("fetcher", "a page shows a file under another name", file_shown, _OPEN_WORLD),
    Scenario("fetcher", "a page asks a server", web_page_fetched, _OPEN_WORLD),
    Scenario(
        "fetcher",
        "a page climbs out of its folder",
        folder_above,
        (Guard(_CLOSED, "ClosedWorld.fetch", "self.refused.append(url[:200])", "pass"),),
    ),
    Scenario(
        "fetcher",
        "who asked for what was refused",
        refusal_names_its_line,
        (Guard(_CLOSED, "asked", "if at >= 0", "if False"),),
    ),
)


# -- publishing --------------------------------------------------------------------------------


def _with_old(place: Path) -> Path:
    target = place / "out" / "a.pdf"
    target.parent.mkdir()
    target.write_bytes(OLD)
    return target


def _still_old(target: Path) -> str:
    if target.read_bytes() != OLD:
        raise Breach("the last PDF is lost")
    litter = sorted(p.name for p in target.parent.iterdir() if p.name not in (target.name, ".lock"))
    if litter:
        raise Breach(f"litter: {litter}")
    return "the last PDF is whole"


def full_disk(place: Path) -> str:
    """The disk takes 100 kB of 300: a limit on files stands in for it, failing where it would."""
    target = _with_old(place)

    def attempt() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        return expect("O601", lambda: publish.publish(NEW, target))

    said = forked(attempt)
    return f"{said}, {_still_old(target)}"


def killed_while_writing(place: Path) -> str:
    """The process is killed when all is written, and nothing renamed yet."""
    target = _with_old(place)

    def attempt() -> str:
        def die(_: int) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        os.fsync = die  # type: ignore[assignment]
        publish.publish(NEW, target)
        return ""

    with suppress(Breach):
        forked(attempt)
    if target.read_bytes() != OLD:
        raise Breach("the last PDF is lost")
    with publish.locked(target.parent):
        return _still_old(target)


def folder_that_takes_nothing(_: Path) -> str:
    return expect("O601", lambda: publish.locked(Path("/proc/press/output")).__enter__())


def two_builds(place: Path) -> str:
    def second() -> None:
        with publish.locked(place):
            pass

    with publish.locked(place):
        return expect("O602", second)


def link_in_the_pdfs_place(place: Path) -> str:
    target = _with_old(place)
    link = place / "link.pdf"
    link.symlink_to(target)
    said = expect("O604", lambda: publish.publish(NEW, link))
    if not link.is_symlink():
        raise Breach("the link is lost")
    return f"{said}, {_still_old(target)}"


def folder_in_the_pdfs_place(place: Path) -> str:
    target = place / "a.pdf"
    target.mkdir()
    (target / "kept").write_text("kept")
    said = expect("O604", lambda: publish.publish(NEW, target))
    if not (target / "kept").exists():
        raise Breach("the folder is lost")
    return said


def output_that_is_a_link(place: Path) -> str:
    victim = place / "victim"
    victim.mkdir()
    (place / "slug").symlink_to(victim)

    def build() -> None:
        with publish.locked(place / "slug"):
            publish.publish(NEW, place / "slug" / "a.pdf")

    said = expect("O604", build)
    if list(victim.iterdir()):
        raise Breach("another folder was written to")
    return said


def lock_that_is_a_link(place: Path) -> str:
    out = place / "out"
    out.mkdir()
    (out / ".lock").symlink_to(place / "victim")

    def build() -> None:
        with publish.locked(out):
            pass

    said = expect("O601", build)
    if (place / "victim").exists():
        raise Breach("a file elsewhere was made")
    return said


def litter_of_a_killed_build(place: Path) -> str:
    target = _with_old(place)
    (target.parent / ".a.pdf.x1.tmp").write_bytes(b"half")
    with publish.locked(target.parent):
        return _still_old(target)


def half_a_pdf(place: Path) -> str:
    target = _with_old(place)
    said = expect("O603", lambda: publish.publish(NEW[:-6], target))
    return f"{said}, {_still_old(target)}"


def manifest_that_cannot_be_written(place: Path) -> str:
    (place / manifest.NAME).mkdir()
    return expect("O604", lambda: manifest.write(place, {}))


_PUBLISH, _PLACE = "press.output.publish", "press.base.place"
_AT_ONCE = (
    Guard(
        _PLACE,
        "place",
        "        handle, temporary = tempfile.mkstemp(",
        "        target.write_bytes(b'')\n        with target.open('wb') as s:\n"
        "            s.write(content); s.flush(); os.fsync(s.fileno())\n"
        "        return\n        handle, temporary = tempfile.mkstemp(",
    ),
)
PUBLISHING = (
    Scenario("publishing", "a disk that is full half-way", full_disk, _AT_ONCE),
    Scenario("publishing", "killed before the rename", killed_while_writing, _AT_ONCE),
    Scenario(
        "publishing",
        "a folder that takes nothing",
        folder_that_takes_nothing,
        (Guard(_PUBLISH, "_opened", "except OSError as error", "except KeyError as error"),),
        "" if Path("/proc/self").exists() else "a folder that takes nothing",
    ),
    Scenario(
        "publishing",
        "two builds at once",
        two_builds,
        (Guard(_PUBLISH, "_taken", "if take(handle, wait=False)", "if True"),),
    ),
    Scenario(
        "publishing",
        "a link in the PDF’s place",
        link_in_the_pdfs_place,
        (Guard(_PLACE, "place", "_plain(target, kept)", "pass"),),
    ),
    Scenario(
        "publishing",
        "a folder in the PDF’s place",
        folder_in_the_pdfs_place,
        (Guard(_PLACE, "place", "_plain(target, kept)", "pass"),),
    ),
    Scenario(
        "publishing",
        "an output folder that is a link",
        output_that_is_a_link,
        (Guard(_PUBLISH, "_opened", "if folder.is_symlink()", "if False"),),
    ),
    Scenario(
        "publishing",
        "a lock that is a link",
        lock_that_is_a_link,
        (Guard(_PUBLISH, "_opened", ' | getattr(os, "O_NOFOLLOW", 0)', ""),),
    ),
    Scenario(
        "publishing",
        "what a killed build left",
        litter_of_a_killed_build,
        (Guard(_PUBLISH, "_sweep", "litter.unlink()", "pass"),),
    ),
    Scenario(
        "publishing",
        "half a PDF",
        half_a_pdf,
        (Guard(_PUBLISH, "publish", 'or b"%%EOF" not in pdf[-1024:]', ""),),
    ),
    Scenario(
        "publishing",
        "a manifest that cannot be written",
        manifest_that_cannot_be_written,
        (Guard(_PLACE, "place", "_plain(target, kept)", "pass"),),
    ),
)


# -- the finished PDF --------------------------------------------------------------------------


def _pdf(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A page with something in it that has no place in a dossier."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def _scanned(code: str, change: Callable[[pikepdf.Pdf], None]) -> str:
    found = [f.code for f in scan(Finished("a.pdf", _pdf(change)))]
    if code not in found:
        raise Breach(f"found {found}")
    return code


def _link(action: dict[str, object]) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        made = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary({"/Type": pikepdf.Name.Action, **action}),
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(made)]))

    return change


def script_in_a_pdf(_: Path) -> str:
    def change(pdf: pikepdf.Pdf) -> None:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.Root.OpenAction = pdf.make_indirect(script)

    return _scanned("O611", change)


def program_in_a_link(_: Path) -> str:
    return _scanned("O611", _link({"/S": pikepdf.Name.Launch, "/F": "calc.exe"}))


def link_to_another_pdf(_: Path) -> str:
    return _scanned("O611", _link({"/S": pikepdf.Name("/Go#54oR"), "/F": "x", "/D": "y"}))


def film_on_a_page(_: Path) -> str:
    def change(pdf: pikepdf.Pdf) -> None:
        made = pikepdf.Dictionary(Subtype=pikepdf.Name("/3D"), Rect=[0, 0, 9, 9])
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(made)])

    def typed(pdf: pikepdf.Pdf) -> None:
        change(pdf)
        pdf.pages[0].Annots[0].Type = pikepdf.Name.Annot

    return _scanned("O611", typed)


def file_in_a_pdf(_: Path) -> str:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["passwd"] = b"root:x:0"

    return _scanned("O612", change)


def link_to_a_file(_: Path) -> str:
    return _scanned("O613", _link({"/S": pikepdf.Name.URI, "/URI": "file:///home/anna/a"}))


def link_to_a_script(_: Path) -> str:
    return _scanned("O613", _link({"/S": pikepdf.Name.URI, "/URI": "JaVaScRiPt:alert(1)"}))


def name_of_a_folder(_: Path) -> str:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Producer"] = "press in /home/anna/dossiers, Ағдам"

    return _scanned("O614", change)


def folder_in_the_metadata(_: Path) -> str:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PieceInfo = pdf.make_stream(b"<x>C:\\Users\\Anna\\dossier</x>")

    return _scanned("O614", change)


def no_pdf_at_all(_: Path) -> str:
    found = [f.code for f in scan(Finished("a.pdf", b"%PDF-1.7 nothing %%EOF"))]
    if found != ["O610"]:
        raise Breach(f"{found}")
    return "O610"


_SCAN = "press.output.scan"
OUTPUT = (
    Scenario(
        "output",
        "a script that runs on opening",
        script_in_a_pdf,
        (Guard(_SCAN, "_REFUSED", "", frozenset()),),
    ),
    Scenario(
        "output",
        "a link that starts a program",
        program_in_a_link,
        (
            Guard(_SCAN, "_REFUSED", "", frozenset()),
            Guard(_SCAN, "_checked", 'action.get("/S") not in ACTIONS', "False"),
        ),
    ),
    Scenario(
        "output",
        "an action whose name is disguised",
        link_to_another_pdf,
        (
            Guard(_SCAN, "_REFUSED", "", frozenset()),
            Guard(_SCAN, "_checked", 'action.get("/S") not in ACTIONS', "False"),
        ),
    ),
    Scenario(
        "output",
        "a model to turn on a page",
        film_on_a_page,
        (Guard(_SCAN, "_checked", 'value.get("/Subtype") not in ANNOTATIONS', "False"),),
    ),
    Scenario(
        "output",
        "a stranger’s attachment",
        file_in_a_pdf,
        (Guard(_SCAN, "ENCLOSED", "", frozenset({"passwd"})),),
    ),
    Scenario(
        "output",
        "a link to a file",
        link_to_a_file,
        (Guard(_SCAN, "_leads_well", "return bool(colon)", "return True or bool(colon)"),),
    ),
    Scenario(
        "output",
        "a link that runs a script",
        link_to_a_script,
        (Guard(_SCAN, "_leads_well", "return bool(colon)", "return True or bool(colon)"),),
    ),
    Scenario(
        "output",
        "the name of somebody’s folder",
        name_of_a_folder,
        (Guard(_SCAN, "_strings", 'if match[1] and match[1][:4].lower() == b"feff"', "if False"),),
    ),
    Scenario(
        "output",
        "a folder in the metadata",
        folder_in_the_metadata,
        (Guard(_SCAN, "_scanned", "texts.append(value.read_bytes())", "pass"),),
    ),
    Scenario(
        "output",
        "what is no PDF",
        no_pdf_at_all,
        (Guard(_SCAN, "scan", "except pikepdf.PdfError as error", "except KeyError as error"),),
    ),
)


# -- faults of our own -------------------------------------------------------------------------


def _told(arguments: list[str]) -> tuple[int, str]:
    """Exit code and words of a command; a trace is a breach."""
    heard = io.StringIO()
    with redirect_stdout(heard), redirect_stderr(heard):
        try:
            code = main.main(arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
    said = heard.getvalue()
    if "Traceback" in said:
        raise Breach("a trace reached the user")
    return code, said


def fault_of_the_press(place: Path) -> str:
    def attempt() -> str:
        folders.ROOT = place
        main.listing = _broken
        code, said = _told(["list"])
        report = place / "output" / "press.fault.txt"
        told = "output/press.fault.txt" in said and "send it" in said
        if code != console.FINDINGS or not told:
            raise Breach(said)
        if str(ROOT) in report.read_text():
            raise Breach("the report names this machine's folders")
        return "X900"

    return forked(attempt)


def _broken() -> int:
    raise ZeroDivisionError("a fault of the press")


def report_without_room(place: Path) -> str:
    def attempt() -> str:
        (place / "output").write_text("")
        os.environ["TMPDIR"] = tempfile.tempdir = "/proc/nowhere"
        folders.ROOT = place
        main.listing = _broken
        code, said = _told(["list"])
        if code != console.FINDINGS or "no report fits" not in said:
            raise Breach(said)
        return "X900"

    return forked(attempt)


def letters_that_the_terminal_lacks(place: Path) -> str:
    def attempt() -> str:
        out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
        sys.stdout = sys.stderr = out
        folders.ROOT = place
        main.listing = _foreign
        return f"exit {main.main(['list'])}"

    said = forked(attempt)
    if said != "exit 0":
        raise Breach(said)
    return said


def _foreign() -> int:
    print("Ağdam – Агдам")
    return 0


def name_that_climbs(_: Path) -> str:
    def change(_: pikepdf.Pdf) -> None:
        """A blank page is harmless."""

    found = pool.scanned(Finished("a/../../a.pdf", _pdf(change)), "a", SMALL)
    if [f.code for f in found] != ["X903"]:
        raise Breach(f"{found}")
    return "X903"


def unreadable_templates(place: Path) -> str:
    def attempt() -> str:
        folders.ROOT = place
        (place / "content" / "a").mkdir(parents=True)
        (place / "content" / "a" / "dossier.yaml").write_text("title: A")
        code, said = _told(["check"])
        if code != console.FINDINGS or "E001" not in said:
            raise Breach(said)
        return "E001"

    return forked(attempt, 20)


FAULTS = (
    Scenario(
        "output",
        "a file whose name climbs out of output/",
        name_that_climbs,
        (Guard("press.jobs.pool", "scanned", "Path(name).name != name or ", ""),),
    ),
    Scenario(
        "faults",
        "an error that nobody foresaw",
        fault_of_the_press,
        (Guard("press.cli.main", "_run", "except Exception:", "except KeyError:"),),
    ),
    Scenario(
        "faults",
        "a report that fits nowhere",
        report_without_room,
        (
            Guard(
                "press.jobs.crash_report",
                "crash_report",
                "except (ContentError, OSError)",
                "except KeyError",
            ),
        ),
    ),
    Scenario(
        "faults",
        "letters that the terminal lacks",
        letters_that_the_terminal_lacks,
        (
            Guard(
                "press.cli.main", "_listen", 'stream.reconfigure(errors="backslashreplace")', "pass"
            ),
        ),
    ),
    Scenario(
        "faults",
        "a press without its templates",
        unreadable_templates,
        (
            Guard(
                "press.content.snapshot",
                "read",
                "except OSError as error",
                "except KeyError as error",
            ),
        ),
    ),
)

SCENARIOS = (*WORKERS, *FETCHER, *PUBLISHING, *OUTPUT, *FAULTS)
_ = (pickle, ContentError)
