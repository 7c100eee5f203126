"""Set pages become what a print shop asks for: PDF/X-4 with bleed, marks and inks.

PDF/X-4 is ISO 15930-7. Pages have a TrimBox within a BleedBox within a MediaBox, inks and an
output intent, no annotations or actions, a Trapped key and XMP that names the
standard. The marks stand outside the bleed, in every ink at once. Lengths are points
unless a name says otherwise.
"""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Pdf, String

from press.output import provenance
from press.plates.metrics import Font
from press.output.cmyk import objects, separate

MM = 72 / 25.4
"""Points in a millimetre."""
SLUG = 9 * MM
"""Room for marks around the bleed."""
MARK = 5 * MM
"""Length of a crop mark, and its distance from the trimmed edge beyond the bleed."""
CLEAR = 1 * MM
PATCH = 4 * MM
"""Side of a patch of the colour bar."""
LABEL = 5.5
"""Size of the words in the slug."""
HEAVIEST = 3.0
"""Ink that coated paper takes in one place: 300 % (ISO 12647-2, and the profile's own limit)."""
VERSION = "PDF/X-4"


@dataclass(frozen=True)
class Condition:
    """A printing condition: its name in the registry of the ICC, and its profile."""

    name: str
    words: str
    file: str

    @property
    def profile(self) -> bytes:
        """The bytes of its ICC profile."""
        return _read(self.file)


CONDITIONS: Mapping[str, Condition] = {
    "fogra39": Condition(
        "FOGRA39",
        "Offset, coated paper, ISO 12647-2:2004/Amd 1, paper types 1 and 2",
        "fogra39.icc",
    )
}
"""Printing conditions by the name that an edition gives."""


@lru_cache(maxsize=4)
def _read(file: str) -> bytes:
    return (Path(__file__).parents[1] / "inks" / file).read_bytes()


Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


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
    faults: tuple[str, ...] = field(default=())

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.inks)

    @property
    def coloured(self) -> tuple[int, ...]:
        """Numbers, from 1, of the pages that need more than black."""
        return tuple(n for n, inks in enumerate(self.inks, start=1) if inks - {3})


def prepress(
    pdf: bytes, condition: str, bleed: float, label: str, font: bytes
) -> tuple[bytes, Measured]:
    """``pdf`` for the print shop, and what to tell it; ``bleed`` in points.

    The pages of ``pdf`` must have been set with a bleed of at least that. ``label`` is printed in
    the slug of each page, in ``font``. The same pages give the same bytes.
    """
    under = CONDITIONS[condition]
    with Pdf.open(io.BytesIO(pdf)) as document:
        resolution = lowest_resolution(pdf)
        record = provenance.enclosed(pdf).get(provenance.NAME)
        found = separate(document, under.profile)
        boxes = [_boxed(page, bleed) for page in document.pages]
        face, all_inks = Font(font), document.make_indirect(_registration())
        for number, (page, trim) in enumerate(zip(document.pages, boxes, strict=True), start=1):
            size = f"{(trim[2] - trim[0]) / MM:.0f} × {(trim[3] - trim[1]) / MM:.0f} mm"
            words = f"{label}   {number}/{len(boxes)}   {size} + {bleed / MM:g} mm   {under.name}"
            marks = _marks(trim, bleed) + _words(face, words, trim, bleed)
            _wrap(document, page, _grown(trim, bleed), marks)
            if Name.ColorSpace not in page.obj.Resources:
                page.obj.Resources.ColorSpace = Dictionary()
            page.obj.Resources.ColorSpace.Registration = all_inks
        _strip(document)
        _declare(document, under, sha256(pdf).hexdigest(), record)
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            force_version="1.6",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    made = out.getvalue()
    sizes = Counter((round(b[2] - b[0], 2), round(b[3] - b[1], 2)) for b in boxes)
    return made, Measured(
        trims=tuple((*size, count) for size, count in sizes.most_common()),
        bleed=bleed,
        inks=found.inks,
        heaviest=found.heaviest,
        fonts=fonts(made),
        resolution=resolution,
        condition=under,
        faults=faults(made),
    )


# -- boxes and marks ---------------------------------------------------------------------------


def _boxed(page: Any, bleed: float) -> Box:
    """Gives a page its boxes; its trimmed edges."""
    left, bottom, right, top = (float(edge) for edge in page.trimbox.as_list())
    trim = left, bottom, right, top
    page.obj.TrimBox = _array(trim)
    page.obj.BleedBox = _array(_grown(trim, bleed))
    page.obj.MediaBox = _array(_grown(trim, bleed + SLUG))
    for name in (Name.CropBox, Name.ArtBox):
        if name in page.obj:
            del page.obj[name]
    return trim


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _array(box: Box) -> Array:
    return Array([Decimal(f"{edge:.4f}") for edge in box])


def _registration() -> Array:
    """The colour that stands on every plate (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1
    )  # fmt: skip
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def _marks(trim: Box, bleed: float) -> str:
    """Crop marks at the corners, targets at the middle of the edges, a bar of inks at the foot."""
    left, bottom, right, top = trim
    near, far = bleed + CLEAR, bleed + CLEAR + MARK
    lines = []
    for x, way in ((left, -1), (right, 1)):
        lines += [(x + way * near, y, x + way * far, y) for y in (bottom, top)]
    for y, way in ((bottom, -1), (top, 1)):
        lines += [(x, y + way * near, x, y + way * far) for x in (left, right)]
    out = [_stroke(lines)]
    middle, centre, off = (left + right) / 2, (bottom + top) / 2, bleed + SLUG / 2
    for x, y in (
        (left - off, centre), (right + off, centre), (middle, bottom - off), (middle, top + off)
    ):  # fmt: skip
        out.append(_target(x, y, 2 * MM))
    x, y = left + 10 * MM, bottom - bleed - SLUG / 2 - PATCH / 2
    for number, inks in enumerate(_BAR):
        shade = " ".join(inks).replace("5", ".5")
        out.append(f"{shade} k {_numbers(x + number * PATCH, y, PATCH, PATCH)} re f\n")
    return f"q 0.25 w /Registration CS 1 SCN {''.join(out)}Q\n"


_BAR = (
    "1000", "0100", "0010", "0001", "1100", "1010", "0110", "5000", "0500", "0050", "0005",
)  # fmt: skip
"""Inks of the patches: 1 for all of one, 5 for half of it."""


def _stroke(lines: Sequence[Box]) -> str:
    return "".join(f"{_numbers(*line[:2])} m {_numbers(*line[2:])} l S\n" for line in lines)


def _target(x: float, y: float, radius: float) -> str:
    """A circle with a cross through it."""
    r, c = radius * 0.6, radius * 0.6 * 0.5523
    circle = (
        f"{_numbers(x + r, y)} m {_numbers(x + r, y + c, x + c, y + r, x, y + r)} c "
        f"{_numbers(x - c, y + r, x - r, y + c, x - r, y)} c "
        f"{_numbers(x - r, y - c, x - c, y - r, x, y - r)} c "
        f"{_numbers(x + c, y - r, x + r, y - c, x + r, y)} c s\n"
    )
    cross = [(x - radius, y, x + radius, y), (x, y - radius, x, y + radius)]
    return circle + _stroke(cross)


def _words(face: Font, words: str, trim: Box, bleed: float) -> str:
    """Words in the slug at the head, as outlines, so that they bring no font along."""
    x, y = trim[0] + 10 * MM, trim[3] + bleed + SLUG / 2 - LABEL / 3
    out = []
    for character in words:
        for contour in face.contours(face.glyph(character)):
            points = [(x + px * LABEL, y + py * LABEL) for px, py in contour]
            first, *rest = points
            out.append(f"{_numbers(*first)} m ")
            out += [f"{_numbers(*point)} l " for point in rest]
            out.append("h\n")
        x += face.advance(character) * LABEL
    return f"q 0 0 0 1 k {''.join(out)}f Q\n"


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def _wrap(document: Pdf, page: Any, clip: Box, marks: str) -> None:
    """Keeps what a page prints within its bleed, and prints the marks around it."""
    left, bottom, right, top = clip
    before = f"q {_numbers(left, bottom, right - left, top - bottom)} re W n\n"
    content = before.encode() + page.obj.Contents.read_bytes() + b"\nQ\n" + marks.encode()
    page.obj.Contents = document.make_stream(content)


# -- what the file says of itself --------------------------------------------------------------

_OUT_OF_PLACE = (
    "/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/AF", "/OpenAction", "/AA", "/AcroForm",
    "/PageLabels", "/ViewerPreferences", "/OutputIntents", "/Metadata",
)  # fmt: skip
_OF_THE_SCREEN = ("/Annots", "/StructParents", "/Tabs", "/AA")


def _strip(document: Pdf) -> None:
    """Takes away what serves a screen: links, tags, outline, attachments."""
    root: Any = document.Root
    for key in _OUT_OF_PLACE:
        if key in root:
            del root[key]
    for page in document.pages:
        for key in _OF_THE_SCREEN:
            if key in page.obj:
                del page.obj[key]


def _declare(document: Pdf, condition: Condition, digest: str, record: bytes | None) -> None:
    """Output intent, Trapped, dates and XMP; the record of inputs goes into private data."""
    root: Any = document.Root
    information: Any = document.docinfo
    title = str(information.get(Name.Title) or "untitled")
    day = str(information.get(Name.CreationDate) or "D:19700101")[2:10]
    for key in (Name.CreationDate, Name.ModDate):
        information[key] = String(f"D:{day}000000Z")
    information[Name.Title], information[Name.Trapped] = String(title), Name("/False")
    information[Name.Creator] = String("The dossier press")
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
    said = _XMP.format(
        title=escape(title),
        creator=escape(str(information.get(Name.Author) or "")),
        producer=escape(str(information.get(Name.Producer) or "")),
        date=date,
        identity=uuid5(NAMESPACE_URL, f"urn:sha256:{digest}"),
        version=VERSION,
    )
    root.Metadata = document.make_stream(said.encode(), Type=Name.Metadata, Subtype=Name.XML)
    if record is not None:
        private = Dictionary({f"/{provenance.NAME}": document.make_stream(record)})
        data = Dictionary(LastModified=String(f"D:{day}000000Z"), Private=private)
        root.PieceInfo = Dictionary({f"/{provenance.PRIVATE}": data})


_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>{version}</pdfxid:GTS_PDFXVersion>
<xmp:CreatorTool>The dossier press</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:{identity}</xmpMM:InstanceID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


# -- looking at the file -----------------------------------------------------------------------


def lowest_resolution(pdf: bytes) -> float:
    """The fewest pixels to the inch at which a picture is printed; 0 without pictures.

    The hill shading of maps, which is multiplied upon its ground, is soft by intent and left out.
    """
    with Pdf.open(io.BytesIO(pdf)) as document:
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


def fonts(pdf: bytes) -> tuple[str, ...]:
    """The names of the fonts in a file, without the marks of subsets."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        names = (str(font.BaseFont)[1:].split("+")[-1].rstrip(",") for font in _fonts(document))
        return tuple(sorted({name.replace("-", " ") for name in names}))


def _fonts(document: Pdf) -> Iterator[Any]:
    for item in objects(document):
        if item.get(Name.Type) == Name.Font and Name.BaseFont in item:
            yield item


Fault = Callable[[Pdf], Iterator[str]]


def faults(pdf: bytes) -> tuple[str, ...]:
    """What keeps ``pdf`` from being PDF/X-4 (ISO 15930-7) in inks alone; none for a good file."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        return tuple(fault for check in CHECKS for fault in check(document))


def _identified(document: Pdf) -> Iterator[str]:
    """The file names its standard and itself."""
    root: Any = document.Root
    said = root.Metadata.read_bytes().decode() if Name.Metadata in root else ""
    if f"<pdfxid:GTS_PDFXVersion>{VERSION}<" not in said:
        yield f"the metadata do not name {VERSION}"
    for name in ("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmpMM:DocumentID",
                 "xmpMM:VersionID", "xmpMM:RenditionClass"):  # fmt: skip
        if f"<{name}>" not in said:
            yield f"the metadata have no {name}"
    if Name.ID not in document.trailer:
        yield "the trailer has no ID"
    if document.is_encrypted:
        yield "the file is encrypted"
    information: Any = document.docinfo
    if information.get(Name.Trapped) not in (Name("/True"), Name("/False")):
        yield "Trapped is neither True nor False"


def _intended(document: Pdf) -> Iterator[str]:
    """There is one output intent, with a printer's profile for CMYK."""
    root: Any = document.Root
    intents = [i for i in root.get(Name.OutputIntents, ()) if i.get(Name.S) == Name.GTS_PDFX]
    if len(intents) != 1:
        yield f"{len(intents)} output intents for PDF/X instead of one"
    for intent in intents:
        if Name.OutputConditionIdentifier not in intent:
            yield "the output intent names no condition"
        if Name.DestOutputProfile not in intent:
            yield "the output intent has no profile"
        elif intent.DestOutputProfile.read_bytes()[12:20] != b"prtrCMYK":
            yield "the profile of the output intent is not a printer's for CMYK"


def _bounded(document: Pdf) -> Iterator[str]:
    """TrimBox within BleedBox within MediaBox, on every page."""
    for number, page in enumerate(document.pages, start=1):
        boxes = []
        for name in (Name.TrimBox, Name.BleedBox, Name.MediaBox):
            box: Any = page.obj.get(name)
            if box is None:
                yield f"page {number} has no {str(name)[1:]}"
                break
            boxes.append([float(edge) for edge in box])
        else:
            for inner, outer in pairwise(boxes):
                low = inner[0] >= outer[0] and inner[1] >= outer[1]
                if not (low and inner[2] <= outer[2] and inner[3] <= outer[3]):
                    yield f"page {number}: its boxes do not lie within one another"
        if Name.ArtBox in page.obj:
            yield f"page {number} has an ArtBox beside its TrimBox"
        if Name.Annots in page.obj:
            yield f"page {number} has annotations"


_ACTIVE = ("/JavaScript", "/JS", "/Launch", "/GoTo", "/GoToR", "/URI", "/SubmitForm", "/Named")


def _still(document: Pdf) -> Iterator[str]:
    """Nothing acts, nothing is PostScript, nothing stands for something else."""
    for item in objects(document):
        if str(item.get(Name.S)) in _ACTIVE or "/AA" in item or "/OpenAction" in item:
            yield "the file has actions"
        if item.get(Name.Subtype) == Name.PS or "/PS" in item:
            yield "the file has PostScript"
        if "/OPI" in item or "/Alternates" in item:
            yield "a picture has alternates or is to be replaced"
        if item.get(Name.Type) == Name.ExtGState and ("/TR" in item or "/HTP" in item):
            yield "a transfer function is set"
        if str(item.get(Name.Filter)) == "/LZWDecode":
            yield "a stream is compressed by LZW"


def _embedded(document: Pdf) -> Iterator[str]:
    """Every font is embedded."""
    for font in _fonts(document):
        held: Any = font.get(Name.FontDescriptor)
        if font.get(Name.Subtype) in (Name.Type0, Name.Type3):
            continue
        if held is None or not {"/FontFile", "/FontFile2", "/FontFile3"} & set(held.keys()):
            yield f"the font {font.get(Name.BaseFont)} is not embedded"


_COLOURED = {"rg", "RG"}


def _inked(document: Pdf) -> Iterator[str]:
    """Only inks and greys are painted, and transparent things blend as inks."""
    for item in objects(document):
        space = item.get(Name.ColorSpace)
        names = [str(space)] if isinstance(space, Name) else []
        if isinstance(space, Array):
            names = [str(space[0])]
        if isinstance(space, Dictionary):
            names = [str(s[0]) if isinstance(s, Array) else str(s) for _, s in space.items()]
        names.append(str(item.get(Name.CS)) if item.get(Name.S) == Name.Transparency else "")
        for name in sorted({"/DeviceRGB", "/CalRGB", "/Lab", "/ICCBased"} & set(names)):
            yield f"something is coloured in {name[1:]}"
    streams: list[Any] = list(document.pages)
    streams += [
        item for item in objects(document)
        if isinstance(item, pikepdf.Stream)
        and (item.get(Name.Subtype) == Name.Form or Name.PatternType in item)
    ]  # fmt: skip
    for stream in streams:
        instructions: Any = pikepdf.parse_content_stream(stream, "rg RG cs CS")
        for operands, operator in instructions:
            if str(operator) in _COLOURED or str(operands[0]) == "/DeviceRGB":
                yield "something is painted in red, green and blue"
                break


CHECKS: tuple[Fault, ...] = (_identified, _intended, _bounded, _still, _embedded, _inked)
"""What a file for the print shop is held against, in the order of the standard."""
