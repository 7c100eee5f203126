"""Every value of a dossier with the file and the place in it where it was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from press.content.load import Loaded
from press.content.yaml import Loc


def walk(loaded: Loaded) -> Iterator[tuple[str, Loc, BaseModel]]:
    """(file, location, value) of every model in the dossier, outermost first."""
    dossier = loaded.dossier
    files: dict[str, BaseModel | None] = {
        "dossier.yaml": dossier.meta,
        "infobox.yaml": dossier.infobox,
        "chronology.yaml": dossier.chronology,
        "gazetteer.yaml": dossier.gazetteer,
        "facts.yaml": dossier.facts,
        "sources.yaml": dossier.sources,
        "glossary.yaml": dossier.glossary,
        "plates.yaml": dossier.plates,
        "images/images.yaml": dossier.images,
        "questions.yaml": dossier.questions,
        "index.yaml": dossier.index,
        **{f"tables/{name}.yaml": table for name, table in dossier.tables.items()},
    }
    for file, value in files.items():
        if value is not None and file in loaded.parsed:
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
