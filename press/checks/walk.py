"""Every value of a dossier with the file and the place in it where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from press.content import kinds
from press.content.load import Loaded
from press.content.yaml import Loc


def walk(loaded: Loaded) -> Iterator[tuple[str, Loc, BaseModel]]:
    """(file, location, value) of every model in the dossier, outermost first."""
    for file, value in kinds.values(loaded.dossier):
        if file in loaded.parsed and file not in loaded.broken:
            for loc, inner in _inside(value, ()):
                yield file, loc, inner


def _inside(value: object, loc: Loc) -> Iterator[tuple[Loc, BaseModel]]:
    if isinstance(value, BaseModel):
        yield loc, value
        for name, info in type(value).model_fields.items():
            if name in value.__dict__:
                yield from _inside(value.__dict__[name], (*loc, info.alias or name))
    elif isinstance(value, tuple | list):
        for index, inner in enumerate(value):
            yield from _inside(inner, (*loc, index))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _inside(inner, (*loc, key))
