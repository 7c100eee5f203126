"""How facts of the dossier read in print: one place, so that every view says the same words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from babel.lists import format_list

from press import dates, locale
from press.dates import Style
from press.model import Claim, Dossier, Event, Ref


def event_date(event: Event, language: str, style: Style = "long", *, year: bool = True) -> str:
    """The date of an event in words; where it is contested, every account of it.

    The author's own words (``printed``) win, as long as they fit: the shorter styles are for axes
    and maps and always come from the data.
    """
    claims = event.dated_claims
    if not claims:
        if event.printed and style == "long":
            return event.printed
        return dates.show(event.when, language, style, year=year)
    if style == "long" and any(claim.printed for claim in claims):
        words = [claim_date(claim, language) for claim in claims]
        return either(list(dict.fromkeys(words)), language)
    return dates.show_either(event.all_dates, language, style, year=year)


def claim_date(claim: Claim, language: str, style: Style = "long") -> str:
    """The date that one account gives, in words; empty where it speaks of something else."""
    if claim.date is None:
        return ""
    if claim.printed and style == "long":
        return claim.printed
    return dates.show(claim.date, language, style)


def either(words: Sequence[str], language: str) -> str:
    """Alternatives joined as the language joins them: "a, b or c"."""
    return str(format_list(list(words), "or", locale=locale.cldr(language)))


def span(events: Sequence[Event], language: str, precision: dates.Precision = "day") -> str:
    """From the first of the events to the last, no finer than ``precision``."""
    found = dates.spanning(date for event in events for date in event.all_dates)
    return dates.show(dates.coarsen(found, precision), language)


def count(ref: Ref, dossier: Dossier) -> int:
    """How many things of the kind that ``ref`` counts the dossier has."""
    if ref.rows:
        return len(dossier.tables[ref.rows].rows)
    if ref.count == "events":
        chosen = dossier.chronology.events
        return sum(ref.category in (None, event.category) for event in chosen)
    things: Mapping[str, Sequence[object]] = {
        "places": dossier.gazetteer.places,
        "sources": dossier.sources.sources,
        "terms": dossier.glossary.terms,
    }
    return len(things[ref.count or "places"])


def labels(dossier: Dossier) -> Mapping[str, tuple[str, int]]:
    """Kind word and number of everything that is numbered, by anchor: ("map", 1) and so on."""
    numbered: dict[str, tuple[str, int]] = {}
    counts: dict[str, int] = {}

    def number(anchor: str, kind: str) -> None:
        counts[kind] = counts.get(kind, 0) + 1
        numbered[anchor] = (kind, counts[kind])

    for plate in dossier.plates.plates:
        number(f"plate-{plate.id}", plate.kind)
    for table in dossier.tables:
        number(f"table-{table}", "table")
    for image in dossier.images.images:
        number(f"image-{image.id}", "figure")
    return numbered


def label(dossier: Dossier, anchor: str) -> str:
    """What a numbered thing is called in print: "Map 1", "Table 2"."""
    kind, number = labels(dossier)[anchor]
    words = locale.messages(dossier.meta.language)
    return f"{words[f'label.{kind}']}\u00a0{number}"
