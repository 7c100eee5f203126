"""Statements against the words that they rest on: figures, dates, units, and who says so.

Only citations that carry words are looked at; ``docs/evidence.md`` says how they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from press.base.finding import Place, Remark
from press.checks import noted, voices
from press.checks.excerpts import gives_date, languages_of, numbers_held
from press.checks.hours import timed_otherwise
from press.checks.measured import measured_otherwise
from press.checks.numerals import numbers
from press.checks.quoted_voices import quoted_of_others
from press.checks.spoken import is_told_by, named_speaker, names_in
from press.checks.sums import shared_otherwise
from press.checks.units import units_of
from press.content import coverage, facts
from press.content.evidence import is_kept, level_told, supports
from press.content.load import Loaded
from press.content.model import Cite, Claim, Entry, Event, Excerpt, Fact, Source
from press.content.walk import each, walk
from press.content.yaml import Loc
from press.dates import Date
from press.dates.typed import typed

Stating = Claim | Entry | Event | Fact


@dataclass(frozen=True)
class Statement:
    """Something that the dossier states with sources: its words, its date, its unit, its voice.

    ``cites`` are those of its citations that carry words, each with its number; ``all_kept`` says
    that there are no others.
    """

    what: Stating
    file: str
    loc: Loc
    text: str
    date: Date | None
    unit: str
    says: str
    cites: tuple[tuple[int, Cite], ...]
    all_kept: bool

    def at(self, loaded: Loaded, number: int) -> Place:
        """The place of a citation."""
        return loaded.at(self.file, *self.loc, "sources", number)


@lru_cache(maxsize=2)
def statements(loaded: Loaded) -> tuple[Statement, ...]:
    """Everything that is stated with the words of a source."""
    found: list[Statement] = []
    units: dict[tuple[str, Loc], str] = {}
    for file, loc, value in walk(loaded):
        if isinstance(value, Fact):
            units[file, loc] = value.unit
        if isinstance(value, Claim | Entry | Event | Fact):
            kept = tuple((n, cite) for n, cite in enumerate(value.sources) if cite.text)
            if not kept:
                continue
            unit = value.unit if isinstance(value, Fact) else units.get((file, loc[:-2]), "")
            says = value.says if isinstance(value, Claim | Fact) else ""
            date = getattr(value, "date", None)
            whole = len(kept) == len(value.sources)
            found.append(Statement(value, file, loc, value.text, date, unit, says, kept, whole))
    return tuple(found)


def figure_not_in_excerpt(loaded: Loaded) -> Iterator[Remark]:
    """W371: the words of a source do not hold the figure that rests on them.

    Why: Who looks the figure up finds another, or none. It counts for facts and accounts; for what
        an event tells, where all of its citations carry words; for a sentence with a note, where
        the words kept of its source count the same and have another figure. Numbers in words
        count, as do the unit (three days for three hours) and the time (100,000 a month) where they
        follow, and shares (half of the town); what is called rough (nearly 2,000 for 1,907), the
        same in another unit, and the sum of two of their figures are right. The finding stands at
        the figure where no words hold it.
    Wrong: text: "100,000"
        sources: [{id: sun-0826, says: "Up to 2,000 have crossed"}]
    Right: text: up to 2,000
        sources: [{id: sun-0826, says: "Up to 2,000 have crossed"}]
    Remedy: Correct the figure, quote the words that hold it, or cite the source that has it.
    """
    for one in statements(loaded):
        wanted = _figures(one, loaded)
        if not wanted:
            continue
        held = [numbers_held(cite, loaded) for _, cite in one.cites]
        single = isinstance(one.what, Claim | Fact)
        for (number, cite), found in zip(one.cites, held, strict=True):
            missing = [shown for shown, values in wanted if not values & found]
            if single and len(missing) == len(wanted):
                alone = not any(values & there for _, values in wanted for there in held)
                yield _absent(one, loaded, number, cite, missing[0], at_figure=alone)
                if alone:
                    break
            elif single and (other := _other_unit(one, cite, loaded)):
                message = f"{cite.source!r} has {other}, and not {one.unit}"
                hint = "correct the unit, or quote the words that have it"
                yield one.at(loaded, number), message, hint
        union = frozenset[float]().union(*held)
        missing = [shown for shown, values in wanted if not values & union]
        if missing and one.all_kept and (not single or len(missing) < len(wanted)):
            number, cite = one.cites[0]
            yield _absent(one, loaded, number, cite, missing[0])
    others = list(noted.figures_differ(loaded))
    yield from others
    told = {remark[0][:2] for remark in others}
    more = (*measured_otherwise(loaded), *shared_otherwise(loaded))
    yield from (one for one in more if one[0][:2] not in told)


def _absent(
    one: Statement, loaded: Loaded, number: int, cite: Cite, shown: str, *, at_figure: bool = False
) -> Remark:
    """What is wrong with a figure: at the words that do not hold it, or at the figure."""
    message = f"the words of {cite.source!r} do not hold {shown!r}"
    hint = "correct the figure, quote the words that hold it, or cite the source that has it"
    place = loaded.at(one.file, *one.loc, "text") if at_figure else one.at(loaded, number)
    return place, message, hint


def _figures(one: Statement, loaded: Loaded) -> list[tuple[str, frozenset[float]]]:
    """The figures of a statement as they are written, each with what it may mean; no dates."""
    language = facts.language_of(loaded.dossier)
    text = re.sub(r"\[[^\]]*\]|\{[^}]*\}", lambda m: " " * len(m[0]), one.text)
    dated = [(date.begin, date.end) for date in typed(text, language)]
    found: dict[tuple[int, int], set[float]] = {}
    for begin, end, value in numbers(text, language):
        inside = any(first <= begin < last for first, last in dated)
        year = not one.unit and text[begin:end].isdigit() and 1000 <= value <= 2100
        small = isinstance(one.what, Event) and value < _TOLD and not text[begin].isdigit()
        if not (inside or year or small) and value != 1:
            found.setdefault((begin, end), set()).add(value)
    return [(text[begin:end], frozenset(values)) for (begin, end), values in found.items()]


_TOLD = 20
"""From here on a number in words counts where it is told in a sentence: not two, or the first four.
"""


def _other_unit(one: Statement, cite: Cite, loaded: Loaded) -> str:
    """The unit behind a figure of the statement in the words, where it is another than its own."""
    listed = units_of(facts.language_of(loaded.dossier)).groups
    groups = [[unit.casefold() for unit in group] for group in listed]
    if not any(one.unit.casefold() in group for group in groups):
        return ""
    wanted = {value for _, values in _figures(one, loaded) for value in values}
    for _, end, value in numbers(cite.text, *languages_of(cite, loaded)):
        tail = cite.text[end:].casefold().lstrip(" \u00a0\u202f-")
        for group in groups if value in wanted else ():
            longest = sorted(group, key=len, reverse=True)
            said = next((u for u in longest if re.match(rf"{re.escape(u)}(?!\w)", tail)), "")
            if said and one.unit.casefold() not in group:
                return said
    return ""


# -- dates ---------------------------------------------------------------------------------------


def date_not_in_excerpt(loaded: Loaded) -> Iterator[Remark]:
    """W372: the words of a source give another date than the one that rests on them.

    Why: The day of the paper is easily taken for that of its news; the finding stands at the date.
        A weekday, yesterday and today are read with the day on which the source was issued. A time
        of day counts as well. An account that differs from others in its date needs words that have
        it; elsewhere words without a date say nothing.
    Wrong: date: 1993-07-24
        sources: [{id: lat-0725, says: "captured the town on Friday, July 23"}]
    Right: date: 1993-07-23
        sources: [{id: lat-0725, says: "captured the town on Friday, July 23"}]
    Remedy: Correct the date, quote the words that have it, or cite the source that does.
    """
    for one in statements(loaded):
        if one.date is None:
            continue
        said = [gives_date(cite, one.date, loaded) for _, cite in one.cites]
        if True in said:
            continue
        must = isinstance(one.what, Claim) and one.all_kept
        wrong = [n for n, answer in enumerate(said) if answer is False or must]
        for number, cite in [one.cites[n] for n in wrong[:1]]:
            shown = one.date.edtf
            message = f"the words of {cite.source!r} do not give the date {shown}"
            hint = "correct the date, quote the words that have it, or cite the source that does"
            dated = getattr(one.what, "date", None)
            at = loaded.at(one.file, *one.loc, "date") if dated else one.at(loaded, number)
            yield at, message, hint
    yield from noted.dates_differ(loaded)
    yield from timed_otherwise(loaded)


# -- who says it ---------------------------------------------------------------------------------


def speaker_differs(loaded: Loaded) -> Iterator[Remark]:
    """W373: a figure or words are given to somebody whose they are not, or to nobody.

    Why: What a paper writes of its own is no word of the official whom it names elsewhere, and what
        an official told it is not the paper's. The names in says must stand in the words or in by;
        where there is no by, in what the bibliography says of the source. Words in quotation marks
        that are kept with by are that speaker's: one with a name is named, and nobody else is. Who
        is named beside a quotation as saying it, or as the one who reports it, is held against by,
        and against the author, the paper and the title of the source, by their last names; "he
        said" is the one person of the sentence before. An author's paper is one of their own.
    Wrong: text: 80,000–100,000
        says: the United Nations representative in Baku
        sources: [{id: sun-0826, says: "80,000 to 100,000 people are heading for the border"}]
    Right: says: the Baltimore Sun
    Remedy: Name in says whose figure it is; or quote the words in which they say it, with by.
    """
    for one in statements(loaded):
        for number, cite in one.cites if isinstance(one.what, Claim | Fact) else ():
            source = loaded.dossier.bibliography.get(cite.source)
            speaker = cite.by or named_speaker(cite.text, languages_of(cite, loaded))
            if not one.says and speaker:
                message = f"the words are those of {speaker}, and the fact is given to nobody"
                yield one.at(loaded, number), message, f"add says: {speaker}"
            elif not (source or cite.by):
                continue  # what is said of it cannot be read
            elif names_in(one.says) and not is_told_by(one.says, cite, source):
                message = f"the words of {cite.source!r} are not those of {one.says!r}"
                hint = "say whose they are, or quote the words in which they say it, with by:"
                yield one.at(loaded, number), message, hint
    found = dict.fromkeys(noted.voices_differ(loaded))
    yield from found
    lines = {place[:2] for place, *_ in found}
    others = [*quoted_of_others(loaded), *voices.given_to_others(loaded)]
    others += voices.of_other_papers(loaded)
    for remark in others:
        if remark[0][:2] not in lines:
            lines.add(remark[0][:2])
            yield remark


# -- how far it was read -------------------------------------------------------------------------


def level_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W374: how far a source was read does not agree with what else is said of it.

    Why: The count of what was read rests on it, and so does the reader.
    Wrong: level: read
        checked: Not read; listed for further reading
    Right: level: not read
    Remedy: Say what is true. Words that were read elsewhere are quoted in, with via: where.
    """
    language = facts.language_of(loaded.dossier)
    for at, source in each(loaded, Source):
        told = level_told(source.checked, language)
        if source.level in ("read", "read in part") and told == "not read":
            message = f"source {source.id!r} is said to be {source.level}, and checked says not"
            yield at("level"), message, "say in level or in checked what is true"
        elif source.level == "quoted in" and not (source.quoted_in or source.via):
            message = f"source {source.id!r} was read as quoted, and nothing says where"
            yield at("level"), message, "add quoted-in: or via:"
    for at, cite in each(loaded, Cite):
        quoted = loaded.dossier.bibliography.get(cite.source)
        if cite.level == "quoted in" and not (cite.via or (quoted and quoted.quoted_in)):
            message = f"{cite.source!r} was read as quoted, and nothing says where"
            yield at("level"), message, "add via: where its words were read"
        elif cite.level == "not read" and cite.text:
            message = f"{cite.source!r} was not read, and its words are given"
            yield at("level"), message, "write level: quoted in, and via: where they were read"
        elif quoted and cite.level in ("read", "read in part"):
            told = quoted.level or level_told(quoted.checked, language)
            if told == "not read":
                message = f"{cite.source!r} is said to be {cite.level}, and its source says not"
                yield at("level"), message, "correct the level here, or level or checked there"


def disputable_without_words(loaded: Loaded) -> Iterator[Remark]:
    """W375: a fact that a reader could dispute has neither its source's words nor a word on that.

    Why: With appendix: evidence the dossier promises them. It counts for accounts that differ, for
        figures and for the essential events.
    Wrong: sources: [nyt-0823]
    Right: sources: [{id: nyt-0823, says: no text at hand}]
    Remedy: Add says: with the words of one of its sources; or says: no text at hand.
    """
    if "evidence" not in loaded.dossier.meta.appendix:
        return
    events = loaded.dossier.events
    for fact in coverage.stated(loaded.dossier):
        named = ".facts." in f".{'.'.join(map(str, fact.loc))}."
        essential = fact.address in events and events[fact.address].essential
        if not (fact.claims or named or essential):
            continue
        parts: Mapping[Claim | None, list[Excerpt]] = {}
        parts = {claim: [] for claim in fact.claims or (None,)}
        for one in supports(fact, loaded.dossier):
            for claim in [one.claim] if one.claim else list(parts):
                parts[claim].append(one.cite)
        bare = [n for n, cites in enumerate(parts.values()) if not any(map(is_kept, cites))]
        for number in bare[:1]:
            loc = (*fact.loc, "claims", number) if fact.claims else fact.loc
            message = f"{fact.what} has no words of a source, and does not say so"
            hint = "add says: to a source, with its words, or says: no text at hand"
            yield loaded.at(fact.file, *loc), message, hint
