"""The words of the command line: its verbs, their options and the one page of help."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from press import __version__
from press.base import folders
from press.base.finding import did_you_mean
from press.cli.console import usage
from press.design.editions import STANDARDS

_HELP = """\
Print dossiers: content in YAML and Markdown becomes typeset PDF.

  python3 build.py [build] [slug ...]  build the dossiers named, or every one under content/
  python3 build.py check [slug ...]    read and check; build nothing
  python3 build.py explain [code ...]  what a code means and what to do; all codes without one
  python3 build.py new [folder]        begin a dossier (--title, --language, --span, --about)
  python3 build.py list                dossiers, editions, papers and themes
  python3 build.py read [slug ...]     print the pages as a screen reader says them
  python3 build.py verify FILE ...     was this PDF made from this content, and unchanged since?
  python3 build.py diff OLD [NEW]      compare two folders or git revisions (--dossier SLUG)
  python3 build.py docs                make the generated pages of docs/ and the schemas anew
  python3 build.py doctor              what this machine lacks, and the command that brings it
  python3 build.py test [argument ...] run the tests (--quick: fewer); arguments go to pytest

  --edition NAME   one of list's, several with commas, or all; else those that dossier.yaml names
  --paper NAME     a paper in place of the dossier's own: letter, a2 …; --tile a4 cuts posters
  --theme NAME     a file of styles/themes/ in place of the dossier's own
  --standard NAME  {standards}
  --strict         warnings count as findings; --no-strict overrules a dossier that says so
  --pages          check: set and read the pages as well; --format text, json or github
  --evidence ID    check: what a fact, place, event or source rests on, in the sources’ words
  --for FILE       worksheets for a roster of pupils (CSV: name, class, seed); --each: one by one;
                   check: is the roster sound, and can its names be printed?
  --limit NAME=N   what one PDF may take: memory=6G, seconds=600, cpu=600, file=1G, files=256
  --data, --keep-html  write a PDF's data, its HTML and CSS, beside it as well
  --verbose (number and time the stages), --version

PDFs land in output/<slug>/<slug>-<edition>.pdf; --paper and --theme add their names to the file's
(…-<edition>-letter-archive.pdf). Paper and theme of dossiers that name none stand in press.yaml.
Results go to stdout, findings to stderr. Exit code 0: clean; 1: findings; 2: wrong usage.
"""


class _Parser(argparse.ArgumentParser):
    """An argument parser that shows the one page of help for every verb."""

    def format_help(self) -> str:
        return _HELP.format(standards=", ".join(STANDARDS))

    def error(self, message: str) -> NoReturn:
        raise usage(f"{message}; see build.py --help")


_FLAG: Mapping[str, Any] = {"action": "store_true"}
_EITHER: Mapping[str, Any] = {"action": argparse.BooleanOptionalAction}
_NAME: Mapping[str, Any] = {"type": str.lower}
_GIVEN: Mapping[str, Mapping[str, Any]] = {
    "slugs": {"nargs": "*"},
    "words*": {"nargs": "*"},
    "words+": {"nargs": "+"},
    "--dossier": {"dest": "slugs", "action": "append"},
    "--edition": {"dest": "editions", "action": "append"},
    "--theme": {},
    "--paper": _NAME,
    "--tile": _NAME,
    "--standard": _NAME,
    "--limit": {"dest": "limits", "action": "append"},
    "--for": {"dest": "roster"},
    "--format": {"choices": ("text", "json", "github")},
    "--each": _FLAG,
    "--data": _FLAG,
    "--keep-html": _FLAG,
    "--verbose": _FLAG,
    "--strict": _EITHER,
    "--pages": _EITHER,
    "--evidence": {},
    "--title": {},
    "--language": {},
    "--span": {},
    "--about": {},
}
"""What can be given: each fills the field of ``Request`` that has its name, or that it names."""

_DOSSIERS = ("slugs", "--strict", "--verbose", "--limit", "--edition", "--theme")
_BESIDE = ("--data", "--keep-html")
_VERBS: Mapping[str, Sequence[str]] = {
    "build": (*_DOSSIERS, "--paper", "--tile", "--standard", *_BESIDE, "--for", "--each"),
    "read": (*_DOSSIERS, "--paper"),
    "check": (*_DOSSIERS, "--pages", "--format", "--evidence", "--for"),
    "verify": ("words+", "--limit"),
    "diff": ("words+", "--dossier", "--pages", "--limit", "--edition", "--theme"),
    "explain": ("words*",),
    "new": ("words*", "--title", "--language", "--span", "--about"),
    "list": (),
    "docs": (),
    "doctor": (),
}
"""What each verb takes."""
VERBS = (*_VERBS, "test")
"""The verbs; what is no word of these is a dossier to build."""


def parser() -> argparse.ArgumentParser:
    """The command line; what is not given is no attribute of what it gives."""
    main = _Parser(prog="build.py", allow_abbrev=False)
    main.add_argument("--version", action="version", version=f"press {__version__}")
    verbs = main.add_subparsers(dest="verb")
    for verb, taken in _VERBS.items():
        parser = verbs.add_parser(verb, allow_abbrev=False, argument_default=argparse.SUPPRESS)
        for name in taken:
            parser.add_argument(name.rstrip("*+"), **_GIVEN[name])
    return main


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """``argv`` parsed; raises SystemExit 2 on bad usage, with the nearest verb or option named."""
    words = list(argv)
    flags = {"-h", "--help", "--version"}
    if not words or (words[0] not in VERBS and words[0] not in flags):
        there = folders.slugs()
        if words and not words[0].startswith("-") and folders.slug_of(words[0]) not in there:
            hint = did_you_mean(words[0], [*VERBS, *there], "see build.py --help")
            raise usage(f"no verb or dossier is called {words[0]!r}; {hint}")
        words.insert(0, "build")
    return parser().parse_args(words)
