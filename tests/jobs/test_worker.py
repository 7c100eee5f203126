"""Workers: the parent never hangs, and always learns what became of a job."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import pytest

from press.base import folders
from press.base.finding import ContentError, Finding
from press.base.limits import Limits
from press.base.stages import Report
from press.jobs import pool, worker
from press.jobs.worker import Done

FAULT = Finding("a.yaml", 1, 2, "E999", "no", "yes")


def work(job: str, report: Report) -> str:
    """Does what its name says."""
    report(f"begin {job}")
    match job:
        case "fails":
            raise ContentError([FAULT])
        case "breaks":
            raise ZeroDivisionError("by zero")
        case "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hangs":
            time.sleep(60)
        case "collects":
            return str(gc.get_threshold())
        case "eats":
            return "x" * (3 << 30)
    return job.upper()


def outcome(job: str, limits: Limits | None = None) -> Done[str, str]:
    """The one Done of ``job``."""
    (done,) = [e for e in worker.run(work, [job], limits=limits) if isinstance(e, Done)]
    return done


def test_gives_back_what_was_made() -> None:
    """Several jobs come back, each once, whatever their order."""
    done = [e for e in worker.run(work, ["a", "b", "c"], workers=2) if isinstance(e, Done)]
    assert {"a": "A", "b": "B", "c": "C"} == {d.job: d.made for d in done}
    assert len(done) == 3


def test_reports_stages() -> None:
    """What the worker reports reaches the parent while it runs."""
    events = list(worker.run(work, ["a"]))
    assert worker.StageBegun("a", "begin a") == events[0]


def test_searches_for_garbage_seldom() -> None:
    """A worker looks for values that only hold each other when two million more are there."""
    before = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        assert str(worker.SELDOM) == outcome("collects").made
        assert (700, 10, 10) == gc.get_threshold()
    finally:
        gc.set_threshold(*before)


def test_findings_come_back() -> None:
    """A failure in the worker is its findings in the parent."""
    assert (FAULT,) == outcome("fails").findings


@pytest.mark.parametrize(
    ("job", "code"), [("breaks", "X900"), ("dies", "X902"), ("hangs", "X901"), ("eats", "X902")]
)
def test_every_end_is_a_sentence(job: str, code: str) -> None:
    """A fault, a kill, a hang and a hunger for memory are findings, soon."""
    begun = time.monotonic()
    done = outcome(job, Limits(seconds=1, memory=2 << 30))
    assert [f"press: {code}"] == [str(f)[: len("press: X900")] for f in done.findings]
    assert done.made is None
    assert time.monotonic() - begun < 50, "it was waited for to its end"


def test_trace_of_a_fault_is_kept() -> None:
    """The trace goes into a report, not to the user."""
    done = outcome("breaks")
    assert "ZeroDivisionError" in done.report
    assert "Traceback" not in str(done.findings[0])


def test_a_fault_of_reading_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that breaks on a PDF, which is no work on a dossier, leaves its report as well."""
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    with pytest.raises(ContentError, match=r"output/pdf.fault.txt: X900 .*KeyError: 'trailer'"):
        pool.answer({}.__getitem__, "trailer", Limits())
    assert "KeyError" in (tmp_path / "output" / "pdf.fault.txt").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such folders")
def test_folders_of_others_are_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed build of one's own left goes; what another user left, or a link, stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, target = tmp_path / "press-worker-a", tmp_path / "kept"
    for folder in (left, target):
        folder.mkdir()
        (folder / "x").write_text("x")
    link = tmp_path / "press-worker-b"
    link.symlink_to(target)
    monkeypatch.setattr(os, "getuid", lambda: left.stat().st_uid + 1)
    worker._sweep()
    assert (left / "x").exists()
    monkeypatch.undo()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    worker._sweep()
    assert not left.exists()
    assert link.is_symlink()
    assert (target / "x").exists()
