"""Exit codes, and what is said at the terminal: findings on stderr, results on stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from press.base import folders
from press.base.finding import Finding
from press.base.stages import STAGES
from press.output import manifest

CLEAN, FINDINGS, USAGE = 0, 1, 2

SHOWN = 20
"""Findings of one code in one file that are printed; the rest are counted."""


def usage(sentence: str) -> SystemExit:
    """What to raise where a command cannot be meant so, which is said on stderr."""
    print(f"build.py: {sentence}", file=sys.stderr)
    return SystemExit(USAGE)


def show(findings: Iterable[Finding]) -> None:
    """Prints findings on stderr, each on a line of its own; of many alike, the first."""
    alike: dict[tuple[str, str], int] = {}
    for finding in findings:
        kind = (finding.file, finding.code)
        alike[kind] = alike.get(kind, 0) + 1
        if alike[kind] <= SHOWN:
            print(str(finding).replace(f"{folders.ROOT}{os.sep}", ""), file=sys.stderr)
    for (file, code), number in alike.items():
        if number > SHOWN:
            more = f"{file}: {code} and {number - SHOWN:,} more like it"
            print(more.replace(f"{folders.ROOT}{os.sep}", ""), file=sys.stderr)


def show_allowed(allowed: Iterable[tuple[Finding, str]], verbose: bool) -> None:
    """How many findings were allowed, in one line; each with its reason where asked for."""
    from press.cli import report

    may_stand = sorted(set(allowed))
    if verbose:
        for finding, reason in may_stand:
            print(f"{finding} (allowed: {reason})", file=sys.stderr)
    if line := report.allowed_line(may_stand):
        print(line, file=sys.stderr)


def output_line(slug: str, name: str, entry: manifest.Entry) -> str:
    """A PDF with its pages and its size."""
    size = f"{entry.size / 1e6:.1f} MB" if entry.size >= 1e6 else f"{entry.size / 1e3:.0f} kB"
    pages = "1 page" if entry.pages == 1 else f"{entry.pages} pages"
    return f"output/{slug}/{name}: {pages}, {size}"


def stage_took(what: str, stage: str, seconds: float) -> None:
    """Prints what ``--verbose`` says of a stage, with its number."""
    number = STAGES.index(stage) + 1
    print(f"{number} {stage:8} {what} {seconds:6.2f} s", file=sys.stderr)
