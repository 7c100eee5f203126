"""Months and years alone, the day of "their town", and one account told as if it were all."""

from __future__ import annotations

from press.base.finding import findings_by
from press.checks.contested import contested_as_certain
from press.checks.prose_dates import date_disagrees
from press.content.load import load
from tests.conftest import Changed

PLACES = """
  - {id: aros, name: Aros, kind: town, at: "56.150, 10.210", sources: [times]}
  - {id: ribe, name: Ribe, kind: town, at: "55.330, 8.770", sources: [times]}
"""
EVENTS = """
  - {id: mutiny, date: 1864-02-11, title: Mutiny of the stokers, places: [aros], category: climb,
     text: The stokers of the frigate refused to feed the boilers., sources: [times]}
  - {id: premiere, date: 1864-11-02, title: Lind’s oratorio first sung, places: [ribe],
     category: climb, text: The cathedral choir sang it under its composer., sources: [times]}
  - {id: aros-lost, date: 1864-04-18, title: Aros falls, text: The town was lost., places: [aros],
     category: loss, sources: [times]}
  - {id: atlas, date: 1871, title: Holm’s atlas, text: The surveyor Holm published his sheets.,
     places: [ribe], category: climb, sources: [times]}
  - id: works-close
    title: The works close
    text: The glass works closed in autumn.
    places: [ribe]
    category: loss
    sources: [times]
    claims:
      - {date: 1868-10-11, says: the parish book, sources: [times]}
      - {date: 1868-10-15, says: a newspaper, sources: [whymper]}
"""
FACTS = """\
subjects:
  - id: flood
    name: The flood of 1868
    facts:
      lost:
        label: Destroyed
        unit: farms and mills
        claims:
          - {text: "165", says: the parish book, sources: [times]}
          - {text: "150", says: a newspaper, sources: [whymper]}
"""
WRONG = """\
In May the stokers of the frigate refused to feed her boilers.
In March the cathedral choir of the town sang the oratorio under Lind.
The surveyor Holm published his atlas in 1881.
Many people came from Aros. Their town had been lost on 20 April.
Aros changed hands on 19 April 1864.
The works shut their doors for good on 11 October 1868.
In all 150 farms were swept away.
"""
RIGHT = """\
In February the stokers of the frigate refused to feed her boilers.
In May the stokers of another ship asked for bread.
In November the cathedral choir of the town sang the oratorio under Lind.
In March, says a chronicle, the cathedral choir sang the oratorio under Lind.
In March the choir would have sung the oratorio of Lind, but the cathedral was cold.
The surveyor Holm published his atlas in 1871.
In 1881 the surveyor Holm was still alive, and his atlas out of print.
Many people came from Aros. Their town had been lost on 18 April.
Many people came from Aros. Their town had been rich, and on 20 April it snowed.
The works shut their doors for good, by the parish book, on 11 October 1868.
On 11 October 1868 the baker wrote to his son.
In all 150 farms were swept away, or 165.
By a newspaper's count 150 farms were swept away.
In all 150 sheep were swept away.
"""


def test_vague_dates_and_flat_accounts_are_found(changed: Changed) -> None:
    """A paragraph each: one finding in each that is wrong, and none in the others."""
    wrong, right = WRONG.splitlines(), RIGHT.splitlines()
    told = [*wrong, *right]
    given = changed()
    files = {
        "gazetteer.yaml": given.text("gazetteer.yaml").rstrip() + PLACES,
        "chronology.yaml": given.text("chronology.yaml").rstrip() + EVENTS,
        "facts.yaml": FACTS,
        "chapters/02-the-descent.md": "# Down\n\n" + "\n\n".join(told) + "\n",
    }
    loaded = load(changed({name: text.encode() for name, text in files.items()}))
    assert loaded.findings == ()
    found = findings_by([date_disagrees, contested_as_certain], loaded)
    lines = [(one.line - 3) // 2 for one in found]
    assert [told[line] for line in sorted(lines)] == wrong
