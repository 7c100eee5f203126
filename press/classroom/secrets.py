"""Answers that a pupil's worksheet must not show, and everything that a view shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from markupsafe import Markup
from pydantic import BaseModel

from press.views.strip_links import texts


@dataclass(frozen=True)
class Secret:
    """An answer that the pupil's worksheet must not show: of what, its words, and how to tell.

    ``loc`` is the question's place in questions.yaml, or empty. ``alone`` says that the words may
    not stand anywhere on the worksheet; else only what the view itself prints may have them.
    """

    task: str
    words: str
    loc: tuple[str | int, ...] = ()
    alone: bool = False


def printed(value: object) -> Iterator[str]:
    """Every piece of text that a view holds, for what may stand on the pages."""
    match value:
        case Markup():
            yield from texts(value)
        case str():
            yield value
        case Secret():
            return
        case BaseModel():
            yield from printed(list(vars(value).values()))
        case tuple() | list():
            for inner in value:
                yield from printed(inner)
        case _ if is_dataclass(value):
            for each in fields(value):
                yield from printed(getattr(value, each.name))
