"""Worksheets for the pupils of a roster, and their answers: set in shares, put together."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from press.base import folders
from press.base.finding import Finding
from press.base.outcome import NOTHING_FOUND, Outcome
from press.base.request import Request
from press.checks.allowed import weighed
from press.classroom.merging import merged
from press.classroom.printable import without_a_font
from press.classroom.roster import Pupil, Roster, read_roster, safe
from press.classroom.sets import SetMade, Share
from press.cli.console import CLEAN, FINDINGS, show_outcome
from press.cli.progress import Progress
from press.cli.reading import found_in, read_all
from press.content.snapshot import engine_files
from press.design.styles import flatten
from press.jobs import pool, worker
from press.jobs.works import last_build, work_for
from press.output.publish import locked, publish
from press.output.scan import Finished
from press.pipeline import Reading, class_set
from press.views.view import Work

BATCH = 5
"""Worksheets that are set in one go; a set is put together from them."""


def build_sets(request: Request) -> int:
    """Worksheets for the pupils of a roster, and their answers by sheet.

    Nothing of it goes into the manifest: it would hold the names.
    """
    roster = read_roster(Path(request.roster))
    readings, engine = read_all(request), engine_files()
    outcome = found_in(readings.values()) + Outcome(roster.findings)
    for reading in readings.values():
        if not reading.outcome.stops:
            outcome += _sets_of(reading, request, roster, engine)
    show_outcome(outcome, request.verbose)
    return FINDINGS if outcome.stops else CLEAN


def _sets_of(
    reading: Reading, request: Request, roster: Roster, engine: Mapping[str, bytes]
) -> Outcome:
    """Makes the sets of one dossier, whose folder is locked meanwhile.

    Pupils whose names cannot be printed are left out and named; the others get their worksheets.
    """
    outcome = NOTHING_FOUND
    if reading.loaded is None:
        return outcome
    with locked(folders.output(reading.slug)):
        last = last_build(reading.slug)
        for edition in request.editions:
            work = work_for(reading.loaded, edition, request, engine, last)
            style = flatten(work.engine, work.theme, work.edition.sheet_name, work.sheet)
            left_out = dict(without_a_font(roster, style))
            outcome += Outcome(tuple(left_out.values()))
            if pupils := [pupil for pupil in roster.pupils if pupil not in left_out]:
                outcome += _build_set(request, work, pupils)
    return outcome


def _build_set(request: Request, work: Work, pupils: Sequence[Pupil]) -> Outcome:
    """Sets, checks and publishes one edition of a class set; prints what came of it."""
    begun = time.perf_counter()
    slug = work.loaded.snapshot.slug
    stem = f"{slug}-{work.edition.name}-{safe(Path(request.roster).stem, 'class')}"
    each = request.each and not work.edition.answers
    batch = 1 if each else BATCH
    if work.edition.answers:  # by sheet, without the names, and once what all have in common
        work = replace(
            work, edition=replace(work.edition, template="answer-key", whole_leaves=False)
        )
        batch = len(pupils)
    work = replace(work, name=f"{stem}.pdf")
    made = _set_in_shares(request, Share(work, tuple(pupils), batch))
    outcome = weighed(work.loaded, made.findings, request.strict)
    if outcome.stops:
        print(f"output/{slug}/{stem}.pdf: not built")
        return outcome
    names = (
        [f"{stem}/{n:03}-{safe(p.name, 'pupil')}-{p.seed}.pdf" for n, p in enumerate(pupils, 1)]
        if each
        else [work.name]
    )
    for name, pdf in zip(names, made.pdfs, strict=True):
        finished = Finished(Path(name).name, pdf, work.loaded.snapshot.files)
        if refused := pool.scanned(finished, slug, request.limits):
            return outcome + Outcome(refused)
        (folders.output(slug) / name).parent.mkdir(parents=True, exist_ok=True)
        publish(pdf, folders.output(slug) / name)
    seconds = time.perf_counter() - begun
    sheets = "1 sheet" if len(pupils) == 1 else f"{len(pupils)} sheets"
    print(
        f"output/{slug}/{stem}{'/' if each else '.pdf'}: {sheets}, "
        f"{made.pages} pages, {seconds:.1f} s"
    )
    return outcome


def _set_in_shares(request: Request, whole: Share) -> SetMade:
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
        closing(worker.run(class_set, jobs, limits=request.limits)) as events,
    ):
        for event in events:
            if isinstance(event, worker.StageBegun):
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
        pdfs = [pool.answer(merged, tuple(pdfs), request.limits)]
    pages = sum(share.pages for share in shares.values())
    return SetMade(tuple(pdfs), pages, tuple(dict.fromkeys(findings)))
