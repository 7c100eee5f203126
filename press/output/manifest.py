"""What was built from what, and what need not be built again. Standard library only.

Inputs are compared by content, never by time. The manifest of a dossier is
``output/<slug>/.manifest.json``; deleting it only costs a build.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Any

from press.base.preferences import Preferences

NAME = ".manifest.json"
DRAWINGS = ".plates.json"
PREFERENCES = ".preferences.json"
APART = frozenset({"cli", "diff", "setup"})
"""Rooms of press/ on which no PDF depends, nor anything that is found in one."""
_SKIPPED = {"__pycache__", ".DS_Store"}
_DAMAGED = (OSError, ValueError, TypeError, KeyError, AttributeError)
"""What reading a file raises that is missing, or was not written here."""


@dataclass(frozen=True)
class BuiltPdf:
    """One PDF: the key of its inputs, the digest of its bytes, and what was found in it.

    ``strict`` is the dossier's own word, ``coverage`` what its facts rest on, in a line.
    """

    key: str
    digest: str
    pages: int
    size: int
    seconds: float
    findings: tuple[str, ...] = ()
    rounds: tuple[Mapping[str, tuple[int, ...]], ...] = ()
    advice: tuple[str, ...] = ()
    companions: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    coverage: str = ""


def digest_of(content: bytes) -> str:
    """A hexadecimal BLAKE2b digest of 20 bytes."""
    return blake2b(content, digest_size=20).hexdigest()


def digest(path: Path) -> str:
    """The same of a file's content, which need not fit into memory."""
    with path.open("rb") as stream:
        return file_digest(stream, lambda: blake2b(digest_size=20)).hexdigest()


def files(roots: Iterable[Path]) -> Iterator[Path]:
    """Every regular file under ``roots`` in a fixed order, links, caches and hidden files apart."""
    for root in roots:
        if root.is_file():
            yield root
            continue
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(d for d in folders if d not in _SKIPPED and not d.startswith("."))
            for name in sorted(names):
                path = Path(folder, name)
                if not name.startswith(".") and not name.endswith((".pyc", "~")) and path.is_file():
                    yield path


def tree_key(root: Path, parts: Iterable[str]) -> str:
    """A digest of the names and contents of all files under ``parts`` of ``root``."""
    return _key(root, files(root / part for part in parts))


def _key(root: Path, paths: Iterable[Path]) -> str:
    return _together((path.relative_to(root).as_posix(), digest(path)) for path in paths)


def content_key(label: str, contents: Mapping[str, bytes]) -> str:
    """A digest of the names and contents of the files of a snapshot."""
    return _together((f"{label}/{name}", digest_of(contents[name])) for name in sorted(contents))


def _together(digests: Iterable[tuple[str, str]]) -> str:
    """One digest for several files, of which each has a name and a digest of its own."""
    return digest_of("".join(f"{name}\0{own}\n" for name, own in digests).encode())


def code_key(root: Path) -> str:
    """A digest of the code that PDFs depend on, and of what it reads."""
    press = root / "press"
    return _key(root, (p for p in files([press]) if p.relative_to(press).parts[0] not in APART))


def engine_key(root: Path) -> str:
    """What the press itself is: its code, templates, styles, dependencies and Python."""
    design = tree_key(root, ("templates", "styles", "requirements.lock"))
    return digest_of(f"{code_key(root)}{design}{sys.version_info[:2]}{sys.platform}".encode())


def key(engine: str, content: str, *options: str) -> str:
    """The key of one PDF: engine, content and the options it is built with."""
    return digest_of("\0".join((engine, content, *options)).encode())


def read(folder: Path) -> dict[str, BuiltPdf]:
    """The entries of ``folder`` by file name; none where the manifest is missing or damaged."""
    try:
        raw = json.loads((folder / NAME).read_text("utf-8"))
        return {name: _entry(**entry) for name, entry in raw.items()}
    except _DAMAGED:
        return {}


def _entry(*, findings: list[str], advice: list[str], rounds: list[Any], **rest: Any) -> BuiltPdf:
    """What is written of one PDF; its lists are tuples again."""
    folios = tuple({anchor: tuple(pages) for anchor, pages in one.items()} for one in rounds)
    return BuiltPdf(findings=tuple(findings), advice=tuple(advice), rounds=folios, **rest)


def write(folder: Path, entries: Mapping[str, BuiltPdf]) -> None:
    """Replaces the manifest of ``folder`` in one step."""
    text = json.dumps({name: asdict(entry) for name, entry in sorted(entries.items())}, indent=1)
    _replace(folder / NAME, text + "\n")


def _replace(path: Path, text: str) -> None:
    """Raises ContentError where the disk does not take it; what is there then is what was."""
    from press.base.place import place  # noqa: PLC0415 only who writes needs it

    place(text.encode(), path, "PDFs are whole, and the next build makes up for it")


def read_drawings(folder: Path) -> dict[str, bytes]:
    """The plates of the last builds, by key; none where the file is missing or damaged."""
    return {key: raw for used in _drawings(folder).values() for key, raw in used.items()}


def _drawings(folder: Path) -> dict[str, dict[str, bytes]]:
    """The plates of each PDF, by its name and their keys."""
    try:
        raw = json.loads((folder / DRAWINGS).read_text("utf-8"))
        kept = {str(key): str(drawing).encode() for key, drawing in raw["drawings"].items()}
        return {str(n): {key: kept[key] for key in keys} for n, keys in raw["used"].items()}
    except _DAMAGED:
        return {}


def write_drawings(folder: Path, name: str, drawings: Mapping[str, bytes]) -> None:
    """Keeps the plates of this build of ``name``, in place of those of its last, in one step.

    Those of PDFs that are there no longer are let go.
    """
    kept = {n: used for n, used in _drawings(folder).items() if (folder / n).is_file()}
    kept[name] = dict(drawings)
    every = {key: raw.decode() for used in kept.values() for key, raw in used.items()}
    used = {n: sorted(plates) for n, plates in sorted(kept.items())}
    _replace(folder / DRAWINGS, json.dumps({"drawings": every, "used": used}))


def preferences_key(content: str, project: Mapping[str, bytes]) -> str:
    """The key of what says how a dossier is printed: its content of this key, and press.yaml."""
    return key(content, content_key("", project))


def read_preferences(folder: Path, wanted: str) -> Preferences | None:
    """What they say that have this key; None where no build has noted it."""
    try:
        noted = json.loads((folder / PREFERENCES).read_text("utf-8"))
        editions = tuple(map(str, noted["editions"]))
        said = Preferences(editions, str(noted["theme"]), str(noted["paper"]))
        return said if noted["key"] == wanted else None
    except _DAMAGED:
        return None


def write_preferences(folder: Path, wanted: str, preferences: Preferences) -> None:
    """Notes what they say that have this key, so that nobody need read them to know."""
    _replace(folder / PREFERENCES, json.dumps({"key": wanted, **asdict(preferences)}) + "\n")


def fresh(folder: Path, name: str, wanted: str) -> BuiltPdf | None:
    """The entry of ``name`` where its inputs and its bytes are still what they were."""
    entry = read(folder).get(name)
    if entry is None or entry.key != wanted:
        return None
    try:
        same = {name: entry.digest, **entry.companions}
        return entry if all(digest(folder / n) == same[n] for n in same) else None
    except OSError:
        return None
