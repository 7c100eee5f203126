"""What commands read of several dossiers before they set any."""

from __future__ import annotations

from press.base.outcome import NOTHING_FOUND
from press.base.request import Request
from press.cli.reading import words_outcome
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.design.stylesheets import LOCAL
from press.pipeline import Reading


def test_words_are_looked_for_where_a_dossier_could_be_read(matterhorn: Snapshot) -> None:
    """One that could not be read at all, or not what it is, hides nothing of the others."""
    chapter = next(name for name in matterhorn.files if name.startswith("chapters/"))
    files = {**matterhorn.files, chapter: matterhorn.files[chapter] + b"\n[[event:nowhere]]\n"}
    whole = load(Snapshot("whole", "whole", files))
    lost, sound = (
        Reading(slug, NOTHING_FOUND, loaded) for slug, loaded in (("lost", None), ("sound", whole))
    )
    engine = engine_files()
    assert words_outcome([lost], Request(), engine).findings == ()
    (found,) = words_outcome([lost, sound], Request(), engine).findings
    assert (found.file, found.code) == (f"whole/{chapter}", "P201")


def test_words_are_read_beside_other_faults(matterhorn: Snapshot) -> None:
    """A fault in a style sheet or a key hides nothing in chapters, not even of what is declared."""
    chapter = next(name for name in matterhorn.files if name.startswith("chapters/"))
    files = {
        **matterhorn.files,
        chapter: matterhorn.files[chapter] + b"\n[[event:nowhere]]\n\n[^summit]: Not called.\n",
        "dossier.yaml": matterhorn.files["dossier.yaml"] + b"\nnonsense: 1\n",
    }
    broken = Reading("broken", NOTHING_FOUND, load(Snapshot("broken", "broken", files)))
    engine = {**engine_files(), LOCAL: b"p { color: red; ( }"}
    found = {one.code for one in words_outcome([broken], Request(), engine).findings}
    assert {"E707", "P201", "P221"} <= found
