"""A citation that a process has set is not set again, and says what its source says now."""

from __future__ import annotations

import pytest

from press.citations import engine
from press.citations.citations import Citations
from press.citations.locators import CitationItem
from press.content.model import Source


def source(**fields: str) -> Source:
    """A book, with these fields of its own."""
    given = {"id": "a", "kind": "secondary", "checked": "read", "type": "book", "issued": "1912"}
    return Source.model_validate(given | {"title": "The Pass", "author": "Lee, Ann"} | fields)


@pytest.mark.parametrize(
    "changed",
    [{}, {"title": "The Road"}, {"author": "Lee, Bo"}, {"issued": "1913"}, {"edition": "2"}],
)
def test_a_source_that_says_something_else_is_set_anew(
    changed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its note and its entry are those that it has in a process that knows no other."""

    def both() -> tuple[str, str]:
        made = Citations({"a": source(**changed)}, "en")
        return made.note([CitationItem("a", "p. 5")]), made.entry("a")

    Citations({"a": source()}, "en").entry("a")
    Citations({"a": source()}, "en").note([CitationItem("a", "p. 5")])
    kept = both()
    engine.made_once.cache_clear()
    assert kept == both()


def test_what_was_set_is_not_set_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two documents with the same source, in the same style, the second asks for nothing."""
    asked: list[str] = []
    entry = engine.Bibliography._entry

    def counted(own: engine.Bibliography, key: str) -> str:
        asked.append(key)
        return entry(own, key)

    monkeypatch.setattr(engine.Bibliography, "_entry", counted)
    engine.made_once.cache_clear()
    first = Citations({"a": source()}, "en").entry("a")
    once = len(asked)
    assert first == Citations({"b": source(id="b"), "a": source()}, "en").entry("a")
    assert len(asked) == once > 0


def test_kept_texts_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that sets a thousand documents does not keep all their citations."""
    monkeypatch.setattr(engine, "TEXTS", 3)
    for n in range(9):
        made = Citations({"a": source(title=f"The Pass {n}")}, "en")
        assert f"Pass {n}" in made.entry("a")
        assert len(made._engine._texts) <= 3
