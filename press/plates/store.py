"""Plates that need not be drawn again: finished drawings as bytes, by a key of all they depend on.

Nothing here touches a disk: the caller hands in what is kept from earlier builds and takes away
what was used. A kept drawing is JSON and read as data, never run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import PurePosixPath

from pydantic import TypeAdapter, ValidationError

from press.content import facts
from press.content.model import Dossier, Map, Timeline
from press.design.styles import Style
from press.plates.drawing import Drawing
from press.plates.map import draw_map
from press.plates.timeline import draw_timeline

_TOKENS = ("--map-", "--plate-", "--face-", "--category-", "--sheet-", "--paper", "--measure",
           "--body-")  # fmt: skip


@dataclass
class Store:
    """Drawings kept from earlier builds, by key, and those used or made in this one.

    ``version`` stands for the engine and the atlas: a digest of the folder ``press`` will do.
    """

    version: str
    kept: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    used: dict[str, bytes] = field(default_factory=dict, repr=False)


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Drawing]:
    return TypeAdapter(Drawing)


def to_bytes(drawing: Drawing) -> bytes:
    """A drawing as JSON."""
    return _adapter().dump_json(drawing)


def from_bytes(raw: bytes) -> Drawing:
    """The drawing that ``to_bytes`` wrote. Raises ValueError where it is none."""
    return _adapter().validate_json(raw)


def draw(
    plate: Map | Timeline,
    dossier: Dossier,
    style: Style,
    anchor: str,
    files: Mapping[str, bytes],
    store: Store | None = None,
) -> Drawing:
    """Draw a plate of the dossier; ``anchor`` is its id in the document (``plate-campaign``).

    ``files`` are the dossier's own, for layers that the author supplies. Faults in what the author
    asked for come back in the Drawing; nothing is raised for them. A drawing that ``store`` keeps
    is taken from there.
    """
    number = facts.label(dossier, anchor)
    if store is None:
        return _drawn(plate, dossier, style, number, files)
    name = key(plate, dossier, style, number, files, store.version)
    raw = store.kept.get(name)
    if raw is not None:
        try:
            found = from_bytes(raw)
        except ValidationError:
            pass
        else:
            store.used[name] = raw
            return found
    made = _drawn(plate, dossier, style, number, files)
    store.used[name] = to_bytes(made)
    return made


def _drawn(
    plate: Map | Timeline,
    dossier: Dossier,
    style: Style,
    number: str,
    files: Mapping[str, bytes],
) -> Drawing:
    if isinstance(plate, Map):
        return draw_map(plate, dossier, style, number, files)
    return draw_timeline(plate, dossier, style, number)


def key(
    plate: Map | Timeline,
    dossier: Dossier,
    style: Style,
    number: str,
    files: Mapping[str, bytes],
    version: str,
) -> str:
    """A digest of everything that a drawing depends on."""
    state = blake2b(digest_size=20)
    meta = dossier.meta
    parts = (
        version, number, repr(plate), repr(dossier.chronology), repr(dossier.gazetteer),
        repr(dossier.sources), meta.language, meta.disclaimer, style.plate_css, repr(style.faces),
        *(f"{n}:{v}" for n, v in sorted(style.tokens.items()) if n.startswith(_TOKENS)),
    )  # fmt: skip
    for part in parts:
        state.update(part.encode() + b"\0")
    for name in sorted({face.key for face in style.faces}):
        state.update(_digest(style.files[name]))
    for name in _layers(plate, files):
        state.update(name.encode() + b"\0" + _digest(files[name]))
    return state.hexdigest()


def _layers(plate: Map | Timeline, files: Mapping[str, bytes]) -> list[str]:
    """The author's files that a plate reads, with those beside them that belong to them."""
    if not isinstance(plate, Map):
        return []
    named = [*(area.file for area in plate.areas), *(line.file for line in plate.lines)]
    stems = {str(PurePosixPath(name).with_suffix("")) for name in named if name}
    return sorted(n for n in files if str(PurePosixPath(n).with_suffix("")) in stems)


@lru_cache(maxsize=128)
def _digest(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=20).digest()
