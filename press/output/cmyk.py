"""Colours become inks: all that a PDF paints is turned into the four of a press, or into greys.

Nothing in themes or plates has to know of inks: the content of the finished pages is read, and each
colour in it replaced (``press.output.inks`` says by what). Colours that an author has written as
``device-cmyk()`` stay as they are. Inks are parts of 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf

from press.output.inks import BLACK, Colour, Convert, ConvertPicture, Inks, converters
from press.output.pdf import gradient_ends, objects, opened, remove, repaint, saved


@dataclass(frozen=True)
class InkUse:
    """What was found while separating: for each page the inks it needs, and the heaviest layer."""

    inks: tuple[frozenset[int], ...]
    heaviest: float


@dataclass
class Separation:
    """What turns colours into inks, and what it has done already, by object.

    ``grey`` says that it paints in greys: for a file without colour, and for a soft mask, which is
    no colour but a measure of light.
    """

    convert: Convert
    convert_lab: Convert
    convert_picture: ConvertPicture
    grey: bool = False
    done: dict[tuple[int, int], frozenset[Inks]] = field(default_factory=dict)

    @property
    def space(self) -> Name:
        """The colour space that is painted in."""
        return Name.DeviceGray if self.grey else Name.DeviceCMYK

    def inks(self, kind: str, operands: Iterable[Any]) -> Inks:
        """The inks of a colour in a space of a kind ("rgb", "lab", "grey", "inks")."""
        parts = [float(part) for part in operands]
        if kind == "grey":
            return 0.0, 0.0, 0.0, round(1 - parts[0], 4)
        if kind == "inks":
            cyan, magenta, yellow, black = parts
            if not self.grey:
                return cyan, magenta, yellow, black
            red, green, blue = (1 - min(1.0, ink + black) for ink in (cyan, magenta, yellow))
            return self.convert((red, green, blue))
        convert = self.convert if kind == "rgb" else self.convert_lab
        return convert((parts[0], parts[1], parts[2]))

    def operands(self, inks: Inks) -> list[Decimal]:
        """``inks`` as operands in the space that is painted in."""
        return [Decimal(f"{part:g}") for part in ((1 - inks[3],) if self.grey else inks)]

    def operator(self, stroke: bool) -> Operator:
        """The operator that sets a colour in that space, for strokes or for all else."""
        name = "g" if self.grey else "k"
        return Operator(name.upper() if stroke else name)


def to_cmyk(document: Pdf, profile: bytes) -> InkUse:
    """Turns every colour of ``document`` into the inks of ``profile`` (an ICC profile for CMYK)."""
    return _separated(document, Separation(*converters(profile)))


def to_grayscale(pdf: bytes) -> bytes:
    """``pdf`` with nothing in it but grey; tags, links and attachments stay.

    Tokens alone cannot promise that: pictures have colours of their own, and a printer mixes its
    colour inks for a grey that is written as red, green and blue. The same bytes give the same
    bytes. Raises pikepdf.PdfError for what is no PDF.
    """
    with opened(pdf) as document:
        _separated(document, _greys(LUMA))
        return saved(document)


LUMA = (0.2126, 0.7152, 0.0722)
"""What red, green and blue have of the light of an encoded colour (ITU-R BT.709)."""
LUMINOSITY = (0.3, 0.59, 0.11)
"""What they have in a soft mask (ISO 32000-1, 11.3.5.3)."""


def _greys(weights: Colour) -> Separation:
    """What turns colours into greys that are as light."""

    def grey(colour: Colour) -> Inks:
        light = sum(part * weight for part, weight in zip(colour, weights, strict=True))
        return 0.0, 0.0, 0.0, round(1 - light, 4)

    return Separation(
        grey,
        lambda lab: (0.0, 0.0, 0.0, 1 - lab[0] / 100),
        lambda picture: picture.convert("L"),
        grey=True,
    )


def _separated(document: Pdf, colours: Separation) -> InkUse:
    """Turns every colour of ``document`` into inks."""
    masks = _greys(LUMINOSITY)
    for item in objects(document):
        if isinstance(item, Dictionary) and isinstance(item.get(Name.SMask), Dictionary):
            colours.done[item.SMask.G.objgen] = frozenset()
            _object(masks, item.SMask.G)
    used = []
    for page in document.pages:
        page.contents_coalesce()
        rewritten, inks = _painted(colours, page, page.obj)
        page.obj.Contents = document.make_stream(rewritten)
        used.append(inks)
    return InkUse(
        tuple(frozenset(n for inks in page for n in range(4) if inks[n] > 0) for page in used),
        max((sum(inks) for page in used for inks in page), default=0.0),
    )


# -- content -----------------------------------------------------------------------------------

_KINDS = {"rg": "rgb", "g": "grey", "k": "inks"}
"""Operators that set a colour in a space of their own; those for strokes have capitals."""


def _painted(separation: Separation, content: Any, holder: Any) -> tuple[bytes, frozenset[Inks]]:
    """The operators of a page, form or pattern with inks for colours, and all inks it needs.

    ``holder`` is its dictionary, which has the resources and, where it is transparent, the group.
    """
    resources = holder.get(Name.Resources, Dictionary())
    rewritten, own = _rewritten(separation, content, resources)
    needed = own | _resources(separation, resources, rewritten)
    if Name.Group in holder and Name.CS in holder.Group:  # transparent things blend as inks do
        holder.Group.CS = separation.space
    return rewritten, needed


def _rewritten(
    separation: Separation, content: Any, resources: Any
) -> tuple[bytes, frozenset[Inks]]:
    """The operators of ``content`` with inks for colours, and the inks that it names itself."""
    spaces = resources.get(Name.ColorSpace, Dictionary())
    current: dict[bool, str] = {}
    used: set[Inks] = set()
    out: list[Any] = []
    instructions: Iterable[Any] = pikepdf.parse_content_stream(content)
    for instruction in instructions:
        operands, name = instruction.operands, str(instruction.operator)
        stroke, kind = name.isupper(), _KINDS.get(name.lower(), "")
        if name in ("cs", "CS"):
            current[stroke] = _kind(spaces.get(str(operands[0]), operands[0]))
            if current[stroke]:
                continue
        elif name in ("sc", "scn", "SC", "SCN"):
            kind = current.get(stroke, "")
        if kind:
            inks = separation.inks(kind, operands)
            used.add(inks)
        if kind and instruction.operator != separation.operator(stroke):
            out.append((separation.operands(inks), separation.operator(stroke)))
        else:
            out.append(instruction)  # as it is written, to the last digit
    return pikepdf.unparse_content_stream(out), frozenset(used)


def _kind(space: Any) -> str:
    """A colour space by its kind: "rgb", "lab", "grey", "inks", or "" for one that stays."""
    family = str(space[0]) if isinstance(space, Array) else str(space)
    if family == "/ICCBased":
        return {1: "grey", 3: "rgb", 4: "inks"}.get(int(space[1].N), "")
    return {
        "/DeviceRGB": "rgb", "/CalRGB": "rgb", "/Lab": "lab",
        "/DeviceGray": "grey", "/CalGray": "grey", "/DeviceCMYK": "inks",
    }.get(family, "")  # fmt: skip


# -- what content refers to --------------------------------------------------------------------


def _resources(separation: Separation, resources: Any, content: bytes) -> frozenset[Inks]:
    """Separates forms, patterns, shadings and pictures; the inks of those that ``content`` uses."""
    spaces = resources.get(Name.ColorSpace, Dictionary())
    remove(spaces, *[name for name, space in spaces.items() if _kind(space)])
    used: set[Inks] = set()
    for kind in (Name.XObject, Name.Pattern, Name.Shading):
        for name, item in list(resources.get(kind, Dictionary()).items()):
            inks = _object(separation, item)
            if name.encode() in content:
                used |= inks
    return frozenset(used)


def _object(separation: Separation, item: Any) -> frozenset[Inks]:
    """Separates one object, once; the inks it needs."""
    key = item.objgen
    if key in separation.done:
        return separation.done[key]
    if item.is_indirect:
        separation.done[key] = frozenset()  # an object that holds itself ends here
    if isinstance(item, pikepdf.Stream) and item.get(Name.Subtype) == Name.Image:
        inks = _image(separation, item)
    elif isinstance(item, pikepdf.Stream) and Name.ShadingType not in item:
        rewritten, inks = _painted(separation, item, item)
        item.write(rewritten)
    else:
        shading = item.get(Name.Shading, item)
        inks = _gradient(separation, shading) if Name.ShadingType in shading else frozenset()
    if item.is_indirect:
        separation.done[key] = inks
    return inks


def _image(separation: Separation, item: Any) -> frozenset[Inks]:
    """Turns a picture into inks; masks and greys stay what they are."""
    space = item.get(Name.ColorSpace)
    if item.get(Name.ImageMask) or space is None:
        return frozenset()
    kind = _kind(space)
    if kind == "grey":
        item.ColorSpace = Name.DeviceGray
        return frozenset({BLACK})
    if kind == "inks" and not separation.grey:
        item.ColorSpace = Name.DeviceCMYK
        return frozenset(_alone(ink, 1.0) for ink in range(4))
    picture = pikepdf.PdfImage(item).as_pil_image().convert("RGB")
    found = separation.convert_picture(picture)
    repaint(item, found, separation.space)
    if separation.grey:
        return frozenset()
    pixels = np.asarray(found).reshape(-1, 4)
    heaviest = separation.inks("inks", pixels[int(pixels.sum(axis=1).argmax())] / 255)
    needed = pixels.max(axis=0) / 255
    return frozenset({heaviest, *(_alone(ink, float(needed[ink])) for ink in range(4))})


def _alone(ink: int, part: float) -> Inks:
    """One ink and no other."""
    c, m, y, k = (part if n == ink else 0.0 for n in range(4))
    return c, m, y, k


def _gradient(separation: Separation, shading: Any) -> frozenset[Inks]:
    """Turns the colours of a gradient into inks; between them it runs as it did."""
    kind = _kind(shading.ColorSpace)
    if not kind:
        return frozenset()
    used = set()
    for function in gradient_ends(shading.Function):
        for end, default in ((Name.C0, [0.0]), (Name.C1, [1.0])):
            inks = separation.inks(kind, function.get(end, Array(default)))
            function[end] = Array(separation.operands(inks))
            used.add(inks)
    remove(shading, Name.Background, Name.Range)
    shading.ColorSpace = separation.space
    return frozenset(used)
