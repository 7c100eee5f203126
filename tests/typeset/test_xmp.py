"""Two standards claimed in the metadata of one file."""

from __future__ import annotations

import pytest

from press.typeset.xmp import claiming

NOTHING = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'


@pytest.mark.parametrize(("version", "described"), [(1, True), (3, True), (4, False)])
def test_the_schema_of_the_claim_is_described_where_the_standard_asks(
    version: int, described: bool
) -> None:
    """PDF/A before part 4 does (ISO 19005-3, 6.6.2.3.3); part 4 knows the claim."""
    made = claiming(lambda *_: NOTHING, 1)("pdf/a", version, "A")
    assert b"pdfuaid:part>1<" in made
    assert (b"pdfaExtension:schemas" in made) == described


@pytest.mark.parametrize(("part", "dated"), [(1, False), (2, True)])
def test_the_second_part_names_its_year(part: int, dated: bool) -> None:
    """ISO 14289-2 asks for it, and the first part has none."""
    made = claiming(lambda *_: NOTHING, part)("pdf/a", 4, None)
    assert (b"pdfuaid:rev>2024<" in made) == dated
