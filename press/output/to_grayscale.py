"""A PDF without colour: every operator, gradient and picture in shades of grey.

Tokens alone cannot promise that: pictures have colours of their own, and a printer mixes its
colour inks for a grey that is written as red, green and blue. So colours become ``DeviceGray``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

GREY = "grey"
"""What an edition without colour says of its inks."""

_PLAIN = {"rg": "g", "RG": "G"}
_NAMED = {"sc": "g", "scn": "g", "SC": "G", "SCN": "G"}
_SPACES = {"cs": "sc", "CS": "SC"}


def luminance(red: float, green: float, blue: float) -> float:
    """The grey of a colour, 0 black to 1 white: the luma of ITU-R BT.709 on encoded values."""
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def grey(pdf: bytes) -> bytes:
    """``pdf`` with nothing in it but grey; tags, links and attachments stay.

    The same bytes give the same bytes. Raises pikepdf.PdfError for what is no PDF.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            page.Contents = document.make_stream(_greyed(page))
        for thing in list(document.objects):
            if isinstance(thing, pikepdf.Stream):
                _grey_stream(thing)
            _grey_shadings(thing)
        out = io.BytesIO()
        document.save(out, deterministic_id=True, linearize=False)
        return out.getvalue()


def _grey_stream(stream: pikepdf.Stream) -> None:
    kind = stream.get("/Subtype")
    if kind == Name.Form or stream.get("/PatternType") == 1:
        stream.write(_greyed(stream))
    elif kind == Name.Image and stream.get("/ColorSpace") == Name.DeviceRGB:
        _grey_picture(stream)


def _greyed(content: Any) -> bytes:
    """The instructions of a page, form or pattern with grey in place of colours."""
    made = list(_instructions(pikepdf.parse_content_stream(content)))
    return bytes(pikepdf.unparse_content_stream(made))


def _instructions(instructions: Sequence[Any]) -> Iterator[Any]:
    for instruction in instructions:
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield instruction
            continue
        operands, name = list(instruction.operands), str(instruction.operator)
        if name in _PLAIN or (name in _NAMED and len(operands) == 3):
            shade = luminance(*(float(o) for o in operands))
            operator = _PLAIN.get(name) or _NAMED[name]
            yield pikepdf.ContentStreamInstruction([_number(shade)], Operator(operator))
        elif name in _SPACES and operands == [Name.DeviceRGB]:
            yield pikepdf.ContentStreamInstruction([Name.DeviceGray], Operator(name))
        else:
            yield instruction


def _number(value: float) -> float:
    return round(value, 4)


def _grey_shadings(thing: Any) -> None:
    """Every gradient in an object of the file: its colour space, and what it runs between."""
    if isinstance(thing, Array):
        held = [thing[n] for n in range(len(thing))]
    elif isinstance(thing, Dictionary | pikepdf.Stream):
        if "/ShadingType" in thing and thing.get("/ColorSpace") == Name.DeviceRGB:
            thing.ColorSpace = Name.DeviceGray
            _grey_function(thing.Function)
        held = [value for _, value in thing.items()]
    else:
        return
    for value in held:
        if not getattr(value, "is_indirect", True):  # the others are objects of their own
            _grey_shadings(value)


def _grey_function(function: Any) -> None:
    for name in ("/C0", "/C1"):
        if name in function and len(function[name]) == 3:
            function[name] = Array([_number(luminance(*(float(v) for v in function[name])))])
    for inner in function.get("/Functions", ()):
        _grey_function(inner)


def _grey_picture(stream: pikepdf.Stream) -> None:
    picture = pikepdf.PdfImage(stream).as_pil_image().convert("L")
    mask = stream.get("/SMask")
    stream.write(picture.tobytes())
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceGray, 8
    for key in ("/Decode", "/DecodeParms", "/Filter"):
        if key in stream:
            del stream[key]
    if mask is not None:
        stream.SMask = mask
