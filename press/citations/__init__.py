"""Sources in print: notes, short labels and the bibliography, as a CSL style has them.

``locators`` reads where in a source something stands, ``references`` turns sources into CSL,
``engine`` has citeproc-py set them, ``labels`` names and orders them, and ``Citations`` is what
the other rooms ask. ``source_text`` sees to it that what sources say stays text.
"""

from press.citations.citations import Citations
from press.citations.csl import page_sign, quotes
from press.citations.engine import CitationError
from press.citations.locators import CitationItem

__all__ = ["CitationError", "CitationItem", "Citations", "page_sign", "quotes"]
