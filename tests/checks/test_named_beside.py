"""What stands beside a name, a heading or an event and is another than the data has."""

from __future__ import annotations

import pytest

from press.base.finding import Finding, findings_by
from press.checks.bibliography import comma_in_an_address
from press.checks.event_places import place_of_another_event
from press.checks.likeness import with_two_exchanged
from press.checks.rivals import told_otherwise
from press.checks.roles import office_disagrees
from press.checks.sections import heading_disagrees
from press.content.load import Loaded, load
from tests.conftest import Changed

PEOPLE = """\
people:
  - {id: mohn, name: "Mohn, Henrik", matches: [Mohn], role: professor of meteorology,
     sources: [times]}
  - {id: croz, name: "Croz, Michel", matches: [Croz], role: guide, sources: [times]}
"""
FACTS = """\
subjects:
  - id: valley
    name: The valley
    facts:
      goats:
        text: "55"
        sources:
          - {id: times, says: "We had five minutes", by: "Jean Carrel, a shepherd"}
          - {id: whymper, says: "Peter Taugwalder, deputy mayor of the village, came with us"}
"""
WRONG = """\
[[person:mohn]], an astronomer, wrote to them.
They heard it from a schoolteacher of 55, Jean Carrel, at the door.
The botanist Mohn was asked again.
"""
RIGHT = """\
[[person:mohn]], a climatologist, wrote to them.
They heard it from a farmer of 55, Jean Carrel, at the door.
The shepherd Jean Carrel was asked again.
Croz, a carpenter, was a guide as well.
Carrel met a schoolteacher, and Mohn a priest.
The astronomer Lockyer knew Mohn.
"""


def test_occupations_beside_a_name_are_those_that_the_data_has(changed: Changed) -> None:
    """One that is kindred is right, and so is one of somebody of whom no other is known."""
    told = [*WRONG.splitlines(), *RIGHT.splitlines()]
    files = {
        "people.yaml": PEOPLE,
        "facts.yaml": FACTS,
        "chapters/02-the-descent.md": "# Down\n\n" + "\n\n".join(told) + "\n",
    }
    loaded = load(changed({name: text.encode() for name, text in files.items()}))
    lines = [one.line for one in findings_by([office_disagrees], loaded)]
    assert [told[(line - 3) // 2] for line in sorted(lines)] == WRONG.splitlines()


HEADED = """\
# Down

## Thirteen days

They were on the mountain for three days.

## Three days

They were on the mountain for three days, and for five days below.

## The fourth of July

The rope broke on 14 July 1865.

## The fourteenth of July

The rope broke on [[event:fall]].

## Two men

Nobody counted the days.

### Five

The first ascent had seven climbers, and the second five.
"""


def test_headings_are_of_what_stands_under_them(changed: Changed) -> None:
    """A number of another length of time, and a day that is nearly that of the section."""
    loaded = load(changed({"chapters/02-the-descent.md": HEADED.encode()}))
    assert [one.line for one in findings_by([heading_disagrees], loaded)] == [3, 11]


EVENTS = """
  - {id: a, date: 1865-07-20, title: Meeting of guides, text: They met at Breuil.,
     places: [zinal], category: climb, sources: [times]}
  - {id: b, date: 1865-07-21, title: Breuil meeting, text: They met again.,
     places: [zinal], category: climb, sources: [times]}
  - {id: c, date: 1865-07-22, title: Letter from Breuil, text: It came to the guides at Breuil.,
     places: [zinal], category: climb, sources: [{id: times, says: They wrote it at Zinal}]}
  - {id: d, date: 1865-07-23, title: Flight from Breuil, text: They left.,
     places: [zinal], category: climb, sources: [times]}
  - {id: e, date: 1865-07-24, title: Fire, text: They met at Breuil.,
     places: [zinal], near: true, category: climb, sources: [times]}
  - {id: f, date: 1865-07-25, title: Wedding, text: "They met at Breuil and in [[zinal]].",
     places: [zinal], category: climb, sources: [times]}
"""


def test_an_event_is_where_its_words_say(changed: Changed) -> None:
    """At a place of the same kind that it is not given, while nothing names the one it has."""
    small = changed()
    place = '\n  - {id: zinal, name: Zinal, kind: hamlet, at: "46.135, 7.626", sources: [times]}\n'
    files = {
        "gazetteer.yaml": small.text("gazetteer.yaml").rstrip() + place,
        "chronology.yaml": small.text("chronology.yaml").rstrip() + EVENTS,
    }
    loaded = load(changed({name: text.encode() for name, text in files.items()}))
    told = [one.message.split("'")[1] for one in findings_by([place_of_another_event], loaded)]
    assert told == ["a", "b"]


def test_a_comma_parts_no_words_of_an_address(changed: Changed) -> None:
    """Where another address of the site goes on, or two words stand beside it; not in a number."""
    small = changed()
    paths = (
        "a.org/eng,news/7112/ b.org/x/y/1 b.org/x,y/2 c.org/0,1518,17.html d.org/a,b/c d.org/a,b/d"
    )
    urls = [f"https://{path}" for path in paths.split()]
    more = "".join(
        f"  - {{id: s{n}, type: webpage, title: T{n}, url: '{url}', accessed: 2020-01-01, "
        "kind: press, checked: read}\n"
        for n, url in enumerate(urls)
    )
    text = small.text("sources.yaml").rstrip() + "\n" + more
    loaded = load(changed({"sources.yaml": text.encode()}))
    told = [one.hint for one in findings_by([comma_in_an_address], loaded)]
    assert told == ["write https://a.org/eng/news/7112/", "write https://b.org/x/y/2"]


TABLE = """\
title: Meetings of the club
columns: [{key: when, label: Year}, {key: number, label: Meeting}]
rows:
  - {when: "1865", number: "3259"}
  - {when: "1866", number: "5817"}
  - {when: "1867", number: "4132"}
  - {when: "1868", number: "7681"}
"""
SAID = """\
The club came to its 4123rd meeting with a choir.

The valley had 5,923 sheep.

Those who came had 1,022 francs.

The club counted 7,100 and 1,700 members.
"""


def test_two_figures_exchanged_in_a_great_number_are_found(changed: Changed) -> None:
    """At both, where a word is in common; the one of them is wrong."""
    files = {"tables/meetings.yaml": TABLE, "chapters/02-the-descent.md": f"# Down\n\n{SAID}"}
    loaded = load(changed({name: text.encode() for name, text in files.items()}))
    found = sorted((one.file.rpartition("/")[2], one.line) for one in _told(loaded))
    assert found == [("02-the-descent.md", 3), ("meetings.yaml", 6)]


def _told(loaded: Loaded) -> list[Finding]:
    return list(findings_by([told_otherwise], loaded))


@pytest.mark.parametrize(
    ("number", "others"),
    [(3259, {2359, 3529, 3295}), (205, set()), (3300, set()), (4001.5, set()), (1022, set())],
)
def test_a_number_with_two_figures_exchanged(number: float, others: set[float]) -> None:
    """None for one that has fewer than three kinds of figures, or fewer than four figures."""
    assert set(with_two_exchanged(number)) == others
