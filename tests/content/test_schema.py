"""The JSON Schemas are those of the models, and every YAML file points at its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from press.base import folders
from press.content import kinds
from press.content.model.tables import Column
from tests.conftest import EXAMPLE, ROOT

FOLDER = ROOT / "press" / "schema"
FILES = sorted((ROOT / "content").rglob("*.yaml"))


def test_schemas_know_their_keys() -> None:
    """Keys are as the author writes them, with hyphens, and unknown ones are refused."""
    dossier = json.loads((FOLDER / "dossier.schema.json").read_text("utf-8"))
    assert "citation-style" in dossier["properties"]
    assert dossier["additionalProperties"] is False


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_modeline_leads_to_a_schema(path: Path) -> None:
    """An editor that follows the first line finds a schema, also in a copy under content/."""
    first = path.read_text("utf-8").splitlines()[0]
    target = first.removeprefix("# yaml-language-server: $schema=")
    home = path.relative_to(ROOT / "content")
    assert target != first
    assert (ROOT / "content" / home.parent / target).resolve().is_file()


def test_press_yaml_leads_to_its_schema() -> None:
    """The file at the top has a schema of its own, beside those of a dossier's files."""
    first = (ROOT / "press.yaml").read_text("utf-8").splitlines()[0]
    target = first.removeprefix("# yaml-language-server: $schema=")
    schema = json.loads((ROOT / target).read_text("utf-8"))
    assert {"theme", "paper"} == set(schema["properties"])
    assert schema["additionalProperties"] is False


def test_a_column_of_numbers_is_lined_up_at_its_end() -> None:
    """Unless it says otherwise; another column begins where its words do."""
    columns: list[dict[str, object]] = [{"numeric": True}, {"numeric": True, "align": "start"}, {}]
    made = [Column.model_validate(column | {"key": "a", "label": "A"}) for column in columns]
    assert [column.align for column in made] == ["end", "start", "start"]


def test_the_example_is_there_to_be_copied_and_is_not_built() -> None:
    """It has every file that a dossier may have, and a folder whose name begins with _ is none."""
    assert "_example" not in folders.slugs()
    named = [name for name in kinds.FILES if not name.endswith("/")]
    lacks = [name for name in named if not (EXAMPLE / name).is_file()]
    assert lacks == ["people.yaml"]
