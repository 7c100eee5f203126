"""One difference between two states, in words: what it was, what it is, and what stayed."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

Piece = tuple[str, str]
"""``same``, ``old`` or ``new``, and the words."""
LONGEST = 4_000
"""Words up to which two texts are compared word by word."""


@dataclass(frozen=True)
class Change:
    """One difference: ``old`` is empty for what is new, ``new`` for what is gone.

    ``kind`` is event, place, source, infobox … or paragraph; ``address`` names the thing and the
    field in it, or the chapter; ``places`` are file and line in the old and in the new state, ""
    where it is not there; ``inside`` says that both states have the thing, and only a field of it
    differs.
    """

    kind: str
    address: str
    old: str
    new: str
    places: tuple[str, str] = ("", "")
    inside: bool = False

    @property
    def what(self) -> str:
        """``added``, ``removed``, ``changed`` or ``moved``, said of the thing itself."""
        if self.old == self.new:
            return "moved"
        if self.inside or (self.old and self.new):
            return "changed"
        return "added" if self.new else "removed"

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Old and new as one run of words."""
        return words(self.old, self.new)

    @property
    def written(self) -> tuple[str, ...]:
        """The places that there are, once where both are the same."""
        return tuple(dict.fromkeys(filter(None, self.places)))


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts as one run of pieces: what stayed, what went, and what came."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > LONGEST:
        return tuple((what, text) for what, text in (("old", old), ("new", new)) if text)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", " ".join(before[a:b])))
            continue
        for what, part in (("old", before[a:b]), ("new", after[c:d])):
            if part:
                pieces.append((what, " ".join(part)))
    return tuple(pieces)
