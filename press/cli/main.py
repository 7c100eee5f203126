"""The command line: one verb is carried out, whatever happens, and its exit code comes back."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from press.base import folders
from press.base.finding import ContentError
from press.base.request import Request
from press.base.terminal import gated
from press.cli.arguments import VERBS
from press.cli.console import CLEAN, FINDINGS, output_line, show
from press.cli.request import request_of
from press.cli.up_to_date import up_to_date
from press.design.editions import EDITIONS, PAPERS
from press.output import manifest


def main(argv: Sequence[str]) -> int:
    """Runs one command and returns its exit code. Whatever happens, nobody has to read a trace."""
    _listen()
    with gated():
        return _run(argv)


def _run(argv: Sequence[str]) -> int:
    try:
        return _obeyed(request_of(argv))
    except ContentError as error:
        show(error.findings)
        return FINDINGS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except KeyboardInterrupt as stopped:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
        print("interrupted; the last PDFs are untouched", file=sys.stderr)
        return 128 + int(stopped.args[0] if stopped.args else signal.SIGINT)
    except Exception:  # noqa: BLE001 it goes into a report
        import traceback

        from press.jobs.crash_report import crash_report

        show([crash_report("", "press", traceback.format_exc())])
        return FINDINGS


def _obeyed(request: Request) -> int:
    """The exit code of one command."""
    match request.verb:
        case "list":
            return listing()
        case "explain":
            from press.cli.explain import explain

            return explain(request)
        case "new":
            from press.cli.new import new

            return new(request)
        case "docs":
            from tools.docs import docs

            return docs()
        case _:
            return _typeset(request)


def _typeset(request: Request) -> int:
    """The exit code of a command that needs WeasyPrint, which must meet the fonts first."""
    from press.jobs import pool

    with suppress(ContentError):  # who must write into output/ meets it again
        pool.own_fonts()
    match request.verb:
        case "check":
            from press.cli.check import check as verb
        case "read":
            from press.cli.build import read_aloud as verb
        case "verify":
            from press.cli.verify import verify as verb
        case "diff":
            from press.cli.diff import diff as verb
        case _:
            from press.cli.build import build as verb
    return verb(request)


def _listen() -> None:
    """A signal to end is like an interrupt: workers end first, and nothing is left behind.

    What a terminal has no letter for is printed as its number, instead of failing.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")

    def stop(number: int, _frame: object) -> None:
        raise KeyboardInterrupt(number)

    for name in ("SIGTERM", "SIGHUP"):
        with suppress(AttributeError, ValueError):  # not on Windows; not outside the main thread
            signal.signal(getattr(signal, name), stop)


def quick(argv: Sequence[str]) -> int | None:
    """The exit code where everything asked for is built already, else None. Standard library only.

    The bootstrap asks this before it starts the environment's interpreter.
    """
    if argv and argv[0] in VERBS[1:]:
        return None
    return up_to_date(request_of(argv))


def listing() -> int:
    """Prints dossiers with their PDFs, editions, papers and themes."""
    for slug in folders.slugs():
        print(slug)
        for name, entry in sorted(manifest.read(folders.output(slug)).items()):
            if (folders.output(slug) / name).is_file():
                print(f"  {output_line(slug, name, entry)}")
    editions = [f"{e.name}: {e.title} ({', '.join(e.papers)})" for e in EDITIONS.values()]
    for title, names in (
        ("editions", editions),
        ("papers", PAPERS),
        ("themes", folders.themes()),
    ):
        print("\n  ".join([title, *names]))
    return CLEAN
