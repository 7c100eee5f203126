"""What a PDF was made from: written into it, and held against the folder later.

The digests of all inputs travel inside the PDF as ``inputs.json``. The same inputs give the same
bytes, so that anybody can say of a file whether it was made from this content, and if not, which
input differs.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from press.base.document import Enclosure
from press.output import manifest

NAME = "inputs.json"
PRIVATE = "DossierPress"
"""Under which name it travels as private data (PieceInfo) where nothing may be attached."""
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Inputs:
    """Everything that one PDF depends on. Digests are SHA-256, but for the code's (BLAKE2b)."""

    dossier: str
    edition: str
    theme: str
    standard: str
    content: Mapping[str, str]
    design: Mapping[str, str]
    press: str
    lock: str
    libraries: Mapping[str, str]
    paper: str = "a4"
    tile: str = ""

    @property
    def content_hash(self) -> str:
        """One digest for all of the content: of names and digests of its files, in order."""
        lines = "".join(f"{name}\0{self.content[name]}\n" for name in sorted(self.content))
        return sha256(lines.encode()).hexdigest()


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file, by name."""
    return {name: sha256(files[name]).hexdigest() for name in sorted(files)}


@cache
def code() -> tuple[str, str]:
    """Digests of the press itself and of the lock of its dependencies."""
    lock = _ROOT / "requirements.lock"
    return manifest.code_key(_ROOT), manifest.digest(lock) if lock.is_file() else ""


def enclosure(inputs: Inputs) -> Enclosure:
    """``inputs`` as the file that travels in the PDF."""
    text = json.dumps(asdict(inputs), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    description = "Digests of all that this file was made from"
    return Enclosure(NAME, text.encode(), description, "Supplement")


def enclosed(pdf: bytes) -> dict[str, bytes]:
    """The files that travel inside ``pdf``, by name; raises ValueError for what is no PDF."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            private: Any = document.Root.get(Name.PieceInfo, Dictionary())
            held = private[f"/{PRIVATE}"].Private if f"/{PRIVATE}" in private else {}
            return {
                **{name[1:]: kept.read_bytes() for name, kept in held.items()},
                **{
                    name: attached.get_file().read_bytes()
                    for name, attached in document.attachments.items()
                },
            }
    except pikepdf.PdfError as error:
        message = re.sub(r"^stream <[^>]*>:? *", "", str(error))
        raise ValueError(f"it is no PDF, or a damaged one: {message}") from None


def read(pdf: bytes) -> Inputs | None:
    """What ``pdf`` says that it was made from; None where it says nothing.

    Raises ValueError for what is no PDF, and for a record that cannot be read.
    """
    raw = enclosed(pdf).get(NAME)
    if raw is None:
        return None
    try:
        record: Any = json.loads(raw)
        inputs = Inputs(**record)
    except (ValueError, TypeError, RecursionError):
        raise ValueError(f"its {NAME} cannot be read") from None
    if not all(_proper(f.type == "str", getattr(inputs, f.name)) for f in fields(inputs)):
        raise ValueError(f"its {NAME} holds something else")
    return inputs


def read_from(pdf: bytes) -> Inputs | str | None:
    """``read`` as a worker's job: what is wrong comes back as a sentence."""
    try:
        return read(pdf)
    except ValueError as error:
        return str(error)


def _proper(text: bool, value: object) -> bool:
    """Whether a value of a record is the text, or the texts by name, that stand there."""
    if text:
        return isinstance(value, str)
    return isinstance(value, dict) and all(isinstance(v, str) for v in value.values())


def differences(then: Inputs, now: Inputs) -> Iterator[str]:
    """Each input that is not what it was, in words."""
    yield from _changed(f"content/{now.dossier}/", then.content, now.content)
    yield from _changed("", then.design, now.design)
    for what, old, new in (
        ("the edition", then.edition, now.edition),
        ("the theme", then.theme, now.theme),
        ("the paper", then.paper, now.paper),
        ("the paper of tiles", then.tile or "none", now.tile or "none"),
        ("the standard", then.standard, now.standard),
        *(
            (name, then.libraries.get(name, "none"), now.libraries.get(name, "none"))
            for name in sorted({*then.libraries, *now.libraries})
        ),
    ):
        if old != new:
            yield f"{what} was {old}, and is {new}"
    if then.press != now.press:
        yield "the code of the press has changed"
    if then.lock != now.lock:
        yield "requirements.lock has changed"


def _changed(folder: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*before, *after}):
        if name not in after:
            yield f"{folder}{name} is gone"
        elif name not in before:
            yield f"{folder}{name} is new"
        elif before[name] != after[name]:
            yield f"{folder}{name} has changed"
