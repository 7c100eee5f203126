"""One text on its way into print, and what is known of it so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from press.base.finding import Finding, Place
from press.prose.marks import HeadingMark, MarkedText, Position


@dataclass
class Flow:
    """One text while it is printed; ``findings`` are given back with its HTML."""

    marked: MarkedText
    file: str
    chapter: str = ""
    fixed: Place | None = None
    """The place to report for everything, where the text's own lines are not known."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    level: int = 1
    called: set[str] = field(default_factory=set)
    inside: list[str] = field(default_factory=list)
    """What stands around the mark:
    ``heading``, ``link``, ``note``, ``code``, ``head`` of a table."""
    heading: HeadingMark | None = None
    alone: set[Position] = field(default_factory=set)
    """Where pictures stand in a paragraph of their own."""
    held: list[str] = field(default_factory=list)
    """Notes that were called in the head of a table and stand with its first row."""
    at: Position = (1, 1)
    """Where the mark stands that is being printed."""
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = (self.marked.line, 1)
        for fault in self.marked.faults:
            self.report(fault.place, fault.code, fault.message, fault.hint)

    @contextmanager
    def within(self, what: str) -> Iterator[None]:
        """For as long as ``what`` stands around the marks."""
        self.inside.append(what)
        try:
            yield
        finally:
            self.inside.pop()

    def is_inside(self, *what: str) -> bool:
        """Whether any of these stands around the mark."""
        return not set(what).isdisjoint(self.inside)

    def where(self, place: Position) -> Place:
        """How findings name ``place``."""
        return self.fixed or (self.file, *place)

    def report(self, place: Position, code: str, message: str, hint: str = "") -> None:
        """Adds a finding at ``place`` of the text."""
        self.findings.append(Finding(*self.where(place), code, message, hint))
