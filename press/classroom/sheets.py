"""The views that handout, worksheet and answers print.

Where answers are not to be printed, a view does not hold them at all: ``answer`` fields are empty,
whatever a template may do with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from string import ascii_lowercase, ascii_uppercase

from markupsafe import Markup, escape

from press import dates
from press.classroom import tasks
from press.classroom.lean import lean, plain, said
from press.classroom.seeds import disordered, seed_of, shuffled
from press.content import facts
from press.content.model import Entry, Event, Question, Reading
from press.views.book import (
    NOTHING,
    CategoryView,
    ClaimView,
    EventView,
    Html,
    InfoboxView,
    PhaseView,
    ValueView,
    Views,
)

LINES_PER_POINT = 2
"""Lines to write on for each point of an open question, where the author gives none."""
PROMPTS = ("who", "when", "whom", "says", "leaves-out")
"""The questions that a source is asked, as the catalogue words them."""


@dataclass(frozen=True)
class Secret:
    """An answer that the pupil's sheet must not show: what it answers, its words, and how to tell.

    ``loc`` is the question's place in questions.yaml, or empty. ``alone`` says that the words may
    not stand anywhere on the sheet; else only what the view itself prints may have them.
    """

    task: str
    words: str
    loc: tuple[str | int, ...] = ()
    alone: bool = False


@dataclass(frozen=True)
class Answer:
    """One part of an answer, and who says so where accounts differ; empty on the pupil's sheet."""

    html: Html
    says: Html = NOTHING


@dataclass(frozen=True)
class Choice:
    """An option to tick, an event to number, or one side of a match; ``mark`` is the answer."""

    letter: str
    html: Html
    mark: str = ""


@dataclass(frozen=True)
class QuestionView:
    """A question with room for its answer; ``lines`` is the number of lines to write on.

    ``reasoned`` and ``placed`` say that the answers print why, and where to look.
    """

    number: int
    id: str
    kind: str
    html: Html
    points: int
    page: str
    lines: int
    answers: tuple[Answer, ...] = ()
    because: Html = NOTHING
    options: tuple[Choice, ...] = ()
    partners: tuple[Choice, ...] = ()
    cites: Html = NOTHING
    about: tuple[Html, ...] = ()
    reasoned: bool = False
    placed: bool = False


@dataclass(frozen=True)
class Gap:
    """A place for a missing word, and what belongs there, if it may be known.

    ``width`` is in ems; 0 where it takes the whole column.
    """

    number: int
    width: float
    answer: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of text, or a gap in it."""

    text: str = ""
    gap: Gap | None = None


@dataclass(frozen=True)
class GapRow:
    """A row of the chronology with a gap; ``dates`` is how many dates accounts give."""

    date: tuple[Piece, ...]
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    dates: int


@dataclass(frozen=True)
class Card:
    """A card to cut out: its letter, what happened, and its place in the order as the answer."""

    letter: str
    title: str
    text: str
    place: str = ""


@dataclass(frozen=True)
class ReadingView:
    """A passage to question, and what to ask of it."""

    introduction: Html
    paragraphs: tuple[Html, ...]
    language: str
    by: Html
    label: Html
    prompts: tuple[Html, ...]
    entry: Html = NOTHING
    checked: Html = NOTHING


@dataclass(frozen=True)
class MapTask:
    """The map to label, and the names to choose from."""

    title: str
    figure: Html
    names: tuple[str, ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class MatchTask:
    """Terms and their meanings, each side in an order of its own."""

    terms: tuple[Choice, ...]
    meanings: tuple[Choice, ...]


@dataclass(frozen=True)
class Sheet:
    """One pupil's worksheet."""

    number: int
    seed: int
    name: str
    group: str
    map: MapTask | None
    rows: tuple[GapRow, ...]
    cards: tuple[Card, ...]
    readings: tuple[ReadingView, ...]
    match: MatchTask | None
    questions: tuple[QuestionView, ...]
    points: int
    secrets: tuple[Secret, ...] = field(default=(), repr=False)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Its gaps by number, each once however often its name is missing."""
        pieces = (piece for row in self.rows for piece in (*row.date, *row.title, *row.text))
        return tuple({piece.gap.number: piece.gap for piece in pieces if piece.gap}.values())


@dataclass(frozen=True)
class Head:
    """What every sheet says of the dossier it is drawn from."""

    title: str
    subtitle: str
    kicker: str
    standfirst: Html
    language: str
    issued: str
    issued_iso: str
    modified_iso: str
    imprint: Mapping[str, str]
    rights: Mapping[str, str]
    keywords: tuple[str, ...]
    disclaimer: Html


@dataclass(frozen=True)
class Worksheets(Head):
    """Worksheets, one or a class set; with ``answers`` in place where those are to be printed."""

    sheets: tuple[Sheet, ...] = ()
    answers: bool = False


@dataclass(frozen=True)
class HandoutView(Head):
    """One sheet of two sides.

    ``lines`` stand under each question, as many as there is room for; ``accounts`` says that those
    of contested events are printed out. ``sources`` are named, ``further`` says how many are not.
    """

    infobox: InfoboxView | None = None
    phases: tuple[PhaseView, ...] = ()
    categories: tuple[CategoryView, ...] = ()
    contested: bool = False
    map: Html = NOTHING
    questions: tuple[QuestionView, ...] = ()
    sources: tuple[Html, ...] = ()
    further: str = ""
    accounts: bool = True
    credits: tuple[str, ...] = ()
    lines: int = 0


@dataclass(frozen=True)
class Pupil:
    """Somebody for whom a worksheet is printed, and the seed by which it is made."""

    seed: int
    name: str = ""
    group: str = ""


def nobody(slug: str) -> Pupil:
    """The pupil of a sheet that is for everybody: its seed is the dossier's."""
    return Pupil(seed_of(slug))


def head(view: Views, standfirst: Html | None = None, keywords: bool = True) -> dict[str, object]:
    """The fields of Head, for a view that has more."""
    meta = view.dossier.meta
    return {
        "title": meta.title,
        "subtitle": meta.subtitle,
        "kicker": meta.kicker or meta.imprint.series,
        "standfirst": lean(view.text(meta.standfirst)) if standfirst is None else standfirst,
        "language": meta.language,
        "issued": dates.show(meta.issued, meta.language),
        "issued_iso": meta.issued.text,
        "modified_iso": (meta.revisions[-1].date if meta.revisions else meta.issued).text,
        "imprint": meta.imprint.model_dump(),
        "rights": meta.rights.model_dump(),
        "keywords": meta.keywords if keywords else (),
        "disclaimer": lean(view.text(meta.disclaimer)),
    }


# -- the worksheet ---------------------------------------------------------------------------------


def worksheets(
    view: Views,
    pupils: Sequence[Pupil],
    task: MapTask | None,
    blanks: Sequence[str],
    answers: bool,
) -> Worksheets:
    """A worksheet for each of ``pupils``, with the map of ``task``, whose blanks are these places.

    What belongs to all is made once.
    """
    common = _Common(view, task, tuple(blanks), answers, tuple(_readings(view, answers)))
    sheets = tuple(_sheet(common, pupil, n) for n, pupil in enumerate(pupils, start=1))
    words = view.words["worksheet.about"].format(title=view.dossier.meta.title)
    return Worksheets(
        **head(view, escape(words), keywords=False),  # type: ignore[arg-type]
        sheets=sheets,
        answers=answers,
    )


@dataclass(frozen=True)
class _Common:
    """What all sheets of a set share."""

    view: Views
    map: MapTask | None
    blanks: tuple[str, ...]
    answers: bool
    readings: tuple[ReadingView, ...]


def _sheet(common: _Common, pupil: Pupil, number: int) -> Sheet:
    view, seed = common.view, pupil.seed
    dossier = view.dossier
    asked = dossier.questions.questions
    secrets = [secret for n, q in enumerate(asked) for secret in _question_secrets(view, q, n)]

    def words(text: str) -> str:
        return plain(view.text(text))

    alone = [secret.words for secret in secrets if secret.alone]
    chosen = tasks.choose(dossier, seed, alone, words)
    rows = tuple(_gap_row(common, row, n, words) for n, row in enumerate(chosen.rows, start=1))
    secrets += [
        Secret(f"gap {n}", form)
        for n, row in enumerate(chosen.rows, start=1)
        for form in (tasks.date_forms(row.event, view.language) if row.dated else (row.name,))
    ]
    match, matched = _match(common, seed, alone, words)
    if common.map:
        secrets += [
            Secret(f"map {n}", dossier.places[ident].name)
            for n, ident in enumerate(common.blanks, start=1)
        ]
    questions = tuple(
        _question(common, question, seed, n) for n, question in enumerate(asked, start=1)
    )
    return Sheet(
        number=number,
        seed=seed,
        name=pupil.name,
        group=pupil.group,
        map=_of_its_own(common.map, number),
        rows=rows,
        cards=tuple(_cards(common, chosen.cards, seed, words)),
        readings=common.readings,
        match=match,
        questions=questions,
        points=sum(question.points for question in asked),
        secrets=() if common.answers else (*secrets, *matched),
    )


def _of_its_own(task: MapTask | None, number: int) -> MapTask | None:
    """The map with ids of its own, for a document may have each only once."""
    if task is None or number == 1:
        return task
    figure = re.sub(
        r'(\bid="|url\(#|href="#)', lambda found: f"{found[1]}sheet-{number}-", str(task.figure)
    )
    return replace(task, figure=Markup(figure))  # noqa: S704 our own drawing


def _gap_row(common: _Common, row: tasks.Row, number: int, words: tasks.Words) -> GapRow:
    event, language = row.event, common.view.language
    date = facts.event_date(event, language)
    missing = date if row.dated else row.name
    width = 0.0 if row.dated else _width(missing)  # a date has its column
    gap = Gap(number, width, missing if common.answers else "")
    shown = (Piece(gap=gap),) if row.dated else (Piece(date),)
    return GapRow(
        shown,
        tuple(_cut(words(event.title), row.name, gap)),
        tuple(_cut(words(event.text), row.name, gap)),
        len(event.dated_claims),
    )


def _cut(text: str, name: str, gap: Gap) -> Iterator[Piece]:
    for index, piece in enumerate(tasks.pieces(text, name)):
        if index:
            yield Piece(gap=gap)
        if piece:
            yield Piece(piece)


def _width(missing: str) -> float:
    """Room for handwriting, in ems, in steps, so that it tells little of the word's length."""
    return max(7.0, 3.5 * -(-len(missing) * 0.62 // 3.5))


def _cards(
    common: _Common, events: Sequence[Event], seed: int, words: tasks.Words
) -> Iterator[Card]:
    order = {event.id: n for n, event in enumerate(events, start=1)}
    mixed = disordered(events, seed, "cards", lambda event: event.id)
    for letter, event in zip(ascii_uppercase, mixed, strict=False):
        place = str(order[event.id]) if common.answers else ""
        yield Card(letter, words(event.title), words(event.text), place)


def _match(
    common: _Common, seed: int, secrets: Sequence[str], words: tasks.Words
) -> tuple[MatchTask | None, tuple[Secret, ...]]:
    chosen = tasks.terms(common.view.dossier, seed, secrets, words)
    if not chosen:
        return None, ()
    listed = sorted(chosen, key=lambda term: term.term.casefold())
    mixed = disordered(listed, seed, "meanings", lambda term: term.id)
    letters = {term.id: letter for letter, term in zip(ascii_lowercase, mixed, strict=False)}
    view = common.view
    terms = tuple(
        Choice(str(n), escape(term.term), letters[term.id] if common.answers else "")
        for n, term in enumerate(listed, start=1)
    )
    meanings = tuple(Choice(letters[term.id], lean(view.text(term.definition))) for term in mixed)
    return MatchTask(terms, meanings), ()


# -- questions -------------------------------------------------------------------------------------


def _question(common: _Common, question: Question, seed: int, number: int) -> QuestionView:
    view, shown = common.view, common.answers
    options, partners = _choices(common, question, seed)
    lines = question.lines or max(2, LINES_PER_POINT * question.points)
    written = question.kind in ("open", "map")
    dates_and_names = () if question.kind in ("order", "match") else tuple(_answers(view, question))
    return QuestionView(
        number=number,
        id=question.id,
        kind=question.kind,
        html=lean(view.text(question.question)),
        points=question.points,
        page=question.page,
        lines=lines if written else 0,
        answers=dates_and_names if shown and written else (),
        because=lean(view.text(question.because)) if shown else NOTHING,
        options=options,
        partners=partners,
        cites=lean(view.prose.cites(question.sources)) if shown else NOTHING,
        about=tuple(_about(view, question)) if shown else (),
        reasoned=bool(question.because),
        placed=bool(question.about or question.sources),
    )


def _about(view: Views, question: Question) -> Iterator[Html]:
    """What a question is about, by the names that chronology and back matter have."""
    dossier = view.dossier
    for ident in question.about:
        if ident in dossier.events:
            yield lean(view.text(dossier.events[ident].title))
        elif ident in dossier.places:
            yield escape(dossier.places[ident].name)
        elif ident in dossier.terms:
            yield escape(dossier.terms[ident].term)


def _choices(
    common: _Common, question: Question, seed: int
) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """What is ticked, numbered or matched, and for a match its other side."""
    view, shown, part = common.view, common.answers, f"question/{question.id}"
    match question.kind:
        case "choice":
            right, wrong = _printed(view, question.answer[0]), question.options
            texts = [right, *(_printed(view, entry) for entry in wrong)]
            mixed = shuffled(texts, seed, part, str)
            return tuple(
                Choice(letter, html, "✓" if shown and html == right else "")
                for letter, html in zip(ascii_uppercase, mixed, strict=False)
            ), ()
        case "true-false":
            answer = question.answer[0].text
            return tuple(
                Choice(word, escape(view.words[f"worksheet.{word}"]),
                       "✓" if shown and word == answer else "")
                for word in ("true", "false")
            ), ()  # fmt: skip
        case "order":
            events = [view.dossier.events[i] for i in question.order if i in view.dossier.events]
            order = sorted(events, key=lambda event: event.when.sort_key)
            mixed_events = disordered(order, seed, part, lambda event: event.id)
            return tuple(
                Choice(letter, lean(view.text(event.title)),
                       str(order.index(event) + 1) if shown else "")
                for letter, event in zip(ascii_uppercase, mixed_events, strict=False)
            ), ()  # fmt: skip
        case "match":
            sides = [(_printed(view, p.item), _printed(view, p.goes_with)) for p in question.pairs]
            mixed_sides = disordered(sides, seed, part, lambda side: str(side[1]))
            letters = dict(zip((side[1] for side in mixed_sides), ascii_lowercase, strict=False))
            return tuple(
                Choice(str(n), item, letters[other] if shown else "")
                for n, (item, other) in enumerate(sides, start=1)
            ), tuple(Choice(letters[other], other) for _, other in mixed_sides)
        case _:
            return (), ()


def _printed(view: Views, entry: Entry) -> Html:
    """A value as one line, whatever it refers to."""
    value = view.value(entry)
    if value.claims:
        return Markup("; ").join(lean(claim.html) for claim in value.claims)
    return lean(value.html)


def _answers(view: Views, question: Question) -> Iterator[Answer]:
    for entry in question.answer:
        value = view.value(entry)
        if plain(value.html):
            yield Answer(lean(value.html), lean(value.note))
        yield from (Answer(lean(c.html), lean(c.says)) for c in value.claims)


def _question_secrets(view: Views, question: Question, index: int) -> Iterator[Secret]:
    """What tells the answer of a question wherever it stands, and what does where it is planted."""
    loc = ("questions", index)
    found = [plain(answer.html) for answer in _answers(view, question)]
    if question.because:
        found.append(plain(view.text(question.because)))
    for words in found:
        if question.kind != "true-false" or words not in ("true", "false"):
            alone = question.kind in ("open", "map") and tasks.tells(words)
            yield Secret(f"question {question.id}", words, loc, alone)


# -- readings --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Quote:
    """A quote block of a chapter."""

    source: str
    options: Mapping[str, str]
    paragraphs: tuple[str, ...]


_BLOCK = re.compile(r"^/// *quote\b[^\n]*\n(.*?)^///\s*$", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"^\s*([a-z]+):\s*(.*)$")


def quotes(chapters: Iterable[str]) -> Iterator[_Quote]:
    """The quote blocks in the Markdown of chapters, with their options and paragraphs."""
    for body in chapters:
        for block in _BLOCK.finditer(body):
            options: dict[str, str] = {}
            lines = block[1].split("\n")
            while lines and (option := _OPTION.match(lines[0])):
                options[option[1]] = option[2].strip()
                lines.pop(0)
            parts = re.split(r"\n\s*\n", "\n".join(lines).strip())
            source = options.get("source", "").partition(",")[0].strip().lstrip("@")
            yield _Quote(source, options, tuple(" ".join(part.split()) for part in parts))


def _readings(view: Views, answers: bool) -> Iterator[ReadingView]:
    """The passages that the author lists, or the quotes of the chapters where none are listed."""
    dossier = view.dossier
    found = list(quotes(chapter.body for chapter in dossier.chapters))
    listed = dossier.questions.sources_to_read or tuple(
        Reading.model_validate({"source": q.source}) for q in found[:2] if q.source
    )
    for reading in listed:
        source = dossier.bibliography.get(reading.source.source)
        quote = next((q for q in found if q.source == reading.source.source), None)
        if source is None or not (reading.text or quote):
            continue
        paragraphs = (reading.text,) if reading.text or quote is None else quote.paragraphs
        at = reading.source.at or (quote.options.get("at", "") if quote else "")
        by = reading.by or (quote.options.get("by", "") if quote else "")
        language = quote.options.get("lang", "") if quote and not reading.text else ""
        label = view.citations.label(source.id)
        label = Markup(", ").join([label, escape(at)]) if at else label
        prompts = reading.prompts or [view.words[f"worksheet.prompt.{name}"] for name in PROMPTS]
        yield ReadingView(
            introduction=lean(view.text(reading.introduction)),
            paragraphs=tuple(lean(view.text(text)) for text in paragraphs),
            language=language,
            by=lean(view.text(by)),
            label=lean(label),
            prompts=tuple(lean(view.text(prompt)) for prompt in prompts),
            entry=lean(view.citations.entry(source.id)) if answers else NOTHING,
            checked=lean(view.text(source.checked)) if answers else NOTHING,
        )


# -- the handout -----------------------------------------------------------------------------------

NAMED_SOURCES = 12
"""Sources that the handout names, primary ones before all others."""
HANDOUT_QUESTIONS = 3
"""Questions on the handout, where the author marks none."""


def handout(view: Views, picture: Html, credits_: tuple[str, ...]) -> HandoutView:
    """The handout around its ``picture``: essential rows and events, and some questions."""
    dossier, words = view.dossier, view.words
    events = {event.id for event in tasks.essential(dossier)}
    phases = []
    cited: dict[str, None] = {}
    for phase, members in dossier.phases():
        kept = [event for event in members if event.id in events]
        for event in kept:
            cited |= dict.fromkeys(cite.source for cite in (
                *event.sources, *(c for claim in event.claims for c in claim.sources)))  # fmt: skip
        if kept:
            phases.append(
                PhaseView(
                    id=phase.id if phase else "before",
                    title=view.phase_title(phase),
                    span=facts.span(kept, view.language, "month"),
                    events=tuple(_essential(view, event) for event in kept),
                )
            )
    asked = dossier.questions.questions
    chosen = [q for q in asked if q.handout] or asked[:HANDOUT_QUESTIONS]
    common = _Common(view, None, (), False, ())
    seed = seed_of(dossier.slug)
    known = [ident for ident in cited if ident in dossier.bibliography]
    primary = [ident for ident in known if dossier.bibliography[ident].kind == "primary"]
    named = (primary or known)[:NAMED_SOURCES]
    return HandoutView(
        **head(view),  # type: ignore[arg-type]
        infobox=_short_infobox(view),
        phases=tuple(phases),
        categories=tuple(view.categories.values()),
        contested=any(dossier.events[ident].contested for ident in events),
        map=picture,
        questions=tuple(_question(common, q, seed, n) for n, q in enumerate(chosen, start=1)),
        sources=tuple(lean(view.citations.label(ident)) for ident in named),
        further=_further(len(known) - len(named), words),
        credits=credits_,
    )


def _further(number: int, words: Mapping[str, str]) -> str:
    """How many sources the dossier names beside those on the handout; empty for none."""
    key = "handout.further.one" if number == 1 else "handout.further.other"
    return words[key].format(n=number) if number else ""


def _essential(view: Views, event: Event) -> EventView:
    whole = view.event(event, 0)
    return replace(
        whole, title=lean(whole.title), text=lean(whole.text), places=NOTHING, cites=NOTHING,
        plates=NOTHING, claims=tuple(_lean_claim(claim) for claim in whole.claims),
    )  # fmt: skip


def _lean_claim(claim: ClaimView) -> ClaimView:
    return replace(
        claim, html=lean(claim.html), says=lean(claim.says), reason=lean(claim.reason),
        cites=NOTHING,
    )  # fmt: skip


def _short_infobox(view: Views) -> InfoboxView | None:
    """The infobox with its essential rows only, without notes and citations."""
    box, model = view.infobox(), view.dossier.infobox
    if box is None or model is None:
        return None
    marked = [row.essential for row in model.rows]
    chosen = [row for row, keep in zip(box.rows, marked, strict=True) if keep or not any(marked)]
    rows = tuple(
        replace(
            row,
            values=tuple(_lean_value(value) for value in row.values),
            sides=tuple(
                replace(side, values=tuple(_lean_value(value) for value in side.values))
                for side in row.sides
            ),
            note=NOTHING,
            cites=NOTHING,
        )
        for row in chosen
    )
    return replace(box, rows=rows, note=NOTHING)


def _lean_value(value: ValueView) -> ValueView:
    claims = tuple(_lean_claim(claim) for claim in value.claims)
    return replace(
        value, html=lean(value.html), note=lean(value.note), cites=NOTHING, claims=claims
    )


# -- all words of a view ---------------------------------------------------------------------------


def printed(value: object) -> Iterator[str]:
    """Every piece of text that a view holds, for what may stand on the pages."""
    if isinstance(value, Markup):
        yield from said(value)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Secret):
        return
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from printed(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from printed(inner)
    elif is_dataclass(value):
        for each in fields(value):
            yield from printed(getattr(value, each.name))
