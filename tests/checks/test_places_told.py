"""Places in the region of others, on the other side, at another event, miles to the south."""

from __future__ import annotations

from press.base.finding import findings_by
from press.checks.bearings import lies_otherwise
from press.content.load import load
from tests.conftest import Changed

PLACES = """
  - {id: merak, name: Merak, kind: port, district: "Banten, Java", at: "-5.930, 105.998",
     sources: [log]}
  - {id: anjer, name: Anjer, kind: port, district: "Banten, Java", at: "-6.060, 105.920",
     sources: [log]}
  - {id: kalianda, name: Kalianda, kind: port, district: "Lampung, Sumatra", at: "-5.730, 105.590",
     sources: [log]}
  - {id: penrith, name: Penrith, kind: mine, district: "Cumberland, England", at: "54.664, -2.752",
     sources: [log]}
  - {id: carlisle, name: Carlisle, kind: mine, district: "Cumberland, England",
     at: "54.890, -2.930", sources: [log]}
"""
EVENTS = """
  - {id: flood, date: 1865-03-02, title: The north pit floods, text: Water broke into the north
     pit.,
     places: [penrith], category: loss, sources: [log]}
  - {id: wave, date: 1865-05-02, title: A wave sinks the ferry, text: The ferry sank off
     Anjer.,
     places: [anjer], category: loss, sources: [log]}
"""
SOURCE = """\
  - {id: log, type: article-newspaper, kind: press, title: A flood, container: The Miner,
     issued: 1865-03-03, checked: Read., languages: [en], excerpts: [
       {says: "The old organist of Penrith played a march at the funeral of the drowned men"},
       {says: "Ribble was the northernmost of the three shafts, Tyne the deepest"},
       {says: "the left bank of the brook gave way under the pump house"}]}
"""
TABLE = """\
title: Losses
columns: [{key: date, label: Date}, {key: what, label: What}]
rows:
  - {date: {event: wave}, what: "The ferry sank off Kalianda, with all hands"}
  - {date: {event: flood}, what: "Water broke in at Penrith, and not at Carlisle"}
"""
HEAD = "# The pits\n\n## Carlisle\n"
WRONG = """\
Merak and Kalianda stand on the coast of Java.
They steered for Anjer on the coast of Sumatra.
The south pit was drowned on [[event:flood]].
On [[event:flood]] water broke into the pit at Carlisle.
Ribble was the southernmost of the shafts [@log].
The right bank of the brook gave way that night, and the pump house with it [@log].
The old organist of Merak played a march at the funeral of the drowned men [@log].
Ninety miles to the south the pumps of Penrith stood still.
At [[penrith]], to the north, the pumps stood still.
"""
RIGHT = """\
Merak and Anjer stand on the coast of Java, Kalianda on that of Sumatra.
From Merak the smoke was seen in Sumatra.
Kalianda, burnt like Java, was rebuilt.
The north pit was drowned on [[event:flood]], and the south wind blew.
South of the pit there was no water on [[event:flood]].
On [[event:flood]] the owner, born in Carlisle, went down the pit.
The news of [[event:flood]] reached the men at Carlisle.
Ribble was the northernmost of the shafts [@log].
Ribble lies in the south of the county, and Tyne was the southernmost shaft [@log].
The left bank of the brook gave way under the pump house; the right bank held [@log].
The old organist came to Merak in spring and played there [@log].
Some twenty miles to the south the pumps of Penrith stood still.
At [[penrith]], to the south, the pumps stood still.
To the south of Penrith the pumps stood still.
"""


def test_what_lies_elsewhere_is_found(changed: Changed) -> None:
    """A paragraph each: one finding in each that is wrong, and none in the others."""
    wrong, right = WRONG.splitlines(), RIGHT.splitlines()
    told = [*wrong, *right]
    given = changed()
    files = {
        "gazetteer.yaml": given.text("gazetteer.yaml").rstrip() + PLACES,
        "chronology.yaml": given.text("chronology.yaml").rstrip() + EVENTS,
        "sources.yaml": f"{given.text('sources.yaml')}\n{SOURCE}",
        "tables/losses.yaml": TABLE,
        "chapters/02-the-descent.md": HEAD + "\n" + "\n\n".join(told) + "\n",
    }
    loaded = load(changed({name: text.encode() for name, text in files.items()}))
    assert loaded.findings == ()
    found = list(findings_by([lies_otherwise], loaded))
    lines = [(one.line - 5) // 2 for one in found if one.file.endswith("02-the-descent.md")]
    assert [told[line] for line in sorted(lines)] == wrong
    (cell,) = (one for one in found if not one.file.endswith("02-the-descent.md"))
    assert (cell.line, "has Anjer" in cell.message) == (4, True)
