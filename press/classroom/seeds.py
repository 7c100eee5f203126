"""Order without a pattern, the same for the same seed on every machine.

A seed is a number of five figures, printed on the worksheet. Things are put in the order of their
digests with it, so that nothing hangs on a generator whose sequence may change.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

LEAST, MOST = 10_000, 99_999


def seed_of(*words: str) -> int:
    """The seed that belongs to a name, whatever its capitals and spaces."""
    text = "\0".join(" ".join(unicodedata.normalize("NFC", w).casefold().split()) for w in words)
    return LEAST + _number(text) % (MOST - LEAST + 1)


def shuffled(things: Sequence[T], seed: int, part: str, key: Callable[[T], str]) -> tuple[T, ...]:
    """``things`` in the order that ``seed`` gives them in this ``part`` of the worksheet."""
    return tuple(sorted(things, key=lambda thing: _number(f"{seed}/{part}/{key(thing)}")))


def disordered(things: Sequence[T], seed: int, part: str, key: Callable[[T], str]) -> tuple[T, ...]:
    """``things`` shuffled, and never in the order in which they came, which is the answer."""
    made = shuffled(things, seed, part, key)
    if len(made) > 1 and list(made) == list(things):
        return (*made[1:], made[0])
    return made


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
