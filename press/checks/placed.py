"""Places said to lie in the region of others, and events said to have been where others were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from press.base.finding import Remark, place_text
from press.base.own_yaml import beside
from press.checks.clauses import any_of, plain, words_of
from press.checks.happened import grammar_of
from press.checks.known import Sentence, known, own_sentences, stems_of
from press.checks.named_events import linked_events
from press.checks.prose_dates import is_judged
from press.checks.texts import THING
from press.content.load import Loaded
from press.content.model import Event, Place, Question
from press.content.walk import each

_SHARED = 2
"""Words of an event that a sentence has which tells of it."""
_HINT = "correct it, or district: in gazetteer.yaml"


def elsewhere(loaded: Loaded) -> Iterator[Remark]:
    """Places in another region than their own, and events at another place than theirs."""
    if not _table(known(loaded).language):
        return
    regions = _regions(loaded)
    data = known(loaded)
    named = any_of(regions)
    for passage, offset, text in own_sentences(loaded):
        if passage.name.startswith(("place.", "source.")) or is_judged(loaded, passage):
            continue
        lies = regions and named.search(text) and not grammar_of(loaded).attributed.search(text)
        if not (lies or THING in text):
            continue
        sentence = data.read(passage, offset, text)
        if sentence.places and lies:
            yield from _in_region(loaded, sentence, named)
        if len(sentence.places) == 1:
            yield from _event_elsewhere(loaded, sentence)
    yield from _pairs(loaded, regions)


def _table(language: str) -> Mapping[str, str]:
    table: Mapping[str, str] = beside(__file__).get(language.partition("-")[0], {})
    return table


# -- regions ---------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _regions(loaded: Loaded) -> Mapping[str, str]:
    """The last part of each district, Java of "Banten, Java", as it is looked up and as written.

    None where all places have the same one, and none that is a place itself or a part of another.
    """
    parts = [_parts(place) for place in loaded.dossier.gazetteer.places if place.district]
    whole = {found[-1] for found in parts if len(found) > 1}
    inner = {plain(part) for found in parts for part in found[:-1]}
    names = {plain(place.name) for place in loaded.dossier.gazetteer.places}
    found = {plain(one): one for one in whole if plain(one) not in names | inner}
    return found if len(found) > 1 else {}


def _parts(place: Place) -> list[str]:
    return [part.strip() for part in place.district.split(",") if part.strip()]


def _is_outside(place: Place, region: str) -> bool:
    """Whether a place lies in another region than this: that has its own last part."""
    parts = [plain(part) for part in _parts(place)]
    return len(parts) > 1 and region not in parts


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between a place and its region, and between two places of a list."""
    table = _table(language)
    lie, into, part, and_ = (
        any_of(words_of(" ".join(table[key].split()))).pattern
        for key in ("lie", "in", "part", "and")
    )
    between = rf",?\s+(?:(?:{lie})\s+(?:[a-zß-ÿ]+\s+)?)?{into}\s+(?:{part}\s+{into}\s+|the\s+)?"
    return re.compile(between), re.compile(rf"\s*(?:,\s*(?:{and_}\s+)?|\s+{and_}\s+)")


def _in_region(loaded: Loaded, sentence: Sentence, named: re.Pattern[str]) -> Iterator[Remark]:
    """Anjer and Telok Betong stand on the coast of Java; Merak on that of Sumatra."""
    between, listed = _patterns(known(loaded).language)
    spots = sorted(
        (begin, _end(loaded, sentence, ident, begin), ident)
        for ident, all_ in sentence.spots.items()
        for begin in all_
    )
    text = sentence.text
    for match in named.finditer(text):
        chain: list[tuple[int, str]] = []
        at = match.start()
        for begin, end, ident in reversed([spot for spot in spots if spot[1] <= match.start()]):
            pattern = listed if chain else between
            if not pattern.fullmatch(text, end, at):
                break
            chain.append((begin, ident))
            at = begin
        for begin, ident in chain:
            place = loaded.dossier.places[ident]
            if _is_outside(place, plain(match[0])):
                message = f"{place.name} is said to lie in {match[0]}, and lies in "
                message += f"{place.district} ({place_text(_where(loaded, place))})"
                yield sentence.at(begin), message, _HINT
                break


def _end(loaded: Loaded, sentence: Sentence, ident: str, begin: int) -> int:
    """Where a place that is named, or linked to, ends."""
    for name in sorted(known(loaded).names_of([ident]), key=len, reverse=True):
        if sentence.text.startswith(name, begin):
            return begin + len(name)
    written = sentence.passage.written[sentence.offset + begin :]
    return begin + written.index("]]") + 2 if written.startswith("[[") else begin


def _where(loaded: Loaded, place: Place) -> tuple[str, int, int]:
    for at, one in each(loaded, Place):
        if one is place:
            return at("district")
    return "gazetteer.yaml", 0, 0


def _pairs(loaded: Loaded, regions: Mapping[str, str]) -> Iterator[Remark]:
    """Places to be matched with a region in which they do not lie, as others of them do."""
    places = {plain(name): place for place in loaded.dossier.gazetteer.places
              for name in (place.name, *place.also)}  # fmt: skip
    for at, question in each(loaded, Question):
        for turned in (False, True):
            found = []
            for number, pair in enumerate(question.pairs):
                name, region = (pair.item, pair.goes_with)[:: -1 if turned else 1]
                place = loaded.dossier.places.get(name.place or "") or places.get(plain(name.text))
                if place and place.district and region.text:
                    right = plain(region.text) in {plain(part) for part in _parts(place)}
                    found.append((number, place, region.text, right))
            sure = sum(right for *_, right in found)
            for number, place, told, right in found:
                if not right and (sure or plain(told) in regions):
                    message = f"{place.name} is not in {told}, but in {place.district}"
                    yield at("pairs", number, "item" if turned else "goes-with"), message, _HINT


# -- events ----------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _lead(language: str) -> re.Pattern[str]:
    """A word before a place that says that something was there, and none that says otherwise."""
    table = _table(language)
    at, apart = (any_of(words_of(table[key])).pattern for key in ("at", "apart"))
    return re.compile(rf"(?<!\w)(?<!born )(?!{apart}){at}\s+(?:[a-z]+\s+)?$", re.IGNORECASE)


def _event_elsewhere(loaded: Loaded, sentence: Sentence) -> Iterator[Remark]:
    """A sentence that links to one event and has it at another place of the kind of its own."""
    events = {event.id: event for event in linked_events(loaded, sentence)}
    if len(events) != 1 or len(sentence.places) != 1:
        return
    (event,), (ident,) = events.values(), sentence.places
    place, data = loaded.dossier.places[ident], known(loaded)
    own = [loaded.dossier.places[one] for one in event.places if one in data.places]
    if not own or ident in event.places or place.kind not in {one.kind for one in own}:
        return
    begin = min(sentence.spots[ident])
    if not _lead(data.language).search(sentence.text[:begin]) or _names(loaded, event, ident):
        return
    link = sentence.passage.written.index(event.id, sentence.offset) - sentence.offset
    first, last = sorted((begin, link))
    if grammar_of(loaded).clause.search(sentence.text, first, last):
        return
    told = stems_of(f"{event.title} {event.text}", data.language) - data.of_places
    if len(told & sentence.stems) >= _SHARED:
        names = " and ".join(one.name for one in own)
        message = f"event {event.id!r} is told of at {place.name}, and was at {names}"
        yield sentence.at(begin), message, f"correct the place, or places: of {event.id!r}"


def _names(loaded: Loaded, event: Event, ident: str) -> bool:
    """Whether the words of an event, or of its sources, name a place."""
    claims = (cite for claim in event.claims for cite in claim.sources)
    words = "; ".join((event.title, event.text, *(c.text for c in (*event.sources, *claims))))
    return f"[[{ident}" in words or any(n in words for n in known(loaded).names_of([ident]))
