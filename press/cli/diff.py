"""The verb ``diff``: two states of a dossier, read and set by this press, and their report."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from press.base import folders
from press.base.finding import ContentError, stopping
from press.base.place import place
from press.base.request import Request
from press.checks.choices import project_faults, unknown_choices
from press.cli.console import CLEAN, FINDINGS, USAGE, show
from press.content.load import Loaded
from press.content.project import read_project
from press.content.snapshot import engine_files
from press.diff import state
from press.diff.report import Comparison, report
from press.jobs import pool
from press.jobs.works import last_build, work_for
from press.pipeline import make


def diff(request: Request) -> int:
    """Compares two states of a dossier; 2 where they cannot be compared, as diff itself says."""
    slug = request.slugs[-1] if request.slugs else ""
    try:
        old, new = (state(folders.ROOT, one, slug) for one in request.words)
    except ContentError as error:
        show(error.findings)
        return USAGE
    project = read_project()
    jobs = [pool.ToRead(one.files, project.preferences, checked=False) for one in (old, new)]
    first, second = (pool.read_apart(job, request.limits).loaded for job in jobs)
    loaded = first, second
    asked = request.preferences
    found = {
        *project_faults(project, asked),
        *(f for one in loaded for f in (*one.findings, *unknown_choices(one, asked))),
    }
    faults = stopping(sorted(found))
    show(faults)
    if any("dossier.yaml" in one.broken for one in loaded):
        return USAGE
    slug = new.files.slug
    same = old.files.files == new.files.files
    pdfs = {} if faults or same or not request.pages else _both_set(request, loaded)
    both = (pdfs.get("old", b""), pdfs.get("new", b""))
    compared = Comparison((old.name, new.name), loaded, both, engine_files())
    (done,) = pool.results(report, [compared], request.limits)
    if done.made is None:
        raise ContentError(pool.findings_of(done, slug, "diff"))
    if not done.made.differs:
        print(f"{' and '.join(request.words)}: no differences")
        return USAGE if faults else CLEAN
    print("\n".join(done.made.lines))
    if request.pages and not pdfs:
        print("pages: not compared, for a state cannot be set", file=sys.stderr)
    _publish(done.made.html, folders.output(slug) / f"diff-{old.stem}-{new.stem}.html")
    return FINDINGS


def _publish(html: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    place(html.encode("utf-8"), path)
    print(f"{path.relative_to(folders.ROOT).as_posix()}: {path.stat().st_size / 1e6:.1f} MB")


def _both_set(request: Request, loaded: tuple[Loaded, Loaded]) -> Mapping[str, bytes]:
    """The PDFs of two states by ``old`` and ``new``, set by this press, each in a worker.

    Neither where one of them cannot be set. No digest of the content is printed: it always differs.
    """
    pool.ready_to_set()
    engine, slug = engine_files(), loaded[1].snapshot.slug
    edition, last = next(iter(request.editions), "dossier"), last_build(slug)
    known = last.rounds(f"{slug}-{edition}.pdf")
    works = [
        replace(work_for(one, edition, request, engine, last, name), known=known, fingerprint=False)
        for name, one in zip(("old", "new"), loaded, strict=True)
    ]
    pdfs: dict[str, bytes] = {}
    for done in pool.results(make, works, request.limits):
        if done.made is None:
            show(pool.findings_of(done, slug))
        else:
            pdfs[done.job.name] = done.made.pdf
    return pdfs if len(pdfs) == len(works) else {}
