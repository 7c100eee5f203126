"""Keys that people type because other programs, or common sense, call things so.

For each: the key that is meant where the model has it, and where else such a thing is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from press.base.finding import FEW, did_you_mean
from press.content.missing import fits, is_date, lacking, sample
from press.content.model import Cite, Coordinates
from press.content.shapes import choices_in, fields_of, is_short, models_in

_GROUPS: tuple[tuple[str, str, str], ...] = (
    ("date year day month when time dated datum data-date publication-date published pubdate "
     "year-published date-published created",
     "date issued begins until",
     "dates stand in events (chronology.yaml, date: 1993-08-23) and sources (issued: 1993)"),
    ("start begin begins beginning from since started start-date",
     "begins date", "an event takes a span: date: 1993-07-03/1993-07-23"),
    ("end ends ended to till until stop end-date finish",
     "until date", "an event takes a span: date: 1993-07-03/1993-07-23"),
    ("office offices rank post occupation profession job function duty",
     "role", "offices stand in people.yaml, with role:"),
    ("birth birthdate birthday date-of-birth born", "born", "people stand in people.yaml"),
    ("death deathdate date-of-death died", "died", "people stand in people.yaml"),
    ("access-date retrieved visited last-visited date-accessed accessed", "accessed",
     "sources say when they were read: accessed: 2026-05-01, in sources.yaml"),
    ("lat lon lng long latitude longitude coordinates coordinate coords coord gps geo geolocation "
     "latlon latlng position point", "at",
     "coordinates stand with the place in gazetteer.yaml, as at: 39.991, 46.927"),
    ("author authors creator writer written-by",
     "author credit by says holder publisher",
     "authors stand in sources.yaml (author:); who issues the dossier in dossier.yaml (imprint:)"),
    ("photographer artist photo-by", "credit author",
     "pictures stand in images/images.yaml, with credit:"),
    ("link links href website web web-site webpage homepage uri address internet weblink "
     "hyperlink url",
     "url", "list the page in sources.yaml with url:, and name its id under sources:"),
    ("doi", "doi", "a DOI stands with the source in sources.yaml, as doi: 10.1000/182"),
    ("isbn", "isbn", "an ISBN stands with the source in sources.yaml"),
    ("image images picture pictures photo photos photograph img figure illustration cover logo",
     "file", "list the picture in images/images.yaml, and show it in a chapter: ![](image:its-id)"),
    ("path filename file-name src image-file", "file",
     "pictures stand in images/images.yaml, with file:"),
    ("description desc summary content body details detail info information explanation abstract "
     "intro introduction lead teaser excerpt text meaning",
     "text definition standfirst caption question role note value subtitle",
     "longer text stands in the chapters, chapters/01-….md"),
    ("name title heading header headline label caption term topic subject designation",
     "title name label term caption question heading holder publisher what word text",
     "it has no name of its own"),
    ("alt-text alttext", "alt", "pictures stand in images/images.yaml, with alt:"),
    ("caption legend", "caption title label legend", "it has no caption"),
    ("source sources ref refs reference references citation citations cite quelle bibliography",
     "sources source", "sources are listed in sources.yaml"),
    ("page pages pp at", "page at",
     'the page stands behind the source: sources: ["dewaal, p. 5"]'),
    ("journal newspaper magazine periodical container-title book-title website-title published-in "
     "in", "container", "sources are listed in sources.yaml"),
    ("vol", "volume", "sources are listed in sources.yaml"),
    ("no nr num number issue-number", "issue number", "numbers are counted by the press"),
    ("city town publisher-place", "place district", "places stand in gazetteer.yaml"),
    ("place location where venue site region country", "places place district country",
     "places stand in gazetteer.yaml"),
    ("license licence copyright rights terms", "licence rights",
     "the terms of the dossier stand in dossier.yaml: rights: {holder: …, licence: CC BY 4.0}"),
    ("owner copyright-holder", "holder credit", "rights: stands in dossier.yaml"),
    ("publisher issuer institution school organisation organization", "publisher imprint holder",
     "who issues the dossier stands in dossier.yaml, imprint: {publisher: …}"),
    ("notes comment comments remark remarks footnote annotation", "note",
     "a remark for yourself is a line that begins with #"),
    ("type category kind class sort", "kind category type",
     "only events have a category, and only places and sources a kind"),
    ("categories", "category", "categories stand in chronology.yaml"),
    ("lang languages language locale", "language languages",
     "the language of the dossier stands in dossier.yaml"),
    ("tag tags keyword keywords hashtags", "keywords", "keywords stand in dossier.yaml"),
    ("answers solution solutions correct correct-answer key", "answer", "answers stand in "
     "questions.yaml"),
    ("choices distractors wrong alternatives", "options", "options stand in questions.yaml"),
    ("id slug key identifier ident", "id key", "it needs no id"),
    ("important highlight main", "essential", "events are marked essential: true"),
    ("color colour icon symbol marker", "sign style", "colours stand in a theme, styles/themes/"),
    ("center centre zoom bounds bbox box area", "extent at",
     "a map takes extent: {west: 45, south: 38, east: 48, north: 41}"),
    ("unit units", "unit", "the unit stands behind the number, or in a fact: unit: km"),
    ("version revision changes changelog", "revisions edition",
     "revisions: stands in dossier.yaml"),
)  # fmt: skip
"""(words that are typed, keys that may be meant, where else such a thing is written)."""

_ELSEWHERE: Mapping[tuple[str, str], str] = {
    ("Event", "at"): "write places: [id-of-the-place]; its coordinates stand in gazetteer.yaml",
    ("Event", "date"): "write date: 1993-08-23",
    ("Place", "date"): "a place has no date: write an event in chronology.yaml, with places: [id]",
    ("Term", "date"): "write it into the definition",
    ("Meta", "author"): "write the authors under rights: {holder: …, licence: …}, or who issues "
    "it under imprint: {publisher: …}",
    ("Meta", "url"): "write rights: {…, url: https://…}, or contact: under imprint:",
    ("Meta", "license"): "write rights: {holder: …, licence: CC BY 4.0}",
    ("Event", "link"): "list the page in sources.yaml with url:, and write sources: [its id]",
}  # fmt: skip
"""What to say where a model lacks the key, by the model and the first word of the group."""


MEANT: Mapping[str, str] = {
    "website": "webpage", "web": "webpage", "site": "webpage", "online": "webpage",
    "newspaper": "article-newspaper", "journal": "article-journal", "film": "motion_picture",
    "magazine": "article-magazine", "video": "motion_picture", "archive": "manuscript",
    "blog": "post-weblog", "letter": "personal_communication", "left": "start", "right": "end",
    "center": "centre", "north": "N", "south": "S", "east": "E", "west": "W",
}  # fmt: skip
"""Words that people write for a choice that has another name."""
_PAIRS = {"Row": ("label", "value"), "Term": ("term", "definition")}
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
    groups = [group for group in _GROUPS if word in group[0].split()]
    for _, keys, _ in groups:
        for key in keys.split():
            fits = key in fields and (key != "at" or _fits(model, key, word))
            if fits and key not in given:
                if _holds_keys(given.get(typed)):
                    return key, f"rename it {key}:"
                return key, f"write {_form(model, key, _value(key, typed, given))}"
    for words, _, elsewhere in groups:
        own = _ELSEWHERE.get((model.__name__, words.split()[0]))
        return "", own or elsewhere
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
