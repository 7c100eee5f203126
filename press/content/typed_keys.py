"""Keys that people type because other programs, or common sense, call things so.

For each: the key that is meant where the model has it, and where else such a thing is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from press.base.finding import FEW, did_you_mean
from press.base.own_yaml import beside
from press.content.missing import fits, is_date, lacking, sample
from press.content.model import Cite, Coordinates
from press.content.shapes import choices_in, fields_of, is_short, models_in

_TABLE = beside(__file__)
_GROUPS: Sequence[Mapping[str, Any]] = _TABLE["groups"]
"""Words that are typed, keys that may be meant, and where else such a thing is written."""
MEANT: Mapping[str, str] = _TABLE["choices"]
"""Words that people write for a choice that has another name."""
_PAIRS = {"Row": ("label", "value"), "Term": ("term", "definition"),
          "MatchedPair": ("item", "goes-with")}  # fmt: skip
"""Entries that people write as one line, ``Result: victory``: the keys for what is on its sides."""


def meant(model: type[BaseModel], typed: str, given: Mapping[str, Any]) -> tuple[str, str]:
    """(key of ``model`` that is meant or "", remedy or "") for a ``typed`` key that it lacks.

    ``given`` are the keys and values that stand together with it.
    """
    fields = fields_of(model)
    word = typed.strip().casefold().replace("_", "-").replace(" ", "-")
    if word in fields:
        return word, f"write {_form(model, word, given.get(typed))}, with the key as it is here"
    place, source = given.get(typed), given.get("sources")
    if word in ("at", "page", "pages", "pp") and isinstance(source, str) and isinstance(place, str):
        return "", f'write the page behind its source: sources: ["{source}, {place}"]'
    groups = [group for group in _GROUPS if word in group["typed"].split()]
    for group in groups:
        for key in group["meant"].split():
            fits = key in fields and (key != "at" or _fits(model, key, word))
            if fits and key not in given:
                if _holds_keys(given.get(typed)):
                    return key, f"rename it {key}:"
                return key, f"write {_form(model, key, _value(key, typed, given))}"
    for group in groups[:1]:
        return "", group.get("models", {}).get(model.__name__, group["elsewhere"])
    return "", ""


def _holds_keys(value: Any) -> bool:
    """Whether a value is a list of sets of keys, which stays as it is under its right key."""
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _fits(model: type[BaseModel], key: str, word: str) -> bool:
    """Whether ``at`` means here what the word does: a point, or a page."""
    point = Coordinates in models_in(fields_of(model)[key].annotation)
    return point != (word in ("page", "pages", "pp", "at"))


def _value(key: str, typed: str, given: Mapping[str, Any]) -> Any:
    """What is to be written behind ``key``, of what was ``given``."""
    words = {name.strip().casefold(): value for name, value in given.items()}
    if key == "at":
        lat = words.get("lat") or words.get("latitude")
        lon = next((words[n] for n in ("lon", "lng", "long", "longitude") if words.get(n)), None)
        if isinstance(lat, str) and isinstance(lon, str):
            return f"{lat}, {lon}"
        point = given.get(typed)
        return point if re.fullmatch(r"[-−]?[\d.]+, ?[-−]?[\d.]+", str(point)) else None
    if key in ("date", "begins", "until") and typed.casefold() not in ("date", "year", "when"):
        return None
    return given.get(typed)


def _form(model: type[BaseModel], key: str, value: Any) -> str:
    """``key: value``, with the value that was typed where it is short and may stand there."""
    info = fields_of(model)[key]
    choices = choices_in(info.annotation)
    inner = next(models_in(info.annotation), None)
    if inner and isinstance(value, str) and (lacks := lacking(inner, ())) and not is_short(inner):
        own = meant(inner, key, {})[0] or lacks[0]
        if fields_of(inner)[own].annotation is float:
            return f"{key}: {sample(model, key)}"
        filled = (f"{k}: {value if k == own else sample(inner, k)}" for k in lacks)
        return f"{key}: {{{', '.join(filled)}}}"
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return f"{key}: [{', '.join(value)}]"
    text = value if isinstance(value, str) else ""
    plain = text and len(text) <= 60 and not set(text) & set("#:[]{},&*!|>'\"%@`")
    if key == "at" and text:
        plain = True
    if choices:
        few = len(choices) <= FEW
        return f"{key}: with one of {', '.join(choices)}" if few else f"{key}: {choices[0]}"
    if is_date(info) and not fits(info, text):
        plain = False
    if key == "sources" and plain:
        return f"{key}: [{text}]"
    if key in ("url", "doi") and text and "#" not in text and ": " not in text:
        plain = True
    return f"{key}: {text if plain else sample(model, key)}"


def unknown_key(model: type[BaseModel], typed: str, given: Mapping[str, Any]) -> tuple[str, str]:
    """(keys that are meant, remedy) for a key that ``model`` does not have."""
    pair = _PAIRS.get(model.__name__)
    if pair and list(given) == [typed] and isinstance(given[typed], str):
        return " ".join(pair), f"write {pair[0]}: {typed} and, below it, {pair[1]}: {given[typed]}"
    if model is Cite and "source" not in given and isinstance(given.get(typed), str):
        return "source", f'put the source and the place in quotes: "{typed}, {given[typed]}"'
    known = sorted(fields_of(model))
    near = did_you_mean(typed, [key for key in known if key not in given])
    key, hint = meant(model, typed, given)
    if key and hint:
        return key, hint
    if near and not hint:
        likely = [word for word in near.strip("?").split(" ") if word in known]
        wanted = [word for word in likely if word in lacking(model, given)]
        return next(iter([*wanted, *likely]), ""), near
    listed = f"the keys here are {', '.join(known)}"
    if not hint:
        return "", near or listed
    return "", f"{hint}; {listed}" if len(known) <= FEW else hint
