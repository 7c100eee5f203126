"""A copy of the reference dossier with thirty faults in it: all are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from press.base.finding import Finding
from press.checks import check
from press.checks.allowed import sift
from press.content.load import Loaded, load
from press.content.snapshot import Snapshot, engine_files, read
from press.design.editions import EDITIONS
from press.views.view import Work
from press.views.words import words_alone
from tests.conftest import REFERENCE, ROOT


@dataclass(frozen=True)
class Fault:
    """``old`` becomes ``new`` in a file; ``code`` is expected in the line where ``at`` stands."""

    code: str
    file: str
    old: str
    new: str
    at: str
    in_file: str = ""
    """The file of ``at``, where it is not the one that was changed."""


C, G, S, BOX, D = (
    "chronology.yaml", "gazetteer.yaml", "sources.yaml", "infobox.yaml", "dossier.yaml",
)  # fmt: skip
ONE, TWO, THREE = (
    "chapters/02-background.md",
    "chapters/03-battle-for-agdam.md",
    "chapters/04-truce-and-resolution-853.md",
)
FOUR = "chapters/05-drive-south.md"
LONG = (
    "The reports of that week, which were written in haste and far from the front by men who had"
    " the day before been told the opposite by the same ministry and who had no means to learn"
    " more than it chose to say, do not allow us to decide between the two accounts of the night."
)

FAULTS = (
    # -- what is not understood
    Fault("E102", C, "title: Aliyev elected", "titel: Aliyev elected", "titel:"),
    Fault("E104", C, "date: 1991-11-26", "date: 26 November 1991", "26 November 1991"),
    Fault("E121", G, "at: 40.376, 47.126", "at: 140.376, 47.126", "140.376"),
    Fault("E101", S, "    checked: Opening of the English text read in a repost.\n", "",
          "- id: un-822"),
    # -- what cannot be true together
    Fault("E201", C, "places: [marzili]", "places: [marzilli]", "[marzilli]"),
    Fault("E203", C, "date: 1993-11-12", "date: 1893-11-12", "1893-11-12"),
    Fault(
        "E221", C, "    title: Resolution 853\n",
        "    title: Resolution 853\n    after: [resolution-874]\n", "[resolution-874]",
    ),
    Fault("W261", G, "at: 39.511, 46.342", "at: 39.638, 46.5505", "39.638, 46.5505"),
    Fault("W267", G, "at: 39.520, 47.032", "at: 38.520, 47.032",
          "district: former oblast; Khojavend"),
    Fault("W262", ONE, "[[goris]]", "the border", "- id: goris", G),
    Fault(
        "W351", BOX, "    value:\n      event: jabrayil-taken",
        "    value: 12 August 1993\n    sources: [wp-summer]", "12 August 1993",
    ),
    # -- sources
    Fault("W306", S, "isbn: 0-8147-1944-9", "isbn: 0-8147-1944-4", "0-8147-1944-4"),
    Fault("W303", S, "issued: 2003\n    isbn", "issued: 2033\n    isbn", "issued: 2033"),
    Fault("P210", TWO, "[@hina-0629]", "[@hina-0692]", "[@hina-0692]"),
    Fault("W311", THREE, "@un-853, para. 1].",
          "@un-853, para. 1]: “a long and bitter story” [@dewaal].", "[@dewaal]"),
    # -- words
    Fault("W321", TWO, "On Saturday soldiers", f"{LONG}\nOn Saturday soldiers",
          "The reports of that week"),
    Fault("W322", TWO, "Soldiers there expected defeat", "Soldiers there there expected defeat",
          "there there"),
    Fault("W323", TWO, "by telephone that", "by telephone , that", "telephone ,"),
    Fault("W324", TWO, "stood 500 or 600\nmetres away", "stood 500-600\nmetres away", "500-600"),
    Fault("W326", TWO, "## The fall of the town", "## The fall of the town.", "of the town."),
    Fault("W328", TWO, "Armenian forces took Agdam on", "Armenian forces liberated Agdam on",
          "liberated Agdam"),
    Fault("W329", TWO, "Agdam lay just outside", "Aghdam lay just outside", "Aghdam lay"),
    Fault("W331", TWO, "That is a judgement; the", "That is a (judgement; the", "(judgement"),
    Fault("W332", THREE, "it was said in Yerevan,", "it was currently said there,", "currently"),
    # -- structure
    Fault("P201", TWO, "[[askeran]]", "[[askaran]]", "[[askaran]]"),
    Fault("P251", THREE, "text is more\n", "text is [more](#nowhere)\n", "[more](#nowhere)"),
    Fault("P270", FOUR, "\n## ", "\n#### ", "#### "),
    Fault("W345", THREE, "## The Council's second resolution",
          "## The second\n\n## The Council's second resolution", "## The second"),
    Fault("W336", BOX, "    value: Armenian victory", "    value: \"4,500\"", "4,500"),
    Fault("W341", "glossary.yaml", "terms:\n",
          "terms:\n\n  - id: serac\n    term: serac\n    definition: A tower of ice.\n"
          "    sources: [general]\n", "id: serac"),
    Fault("W352", BOX, "label: Fuzuli taken", "label: Date",
          "label: Date\n    value:\n      event: fuz"),
    Fault("W392", D, "where: aniarc", "where: aniark", "- code: W308\n    where: aniark"),
)  # fmt: skip

FOLLOWING = {
    ("W308", S, "- id: aniarc"), ("W223", C, "- id: resolution-884"), ("W262", G, "- id: askeran"),
    ("W372", C, "date: 1893-11-12"),
}  # fmt: skip
"""What follows: an allowance that is gone, a mistyped year out of order and against its source, a
place nobody names."""


def seeded(base: Snapshot, faults: Sequence[Fault]) -> Snapshot:
    """``base`` with all faults in it; fails where a text to change is not there."""
    files = {name: raw.decode() if _is_text(name) else raw for name, raw in base.files.items()}
    for fault in faults:
        text = files[fault.file]
        assert isinstance(text, str)
        assert fault.old in text, fault
        files[fault.file] = text.replace(fault.old, fault.new, 1)
    raw = {n: text.encode() if isinstance(text, str) else text for n, text in files.items()}
    return Snapshot(base.slug, base.label, raw)


def _is_text(name: str) -> bool:
    return name.endswith((".yaml", ".md"))


def line_of(snapshot: Snapshot, file: str, at: str) -> int:
    """The line, from 1, in which ``at`` begins."""
    text = snapshot.files[file].decode()
    assert at in text, at
    return text.count("\n", 0, text.index(at)) + 1


def everything(loaded: Loaded, own: dict[str, bytes]) -> list[Finding]:
    """What loading, checking and reading the words say, without what the dossier allows."""
    job = Work("x.pdf", loaded, EDITIONS["dossier"], "default", own)
    kept, _ = sift(loaded, {*loaded.findings, *check(loaded), *words_alone(job)})
    return sorted(kept)


@pytest.fixture(scope="module")
def reference_text() -> Snapshot:
    """The reference dossier as it is."""
    return read(ROOT / "content" / REFERENCE, "")


def test_reference_is_clean(reference_text: Snapshot) -> None:
    """Nothing is found in it that it does not allow, warnings included."""
    assert [] == everything(load(reference_text), engine_files())


def test_thirty_faults_are_found(reference_text: Snapshot) -> None:
    """All of them, each at its line, in one run; and nothing that is not there."""
    snapshot = seeded(reference_text, FAULTS)
    expected = {
        (one.code, file, line_of(snapshot, file, one.at))
        for one in FAULTS
        for file in [one.in_file or one.file]
    }
    expected |= {(code, file, line_of(snapshot, file, at)) for code, file, at in FOLLOWING}
    found = {
        (f.code, f.file.split("/", 1)[-1] if f.file.startswith("1993") else f.file, f.line)
        for f in everything(load(snapshot), engine_files())
    }
    assert len(FAULTS) >= 30
    assert expected == found
