"""The atlas: a read-only world base map in one file, read without a network.

``world.sqlite`` lies beside this module. ``tools/atlas/make.py`` derives it once from pinned
packages and ``SOURCES.md`` says what came from where and under which licence. Everything is WGS 84
longitude and latitude in degrees; heights are metres.

==============  ================================  ============  ================================
layer           geometry                          detail        properties
==============  ================================  ============  ================================
country         areas                             10m 50m 110m  name name_en a3 iso alternates
                                                                names (10m)
admin1          areas: first-order divisions      10m           name name_en iso a3 country type
                                                                alternates
land            areas                             10m 50m 110m
coast           lines                             10m 50m 110m
country_border  lines, without coasts             10m 50m 110m  left right status
admin1_border   lines, without country borders    10m           a3
                and coasts
lake            areas                             10m 50m 110m  name name_en kind rank
                                                                alternates
river           lines                             10m 50m 110m  name name_en kind rank
                                                                alternates
place           points (Natural Earth)            10m           name name_en a3 capital
                                                                population rank
town            points (GeoNames)                 10m           name ascii country population
                                                                geonameid names
disputed        lines, claims and former borders  10m           name left right
former          areas, divisions of the past      10m           name name_en a3 kind until
                                                                alternates
==============  ================================  ============  ================================

Areas are Polygon or MultiPolygon, lines LineString or MultiLineString, all valid; the areas, lines
and land of one detail share their vertices, so that they agree to the last digit.

``a3`` is the three-letter code of Natural Earth's de facto view, ``iso`` ISO 3166-1 alpha-2 for a
country and ISO 3166-2 for a first-order division, ``rank`` Natural Earth's scale rank (0 is the
most prominent), ``names`` of a town one name for each script of its country and the neighbours, by
ISO 15924 code (``{"Armn": ..., "Cyrl": ...}``), current, former or local as GeoNames lists them,
and ``names`` of a country its name by language; ``alternates`` other names. ``left`` and ``right``
are the a3 codes of the two sides. ``status`` of a border is "international", "disputed", "line of
control" or "indefinite", as Natural Earth sees it. Towns are those of 1,000 inhabitants and more,
and seats of government. Facts that are not known are absent.
"""

from press.atlas.names import fold
from press.atlas.reader import WORLD, Atlas, world
from press.atlas.values import BBox, Detail, Feature, Raster

__all__ = [
    "WORLD", "Atlas", "BBox", "Detail", "Feature", "Raster",
    "fold", "world",
]  # fmt: skip
