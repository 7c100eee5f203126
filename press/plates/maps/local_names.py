"""What countries, their parts and cities are called in the language of a map, as far as CLDR knows.

The atlas has the names of countries in many languages, and of all else in English or as they are
called at home; of capitals and other cities CLDR has those by which its time zones are called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from babel.core import get_global

from press import locale
from press.atlas import Feature, fold
from press.content.model import Place
from press.plates.maps.town_names import town_name


def territory_names(language: str) -> Mapping[str, str]:
    """Names of countries in a language, by ISO 3166-1 alpha-2 code (CLDR, through Babel)."""
    return locale.cldr(language).territories


def country_name(feature: Feature, names: Mapping[str, str]) -> str:
    """What a country is called: by CLDR, unless that is a list's entry (Congo - Kinshasa)."""
    name = names.get(str(feature.properties.get("iso", "")), "")
    english = str(feature.properties.get("name_en", feature.name))
    return english if not name or (" - " in name and name.isascii()) else name


def area_name(feature: Feature, layer: str, asked: str, language: str) -> str:
    """What an area is called in a language: a country by CLDR, another as the author has it.

    ``asked`` is the name that the author gave, or "" where it was chosen by its code.
    """
    english = str(feature.properties.get("name_en") or feature.properties.get("name") or asked)
    if layer == "country":
        return country_name(feature, territory_names(language)) or english
    if language.partition("-")[0] == "en":
        return english
    return asked or str(feature.properties.get("name") or english)


@cache
def country_codes(language: str) -> Mapping[str, str]:
    """The ISO 3166-1 alpha-2 code of each country by its name in a language, folded."""
    return {fold(name): code for code, name in territory_names(language).items()
            if len(code) == 2 and code.isalpha()}  # fmt: skip


@cache
def city_names(language: str) -> Mapping[tuple[str, str], str]:
    """The names of cities in a language, by country and by English name, folded (CLDR)."""
    own, english = (locale.cldr(each).time_zones for each in (language, "en"))
    countries = get_global("zone_territories")
    found = {}
    for zone, names in own.items():
        last = zone.rpartition("/")[2].replace("_", " ")
        usual = dict(english.get(zone, {})).get("city", last)
        if city := dict(names).get("city"):
            found[countries.get(zone, ""), fold(usual)] = str(city)
            found[countries.get(zone, ""), fold(last)] = str(city)
    return found


def city_name(feature: Feature, name: str, language: str) -> str:
    """What a town is called in a language; ``name`` where neither CLDR nor we know it."""
    facts, known = feature.properties, city_names(language)
    country = str(facts.get("country") or _two_letters(str(facts.get("a3", ""))))
    asked = (str(facts.get("name_en", "")), str(facts.get("ascii", "")), name)
    found = (known.get((country, fold(each))) for each in asked)
    return next(filter(None, found), "") or town_name(country, name, language) or name


def water_name(feature: Feature, language: str, waters: Iterable[Place]) -> str:
    """What a lake or river is called in a language: by the author, or else by the atlas.

    ``waters`` are the gazetteer's. The atlas has an English name and that of the country, which is
    taken for all other languages; where that is English too, a further one.
    """
    known = {fold(name) for name in _names_of_water(feature)}
    for place in waters:
        called = (place.name, *place.also, *(name.name for name in place.names))
        if known & {fold(name) for name in called} and _near(place, feature):
            own = (name.name for name in place.names if name.language == language)
            return next(own, place.name)
    english = str(feature.properties.get("name_en") or feature.name)
    if language.partition("-")[0] == "en":
        return feature.name if english and english in feature.name else english
    further = map(str, feature.properties.get("alternates", ()))
    others = [name for name in further if not _ENGLISH & set(name.split())]
    is_english = bool(_ENGLISH & set(feature.name.split()))
    return others[0] if is_english and others else feature.name


_ENGLISH = frozenset({"Lake", "Lakes", "River", "Reservoir"})


def _names_of_water(feature: Feature) -> Iterator[str]:
    facts = feature.properties
    english = str(facts.get("name_en") or "")
    yield from filter(None, (feature.name, english, *map(str, facts.get("alternates", ()))))
    if english:
        yield from (f"Lake {english}", f"{english} River", f"{english} Reservoir")


def _near(place: Place, feature: Feature) -> bool:
    """Whether a place lies about where a water does, or nobody knows where it lies."""
    if place.at is None:
        return True
    (west, south, east, north), (lon, lat) = feature.geometry.bounds, place.at.point
    return bool(west - 1 <= lon <= east + 1 and south - 1 <= lat <= north + 1)


def _two_letters(code: str) -> str:
    """The ISO 3166-1 code of two letters for one of three; "" for none."""
    alias = get_global("territory_aliases").get(code, ())
    return str(alias[0]) if len(alias) == 1 else ""
