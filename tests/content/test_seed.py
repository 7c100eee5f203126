"""Each statement of the article from which the reference dossier began has its place in it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from press.content.evidence import level_of_source
from press.content.load import load
from press.content.snapshot import Snapshot, read
from tests.conftest import REFERENCE, ROOT


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    """Article and statements, as ``seed.yaml`` has them."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("seed.yaml").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def offensives() -> Snapshot:
    """The reference dossier, read."""
    return read(ROOT / "content" / REFERENCE, REFERENCE)


def plain(text: str) -> str:
    """``text`` with single spaces, so that lines may be broken anywhere."""
    return " ".join(text.split())


def test_each_statement_is_printed_where_the_table_says(
    table: dict[str, Any], offensives: Snapshot
) -> None:
    """The words stand in the file; or a reason says why they do not."""
    rows = [*table["infobox"], *table["text"]]
    files = {name: plain(raw.decode()) for name, raw in offensives.files.items() if "." in name}
    lost = [r["says"] for r in rows if "in" in r and plain(r["printed"]) not in files[r["in"]]]
    assert [] == lost
    assert [] == [row["says"] for row in rows if "in" not in row and not row.get("why")]


def test_no_sentence_of_the_article_is_without_a_statement(table: dict[str, Any]) -> None:
    """Each sentence holds the words of a row, and each row is of the article."""
    sentences = re.split(r"(?<=[.”])\s+(?=[A-Z])", plain(table["article"]))
    said = [plain(row["says"]) for row in table["text"]]
    assert len(sentences) >= 15
    assert [] == [s for s in sentences if not any(one in s for one in said)]
    assert [] == [one for one in said if one not in plain(table["article"])]


def test_what_was_read_is_counted_truly(offensives: Snapshot) -> None:
    """The chapter on how we know gives the numbers that the list of sources has."""
    bibliography = load(offensives).dossier.bibliography
    levels = Counter(level_of_source(source, "en") for source in bibliography.values())
    told = plain(offensives.files["chapters/12-how-we-know.md"].decode())
    wanted = (
        f"{len(bibliography)} entries. Of these {levels['read']} were read,"
        f" {levels['read in part']} in part, and {levels['quoted in']} only as others quote them;"
        f" {levels['not read']} were not read"
    )
    assert wanted in told
