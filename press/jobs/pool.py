"""Gives jobs to workers, gathers what became of them, and has what they made scanned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from press.base import folders
from press.base.finding import ContentError, Finding
from press.base.limits import Limits
from press.base.outcome import Outcome
from press.base.preferences import NO_PREFERENCES, Preferences
from press.base.stages import Clock, FoundSoFar, Report
from press.checks import checked
from press.checks.allowed import weighed
from press.content.load import Loaded, load
from press.content.snapshot import Snapshot
from press.jobs import worker
from press.jobs.crash_report import crash_report
from press.jobs.worker import Done
from press.output.scan import Finished, scan
from press.typeset import fonts


def own_fonts() -> None:
    """The project's fonts and no others, from here on; before WeasyPrint is there to look around.

    Raises ContentError where output/ cannot hold the cache.
    """
    fonts.only(folders.ROOT / "styles" / "fonts", folders.ROOT / "output" / ".cache" / "fonts")


def ready_to_set() -> None:
    """Readies this process for workers that set pages: its fonts are the project's and no other.

    Raises ContentError where output/ cannot hold the cache.
    """
    own_fonts()
    from press.typeset.typeset import preload_fonts

    preload_fonts()


def results(
    work: Callable[[Any], Any], jobs: Sequence[Any], bounds: Limits
) -> Iterator[Done[Any, Any]]:
    """What became of each job, given to workers; they end with whoever asked."""
    yield from _results(partial(_alone, work), jobs, bounds)


def _results(
    work: Callable[[Any, Report], Any], jobs: Sequence[Any], bounds: Limits
) -> Iterator[Done[Any, Any]]:
    with closing(worker.run(work, jobs, limits=bounds)) as events:
        yield from [event for event in events if isinstance(event, worker.Done)]


def _alone(work: Callable[[Any], Any], job: Any, _: Report) -> Any:
    """``work`` on a job, of whose stages nobody wants to know."""
    return work(job)


def answer(work: Callable[[Any], Any], pdf: object, bounds: Limits) -> Any:
    """What a worker reads in ``pdf``, or in several; raises ContentError where it cannot."""
    (done,) = results(work, [pdf], bounds)
    if done.findings or done.report:
        raise ContentError(findings_of(done, "", "pdf"))
    return done.made


def findings_of(
    done: Done[Any, Any], slug: str | None = None, what: str = ""
) -> tuple[Finding, ...]:
    """A worker's findings; a fault of the press itself becomes the finding of its report.

    Dossier and name of the job are those of its ``Work``, where it is no other.
    """
    if not done.report:
        return done.findings
    slug = done.job.loaded.snapshot.slug if slug is None else slug
    kept = tuple(f for f in done.findings if f.code != "X900")
    return (*kept, crash_report(slug, what or done.job.name, done.report))


@dataclass(frozen=True)
class ToRead:
    """Files of a dossier, what press.yaml says for it, and what the command asks of it.

    ``beside`` are findings that are weighed with those of the dossier; one that is not ``checked``
    is only loaded.
    """

    snapshot: Snapshot
    defaults: Preferences = NO_PREFERENCES
    strict: bool | None = None
    beside: tuple[Finding, ...] = ()
    checked: bool = True


@dataclass(frozen=True)
class Examined:
    """A dossier that was loaded, what was found in it, and the seconds of each stage."""

    loaded: Loaded
    outcome: Outcome
    seconds: Mapping[str, float]
    traces: tuple[str, ...] = ()


def read_apart(job: ToRead, bounds: Limits) -> Examined:
    """Stages 1 and 2. A worker reads: no file of an author's is looked into in this process.

    Raises ContentError where the worker cannot; what loading found is told with it.
    """
    slug = job.snapshot.slug
    (done,) = _results(_read, [job], bounds)
    if done.made is None:
        raise ContentError(findings_of(done, slug, slug))
    got: Examined = done.made
    got = replace(got, loaded=replace(got.loaded, snapshot=job.snapshot))
    if not got.traces:
        return got
    failed = crash_report(slug, slug, "\n\n".join(got.traces))
    return replace(got, outcome=got.outcome + Outcome((failed,)))


def _read(job: ToRead, report: Report) -> Examined:
    """The work of a worker: the files themselves do not travel back."""
    clock = Clock()
    with clock("load"):  # 1
        loaded = load(job.snapshot, job.defaults)
    bare = replace(loaded, snapshot=replace(job.snapshot, files={}))
    if not job.checked:
        return Examined(bare, Outcome(loaded.findings), clock.seconds)
    report(FoundSoFar(loaded.findings))
    with clock("check"):  # 2
        found = checked(loaded)
        every = {*job.beside, *loaded.findings, *found.findings}
        outcome = weighed(loaded, every, job.strict)
    return Examined(bare, outcome, clock.seconds, found.traces)


def scanned(finished: Finished, slug: str, bounds: Limits) -> tuple[Finding, ...]:
    """What a finished PDF must not hold. The worker that made it is not asked: another looks."""
    name = finished.name
    if Path(name).name != name or name.startswith("."):
        hint = "do not trust this content; please report it"
        return (Finding("press", 0, 0, "X903", f"a worker names a file {name!r}", hint),)
    (done,) = results(scan, [finished], bounds)
    return (*findings_of(done, slug, name), *(done.made or ()))
