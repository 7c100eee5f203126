"""What the tests share: small dossiers on disk, and ways to read them with something changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from press.snapshot import Snapshot, read

HERE = Path(__file__).parent
ROOT = HERE.parent
DOSSIERS = HERE / "dossiers"

Changed = Callable[..., Snapshot]


@pytest.fixture(scope="session")
def matterhorn() -> Snapshot:
    """A small dossier that has one of everything."""
    return read(DOSSIERS / "matterhorn", "matterhorn")


@pytest.fixture
def changed(matterhorn: Snapshot) -> Changed:
    """The small dossier with files replaced (None removes one) or text in them exchanged."""

    def change(files: Mapping[str, bytes | None] | None = None, **_: object) -> Snapshot:
        merged = {**matterhorn.files, **(files or {})}
        kept = {name: raw for name, raw in merged.items() if raw is not None}
        return Snapshot(matterhorn.slug, matterhorn.label, kept)

    return change
