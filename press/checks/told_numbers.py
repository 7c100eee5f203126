"""Numbers that a sentence, row, answer or cell gives for what a fact of the dossier counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press.base.finding import Place
from press.checks.clauses import any_of, plain
from press.checks.excerpts import kept
from press.checks.happened import events_of, grammar_of
from press.checks.known import Sentence, known, own_sentences, stems_of
from press.checks.numerals import Number, numbers
from press.checks.quantities import (
    Quantity,
    agrees,
    likeness,
    not_in_dates,
    numbers_in,
    other_unit,
    quantities,
    same_figures,
    slip_of,
)
from press.checks.texts import Passage, passages
from press.checks.units import units_of
from press.content.load import Loaded
from press.content.model import Event, Question, Row, Table
from press.content.walk import each


@dataclass(frozen=True)
class Context:
    """A text with numbers, and what it is about.

    ``stems`` are its words and those of its label or question; ``places``, ``events`` and
    ``sources`` the ids that it names; ``alone`` says that it is the value of a row, an answer or a
    cell, and no sentence.
    """

    text: str
    stems: frozenset[str]
    places: frozenset[str]
    events: frozenset[str]
    sources: frozenset[str]
    at: Callable[[int], Place]
    alone: bool = False


def wrong_figures(loaded: Loaded) -> Iterator[tuple[Place, str, Quantity]]:
    """Place and words of each number that is not that of the fact which its text is about."""
    if not quantities(loaded):
        return
    language = known(loaded).language
    for context in _contexts(loaded):
        found = not_in_dates(context.text, numbers_in(context.text, language), language)
        yield from _shares(loaded, context, found)
        for begin, end, value in found:
            if quantity := _meant(loaded, context, (begin, end, value), found):
                yield context.at(begin), context.text[begin:end], quantity
            elif quantity := _in_other_unit(loaded, context, (begin, end, value)):
                unit = quantity.other.match(context.text, end)
                spelt = quantity.spelt.match(context.text, unit.end()) if unit else None
                shown = context.text[begin : spelt.end() if spelt else end]
                yield context.at(begin), shown, quantity


# -- what a text is about ------------------------------------------------------------------------


def _contexts(loaded: Loaded) -> Iterator[Context]:
    data = known(loaded)
    for passage, offset, text in own_sentences(loaded):
        if not passage.name.startswith(_OTHERWISE) and numbers_in(text, data.language):
            one = data.read(passage, offset, text)
            yield Context(text, one.stems, one.places, frozenset(), one.sources, one.at)
    yield from _values(loaded)


_OTHERWISE = ("entry.", "question.", "fact.", "source.", "event.")
"""Fields that are read as values, or are the facts themselves."""


def _values(loaded: Loaded) -> Iterator[Context]:
    """The values of rows, answers and cells, with their labels."""
    for at, row in each(loaded, Row):
        for steps, entry in row.entries:
            yield _value(loaded, entry.text, row.label, (), at(*steps))
    for at, question in each(loaded, Question):
        for number, entry in enumerate(question.answer):
            if question.kind != "true-false":
                asked = question.question
                yield _value(loaded, entry.text, asked, question.about, at("answer", number))
    for at, table in each(loaded, Table):
        labels = {column.key: column.label for column in table.columns}
        for index, line in enumerate(table.rows):
            others = " ".join(cell.text for cell in line.cells.values())
            for key, cell in line.cells.items():
                said = f"{table.title} {labels.get(key, '')} {others}"
                yield _value(loaded, cell.text, said, (), at("rows", index, key))


def _value(loaded: Loaded, text: str, label: str, about: Sequence[str], place: Place) -> Context:
    data, whole = known(loaded), f"{label} {text}"
    passage = Passage(place[0], "value", whole, whole, whole, (0,), ((place[1], place[2]),))
    one: Sentence = data.read(passage, 0, whole)
    named = frozenset(about)
    return Context(
        text, one.stems, one.places | named & data.places,
        named & loaded.dossier.events.keys(), frozenset(), lambda _: place, alone=True,
    )  # fmt: skip


# -- which fact a number is of -------------------------------------------------------------------


def _meant(
    loaded: Loaded, context: Context, number: Number, found: Sequence[Number]
) -> Quantity | None:
    """The fact that a number should be of and is not; None where it is right or nothing is sure."""
    begin, end, value = number
    data = known(loaded)
    before = context.text[:begin]
    same = [q for q in quantities(loaded) if _has_unit(q, context, begin, end)]
    if not same or _is_apart(context, begin, data.language):
        return None
    if any(agrees(value, span, before, data) for q in same for span in q.spans):
        return None
    if slipped := _slipped(loaded, context, number, same):
        return slipped
    about = [q for q in same if _is_about(loaded, q, context)]
    if len({q.label for q in about}) > 1 and not context.alone:
        return None
    about = [q for q in about if _is_off(value, q, context.alone)]
    if not about or _is_voiced(loaded, context) or _is_quoted(loaded, context, value):
        return None
    others = [
        n
        for n in found
        if n is not number and any(_has_unit(q, context, n[0], n[1]) for q in about)
    ]
    if any(low <= n[2] <= high for n in others for q in about for low, high in q.spans):
        return None
    return min(about, key=lambda q: _away(value, q))


def _in_other_unit(loaded: Loaded, context: Context, number: Number) -> Quantity | None:
    """The fact that has a great number in another unit of the kind: 4,800 cubic feet, metres."""
    begin, end, value = number
    found = other_unit(context.text, end, value, quantities(loaded))
    if found is None or context.text[begin:end].isdigit():
        return None
    told = _is_voiced(loaded, context) or _is_quoted(loaded, context, value)
    return None if told else found


def _slipped(
    loaded: Loaded, context: Context, number: Number, same: Sequence[Quantity]
) -> Quantity | None:
    """The fact whose figures a number has, with two exchanged, or ten times as much: a slip."""
    begin, end, value = number
    written = context.text[begin:end]
    if written.isdigit() and len(written) == len("1993"):
        return None  # a year, perhaps
    if _is_voiced(loaded, context) or _is_quoted(loaded, context, value):
        return None
    return slip_of(value, context.stems, same, quantities(loaded))


def _away(value: float, quantity: Quantity) -> float:
    """How far a number is from the nearest of a fact's."""
    return min(abs(value - edge) for span in quantity.spans for edge in span)


def _has_unit(quantity: Quantity, context: Context, begin: int, end: int) -> bool:
    """Whether a number has the unit of a fact, or its sign of money before it."""
    text = context.text
    if quantity.sign:
        return text[:begin].rstrip()[-1:] == quantity.sign
    bare = context.alone and not re.sub(r"[\W\d]", "", text[:begin] + text[end:])
    said = quantity.words and quantity.words <= context.stems
    return bool(bare and said) or bool(quantity.units.match(text, end))


def _is_about(loaded: Loaded, quantity: Quantity, context: Context) -> bool:
    """Whether a text is about what a fact is of, and what it counts of it."""
    found, data = quantity.found, known(loaded)
    labelled = bool(quantity.label) and quantity.label <= context.stems
    alone = len([q for q in quantities(loaded) if q.label == quantity.label]) == 1
    if found.kind == "event":
        event = loaded.dossier.events[found.id]
        here = bool(context.places & set(event.places))
        if context.places and event.places and not here:
            return False
        if not context.alone and _is_then(context.text, event):
            return False
        titled = data.is_titled(found.id, context.stems) or found.id in context.events
        titled = titled or _is_named(loaded, event, context)
        if titled and (labelled or _is_only(loaded, quantity)):
            return True
        return (labelled and (here or alone or context.alone)) or _tells(quantity, context, loaded)
    if found.kind == "place":
        return found.id in context.places and labelled
    if context.places and not (quantity.stems & data.of_places):
        return False
    own = stems_of(found.subject, data.language)
    if not quantity.label:
        return own <= context.stems
    return labelled and (alone or context.alone or own <= context.stems)


_YEAR = re.compile(r"(?<![\w.,])(1\d{3}|20\d\d)(?![\w,]|\.\d)")


def _is_then(text: str, event: Event) -> bool:
    """Whether a sentence is of other years than the event."""
    years = {int(match[1]) for match in _YEAR.finditer(text)}
    own = {y for one in event.all_dates for y in (one.earliest.year, one.latest.year)}
    return bool(years and own) and not years & own


def _is_named(loaded: Loaded, event: Event, context: Context) -> bool:
    """Whether all that an event's title speaks of stands there, and no other title has it."""
    of = events_of(loaded)
    subject = of.meant[event.id].subject
    own = all(of.about.get(stem) == (event.id,) for stem in subject)
    return bool(subject) and own and subject <= context.stems


def _is_only(loaded: Loaded, quantity: Quantity) -> bool:
    """Whether no other fact of the same thing has the unit."""
    found = quantity.found
    every = [q for q in quantities(loaded) if (q.found.kind, q.found.id) == (found.kind, found.id)]
    return sum(q.found.fact is not None and q.unit == quantity.unit for q in every) == 1


_ENOUGH = 2
"""Words of an event, beside the unit, that tell that a text is about its fact."""


def _tells(quantity: Quantity, context: Context, loaded: Loaded) -> bool:
    """Whether a unit that one fact alone has stands with words of its event."""
    if sum(q.unit == quantity.unit for q in quantities(loaded)) > 1 or not quantity.rare:
        return False
    event = loaded.dossier.events[quantity.found.id]
    language = known(loaded).language
    told = stems_of(f"{event.title} {event.text}", language) | quantity.stems
    return len(told & context.stems - stems_of(quantity.unit, language)) >= _ENOUGH


def _is_apart(context: Context, begin: int, language: str) -> bool:
    """Whether the number is of others than all: another five, the first four."""
    words = units_of(language).apart
    return bool(
        words and re.search(rf"{any_of(words).pattern}\s+$", context.text[:begin], re.IGNORECASE)
    )


def _is_voiced(loaded: Loaded, context: Context) -> bool:
    """Whether somebody else is said to say so."""
    if context.alone:
        return False
    return bool(grammar_of(loaded).attributed.search(context.text))


def _is_quoted(loaded: Loaded, context: Context, value: float) -> bool:
    """Whether the words of a source that is cited have the number."""
    language = known(loaded).language
    return any(
        value == held
        for source in context.sources
        for excerpt in kept(loaded).get(source, ())
        for *_, held in numbers(excerpt.text, language)
    )


_FEW = 100
"""Up to here a smaller number may be that of a part."""


def _is_off(value: float, quantity: Quantity, alone: bool) -> bool:
    """Whether a number is like one of the fact's, and none."""
    greatest = max(high for _, high in quantity.spans)
    least = min(low for low, _ in quantity.spans)
    mixed = any(
        edge != value and sorted(f"{edge:.0f}") == sorted(f"{value:.0f}") and value >= _TWO
        for span in quantity.spans
        for edge in span
    )
    if mixed or greatest < value <= _TIMES * greatest:
        return True
    if alone and least / 4 <= value < least:
        return True
    close = any(likeness(value, span) > 1 for span in quantity.spans)
    scaled = same_figures(value, quantity) and (value > greatest or quantity.rare)
    return greatest > _FEW and (close or scaled)


_TIMES = 3.5
"""How many times as great as the greatest account a number is still one of the same."""


_TWO = 10
"""From here on a number has two figures, which may have changed places."""


# -- shares --------------------------------------------------------------------------------------

NEAR = 0.1
"""The part of a whole by which a share may be rounded."""


@lru_cache(maxsize=16)
def _parts(language: str) -> tuple[re.Pattern[str], dict[str, float]]:
    """A pattern of a share before "of the", and the value of each."""
    values = dict(units_of(language).parts)
    names = any_of(values).pattern
    return re.compile(rf"({names})\s+(?:\w{{2,5}}\s+){{1,3}}$", re.IGNORECASE), values


def _shares(
    loaded: Loaded, context: Context, found: Sequence[Number]
) -> Iterator[tuple[Place, str, Quantity]]:
    """Shares of a whole: half of the eighteen ships were lost, where it was sixteen."""
    pattern, values = _parts(known(loaded).language)
    for begin, end, whole in found if values else ():
        match = pattern.search(context.text[:begin])
        if not match or whole < _TWO:
            continue
        value = values[plain(match[1])] * whole
        about = [
            q for q in quantities(loaded)
            if _has_unit(q, context, begin, end)
            and not any(low <= whole <= high for low, high in q.spans)
            and max(high for _, high in q.spans) <= whole
            and (_is_about(loaded, q, context) or _is_part(q, context))
        ]  # fmt: skip
        right = [
            low - NEAR * whole <= value <= high + NEAR * whole
            for q in about
            for low, high in q.spans
        ]
        if about and not any(right) and not _is_voiced(loaded, context):
            yield context.at(match.start()), context.text[match.start() : end], about[0]


def _is_part(quantity: Quantity, context: Context) -> bool:
    """Whether a fact of a place that is named is that of a part: taken of its area."""
    here = quantity.found.kind == "place" and quantity.found.id in context.places
    return here and bool(quantity.label & context.stems)


# -- titles --------------------------------------------------------------------------------------

_NOUN = re.compile(r"[\s\u00a0]+([^\W\d_A-Z][^\W\d_]{3,})")
_RARER = 2
"""How many times as often as any other the usual number stands."""
_MOST = 20
"""Up to here things are counted in titles."""


def miscounted_titles(loaded: Loaded) -> Iterator[tuple[Place, str, str]]:
    """Place, words and what all else has, of numbers in the dossier's title that nothing else has.

    Two other places must agree on the five districts, and hardly one have another number.
    """
    language = known(loaded).language
    for passage in passages(loaded):
        if not passage.name.startswith("meta.") or passage.name.endswith("disclaimer"):
            continue
        for begin, end, value in numbers_in(passage.own, language):
            noun = _NOUN.match(passage.own, end)
            if not noun or not 2 <= value <= _MOST:
                continue
            same = (q for q in quantities(loaded) if q.units.match(passage.own, end))
            if any(low <= value <= high for q in same for low, high in q.spans):
                continue  # a fact has it, and others are those of parts
            counts = _counts(loaded, passage, noun[1], language)
            if counts[value] or not counts:
                continue
            (usual, times), *more = counts.most_common()
            if times > 1 and (not more or times > _RARER * more[0][1]):
                yield passage.at(begin), passage.own[begin : noun.end()], f"{usual:g} {noun[1]}"


def _counts(loaded: Loaded, title: Passage, noun: str, language: str) -> Counter[float]:
    """How often each number stands before a noun in all other texts."""
    found: Counter[float] = Counter()
    pattern = re.compile(rf"[\s\u00a0]{re.escape(noun)}(?!\w)", re.IGNORECASE)
    for passage in passages(loaded):
        for match in pattern.finditer(passage.own) if passage is not title else ():
            before = passage.own[max(0, match.start() - 30) : match.start()]
            for _, end, value in numbers_in(before, language):
                if end == len(before) and value <= _MOST:
                    found[value] += 1
    return found
