"""Publishing: the new PDF takes the old one's place whole, or the old one stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from press.base.finding import ContentError
from press.output import publish

OLD, NEW = b"%PDF-1.7 old %%EOF", b"%PDF-1.7 new %%EOF"


def test_replaces_the_old_file(tmp_path: Path) -> None:
    """After publishing, the file is the new one and nothing else is left."""
    target = tmp_path / "a.pdf"
    target.write_bytes(OLD)
    publish.publish(NEW, target)
    assert NEW == target.read_bytes()
    assert ["a.pdf"] == [p.name for p in tmp_path.iterdir()]


def test_a_good_build_takes_the_report_of_a_fault_away(tmp_path: Path) -> None:
    """What an earlier build wrote of its fault does not lie beside a good PDF."""
    (tmp_path / "a.pdf.fault.txt").write_text("press 0.1.0")
    publish.publish(NEW, tmp_path / "a.pdf")
    assert ["a.pdf"] == [p.name for p in tmp_path.iterdir()]


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    """Where a file has the name of the output folder, the remedy is to move it."""
    (tmp_path / "matterhorn").write_text("mine")
    with pytest.raises(ContentError, match="O604 a file stands where a folder should; move"):
        publish.locked(tmp_path / "matterhorn").__enter__()
    assert "mine" == (tmp_path / "matterhorn").read_text()


def test_refuses_half_a_pdf(tmp_path: Path) -> None:
    """A truncated PDF never replaces a good one."""
    target = tmp_path / "a.pdf"
    target.write_bytes(OLD)
    with pytest.raises(ContentError, match="O603"):
        publish.publish(NEW[:-6], target)
    assert OLD == target.read_bytes()


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_failure_at_any_step_keeps_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A full disk or a refused rename is one sentence, the old file, and no litter."""
    target = tmp_path / "a.pdf"
    target.write_bytes(OLD)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    owner = os if step == "fsync" else Path
    monkeypatch.setattr(owner, step, fails)
    with pytest.raises(ContentError, match="O601 cannot be written: no space left on device"):
        publish.publish(NEW, target)
    assert OLD == target.read_bytes()
    assert ["a.pdf"] == [p.name for p in tmp_path.iterdir()]


def test_two_builds_do_not_mix(tmp_path: Path) -> None:
    """The second build of a folder is told to wait."""
    with (
        publish.locked(tmp_path),
        pytest.raises(ContentError, match="O602"),
        publish.locked(tmp_path),
    ):
        pass


def test_lock_is_given_back(tmp_path: Path) -> None:
    """After a build, also after a failed one, the next may run."""
    with pytest.raises(ZeroDivisionError), publish.locked(tmp_path):
        _ = 1 / 0
    with publish.locked(tmp_path):
        pass


def test_litter_of_killed_builds_is_swept(tmp_path: Path) -> None:
    """What a killed build left is gone after the next one took the lock."""
    (tmp_path / ".a.pdf.xyz.tmp").write_bytes(b"half")
    with publish.locked(tmp_path):
        assert not list(tmp_path.glob(".*.tmp"))
