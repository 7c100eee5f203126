"""The last look at a finished PDF, before it is published: what it may hold, and nothing else.

A dossier is read, not run. Its PDF holds pages, links to addresses and to its own pages, and the
files that ``press.views.data`` and ``press.output.provenance`` put in. Whatever got past the
stages before, a script, an action, a stranger's attachment or the name of a folder on this machine,
stops here.
Every object is looked at, also those that nothing refers to, as qpdf reads them.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from press.base.finding import Finding
from press.output import provenance
from press.output.pdf import opened, parts
from press.views import data

ROOT = Path(__file__).resolve().parents[2]

SCHEMES = frozenset({"http", "https", "mailto"})
"""What a link may begin with."""
ACTIONS = frozenset({"/URI", "/GoTo"})
"""What a link may do (ISO 32000-2, 12.6.4): open an address, go to a page."""
ANNOTATIONS = frozenset({"/Link"})
"""What may lie on a page (ISO 32000-2, 12.5.6)."""
ENCLOSED = frozenset({*data.NAMES, provenance.NAME})
"""Names of the files that may travel inside."""
_REFUSED = frozenset(
    b"/JavaScript /JS /Launch /SubmitForm /ImportData /GoToR /GoToE /RichMedia /OpenAction /AA"
    b" /FileAttachment /XFA /AcroForm /Rendition /Movie /Sound /Screen /URLS /GoTo3DView".split()
)
"""Names that no object may hold, as key or as value."""

_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<([0-9a-fA-F\s]{2,})>", re.DOTALL)
_NAME = re.compile(rb"/[^\s/<>\[\]()%]+")
_TELLING = frozenset((b"/URI", b"/Annot", b"/Action", b"/Filespec", b"/EF", b"/A"))
_OPAQUE = ("/Image",)
"""Streams that hold no words: a picture's."""
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True)
class Finished:
    """A finished PDF, its name, and the author's own words, which it may of course repeat."""

    name: str
    pdf: bytes = field(repr=False)
    content: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def scan(finished: Finished) -> tuple[Finding, ...]:
    """Every finding on the PDF; O610 where it cannot even be read."""
    try:
        with opened(finished.pdf) as pdf:
            messages = sorted(set(_scanned(pdf, finished)))
    except pikepdf.PdfError as error:
        messages = [("O610", f"it cannot be read: {error}")]
    return tuple(Finding(finished.name, 0, 0, code, text, HINTS[code]) for code, text in messages)


HINTS = {
    "O610": "please report this fault",
    "O611": "take what makes it out of the templates; a dossier is read, not run",
    "O612": "only the dossier's own data travels in its PDF; take the attachment out",
    "O613": "write the address with https:// or mailto:, or take the link out",
    "O614": "please report this fault; nobody need know where the dossier was built",
}


def _scanned(pdf: pikepdf.Pdf, finished: Finished) -> Iterator[tuple[str, str]]:
    hidden = _private()
    fonts = set()
    for value in pdf.objects:
        if isinstance(value, pikepdf.Dictionary):
            fonts |= {value[k].objgen for k in _FONT_FILES if k in value}
    for value in pdf.objects:
        stream = isinstance(value, pikepdf.Stream)
        raw = value.stream_dict.unparse() if stream else value.unparse(resolved=True)
        yield from _named(value, raw)
        texts = [*_strings(raw)]
        if stream and value.get("/Subtype") not in _OPAQUE and value.objgen not in fonts:
            texts.append(value.read_bytes())
        for text in texts:
            for match in hidden.finditer(text):
                if not _written(match[0], finished.content):
                    words = match[0].decode("utf-8", "replace")
                    yield "O614", f"it tells of this machine: {words}"
    for name in pdf.attachments:
        if name not in ENCLOSED:
            yield "O612", f"a file {name!r} is attached"


def _named(value: Any, raw: bytes) -> Iterator[tuple[str, str]]:
    """What an object must not hold, by the names in it."""
    names = set(_NAME.findall(_STRING.sub(b" ", raw)))
    for name in sorted(names & _REFUSED):
        yield "O611", f"it holds {name.decode()}"
    if isinstance(value, pikepdf.Stream) and "/F" in value:
        yield "O612", "a stream lies in another file"
    if names & _TELLING:
        for part in parts(value):
            yield from _checked(part)


def _checked(value: Any) -> Iterator[tuple[str, str]]:
    """Links, actions and attachments against what is allowed."""
    on_page = "/Rect" in value
    if on_page and value.get("/Subtype") not in ANNOTATIONS:
        yield "O611", f"on a page lies {value.get('/Subtype')}"
    action = value.get("/A") if on_page or "/Title" in value else None
    if value.get("/Type") == "/Action":
        action = value
    if isinstance(action, pikepdf.Dictionary) and (
        action.get("/S") not in ACTIONS or "/Next" in action
    ):
        yield "O611", f"a link does {action.get('/S')}, or more than one thing"
    if isinstance(address := value.get("/URI"), pikepdf.String) and not _leads_well(str(address)):
        yield "O613", f"a link leads to {str(address)[:60]!r}"
    if value.get("/Type") == "/Filespec" or "/EF" in value:
        names = {str(value[key]) for key in ("/F", "/UF") if key in value}
        for name in sorted(names - ENCLOSED):
            yield "O612", f"a file {name!r} is attached"


def _leads_well(address: str) -> bool:
    scheme, colon, _ = address.partition(":")
    return bool(colon) and scheme.lower() in SCHEMES


def _strings(raw: bytes) -> Iterator[bytes]:
    """The strings in an object, those of UTF-16 as UTF-8."""
    yield raw
    for match in _STRING.finditer(raw):
        if match[1] and match[1][:4].lower() == b"feff":
            held = bytes.fromhex(match[1].decode())
            yield held[2:].decode("utf-16-be", "replace").encode()


def _private() -> re.Pattern[bytes]:
    """What tells of the machine: its own folders, and the shapes of anybody's."""
    shapes = [
        rb"(?<![\w.])/(?:home|Users)/[^/\s\"'()<>]+",
        rb"\b[A-Z]:\\{1,2}Users\\{1,2}[^\\\s\"'()<>]+",
        rb"(?<![\w.])/root/", rb"\bfile:/[^\s\"'()<>]*", rb"press-worker-\w+", rb"dossier\.invalid",
    ]  # fmt: skip
    here = (ROOT, Path.home(), Path(tempfile.gettempdir()), Path(os.environ.get("TMPDIR", "/")))
    exact = [re.escape(os.fsencode(p)) for p in here if len(p.parts) > 2]
    return re.compile(b"|".join([*shapes, *exact]))


def _written(words: bytes, content: Mapping[str, bytes]) -> bool:
    """Whether the author wrote this; a PDF doubles each backslash of a string."""
    texts = [raw for name, raw in content.items() if name.endswith((".yaml", ".md"))]
    return any(said in raw for said in (words, words.replace(rb"\\", b"\\")) for raw in texts)
