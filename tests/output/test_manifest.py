"""The manifest: content decides what is built again, and time never does."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from press.output import manifest, provenance
from press.output.manifest import BuiltPdf
from tests.base.test_house import arrows, room
from tests.conftest import ROOT

ENTRY = BuiltPdf("key", "", 3, 100, 1.5, ("a finding",), ({"chapter-a": (1, 2)},))


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
    entry = BuiltPdf("key", manifest.digest(pdf), 1, 3, 0.1)
    manifest.write(tmp_path, {"a.pdf": entry})
    assert entry == manifest.fresh(tmp_path, "a.pdf", "key")
    assert manifest.fresh(tmp_path, "a.pdf", "other") is None
    pdf.write_bytes(b"changed")
    assert manifest.fresh(tmp_path, "a.pdf", "key") is None
    pdf.unlink()
    assert manifest.fresh(tmp_path, "a.pdf", "key") is None


FILES = {"a.yaml": b"x: 1", "b.yaml": b"x: 2"}
CHANGES: dict[str, dict[str, bytes]] = {
    "a byte": {"a.yaml": b"x: 3", "b.yaml": b"x: 2"},
    "a name": {"aa.yaml": b"x: 1", "b.yaml": b"x: 2"},
    "a name and the order": {"c.yaml": b"x: 1", "b.yaml": b"x: 2"},
    "contents changed places": {"a.yaml": b"x: 2", "b.yaml": b"x: 1"},
    "a file is gone": {"a.yaml": b"x: 1"},
    "a file is new": {**FILES, "c.yaml": b""},
    "one file's end is another's beginning": {"a.yaml": b"x: 1x:", "b.yaml": b" 2"},
    "it lies deeper": {"a/a.yaml": b"x: 1", "b.yaml": b"x: 2"},
}


def tree(root: Path, files: Mapping[str, bytes]) -> Path:
    """``files`` on disk."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


@pytest.mark.parametrize("change", CHANGES)
def test_keys_see_every_change_of_content(change: str, tmp_path: Path) -> None:
    """What is renamed, swapped, taken out or put in is built again, be it content or design."""
    changed = CHANGES[change]
    assert manifest.content_key("c", FILES) != manifest.content_key("c", changed)
    tree(tmp_path / "1" / "c", FILES)
    tree(tmp_path / "2" / "c", changed)
    before, after = (manifest.tree_key(tmp_path / root, ("c",)) for root in "12")
    assert before != after


def test_keys_of_other_dossiers_and_options_differ() -> None:
    """Two dossiers with the same files have two keys; so has every option."""
    assert manifest.content_key("a", FILES) != manifest.content_key("b", FILES)
    keys = {manifest.key("engine", "content", *options)
            for options in ((), ("a",), ("b",), ("a", ""), ("", "a"))}  # fmt: skip
    assert len(keys) == 5


def test_keys_are_blind_to_time_and_to_what_is_no_content(tmp_path: Path) -> None:
    """A new date, editors' backups, hidden files and caches build nothing again."""
    root = tree(tmp_path, {f"c/{name}": content for name, content in FILES.items()})
    first = manifest.tree_key(root, ("c",))
    os.utime(root / "c" / "a.yaml", (0, 0))
    tree(root, {"c/a.yaml~": b"", "c/.hidden": b"", "c/__pycache__/a.pyc": b"", "d/a.yaml": b""})
    assert first == manifest.tree_key(root, ("c",))


# -- what of the press a PDF depends on ------------------------------------------------------------


def press_at(root: Path, **changed: str) -> str:
    """The key of a press with two modules and what is no part of it, with comments added."""
    names = ("press/pipeline.py", "press/views/book.py", "press/setup/doctor.py",
             "press/cli/main.py", "tools/atlas/make.py", "styles/main.css")  # fmt: skip
    return manifest.engine_key(tree(root, {n: changed.get(n, "").encode() for n in names}))


@pytest.mark.parametrize(
    ("name", "builds"),
    [
        ("press/setup/doctor.py", False),
        ("press/cli/main.py", False),
        ("tools/atlas/make.py", False),
        ("press/pipeline.py", True),
        ("press/views/book.py", True),
        ("styles/main.css", True),
    ],
)
def test_only_what_can_change_a_pdf_builds_it_again(
    name: str, builds: bool, tmp_path: Path
) -> None:
    """A comment in the doctor or in the atlas tool rebuilds nothing; one in a view does."""
    before, after = press_at(tmp_path / "1"), press_at(tmp_path / "2", **{name: "# a comment"})
    assert (before != after) is builds


def test_what_makes_pdfs_imports_nothing_that_keys_leave_out() -> None:
    """No module of the rooms apart can be reached from the flow, the checks or what plans it."""
    graph = arrows()
    todo = ["press.pipeline", "press.jobs.works", "press.jobs.worker",
            *(name for name in graph if name.startswith("press.checks."))]  # fmt: skip
    reached: set[str] = set()
    while todo:
        if (name := todo.pop()) not in reached:
            reached.add(name)
            todo += graph[name]
    assert len(reached) > 100
    assert [name for name in sorted(reached) if room(name) in manifest.APART] == []


def test_the_record_has_the_same_code_as_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a PDF says it was made by is what it is built again for: every file but those apart."""
    code, lock = provenance.code()
    assert code == manifest.code_key(ROOT)
    assert lock == manifest.digest(ROOT / "requirements.lock")
    monkeypatch.setattr(manifest, "APART", {*manifest.APART, "views"})
    assert code != manifest.code_key(ROOT)


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
