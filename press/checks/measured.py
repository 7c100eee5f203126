"""Lengths, areas, weights and times of a sentence against those in the words of its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from press.base.finding import Remark
from press.checks.excerpts import languages_of, shortened
from press.checks.known import known, stems_of
from press.checks.likeness import figures_of
from press.checks.measures import Measure, agrees, measures
from press.checks.noted import Noted, noted
from press.content.load import Loaded
from press.content.model import Cite

_SHARED, _PAIR = 2, 2
"""Words that a sentence shares with the words of a source; figures that cannot agree by chance."""


def measured_otherwise(loaded: Loaded) -> Iterator[Remark]:
    """Measures of a sentence whose number the words in its note have of another unit."""
    language = known(loaded).language
    for one in noted(loaded):
        own = measures(one.sentence.text, language)
        held = [(cite, m) for cite in one.kept for m in _of(cite, loaded)] if own else []
        for measure in own:
            if found := _otherwise(one, measure, own, held, loaded):
                cite, there = found
                shown = " ".join(one.sentence.text[measure.begin : measure.end].split())
                said = " ".join(cite.text[there.begin : there.end].split())
                message = f"{cite.source!r} has {said!r} where {shown!r} stands"
                hint = "correct the unit, or quote the words that have it"
                yield one.sentence.at(measure.begin), f"{message}: “{shortened(cite.text)}”", hint
                break


Held = Sequence[tuple[Cite, Measure]]
"""The measures of the words that are cited, each with these."""


def _otherwise(
    one: Noted, measure: Measure, own: Sequence[Measure], held: Held, loaded: Loaded
) -> tuple[Cite, Measure] | None:
    """The words that have the number of a measure in another unit, where none has the measure."""
    same = [pair for pair in held if pair[1].kind == measure.kind]
    if any(agrees(measure, there) for _, there in same):
        return None
    for cite, there in same:
        taken = any(agrees(other, there) for other in own)
        if not taken and _is_meant(one, cite, loaded) and _is_slip(measure, there, own, same):
            return cite, there
    return None


def _of(cite: Cite, loaded: Loaded) -> Sequence[Measure]:
    return measures(cite.text, *languages_of(cite, loaded))


def _is_slip(one: Measure, other: Measure, own: Sequence[Measure], held: Held) -> bool:
    """Whether a measure has the very number of another, or all of several have its figures."""
    if one.number == other.number and one.size != other.size:
        return True
    figures = figures_of(one.number)
    if figures != figures_of(other.number):
        return False
    theirs = {figures_of(there.number) for _, there in held}
    mine = {figures_of(there.number) for there in own if there.kind == one.kind}
    return len(figures) >= _PAIR or (len(mine) >= _PAIR and mine <= theirs)


def _is_meant(one: Noted, cite: Cite, loaded: Loaded) -> bool:
    """Whether words speak of what a sentence tells: by two words, or the one who says them."""
    language = known(loaded).language
    text = cite.text
    for there in _of(cite, loaded):
        text = f"{text[: there.begin]}{' ' * (there.end - there.begin)}{text[there.end :]}"
    own = stems_of(text, language)
    said = bool(stems_of(cite.by, language) & one.sentence.stems)
    return said or len(own & one.sentence.stems) >= _SHARED
