"""Whatever an author gives of a source is printed in the bibliography, for every type and style."""

from __future__ import annotations

import html
import re
from typing import Any, get_args

import pytest

from press.citations import Citations
from press.content import model
from press.content.model.sources import CslType

GIVEN = {
    "author": "Smith, Jo", "editor": "Baker, Ann", "translator": "Cook, Bo", "title": "The title",
    "container": "A container", "collection": "A collection", "publisher": "A publisher",
    "place": "Leeds", "issued": "1993-08-20", "accessed": "2024-03-05", "page": "15-19",
    "volume": "31", "issue": "42", "number": "53", "edition": "2", "genre": "memo",
    "event": "An event", "archive": "An archive, MS 7", "url": "https://example.org/x",
    "isbn": "978-0-8147-1944-2",
}  # fmt: skip
PRINTED = GIVEN | {
    "author": "Smith", "editor": "Baker", "translator": "Cook", "issued": "1993",
    "accessed": "2024", "page": "15",
}  # fmt: skip


def source(type_: str, **fields: str) -> model.Source:
    given: dict[str, Any] = {"id": "x", "type": type_, "kind": "press", "checked": "t"}
    return model.Source.model_validate(given | fields)


def entries(sources: dict[str, model.Source], language: str, style: str) -> dict[str, str]:
    """Each entry, as it is read."""
    found = Citations(sources, language, style).bibliography(sources)
    return {id_: html.unescape(re.sub("<[^>]*>", "", entry)) for id_, entry in found}


@pytest.mark.parametrize(
    ("language", "style"),
    [("en", "chicago"), ("en-US", "chicago"), ("de", "chicago"), ("fr", "chicago"), ("en", "apa"),
     ("en", "modern-language-association"), ("de", "chicago-notes-bibliography-17th-edition")],
)  # fmt: skip
def test_nothing_given_is_lost(language: str, style: str) -> None:
    """Every field of every type, all of them together and each without the others."""
    types = get_args(CslType)
    sources = {type_: source(type_, **GIVEN) for type_ in types}
    for type_ in ("book", "article-newspaper", "webpage", "legal_case", "chapter", "manuscript"):
        for name, value in GIVEN.items():
            fields = {"title": "The title", name: value}
            sources[f"{type_} {name}"] = source(type_, **fields)
    for id_, entry in entries(sources, language, style).items():
        alone = id_.partition(" ")[2]
        for name in [alone] if alone else PRINTED:
            assert PRINTED[name].casefold() in entry.casefold(), (id_, name, entry)
        assert entry.count("978-0-8147-1944-2") <= 1
        assert entry.count("https://example.org/x") <= 1
        assert not re.search(r",,|\.\.|  | ,|\. ,", entry), entry


def test_what_is_left_out_stands_before_the_address() -> None:
    """An ISBN, the archive of a book, the volume of a paper."""
    book = source("book", title="T", author="Roe, Al", isbn="0-306-40615-2", archive="BL",
                  url="https://e.org", issued="1999")  # fmt: skip
    paper = source("article-newspaper", title="T", container="taz", volume="15", page="9",
                   issued="1993-08-20")  # fmt: skip
    found = entries({"book": book, "paper": paper}, "en", "chicago")
    assert found == {
        "book": "Roe, Al. T, 1999. BL. ISBN\xa00-306-40615-2. https://e.org.",
        "paper": "taz. ‘T’, 20\xa0August 1993, p.\xa09. Vol.\xa015.",
    }
    assert entries({"x": source("book", title="T", isbn="0-306-40615-2")}, "de", "chicago") == {
        "x": "T, o.\xa0J. ISBN\xa00-306-40615-2."
    }


def test_an_address_stands_beside_a_doi() -> None:
    """The style prints the DOI alone; an address that is the DOI's own is not said twice."""
    given = {"title": "T", "container": "J", "issued": "1999", "doi": "10.1000/182"}
    here = source("article-journal", url="https://e.org/x", **given)
    own = source("article-journal", url="https://doi.org/10.1000/182", **given)
    found = entries({"here": here, "own": own}, "en", "chicago")
    assert found["here"].endswith("doi:10.1000/182. https://e.org/x.")
    assert found["own"].endswith("doi:10.1000/182.")
