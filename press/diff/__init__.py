"""Two states of a dossier compared: facts first, then sentences, then pages as pictures.

Both states are set by the press as it is now, so that what differs is the content alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from press.checks.counted import coverage_line
from press.content.load import Loaded
from press.diff.change import Change
from press.diff.facts import changes
from press.diff.pages import PagePair, compared
from press.diff.prose import paragraphs
from press.diff.states import State, state

__all__ = ["Change", "Differences", "PagePair", "State", "compare", "state"]


@dataclass(frozen=True)
class Differences:
    """All that differs between two states, which are called ``old`` and ``new``.

    ``coverage`` says of each how many facts have sources; ``files`` are pictures and map layers
    whose bytes differ.
    """

    old: str
    new: str
    title: str
    language: str
    changes: tuple[Change, ...]
    paragraphs: tuple[Change, ...]
    coverage: tuple[str, str]
    files: tuple[str, ...] = ()
    pages: tuple[PagePair, ...] = ()

    @property
    def sources(self) -> tuple[Change, ...]:
        """The sources that are new, gone or described differently."""
        return tuple(change for change in self.changes if change.kind == "source")

    @property
    def facts(self) -> tuple[Change, ...]:
        """Every other difference in the data."""
        return tuple(change for change in self.changes if change.kind != "source")

    @property
    def changed_pages(self) -> tuple[PagePair, ...]:
        """The pages on which anything differs."""
        return tuple(pair for pair in self.pages if pair.changed)

    def __bool__(self) -> bool:
        return bool(self.changes or self.paragraphs or self.files or self.changed_pages)


def compare(
    names: tuple[str, str], loaded: tuple[Loaded, Loaded], pdfs: tuple[bytes, bytes]
) -> Differences:
    """What differs between two states; pages are compared where both ``pdfs`` are there."""
    old, new = loaded
    counts = (coverage_line(one, "en") for one in loaded)
    return Differences(
        *names,
        title=new.dossier.meta.title,
        language=new.dossier.meta.language,
        changes=changes(old, new),
        paragraphs=paragraphs(old, new),
        coverage=(next(counts), next(counts)),
        files=_other_files(old.snapshot.files, new.snapshot.files),
        pages=compared(*pdfs) if all(pdfs) else (),
    )


def _other_files(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[str, ...]:
    names = (name for name in sorted({*old, *new}) if not name.endswith((".yaml", ".md")))
    return tuple(name for name in names if old.get(name) != new.get(name))
