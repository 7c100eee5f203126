"""The verbs ``build`` and ``read``: what is not built yet is made in workers, and published."""

from __future__ import annotations

import sys
import time
from collections.abc import Container, Iterable, Mapping
from contextlib import ExitStack, closing, redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from press.base import folders
from press.base.finding import ContentError, stopping
from press.base.limits import Limits
from press.base.outcome import NOTHING_FOUND, Outcome, failed
from press.base.place import place
from press.base.request import Request
from press.base.stages import Clock
from press.base.units import counted
from press.checks.allowed import weighed
from press.cli.class_sets import build_sets
from press.cli.console import CLEAN, FINDINGS, left_out, show, show_outcome, stages_took
from press.cli.progress import Progress
from press.cli.reading import found_in, read_all, readable, words_outcome
from press.cli.targets import Target, noted_targets, targets
from press.cli.up_to_date import say, show_coverage, up_to_date
from press.content.snapshot import engine_files
from press.jobs import pool, worker
from press.jobs.works import LastBuild, last_build, work_for
from press.output import kept_html, manifest, provenance
from press.output.publish import draft_name, locked
from press.output.scan import Finished
from press.output.transcript import read_transcript
from press.pipeline import Made, Reading, make, publish
from press.views import data
from press.views.view import Work


@dataclass(frozen=True)
class Results:
    """What became of PDFs: by name those that were published, and drafts of those that were not.

    ``read`` are the dossiers of which pages were set, so that their words are proved.
    """

    built: Mapping[str, manifest.BuiltPdf] = field(default_factory=dict)
    drafts: Mapping[str, str] = field(default_factory=dict)
    read: frozenset[str] = frozenset()
    outcome: Outcome = NOTHING_FOUND

    def joined_by(self, other: Results) -> Results:
        """Both together."""
        return Results(
            {**self.built, **other.built},
            {**self.drafts, **other.drafts},
            self.read | other.read,
            self.outcome + other.outcome,
        )


def build(request: Request) -> int:
    """Builds what is asked for and is not built yet."""
    if request.roster:
        return build_sets(request)
    if (code := up_to_date(request)) is not None:
        return code
    readings, engine = read_all(request), engine_files()
    wanted = targets(request, readings)
    early = found_in(reading for reading in readings.values() if reading.outcome.stops)
    show(early.findings)  # their drafts take as long as their pages
    with ExitStack() as locks:
        ours, refused = _locked(readings.values(), locks)
        todo = {t.name: t for t in wanted if t.slug in ours and (request.keep_html or not t.built)}
        made = _made(todo, ours, request, engine) if todo else Results()
    stopped = {slug for slug, one in readings.items() if one.outcome.stops}
    unread = stopped.union(target.slug for target in todo.values()) - made.read
    words = words_outcome([readings[slug] for slug in sorted(unread)], request, engine)
    outcome = sum(refused.values(), found_in(readings.values()) + made.outcome + words)
    show_outcome(outcome, request.verbose, early.findings)
    _show(request, wanted, made, refused)
    return FINDINGS if outcome.stops else CLEAN


def read_aloud(request: Request) -> int:
    """Builds what is not built yet, and prints its pages as they are read aloud."""
    request = replace(request, editions=request.editions or ("dossier",))
    with redirect_stdout(sys.stderr):
        code = build(request)
    for target in noted_targets(request) or ():
        if target.built:
            pdf = (target.folder / target.name).read_bytes()
            print(pool.answer(read_transcript, pdf, request.limits), end="")
    return code


def _locked(
    readings: Iterable[Reading], locks: ExitStack
) -> tuple[Mapping[str, Reading], Mapping[str, Outcome]]:
    """The dossiers that can be set, whose folders are ours from now on; why others are not ours."""
    ours: dict[str, Reading] = {}
    refused: dict[str, Outcome] = {}
    for reading in readings:
        if reading.loaded is None or stopping(reading.loaded.findings):
            continue
        folder = folders.output(reading.slug)
        try:
            locks.enter_context(locked(folder))
            manifest.write_preferences(folder, reading.preferences_key, reading.preferences)
            ours[reading.slug] = reading
        except ContentError as error:
            refused[reading.slug] = failed(error)
    return ours, refused


def _made(
    todo: Mapping[str, Target],
    readings: Mapping[str, Reading],
    request: Request,
    engine: Mapping[str, bytes],
) -> Results:
    """Makes PDFs in workers, and publishes what is clean; of the rest, drafts.

    What one worker has drawn, those of the same dossier that start later need not draw, and its
    page numbers are where they begin.
    """
    pool.ready_to_set()
    begun = time.perf_counter()
    last = {slug: last_build(slug) for slug in readings}
    for target in todo.values():
        kept_html.forget(target.folder / target.name)
    works = (_work(readings[t.slug], t, request, engine, last[t.slug]) for t in todo.values())
    results = Results()
    with (
        Progress(list(todo)) as progress,
        closing(worker.run(make, works, limits=request.limits)) as events,
    ):
        for event in events:
            name = event.job.name
            if isinstance(event, worker.StageBegun):
                progress.stage(name, event.stage)
                continue
            target = todo[name]
            before = readings[target.slug].outcome
            if event.made:
                one = _published(target, before, event.job, event.made, request, begun)
                last[target.slug] = last[target.slug].joined_by(one.built, event.made.drawings)
                one = one.joined_by(Results(outcome=_kept(target, event.made)))
            elif before.stops:  # what is wrong is known, and may well be why there are no pages
                one = Results()
            else:
                one = Results(outcome=Outcome(pool.findings_of(event)))
            results = results.joined_by(one)
            pages = counted(one.built[name].pages, "page") if name in one.built else "stopped"
            progress.done(name, pages)
    return results


def _work(
    reading: Reading,
    target: Target,
    request: Request,
    engine: Mapping[str, bytes],
    last: LastBuild,
) -> Work:
    """The work on one PDF, with a draft where it comes to nothing."""
    if reading.loaded is None:
        raise ValueError(reading.slug)
    loaded = readable(reading.loaded) if reading.outcome.stops else reading.loaded
    noticed = reading.outcome.findings
    name, tile = target.name, target.tile
    return work_for(loaded, target.edition, request, engine, last, name, tile, noticed)


def _kept(target: Target, made: Made) -> Outcome:
    """Writes the HTML that was asked for, also of pages that are not published."""
    try:
        kept_html.put(target.folder / target.name, made.html)
    except ContentError as error:
        return failed(error)
    return NOTHING_FOUND


def _published(
    target: Target,
    before: Outcome,
    work: Work,
    made: Made,
    request: Request,
    begun: float,
) -> Results:
    """What came of a PDF: it is published, or a draft of it where something speaks against it."""
    snapshot, clock = work.loaded.snapshot, Clock()
    outcome = weighed(work.loaded, made.findings, request.strict)
    made = replace(made, findings=outcome.findings)
    stopped = outcome.stops or before.stops
    files = {work.name: made.pdf, **made.companions}
    if stopped:
        files = {draft_name(work.name): made.draft} if made.draft else {}
    refused = NOTHING_FOUND
    for name, pdf in files.items():
        if not refused.stops:
            finished = Finished(name, pdf, snapshot.files)
            refused += Outcome(pool.scanned(finished, snapshot.slug, request.limits))
    built: dict[str, manifest.BuiltPdf] = {}
    drafts: dict[str, str] = {}
    try:
        with clock("publish"):  # 10
            if not stopped and not refused.stops:
                seconds = time.perf_counter() - begun
                built[work.name] = publish(work, made, target.key, before.findings, seconds)
            elif files and not refused.stops:
                place(made.draft, target.folder / draft_name(work.name))
                drafts[work.name] = draft_name(work.name)
    except ContentError as error:
        refused += failed(error)
    if request.verbose:
        stages_took(work.name, {**made.seconds, **clock.seconds})
        if made.economy is not None:
            print(f"{work.name} has {made.economy}", file=sys.stderr)
        left_out(work.name, work.edition)
    return Results(built, drafts, frozenset({snapshot.slug}), outcome + refused)


def _show(
    request: Request, wanted: Iterable[Target], made: Results, refused: Container[str]
) -> None:
    """Prints what became of each PDF; what lies in folders that are ``refused`` is another's."""
    done: list[tuple[Target, manifest.BuiltPdf]] = []
    for target in wanted:
        entry = made.built.get(target.name) or target.built
        if entry is None:
            _show_stopped(target, made.drafts.get(target.name, ""), target.slug in refused)
        else:
            again = f"{entry.seconds:.1f} s" if target.name in made.built else "unchanged"
            say(target, entry, again)
            done.append((target, entry))
        page = kept_html.page_of(target.folder / target.name)
        if request.keep_html and page.is_file():
            print(f"{page.relative_to(folders.ROOT).as_posix()}: to be opened in a browser")
        if request.data and entry:
            _write_data(target.folder / target.name, request.limits)
    show_coverage(done)


def _show_stopped(target: Target, draft: str, refused: bool) -> None:
    """Prints that a PDF was not built, and where its faults are seen; an older draft is deleted."""
    kept = " (the last PDF is untouched)" if (target.folder / target.name).is_file() else ""
    print(f"output/{target.slug}/{target.name}: not built{kept}")
    if draft:
        print(f"output/{target.slug}/{draft}: shows each fault on its page")
        return
    if refused:
        return
    print("  there is no draft: its pages cannot be made")
    with suppress(OSError):  # the report of a fault is of this build, and stays
        (target.folder / draft_name(target.name)).unlink()


def _write_data(pdf: Path, bounds: Limits) -> None:
    """Writes what travels inside ``pdf`` beside it."""
    for name, content in pool.answer(provenance.enclosed, pdf.read_bytes(), bounds).items():
        if name not in data.NAMES:
            continue
        place(content, pdf.parent / name)
        print(f"{(pdf.parent / name).relative_to(folders.ROOT).as_posix()}: {len(content)} bytes")
