"""questions.yaml: what classes are asked, and what they are given to read."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from press import locale
from press.content.model.infobox import Entries, Entry
from press.content.model.values import (
    Cite,
    Cites,
    Events,
    Expected,
    Places,
    PlateId,
    Slug,
    Texts,
    Things,
    Value,
    Words,
    WordsText,
    fault,
)

PROMPTS = ("who", "when", "whom", "says", "leaves-out")
"""The questions that a source is asked where the author has no other, by their names."""

QuestionKind = Literal["open", "choice", "true-false", "order", "match", "map"]


_EITHER = "write answer: true or answer: false; what is to be said of it goes in because:"


class MatchedPair(Value):
    """Two things that belong together in a question of the kind ``match``."""

    item: Entry
    goes_with: Entry


class Question(Value):
    """A question for a class, with its answer: in words, or drawn from the dossier's data."""

    one_of = ("answer", "order", "pairs")

    id: Slug
    question: WordsText
    kind: QuestionKind = Field(
        "open",
        description="open: written; choice: among options; true-false; order: events by their "
        "dates; match: pairs; map: answered from the map",
    )
    answer: Entries = Field((), description="the answer, or each part of it that earns a point")
    options: Entries = Field((), description="choice: the wrong answers; the right one is answer")
    order: Events = Field((), description="order: events; the press knows their order")
    pairs: tuple[MatchedPair, ...] = Field((), description="match: what belongs together")
    because: Words = Field("", description="why the answer is right, printed with the answers")
    points: int = Field(1, ge=1, le=30)
    lines: int | None = Field(None, ge=1, le=30, description="lines to write on; else by points")
    about: Things = Field((), description="events, places and terms that the question is about")
    page: str = Field("", description="where to read: page 14, or a book and its page")
    handout: bool = Field(False, description="printed on the handout")
    sources: Cites = ()

    @model_validator(mode="before")
    @classmethod
    def _true_or_false(cls, value: Any) -> Any:
        """A true-false question's answer in any word of our languages becomes true or false."""
        if not isinstance(value, dict) or value.get("kind") != "true-false":
            return value
        answer = value.get("answer")
        answer = answer[0] if isinstance(answer, list) and len(answer) == 1 else answer
        word = answer.get("text") if isinstance(answer, dict) else answer
        said = locale.truth(word) if isinstance(word, str) else None
        if said is None:
            return value
        told = "true" if said else "false"
        return {**value, "answer": {**answer, "text": told} if isinstance(answer, dict) else told}

    @model_validator(mode="after")
    def _answered(self) -> Self:
        given = {name for name in self.one_of if getattr(self, name)}
        wanted = {"order": "order", "match": "pairs"}.get(self.kind, "answer")
        if wanted not in given:
            raise fault("E191", f"question of kind {self.kind} has no {wanted}", f"add {wanted}: …")
        if given != {wanted}:
            extra = sorted(given - {wanted})
            message = f"question of kind {self.kind} does not use {', '.join(extra)}"
            hint = f"delete it, or change kind ({wanted} is what {self.kind} uses)"
            raise fault("E192", message, hint, (extra[0],))
        if self.options and self.kind != "choice":
            message = f"question of kind {self.kind} has options, which only kind: choice prints"
            hint = "write kind: choice, and keep the wrong answers alone in options"
            raise fault("E193", message, hint, ("options",))
        if self.kind == "choice" and not self.options:
            hint = "add options: [a wrong answer, another]; the right one stays in answer"
            raise fault("E193", "question of kind choice has no options", hint)
        if self.kind in ("choice", "true-false") and len(self.answer) != 1:
            raise fault("E194", f"question of kind {self.kind} has several answers", "keep one")
        if self.kind == "true-false" and self.answer[0].text not in ("true", "false"):
            typed = self.answer[0].text
            said = locale.truth_meant(typed)
            hint = _EITHER if said is None else f"write answer: {str(said).lower()}"
            message = f"the answer {typed!r} is neither true nor false".replace(" ''", "")
            raise fault("E194", message, hint, ("answer",))
        if len(self.order or self.pairs) == 1:
            raise fault("E195", "there is only one thing to put in its place", "give several")
        return self


class Extract(Value):
    """A passage for the page on which sources are questioned."""

    source: Cite
    text: str = Field("", description="the passage; else the quote that a chapter has from it")
    by: str = Field("", description="who speaks, where that is not the source's author")
    about: Things = ()
    introduction: Words = ""
    prompts: Texts = Field((), description="what to ask of it; else who, when, for whom, and so on")
    expect: Expected = Field(
        (), description="what a good answer says, to each of the prompts in turn; '' for none"
    )

    @model_validator(mode="after")
    def _asked(self) -> Self:
        asked = len(self.prompts) or len(PROMPTS)
        if len(self.expect) > asked:
            message = (
                f"more answers are expected ({len(self.expect)}) than there are prompts ({asked})"
            )
            raise fault("E198", message, "give one to each of prompts, in their order; '' for none")
        return self


class Worksheet(Value):
    """What the worksheet takes from the dossier."""

    map: PlateId | None = Field(None, description="the map plate to label; else the first")
    label: Places = Field((), description="places to label; else those of the essential events")
    gaps: int = Field(10, ge=0, le=24, description="rows of the chronology with gaps")
    cards: int = Field(8, ge=0, le=24, description="cards to cut out and order")
    match: int = Field(6, ge=0, le=12, description="terms to match with their meanings")


class Questions(Value):
    """questions.yaml: what classes are asked, and what they are given to read."""

    questions: tuple[Question, ...] = ()
    sources_to_read: tuple[Extract, ...] = ()
    worksheet: Worksheet = Worksheet.model_validate({})
