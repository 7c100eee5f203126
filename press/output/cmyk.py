"""Colours become inks: everything that a PDF paints is turned into cyan, magenta, yellow and black.

Nothing in themes or plates has to know of inks: the content of the finished pages is read, and each
colour in it replaced. Greys and near-blacks are printed in black alone, so that words and hairlines
need no two plates in register; all other colours go through the ICC profile of the printing
condition, relative to the paper's white; pictures perceptually, with all their shadows.
Colours that an author has written as ``device-cmyk()`` stay as they are. Inks are parts of 1.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf
from PIL import Image, ImageCms

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, from 0 to 1."""
Colour = tuple[float, float, float]
"""Red, green and blue of sRGB, from 0 to 1; or L*, a*, b* where a name says so."""
Convert = Callable[[Colour], Inks]

BLACK: Inks = (0.0, 0.0, 0.0, 1.0)
NEUTRAL = 8.0
"""Chroma (CIELAB C*) up to which a colour counts as grey."""
DARK = 24.0
"""Lightness (L*) up to which a colour of little chroma counts as black."""
DARK_CHROMA = 12.0
"""Chroma up to which a dark colour does."""
LIGHT = 82.0
"""Lightness from which a grey is a ground, which keeps its warmth, and no word or line."""
TRACE = 0.025
"""Parts of an ink that no press holds, and that are left out."""


@dataclass(frozen=True)
class Separated:
    """What was found while separating: for each page the inks it needs, and the heaviest layer."""

    inks: tuple[frozenset[int], ...]
    heaviest: float


@dataclass
class _Work:
    """One run's tools and what it has done already, by object.

    A soft mask is no colour but a measure of light, and stays in greys: ``mask`` says so.
    """

    convert: Convert
    convert_lab: Convert
    convert_image: Callable[[Image.Image], Image.Image]
    mask: bool = False
    done: dict[tuple[int, int], frozenset[Inks]] = field(default_factory=dict)

    @property
    def space(self) -> Name:
        """The colour space that is painted in."""
        return Name.DeviceGray if self.mask else Name.DeviceCMYK

    def parts(self, inks: Inks) -> list[Decimal]:
        """``inks`` as operands in that space."""
        return [Decimal(f"{part:g}") for part in ((1 - inks[3],) if self.mask else inks)]

    def operator(self, name: str) -> Operator:
        """The operator that sets a colour in that space, for "k" or "K"."""
        return Operator({"k": "g", "K": "G"}[name] if self.mask else name)


def separate(document: Pdf, profile: bytes) -> Separated:
    """Turns every colour of ``document`` into the inks of ``profile`` (an ICC profile for CMYK)."""
    work = _Work(*converters(profile))
    masks = _Work(_light, lambda lab: (0.0, 0.0, 0.0, 1 - lab[0] / 100), _greyed, mask=True)
    for item in objects(document):
        if isinstance(item, Dictionary) and isinstance(item.get(Name.SMask), Dictionary):
            work.done[item.SMask.G.objgen] = frozenset()
            _object(masks, document, item.SMask.G)
    used = []
    for page in document.pages:
        page.contents_coalesce()
        resources = page.obj.get(Name.Resources)
        rewritten, colours = _rewritten(work, page, resources)
        page.obj.Contents = document.make_stream(rewritten)
        used.append(colours | _resources(work, document, resources, rewritten))
        if Name.Group in page.obj:
            _blend(work, page.obj.Group)
    return Separated(
        tuple(frozenset(n for inks in page for n in range(4) if inks[n] > 0) for page in used),
        max((sum(inks) for page in used for inks in page), default=0.0),
    )


# -- colours -----------------------------------------------------------------------------------


def converters(
    profile: bytes,
) -> tuple[Convert, Convert, Callable[[Image.Image], Image.Image]]:
    """Turn sRGB, CIELAB (D50) and a picture in sRGB into inks."""
    inks = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB", 5000)
    relative = ImageCms.Intent.RELATIVE_COLORIMETRIC
    from_rgb = _transform(srgb, inks, "RGB", "CMYK", relative)
    from_lab = _transform(lab, inks, "LAB", "CMYK", relative)
    to_lab = _transform(srgb, lab, "RGB", "LAB", relative)
    pictures = _transform(srgb, inks, "RGB", "CMYK", ImageCms.Intent.PERCEPTUAL)
    greys = Image.fromarray(np.array([[(0, 0, 0, k) for k in range(256)]], np.uint8), "CMYK")
    ramp = _transform(inks, lab, "CMYK", "LAB", relative)(greys)
    lightness = np.asarray(ramp)[0, :, 0] * (100 / 255)

    def judged(mode: str, pixel: tuple[int, ...], shade: Colour) -> Inks:
        light, chroma = shade[0], float(np.hypot(shade[1], shade[2]))
        if light <= DARK and chroma <= DARK_CHROMA:
            return BLACK
        if chroma <= NEUTRAL and light <= LIGHT:
            return 0.0, 0.0, 0.0, _grey(lightness, light)
        picture = Image.new(mode, (1, 1), pixel)
        found = np.asarray((from_rgb if mode == "RGB" else from_lab)(picture))[0, 0] / 255
        return _clean([float(part) for part in found])

    @lru_cache(maxsize=4096)
    def rgb(colour: Colour) -> Inks:
        pixel = tuple(round(255 * min(max(part, 0.0), 1.0)) for part in colour)
        light, a, b = (int(v) for v in np.asarray(to_lab(Image.new("RGB", (1, 1), pixel)))[0, 0])
        return judged("RGB", pixel, (light * 100 / 255, _signed(a), _signed(b)))

    @lru_cache(maxsize=1024)
    def from_cielab(colour: Colour) -> Inks:
        shift = (int(np.clip(round(part), -128, 127)) + 128 for part in colour[1:])
        pixel = round(2.55 * min(max(colour[0], 0.0), 100.0)), *shift
        return judged("LAB", pixel, colour)

    return rgb, from_cielab, pictures


def _light(colour: Colour) -> Inks:
    """The luminosity of a colour in a mask (ISO 32000-1, 11.3.5.3), as black taken away."""
    red, green, blue = colour
    return 0.0, 0.0, 0.0, 1 - (0.3 * red + 0.59 * green + 0.11 * blue)


def _greyed(picture: Image.Image) -> Image.Image:
    return picture.convert("L")


def _transform(
    source: Any, target: Any, mode: str, other: str, intent: ImageCms.Intent
) -> Callable[[Image.Image], Image.Image]:
    made = ImageCms.buildTransform(source, target, mode, other, intent)

    def apply(picture: Image.Image) -> Image.Image:
        found = ImageCms.applyTransform(picture, made)
        if found is None:
            raise AssertionError("only a transform in place returns nothing")
        return found

    return apply


def _signed(value: int) -> float:
    """An a* or b* of Pillow's LAB, which an array shows as a signed byte."""
    return float(value - 256 if value > 127 else value)


def _grey(ramp: np.ndarray[Any, Any], light: float) -> float:
    """The part of black that is as light as ``light`` (L*); black itself for all that is darker."""
    part = float(np.interp(-light, -ramp, np.linspace(0, 1, len(ramp))))
    return round(part, 2)


def _clean(inks: Sequence[float]) -> Inks:
    """Whole hundredths, without traces."""
    c, m, y, k = (0.0 if part < TRACE else round(part, 2) for part in inks)
    return c, m, y, k


# -- content -----------------------------------------------------------------------------------

_RGB, _GREY, _SPACE, _PAINT = (
    {"rg": "k", "RG": "K"},
    {"g": "k", "G": "K"},
    {"cs": "k", "CS": "K"},
    {"sc": "k", "scn": "k", "SC": "K", "SCN": "K"},
)  # fmt: skip


def _rewritten(work: _Work, content: Any, resources: Any) -> tuple[bytes, frozenset[Inks]]:
    """The operators of ``content`` with inks for colours, and the inks that it names itself."""
    spaces = resources.get(Name.ColorSpace, Dictionary()) if resources is not None else Dictionary()
    current: dict[str, str] = {}
    used: set[Inks] = set()
    out: list[Any] = []
    instructions: Iterable[Any] = pikepdf.parse_content_stream(content)
    for operands, operator in instructions:
        name = str(operator)
        inks: Inks | None = None
        target = ""
        if name in _RGB:
            inks, target = work.convert(_colour(operands)), _RGB[name]
        elif name in _GREY:
            inks, target = (0.0, 0.0, 0.0, round(1 - float(operands[0]), 4)), _GREY[name]
        elif name in ("k", "K"):
            used.add(_own(operands))
        elif name in _SPACE:
            current[_SPACE[name]] = _kind(spaces, str(operands[0]))
            if current[_SPACE[name]]:
                continue
        elif name in _PAINT:
            target = _PAINT[name]
            convert = _BY_KIND.get(current.get(target, ""))
            if convert is not None:
                inks = convert(work, operands)
        if inks is not None:
            used.add(inks)
            out.append((work.parts(inks), work.operator(target)))
        else:
            out.append((operands, operator))
    return pikepdf.unparse_content_stream(out), frozenset(used)


def _own(operands: Sequence[Any]) -> Inks:
    c, m, y, k = (float(part) for part in operands)
    return c, m, y, k


def _colour(operands: Sequence[Any]) -> Colour:
    red, green, blue = (float(part) for part in operands)
    return red, green, blue


_BY_KIND: Mapping[str, Callable[[_Work, Sequence[Any]], Inks]] = {
    "rgb": lambda work, operands: work.convert(_colour(operands)),
    "lab": lambda work, operands: work.convert_lab(_colour(operands)),
    "grey": lambda _, operands: (0.0, 0.0, 0.0, round(1 - float(operands[0]), 4)),
    "inks": lambda _, operands: _own(operands),
}


def _kind(spaces: Any, name: str) -> str:
    """A colour space by its kind: "rgb", "lab", "grey", "inks", or "" for one that stays."""
    space = spaces.get(name, Name(name))
    family = str(space[0]) if isinstance(space, Array) else str(space)
    if family == "/ICCBased":
        return {1: "grey", 3: "rgb", 4: "inks"}.get(int(space[1].N), "")
    return {
        "/DeviceRGB": "rgb", "/CalRGB": "rgb", "/Lab": "lab",
        "/DeviceGray": "grey", "/CalGray": "grey", "/DeviceCMYK": "inks",
    }.get(family, "")  # fmt: skip


# -- what content refers to --------------------------------------------------------------------


def _resources(work: _Work, document: Pdf, resources: Any, content: bytes) -> frozenset[Inks]:
    """Separates forms, patterns, shadings and pictures; the inks of those that ``content`` uses."""
    if resources is None:
        return frozenset()
    if Name.ColorSpace in resources:
        for name in [n for n, _ in resources.ColorSpace.items() if _kind(resources.ColorSpace, n)]:
            del resources.ColorSpace[name]
    used: set[Inks] = set()
    for kind in (Name.XObject, Name.Pattern, Name.Shading):
        for name, item in list(resources.get(kind, Dictionary()).items()):
            inks = _object(work, document, item)
            if name.encode() in content:
                used |= inks
    return frozenset(used)


def _object(work: _Work, document: Pdf, item: Any) -> frozenset[Inks]:
    """Separates one object, once; the inks it needs."""
    key = item.objgen
    if key in work.done:
        return work.done[key]
    if item.is_indirect:
        work.done[key] = frozenset()  # an object that holds itself ends here
    if isinstance(item, pikepdf.Stream) and item.get(Name.Subtype) == Name.Image:
        inks = _image(work, item)
    elif isinstance(item, pikepdf.Stream) and Name.ShadingType not in item:
        inner = item.get(Name.Resources)
        rewritten, own = _rewritten(work, item, inner)
        item.write(rewritten)
        inks = own | _resources(work, document, inner, rewritten)
        if Name.Group in item:
            _blend(work, item.Group)
    else:
        shading = item.get(Name.Shading, item)
        inks = _shading(work, shading) if Name.ShadingType in shading else frozenset()
    if item.is_indirect:
        work.done[key] = inks
    return inks


def _blend(work: _Work, group: Any) -> None:
    """Transparent things blend as inks do."""
    if Name.CS in group:
        group.CS = work.space


def _image(work: _Work, item: Any) -> frozenset[Inks]:
    """Turns a picture into inks; masks and greys stay what they are."""
    space = item.get(Name.ColorSpace)
    kind = _kind(Dictionary(), "/None") if space is None else _kind(Dictionary(I=space), "/I")
    if item.get(Name.ImageMask) or space is None:
        return frozenset()
    if kind == "grey":
        item.ColorSpace = Name.DeviceGray
        return frozenset({BLACK})
    if kind == "inks":
        item.ColorSpace = Name.DeviceCMYK
        return frozenset(tuple(float(n == i) for i in range(4)) for n in range(4))  # type: ignore[misc]
    found = work.convert_image(pikepdf.PdfImage(item).as_pil_image().convert("RGB"))
    pixels = np.asarray(found)
    item.write(pixels.tobytes())
    item.ColorSpace, item.BitsPerComponent = work.space, 8
    for name in (Name.Decode, Name.DecodeParms, Name.Intent):
        if name in item:
            del item[name]
    if work.mask:
        return frozenset()
    heaviest = pixels.reshape(-1, 4)[int(pixels.sum(axis=2).argmax())] / 255
    needed = pixels.reshape(-1, 4).max(axis=0) / 255
    c, m, y, k = (float(part) for part in heaviest)
    some = [(float(needed[n]) if i == n else 0.0) for n in range(4) for i in range(4)]
    layers = {(some[i], some[i + 1], some[i + 2], some[i + 3]) for i in range(0, 16, 4)}
    return frozenset({(c, m, y, k), *layers})


def _shading(work: _Work, shading: Any) -> frozenset[Inks]:
    """Turns the colours of a gradient into inks; between them it runs as it did."""
    kind = _kind(Dictionary(S=shading.ColorSpace), "/S")
    if kind not in _BY_KIND:
        return frozenset()
    used = set()
    made: Any = shading.Function
    for function in _leaves(made):
        for end in (Name.C0, Name.C1):
            default = [0.0] if end == Name.C0 else [1.0]
            inks = _BY_KIND[kind](work, list(function.get(end, Array(default))))
            function[end] = Array(work.parts(inks))
            used.add(inks)
    for key in (Name.Background, Name.Range):
        if key in shading:
            del shading[key]
    shading.ColorSpace = work.space
    return frozenset(used)


def objects(document: Pdf) -> Iterator[Any]:
    """Every dictionary and stream of a file, also those within others, each once."""
    waiting: list[Any] = list(document.objects)
    while waiting:
        item = waiting.pop()
        parts: list[Any] = []
        if isinstance(item, Dictionary | pikepdf.Stream):
            yield item
            parts = [value for _, value in item.items()]
        elif isinstance(item, Array):
            parts = list(iter(item))
        waiting += [
            part for part in parts
            if isinstance(part, pikepdf.Object) and not part.is_indirect
        ]  # fmt: skip


def _leaves(function: Any) -> Iterator[Any]:
    """The exponential functions (type 2) of which a gradient's colours are made."""
    if isinstance(function, Array):
        for part in iter(function):
            yield from _leaves(part)
    elif Name.Functions in function:
        yield from _leaves(function.Functions)
    elif int(function.FunctionType) == 2:
        yield function
