"""Questions ask for what the handout has, and the handout prints what explains its words."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from markupsafe import Markup

from press.classroom import handout, leaks, questions, worksheet
from press.classroom.answerable import lacking
from press.classroom.handout import HandoutView
from press.classroom.outline import Outline
from press.classroom.questions import question_view
from press.classroom.roster import nobody
from press.content.load import load
from press.content.model import Cite, Claim, Dossier, Entry, Question, Row, Timeline
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import EDITIONS
from press.views.drawn_from import drawn_from
from press.views.strip_links import UnlinkedProse, unlinked, words
from press.views.view import Bench, Work
from tests.classroom.test_classroom import errors, text_of
from tests.conftest import Printed, bench_for, document_of


def school_with(school: Snapshot, **texts: tuple[str, str]) -> Snapshot:
    """The school with text in its files exchanged: ``questions=(old, new)``."""
    files = dict(school.files)
    for name, (old, new) in texts.items():
        before = files[f"{name}.yaml"].decode()
        assert old in before
        files[f"{name}.yaml"] = before.replace(old, new).encode()
    return Snapshot("matterhorn", "matterhorn", files)


def test_handout_prints_what_explains_its_words(printed: Printed, school: Snapshot) -> None:
    """Notes of rows, of values and of the whole box: a word like “restored” needs them."""
    made = printed("handout", snapshot=school)
    assert errors(made) == []
    text = text_of(made.pdf)
    for note in ("restored from the register", "of every kind", "heights are left out"):
        assert f" {note} " in text
    assert " accounts differ " in text


def work(snapshot: Snapshot, edition: str = "worksheet") -> Work:
    """The work of an edition in the default theme."""
    name = f"{edition}.pdf"
    return Work(name, load(snapshot), EDITIONS[edition], "default", engine_files())


def test_question_that_the_handout_does_not_answer_is_named(
    school: Snapshot, own_fonts: None
) -> None:
    """Its event is not essential: the worksheet says which question, and what it would need."""
    plain = document_of(work(school))
    assert [one for one in plain.findings if one.code == "P434"] == []
    told = school_with(
        school,
        chronology=("{id: inquiry, date: 1865-07-21", "{id: hidden, date: 1865-07-21"),
        questions=("about: [fall]\n    handout: true", "about: [hidden]\n    handout: true"),
    )
    loose = school_with(
        told, chronology=("category: loss, essential: true, sources: [times]", "category: loss")
    )
    assert [one for one in document_of(work(told)).findings if one.code == "P434"] == []
    (found,) = (one for one in document_of(work(loose)).findings if one.code == "P434")
    assert found.severity == "warning"
    assert found.place.startswith("matterhorn/questions.yaml:19:")
    assert "question 'rope' cannot be answered from the handout" in found.message
    assert "does not print the event 'hidden'" in found.message


@pytest.fixture(scope="module")
def bench(school: Snapshot) -> Bench:
    """What the school's handout is made from."""
    return bench_for(work(school, "handout"))


@pytest.fixture
def shown(bench: Bench) -> tuple[HandoutView, UnlinkedProse]:
    """All that the school's handout may print, and its words: anew, for tests change them."""
    prose = unlinked(bench.prose)
    return handout.everything(bench, prose), prose


def ask(**fields: object) -> Question:
    """A question with these fields."""
    return Question.model_validate({"id": "q", "question": "What?", "answer": "x", **fields})


ACCOUNTS = "who gives which date of 'carrel'"


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, []),
        ({"about": ["fall", "zermatt"]}, []),
        ({"about": ["zmutt"]}, []),
        ({"answer": {"event": "summit"}}, []),
        ({"answer": {"fact": "carrel.date"}}, []),
        ({"answer": {"places": ["breuil", "matterhorn"]}}, []),
        ({"answer": {"term": "couloir"}}, ["“couloir”"]),
        ({"answer": {"term": "couloir"}, "page": "page 3"}, ["“couloir”"]),
        ({"answer": {"fact": "ascent.hours"}}, []),
        ({"answer": {"fact": "matterhorn.height"}}, ["“14,780 feet”", "“14,705 feet”"]),
    ],
)
def test_handout_lacks_what_it_does_not_print(
    shown: tuple[HandoutView, UnlinkedProse], fields: dict[str, object], missing: list[str]
) -> None:
    """Dates, places, terms and facts are held against its texts; the author's words are not."""
    view, prose = shown
    assert list(lacking(ask(**fields), handout.texts_of(view), prose)) == missing


def test_accounts_are_printed_of_what_is_asked_about(
    shown: tuple[HandoutView, UnlinkedProse],
) -> None:
    """Where not all accounts have room, those that a question asks for come before others."""
    view, prose = shown
    dossier = prose.dossier
    choices = handout.accounts_choices(dossier, [ask(answer={"fact": "carrel.date"})])
    first, *_, here, none = choices.items()
    assert first == (frozenset(dossier.events), 1)
    assert here == (frozenset({"carrel"}), 0)
    assert none == (frozenset(), 0)
    told = handout.texts_of(replace(view, accounts=frozenset({"fall"})))
    asked = ask(answer={"fact": "carrel.date"})
    assert list(lacking(asked, told, prose)) == [ACCOUNTS]


def test_answers_say_what_is_counted(shown: tuple[HandoutView, UnlinkedProse]) -> None:
    """Each account of an answer has its scope and who gives it."""
    asked = ask(answer={"fact": "ascent.hours"})
    first, second = question_view(asked, 1, 0, shown[1], answers=True).answers
    assert words(first.html) == "ten hours"
    assert words(first.says) == "from the tents to the summit; Whymper"
    assert words(second.says) == "a newspaper"


def test_a_map_tells_the_names_of_the_places_of_essential_events(
    shown: tuple[HandoutView, UnlinkedProse],
) -> None:
    """And of no others; a question about them can be asked on the handout."""
    dossier = shown[1].dossier
    essential = [event for event in dossier.events.values() if event.essential]
    ids = {place for event in essential or dossier.events.values() for place in event.places}
    assert ids
    assert {*handout._names_on_map(dossier)} == {dossier.places[id_].name for id_ in ids}


def test_handout_asks_what_it_can_answer(shown: tuple[HandoutView, UnlinkedProse]) -> None:
    """Where the author marks no question for it, the first that it answers are chosen."""
    view, prose = shown
    asked = tuple(
        ask(id=f"q-{n}", answer=answer)
        for n, answer in enumerate(
            ({"term": "couloir"}, {"event": "summit"}, {"fact": "matterhorn.height"}, "words")
        )
    )
    questions = prose.dossier.questions.model_copy(update={"questions": asked})
    prose.dossier = prose.dossier.model_copy(update={"questions": questions})
    chosen = handout.questions_of(view, prose)
    assert [question.id for question in chosen] == ["q-1", "q-3"]


@pytest.mark.parametrize(
    ("answer", "alone"),
    [("four five", True), ("a bcd efg", False), ("Switzerland", False), ("Lake Como", True)],
)
def test_an_answer_of_several_words_is_one_wherever_it_stands(answer: str, alone: bool) -> None:
    """Where its words have eight letters or more; a shorter one may stand there by chance."""
    assert questions.is_long(answer) == alone


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"question": "How did Carrel come to Breuil?"}, []),
        ({"question": "What did they see at Theodul?"}, ["“Theodul”"]),
        ({"answer": "Theodul"}, ["“Theodul”"]),
        ({"answer": "the pass of Theodul, which they crossed"}, []),
        ({"answer": "14 July 1865"}, []),
        ({"answer": "14 July 1866"}, ["“14 July 1866”"]),
        ({"answer": "4,478 metres"}, ["“4,478 metres”"]),
        ({"answer": "for fear of the rope"}, []),
    ],
)
def test_names_dates_and_numbers_that_are_typed_are_looked_for(
    shown: tuple[HandoutView, UnlinkedProse], fields: dict[str, object], missing: list[str]
) -> None:
    """In a question its names, and an answer that is nothing else; sentences are the author's."""
    view, prose = shown
    gazetteer = prose.dossier.gazetteer
    pass_ = gazetteer.places[0].model_copy(update={"id": "pass", "name": "Theodul", "names": ()})
    known = gazetteer.model_copy(update={"places": (*gazetteer.places, pass_)})
    prose.dossier = prose.dossier.model_copy(update={"gazetteer": known})
    texts = handout.texts_of(view, "Breuil")
    assert list(lacking(ask(**fields), texts, prose)) == missing


LEAD = "standfirst: 'The rope, [[event:carrel]] and {fact: ascent.hours}.'"


def test_a_handout_is_true_of_itself(matterhorn: Snapshot) -> None:
    """Counts are of what it prints, contested words of its lead are marked, its sources are all."""
    files = dict(matterhorn.files)
    lead = re.sub(r"standfirst: .*", LEAD, files["dossier.yaml"].decode())
    told = Snapshot("matterhorn", "matterhorn", {**files, "dossier.yaml": lead.encode()})
    html = document_of(work(told, "handout")).html.text.replace("\xa0", " ")
    assert "Events listed" not in html
    (standfirst,) = re.findall(r'<p class="standfirst">(.*?)</p>', html)
    assert '<span class="contested">17 or 18 July 1865</span>' in standfirst
    assert standfirst.count('class="contested"') == 2
    assert '<span class="contested">about 1857 – 18 July 1865</span>' in html
    said = html.replace("\xa0", " ")
    assert 'contested-key"><span class="contested">17 or 18 July 1865</span>' in said
    (drawn,) = re.findall(r"Drawn from</strong>(.*?)</p>", html)
    assert "Times" in drawn
    assert "Whymper" in drawn
    every = re.sub(rb"    essential: true\n", b"", files["chronology.yaml"])
    whole = Snapshot("matterhorn", "matterhorn", {**files, "chronology.yaml": every})
    assert "Events listed" in document_of(work(whole, "handout"), fitted=False).html.text


def test_the_mark_belongs_to_what_accounts_differ_in(matterhorn: Snapshot) -> None:
    """Of an event told in two ways on one day the day is not marked; its accounts are, or counted.

    The legend shows the first thing that is marked.
    """
    bench = bench_for(work(matterhorn, "handout"))
    whole = handout.everything(bench, unlinked(bench.prose))
    assert str(whole.sample).replace("\xa0", " ") == "about 1857 – 18 July 1865"
    assert (whole.infobox and whole.infobox.contested) == whole.sample
    told = replace(whole, infobox=None, contested=Markup(""))
    roomy, brief = (
        bench.document(replace(told, accounts=accounts)).text.replace("\xa0", " ")
        for accounts in (told.accounts, frozenset[str]())
    )
    day = '<span class="when"><span>14 July 1865</span></span>'
    assert f'{day} <span class="event-title">The fall.</span>' in roomy
    assert 'contested-key"><span class="contested">the rope broke</span>' in roomy
    assert f'{day} <span class="event-title">The fall</span> (accounts differ: 2 in' in brief
    assert 'class="contested"' not in brief
    fall, carrel = (bench.dossier.events[ident] for ident in ("fall", "carrel"))
    assert [fall.contested, fall.date_contested, carrel.date_contested] == [True, False, True]


def test_sources_of_what_is_printed_come_first(matterhorn: Snapshot) -> None:
    """Of values of the infobox before dates and texts; of what plates alone show at the end."""
    bench = bench_for(work(matterhorn, "handout"))
    prose, dossier = unlinked(bench.prose), bench.dossier
    named = dict.fromkeys(("shown", "told", "dated", "printed", "measured"))
    cites = {name: (Cite(source=name),) for name in named}
    fall = dossier.events["fall"]
    claims = tuple(claim.model_copy(update={"sources": cites["told"]}) for claim in fall.claims)
    dated = ({"date": f"1865-07-{day}", "says": "a"} for day in (14, 15))
    days = tuple(
        Claim.model_validate(one).model_copy(update={"sources": cites["dated"]}) for one in dated
    )
    events = [
        fall.model_copy(update={"sources": cites["printed"], "claims": claims}),
        fall.model_copy(update={"date": None, "sources": (), "claims": days}),
    ]
    value = Entry.model_validate("high").model_copy(update={"sources": cites["measured"]})
    row = Row.model_validate({"label": "Height", "value": "high"}).model_copy(
        update={"value": (value,)}
    )
    known = {name: dossier.bibliography["times"].model_copy(update={"id": name}) for name in named}
    first = dossier.events["first-attempt"].model_copy(update={"sources": cites["shown"]})
    made = SimpleNamespace(bibliography=known, events={"first-attempt": first})
    plate = Timeline.model_validate(
        {"id": "t", "kind": "timeline", "title": "T", "show": ["first-attempt"]}
    )
    found = drawn_from(cast("Dossier", made), prose, events, [row], [plate])
    assert found == ("measured", "dated", "printed", "told", "shown")


def test_hints_that_tell_are_leaks(matterhorn: Snapshot) -> None:
    """A clause that is expected stands in no introduction; what names the source may."""
    asked = matterhorn.files["questions.yaml"].decode()
    told = asked.replace("wrote a book about his climbs.", "printed it six years later.")
    assert told != asked
    for text, times in ((asked, 0), (told, 1)):
        files = {**matterhorn.files, "questions.yaml": text.encode()}
        bench = bench_for(work(Snapshot("matterhorn", "matterhorn", files)))
        prose = unlinked(bench.prose)
        view = worksheet.view(prose, [nobody("matterhorn")], Outline(), answers=False)
        (sheet,) = view.worksheets
        found = list(leaks._in_view(bench.loaded, sheet, view))
        assert len(found) == times, found
        assert all("passage 1" in one.message and "introduction" in one.message for one in found)
