"""What all checks share: runs that rise, remarks that become findings, dossiers that are broken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from press.base.finding import Finding, PageRemark, findings_by
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


@pytest.mark.parametrize("name", ["dossier.yaml", "chronology.yaml", "gazetteer.yaml"])
def test_no_lost_line_keeps_a_check_from_its_end(
    name: str, matterhorn: Snapshot, changed: Changed
) -> None:
    """Whatever line of a file is lost, every check says what it has to say."""
    lines = matterhorn.files[name].split(b"\n")
    for number in range(len(lines)):
        loaded = load(changed({name: b"\n".join(lines[:number] + lines[number + 1 :])}))
        assert checked(loaded).traces == (), f"{name} without line {number + 1}"
