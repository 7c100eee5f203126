"""Values that nothing else in a dossier has, beside a text on the same that has one like them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from press.base.finding import Remark
from press.checks.excerpts import shortened
from press.checks.known import known
from press.checks.likeness import (
    SLIP,
    day_slip,
    figures_of,
    is_rounded,
    number_slip,
    with_two_exchanged,
    year_slip,
)
from press.checks.measures import compound
from press.checks.prose_dates import is_statement
from press.checks.tellings import Everything, GivenValue, Telling, around, told
from press.checks.units import is_of_a_part
from press.content.load import Loaded
from press.content.model import Question, Source
from press.content.walk import each
from press.dates import show
from press.dates.typed import typed

TELLING = 1.5
"""What a stem must say at the least (``Everything.weight``) to count as shared."""
MOST = 14.0
"""What all shared stems count at the most."""
CITED, MATCHED, THING, UNIT, LABELLED, OTHER_UNIT = 4.0, 2.0, 3.0, 2.0, 6.0, -4.0
"""What it counts that a text cites the words, has another of their numbers, counts the same things,
has the same unit, all words of the label of a fact, or another unit."""
NEED_CITED, NEED_DAY, NEED, SMALL = 13.0, 13.0, 16.5, 2.0
"""What two texts need to tell of the same: where the one cites the other, of a day, of a number;
and how much more of a number of two figures, which is more often that of something else."""
MARGIN = 3.0
"""By how much more than one that has the same value."""
NEAR = 2.5
"""What the words close to two numbers must say where they do not count the same things."""
COMMON = 80
"""Texts from which on a stem, a number or a day is too common to say anything."""
PROPER = 3
"""Figures, without noughts at the end, from which on a number that stands twice is no accident."""
NEARER, KNOWN = 2.0, 12.0
"""How much more a day needs that is only near another; what the day of an event has for itself."""
FEW = 20
"""Up to here numbers are too common for a slip in one to say anything."""
GREAT = 1000
"""From here on a number is none of a few things."""


class Rival(NamedTuple):
    """A value, what another text has in its place, that text, and how much tells that it is so."""

    value: GivenValue
    other: GivenValue
    by: Telling
    points: float


Alike = Mapping[Telling, tuple[float, int]]
"""What the stems that other texts share with one say in all, and how many they are."""


def told_otherwise(loaded: Loaded) -> Iterator[Remark]:
    """W414: a value that nothing else has is like one that another text gives for the same.

    Why: What is told twice is copied once wrongly: a figure is another, two are exchanged, a nought
        is lost, the month is the next. No list of words helps here; a sentence, caption, row or
        cell is held against all others, events, facts, people, and the words kept of sources, by
        the rare words, names and units that they share. It is said where no other text supports
        the value, and one that is much like it has another: a slip of the pen anywhere, and any
        other number in the words of the source that the sentence cites. Two numbers that have
        changed places count as well, and the day of issue of a source that is nearly the one in
        its own label or title.
    Wrong: Some 14,830 people were carried to the island [@log].
        # and excerpts: [{says: "18,430 people were carried to the island"}]
    Right: Some 18,430 people were carried to the island [@log].
    Remedy: Correct the one that is wrong; a figure of something else can be allowed.
    """
    every, statements = told(loaded), _statements(loaded)
    for one in every.tellings:
        if one.at is None or not one.values or one.name.startswith(_NOT_HELD):
            continue
        if one.name == "question.question" and one.text in statements:
            continue  # W408 says whether its answer is right
        for rival in _rivals(every, one):
            shown = one.text[rival.value.begin : rival.value.end]
            there = rival.by.shown(rival.other)
            message = f"{shown!r} stands here, and {there} in {rival.by.where}"
            message += f": “{shortened(' '.join(rival.by.text.split()))}”"
            yield one.at(rival.value.begin), message, "correct the one that is wrong"
    yield from _other_labels(loaded)


def _other_labels(loaded: Loaded) -> Iterator[Remark]:
    """Sources whose own label or address has nearly the day on which they were issued."""
    language = known(loaded).language
    for at, source in each(loaded, Source):
        if source.issued is None or source.issued.days != 1 or source.issued.uncertain:
            continue
        first = source.issued.earliest
        own = (first.year, first.month, first.day)
        told = [(date.year, date.month, date.days[0]) for text in (source.short, source.title)
                for date in typed(text, language) if len(date.days) == 1]  # fmt: skip
        said = [day for day in told if day_slip(own, day)]
        if said and not any(day[1:] == own[1:] for day in told):
            message = f"{show(source.issued, language)} is not the day in its own label or title"
            yield at("issued"), message, "correct one of the two"


_NOT_HELD = ("source.", "fact.", "meta.", "licence")
"""Fields that are facts themselves, or say how they were found."""


def _statements(loaded: Loaded) -> frozenset[str]:
    return frozenset(q.question for _, q in each(loaded, Question) if is_statement(q))


def _rivals(every: Everything, one: Telling) -> Iterator[Rival]:
    """What other texts have in the place of the values of one."""
    alike: Alike | None = None
    swapped = [*_swapped(every, one), *_turned(every, one)]
    yield from swapped
    done = {rival.value for rival in swapped}
    double = compound(one.text, one.language)
    for value in one.values:
        within = any(begin <= value.begin < end for begin, end in double)
        if within or value in done or not _is_judged(value) or _is_settled(every, one, value):
            continue
        alike = _alike(every, one) if alike is None else alike
        find = _of_number if value.numbers else _of_year if value.year else _of_day
        found = find(every, one, value, alike)
        if found:
            yield found


def _is_judged(value: GivenValue) -> bool:
    """Whether a value says enough to be held against others: no year, no two, no third."""
    if value.days or value.year:
        return bool(value.year or value.days[0][2])
    return max(value.numbers) >= 2


def _is_settled(every: Everything, one: Telling, value: GivenValue) -> bool:
    """Whether other texts have a number so proper, or great and of the same things, that it is so.

    Or the words that are cited have it.
    """
    if any(len(every.by_day.get(day[1:], ())) > COMMON for day in value.days):
        return True
    for number in value.numbers:
        if len(every.by_number.get(number, ())) > COMMON:
            return True
        proper = len(figures_of(number)) >= PROPER
        for other in every.by_number.get(number, ()):
            if other is one:
                continue
            if proper or _cites(one, other):
                return True
            for same in other.every:
                if number in same.numbers and number >= GREAT and _counts_same(value, same):
                    return True
    return False


def _alike(every: Everything, one: Telling) -> Alike:
    """What each other text shares with one."""
    found: dict[Telling, tuple[float, int]] = {}
    for stem in one.stems:
        weight = every.weight(stem)
        if weight < TELLING or len(every.by_stem[stem]) > COMMON:
            continue
        for other in every.by_stem.get(stem, ()):
            if other is not one and other.every:
                points, number = found.get(other, (0.0, 0))
                found[other] = (points + weight, number + 1)
    return found


def _cites(one: Telling, other: Telling) -> bool:
    """Whether a text cites the words of a source that another is."""
    return other.name == "excerpt" and bool(one.sources & other.sources)


def _counts_same(one: GivenValue, other: GivenValue) -> bool:
    return bool(one.things & other.things or (one.unit and one.unit == other.unit))


# -- numbers ---------------------------------------------------------------------------------------


def _points(
    one: Telling, other: Telling, value: GivenValue, there: GivenValue, alike: Alike
) -> float:
    """How much tells that two values of two texts are of the same."""
    points = min(alike.get(other, (0.0, 0))[0], MOST)
    points += CITED if _cites(one, other) else 0.0
    apart = value.numbers | there.numbers
    mine, theirs = (_numbers(v for v in vs if v not in (value, there))
                    for vs in (one.values, other.every))  # fmt: skip
    points += MATCHED * min(len({n for n in mine & theirs - apart if n > 1}), 2)
    if value.things & there.things:
        points += THING
    elif other.name.startswith(("fact", "event")) and other.label and other.label <= one.stems:
        points += LABELLED
    elif value.unit and value.unit == there.unit:
        points += UNIT
    if value.unit and there.unit and value.unit != there.unit:
        points += OTHER_UNIT
    return points


def _numbers(values: Iterable[GivenValue]) -> frozenset[float]:
    return frozenset(number for value in values for number in value.numbers)


def _supported(every: Everything, one: Telling, value: GivenValue, alike: Alike) -> float:
    """How much tells that the texts which have the same number have it of the same."""
    points = 0.0
    for number in value.numbers:
        for other in every.by_number.get(number, ()):
            for same in other.every if other is not one else ():
                near = _counts_same(value, same) or alike.get(other, (0.0, 0))[1] > 2
                if number in same.numbers and near:
                    points = max(points, _points(one, other, value, same, alike))
    return points


def _of_number(every: Everything, one: Telling, value: GivenValue, alike: Alike) -> Rival | None:
    """What another text has in the place of a number."""
    support, best = _supported(every, one, value, alike), None
    own = [(v, n) for v in one.every if v is not value for n in v.numbers]
    for other, (_, shared) in alike.items():
        cited = _cites(one, other)
        if shared < 2 - (cited and min(value.numbers) >= GREAT) or _has_it(value, other):
            continue
        for there in other.every:
            if not there.numbers or _is_taken(there, own, other):
                continue
            slip = max(number_slip(a, b) for a in value.numbers for b in there.numbers)
            if not _may_be(every, one, other, value, there, slip, shared):
                continue
            is_round = min(len(figures_of(number)) for number in value.numbers) == 1
            if is_round and not cited and (other.at or value.unit != there.unit or not value.unit):
                continue
            if slip < SLIP and (not cited or _is_of_a_part(one, value)):
                continue
            points = _points(one, other, value, there, alike) + slip
            need = (NEED_CITED if cited else NEED) * (1.0 if other.at else every.scale)
            need += SMALL if not cited and min(value.numbers) < 100 else 0.0
            if points >= max(need, support + MARGIN) and (best is None or points > best.points):
                best = Rival(value, there, other, points)
    return best


def _has_it(value: GivenValue, other: Telling) -> bool:
    """Whether a text has a number too, or one that it rounds, or it is the sum of two of them."""
    there = _numbers(other.every)
    if any(is_rounded(a, b) for a in value.numbers for b in there) or value.numbers & there:
        return True
    if other.name.startswith("fact"):
        return False  # its accounts are of the same, and make no sum
    return bool(value.numbers & {a + b for a in there for b in there if a != b})


def _is_of_a_part(one: Telling, value: GivenValue) -> bool:
    """Whether a word beside a number says that it is of a part: the last with twelve only."""
    return is_of_a_part(one.text, value.begin, value.end, one.language)


def _is_taken(there: GivenValue, own: list[tuple[GivenValue, float]], other: Telling) -> bool:
    """Whether the text has a number as often as the other, or for the same: it is none of ours."""
    mine = sum(1 for _, number in own if number in there.numbers)
    theirs = sum(1 for one in other.every if one.numbers & there.numbers)
    same = any(number in there.numbers and _counts_same(one, there) for one, number in own)
    return same or mine >= theirs


def _may_be(
    every: Everything,
    one: Telling,
    other: Telling,
    value: GivenValue,
    there: GivenValue,
    slip: float,
    shared: int,
) -> bool:
    """Whether two numbers may be of the same: by the things they count, or words close to both."""
    if _counts_same(value, there):
        return True
    cited, least = _cites(one, other), min(value.numbers)
    if slip >= SLIP and least >= GREAT:
        return cited or bool(_numbers(one.every) & _numbers(other.every)) or shared > 2
    if not (cited and slip >= SLIP and there.end and least >= FEW):
        return False
    close = around(one.text, value) & around(other.text, there)
    return sum(every.weight(stem) for stem in close) >= NEAR


def _swapped(every: Everything, one: Telling) -> Iterator[Rival]:
    """Two numbers of a text that another has of the same things, the one for the other."""
    judged = [v for v in one.values if v.numbers and v.things and _is_judged(v)]
    for first in judged:
        for second in judged:
            if first.begin >= second.begin or first.things & second.things:
                continue
            here = (t for n in first.numbers for t in every.by_number.get(n, ()) if t is not one)
            for other in here:
                a = [v for v in other.every if v.numbers & first.numbers]
                b = [v for v in other.every if v.numbers & second.numbers]
                turned = any(v.things & second.things for v in a) and any(
                    v.things & first.things for v in b)  # fmt: skip
                right = any(v.things & first.things for v in a) or any(
                    v.things & second.things for v in b)  # fmt: skip
                if turned and not right and not first.numbers & second.numbers:
                    yield Rival(first, b[0], other, MOST)
                    return


def _turned(every: Everything, one: Telling) -> Iterator[Rival]:
    """Great numbers that nothing else has, and of which two figures are exchanged elsewhere.

    One word in common is enough where the other stands; two cells of a table say nothing.
    """
    for value in one.values:
        for number in value.numbers if len(value.numbers) == 1 else ():
            if number < GREAT or any(t is not one for t in every.by_number.get(number, ())):
                continue
            for turned in with_two_exchanged(number):
                for other in every.by_number.get(turned, ()):
                    both_cells = one.name == other.name == "cell"
                    if other is one or both_cells or not one.stems & other.stems:
                        continue
                    there = next(v for v in other.every if turned in v.numbers)
                    if not _is_taken(there, [(v, n) for v in one.every for n in v.numbers], other):
                        yield Rival(value, there, other, MOST)
                        return


# -- days ------------------------------------------------------------------------------------------


def _is_within(value: GivenValue, there: GivenValue) -> bool:
    """Whether the days of a text lie in the span of another."""
    spans = [(month, day) for _, month, day in there.days]
    return len(spans) > 1 and any(min(spans) <= day[1:] <= max(spans) for day in value.days)


def _of_day(every: Everything, one: Telling, value: GivenValue, alike: Alike) -> Rival | None:
    """What another text has in the place of a day."""
    support, best = 0.0, None
    for day in value.days:
        for other in every.by_day.get(day[1:], ()):
            years = {there[0] for v in other.every for there in v.days if there[1:] == day[1:]}
            if other is one or other.name.startswith("source"):
                continue  # the day of a paper is not that of its news
            if day[0] is None or years & {day[0], None}:
                own = min(alike.get(other, (0.0, 0))[0], MOST) + CITED
                own = max(own, KNOWN if other.name.startswith("event") else 0.0)
                support = max(support, own + (CITED if _cites(one, other) else 0.0))
    own_days = {day[1:] for v in one.every for day in v.days if v is not value}
    for other, (said, shared) in alike.items():
        points = min(said, MOST) + (CITED if _cites(one, other) else 0.0)
        for there in other.every if shared > 1 else ():
            if any(day[1:] in own_days for day in there.days) or _is_within(value, there):
                continue
            slip = max((day_slip(a, b) for a in value.days for b in there.days), default=0.0)
            slip = slip if slip >= SLIP or len(value.days) == 1 else 0.0
            need = NEED_DAY * (1.0 if other.at else every.scale)
            if slip < SLIP and not _cites(one, other):
                need += NEARER
            enough = slip and points + slip >= max(need, support + MARGIN)
            if enough and (best is None or points + slip > best.points):
                best = Rival(value, there, other, points + slip)
    return best


# -- years -----------------------------------------------------------------------------------------


def _of_year(every: Everything, one: Telling, value: GivenValue, alike: Alike) -> Rival | None:
    """What another text has in the place of a year that nothing else has."""
    if any(other is not one for other in every.by_year.get(value.year, ())):
        return None
    own, best = {year for v in one.every for year in v.years}, None
    for other, (_, shared) in alike.items():
        series = one.name == other.name == "cell"  # of years that follow one another
        for there in other.every if shared > 1 and not series else ():
            slip = max((year_slip(value.year, year) for year in there.years - own), default=0.0)
            points = _points(one, other, value, there, alike) + slip
            enough = slip and points >= every.scale * NEED_DAY
            if enough and (best is None or points > best.points):
                best = Rival(value, there, other, points)
    return best
