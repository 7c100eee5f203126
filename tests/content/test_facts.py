"""Facts: typed once, printed from their address with what they rest on, disputes never silent."""

from __future__ import annotations

import re
from html import unescape

import pytest

from press.base.finding import findings_by
from press.checks import counted, prose_dates, prose_numbers
from press.content import coverage, facts
from press.content.load import load
from press.content.model import Dossier
from press.content.snapshot import Snapshot, engine_files, read
from press.dates import Day, parse, show
from press.design.styles import flatten
from press.plates.timelines.axis import TimeAxis, marks_of
from press.views import data, tables
from tests.conftest import DOSSIERS, REFERENCE, ROOT, Changed
from tests.content.test_load import said as report
from tests.prose.test_prose import MATTERHORN, Printed, printed, prose, speaking, words
from tests.typeset.test_page_checks import LEAST

AGAINST = (
    prose_dates.date_disagrees,
    prose_dates.linked_date_disagrees,
    prose_numbers.number_disagrees,
)
NBSP = "\N{NO-BREAK SPACE}"


def said(result: Printed) -> str:
    """The words of a chapter in one line, notes in their place."""
    return " ".join(words(result.html)).replace(" .", ".")


# -- in prose ----------------------------------------------------------------------------------


def test_fact_is_printed_with_its_note() -> None:
    """The value and its unit stand in the sentence; the note names the source and the page."""
    result = printed("There were {fact: ascent.climbers} that day.")
    assert result.places == []
    assert "There were seven climbers" in said(result)
    assert re.search(r'<span class="note" id="note-1">.*383</a>\.</span>', result.html)


def test_note_hangs_behind_the_stop() -> None:
    """The call of the note stands behind the full stop, as calls of citations do."""
    result = printed("They were {fact: ascent.climbers}.")
    assert re.search(rf'seven{NBSP}climbers</span>\.<span class="note"', result.html)


def test_contested_fact_prints_every_account() -> None:
    """In the sentence all values; in the note who says which, and why one is preferred."""
    result = printed("It took {fact: ascent.hours}, they said.")
    assert f'<span class="contested">ten or twelve{NBSP}hours</span>' in result.html
    note = said(result)
    assert "Accounts differ. Ten hours (from the tents to the summit; Whymper;" in note
    assert "preferred: he was there):" in note
    assert "Twelve hours (a newspaper):" in note


def test_fact_leaves_out_what_is_not_wanted() -> None:
    """``no unit`` and ``no note`` leave out the unit and the note, in either order."""
    result = printed("The {fact: ascent.climbers, no note, no unit} climbed.")
    assert "The seven climbed." in said(result)
    assert "note" not in result.html


def test_built_in_facts_have_addresses() -> None:
    """Dates, names and positions are facts too; a date is contested where the event's is."""
    result = printed("{fact: carrel.date, no note}, {fact: breuil.name, no note}, "
                     "{fact: zermatt.coordinates, no note}.")  # fmt: skip
    assert 'class="datum contested" href="#event-carrel">17 or 18' in result.html
    assert "Breuil" in said(result)
    assert f"46.021°{NBSP}N, 7.749°{NBSP}E" in unescape(result.html)


def test_fact_of_a_row_of_the_infobox() -> None:
    """A row with an id is printed as it stands in the infobox."""
    assert "ten or twelve hours" in said(printed("{fact: infobox.hours, no note}"))


def test_fact_in_a_field_brings_its_sources_in_brackets() -> None:
    """No note hangs on a field: short labels follow the value."""
    html = str(prose().inline("a party of {fact: ascent.climbers}"))
    assert 'class="note"' not in html
    assert " ".join(words(html)).endswith("climbers ( Whymper 1871 , p. 383 )")


def test_fact_may_run_over_a_line() -> None:
    """A line may end anywhere between the braces."""
    assert "seven climbers" in said(printed("the {fact:\nascent.climbers, no\nnote} there"))


@pytest.mark.parametrize(
    ("body", "place", "remedy"),
    [
        ("on {fact: ascent.houres}", "2:11 P205", "did you mean ascent.hours?"),
        ("on {fact: matterhorn.hight}", "2:11 P205", "did you mean matterhorn.height?"),
        ("on {fact: nobody.age}", "2:11 P205", "type the fact first"),
        ("on {fact ascent.hours}", "2:4 P206", "write {fact: ascent.hours}"),
        ("on {fact: ascent.hours, bare}", "2:4 P206", ", no unit or , no note"),
        ("on {fact: ascent.hours", "2:4 P206", "write {fact: ascent.hours}"),
    ],
)
def test_wrong_fact_is_found_in_its_place(body: str, place: str, remedy: str) -> None:
    """What leads nowhere or cannot be read is reported at its column, with the remedy."""
    result = printed(body)
    assert result.places == [place]
    assert remedy in result.messages


def test_fact_in_code_stays_as_written() -> None:
    """Code shows the mark itself."""
    assert "<code>{fact: ascent.hours}</code>" in printed("write `{fact: ascent.hours}`").html


@pytest.mark.parametrize(
    ("language", "joined"), [("de", "ten oder twelve"), ("fr", "ten ou twelve")]
)
def test_accounts_are_joined_in_the_language(language: str, joined: str) -> None:
    """German and French say their own "or"."""
    stage = prose(speaking(language))
    assert joined in said(printed("{fact: ascent.hours, no note}", stage))


# -- addresses ---------------------------------------------------------------------------------


def test_ambiguous_address_asks_for_the_kind(changed: Changed) -> None:
    """Where an event and a subject share an id, the address must say which."""
    raw = (
        b"subjects:\n  - id: summit\n    name: The summit\n    facts:\n"
        b"      date: {text: noon, sources: [whymper]}\n"
    )
    known = facts.addresses(load(changed({"facts.yaml": raw})).dossier)
    lost = facts.find(known, "summit.date")
    assert isinstance(lost, facts.Nowhere)
    assert lost.hint == "write event:summit.date or subject:summit.date"
    there = facts.find(known, "subject:summit.date")
    assert isinstance(there, facts.Found)
    assert there.fact is not None
    assert there.fact.text == "noon"


# -- coverage ----------------------------------------------------------------------------------


def bare(dossier: Dossier) -> list[str]:
    """What has no source."""
    return [what for fact in coverage.stated(dossier) for _, what in fact.gaps]


def test_every_fact_is_counted_once() -> None:
    """Typed values count; references, drawn rows and rows that only count things do not."""
    addresses = [fact.address for fact in coverage.stated(MATTERHORN)]
    assert len(addresses) == len(set(addresses))
    expected = {
        "infobox.3", "summit", "carrel", "matterhorn", "matterhorn.coordinates",
        "matterhorn.height", "ascent.hours", "table:climbers.1", "term:couloir", "image:ridge",
    }  # fmt: skip
    assert expected <= set(addresses)
    assert not {"infobox.hours", "infobox.1", "table:climbers.3"} & set(addresses)
    assert bare(MATTERHORN) == []


def test_account_without_source_leaves_its_fact_unsourced(changed: Changed) -> None:
    """A contested fact is sourced when each account is."""
    whole = counted.coverage(load(changed()))
    raw = load(changed()).snapshot.files["facts.yaml"].replace(b"sources: [times]\n", b"note: x\n")
    raw = raw.replace(b"            note: x\n", b"")
    loaded = load(changed({"facts.yaml": raw}))
    assert bare(loaded.dossier) == ["this claim"]
    assert counted.coverage(loaded).read == whole.read - 1


EVENTS = b"""\
categories: [{id: climb, label: Climb, sign: triangle}]
events:
  - {id: one, date: 1865, title: A, text: A., category: climb, sources: [whymper]}
  - id: twice
    date: 1866
    title: A
    text: A.
    category: climb
    sources: ["whymper, p. 1", "whymper, p. 9"]
  - {id: two, date: 1867, title: A, text: A., category: climb, sources: [whymper, times]}
  - {id: bare, date: 1868, title: A, text: A., category: climb}
  - id: agree
    title: A
    text: A.
    category: climb
    claims:
      - {date: 1869, says: Whymper, sources: ["whymper, p. 1"]}
      - {date: 1870, says: his editor, sources: ["whymper, p. 2"]}
  - id: differ
    title: A
    text: A.
    category: climb
    claims:
      - {date: 1871, says: Whymper, sources: [whymper]}
      - {date: 1872, says: The Times, sources: [times]}
  - id: half
    title: A
    text: A.
    category: climb
    claims:
      - {date: 1873, says: Whymper, sources: [whymper]}
      - {date: 1874, says: somebody}
"""
PLACES = b"""\
places:
  - id: zermatt
    name: Zermatt
    kind: village
    at: {lat: 46.02, lon: 7.75, sources: [times]}
    sources: [whymper, times]
  - {id: breuil, name: Breuil, kind: village, at: "45.93, 7.63", sources: [whymper]}
  - {id: nowhere, name: Nowhere, kind: peak, facts: {height: "4,000 m"}}
"""


def test_count_is_that_of_a_hand(matterhorn: Snapshot) -> None:
    """Counted by hand: 7 events, 3 places, 2 positions and a fact.

    Two pages of a source are one source; what two accounts rest on is counted together.
    """
    sources = matterhorn.files["sources.yaml"]
    files = {**LEAST, "sources.yaml": sources, "chronology.yaml": EVENTS, "gazetteer.yaml": PLACES}
    loaded = load(Snapshot("a", "a", files))
    assert loaded.findings == ()
    count = counted.coverage(loaded)
    assert (count.facts, count.read, count.single, count.contested) == (13, 9, 7, 3)
    assert counted.line(count, "en").startswith("13 facts, 9 with a source read; 7 rest on one")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "12 facts, 11 with a source read; 1 rests on one; 4 contested; 3 of 7 sentences "
            "carry a note, 1 more prints data",
        ),
        (
            "de",
            "12 Angaben, 11 davon mit einer gelesenen Quelle; 1 stützt sich auf eine einzige; "
            "4 umstritten; 3 von 7 Sätzen mit Anmerkung, 1 weiterer gibt Daten wieder",
        ),
        (
            "fr",
            "12 faits, dont 11 avec une source lue\u202f; 1 repose sur une seule\u202f; "
            "4 contestés\u202f; 3 phrases sur 7 portent une note, 1 autre tient ses données du "
            "dossier",
        ),
    ],
)
def test_coverage_is_said_in_the_language(language: str, line: str) -> None:
    """One sentence, with the grammar of one and of many."""
    assert counted.line(counted.Coverage(12, 11, 1, 4, 7, 3, 1), language) == line


# -- in tables ---------------------------------------------------------------------------------


def drawn(changed: Changed, columns: str) -> list[tuple[list[str], bool]]:
    """The rows of a table that draws the contested hours, and whether the first cell is marked."""
    raw = f"title: Hours\ncolumns: [{columns}]\nrows:\n  - draws: ascent.hours\n"
    dossier = load(changed({"tables/hours.yaml": raw.encode()})).dossier
    views = tables.view(dossier, prose(dossier), flatten(engine_files()))
    table = next(table for table in views if table.id == "hours")
    return [
        ([" ".join(words(str(cell.html) + " " + str(cell.note))) for cell in row.cells],
         row.cells[0].contested)
        for row in table.rows
    ]  # fmt: skip


def test_row_that_draws_prints_every_account(changed: Changed) -> None:
    """A contested fact takes a row for each account, marked, with who says so and why."""
    rows = drawn(
        changed,
        "{key: h, label: H, draws: figure}, {key: s, label: S, draws: scope},"
        " {key: w, label: W, draws: says}",
    )
    assert rows == [
        (["ten", "from the tents to the summit", "Whymper preferred: he was there"],
         True),
        (["twelve", "", "a newspaper"], True),
    ]  # fmt: skip


def test_voice_goes_with_the_value_where_it_has_no_column(changed: Changed) -> None:
    """Without a column for them, what it measures, who says it and why stand under the value."""
    rows = drawn(changed, "{key: h, label: H, draws: value}")
    said = "ten hours from the tents to the summit; Whymper; preferred: he was there"
    assert rows[0][0] == [said]
    assert rows[1][0] == ["twelve hours a newspaper"]


# -- dates from antiquity to yesterday ---------------------------------------------------------

ANTIQUITY = read(DOSSIERS / "antiquity", "antiquity")


def test_antiquity_is_clean_under_strict() -> None:
    """Years before our era, open ends, Julian days and disputes load without a finding."""
    assert report(ANTIQUITY) == []
    dossier = load(ANTIQUITY).dossier
    assert dossier.meta.strict
    assert bare(dossier) == []


def test_events_are_sorted_across_calendars_and_eras() -> None:
    """An open beginning stands at its known end, a dispute at the preferred date.

    A span that begins in a year stands behind the day of that year which is written before it.
    """
    assert list(load(ANTIQUITY).dossier.events) == [
        "founding", "kings", "rubicon", "munda", "caesar-killed", "actium", "augustus-named",
        "principate", "teutoburg", "augustus-dies", "square-opened",
    ]  # fmt: skip


def test_open_ends_are_drawn_open() -> None:
    """On the timeline the sign stands at the known end, and the bar fades at the other."""
    events = load(ANTIQUITY).dossier.events
    axis = TimeAxis(Day(-800, 1, 1), Day(2026, 12, 31), 0.0, 282.6)
    (kings,) = marks_of(events["kings"], axis)
    (principate,) = marks_of(events["principate"], axis)
    assert (kings.kind, kings.fades, kings.at) == ("open", "before", kings.end)
    assert (principate.kind, principate.fades, principate.at) == (
        "open", "after", principate.begin,
    )  # fmt: skip
    assert kings.at < principate.at < 80


# -- words against the data --------------------------------------------------------------------

TYPED = [
    ("Agdam was taken on 24 July 1993.", "W401"),
    ("The town of Agdam fell to Armenian forces on 22 July.", "W401"),
    ("Agdam was taken by Armenian forces on 23 July 1992.", "W401"),
    ("In June 1993 Agdam was taken.", "W401"),
    ("Fuzuli was taken on 24 August 1993.", "W401"),
    ("On [[event:agdam-taken|24 July]] it fell.", "W402"),
    ("About 115,000 people left [[agdam]].", "W403"),
    ("About 12,000 displaced people left Agdam.", "W403"),
    ("The district of Fuzuli covers 1,930 square kilometres.", "W403"),
    ("Armenian forces took [[agdam]] on 23 July 1993.", ""),
    ("Fuzuli was taken on 23 August, or 25 August by the article.", ""),
    ("By 24 July Agdam had been taken.", ""),
    ("After Agdam was taken, the Council adopted resolution 853 on 29 July.", ""),
    ("A reporter wrote on 24 July that Agdam was taken [@lat-0725].", ""),
    ("Some 130,000 people left Agdam, and 200 soldiers died.", ""),
    ("There were 1,200 people in a camp near Agdam.", ""),
]


@pytest.fixture(scope="module")
def offensives() -> Snapshot:
    """The reference dossier, read."""
    return read(ROOT / "content" / REFERENCE, REFERENCE)


@pytest.mark.parametrize(("sentence", "code"), TYPED)
def test_words_are_held_against_the_data(offensives: Snapshot, sentence: str, code: str) -> None:
    """A wrong date or number is found with both places; what is right, or else, is left alone."""
    name = "chapters/03-battle-for-agdam.md"
    body = offensives.files[name] + f"\n{sentence}\n".encode()
    loaded = load(Snapshot(REFERENCE, REFERENCE, {**offensives.files, name: body}))
    found = list(findings_by(AGAINST, loaded))
    assert [finding.code for finding in found] == ([code] if code else [])
    for finding in found:
        assert finding.file.endswith(name)
        assert re.search(r"\(.*(chronology|gazetteer)\.yaml:\d+:\d+\)", finding.message)


@pytest.mark.parametrize(
    ("language", "sentence", "shown"),
    [
        ("de", "Am 16. Juli 1865 nahm Carrel den italienischen Grat.", "16. Juli 1865"),
        ("fr", "Le 16 juillet 1865 Carrel prit l’arête italienne.", "16 juillet 1865"),
    ],
)
def test_other_languages_are_read_too(
    changed: Changed, language: str, sentence: str, shown: str
) -> None:
    """German and French dates and verbs are known."""
    title = {"de": "Carrel nimmt italienischen Grat", "fr": "Carrel prend arête italienne"}
    files = load(changed()).snapshot.files
    meta = files["dossier.yaml"].replace(b"language: en", f"language: {language}".encode())
    events = files["chronology.yaml"].replace(b"The Italian ridge", title[language].encode())
    body = f"# Titel\n\n{sentence}\n".encode()
    loaded = load(changed({"dossier.yaml": meta, "chronology.yaml": events,
                           "chapters/02-the-descent.md": body}))  # fmt: skip
    messages = [message for _, message, _ in prose_dates.date_disagrees(loaded)]
    assert [message.split(" is not")[0] for message in messages] == [repr(shown)]


def test_only_named_facts_are_held_against_numbers(changed: Changed) -> None:
    """A row of the infobox is words of the author's own: it may count something else."""
    row = b"  - id: porters\n    label: Porters\n    value: 12,437 people\n    sources: [whymper]\n"
    box = load(changed()).snapshot.files["infobox.yaml"].rstrip() + b"\n" + row
    body = b"# A\n\nThe porters were 12,537 people.\n"
    loaded = load(changed({"infobox.yaml": box, "chapters/02-the-descent.md": body}))
    assert "infobox.porters" in facts.addresses(loaded.dossier)
    assert list(prose_numbers.number_disagrees(loaded)) == []


def test_facts_travel_as_data() -> None:
    """A line for each account, with what it measures, who says it and where."""
    rows = {(row["address"], row["value"]): row for row in data.accounts(MATTERHORN)}
    ten = rows["ascent.hours", "ten"]
    assert (ten["unit"], ten["scope"], ten["preferred"], ten["sources"]) == (
        "hours", "from the tents to the summit", "yes", "whymper, p. 385",
    )  # fmt: skip
    assert rows["ascent.dead", "four"]["contested"] == ""
    assert rows["matterhorn.height", "14,705"]["contested"] == "yes"


def test_table_of_dates_in_the_docs_is_true() -> None:
    """docs/facts.md shows what each form of date prints."""
    page = (ROOT / "docs" / "facts.md").read_text("utf-8")
    section = page.partition("## Dates\n")[2].partition("Days are Gregorian")[0]
    rows = re.findall(r"^\| (`.+`) \| (.+) \|$", section, re.MULTILINE)
    assert len(rows) > 10
    for forms, printed_ in rows:
        dates = [show(parse(form)) for form in re.findall(r"`([^`]+)`", forms)]
        said_ = ", ".join(dates).replace(NBSP, " ")
        assert said_ == printed_.partition(":")[0], forms
