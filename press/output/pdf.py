"""PDFs as pikepdf has them: opened from bytes, walked through, and saved as the same bytes again.

Lengths are points.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from pikepdf.models import PdfMetadata
from PIL import Image

Size = tuple[float, float]
"""Width and height."""
Edges = tuple[float, float, float, float]
"""Left, bottom, right and top."""


def opened(pdf: bytes) -> Pdf:
    """``pdf``, to be used with ``with``; raises pikepdf.PdfError for what is none."""
    return Pdf.open(io.BytesIO(pdf))


def saved(document: Pdf, **options: Any) -> bytes:
    """The bytes of ``document``: the same for the same content."""
    out = io.BytesIO()
    document.save(out, deterministic_id=True, **options)
    return out.getvalue()


def whole_leaves(pdf: bytes) -> bytes:
    """``pdf`` with an even number of pages: an odd one gets a blank page of the last one's size.

    What is printed next, in the same run or from the same file, then begins on paper of its own.
    """
    with opened(pdf) as document:
        if len(document.pages) % 2 == 0:
            return pdf
        _, _, width, height = (float(edge) for edge in document.pages[-1].mediabox.as_list())
        document.add_blank_page(page_size=(width, height))
        return saved(document)


COMPACT = pikepdf.ObjectStreamMode.generate
"""How a file is saved whose objects need no readers but programs."""


def trimmed(page: Any) -> Edges:
    """The edges at which a page is trimmed."""
    left, bottom, right, top = (float(edge) for edge in page.trimbox.as_list())
    return left, bottom, right, top


def remove(item: Any, *keys: str | Name) -> None:
    """Takes ``keys`` out of a dictionary or stream, where they are in it."""
    for key in keys:
        if key in item:
            del item[key]


def numbers(*values: float, digits: int = 3) -> str:
    """Operands of a content stream, none longer than it must be."""
    return " ".join(f"{value:.{digits}f}".rstrip("0").rstrip(".") for value in values)


def objects(document: Pdf) -> Iterator[Any]:
    """Every dictionary and stream of a file, also those within others, each once."""
    every: Any = document.objects
    for item in list(every):
        yield from parts(item)


def parts(item: Any) -> Iterator[Any]:
    """The dictionaries and streams in one object, itself included, other objects apart."""
    waiting = [item]
    while waiting:
        item = waiting.pop()
        inside: list[Any] = []
        if isinstance(item, Dictionary | pikepdf.Stream):
            yield item
            inside = [value for _, value in item.items()]
        elif isinstance(item, Array):
            inside = list(iter(item))
        waiting += [
            part for part in inside if isinstance(part, pikepdf.Object) and not part.is_indirect
        ]


def gradient_ends(function: Any) -> Iterator[Any]:
    """The exponential functions (type 2) of which a gradient's colours are made."""
    if isinstance(function, Array):
        for part in iter(function):
            yield from gradient_ends(part)
    elif Name.Functions in function:
        yield from gradient_ends(function.Functions)
    elif int(function.FunctionType) == 2:
        yield function


def repaint(image: Any, picture: Image.Image, space: Name) -> None:
    """Puts ``picture``, in the colour space ``space``, in the place of what an image shows."""
    image.write(picture.tobytes())
    image.ColorSpace, image.BitsPerComponent = space, 8
    remove(image, Name.Decode, Name.DecodeParms, Name.Intent)


def described(document: Pdf) -> PdfMetadata:
    """The XMP metadata of ``document``, to be changed within ``with``; nothing else changes."""
    return document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)


PdfMetadata.register_xml_namespace("http://www.npes.org/pdfx/ns/id/", "pdfxid")  # type: ignore[no-untyped-call]

_CLAIMS = (
    "{http://www.aiim.org/pdfa/ns/id/}",
    "{http://www.aiim.org/pdfua/ns/id/}",
    "{http://www.aiim.org/pdfa/ns/extension/}",
)
"""How entries of XMP begin that claim PDF/A or PDF/UA, or describe such claims."""


def give_up_standards(document: Pdf, title: str) -> None:
    """Takes out the tags, and the claims of standards that hold no longer; ``title`` is the new."""
    root: Any = document.Root
    remove(root, Name.StructTreeRoot, Name.MarkInfo)
    if Name.Metadata in root:
        with described(document) as metadata:
            for name in [name for name in metadata if name.startswith(_CLAIMS)]:
                del metadata[name]
            metadata["dc:title"] = title
