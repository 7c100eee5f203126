"""The claims of PDF/A and PDF/UA in a file's metadata (XMP), merged into one.

WeasyPrint writes one claim of conformance into a file; ours keeps two standards at once. The claim
of PDF/UA (ISO 14289-1, 5; ISO 14289-2, 5) is merged into the metadata that carry the one of PDF/A
(ISO 19005-3, 6.6.4; ISO 19005-4, 6.7.3) through ``DocumentMetadata.generate_rdf_metadata``, which
is public. PDF/A before part 4 allows no property without a description of its schema (ISO 19005-3,
6.6.2.3.3), so the schema of the PDF/UA claim goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_UA = "http://www.aiim.org/pdfua/ns/id/"
_EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
_PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
_PREFIXES = {
    "pdfuaid": _UA, "pdfaExtension": _EXTENSION, "pdfaSchema": _SCHEMA, "pdfaProperty": _PROPERTY,
}  # fmt: skip
_REVISION = "2024"
"""The year of ISO 14289-2, which PDF/UA-2 must name."""


def claiming(generate: Callable[..., bytes], part: int) -> Callable[..., bytes]:
    """``generate`` with the claim of a part of PDF/UA merged into the RDF that it makes."""

    def both(variant: str, version: int, conformance: str | None) -> bytes:
        for prefix, name in _PREFIXES.items():
            ET.register_namespace(prefix, name)
        rdf = ET.fromstring(generate(variant, version, conformance))  # noqa: S314 our own words
        claim = _description(rdf)
        ET.SubElement(claim, f"{{{_UA}}}part").text = str(part)
        if part > 1:
            ET.SubElement(claim, f"{{{_UA}}}rev").text = _REVISION
        if version < 4:
            _describe(_description(rdf))
        return bytes(ET.tostring(rdf, encoding="utf-8"))

    return both


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
