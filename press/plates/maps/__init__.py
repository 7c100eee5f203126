"""The kind ``map``: the ground of a world atlas, what the author lays over it, places and words.

A map is made in this order: ``extent`` (what it is to hold), ``projection`` and ``frame`` (where
that stands on paper), ``ground`` and ``relief`` (what lies beneath), ``overlay`` of ``areas`` and
``lines`` (what the author lays over it), ``places``, ``symbols`` and ``names``, and what stands
around it: ``graticule``, ``legend``, ``scale``, ``locator``. ``panel`` draws one picture so;
``draw`` and ``finish`` make a plate of one or several.
"""

from press.plates.maps.draw import draw_map, files_of

__all__ = ["draw_map", "files_of"]
