"""Makes the pictures of the README from real pages: ``python docs/pictures.py``.

They are built from the reference dossier, so a change of content or look changes them too; run it
in the environment that build.py prepared, and commit what it writes to ``docs/pictures/``.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from press.content.snapshot import engine_files
from press.typeset import fonts

if TYPE_CHECKING:
    from PIL.Image import Image

    from press.pipeline import Made

SLUG = "1993-summer-offensives"
FOLDER = ROOT / "docs" / "pictures"
GAP = 12
"""Pixels between two pages of a spread, and around them."""
RESOLUTION = 64
"""Dots per inch of a page."""

EXAMPLE = """\
:root {
  --accent: #1f5a86;
  --tint: #eef3f7;
  --face-text: "Alegreya", var(--face-native);
}
"""
"""The three lines of the README's example, as a theme."""


def built(theme: str, extra: Mapping[str, bytes] | None = None) -> Made:
    """The reference dossier in ``theme``; ``extra`` are style files of our own."""
    from press.content.load import load
    from press.content.snapshot import read
    from press.design.editions import EDITIONS
    from press.pipeline import make
    from press.views.view import Work

    loaded = load(read(ROOT / "content" / SLUG, f"content/{SLUG}"))
    files = {**engine_files(), **(extra or {})}
    return make(Work(f"{SLUG}.pdf", loaded, EDITIONS["dossier"], theme, files))


def page_of(made: Made, anchor: str) -> int:
    """The page, from 1, on which ``anchor`` stands."""
    return made.rounds[-1][anchor][0]


def picture(made: Made, pages: Sequence[int], name: str, resolution: int = RESOLUTION) -> None:
    """Writes the pages side by side to ``docs/pictures/<name>.png``."""
    import pypdfium2

    document = pypdfium2.PdfDocument(made.pdf)
    drawn = [document[n - 1].render(scale=resolution / 72).to_pil() for n in pages]
    save(side_by_side(drawn), FOLDER / f"{name}.png")


def side_by_side(pages: Sequence[Image]) -> Image:
    """The pages on a grey ground, with a hair of space between them."""
    from PIL import Image

    width = sum(page.width for page in pages) + GAP * (len(pages) + 1)
    height = max(page.height for page in pages) + GAP * 2
    sheet = Image.new("RGB", (width, height), "#d9d6d1")
    left = GAP
    for page in pages:
        sheet.paste(page, (left, GAP))
        left += page.width + GAP
    return sheet


def save(image: Image, path: Path) -> None:
    """Writes ``image`` in at most 256 colours, which is plenty for type and small to keep.

    Colours that cover little are kept, and each is then moved to the mean of what it stands for,
    or pale grounds would turn green and pink.
    """
    from PIL.Image import Quantize

    buffer = io.BytesIO()
    image.quantize(256, method=Quantize.MAXCOVERAGE, kmeans=1).save(buffer, "PNG", optimize=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())


def main() -> None:
    """Every picture of the README."""
    fonts.only(ROOT / "styles" / "fonts", ROOT / "output" / ".cache" / "fonts")
    plain = built("default")
    opening = page_of(plain, "infobox")
    chronology = page_of(plain, "chronology")
    picture(plain, (1, opening, opening + 1), "opening")
    picture(plain, (chronology, chronology + 1, page_of(plain, "gazetteer")), "tables")
    picture(plain, (page_of(plain, "plate-campaign"), page_of(plain, "plate-timeline")), "plates")
    picture(plain, (page_of(plain, "plate-campaign"),), "map", 110)
    changed = built("example", {"styles/themes/example.css": EXAMPLE.encode()})
    archive = built("archive")
    for name, made in (("before", plain), ("after", changed), ("archive", archive)):
        picture(made, (page_of(made, "infobox"),), f"look-{name}")


if __name__ == "__main__":
    main()
