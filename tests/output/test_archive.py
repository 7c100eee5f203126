"""The standards that a PDF keeps, by the word of veraPDF; and what travels in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pikepdf
import pytest

from press.base.document import Document, Enclosure
from press.classroom.merging import merged
from press.cli import console, main
from press.content.model import Meta
from press.content.snapshot import Snapshot
from press.design.editions import EDITIONS, STANDARDS
from press.output import provenance
from press.typeset.typeset import typeset
from tests.conftest import Printed
from tests.typeset.test_typeset import document
from tests.validator import Verdict, validate

if TYPE_CHECKING:
    from press.pipeline import Made

Check = Callable[[bytes, str], Verdict]


def profiles(variant: str) -> tuple[str, str]:
    """The validator's names of the profiles that a file in a pair of standards must pass."""
    archive, _, accessibility = variant.removeprefix("pdf/a-").partition("+ua-")
    return archive, f"ua{accessibility}"


@pytest.fixture
def verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """The validator's word on bytes under a profile, printed as it is given."""

    def check(pdf: bytes, profile: str) -> Verdict:
        file = tmp_path / "a.pdf"
        file.write_bytes(pdf)
        said = validate(file, profile)
        with capsys.disabled():
            print(f"\n  veraPDF {said}")  # noqa: T201 the figures are the point
        return said

    return check


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("dossier", ["small", "reference"])
def test_dossier_keeps_both_standards(
    dossier: str, profile: str, verdict: Check, request: pytest.FixtureRequest
) -> None:
    """The dossier edition is PDF/A-3a and PDF/UA-1 at once: no rule fails."""
    assert profile in profiles(EDITIONS["dossier"].variant)
    said = verdict(request.getfixturevalue(dossier).pdf, profile)
    assert [] == [str(failure) for failure in said.failures]
    assert said.compliant
    assert said.rules > 100
    assert said.checks > 10_000


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("edition", ["screen", "large-print", "ink-saver", "poster"])
def test_an_edition_keeps_its_standards(
    edition: str, profile: str, printed: Printed, verdict: Check
) -> None:
    """PDF/A-3a and PDF/UA-1 at once."""
    said = verdict(printed(edition).pdf, profile)
    assert [] == [str(failure) for failure in said.failures]
    assert said.compliant


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_sheets_of_a_class_keep_their_standards(
    profile: str, printed: Printed, school: Snapshot, verdict: Check
) -> None:
    """So does a handout, and a set of sheets as each sheet of it does."""
    handout, *pair = (
        printed(name, snapshot=school).pdf for name in ("handout", "worksheet", "answers")
    )
    for pdf in (handout, merged(pair)):
        said = verdict(pdf, profile)
        assert said.compliant, said.failures


def test_the_newer_pair_holds_for_a_whole_dossier(printed: Printed, verdict: Check) -> None:
    """A dossier with one of everything is PDF/A-4f and PDF/UA-2, where it is asked for."""
    made = printed(variant="pdf/a-4f+ua-2")
    assert () == made.findings
    for profile in profiles("pdf/a-4f+ua-2"):
        assert [] == [str(failure) for failure in verdict(made.pdf, profile).failures]


def test_standards_are_offered_by_name() -> None:
    """What the command line and dossier.yaml offer is what can be written."""
    offered = get_args(Meta.model_fields["standard"].annotation)
    assert set(STANDARDS) == set(offered) - {""}


def test_a_standard_is_chosen_for_one_build(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--standard`` makes a PDF 2.0 of the two newer parts, and ``verify`` knows it."""
    pdf = tiny / "output/tiny/tiny-dossier.pdf"
    assert console.CLEAN == main.main(["--standard", "pdf/a-4f+ua-2"])
    assert pdf.read_bytes().startswith(b"%PDF-2.0")
    assert console.CLEAN == main.main(["verify", str(pdf)])
    with pytest.raises(SystemExit):
        main.main(["--standard", "pdf/a-4f"])
    assert "did you mean pdf/a-4f+ua-2?" in capsys.readouterr().err


def test_what_is_read_claims_a_pair_and_what_is_only_printed_none() -> None:
    """Pages that keep their tags name a pair of standards; sheets for printing claim nothing."""
    tagged = {e.name for e in EDITIONS.values() if not (e.scheme or e.name == "print-shop")}
    assert tagged == {e.name for e in EDITIONS.values() if e.variant in STANDARDS}
    assert {""} == {e.variant for e in EDITIONS.values() if e.name not in tagged}


FAULTS = {
    "missing alt": ("<img src='a.png'>", "7.3-1"),
    "skipped heading": ("<h3>B</h3>", "7.4.2-1"),
    "irregular table": (
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        "7.2-43",
    ),
}
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763"
    "f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def made(body: str, variant: str = "pdf/a-3a+ua-1") -> bytes:
    """A small document, in the given standards."""
    html = document(f"<h1>A</h1>{body}", "img{image-rendering:crisp-edges}")
    files = {**html.files, "a.png": PICTURE}
    return typeset(Document(html.text, files, variant, day="2026-11-23")).pdf


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_is_caught(fault: str, verdict: Check) -> None:
    """The validator sees the fault that was planted: the check is no formality."""
    body, clause = FAULTS[fault]
    said = verdict(made(body), "ua1")
    assert not said.compliant
    assert clause in {failure.clause for failure in said.failures}


@pytest.mark.parametrize("variant", STANDARDS)
def test_pairs_of_standards(variant: str, verdict: Check) -> None:
    """Each pair that is offered holds for text, links, lists, tables, notes and pictures."""
    body = (
        '<h2 id="b">B</h2><p>x<span class="note" id="note-1">a note</span> <a href="#b">b</a> '
        '<a href="https://example.org/">c</a></p><ol><li>one<ul><li>two</li></ul></li></ol>'
        '<table><thead><tr><th scope="col">a</th></tr></thead><tr><td>b</td></tr></table>'
        '<img src="a.png" alt="a dot">'
    )
    css = ".note{float:footnote}img{image-rendering:crisp-edges}"
    html = document(f"<h1>A</h1>{body}", css)
    data = (Enclosure("a.csv", b"a\r\n1\r\n", "a table", "Data"),)
    files = {**html.files, "a.png": PICTURE}
    pdf = typeset(Document(html.text, files, variant, data, "2026-11-23")).pdf
    for profile in profiles(variant):
        assert [] == [str(failure) for failure in verdict(pdf, profile).failures]


# -- the data ----------------------------------------------------------------------------------


def test_data_travels_with_the_page(reference: Made) -> None:
    """Every file is attached with a relationship, a description and the date of issue."""
    with pikepdf.open(io.BytesIO(reference.pdf)) as pdf:
        attached: Any = pdf.Root.AF
        found = {
            str(file.UF): (str(file.AFRelationship), str(file.Desc), file.EF.F.Params)
            for file in attached
        }
    assert set(found) == {
        "chronology.csv", "people.csv", "gazetteer.csv", "facts.csv", "places.geojson",
        "sources.csl.json", "sources.bib", "inputs.json", "coverage.json", "evidence.csv",
    }  # fmt: skip
    for name, (relationship, description, dates) in found.items():
        assert relationship == ("/Supplement" if name == "inputs.json" else "/Data")
        assert len(description) > 20
        assert str(dates.ModDate) == str(dates.CreationDate) == "D:20261123000000Z"


def test_data_is_whole(reference: Made) -> None:
    """Events, places and sources are all there, and each file is read by its own reader."""
    files = provenance.enclosed(reference.pdf)
    events = list(csv.DictReader(io.StringIO(files["chronology.csv"].decode("utf-8-sig"))))
    names = list(csv.DictReader(io.StringIO(files["gazetteer.csv"].decode("utf-8-sig"))))
    facts = list(csv.DictReader(io.StringIO(files["facts.csv"].decode("utf-8-sig"))))
    places = json.loads(files["places.geojson"])["features"]
    sources = json.loads(files["sources.csl.json"])
    folios = reference.rounds[-1]
    assert {f"event-{e['id']}" for e in events} == {a for a in folios if a.startswith("event-")}
    assert {f"place-{n['id']}" for n in names} == {a for a in folios if a.startswith("place-")}
    assert {f"source-{s['id']}" for s in sources} == {a for a in folios if a.startswith("source-")}
    displaced = [fact for fact in facts if fact["address"] == "agdam.displaced"]
    assert [(f["value"], f["contested"]) for f in displaced] == [
        ("120,000", "yes"), ("128,000", "yes"), ("130,000", "yes"),
    ]  # fmt: skip
    agdam = next(place for place in places if place["id"] == "agdam")
    longitude, latitude = agdam["geometry"]["coordinates"]
    assert 46 < longitude < 48
    assert 39 < latitude < 41
    assert {"az", "hy", "ru"} <= {name["language"] for name in names}
    assert [] == [e["id"] for e in events if any(mark in e["text"] for mark in ("[[", "[@", "<"))]
    assert files["sources.bib"].decode().count("\n@") + 1 == len(sources)


def test_attached_names_are_found(reference: Made) -> None:
    """The name tree is in order, so that a reader that searches by halves finds each file."""
    with pikepdf.open(io.BytesIO(reference.pdf)) as pdf:
        assert all(pdf.attachments[name].get_file() for name in list(pdf.attachments))
