"""A dossier from somebody who means ill: it yields findings, at their lines, and nothing leaks.

``tests/dossiers/hostile`` holds a trap in every file; ``tests/dossiers/secret.txt`` stands for what
a machine knows. A picture there says CANARY in all the ways a picture can.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from press.base import folders
from press.cli import console, main
from press.jobs import pool
from press.output.scan import Finished, scan
from tests.conftest import DOSSIERS, ROOT

CANARY = "CANARY"
TRAPS = {
    "chapters/01-scripts.md": {"P260", "P242", "P250", "P230"},
    "chapters/02-deep.md": {"P290"},
    "chronology.yaml": {"E014"},
    "dossier.yaml": {"P250", "P260"},
    "gazetteer.yaml": {"E013"},
    "glossary.yaml": {"E015"},
    "images/images.yaml": {"E205", "E210", "P260"},
    "infobox.yaml": {"E019"},
    "sources.yaml": {"E140"},
    "tables/wide.yaml": {"E010"},
}
"""What each file must yield, whatever else it yields."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm: None) -> Path:
    """A project of its own with the hostile dossier, and the secret where its links point."""
    for part in ("templates", "styles"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / "press").mkdir()
    shutil.copytree(DOSSIERS / "hostile", tmp_path / "content" / "hostile", symlinks=True)
    shutil.copy(DOSSIERS / "secret.txt", tmp_path / "content" / "secret.txt")
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    return tmp_path


def test_a_link_stops_the_reading(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The link to the secret is a finding, and no word of the secret is printed."""
    assert (project / "content/hostile/chapters/09-link.md").is_symlink()
    assert CANARY in (project / "content/hostile/chapters/09-link.md").read_text()
    assert console.FINDINGS == main.main(["build"])
    out, err = capsys.readouterr()
    assert "content/hostile/chapters/09-link.md: E004" in err
    assert CANARY not in out + err
    assert not list(project.rglob("*.pdf"))


def test_every_trap_is_found_at_its_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the link, every file's trap is found in one run, and in sentences."""
    (project / "content/hostile/chapters/09-link.md").unlink()
    assert console.FINDINGS == main.main(["check"])
    out, err = capsys.readouterr()
    for file, codes in TRAPS.items():
        found = set(
            re.findall(rf"^content/hostile/{re.escape(file)}:\d+:\d+: (\w\d+)", err, re.MULTILINE)
        )
        assert codes <= found, file
    assert "Traceback" not in out + err
    assert CANARY not in out + err
    assert "X90" not in err
    assert len(err.splitlines()) < 200


def test_traps_in_layers_are_found(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the rest is sound, layers yield findings at their entries, and no PDF but a draft.

    The draft tells no more than a PDF would.
    """
    sound(project, keep=("plates.yaml", "layers"))
    assert console.FINDINGS == main.main(["build"])
    err = capsys.readouterr().err
    for line, code in ((8, "E175"), (9, "E176"), (10, "E175")):
        assert f"content/hostile/plates.yaml:{line}:" in err
        assert code in err
    (draft,) = project.rglob("*.pdf")
    assert "hostile-dossier.draft.pdf" == draft.name
    with pikepdf.open(draft) as document:
        assert CANARY.encode() not in b"".join(
            o.read_bytes()
            for o in document.objects
            if isinstance(o, pikepdf.Stream) and o.get("/Subtype") != "/Image"
        )
    assert "X90" not in err


def sound(project: Path, keep: tuple[str, ...] = ()) -> None:
    """Takes out of the dossier what stops a build, but for ``keep``."""
    folder = project / "content" / "hostile"
    stay = {"dossier.yaml", "chapters", "images", *keep}
    for path in folder.iterdir():
        if path.name not in stay:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (folder / "chapters").iterdir():
        if path.name != "03-plain.md":
            path.unlink()
    for path in (folder / "images").iterdir():
        if path.name not in ("photo.jpg", "images.yaml"):
            path.unlink()
    listed = folder / "images" / "images.yaml"
    first = listed.read_text().split("  - id: torn")[0]
    listed.write_text(first.replace("<script>alert(1)</script>", ""))
    meta = folder / "dossier.yaml"
    meta.write_text(re.sub(r"standfirst:.*", "standfirst: Words.", meta.read_text()))


def test_what_can_be_printed_leaks_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scripts and templates in a title are printed as they were written, and no secret travels."""
    sound(project)
    photo = (project / "content/hostile/images/photo.jpg").read_bytes()
    assert photo.count(CANARY.encode()) >= 4
    code = main.main(["build"])
    assert console.CLEAN == code, capsys.readouterr().err
    pdf = (project / "output/hostile/hostile-dossier.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        held = b"".join(
            o.read_raw_bytes() if o.get("/Subtype") == "/Image" else o.read_bytes()
            for o in document.objects
            if isinstance(o, pikepdf.Stream)
        )
        strings = b"".join(
            o.unparse(resolved=True) for o in document.objects if not isinstance(o, pikepdf.Stream)
        )
    assert b"\xff\xd8\xff" in held
    assert CANARY.encode() not in held + strings
    assert () == scan(Finished("a.pdf", pdf))
    words = "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(pdf))
    plain = " ".join(words.split())
    assert "{{ 7 * 7 }}" in plain
    assert "<script>" in plain
    assert "root:" not in plain


@pytest.mark.parametrize(
    ("command", "stage"), [("check", "load"), ("build", "checked"), ("check", "weighed")]
)
def test_reading_ends_within_its_limits(
    tiny: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    stage: str,
) -> None:
    """A dossier that keeps a stage busy for ever is stopped as one that is set for ever is."""

    def endless(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(pool, stage, endless)
    assert main.main([command, "tiny", "--limit", "seconds=1"]) == console.FINDINGS
    assert "X901 the work took longer than 1 second and was stopped" in capsys.readouterr().err
    assert not (tiny / "output/tiny/tiny-dossier.pdf").exists()


@pytest.mark.parametrize(
    ("limit", "code"), [("seconds=1", "X901"), ("cpu=1", "X901"), ("", "X902")]
)
def test_what_loading_found_is_told_beside_the_end(
    tiny: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    limit: str,
    code: str,
) -> None:
    """A dossier whose checks never end, or die, still says where its files are wrong."""

    def endless(*_: object) -> None:
        while limit:
            pass
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(pool, "checked", endless)
    chronology = tiny / "content/tiny/chronology.yaml"
    chronology.write_text(chronology.read_text("utf-8") + "    lenght: 3\n", "utf-8")
    limits = ["--limit", limit] if limit else []
    assert main.main(["check", "tiny", *limits]) == console.FINDINGS
    told = capsys.readouterr().err
    assert code in told
    assert told.count("lenght") == 1
    assert "chronology.yaml" in told
