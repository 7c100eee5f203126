"""The verbs ``build`` and ``read``: what is not built yet is made in workers, and published."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, redirect_stdout
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from press import plates
from press.base import folders
from press.base.finding import ContentError, Finding, held, stopping
from press.base.limits import Limits
from press.base.place import place
from press.cli.class_sets import build_sets
from press.cli.console import CLEAN, FINDINGS, show, show_allowed, stage_took
from press.cli.progress import Progress
from press.cli.reading import Read, read_all, sifted, strict, words_of, words_only
from press.cli.targets import Wanted, wanted
from press.cli.up_to_date import say, show_coverage, unchanged
from press.content.coverage import coverage, line
from press.content.snapshot import engine_files
from press.design.editions import in_standard, named
from press.jobs import pool, worker
from press.jobs.worker import Done
from press.output import manifest, provenance, publish
from press.output.scan import Finished
from press.output.transcript import read_transcript
from press.pipeline import Made, make
from press.views import data
from press.views.view import Work


@dataclass(frozen=True)
class Order:
    """A PDF to be made: its target, the dossier as it was read, and the work for a worker."""

    want: Wanted
    read: Read
    work: Work
    strict: bool
    drawings: dict[str, bytes]


def build(args: argparse.Namespace) -> int:
    """Builds what is asked for and is not built yet."""
    if args.roster or args.each:
        return build_sets(args)
    if (code := unchanged(args)) is not None:
        return code
    findings: list[Finding] = []
    allowed: list[tuple[Finding, str]] = []
    read = dict(read_all(args, findings, allowed))
    todo = wanted(args, read) or ()
    with ExitStack() as stack:
        orders = list(_orders(args, todo, read, findings, stack))
        made = _run(orders, args, findings, allowed)
    show(sorted(set(findings)))
    show_allowed(allowed, args.verbose)
    done: list[tuple[Wanted, manifest.Entry]] = []
    for want in todo:
        entry = manifest.fresh(want.folder, want.name, want.key)
        if entry and want.name not in made:
            say(want, entry, "unchanged")
        elif want.name in made:
            entry = made[want.name]
            say(want, entry, f"{entry.seconds:.1f} s")
        else:
            last = want.folder / want.name
            kept = " (the last PDF is untouched)" if last.is_file() else ""
            print(f"output/{want.slug}/{want.name}: not built{kept}")
            continue
        done.append((want, entry))
        if args.data:
            _write_data(want.folder / want.name, args.limits)
    show_coverage(done)
    return FINDINGS if stopping(findings) else CLEAN


def read_aloud(args: argparse.Namespace) -> int:
    """Builds what is not built yet, and prints its pages as they are read aloud."""
    args.edition = args.edition or ["dossier"]
    with redirect_stdout(sys.stderr):
        code = build(args)
    for want in wanted(args) or ():
        if manifest.fresh(want.folder, want.name, want.key):
            pdf = (want.folder / want.name).read_bytes()
            print(pool.answer(read_transcript, pdf, args.limits), end="")
    return code


def _orders(
    args: argparse.Namespace,
    todo: Sequence[Wanted],
    read: Mapping[str, Read],
    findings: list[Finding],
    stack: ExitStack,
) -> Iterator[Order]:
    """The work whose content is sound, each under the lock of its folder."""
    version = manifest.tree_key(folders.ROOT, plates.CODE)
    own = engine_files()
    for slug, one in read.items():
        loaded, found = one.loaded, one.found
        if loaded is None:
            continue
        if stopping(found):
            for _, words in words_of([words_only(loaded, own)], args.limits):
                findings.extend(words)
            continue
        folder = folders.output(slug)
        try:
            stack.enter_context(publish.locked(folder))
            manifest.write_listed(folder, one.key, one.listed)
        except ContentError as error:
            findings.extend(error.findings)
            continue
        known = manifest.read(folder)
        meta = loaded.dossier.meta
        # One for all jobs of a dossier: what one has drawn, those that start later need not draw.
        drawings = manifest.read_drawings(folder)
        for want in todo:
            if want.slug != slug or manifest.fresh(folder, want.name, want.key):
                continue
            last = known.get(want.name)
            work = Work(
                name=want.name,
                loaded=loaded,
                edition=in_standard(named(want.edition), args.standard or meta.standard),
                theme=args.theme or meta.theme,
                engine=own,
                paper=want.paper or meta.paper,
                tile=want.tile,
                known=last.rounds if last else (),
                kept=plates.Kept(version, drawings),
            )
            yield Order(want, one, work, strict(args, loaded), drawings)


def _run(
    orders: Sequence[Order],
    args: argparse.Namespace,
    findings: list[Finding],
    allowed: list[tuple[Finding, str]],
) -> dict[str, manifest.Entry]:
    """Makes what is ordered in workers and publishes what is clean."""
    if not orders:
        return {}
    pool.ready_to_set()
    made: dict[str, manifest.Entry] = {}
    by_name = {order.work.name: order for order in orders}
    begun = time.perf_counter()
    with (
        Progress(list(by_name)) as progress,
        closing(worker.run(make, [o.work for o in orders], limits=args.limits)) as events,
    ):
        for event in events:
            if isinstance(event, worker.Progress):
                progress.stage(event.job.name, event.stage)
                continue
            name = event.job.name
            try:
                made[name] = _finished(event, by_name[name], args, begun, findings, allowed)
                progress.done(name, f"{made[name].pages} pages")
            except ContentError as error:
                findings.extend(error.findings)
                progress.done(name, "stopped")
    return made


def _finished(
    done: Done[Work, Made],
    order: Order,
    args: argparse.Namespace,
    begun: float,
    findings: list[Finding],
    allowed: list[tuple[Finding, str]],
) -> manifest.Entry:
    """Publishes what a worker has made; raises ContentError where something speaks against it."""
    work, result = done.job, done.made
    findings.extend(pool.findings_of(done))
    if result is None:
        raise ContentError(())
    order.drawings.update(result.drawings)
    result = replace(
        result, findings=held(sifted(work.loaded, result.findings, allowed), order.strict)
    )
    findings.extend(result.findings)
    if args.verbose:
        for stage, seconds in result.seconds.items():
            stage_took(work.name, stage, seconds)
    if stopping(result.findings):
        raise ContentError(())
    snapshot = work.loaded.snapshot
    for name, pdf in {work.name: result.pdf, **result.companions}.items():
        finished = Finished(name, pdf, snapshot.files)
        if refused := pool.looked_over(finished, snapshot.slug, args.limits):
            raise ContentError(refused)
    return _publish(order, result, begun, args.verbose)


def _publish(order: Order, made: Made, begun: float, verbose: bool) -> manifest.Entry:
    """Puts a PDF and what belongs beside it in their places, and notes what they were made from."""
    work, dossier = order.work, order.work.loaded.dossier
    publishing = time.perf_counter()
    folder = folders.output(work.loaded.snapshot.slug)
    publish.publish(made.pdf, folder / work.name)
    for name, content in made.companions.items():
        publish.publish(content, folder / name)
    entry = manifest.Entry(
        key=order.want.key,
        digest=blake2b(made.pdf, digest_size=20).hexdigest(),
        pages=made.pages,
        size=len(made.pdf),
        seconds=round(publishing - begun, 2),
        findings=tuple(map(str, (*order.read.found, *made.findings))),
        rounds=made.rounds,
        advice=made.advice,
        companions={
            n: blake2b(raw, digest_size=20).hexdigest() for n, raw in made.companions.items()
        },
        strict=dossier.meta.strict,
        coverage=line(coverage(dossier), "en"),
    )
    manifest.write(folder, {**manifest.read(folder), work.name: entry})
    manifest.write_drawings(folder, work.name, made.drawings)
    if verbose:
        stage_took(work.name, "publish", time.perf_counter() - publishing)
    return entry


def _write_data(pdf: Path, bounds: Limits) -> None:
    """Writes what travels inside ``pdf`` beside it."""
    for name, content in pool.answer(provenance.enclosed_in, pdf.read_bytes(), bounds).items():
        if name not in data.NAMES:
            continue
        place(content, pdf.parent / name)
        print(f"{(pdf.parent / name).relative_to(folders.ROOT).as_posix()}: {len(content)} bytes")
