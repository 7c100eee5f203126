"""The verbs ``build`` and ``read``: what is not built yet is made in workers, and published."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing, redirect_stdout
from dataclasses import dataclass, field, replace
from pathlib import Path

from press.base import folders
from press.base.finding import ContentError
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
from press.output import manifest, provenance
from press.output.publish import locked
from press.output.scan import Finished
from press.output.transcript import read_transcript
from press.pipeline import Made, Reading, make, publish
from press.plates import Kept
from press.views import data
from press.views.view import Work


@dataclass(frozen=True)
class Order:
    """A PDF that is to be made of a dossier as it was read."""

    target: Target
    reading: Reading
    work: Work


@dataclass(frozen=True)
class Built:
    """The PDFs that were published, by name, and what was found while they were made."""

    outcome: Outcome = NOTHING_FOUND
    entries: Mapping[str, manifest.Entry] = field(default_factory=dict)


def build(request: Request) -> int:
    """Builds what is asked for and is not built yet."""
    if request.roster:
        return build_sets(request)
    if (code := up_to_date(request)) is not None:
        return code
    readings = read_all(request)
    wanted = targets(request, readings)
    with ExitStack() as locks:
        ours, refused = _locked(readings.values(), locks)
        built = _built(_orders(request, ours, wanted), request)
    faulty = [reading for reading in readings.values() if reading.outcome.stops]
    words = words_outcome(faulty, request, engine_files())
    outcome = found_in(readings.values()) + refused + built.outcome + words
    show_outcome(outcome, request.verbose)
    _show(request, wanted, built.entries)
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
            manifest.write_listed(folder, reading.key, reading.listed)
            ours[reading.slug] = reading
        except ContentError as error:
            outcome += failed(error)
    return ours, outcome


def _orders(
    request: Request, readings: Mapping[str, Reading], wanted: Iterable[Target]
) -> dict[str, Order]:
    """What is to be made of the dossiers that were read, by the name of the PDF."""
    last, engine = {slug: last_build(slug) for slug in readings}, engine_files()
    orders = {}
    for target in wanted:
        reading = readings.get(target.slug)
        if reading and reading.loaded and not target.built:
            work = work_for(reading.loaded, target.edition, request, engine, last[target.slug],
                            target.name, target.tile)  # fmt: skip
            orders[target.name] = Order(target, reading, work)
    return orders


def _built(orders: Mapping[str, Order], request: Request) -> Built:
    """Makes what is ordered in workers, and publishes what is clean.

    What one worker has drawn, those of the same dossier that start later need not draw.
    """
    if not orders:
        return Built()
    pool.ready_to_set()
    begun = time.perf_counter()
    kept = {order.target.slug: order.work.kept for order in orders.values()}
    works = (replace(o.work, kept=kept[o.target.slug]) for o in orders.values())
    entries: dict[str, manifest.Entry] = {}
    outcome = NOTHING_FOUND
    with (
        Progress(list(orders)) as progress,
        closing(worker.run(make, works, limits=request.limits)) as events,
    ):
        for event in events:
            name = event.job.name
            if isinstance(event, worker.StageBegun):
                progress.stage(name, event.stage)
                continue
            order, slug = orders[name], orders[name].target.slug
            outcome += Outcome(pool.findings_of(event))
            if event.made:
                kept[slug] = _with(kept[slug], event.made.drawings)
                entry, found = _published(order, event.made, request, begun)
                outcome += found
                entries |= {name: entry} if entry else {}
            progress.done(name, f"{entries[name].pages} pages" if name in entries else "stopped")
    return Built(outcome, entries)


def _with(kept: Kept, drawings: Mapping[str, bytes]) -> Kept:
    """What is kept, and these drawings."""
    return replace(kept, drawings={**kept.drawings, **drawings})


def _published(
    order: Order, made: Made, request: Request, begun: float
) -> tuple[manifest.Entry | None, Outcome]:
    """What was noted of a PDF that is published; None where what was found speaks against it."""
    work, noticed = order.work, order.reading.outcome.findings
    limits, clock = request.limits, Clock()
    outcome = weighed(work.loaded, made.findings, request.strict)
    if not outcome.stops:
        snapshot = work.loaded.snapshot
        for name, pdf in {work.name: made.pdf, **made.companions}.items():
            finished = Finished(name, pdf, snapshot.files)
            outcome += Outcome(pool.scanned(finished, snapshot.slug, limits))
    entry = None
    if not outcome.stops:
        made = replace(made, findings=outcome.findings)
        seconds = time.perf_counter() - begun
        try:
            with clock("publish"):  # 10
                entry = publish(work, made, order.target.key, noticed, seconds)
        except ContentError as error:
            outcome += failed(error)
    if request.verbose:
        stages_took(work.name, {**made.seconds, **clock.seconds})
    return entry, outcome


def _show(
    request: Request, wanted: Iterable[Target], made: Mapping[str, manifest.Entry]
) -> None:
    """Prints what became of each PDF."""
    done: list[tuple[Target, manifest.Entry]] = []
    for target in wanted:
        entry = made.get(target.name) or target.built
        if entry is None:
            kept = " (the last PDF is untouched)" if (target.folder / target.name).is_file() else ""
            print(f"output/{target.slug}/{target.name}: not built{kept}")
            continue
        say(target, entry, f"{entry.seconds:.1f} s" if target.name in made else "unchanged")
        done.append((target, entry))
        if request.data:
            _write_data(target.folder / target.name, request.limits)
    show_coverage(done)


def _write_data(pdf: Path, bounds: Limits) -> None:
    """Writes what travels inside ``pdf`` beside it."""
    for name, content in pool.answer(provenance.enclosed, pdf.read_bytes(), bounds).items():
        if name not in data.NAMES:
            continue
        place(content, pdf.parent / name)
        print(f"{(pdf.parent / name).relative_to(folders.ROOT).as_posix()}: {len(content)} bytes")
