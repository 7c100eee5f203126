"""Two states of a dossier compared: facts first, then sentences, then pages as pictures.

Both states are set by the press as it is now, so that what differs is the content alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from press.content.load import Loaded
from press.diff.facts import Change, changes, rests_on
from press.diff.pages import Pair, compared
from press.diff.prose import Paragraph, paragraphs
from press.diff.states import State, state

__all__ = ["Change", "Differences", "Pair", "Paragraph", "State", "compare", "state"]


@dataclass(frozen=True)
class Differences:
    """All that differs between two states, and their PDFs where they were set."""

    old: str
    new: str
    title: str
    language: str
    changes: tuple[Change, ...]
    paragraphs: tuple[Paragraph, ...]
    coverage: tuple[str, str]
    files: tuple[str, ...] = ()
    pages: tuple[Pair, ...] = ()
    pdfs: tuple[bytes, bytes] = field(default=(b"", b""), repr=False)

    @property
    def sources(self) -> tuple[Change, ...]:
        """The sources that are new, gone or described differently."""
        return tuple(change for change in self.changes if change.kind == "source")

    @property
    def facts(self) -> tuple[Change, ...]:
        """Every other difference in the data."""
        return tuple(change for change in self.changes if change.kind != "source")

    @property
    def changed_pages(self) -> tuple[Pair, ...]:
        """The pages on which anything differs."""
        return tuple(pair for pair in self.pages if pair.changed)

    def __bool__(self) -> bool:
        return bool(self.changes or self.paragraphs or self.files or self.changed_pages)


def compare(
    states: tuple[State, State], loaded: tuple[Loaded, Loaded], pdfs: tuple[bytes, bytes]
) -> Differences:
    """What differs between two states; pages are compared where both ``pdfs`` are there."""
    old, new = loaded
    meta = new.dossier.meta
    return Differences(
        old=states[0].name,
        new=states[1].name,
        title=meta.title,
        language=meta.language,
        changes=changes(old, new),
        paragraphs=paragraphs(old, new),
        coverage=(rests_on(old), rests_on(new)),
        files=tuple(_other_files(states)),
        pages=compared(*pdfs) if all(pdfs) else (),
        pdfs=pdfs,
    )


def _other_files(states: tuple[State, State]) -> list[str]:
    """Pictures and map layers whose bytes differ."""
    old, new = (state.files.files for state in states)
    return [
        name
        for name in sorted({*old, *new})
        if not name.endswith((".yaml", ".md")) and old.get(name) != new.get(name)
    ]
