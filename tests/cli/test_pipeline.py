"""The flow: its stages are timed where they run, and what they make is values."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import FrozenInstanceError, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from press import plates
from press.base.request import Request
from press.base.stages import STAGES, Clock, FoundSoFar
from press.cli import main
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design.editions import EDITIONS, find
from press.views.view import Work
from tests.conftest import DOSSIERS, ROOT

PAUSE = 0.3
"""Seconds by which a stage is slowed down; none takes as long as another is said to."""


# -- the clock -------------------------------------------------------------------------------------


class Time:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The time that clocks go by."""
    mine = Time()
    monkeypatch.setattr("press.base.stages.time", mine)
    return mine


def test_clock_says_how_long_a_stage_took(hours: Time) -> None:
    """What is measured is what passed; a stage that comes twice has both times."""
    clock = Clock()
    for _ in range(2):
        with clock("plates"):
            hours.now += 2
        hours.now += 1
    assert clock.seconds == {"plates": 4}


def test_stage_inside_a_stage_has_its_own_time(hours: Time) -> None:
    """A plate that is drawn while a page is rendered is no part of rendering."""
    told: list[str | FoundSoFar] = []
    clock = Clock(told.append)
    with clock("render"):
        hours.now += 1
        with clock("plates"):
            hours.now += 4
            with clock("design"):
                hours.now += 16
        hours.now += 2
    assert clock.seconds == {"render": 3, "plates": 4, "design": 16}
    assert told == ["render"]


def test_stage_that_fails_has_its_time_too(hours: Time) -> None:
    """What goes wrong took time as well, and the stage after it is measured alike."""
    clock = Clock()
    with suppress(ValueError), clock("prose"):
        hours.now += 2
        raise ValueError
    with clock("render"):
        hours.now += 1
    assert clock.seconds == {"prose": 2, "render": 1}


# -- the stages ------------------------------------------------------------------------------------


def slowed(real: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What ``real`` gives, later."""
    time.sleep(PAUSE)
    return real(*args, **kwargs)


STAGE_OF = {
    "design": ("press.pipeline", "flatten"),
    "plates": ("press.plates", "draw"),
    "prose": ("press.pipeline", "read_prose"),
    "render": ("press.pipeline", "VIEWS"),
    "typeset": ("press.pipeline", "typeset"),
    "proof": ("press.pipeline", "proof"),
    "finish": ("press.output.finish", "to_grayscale"),
}
"""Where each stage of a worker begins."""


def seconds_of(edition: str, loaded: Any) -> dict[str, float]:
    """What each stage of an edition is said to have taken."""
    from press import pipeline

    row = find(edition)
    assert row is not None
    return dict(pipeline.make(Work("x.pdf", loaded, row, "default", engine_files())).seconds)


@pytest.fixture
def least(own_fonts: None) -> Snapshot:
    """A dossier of a chapter, two events and a timeline."""
    return read(DOSSIERS / "tiny", "tiny")


def test_each_stage_is_timed_where_it_runs(
    least: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every stage that is slowed down is said to have taken as long, and nothing else is."""
    from press import pipeline

    loaded = load(least)
    views = {name: partial(slowed, view) for name, view in pipeline.VIEWS.items()}
    begun = time.perf_counter()
    quick = seconds_of("ink-saver", loaded)
    whole = time.perf_counter() - begun
    assert tuple(quick) == tuple(s for s in STAGES if s in STAGE_OF)
    assert 0.8 * whole < sum(quick.values()) <= whole
    for module, name in STAGE_OF.values():
        real = getattr(__import__(module, fromlist=[name]), name)
        late = views if name == "VIEWS" else partial(slowed, real)
        monkeypatch.setattr(f"{module}.{name}", late)
    slow = seconds_of("ink-saver", loaded)
    assert [stage for stage in STAGE_OF if slow[stage] < PAUSE] == []


def test_stages_that_an_edition_has_not_are_not_timed(least: Snapshot) -> None:
    """A dossier is finished no further; one without plates draws none."""
    bare = {name: raw for name, raw in least.files.items() if name != "plates.yaml"}
    seconds = seconds_of("dossier", load(Snapshot("tiny", "tiny", bare)))
    assert "typeset" in seconds
    assert "finish" not in seconds
    assert "plates" not in seconds


def test_loading_and_checking_take_what_they_take(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """``--verbose`` measures the stages of the command itself, too."""
    from press.jobs import pool

    for name in ("load", "checked"):
        monkeypatch.setattr(pool, name, partial(slowed, getattr(pool, name)))
    main.main(["check", "--verbose"])
    lines = [line.split() for line in capsys.readouterr().err.splitlines() if line[0].isdigit()]
    took = {name: float(seconds) for _, name, _, seconds, _ in lines}
    assert list(took) == ["load", "check"]
    assert [stage for stage, seconds in took.items() if seconds < PAUSE] == []


@pytest.mark.parametrize(
    ("stage", "module"),
    [
        ("load", "content/load.py"),
        ("check", "checks/__init__.py"),
        ("design", "design/styles.py"),
        ("plates", "plates/__init__.py"),
        ("prose", "views/words.py"),
        ("render", "views/render.py"),
        ("typeset", "typeset/typeset.py"),
        ("proof", "typeset/proof.py"),
        ("finish", "output/finish.py"),
        ("publish", "output/publish.py"),
    ],
)
def test_modules_number_their_stage_as_verbose_does(stage: str, module: str) -> None:
    """The docstring of the module that has a stage begins with its number."""
    number = STAGES.index(stage) + 1
    assert (ROOT / "press" / module).read_text("utf-8").startswith(f'"""Stage {number}: ')


# -- values ----------------------------------------------------------------------------------------


def test_what_is_asked_for_is_frozen() -> None:
    """Nobody changes a request on its way."""
    with pytest.raises(FrozenInstanceError):
        Request().theme = "archive"  # type: ignore[misc]


def test_no_namespace_leaves_the_module_of_arguments() -> None:
    """What argparse gives is read in one place, and is a Request from there on."""
    users = [path.name for path in (ROOT / "press").rglob("*.py")
             if "argparse" in path.read_text("utf-8")]  # fmt: skip
    assert sorted(users) == ["arguments.py"]


def test_every_edition_has_a_view() -> None:
    """The name of a view in a row is that of one there is."""
    from press.pipeline import VIEWS

    assert {row.view for row in EDITIONS.values()} == set(VIEWS)


def test_no_code_asks_for_the_name_of_a_view() -> None:
    """An edition's view is called, and never compared with a word."""
    asking = [str(path) for path in (ROOT / "press").rglob("*.py")
              for line in path.read_text("utf-8").splitlines()
              if ".view ==" in line or ".view !=" in line or ".view in" in line]  # fmt: skip
    assert asking == []


def test_only_the_plates_that_an_edition_prints_are_drawn(
    matterhorn: Snapshot, monkeypatch: pytest.MonkeyPatch, own_fonts: None
) -> None:
    """A handout draws one picture, a worksheet its map, a dossier all, a flyer of words none."""
    from tests.conftest import document_of

    drawn: list[str] = []
    real, before = plates.store.draw_plate, {}

    def draw(plate: Any, *args: Any) -> Any:
        drawn.append(plate.id)
        if plate.id not in before:  # what it looks like does not matter here
            before[plate.id] = real(plate, *args)
        return before[plate.id]

    monkeypatch.setattr(plates, "draw_plate", draw)
    monkeypatch.setattr(plates.store, "draw_plate", draw)
    loaded = load(matterhorn)
    listed = [plate.id for plate in loaded.dossier.plates.plates]
    assert len(listed) == 2
    for edition, most in (("handout", 1), ("worksheet", 1), ("poster", 2), ("dossier", 2)):
        drawn.clear()
        row = find(edition)
        assert row is not None
        document_of(Work("x.pdf", loaded, row, "default", engine_files()))
        assert 0 < len(drawn) <= most
    assert drawn == listed
    flyer = "templates/editions/flyer.html"
    own = {**engine_files(), flyer: b'{% extends "base.html" %}{% block body %}{% endblock %}'}
    drawn.clear()
    row = replace(EDITIONS["dossier"], template="flyer")
    document_of(Work("x.pdf", loaded, row, "default", own))
    assert drawn == []
