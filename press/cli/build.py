"""The verbs ``build`` and ``read``: what is not built yet is made in workers, and published."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing, redirect_stdout
from dataclasses import replace
from pathlib import Path

from press.base import folders
from press.base.finding import ContentError, Finding
from press.base.limits import Limits
from press.base.outcome import NOTHING_FOUND, Outcome, failed
from press.base.place import place
from press.base.request import Request
from press.base.stages import Clock
from press.checks.allowed import weighed
from press.cli.class_sets import build_sets
from press.cli.console import CLEAN, FINDINGS, show_outcome, stages_took
from press.cli.progress import Progress
from press.cli.reading import found_in, read_all, words_outcome
from press.cli.targets import Target, noted_targets, targets
from press.cli.up_to_date import say, show_coverage, up_to_date
from press.content.snapshot import engine_files
from press.jobs import pool, worker
from press.jobs.works import last_build, work_for
from press.output import kept_html, manifest, provenance
from press.output.publish import locked
from press.output.scan import Finished
from press.output.transcript import read_transcript
from press.pipeline import Made, Reading, make, publish
from press.views import data
from press.views.view import Work


def build(request: Request) -> int:
    """Builds what is asked for and is not built yet."""
    if request.roster:
        return build_sets(request)
    if (code := up_to_date(request)) is not None:
        return code
    readings, engine = read_all(request), engine_files()
    wanted = targets(request, readings)
    with ExitStack() as locks:
        ours, refused = _locked(readings.values(), locks)
        todo = {t.name: t for t in wanted if t.slug in ours and (request.keep_html or not t.built)}
        built, found = _built(todo, ours, request, engine) if todo else ({}, NOTHING_FOUND)
    faulty = [reading for reading in readings.values() if reading.outcome.stops]
    words = words_outcome(faulty, request, engine)
    outcome = found_in(readings.values()) + refused + found + words
    show_outcome(outcome, request.verbose)
    _show(request, wanted, built)
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
) -> tuple[Mapping[str, Reading], Outcome]:
    """The sound dossiers whose folders are ours from now on, and why others are not."""
    ours: dict[str, Reading] = {}
    outcome = NOTHING_FOUND
    for reading in readings:
        if reading.loaded is None or reading.outcome.stops:
            continue
        folder = folders.output(reading.slug)
        try:
            locks.enter_context(locked(folder))
            manifest.write_preferences(folder, reading.preferences_key, reading.preferences)
            ours[reading.slug] = reading
        except ContentError as error:
            outcome += failed(error)
    return ours, outcome


def _built(
    todo: Mapping[str, Target],
    readings: Mapping[str, Reading],
    request: Request,
    engine: Mapping[str, bytes],
) -> tuple[Mapping[str, manifest.BuiltPdf], Outcome]:
    """Makes PDFs in workers, publishes what is clean, and gives what was found on the way.

    What one worker has drawn, those of the same dossier that start later need not draw.
    """
    pool.ready_to_set()
    begun = time.perf_counter()
    last = {slug: last_build(slug) for slug in readings}
    for target in todo.values():
        kept_html.forget(target.folder / target.name)
    works = (work_for(reading.loaded, t.edition, request, engine, last[t.slug], t.name, t.tile)
             for t in todo.values() if (reading := readings[t.slug]).loaded)  # fmt: skip
    built: dict[str, manifest.BuiltPdf] = {}
    outcome = NOTHING_FOUND
    with (
        Progress(list(todo)) as progress,
        closing(worker.run(make, works, limits=request.limits)) as events,
    ):
        for event in events:
            name = event.job.name
            if isinstance(event, worker.StageBegun):
                progress.stage(name, event.stage)
                continue
            outcome += Outcome(pool.findings_of(event))
            if event.made:
                target = todo[name]
                last[target.slug] = last[target.slug].joined_by(event.made.drawings)
                outcome += _kept(target, event.made)
                noticed = readings[target.slug].outcome.findings
                entry, found = _published(target, noticed, event.job, event.made, request, begun)
                outcome += found
                built |= {name: entry} if entry else {}
            progress.done(name, f"{built[name].pages} pages" if name in built else "stopped")
    return built, outcome


def _kept(target: Target, made: Made) -> Outcome:
    """Writes the HTML that was asked for, also of pages that are not published."""
    try:
        kept_html.put(target.folder / target.name, made.html)
    except ContentError as error:
        return failed(error)
    return NOTHING_FOUND


def _published(
    target: Target,
    noticed: Iterable[Finding],
    work: Work,
    made: Made,
    request: Request,
    begun: float,
) -> tuple[manifest.BuiltPdf | None, Outcome]:
    """What was noted of a PDF that is published; None where what was found speaks against it."""
    snapshot, clock = work.loaded.snapshot, Clock()
    outcome = weighed(work.loaded, made.findings, request.strict)
    made = replace(made, findings=outcome.findings)
    for name, pdf in {work.name: made.pdf, **made.companions}.items():
        if not outcome.stops:
            finished = Finished(name, pdf, snapshot.files)
            outcome += Outcome(pool.scanned(finished, snapshot.slug, request.limits))
    entry = None
    if not outcome.stops:
        try:
            with clock("publish"):  # 10
                seconds = time.perf_counter() - begun
                entry = publish(work, made, target.key, noticed, seconds)
        except ContentError as error:
            outcome += failed(error)
    if request.verbose:
        stages_took(work.name, {**made.seconds, **clock.seconds})
    return entry, outcome


def _show(
    request: Request, wanted: Iterable[Target], made: Mapping[str, manifest.BuiltPdf]
) -> None:
    """Prints what became of each PDF."""
    done: list[tuple[Target, manifest.BuiltPdf]] = []
    for target in wanted:
        entry = made.get(target.name) or target.built
        if entry is None:
            kept = " (the last PDF is untouched)" if (target.folder / target.name).is_file() else ""
            print(f"output/{target.slug}/{target.name}: not built{kept}")
        else:
            say(target, entry, f"{entry.seconds:.1f} s" if target.name in made else "unchanged")
            done.append((target, entry))
        page = kept_html.page_of(target.folder / target.name)
        if request.keep_html and page.is_file():
            print(f"{page.relative_to(folders.ROOT).as_posix()}: to be opened in a browser")
        if request.data and entry:
            _write_data(target.folder / target.name, request.limits)
    show_coverage(done)


def _write_data(pdf: Path, bounds: Limits) -> None:
    """Writes what travels inside ``pdf`` beside it."""
    for name, content in pool.answer(provenance.enclosed, pdf.read_bytes(), bounds).items():
        if name not in data.NAMES:
            continue
        place(content, pdf.parent / name)
        print(f"{(pdf.parent / name).relative_to(folders.ROOT).as_posix()}: {len(content)} bytes")
