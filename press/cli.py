"""Arguments, progress, exit codes. Findings and progress go to stderr, results to stdout."""

from __future__ import annotations

import argparse
import io
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, redirect_stdout, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from press import __version__, manifest
from press.editions import (
    EDITIONS,
    STANDARDS,
    Edition,
    combinations,
    find,
    in_standard,
    paper_for,
    papers_of,
    unfit,
)
from press.finding import Failure, Finding, did_you_mean, held
from press.limits import Limits, limits
from press.stages import STAGES

if TYPE_CHECKING:
    from press.classroom.sheets import Pupil
    from press.load import Loaded
    from press.make import Job, Made, SetMade
    from press.provenance import Inputs
    from press.snapshot import Snapshot
    from press.worker import Done

ROOT = Path(__file__).resolve().parent.parent
CLEAN, FINDINGS, USAGE = 0, 1, 2
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

PDFs land in output/<slug>/<slug>-<edition>.pdf, with --paper in …-<edition>-<paper>.pdf. Results
go to stdout, progress and findings to stderr. Exit code 0: clean; 1: findings; 2: wrong usage.
"""


class _Parser(argparse.ArgumentParser):
    """An argument parser that shows the one page of help for every verb."""

    def format_help(self) -> str:
        return _HELP.format(standards=", ".join(STANDARDS))

    def error(self, message: str) -> NoReturn:
        raise _usage(f"{message}; see build.py --help")


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
    read.set_defaults(standard="", data=False, roster="", each=False)
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
        if words and not words[0].startswith("-") and words[0] not in slugs():
            hint = did_you_mean(words[0], [*VERBS, *slugs()], "see build.py --help")
            raise _usage(f"no verb or dossier is called {words[0]!r}; {hint}")
        words.insert(0, "build")
    args = parser().parse_args(words)
    try:
        args.limits = limits(getattr(args, "limit", ()))
    except ValueError as error:
        raise _usage(str(error)) from None
    return args


def _usage(sentence: str) -> SystemExit:
    print(f"build.py: {sentence}", file=sys.stderr)
    return SystemExit(USAGE)


def main(argv: Sequence[str]) -> int:
    """Runs one command and returns its exit code. Whatever happens, nobody has to read a trace."""
    try:
        _listen()
        return _obeyed(arguments(argv))
    except Failure as failure:
        show(failure.findings)
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

        show([_fault_report("", "press", traceback.format_exc())])
        return FINDINGS


def _obeyed(args: argparse.Namespace) -> int:
    """The exit code of one command."""
    if args.verb in ("build", "check", "read", "verify", "diff"):
        with suppress(Failure):  # who must write into output/ meets it again
            _own_fonts()
    match args.verb:
        case "list":
            return listing()
        case "check":
            return checking(args)
        case "explain":
            return explain(args)
        case "read":
            return read_aloud(args)
        case "verify":
            return verify(args)
        case "diff":
            return diff(args)
        case "doctor":
            from press.doctor import doctor

            return doctor(ROOT)
        case _:
            return build(args)


def _listen() -> None:
    """Being told to end is like an interrupt: workers end first, and nothing is left behind.

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


def _outcomes(
    work: Callable[[Any, Callable[[str], None]], Any], jobs: Sequence[Any], bounds: Limits
) -> Iterator[Done[Any, Any]]:
    """What became of each job, given to workers; they end with whoever asked."""
    from press import worker

    with closing(worker.run(work, jobs, limits=bounds)) as events:
        yield from [event for event in events if isinstance(event, worker.Done)]


# -- what there is -----------------------------------------------------------------------------


def slugs() -> tuple[str, ...]:
    """The dossiers under content/, by folder name."""
    content = ROOT / "content"
    if not content.is_dir():
        return ()
    folders = (p.name for p in content.iterdir() if p.is_dir())
    return tuple(sorted(name for name in folders if not name.startswith((".", "_"))))


def themes() -> tuple[str, ...]:
    """The themes, by file name."""
    return tuple(sorted(p.stem for p in (ROOT / "styles" / "themes").glob("*.css")))


def papers() -> tuple[str, ...]:
    """The papers, by file name."""
    return tuple(sorted(p.stem for p in (ROOT / "styles" / "papers").glob("*.css")))


def chosen(slugs_wanted: Sequence[str]) -> tuple[str, ...]:
    """The dossiers asked for; all of them where none is. Exits 2 for one that is not there."""
    there = slugs()
    for slug in slugs_wanted:
        if slug not in there:
            hint = did_you_mean(slug, there, f"there are {', '.join(there) or 'none'}")
            raise _usage(f"content/ has no dossier {slug!r}; {hint}")
    if not there:
        message = "content/ has no dossier"
        hint = "make a folder in it with a dossier.yaml; the README shows how"
        raise Failure([Finding("content", 0, 0, "E001", message, hint)])
    for slug in there:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug):
            hint = "rename it with small letters, digits and hyphens, like my-subject"
            message = "the folder's name becomes part of file names and cannot be used"
            raise Failure([Finding(f"content/{slug}", 0, 0, "E006", message, hint)])
    return tuple(dict.fromkeys(slugs_wanted)) or there


def editions(wanted: Sequence[str]) -> tuple[str, ...]:
    """The editions asked for, comma-separated or repeated; none where the dossier shall say.

    Exits 2 for one that is not there.
    """
    names = [name.strip() for words in wanted for name in words.split(",") if name.strip()]
    for name in names:
        if name != "all" and find(name) is None:
            known = [*combinations()] if ":" in name else ["all", *EDITIONS]
            hint = did_you_mean(name, known, f"there are {', '.join(known)}")
            raise _usage(f"{unfit(name) or f'no edition is called {name!r}'}; {hint}")
    return _spread(names)


def _spread(names: Iterable[str]) -> tuple[str, ...]:
    """Names of editions, each once, with every one in place of "all"."""
    spread = ((EDITIONS if name == "all" else (name,)) for name in names)
    return tuple(dict.fromkeys(name for group in spread for name in group))


def _edition(name: str) -> Edition:
    """The edition of a name that has been looked up; KeyError where it has not."""
    edition = find(name)
    if edition is None:
        raise KeyError(name)
    return edition


def listing() -> int:
    """Prints dossiers with their PDFs, editions, papers and themes."""
    for slug in slugs():
        print(slug)
        for name, entry in sorted(manifest.read(ROOT / "output" / slug).items()):
            if (ROOT / "output" / slug / name).is_file():
                print(f"  {_result(slug, name, entry)}")
    print("editions")
    for edition in EDITIONS.values():
        print(f"  {edition.name}: {edition.title} ({', '.join(edition.papers)})")
    print("papers")
    for paper in papers():
        print(f"  {paper}")
    print("themes")
    for theme in themes():
        print(f"  {theme}")
    return CLEAN


# -- check -------------------------------------------------------------------------------------


def checking(args: argparse.Namespace) -> int:
    """``check``, in the format asked for even where nothing can be read."""
    from press import report

    try:
        return check(args)
    except Failure as failure:
        if args.format == "text":
            raise
        print(report.FORMATS[args.format](failure.findings, ()))
        return FINDINGS


def check(args: argparse.Namespace) -> int:
    """Loads and checks, with ``--pages`` the set pages too; prints findings, publishes nothing."""
    from press import report
    from press.snapshot import read

    own = engine()
    findings: list[Finding] = []
    allowed: list[tuple[Finding, str]] = []
    jobs: list[Job] = []
    to_set: list[Job] = []
    for slug in chosen(args.slugs):
        try:
            loaded, found = _load(read(ROOT / "content" / slug, f"content/{slug}"), args.limits)
            found = tuple(sorted({*found, *_settled(loaded, args.theme)}))
        except Failure as failure:
            findings.extend(failure.findings)
            continue
        kept = _sifted(loaded, found, allowed)
        findings.extend(held(kept, _strict(args, loaded)))
        if args.pages and not _stopping(kept):
            to_set.extend(_settings(args, loaded, own))
        else:
            jobs.append(_reading(loaded, own))
    for job, said in (*_read_words(jobs, args.limits), *_read_pages(to_set, args.limits)):
        kept = _sifted(job.loaded, said, allowed)
        findings.extend(held(kept, _strict(args, job.loaded)))
    findings, allowed = sorted(set(findings)), sorted(set(allowed))
    if args.format == "text":
        show(findings)
        _show_allowed(allowed, args.verbose)
        print(report.count(len(findings)) if findings else "no findings")
    else:
        print(report.FORMATS[args.format](findings, allowed))
    return FINDINGS if _stopping(findings) else CLEAN


def explain(args: argparse.Namespace) -> int:
    """Prints what the codes mean, or all of them; exit 2 for one that nothing has."""
    from press.explain import explain as text_of

    text, complaints = text_of(args.codes)
    if text:
        print(text)
    for complaint in complaints:
        print(f"build.py: {complaint}", file=sys.stderr)
    return USAGE if complaints else CLEAN


def _sifted(
    loaded: Loaded, findings: Iterable[Finding], allowed: list[tuple[Finding, str]]
) -> tuple[Finding, ...]:
    """What the dossier does not allow; what it allows is put to ``allowed``."""
    from press.checks.allowed import sift

    kept, may_stand = sift(loaded, findings)
    allowed.extend(may_stand)
    return kept


def _show_allowed(allowed: Iterable[tuple[Finding, str]], verbose: bool) -> None:
    """How many findings were allowed, in one line; each with its reason where asked for."""
    from press import report

    may_stand = sorted(set(allowed))
    if verbose:
        for finding, reason in may_stand:
            print(f"{finding} (allowed: {reason})", file=sys.stderr)
    if line := report.allowed_line(may_stand):
        print(line, file=sys.stderr)


def _settings(args: argparse.Namespace, loaded: Loaded, own: dict[str, bytes]) -> Iterator[Job]:
    """The jobs of setting a dossier's editions without publishing them."""
    from press.make import Job

    folder, meta = ROOT / "output" / loaded.snapshot.slug, loaded.dossier.meta
    known, drawings = manifest.read(folder), manifest.read_drawings(folder)
    version = manifest.tree_key(ROOT, ("press",))
    for edition in editions(args.edition) or _spread(meta.editions) or ("dossier",):
        name = f"{loaded.snapshot.slug}-{edition}.pdf"
        yield Job(
            name=name,
            loaded=loaded,
            edition=_edition(edition),
            theme=args.theme or meta.theme,
            key="",
            engine=own,
            known=known[name].rounds if name in known else (),
            drawings=drawings,
            engine_version=version,
            paper=meta.paper,
        )


def _load(snapshot: Snapshot, bounds: Limits) -> tuple[Loaded, tuple[Finding, ...]]:
    """Stages 1 and 2, with the findings of both; a worker checks, for it has to open pictures."""
    from press.checks import checked
    from press.load import load

    loaded = load(snapshot)
    found = set(loaded.findings)
    for done in _outcomes(checked, [loaded], bounds):
        found.update((*_told_by(done, snapshot.slug, snapshot.slug), *(done.made or ())))
    return loaded, tuple(sorted(found))


def _strict(args: argparse.Namespace, loaded: Loaded) -> bool:
    """Whether warnings stop the dossier: by the command line, or else by its own word."""
    return bool(loaded.dossier.meta.strict if args.strict is None else args.strict)


def _settled(loaded: Loaded, theme: str = "", paper: str = "") -> Iterator[Finding]:
    """What dossier.yaml chooses and the press does not have: its theme, its paper.

    What was asked for in their place is not looked up again.
    """
    meta = loaded.dossier.meta
    for key, code, name, known in (
        ("theme", "E209", "" if theme else meta.theme, themes()),
        ("paper", "E211", "" if paper else meta.paper, papers()),
    ):
        if name and name not in known:
            hint = did_you_mean(name, known, f"there are {', '.join(known)}")
            message = f"no {key} is called {name!r}"
            yield loaded.finding("dossier.yaml", (key,), code, message, hint)


def engine() -> dict[str, bytes]:
    """Templates and styles, read once."""
    from press.snapshot import read

    return {
        f"{part}/{name}": raw
        for part in ("templates", "styles")
        for name, raw in read(ROOT / part).files.items()
    }


def _reading(loaded: Loaded, own: dict[str, bytes]) -> Job:
    """The job of reading a dossier's words without setting them."""
    from press.make import Job

    slug, theme = loaded.snapshot.slug, loaded.dossier.meta.theme
    theme = theme if theme in themes() else "default"
    return Job(slug, loaded, EDITIONS["dossier"], theme, "", own)


def _read_words(jobs: Sequence[Job], bounds: Limits) -> Iterator[tuple[Job, tuple[Finding, ...]]]:
    """What is wrong with the words of dossiers: references, citations, blocks."""
    from press.make import read_words

    sound = [job for job in jobs if job.loaded.dossier.meta.title]  # else dossier.yaml is broken
    for done in _outcomes(read_words, sound, bounds):
        yield done.job, (*_told_by(done), *(done.made or ()))


def _read_pages(jobs: Sequence[Job], bounds: Limits) -> Iterator[tuple[Job, tuple[Finding, ...]]]:
    """What is wrong with plates, words and set pages."""
    if not jobs:
        return
    make = _ready_to_set()
    for done in _outcomes(make, jobs, bounds):
        yield done.job, (*_told_by(done), *(done.made.findings if done.made else ()))


def _own_fonts() -> None:
    """The project's fonts and no others, from here on; before WeasyPrint is there to look around.

    Raises Failure where output/ cannot hold the cache.
    """
    from press import typeworld

    typeworld.only(ROOT / "styles" / "fonts", ROOT / "output" / ".cache" / "fonts")


def _ready_to_set() -> Callable[[Job, Callable[[str], None]], Made]:
    """The work of setting pages, once this process has the project's fonts and no other."""
    _own_fonts()
    from press.make import make
    from press.typeset import warm

    warm()
    return make


def _told_by(done: Done[Any, Any], slug: str = "", what: str = "") -> tuple[Finding, ...]:
    """A worker's findings; a fault of the press itself becomes the finding of its report."""
    if not done.report:
        return done.findings
    slug = slug or done.job.loaded.snapshot.slug
    kept = tuple(f for f in done.findings if f.code != "X900")
    return (*kept, _fault_report(slug, what or done.job.name, done.report))


def _stopping(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


SHOWN = 20
"""Findings of one code in one file that are printed; the rest are counted."""


def show(findings: Iterable[Finding]) -> None:
    """Prints findings on stderr, each on a line of its own; of many alike, the first."""
    alike: dict[tuple[str, str], int] = {}
    for finding in findings:
        kind = (finding.file, finding.code)
        alike[kind] = alike.get(kind, 0) + 1
        if alike[kind] <= SHOWN:
            print(str(finding).replace(f"{ROOT}{os.sep}", ""), file=sys.stderr)
    for (file, code), number in alike.items():
        if number > SHOWN:
            more = f"{file}: {code} and {number - SHOWN:,} more like it"
            print(more.replace(f"{ROOT}{os.sep}", ""), file=sys.stderr)


# -- build -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """A PDF that was asked for: where it goes and the key of its inputs."""

    slug: str
    edition: str
    key: str
    paper: str = ""
    tile: str = ""

    @property
    def name(self) -> str:
        """Its file name; a paper that was asked for stands in it."""
        parts = [self.slug, self.edition]
        if self.paper:
            parts.append(paper_for(_edition(self.edition), self.paper))
        if self.tile:
            parts.append(f"tiles-{self.tile}")
        return f"{'-'.join(parts).replace(':', '-')}.pdf"

    @property
    def folder(self) -> Path:
        """Its folder."""
        return ROOT / "output" / self.slug


def wanted(
    args: argparse.Namespace, read: Mapping[str, _Read] | None = None
) -> tuple[Wanted, ...] | None:
    """Every PDF that ``args`` asks for; None where a dossier has to be read to know.

    ``read`` are the dossiers that were read, with the editions they list; else it counts what the
    last build noted. The keys are those of what was read: a file that changes later counts as
    changed. Raises Failure for a dossier that cannot be read.
    """
    names = editions(args.edition)
    if args.theme and args.theme not in themes():
        hint = did_you_mean(args.theme, themes(), f"there are {', '.join(themes())}")
        raise _usage(f"no theme is called {args.theme!r}; {hint}")
    if args.standard and args.standard not in STANDARDS:
        hint = did_you_mean(args.standard, STANDARDS, f"there are {', '.join(STANDARDS)}")
        raise _usage(f"no pair of standards is called {args.standard!r}; {hint}")
    tile = getattr(args, "tile", "")
    if tile:
        names = _tiled(names, tile)
    fitting = papers_of(map(_edition, names or EDITIONS))
    if args.paper and args.paper not in fitting:
        hint = did_you_mean(args.paper, fitting, f"there are {', '.join(fitting)}")
        raise _usage(f"no edition asked for is set on paper {args.paper!r}; {hint}")
    made_by = manifest.engine_key(ROOT)
    todo: list[Wanted] = []
    for slug in chosen(args.slugs):
        one = (read or {}).get(slug)
        content = one.key if one else content_key(slug)
        mine: Sequence[str] | None = names or (one.listed if one else None)
        if not mine:
            mine = manifest.read_listed(ROOT / "output" / slug, content)
        if mine is None:
            return None
        for edition in mine:
            cut = tile if _edition(edition).reads == POSTER else ""
            options = (args.theme, args.paper, args.standard, cut)
            key = manifest.key(made_by, content, edition, *options)
            todo.append(Wanted(slug, edition, key, args.paper, cut))
    return tuple(todo)


POSTER = "poster"
"""What the editions read that can be cut into tiles."""
TILES = ("a4", "letter", "legal", "a3")
"""Papers that tiles are printed on."""


def _tiled(names: Sequence[str], tile: str) -> tuple[str, ...]:
    """The editions asked for with ``--tile``: the poster where none is. Exits 2 where none fits."""
    if tile not in TILES:
        hint = did_you_mean(tile, TILES, f"there are {', '.join(TILES)}")
        raise _usage(f"posters are not cut for paper {tile!r}; {hint}")
    wanted = tuple(names) or (POSTER,)
    if all(_edition(name).reads != POSTER for name in wanted):
        raise _usage(f"--tile cuts a poster, and {', '.join(wanted)} is none; add --edition poster")
    return wanted


def content_key(slug: str) -> str:
    """The digest of a dossier's files; raises Failure where they cannot be read."""
    from press.snapshot import read

    label = f"content/{slug}"
    return manifest.content_key(label, read(ROOT / "content" / slug, label).files)


def quick(argv: Sequence[str]) -> int | None:
    """The exit code where everything asked for is built already, else None. Standard library only.

    The bootstrap asks this before it starts the environment's interpreter.
    """
    if argv and argv[0] in VERBS[1:]:
        return None
    args = arguments(argv)
    if args.data or args.roster or not (ROOT / "output").is_dir():
        return None
    try:
        todo = wanted(args)
    except Failure:  # said in full by the build itself
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
        _say(want, entry, "unchanged")
    _show_coverage(zip(todo, found, strict=True))
    return code


def _show_coverage(made: Iterable[tuple[Wanted, manifest.Entry]]) -> None:
    """Says once of each dossier what its facts rest on."""
    for slug, line in {want.slug: entry.coverage for want, entry in made}.items():
        print(f"{slug}: {line}")


def _result(slug: str, name: str, entry: manifest.Entry) -> str:
    size = f"{entry.size / 1e6:.1f} MB" if entry.size >= 1e6 else f"{entry.size / 1e3:.0f} kB"
    pages = "1 page" if entry.pages == 1 else f"{entry.pages} pages"
    return f"output/{slug}/{name}: {pages}, {size}"


def _say(want: Wanted, entry: manifest.Entry, ending: str) -> None:
    """Prints a PDF with its pages and size, and how to print it where that is not plain."""
    print(f"{_result(want.slug, want.name, entry)}, {ending}")
    for line in entry.advice:
        print(f"  {line}")


def build(args: argparse.Namespace) -> int:
    """Builds what is asked for and is not built yet."""
    if args.roster or args.each:
        return build_sets(args)
    if (code := quick(["build", *_words(args)])) is not None:
        return code
    findings: list[Finding] = []
    allowed: list[tuple[Finding, str]] = []
    read = dict(_read_all(args, findings, allowed))
    todo = wanted(args, read) or ()
    with ExitStack() as stack:
        jobs = list(_jobs(args, todo, read, findings, stack))
        made = _run(jobs, args, findings, allowed)
    show(sorted(set(findings)))
    _show_allowed(allowed, args.verbose)
    done: list[tuple[Wanted, manifest.Entry]] = []
    for want in todo:
        entry = manifest.fresh(want.folder, want.name, want.key)
        if entry and want.name not in made:
            _say(want, entry, "unchanged")
        elif want.name in made:
            entry = made[want.name]
            _say(want, entry, f"{entry.seconds:.1f} s")
        else:
            last = want.folder / want.name
            kept = " (the last PDF is untouched)" if last.is_file() else ""
            print(f"output/{want.slug}/{want.name}: not built{kept}")
            continue
        done.append((want, entry))
        if args.data:
            _write_data(want.folder / want.name, args.limits)
    _show_coverage(done)
    return FINDINGS if _stopping(findings) else CLEAN


# -- class sets ---------------------------------------------------------------------------------

SETS = ("worksheet", "answers")
"""The editions that a class set consists of."""
BATCH = 5
"""Sheets that are set in one go; a set is put together from them."""


def build_sets(args: argparse.Namespace) -> int:
    """Worksheets for the pupils of a roster, and their answers by sheet.

    Nothing of it goes into the manifest: it would hold the names.
    """
    from press.classroom.roster import read_roster
    from press.publish import locked

    names = editions(args.edition) or SETS
    if not args.roster:
        raise _usage("--each goes with --for roster.csv")
    for name in names:
        if name not in SETS:
            raise _usage(f"--for prints {' and '.join(SETS)}; it does not go with {name}")
    wanted(argparse.Namespace(**{**vars(args), "edition": list(names)}))  # is the rest sound?
    pupils = read_roster(Path(args.roster))
    findings: list[Finding] = []
    allowed: list[tuple[Finding, str]] = []
    version, own = manifest.tree_key(ROOT, ("press",)), engine()
    for slug, one in dict(_read_all(args, findings, allowed)).items():
        if one.loaded is None or _stopping(one.found):
            continue
        folder = ROOT / "output" / slug
        with locked(folder):
            job = _job_of(args, one.loaded, own, version, manifest.read_drawings(folder))
            for name in names:
                wanted_set = replace(job, edition=_edition(name))
                findings.extend(_build_set(args, wanted_set, pupils, allowed))
    show(sorted(set(findings)))
    _show_allowed(allowed, args.verbose)
    return FINDINGS if _stopping(findings) else CLEAN


def _job_of(
    args: argparse.Namespace,
    loaded: Loaded,
    own: Mapping[str, bytes],
    version: str,
    drawings: Mapping[str, bytes],
) -> Job:
    """A job that says all but its edition and its pupils."""
    from press.make import Job

    meta = loaded.dossier.meta
    theme, paper = args.theme or meta.theme, args.paper or meta.paper
    return Job("", loaded, EDITIONS["worksheet"], theme, "", own, drawings=dict(drawings),
               engine_version=version, paper=paper, strict=_strict(args, loaded))  # fmt: skip


def _build_set(
    args: argparse.Namespace,
    job: Job,
    pupils: Sequence[Pupil],
    allowed: list[tuple[Finding, str]],
) -> Iterator[Finding]:
    """Sets, checks and publishes one edition of a class set; prints what came of it."""
    from press.classroom.roster import safe
    from press.publish import publish

    begun = time.perf_counter()
    slug = job.loaded.snapshot.slug
    stem = f"{slug}-{job.edition.name}-{safe(Path(args.roster).stem, 'class')}"
    each = args.each and job.edition.name == "worksheet"
    if job.edition.answers:  # by sheet, without the names
        job = replace(job, edition=replace(job.edition, template="answer-key"))
    job = replace(job, name=f"{stem}.pdf", batch=1 if each else BATCH)
    made = _set_in_shares(args, job, pupils)
    found = held(_sifted(job.loaded, made.findings, allowed), job.strict)
    yield from found
    if _stopping(found):
        print(f"output/{slug}/{stem}.pdf: not built")
        return
    names = (
        [f"{stem}/{n:03}-{safe(p.name, 'pupil')}-{p.seed}.pdf" for n, p in enumerate(pupils, 1)]
        if each
        else [job.name]
    )
    for name, pdf in zip(names, made.pdfs, strict=True):
        if refused := _looked_over(replace(job, name=Path(name).name), pdf, args.limits):
            yield from refused
            return
        (ROOT / "output" / slug / name).parent.mkdir(parents=True, exist_ok=True)
        publish(pdf, ROOT / "output" / slug / name)
    seconds = time.perf_counter() - begun
    print(
        f"output/{slug}/{stem}{'/' if each else '.pdf'}: {len(pupils)} sheets, "
        f"{made.pages} pages, {seconds:.1f} s"
    )


def _set_in_shares(args: argparse.Namespace, job: Job, pupils: Sequence[Pupil]) -> SetMade:
    """The PDFs of a set: one for each pupil where a batch is one, else one for all.

    Each processor takes a share of the pupils, in whole batches.
    """
    from press import worker
    from press.classroom.merging import merge
    from press.make import SetMade, make_set
    from press.progress import Progress

    _ready_to_set()
    size = job.batch * -(-len(pupils) // (job.batch * (os.cpu_count() or 1)))
    jobs = [
        replace(job, pupils=tuple(pupils[start : start + size]), first=start + 1)
        for start in range(0, len(pupils), size)
    ]
    shares: dict[int, SetMade] = {}
    done: dict[int, int] = {}
    findings: list[Finding] = []
    with (
        Progress([job.name]) as progress,
        closing(worker.run(make_set, jobs, limits=args.limits)) as events,
    ):
        for event in events:
            if isinstance(event, worker.Progress):
                done[event.job.first] = int(event.stage)
                progress.step(job.name, sum(done.values()), len(pupils))
                continue
            findings.extend(_told_by(event))
            if event.made is not None:
                shares[event.job.first] = event.made
                findings.extend(event.made.findings)
        progress.done(job.name, "stopped" if len(shares) < len(jobs) else f"{len(pupils)} sheets")
    if len(shares) < len(jobs):
        return SetMade((), 0, tuple(findings))
    pdfs = [pdf for first in sorted(shares) for pdf in shares[first].pdfs]
    if job.batch > 1:
        pdfs = [_told(merge, tuple(pdfs), args.limits)]
    pages = sum(share.pages for share in shares.values())
    return SetMade(tuple(pdfs), pages, tuple(dict.fromkeys(findings)))


def _words(args: argparse.Namespace) -> list[str]:
    """``args`` as words again, for ``quick``."""
    words = [*args.slugs, *(f"--edition={e}" for e in args.edition)]
    words += [f"--theme={args.theme}"] if args.theme else []
    words += [f"--paper={args.paper}"] if args.paper else []
    words += [f"--tile={args.tile}"] if getattr(args, "tile", "") else []
    words += [f"--standard={args.standard}"] if args.standard else []
    if args.strict is not None:
        words.append("--strict" if args.strict else "--no-strict")
    return words + [f"--{flag}" for flag in ("verbose", "data") if getattr(args, flag)]


def _write_data(pdf: Path, bounds: Limits) -> None:
    """Writes what travels inside ``pdf`` beside it."""
    from press import data, provenance
    from press.publish import place

    for name, content in _told(provenance.enclosed_in, pdf.read_bytes(), bounds).items():
        if name not in data.NAMES:
            continue
        place(content, pdf.parent / name)
        print(f"{(pdf.parent / name).relative_to(ROOT).as_posix()}: {len(content)} bytes")


# -- read and verify ---------------------------------------------------------------------------


def read_aloud(args: argparse.Namespace) -> int:
    """Builds what is not built yet, and prints its pages as they are read aloud."""
    from press.aloud import spoken

    args.edition = args.edition or ["dossier"]
    with redirect_stdout(sys.stderr):
        code = build(args)
    for want in wanted(args) or ():
        if manifest.fresh(want.folder, want.name, want.key):
            print(_told(spoken, (want.folder / want.name).read_bytes(), args.limits), end="")
    return code


def _told(work: Callable[[Any, object], Any], pdf: object, bounds: Limits) -> Any:
    """What a worker reads in ``pdf``, or in several; raises Failure where it cannot."""
    (done,) = _outcomes(work, [pdf], bounds)
    if done.findings or done.report:
        raise Failure(_told_by(done, "", "pdf"))
    return done.made


LARGEST = 1 << 30
"""Bytes of the largest PDF that is looked into."""


def _file(name: str) -> bytes:
    """The bytes of a file that somebody names; raises OSError for a device, or a giant."""
    path = Path(name)
    if path.exists() and not path.is_file():
        raise OSError(0, "it is no file")
    with path.open("rb") as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise OSError(0, f"it has more than {LARGEST} bytes")
    return raw


def verify(args: argparse.Namespace) -> int:
    """Says of each file whether it was made from this content, and if not, what differs."""
    findings: list[Finding] = []
    for name in args.files:
        try:
            findings.extend(_verified(name, _file(name), args.limits))
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            findings.append(Finding(name, 0, 0, "V701", f"cannot be read: {why}", "check its name"))
        except Failure as failure:
            findings.extend(failure.findings)
    show(findings)
    return FINDINGS if findings else CLEAN


def _verified(name: str, pdf: bytes, bounds: Limits) -> Iterator[Finding]:
    """What speaks against ``pdf`` being made from this content; prints it where nothing does."""
    from press import provenance

    record = _told(provenance.read_from, pdf, bounds)
    if isinstance(record, str):
        yield Finding(name, 0, 0, "V702", record, "get it anew")
        return
    if record is None:
        message = "does not say what it was made from"
        yield Finding(name, 0, 0, "V703", message, "ask for a PDF that this press has made")
        return
    if record.dossier not in slugs():
        message = f"was made from {record.dossier!r}, which content/ does not have"
        yield Finding(name, 0, 0, "V704", message, "verify it where its content is")
        return
    known = find(record.edition), record.theme in themes(), record.paper in papers()
    if not all(known):
        message = f"was made as edition {record.edition!r} in theme {record.theme!r}"
        message += f" on paper {record.paper!r}"
        yield Finding(name, 0, 0, "V704", message, "verify it with the press that has them")
        return
    job = _remade(record)
    from press.make import inputs_of

    differing = list(provenance.differences(record, inputs_of(job)))
    for difference in differing:
        hint = "restore that input, or build the PDF anew"
        yield Finding(name, 0, 0, "V705", f"was made from something else: {difference}", hint)
    if differing:
        return
    if pdf != _pdf_of(job, bounds):
        message = "says that it was made from this content, but its bytes are others"
        yield Finding(name, 0, 0, "V706", message, "it was changed afterwards; build it anew")
        return
    print(f"{name}: made from content/{record.dossier} ({record.content_hash[:16]}), unchanged")


def _remade(record: Inputs) -> Job:
    """The job that would make the PDF of ``record`` from what is here now."""
    _own_fonts()
    from press.load import load
    from press.make import Job
    from press.snapshot import read

    slug = record.dossier
    loaded = load(read(ROOT / "content" / slug, f"content/{slug}"))
    name = f"{slug}-{record.edition}.pdf"
    last = manifest.read(ROOT / "output" / slug).get(name)
    known = last.rounds if last else ()
    return Job(
        name,
        loaded,
        in_standard(_edition(record.edition), record.standard),
        record.theme,
        "",
        engine(),
        known,
        paper=record.paper,
        tile=record.tile,
    )


def _pdf_of(job: Job, bounds: Limits) -> bytes:
    """The bytes that ``job`` makes; raises Failure where it cannot."""
    from press.make import make

    (done,) = _outcomes(make, [job], bounds)
    if done.made is None:
        raise Failure(_told_by(done))
    pdf: bytes = done.made.pdf
    return pdf


@dataclass(frozen=True)
class _Read:
    """A dossier that was read, with the editions it lists and what was found in it."""

    loaded: Loaded | None
    listed: tuple[str, ...]
    found: tuple[Finding, ...] = ()
    key: str = ""


def _read_all(
    args: argparse.Namespace, findings: list[Finding], allowed: list[tuple[Finding, str]]
) -> Iterator[tuple[str, _Read]]:
    """Stages 1 and 2 for every dossier asked for, once for all of its editions."""
    from press.snapshot import read

    for slug in chosen(args.slugs):
        begun = time.perf_counter()
        try:
            snapshot = read(ROOT / "content" / slug, f"content/{slug}")
            if args.verbose:
                _verbose(slug, "load", 0.0)
            loaded, found = _load(snapshot, args.limits)
            found = held(_sifted(loaded, found, allowed), _strict(args, loaded))
            found = tuple(sorted({*found, *_settled(loaded, args.theme, args.paper)}))
            findings.extend(found)
            if args.verbose:
                _verbose(slug, "check", time.perf_counter() - begun)
            key = manifest.content_key(snapshot.label, snapshot.files)
            yield slug, _Read(loaded, _spread(loaded.dossier.meta.editions), found, key)
        except Failure as failure:
            findings.extend(failure.findings)
            yield slug, _Read(None, ("dossier",))


# -- diff --------------------------------------------------------------------------------------


def diff(args: argparse.Namespace) -> int:
    """Compares two states of a dossier; 2 where they cannot be compared, as diff itself says."""
    from press.diff import state
    from press.diff.report import Comparison, report
    from press.load import load
    from press.publish import place

    edition = find(args.edition)
    if edition is None:
        hint = did_you_mean(args.edition, EDITIONS, f"there are {', '.join(EDITIONS)}")
        raise _usage(f"no edition is called {args.edition!r}; {hint}")
    try:
        states = (state(ROOT, args.old, args.dossier), state(ROOT, args.new, args.dossier))
    except Failure as failure:
        show(failure.findings)
        return USAGE
    loaded = (load(states[0].files), load(states[1].files))
    faults = [f for one in loaded for f in one.findings if f.severity == "error"]
    show(faults)
    if not all(one.dossier.meta.title for one in loaded):
        return USAGE
    slug = states[1].files.slug
    same = states[0].files.files == states[1].files.files
    pdfs = {} if faults or same or not args.pages else _both_set(args, edition, loaded)
    wanted = Comparison(states, loaded, (pdfs.get("old", b""), pdfs.get("new", b"")), engine())
    (done,) = _outcomes(report, [wanted], args.limits)
    if done.made is None:
        raise Failure(_told_by(done, slug, "diff"))
    if not done.made.differs:
        print(f"{args.old} and {args.new}: no differences")
        return USAGE if faults else CLEAN
    print("\n".join(done.made.lines))
    path = ROOT / "output" / slug / f"diff-{states[0].stem}-{states[1].stem}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    place(done.made.html.encode("utf-8"), path)
    if args.pages and len(pdfs) < len(states):
        print("pages: not compared, for a state cannot be set", file=sys.stderr)
    print(f"{path.relative_to(ROOT).as_posix()}: {path.stat().st_size / 1e6:.1f} MB")
    return FINDINGS


def _both_set(
    args: argparse.Namespace, edition: Edition, loaded: tuple[Loaded, Loaded]
) -> dict[str, bytes]:
    """The PDFs of two states by ``old`` and ``new``, set by this press, each in a worker."""
    from press.make import Job

    make, own = _ready_to_set(), engine()
    slug = loaded[1].snapshot.slug
    folder = ROOT / "output" / slug
    last = manifest.read(folder).get(f"{slug}-{args.edition}.pdf")
    jobs = [
        Job(
            name=name,
            loaded=one,
            edition=edition,
            theme=args.theme or one.dossier.meta.theme,
            key="",
            engine=own,
            known=last.rounds if last else (),
            drawings=manifest.read_drawings(folder),
            engine_version=manifest.tree_key(ROOT, ("press",)),
            fingerprint=False,
        )
        for name, one in zip(("old", "new"), loaded, strict=True)
    ]
    pdfs: dict[str, bytes] = {}
    for done in _outcomes(make, jobs, args.limits):
        if done.made is None:
            show(_told_by(done, slug))
        else:
            pdfs[done.job.name] = done.made.pdf
    return pdfs if len(pdfs) == len(jobs) else {}


def _jobs(
    args: argparse.Namespace,
    todo: Sequence[Wanted],
    read: Mapping[str, _Read],
    findings: list[Finding],
    stack: ExitStack,
) -> Iterator[Job]:
    """The jobs whose content is sound, each under the lock of its folder."""
    from press.make import Job
    from press.publish import locked

    version = manifest.tree_key(ROOT, ("press",))
    own = engine()
    for slug, one in read.items():
        loaded, found = one.loaded, one.found
        if loaded is None:
            continue
        if _stopping(found):
            for _, words in _read_words([_reading(loaded, own)], args.limits):
                findings.extend(words)
            continue
        folder = ROOT / "output" / slug
        try:
            stack.enter_context(locked(folder))
            manifest.write_listed(folder, one.key, one.listed)
        except Failure as failure:
            findings.extend(failure.findings)
            continue
        known = manifest.read(folder)
        meta = loaded.dossier.meta
        # One for all jobs of a dossier: what one has drawn, those that start later need not draw.
        drawings = manifest.read_drawings(folder)
        for want in todo:
            if want.slug != slug or manifest.fresh(folder, want.name, want.key):
                continue
            last = known.get(want.name)
            yield Job(
                name=want.name,
                loaded=loaded,
                edition=in_standard(_edition(want.edition), args.standard or meta.standard),
                theme=args.theme or meta.theme,
                key=want.key,
                engine=own,
                known=last.rounds if last else (),
                noticed=found,
                drawings=drawings,
                engine_version=version,
                paper=want.paper or meta.paper,
                tile=want.tile,
                strict=_strict(args, loaded),
            )


def _verbose(what: str, stage: str, seconds: float) -> None:
    number = STAGES.index(stage) + 1
    print(f"{number} {stage:8} {what} {seconds:6.2f} s", file=sys.stderr)


def _run(
    jobs: Sequence[Job],
    args: argparse.Namespace,
    findings: list[Finding],
    allowed: list[tuple[Finding, str]],
) -> dict[str, manifest.Entry]:
    """Makes the jobs in workers and publishes what is clean."""
    if not jobs:
        return {}
    from press import worker
    from press.progress import Progress

    make = _ready_to_set()
    made: dict[str, manifest.Entry] = {}
    begun = time.perf_counter()
    with (
        Progress([job.name for job in jobs]) as progress,
        closing(worker.run(make, jobs, limits=args.limits)) as events,
    ):
        for event in events:
            if isinstance(event, worker.Progress):
                progress.stage(event.job.name, event.stage)
                continue
            job = event.job
            try:
                made[job.name] = _finished(event, args, begun, findings, allowed)
                progress.done(job.name, f"{made[job.name].pages} pages")
            except Failure as failure:
                findings.extend(failure.findings)
                progress.done(job.name, "stopped")
    return made


def _finished(
    done: Done[Job, Made],
    args: argparse.Namespace,
    begun: float,
    findings: list[Finding],
    allowed: list[tuple[Finding, str]],
) -> manifest.Entry:
    """Publishes what a worker has made; raises Failure where something speaks against it."""
    job, result = done.job, done.made
    findings.extend(_told_by(done))
    if result is None:
        raise Failure(())
    job.drawings.update(result.drawings)
    result = replace(
        result, findings=held(_sifted(job.loaded, result.findings, allowed), job.strict)
    )
    findings.extend(result.findings)
    if args.verbose:
        for stage, seconds in result.seconds.items():
            _verbose(job.name, stage, seconds)
    if _stopping(result.findings):
        raise Failure(())
    for name, pdf in {job.name: result.pdf, **result.beside}.items():
        if refused := _looked_over(replace(job, name=name), pdf, args.limits):
            raise Failure(refused)
    return _publish(job, result, begun, args.verbose)


def _looked_over(job: Job, pdf: bytes, bounds: Limits) -> list[Finding]:
    """What a finished PDF must not hold. The worker that made it is not asked: another looks."""
    from press.scan import Finished, scan

    if Path(job.name).name != job.name or job.name.startswith("."):
        hint = "do not trust this content; please report it"
        return [Finding("press", 0, 0, "X903", f"a worker names a file {job.name!r}", hint)]
    (done,) = _outcomes(scan, [Finished(job.name, pdf, job.loaded.snapshot.files)], bounds)
    return [*_told_by(done, job.loaded.snapshot.slug, job.name), *(done.made or ())]


def _publish(job: Job, made: Made, begun: float, verbose: bool) -> manifest.Entry:
    from hashlib import blake2b

    from press.coverage import coverage, line
    from press.publish import publish

    dossier = job.loaded.dossier
    publishing = time.perf_counter()
    folder = ROOT / "output" / job.loaded.snapshot.slug
    publish(made.pdf, folder / job.name)
    for name, content in made.beside.items():
        publish(content, folder / name)
    entry = manifest.Entry(
        key=job.key,
        digest=blake2b(made.pdf, digest_size=20).hexdigest(),
        pages=made.pages,
        size=len(made.pdf),
        seconds=round(publishing - begun, 2),
        findings=tuple(map(str, (*job.noticed, *made.findings))),
        rounds=made.rounds,
        advice=made.advice,
        beside={n: blake2b(raw, digest_size=20).hexdigest() for n, raw in made.beside.items()},
        strict=dossier.meta.strict,
        coverage=line(coverage(dossier), "en"),
    )
    manifest.write(folder, {**manifest.read(folder), job.name: entry})
    manifest.write_drawings(folder, job.name, made.drawings)
    if verbose:
        _verbose(job.name, "publish", time.perf_counter() - publishing)
    return entry


def _fault_report(slug: str, what: str, trace: str) -> Finding:
    """The trace of an internal fault goes into a file; the finding says where it is."""
    from press.mishap import mishap

    return mishap(what, trace, ROOT, ROOT / "output" / slug)
