"""Set pages become what a print shop asks for: PDF/X-4 with bleed, marks and inks.

PDF/X-4 is ISO 15930-7. Pages have a TrimBox within a BleedBox within a MediaBox, inks and an
output intent, no annotations or actions, a Trapped key and XMP that names the standard. Lengths are
points unless a name says otherwise.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Pdf, String

from press.base.units import MM
from press.output import provenance
from press.output.cmyk import to_cmyk
from press.output.pdf import COMPACT, Edges, described, numbers, opened, remove, saved, trimmed
from press.output.pdf_x import VERSION, faults, fonts
from press.output.printer_marks import SLUG, label, marks, registration
from press.plates.fonts import FontFile

CREATOR = "The dossier press"
"""What a file says that it was made with."""
HEAVIEST = 3.0
"""Ink that coated paper takes in one place: 300 % (ISO 12647-2, and the profile's own limit)."""


@dataclass(frozen=True)
class Condition:
    """A printing condition: its name in the registry of the ICC, and its profile."""

    name: str
    words: str
    file: str

    @property
    def profile(self) -> bytes:
        """The bytes of its ICC profile."""
        return (Path(__file__).parents[1] / "inks" / self.file).read_bytes()


CONDITIONS: Mapping[str, Condition] = {
    "fogra39": Condition(
        "FOGRA39",
        "Offset, coated paper, ISO 12647-2:2004/Amd 1, paper types 1 and 2",
        "fogra39.icc",
    )
}
"""Printing conditions by the name that an edition gives."""


@dataclass(frozen=True)
class Measured:
    """What a print shop must know of a file, measured on the file itself.

    ``trims`` are widths and heights in points with the number of their pages; ``inks`` the inks of
    each page (0 cyan … 3 black); ``heaviest`` the most ink in one place, in parts of 1;
    ``resolution`` the lowest of a picture in pixels per inch, 0 where there is none.
    """

    trims: tuple[tuple[float, float, int], ...]
    bleed: float
    inks: tuple[frozenset[int], ...]
    heaviest: float
    fonts: tuple[str, ...]
    resolution: float
    condition: Condition
    faults: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.inks)

    @property
    def coloured(self) -> tuple[int, ...]:
        """Numbers, from 1, of the pages that need more than black."""
        return tuple(n for n, inks in enumerate(self.inks, start=1) if inks - {3})


def prepress(
    pdf: bytes, condition: str, bleed: float, name: str, font: bytes
) -> tuple[bytes, Measured]:
    """``pdf`` for the print shop, and what to tell it; ``bleed`` in points.

    The pages of ``pdf`` must have been set with a bleed of at least that. ``name`` is printed in
    the slug of each page, in ``font``. The same pages give the same bytes.
    """
    under = CONDITIONS[condition]
    record = provenance.enclosed(pdf).get(provenance.NAME)
    with opened(pdf) as document:
        used = to_cmyk(document, under.profile)
        trims = [_trim(page, bleed) for page in document.pages]
        face, all_inks = FontFile(font), document.make_indirect(registration())
        for number, (page, trim) in enumerate(zip(document.pages, trims, strict=True), start=1):
            size = f"{(trim[2] - trim[0]) / MM:.0f} × {(trim[3] - trim[1]) / MM:.0f} mm"
            words = f"{name}   {number}/{len(trims)}   {size} + {bleed / MM:g} mm   {under.name}"
            around = marks(trim, bleed) + label(face, words, trim, bleed)
            _wrap(document, page, _grown(trim, bleed), around)
            if Name.ColorSpace not in page.obj.Resources:
                page.obj.Resources.ColorSpace = Dictionary()
            page.obj.Resources.ColorSpace.Registration = all_inks
        _strip(document)
        _declare(document, under, sha256(pdf).hexdigest(), record)
        made = saved(document, force_version="1.6", object_stream_mode=COMPACT)
    sizes = Counter((round(t[2] - t[0], 2), round(t[3] - t[1], 2)) for t in trims)
    return made, Measured(
        trims=tuple((*size, count) for size, count in sizes.most_common()),
        bleed=bleed,
        inks=used.inks,
        heaviest=used.heaviest,
        fonts=font_names(made),
        resolution=lowest_resolution(pdf),
        condition=under,
        faults=faults(made),
    )


# -- pages -------------------------------------------------------------------------------------


def _trim(page: Any, bleed: float) -> Edges:
    """Gives a page its boxes; its trimmed edges."""
    trim = trimmed(page)
    page.obj.TrimBox = _array(trim)
    page.obj.BleedBox = _array(_grown(trim, bleed))
    page.obj.MediaBox = _array(_grown(trim, bleed + SLUG))
    remove(page.obj, Name.CropBox, Name.ArtBox)
    return trim


def _grown(box: Edges, by: float) -> Edges:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _array(box: Edges) -> Array:
    return Array([Decimal(f"{edge:.4f}") for edge in box])


def _wrap(document: Pdf, page: Any, clip: Edges, around: str) -> None:
    """Keeps what a page prints within its bleed, and prints the marks around it."""
    left, bottom, right, top = clip
    before = f"q {numbers(left, bottom, right - left, top - bottom)} re W n\n"
    content = before.encode() + page.obj.Contents.read_bytes() + b"\nQ\n" + around.encode()
    page.obj.Contents = document.make_stream(content)


# -- what the file says of itself --------------------------------------------------------------

_OUT_OF_PLACE = (
    "/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/AF", "/OpenAction", "/AA", "/AcroForm",
    "/PageLabels", "/ViewerPreferences", "/OutputIntents", "/Metadata",
)  # fmt: skip
_OF_THE_SCREEN = ("/Annots", "/StructParents", "/Tabs", "/AA")


def _strip(document: Pdf) -> None:
    """Takes away what serves a screen: links, tags, outline, attachments."""
    remove(document.Root, *_OUT_OF_PLACE)
    for page in document.pages:
        remove(page.obj, *_OF_THE_SCREEN)


def _declare(document: Pdf, condition: Condition, digest: str, record: bytes | None) -> None:
    """Output intent, Trapped, dates and XMP; the record of inputs goes into private data."""
    root: Any = document.Root
    information: Any = document.docinfo
    title = str(information.get(Name.Title) or "untitled")
    day = str(information.get(Name.CreationDate) or "D:19700101")[2:10]
    for key in (Name.CreationDate, Name.ModDate):
        information[key] = String(f"D:{day}000000Z")
    information[Name.Title], information[Name.Trapped] = String(title), Name("/False")
    information[Name.Creator] = String(CREATOR)
    profile = document.make_stream(condition.profile, N=4)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition.name),
        OutputCondition=String(condition.words),
        RegistryName=String("http://www.color.org"),
        Info=String(f"{condition.name}: {condition.words}"),
        DestOutputProfile=profile,
    )
    root.OutputIntents = Array([document.make_indirect(intent)])
    date = f"{day[:4]}-{day[4:6]}-{day[6:]}T00:00:00Z"
    identity = f"uuid:{uuid5(NAMESPACE_URL, f'urn:sha256:{digest}')}"
    with described(document) as metadata:
        metadata.update({
            "dc:format": "application/pdf",
            "dc:title": title,
            "dc:creator": [str(information.get(Name.Author) or "")],
            "pdf:Producer": str(information.get(Name.Producer) or ""),
            "pdf:Trapped": "False",
            "pdfxid:GTS_PDFXVersion": VERSION,
            "xmp:CreatorTool": CREATOR,
            **{f"xmp:{what}Date": date for what in ("Create", "Modify", "Metadata")},
            **{f"xmpMM:{what}ID": identity for what in ("Document", "Instance")},
            "xmpMM:VersionID": "1",
            "xmpMM:RenditionClass": "default",
        })  # fmt: skip
    if record is not None:
        private = Dictionary({f"/{provenance.NAME}": document.make_stream(record)})
        data = Dictionary(LastModified=String(f"D:{day}000000Z"), Private=private)
        root.PieceInfo = Dictionary({f"/{provenance.PRIVATE}": data})


# -- looking at the file -----------------------------------------------------------------------


def lowest_resolution(pdf: bytes) -> float:
    """The fewest pixels to the inch at which a picture is printed; 0 without pictures.

    The hill shading of maps, which is multiplied upon its ground, is soft by intent and left out.
    """
    with opened(pdf) as document:
        found = [
            pixels * 72 / width
            for page in document.pages
            for pixels, width in _pictures(page, page.obj.get(Name.Resources), Matrix(), False)
            if width > 0
        ]
    return min(found, default=0.0)


def _pictures(
    content: Any, resources: Any, matrix: Matrix, shading: bool
) -> Iterator[tuple[int, float]]:
    """Pixels across and points across of each picture that ``content`` prints."""
    kept: list[tuple[Matrix, bool]] = []
    instructions: Any = pikepdf.parse_content_stream(content, "q Q cm gs Do")
    for operands, operator in instructions:
        match str(operator):
            case "q":
                kept.append((matrix, shading))
            case "Q" if kept:
                matrix, shading = kept.pop()
            case "cm":
                matrix = Matrix(*map(float, operands)) @ matrix
            case "gs":
                state = resources.ExtGState.get(str(operands[0]), Dictionary())
                shading = state.get(Name.BM, Name.Multiply if shading else "") == Name.Multiply
            case "Do":
                item = resources.XObject[str(operands[0])]
                if item.get(Name.Subtype) == Name.Form:
                    own = Matrix(item.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0])))
                    yield from _pictures(item, item.get(Name.Resources), own @ matrix, shading)
                elif not shading and not item.get(Name.ImageMask):
                    yield int(item.Width), math.hypot(matrix.a, matrix.b)


def font_names(pdf: bytes) -> tuple[str, ...]:
    """The names of the fonts in a file, without the marks of subsets."""
    with opened(pdf) as document:
        names = (str(font.BaseFont)[1:].split("+")[-1].rstrip(",") for font in fonts(document))
        return tuple(sorted({name.replace("-", " ") for name in names}))
