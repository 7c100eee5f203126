"""Questions as a sheet prints them: with room for the answer, options to tick, sides to match.

Where answers are not to be printed a view does not hold them at all, whatever a template may do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase, ascii_uppercase

from markupsafe import Markup, escape

from press import locale
from press.classroom.seeds import disordered, shuffled
from press.classroom.telling import Sought, sought_answer
from press.content.model import Entry, Question
from press.dates import Date
from press.prose import Prose
from press.prose.sentences import begun
from press.views.strip_links import folded, words
from press.views.values import NOTHING, value

LINES_PER_POINT = 2
"""Lines to write on for each point of an open question, where the author gives none."""
WRITTEN = ("open", "map")
"""Kinds of questions that are answered in words."""


@dataclass(frozen=True)
class Secret:
    """An answer that the pupil's worksheet must not show: of what, and how it may be written.

    ``file`` and ``loc`` are its place in the content, or empty. ``alone`` says that it may not
    stand anywhere on the worksheet; else not beside its own task, and not where it is no part of
    the view.
    """

    task: str
    sought: Sought
    file: str = ""
    loc: tuple[str | int, ...] = ()
    alone: bool = False


@dataclass(frozen=True)
class Answer:
    """One part of an answer, and who says so where accounts differ."""

    html: Markup
    says: Markup = NOTHING


@dataclass(frozen=True)
class Choice:
    """An option to tick, an event to number, or one side of a match; ``mark`` is the answer."""

    letter: str
    html: Markup
    mark: str = ""


@dataclass(frozen=True)
class QuestionView:
    """A question with room for its answer; ``lines`` is the number of lines to write on."""

    number: int
    id: str
    kind: str
    html: Markup
    points: int
    page: str
    lines: int
    options: tuple[Choice, ...]
    partners: tuple[Choice, ...]
    answers: tuple[Answer, ...] = ()
    because: Markup = NOTHING
    cites: Markup = NOTHING
    about: tuple[Markup, ...] = ()


def question_view(
    question: Question, number: int, seed: int, prose: Prose, answers: bool
) -> QuestionView:
    """A question as the sheet of ``seed`` asks it, with its ``answers`` in place if wanted."""
    options, partners = _choices(question, seed, prose)
    written = question.kind in WRITTEN
    parts = sum(max(1, len(entry.claims)) for entry in question.answer)
    lines = question.lines or max(2, LINES_PER_POINT * max(question.points, parts))
    asked = QuestionView(
        number=number,
        id=question.id,
        kind=question.kind,
        html=prose.inline(question.question),
        points=question.points,
        page=question.page,
        lines=lines if written else 0,
        options=unmarked(options),
        partners=partners,
    )
    if not answers:
        return asked
    return replace(
        asked,
        options=options,
        answers=tuple(_answers(question, prose)) if written else (),
        because=begun(prose.inline(question.because), prose.language),
        cites=begun(prose.cites(question.sources), prose.language),
        about=tuple(_about(question, prose)),
    )


def unmarked(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Choices without the marks that answer them."""
    return tuple(replace(choice, mark="") for choice in choices)


def question_secrets(question: Question, index: int, prose: Prose) -> Iterator[Secret]:
    """What tells the answer of a question wherever it stands, and what does where it is planted."""
    task, loc = f"question {question.id}", ("questions", index)
    known = tuple(_dates_of(question, prose))
    found = [words(answer.html) for answer in _answers(question, prose)]
    if question.because:
        found.append(words(prose.inline(question.because)))
    if known:
        yield Secret(task, Sought((), known), "questions.yaml", loc, question.kind in WRITTEN)
    for answer in found:
        if question.kind != "true-false" or answer not in ("true", "false"):
            sought = sought_answer(answer)
            alone = question.kind in WRITTEN and (is_long(answer) or bool(sought.number))
            yield Secret(task, sought, "questions.yaml", loc, alone)


def _dates_of(question: Question, prose: Prose) -> Iterator[Date]:
    """The dates for which a question asks by naming their events."""
    for entry in question.answer:
        event = prose.dossier.events.get(entry.event or (entry.fact or "").removesuffix(".date"))
        if event is not None:
            yield from event.all_dates


def is_long(answer: str) -> bool:
    """Whether it is long enough to be an answer wherever it stands."""
    found = folded(answer).split()
    return len(found) > 1 and sum(map(len, found)) >= 8


def _about(question: Question, prose: Prose) -> Iterator[Markup]:
    """What a question is about, by the names that chronology and back matter have."""
    dossier = prose.dossier
    for ident in question.about:
        if ident in dossier.events:
            yield prose.inline(dossier.events[ident].title)
        elif ident in dossier.places:
            yield escape(dossier.places[ident].name)
        elif ident in dossier.terms:
            yield escape(dossier.terms[ident].term)


def _answers(question: Question, prose: Prose) -> Iterator[Answer]:
    for entry in question.answer:
        printed = value(entry, prose)
        if words(printed.html):
            yield Answer(printed.html, printed.note)
        for claim in printed.claims:
            said = [part for part in (claim.scope, claim.says) if part]
            yield Answer(claim.html, Markup("; ").join(said))


# -- what is ticked, numbered or matched -----------------------------------------------------------

Choices = tuple[Choice, ...]
Pair = tuple[Markup, Markup]
"""What belongs together: what stands on the left, and its partner."""


def _choices(question: Question, seed: int, prose: Prose) -> tuple[Choices, Choices]:
    """The options of a question, their answers marked, and for a match its other side."""
    part = f"question/{question.id}"
    match question.kind:
        case "choice":
            right, *wrong = (_line(e, prose) for e in (question.answer[0], *question.options))
            mixed = shuffled([right, *wrong], seed, part, str)
            return _lettered((html, "✓" if html == right else "") for html in mixed), ()
        case "true-false":
            return tuple(_true_or_false(question.answer[0].text, prose.language)), ()
        case "order":
            known = prose.dossier.events
            events = [known[ident] for ident in question.order if ident in known]
            order = prose.dossier.in_time(events)
            jumbled = disordered(order, seed, part, lambda event: event.id)
            return _lettered((prose.inline(e.title), str(order.index(e) + 1)) for e in jumbled), ()
        case "match":
            pairs = [(_line(p.item, prose), _line(p.goes_with, prose)) for p in question.pairs]
            return matched(pairs, disordered(pairs, seed, part, lambda pair: str(pair[1])))
        case _:
            return (), ()


def matched(pairs: Sequence[Pair], jumbled: Sequence[Pair]) -> tuple[Choices, Choices]:
    """The left sides, numbered in their order, and the right sides, lettered as they are jumbled.

    Each left side has the letter of its right side as its mark.
    """
    letters = {pair: letter for letter, pair in zip(ascii_lowercase, jumbled, strict=False)}
    lefts = (Choice(str(n), pair[0], letters[pair]) for n, pair in enumerate(pairs, start=1))
    return tuple(lefts), tuple(Choice(letters[pair], pair[1]) for pair in jumbled)


def _lettered(options: Iterable[tuple[Markup, str]]) -> Choices:
    """Options with their marks under the letters A, B, C."""
    lettered = zip(ascii_uppercase, options, strict=False)
    return tuple(Choice(letter, html, mark) for letter, (html, mark) in lettered)


def _true_or_false(right: str, language: str) -> Iterator[Choice]:
    names = locale.messages(language)
    for word in ("true", "false"):
        yield Choice(word, escape(names[f"worksheet.{word}"]), "✓" if word == right else "")


def _line(entry: Entry, prose: Prose) -> Markup:
    """A value as one line, whatever it refers to."""
    printed = value(entry, prose)
    return Markup("; ").join(claim.html for claim in printed.claims) or printed.html
