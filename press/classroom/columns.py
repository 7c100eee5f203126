"""What the columns of a roster are called, in the languages of schools, and what they hold.

Names are compared without capitals, accents, points and hyphens, so that ``Prénom`` is ``prenom``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from press.base.own_yaml import beside


def plain(text: str) -> str:
    """The name of a column as it is compared: small letters, no accents, no "(s)" behind it."""
    text = re.sub(r"\(\w{1,2}\)", "", text)
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    letters = (c if c.isalnum() else " " for c in bare.casefold().translate(_ALIKE))
    return " ".join("".join(letters).split())


_ALIKE = str.maketrans("ıłøđ", "ilod")


_NAMES = {what: names.split(", ") for what, names in beside(__file__).items()}
_KNOWN = {what: frozenset(map(plain, names)) for what, names in _NAMES.items()}
OFTEN: Sequence[str] = _NAMES["often"]
"""Names of columns that are proposed for one that nobody knows."""


@dataclass(frozen=True)
class Columns:
    """The numbers of the columns that count, from 0; ``names`` are put together in this order.

    ``idle`` are columns called like one of those, which are not taken.
    """

    names: tuple[int, ...]
    group: int = -1
    seed: int = -1
    joined: str = " "
    idle: tuple[int, ...] = ()


def columns(head: Sequence[str]) -> Columns:
    """What the columns of a roster with this first line hold. Others are passed over."""
    found = [plain(text) for text in head]

    def of(what: str) -> tuple[int, ...]:
        return tuple(number for number, name in enumerate(found) if name in _KNOWN[what])

    whole, first, last, either = map(of, ("whole", "first", "last", "either"))
    first_alone = tuple(number for number in first if number not in either)
    if first_alone and last:
        names = (*first_alone, *last)
    elif first_alone and either:
        names = (*first_alone, *either[:1])
    elif last and either:
        names = (*either[:1], *last)
    else:
        names = (whole or either or first or last)[:1]
    if of("family-first") and len(names) > 1:
        names = (*last, *(number for number in names if number not in last))
    joined = "" if "姓" in found and len(names) > 1 else " "
    group, seed = of("class"), of("seed")
    taken = {*names, *group[:1], *seed[:1]}
    called = {found[number] for number in taken}
    idle = tuple(n for n, text in enumerate(found) if text in called and n not in taken)
    return Columns(names, group[0] if group else -1, seed[0] if seed else -1, joined, idle)
