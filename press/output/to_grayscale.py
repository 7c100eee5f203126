"""A PDF without colour: every operator, gradient and picture in shades of grey.

Tokens alone cannot promise that: pictures have colours of their own, and a printer mixes its
colour inks for a grey that is written as red, green and blue. So colours become ``DeviceGray``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Name, Operator

from press.output.pdf import gradient_ends, objects, opened, repaint, saved

GREY = "grey"
"""What an edition without colour says of its inks."""

_PLAIN = {"rg": "g", "RG": "G"}
_NAMED = {"sc": "g", "scn": "g", "SC": "G", "SCN": "G"}
_SPACES = ("cs", "CS")


def luminance(red: float, green: float, blue: float) -> float:
    """The grey of a colour, 0 black to 1 white: the luma of ITU-R BT.709 on encoded values."""
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def to_grayscale(pdf: bytes) -> bytes:
    """``pdf`` with nothing in it but grey; tags, links and attachments stay.

    The same bytes give the same bytes. Raises pikepdf.PdfError for what is no PDF.
    """
    with opened(pdf) as document:
        for page in document.pages:
            page.Contents = document.make_stream(_grey_content(page))
        for item in objects(document):
            if isinstance(item, pikepdf.Stream):
                _grey_stream(item)
            if item.get(Name.ColorSpace) == Name.DeviceRGB and Name.ShadingType in item:
                _grey_gradient(item)
        return saved(document)


def _grey_stream(stream: pikepdf.Stream) -> None:
    kind = stream.get(Name.Subtype)
    if kind == Name.Form or stream.get(Name.PatternType) == 1:
        stream.write(_grey_content(stream))
    elif kind == Name.Image and stream.get(Name.ColorSpace) == Name.DeviceRGB:
        picture = pikepdf.PdfImage(stream).as_pil_image().convert("L")
        repaint(stream, picture, Name.DeviceGray)


def _grey_content(content: Any) -> bytes:
    """The instructions of a page, form or pattern with grey in place of colours."""
    return bytes(pikepdf.unparse_content_stream(list(_instructions(content))))


def _instructions(content: Any) -> Iterator[Any]:
    instructions: Any = pikepdf.parse_content_stream(content)
    for instruction in instructions:
        operands, name = list(instruction.operands), str(instruction.operator)
        if name in _PLAIN or (name in _NAMED and len(operands) == 3):
            yield [_shade(operands)], Operator(_PLAIN.get(name) or _NAMED[name])
        elif name in _SPACES and operands == [Name.DeviceRGB]:
            yield [Name.DeviceGray], Operator(name)
        else:
            yield instruction  # as it is written, to the last digit


def _shade(colour: Any) -> float:
    return round(luminance(*(float(part) for part in colour)), 4)


def _grey_gradient(shading: Any) -> None:
    """The colour space of a gradient, and the colours that it runs between."""
    shading.ColorSpace = Name.DeviceGray
    for function in gradient_ends(shading.Function):
        for end in (Name.C0, Name.C1):
            if end in function and len(function[end]) == 3:
                function[end] = Array([_shade(function[end])])
