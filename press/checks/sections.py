"""Headings against what stands under them: a day that nothing has, a number that is another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from press.base.finding import Remark
from press.checks.ages import ordinals
from press.checks.clauses import plain
from press.checks.known import known
from press.checks.likeness import day_slip
from press.checks.moments import timed
from press.checks.tellings import GivenValue, dates_of, values_in
from press.checks.texts import Passage, chapters
from press.content.load import Loaded
from press.dates.days import Day
from press.dates.typed import typed

_HEADING = re.compile(r"^(?P<level>#{1,6})\s+(?P<words>.+)$", re.MULTILINE)
_ORDINAL = re.compile(r"(?P<day>[^\W\d_]+(?:-[^\W\d_]+)?)\s+of\s+(?P<month>[^\W\d_]+)")
_FEWEST = 2


class Section(NamedTuple):
    """A heading with what stands under it: where its words begin, and where the section ends."""

    passage: Passage
    begin: int
    words: str
    end: int


def heading_disagrees(loaded: Loaded) -> Iterator[Remark]:
    """W418: a heading has a day or a number that nothing under it has, which has another like it.

    Why: A heading is read first and corrected last. A day counts where neither the section nor any
        event has it, and the section has one that is nearly it; a number of something, where the
        section counts the same and has another number of them.
    Wrong: ## Thirteen days
        They were on the mountain for three days.
    Right: ## Three days
        They were on the mountain for three days.
    Remedy: Correct the heading, or what stands under it.
    """
    for section in _sections(loaded):
        yield from _other_day(loaded, section)
        yield from _other_number(loaded, section)


def _sections(loaded: Loaded) -> Iterator[Section]:
    """Each section of the chapters, up to the next heading of its level or above."""
    for passage in chapters(loaded):
        found = list(_HEADING.finditer(passage.written))
        for number, match in enumerate(found):
            after = (m for m in found[number + 1 :] if len(m["level"]) <= len(match["level"]))
            following = next(after, None)
            end = following.start() if following else len(passage.own)
            own = passage.own[match.start("words") : match.end("words")]
            yield Section(passage, match.start("words"), own, end)


def _other_day(loaded: Loaded, section: Section) -> Iterator[Remark]:
    day = _day(section.words, known(loaded).language)
    if day is None:
        return
    every = {
        one[1:] for e in loaded.dossier.events.values() for d in e.all_dates for one in dates_of(d)
    }
    there = set()
    for sentence in (one for paragraph in timed(loaded) for one in paragraph):
        inside = section.begin + len(section.words) <= sentence.offset < section.end
        if sentence.passage is section.passage and inside:
            for moment in sentence.moments:
                for number in {moment.time.first, moment.time.last}:
                    there.add((Day.of(number).month, Day.of(number).day))
    alike = [one for one in sorted(there) if day_slip((None, *day), (None, *one))]
    if day not in every | there and alike:
        message = f"nothing under {section.words.strip()!r} is of that day"
        other = "-".join(f"{part:02}" for part in alike[0])
        hint = f"what is nearly of it is of {other} (month and day); correct one of the two"
        yield section.passage.at(section.begin), message, hint


def _day(words: str, language: str) -> tuple[int, int] | None:
    """Month and day of a heading: 18 August, the eighteenth of August."""
    for date in typed(words, language):
        if len(date.days) == 1:
            return date.month, date.days[0]
    match = _ORDINAL.search(words)
    number = ordinals(language).get(plain(match["day"])) if match else None
    for date in typed(f"{number} {match['month']}", language) if match and number else ():
        return (date.month, date.days[0]) if date.days else None
    return None


def _other_number(loaded: Loaded, section: Section) -> Iterator[Remark]:
    language = known(loaded).language
    under = section.passage.own[section.begin + len(section.words) : section.end]
    for value in values_in(section.words, language):
        what = _first(section.words, value)
        if not what or not value.numbers or max(value.numbers) < _FEWEST:
            continue
        counted = (v for v in values_in(under, language) if v.numbers)
        same = [one for one in counted if _first(under, one) == what]
        if same and not any(value.numbers & one.numbers for one in same):
            shown = section.words[value.begin :].strip()
            other = " ".join(under[same[0].begin :].split()[:2]).rstrip(".,;:")
            message = f"{shown!r} heads what has {other!r}, and that number nowhere"
            at = section.passage.at(section.begin + value.begin)
            yield at, message, "correct one of the two"


def _first(text: str, value: GivenValue) -> str:
    """The first word behind a number, without its ending."""
    match = re.match(r"[\s\u00a0-]+([^\W\d_]+)", text[value.end :])
    return match[1].casefold()[:4] if match else ""
