"""Worksheets for the pupils of a roster, and their answers: set in shares, put together."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from press.base import folders
from press.base.finding import Finding, stopping
from press.base.outcome import NOTHING_FOUND, Outcome
from press.base.place import place
from press.base.request import Request
from press.base.units import counted
from press.checks.allowed import weighed
from press.classroom.merging import merged
from press.classroom.prepare import KEY
from press.classroom.printable import without_a_font
from press.classroom.roster import Pupil, Roster, read_roster, safe
from press.classroom.sets import SetMade, Share, alike
from press.classroom.whose import Said, shortened, together
from press.cli.console import CLEAN, FINDINGS, show_outcome
from press.cli.progress import Progress
from press.cli.reading import found_in, read_all, readable, words_outcome
from press.content.load import Loaded
from press.content.snapshot import engine_files
from press.design.styles import flatten
from press.jobs import pool, worker
from press.jobs.works import last_build, work_for
from press.output.draft import one_draft
from press.output.publish import draft_name, locked, publish
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
    unread: list[Reading] = []
    for reading in readings.values():
        if reading.loaded is None or stopping(reading.loaded.findings):
            unread.append(reading)
        else:
            outcome += _sets_of(reading, reading.loaded, request, roster, engine)
    outcome += words_outcome(unread, request, engine)
    show_outcome(outcome, request.verbose)
    return FINDINGS if outcome.stops else CLEAN


def _sets_of(
    reading: Reading,
    loaded: Loaded,
    request: Request,
    roster: Roster,
    engine: Mapping[str, bytes],
) -> Outcome:
    """Makes the sets of one dossier, whose folder is locked meanwhile.

    Pupils whose names cannot be printed are left out and named; the others get their worksheets.
    Where what was read stops them, there are drafts.
    """
    outcome = NOTHING_FOUND
    if reading.outcome.stops:
        loaded = readable(loaded)
    with locked(folders.output(reading.slug)):
        last = last_build(reading.slug)
        for edition in request.editions:
            noticed = reading.outcome.findings
            work = work_for(loaded, edition, request, engine, last, noticed=noticed)
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
        work = replace(work, edition=replace(work.edition, template=KEY, whole_leaves=False))
        batch = len(pupils)
    work = replace(work, name=f"{stem}.pdf")
    made = _set_in_shares(request, Share(work, tuple(pupils), batch, roster=request.roster))
    same = (
        () if work.edition.answers or not made.asked else alike(pupils, made.asked, request.roster)
    )
    outcome = weighed(work.loaded, (*made.findings, *same), request.strict)
    if outcome.stops:
        print(f"output/{slug}/{stem}.pdf: not built")
        refused = _put_draft(made, work, request) if made.drafts else ()
        return replace(outcome, findings=(*map(shortened, outcome.findings), *refused))
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
    sheets = counted(len(pupils), "sheet")
    print(
        f"output/{slug}/{stem}{'/' if each else '.pdf'}: {sheets}, "
        f"{counted(made.pages, 'page')}, {seconds:.1f} s"
    )
    return outcome


def _put_draft(made: SetMade, work: Work, request: Request) -> tuple[Finding, ...]:
    """Writes the draft of a set that was stopped; why it is refused, where it is."""
    snapshot, name = work.loaded.snapshot, draft_name(work.name)
    pdf = pool.answer(one_draft, tuple(pdf for _, pdf in made.drafts), request.limits)
    refused = pool.scanned(Finished(name, pdf, snapshot.files), snapshot.slug, request.limits)
    if not refused:
        place(pdf, folders.output(snapshot.slug) / name)
        print(f"output/{snapshot.slug}/{name}: shows each fault on its page")
    return refused


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
        progress.done(name, "stopped" if len(shares) < len(jobs) else counted(len(pupils), "sheet"))
    if len(shares) < len(jobs):
        return SetMade((), 0, tuple(findings))
    pdfs = [pdf for first in sorted(shares) for pdf in shares[first].pdfs]
    if whole.batch > 1:
        pdfs = [pool.answer(merged, tuple(pdfs), request.limits)]
    pages, known, drafts = 0, set[Said](), []
    for first in sorted(shares):
        share = shares[first]
        findings += (replace(f, page=f.page and f.page + pages) for f in share.findings)
        pages += share.pages
        drafts += [(shows, pdf) for shows, pdf in share.drafts if not shows <= known]
        known |= {key for shows, _ in share.drafts for key in shows}
    asked = tuple(word for first in sorted(shares) for word in shares[first].asked)
    return SetMade(tuple(pdfs), pages, together(findings), tuple(drafts), asked)
