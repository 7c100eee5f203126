"""What is contested never passes as certain: a date or figure of one account, said flatly."""

from __future__ import annotations

import pytest

from press.base.finding import findings_by
from press.checks.contested import contested_as_certain
from press.content.load import load
from press.content.snapshot import Snapshot

CHAPTER = "chapters/04-drive-south.md"


def found(text: str, reference_files: Snapshot) -> int:
    files = {**reference_files.files, CHAPTER: f"# South\n\n{text}\n".encode()}
    loaded = load(Snapshot("r", "r", files))
    return sum(f.file.endswith(CHAPTER) for f in findings_by([contested_as_certain], loaded))


@pytest.mark.parametrize(
    "text",
    [
        "Jabrayil was taken on 23 August 1993.",
        "It fell on [[event:jabrayil-taken|23 August 1993]].",
        "About 120,000 people left [[agdam]].",
    ],
)
def test_one_account_said_flatly_is_found(text: str, reference_files: Snapshot) -> None:
    assert found(text, reference_files) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Jabrayil was taken on [[event:jabrayil-taken]].",
        "Jabrayil was taken on 18, 19 or 23 August 1993.",
        "Agdam was taken on 23 July 1993.",
        "The Wikipedia article counts 120,000 people who left [[agdam]].",
        "Between 120,000 and 130,000 people left [[agdam]].",
        "In August 1993 Jabrayil was taken.",
    ],
)
def test_what_is_said_rightly_is_quiet(text: str, reference_files: Snapshot) -> None:
    assert found(text, reference_files) == 0
