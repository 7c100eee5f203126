"""The verb ``check``: what is wrong with dossiers, and with their pages; nothing is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from press.base.finding import ContentError, severity_of
from press.base.outcome import NOTHING_FOUND, Outcome, failed
from press.base.request import Request
from press.base.units import counted
from press.checks.allowed import weighed
from press.checks.counted import coverage_line
from press.classroom.printable import without_a_font
from press.classroom.roster import read_roster
from press.cli import report
from press.cli.console import CLEAN, FINDINGS, show_outcome
from press.cli.evidence import show_evidence
from press.cli.reading import found_in, read_all, readable, words_outcome
from press.content.snapshot import engine_files
from press.design.styles import flatten
from press.jobs import pool
from press.jobs.works import last_build, work_for
from press.pipeline import Reading, make
from press.views.view import Work


def check(request: Request) -> int:
    """Loads and checks, with ``--pages`` the set pages too; prints findings, publishes nothing.

    With ``--for`` it checks a roster as well; with ``--evidence`` it prints what a fact rests on
    instead.
    """
    if request.evidence:
        return show_evidence(request)
    try:
        readings = read_all(request)
        outcome = _found(readings, request)
        lines = list(_counts(readings))
        if request.roster:
            outcome += _of_roster(readings, request, lines)
    except ContentError as error:
        if request.format == "text":
            raise
        outcome, lines = failed(error), []
    if request.format == "text":
        show_outcome(outcome, request.verbose)
        number = len(outcome.findings)
        print(counted(number, "finding") if number else "no findings")
        for line in lines:
            print(line)
    else:
        print(report.FORMATS[request.format](outcome.findings, outcome.allowed))
    return FINDINGS if outcome.stops else CLEAN


def _of_roster(readings: Mapping[str, Reading], request: Request, lines: list[str]) -> Outcome:
    """What is wrong with a roster, and with its names in the fonts of each dossier.

    How many pupils it names is added to ``lines``.
    """
    try:
        roster = read_roster(Path(request.roster))
    except ContentError as error:
        return failed(error)
    found, engine = {*roster.findings}, engine_files()
    for reading in readings.values():
        if reading.loaded is None:
            continue
        work = work_for(readable(reading.loaded), "worksheet", request, engine)
        try:
            style = flatten(work.engine, work.theme, work.edition.sheet_name, work.sheet)
        except ContentError:
            continue  # what is wrong with the style sheets is told with the words
        found |= {finding for _, finding in without_a_font(roster, style)}
    lines.append(f"{request.roster}: {counted(len(roster.pupils), 'pupil')}")
    return Outcome(tuple(sorted(found)))


def _counts(readings: Mapping[str, Reading]) -> Iterator[str]:
    """What the facts and sentences of each dossier rest on."""
    for slug, reading in readings.items():
        if reading.loaded and reading.loaded.dossier.bibliography:
            yield f"{slug}: {coverage_line(reading.loaded, 'en')}"


def _found(readings: Mapping[str, Reading], request: Request) -> Outcome:
    """What is wrong with the dossiers, and with their pages or else with their words."""
    engine = engine_files()
    to_set = [one for one in readings.values() if request.pages and _can_be_set(one)]
    others = [one for one in readings.values() if one not in to_set]
    words = words_outcome(others, request, engine)
    return found_in(readings.values()) + words + _pages_outcome(to_set, request, engine)


def _can_be_set(reading: Reading) -> bool:
    """Whether nothing but warnings was found in a dossier, be it strict or not."""
    errors = (f for f in reading.outcome.findings if severity_of(f.code) == "error")
    return reading.loaded is not None and not any(errors)


def _pages_outcome(
    readings: Iterable[Reading], request: Request, engine: Mapping[str, bytes]
) -> Outcome:
    """What is wrong with plates, words and set pages."""
    outcome, works = NOTHING_FOUND, list(_works(readings, request, engine))
    if works:
        pool.ready_to_set()
    for done in pool.results(make, works, request.limits):
        found = (*pool.findings_of(done), *(done.made.findings if done.made else ()))
        outcome += weighed(done.job.loaded, found, request.strict)
    return outcome


def _works(
    readings: Iterable[Reading], request: Request, engine: Mapping[str, bytes]
) -> Iterator[Work]:
    for reading in readings:
        if reading.loaded:
            last = last_build(reading.slug)
            for edition in request.preferences.or_else(reading.preferences).editions:
                yield work_for(reading.loaded, edition, request, engine, last)
