"""Worksheets for the pupils of a roster, and their answers: set in shares, put together."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from press import plates
from press.base import folders
from press.base.finding import Finding, held, stopping
from press.classroom.merging import merge
from press.classroom.roster import Pupil, read_roster, safe
from press.classroom.sets import SetMade, Share
from press.cli.console import CLEAN, FINDINGS, show, show_allowed, usage
from press.cli.options import editions
from press.cli.progress import Progress
from press.cli.reading import read_all, sifted, strict
from press.cli.targets import fitting
from press.content.load import Loaded
from press.content.snapshot import engine_files
from press.design.editions import EDITIONS, named
from press.jobs import pool, worker
from press.output import manifest
from press.output.publish import locked, publish
from press.output.scan import Finished
from press.pipeline import class_set
from press.views.view import Work

SETS = ("worksheet", "answers")
"""The editions that a class set consists of."""

BATCH = 5
"""Sheets that are set in one go; a set is put together from them."""


def build_sets(args: argparse.Namespace) -> int:
    """Worksheets for the pupils of a roster, and their answers by sheet.

    Nothing of it goes into the manifest: it would hold the names.
    """
    names = editions(args.edition) or SETS
    if not args.roster:
        raise usage("--each goes with --for roster.csv")
    for name in names:
        if name not in SETS:
            raise usage(f"--for prints {' and '.join(SETS)}; it does not go with {name}")
    fitting(args, names)
    pupils = read_roster(Path(args.roster))
    findings: list[Finding] = []
    allowed: list[tuple[Finding, str]] = []
    version, own = manifest.tree_key(folders.ROOT, plates.CODE), engine_files()
    for slug, one in dict(read_all(args, findings, allowed)).items():
        if one.loaded is None or stopping(one.found):
            continue
        folder = folders.output(slug)
        with locked(folder):
            work = _work_of(args, one.loaded, own, version, manifest.read_drawings(folder))
            for name in names:
                wanted_set = replace(work, edition=named(name))
                findings.extend(_build_set(args, wanted_set, pupils, allowed))
    show(sorted(set(findings)))
    show_allowed(allowed, args.verbose)
    return FINDINGS if stopping(findings) else CLEAN


def _work_of(
    args: argparse.Namespace,
    loaded: Loaded,
    own: Mapping[str, bytes],
    version: str,
    drawings: Mapping[str, bytes],
) -> Work:
    """The work on a set, all but its edition and its pupils."""
    meta = loaded.dossier.meta
    theme, paper = args.theme or meta.theme, args.paper or meta.paper
    return Work("", loaded, EDITIONS["worksheet"], theme, own, paper,
                kept=plates.Kept(version, drawings))  # fmt: skip


def _build_set(
    args: argparse.Namespace,
    work: Work,
    pupils: Sequence[Pupil],
    allowed: list[tuple[Finding, str]],
) -> Iterator[Finding]:
    """Sets, checks and publishes one edition of a class set; prints what came of it."""
    begun = time.perf_counter()
    slug = work.loaded.snapshot.slug
    stem = f"{slug}-{work.edition.name}-{safe(Path(args.roster).stem, 'class')}"
    each = args.each and work.edition.name == "worksheet"
    if work.edition.answers:  # by sheet, without the names
        work = replace(work, edition=replace(work.edition, template="answer-key"))
    work = replace(work, name=f"{stem}.pdf")
    made = _set_in_shares(args, Share(work, tuple(pupils), 1 if each else BATCH))
    found = held(sifted(work.loaded, made.findings, allowed), strict(args, work.loaded))
    yield from found
    if stopping(found):
        print(f"output/{slug}/{stem}.pdf: not built")
        return
    names = (
        [f"{stem}/{n:03}-{safe(p.name, 'pupil')}-{p.seed}.pdf" for n, p in enumerate(pupils, 1)]
        if each
        else [work.name]
    )
    for name, pdf in zip(names, made.pdfs, strict=True):
        finished = Finished(Path(name).name, pdf, work.loaded.snapshot.files)
        if refused := pool.looked_over(finished, slug, args.limits):
            yield from refused
            return
        (folders.output(slug) / name).parent.mkdir(parents=True, exist_ok=True)
        publish(pdf, folders.output(slug) / name)
    seconds = time.perf_counter() - begun
    print(
        f"output/{slug}/{stem}{'/' if each else '.pdf'}: {len(pupils)} sheets, "
        f"{made.pages} pages, {seconds:.1f} s"
    )


def _set_in_shares(args: argparse.Namespace, whole: Share) -> SetMade:
    """The PDFs of a set: one for each pupil where a batch is one, else one for all.

    Each processor takes a share of the pupils, in whole batches.
    """
    pool.ready_to_set()
    pupils, name = whole.pupils, whole.work.name
    size = whole.batch * -(-len(pupils) // (whole.batch * (os.cpu_count() or 1)))
    jobs = [
        replace(whole, pupils=pupils[start : start + size], first=start + 1)
        for start in range(0, len(pupils), size)
    ]
    shares: dict[int, SetMade] = {}
    done: dict[int, int] = {}
    findings: list[Finding] = []
    with (
        Progress([name]) as progress,
        closing(worker.run(class_set, jobs, limits=args.limits)) as events,
    ):
        for event in events:
            if isinstance(event, worker.Progress):
                done[event.job.first] = int(event.stage)
                progress.step(name, sum(done.values()), len(pupils))
                continue
            findings.extend(pool.findings_of(event, whole.work.loaded.snapshot.slug, name))
            if event.made is not None:
                shares[event.job.first] = event.made
                findings.extend(event.made.findings)
        progress.done(name, "stopped" if len(shares) < len(jobs) else f"{len(pupils)} sheets")
    if len(shares) < len(jobs):
        return SetMade((), 0, tuple(findings))
    pdfs = [pdf for first in sorted(shares) for pdf in shares[first].pdfs]
    if whole.batch > 1:
        pdfs = [pool.answer(merge, tuple(pdfs), args.limits)]
    pages = sum(share.pages for share in shares.values())
    return SetMade(tuple(pdfs), pages, tuple(dict.fromkeys(findings)))
