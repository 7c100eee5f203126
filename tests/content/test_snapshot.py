"""The path jail: a build reads plain files of its folder, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from press.base.finding import ContentError
from press.content import snapshot


def test_reads_files_by_relative_path(tmp_path: Path) -> None:
    """Files are named as the author sees them, with forward slashes, in a fixed order."""
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "01-a.md").write_text("# A")
    (tmp_path / "b.yaml").write_text("x: 1")
    assert ["b.yaml", "chapters/01-a.md"] == list(snapshot.read(tmp_path).files)


def test_ignores_hidden_files_and_backups(tmp_path: Path) -> None:
    """An editor's litter is nobody's content."""
    for name in (".DS_Store", "a.yaml~", ".a.yaml.swp", "a.yaml.bak"):
        (tmp_path / name).write_text("x")
    assert {} == snapshot.read(tmp_path).files


@pytest.mark.parametrize("kind", ["link", "dangling", "fifo", "folder link"])
def test_refuses_what_is_no_plain_file(tmp_path: Path, kind: str) -> None:
    """Links and devices are findings: they would read what is not the author's, or hang."""
    folder, secret = tmp_path / "d", tmp_path / "secret.txt"
    folder.mkdir()
    secret.write_text("secret")
    match kind:
        case "link":
            (folder / "x.md").symlink_to(secret)
        case "dangling":
            (folder / "x.md").symlink_to(tmp_path / "nothing")
        case "fifo":
            os.mkfifo(folder / "x.md")
        case _:
            (folder / "x").symlink_to(tmp_path)
    with pytest.raises(ContentError) as failure:
        snapshot.read(folder)
    assert ["E004"] == [f.code for f in failure.value.findings]


def test_refuses_large_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is a finding."""
    monkeypatch.setattr(snapshot, "FILE_LIMIT", 10)
    (tmp_path / "a.md").write_text("x" * 11)
    with pytest.raises(ContentError) as failure:
        snapshot.read(tmp_path)
    assert "11 bytes" in failure.value.findings[0].message


@pytest.mark.parametrize("by_handle", [True, False])
def test_the_jail_holds_without_handles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_handle: bool
) -> None:
    """Systems that cannot open below a folder's handle read the same files and refuse the same."""
    monkeypatch.setattr(snapshot, "_BY_HANDLE", by_handle)
    folder = tmp_path / "d"
    (folder / "chapters").mkdir(parents=True)
    (folder / "chapters" / "01-a.md").write_text("# A")
    (folder / "b.yaml").write_text("x: 1")
    assert {"b.yaml": b"x: 1", "chapters/01-a.md": b"# A"} == snapshot.read(folder).files
    (folder / "c.md").symlink_to(tmp_path / "secret")
    (folder / "e").symlink_to(tmp_path)
    os.mkfifo(folder / "f.md")
    with pytest.raises(ContentError) as failure:
        snapshot.read(folder)
    assert ["d/c.md", "d/e", "d/f.md"] == [f.file for f in failure.value.findings]
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(ContentError, match="E001"):
        snapshot.read(tmp_path / "link")
