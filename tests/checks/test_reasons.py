"""Answers against their reasons, weekends against the calendar, and places by their kind."""

from __future__ import annotations

from press.base.finding import findings_by
from press.checks.answers import answer_disagrees
from press.checks.bearings import lies_otherwise
from press.checks.weekdays import weekday_disagrees
from press.content.load import load
from tests.conftest import Changed

ASKED = [
    ("The huts lay inside the wood.", "true", "they lay around it", True),
    ("The huts lay inside the wood.", "false", "they lay around it", False),
    ("The huts lay inside the wood.", "true", "they lay inside it, and others around", False),
    ("The guide lived to see the hut.", "true", "he died in the winter before", True),
    ("Both parties stood on top on the same day.", "false", "both came on a Friday", True),
    ("Both parties stood on top on the same day.", "true", "both came on a Friday", False),
    ("Both parties stood on top on the same day.", "false", "Carrel came three days later", False),
    ("The club accepted the plan.", "true", "it refused it in the end", True),
    ("The club accepted the plan.", "true", "", False),
]


def test_an_answer_is_not_against_its_reason(changed: Changed) -> None:
    """A word of the statement and its opposite in the reason; and the same day, called false."""
    text = "questions:"
    for n, (asked, answer, because, _) in enumerate(ASKED):
        text += f'\n  - {{id: q{n}, question: "{asked}", kind: true-false, answer: "{answer}"'
        text += f', because: "{because}"}}' if because else "}"
    loaded = load(changed({"questions.yaml": text.encode()}))
    told = [one.line - 2 for one in findings_by([answer_disagrees], loaded)]
    assert told == [n for n, one in enumerate(ASKED) if one[3]]


SAID = """\
# Down

They rested on the weekend of 15 and 16 July 1865.

They rested on the weekend of 16 and 17 July 1865, below.

They rested on 16 and 17 July 1865.

At [[breuil]], eight miles north of the village, they slept.

At [[breuil]], eight miles south of the village, they slept.

At [[breuil]], eight miles north of the village of Paquier, they slept.
"""


def test_weekends_and_kinds_of_places(changed: Changed) -> None:
    """Sunday and Monday are no weekend; the village is the one of the gazetteer."""
    loaded = load(changed({"chapters/02-the-descent.md": SAID.encode()}))
    found = findings_by([weekday_disagrees, lies_otherwise], loaded)
    assert sorted(one.line for one in found) == [5, 9]
