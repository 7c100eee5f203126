"""What the plates of a dossier ask for against what their drawings show: names, dates and shapes.

Every place and event, every area, line and arrow is looked for in the drawing as it was set, and in
the words around it; and what a rule of ``plate.css`` or a token hides is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from press.base.finding import PageRemark, Place
from press.base.scripts import is_joined
from press.base.units import counted
from press.content import facts
from press.content.load import Loaded
from press.content.model import Event, Map
from press.plates import Drawing
from press.plates.shaping import as_seen
from press.typeset.blame import blaming, token_of
from press.typeset.expected import Expected
from press.typeset.page_checks import short
from press.typeset.printed_words import letters_of, printed_text, words_of
from press.typeset.set_drawings import SetMark
from press.typeset.typeset import SetPages

NAMED = 5
"""Things that one finding names, of many that one rule hides."""
LAID = ("areas", "lines", "arrows")
"""What an author lays over a map, as plates.yaml has it."""
ROOM = "report this fault; meanwhile give the plate more room, or show: less"


@dataclass(frozen=True)
class _Plate:
    """A plate on the pages: its drawing, its number in plates.yaml, its words and its marks."""

    drawing: Drawing
    number: int
    loaded: Loaded
    text: str
    marks: Sequence[SetMark]

    def at(self, *loc: str | int) -> Place:
        """The place of something in its entry."""
        return self.loaded.at("plates.yaml", "plates", self.number, *loc)

    def times(self, words: str) -> int:
        """How often these words stand on it, but for what the author wrote around its picture."""
        one, wanted = self.drawing, words_of(words)
        around = (one.title, one.subtitle, one.span, one.caption, one.note, *one.remarks)
        beside = sum(words_of(text).count(wanted) for text in around)
        whole = self.text.count(wanted) - beside
        letters = letters_of(self.text)
        return whole or letters.count(letters_of(wanted)) - beside or _times_shaped(words, letters)


def _times_shaped(words: str, letters: str) -> int:
    """How often shaped words stand on a plate: each is written there as it stands on paper."""
    if not is_joined(words):
        return 0
    seen = (letters_of(words_of(as_seen(word))) for word in words.split())
    return min((letters.count(word) for word in seen if word), default=0)


def not_on_plates(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P464: a place, event, date, area, line or arrow that a plate ought to show and does not."""
    yield from _hidden(pages, expected)
    for plate in _plates(pages, expected):
        named = f"is not on {plate.drawing.number}, which shows it"
        for name in _names(plate):
            if plate.times(name) <= 0 and name not in plate.drawing.dropped:
                yield plate.at(), f"{short(name)} {named}", ROOM, 0, None
        for event, date in _undated(plate):
            message = f"the date {short(date)} of {short(event.title)} {named}"
            yield plate.at(), message, ROOM, 0, None
        for loc, name in _unmarked(plate):
            yield plate.at(*loc), f"{name} {named}", ROOM, 0, None


def _plates(pages: SetPages, expected: Expected) -> Iterator[_Plate]:
    """The plates on the pages."""
    if expected.loaded is None or not pages.text:
        return
    said = printed_text(pages.text)
    listed = [plate.id for plate in expected.loaded.dossier.plates.plates]
    for drawing in expected.drawings:
        figures = [f"plate-{part.id}" for part in (drawing, *drawing.further)]
        text = " ".join(map(said.within, figures))
        marks = [mark for mark in pages.marks if mark.figure in figures]
        if text:
            yield _Plate(drawing, listed.index(drawing.id), expected.loaded, text, marks)


# -- names and dates -----------------------------------------------------------------------------


def _names(plate: _Plate) -> Iterator[str]:
    """The names that a plate prints: of places on a map, of events on a time line."""
    drawing, dossier = plate.drawing, plate.loaded.dossier
    if drawing.kind == "timeline":
        yield from (dossier.events[one].title for one in sorted(drawing.events))
    else:
        named = drawing.places - {*drawing.blanks}
        yield from (dossier.places[one].name for one in sorted(named) if one in dossier.places)
        yield from _names_alone(plate)


def _names_alone(plate: _Plate) -> Iterator[str]:
    """Those of areas that have nothing else on a map."""
    entry, drawing = plate.loaded.dossier.plates.plates[plate.number], plate.drawing
    faulty = {fault.loc[:2] for fault in drawing.faults}
    if isinstance(entry, Map) and not drawing.blanks:
        for number, area in enumerate(entry.areas):
            if area.style == "name" and ("areas", number) not in faulty:
                yield area.label or area.name or ""


def _undated(plate: _Plate) -> Iterator[tuple[Event, str]]:
    """Events of a time line, and of dated areas, whose date the plate does not print, with that."""
    alike: dict[tuple[str, ...], list[Event]] = {}
    for event in _dated(plate):
        alike.setdefault(tuple(dict.fromkeys(_forms(event, plate))), []).append(event)
    for forms, events in alike.items():
        printed = max(map(plate.times, forms))
        wanted = len(events) if plate.drawing.kind == "timeline" else 1
        if printed < wanted and not {one.title for one in events} & {*plate.drawing.dropped}:
            yield events[-1], forms[0]


def _dated(plate: _Plate) -> Iterator[Event]:
    dossier, entry = plate.loaded.dossier, plate.loaded.dossier.plates.plates[plate.number]
    if plate.drawing.kind == "timeline":
        yield from (dossier.events[one] for one in sorted(plate.drawing.events))
    elif isinstance(entry, Map) and not plate.drawing.blanks:
        faulty = {fault.loc[:2] for fault in plate.drawing.faults}
        own = (a.event for n, a in enumerate(entry.areas) if ("areas", n) not in faulty)
        known = dossier.events
        yield from (known[one] for one in dict.fromkeys(own) if one is not None and one in known)


def _forms(event: Event, plate: _Plate) -> Iterator[str]:
    """An event's date as a plate may print it, fullest first."""
    dossier = plate.loaded.dossier
    entry = dossier.plates.plates[plate.number]
    language = (isinstance(entry, Map) and entry.language) or dossier.meta.language
    forms = [facts.event_date(event, language, "short", year=year) for year in (True, False)]
    if own := event.printed:
        forms += [own, own.removesuffix(str(event.when.earliest.year)).rstrip(" ,\u00a0")]
    yield from (form for form in forms if words_of(form))


# -- shapes --------------------------------------------------------------------------------------


def _unmarked(plate: _Plate) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(location, name) of what is laid over a map, or marked on a plate, and not drawn at all."""
    drawn = {name for mark in plate.marks for name in mark.of}
    for loc, mark, name in _wanted(plate):
        if mark not in drawn:
            yield loc, name


def _wanted(plate: _Plate) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """(location, mark, name) of all that must be drawn on a plate."""
    drawing, dossier = plate.drawing, plate.loaded.dossier
    entry = dossier.plates.plates[plate.number]
    if not isinstance(entry, Map):
        for one in sorted(drawing.events):
            yield (), f"event-{one}", f"the sign of {short(dossier.events[one].title)}"
        return
    for one in sorted(drawing.places & dossier.places.keys()):
        yield (), f"place-{one}", f"the sign of {short(dossier.places[one].name)}"
    faulty = {fault.loc[:2] for fault in drawing.faults}
    for kind in LAID:
        for number, laid in enumerate(getattr(entry, kind)):
            if (kind, number) not in faulty and getattr(laid, "style", "") != "name":
                yield (kind, number), f"{kind}-{number}", _called(kind, laid)


def _called(kind: str, laid: object) -> str:
    names = (getattr(laid, name, None) for name in ("label", "name", "legend", "iso", "file"))
    through = " to ".join(getattr(laid, "through", ()))
    return f"the {kind.removesuffix('s')} {next(filter(None, names), through)!r}"


# -- what a rule hides ---------------------------------------------------------------------------


def _hidden(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """One remark for each declaration that hides words or shapes in drawings."""
    found: dict[str, list[SetMark]] = {}
    for mark in pages.marks:
        if mark.hidden:
            found.setdefault(mark.hidden, []).append(mark)
    for why, marks in found.items():
        names = _few(dict.fromkeys(_mark_name(mark, expected) for mark in marks))
        message = f"{names} cannot be seen: {why}"
        if len(marks) > 1:
            many = counted(len(marks), "name" if all(mark.words for mark in marks) else "thing")
            message = f"{many} in drawings cannot be seen, {why}: {names}"
        classes = _few(dict.fromkeys(f".{name}" for m in marks for name in m.classes.split()[:1]))
        hint = f"mend the rule for {classes} in styles/plate.css, or a token that it takes"
        if token := token_of(expected, [why.partition(": ")[2].partition(" on ")[0]]):
            hint = blaming(token)
        yield _figure_place(marks[0].figure, expected), message, hint, 0, None


def _few(names: Iterable[str]) -> str:
    """The first of ``names``, and how many more there are."""
    every = list(names)
    more = len(every) - NAMED
    return ", ".join(every[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _mark_name(mark: SetMark, expected: Expected) -> str:
    """What a mark is called, and on which plate it is."""
    numbers = {f"plate-{part.id}": one.number for one in expected.drawings
               for part in (one, *one.further)}  # fmt: skip
    where = f" on {numbers[mark.figure]}" if mark.figure in numbers else ""
    if mark.words:
        return f"{short(mark.words)}{where}"
    if not mark.of or expected.loaded is None:
        return f"a sign{where}"
    kind, _, ident = mark.of[-1].partition("-")
    dossier = expected.loaded.dossier
    if kind in LAID:
        listed = dossier.plates.plates
        entry = next((p for p in listed if f"plate-{p.id}" == mark.figure), None)
        return f"{_called(kind, getattr(entry, kind)[int(ident)])}{where}" if entry else kind
    known = dossier.events.get(ident) or dossier.places.get(ident)
    named = getattr(known, "title", "") or getattr(known, "name", "") or ident
    return f"the sign of {short(named)}{where}"


def _figure_place(figure: str, expected: Expected) -> Place:
    """The entry of a plate; of another drawing, the sheet that draws it."""
    if expected.loaded is not None:
        for number, plate in enumerate(expected.loaded.dossier.plates.plates):
            if figure == f"plate-{plate.id}":
                return expected.loaded.at("plates.yaml", "plates", number)
    return "styles/plate.css", 0, 0


CHECKS = (not_on_plates,)
"""What is held against the drawings."""
