"""Prints what worker, walls and scan cost: builds with them and without, in turns, as ratios.

The one side is the command as everybody runs it. The other does the same work in one process: no
worker, no limits, no Landlock, no filter, no second look at the PDF. Content changes before each
build, so that nothing is left undone; page numbers and plates of the last build are known to both.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def bare_run(
    work: Callable[[Any, Callable[[str], None]], Any],
    jobs: Sequence[Any],
    workers: int = 0,  # noqa: ARG001 the signature of what it stands in for
    limits: object = None,  # noqa: ARG001 the same
) -> Iterator[Any]:
    """``worker.run`` without a worker: the work is done here."""
    from press.jobs.worker import Done

    for job in jobs:
        yield Done(job, work(job, lambda _: None))


def build(folder: Path, bare: bool) -> None:
    """One build of everything in ``folder``, in this process."""
    from press.base import folders
    from press.cli import console, main
    from press.jobs import pool

    folders.ROOT = folder
    if bare:
        from press.jobs import worker

        setattr(worker, "run", bare_run)  # noqa: B010 types are another's
        pool.scanned = lambda *_: ()
    code = main.main(["build"])
    if code != console.CLEAN:
        raise SystemExit(code)


def timed(folder: Path, bare: bool) -> tuple[float, float]:
    """CPU and wall seconds of a build in a process of its own, its workers among them."""
    command = [sys.executable, __file__, "--build", str(folder), *(["--bare"] if bare else [])]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"a build failed with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, wall


def projects(slug: str) -> AbstractContextManager[str]:
    """A folder with two projects that have the same dossier: ``jailed`` and ``bare``."""
    held = tempfile.TemporaryDirectory(prefix="press-jail-")
    for name in ("jailed", "bare"):
        folder = Path(held.name) / name
        for part in ("templates", "styles"):
            shutil.copytree(ROOT / part, folder / part, copy_function=os.link)
        (folder / "press").mkdir()
        source = ROOT / "content" / ("_example" if slug == "matterhorn" else slug)
        source = source if source.is_dir() else ROOT / "tests" / "dossiers" / slug
        shutil.copytree(source, folder / "content" / slug)
    return held


def main() -> None:
    """Takes turns, and prints medians and the median of the ratios of the pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("slug", nargs="?", default="1993-summer-offensives")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.build:
        build(args.build, args.bare)
        return
    pairs: list[tuple[tuple[float, float], tuple[float, float]]] = []
    with projects(args.slug) as name:
        for number in range(-1, args.rounds):  # the first round fills caches and does not count
            pair = []
            for bare in (False, True) if number % 2 else (True, False):
                folder = Path(name) / ("bare" if bare else "jailed")
                chapter = max((folder / "content" / args.slug / "chapters").glob("*.md"))
                with chapter.open("a", encoding="utf-8") as stream:
                    stream.write(f"\nChange number {number}.\n")
                pair.append((bare, timed(folder, bare)))
            if number >= 0:
                found = dict(pair)
                pairs.append((found[False], found[True]))
                print(f"round {number + 1}: {pairs[-1][0][0] / pairs[-1][1][0]:.3f}", flush=True)
    print(f"{args.slug}: {len(pairs)} pairs, medians of seconds, median of the ratios")
    print(f"{'':8}{'jailed':>10}{'bare':>10}{'ratio':>8}")
    for at, what in enumerate(("CPU", "wall")):
        jailed, bare_ = (median(pair[side][at] for pair in pairs) for side in (0, 1))
        ratio = median(pair[0][at] / pair[1][at] for pair in pairs)
        print(f"{what:8}{jailed:10.2f}{bare_:10.2f}{ratio:8.3f}")


if __name__ == "__main__":
    main()
