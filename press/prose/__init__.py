"""Markdown to safe HTML, with the dossier's sources, places, events and plates printed into it.

A text goes through four steps: ``marks`` reads the press's own marks and puts stand-ins in their
place, ``markup`` makes clean HTML of the rest, and ``Prose`` exchanges the stand-ins for what they
print, taken from the dossier, and reports every mark that leads nowhere, at its line and column.
``blocks`` knows the kinds of ``///`` block, ``names`` what ``[[…]]`` can name.
"""

from press.prose.prose import Prose

__all__ = ["Prose"]
