"""The words of the command line: its verbs, their options and the one page of help."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

from press import __version__
from press.base import folders
from press.base.finding import did_you_mean
from press.cli.console import usage
from press.design.editions import STANDARDS

VERBS = (
    "build", "check", "explain", "list", "read", "verify", "diff", "docs", "doctor", "test",
)  # fmt: skip

_HELP = """\
Print dossiers: content in YAML and Markdown becomes typeset PDF.

  python3 build.py [build] [slug ...]  build the dossiers named, or every one under content/
  python3 build.py check [slug ...]    read and check; build nothing
  python3 build.py explain [code ...]  what a code means and what to do; all codes without one
  python3 build.py list                dossiers, editions, papers and themes
  python3 build.py read [slug ...]     print the pages as a screen reader says them
  python3 build.py verify FILE ...     was this PDF made from this content, and unchanged since?
  python3 build.py diff OLD [NEW]      compare two folders or git revisions (--dossier SLUG)
  python3 build.py docs                make the generated pages of docs/ and the schemas anew
  python3 build.py doctor              what this machine lacks, and the command that brings it
  python3 build.py test [argument ...] run the tests; arguments go to pytest

  --edition NAME   one of list's, several with commas, or all; else those that dossier.yaml names
  --paper NAME     a paper in place of the dossier's own: letter, a2 …; --tile a4 cuts posters
  --theme NAME     a file of styles/themes/ in place of the dossier's own
  --standard NAME  {standards}
  --strict         warnings count as findings; --no-strict overrules a dossier that says so
  --pages          check: set and read the pages as well; --format text, json or github
  --for FILE       worksheets for a roster of pupils (CSV: name, class, seed); --each: one by one
  --limit NAME=N   what one PDF may take: memory=6G, seconds=600, cpu=600, file=1G, files=256
  --data (write a PDF's data beside it as well), --verbose (number and time the stages), --version

PDFs land in output/<slug>/<slug>-<edition>.pdf; --paper and --theme add their names to the file's
(…-<edition>-letter-archive.pdf). Results go to stdout, progress and findings to stderr. Exit code
0: clean; 1: findings; 2: wrong usage.
"""


class _Parser(argparse.ArgumentParser):
    """An argument parser that shows the one page of help for every verb."""

    def format_help(self) -> str:
        return _HELP.format(standards=", ".join(STANDARDS))

    def error(self, message: str) -> NoReturn:
        raise usage(f"{message}; see build.py --help")


def parser() -> argparse.ArgumentParser:
    """The command line; each option is called as the field of ``Request`` that it fills."""
    main = _Parser(prog="build.py", allow_abbrev=False)
    main.add_argument("--version", action="version", version=f"press {__version__}")
    verbs = main.add_subparsers(dest="verb")
    for verb, groups in _OPTIONS.items():
        parser = verbs.add_parser(verb, allow_abbrev=False)
        for group in groups:
            group(parser)
    return main


def _dossiers(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("slugs", nargs="*")
    verb.add_argument("--strict", action=argparse.BooleanOptionalAction, default=None)
    verb.add_argument("--verbose", action="store_true")


def _limits(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--limit", dest="limits", action="append", default=[])


def _look(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--edition", dest="editions", action="append", default=[])
    verb.add_argument("--theme", default="")


def _paper(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--paper", default="", type=str.lower)


def _build(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--tile", default="", type=str.lower)
    verb.add_argument("--standard", default="", type=str.lower)
    verb.add_argument("--data", action="store_true")
    verb.add_argument("--for", dest="roster", default="")
    verb.add_argument("--each", action="store_true")


def _check(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--pages", action="store_true")
    verb.add_argument("--format", choices=("text", "json", "github"), default="text")


def _diff(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("old")
    verb.add_argument("new", nargs="?", default=".")
    verb.add_argument("--dossier", dest="slugs", action="append", default=[])
    verb.add_argument("--pages", action=argparse.BooleanOptionalAction, default=True)


def _words(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("words", nargs="*")


def _files(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("words", nargs="+", metavar="files")


_OPTIONS: Mapping[str, tuple[Callable[[argparse.ArgumentParser], None], ...]] = {
    "build": (_dossiers, _limits, _look, _paper, _build),
    "read": (_dossiers, _limits, _look, _paper),
    "check": (_dossiers, _limits, _look, _check),
    "verify": (_files, _limits),
    "diff": (_diff, _limits, _look),
    "explain": (_words,),
    "list": (),
    "docs": (),
    "doctor": (),
}
"""The options of each verb."""


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """``argv`` parsed; raises SystemExit 2 on bad usage, with the nearest verb or option named."""
    words = list(argv)
    flags = {"-h", "--help", "--version"}
    if not words or (words[0] not in VERBS and words[0] not in flags):
        if words and not words[0].startswith("-") and words[0] not in folders.slugs():
            hint = did_you_mean(words[0], [*VERBS, *folders.slugs()], "see build.py --help")
            raise usage(f"no verb or dossier is called {words[0]!r}; {hint}")
        words.insert(0, "build")
    return parser().parse_args(words)
