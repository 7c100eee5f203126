"""The dossiers of a command are read and checked; where they are not set, their words are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from press.base import folders
from press.base.outcome import NOTHING_FOUND, Outcome
from press.base.preferences import OURS
from press.base.request import Request
from press.base.stages import Clock
from press.checks.allowed import weighed
from press.cli.console import stages_took
from press.cli.request import dossiers, misnamed
from press.content.facts import language_of
from press.content.load import Loaded
from press.content.model import Category, Dossier
from press.content.project import read_project
from press.jobs import pool
from press.jobs.works import work_for
from press.output.publish import forget_reports
from press.pipeline import Reading, read
from press.views.view import Work
from press.views.words import words_alone


def read_all(request: Request) -> dict[str, Reading]:
    """Stages 1 and 2 for every dossier asked for, by its name, once for all of its editions.

    A folder whose name cannot be used is not read, and stops no other. The report of a fault that
    the press met when it read a dossier before is deleted; it is written anew if that is not over.
    """
    readings, project = {}, read_project()
    for slug in dossiers(request):
        clock = Clock()
        forget_reports(folders.output(slug), slug)
        faults = misnamed(slug)
        broken = Reading(slug, Outcome(faults))
        readings[slug] = broken if faults else read(slug, request, clock, project)
        if request.verbose:
            stages_took(slug, clock.seconds)
    return readings


def found_in(readings: Iterable[Reading]) -> Outcome:
    """What was found in dossiers as they were read."""
    return sum((reading.outcome for reading in readings), NOTHING_FOUND)


def words_outcome(
    readings: Iterable[Reading], request: Request, engine: Mapping[str, bytes]
) -> Outcome:
    """What is wrong with the words of dossiers: references, citations, blocks."""
    works = [words_only(one.loaded, request, engine) for one in readings if one.loaded]
    outcome = NOTHING_FOUND
    for done in pool.results(words_alone, works, request.limits):
        found = (*pool.findings_of(done), *(done.made or ()))
        outcome += weighed(done.job.loaded, found, request.strict)
    return outcome


def words_only(loaded: Loaded, request: Request, engine: Mapping[str, bytes]) -> Work:
    """The work of reading a dossier's words without setting them.

    A theme that there is not has its finding, and must not keep its words from being read.
    """
    work = work_for(readable(loaded), "dossier", request, engine)
    return work if work.theme in folders.themes() else replace(work, theme=OURS.theme)


def readable(loaded: Loaded) -> Loaded:
    """A dossier in a language that is known, and with a category for every event.

    What was typed in their place has its finding, and must not keep its words from being read.
    """
    return replace(loaded, dossier=_readable(loaded.dossier))


def _readable(dossier: Dossier) -> Dossier:
    known = dossier.categories
    typed = dict.fromkeys(e.category for e in dossier.chronology.events if e.category not in known)
    made = (Category(id=ident, label=ident, sign="ring") for ident in typed)
    categories = (*dossier.chronology.categories, *made)
    meta = dossier.meta.model_copy(update={"language": language_of(dossier)})
    chronology = dossier.chronology.model_copy(update={"categories": categories})
    return dossier.model_copy(update={"meta": meta, "chronology": chronology})
