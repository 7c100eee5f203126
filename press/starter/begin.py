"""The files of a new dossier, filled in with what its author said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from press import atlas, locale
from press.dates import Day
from press.dates.days import year_text
from press.starter.answers import HERE, NewDossier, kinds

LETTER = frozenset({"US", "CA", "MX", "CO", "CL", "VE", "PH", "PR", "GT", "CR", "PA", "DO"})
"""Countries that print on Letter (CLDR, paper sizes by territory)."""
_DEGREE = 111.2
"""Kilometres of a degree of latitude."""
_NEAR = 250.0
"""Kilometres within which the second place is looked for."""
_CHAPTERS = ("what-happened", "what-followed", "where-and-when")


@dataclass(frozen=True)
class ExampleTown:
    """A place for the gazetteer: what it is called, and its coordinates as they are typed."""

    name: str
    at: str


ANYWHERE = (ExampleTown("Greenwich", "51.477, 0.000"), ExampleTown("London", "51.508, -0.126"))
"""The places of a dossier of whose language nobody knows the country."""


def files(answers: NewDossier, slug: str, issued: str, paper: str = "a4") -> Mapping[str, str]:
    """The text of each file by its name in the folder of the dossier ``slug``.

    ``issued`` is its day of issue, ``paper`` the one that is set where the dossier names none.
    """
    words = kinds()[answers.about]
    own = "letter" if answers.territory in LETTER else "a4"
    days = days_within(answers, len(words["events"]))
    given = {
        **words,
        "events": [
            {**event, "date": day} for event, day in zip(words["events"], days, strict=True)
        ],
        "days_differ": len(set(days)) == len(days),
        "said": " ".join(reversed(words["person"]["name"].split(", "))),
        "title": answers.title,
        "slug": slug,
        "language": answers.language,
        "span": answers.span.text,
        "issued": issued,
        "source_year": max(1, int(issued[:4]) - 1),
        "paper": own if answers.territory and own != paper else "",
        "borrowed": "" if locale.has_words(answers.language) else _name(answers.language),
        "places": spots(answers.territory),
    }
    return {_named(name): text for name, text in _filled(given)}


def _name(language: str) -> str:
    return locale.language_name(language, "en")


def _named(name: str) -> str:
    """The name of a file in the dossier: chapters get words behind their number."""
    for number, words in enumerate(_CHAPTERS, start=1):
        if name == f"chapters/{number:02}.md":
            return f"chapters/{number:02}-{words}.md"
    return name


def _filled(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(name, text) of each file with its gaps filled."""
    engine = ImmutableSandboxedEnvironment(
        autoescape=False,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    engine.filters["text"] = lambda text: json.dumps(text, ensure_ascii=False)
    folder = HERE / "files"
    for path in sorted(folder.rglob("*.*")):
        name = path.relative_to(folder).as_posix()
        filled = engine.from_string(path.read_text("utf-8")).render(given)
        if path.suffix == ".yaml":
            yield name, f"{_schema(name)}\n{filled}"
        else:
            yield name, filled


def _schema(name: str) -> str:
    """The line by which an editor finds what a file may hold."""
    stem = name.removesuffix(".yaml")
    return f"# yaml-language-server: $schema=../../press/schema/{stem}.schema.json"


def days_within(answers: NewDossier, number: int) -> Sequence[str]:
    """Dates from the first day of the time to the last, as exactly as there is room for them."""
    first, last = answers.span.earliest, answers.span.latest
    step = (last.number - first.number) / max(1, number - 1)
    days = [Day.of(round(first.number + step * place)) for place in range(number)]
    if last.year - first.year >= number:
        texts = [year_text(day.year) for day in days]
    elif (last.year - first.year) * 12 + last.month - first.month >= number:
        texts = [f"{year_text(day.year)}-{day.month:02}" for day in days]
    else:
        texts = [f"{year_text(day.year)}-{day.month:02}-{day.day:02}" for day in days]
    return texts


def spots(territory: str) -> Sequence[ExampleTown]:
    """Two towns of a country that a map can show: its largest, and the largest near to it."""
    world = atlas.world()
    found = world.find("country", iso=territory) if territory else ()
    if not found:
        return ANYWHERE
    bounds = max(found, key=lambda country: country.geometry.area).geometry.bounds
    towns = [
        town for town in world.features("town", bounds) if town.properties["country"] == territory
    ]
    ranked = sorted(towns, key=lambda town: -town.properties["population"])
    near = [town for town in ranked[1:] if 20 < _apart(ranked[0], town) < _NEAR]
    if not near:
        return ANYWHERE
    return tuple(ExampleTown(t.properties["name"], _typed(t)) for t in (ranked[0], near[0]))


def _typed(town: atlas.Feature) -> str:
    return f"{town.geometry.y:.3f}, {town.geometry.x:.3f}"


def _apart(one: atlas.Feature, other: atlas.Feature) -> float:
    """Kilometres between two towns that are not far from each other."""
    up = one.geometry.y - other.geometry.y
    across = (one.geometry.x - other.geometry.x) * cos(radians(one.geometry.y))
    return hypot(up, across) * _DEGREE
