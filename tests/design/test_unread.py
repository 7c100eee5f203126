"""Claims about files beside the press's own that nothing reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.base import folders
from press.content.project import read_project
from press.content.snapshot import engine_files
from press.design.unread import unread

OWN = engine_files()


def test_what_comes_with_the_press_is_read() -> None:
    """No style sheet of ours is idle, and the licences of fonts are nobody's content."""
    assert [] == list(unread(OWN, "default"))


@pytest.mark.parametrize(
    ("key", "theme", "home"),
    [
        ("styles/themes/local.css", "default", "move it there, or write theme: local"),
        ("styles/themes/local.css", "local", ""),
        ("styles/themes/school.css", "default", ""),
        ("styles/themes/My School.css", "default", "name it styles/themes/my-school.css"),
        ("styles/parts/local.css", "default", "stand in styles/local.css: move it there"),
        ("styles/local.css", "default", ""),
        ("styles/school.css", "default", "a theme of its own is styles/themes/school.css"),
        ("templates/local.css", "default", "styles/local.css"),
        ("styles/dossier.yaml", "default", "under content/"),
        ("templates/parts/01-preface.md", "default", "under content/"),
        ("styles/themes/README.md", "default", ""),
    ],
)
def test_what_nothing_reads_is_told_with_its_place(key: str, theme: str, home: str) -> None:
    """A theme is read where it is chosen; what is called local and is none belongs elsewhere."""
    found = [f"{one.file} {one.code} {one.hint}" for one in unread({**OWN, key: b""}, theme)]
    assert len(found) == bool(home)
    assert all(one.startswith(f"{key} W727 ") and home in one for one in found)


def test_an_imported_sheet_is_read() -> None:
    """However the import is written, and from a sheet that is imported itself."""
    sheets = {
        "styles/local.css": b'@import "mine/a.css";',
        "styles/mine/a.css": b"@import url(b.css);",
        "styles/mine/b.css": b"",
    }
    assert [] == list(unread({**OWN, **sheets}, "default"))


def test_files_beside_the_dossiers_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chapter in content/ and a style sheet beside build.py are in no dossier and on no page."""
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    for name in ("local.css", "content/notes.md", "content/README.md", "content/a/dossier.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = {one.file: one.hint for one in read_project().findings}
    assert {"local.css", "content/notes.md"} == set(found)
    assert "styles/local.css" in found["local.css"]
