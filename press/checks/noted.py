"""Sentences of the prose against the words that the dossier keeps of the sources in their notes.

A source may tell of more than its excerpts do. So a sentence is only held against words that speak
of the same: that share most of their own words with it, or count the same things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press.base.finding import Remark
from press.checks.clauses import any_of, plain
from press.checks.clock import clocks
from press.checks.excerpts import (
    gives_date,
    kept,
    languages_of,
    may_be_at,
    numbers_held,
    shortened,
)
from press.checks.happened import grammar_of
from press.checks.intervals import rate_behind
from press.checks.intervals import words as words_of_intervals
from press.checks.known import Sentence, known, own_sentences, stems_of
from press.checks.likeness import is_about, is_rounded
from press.checks.measures import converts, measures
from press.checks.numerals import numbers
from press.checks.spoken import (
    given_to,
    in_its_note,
    is_full_name,
    is_told_by,
    named_speaker,
    names_in,
    with_people,
)
from press.checks.texts import quotations
from press.checks.units import is_of_a_part, units_of
from press.content.load import Loaded
from press.content.model import Cite
from press.content.model.people import spoken
from press.dates import Date, DateError, parse
from press.dates.typed import Typed, typed

_CITES = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
_MENTION = re.compile(r"@(?P<id>[\w:.-]*\w)(?P<at>,[^;\]]*)?")
_BEHIND = re.compile(r"(?:\s*\[[^\[\]]*@[^\[\]]*\])+")
ALIKE, MOST = 3, 0.6
"""Words that a sentence and an excerpt must share to speak of the same, and the part of the
excerpt's that makes it the sentence's own."""
SMALL = 10
"""Below this a number in words is too common to be held against anything."""


@dataclass(frozen=True)
class Noted:
    """A sentence with a note: what is kept of its sources, and whether that is all of them.

    ``paragraph`` is what stands before it in its paragraph, itself included; ``quoted`` are the
    words in it that stand in quotation marks.
    """

    sentence: Sentence
    paragraph: str
    quoted: tuple[str, ...]
    kept: tuple[Cite, ...]
    all_kept: bool


@lru_cache(maxsize=2)
def noted(loaded: Loaded) -> tuple[Noted, ...]:
    """Every sentence whose notes cite sources of which the dossier keeps words."""
    data, words, found = known(loaded), kept(loaded), []
    for passage, offset, text in own_sentences(loaded):
        end = offset + len(text)
        behind = _BEHIND.match(passage.written, end)
        written = passage.written[offset : behind.end() if behind else end]
        cites = [one for part in _CITES.findall(written) for one in _MENTION.finditer(part)]
        held = tuple(
            excerpt
            for cite in cites
            for excerpt in words.get(cite["id"], ())
            if may_be_at(excerpt.at, (cite["at"] or "").lstrip(", "))
        )
        if held:
            before = max(passage.text.rfind("\n\n", 0, offset) + 2, 0)
            own = passage.text[offset:end]
            quoted = tuple(own[b + 1 : e - 1] for b, e in quotations(own))
            every = {cite["id"] for cite in cites} <= {one.source for one in held}
            sentence = data.read(passage, offset, text)
            found.append(Noted(sentence, passage.text[before:end], quoted, held, every))
    return tuple(found)


def _shared(one: Noted, cite: Cite, loaded: Loaded) -> tuple[int, float]:
    """How many words a sentence and an excerpt share, and which part of the excerpt's that is."""
    language = known(loaded).language
    own = stems_of(cite.text, language)
    shared = len(own & one.sentence.stems)
    return shared, shared / max(1, len(own))


# -- figures -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """A number in a text: where it begins and ends, what it may mean, and what it counts."""

    begin: int
    end: int
    values: frozenset[float]
    things: frozenset[str]
    unit: str


def figures_differ(loaded: Loaded) -> Iterator[Remark]:
    """Figures of a sentence where the words in its note have others for the same things."""
    language = known(loaded).language
    for one in noted(loaded):
        own = counted_in(one.sentence.text, (language,), language)
        held = frozenset[float]().union(*(_held(cite, loaded) for cite in one.kept))
        said = frozenset[float]().union(*(figure.values for figure in own))
        held |= {a + b for a in held for b in held if a != b and min(a, b) > SMALL}
        for figure in own:
            shown = one.sentence.text[figure.begin : figure.end]
            place = one.sentence.at(figure.begin)
            if any(is_about(value, other) for value in figure.values for other in held):
                if other := _other_unit(figure, one, loaded):
                    cite, unit = other
                    message = f"{cite.source!r} has {unit} where {shown} {figure.unit} stands"
                    yield place, message, "correct the unit, or quote the words that have it"
                elif rate := _other_rate(figure, one, loaded):
                    message = f"{rate[0].source!r} has {shown} {rate[1]!r}, and not {rate[2]!r}"
                    yield place, message, "correct it, or quote the words that have it"
                continue
            if _is_roughly(figure, held, one, loaded) or _is_converted(figure, one, loaded):
                continue
            if cites := [c for c in one.kept if _is_rival(figure, said, one, c, loaded)]:
                message = f"the words of {cites[0].source!r} do not hold {shown!r}"
                hint = "correct the figure, quote the words that hold it, or cite their source"
                yield place, f"{message}: “{shortened(cites[0].text)}”", hint


def _held(cite: Cite, loaded: Loaded) -> frozenset[float]:
    """The numbers in words, and in what is said of whose they are: Galid, twelve years old."""
    told = cite.model_copy(update={"says": f"{cite.text}; {cite.by}"})
    return numbers_held(told, loaded)


def counted_in(
    text: str, languages: Sequence[str], language: str, least: float = SMALL
) -> list[Counted]:
    """The numbers of a text that are no part of a date, no year, and in words no small ones."""
    dated = [(date.begin, date.end) for one in languages for date in typed(text, one)]
    dated += [(clock.begin, clock.end) for clock in clocks(text, language)]
    found: dict[tuple[int, int], set[float]] = {}
    for begin, end, value in numbers(text, *languages):
        inside = any(first <= begin < last for first, last in dated)
        year = text[begin:end].isdigit() and 1000 <= value <= 2100
        if not (inside or year or (value < least and not text[begin].isdigit())):
            found.setdefault((begin, end), set()).add(value)
    return [
        Counted(begin, end, frozenset(values), *_things(text[end : end + 60], language))
        for (begin, end), values in found.items()
    ]


def _things(behind: str, language: str) -> tuple[frozenset[str], str]:
    """What a number counts by the words behind it, and its unit where they begin with one."""
    tail = behind.lstrip(" \n\u00a0\u202f-").casefold()
    groups = units_of(language).groups
    units = sorted((unit for group in groups for unit in group), key=len, reverse=True)
    unit = next((u for u in units if re.match(rf"{re.escape(u.casefold())}(?!\w)", tail)), "")
    near = re.split(r"[.,;:()]", behind)[0]
    return stems_of(" ".join(near.split()[:3]), language), unit


def _other_unit(figure: Counted, one: Noted, loaded: Loaded) -> tuple[Cite, str] | None:
    """The words that have the figure with another unit of the same kind, and that unit."""
    language = known(loaded).language
    for cite in one.kept if figure.unit else ():
        kind, group = _kind_of(figure.unit, language)
        same = [f for f in counted_in(cite.text, languages_of(cite, loaded), language)
                if f.values & figure.values]  # fmt: skip
        kinds = [_kind_of(f.unit, language) for f in same if f.unit]
        if kinds and all(of == kind and other != group for of, other in kinds):
            return cite, same[0].unit
    return None


def _other_rate(figure: Counted, one: Noted, loaded: Loaded) -> tuple[Cite, str, str] | None:
    """The words that have the figure in another time: 100,000 a month; both times."""
    language = known(loaded).language
    own = rate_behind(one.sentence.text[figure.end :], language)
    for cite in one.kept if own else ():
        there = [
            rate
            for tag in languages_of(cite, loaded)
            for other in counted_in(cite.text, (tag,), tag)
            if other.values & figure.values and (rate := rate_behind(cite.text[other.end :], tag))
        ]
        if own and there and all(rate[1] != own[1] for rate in there):
            return cite, there[0][0], own[0]
    return None


def _kind_of(unit: str, language: str) -> tuple[str, tuple[str, ...]]:
    """What a unit measures, a length and an area alike, and its spellings."""
    kind, group = units_of(language).like(unit)
    return ("length" if kind == "area" else kind), group


def _is_rival(
    figure: Counted, said: frozenset[float], one: Noted, cite: Cite, loaded: Loaded
) -> bool:
    """Whether the words count the same with a number that the sentence does not have."""
    language = known(loaded).language
    there = counted_in(cite.text, languages_of(cite, loaded), language)
    others = [o for o in there if not any(is_about(v, w) for v in o.values for w in said)]
    shared, part = _shared(one, cite, loaded)
    if not there:
        return one.all_kept and shared > ALIKE and part >= MOST
    if is_of_a_part(one.sentence.text, figure.begin, figure.end, language):
        return False
    alike = [o for o in others if o.things & figure.things or (o.unit and o.unit == figure.unit)]
    near = any(v / 4 <= w <= 4 * v for v in figure.values for o in others for w in o.values)
    enough = ALIKE if one.all_kept else ALIKE + 1
    return bool(alike and shared >= enough - 1) or bool(near and shared > enough)


def _is_roughly(figure: Counted, held: frozenset[float], one: Noted, loaded: Loaded) -> bool:
    """Whether a number is called a rough one, and is that of the words rounded: nearly 2,000."""
    known_words = words_of_intervals(known(loaded).language)
    before = re.sub(r"\s+an?\s*$", " ", one.sentence.text[: figure.begin])
    signs = ("about", "below", "above") if known_words else ()
    if not any(known_words.signs[sign].search(before) for sign in signs if known_words):
        return False
    return any(is_rounded(value, other) for value in figure.values for other in held)


def _is_converted(figure: Counted, one: Noted, loaded: Loaded) -> bool:
    """Whether a number is one of a measure that the words have in other units."""
    own = list(measures(one.sentence.text, known(loaded).language))
    held = (m for cite in one.kept for m in measures(cite.text, *languages_of(cite, loaded)))
    there = list(held) if own else []
    own = [m for m in own if m.begin <= figure.begin < m.end]
    return any(converts(m, other) for m in own for other in there)


# -- dates ---------------------------------------------------------------------------------------


def dates_differ(loaded: Loaded) -> Iterator[Remark]:
    """Days of a sentence where the words in its note give another for the same."""
    language = known(loaded).language
    for one in noted(loaded):
        days = [date for date in typed(one.sentence.text, language) if date.days]
        for date in days:
            answers = {c: [_gives(c, day, loaded) for day in (date, *days)] for c in one.kept}
            if any(answer[0] for answer in answers.values()):
                continue
            for cite, answer in answers.items():
                if answer[0] is False and True not in answer and _is_alike(one, cite, loaded):
                    shown = one.sentence.text[date.begin : date.end]
                    message = f"the words of {cite.source!r} do not give the date {shown}"
                    hint = "correct the date, quote the words that have it, or cite their source"
                    yield one.sentence.at(date.begin), f"{message}: “{shortened(cite.text)}”", hint
                    break


def _is_alike(one: Noted, cite: Cite, loaded: Loaded) -> bool:
    shared, part = _shared(one, cite, loaded)
    return shared >= ALIKE or (shared > 0 and part >= MOST / 2)


def _gives(cite: Cite, day: Typed, loaded: Loaded) -> bool | None:
    """Whether the words give a day, of the year of the source where none is typed."""
    source = loaded.dossier.bibliography.get(cite.source)
    issued = source.issued.earliest.year if source and source.issued else None
    date = _dated(day, day.year if day.year is not None else issued)
    return gives_date(cite, date, loaded) if date else None


def _dated(day: Typed, year: int | None) -> Date | None:
    if year is None:
        return None
    try:
        return parse("/".join(f"{year:04}-{day.month:02}-{n:02}" for n in sorted(day.days)))
    except DateError:
        return None


# -- who says it ---------------------------------------------------------------------------------


def voices_differ(loaded: Loaded) -> Iterator[Remark]:
    """Figures and quotations that a sentence gives to another than the words in its note are of."""
    for one in noted(loaded):
        for cite in one.kept:
            figure = _carried_figure(one, cite, loaded)
            begin = 0 if figure is None and _is_quoted(one, cite) else figure
            if begin is None:
                continue
            speaker = cite.by or named_speaker(cite.text, languages_of(cite, loaded))
            teller = _teller(one, loaded)
            source = loaded.dossier.bibliography.get(cite.source)
            other = _another(speaker, one, loaded) if speaker and figure is None else ""
            told = other or teller
            if speaker and not told and source and in_its_note(speaker, source):
                continue  # the note names them
            if other or (speaker and not _is_named(speaker, one, loaded)):
                if figure is None and not (told or names_in(speaker)):
                    continue  # a passenger: the note says where
                given = f"are given here to {told!r}" if told else "nothing here says so"
                message = f"the words are those of {speaker}, and {given}"
                hint = f"give them to {speaker}" if told else "say whose they are"
                yield one.sentence.at(begin), message, hint
            elif speaker or figure is None:
                continue
            elif names_in(teller) and not is_told_by(teller, cite, source):
                message = f"the words of {cite.source!r} are not those of {teller!r}"
                hint = "say whose they are, or quote the words in which they say it, with by:"
                yield one.sentence.at(begin), message, hint


def _another(speaker: str, one: Noted, loaded: Loaded) -> str:
    """The person of the dossier to whom a sentence gives words of somebody else; or ""."""
    people, language = persons(loaded), known(loaded).language
    own, begin = stems_of(speaker, language), one.sentence.offset
    if not people or own & one.sentence.stems:
        return ""
    text = one.sentence.passage.text[begin : begin + len(one.sentence.text)]
    name = given_to(text, quotations(text), any_of(people))
    told = people.get(plain(name))
    return name if told and not own & stems_of(told, language) else ""


@lru_cache(maxsize=2)
def persons(loaded: Loaded) -> Mapping[str, str]:
    """What is told of each person, and of each who speaks in an excerpt, by name in small letters.

    Of people by the last name, too, where it is no other's.
    """
    found: dict[str, set[str]] = {}
    for person in loaded.dossier.people.people:
        last, told = person.name.partition(", ")[0], f"{person.name} {person.role} {person.note}"
        for name in (spoken(person.name), last, *map(spoken, (*person.also, *person.matches))):
            found.setdefault(plain(name), set()).add(told)
    for cite in (cite for cites in kept(loaded).values() for cite in cites):
        name = cite.by.partition(",")[0]
        if is_full_name(name):
            found.setdefault(plain(name), set()).add(cite.by)
    return {name: " ".join(sorted(told)) for name, told in found.items()
            if len(told) == 1 or " " in name}  # fmt: skip


def _is_quoted(one: Noted, cite: Cite) -> bool:
    """Whether a sentence quotes an excerpt."""
    words = " ".join(re.findall(r"\w+", cite.text.casefold()))
    said = (" ".join(re.findall(r"\w+", quoted.casefold())) for quoted in one.quoted)
    return any(quoted.count(" ") > ALIKE and quoted in words for quoted in said)


def _carried_figure(one: Noted, cite: Cite, loaded: Loaded) -> int | None:
    """Where a sentence has a figure of an excerpt that counts the same; None where it has none."""
    language = known(loaded).language
    there = counted_in(cite.text, languages_of(cite, loaded), language)
    for figure in counted_in(one.sentence.text, (language,), language):
        same = [other for other in there if other.values & figure.values]
        if same and _shared(one, cite, loaded)[0] >= ALIKE - 1:
            return figure.begin
    return None


def _is_named(speaker: str, one: Noted, loaded: Loaded) -> bool:
    """Whether the paragraph so far names the speaker, or the sentence says that somebody says so.

    A sentence that names another speaker, and none of those before, does not.
    """
    language = known(loaded).language
    teller = _teller(one, loaded)
    if stems_of(speaker, language) & stems_of(f"{one.paragraph} {teller}", language):
        return True
    told = grammar_of(loaded).attributed.search(one.sentence.text)
    return bool(told) and not teller


def _teller(one: Noted, loaded: Loaded) -> str:
    """Who is named in a sentence as saying it, by a reference as well; or ""."""
    begin, passage = one.sentence.offset, one.sentence.passage
    text = with_people(passage, begin, begin + len(one.sentence.text), loaded)
    name, rules = named_speaker(text, (known(loaded).language,)), grammar_of(loaded)
    lead = text[: text.find(name)]
    return "" if rules.within.search(lead) or rules.outside.search(lead) else name
