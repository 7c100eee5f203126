"""What a dossier leaves out is not printed, and nothing points at it."""

from __future__ import annotations

from press.content.load import load
from press.content.model import Dossier
from press.content.snapshot import Snapshot, engine_files
from press.design.styles import flatten
from press.views.book import Book, view
from press.views.colophon import Production
from press.views.values import NOTHING
from tests.test_page_checks import LEAST
from tests.test_prose import prose


def book(dossier: Dossier) -> Book:
    """The view of a whole dossier, without its plates."""
    figures = {plate.id: NOTHING for plate in dossier.plates.plates}
    style = flatten(engine_files(), "default", "dossier")
    return view(dossier, prose(dossier), {}, figures, style, Production())


def test_appendix_without_facts_is_not_announced(matterhorn: Snapshot) -> None:
    """Asked for by a dossier that has no facts, it is neither printed nor in the contents."""
    asked = LEAST["dossier.yaml"] + b"appendix: [facts]\n"
    least = load(Snapshot("a", "a", {**LEAST, "dossier.yaml": asked}))
    assert () == least.findings
    for dossier, printed in ((least.dossier, False), (load(matterhorn).dossier, True)):
        made = book(dossier)
        assert (made.facts is not None) is printed
        assert ("appendix-facts" in {line.anchor for line in made.contents}) is printed
