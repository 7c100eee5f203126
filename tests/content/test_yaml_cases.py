"""YAML as people write it: each case of a kind of fault, its right value, and cases like it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from press.base import folders
from press.base.request import Request
from press.checks import check
from press.cli import console, main
from press.cli.reading import words_only
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.views.words import words_alone
from tests.conftest import HERE, ROOT, document_of
from tests.content.test_newcomer import OWN, job

CASES = HERE / "cases"
Said = Callable[..., list[str]]


def case(name: str) -> Snapshot:
    """A case on disk."""
    return read(CASES / name, name[:2])


def said(snapshot: Snapshot) -> list[str]:
    """What loading and checking say of ``snapshot``."""
    loaded = load(snapshot)
    return [str(finding) for finding in sorted({*loaded.findings, *check(loaded)})]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm: None) -> Path:
    """A project of its own with one small dossier that has no faults."""
    for part in ("templates", "styles"):
        shutil.copytree(ROOT / part, tmp_path / part, copy_function=os.link)
    shutil.copytree(CASES / "44-colophon-empty", tmp_path / "content" / "small")
    (tmp_path / "press").mkdir()
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    return tmp_path


# -- 11, 13: text behind a #, an apostrophe in single quotes


@pytest.mark.parametrize(
    ("name", "place", "right"),
    [
        ("11-yaml-hash-title", "1:13: E020 ", '"Case #5 and more"'),
        ("13-yaml-apostrophe", "1:12: E012 ", '"It\'s a title"'),
    ],
)
def test_a_title_that_yaml_swallows_is_shown_as_it_should_be(
    name: str, place: str, right: str
) -> None:
    """One finding, at the sign, with the title in quotes that keep it."""
    (only,) = said(case(name))
    assert only.startswith(f"{name[:2]}/dossier.yaml:{place}")
    assert right in only


# -- 16: a fault beside the dossier


@pytest.mark.parametrize("beside", ["Copy of small", "Größe"])
def test_a_folder_beside_the_dossier_does_not_stop_it(
    project: Path, capsys: pytest.CaptureFixture[str], beside: str
) -> None:
    """Only where it is named, or all are meant, its name is a fault; the others are read."""
    (project / "content" / beside).mkdir()
    assert console.CLEAN == main.main(["check", "small"])
    assert console.FINDINGS == main.main(["check"])
    assert capsys.readouterr().err.count("E006") == 1
    assert console.FINDINGS == main.main(["check", beside, "small"])
    assert f"content/{beside}: E006 " in capsys.readouterr().err


def test_what_is_sound_is_built_beside_what_is_not(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder with a bad name, an empty one and a broken dossier keep no other from its PDF."""
    (project / "content" / "Copy of small").mkdir()
    (project / "content" / "empty").mkdir()
    (project / "content" / "broken").mkdir()
    (project / "content" / "broken" / "dossier.yaml").write_text("title: 'It's'\n")
    for _ in range(2):  # the second time there is nothing to build, and still all to say
        assert console.FINDINGS == main.main([])
        out, err = capsys.readouterr()
        assert "output/small/small-dossier.pdf: 4 pages" in out
        assert ["E002", "E006", "E012"] == sorted(
            line.split(": ")[1][:4] for line in err.splitlines() if line.startswith("content/")
        )
    assert not (project / "output" / "Copy of small").exists()
    assert console.CLEAN == main.main(["build", "small"])


# -- 44: a label without a value


def test_no_label_stands_without_a_value(matterhorn: Snapshot) -> None:
    """Who prints no map credits no data, and who states no facts counts none."""
    labels = (">Data<", ">Facts and their sources<")
    for files, shown in (
        (case("44-colophon-empty").files, []),
        (OWN, [labels[1]]),
        (matterhorn.files, [*labels]),
    ):
        text = document_of(job("dossier", dict(files))).html.text
        assert shown == [label for label in labels if label in text]


# -- 51: one cause, one finding


def test_a_column_without_unit_is_one_finding() -> None:
    """However many rows it has; two columns are two, and both are counted."""
    bare = "51/tables/t.yaml:6:9: W336 warning: '1' and 39 more values under it have no unit, and"
    assert [f"{bare} 'No' names none; write the unit after the number, or into the label"] == said(
        case("51-warning-per-cell")
    )


# -- reports of faults


def test_the_report_of_a_fault_goes_once_it_is_over(project: Path) -> None:
    """Also where the PDF is there already, and where nothing is built but checked."""
    assert console.CLEAN == main.main(["build"])
    folder = project / "output" / "small"
    for verb in ("build", "check"):
        report = folder / "small.fault.txt"
        report.write_text("press 0.1.0")
        assert console.CLEAN == main.main([verb])
        assert not report.exists()
    (folder / "small-dossier.pdf.fault.txt").write_text("press 0.1.0")
    assert console.CLEAN == main.main(["build"])
    assert [] == list(folder.glob("*.fault.txt"))


# -- a typo is never a fault of the press


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("dossier.yaml", b"title:", b"language: xx\ntitle:", "E141"),
        ("dossier.yaml", b"title:", b"language: xq\ntitle:", "E141"),
        ("dossier.yaml", b"title:", b"language: ger\ntitle:", "E141"),
        ("chronology.yaml", b"category: climb", b"category: militery", "E201"),
        ("chronology.yaml", b"sign: triangle", b"sign: trangle", "E105"),
    ],
)
def test_a_typo_is_no_fault_of_the_press(file: str, old: bytes, new: bytes, code: str) -> None:
    """It has its finding, and the words of the dossier are read all the same."""
    files = {**OWN, file: OWN[file].replace(old, new, 1)}
    loaded = load(Snapshot("own", "own", files))
    codes = [finding.code for finding in (*loaded.findings, *check(loaded))]
    assert code in codes
    words_alone(words_only(loaded, Request(), engine_files()))
