"""A picture may be called as people call files: its address in the HTML leads to it."""

from __future__ import annotations

import re

import pytest

from press.base.templates import environment
from press.content.load import load
from press.content.snapshot import engine_files
from press.typeset.fetch import BASE, ClosedWorld
from press.views.words import read_prose
from tests.conftest import Changed


@pytest.mark.parametrize(
    "name", ["ridge#1.png", "a?b.png", "50%20.png", "my ridge.png", "größe.png"]
)
def test_the_address_of_a_picture_leads_to_its_file(name: str, changed: Changed) -> None:
    """Signs that part an address (#, ?) or stand for others (%) are written as such."""
    snapshot = changed({})
    listed = snapshot.files["images/images.yaml"].replace(b"ridge.png", f'"{name}"'.encode())
    files = {"images/images.yaml": listed, f"images/{name}": snapshot.files["images/ridge.png"]}
    loaded = load(changed(files))
    html = read_prose(loaded, environment(engine_files())).chapter(loaded.dossier.chapters[0])
    (address,) = re.findall(r'src="([^"]*)"', html)
    fetched = ClosedWorld(loaded.snapshot.files).fetch(f"{BASE}{address}")
    assert fetched.read() == files[f"images/{name}"]
