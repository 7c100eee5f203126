"""Makes the gallery of maps: ``python docs/gallery.py`` writes ``docs/gallery/`` anew.

Every folder there is a small dossier with one plate; its picture and its YAML go into the index,
and a picture is drawn for each example of docs/maps.md. Run it in the environment that build.py
prepared. Names of plates on the command line limit the run to those, and leave the index as it is.
"""

from __future__ import annotations

import io
import re
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from press.base.document import Document
from press.content.snapshot import engine_files

if TYPE_CHECKING:
    from press.content.load import Loaded
    from press.content.model import Cite, Map
    from press.design.styles import Style
    from press.plates import Drawing

GALLERY = ROOT / "docs" / "gallery"
MANUAL = ROOT / "docs" / "maps.md"
PICTURES = ROOT / "docs" / "maps"
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
    from press.content.load import load
    from press.content.model import Map
    from press.content.snapshot import read

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
    return plates.draw_plate(exhibit.plate, dossier, style, files)


def page_of(drawing: Drawing, exhibit: Exhibit, style: Style) -> bytes:
    """A PDF with nothing on it but the plate."""
    from markupsafe import Markup, escape

    from press import plates
    from press.base.templates import environment
    from press.typeset.typeset import typeset

    def unlinked(_: Sequence[Cite]) -> Markup:
        return Markup(escape(drawing.sourced))  # noqa: S704 - escaped here

    figure = plates.figure(drawing, environment(engine_files()), exhibit.loaded.dossier, unlinked)
    width, height = drawing.width + 12, drawing.total + 14
    empty = " ".join(f"@{box} {{ content: none }}" for box in _BOXES)
    pages = "".join(
        f"@page{side} {{ size: {width}mm {height}mm; margin: 6mm; {empty} }}"
        for side in ("", ":left", ":right", ":first")
    )
    loose = "page: auto !important; height: auto !important; margin: 0 !important"
    only = f"{pages} .plate {{ {loose} }}"
    sheets = f"<style>{style.css()}</style>"
    text = (
        f"<html lang=en><head><title>{escape(drawing.title)}</title>{sheets}"
        f"<style>{only}</style></head><body>{figure}</body></html>"
    )
    return typeset(Document(text, dict(style.files))).pdf


def picture(pdf: bytes, path: Path) -> None:
    """The first page as a PNG of few colours."""
    import pypdfium2
    from PIL import Image

    page = pypdfium2.PdfDocument(pdf)[0]
    scale = min(RESOLUTION / 72, WIDEST / page.get_width())
    image = page.render(scale=scale).to_pil().convert("RGB")
    raw = io.BytesIO()
    few = image.quantize(COLOURS, Image.Quantize.MEDIANCUT, 4, dither=Image.Dither.FLOYDSTEINBERG)
    few.save(raw, "PNG", optimize=True)
    path.write_bytes(raw.getvalue())


EXAMPLE = re.compile(r"<!-- ([a-z-]+): ([a-z-]+) -->\n```yaml\n(.*?)```", re.DOTALL)
"""A picture of docs/maps.md: the dossier it is drawn from, its name, and its lines of YAML."""


def examples() -> Iterator[Exhibit]:
    """The plates of docs/maps.md, each from the YAML that stands above its picture."""
    from press.content.load import load
    from press.content.model import Map
    from press.content.snapshot import read

    for folder, name, lines in EXAMPLE.findall(MANUAL.read_text("utf-8")):
        snapshot = read(GALLERY / folder)
        size = "" if "size:" in lines else "size: column\n"
        own = f"kind: map\nid: example\ntitle: {name.replace('-', ' ').capitalize()}\n{size}{lines}"
        text = "plates:\n" + textwrap.indent(own, "    ").replace("    kind", "  - kind", 1)
        files = {**snapshot.files, "plates.yaml": text.encode()}
        loaded = load(replace(snapshot, files=files))
        if loaded.findings:
            raise SystemExit("\n".join(map(str, loaded.findings)))
        [plate] = loaded.dossier.plates.plates
        if isinstance(plate, Map):
            yield Exhibit(name, loaded, plate)


def yaml_of(exhibit: Exhibit) -> str:
    """The lines of plates.yaml that made a plate."""
    text = exhibit.loaded.snapshot.files["plates.yaml"].decode("utf-8")
    entries = re.split(r"(?m)^(?=  - )", text)
    return next(e for e in entries if re.search(rf"\bid: {exhibit.plate.id}$", e, re.MULTILINE))


def index(shown: Sequence[Exhibit]) -> str:
    """The page that shows every plate with the YAML that made it."""
    parts = [
        "# Gallery\n\nEach plate is drawn from a small dossier beside this page, by "
        "`python docs/gallery.py`. [Maps](../maps.md) explains every line.\n"
    ]
    for exhibit in shown:
        yaml = textwrap.dedent(yaml_of(exhibit)).rstrip()
        folder = f"[{exhibit.name}/]({exhibit.name}/)"
        where = folder if (GALLERY / exhibit.name).is_dir() else f"`content/{REFERENCE.name}`"
        parts.append(
            f"## {exhibit.plate.title}\n\n![{exhibit.plate.title}]({exhibit.name}.png)\n\n"
            f"From {where}:\n\n```yaml\n{yaml}\n```\n"
        )
    return "\n".join(parts)


def main(names: list[str]) -> None:
    """Draws the plates that are named, or all with their index."""
    from press.design import styles

    style = styles.flatten(engine_files())
    shown, manual = list(exhibits()), list(examples())
    PICTURES.mkdir(exist_ok=True)
    for folder, several in ((GALLERY, shown), (PICTURES, manual)):
        for exhibit in several:
            if names and exhibit.name not in names:
                continue
            drawing = drawing_of(exhibit, style)
            for fault in drawing.faults:
                sys.stderr.write(f"{exhibit.name}: {fault.code} {fault.message}\n")
            picture(page_of(drawing, exhibit, style), folder / f"{exhibit.name}.png")
    if not names:
        (GALLERY / "README.md").write_text(index(shown), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
