"""Two things of one name in one list, which print as "A and A"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from press.base.finding import Remark
from press.checks.references import references_of
from press.content.load import Loaded
from press.content.model import Place
from press.content.walk import walk


def namesakes_in_a_list(loaded: Loaded) -> Iterator[Remark]:
    """W238: two places of one name stand in one list.

    Why: Print has their names alone, "Breuil and Breuil", which nobody can tell apart and which
        looks like a slip.
    Wrong: places: [breuil, breuil-savoy]              # both with name: Breuil
    Right: places: [breuil, breuil-savoy]              # the second with name: Breuil (Savoy)
    Remedy: Say in the name of one of them where it lies, as the finding shows.
    """
    names = {ident: place.name for ident, place in loaded.dossier.places.items()}
    often = Counter(name.casefold() for name in names.values())
    shared = {ident: name for ident, name in names.items() if often[name.casefold()] > 1}
    for file, loc, value in walk(loaded) if shared else ():
        first: dict[tuple[object, str], str] = {}
        for wanted, ident, step in references_of(value):
            if "place" not in wanted or ident not in shared:
                continue
            other = first.setdefault((step[0], shared[ident].casefold()), ident)
            if other != ident:
                message = f"{other!r} and {ident!r} are both printed {shared[ident]!r} here"
                hint = _told_apart(loaded.dossier.places, ident, other)
                yield loaded.at(file, *loc, *step), message, hint


def _told_apart(places: Mapping[str, Place], one: str, other: str) -> str:
    """How the name of one is written so that it is not that of the other."""
    for ident, beside in ((one, other), (other, one)):
        place, twin = places[ident], places[beside]
        for mine, theirs in ((place.district, twin.district), (place.kind, twin.kind)):
            if mine and mine.casefold() != theirs.casefold():
                return f"tell them apart in gazetteer.yaml: name: {place.name} ({mine}) for {ident}"
    return f"write into the name of {one} in gazetteer.yaml which of them it is"
