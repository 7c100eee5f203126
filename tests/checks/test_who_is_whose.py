"""Who speaks, who is of what, and what somebody was: against voices, people.yaml and roles."""

from __future__ import annotations

from press.base.finding import findings_by
from press.checks import evidence
from press.checks.roles import office_disagrees
from press.content.load import load
from tests.conftest import Changed

PEOPLE = """\
people:
  - {id: reid, name: "Reid, Agnes", matches: [Reid], role: master of the Star of Bute,
     sources: [log]}
  - {id: marr, name: "Marr, Tom", matches: [Marr], role: mate of the Blue Heron, sources: [log]}
  - {id: vale, name: "Vale, Henry", role: mayor, sources: [log]}
  - {id: hale, name: "Hale, Henry", role: chief of police, note: Saw the fire., sources: [log]}
  - {id: orr, name: "Orr, Jane", matches: [Orr], role: organist of Saint Bride and composer,
     sources: [log]}
  - {id: kemp, name: "Kemp, Ruth", matches: [Kemp], role: weaver, sources: [log]}
"""
SOURCES = """\
  - {id: log, type: article-newspaper, kind: press, title: A wreck, container: The Buteman,
     issued: 1865-07-18, checked: Read., languages: [en], excerpts: [
       {says: "we were three days on the raft and ate the dog", by: Agnes Reid},
       {says: "the roof went up like a paper lantern", by: Henry Vale},
       {says: "no loom shall run until the price is paid", by: a weaver}]}
"""
WRONG = """\
Marr was washed ashore. “We were three days on the raft”, he said [@log].
[[person:orr]] watched. “The roof went up like a paper lantern”, she wrote [@log].
“The roof went up like a paper lantern”, said Henry Hale [@log].
[[person:marr]] of the Star of Bute saw the flare.
Reid, master of the Blue Heron, saw it too.
The mayor was Henry Hale.
Kemp was a baker.
"""
RIGHT = """\
Reid was washed ashore. “We were three days on the raft”, she said [@log].
Reid and Marr were washed ashore. “We were three days on the raft”, he said [@log].
Reid had a mate. Marr wrote it down. “We were three days on the raft”, she said [@log].
Marr was there. A stoker came up. “No loom shall run until the price is paid”, he said [@log].
“The roof went up like a paper lantern”, said Henry Vale [@log].
“The roof went up like a paper lantern”, said Mayor Henry Vale [@log].
[[person:marr]] of the Blue Heron saw the flare, and [[person:reid]] of the Star of Bute did not.
Marr spoke of the Star of Bute all night, and Reid dreamed of the Blue Heron.
Reid, who was afraid of the Blue Heron, hailed it.
[[person:hale]] of the Star of Bute Society signed.
The chief of police was Henry Hale.
Kemp was a weaver, and the baker was her brother.
"""


def test_who_speaks_and_who_is_of_what(changed: Changed) -> None:
    """A paragraph each: one finding in each that is wrong, and none in the others."""
    wrong, right = WRONG.splitlines(), RIGHT.splitlines()
    told = [*wrong, *right]
    pairs = """
  - {id: ships, question: Who sailed in what?, kind: match, pairs: [
     {item: Star of Bute, goes-with: Reid}, {item: Blue Heron, goes-with: Kemp}]}
"""
    files = {
        "people.yaml": PEOPLE,
        "sources.yaml": f"{changed().text('sources.yaml')}\n{SOURCES}",
        "questions.yaml": f"questions:{pairs}",
        "chapters/02-the-descent.md": "# Down\n\n" + "\n\n".join(told) + "\n",
    }
    loaded = load(changed({name: text.encode() for name, text in files.items()}))
    assert loaded.findings == ()
    found = list(findings_by((evidence.speaker_differs, office_disagrees), loaded))
    lines = [(one.line - 3) // 2 for one in found if one.file.endswith("02-the-descent.md")]
    assert [told[line] for line in sorted(lines)] == wrong
    (pair,) = (one for one in found if not one.file.endswith("02-the-descent.md"))
    assert (pair.line, "'Kemp' is not of 'Blue Heron'" in pair.message) == (3, True)
