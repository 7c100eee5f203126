"""Values that go from one process to another."""

from __future__ import annotations

from dataclasses import fields
from types import MappingProxyType
from typing import Any


class Portable:
    """A frozen dataclass that another process gets whole: its read-only mappings travel as dicts.

    They are read-only there again. What was worked out from the fields, and kept, stays behind.
    """

    def __getstate__(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The fields by name, and the names of those that are read-only mappings."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}  # type: ignore[arg-type]
        fixed = tuple(n for n, value in values.items() if isinstance(value, MappingProxyType))
        return values | {name: dict(values[name]) for name in fixed}, fixed

    def __setstate__(self, state: tuple[dict[str, Any], tuple[str, ...]]) -> None:
        """The same values, in another process."""
        values, fixed = state
        vars(self).update(values | {name: MappingProxyType(values[name]) for name in fixed})
