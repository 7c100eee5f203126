"""What a dossier leaves out is not printed, and nothing points at it."""

from __future__ import annotations

from press.content.load import load
from press.content.snapshot import Snapshot
from press.views import appendix
from tests.test_page_checks import LEAST


def test_appendix_without_facts_is_not_announced(matterhorn: Snapshot) -> None:
    """Asked for by a dossier that has no facts, it is neither printed nor in the contents."""
    asked = LEAST["dossier.yaml"] + b"appendix: [facts]\n"
    least = load(Snapshot("a", "a", {**LEAST, "dossier.yaml": asked}))
    assert () == least.findings
    assert not appendix.printed(least.dossier)
    assert appendix.printed(load(matterhorn).dossier)
