"""Prints the press against bare WeasyPrint, cold and warm, as ratios of one run."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

_REF = re.compile(r'<span class="page-ref" data-page-of="([^"<>]+)">0</span>')
_LIST = re.compile(r'<span class="page-list" data-pages-of="([^"<>]+)">0</span>')


@dataclass(frozen=True)
class Run:
    """One process: CPU seconds and peak memory of the whole, CPU seconds of each rendering."""

    cpu: float
    peak: float
    warm: float


def measured(command: Sequence[str]) -> Run:
    """Runs ``command`` and reads its own account of itself from the operating system."""
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = process.stdout.read().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with {process.returncode}")
    return Run(
        usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, json.loads(lines[-1])["cpu"]
    )


def plain(slug: str, folder: Path) -> int:
    """Writes the dossier as an author of HTML would have it; returns its number of pages."""
    from press.typeset import fonts

    fonts.only(ROOT / "styles" / "fonts", folder / "fonts")

    from press.content.load import load
    from press.content.snapshot import engine_files, read
    from press.design.editions import EDITIONS
    from press.typeset.typeset import typeset
    from press.views.view import Work
    from tests.conftest import document_of

    loaded = load(read(ROOT / "content" / slug))
    theme = loaded.dossier.meta.theme
    job = Work(f"{slug}.pdf", loaded, EDITIONS["dossier"], theme, engine_files())
    html = document_of(job).html
    text = counters(html.text)
    sheets = ("main.css", f"themes/{theme}.css", "papers/a4.css", "editions/dossier.css")
    links = "".join(f'<link rel="stylesheet" href="styles/{sheet}">' for sheet in sheets)
    counter = "<style>.plain-ref::after{content:target-counter(attr(href),page)}</style>"
    text = re.sub(r'(<link rel="stylesheet"[^>]*>\s*)+', links + counter, text, count=1)
    (folder / "plain.html").write_text(text, "utf-8")
    shutil.copytree(ROOT / "styles", folder / "styles")
    if (ROOT / "content" / slug / "images").is_dir():
        shutil.copytree(ROOT / "content" / slug / "images", folder / "images")
    return typeset(html).pages


def counters(text: str) -> str:
    """``text`` with every page number left to CSS; a list of pages has one for each citation."""

    def number(anchor: str) -> str:
        return f'<a class="plain-ref" href="#{anchor}"></a>'

    def listing(match: re.Match[str]) -> str:
        anchors = re.findall(rf'id="({re.escape(match[1])}\d+)"', text)
        return ", ".join(map(number, anchors))

    return _LIST.sub(listing, _REF.sub(lambda match: number(match[1]), text))


def main() -> None:
    """Takes turns and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("slug", nargs="?", default="1993-summer-offensives")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plain", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.plain:
        print(plain(args.slug, args.plain))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: a child's peak begins with the size of the parent that made it.
        told = subprocess.check_output([sys.executable, __file__, args.slug, "--plain", name])
        pages = int(told)
        first: list[tuple[Run, Run]] = []
        cold: list[tuple[Run, Run]] = []
        warm: list[tuple[Run, Run]] = []
        for _ in range(args.rounds):
            bare = measured([str(HERE / "bare.py"), name, "1"])
            first.append((measured([str(HERE / "pressed.py"), args.slug, name, "1"]), bare))
            cold.append((measured([str(HERE / "pressed.py"), args.slug, name, "1", "known"]), bare))
            bare = measured([str(HERE / "bare.py"), name, "2"])
            warm.append((measured([str(HERE / "pressed.py"), args.slug, name, "2", "known"]), bare))
        sizes = [(folder / f).stat().st_size / 1000 for f in ("press.pdf", "bare.pdf")]
    print(f"{args.slug}: {pages} pages, {args.rounds} rounds, medians")
    print(f"{'':26}{'press':>10}{'bare':>10}{'ratio':>8}")
    show("first, CPU seconds", [(p.cpu, b.cpu) for p, b in first])
    show("cold, CPU seconds", [(p.cpu, b.cpu) for p, b in cold])
    show("warm, CPU seconds", [(p.warm, b.warm) for p, b in warm])
    show("peak memory, MB", [(p.peak, b.peak) for p, b in cold])
    show("PDF, kB", [(sizes[0], sizes[1])])


def show(what: str, pairs: Sequence[tuple[float, float]]) -> None:
    """One line: medians of both, and the median of the ratios pair by pair."""
    press, bare = (median(pair[side] for pair in pairs) for side in (0, 1))
    ratio = median(a / b for a, b in pairs)
    print(f"{what:26}{press:10.2f}{bare:10.2f}{ratio:8.2f}")


if __name__ == "__main__":
    main()
