"""The verb ``check``: what is wrong with dossiers, and with their pages; nothing is published."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from press import plates
from press.base import folders
from press.base.finding import ContentError, Finding, held, stopping
from press.base.limits import Limits
from press.cli import report
from press.cli.console import CLEAN, FINDINGS, show, show_allowed
from press.cli.options import chosen, editions
from press.cli.reading import load_and_check, settled, sifted, strict, words_of, words_only
from press.content.load import Loaded
from press.content.snapshot import dossier_files, engine_files
from press.design.editions import named, spread
from press.jobs import pool
from press.output import manifest
from press.pipeline import make
from press.views.view import Work


def checking(args: argparse.Namespace) -> int:
    """``check``, in the format asked for even where nothing can be read."""
    try:
        return check(args)
    except ContentError as error:
        if args.format == "text":
            raise
        print(report.FORMATS[args.format](error.findings, ()))
        return FINDINGS


def check(args: argparse.Namespace) -> int:
    """Loads and checks, with ``--pages`` the set pages too; prints findings, publishes nothing."""
    own = engine_files()
    findings: list[Finding] = []
    allowed: list[tuple[Finding, str]] = []
    jobs: list[Work] = []
    to_set: list[Work] = []
    for slug in chosen(args.slugs):
        try:
            loaded, found = load_and_check(dossier_files(slug), args.limits)
            found = tuple(sorted({*found, *settled(loaded, args.theme)}))
        except ContentError as error:
            findings.extend(error.findings)
            continue
        kept = sifted(loaded, found, allowed)
        findings.extend(held(kept, strict(args, loaded)))
        if args.pages and not stopping(kept):
            to_set.extend(_settings(args, loaded, own))
        else:
            jobs.append(words_only(loaded, own))
    for job, said in (*words_of(jobs, args.limits), *_read_pages(to_set, args.limits)):
        kept = sifted(job.loaded, said, allowed)
        findings.extend(held(kept, strict(args, job.loaded)))
    findings, allowed = sorted(set(findings)), sorted(set(allowed))
    if args.format == "text":
        show(findings)
        show_allowed(allowed, args.verbose)
        print(report.count(len(findings)) if findings else "no findings")
    else:
        print(report.FORMATS[args.format](findings, allowed))
    return FINDINGS if stopping(findings) else CLEAN


def _settings(args: argparse.Namespace, loaded: Loaded, own: dict[str, bytes]) -> Iterator[Work]:
    """The jobs of setting a dossier's editions without publishing them."""
    folder, meta = folders.output(loaded.snapshot.slug), loaded.dossier.meta
    known, drawings = manifest.read(folder), manifest.read_drawings(folder)
    version = manifest.tree_key(folders.ROOT, plates.CODE)
    for edition in editions(args.edition) or spread(meta.editions) or ("dossier",):
        name = f"{loaded.snapshot.slug}-{edition}.pdf"
        yield Work(
            name=name,
            loaded=loaded,
            edition=named(edition),
            theme=args.theme or meta.theme,
            engine=own,
            known=known[name].rounds if name in known else (),
            kept=plates.Kept(version, drawings),
            paper=meta.paper,
        )


def _read_pages(jobs: Sequence[Work], bounds: Limits) -> Iterator[tuple[Work, tuple[Finding, ...]]]:
    """What is wrong with plates, words and set pages."""
    if not jobs:
        return
    pool.ready_to_set()
    for done in pool.outcomes(make, jobs, bounds):
        yield done.job, (*pool.findings_of(done), *(done.made.findings if done.made else ()))
