"""The text of a file: UTF-8 with plain line ends, and where each letter stands in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Hashable, Iterator
from functools import lru_cache

from press.base.finding import ContentError, Finding, refusal

Loc = tuple[Hashable, ...]
LineColumn = tuple[int, int]

BYTES = 5_000_000
_NOWHERE = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ufdd0-\ufdef"
    f"\ud800-\udfff{_NOWHERE}]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]"
)
"""Signs that no letter is: of terminals and printers, of line ends, of no character, and tags but
those of flags (Unicode Standard, 23)."""
_NAMES = {
    "\x85": "line end that no editor shows,",
    "\u2028": "line end that no editor shows,",
    "\u2029": "line end that no editor shows,",
    "\ufeff": "byte order mark inside the text,",
}


def decode(raw: bytes, file: str) -> str:
    """UTF-8 text with plain line ends and no byte order mark; ContentError says where it is not."""
    if len(raw) > BYTES:
        raise refusal(file, "E018", f"file has {len(raw)} bytes; the limit is {BYTES}")
    wide = raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if wide or raw[:4].count(0) == 2:  # two letters, each with a byte that is nothing
        raise refusal(file, "E010", "file is UTF-16", "save it as UTF-8 in your editor", 1, 1)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(raw, error.start, file) from None
    text = plain_ends(text)
    if faults := list(_control_characters(text, file)):
        raise ContentError(faults)
    return text


LISTED = 10
"""Control characters of a file that are told of one by one; the last says how many follow."""


def _control_characters(text: str, file: str) -> Iterator[Finding]:
    """The control characters of a text, each at its place."""
    found = list(_CONTROL.finditer(text))
    for number, match in enumerate(found[:LISTED], start=1):
        message = named_sign(match[0])
        hint, more = "delete it", len(found) - number
        if number == LISTED and more:
            follow = "1 more follows" if more == 1 else f"{more:,} more follow"
            message = f"{message}; {follow}"
            hint = "delete them all"
        yield Finding(file, *text_place(text, match.start()), "E017", message, hint)


def unprintable(text: str) -> re.Match[str] | None:
    """The first control character of a text; None where it has none."""
    return _CONTROL.search(text)


def named_sign(sign: str) -> str:
    """A control character as findings name it."""
    return f"{_NAMES.get(sign, 'control character')} U+{ord(sign):04X}"


def printable(text: str) -> str:
    """``text`` without the control characters that no file may hold."""
    return _CONTROL.sub("", text)


def _not_utf8(raw: bytes, start: int, file: str) -> ContentError:
    before = raw[:start]
    line = before.count(b"\n") + 1 if b"\n" in raw else before.count(b"\r") + 1
    begin = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
    column = len(before[begin:].decode("utf-8", "replace")) + 1
    letter = raw[start : start + 1].decode("cp1252", "replace")
    meant = f" ({letter} in Windows-1252, perhaps)" if letter.isprintable() else ""
    message = f"byte 0x{raw[start]:02x} is not UTF-8{meant}"
    return refusal(file, "E010", message, "save the file as UTF-8 in your editor", line, column)


def plain_ends(text: str) -> str:
    """``text`` with one sign at the end of each line, whatever its program has written there."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(maxsize=64)
def legible(raw: bytes) -> str:
    """The text of a file with plain line ends, also where some of it is not UTF-8."""
    return plain_ends(raw.decode("utf-8-sig", "replace"))


@lru_cache(maxsize=64)
def lines_of(raw: bytes) -> tuple[str, ...]:
    """The lines of ``legible``."""
    return tuple(legible(raw).split("\n"))


def text_place(text: str, offset: int) -> LineColumn:
    """Line and column, from 1, of ``offset`` in ``text``."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


CURLY = "“”„‟‘’‚‛«»"
"""Quotation marks of print, which mean nothing to YAML."""
LONGEST_QUOTED = 300
"""Letters of a text that a remedy repeats; of a longer one it shows the beginning and the end."""


def in_quotes(text: str) -> str:
    """``text`` in quotation marks of YAML that fit it, without its middle where it is long."""
    text = " ".join(text.split())
    if len(text) > LONGEST_QUOTED:
        text = f"{text[:LONGEST_QUOTED].rstrip()} … {text[-20:].lstrip()}"
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def unwrapped(text: str) -> str:
    """``text`` without quotation marks of print around the whole; as it is where they are in it."""
    inner = text[1:-1].strip()
    if text[:1] not in CURLY or text[-1:] not in f"{CURLY}\"'" or not inner:
        return text
    return text if set(inner.replace("’", "")) & set(CURLY) else inner
