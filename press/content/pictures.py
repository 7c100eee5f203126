"""Pictures without what their makers did not mean to print: place, time, camera, comments.

Nothing is encoded anew where it need not be: segments of JPEG (ISO/IEC 10918-1), chunks of PNG (ISO
15948) and of WebP (RFC 9649) are kept by an allow-list, and what stands behind a picture's end is
cut off. What cannot be printed as it is becomes another file (``rasters``): GIF and TIFF, CMYK,
sixteen bits, and what says of itself that it is turned, but for JPEG, which keeps saying so. Of
several pictures in a telephone's file (MPO) the first is the one that it shows. Drawings (SVG) are
written anew (``drawings``).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from contextlib import suppress

from PIL import UnidentifiedImageError

from press.content import drawings, rasters

_IN_PARTS = ("PNG", "JPEG", "MPO", "WEBP")
"""Formats that are kept part by part, and so have to be whole in their parts as well."""
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
     b"pHYs")
)  # fmt: skip
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"))
_WEBP_TOLD = 0x08 | 0x04
"""Flags of VP8X: there is EXIF, there is XMP."""

_BEGIN, _SCAN, _END = 0xD8, 0xDA, 0xD9
_JPEG_KEPT = frozenset((*range(0xC0, 0xC8), *range(0xC9, 0xD0), 0xDB, 0xDD))
"""Frames, tables and restarts; application segments are looked at one by one."""


_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def bare(raw: bytes, family: str = "sans-serif") -> bytes:
    """The picture alone; the words of a drawing are set in ``family``.

    Raises ValueError for what is no whole picture that can be printed.
    """
    if drawings.is_drawing(raw):
        return drawings.cleaned(raw, _points, family).svg
    return _points(raw)


def _points(raw: bytes) -> bytes:
    """A picture of points alone. Raises ValueError."""
    try:
        if raw.startswith(_PNG):
            return rasters.anew(raw) if _is_odd_png(raw) else _png(raw)
        if raw.startswith(b"\xff\xd8\xff"):
            return rasters.anew(raw) if _in_inks(raw) else _jpeg(raw)
        if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
            return rasters.anew(raw) if _turned_webp(raw) else _webp(raw)
        if raw.startswith((b"GIF87a", b"GIF89a", *_TIFF)):
            return rasters.anew(raw)
    except ValueError:
        raise
    except rasters.UNREADABLE:
        raise ValueError("it ends too early") from None
    raise ValueError("it is no PNG, JPEG, WebP, GIF, TIFF or SVG")


def fault(raw: bytes) -> tuple[str, str] | None:
    """What is wrong with a picture, and the remedy; None where it can be printed."""
    again = "save it again as PNG or JPEG"
    if not raw:
        return "is empty", "put the picture there anew"
    if refused := _refused(raw):
        return refused
    if drawings.is_drawing(raw):
        return _fault_of_drawing(raw)
    try:
        with rasters.whole(raw) as picture:
            frames = int(getattr(picture, "n_frames", 1))
            if frames > 1 and picture.format != "MPO":
                what = "pages" if picture.format == "TIFF" else "frames"
                return f"has {frames} {what}", "save one of them as a picture"
            if picture.mode in rasters.DEEP:
                return "has 32 bits for each point", "save it with 8 or 16 bits"
            picture.load()
            if picture.format in _IN_PARTS:
                _points(raw)
    except rasters.TooLargeError as error:
        return str(error), "make it smaller"
    except UnidentifiedImageError:
        return "is no PNG, JPEG, WebP, GIF, TIFF or SVG picture", again
    except rasters.UNREADABLE as error:
        return f"is damaged: {' '.join(str(error).split())}", again
    return None


def _fault_of_drawing(raw: bytes) -> tuple[str, str] | None:
    try:
        drawings.cleaned(raw, _points)
    except drawings.DrawingError as error:
        line = f" in its line {error.line}" if error.line else ""
        return f"{error.message}{line}", error.hint
    return None


def families_of(raw: bytes) -> tuple[str, ...]:
    """The families of letters that the words of a drawing ask for; none where it has no words."""
    if not drawings.is_drawing(raw):
        return ()
    try:
        return drawings.cleaned(raw, _points).families
    except drawings.DrawingError:
        return ()


_JPEG_INSTEAD = "open it and export it as JPEG"
_OTHERS: tuple[tuple[bytes, int, str, str], ...] = (
    (b"%PDF", 0, "a PDF", "export the page as SVG, or as PNG at 300 dpi"),
    (b"%!PS", 0, "an EPS or PostScript file", "export it as SVG, or as PNG at 300 dpi"),
    (b"\xc5\xd0\xd3\xc6", 0, "an EPS file", "export it as SVG, or as PNG at 300 dpi"),
    (b"ftyphei", 4, "a HEIC photograph", _JPEG_INSTEAD),
    (b"ftyphev", 4, "a HEIC photograph", _JPEG_INSTEAD),
    (b"ftypmif", 4, "a HEIF photograph", _JPEG_INSTEAD),
    (b"ftypmsf", 4, "a HEIF photograph", _JPEG_INSTEAD),
    (b"ftypavif", 4, "an AVIF picture", _JPEG_INSTEAD),
    (b"ftypavis", 4, "an AVIF picture", _JPEG_INSTEAD),
    (b"ftypcrx", 4, "a raw photograph", _JPEG_INSTEAD),
    (b"\xff\x0a", 0, "a JPEG XL picture", _JPEG_INSTEAD),
    (b"\0\0\0\x0cJXL ", 0, "a JPEG XL picture", _JPEG_INSTEAD),
    (b"\0\0\0\x0cjP  ", 0, "a JPEG 2000 picture", _JPEG_INSTEAD),
    (b"8BPS", 0, "a Photoshop file", "export it as PNG"),
    (b"BM", 0, "a BMP picture", "save it as PNG"),
    (b"\xd7\xcd\xc6\x9a", 0, "a Windows metafile", "export it as SVG or PNG"),
    (b" EMF", 40, "a Windows metafile", "export it as SVG or PNG"),
    (b"\x1f\x8b", 0, "a packed file (SVGZ)", "unpack it, or save it as plain SVG"),
    (b"PK\x03\x04", 0, "a packed file (ZIP)", "unpack it, and put the picture there"),
)
"""Other kinds of files by their first bytes and where these stand, by name and with what to do."""


def _refused(raw: bytes) -> tuple[str, str] | None:
    for sign, at, name, remedy in _OTHERS:
        if raw.startswith(sign, at):
            return f"is {name}, which is not taken", remedy
    return None


def _is_odd_png(raw: bytes) -> bool:
    """Whether a PNG has sixteen bits for each value, or says that it is turned."""
    with rasters.whole(raw) as picture:
        return raw[24] == 16 or rasters.orientation(picture) != 1


def _in_inks(raw: bytes) -> bool:
    """Whether a JPEG is in CMYK, which PDF/A takes only with a condition of printing."""
    with rasters.whole(raw) as picture:
        return picture.mode == "CMYK"


def _turned_webp(raw: bytes) -> bool:
    with rasters.whole(raw) as picture:
        return rasters.orientation(picture) != 1


def _png(raw: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while True:
        size, kind = struct.unpack_from(">I4s", raw, at)
        chunk = raw[at : at + size + 12]
        if len(chunk) < size + 12:
            raise ValueError("it ends too early")
        if kind in _PNG_KEPT:
            kept.append(chunk)
        if kind == b"IEND":
            return b"".join(kept)
        at += size + 12


def _webp(raw: bytes) -> bytes:
    kept, at, end = [], 12, 8 + int(struct.unpack_from("<I", raw, 4)[0])
    if end > len(raw):
        raise ValueError("it ends too early")
    while at + 8 <= end:
        kind, size = struct.unpack_from("<4sI", raw, at)
        chunk = raw[at : at + 8 + size + size % 2]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_TOLD]) + chunk[9:]
        if kind in _WEBP_KEPT:
            kept.append(chunk)
        at += len(chunk)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _jpeg(raw: bytes) -> bytes:
    kept, turned, at = [b"\xff\xd8"], 1, 2
    while True:
        if raw[at] != 0xFF:
            raise ValueError("a segment is damaged")
        marker = raw[at + 1]
        if marker == 0xFF:  # fill bytes may stand before a marker
            at += 1
            continue
        if marker == _END:
            return b"".join((kept[0], *_turn(turned), *kept[1:], b"\xff\xd9"))
        size = int(struct.unpack_from(">H", raw, at + 2)[0])
        segment = raw[at : at + 2 + size]
        at += len(segment)
        if marker == 0xE1:
            turned = _orientation(segment[4:]) or turned
        if part := _kept(marker, segment):
            kept.append(part)
        if marker == _SCAN:
            end = _scan_end(raw, at)
            kept.append(raw[at:end])
            at = end


def _kept(marker: int, segment: bytes) -> bytes:
    """A segment as it may stay; b"" where it may not."""
    if marker in _JPEG_KEPT or marker == _SCAN:
        return segment
    body = segment[4:]
    if marker == 0xE0 and body.startswith(b"JFIF\0"):
        return b"\xff\xe0\0\x10" + body[:12] + b"\0\0"  # without the small picture inside
    if marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
        return segment
    if marker == 0xEE and body.startswith(b"Adobe"):
        return segment
    return b""


def _scan_end(raw: bytes, at: int) -> int:
    """Where a scan's coded data ends: at the first marker that is no restart and no stuffing."""
    while True:
        at = raw.index(b"\xff", at)
        if raw[at + 1] not in (0, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if raw[at + 1] == 0xFF else 2


def _orientation(exif: bytes) -> int:
    """The orientation (1 to 8) that EXIF tells; 0 where it tells none."""
    if not exif.startswith(b"Exif\0\0"):
        return 0
    tiff = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return 0
        first = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for n in range(struct.unpack_from(f"{order}H", tiff, first)[0]):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * n)
            if tag == rasters.ORIENTATION and kind == 3:
                return int(value) if 1 <= value <= 8 else 0
    except struct.error:
        pass
    return 0


def _turn(orientation: int) -> tuple[bytes, ...]:
    """EXIF that tells the orientation and nothing else."""
    if orientation == 1:
        return ()
    entry = struct.pack(">HHIHH", rasters.ORIENTATION, 3, 1, orientation, 0)
    body = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"
    return (b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body,)


def is_picture(name: str) -> bool:
    """Whether a dossier's file is a picture by its name, and not what is said of pictures."""
    return name.startswith("images/") and not name.endswith((".yaml", ".md", ".txt"))


def shown_on_pages(content: Mapping[str, bytes], family: str) -> dict[str, bytes]:
    """The pictures among a dossier's files, which alone its pages may show, and as bare as can be.

    The words of drawings are set in ``family``. What is no whole picture is left out; a page that
    asks for it is told.
    """
    found: dict[str, bytes] = {}
    for name, raw in content.items():
        if is_picture(name):
            with suppress(ValueError):
                found[name] = bare(raw, family)
    return found
