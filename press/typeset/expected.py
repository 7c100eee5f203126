"""What the set pages are held against, and findings at the lines that made them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from press.base.finding import Finding, Place, code_of
from press.content import locate
from press.content.load import Loaded
from press.content.snapshot import Snapshot

PageRemark = tuple[Place, str, str, int]
"""Where something was written, what is wrong with it, what to do, and the page (0 for none)."""
Pages = TypeVar("Pages")


@dataclass(frozen=True)
class Expected:
    """What the proof is held against: file name, faces it may use, content, pages it may have.

    ``engine`` are the styles and templates by name; ``token_places`` where each of ``tokens`` is
    written; ``printed`` says whether the pages are meant for paper.
    """

    name: str
    families: frozenset[str]
    snapshot: Snapshot | None = None
    most_pages: int | None = None
    engine: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    loaded: Loaded | None = field(default=None, repr=False)
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    token_places: Mapping[str, tuple[str, int, int]] = field(default_factory=dict, repr=False)
    printed: bool = True

    def remark(
        self, message: str, hint: str, page: int = 0, words: str = "", anchors: Sequence[str] = ()
    ) -> PageRemark:
        """A remark at the line where ``words`` were written; at the PDF where nobody knows."""
        known = locate.find(self.loaded, words, anchors) if self.loaded and words else None
        return known or (self.name, 0, 0), message, hint, page


def findings_by(
    checks: Iterable[Callable[[Pages, Expected], Iterable[PageRemark]]],
    pages: Pages,
    expected: Expected,
) -> Iterator[Finding]:
    """What each of ``checks`` says of ``pages``, as findings with its code."""
    for check in checks:
        for place, message, hint, page in check(pages, expected):
            yield Finding(*place, code_of(check), message, hint, page)
