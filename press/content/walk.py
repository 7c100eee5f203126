"""Every value of a dossier, with where it was written.

``at("title")`` is the place of a value's title, ``at("claims", 0)`` that of its first account.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from press.base.finding import Place
from press.content import kinds
from press.content.load import Loaded
from press.content.model import Claim, Event
from press.content.shapes import key_of
from press.content.yaml import Loc

At = Callable[..., Place]
T = TypeVar("T")


@lru_cache(maxsize=2)
def walk(loaded: Loaded) -> tuple[tuple[str, Loc, BaseModel], ...]:
    """(file, location, value) of every model in the dossier, outermost first."""
    return tuple(
        (file, loc, inner)
        for file, value in kinds.values(loaded.dossier)
        if file in loaded.parsed and file not in loaded.broken
        for loc, inner in _inside(value, ())
    )


def _inside(value: object, loc: Loc) -> Iterator[tuple[Loc, BaseModel]]:
    if isinstance(value, BaseModel):
        yield loc, value
        for field in fields(value):
            yield from _inside(field.held, (*loc, field.key))
    elif isinstance(value, tuple | list):
        for index, inner in enumerate(value):
            yield from _inside(inner, (*loc, index))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _inside(inner, (*loc, key))


class Field(NamedTuple):
    """A field of a value: its name, its key in YAML, how it is declared, and what it holds."""

    name: str
    key: str
    info: FieldInfo
    held: Any


def fields(value: BaseModel) -> Iterator[Field]:
    """The fields of a value, in the order of its model."""
    given = value.__dict__
    for name, key, info in _declared(type(value)):
        if name in given:
            yield Field(name, key, info, given[name])


@cache
def _declared(model: type[BaseModel]) -> tuple[tuple[str, str, FieldInfo], ...]:
    """The fields of a model, each with its key in YAML and how it is declared."""
    return tuple((name, key_of(name, info), info) for name, info in model.model_fields.items())


def each(loaded: Loaded, model: type[T]) -> Iterator[tuple[At, T]]:
    """Every value of a model, in the order of the files."""
    for file, loc, value in walk(loaded):
        if isinstance(value, model):
            yield partial(loaded.at, file, *loc), value


def accounts(event: Event) -> Iterator[tuple[Loc, Event | Claim]]:
    """The event itself and its claims, each with the steps that lead to it."""
    yield (), event
    yield from ((("claims", number), claim) for number, claim in enumerate(event.claims))


def twins(
    values: Iterable[tuple[At, T]], keys: Callable[[T], Iterable[Hashable]]
) -> Iterator[tuple[At, T, T]]:
    """Each value that shares a key with one before it, and the first of those.

    Not where they share their id as well: that is found by itself (E202).
    """
    first: dict[Hashable, T] = {}
    for at, value in values:
        own = tuple(keys(value))
        twin = next((first[key] for key in own if key in first), None)
        if twin is not None and not same_id(value, twin):
            yield at, value, twin
        for key in own:
            first.setdefault(key, value)


def same_id(one: object, two: object) -> bool:
    """Whether two entries have one id, and so are one entry given twice."""
    ident = getattr(one, "id", None)
    return ident is not None and ident == getattr(two, "id", None)
