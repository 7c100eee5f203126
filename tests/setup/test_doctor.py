"""The doctor: what is missing is named, with the command that brings it on each system."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from press.jobs import sandbox
from press.setup import doctor, libraries
from tests.conftest import ROOT

FAMILIES = ("debian", "fedora", "arch", "macos", "windows")


@pytest.mark.parametrize(("spare", "word"), [(0, "ok"), (1, "ok"), (-1, "weak")])
def test_memory_is_weak_below_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, spare: int, word: str
) -> None:
    monkeypatch.setattr(doctor, "_memory", lambda: doctor.MEMORY_NEEDED + spare)
    assert doctor.memory(ROOT).word == word


def test_a_ready_machine_lacks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Here, where the tests run, nothing is missing, and each line says ok or weak."""
    assert doctor.doctor(ROOT) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert last == "nothing is missing"
    assert len([line for line in lines if line.startswith(("ok ", "weak "))]) == len(doctor.LOOKS)
    assert not (ROOT / "output" / ".doctor").exists()


def test_it_needs_no_environment() -> None:
    """A Python with nothing of ours installed can ask it."""
    code = "import sys; sys.path.insert(0, sys.argv[1]); from press.setup.doctor import doctor"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code, str(ROOT)])
    assert done.returncode == 0


@pytest.mark.parametrize("family", FAMILIES)
def test_missing_libraries_have_their_command(monkeypatch: pytest.MonkeyPatch, family: str) -> None:
    """On each family of systems the fix is that system's own command."""
    monkeypatch.setattr(doctor, "system_family", lambda: family)
    monkeypatch.setattr(doctor, "missing_libraries", lambda: ["libpango-1.0.so.0"])
    found = doctor.libraries(ROOT)
    assert found.word == "missing"
    assert libraries.INSTALLS[family] in found.fix


@pytest.mark.parametrize("family", FAMILIES)
def test_an_unfit_python_has_its_command(monkeypatch: pytest.MonkeyPatch, family: str) -> None:
    """PyPy, 32 bits and the like get the command that brings a Python."""
    monkeypatch.setattr(doctor, "system_family", lambda: family)
    monkeypatch.setattr(sys, "maxsize", 1 << 31)
    found = doctor.python(ROOT)
    assert found.word == "missing"
    assert doctor.FIXES["python"][family] in found.fix


def test_full_disks_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little room is missing room, in megabytes."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5_000_000))
    found = doctor.space(ROOT)
    assert found.word == "missing"
    assert found.said.startswith("5 MB free")


def test_hollow_fonts_are_seen(tmp_path: Path) -> None:
    """A pointer that Git left in a font's place, and a folder without fonts, are missing fonts."""
    fonts = tmp_path / "styles" / "fonts"
    fonts.mkdir(parents=True)
    assert doctor.fonts(tmp_path).word == "missing"
    (fonts / "a.otf").write_text("version https://git-lfs.github.com/spec/v1")
    assert "a.otf" in doctor.fonts(tmp_path).said


def test_an_output_that_takes_nothing_is_seen(tmp_path: Path) -> None:
    """Where output/ is a file, the doctor says so before a build does."""
    (tmp_path / "output").write_text("")
    assert doctor.writing(tmp_path).word == "missing"


def test_missing_walls_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Landlock a build goes on, and the doctor says what is lost."""
    monkeypatch.setattr(sandbox, "landlock_version", lambda: 0)
    found = doctor.walls(ROOT)
    assert found.word == "weak"
    assert "no Landlock" in found.said
