"""What commands read of several dossiers before they set any."""

from __future__ import annotations

from dataclasses import replace

from press.base.outcome import NOTHING_FOUND
from press.base.request import Request
from press.cli.reading import words_outcome
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.pipeline import Reading


def test_words_are_looked_for_where_a_dossier_could_be_read(matterhorn: Snapshot) -> None:
    """One that could not be read at all, or not what it is, hides nothing of the others."""
    chapter = next(name for name in matterhorn.files if name.startswith("chapters/"))
    files = {**matterhorn.files, chapter: matterhorn.files[chapter] + b"\n[[event:nowhere]]\n"}
    whole = load(Snapshot("whole", "whole", files))
    nameless = replace(whole, broken=frozenset({"dossier.yaml"}))
    lost, headless, sound = (
        Reading(slug, NOTHING_FOUND, loaded)
        for slug, loaded in (("lost", None), ("headless", nameless), ("sound", whole))
    )
    engine = engine_files()
    assert words_outcome([lost, headless], Request(), engine).findings == ()
    (found,) = words_outcome([lost, headless, sound], Request(), engine).findings
    assert (found.file, found.code) == (f"whole/{chapter}", "P201")
