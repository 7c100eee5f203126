"""What has been printed so far: the one thing in this room that changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from press.base.finding import Finding, Place, did_you_mean


class Record:
    """The anchors given, the pictures placed, and the findings, through all texts of a document.

    Views ask for one text after the other, in reading order. Notes, citations and uses of facts
    are counted in that order, so that each has an anchor of its own; what is wrong with a text is
    added to what was wrong with those before it.
    """

    def __init__(self) -> None:
        self._last: Counter[str] = Counter()
        self._headings: Counter[str] = Counter()
        self._links: list[tuple[str, Place]] = []
        self._findings: dict[Finding, None] = {}
        self._placed: dict[str, Place] = {}
        self.has_code = False
        """Whether anything printed so far is in the face of code."""

    def anchor(self, stem: str) -> str:
        """The next anchor that begins so: ``note-3``, ``cite-dewaal-2``."""
        self._last[stem] += 1
        return f"{stem}-{self._last[stem]}"

    def given(self, stem: str) -> bool:
        """Whether any anchor begins so."""
        return stem in self._last

    def heading(self, stem: str) -> str:
        """The anchor of a heading: the stem itself, or the stem and a number where it is taken."""
        anchor = stem
        while anchor in self._headings:
            self._headings[stem] += 1
            anchor = f"{stem}-{self._headings[stem]}"
        self._headings[anchor] = 1
        return anchor

    def place(self, anchor: str, where: Place) -> Place | None:
        """Takes down where a picture stands; None, or where it stands already."""
        if (first := self._placed.get(anchor)) is None:
            self._placed[anchor] = where
        return first

    def link(self, anchor: str, where: Place) -> None:
        """Takes down a link to an anchor of this document, which may still be to come."""
        self._links.append((anchor, where))

    def add(self, findings: Iterable[Finding]) -> None:
        """Takes down what is wrong with a text, each finding once."""
        self._findings.update(dict.fromkeys(findings))

    def findings(self, anchors: Iterable[str]) -> list[Finding]:
        """All that was wrong; links are judged by ``anchors`` and the headings printed by now."""
        known = {*self._headings, *anchors}
        lost = [
            Finding(*where, "P251", f"no heading or entry has the anchor #{anchor}",
                    did_you_mean(anchor, known, "write [[id]], or copy the anchor from the page"))
            for anchor, where in self._links
            if anchor not in known
        ]  # fmt: skip
        return sorted({*self._findings, *lost})
