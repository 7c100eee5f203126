"""The words of the command line: its verbs, their options and the one page of help."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from press import __version__
from press.base import folders
from press.base.finding import did_you_mean
from press.base.limits import limits
from press.cli.console import usage
from press.design.editions import STANDARDS

VERBS = ("build", "check", "explain", "list", "read", "verify", "diff", "doctor", "test")

_HELP = """\
Print dossiers: content in YAML and Markdown becomes typeset PDF.

  python3 build.py [build] [slug ...]  build the dossiers named, or every one under content/
  python3 build.py check [slug ...]    read and check; build nothing
  python3 build.py explain [code ...]  what a code means and what to do; all codes without one
  python3 build.py list                dossiers, editions, papers and themes
  python3 build.py read [slug ...]     print the pages as a screen reader says them
  python3 build.py verify FILE ...     was this PDF made from this content, and unchanged since?
  python3 build.py diff OLD [NEW]      compare two folders or git revisions (--dossier SLUG)
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
    """The command line; no verb means build."""
    main = _Parser(prog="build.py", allow_abbrev=False)
    main.add_argument("--version", action="version", version=f"press {__version__}")
    verbs = main.add_subparsers(dest="verb")
    common = _Parser(add_help=False, allow_abbrev=False)
    common.add_argument("slugs", nargs="*")
    common.add_argument("--strict", action=argparse.BooleanOptionalAction, default=None)
    common.add_argument("--verbose", action="store_true")
    bounds = _Parser(add_help=False, allow_abbrev=False)
    bounds.add_argument("--limit", action="append", default=[])
    build = verbs.add_parser("build", parents=[common, bounds], allow_abbrev=False)
    build.add_argument("--edition", action="append", default=[])
    build.add_argument("--theme", default="")
    build.add_argument("--paper", default="", type=str.lower)
    build.add_argument("--tile", default="", type=str.lower)
    build.add_argument("--standard", default="", type=str.lower)
    build.add_argument("--data", action="store_true")
    build.add_argument("--for", dest="roster", default="")
    build.add_argument("--each", action="store_true")
    read = verbs.add_parser("read", parents=[common, bounds], allow_abbrev=False)
    read.add_argument("--edition", action="append", default=[])
    read.add_argument("--theme", default="")
    read.add_argument("--paper", default="", type=str.lower)
    read.set_defaults(tile="", standard="", data=False, roster="", each=False)
    verify = verbs.add_parser("verify", parents=[bounds], allow_abbrev=False)
    verify.add_argument("files", nargs="+")
    check_verb = verbs.add_parser("check", parents=[common, bounds], allow_abbrev=False)
    check_verb.add_argument("--pages", action="store_true")
    check_verb.add_argument("--format", choices=("text", "json", "github"), default="text")
    check_verb.add_argument("--edition", action="append", default=[])
    check_verb.add_argument("--theme", default="")
    diff_verb = verbs.add_parser("diff", parents=[bounds], allow_abbrev=False)
    diff_verb.add_argument("old")
    diff_verb.add_argument("new", nargs="?", default=".")
    diff_verb.add_argument("--dossier", default="")
    diff_verb.add_argument("--edition", default="dossier")
    diff_verb.add_argument("--theme", default="")
    diff_verb.add_argument("--pages", action=argparse.BooleanOptionalAction, default=True)
    explain_verb = verbs.add_parser("explain", allow_abbrev=False)
    explain_verb.add_argument("codes", nargs="*")
    verbs.add_parser("list", allow_abbrev=False)
    verbs.add_parser("doctor", allow_abbrev=False)
    return main


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """``argv`` parsed; raises SystemExit 2 on bad usage, with the nearest verb or option named."""
    words = list(argv)
    flags = {"-h", "--help", "--version"}
    if not words or (words[0] not in VERBS and words[0] not in flags):
        if words and not words[0].startswith("-") and words[0] not in folders.slugs():
            hint = did_you_mean(words[0], [*VERBS, *folders.slugs()], "see build.py --help")
            raise usage(f"no verb or dossier is called {words[0]!r}; {hint}")
        words.insert(0, "build")
    args = parser().parse_args(words)
    try:
        args.limits = limits(getattr(args, "limit", ()))
    except ValueError as error:
        raise usage(str(error)) from None
    return args
