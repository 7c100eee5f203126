"""Faults of the source data that the atlas mends, each with its reason.

Read by ``make.py`` only. Nothing here moves a line on the map: names and codes are put right,
geometry is left as it is published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Correction:
    """Facts to set on the feature with this Natural Earth code; None removes a fact."""

    code: str
    facts: dict[str, Any]
    reason: str


ADMIN1 = (
    Correction(
        "AZE-1735",
        {
            "name": "Laçın",
            "name_en": "Lachin",
            "iso": "AZ-LAC",
            "alternates": ["Lacin", "Lachyn", "Laçın rayonu"],
        },
        "the source gives the Lachin district the name and code of Lankaran, on the Caspian "
        "coast, and lists Shusha among its names; its place, its GeoNames name (Lacin Rayonu) and "
        "its neighbours say Lachin, which is AZ-LAC in ISO 3166-2",
    ),
    Correction(
        "AZE-1707",
        {"name": "Lənkəran", "iso": "AZ-LAN"},
        "AZ-LA is the city; the district is AZ-LAN in ISO 3166-2",
    ),
    Correction("AZE-5562", {"name": "Lənkəran"}, "the local spelling, as for the district"),
    Correction(
        "AZE-1727",
        {"iso": "AZ-SAK", "name_en": "Shaki"},
        "AZ-SA is the city; the district is AZ-SAK in ISO 3166-2",
    ),
    Correction(
        "AZE-1688",
        {"name": "Yevlax", "alternates": ["Yevlakh Rayon"]},
        "the name was an English description, not the local name",
    ),
    Correction(
        "AZE-5566",
        {"name": "Yevlax", "iso": "AZ-YE"},
        "AZ-YEV is the district; the city is AZ-YE in ISO 3166-2",
    ),
    Correction(
        "AZE-2422",
        {"iso": "AZ-NV"},
        "AZ-NX is the autonomous republic; the city is AZ-NV in ISO 3166-2",
    ),
    Correction(
        "AZE-1737",
        {"name_en": "Shusha", "alternates": ["Susa", "Shushi"]},
        "Susa is not an English form of the name",
    ),
    Correction(
        "AZE-5565",
        {"name_en": "Shusha", "iso": None, "alternates": ["Shushi"]},
        "AZ-X01~ is a place-holder, not a code of ISO 3166-2",
    ),
    Correction(
        "AZE-4838",
        {"alternates": ["Xankəndi", "Khankendi", "Xankandi"]},
        "the names listed beside it, Khojali and Xocali Rayonu, belong to its neighbour; the name "
        "in the official code list (AZ-XA, Xankəndi) was missing",
    ),
    Correction(
        "AZE-1739",
        {"alternates": ["Khojali", "Khojaly"]},
        "its GeoNames name in the source, Xankandi Sahari, belongs to its neighbour",
    ),
    Correction(
        "AZE-1701",
        {"name": "Şabran", "alternates": ["Dəvəçi", "Davachi"]},
        "renamed in 2010; the code AZ-SBN and the English name are already the new ones",
    ),
    Correction(
        "AZE-1680",
        {"name": "Göygöl", "alternates": ["Xanlar", "Khanlar"]},
        "renamed in 2008; the code AZ-GYG and the English name are already the new ones",
    ),
    Correction("AZE-5567", {"name": "Kəngərli"}, "the local spelling, as ISO 3166-2 has it"),
    Correction(
        "AZE-1694",
        {"name": "Hacıqabul", "alternates": []},
        "the local spelling; Ali Bayramli is the former name of Shirvan, not of this district",
    ),
    Correction(
        "AZE-5563",
        {"name": "Şirvan", "name_en": "Shirvan", "alternates": ["Əli Bayramlı", "Ali Bayramli"]},
        "the local and the English name were exchanged",
    ),
)

LAKE_NAMES = {
    "Mingevir Reservoir": ("Mingəçevir", "Mingachevir Reservoir"),
    "Lago di Como": ("Lago Maggiore", "Lake Maggiore"),
}
"""Lakes whose letters were lost, or that bear another's name: name as it stands, then local
name and English name. What the source calls Lake Como lies between Locarno and Sesto Calende."""

RIVER_NAMES = {
    "Aïna": "A?na",
    "Ajajú": "Ajaj?",
    "Amgun’": "Amgun?",
    "Ångermanälven": "ngermanlven",
    "Anadyr’": "Anadyr?",
    "Aoukalé": "Aoukal?",
    "Argun’ (Ergun)": "Argun? (Ergun)",
    "Aripuanã": "Aripuan?",
    "Bagoé": "Bago?",
    "Baoulé": "Baoul?",
    "Bénoué": "B?nou?",
    "Bío-Bío": "B?o-B?o",
    "Bol’shaya Kuonamka": "Bol?shaya Kuonamka",
    "Bol’shoy Anyuy": "Bol?shoy Anyuy",
    "Bol’shoy Yenisey": "Bol?shoy Yenisey",
    "Bol’shoy Yugan": "Bol?shoy Yugan",
    "Büyük Menderes": "Byk Menderes",
    "Caquetá": "Caquet?",
    "Carcarañá": "Carcara??",
    "Caroní": "Caron?",
    "Chirripó del Atlántico": "Chirrip del Atlntico",
    "Copiapó": "Copiap?",
    "Dalälven": "Dal?lven",
    "Di’er Songhua": "Di?er Songhua",
    "Gêba": "G?ba",
    "Ghāghara": "Gh?ghara",
    "Glomma (Glåma)": "Glomma (Glma)",
    "Godāvari": "God?vari",
    "Göta älv": "Gta lv",
    "Grande Rivière de la Baleine": "Grande Rivire de la Baleine",
    "Guainía": "Guain?a",
    "Guaporé": "Guapor?",
    "Guárico": "Gu?rico",
    "Ibicuí": "Ibicu?",
    "Indaiá": "Indai?",
    "Indalsälven": "Indals?lven",
    "Ivaí": "Iva?",
    "Japurá": "Japur?",
    "Jiparaná": "Jiparan?",
    "Juruá": "Juru?",
    "Jutaí": "Juta?",
    "Kadéï": "Kad??",
    "Kızılırmak": "Kiz?lirmak",
    "Klarälven": "Klarlven",
    "Kokemäenjoki": "Kokemenjoki",
    "Komoé": "Komo?",
    "Künes": "K?nes",
    "Kür": "Kr",
    "La Grande Rivière": "La Grande Rivi?re",
    "Lule älv": "Lule lv",
    "Lúrio": "L?rio",
    "Mahānadi": "Mah?na Nad?",
    "Mamoré": "Mamor?",
    "Marañón": "Mara??n",
    "Mélèzes": "Mlzes",
    "Miño": "Mio",
    "Motala ström": "Motala strm",
    "Nakanbé (White Volta)": "Nakanb? (White Volta)",
    "Neuquén": "Neuqu?n",
    "Nhamundá": "Nhamund?",
    "Ob’": "Ob?",
    "Ocoña": "Oco?a",
    "Ogooué": "Ogoou?",
    "Olëkma": "Ol?kma",
    "Olenëk": "Olen?k",
    "Ouémé": "Ou?m?",
    "Pánuco": "Pnuco",
    "Paraná": "Paran?",
    "Paranaíba": "Parana?ba",
    "Parnaíba": "Parna?ba",
    "Péribonka": "Pribonka",
    "Piauí": "Piau?",
    "Pungué": "Pungu?",
    "Purificación": "Purificacin",
    "Purús": "Pur?s",
    "Rhône": "Rhne",
    "Río Grande de Matagalpa": "Ro Grande de Matagalpa",
    "Río Grande de Santiago": "Ro Grande de Santiago",
    "Santa María": "Santa Mara",
    "São Francisco": "S?o  Francisco",
    "Saône": "Sane",
    "Sénégal": "S?n?gal",
    "Severnaya Sos’va": "Severnaya Sos?va",
    "Sió": "Sio",
    "Skellefteälven": "Skelleftelven",
    "Song’acha": "Song?acha",
    "Stora Lule älv": "Stora Lule lv",
    "Strymónas (Struma)": "Strymnas (Truma)",
    "Svir’": "Svir",
    "Tao’er": "Tao?er",
    "Tapajós": "Tapaj?s",
    "Thjórsá": "Thj?rs?",
    "Tietê": "Tiet?",
    "Tom’": "Tom?",
    "Torneälven": "Tornelven",
    "Uaupés": "Uaup?s",
    "Vltava": "Vitava",
    "Za’gya": "Za?gya",
    "Záncara": "Zncara",
    "Zayü": "Zay?",
    "Schelde (Scheldt)": "Schelde (Steldt)",
    "Susquehanna": "Susqehanna",
    "West Branch Susquehanna": "W. Branch Susqehanna",
}
"""River names whose letters were lost or replaced by question marks: the right name, the name as
found.

The right letters come from the same river in the 1:50m set, whose names are whole, or are the usual
local spelling of the river that flows there.
"""

RIVER_SPELLING = {
    "Genal?": "Genale",
    "Godävari": "Godāvari",
    "Mahäna Nadï": "Mahānadi",
    "São  Francisco": "São Francisco",
}
"""Names of the 1:50m set with a lost letter, a wrong mark for a long vowel or a doubled space."""

RIVER_ENGLISH = {
    "Kür": "Kura",
    "Aras": "Aras",
    "Donau": "Danube",
    "Rhein": "Rhine",
    "Maas": "Meuse",
    "Mosel": "Moselle",
    "Schelde": "Scheldt",
    "Tevere": "Tiber",
    "Evros": "Maritsa",
    "Strymónas": "Struma",
    "Tejo": "Tagus",
    "Tajo": "Tagus",
    "Nakanbé": "White Volta",
    "Bénoué": "Benue",
    "Ayeyarwady": "Irrawaddy",
    "Godāvari": "Godavari",
    "Mahānadi": "Mahanadi",
    "Ghāghara": "Ghaghara",
    "Sénégal": "Senegal",
    "Neman": "Neman",
    "Drau": "Drava",
    "Olenëk": "Olenyok",
    "Olëkma": "Olyokma",
    "Da": "Black",
}
"""English names of rivers that differ from the local one by more than a mark."""

MISNAMED_RIVERS = {
    ("Drau", (0, 44)): "Garonne",
    ("Drau", (-19, 65)): "",
    ("Orco", (7, 46)): "Dora Baltea",
}
"""Rivers that bear another's name, by whole degrees of their middle, and the right name if known.

The first flows from the Pyrenees to Bordeaux and is the Garonne in the 1:50m set; the second is in
Iceland; the third flows from Courmayeur through Aosta and Ivrea, the Dora Baltea.
"""

MISNAMED_STRETCHES = {
    "Semliki": {"Rutshuru": (29.3, -1.3, 29.9, -0.6)},
}
"""Stretches of a river that bear another's name: the right name, and the box that holds them.

What the source calls Semliki runs into Lake Edward from the south and out of it to the north. The
lake is fed by the Rutshuru in the south (https://www.lakepedia.com/lake/edward.html) and empties to
the north by the Semliki (Royal Belgian Institute of Natural Sciences,
https://ishango.naturalsciences.be/en/en-ishango-04.html). Each is a river of its own.
"""

DESCRIPTIONS = re.compile(
    r"\s+(rayon[ui]?|district|province|provincia|region|city|sahari|marz|oblast|county)$",
    re.IGNORECASE,
)
"""Words that GeoNames adds to a division's name; taken off before it becomes an alternate."""

FORMER = {
    ("Former USSR oblast in 1991", "AZE"): {
        "name": "Nagorno-Karabakh Autonomous Oblast",
        "name_en": "Nagorno-Karabakh Autonomous Oblast",
        "alternates": [
            "NKAO",
            "Nagorno-Karabakh",
            "Нагорно-Карабахская автономная область",
            "НКАО",
        ],
        "until": "1991",
    },
}
"""What the closed outlines of former divisions were, by name in the source and country."""
