"""A YAML file as it was written: its data, and the place of each value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from press.base.finding import Finding
from press.base.portable import Portable
from press.content.comments import HashComment
from press.content.recovery import Lost
from press.content.source_text import LineColumn, Loc


@dataclass(frozen=True)
class Parsed(Portable):
    """``data`` of dict, list, str and None; ``values`` and ``keys`` give lines and columns.

    ``flow`` are the lists and sets of keys that stand in brackets; ``last`` is the line on which
    each of them ends. ``comments`` are those that may be text; ``findings`` say what was read and
    may not be what was meant, and what is wrong in the pieces that cannot be read: ``lost``.
    """

    data: Any
    values: Mapping[Loc, LineColumn]
    keys: Mapping[Loc, LineColumn]
    flow: frozenset[Loc] = frozenset()
    last: Mapping[Loc, int] = field(default_factory=dict)
    comments: tuple[HashComment, ...] = ()
    findings: tuple[Finding, ...] = ()
    lost: tuple[Lost, ...] = ()

    @cached_property
    def listed(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The texts in the entries of each list of the file, by its key and theirs."""
        texts: dict[tuple[str, str], list[str]] = {}
        for name, entries in self.data.items() if isinstance(self.data, dict) else ():
            for entry in entries if isinstance(entries, list) else ():
                for key, text in entry.items() if isinstance(entry, dict) else ():
                    if isinstance(text, str):
                        texts.setdefault((name, key), []).append(text)
        return {place: tuple(found) for place, found in texts.items()}

    def locate(self, loc: Loc, key: bool = False) -> LineColumn:
        """The place of ``loc``, or of the nearest thing around it that the author wrote.

        Schemas add steps that stand in no file (a union's tag, the index of a widened list):
        such steps are dropped.
        """
        places = self.keys if key else self.values
        if loc in places:
            return places[loc]
        if (written := self.written(loc)) in places and written[-1:] == loc[-1:]:
            return places[written]
        while loc:
            if loc in self.values:
                return self.values[loc]
            for index in range(len(loc) - 1, -1, -1):
                shorter = loc[:index] + loc[index + 1 :]
                if key and shorter in self.keys:
                    return self.keys[shorter]
                if shorter in self.values and index < len(loc) - 1:
                    return self.values[shorter]
            loc = loc[:-1]
        return self.values.get((), (1, 1))

    def written(self, loc: Loc) -> Loc:
        """``loc`` without the steps that stand in no file, and without those that lead nowhere."""
        found, value = [], self.data
        for step in loc:
            listed = isinstance(value, list) and isinstance(step, int) and step < len(value)
            if listed or (isinstance(value, dict) and step in value):
                found.append(step)
                value = value[step]
        return tuple(found)

    def value(self, loc: Loc) -> Any:
        """What stands at ``loc`` as it was written; None where nothing does."""
        value = self.data
        for step in loc:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value
