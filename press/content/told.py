"""What findings about one file are made of: its model, what was written, its name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from press.base.finding import Finding
from press.content.model import Value
from press.content.source_text import Loc
from press.content.yaml import Parsed


@dataclass(frozen=True)
class Told:
    """What can be said of one file: its model, what was written, and its name in findings.

    ``swallowed`` are values that have their own finding, and of which nothing is left.
    """

    schema: type[Value]
    parsed: Parsed
    file: str
    swallowed: frozenset[Loc] = frozenset()

    def is_swallowed(self, loc: Loc) -> bool:
        """Whether the value at ``loc``, or one right in it, has its own finding."""
        return (bool(loc) and loc in self.swallowed) or loc in self._around_swallowed

    @cached_property
    def _around_swallowed(self) -> frozenset[Loc]:
        return frozenset(lost[:-1] for lost in self.swallowed if lost)

    def say(self, loc: Loc, code: str, message: str, hint: str, key: bool = False) -> Finding:
        """A finding at ``loc``, or at its key."""
        return Finding(self.file, *self.parsed.locate(loc, key), code, message, hint)
