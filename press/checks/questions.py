"""Questions for a class: that each can be answered, and in one way only."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from press import dates
from press.base.finding import Remark
from press.content.load import Loaded
from press.content.model import Event, Extract, Map, Question
from press.content.walk import each
from press.dates import show
from press.prose.quotes import quotes


def undecided_order(loaded: Loaded) -> Iterator[Remark]:
    """E243: a question asks for the order of events whose dates overlap.

    Why: By one account the one comes first, by another the other, or both fall on one day; no
        answer would be right.
    Wrong: kind: order
        order: [summit, fall]           # both on 14 July
    Right: kind: order
        order: [first-attempt, summit]
    Remedy: Leave one of the two out, or ask an open question about them.
    """
    events, language = loaded.dossier.events, loaded.dossier.meta.language
    for at, question in each(loaded, Question):
        known = [(n, events[ident]) for n, ident in enumerate(question.order) if ident in events]
        for (_, one), (number, other) in combinations(known, 2):
            if _whole(one).overlaps(_whole(other)):
                message = (
                    f"{one.id!r} ({show(_whole(one), language)}) and {other.id!r} "
                    f"({show(_whole(other), language)}) have no certain order"
                )
                left = ", ".join(ident for ident in question.order if ident != other.id)
                hint = f"write order: [{left}], or ask about both with kind: open"
                if len(question.order) <= 2:
                    hint = "put another event in the place of one, or write kind: open and answer:"
                yield at("order", number), message, hint


def _whole(event: Event) -> dates.Date:
    """From the first date that an account gives to the last."""
    return dates.spanning(event.all_dates)


def answers_among_wrong_ones(loaded: Loaded) -> Iterator[Remark]:
    """E244: the right answer of a choice stands among its options, or one option stands twice.

    Why: The options are the wrong answers; two boxes would be right, or two the same.
    Wrong: kind: choice
        answer: Breuil
        options: [Zermatt, Breuil]
    Right: kind: choice
        answer: Breuil
        options: [Zermatt, Chamonix]
    Remedy: Delete the option.
    """
    for at, question in each(loaded, Question):
        seen = list(question.answer)
        for number, option in enumerate(question.options):
            if option in seen:
                message = f"question {question.id!r} has one answer twice"
                yield at("options", number), message, "delete it"
            seen.append(option)


def map_without_a_map(loaded: Loaded) -> Iterator[Remark]:
    """E245: a question is to be answered from a map, and there is none.

    Why: The worksheet would send the class to a plate that it does not have.
    Wrong: kind: map                       # and no map in plates.yaml
    Right: kind: open
    Remedy: Add a map to plates.yaml, or change the kind.
    """
    if any(isinstance(plate, Map) for plate in loaded.dossier.plates.plates):
        return
    for at, question in each(loaded, Question):
        if question.kind == "map" and loaded.declared["plate"] is not None:
            message = f"question {question.id!r} needs a map, and plates.yaml has none"
            yield at("kind"), message, "add a map, or change the kind"


def passage_without_words(loaded: Loaded) -> Iterator[Remark]:
    """E246: a passage is to be read, and nothing of it is given.

    Why: Without words of its own, or a chapter's quote from that source, nothing can be printed.
    Wrong: sources-to-read:
        - source: whymper                # and no chapter quotes it
    Right: sources-to-read:
        - {source: whymper, text: "For an hour we revelled in the view."}
    Remedy: Write the passage as text:, quote it in a chapter as /// quote, or delete the entry.
    """
    written = [name for name in loaded.snapshot.files if name.startswith("chapters/")]
    if len(written) > len(loaded.dossier.chapters):
        return  # one of them could not be read, and may have the quote
    quoted = {quote.source for quote in quotes(c.body for c in loaded.dossier.chapters)}
    for at, reading in each(loaded, Extract):
        source = reading.source.source
        if not reading.text and source not in quoted:
            hint = f"write text: …, or quote it in a chapter: /// quote, source: {source}"
            yield at("source"), f"no words to read: no chapter quotes {source!r}", hint
