"""Names of people and bodies as sources give them: ``Family, Given``, ``{United Nations}``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from press.citations.engine import Name
from press.citations.source_text import clean


def names(written: Sequence[str]) -> list[Any]:
    """citeproc-py's names for "Family, Given, Suffix".

    Without a comma, or in braces, they are printed as they stand.
    """
    return [_name(clean(name)) for name in written]


def _name(name: str) -> Any:
    if name.startswith("{") and name.endswith("}"):
        return Name(literal=name[1:-1])
    family_name, *rest = (part.strip() for part in name.split(","))
    if not rest:
        return Name(literal=family_name)
    parts = {key: part for key, part in zip(("given", "suffix"), rest, strict=False) if part}
    return Name(family=family_name, **parts)


def family(name: Any) -> str:
    """What a short form calls somebody: "de Waal"."""
    return str(name.get("literal") or name["family"])


def inverted(name: Any) -> str:
    """A name as a list is sorted by it: "de Waal, Thomas"."""
    return str(name.get("literal") or ", ".join(filter(None, (name["family"], name.get("given")))))


def _in_full(name: Any) -> str:
    parts = (name.get("given"), name.get("family"), name.get("suffix"))
    return str(name.get("literal") or " ".join(filter(None, parts)))


def joined(listed: Sequence[Any], conjunction: str, *, invert: bool) -> str:
    """Names as a list in words: "Jones, Ann, and Jo Smith" if inverted, else "Ann Jones …"."""
    first = inverted if invert else _in_full
    texts = [first(listed[0]), *map(_in_full, listed[1:])]
    if len(texts) == 1:
        return texts[0]
    comma = "," if invert or len(texts) > 2 else ""
    return f"{', '.join(texts[:-1])}{comma} {conjunction} {texts[-1]}"
