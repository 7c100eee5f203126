"""The handout: one sheet of two sides, the essentials and a map before, what happened behind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from press import locale
from press.classroom.answerable import OnHandout, lacking, on_handout, told_events
from press.classroom.questions import QuestionView, question_view
from press.classroom.seeds import seed_of
from press.content.model import Dossier, Map, Question, Timeline
from press.design.styles import Style
from press.plates import Drawing
from press.plates.style import HALF, token_length
from press.prose import Prose
from press.prose.sentences import CONTESTED, accounts_joined, is_closed
from press.prose.values import SEMICOLON
from press.views import infobox
from press.views.essentials import Essentials, Named, essential_events, essentials
from press.views.strip_links import UnlinkedProse
from press.views.values import NOTHING, ClaimView, ValueView
from press.views.view import LEAST, SLACK, Bench

PICTURE = "picture"
"""The anchor at which its picture begins."""
MOST_LINES = 12
"""The most lines to write on under a question."""
FEW = 3
"""Lines of which none is given up for the names of sources."""
GAP = 5.0
"""Millimetres between a map and a timeline below it."""
QUESTIONS = 3
"""Questions on the handout, where the author marks none."""


@dataclass(frozen=True)
class TooTall:
    """The plate of this ``id`` takes ``height`` mm, of which the front has ``left``."""

    id: str
    height: float
    left: float


@dataclass(frozen=True)
class HandoutView(Essentials):
    """One sheet of two sides.

    ``lines`` stand under each question, as many as there is room for. ``accounts`` are the events
    whose accounts are printed out, of those where sources disagree. ``timeline`` stands under a map
    that leaves the front room for it. ``too_tall`` is the picture for which it has not enough.
    """

    infobox: infobox.InfoboxView | None = None
    questions: tuple[QuestionView, ...] = ()
    accounts: frozenset[str] = frozenset()
    lines: int = 0
    timeline: Markup = NOTHING
    too_tall: TooTall | None = None

    @property
    def sample(self) -> Markup:
        """What the legend shows as contested: a date or value, else what an account says."""
        events = (event for phase in self.phases for event in phase.events)
        told = (one.html for e in events if e.id in self.accounts for one in e.claims)
        return self.contested or next(told, NOTHING)

    def in_a_line(self, claims: Iterable[ClaimView]) -> Markup:
        """Accounts that differ, each with what it measures and who says so in brackets."""
        preferred = escape(locale.messages(self.language)["preferred"])
        given = (
            (
                CONTESTED.format(claim.html),
                SEMICOLON.join(
                    filter(None, (claim.scope, claim.says, preferred * claim.preferred))
                ),
            )
            for claim in claims
        )
        return accounts_joined(given, self.language)

    def remarks(self, value: ValueView, note: Markup = NOTHING) -> Markup:
        """The note of a value and that of its row, each a sentence of its own behind it.

        Behind one value of few words that is no sentence its note goes on.
        """
        said = value.html or self.in_a_line(value.claims)
        told = [one for one in (value.note, note) if one]
        if not told:
            return NOTHING
        apart = bool(value.claims) or told[0] is note
        stops = [said, *told] if apart else told
        return NOTHING.join(
            Markup('{} <span class="remark">{}</span>').format(stop, one)
            for stop, one in zip(_stops(stops, apart), told, strict=True)
        )


def _stops(texts: Sequence[Markup], apart: bool) -> Iterator[str]:
    """The stop before each note: none where a mark ends what stands before it."""
    if not apart:
        yield ""
    yield from ("" if is_closed(text) else "." for text in texts[:-1])


def view(bench: Bench, prose: UnlinkedProse) -> tuple[HandoutView, tuple[Drawing, ...]]:
    """The roomiest handout that keeps to its pages, its picture as large as the front has room for.

    Where not even the tightest keeps to its pages, that comes back, for the proof to complain of.
    The picture is left out of the trials: it takes what the rest of the front leaves.
    """
    dossier, most = bench.dossier, bench.edition.most_pages or 2

    tried: dict[tuple[object, ...], tuple[int, float]] = {}

    def probe(trial: HandoutView) -> tuple[int, float]:
        choice = trial.accounts, trial.lines, len(trial.sources), len(trial.further)
        if choice not in tried:
            pages, tops = bench.probe(bench.document(trial))
            tried[choice] = pages, tops.get(PICTURE, 0.0)
        return tried[choice]

    handout = everything(bench, prose)
    asked = questions_of(handout, prose)
    handout = replace(handout, questions=tuple(_questions(asked, prose)))
    choices = accounts_choices(dossier, asked)
    handout = fitted(handout, choices, lambda trial: probe(trial)[0] <= most)
    plate = _picture_of(dossier)
    if plate is None:
        return handout, ()
    _, top = probe(handout)
    left = _room_left(bench.style, top) - SLACK
    height = max(LEAST, left)
    drawing = _drawn(bench, plate, height)
    tall = TooTall(plate.id, drawing.total, left) if drawing.total > left >= LEAST else None
    handout = replace(handout, map=bench.figure(drawing), too_tall=tall)
    below = _timeline_below(bench, plate, height - drawing.total - GAP)
    if below is None:
        return handout, (drawing,)
    return replace(handout, timeline=bench.figure(below)), (drawing, below)


def _drawn(bench: Bench, plate: Map | Timeline, height: float) -> Drawing:
    room = {"--plate-height": f"{height / HALF:.2f}mm", "--plate-parts": "1"}
    return bench.draw(_for_copying(plate), room)


def _timeline_below(bench: Bench, plate: Map | Timeline, height: float) -> Drawing | None:
    """The first timeline, where a map above it leaves ``height`` mm and it is whole in them."""
    timeline = _first_timeline(bench.dossier)
    if timeline is None or isinstance(plate, Timeline) or height < LEAST:
        return None
    drawing = _drawn(bench, timeline, height)
    whole = drawing.total <= height and not (drawing.dropped or drawing.faults or drawing.further)
    return drawing if whole else None


def _first_timeline(dossier: Dossier) -> Timeline | None:
    return next((one for one in dossier.plates.plates if isinstance(one, Timeline)), None)


def everything(bench: Bench, prose: Prose) -> HandoutView:
    """All that a handout may print, without its questions and its map; it may be too long."""
    dossier, plate = bench.dossier, _picture_of(bench.dossier)
    plates = (plate, _first_timeline(dossier)) if isinstance(plate, Map) else (plate,)
    rows = infobox.essential_rows(dossier)
    box = infobox.view(dossier, prose, rows)
    whole = HandoutView(
        **essentials(dossier, prose, bench.style, filter(None, plates), rows),
        infobox=box,
        accounts=frozenset(dossier.events),
    )
    return replace(whole, contested=whole.contested or (box.contested if box else NOTHING))


def fitted(
    handout: HandoutView,
    choices: Mapping[frozenset[str], int],
    fits: Callable[[HandoutView], bool],
) -> HandoutView:
    """``handout`` with the first ``choices`` of accounts that fit, and as many lines as then do.

    Each choice comes with the fewest lines under a question that it must leave room for.
    """
    brief = _naming(handout, handout.fewer[-1]) if handout.fewer else handout
    for accounts, least in choices.items():
        tightest = replace(brief, accounts=accounts, lines=least)
        if not fits(tightest):
            continue
        more = range(least + 1, MOST_LINES + 1)
        lines = bisect_left(more, True, key=lambda n: not fits(replace(tightest, lines=n)))
        return _with_sources(replace(tightest, lines=least + lines), handout, fits)
    return tightest


def _with_sources(
    brief: HandoutView, whole: HandoutView, fits: Callable[[HandoutView], bool]
) -> HandoutView:
    """``brief`` with as many of the sources of ``whole`` as cost at most one line."""
    for named in ((whole.sources, whole.further), *whole.fewer[:-1]):
        roomy = _naming(brief, named)
        ways = [roomy, replace(roomy, lines=roomy.lines - 1)] if roomy.lines > FEW else [roomy]
        for way in ways if roomy != brief else ():
            if fits(way):
                return way
    return brief


def _naming(handout: HandoutView, named: Named) -> HandoutView:
    return replace(handout, sources=named[0], further=named[1])


def accounts_choices(dossier: Dossier, asked: Iterable[Question]) -> Mapping[frozenset[str], int]:
    """Whose accounts to print, the most first: of all, of those that are asked about, of none.

    Those that ``asked`` are about matter more than lines to write on; others do not.
    """
    every = (*asked, *dossier.questions.questions)
    here, all_asked = (
        frozenset(event for question in some for event in told_events(question))
        for some in (asked, every)
    )
    ways = ((frozenset(dossier.events), 1), (all_asked, 1), (here, 0), (frozenset[str](), 0))
    return {accounts & frozenset(dossier.events): least for accounts, least in ways}


def texts_of(handout: HandoutView, *others: object) -> OnHandout:
    """What a handout prints, with ``others`` beside it."""
    texts = (
        handout.title,
        handout.standfirst,
        handout.infobox,
        handout.map,
        handout.timeline,
        *others,
    )
    return on_handout(handout.phases, handout.accounts, texts)


def questions_of(handout: HandoutView, prose: UnlinkedProse) -> tuple[Question, ...]:
    """The questions that the author marks for the handout, or else the first that it answers."""
    dossier = prose.dossier
    asked = dossier.questions.questions
    if marked := tuple(question for question in asked if question.handout):
        return marked
    known = texts_of(replace(handout, accounts=frozenset(dossier.events)), _names_on_map(dossier))
    answered = [q for q in asked if not any(lacking(q, known, prose))]
    return tuple(answered[:QUESTIONS])


def _names_on_map(dossier: Dossier) -> tuple[str, ...]:
    """The places of the essential events: where there is a map, it has their names."""
    ids = (ident for event in essential_events(dossier) for ident in event.places)
    return tuple(dossier.places[ident].name for ident in ids if ident in dossier.places)


def _questions(asked: Iterable[Question], prose: Prose) -> Iterator[QuestionView]:
    seed = seed_of(prose.dossier.slug)
    for number, question in enumerate(asked, start=1):
        yield question_view(question, number, seed, prose, answers=False)


def _picture_of(dossier: Dossier) -> Map | Timeline | None:
    """The plate that a handout shows: the first map, or else the first timeline."""
    listed = dossier.plates.plates
    maps = [plate for plate in listed if isinstance(plate, Map)]
    return next(iter((*maps, *listed)), None)


def _for_copying(plate: Map | Timeline) -> Map | Timeline:
    """A plate of half a page that a copier in grey does not muddy: no heights, no shading."""
    changes: dict[str, object] = {"size": "half", "note": ""}
    if isinstance(plate, Map):
        changes |= {"relief": False, "tints": False}
    return plate.model_copy(update=changes)


def _room_left(style: Style, y: float) -> float:
    """Millimetres from ``y`` mm below the sheet's upper edge to its lower margin."""
    tall = token_length(style, "--sheet-height", 297.0)
    return tall - token_length(style, "--margin-bottom", 15.0) - y
