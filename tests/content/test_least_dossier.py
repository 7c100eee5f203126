"""What a dossier leaves out is not printed, and nothing points at it."""

from __future__ import annotations

from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import EDITIONS
from press.views.book import Book
from press.views.view import Work
from tests.conftest import document_of
from tests.typeset.test_page_checks import LEAST


def test_appendix_without_facts_is_not_announced(matterhorn: Snapshot) -> None:
    """Asked for by a dossier that has no facts, it is neither printed nor in the contents."""
    asked = LEAST["dossier.yaml"] + b"appendix: [facts]\n"
    least = Snapshot("a", "a", {**LEAST, "dossier.yaml": asked})
    for snapshot, printed in ((least, False), (matterhorn, True)):
        loaded = load(snapshot)
        assert () == loaded.findings
        work = Work("a.pdf", loaded, EDITIONS["dossier"], "default", engine_files())
        book = document_of(work).page
        assert isinstance(book, Book)
        assert (book.facts is not None) is printed
        assert ("appendix-facts" in {line.anchor for line in book.contents}) is printed
