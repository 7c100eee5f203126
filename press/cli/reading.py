"""Stages 1 and 2 for the dossiers of a command: read, load, check, and weigh what was found."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from press.base import folders
from press.base.finding import ContentError, Finding, did_you_mean, held
from press.base.limits import Limits
from press.checks import checked
from press.checks.allowed import sift
from press.cli.console import stage_took
from press.cli.options import chosen
from press.content.load import Loaded, load
from press.content.snapshot import Snapshot, dossier_files
from press.design.editions import EDITIONS, spread
from press.jobs import pool
from press.jobs.crash_report import crash_report
from press.output import manifest
from press.views.view import Work
from press.views.words import words_alone


@dataclass(frozen=True)
class Read:
    """A dossier that was read, with the editions it lists and what was found in it."""

    loaded: Loaded | None
    listed: tuple[str, ...]
    found: tuple[Finding, ...] = ()
    key: str = ""


def read_all(
    args: argparse.Namespace, findings: list[Finding], allowed: list[tuple[Finding, str]]
) -> Iterator[tuple[str, Read]]:
    """Stages 1 and 2 for every dossier asked for, once for all of its editions."""
    for slug in chosen(args.slugs):
        begun = time.perf_counter()
        try:
            snapshot = dossier_files(slug)
            if args.verbose:
                stage_took(slug, "load", 0.0)
            loaded, found = load_and_check(snapshot, args.limits)
            found = held(sifted(loaded, found, allowed), strict(args, loaded))
            found = tuple(sorted({*found, *settled(loaded, args.theme, args.paper)}))
            findings.extend(found)
            if args.verbose:
                stage_took(slug, "check", time.perf_counter() - begun)
            key = manifest.content_key(snapshot.label, snapshot.files)
            yield slug, Read(loaded, spread(loaded.dossier.meta.editions), found, key)
        except ContentError as error:
            findings.extend(error.findings)
            yield slug, Read(None, ("dossier",))


def load_and_check(snapshot: Snapshot, bounds: Limits) -> tuple[Loaded, tuple[Finding, ...]]:
    """Stages 1 and 2, with the findings of both; a worker checks, for it has to open pictures."""
    loaded = load(snapshot)
    found, slug = set(loaded.findings), snapshot.slug
    (done,) = pool.outcomes(checked, [loaded], bounds)
    found.update(pool.findings_of(done, slug, slug))
    if done.made:
        found.update(done.made.findings)
        if done.made.traces:
            found.add(crash_report(slug, slug, "\n\n".join(done.made.traces)))
    return loaded, tuple(sorted(found))


def strict(args: argparse.Namespace, loaded: Loaded) -> bool:
    """Whether warnings stop the dossier: by the command line, or else by its own word."""
    return bool(loaded.dossier.meta.strict if args.strict is None else args.strict)


def settled(loaded: Loaded, theme: str = "", paper: str = "") -> Iterator[Finding]:
    """What dossier.yaml chooses and the press does not have: its theme, its paper.

    What was asked for in their place is not looked up again.
    """
    meta = loaded.dossier.meta
    for key, code, name, known in (
        ("theme", "E209", "" if theme else meta.theme, folders.themes()),
        ("paper", "E211", "" if paper else meta.paper, folders.papers()),
    ):
        if name and name not in known:
            hint = did_you_mean(name, known, f"there are {', '.join(known)}")
            message = f"no {key} is called {name!r}"
            yield loaded.finding("dossier.yaml", (key,), code, message, hint)


def sifted(
    loaded: Loaded, findings: Iterable[Finding], allowed: list[tuple[Finding, str]]
) -> tuple[Finding, ...]:
    """What the dossier does not allow; what it allows is put to ``allowed``."""
    kept, may_stand = sift(loaded, findings)
    allowed.extend(may_stand)
    return kept


def words_only(loaded: Loaded, own: dict[str, bytes]) -> Work:
    """The work of reading a dossier's words without setting them."""
    slug, theme = loaded.snapshot.slug, loaded.dossier.meta.theme
    theme = theme if theme in folders.themes() else "default"
    return Work(slug, loaded, EDITIONS["dossier"], theme, own)


def words_of(jobs: Sequence[Work], bounds: Limits) -> Iterator[tuple[Work, tuple[Finding, ...]]]:
    """What is wrong with the words of dossiers: references, citations, blocks."""
    sound = [job for job in jobs if "dossier.yaml" not in job.loaded.broken]
    for done in pool.outcomes(words_alone, sound, bounds):
        yield done.job, (*pool.findings_of(done), *(done.made or ()))
