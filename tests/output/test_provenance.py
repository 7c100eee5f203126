"""The same content gives the same bytes, and a PDF says what it was made from."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from press.cli import console, main
from press.output import manifest, provenance
from press.pipeline import Made
from tests.conftest import ROOT, Built, folder_of

BUILD = "import sys; from press.cli.main import main; sys.exit(main(sys.argv[1:]))"
PDF = "output/matterhorn/matterhorn-dossier.pdf"


def press_at(folder: Path, *slugs: str) -> None:
    """A press of its own in ``folder``, with the dossiers ``slugs`` of the tests."""
    for part in ("press", "templates", "styles"):
        shutil.copytree(ROOT / part, folder / part, copy_function=os.link)
    shutil.copy(ROOT / "requirements.lock", folder)
    for slug in slugs:
        shutil.copytree(folder_of(slug), folder / "content" / slug)


def build(folder: Path, environment: Mapping[str, str]) -> str:
    """Builds all in ``folder`` in another process; the SHA-256 of the small dossier's PDF."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "TZ", "PYT"))}
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        cwd=folder,
        env={**clean, **environ(folder), **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr
    pdf = folder / PDF
    assert pdf.is_file(), done.stdout + done.stderr
    return sha256(pdf.read_bytes()).hexdigest()


def environ(folder: Path) -> dict[str, str]:
    """A home of its own for each build."""
    home = folder / "home"
    home.mkdir()
    return {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}


def test_same_bytes_anywhere_and_any_time(
    built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two folders, time zones, locales, hash seeds, and one worker or two: one SHA-256."""
    there = tmp_path / "another place" / "with a longer path"
    press_at(there, "matterhorn", "tiny")  # two jobs, so two workers
    zone = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
    sums = [sha256(built.pdf.read_bytes()).hexdigest(), build(there, zone)]
    with capsys.disabled():
        print("\n  " + "\n  ".join(sums))  # noqa: T201 the sums are the point
    assert sums[0] == sums[1]


# -- verify ------------------------------------------------------------------------------------


def verified(pdf: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code of ``verify`` and all that it says."""
    code = main.main(["verify", str(pdf)])
    out, err = capsys.readouterr()
    return code, out + err


def test_verify_knows_its_own(built_tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A PDF made from this content is made anew and is the same, byte for byte."""
    code, said = verified(built_tiny / "output/tiny/tiny-dossier.pdf", capsys)
    assert console.CLEAN == code
    assert "made from content/tiny" in said


def test_verify_names_what_differs(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed file, a new one and one that is gone are each named."""
    content = built.root / "content/matterhorn"
    file = content / "chronology.yaml"
    file.write_text(file.read_text() + "# a note\n")
    (content / "glossary.yaml").unlink()
    (content / "chapters/03-more.md").write_text("# More\n\nText.\n")
    code, said = verified(built.pdf, capsys)
    assert console.FINDINGS == code
    for words in (
        "content/matterhorn/chronology.yaml has changed",
        "content/matterhorn/glossary.yaml is gone",
        "content/matterhorn/chapters/03-more.md is new",
    ):
        assert words in said


def test_verify_sees_one_changed_byte(built_tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A byte changed after the build is seen, though every digest inside is right."""
    pdf = built_tiny / "output/tiny/tiny-dossier.pdf"
    raw = pdf.read_bytes()
    (at,) = (found.end() for found in re.finditer(rb"/ID ?\[ ?\(", raw))
    # Another digit of the file's identifier: the file is as sound as it was, and not the same.
    pdf.write_bytes(raw[:at] + (b"1" if raw[at : at + 1] == b"0" else b"0") + raw[at + 1 :])
    code, said = verified(pdf, capsys)
    assert console.FINDINGS == code
    assert "V706" in said


@pytest.mark.parametrize(
    ("content", "fault"), [(b"no PDF at all", "V702"), (None, "V701")], ids=["text", "nothing"]
)
def test_verify_refuses_what_it_cannot_read(
    content: bytes | None, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no PDF, or not there, is a finding and no traceback."""
    file = tmp_path / "a.pdf"
    if content is not None:
        file.write_bytes(content)
    code, said = verified(file, capsys)
    assert console.FINDINGS == code
    assert fault in said


def test_content_hash_is_the_contents_alone(small: Made) -> None:
    """Neither the engine nor the theme moves it; a byte of the content does; it is printed."""
    record = provenance.read(small.pdf)
    assert record is not None
    assert record.content_hash == replace(record, press="other", theme="other").content_hash
    one, *rest = record.content
    changed = {one: "0" * 64, **{name: record.content[name] for name in rest}}
    assert record.content_hash != replace(record, content=changed).content_hash


def test_read_prints_the_pages_aloud(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """``read`` prints the text on stdout and nothing else, and builds nothing that is built."""
    assert console.CLEAN == main.main(["read", "matterhorn"])
    out, err = capsys.readouterr()
    assert out.startswith("Heading 1: The Matterhorn, 1865\n")
    assert "Table, 3 columns" in out
    assert "matterhorn-dossier.pdf" in err
    assert "unchanged" in err


def test_read_builds_what_is_not_built(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before it is read aloud, a dossier is built, and that is noted."""
    assert console.CLEAN == main.main(["read", "tiny"])
    out, err = capsys.readouterr()
    assert out.startswith("Heading 1: A small dossier\n")
    assert "tiny-dossier.pdf" in err
    assert manifest.read(tiny / "output/tiny")


def test_data_is_written_beside_the_pdf(built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    """``--data`` writes the files that travel inside, byte for byte, also where nothing is new."""
    assert console.CLEAN == main.main(["build", "--data"])
    out = capsys.readouterr().out
    inside = provenance.enclosed(built.pdf.read_bytes())
    for name in ("chronology.csv", "gazetteer.csv", "places.geojson", "sources.bib"):
        assert inside[name] == (built.pdf.parent / name).read_bytes()
        assert f"output/matterhorn/{name}" in out
