"""The verb ``diff``: two states of a dossier, read and set by this press, and their report."""

from __future__ import annotations

import argparse
import sys

from press import plates
from press.base import folders
from press.base.finding import ContentError, stopping
from press.base.place import place
from press.cli.console import CLEAN, FINDINGS, USAGE, show
from press.cli.options import demand
from press.content.load import Loaded, load
from press.content.snapshot import engine_files
from press.design.editions import EDITIONS, Edition, find, named
from press.diff import state
from press.diff.report import Comparison, report
from press.jobs import pool
from press.output import manifest
from press.pipeline import make
from press.views.view import Work


def diff(args: argparse.Namespace) -> int:
    """Compares two states of a dossier; 2 where they cannot be compared, as diff itself says."""
    if find(args.edition) is None:
        demand(args.edition, EDITIONS, "no edition is called")
    try:
        old, new = (state(folders.ROOT, one, args.dossier) for one in (args.old, args.new))
    except ContentError as error:
        show(error.findings)
        return USAGE
    loaded = load(old.files), load(new.files)
    faults = stopping(f for one in loaded for f in one.findings)
    show(faults)
    if any("dossier.yaml" in one.broken for one in loaded):
        return USAGE
    slug = new.files.slug
    same = old.files.files == new.files.files
    pdfs = {} if faults or same or not args.pages else _both_set(args, named(args.edition), loaded)
    both = (pdfs.get("old", b""), pdfs.get("new", b""))
    asked = Comparison((old.name, new.name), loaded, both, engine_files())
    (done,) = pool.outcomes(report, [asked], args.limits)
    if done.made is None:
        raise ContentError(pool.findings_of(done, slug, "diff"))
    if not done.made.differs:
        print(f"{args.old} and {args.new}: no differences")
        return USAGE if faults else CLEAN
    print("\n".join(done.made.lines))
    path = folders.output(slug) / f"diff-{old.stem}-{new.stem}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    place(done.made.html.encode("utf-8"), path)
    if args.pages and not pdfs:
        print("pages: not compared, for a state cannot be set", file=sys.stderr)
    print(f"{path.relative_to(folders.ROOT).as_posix()}: {path.stat().st_size / 1e6:.1f} MB")
    return FINDINGS


def _both_set(
    args: argparse.Namespace, edition: Edition, loaded: tuple[Loaded, Loaded]
) -> dict[str, bytes]:
    """The PDFs of two states by ``old`` and ``new``, set by this press, each in a worker."""
    pool.ready_to_set()
    engine = engine_files()
    slug = loaded[1].snapshot.slug
    folder = folders.output(slug)
    last = manifest.read(folder).get(f"{slug}-{args.edition}.pdf")
    version = manifest.tree_key(folders.ROOT, plates.CODE)
    kept = plates.Kept(version, manifest.read_drawings(folder))
    jobs = [
        Work(
            name=name,
            loaded=one,
            edition=edition,
            theme=args.theme or one.dossier.meta.theme,
            engine=engine,
            known=last.rounds if last else (),
            kept=kept,
            fingerprint=False,
        )
        for name, one in zip(("old", "new"), loaded, strict=True)
    ]
    pdfs: dict[str, bytes] = {}
    for done in pool.outcomes(make, jobs, args.limits):
        if done.made is None:
            show(pool.findings_of(done, slug))
        else:
            pdfs[done.job.name] = done.made.pdf
    return pdfs if len(pdfs) == len(jobs) else {}
