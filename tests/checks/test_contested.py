"""What is contested never passes as certain: a date or figure of one account, said flatly."""

from __future__ import annotations

import pytest

from press.base.finding import findings_by
from press.checks.contested import contested_as_certain
from press.checks.prose_dates import date_disagrees
from press.checks.prose_numbers import number_disagrees
from press.content.load import load
from press.content.snapshot import Snapshot
from tests.conftest import Changed

CHAPTER = "chapters/04-drive-south.md"


def found(text: str, reference_files: Snapshot) -> int:
    files = {**reference_files.files, CHAPTER: f"# South\n\n{text}\n".encode()}
    loaded = load(Snapshot("r", "r", files))
    return sum(f.file.endswith(CHAPTER) for f in findings_by([contested_as_certain], loaded))


@pytest.mark.parametrize(
    "text",
    [
        "Jabrayil was taken on 23 August 1993.",
        "The capture of Jabrayil is therefore dated here to 23 August.",
        "The day of the fall of [[jabrayil]], 23 August 1993, was hot.",
        "With the loss of Jabrayil, 19 August 1993, the road was open.",
        "What was left of Zangilan was captured on the morning of 30 October 1993.",
        "It fell on [[event:jabrayil-taken|23 August 1993]].",
        "About 120,000 people left [[agdam]].",
        "A hundred and thirty thousand people left [[agdam]].",
        "Some 120,000 Azerbaijani people left Agdam.",
        "In the campaign 250,000 people were displaced.",
        "A quarter of a million people were newly displaced in 1993.",
        "Nearly 300,000 people were driven from home.",
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
        "Jabrayil’s capture is dated to 23 August by the Wikipedia article.",
        "Human Rights Watch dates the capture of Horadiz to 27 September.",
        "Jabrayil had not been taken on 18 August 1993.",
        "On 23 August 1993 people near Jabrayil were still on the road.",
        "The capture of Jabrayil is dated to 18–19 or 23 August.",
        "The Wikipedia article counts 120,000 people who left [[agdam]].",
        "Between 120,000 and 130,000 people left [[agdam]].",
        "In August 1993 Jabrayil was taken.",
        "Human Rights Watch wrote that 250,000 people were displaced.",
        "A quarter of a million people were displaced, according to one account.",
        "From 150,000 to 350,000 people were displaced.",
        "{fact: campaign.displaced} were displaced, or 250,000 people.",
        "In August 150,000 people made for the border.",
        "There 250,000 books were displaced.",
        "The library had 120,000 books, and [[agdam]] was proud of it.",
    ],
)
def test_what_is_said_rightly_is_quiet(text: str, reference_files: Snapshot) -> None:
    assert found(text, reference_files) == 0


ROW = """
  - label: Guides
    value:
      claims:
        - {text: three guides, says: Whymper, sources: [whymper]}
        - {text: forty guides, says: a newspaper, sources: [times]}
"""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The ascent took ten hours.", 1),
        ("The ascent took ten or twelve hours.", 0),
        ("By Whymper’s own account the ascent took ten hours.", 0),
        ("There were forty guides that day.", 1),
        ("There were 40 guides that day.", 1),
        ("There were forty mules that day, and guides.", 0),
        ("[[matterhorn]] has 14,780 feet.", 1),
    ],
)
def test_facts_of_any_kind_are_looked_at(text: str, codes: int, changed: Changed) -> None:
    """Subjects, rows of the infobox and places; in words and in figures."""
    box = changed().text("infobox.yaml").rstrip() + ROW
    chapter = f"# More\n\n{text}\n"
    files = {"infobox.yaml": box.encode(), "chapters/02-the-descent.md": chapter.encode()}
    loaded = load(changed(files))
    assert loaded.findings == ()
    found = findings_by([contested_as_certain], loaded)
    assert sum(f.file.endswith("descent.md") for f in found) == codes


@pytest.mark.parametrize(
    ("issued", "told", "codes"),
    [
        ("1865-07-14", "On 14 July 1865 Whymper's party stood on the summit [@times].", []),
        ("1865-07-16", "On 16 July 1865 Whymper's party stood up there on the summit [@times].",
         ["W401"]),
        ("1865-08-08", "Four climbers were lost. Two of the four climbers had no rope.", []),
    ],
)  # fmt: skip
def test_days_and_numbers_that_are_right_are_left_alone(
    issued: str, told: str, codes: list[str], changed: Changed
) -> None:
    """A paper of the day itself, and the number of a part where a fact has that of the whole."""
    sources = changed().text("sources.yaml").replace("issued: 1865-08-08", f"issued: {issued}")
    chapter = f"# More\n\n{told}\n"
    files = {"sources.yaml": sources, "chapters/02-the-descent.md": chapter}
    loaded = load(changed({name: text.encode() for name, text in files.items()}))
    checks = (date_disagrees, number_disagrees)
    assert [one.code for one in findings_by(checks, loaded)] == codes
