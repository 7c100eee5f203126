"""The kind ``map``: the ground of a world atlas, what the author lays over it, places and words.

A map is made in this order: ``extent`` (what it is to hold) and ``frame`` (projection and scale),
``ground`` and ``relief`` (what lies beneath), ``areas`` and ``lines`` (what the author lays over
it), ``places`` and ``names`` (symbols and words), ``edge``, ``legend``, ``scale`` and ``locator``
(what stands around it). ``panel`` draws one picture so, ``draw`` and ``finish`` make a plate of it.
"""

from press.plates.maps.draw import draw_map, files_of

__all__ = ["draw_map", "files_of"]
