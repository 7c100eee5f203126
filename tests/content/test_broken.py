"""A dossier with a broken file: what is wrong is said, and nothing else gives way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from itertools import zip_longest
from typing import Any

import pytest

from press.base.finding import stopping
from press.base.request import Request
from press.checks import check
from press.cli.reading import words_only
from press.content import yaml
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.views.words import words_alone
from tests.conftest import EXAMPLE

FOLDER = EXAMPLE
FILES = sorted(p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*.yaml"))
GROUPS = -(-len(FILES) // 3)
RUINS = {
    "empty": b"",
    "no YAML": b"a: [b\n",
    "no UTF-8": b"title: \xe9t\xe9\n",
    "a list": b"- a\n- b\n",
    "a word": b"nothing\n",
    "no keys": b"{}\n",
    "an unknown key": b"nonsense: 1\n",
}


def broken(matterhorn: Snapshot, file: str, raw: bytes | None) -> Snapshot:
    """The small dossier with ``raw`` as one of its files; None takes it away."""
    files = {**matterhorn.files, file: raw}
    return Snapshot("a", "a", {name: raw for name, raw in files.items() if raw is not None})


def paths(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to each value in ``data``; of lists the first entry stands for all."""
    if isinstance(data, dict):
        inner = [(key, value) for key, value in data.items()]
    else:
        inner = list(enumerate(data))[:1] if isinstance(data, list) else []
    for key, value in inner:
        yield (*path, key)
        yield from paths(value, (*path, key))


def without(data: Any, path: tuple[str | int, ...]) -> Any:
    """``data`` with nothing at ``path``."""
    data = deepcopy(data)
    around = data
    for step in path[:-1]:
        around = around[step]
    del around[path[-1]]
    return data


def of_wrong_type(data: Any, path: tuple[str | int, ...]) -> Any:
    """``data`` with a text at ``path`` where more belongs, and keys where a text does."""
    data = deepcopy(data)
    around = data
    for step in path[:-1]:
        around = around[step]
    around[path[-1]] = {"x": ["y"]} if isinstance(around[path[-1]], str) else "x"
    return data


@pytest.mark.parametrize("ruin", RUINS)
@pytest.mark.parametrize("file", FILES)
def test_file_in_ruins_is_reported(matterhorn: Snapshot, file: str, ruin: str) -> None:
    """Whatever stands in the place of a file is a finding there, and every check runs."""
    loaded = load(broken(matterhorn, file, RUINS[ruin]))
    found = (*loaded.findings, *check(loaded))
    assert any(finding.file == f"a/{file}" for finding in stopping(found)) or ruin == "no keys"


@pytest.mark.parametrize("raw", [None, RUINS["no YAML"]], ids=["missing", "no YAML"])
@pytest.mark.parametrize("file", FILES)
def test_words_are_read_beside_a_broken_file(
    matterhorn: Snapshot, file: str, raw: bytes | None
) -> None:
    """Checks and prose make do without any file."""
    loaded = load(broken(matterhorn, file, raw))
    check(loaded)
    words_alone(words_only(loaded, Request(), engine_files()))


@pytest.mark.parametrize("spoilt", [without, of_wrong_type])
@pytest.mark.parametrize("group", range(GROUPS))
def test_broken_value_is_no_crash(matterhorn: Snapshot, group: int, spoilt: Any) -> None:
    """Every check runs where a key is missing, or has a value of another type.

    Three files are broken at a time, each in one value, and each value is broken once.
    """
    files = FILES[group::GROUPS]
    parsed = {file: yaml.parse(matterhorn.files[file], file).data for file in files}
    for at_once in zip_longest(*(paths(parsed[file]) for file in files)):
        ruined = {
            file: json.dumps(spoilt(parsed[file], path), ensure_ascii=False).encode()
            for file, path in zip(files, at_once, strict=True)
            if path is not None
        }
        check(load(Snapshot("a", "a", {**matterhorn.files, **ruined})))


@pytest.mark.parametrize("key", ["title", "standfirst", "issued", "imprint", "rights"])
def test_meta_is_whole_while_its_file_is_broken(matterhorn: Snapshot, key: str) -> None:
    """What is valid of dossier.yaml counts; something stands in for each key that must be there."""
    data = without(yaml.parse(matterhorn.files["dossier.yaml"], "").data, (key,))
    data["language"] = "de"
    loaded = load(broken(matterhorn, "dossier.yaml", json.dumps(data).encode()))
    assert "dossier.yaml" in loaded.broken
    assert "de" == loaded.dossier.meta.language
    for name, info in type(loaded.dossier.meta).model_fields.items():
        assert not info.is_required() or getattr(loaded.dossier.meta, name)


def test_allowances_hold_while_dossier_yaml_is_broken(matterhorn: Snapshot) -> None:
    """One slip in dossier.yaml does not bring back every warning that may stand."""
    data = yaml.parse(matterhorn.files["dossier.yaml"], "").data
    data = {**data, "allow": [{"code": "W261", "where": "x", "reason": "y"}], "rights": "x"}
    loaded = load(broken(matterhorn, "dossier.yaml", json.dumps(data).encode()))
    assert ["W261"] == [allowance.code for allowance in loaded.dossier.meta.allow]
