"""Files of styles/ and templates/ that nothing reads, which their author believes to be at work."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from press.base.finding import Finding
from press.design.stylesheets import FOLDERS, LOCAL, MAIN, key_of

_IMPORT = re.compile(rb"""@import\s+(?:url\(\s*)?["']?([^"')\s;]+)""", re.IGNORECASE)
_LINKED = re.compile(rb"""[\w-]+\.css""")
_ROOTS = (MAIN, LOCAL, "styles/tokens.css", "styles/plate.css", "styles/fonts.css")
_CONTENT = (".yaml", ".yml", ".md", ".markdown", ".txt")
_NOT_FOR_THE_PRESS = ("readme", "ofl", "license", "licence", "copying", "changelog", "authors")
_TWEAKS = frozenset({"local", "tweaks", "custom", "my", "own", "user", "style", "styles", "extra"})
"""What a file of one's own tweaks is called by those who put it among the themes."""


def unread(files: Mapping[str, bytes], theme: str) -> Iterator[Finding]:
    """W727 for each style sheet that no page takes, and each text that belongs to a dossier.

    ``theme`` is the one that is chosen: a file called local beside the themes is one only then.
    """
    read = _imported(files, [key for key in files if _is_root(key, theme)])
    named = b"".join(raw for key, raw in files.items() if key.endswith(".html"))
    linked = frozenset(_LINKED.findall(named))
    for key in files:
        name = posixpath.basename(key)
        stem, suffix = posixpath.splitext(name.casefold())
        if suffix == ".css" and key not in read and name.encode() not in linked:
            yield Finding(key, 0, 0, "W727", "no page takes this style sheet", _home(key, stem))
        elif suffix in _CONTENT and stem not in _NOT_FOR_THE_PRESS:
            hint = "texts of a dossier stand in its folder under content/; move it there, or away"
            yield Finding(key, 0, 0, "W727", "nothing reads this file", hint)


def _is_root(key: str, theme: str) -> bool:
    """Whether a style sheet is taken by its name."""
    folder, name = posixpath.split(key)
    if key in _ROOTS or folder == "styles/reports":
        return True
    if f"{folder}/" not in FOLDERS.values() or not re.fullmatch(r"[a-z0-9-]+\.css", name):
        return False
    tweaks = name.removesuffix(".css") in _TWEAKS and name != f"{theme}.css"
    return not (tweaks and f"{folder}/" == FOLDERS["theme"])


def _imported(files: Mapping[str, bytes], found: Iterable[str]) -> frozenset[str]:
    """These style sheets, and all that they import."""
    seen: set[str] = set()
    left = list(found)
    while left:
        key = left.pop()
        if key in seen or key not in files:
            continue
        seen.add(key)
        addresses = _IMPORT.findall(files[key])
        left += (key_of(key, address.decode("utf-8", "replace")) for address in addresses)
    return frozenset(seen)


def _home(key: str, stem: str) -> str:
    """Where a style sheet belongs that stands where nothing takes it."""
    theme = re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or "my-theme"
    if key.startswith(FOLDERS["theme"]) and stem not in _TWEAKS:
        return f"name it {FOLDERS['theme']}{theme}.css: small letters, digits and hyphens"
    hint = f"tweaks to every page stand in {LOCAL}: move it there"
    if stem in _TWEAKS:
        where = ", or write theme: " + stem if key.startswith(FOLDERS["theme"]) else ""
        return f"{hint}{where}"
    return f"{hint}; a theme of its own is {FOLDERS['theme']}{theme}.css"
