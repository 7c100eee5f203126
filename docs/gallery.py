"""Makes the gallery of maps: ``python docs/gallery.py`` writes ``docs/gallery/`` anew.

Every folder there is a small dossier with one plate; its picture and its YAML go into the index. Run
it in the environment that build.py prepared. Names of plates on the command line limit the run to
those, and leave the index as it is.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from press.cli import engine

if TYPE_CHECKING:
    from press.load import Loaded
    from press.model import Map
    from press.plates import Drawing
    from press.styles import Style

GALLERY = ROOT / "docs" / "gallery"
REFERENCE = ROOT / "content" / "1993-summer-offensives"
RESOLUTION = 130
"""Dots per inch of a picture; a poster is drawn at fewer, so that it is no wider than a page."""
WIDEST = 1100
"""Pixels across, at most."""
COLOURS = 256
"""Of a picture's palette: maps are flat colours, and a palette halves the file."""

ORDER = (
    "reference", "stages", "world", "europe", "bosnia", "rwanda", "fiji", "svalbard", "antarctica",
    "falklands", "san-francisco", "pacific", "chernobyl", "suez",
)  # fmt: skip
"""In the index; other folders follow by name."""


_BOXES = tuple(
    f"{edge}-{where}"
    for edge in ("top", "bottom")
    for where in ("left-corner", "left", "center", "right", "right-corner")
)


@dataclass(frozen=True)
class Exhibit:
    """A plate of the gallery with the dossier that it is drawn from."""

    name: str
    loaded: Loaded
    plate: Map


def exhibits() -> Iterator[Exhibit]:
    """Every map of the gallery, in the order of the index."""
    from press.load import load
    from press.model import Map
    from press.snapshot import read

    folders = {path.name: path for path in sorted(GALLERY.iterdir()) if path.is_dir()}
    for name in (*ORDER, *(n for n in folders if n not in ORDER)):
        loaded = load(read(folders.get(name, REFERENCE)))
        if loaded.findings:
            raise SystemExit("\n".join(map(str, loaded.findings)))
        maps = [p for p in loaded.dossier.plates.plates if isinstance(p, Map)]
        chosen = [m for m in maps if bool(m.stages) == (name == "stages")] or maps
        if name in folders or bool(chosen[0].stages) == (name == "stages"):
            yield Exhibit(name, loaded, chosen[0])


def drawing_of(exhibit: Exhibit, style: Style) -> Drawing:
    """The plate of an exhibit."""
    from press import plates

    dossier = exhibit.loaded.dossier
    files = exhibit.loaded.snapshot.files
    return plates.draw(exhibit.plate, dossier, style, f"plate-{exhibit.plate.id}", files)


def page_of(drawing: Drawing, exhibit: Exhibit, style: Style) -> bytes:
    """A PDF with nothing on it but the plate."""
    from markupsafe import Markup, escape

    from press import plates, styles
    from press.render import environment
    from press.typeset import Html, typeset

    figure = plates.figure(
        drawing, environment(engine()), exhibit.loaded.dossier, lambda _, words: Markup(escape(words))
    )
    width, height = drawing.width + 12, drawing.total + 14
    empty = " ".join(f"@{box} {{ content: none }}" for box in _BOXES)
    pages = "".join(
        f"@page{side} {{ size: {width}mm {height}mm; margin: 6mm; {empty} }}"
        for side in ("", ":left", ":right", ":first")
    )
    only = f"{pages} .plate {{ page: auto !important; height: auto !important }}"
    sheets = "".join(f"<style>{style.sheet(name)}</style>" for name in styles.SHEETS)
    text = (
        f"<html lang=en><head><title>{escape(drawing.title)}</title>{sheets}"
        f"<style>{only}</style></head><body>{figure}</body></html>"
    )
    return typeset(Html(text, {k: v for k, v in style.files.items()})).pdf


def picture(pdf: bytes, path: Path) -> None:
    """The first page as a PNG of few colours."""
    import pypdfium2
    from PIL import Image

    page = pypdfium2.PdfDocument(pdf)[0]
    scale = min(RESOLUTION / 72, WIDEST / page.get_width())
    image = page.render(scale=scale).to_pil().convert("RGB")
    raw = io.BytesIO()
    image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.FLOYDSTEINBERG).save(raw, "PNG", optimize=True)
    path.write_bytes(raw.getvalue())


def main(names: list[str]) -> None:
    """Draws the plates that are named, or all."""
    from press import styles

    style = styles.flatten(engine())
    for exhibit in exhibits():
        if names and exhibit.name not in names:
            continue
        drawing = drawing_of(exhibit, style)
        for fault in drawing.faults:
            sys.stderr.write(f"{exhibit.name}: {fault.code} {fault.message}\n")
        picture(page_of(drawing, exhibit, style), GALLERY / f"{exhibit.name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
