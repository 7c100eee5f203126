"""Exit codes, and what the terminal shows: findings on stderr, results on stdout."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping

from press.base import folders
from press.base.finding import Finding
from press.base.outcome import Outcome
from press.base.stages import STAGES
from press.base.units import counted
from press.design.editions import Edition
from press.output import manifest

CLEAN, FINDINGS, USAGE = 0, 1, 2

SHOWN, MOST = 20, 200
"""Findings of one code in one file that are printed: with one remedy, and with one each."""


def usage(sentence: str) -> SystemExit:
    """What to raise where a command cannot be meant so; prints the sentence on stderr."""
    print(f"build.py: {sentence}", file=sys.stderr)
    return SystemExit(USAGE)


def show(findings: Iterable[Finding]) -> None:
    """Prints findings on stderr, each on a line of its own; of many alike, the first."""
    printed, alike, left = (Counter[tuple[str, ...]]() for _ in range(3))
    for finding in findings:
        kind = (finding.file, finding.code)
        alike[*kind, finding.hint] += 1
        if alike[*kind, finding.hint] > SHOWN or printed[kind] >= MOST:
            left[kind] += 1
            continue
        printed[kind] += 1
        print(str(finding).replace(f"{folders.ROOT}{os.sep}", ""), file=sys.stderr)
    for (file, code), number in left.items():
        more = f"{file}: {code} and {number:,} more like it; check --format json lists each"
        print(more.replace(f"{folders.ROOT}{os.sep}", ""), file=sys.stderr)


def show_outcome(outcome: Outcome, verbose: bool, shown: Iterable[Finding] = ()) -> None:
    """Prints findings, and how many more are allowed; each with its reason where asked for.

    Those that were ``shown`` before are not printed again.
    """
    before = set(shown)
    show(finding for finding in outcome.findings if finding not in before)
    if verbose:
        for finding, reason in outcome.allowed:
            print(f"{finding} (allowed: {reason})", file=sys.stderr)
    if outcome.allowed:
        print(f"{counted(len(outcome.allowed), 'finding')} allowed", file=sys.stderr)


def output_line(slug: str, name: str, entry: manifest.BuiltPdf) -> str:
    """A PDF with its pages and its size."""
    size = f"{entry.size / 1e6:.1f} MB" if entry.size >= 1e6 else f"{entry.size / 1e3:.0f} kB"
    pages = counted(entry.pages, "page")
    return f"output/{slug}/{name}: {pages}, {size}"


def stages_took(what: str, seconds: Mapping[str, float]) -> None:
    """Prints what ``--verbose`` says of the stages that were run, with their numbers, in order."""
    for number, stage in enumerate(STAGES, start=1):
        if stage in seconds:
            print(f"{number} {stage:8} {what} {seconds[stage]:6.2f} s", file=sys.stderr)


def left_out(name: str, edition: Edition) -> None:
    """Prints what ``--verbose`` says of what an edition does not print, by the reasons why."""
    for why, what in edition.left_out.items():
        print(f"{name} leaves out {what}: {why}", file=sys.stderr)
