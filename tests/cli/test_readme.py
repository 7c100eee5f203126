"""The README is true: its YAML stands in the dossier, its pictures exist, its list is complete."""

from __future__ import annotations

import re
import tomllib

import pytest

from press.base.stages import STAGES
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
CONTENT = ROOT / "content" / "1993-summer-offensives"


def test_yaml_is_that_of_the_dossier() -> None:
    """Every YAML block is a passage of the reference dossier, to the letter."""
    blocks = re.findall(r"```yaml\n(.*?)\n```", README, re.DOTALL)
    files = [path.read_text("utf-8") for path in CONTENT.rglob("*.yaml")]
    strangers = [block for block in blocks if not any(block in text for text in files)]
    assert len(blocks) >= 2
    assert [] == strangers


def test_pictures_exist() -> None:
    """Every picture that is shown is there."""
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)
    assert len(pictures) >= 6
    assert [] == [name for name in pictures if not (ROOT / name).is_file()]


def test_stages_are_numbered_as_verbose_does() -> None:
    """The numbered list names the stages in the order of ``--verbose``."""
    assert list(STAGES) == re.findall(r"^\d+\. \*\*(\w+)\*\*", README, re.MULTILINE)


def test_every_dependency_says_why() -> None:
    """Each direct dependency has its line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    listed = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    names = [re.split(r"[=<>; \[]", line)[0] for line in listed]
    section = README[README.index("## Dependencies") : README.index("## Speed")]
    missing = [n for n in names if n not in section and not n.startswith("types-")]
    assert [] == missing


@pytest.mark.parametrize(
    "path", re.findall(r"`((?:press|styles|templates|tests|docs)/[\w./]+)`", README)
)
def test_paths_exist(path: str) -> None:
    """Every file and folder that is named is there."""
    assert (ROOT / path.split("<", maxsplit=1)[0]).exists()
