"""What the tests share: small dossiers on disk, and ways to read them with something changed."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import hypothesis
import pytest

from press.content.load import load
from press.content.snapshot import Snapshot, read
from press.typeset import fonts

if TYPE_CHECKING:
    from press.pipeline import Made
    from press.views.view import Prepared, Work

# How long an example takes says more of the machine than of the press; benchmarks/ measure time.
hypothesis.settings.register_profile("press", deadline=None)
hypothesis.settings.load_profile("press")

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


REFERENCE = "1993-summer-offensives"


def set_dossier(snapshot: Snapshot, cache: Path, **changes: Any) -> Made:
    """The dossier edition of ``snapshot``, in the default theme and in the project's fonts only.

    ``changes`` are fields of the edition to replace.
    """
    fonts.only(ROOT / "styles" / "fonts", cache)
    from press.content.snapshot import engine_files
    from press.design.editions import EDITIONS
    from press.pipeline import make
    from press.views.view import Work

    name = f"{snapshot.slug}-dossier.pdf"
    edition = replace(EDITIONS["dossier"], **changes)
    return make(Work(name, load(snapshot), edition, "default", engine_files()))


def document_of(work: Work) -> Prepared:
    """The document of ``work`` and what its template printed: the stages before typesetting."""
    from press.base.stages import Clock
    from press.design.styles import flatten
    from press.pipeline import VIEWS, bench_of, listed_plates
    from press.views.render import environment
    from press.views.words import read_prose

    style = flatten(work.engine, work.theme, work.edition.sheet_name, work.sheet)
    clock = Clock()
    templates = environment(work.engine)
    drawings = listed_plates(work, style, templates, clock)
    prose = read_prose(work.loaded, templates, drawings)
    return VIEWS[work.edition.view](bench_of(work, style, prose, clock, drawings))


def once(factory: pytest.TempPathFactory, snapshot: Snapshot) -> Made:
    """A dossier set once in a run of the tests, whichever of their processes asks first."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = shared / f"{snapshot.slug}.pickle"
    with (shared / f"{snapshot.slug}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(set_dossier(snapshot, shared / "fonts")))
    return cast("Made", pickle.loads(kept.read_bytes()))  # noqa: S301 what we have just written


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The reference dossier, set once."""
    return once(tmp_path_factory, read(ROOT / "content" / REFERENCE, f"content/{REFERENCE}"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, matterhorn: Snapshot) -> Made:
    """The small dossier, set once."""
    return once(tmp_path_factory, matterhorn)
