"""A fault of syntax hides no other: each is found in one run, and none that follows from it."""

from __future__ import annotations

import pytest

from press.checks import check
from press.content.load import load
from press.content.snapshot import Snapshot


def said(matterhorn: Snapshot, name: str, *changes: tuple[str, str]) -> list[str]:
    """Place, code and message of all that is found where these texts of a file are exchanged."""
    text = matterhorn.files[name].decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    loaded = load(Snapshot("a", "a", {**matterhorn.files, name: text.encode()}))
    return [str(finding) for finding in sorted({*loaded.findings, *check(loaded)})]


@pytest.mark.parametrize(
    ("name", "changes", "codes"),
    [
        ("chronology.yaml",
         [("title: First attempts", "title: First: attempts"), ("title: The fall", "title: @ fall"),
          ("date: 1865-07-14", "date: 1865-17-14")],
         ["E012", "E104", "E012"]),
        ("chronology.yaml",
         [("title: First attempts", 'title: "First attempts'), ("category: loss", "category: los")],
         ["E012", "E201"]),
        ("dossier.yaml",
         [("title: ", "title: 'It's "), ("issued: 2026", "issued: 20-26"), ("licence:", "licens:")],
         ["E012", "E104", "E102"]),
        ("gazetteer.yaml",
         [("- id: zermatt", "-id: zermatt"), ("at: 45.936, 7", "at: 95.936, 7")],
         ["E012", "E121"]),
        ("sources.yaml",
         [("checked:", "checked: 'so' and"), ("issued: 1865-08-08", "issued: 1865-08-38")],
         ["E012", "E104"]),
    ],
)  # fmt: skip
def test_every_fault_of_a_file_is_found_at_once(
    matterhorn: Snapshot, name: str, changes: list[tuple[str, str]], codes: list[str]
) -> None:
    """Several of syntax and several of sense, in entries and in keys of their own."""
    found = said(matterhorn, name, *changes)
    assert codes == [text.split()[1] for text in found]


def test_what_stands_in_what_is_lost_is_not_missed(matterhorn: Snapshot) -> None:
    """A broken event is there all the same, and so is what it alone refers to."""
    old = "title: The fall"
    (only,) = said(matterhorn, "chronology.yaml", (old, "title: 'The' fall"))
    assert "E012" in only


@pytest.mark.parametrize(("named", "codes"), [("summit", ["E012"]), ("sumit", ["E012", "E201"])])
def test_the_id_of_a_broken_entry_is_known(
    named: str, codes: list[str], matterhorn: Snapshot
) -> None:
    """A reference to it is not called wrong, and one to an id that nothing has is."""
    event, reference = b"- id: summit\n", b"{event: summit}"
    box = matterhorn.files["infobox.yaml"]
    assert reference in box
    files = {
        **matterhorn.files,
        "chronology.yaml": matterhorn.files["chronology.yaml"].replace(
            event, event + b"    note: 'a' b\n"
        ),
        "infobox.yaml": box.replace(reference, b"{event: %s}" % named.encode()),
    }
    loaded = load(Snapshot("a", "a", files))
    assert codes == sorted(f.code for f in {*loaded.findings, *check(loaded)})


def test_where_nothing_is_sure_only_the_first_fault_is_said(matterhorn: Snapshot) -> None:
    """A fault that no entry has by itself leaves the rest of the file unread."""
    (only,) = said(matterhorn, "chronology.yaml", ("categories:", "--- \ncategories:\n---"))
    assert "E012" in only
