"""What one worker may take: read from ``--limit``, shown by ``doctor``. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Limits:
    """The most that one worker may take before it is stopped.

    ``seconds`` of wall clock, ``cpu`` seconds of processor time, ``memory`` and ``file`` bytes (of
    address space; of a file that it writes or a result that it hands back), ``files`` open at once.
    """

    seconds: int = 1800
    cpu: int = 600
    memory: int = 6 << 30
    file: int = 1 << 30
    files: int = 256


LEAST = Limits(seconds=1, cpu=1, memory=256 << 20, file=1 << 20, files=32)
"""With less than this not even a page can be set."""
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_BYTES = ("memory", "file")


def limits(words: Iterable[str]) -> Limits:
    """The limits that ``words`` such as ``memory=4G`` or ``seconds=900,files=512`` ask for.

    Raises ValueError with a sentence for any other word.
    """
    chosen = Limits()
    for word in (part for words_ in words for part in words_.split(",") if part):
        name, _, value = word.partition("=")
        names = [f.name for f in fields(Limits)]
        if name not in names:
            raise ValueError(f"no limit is called {name!r}; there are {', '.join(names)}")
        size = re.fullmatch(r"(\d{1,9})([KMG]?)B?", value, re.IGNORECASE)
        if not size or (size[2] and name not in _BYTES):
            example = "4G" if name in _BYTES else "900"
            raise ValueError(f"--limit {name}= cannot be {value!r}; write it like {name}={example}")
        number = int(size[1]) * _UNITS[size[2].upper()]
        least: int = getattr(LEAST, name)
        if number < least:
            raise ValueError(f"--limit {name}={value} is too little; it needs {shown(name, least)}")
        chosen = replace(chosen, **{name: number})
    return chosen


def shown(name: str, value: int) -> str:
    """A limit as a person writes it."""
    if name not in _BYTES:
        return str(value)
    unit = "G" if value % (1 << 30) == 0 else "M"
    return f"{value // _UNITS[unit]}{unit}"
