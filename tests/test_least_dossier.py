"""What a dossier leaves out is not printed, and nothing points at it."""

from __future__ import annotations

from press import appendix
from press.load import load
from press.snapshot import Snapshot
from tests.test_page_checks import LEAST


def test_appendix_without_facts_is_not_announced(matterhorn: Snapshot) -> None:
    """Asked for by a dossier that has no facts, it is neither printed nor in the contents."""
    asked = LEAST["dossier.yaml"] + b"appendix: [facts]\n"
    least = load(Snapshot("a", "a", {**LEAST, "dossier.yaml": asked}))
    assert () == least.findings
    assert not appendix.printed(least.dossier)
    assert appendix.printed(load(matterhorn).dossier)
