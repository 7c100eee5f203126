"""Findings for programs, for code hosts, and those that a dossier allows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from press import checks
from press.base import folders
from press.base.finding import Finding, Remark
from press.checks import check
from press.checks.allowed import sift
from press.cli import console, main, report
from press.content.load import Loaded, load
from press.content.snapshot import Snapshot
from tests.conftest import Changed, new_project

LATER = b"""  - id: unused
    type: book
    kind: reference
    title: A Book
    checked: seen
"""


def allowing(snapshot: Snapshot, entry: str) -> Snapshot:
    """The dossier with a source that nobody cites, and one allowance."""
    files = dict(snapshot.files)
    files["sources.yaml"] += LATER
    files["dossier.yaml"] += f"allow:\n  - {entry}\n".encode()
    return Snapshot(snapshot.slug, snapshot.label, files)


@pytest.mark.parametrize("where", ["unused", "sources.yaml", "is not cited", "id: unused"])
def test_warning_is_allowed(where: str, matterhorn: Snapshot) -> None:
    """An allowance names the entry, the file, words of the finding, or words of its line."""
    entry = f"{{code: W302, where: '{where}', reason: kept for the next edition}}"
    loaded = load(allowing(matterhorn, entry))
    kept, allowed = sift(loaded, check(loaded))
    assert ((), ["W302"]) == (kept, [finding.code for finding, _ in allowed])
    assert "kept for the next edition" == allowed[0][1]


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        ("{code: W302, where: whymper, reason: r}", ["W302", "W392"]),  # elsewhere: allows nothing
        ("{code: W301, where: unused, reason: r}", ["W302", "W392"]),  # another code
        ("{code: E201, where: unused, reason: r}", ["E391", "W302"]),  # an error
        ("{code: W302, where: unused}", ["E101", "W302"]),  # without a reason
    ],
)
def test_allowance_that_does_not_hold(entry: str, codes: list[str], matterhorn: Snapshot) -> None:
    """What is allowed elsewhere, is an error, or has no reason, is still found."""
    loaded = load(allowing(matterhorn, entry))
    kept, allowed = sift(loaded, (*loaded.findings, *check(loaded)))
    assert codes == sorted(f.code for f in kept)
    assert () == allowed


def test_error_is_never_allowed(changed: Changed, matterhorn: Snapshot) -> None:
    """Not even where an entry says so; nor what a strict dossier already counts as one."""
    for code, held in (("E201", False), ("W302", True)):
        snapshot = allowing(matterhorn, f"{{code: {code}, where: dossier.yaml, reason: r}}")
        error = Finding("matterhorn/dossier.yaml", 1, 1, code, "x", held=held)
        assert ((error,), ()) == sift(load(snapshot), [error])


def test_github_escapes_what_would_end_a_command() -> None:
    """Percent, line ends, colons and commas cannot break out of a workflow command."""
    found = Finding("a,b:c.yaml", 3, 5, "W321", "100%\nmore", "divide it", page=7)
    assert (
        "::warning file=a%2Cb%3Ac.yaml,line=3,col=5,"
        "title=W321%3A a sentence has more than 45 words"
        "::page 7: 100%25%0Amore; divide it"
    ) == report.as_github([found], [])


def test_json_is_whole() -> None:
    """One object, with everything that the text says, and what is allowed."""
    found = Finding("a.yaml", 3, 5, "E201", "no place", "add it")
    said = json.loads(report.as_json([found], [(found, "why not")]))
    assert (1, 0) == (said["errors"], said["warnings"])
    assert "an id is used that nothing has" == said["findings"][0]["title"]
    assert ("a.yaml", 3, 5, "add it") == tuple(
        said["findings"][0][key] for key in ("file", "line", "column", "remedy")
    )
    assert "why not" == said["allowed"][0]["reason"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, matterhorn: Snapshot) -> Path:
    """A project of its own with one small dossier that allows a warning."""
    new_project(tmp_path, "matterhorn")
    entry = "{code: W302, where: unused, reason: kept for the next edition}"
    for name, raw in allowing(matterhorn, entry).files.items():
        (tmp_path / "content" / "matterhorn" / name).write_bytes(raw)
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    return tmp_path


def test_check_counts_what_is_allowed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says how many were allowed; --verbose says which, and why."""
    assert console.CLEAN == main.main(["check", "--strict"])
    out, err = capsys.readouterr()
    assert out.startswith("no findings\nmatterhorn: ")
    assert err == "1 finding allowed\n"
    assert console.CLEAN == main.main(["check", "--strict", "--verbose"])
    assert "(allowed: kept for the next edition)" in capsys.readouterr().err


def test_check_speaks_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--format json`` prints nothing else on stdout, and keeps the exit code."""
    file = project / "content/matterhorn/chronology.yaml"
    file.write_text(file.read_text("utf-8").replace("[breuil]", "[breul]"), "utf-8")
    assert console.FINDINGS == main.main(["check", "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    assert ["E201"] == [finding["code"] for finding in said["findings"]]
    assert ["W302"] == [finding["code"] for finding in said["allowed"]]


def test_a_check_that_fails_stops_no_other(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its report names it and says that the press failed; what the others find is printed."""

    def broken(loaded: Loaded) -> Iterator[Remark]:
        """W999: a check with a fault in it."""
        yield loaded.at("sources.yaml"), "found before it failed", "none"
        raise KeyError("issued")

    file = project / "content/matterhorn/chronology.yaml"
    file.write_text(file.read_text("utf-8").replace("[breuil]", "[breul]"), "utf-8")
    monkeypatch.setattr(checks, "CHECKS", (broken, *checks.CHECKS))
    assert console.FINDINGS == main.main(["check"])
    said = capsys.readouterr().err
    assert all(f" {code} " in said for code in ("E201", "W999")), said
    report_file = "output/matterhorn/matterhorn.fault.txt"
    assert f"{report_file}: X900 the press failed (KeyError: 'issued', in check W999)" in said
    assert "in broken\n" in (project / report_file).read_text("utf-8")
