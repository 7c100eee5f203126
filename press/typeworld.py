"""Only the project's fonts: a fontconfig of our own, in place before anything loads Pango.

The machine's fonts would otherwise stand in, without a word, for a glyph or a face that is
missing, and two machines would print two different dossiers.
"""

from __future__ import annotations

import ctypes.util
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape


def only(fonts: Path, cache: Path) -> None:
    """Points fontconfig at ``fonts`` alone, with its cache in ``cache``, for this process.

    Call it before WeasyPrint is imported. The configuration is written anew only when it differs.
    """
    cache.mkdir(parents=True, exist_ok=True)
    text = _CONFIGURATION.format(fonts=escape(str(fonts)), cache=escape(str(cache)))
    file = cache / "fonts.conf"
    if not file.is_file() or file.read_text("utf-8") != text:
        handle, temporary = tempfile.mkstemp(dir=cache)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(temporary).replace(file)
    os.environ["FONTCONFIG_FILE"] = str(file)
    os.environ.pop("FONTCONFIG_PATH", None)


@contextmanager
def direct_loading() -> Iterator[None]:
    """While WeasyPrint is imported: shared libraries by their names alone.

    Looking for each under six names, Python would start a compiler and a linker some two hundred
    times, which takes longer than the rest of the import. Linux needs none of that.
    """
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
