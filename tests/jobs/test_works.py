"""What the last build, or one beside it, saves the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from press import plates
from press.base.request import Request
from press.cli import build, main
from press.content.load import load
from press.content.snapshot import read
from press.jobs.works import LastBuild, work_for
from press.output.manifest import BuiltPdf
from press.typeset.folios import Folios
from press.views.view import Work
from tests.conftest import DOSSIERS, GUESSED

FIRST: tuple[Folios, ...] = ({"chapter-one": (3,)},)
SECOND: tuple[Folios, ...] = ({"chapter-one": (4,)},)


def built(rounds: tuple[Folios, ...]) -> BuiltPdf:
    """A PDF that was built with these page numbers."""
    return BuiltPdf(key="k", digest="d", pages=9, size=9, seconds=1.0, findings=(), rounds=rounds)


@pytest.mark.parametrize(
    ("edition", "name", "known"),
    [
        ("dossier", "tiny-dossier-letter.pdf", FIRST),
        ("ink-saver", "tiny-ink-saver-letter.pdf", FIRST),
        ("dossier:2-up", "tiny-dossier-2-up-letter.pdf", FIRST),
        ("print-shop", "tiny-print-shop-letter-archive.pdf", ()),
        ("4-up", "tiny-4-up.pdf", SECOND),
        ("booklet", "tiny-booklet.pdf", ()),
        ("handout", "tiny-handout-letter.pdf", ()),
    ],
)
def test_page_numbers_begin_with_those_of_its_like(
    edition: str, name: str, known: tuple[object, ...]
) -> None:
    """On the same paper, in the same theme; a booklet, a handout have pages of their own."""
    last = LastBuild(
        {"tiny-dossier-letter.pdf": built(FIRST), "tiny-ink-saver.pdf": built(SECOND)},
        plates.NOTHING_KEPT,
    )
    loaded = load(read(DOSSIERS / "tiny", "tiny"))
    assert known == work_for(loaded, edition, Request(), {}, last, name).known


def test_what_is_built_counts_for_what_begins_later(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two editions that are much alike, the second begins with the first's page numbers."""
    monkeypatch.delitem(GUESSED, "tiny-dossier.pdf", raising=False)
    given: dict[str, Work] = {}

    def noted(*words: object) -> Work:
        work = work_for(*words)  # type: ignore[arg-type]
        given[work.edition.name] = work
        return work

    monkeypatch.setattr(build, "work_for", noted)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert main.main(["build", "--edition", "dossier,ink-saver"]) == 0
    assert () == given["dossier"].known
    assert given["ink-saver"].known
