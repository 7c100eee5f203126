"""Only the project's fonts: a fontconfig of our own, in place before anything loads Pango.

The machine's fonts would otherwise stand in, without a word, for a glyph or a face that is
missing, and two machines would print two different dossiers.
"""

from __future__ import annotations

import ctypes.util
import mimetypes
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from press.base.place import failure, place, why


def only(fonts: Path, cache: Path) -> None:
    """Points fontconfig at ``fonts`` alone, with its cache in ``cache``, for this process.

    Call it before WeasyPrint is imported. The configuration is written anew only when it differs.
    Raises ContentError where it cannot be.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot write here: {why(error)}"
        raise failure(cache, "O601", message, "make the folder writable") from None
    text = _CONFIGURATION.format(fonts=escape(str(fonts)), cache=escape(str(cache)))
    file = cache / "fonts.conf"
    if not file.is_file() or file.read_bytes() != text.encode():
        place(text.encode(), file)
    os.environ["FONTCONFIG_FILE"] = str(file)
    os.environ.pop("FONTCONFIG_PATH", None)


def folders() -> tuple[Path, ...]:
    """The folder of the fonts and that of their cache; none before ``only`` was called."""
    file = Path(os.environ.get("FONTCONFIG_FILE", ""))
    try:
        named = re.findall(r"<(?:dir|cachedir)>([^<]+)<", file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return ()
    return (file, *(Path(unescape(name)) for name in named if Path(unescape(name)).is_absolute()))


@contextmanager
def direct_loading() -> Iterator[None]:
    """While WeasyPrint is imported: shared libraries by their names alone, no tables of others.

    Looking for each under six names, Python would start a compiler and a linker some two hundred
    times, which takes longer than the rest of the import. Linux needs none of that.
    """
    mimetypes.knownfiles.clear()  # what a file is, its name says, and no table of this machine
    found = ctypes.util.find_library
    if sys.platform.startswith("linux"):
        ctypes.util.find_library = _nothing
    try:
        yield
    finally:
        ctypes.util.find_library = found


def _nothing(name: str) -> str | None:  # noqa: ARG001 the signature of what it stands in for
    return None


_CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""
