"""Which standards a PDF keeps, and what travels with it: PDF/A, PDF/UA, attached files.

WeasyPrint writes one claim of conformance into a file; ours keeps two standards at once. The claim
of PDF/UA (ISO 14289-1, 5; ISO 14289-2, 5) is merged into the metadata that carry the one of PDF/A
(ISO 19005-3, 6.6.4; ISO 19005-4, 6.7.3) through ``DocumentMetadata.generate_rdf_metadata``, which
is public. PDF/A before part 4 allows no property without a description of its schema (ISO 19005-3,
6.6.2.3.3), so the schema of the PDF/UA claim goes with it.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from press.base.document import Enclosure
from press.typeset import fonts

with fonts.direct_loading():
    from weasyprint import Attachment
    from weasyprint.text.ffi import harfbuzz, pango

    from press.base.document import Enclosure
from press.typeset import tagging

if TYPE_CHECKING:
    from weasyprint import Document

@dataclass(frozen=True)
class Standard:
    """A pair of standards: what WeasyPrint is asked for, and the PDF/UA part claimed beside it.

    ``checks`` are the validator's names of the profiles that the file must pass.
    """

    variant: str
    accessibility: int
    checks: tuple[str, ...]


STANDARDS: Mapping[str, Standard] = {
    "pdf/a-3a+ua-1": Standard("pdf/a-3a", 1, ("3a", "ua1")),
    "pdf/a-4f+ua-2": Standard("pdf/a-4f", 2, ("4f", "ua2")),
}
"""The pairs by the name that an edition gives. Any other name is WeasyPrint's own."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_UA = "http://www.aiim.org/pdfua/ns/id/"
_EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
_PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
_PREFIXES = {
    "pdfuaid": _UA, "pdfaExtension": _EXTENSION, "pdfaSchema": _SCHEMA, "pdfaProperty": _PROPERTY,
}  # fmt: skip
_DC = "http://purl.org/dc/elements/1.1/"
_COMMON = {
    "x": "adobe:ns:meta/", "rdf": _RDF, "dc": _DC, "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/", "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}  # fmt: skip
_CLAIMS = tuple(f"{{{name}}}" for name in (_COMMON["pdfaid"], _UA, _EXTENSION))
_REVISION = "2024"
"""The year of ISO 14289-2, which PDF/UA-2 must name."""


def options(variant: str) -> dict[str, str]:
    """What WeasyPrint must know of ``variant`` before it lays out pages."""
    standard = STANDARDS.get(variant)
    return {"pdf_variant": standard.variant if standard else variant}


def write(
    document: Document,
    variant: str,
    enclosures: Iterable[Enclosure] = (),
    day: str = "",
    modified: str = "",
) -> bytes:
    """The PDF of ``document``, in the standards of ``variant``, with ``enclosures`` attached.

    ``day`` (YYYY-MM-DD) dates the file and the enclosures, so that the clock does not;
    ``modified`` is the day of the last revision, where there was one.
    """
    metadata = document.metadata
    dated = _dated(day)
    if day:
        metadata.created, metadata.modified = day, modified or day
    metadata.attachments = [
        *metadata.attachments,
        *(
            Attachment(
                file_obj=io.BytesIO(enclosure.content),
                name=enclosure.name,
                description=enclosure.description,
                relationship=enclosure.relationship,
                created=dated,
                modified=dated,
            )
            for enclosure in sorted(enclosures, key=lambda e: e.name)  # as a name tree must be
        ),
    ]
    standard = STANDARDS.get(variant)
    if standard is not None:
        metadata.generate_rdf_metadata = claiming(metadata.generate_rdf_metadata, standard)
    buffer = io.BytesIO()
    with tagging.listening(document), warnings.catch_warnings():
        # WeasyPrint opens its colour profile and leaves it to the garbage collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        document.write_pdf(buffer, pdf_tags=True, **options(variant))
    return buffer.getvalue()


def libraries() -> dict[str, str]:
    """The versions of the system's libraries on which the bytes of a PDF depend."""
    number = int(pango.pango_version())
    return {
        "pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "harfbuzz": ".".join(map(str, _harfbuzz())),
    }


def _harfbuzz() -> tuple[int, int, int]:
    """HarfBuzz's version; the library is bound so that it only tells whether it is new enough."""
    version = [0, 0, 0]
    for place in range(3):
        while version[place] < _NEWEST and harfbuzz.hb_version_atleast(
            *(n + 1 if i == place else n for i, n in enumerate(version))
        ):
            version[place] += 1
    major, minor, micro = version
    return major, minor, micro


_NEWEST = 999


def claiming(generate: Callable[..., bytes], standard: Standard) -> Callable[..., bytes]:
    """``generate`` with the claim of PDF/UA merged into the RDF that it makes."""

    def both(variant: str, version: int, conformance: str | None) -> bytes:
        for prefix, name in _PREFIXES.items():
            ET.register_namespace(prefix, name)
        rdf = ET.fromstring(generate(variant, version, conformance))  # noqa: S314 our own words
        claim = _description(rdf)
        ET.SubElement(claim, f"{{{_UA}}}part").text = str(standard.accessibility)
        if standard.accessibility > 1:
            ET.SubElement(claim, f"{{{_UA}}}rev").text = _REVISION
        if version < 4:
            _describe(_description(rdf))
        return bytes(ET.tostring(rdf, encoding="utf-8"))

    return both


def unclaimed(metadata: bytes, title: str) -> bytes:
    """XMP ``metadata`` with ``title`` for a title, and without the claims of PDF/A and PDF/UA.

    For what is made of a conforming file and conforms no longer.
    """
    begin, end = metadata.index(b"<x:xmpmeta"), metadata.index(b"</x:xmpmeta>") + 12
    for prefix, name in {**_PREFIXES, **_COMMON}.items():
        ET.register_namespace(prefix, name)
    packet = ET.fromstring(metadata[begin:end])  # noqa: S314 our own words
    for rdf in packet:
        for described in list(rdf):
            for kid in list(described):
                if kid.tag.startswith(_CLAIMS):
                    described.remove(kid)
            for name in [key for key in described.attrib if key.startswith(_CLAIMS)]:
                del described.attrib[name]
            if not len(described) and set(described.attrib) == {f"{{{_RDF}}}about"}:
                rdf.remove(described)
    for words in packet.iterfind(f".//{{{_DC}}}title//{{{_RDF}}}li"):
        words.text = title
    return metadata[:begin] + bytes(ET.tostring(packet, encoding="utf-8")) + metadata[end:]


def _dated(day: str) -> datetime:
    if not day:
        return datetime.fromtimestamp(0, UTC)
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _description(rdf: ET.Element) -> ET.Element:
    return ET.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})


def _describe(description: ET.Element) -> None:
    """The extension schema of the PDF/UA claim."""
    schema = _resource(description, f"{{{_EXTENSION}}}schemas", "Bag")
    for name, value in (
        ("schema", "PDF/UA identification schema"),
        ("namespaceURI", _UA),
        ("prefix", "pdfuaid"),
    ):
        ET.SubElement(schema, f"{{{_SCHEMA}}}{name}").text = value
    entry = _resource(schema, f"{{{_SCHEMA}}}property", "Seq")
    for name, value in (
        ("name", "part"),
        ("valueType", "Integer"),
        ("category", "internal"),
        ("description", "Part of ISO 14289 to which the file conforms"),
    ):
        ET.SubElement(entry, f"{{{_PROPERTY}}}{name}").text = value


def _resource(parent: ET.Element, name: str, kind: str) -> ET.Element:
    holder = ET.SubElement(ET.SubElement(parent, name), f"{{{_RDF}}}{kind}")
    return ET.SubElement(holder, f"{{{_RDF}}}li", {f"{{{_RDF}}}parseType": "Resource"})
