"""What the count of facts and sentences says is true, and cannot be made to say more."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest

from press.checks import check
from press.checks.counted import Coverage, coverage, coverage_line
from press.content.load import load
from press.content.snapshot import Snapshot
from tests.conftest import ROOT, Changed


def count(snapshot: Snapshot) -> Coverage:
    return coverage(load(snapshot))


def edited(matterhorn: Snapshot, changed: Changed, **texts: tuple[str, str]) -> Snapshot:
    """The small dossier with a text exchanged in each of the files."""
    files = {}
    for name, (old, new) in texts.items():
        file = f"{name}.yaml" if name != "chapter" else "chapters/01-the-mountain.md"
        assert old in matterhorn.text(file), old
        files[file] = matterhorn.text(file).replace(old, new).encode()
    return changed(files)


AREA = "areas: [{name: Valais, country: CHE, event: summit, style: hatch, legend: A}]"
MAP = """\
  - kind: map
    id: second
    title: Again
    caption: The same once more.
    show: places
    AREA
"""
CHEATS: dict[str, dict[str, tuple[str, str]]] = {
    "a source that nobody has read": {
        "sources": ("    checked: cited as an example in the press's own tests\n    short: Times",
                    "    checked: General knowledge; not looked up.\n    short: Times"),
    },
    "a second citation of the same source": {
        "chronology": ("sources: [times]", "sources: [times, \"times, p. 5\"]"),
    },
    "a source read only as quoted in one that is cited as well": {
        "chronology": ("sources: [whymper]\n  - id: summit",
                       "sources: [whymper, times]\n  - id: summit"),
        "sources": ("    short: Times", "    quoted-in: whymper\n    short: Times"),
    },
    "a newspaper among the sources of a place": {
        "gazetteer": ("    role: base of the party from the north\n    sources: [whymper]",
                      "    role: base of the party from the north\n    sources: [times]"),
    },
    "a note that cites what nobody has": {
        "chapter": ("# The mountain\n", "# The mountain\n\nIt is a high mountain [@nobody].\n"),
    },
    "a note without a source": {
        "chapter": ("# The mountain\n", "# The mountain\n\nIt is high indeed.^[As all know.]\n"),
    },
    "a sentence in the note of a place": {
        "gazetteer": ("    role: base of the party from the north\n",
                      "    role: base of the party from the north\n    note: It is high.\n"),
    },
    "words of the author's own over an event": {
        "chapter": ("# The mountain\n",
                    "# The mountain\n\nIt fell [[event:summit|in May of that year]].\n"),
    },
}  # fmt: skip


@pytest.mark.parametrize("cheat", CHEATS)
def test_nothing_is_gained_by(cheat: str, matterhorn: Snapshot, changed: Changed) -> None:
    """No more facts have a source read, no fewer rest on one, no more sentences carry a note."""
    honest, other = count(matterhorn), count(edited(matterhorn, changed, **CHEATS[cheat]))
    assert other.facts == honest.facts
    assert other.read <= honest.read
    assert other.single >= honest.single or other.read < honest.read
    assert (other.noted, other.drawn) <= (honest.noted, honest.drawn)


def test_what_nobody_has_read_supports_nothing(matterhorn: Snapshot, changed: Changed) -> None:
    """Three accounts rest on the Times alone; without it none of their facts has all read."""
    cheat = CHEATS["a source that nobody has read"]
    assert count(edited(matterhorn, changed, **cheat)).read == count(matterhorn).read - 3


def test_a_position_rests_on_no_newspaper(matterhorn: Snapshot, changed: Changed) -> None:
    """A place that a paper tells of has a source; where it lies has none, and W301 says so."""
    cheat = CHEATS["a newspaper among the sources of a place"]
    assert count(edited(matterhorn, changed, **cheat)).read == count(matterhorn).read - 1


def test_a_map_adds_no_facts_of_events(matterhorn: Snapshot, changed: Changed) -> None:
    """Areas that show an event are that event; what two maps show is one fact."""
    plates = matterhorn.text("plates.yaml")
    drawn = plates + MAP.replace("AREA", AREA)
    assert count(changed({"plates.yaml": drawn.encode()})).facts == count(matterhorn).facts
    arrow = "arrows: [{through: [zermatt, matterhorn], label: The way, sources: [whymper]}]"
    once = plates + MAP.replace("AREA", arrow)
    twice = once + MAP.replace("AREA", arrow).replace("second", "third")
    for text in (once, twice):
        assert count(changed({"plates.yaml": text.encode()})).facts == count(matterhorn).facts + 1


def added(matterhorn: Snapshot, changed: Changed, **texts: tuple[str, str]) -> tuple[int, int]:
    """How many facts more there are once texts are exchanged, and how many more were read."""
    honest, other = count(matterhorn), count(edited(matterhorn, changed, **texts))
    return other.facts - honest.facts, other.read - honest.read


ANSWER = "questions:\n  - {id: new, question: Who?, answer: ANSWER, MORE}\n"


@pytest.mark.parametrize(
    ("answer", "more", "counts"),
    [
        ("a guide", "sources: [whymper]", (1, 1)),
        ("[a guide, another]", "sources: [whymper]", (1, 1)),
        ("a guide", "kind: choice, options: [nobody]", (1, 0)),
        ("{places: [zermatt]}", "kind: map, sources: [whymper]", (1, 1)),
        ("{event: summit}", "sources: [whymper]", (0, 0)),
        ("what a class thinks", "points: 2", (0, 0)),
    ],
)
def test_answers_are_facts(
    answer: str, more: str, counts: tuple[int, int], matterhorn: Snapshot, changed: Changed
) -> None:
    """An answer that is typed is one, whatever parts it has; one that is drawn is none again."""
    new = ANSWER.replace("ANSWER", answer).replace("MORE", more)
    assert added(matterhorn, changed, questions=("questions:\n", new)) == counts


def test_roles_and_glosses_are_facts(matterhorn: Snapshot, changed: Changed) -> None:
    """What a place was, and what the index says of somebody, are stated and need a source."""
    role = "    role: base of the party from the north\n"
    assert added(matterhorn, changed, gazetteer=(role, "")) == (-1, -1)
    gloss = "    gloss: climber and engraver\n    sources: [whymper]\n"
    assert added(matterhorn, changed, index=(gloss, "")) == (-1, -1)
    bare = edited(matterhorn, changed, index=(gloss, gloss.partition("\n")[0] + "\n"))
    found = [one.message for one in check(load(bare)) if one.code == "W301"]
    assert found == ["the gloss of 'whymper' has no source"]


def test_prose_is_counted_by_sentences(matterhorn: Snapshot, changed: Changed) -> None:
    """A note bears out its own sentence; a heading, a row and a quotation are no sentences."""
    text = (
        "# The mountain\n\n## A heading of some words\n\nOne has a note [@whymper, p. 1]. "
        "Two has one behind. [@times] Three has nothing at all. Four was on [[event:summit]]. "
        "Five has a fact, {fact: ascent.hours}. Six has one below.[^6]\n\n"
        "- **What was asked.** Seven is a sentence.\n"
        "- **Eight is one, for so many words are no heading.** Nine, too.\n\n"
        "| a row of | some words |\n|---|---|\n| and one | of more |\n\n"
        "/// quote\nsource: whymper, p. 5\nThey were all of them lost.\n///\n\n"
        "[^6]: See more in a place\n    further down, @times.\n"
    )
    files = {"chapters/01-the-mountain.md": text.encode(), "chapters/02-the-descent.md": None}
    found, none = count(changed(files)), count(changed({**files, next(iter(files)): None}))
    told = {key: value - asdict(none)[key] for key, value in asdict(found).items()}
    assert (told["sentences"], told["noted"], told["drawn"]) == (8, 4, 1)


def test_the_readme_says_what_the_dossier_says(reference_files: Snapshot) -> None:
    """The same line as the colophon, check and the data."""
    line = coverage_line(load(reference_files), "en")
    assert line in re.sub(r"\s+", " ", (ROOT / "README.md").read_text())
