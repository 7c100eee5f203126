"""What the models want at a place of a file: which keys, and what is written behind them."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from press.content.model import Coordinates, TableRow, Value
from press.content.model.values import as_list
from press.content.source_text import Loc

_HOLDERS = (Union, types.UnionType, Annotated, tuple, list, dict, Mapping)


def key_of(name: str, info: FieldInfo) -> str:
    """The key in YAML of a field."""
    return info.alias or name


def fields_of(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The fields of a model by their keys in YAML."""
    return {key_of(name, info): info for name, info in model.model_fields.items()}


def models_at(schema: type[Value], loc: Loc, *, stay: bool = False) -> frozenset[type[BaseModel]]:
    """The models that stand at ``loc``.

    An index keeps those before it; so does, with ``stay``, any step that leads to no model.
    """
    found: set[type[BaseModel]] = {schema}
    for step in loc:
        inner = {model for outer in found for model in _step(outer, step)}
        found = inner or (found if stay or isinstance(step, int) else set())
    return frozenset(found)


def _step(outer: type[BaseModel], step: object) -> Iterator[type[BaseModel]]:
    """The models one step below ``outer``; an index, or a union's tag, stays where it is."""
    for name, info in outer.model_fields.items():
        if step in (name, info.alias):
            yield from models_in(info.annotation)
            return
        if info.annotation is not None and get_args(info.annotation) == (step,):
            yield outer


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in _HOLDERS:
        for inner in get_args(annotation):
            yield from models_in(inner)


def choices_in(annotation: Any) -> tuple[str, ...]:
    """The words among which a field chooses; none where it takes anything else."""
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    if get_origin(annotation) in _HOLDERS:
        return tuple(c for inner in get_args(annotation) for c in choices_in(inner))
    return ()


def is_free(schema: type[Value], loc: Loc) -> bool:
    """Whether free text is written at ``loc``, where every letter counts; so where nobody knows."""
    found: list[tuple[Any, Iterable[Any]]] = [(schema, ())]
    for step in loc:
        if not isinstance(step, int):
            inner = [pair for annotation, _ in found for pair in _below(annotation, str(step))]
            found = inner or [(str, ())]
    return any(_is_text(annotation, marks) for annotation, marks in found)


def knows(schema: type[Value], loc: Loc) -> bool:
    """Whether a key may stand at ``loc``."""
    found: list[Any] = [schema]
    for step in (step for step in loc if not isinstance(step, int)):
        found = [inner for annotation in found for inner, _ in _below(annotation, str(step))]
    return bool(found)


def _below(annotation: Any, key: str) -> Iterator[tuple[Any, Iterable[Any]]]:
    for model in models_in(annotation):
        if key in (fields := fields_of(model)):
            yield fields[key].annotation, fields[key].metadata
        elif model is TableRow:
            yield from _below(fields["cells"].annotation, key)
    if get_origin(annotation) in (dict, Mapping) or _is_mapping(annotation):
        yield get_args(annotation)[1], ()
    elif get_origin(annotation) is Annotated:
        yield from _below(get_args(annotation)[0], key)


def _is_mapping(annotation: Any) -> bool:
    origin = get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _is_text(annotation: Any, marks: Iterable[Any]) -> bool:
    """Whether a text of any letters may stand for ``annotation``."""
    if annotation is str:
        return not any(map(_narrows, _flat(marks)))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        short = annotation is not Coordinates
        return short and any(_is_text(i.annotation, i.metadata) for i in _infos(annotation))
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _is_text(inner, [*marks, *more])
    if get_origin(annotation) in _HOLDERS or _is_mapping(annotation):
        return any(
            _is_text(inner, marks) for inner in get_args(annotation) if inner is not Ellipsis
        )
    return False


def is_short(model: type[BaseModel]) -> bool:
    """Whether a text may stand for the whole model: a source with its page, a fact, a point."""
    return model.__name__ in ("Cite", "Coordinates", "Entry", "Fact", "NameParts")


def _infos(model: type[BaseModel]) -> Iterator[FieldInfo]:
    """The fields of a model that hold a text themselves."""
    yield from (i for i in model.model_fields.values() if not any(models_in(i.annotation)))


def _narrows(mark: Any) -> bool:
    """Whether a mark leaves only some texts: names by a pattern, or those that a function knows."""
    return bool(getattr(mark, "pattern", None)) or getattr(mark, "func", as_list) is not as_list


def _flat(marks: Iterable[Any]) -> Iterator[Any]:
    for mark in marks:
        yield mark
        yield from getattr(mark, "metadata", ()) or ()
