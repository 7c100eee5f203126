"""North for south, left for right: sides of which an event, a source or a caption has the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from press.base.finding import Place, Remark, place_text
from press.base.own_yaml import beside
from press.checks import placed
from press.checks.clauses import any_of, plain, words_of
from press.checks.excerpts import kept, shortened
from press.checks.known import known, own_sentences, stems_of
from press.checks.named_events import linked_events
from press.checks.prose_dates import is_judged
from press.content.load import Loaded

_SHARED = 2
"""Words that a sentence shares with the words of a source that tell of the same side."""
_HINT = "correct the one that is wrong"


class Sides(NamedTuple):
    """The words of a language: the two sides of each direction, and patterns.

    ``side`` gives axis and side of a word, ``hint`` matches a part of one. ``beside`` matches a
    direction before a noun, ``called`` a name with its direction behind it: Danan in the north.
    """

    side: Mapping[str, tuple[int, int]]
    hint: re.Pattern[str]
    any: re.Pattern[str]
    beside: re.Pattern[str]
    called: re.Pattern[str]
    general: frozenset[str]


@lru_cache(maxsize=16)
def _sides(language: str) -> Sides | None:
    table = beside(placed.__file__).get(language.partition("-")[0])
    if not table:
        return None
    side: dict[str, tuple[int, int]] = {}
    for axis, pair in enumerate(words_of(" ".join(table["directions"].split()))):
        for number, forms in enumerate(pair.split(" / ")):
            side.update({plain(form): (axis, number) for form in forms.split("=")})
    every, most, in_the = (any_of(words).pattern for words in
                           (side, words_of(table["most"]), words_of(table["in-the"])))  # fmt: skip
    name = r"(?P<name>[^\W\da-zß-öø-ÿ_][\w’'-]+)"
    lies = r"(?:,?\s+(?:(?:was|is|lay|lies|stood|stands|war|ist|lag)\s+)?)"
    not_of = r"(?!\s+(?:of|part|end|side|to)\b)"
    where = rf"(?:{in_the}\s+(?P<direction>{every}){not_of}|(?:the\s+)?(?P<most>{most}))"
    return Sides(
        side,
        re.compile("|".join(sorted({f"[{w[0].upper()}{w[0]}]{w[1:4]}" for w in side}))),
        any_of(side),
        re.compile(rf"(?P<direction>{every})[\s-]+(?P<noun>[^\W\d_]{{3,}})", re.IGNORECASE),
        re.compile(rf"{name}{lies}{where}(?![\w-])"),
        frozenset(words_of(table["side"])),
    )


def other_sides(loaded: Loaded) -> Iterator[Remark]:
    """Sides of what an event or the words of a source have on the other side, and of one name."""
    sides = _sides(known(loaded).language)
    if sides is None:
        return
    data = known(loaded)
    called: dict[tuple[str, int], list[tuple[int, Place | None, str]]] = {}
    for passage, offset, text in own_sentences(loaded):
        if passage.name.startswith("source.") or not sides.hint.search(text):
            continue
        if is_judged(loaded, passage):
            continue
        for name, axis, side, begin in _called(sides, text):
            found = called.setdefault((name, axis), [])
            found.append((side, passage.at(offset + begin), ""))
        if not sides.beside.search(text):
            continue
        sentence = data.read(passage, offset, text)
        told = [f"{event.title}. {event.text}" for event in linked_events(loaded, sentence)]
        words = [(one, 1, "its event") for one in told]
        words += [(one.text, _SHARED, f"{one.source!r}") for source in sorted(sentence.sources)
                  for one in kept(loaded).get(source, ())]  # fmt: skip
        here = {sides.side[plain(m[0])] for m in sides.any.finditer(text)}
        for match in sides.beside.finditer(text):
            axis, side = sides.side[plain(match["direction"])]
            if (axis, 1 - side) in here:
                continue
            if found_ := _otherwise(sides, match, sentence.stems, words, data.language):
                there, where = found_
                shown = " ".join(match[0].split())
                message = f"{shown!r} stands here, and {where} has {there!r}"
                yield passage.at(offset + match.start()), message, _HINT
    yield from _called_otherwise(loaded, sides, called)


def _otherwise(
    sides: Sides,
    match: re.Match[str],
    own: frozenset[str],
    words: list[tuple[str, int, str]],
    language: str,
) -> tuple[str, str] | None:
    """The opposite side of the same thing in one of some words, and none has this side."""
    axis, side = sides.side[plain(match["direction"])]
    noun = plain(match["noun"])
    general = noun in sides.general
    here = stems_of(noun, language)
    for other, need, where in words:
        there = [(m, sides.side[plain(m["direction"])]) for m in sides.beside.finditer(other)]
        if any(found == (axis, side) for _, found in there):
            return None
        for one, found in there:
            its = stems_of(one["noun"], language)
            same = its == here or (general and its <= own)
            shared = (stems_of(other, language) & own) - stems_of(one["direction"], language)
            if found == (axis, 1 - side) and its and same and len(shared) >= need:
                return " ".join(one[0].split()), where
    return None


# -- names -----------------------------------------------------------------------------------------

Called = dict[tuple[str, int], list[tuple[int, Place | None, str]]]
"""By name and axis: each side on which something is said to be, where, and by whom."""


def _called(sides: Sides, text: str) -> Iterator[tuple[str, int, int, int]]:
    """Name, axis and side of each thing that is said to be on one, and where the side stands."""
    for match in sides.called.finditer(text):
        word = "direction" if match["direction"] else "most"
        axis, side = sides.side[plain(match[word])]
        yield plain(match["name"]), axis, side, match.start(word)


def _called_otherwise(loaded: Loaded, sides: Sides, called: Called) -> Iterator[Remark]:
    """Names that are on one side in a sentence, and on the other in all else that tells of it."""
    for cites in kept(loaded).values():
        for cite in cites:
            for name, axis, side, _ in _called(sides, cite.text):
                if (name, axis) in called:
                    where = f"{cite.source!r}: “{shortened(cite.text)}”"
                    called[name, axis].append((side, None, where))
    places = {plain(place.name) for place in loaded.dossier.gazetteer.places}
    for (name, _), found in called.items():
        if name in places:
            continue  # their coordinates say where they lie
        for number, (side, place, _) in enumerate(found):
            others = found[:number] + found[number + 1 :]
            if place and others and all(other != side for other, *_ in others):
                _, there, where = others[0]
                said = where or (place_text(there) if there else "")
                message = f"{name.capitalize()} is on this side here, and on the other in {said}"
                yield place, message, _HINT
