"""Addresses of the web are whole: a blank in one ends it."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from press.content.model.values import WebAddress
from tests.prose.test_prose import printed

ADDRESS = TypeAdapter(WebAddress)


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("https://a.org/x y.pdf", "write https://a.org/x%20y.pdf, or without the blank"),
        ("https://a.org/x\ty", "write https://a.org/x%20y, or without the blank"),
        ("https://a.org https://b.org", "write https://a.org"),
        (
            "https://a.org/x, p. 79",
            "write https://a.org/x; 'p. 79' belongs where the source is cited",
        ),
        ("https://a.org/x S. 7", "write https://a.org/x; 'S. 7' belongs where the source is cited"),
        ("www.a.org", "write https://www.a.org"),
        ("javascript:alert(1)", "begin with https:// or http://"),
    ],
)
def test_an_address_with_a_blank_is_refused(address: str, hint: str) -> None:
    """With the address as it should be, at sources, pictures, credits and rights alike."""
    with pytest.raises(ValidationError) as found:
        ADDRESS.validate_python(address)
    [error] = found.value.errors()
    assert ("E140", hint) == (error["type"], error["ctx"]["hint"])


@pytest.mark.parametrize("address", ["https://a.org/x%20y", "http://a.org", ""])
def test_whole_addresses_stay(address: str) -> None:
    """And so does none."""
    assert address == ADDRESS.validate_python(address)


@pytest.mark.parametrize(
    ("link", "code"), [("[t](https://a.org/x y)", "P255"), ("[t](<https://a.org/x y>)", "P250")]
)
def test_a_link_with_a_blank_is_shown_as_it_should_be(link: str, code: str) -> None:
    """Ready to be copied."""
    _, places, messages = printed(link)
    assert [code] == [place.split()[1] for place in places]
    assert "has a blank in it; write https://a.org/x%20y, or without the blank" in messages
