"""Towns that languages call by names of their own, where the atlas knows a single one.

The atlas has of each town the name that GeoNames puts first, which is now that of the country, now
the English one, and in a country of several languages any of theirs. These are the common ones of
central and western Europe, and of towns that it calls as they were called before, from general
knowledge; of capitals and other large cities CLDR has the names of far more languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from press.atlas import fold

_TOWNS = """
AT|Vienna|Wien|en:Vienna|fr:Vienne
AZ|Pushkino|Biləsuvar|en:Bilasuvar
BE|Antwerp|Antwerpen|en:Antwerp|fr:Anvers
BE|Brugge|en:Bruges|de:Brügge|fr:Bruges
BE|Brussels|Bruxelles|en:Brussels|de:Brüssel
BE|Gent|en:Ghent|fr:Gand
BE|Ieper|en:Ypres|de:Ypern|fr:Ypres
BE|Kortrijk|fr:Courtrai
BE|Leuven|de:Löwen|fr:Louvain
BE|Liège|de:Lüttich
BE|Mechelen|de:Mecheln|fr:Malines
BE|Ostend|Oostende|en:Ostend|de:Ostende|fr:Ostende
CH|Basel|fr:Bâle
CH|Bern|fr:Berne
CH|Biel/Bienne|en:Biel|de:Biel|fr:Bienne
CH|Brig|fr:Brigue
CH|Chur|fr:Coire
CH|Delémont|de:Delsberg
CH|Fribourg|de:Freiburg
CH|Geneva|Genève|en:Geneva|de:Genf
CH|Leuk|fr:Loèche
CH|Luzern|en:Lucerne|fr:Lucerne
CH|Martigny-Ville|Martigny
CH|Neuchâtel|de:Neuenburg
CH|Sankt Gallen|St. Gallen|fr:Saint-Gall
CH|Sierre|de:Siders
CH|Sitten|Sion|de:Sitten
CH|Solothurn|fr:Soleure
CH|Visp|fr:Viège
CH|Zürich|en:Zurich|fr:Zurich
CZ|Brno|de:Brünn
CZ|Pilsen|Plzeň|en:Pilsen|de:Pilsen|fr:Pilsen
CZ|Prague|Praha|en:Prague|de:Prag|fr:Prague
DE|Aachen|fr:Aix-la-Chapelle
DE|Dresden|fr:Dresde
DE|Frankfurt am Main|en:Frankfurt|fr:Francfort
DE|Freiburg|fr:Fribourg-en-Brisgau
DE|Hannover|en:Hanover|fr:Hanovre
DE|Koblenz|fr:Coblence
DE|Köln|en:Cologne|fr:Cologne
DE|Mainz|fr:Mayence
DE|Munich|München|en:Munich|fr:Munich
DE|Nuremberg|Nürnberg|en:Nuremberg|fr:Nuremberg
DE|Regensburg|fr:Ratisbonne
DE|Trier|fr:Trèves
DK|Copenhagen|København|en:Copenhagen|de:Kopenhagen|fr:Copenhague
FR|Strasbourg|de:Straßburg
IT|Aosta|fr:Aoste
IT|Bolzano|de:Bozen
IT|Bologna|fr:Bologne
IT|Bressanone|en:Brixen|de:Brixen
IT|Florence|Firenze|en:Florence|de:Florenz|fr:Florence
IT|Genoa|Genova|en:Genoa|de:Genua|fr:Gênes
IT|Merano|de:Meran
IT|Milan|Milano|en:Milan|de:Mailand|fr:Milan
IT|Naples|Napoli|en:Naples|de:Neapel|fr:Naples
IT|Padua|Padova|en:Padua|de:Padua|fr:Padoue
IT|Rome|Roma|en:Rome|de:Rom|fr:Rome
IT|Trento|de:Trient|fr:Trente
IT|Trieste|de:Triest
IT|Turin|Torino|en:Turin|de:Turin|fr:Turin
IT|Venice|Venezia|en:Venice|de:Venedig|fr:Venise
IT|Verona|fr:Vérone
NL|The Hague|Den Haag|en:The Hague|fr:La Haye
PL|Gdańsk|de:Danzig
PL|Kraków|de:Krakau|fr:Cracovie
PL|Poznań|de:Posen
PL|Szczecin|de:Stettin
PL|Warsaw|Warszawa|en:Warsaw|de:Warschau|fr:Varsovie
PL|Wrocław|de:Breslau
"""
"""Country, name in the atlas, that at home where it is another, those of languages that differ."""


@cache
def _named() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """The names of towns by language (``""`` at home), by country and the atlas's name, folded."""
    return dict(_rows())


def _rows() -> Iterator[tuple[tuple[str, str], Mapping[str, str]]]:
    for row in _TOWNS.strip().splitlines():
        country, name, *others = row.split("|")
        named = dict(other.rpartition(":")[::2] for other in others)
        yield (country, fold(name)), {"": name, **named}


def town_name(country: str, name: str, language: str) -> str:
    """What a language calls a town, or people there; ``""`` where the atlas's name is all we know.

    ``country`` is its ISO 3166-1 code of two letters, ``name`` the atlas's.
    """
    names = _named().get((country, fold(name)), {})
    return names.get(language.partition("-")[0], names.get("", ""))
