"""Loading and checking: every fault is found at its place, all at once, with a remedy."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from press.base.finding import ContentError
from press.checks import CHECKS, check
from press.content.load import load
from press.content.snapshot import Snapshot, read
from tests.conftest import HERE, Changed

ON_PAGES = ("W5", "W36", "P46", "E189")
"""How the folders begin whose faults only styles and pages show: typeset/test_page_checks.py."""
FOLDERS = sorted(p for p in (HERE / "checks").iterdir() if p.is_dir() and p.name[0] != "_")
CASES = [p for p in FOLDERS if not p.name.startswith(ON_PAGES)]


def overlay(folder: Path, base: Snapshot) -> Snapshot:
    """``base`` with the files of ``folder`` over it; ``name.absent`` takes a file away."""
    files = dict(base.files)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if name.endswith(".absent"):
            del files[name.removesuffix(".absent")]
        else:
            files[name] = path.read_bytes()
    return Snapshot(base.slug, base.label, files)


def said(snapshot: Snapshot) -> list[str]:
    """What loading and checking say of ``snapshot``."""
    loaded = load(snapshot)
    return [str(f) for f in sorted({*loaded.findings, *check(loaded)})]


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_fault_is_found(case: Path, matterhorn: Snapshot) -> None:
    """Each planted fault gives exactly the findings that are written beside it."""
    expected = (case / "expected.txt").read_text("utf-8").splitlines()
    assert expected == "\n".join(said(overlay(case / "in", matterhorn))).splitlines()


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.name)
def test_fault_has_its_code(case: Path) -> None:
    """Every finding has a stable code, and the folder is named after one that it shows."""
    lines = (case / "expected.txt").read_text("utf-8").splitlines()
    lines = [line for line in lines if not line.startswith(" ")]  # what is to be pasted
    codes = [m[1] for line in lines if (m := re.search(r" ([EW]\d{3}) ", line))]
    assert len(codes) == len(lines) > 0
    assert case.name == "all-at-once" or case.name[:4] in codes


def test_sound_dossier_is_silent(matterhorn: Snapshot) -> None:
    """A dossier without faults gives no finding."""
    assert [] == said(matterhorn)


def test_every_check_has_a_case(matterhorn: Snapshot) -> None:
    """No check goes untried: each yields something in some case, first in one that has its code."""
    loaded = cache(lambda case: load(overlay(case / "in", matterhorn)))
    untried = []
    for run in CHECKS:
        code = (run.__doc__ or "")[:4]
        cases = sorted(CASES, key=lambda case: not case.name.startswith(code))
        if not any(next(run(loaded(case)), None) for case in cases):
            untried.append(run.__name__)
    assert untried == []


def test_scalars_stay_as_written(changed: Changed) -> None:
    """NO, 010, 12:30 and 1_000 are the author's text, not a truth value, a number or a time."""
    for text in ("NO", "010", "12:30", "1_000", "1e3", "0x1F", "yes", "2001-12-14"):
        raw = f"terms:\n  - id: x\n    term: {text}\n    definition: d\n    sources: whymper\n"
        loaded = load(changed({"glossary.yaml": raw.encode()}))
        assert loaded.findings == ()
        assert loaded.dossier.glossary.terms[0].term == text


def test_byte_order_mark_and_crlf_are_harmless(matterhorn: Snapshot, changed: Changed) -> None:
    """A file saved by Notepad reads the same."""
    raw = b"\xef\xbb\xbf" + matterhorn.files["chronology.yaml"].replace(b"\n", b"\r\n")
    assert [] == said(changed({"chronology.yaml": raw}))


def test_phases_take_events_by_date(matterhorn: Snapshot) -> None:
    """Events fall into the phase that has begun, by date and, on one day, as in the file."""
    found = load(matterhorn).dossier.phases()
    phases = {phase.id if phase else None: [e.id for e in events] for phase, events in found}
    assert phases == {"attempts": ["first-attempt"], "ascent": ["summit", "fall", "carrel"]}


def test_preferred_claim_orders_the_event(matterhorn: Snapshot) -> None:
    """A contested event stands at the preferred account; every account is kept."""
    event = load(matterhorn).dossier.events["carrel"]
    assert event.when.text == "1865-07-17"
    assert [d.text for d in event.all_dates] == ["1865-07-17", "1865-07-18"]


def test_yaml_bomb_is_refused_quickly(changed: Changed) -> None:
    """A million brackets give a finding, neither a crash nor a wait."""
    lines = said(changed({"glossary.yaml": b"terms: " + b"[" * 1_000_000}))
    assert ["E015"] == [line.split()[1] for line in lines]


UNTITLED = [
    ("---\ntitle: The fall\n---\n", "--- begins front matter", "delete it down to the next ---"),
    ("The fall\n========\n", "'The fall' is underlined", "write # The fall on one line"),
    ("#The fall\n", "begins with '#The fall'", "# The fall"),
    ("## The fall\n", "begins with '## The fall'", "write one sign: # The fall"),
    ("They left.\n", "begins with 'They left.'", "begin the chapter with its title"),
]


@pytest.mark.parametrize(("text", "message", "hint"), UNTITLED)
def test_a_chapter_without_a_title_is_told_what_it_begins_with(
    text: str, message: str, hint: str, matterhorn: Snapshot
) -> None:
    files = {**matterhorn.files, "chapters/02-the-descent.md": text.encode()}
    found = load(Snapshot(matterhorn.slug, matterhorn.label, files)).findings
    (fault,) = (f for f in found if f.code == "E160")
    assert message in fault.message
    assert hint in fault.hint


def test_a_file_in_a_folder_is_told_how_its_name_is_made(matterhorn: Snapshot) -> None:
    files = {**matterhorn.files, "chapters/100-x.md": b"# T", "tables/A b.yaml": b"a: b"}
    found = load(Snapshot(matterhorn.slug, matterhorn.label, files)).findings
    hints = [f.hint for f in found if f.code == "E003"]
    assert "two digits, a hyphen" in hints[0]
    assert "small letters without accents" in hints[1]


@pytest.mark.parametrize(
    "name",
    [
        "images/ridge.png", "images", "gazetteer.yaml", "sources.yaml", "facts.yaml",
        "chapters/02-the-descent.md", "chapters", "tables", "tables/climbers.yaml", "dossier.yaml",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_hides_no_other_fault(
    name: str, matterhorn: Snapshot, tmp_path: Path
) -> None:
    """A link yields its own finding, and nobody says that its things are missing."""
    for file, raw in matterhorn.files.items():
        path = tmp_path / "matterhorn" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw.replace(b"category: loss", b"category: los"))
    linked = tmp_path / "matterhorn" / name
    linked.rename(tmp_path / "elsewhere")
    linked.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ContentError):
        read(tmp_path / "matterhorn", "matterhorn")
    found = said(read(tmp_path / "matterhorn", "matterhorn", rest=True))
    assert [(f.split(":")[0], f.split(": ")[1][:4]) for f in found] == sorted(
        [(f"matterhorn/{name}", "E004"), ("matterhorn/chronology.yaml", "E201")]
    )
