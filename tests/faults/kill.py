"""The kill loop: builds that are killed at any moment, and what is left of the last PDF."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pikepdf

from press.base import folders
from press.base.filelock import take
from press.cli import main
from press.output import publish
from tests.faults.harness import patience

ROOT = Path(__file__).resolve().parent.parent.parent
SLUG = "small"


@dataclass(frozen=True)
class Tally:
    """What a kill loop saw: kills, builds that were quicker, and what went wrong, in words.

    ``publishing`` of the kills fell into publishing, ``renamed`` when the new PDF was in its place.
    """

    kills: int
    quicker: int
    faults: tuple[str, ...]
    publishing: int = 0
    renamed: int = 0


def project(folder: Path) -> Path:
    """A project of its own with a dossier of one chapter."""
    for part in ("templates", "styles"):
        shutil.copytree(ROOT / part, folder / part, copy_function=os.link)
    (folder / "press").mkdir()
    chapters = folder / "content" / SLUG / "chapters"
    chapters.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "dossiers" / "tiny" / "dossier.yaml", chapters.parent)
    return folder


def build(
    folder: Path, how: int = 0, kill_after: float | None = None, publishing: bool = False
) -> float | None:
    """Seconds of a build of everything in ``folder``; None where it was killed by ``how`` before.

    The build is forked from here, where everything is imported, so that the kill falls into the
    build and not into the start of Python. ``kill_after`` counts seconds from the beginning, or
    with ``publishing`` from the moment when the PDF is about to be written.
    """
    begun = time.monotonic()
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.setsid()
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        tempfile.tempdir = str(folder.parent / "tmp")
        folders.ROOT = folder
        publish_it = publish.publish

        def told(pdf: bytes, target: Path) -> None:
            os.write(write, b".")
            publish_it(pdf, target)

        publish.publish = told
        os._exit(main.main([]))
    os.close(write)
    try:
        if publishing:
            os.read(read, 1)  # or the build has ended without publishing
            until = time.monotonic() + (kill_after or 0)
        else:
            until = begun + (kill_after if kill_after is not None else 1e9)
        while time.monotonic() < until:
            if os.waitpid(child, os.WNOHANG)[0]:
                return time.monotonic() - begun
            time.sleep(0.0005)
    finally:
        os.close(read)
    os.kill(child, how)
    os.waitpid(child, 0)
    return None


def loop(times: int, seed: int, *how: int) -> Tally:
    """Kills ``times`` builds at random moments of their lives, and looks at what is left of each.

    They are killed by the signals ``how`` in turn. Each begins with a change, so that there is a
    PDF to make. Half of the kills fall into the twentieth of a second that begins with publishing.
    """
    import press.pipeline  # noqa: F401 so that every build begins with it

    chance = random.Random(seed)  # noqa: S311 no secret
    faults: list[str] = []
    quicker = kills = late_kills = renamed = 0
    with tempfile.TemporaryDirectory(prefix="press-kills-") as name:
        folder, temporary = project(Path(name) / "project"), Path(name) / "tmp"
        temporary.mkdir()
        pdf = folder / "output" / SLUG / f"{SLUG}-dossier.pdf"
        chapter = folder / "content" / SLUG / "chapters" / "01-words.md"

        def change(what: object) -> None:
            chapter.write_text(f"# Words\n\nThese are the words of change {what}.\n", "utf-8")

        change("none")
        build(folder)
        change("one")
        whole = build(folder) or 1.0
        good = {_digest(pdf)}
        while kills < times:
            change(f"{kills} {quicker}")
            late = chance.random() < 0.5
            moment = chance.uniform(0, 0.05 if late else whole)
            if took := build(folder, how[kills % len(how)], moment, publishing=late):
                quicker, whole = quicker + 1, took
                good = {_digest(pdf)}
                continue
            late_kills += late
            kills += 1
            before = len(good)
            faults += _left(pdf, good, kills)
            renamed += len(good) - before
        change("last")
        if not let_go(temporary):
            faults.append("workers of killed builds live on")
        build(folder)
        litter = [p.name for p in pdf.parent.iterdir() if p.name.endswith(".tmp")]
        litter += [p.name for p in temporary.iterdir()]
        if litter:
            faults.append(f"after a whole build there is still {litter[:3]}")
    return Tally(kills, quicker, tuple(faults), late_kills, renamed)


def let_go(temporary: Path) -> bool:
    """Whether no worker holds its folder any more, once a killed build's have had time to end.

    They are told by the kernel that their parent is dead, which takes a moment; until then the
    folder of one is in use, and the next build rightly leaves it alone.
    """
    until = time.monotonic() + patience()
    while any(_held(folder) for folder in temporary.iterdir()):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _held(folder: Path) -> bool:
    handle = os.open(folder, os.O_RDONLY)
    try:
        return not take(handle, wait=False)
    finally:
        os.close(handle)


def _digest(pdf: Path) -> str:
    return sha256(pdf.read_bytes()).hexdigest()


def _left(pdf: Path, good: set[str], number: int) -> list[str]:
    """What is wrong with the PDF after a kill: it must be the last one, or a whole new one."""
    if not pdf.is_file():
        return [f"kill {number}: the PDF is gone"]
    digest = _digest(pdf)
    if digest in good:
        return []
    try:
        with pikepdf.open(pdf) as document:
            whole = len(document.pages) > 0 and not document.get_warnings()
    except pikepdf.PdfError as error:
        return [f"kill {number}: {error}"]
    good.add(digest)
    return [] if whole else [f"kill {number}: the PDF is damaged"]
