"""Gives jobs to workers, gathers what became of them, and has what they made scanned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from press.base import folders
from press.base.finding import ContentError, Finding
from press.base.limits import Limits
from press.base.stages import Report
from press.checks import checked
from press.content.load import Loaded
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
    with closing(worker.run(partial(_alone, work), jobs, limits=bounds)) as events:
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


def checked_apart(loaded: Loaded, bounds: Limits) -> tuple[Finding, ...]:
    """What the checks find. A worker checks, for it has to open pictures."""
    slug = loaded.snapshot.slug
    (done,) = results(checked, [loaded], bounds)
    found = findings_of(done, slug, slug)
    if done.made is None:
        return found
    traces = "\n\n".join(done.made.traces)
    failed = (crash_report(slug, slug, traces),) if traces else ()
    return (*found, *done.made.findings, *failed)


def scanned(finished: Finished, slug: str, bounds: Limits) -> tuple[Finding, ...]:
    """What a finished PDF must not hold. The worker that made it is not asked: another looks."""
    name = finished.name
    if Path(name).name != name or name.startswith("."):
        hint = "do not trust this content; please report it"
        return (Finding("press", 0, 0, "X903", f"a worker names a file {name!r}", hint),)
    (done,) = results(scan, [finished], bounds)
    return (*findings_of(done, slug, name), *(done.made or ()))
