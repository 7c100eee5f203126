"""The colophon: how the document was made, and what it rests on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version

from press.atlas import world
from press.checks.counted import coverage, line
from press.design.styles import Style
from press.plates import Drawing
from press.views.view import Bench

SOFTWARE = ("weasyprint", "jinja2", "markdown", "citeproc-py", "pyproj", "shapely")
"""Packages whose versions are printed."""


@dataclass(frozen=True)
class ColophonView:
    """Families of type, credits of the maps' data, packages with their versions, count of facts.

    ``content_hash`` is the digest of the content, "" where it is not printed; so is ``coverage``
    where there are no facts.
    """

    type: tuple[str, ...]
    data: tuple[str, ...]
    software: tuple[tuple[str, str], ...]
    content_hash: str
    coverage: str


def view(bench: Bench) -> ColophonView:
    """The colophon of a whole dossier."""
    count = coverage(bench.loaded)
    return ColophonView(
        type=_faces(bench),
        data=owed(bench.drawings.values()),
        software=tuple((name, version(name)) for name in SOFTWARE),
        content_hash=bench.fingerprint,
        coverage=line(count, bench.dossier.meta.language) if count.facts else "",
    )


def _faces(bench: Bench) -> tuple[str, ...]:
    """The families that the dossier is set in; those of a script or of code where it is printed."""
    style, content = bench.style, bench.loaded.snapshot.files
    written = {c for name, raw in content.items() if name.endswith((".yaml", ".md"))
               for c in raw.decode("utf-8", "replace")}  # fmt: skip
    scripts = {unicodedata.name(character, "?").split()[0] for character in written}
    alien = {"ARMENIAN", "ARABIC", "HEBREW", "GEORGIAN", "DEVANAGARI", "THAI", "CJK"} - scripts
    rules = _rules(style)
    families = [f for f in dict.fromkeys(face.family for face in style.faces) if _named(f, rules)]
    code = () if bench.prose.record.has_code else style.stack("--face-mono")[:1]
    return tuple(f for f in families if f.split()[-1].upper() not in alien and f not in code)


def _named(family: str, rules: str) -> bool:
    """Whether a rule asks for a family, not only a token that no rule of the edition takes."""
    asked = rf"""\bfont(?:-family)?:[^;}}]*{re.escape(family)}["']?\s*[,;}}!]"""
    return re.search(asked, rules) is not None


def _rules(style: Style) -> str:
    """The style sheets without what declares faces."""
    return re.sub(r"@font-face\s*\{[^}]*\}", "", style.css() + style.plate_css)


def owed(drawings: Iterable[Drawing]) -> tuple[str, ...]:
    """What is owed for all that is drawn from the atlas, each credit once, in the atlas's order."""
    drawn = {layer for drawing in drawings for layer in drawing.layers}
    return world().credits(x for x in (*world().layers, "relief", "elevation") if x in drawn)
