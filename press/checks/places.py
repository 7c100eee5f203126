"""Places that cannot be where they are said to be."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from press.base.finding import Remark
from press.base.scripts import script_of
from press.checks.languages import foreign
from press.checks.uses import named_ids, printed_text
from press.content.load import Loaded
from press.content.model import Map, Place
from press.content.walk import each, same_id, twins
from press.content.yaml import Loc
from press.plates.maps.projection import distance

GAZETTEER = "gazetteer.yaml"


def shown_without_coordinates(loaded: Loaded) -> Iterator[Remark]:
    """W206: a map is asked for a place that has no coordinates.

    Why: The map leaves the place out, and whoever looks for it there does not find it.
    Wrong: show: [zermatt, breuil]      # and zermatt has no at: in gazetteer.yaml
    Right: - id: zermatt
          name: Zermatt
          at: 46.021, 7.749
    Remedy: Add at: latitude, longitude to the place, or leave it out of the map.
    """
    places = loaded.dossier.places
    of_events = {ident for event in loaded.dossier.events.values() for ident in event.places}
    wanted: dict[str, str] = {}
    for at, plate in each(loaded, Map):
        if not isinstance(plate.show, tuple):
            shown = of_events if plate.show == "events" else set(places)
            wanted |= dict.fromkeys(shown - set(plate.hide), plate.id)
        for steps, ident in _named_places(plate):
            if ident in places and places[ident].at is None:
                message = f"{places[ident].name} has no coordinates and cannot be shown"
                hint = "add at: latitude, longitude to gazetteer.yaml, or leave it out here"
                yield at(*steps), message, hint
    for at, place in each(loaded, Place):
        if place.id in wanted and place.at is None:
            plate_id = repr(wanted[place.id])
            message = f"{place.name} has no coordinates, and map {plate_id} cannot show it"
            hint = f"add at: latitude, longitude, or name it under hide: of {plate_id}"
            yield at("id"), message, hint


def _named_places(plate: Map) -> Iterator[tuple[Loc, str]]:
    """The ids of places by which a map says what it shows, with the steps to each."""
    lists: list[tuple[Loc, object]] = [(("show",), plate.show), (("extent",), plate.extent)]
    lists += [(("lines", n, "through"), line.through) for n, line in enumerate(plate.lines)]
    lists += [(("arrows", n, "through"), arrow.through) for n, arrow in enumerate(plate.arrows)]
    for steps, ids in lists:
        if isinstance(ids, tuple):
            yield from (((*steps, number), ident) for number, ident in enumerate(ids))


NEAR = 0.2
"""Kilometres within which two places are taken for one."""


def too_near(loaded: Loaded) -> Iterator[Remark]:
    """W261: two places lie within 200 metres of each other.

    Why: Mostly they are one place entered under two names, or the coordinates of one were copied
        to the other. On a map their signs would cover each other.
    Wrong: - {id: agdam, name: Agdam, at: "39.991, 46.927"}
        - {id: aghdam, name: Aghdam, at: "39.991, 46.928"}
    Right: - {id: agdam, name: Agdam, also: [Aghdam], at: "39.991, 46.927"}
    Remedy: Make them one place with also:, or correct the coordinates. Where the two really are
        neighbours, allow it.
    """
    placed = [(at, place, place.at) for at, place in each(loaded, Place) if place.at]
    for number, (at, place, here) in enumerate(placed):
        for _, other, there in placed[:number]:
            if abs(here.lat - there.lat) > 0.01 or same_id(place, other):
                continue
            if {*alike(place)} & {*alike(other)}:
                continue  # W264 says that they are one
            if (apart := distance(here.point, there.point)) < NEAR:
                message = f"{place.name} lies {apart * 1000:.0f} m from {other.name}"
                hint = f"make them one place, or correct the coordinates of {place.id!r}"
                yield at("at"), message, hint
                break  # of five at one spot, four are told


def unused_places(loaded: Loaded) -> Iterator[Remark]:
    """W262: nothing in the dossier names a place of the gazetteer.

    Why: A gazetteer is the key to the text. A place that neither event, text, table nor map names
        was forgotten there, or is left over here.
    Wrong: - {id: tbilisi, name: Tbilisi}        # and no [[tbilisi]] anywhere
    Right: A delegation flew to [[tbilisi]].
    Remedy: Name it where it belongs, or delete the entry.
    """
    used = named_ids(loaded)["place"]
    text = printed_text(loaded)
    maps = [p for p in loaded.dossier.plates.plates if isinstance(p, Map)]
    every = any(plate.show == "places" for plate in maps)
    for at, place in each(loaded, Place):
        if place.id in used or (every and place.at):
            continue
        called = (place.name, *place.also, *(n.name for n in place.names))
        if not any(name.casefold() in text for name in called):
            hint = "name it where it belongs, or delete it"
            yield at("id"), f"nothing names place {place.id!r}", hint


MOST_DECIMALS = 6


def implausible_precision(loaded: Loaded) -> Iterator[Remark]:
    """W263: coordinates are whole degrees, or given to the centimetre.

    Why: A whole degree is up to 111 kilometres from the next, so the sign on the map stands
        somewhere else; and no town is known to seven decimals, which are those of a calculator.
    Wrong: at: 40, 47
    Right: at: 39.991, 46.927
    Remedy: Look the place up and write two to five decimals.
    """
    parsed = loaded.parsed.get(GAZETTEER)
    for index, (at, place) in enumerate(each(loaded, Place)):
        loc = loaded.written_at(GAZETTEER, ("places", index, "at"))
        raw = parsed.value(loc) if parsed and place.at else None
        if not isinstance(raw, str):
            continue
        decimals = [len(part.strip().partition(".")[2]) for part in raw.split(",")]
        if max(decimals) == 0:
            message = f"{place.name} is placed by whole degrees, which are a hundred kilometres"
        elif max(decimals) > MOST_DECIMALS:
            width = "less than a hand's width"
            message = f"{place.name} is placed to {max(decimals)} decimals: {width}"
        else:
            continue
        yield at("at"), message, "write two to five decimals"


def place_twice(loaded: Loaded) -> Iterator[Remark]:
    """W264: two entries of the gazetteer have the same name, kind and district.

    Why: The reader of the gazetteer, and of the map, cannot tell which of them is meant.
    Wrong: - {id: breuil, name: Breuil, kind: hamlet}
        - {id: breuil-2, name: Breuil, kind: hamlet}
    Right: - {id: breuil, name: Breuil, kind: hamlet, district: Aosta Valley}
        - {id: breuil-2, name: Breuil, kind: hamlet, district: Bern}
    Remedy: Make them one, or say in district or kind what tells them apart.
    """
    for at, place, twin in twins(each(loaded, Place), alike):
        message = f"place {place.id!r} has the name, kind and district of {twin.id!r}"
        yield at("name"), message, "make them one, or tell them apart in kind or district"


def alike(place: Place) -> Iterator[Hashable]:
    """What no two places may have alike."""
    yield place.name.casefold(), place.kind.casefold(), place.district.casefold()


def unreadable_names(loaded: Loaded) -> Iterator[Remark]:
    """W265: a name in another script has no form in the letters of the dossier.

    Why: Who cannot read the script cannot say the name, nor find it in another book.
    Wrong: - {language: hy, name: Ակնա}
    Right: - {language: hy, name: Ակնա, latin: Akna}
    Remedy: Add latin: with the transliteration.
    """
    own = script_of(loaded.dossier.meta.title)
    if own != "LATIN":
        return
    for at, place in each(loaded, Place):
        for number, name in enumerate(place.names):
            wrong = foreign(name.name, name.language)  # W271 says so, and to mend that is enough
            if script_of(name.name) not in ("", own) and not name.latin and not wrong:
                message = f"{name.name} has no form in Latin letters"
                yield at("names", number), message, "add latin: with the transliteration"
