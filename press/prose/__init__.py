"""Markdown to safe HTML, with the dossier's sources, places, events and plates printed into it.

A text goes through four steps: ``reading`` finds the press's own marks (``marks``) and puts
stand-ins in their place, ``markup`` makes clean HTML of the rest, ``printer`` exchanges the
stand-ins for what they print, taken from the dossier (``values``, ``note_printer``,
``block_printer``), and ``Prose`` counts through all texts and gives every finding, at its line and
column. ``blocks`` knows the kinds of ``///`` block, ``names`` what ``[[…]]`` can name.
"""

from press.prose.prose import Prose

__all__ = ["Prose"]
