"""What all checks share: runs that rise, remarks that become findings, dossiers that are broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from press import checks
from press.base.finding import Finding, PageRemark, Remark, findings_by
from press.base.rising import longest_rising
from press.checks import checked
from press.content.load import load
from press.content.snapshot import Snapshot
from tests.conftest import Changed


@pytest.mark.parametrize(
    ("numbers", "run"),
    [([], []), ([3, 1, 2], [1, 2]), ([1, 1, 1], [0, 1, 2]), ([5, 1, 6, 2, 7, 3, 4], [1, 3, 5, 6])],
)
def test_longest_rising_run_is_found(numbers: list[int], run: list[int]) -> None:
    """Equal numbers may stand side by side; the run is given by indexes."""
    assert run == longest_rising(numbers)


def test_a_remark_gets_the_code_of_its_check() -> None:
    """And the page, where it has one."""

    def check(page: int) -> Iterator[PageRemark]:
        """P999: something on a page."""
        yield ("a.yaml", 3, 0), "wrong", "mend it", page, (1.0, 2.0, 3.0, 4.0)

    (found,) = findings_by([check], 7)
    assert found == Finding("a.yaml", 3, 0, "P999", "wrong", "mend it", 7)
    assert (1.0, 2.0, 3.0, 4.0) == found.box
    assert str(found) == "a.yaml:3: P999 page 7: wrong; mend it"


def test_no_lost_line_keeps_a_check_from_its_end(matterhorn: Snapshot, changed: Changed) -> None:
    """Whatever line of a file is lost, every check says what it has to say.

    Each of three files loses a line at a time, the longer ones the last of theirs alone.
    """
    names = ("dossier.yaml", "chronology.yaml", "gazetteer.yaml")
    lines = {name: matterhorn.files[name].split(b"\n") for name in names}
    for number in range(max(map(len, lines.values()))):
        fewer = {name: b"\n".join(of[:number] + of[number + 1 :]) for name, of in lines.items()}
        assert checked(load(changed(fewer))).traces == (), f"without line {number + 1}"


def codes(files: dict[str, bytes], changed: Changed) -> list[str]:
    """The codes of what is found in the small dossier with other files."""
    loaded = load(changed(files))
    return sorted(f.code for f in (*loaded.findings, *checked(loaded).findings))


def test_an_entry_given_twice_is_one_fault(matterhorn: Snapshot, changed: Changed) -> None:
    """Not its id, its name and its nearness to itself."""
    raw = matterhorn.files["gazetteer.yaml"]
    entry = raw[raw.index(b"  - ") :].split(b"\n  - ")[0].rstrip() + b"\n"
    twice = {"gazetteer.yaml": raw.rstrip() + b"\n" + entry}
    assert codes(twice, changed) == sorted([*codes({}, changed), "E202"])


def test_a_file_that_is_no_picture_is_one_fault(changed: Changed) -> None:
    assert codes({"images/x.docx": b"PK"}, changed) == sorted([*codes({}, changed), "E003"])


@pytest.mark.parametrize(
    "text",
    ["[@whymper and @times, p. 3.", "a [[zermatt and so", "a^[note and so", "![a](image:ridge"],
)
def test_a_mark_that_is_never_closed_is_the_fault_of_its_text(
    text: str, matterhorn: Snapshot, changed: Changed
) -> None:
    """The prose says it; the bracket and the words in it are no faults of their own."""
    name = "chapters/01-the-mountain.md"
    raw = matterhorn.files[name].rstrip() + f"\n\nSo it was {text}\n".encode()
    assert codes({name: raw}, changed) == codes({}, changed)


ALLOWED = b"allow:\n  - {code: W321, where: treaty, reason: its own words}\n"


@pytest.mark.parametrize("fails", [False, True])
def test_an_allowance_is_idle_only_where_every_check_was_run(
    fails: bool, matterhorn: Snapshot, changed: Changed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that failed may be the one for which it is there."""

    def broken(_: object) -> Iterable[Remark]:
        """W321: says nothing, and fails."""
        raise ValueError("out of order")

    if fails:
        monkeypatch.setattr(checks, "CHECKS", (*checks.CHECKS, broken))
    meta = matterhorn.files["dossier.yaml"].rstrip() + b"\n" + ALLOWED
    found = checked(load(changed({"dossier.yaml": meta})))
    assert ("W392" in [f.code for f in found.findings]) == (not fails)
    assert len(found.traces) == fails
