"""A document ready to be set: HTML, the files that it may read, and those that travel with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

Relationship = Literal["Source", "Data", "Alternative", "Supplement", "Unspecified"]
"""What an attached file is to the pages (ISO 32000-2, 7.11.3)."""


@dataclass(frozen=True)
class Enclosure:
    """A file that travels inside the PDF."""

    name: str
    content: bytes = field(repr=False)
    description: str
    relationship: Relationship


@dataclass(frozen=True)
class Document:
    """A document ready to be set: its text, and the files that it may read.

    ``day`` (YYYY-MM-DD) dates the PDF and its enclosures, so that the clock does not; ``modified``
    is the day of the last revision, where there was one.
    """

    text: str
    files: Mapping[str, bytes]
    variant: str = "pdf/ua-1"
    enclosures: tuple[Enclosure, ...] = field(default=(), repr=False)
    day: str = ""
    modified: str = ""


_1970 = 2_440_588
"""The Julian day number of 1 January 1970."""


def epoch(day: int) -> int:
    """Seconds from 1970 to the midnight that begins Julian day number ``day``; never negative."""
    return max(0, (day - _1970) * 86_400)


def file_day(day: int) -> str:
    """Julian day number ``day`` in ISO 8601, as a file is dated; none is older than 1970."""
    return datetime.fromtimestamp(epoch(day), UTC).date().isoformat()
