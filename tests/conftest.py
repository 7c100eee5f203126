"""What the tests share: dossiers, what is made of them once, and projects to build in.

Setting pages takes longer than all that is asked of them afterwards, so they are set once in a run
and kept for every process of it. Take ``printed`` for an edition of a dossier, ``built`` for a
project in which it was built, and ``tiny`` for one that is built in a second or two, where the
claim is about the command and not about the pages.
"""

from __future__ import annotations

import contextlib
import gc
import gzip
import io
import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING, Any, TypeVar, cast

import hypothesis
import pytest

from press import plates
from press.base import folders
from press.base.filelock import take
from press.checks import check
from press.cli import main
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design.editions import named, paper_for
from press.jobs.worker import SELDOM
from press.jobs.works import LastBuild
from press.output import manifest
from press.typeset import fonts

if TYPE_CHECKING:
    from press.pipeline import Made
    from press.typeset.folios import Folios
    from press.views.view import Bench, Prepared, Work

# How long an example takes says more of the machine than of the press; benchmarks/ measure time.
hypothesis.settings.register_profile("press", deadline=None)
hypothesis.settings.load_profile("press")

gc.set_threshold(*SELDOM)  # as in the workers of a build

HERE = Path(__file__).parent
ROOT = HERE.parent
DOSSIERS = HERE / "dossiers"
EXAMPLE = ROOT / "content" / "_example"
"""The dossier that newcomers copy, a small one with one of everything: matterhorn to the tests."""
REFERENCE = "1993-summer-offensives"

LONGEST = (
    "test_editions", "test_tagging", "test_faults", "test_cascade", "test_provenance",
    "test_classroom", "test_press_yaml", "test_page_checks", "test_infobox_side", "test_broken",
    "test_plates_anywhere", "test_fit", "test_plates", "test_engine", "test_source_list",
    "test_yaml_faults", "test_rest", "test_places", "test_prepress", "test_draft", "test_cli",
    "test_promise", "test_kinds", "test_css_classes",
)  # fmt: skip
"""Files that take longest, the longest first: they begin a run, so that its processes end together.
"""

PAGE_NUMBERS = HERE / "page_numbers"
"""Page numbers of these dossiers when ``--note-page-numbers`` was given last: guesses, as those of
the last build are to a build. They change how often pages are laid out, and nothing that is set.
"""
NOTED = (REFERENCE, "_example", "matterhorn")

Changed = Callable[..., Snapshot]
Printed = Callable[..., "Made"]
T = TypeVar("T")


GROWTH = 100_000
"""Kilobytes by which the most memory of a process may grow in a file of tests without a look."""


@pytest.fixture(autouse=True, scope="module")
def little_garbage() -> Iterator[None]:
    """No process of a run grows without end, though garbage is looked for seldom."""
    before = getrusage(RUSAGE_SELF).ru_maxrss
    yield
    if getrusage(RUSAGE_SELF).ru_maxrss > before + GROWTH:
        gc.collect()  # set pages, whose boxes hold each other


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--note-page-numbers`` keeps those of this run for the next."""
    parser.addoption("--note-page-numbers", action="store_true", help="keep them as guesses")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, the others as they were."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


# -- dossiers ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def matterhorn() -> Snapshot:
    """A small dossier that has one of everything."""
    return read(EXAMPLE, "matterhorn")


@pytest.fixture(scope="session")
def reference_files() -> Snapshot:
    """The reference dossier as it is on disk."""
    return read(ROOT / "content" / REFERENCE, f"content/{REFERENCE}")


NOTES = {
    b"    value: {event: summit}\n":
        b"    value: {event: summit}\n    note: Restored from the register.\n",
    b"value: {count: events}": b"value: {count: events, note: of every kind}",
}  # fmt: skip


@pytest.fixture(scope="session")
def school(matterhorn: Snapshot) -> Snapshot:
    """The small dossier with a chronology and a glossary that are long enough for a class.

    Its infobox has notes of a row, of a value and of the whole.
    """
    own = {path.name: path.read_bytes() for path in (HERE / "classroom").glob("*.yaml")}
    box = matterhorn.files["infobox.yaml"]
    for bare, noted in NOTES.items():
        assert bare in box
        box = box.replace(bare, noted)
    asked = matterhorn.files["questions.yaml"].replace(b"gaps: 0", b"gaps: 4")
    asked = asked.replace(b"cards: 0", b"cards: 3")
    own |= {"questions.yaml": asked, "infobox.yaml": box + b"note: Heights are left out.\n"}
    files = {**matterhorn.files, **own}
    return Snapshot("matterhorn", "matterhorn", files)


@pytest.fixture
def changed(matterhorn: Snapshot) -> Changed:
    """The small dossier with files replaced (None removes one) or text in them exchanged."""

    def change(files: Mapping[str, bytes | None] | None = None, **_: object) -> Snapshot:
        merged = {**matterhorn.files, **(files or {})}
        kept = {name: raw for name, raw in merged.items() if raw is not None}
        return Snapshot(matterhorn.slug, matterhorn.label, kept)

    return change


# -- what is made once -------------------------------------------------------------------------


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share, and no other run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


def once(folder: Path, name: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, made by the process of the run that asks first and kept in ``folder``.

    Others wait for it. Each has a copy of its own, so nobody can change another's.
    """
    kept = folder / f"{name}.pickle"
    with (folder / f"{name}.lock").open("w") as lock:
        take(lock.fileno(), wait=True)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make()))
    return cast("T", pickle.loads(kept.read_bytes()))  # noqa: S301 what we have just written


@pytest.fixture(scope="session")
def warm(run_folder: Path) -> None:
    """This process has checked and set a dossier, so builds that it forks need not begin anew.

    They find fonts, sheets and templates read, and the patterns of checks compiled. What is read
    once in a process is kept by what it was read from, so a changed file is read anew.
    """
    fonts.only(ROOT / "styles" / "fonts", run_folder / "fonts")
    snapshot = read(DOSSIERS / "tiny", "tiny")
    check(load(snapshot))
    GUESSED["tiny-dossier.pdf"] = set_edition(snapshot).rounds


@pytest.fixture
def own_fonts(run_folder: Path) -> None:
    """The project's fonts and no others in this process."""
    fonts.only(ROOT / "styles" / "fonts", run_folder / "fonts")


def set_edition(
    snapshot: Snapshot,
    name: str = "dossier",
    paper: str = "",
    theme: str = "default",
    known: Iterable[Mapping[str, Iterable[int]]] = (),
    **changes: Any,
) -> Made:
    """An edition of ``snapshot``; ``changes`` are fields of its row to replace.

    ``known`` are page numbers of an earlier time, by which only the number of layouts may change.
    """
    from press.views.view import Work

    edition = replace(named(name), **changes)
    file = f"{snapshot.slug}-{name}.pdf"
    rounds = tuple({anchor: tuple(pages) for anchor, pages in of.items()} for of in known)
    engine = own_engine() if folders.ROOT == ROOT else engine_files()
    return made_of(Work(file, load(snapshot), edition, theme, engine, paper, known=rounds))


def made_of(work: Work) -> Made:
    """What comes of ``work``: as in a build, what this process has drawn is not drawn again.

    Where no page numbers are known, those of the last dossier of its name are the guess.
    """
    from press.pipeline import make

    row = work.edition
    like = work.loaded.snapshot.slug, row.view, row.papers, work.sheet
    known = work.known or ALIKE.get(like, ())
    made = make(replace(work, known=known, kept=plates.Kept(NO_CODE, DRAWN)))
    DRAWN.update(made.drawings)
    ALIKE[like] = made.rounds
    return made


ALIKE: dict[tuple[object, ...], tuple[Mapping[str, tuple[int, ...]], ...]] = {}
"""The page numbers of what this process has set last, by dossier, kind of edition and paper."""


@cache
def own_engine() -> Mapping[str, bytes]:
    """The templates and styles of the press itself, read once in a process."""
    return engine_files()


DRAWN: dict[str, bytes] = {}
"""The plates of the editions that this process has set: as in a build, each is drawn once."""
NO_CODE = manifest.tree_key(HERE / "nothing", plates.CODE)
"""What plates were drawn by, as a project sees it that has no code: those of the tests."""
GUESSED: dict[str, tuple[Mapping[str, Any], ...]] = {}
"""Page numbers of PDFs of the tests by name, where a build may begin."""


def noted(name: str) -> tuple[Mapping[str, Any], ...]:
    """The page numbers of an edition on a paper, as they were noted; none where they were not."""
    file = PAGE_NUMBERS / f"{name}.json.gz"
    return tuple(json.loads(gzip.decompress(file.read_bytes()))) if file.exists() else ()


def likely(name: str) -> tuple[Mapping[str, Any], ...]:
    """The page numbers that a PDF of this name is likely to have; none where nobody knows.

    Where those of an edition are not known, they are likely those of the dossier.
    """
    edition = f"{name.removesuffix('.pdf')}-a4"
    small = edition.replace("matterhorn-", f"{EXAMPLE.name}-", 1)  # as it is called in its folder
    known = GUESSED.get(name) or noted(small) or noted(edition)
    return known or GUESSED.get(f"{name.partition('-')[0]}-dossier.pdf", ())


@pytest.fixture
def quicker(warm: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """First builds begin as second ones do, with likely page numbers and plates that are drawn.

    They change how often pages are laid out, and nothing that is set.
    """

    def rounds(last: LastBuild, *names: str) -> tuple[Folios, ...]:
        guess = (likely(name) for name in names)
        return own_rounds(last, *names) or next(filter(None, guess), ())

    def drawings(folder: Path) -> dict[str, bytes]:
        return {**DRAWN, **own_drawings(folder)}

    own_rounds, own_drawings = LastBuild.rounds, manifest.read_drawings
    monkeypatch.setattr(LastBuild, "rounds", rounds)
    monkeypatch.setattr(manifest, "read_drawings", drawings)


@pytest.fixture(scope="session")
def printed(run_folder: Path, matterhorn: Snapshot, pytestconfig: pytest.Config) -> Printed:
    """``printed("screen", "letter", theme="archive")``: the small dossier, so set once in a run.

    Another dossier is printed with ``snapshot=``, another row of the edition with its fields. As
    in a build, the page numbers of the last time are the first guess, or else those of an edition
    that is much like it.
    """
    kept: dict[str, Made] = {}
    noting = pytestconfig.getoption("--note-page-numbers")

    def set_it(snapshot: Snapshot, name: str, paper: str, wanted: dict[str, Any]) -> Made:
        last = noted(f"{snapshot.slug}-{name}-{paper}")
        made = set_edition(snapshot, name, paper, known=last, **wanted)
        if noting and snapshot.slug in NOTED and not wanted:
            PAGE_NUMBERS.mkdir(exist_ok=True)
            file = PAGE_NUMBERS / f"{snapshot.slug}-{name}-{paper}.json.gz"
            file.write_bytes(gzip.compress(json.dumps(made.rounds).encode(), mtime=0))
        return made

    def print_it(
        name: str = "dossier", paper: str = "", snapshot: Snapshot = matterhorn, **wanted: Any
    ) -> Made:
        paper = paper_for(named(name), paper)
        given = (paper, sorted(snapshot.files.items()), sorted(wanted.items()))
        digest = blake2b(repr(given).encode(), digest_size=8).hexdigest()
        key = f"{snapshot.slug}-{name}-{digest}"
        if key not in kept:
            fonts.only(ROOT / "styles" / "fonts", run_folder / "fonts")
            kept[key] = once(run_folder, key, lambda: set_it(snapshot, name, paper, wanted))
            DRAWN.update(kept[key].drawings)
        return kept[key]

    return print_it


@pytest.fixture(scope="session")
def reference(printed: Printed, reference_files: Snapshot) -> Made:
    """The reference dossier, set once."""
    return printed(snapshot=reference_files)


@pytest.fixture(scope="session")
def small(printed: Printed) -> Made:
    """The small dossier, set once."""
    return printed()


def document_of(work: Work, *, fitted: bool = True) -> Prepared:
    """The document of ``work`` and what its template printed: the stages before typesetting.

    One that is not ``fitted`` is laid out nowhere: its pages are taken to hold all there is.
    """
    from press.pipeline import VIEWS

    bench = bench_for(work)
    prepared = VIEWS[work.edition.view](
        bench if fitted else replace(bench, probe=lambda _: (0, {}))
    )
    DRAWN.update(plates.to_keep(prepared.drawings))
    return prepared


def bench_for(work: Work) -> Bench:
    """What the view of ``work`` is made from; plates that were drawn before are not drawn again."""
    from press.base.stages import Clock
    from press.base.templates import environment
    from press.design.styles import flatten
    from press.pipeline import bench_of, listed_plates
    from press.views.words import read_prose

    work = replace(work, kept=plates.Kept(NO_CODE, DRAWN))
    style = flatten(work.engine, work.theme, work.edition.sheet_name, work.sheet)
    clock = Clock()
    templates = environment(work.engine)
    work = replace(work, kept=plates.Kept(NO_CODE, DRAWN))
    drawings = listed_plates(work, style, templates, clock)
    DRAWN.update(plates.to_keep(drawings.values()))
    prose = read_prose(work.loaded, templates, drawings)
    return bench_of(work, style, prose, clock, drawings)


# -- projects to build in ----------------------------------------------------------------------


def folder_of(slug: str) -> Path:
    """Where a dossier of the tests is."""
    return EXAMPLE if slug == "matterhorn" else DOSSIERS / slug


def new_project(root: Path, *slugs: str) -> Path:
    """A project at ``root`` with dossiers of the tests: templates and styles are the press's own.

    They share their bytes with it, so a test that changes one unlinks it first.
    """
    for part in ("templates", "styles"):
        shutil.copytree(ROOT / part, root / part, copy_function=os.link)
    for slug in slugs:
        shutil.copytree(folder_of(slug), root / "content" / slug)
    (root / "press").mkdir()
    return root


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quicker: None) -> Path:
    """A project of its own with the small dossier, nothing built yet."""
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    return new_project(tmp_path, "matterhorn")


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quicker: None) -> Path:
    """A project of its own with a dossier of a chapter, two events and a timeline."""
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    return new_project(tmp_path, "tiny")


@pytest.fixture
def built_tiny(tiny: Path, run_folder: Path) -> Path:
    """``tiny``, in which ``build`` has just been run: once for all who ask for it."""
    first = once(run_folder, "built-tiny", lambda: first_build(run_folder / "built-tiny", "tiny"))
    assert first.code == 0, first.err
    shutil.copytree(first.root / "output", tiny / "output")
    return tiny


@dataclass(frozen=True)
class Built:
    """A project whose small dossier is built, its PDF, and what the command said and returned."""

    root: Path
    code: int
    out: str
    err: str

    @property
    def pdf(self) -> Path:
        """The PDF of the small dossier."""
        return self.root / "output/matterhorn/matterhorn-dossier.pdf"


@pytest.fixture
def built(project: Path, run_folder: Path) -> Built:
    """A project of its own in which ``build`` has just been run: once for all who ask for it."""
    first = once(run_folder, "built", lambda: first_build(run_folder / "built", "matterhorn"))
    shutil.copytree(first.root / "output", project / "output")
    return replace(first, root=project)


def first_build(root: Path, slug: str) -> Built:
    """A dossier of the tests built by the command in a new project at ``root``."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folders, "ROOT", new_project(root, slug))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main.main([])
    return Built(root, code, out.getvalue(), err.getvalue())
