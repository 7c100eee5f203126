"""What is built already is only said again. Standard library only, for the bootstrap asks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from press.base import folders
from press.base.finding import ContentError
from press.cli.console import CLEAN, FINDINGS, output_line
from press.cli.targets import Wanted, wanted
from press.output import manifest


def unchanged(args: argparse.Namespace) -> int | None:
    """The exit code where everything asked for is built already, which is printed; else None."""
    if args.data or args.roster or args.each or not (folders.ROOT / "output").is_dir():
        return None
    try:
        todo = wanted(args)
    except ContentError:  # said in full by the build itself
        return None
    if todo is None:
        return None
    found = [entry for w in todo if (entry := manifest.fresh(w.folder, w.name, w.key))]
    if len(found) < len(todo):
        return None
    code = CLEAN
    for want, entry in zip(todo, found, strict=True):
        for line in entry.findings:
            print(line, file=sys.stderr)
        if entry.findings and (entry.strict if args.strict is None else args.strict):
            code = FINDINGS
        say(want, entry, "unchanged")
    show_coverage(zip(todo, found, strict=True))
    return code


def say(want: Wanted, entry: manifest.Entry, ending: str) -> None:
    """Prints a PDF with its pages and size, and how to print it where that is not plain."""
    print(f"{output_line(want.slug, want.name, entry)}, {ending}")
    for line in entry.advice:
        print(f"  {line}")


def show_coverage(made: Iterable[tuple[Wanted, manifest.Entry]]) -> None:
    """Says once of each dossier what its facts rest on."""
    for slug, line in {want.slug: entry.coverage for want, entry in made}.items():
        print(f"{slug}: {line}")
