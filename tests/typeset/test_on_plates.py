"""What plates ask for, proved by loss: each name, date and shape taken out of a drawing is missed.

The drawings are made once; a removal takes an element out of their SVG, or adds a rule to it, and
what is left is read anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from press.base.finding import Finding, findings_by
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files
from press.design.editions import named
from press.plates.shaping import as_seen
from press.typeset import on_plates, set_drawings
from press.typeset.engine import HTML
from press.typeset.expected import Expected
from press.views.view import Work
from tests.conftest import bench_for, document_of
from tests.typeset.test_ledger import NO_PAGES

PLATES = b"""plates:
  - id: mountain
    kind: map
    title: The Matterhorn and its villages
    show: places
    extent: {west: 6.5, south: 45.3, east: 8.8, north: 46.7}
    relief: false
    tints: false
    rivers: false
    towns: false
    size: half
    areas:
      - {iso: CHE, style: tint, legend: Tinted}
      - {iso: ITA, style: hatch, legend: Hatched}
      - {iso: FRA, style: outline, legend: Outlined}
      - {name: Bern, country: CHE, event: first-attempt, label: Berne}
      - {name: Valais, country: CHE, event: summit}
      - {iso: IT-VC, style: name, label: Vercelli}
    lines:
      - {through: [zermatt, breuil], legend: The way, style: route, label: Way}
    arrows:
      - {through: [breuil, matterhorn], label: Up, sources: [whymper]}
  - id: numbered
    kind: map
    title: What happened
    show: events
    markers: numbers
    relief: false
    tints: false
    rivers: false
    padding: 200
    size: half
  - id: years
    kind: timeline
    title: From the attempts to the summit
    show: events
"""


@dataclass(frozen=True)
class Plates:
    """The HTML of three plates, and what it is held against."""

    html: str
    expected: Expected

    def findings(self, html: str = "") -> list[Finding]:
        """What is said of the HTML, or of another."""
        text = html or self.html
        pages = replace(
            NO_PAGES, text=text, marks=set_drawings.read(HTML(string=text).etree_element)
        )
        return list(findings_by(on_plates.CHECKS, pages, self.expected))

    def elements(self) -> Iterator[re.Match[str]]:
        """Every shape and text of the drawings that has no elements in it."""
        return re.finditer(r"<(path|rect|circle|text)\b[^>]*?(?:/>|>([^<]*)</text>)", self.html)


@pytest.fixture(scope="module")
def three(matterhorn: Snapshot) -> Plates:
    """A map with all that may lie over one, a map with numbers, and a time line."""
    return plates_of({**matterhorn.files, "plates.yaml": PLATES})


def plates_of(files: dict[str, bytes]) -> Plates:
    """The plates of a dossier, as its HTML has them."""
    work = Work("a.pdf", load(Snapshot("a", "a", files)), named("dossier"), "default",
                engine_files())  # fmt: skip
    html = document_of(work).html.text
    figures = re.findall(r"<figure class=\"plate.*?</figure>", html, flags=re.DOTALL)
    drawings = tuple(bench_for(work).drawings.values())
    assert not [fault for drawing in drawings for fault in drawing.faults]
    expected = Expected("a.pdf", frozenset(), loaded=work.loaded, drawings=drawings)
    return Plates(f"<html><body>{''.join(figures)}</body></html>", expected)


def test_whole_plates_are_silent(three: Plates) -> None:
    """Nothing is lost, and nothing is said."""
    assert [] == three.findings()


def test_each_marked_shape_is_missed(three: Plates) -> None:
    """Areas of every style, a route, an arrow, and the signs of places and events."""
    wanted = Counter(name for one in three.elements() for name in marks_of(one[0]))
    missed: Counter[str] = Counter()
    for name in wanted:
        html = three.html
        for one in reversed([*three.elements()]):
            if name in marks_of(one[0]):
                html = html[: one.start()] + html[one.end() :]
        found = three.findings(html)
        assert found, name
        assert {"P464"} == {one.code for one in found}
        missed[name.partition("-")[0]] += 1
        if name.startswith(on_plates.LAID):
            assert three.html.count(f'data-of="{name}"') or name == "areas-2"
            assert found[0].line == line_of(name)
    assert missed["areas"] == 5
    assert missed["lines"] == missed["arrows"] == 1
    assert missed["place"] == 3
    assert missed["event"] == 4


def marks_of(markup: str) -> list[str]:
    """What an element is drawn for."""
    found = re.search(r'data-of="([^"]*)"', markup)
    return found[1].split() if found else []


def line_of(name: str) -> int:
    """The line of an area, a line or an arrow of the first plate."""
    kind, _, number = name.partition("-")
    lines = PLATES.decode().split("\n")
    return lines.index(f"    {kind}:") + 2 + int(number)


def test_each_date_of_a_time_line_is_missed(three: Plates) -> None:
    """Also where two events have one day."""
    begin, tried = three.html.find('id="plate-years"'), 0
    for one in three.elements():
        if one.start() > begin and "label-when " in one[0]:
            found = three.findings(three.html[: one.start()] + three.html[one.end() :])
            assert ["P464"] == [each.code for each in found], one[0]
            assert "date" in found[0].message
            tried += 1
    assert tried >= 3


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("text{display:none}", "display: none"),
        (".label-dated{visibility:hidden}", "visibility: hidden"),
        (".label-when{opacity:0}", "opacity: 0"),
        (".label-what{fill:transparent}", "fill: transparent"),
        (".label-what{fill-opacity:0}", "fill-opacity: 0"),
        (".label-dated{font-size:0mm}", "font-size: 0mm"),
        (".label-dated{fill:#fffdf8}", "fill: #fffdf8 on #fffdf8"),
        (".area-tint{display:none}", "display: none"),
        (".hatch{stroke:none}", "fill: a pattern without lines"),
        (".arrow{fill:none;stroke:none}", "fill: none"),
        (".sign{opacity:0}", "opacity: 0"),
        (".area-line{stroke-width:0mm}", "fill: none"),
    ],
)
def test_what_a_rule_hides_is_one_finding(rule: str, why: str, three: Plates) -> None:
    """However many words or shapes it hides, and on however many plates."""
    found = three.findings(three.html.replace("</style>", f"{rule}</style>"))
    assert ["P464"] == [one.code for one in found]
    assert f"cannot be seen, {why}" in found[0].message or f": {why}" in found[0].message
    assert rule.partition("{")[0].partition("text")[2] in found[0].hint


def test_a_shape_beyond_its_picture_is_missed(three: Plates) -> None:
    """It is drawn, where nobody sees it."""
    arrow = next(one for one in three.elements() if "arrows-0" in one[0])
    moved = re.sub(r'd="M[^l]*', 'd="M-900 -900', arrow[0])
    (found,) = three.findings(three.html.replace(arrow[0], moved))
    assert (
        "the arrow 'Up' on Map\N{NO-BREAK SPACE}1 cannot be seen: outside the picture"
        in found.message
    )


def test_a_shape_that_begins_beyond_its_picture_is_seen(three: Plates) -> None:
    """An area that the frame cuts has its first corner outside."""
    arrow = next(one for one in three.elements() if "arrows-0" in one[0])
    begun = re.sub(r'd="M([^l]*)', r'd="M-900 -900L\1', arrow[0])
    assert begun != arrow[0]
    assert [] == list(three.findings(three.html.replace(arrow[0], begun)))


@pytest.mark.parametrize("name", ["Zermatt", "Breuil", "Matterhorn"])
def test_each_name_on_a_map_is_missed(name: str, three: Plates) -> None:
    """Although the chapters and the gazetteer have it."""
    begin, end = (three.html.find(f'id="plate-{one}"') for one in ("mountain", "numbered"))
    lacking = re.sub(f"(?<=>){name}(?=<)", "", three.html[begin:end])
    found = three.findings(three.html[:begin] + lacking + three.html[end:])
    assert [f"“{name}” is not on Map\N{NO-BREAK SPACE}1, which shows it"] == [
        one.message for one in found
    ]


SHAPED = ("محمد", "بندر عباس", "جبل طارق (The Rock)", "عدن")


@pytest.fixture(scope="module")
def shaped(matterhorn: Snapshot) -> Plates:
    """A map whose places have names that run from right to left."""
    place = '  - {{id: a{}, kind: town, name: "{}", at: "{}, 7.7", sources: [whymper]}}\n'
    listed = "".join(place.format(n, name, 45.2 + 0.4 * n) for n, name in enumerate(SHAPED))
    plate = (
        b"plates:\n  - {id: m, kind: map, title: M, show: places, relief: false, towns: false}\n"
    )
    files = {**matterhorn.files, "plates.yaml": plate}
    files["gazetteer.yaml"] += f"\n{listed}".encode()
    return plates_of(files)


def test_names_from_right_to_left_are_found(shaped: Plates) -> None:
    """They are drawn as they stand on paper, and nothing is said of them."""
    assert [] == shaped.findings()


@pytest.mark.parametrize("name", SHAPED)
def test_each_name_from_right_to_left_is_missed(name: str, shaped: Plates) -> None:
    """Although the words are backwards in the drawing."""
    word = as_seen(name.split(maxsplit=1)[0])
    lacking = re.sub(f"{word}(?=[^<>]*</text>)", "", shaped.html)
    assert lacking != shaped.html
    assert [f"“{name}” is not on Map\N{NO-BREAK SPACE}1, which shows it"] == [
        one.message for one in shaped.findings(lacking)
    ]


def test_each_event_of_a_time_line_is_missed(three: Plates) -> None:
    """Although the chronology prints it."""
    assert three.expected.loaded is not None
    begin = three.html.find('id="plate-years"')
    for title in {one.title for one in three.expected.loaded.dossier.events.values()}:
        lacking = re.sub(f"(?<=>){title}(?=<)", "", three.html[begin:])
        said = [one.message for one in three.findings(three.html[:begin] + lacking)]
        if lacking != three.html[begin:]:
            assert [f"“{title}” is not on Timeline"] == [one[: len(title) + 21] for one in said]
