"""Prints what is built already, and builds nothing. Standard library only: the bootstrap asks."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from press.base import folders
from press.base.finding import ContentError
from press.base.request import Request
from press.cli.console import CLEAN, FINDINGS, output_line
from press.cli.targets import Target, noted_targets
from press.output import manifest
from press.output.publish import forget_reports


def up_to_date(request: Request) -> int | None:
    """The exit code where everything asked for is built already, which is printed; else None."""
    more = request.data or request.keep_html or request.roster
    if more or not (folders.ROOT / "output").is_dir():
        return None
    try:
        wanted = noted_targets(request)
    except ContentError:  # the build itself prints it in full
        return None
    if wanted is None:
        return None
    found = [(target, entry) for target in wanted if (entry := target.built)]
    if len(found) < len(wanted):
        return None
    code = CLEAN
    for target, entry in found:
        for line in entry.findings:
            print(line, file=sys.stderr)
        if entry.findings and (entry.strict if request.strict is None else request.strict):
            code = FINDINGS
        say(target, entry, "unchanged")
        forget_reports(target.folder, target.slug, target.name)
    show_coverage(found)
    return code


def say(target: Target, entry: manifest.BuiltPdf, ending: str) -> None:
    """Prints a PDF with its pages and size, and how to print it where that is not plain."""
    print(f"{output_line(target.slug, target.name, entry)}, {ending}")
    for line in entry.advice:
        print(f"  {line}")


def show_coverage(made: Iterable[tuple[Target, manifest.BuiltPdf]]) -> None:
    """Says once of each dossier what its facts rest on."""
    for slug, line in {target.slug: entry.coverage for target, entry in made}.items():
        print(f"{slug}: {line}")
