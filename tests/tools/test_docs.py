"""What is made from the code is as the code has it; ``python3 build.py docs`` makes it so."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from press.base import folders
from press.cli import main
from press.design.editions import EDITIONS, Edition
from tests.conftest import ROOT
from tools import docs

MADE = (
    "docs/checks.md", "docs/classes.md", "docs/editions.md",
    "press/design/page_classes.txt", "press/design/plate_classes.txt",
    *sorted(f"press/schema/{path.name}" for path in (ROOT / "press" / "schema").iterdir()),
)  # fmt: skip
"""Every file that is made from the code: their names take no time, their texts some seconds."""


@pytest.fixture(scope="module")
def generated() -> Mapping[str, str]:
    """The text of each as the code gives it now."""
    return docs.generated()


@pytest.mark.parametrize("name", MADE)
def test_what_is_generated_is_fresh(name: str, generated: Mapping[str, str]) -> None:
    """Each page and schema is what the code gives now, or ``build.py docs`` makes it anew."""
    assert (ROOT / name).read_text("utf-8") == generated[name]


def test_no_schema_is_left_of_a_kind_that_is_gone(generated: Mapping[str, str]) -> None:
    """Every schema there is was made from a model that there is, and no file is missing above."""
    assert set(MADE) == generated.keys()


def test_docs_makes_stale_pages_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was changed by hand, or is missing, is made again, and named; then nothing is."""
    for part in ("docs", "press", "styles", "templates"):
        unread = shutil.ignore_patterns("*.png", "*.otf", "*.ttf", "*.sqlite", "__pycache__")
        shutil.copytree(ROOT / part, tmp_path / part, ignore=unread)
    monkeypatch.setattr(folders, "ROOT", tmp_path)
    page, schema = tmp_path / "docs" / "editions.md", tmp_path / "press/schema/facts.schema.json"
    page.write_text(page.read_text("utf-8").replace("`poster`", "`posters`"), "utf-8")
    schema.unlink()
    assert main.main(["docs"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "docs/editions.md: made anew", "press/schema/facts.schema.json: made anew"
    ]  # fmt: skip
    assert "| `poster` | one large sheet" in page.read_text("utf-8")
    assert main.main(["docs"]) == 0
    assert capsys.readouterr().out == "every page and schema is as it should be\n"


def test_table_has_a_line_for_each_edition(generated: Mapping[str, str]) -> None:
    """Whoever adds a row finds it in the page, with its papers."""
    page = generated["docs/editions.md"]
    for edition in EDITIONS.values():
        papers = ", ".join(f"`{paper}`" for paper in edition.papers)
        assert f"| `{edition.name}` | {edition.title} | {papers} |\n" in page


def test_fields_of_a_row_are_explained() -> None:
    """The page says what each field of a row is for."""
    page = (ROOT / "docs" / "editions.md").read_text("utf-8")
    table = page[page.index("| field of the row |") :]
    assert [f.name for f in fields(Edition)
            if f.name not in ("name", "title") and f"`{f.name}`" not in table] == []  # fmt: skip
