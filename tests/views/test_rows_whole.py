"""What fits a page is not divided: rows of tables, places and rows of the infobox."""

from __future__ import annotations

import re

import pytest
import tinycss2

from press.base import pdfium
from press.content.snapshot import Snapshot, engine_files, read
from tests.conftest import DOSSIERS, Printed

KEYS = "abcdefgh"
COUNT = 9


def crowded() -> Snapshot:
    """The tiny dossier with rows of eight cells, and places and facts of many lines."""
    files = dict(read(DOSSIERS / "tiny", "tiny").files)
    columns = "".join(f"  - {{key: {key}, label: What {key}}}\n" for key in KEYS)
    rows = "".join(
        "  - {" + ", ".join(f"{key}: Cell{n}{key}" for key in KEYS) + "}\n" for n in range(COUNT)
    )
    role = "It lies in the hills, and much is told of it by those who came there. " * 5
    places = "".join(
        f"  - {{id: p{n}, name: Begin{n}, kind: town, at: '46.{n}, 7.{n}', sources: [whymper],"
        f" role: '{role} End{n}.'}}\n"
        for n in range(COUNT)
    )
    places += (
        f"  - {{id: tall, name: Tall, kind: town, at: '46.5, 7.5', sources: [whymper],"
        f" role: '{role * 3} Foot.'}}\n"
    )
    facts = "".join(
        f"  - label: Open{n}\n    value: Something that was said of it\n"
        f"    note: '{role[:280]} Close{n}.'\n    sources: [whymper]\n"
        for n in range(COUNT)
    )
    own = {
        "tables/rows.yaml": f"title: Rows\ncolumns:\n{columns}rows:\n{rows}",
        "gazetteer.yaml": f"places:\n{places}",
        "infobox.yaml": f"rows:\n{facts}",
    }
    return Snapshot("tiny", "tiny", {**files, **{name: t.encode() for name, t in own.items()}})


@pytest.mark.parametrize("edition", ["large-print", "screen"])
def test_what_fits_a_page_is_not_divided(printed: Printed, edition: str) -> None:
    """The first word and the last of each row, place and row of the infobox share a page."""
    made = printed(edition, snapshot=crowded())
    with pdfium.opened(made.pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    pairs = [("Begin{}", "End{}."), ("Open{}", "Close{}.")]
    if edition == "large-print":
        pairs.append(("Cell{}a", "Cell{}h"))
    for first, last in pairs:
        for n in range(COUNT):
            here = {i for i, text in enumerate(pages) if last.format(n) in text}
            assert here, last.format(n)
            begins = {i for i, text in enumerate(pages) if re.search(rf"{first.format(n)}\b", text)}
            assert here <= begins, (edition, first.format(n))
    assert made.economy is not None
    assert made.economy.thin == (), edition


def test_no_edition_takes_the_room_between_date_and_sign() -> None:
    """What sets the height of rows anew leaves what stands beside a date."""
    sheets = {n: f for n, f in engine_files().items() if n.startswith("styles/editions/")}
    for name, sheet in sheets.items():
        for rule in tinycss2.parse_stylesheet(sheet.decode(), True, True):
            if rule.type == "qualified-rule" and ".event > td" in tinycss2.serialize(rule.prelude):
                body = tinycss2.parse_blocks_contents(rule.content, True, True)
                assert "padding" not in {one.lower_name for one in body}, name
