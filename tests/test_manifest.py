"""The manifest: content decides what is built again, and time never does."""

from __future__ import annotations

import os
from pathlib import Path

from press.output import manifest
from press.output.manifest import Entry

ENTRY = Entry("key", "", 3, 100, 1.5, ("a finding",), ({"chapter-a": (1, 2)},))


def test_entries_survive_writing(tmp_path: Path) -> None:
    """What is written is read."""
    manifest.write(tmp_path, {"a.pdf": ENTRY})
    assert {"a.pdf": ENTRY} == manifest.read(tmp_path)


def test_damaged_manifest_only_costs_a_build(tmp_path: Path) -> None:
    """A half-written or foreign manifest is as good as none."""
    for text in ("", "{", "[]", '{"a.pdf": {"key": 1}}', '{"a.pdf": null}'):
        (tmp_path / manifest.NAME).write_text(text)
        assert {} == manifest.read(tmp_path)


def test_fresh_needs_the_same_inputs_and_bytes(tmp_path: Path) -> None:
    """A PDF is fresh while its key and its bytes are those of the manifest."""
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"pdf")
    entry = Entry("key", manifest.digest(pdf), 1, 3, 0.1)
    manifest.write(tmp_path, {"a.pdf": entry})
    assert entry == manifest.fresh(tmp_path, "a.pdf", "key")
    assert manifest.fresh(tmp_path, "a.pdf", "other") is None
    pdf.write_bytes(b"changed")
    assert manifest.fresh(tmp_path, "a.pdf", "key") is None
    pdf.unlink()
    assert manifest.fresh(tmp_path, "a.pdf", "key") is None


def test_tree_key_sees_content_and_names_only(tmp_path: Path) -> None:
    """Touching a file changes nothing; changing a byte or a name does."""
    (tmp_path / "c").mkdir()
    file = tmp_path / "c" / "a.yaml"
    file.write_text("x: 1")
    first = manifest.tree_key(tmp_path, ("c",))
    os.utime(file, (0, 0))
    assert first == manifest.tree_key(tmp_path, ("c",))
    file.write_text("x: 2")
    second = manifest.tree_key(tmp_path, ("c",))
    file.rename(tmp_path / "c" / "b.yaml")
    assert len({first, second, manifest.tree_key(tmp_path, ("c",))}) == 3


def test_drawings_survive_writing_and_damage(tmp_path: Path) -> None:
    """Plates are kept from build to build; a damaged file is as good as none."""
    manifest.write_drawings(tmp_path, "a.pdf", {"key": b'{"svg": "<svg/>"}'})
    assert {"key": b'{"svg": "<svg/>"}'} == manifest.read_drawings(tmp_path)
    for text in ("[", "[]", '{"drawings": {}}', '{"drawings": {}, "used": {"a.pdf": ["key"]}}'):
        (tmp_path / manifest.DRAWINGS).write_text(text)
        assert {} == manifest.read_drawings(tmp_path)


def test_drawings_of_every_edition_are_kept(tmp_path: Path) -> None:
    """A build of one PDF keeps the plates of the others, and lets those go whose PDF is gone."""
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (tmp_path / name).write_bytes(b"pdf")
        manifest.write_drawings(tmp_path, name, {f"plate of {name}": b"{}", "shared": b"{}"})
    (tmp_path / "b.pdf").unlink()
    manifest.write_drawings(tmp_path, "a.pdf", {"another": b"{}"})
    assert set(manifest.read_drawings(tmp_path)) == {"another", "plate of c.pdf", "shared"}
