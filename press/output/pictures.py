"""Pictures without what their makers did not mean to print: place, time, camera, comments.

Nothing is encoded anew where it need not be: segments of JPEG (ISO/IEC 10918-1), chunks of PNG (ISO
15948) and of WebP (RFC 9649) are kept by an allow-list, and what stands behind a picture's end is
cut off. GIF, which is set as PNG anyway, becomes PNG. Pixels, transparency, resolution, colour
profile and orientation stay.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping
from contextlib import suppress

from PIL import Image

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
_ORIENTATION = 0x0112


def bare(raw: bytes) -> bytes:
    """The picture alone; raises ValueError for what is no whole PNG, JPEG, WebP or GIF."""
    try:
        if raw.startswith(_PNG):
            return _png(raw)
        if raw.startswith(b"\xff\xd8\xff"):
            return _jpeg(raw)
        if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
            return _webp(raw)
        if raw.startswith((b"GIF87a", b"GIF89a")):
            return _as_png(raw)
    except (struct.error, IndexError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(f"it ends too early: {error}") from None
    raise ValueError("it is no PNG, JPEG, WebP or GIF")


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
            if tag == _ORIENTATION and kind == 3:
                return int(value) if 1 <= value <= 8 else 0
    except struct.error:
        pass
    return 0


def _turn(orientation: int) -> tuple[bytes, ...]:
    """EXIF that tells the orientation and nothing else."""
    if orientation == 1:
        return ()
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    body = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"
    return (b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body,)


def _as_png(raw: bytes) -> bytes:
    with Image.open(io.BytesIO(raw), formats=("GIF",)) as picture:
        picture.load()
        transparent = picture.info.get("transparency")
        picture.info = {} if transparent is None else {"transparency": transparent}
        out = io.BytesIO()
        picture.save(out, format="PNG")
    return out.getvalue()


def shown_on_pages(content: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures among a dossier's files, which alone its pages may show, and as bare as can be.

    What is no whole picture is left out; a page that asks for it is told.
    """
    found: dict[str, bytes] = {}
    for name, raw in content.items():
        if name.startswith("images/") and not name.endswith((".yaml", ".md", ".txt")):
            with suppress(ValueError):
                found[name] = bare(raw)
    return found
