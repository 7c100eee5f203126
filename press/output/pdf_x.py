"""Whether a file is PDF/X-4 (ISO 15930-7) in inks alone, and what it says of itself.

No free validator of PDF/X-4 is known; these checks are held by a file that breaks each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from press.output.pdf import described, objects, opened

VERSION = "PDF/X-4"


def faults(pdf: bytes) -> tuple[str, ...]:
    """What keeps ``pdf`` from being PDF/X-4 (ISO 15930-7) in inks alone; none for a good file."""
    with opened(pdf) as document:
        return tuple(fault for check in CHECKS for fault in check(document))


def _identified(document: Pdf) -> Iterator[str]:
    """The file names its standard and itself."""
    metadata = described(document)
    if metadata.get("pdfxid:GTS_PDFXVersion") != VERSION:
        yield f"the metadata do not name {VERSION}"
    for name in ("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmpMM:DocumentID",
                 "xmpMM:VersionID", "xmpMM:RenditionClass"):  # fmt: skip
        if not metadata.get(name):
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


def fonts(document: Pdf) -> Iterator[Any]:
    """The fonts in a file."""
    for item in objects(document):
        if item.get(Name.Type) == Name.Font and Name.BaseFont in item:
            yield item


def _embedded(document: Pdf) -> Iterator[str]:
    """Every font is embedded."""
    for font in fonts(document):
        held: Any = font.get(Name.FontDescriptor)
        if font.get(Name.Subtype) in (Name.Type0, Name.Type3):
            continue
        if held is None or not {"/FontFile", "/FontFile2", "/FontFile3"} & set(held.keys()):
            yield f"the font {font.get(Name.BaseFont)} is not embedded"


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
    painted = (
        item
        for item in objects(document)
        if isinstance(item, pikepdf.Stream)
        and (item.get(Name.Subtype) == Name.Form or Name.PatternType in item)
    )
    for stream in (*document.pages, *painted):
        instructions: Any = pikepdf.parse_content_stream(stream, "rg RG cs CS")
        for operands, operator in instructions:
            if str(operator) in ("rg", "RG") or str(operands[0]) == "/DeviceRGB":
                yield "something is painted in red, green and blue"
                break


CHECKS: tuple[Callable[[Pdf], Iterator[str]], ...] = (
    _identified,
    _intended,
    _bounded,
    _still,
    _embedded,
    _inked,
)
"""What a file for the print shop is held against, in the order of the standard."""
