"""Measures, times of day and spans of years are held to the words of sources and to each other."""

from __future__ import annotations

from press.base.finding import findings_by
from press.checks import evidence
from press.checks.after import order_disagrees
from press.content.load import load
from tests.conftest import Changed

CHECKS = (evidence.figure_not_in_excerpt, evidence.date_not_in_excerpt, order_disagrees)
SOURCE = """\
  - {id: ID, type: article-newspaper, kind: press, title: Wreck ID, container: Cork Examiner,
     issued: 1865-07-18, checked: Read., languages: [LANGUAGE], excerpts: [EXCERPTS]}
"""
KEPT = {
    "boats": '{says: "The boats lay 200 to 300 yards from the reef for three hours"}',
    "strike": '{says: "The weavers stayed out for nine weeks and marched ten miles to the mill"}',
    "ash": '{says: "Ash fell on the harbour for two days; pumice floated forty miles out"}',
    "score": '{says: "He wrote the overture in six days", by: "Johann Lenz, a copyist"}',
    "brand": '{says: "In einer halben Stunde brannte das Dach", by: "Anna Roth, a baker"}',
    "alarm": '{says: "The alarm was rung in the tower at ten minutes past four; '
             'the roof fell in at 5:20 am"}',
    "town": '{says: "One-fifth of the houses were burnt, and two thirds of the mills"}',
    "camp": '{says: "The dogs were harnessed at half past eleven and the sledges left at noon"}',
}  # fmt: skip
TABLE = """\
title: The night at the mine
columns: [{key: time, label: Time}, {key: what, label: What}]
rows:
  - {time: 10:15 pm, what: The shift goes down}
  - {time: 11:40 pm, what: Smoke in the shaft}
  - {time: 12:20 am, what: The cage is stopped}
  - {time: 4:30 am, what: The first men are found}
"""
WRONG = """\
The boats lay two to three miles from the reef [@boats].
The boats lay off the reef for three days [@boats].
The weavers stayed out for nine months at the mill [@strike].
They marched ten kilometres to the mill, all weavers of the town [@strike].
On the harbour ash fell for two weeks [@ash].
Johann Lenz had the overture in six weeks [@score].
Within half a day, Anna Roth said, the roof was burning [@brand].
The alarm was rung in the tower at ten minutes to four [@alarm].
The roof of the tower fell in at 6:20 am, and the alarm was heard no more [@alarm].
The dogs were harnessed at half past ten, before the sledges left [@camp].
Half of the houses were burnt that night [@town].
The bell rang at 7:59 pm, and the pump was there fourteen minutes later, at 8:03.
At half past six the whistle blew. Two hours later, at 9:45, the gates were open.
The mine was worked for ninety-two years, from 1854 to 1936.
He was cantor of the town from 1723 to 1750, seventeen years in all.
The lock-out lasted six weeks, from 3 May 1865 to 4 August 1865.
The hut (1880–1921, fifty-one years) was burnt.
They stood on top on [[event:summit]]. Two weeks later, nobody knew where the guide was [@ash].
"""
RIGHT = """\
The boats lay some 270 metres from the reef [@boats].
The boats lay off the reef for three hours, and the crew was three days on the island [@boats].
The weavers stayed out for nine weeks, and the mill stood still for nine months [@strike].
They marched sixteen kilometres to the mill, all weavers of the town [@strike].
On the harbour ash fell for forty-eight hours [@ash].
Two weeks before the ash fell on the harbour the wells were dry for two days [@ash].
The overture lasts six minutes [@score].
Thirty minutes were enough, Anna Roth said [@brand].
The alarm was rung at 4:10, and at twenty past five the roof fell in [@alarm].
The roof fell in at 5:20 am, an hour and ten minutes later [@alarm].
Nobody slept in the camp; at three o'clock there was tea for all dogs and sledges [@camp].
A fifth of the houses were burnt that night [@town].
Half of the fire engines came too late, and two thirds of the mills were lost [@town].
The bell rang at 7:59 pm, and the pump was there four minutes later, at 8:03.
The bell rang at 11:50 pm, and the pump was there a quarter of an hour later, at 12:05.
At half past six the whistle blew. About three hours later, at 9:45, the gates were open.
The mine was worked for eighty-two years, from 1854 to 1936.
From 1854 to 1936 it was worked, ninety-two years after the first shaft had been sunk.
He was cantor of the town from 1723 to 1750, twenty-seven years in all.
From 1723 to 1750 he wrote, and in seventeen years of these he was ill.
The lock-out lasted thirteen weeks, from 3 May 1865 to 4 August 1865.
The hut (1880–1921, forty-one years) was burnt.
The score has 3:20 beside the bar, and pages 12 to 20 are lost.
They stood on top on [[event:summit]]. Two days later, nobody knew where the guide was [@ash].
They stood on top on [[event:summit]]. A week later, he wrote, he would be home [@ash].
"""


def test_measures_and_times_are_counted_again(changed: Changed) -> None:
    """A paragraph each: one finding in each that is wrong, none in the others or the table."""
    wrong, right = WRONG.splitlines(), RIGHT.splitlines()
    told = [*wrong, *right]
    sources = "".join(
        SOURCE.replace("ID", ident).replace("EXCERPTS", kept).replace("LANGUAGE", language)
        for ident, kept in KEPT.items()
        for language in ["de" if ident == "brand" else "en"]
    )
    files = {
        "sources.yaml": f"{changed().text('sources.yaml')}\n{sources}",
        "tables/night.yaml": TABLE,
        "chapters/02-the-descent.md": "# Down\n\n" + "\n\n".join(told) + "\n",
    }
    loaded = load(changed({name: text.encode() for name, text in files.items()}))
    assert loaded.findings == ()
    found = list(findings_by(CHECKS, loaded))
    lines = [(one.line - 3) // 2 for one in found if one.file.endswith("02-the-descent.md")]
    assert [told[line] for line in sorted(lines)] == wrong
    assert [one for one in found if not one.file.endswith("02-the-descent.md")] == []


def test_a_time_out_of_order_is_found(changed: Changed) -> None:
    """Past midnight is none; the row that does not fit is."""
    table = TABLE.replace("11:40 pm", "9:40 pm")
    loaded = load(changed({"tables/night.yaml": table.encode()}))
    (one,) = (f for f in findings_by([order_disagrees], loaded) if "night" in f.file)
    assert (one.line, "9:40 pm" in one.message) == (5, True)
