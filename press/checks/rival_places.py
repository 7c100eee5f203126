"""Places where the event of a row, or the words in a note, have another in the same words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from press.base.finding import Place, Remark
from press.checks.excerpts import shortened
from press.checks.known import known, stems_of
from press.checks.noted import noted
from press.checks.texts import Passage
from press.content.load import Loaded
from press.content.model import Table
from press.content.walk import each

_NEAR = 36
"""Letters beside the name of a place within which words tell what happened there."""
_CITED, _ROW = (2, 4), (1, 2)
"""Words beside both places, and words in all, that texts share which tell of the same: a sentence
with the words that it cites, a row with its event."""


def rival_places(loaded: Loaded) -> Iterator[Remark]:
    """A place that the words cited for it, or the event of its row, have as another."""
    for one in noted(loaded):
        if len(one.sentence.places) != 1 or not one.all_kept:
            continue
        (ident,) = one.sentence.places
        begin = min(one.sentence.spots[ident])
        texts = [(cite.text, f"{cite.source!r}") for cite in one.kept]
        found = _rival(loaded, (one.sentence.text, ident), begin, texts, _CITED)
        if found:
            yield one.sentence.at(begin), *_said(loaded, ident, *found)
    for at, table in each(loaded, Table):
        for index, row in enumerate(table.rows):
            linked = [cell.event for cell in row.cells.values() if cell.event]
            events = [loaded.dossier.events[one] for one in linked if one in loaded.dossier.events]
            texts = [(f"{e.title}. {e.text}", f"event {e.id!r}") for e in events]
            for key, cell in row.cells.items() if len(events) == 1 else ():
                place = at("rows", index, key)
                spots = _places(loaded, cell.text, place)
                own = set(spots) - {*events[0].places}
                if len(spots) == len(own) == 1:
                    (ident,) = own
                    begin = spots[ident]
                    found = _rival(loaded, (cell.text, ident), begin, texts, _ROW)
                    if found:
                        yield place, *_said(loaded, ident, *found)


def _said(loaded: Loaded, ident: str, other: str, text: str, where: str) -> tuple[str, str]:
    places = loaded.dossier.places
    message = f"{places[ident].name} stands here, and {where} has {places[other].name}"
    return f"{message}: “{shortened(text)}”", "correct the one that is wrong"


def _places(loaded: Loaded, text: str, place: Place) -> dict[str, int]:
    """Where each place is named in a text that is no passage."""
    passage = Passage(place[0], "value", text, text, text, (0,), ((place[1], place[2]),))
    read = known(loaded).read(passage, 0, text)
    return {ident: min(spots) for ident, spots in read.spots.items()}


@lru_cache(maxsize=1024)
def _named(loaded: Loaded, text: str) -> dict[str, int]:
    return _places(loaded, text, ("", 0, 0))


def _rival(
    loaded: Loaded,
    own: tuple[str, str],
    begin: int,
    texts: Sequence[tuple[str, str]],
    need: tuple[int, int],
) -> tuple[str, str, str] | None:
    """The place that one text has in the place of another, where none has that; text and whose."""
    text, ident = own
    data = known(loaded)
    stems = stems_of(text, data.language) - data.of_places
    if all(len(stems_of(other, data.language) & stems) < need[1] for other, _ in texts):
        return None
    there = [(other, whose, _named(loaded, other)) for other, whose in texts]
    if any(ident in found for *_, found in there):
        return None
    for other, whose, found in there:
        if len(found) != 1:
            continue
        ((rival, at),) = found.items()
        if loaded.dossier.places[rival].name in text or _is_kin(loaded, ident, rival):
            continue
        shared = (stems_of(other, data.language) & stems) - data.of_places
        near = _around(text, begin) & _around(other, at)
        beside = stems_of(" ".join(near), data.language) - data.of_places
        if len(beside) >= need[0] and len(shared) >= need[1]:
            return rival, other, whose
    return None


def _is_kin(loaded: Loaded, one: str, other: str) -> bool:
    """Whether one of two places lies in the other, by name."""
    a, b = loaded.dossier.places[one], loaded.dossier.places[other]
    return a.name in b.district or b.name in a.district


def _around(text: str, at: int) -> frozenset[str]:
    """The words close to a name, whole."""
    before, behind = text[max(0, at - _NEAR) : at], text[at : at + 2 * _NEAR]
    return frozenset(word.strip(".,;:()").casefold() for word in f"{before} {behind}".split())
