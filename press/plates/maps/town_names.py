"""Towns that languages call by names of their own, where the atlas knows a single one.

The atlas has of each town the name that GeoNames puts first, which is now that of the country, now
the English one, and in a country of several languages any of theirs. These are the common ones of
central and western Europe, from general knowledge; of capitals and other large cities CLDR has the
names of far more languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from press.atlas import fold

_LANGUAGES = ("en", "de", "fr", "")
_TOWNS = """
AT|Vienna|Vienna|Wien|Vienne|Wien
BE|Antwerp|Antwerp|Antwerpen|Anvers|Antwerpen
BE|Brugge|Bruges|Brügge|Bruges|Brugge
BE|Brussels|Brussels|Brüssel|Bruxelles|Bruxelles
BE|Gent|Ghent|Gent|Gand|Gent
BE|Ieper|Ypres|Ypern|Ypres|Ieper
BE|Kortrijk|Kortrijk|Kortrijk|Courtrai|Kortrijk
BE|Leuven|Leuven|Löwen|Louvain|Leuven
BE|Liège|Liège|Lüttich|Liège|Liège
BE|Mechelen|Mechelen|Mecheln|Malines|Mechelen
BE|Ostend|Ostend|Ostende|Ostende|Oostende
CH|Basel|Basel|Basel|Bâle|Basel
CH|Bern|Bern|Bern|Berne|Bern
CH|Biel/Bienne|Biel|Biel|Bienne|Biel/Bienne
CH|Brig|Brig|Brig|Brigue|Brig
CH|Chur|Chur|Chur|Coire|Chur
CH|Delémont|Delémont|Delsberg|Delémont|Delémont
CH|Fribourg|Fribourg|Freiburg|Fribourg|Fribourg
CH|Geneva|Geneva|Genf|Genève|Genève
CH|Leuk|Leuk|Leuk|Loèche|Leuk
CH|Luzern|Lucerne|Luzern|Lucerne|Luzern
CH|Martigny-Ville|Martigny|Martigny|Martigny|Martigny
CH|Neuchâtel|Neuchâtel|Neuenburg|Neuchâtel|Neuchâtel
CH|Sankt Gallen|St. Gallen|St. Gallen|Saint-Gall|St. Gallen
CH|Sierre|Sierre|Siders|Sierre|Sierre
CH|Sitten|Sion|Sitten|Sion|Sion
CH|Solothurn|Solothurn|Solothurn|Soleure|Solothurn
CH|Visp|Visp|Visp|Viège|Visp
CH|Zürich|Zurich|Zürich|Zurich|Zürich
CZ|Brno|Brno|Brünn|Brno|Brno
CZ|Pilsen|Pilsen|Pilsen|Pilsen|Plzeň
CZ|Prague|Prague|Prag|Prague|Praha
DE|Aachen|Aachen|Aachen|Aix-la-Chapelle|Aachen
DE|Dresden|Dresden|Dresden|Dresde|Dresden
DE|Frankfurt am Main|Frankfurt|Frankfurt am Main|Francfort|Frankfurt am Main
DE|Freiburg|Freiburg|Freiburg|Fribourg-en-Brisgau|Freiburg
DE|Hannover|Hanover|Hannover|Hanovre|Hannover
DE|Koblenz|Koblenz|Koblenz|Coblence|Koblenz
DE|Köln|Cologne|Köln|Cologne|Köln
DE|Mainz|Mainz|Mainz|Mayence|Mainz
DE|Munich|Munich|München|Munich|München
DE|Nuremberg|Nuremberg|Nürnberg|Nuremberg|Nürnberg
DE|Regensburg|Regensburg|Regensburg|Ratisbonne|Regensburg
DE|Trier|Trier|Trier|Trèves|Trier
DK|Copenhagen|Copenhagen|Kopenhagen|Copenhague|København
FR|Strasbourg|Strasbourg|Straßburg|Strasbourg|Strasbourg
IT|Aosta|Aosta|Aosta|Aoste|Aosta
IT|Bolzano|Bolzano|Bozen|Bolzano|Bolzano
IT|Bologna|Bologna|Bologna|Bologne|Bologna
IT|Bressanone|Brixen|Brixen|Bressanone|Bressanone
IT|Florence|Florence|Florenz|Florence|Firenze
IT|Genoa|Genoa|Genua|Gênes|Genova
IT|Merano|Merano|Meran|Merano|Merano
IT|Milan|Milan|Mailand|Milan|Milano
IT|Naples|Naples|Neapel|Naples|Napoli
IT|Padua|Padua|Padua|Padoue|Padova
IT|Rome|Rome|Rom|Rome|Roma
IT|Trento|Trento|Trient|Trente|Trento
IT|Trieste|Trieste|Triest|Trieste|Trieste
IT|Turin|Turin|Turin|Turin|Torino
IT|Venice|Venice|Venedig|Venise|Venezia
IT|Verona|Verona|Verona|Vérone|Verona
NL|The Hague|The Hague|Den Haag|La Haye|Den Haag
PL|Gdańsk|Gdańsk|Danzig|Gdańsk|Gdańsk
PL|Kraków|Kraków|Krakau|Cracovie|Kraków
PL|Poznań|Poznań|Posen|Poznań|Poznań
PL|Szczecin|Szczecin|Stettin|Szczecin|Szczecin
PL|Warsaw|Warsaw|Warschau|Varsovie|Warszawa
PL|Wrocław|Wrocław|Breslau|Wrocław|Wrocław
"""
"""Country, name in the atlas, and then in English, in German, in French and at home."""


@cache
def _named() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """The names of towns by language (``""`` at home), by country and the atlas's name, folded."""
    return dict(_rows())


def _rows() -> Iterator[tuple[tuple[str, str], Mapping[str, str]]]:
    for row in _TOWNS.strip().splitlines():
        country, name, *names = row.split("|")
        yield (country, fold(name)), dict(zip(_LANGUAGES, names, strict=True))


def town_name(country: str, name: str, language: str) -> str:
    """What a language calls a town, or people there; ``""`` where the atlas's name is all we know.

    ``country`` is its ISO 3166-1 code of two letters, ``name`` the atlas's.
    """
    names = _named().get((country, fold(name)), {})
    return names.get(language.partition("-")[0], names.get("", ""))
