"""A contested date shows its days, whatever the scale; each hairline ends at one sign."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import pytest

from press import plates
from press.base.boxes import Box, overlap
from press.content.load import load
from press.content.snapshot import Snapshot, engine_files, read
from press.design.editions import named
from press.design.styles import flatten
from press.plates import Drawing
from press.plates.timelines.leaders import course, ways_out
from press.plates.timelines.words import STRIP
from tests.conftest import DOSSIERS

PX = 96 / 25.4
STYLES = {
    name: flatten(engine_files(), "default", named(name).sheet_name, paper)
    for name, paper in (("dossier", "a4"), ("booklet", "half-letter"))
}
SIGNS = ("triangle", "circle")


def drawn(
    events: Sequence[str | tuple[str, ...]], edition: str = "dossier", phases: str = ""
) -> Drawing:
    """A timeline of these events in two lanes by turns.

    Several dates are those of as many accounts, of which one with ``!`` is preferred.
    """
    rows = "".join(_row(n, dates) for n, dates in enumerate(events))
    kinds = "".join(f"  - {{id: c{n}, label: Kind {n}, sign: {s}}}\n" for n, s in enumerate(SIGNS))
    own = {
        "chronology.yaml": f"categories:\n{kinds}{phases}events:\n{rows}",
        "plates.yaml": "plates:\n  - {id: line, kind: timeline, title: Line}\n",
    }
    files = {**read(DOSSIERS / "tiny", "tiny").files, **{n: t.encode() for n, t in own.items()}}
    return plates.draw(load(Snapshot("s", "s", files)).dossier, STYLES[edition], {})["line"]


def _row(number: int, dates: str | tuple[str, ...]) -> str:
    head = (
        f"  - {{id: e{number}, title: Event {number}, text: It was., category: c{number // 9 % 2}"
    )
    if isinstance(dates, str):
        return f'{head}, date: "{dates}", sources: [whymper]}}\n'
    claims = ", ".join(
        f'{{date: "{date.rstrip("!")}", says: one, sources: [whymper]'
        f"{', preferred: true, reason: it is' if date.endswith('!') else ''}}}"
        for date in dates
    )
    return f"{head}, claims: [{claims}]}}\n"


def signs(made: Drawing, event: str) -> list[Box]:
    """The boxes of the signs of an event, in mm, in the order in which they are painted."""
    paths = re.findall(rf'data-of="event-{event}" class="sign [^"]*" d="([^"]+)"', made.svg)
    points = [[float(n) / PX for n in re.findall(r"-?[\d.]+", path)] for path in paths]
    return [(min(p[::2]), min(p[1::2]), max(p[::2]), max(p[1::2])) for p in points]


def legend(made: Drawing) -> dict[str, str]:
    return {i.text: i.svg for c in made.columns for g in c.groups for i in g.items}


FAR = "1868-12-24"


@pytest.mark.parametrize("edition", ["dossier", "booklet"])
@pytest.mark.parametrize(
    "dates",
    [
        ("1865-07-17!", "1865-07-18"), ("1865-07-17", "1865-07-18"),
        ("1865-07-14", "1865-07-15!", "1865-07-16"), ("1865-07-14/1865-07-16!", "1865-07-15"),
        ("1865-07-14~!", "1865-07-15"), ("-0043-03-15!", "-0043-03-16"),
    ],
)  # fmt: skip
def test_every_day_of_a_contested_date_is_seen(dates: tuple[str, ...], edition: str) -> None:
    """On an axis of years, too, no sign lies over another, and they are tied to each other."""
    far = FAR if dates[0][0] == "1" else "-0039-12-24"
    made = drawn([dates, far, far], edition)
    boxes = signs(made, "e0")
    assert len(boxes) == len(dates)
    assert not any(overlap(a, b) for a, b in itertools.combinations(boxes, 2))
    joins = re.findall(r'class="(line link[^"]*)"', made.svg)
    assert len(joins) == len(dates) - 1
    (sample,) = (svg for text, svg in legend(made).items() if text.startswith("Sources disagree"))
    assert re.findall(r'class="(line link[^"]*)"', sample) == joins[:1]


def test_days_of_a_contested_date_stand_at_their_heights() -> None:
    """Those that lie apart on the axis stand one under the other, as before."""
    made = drawn([("1865-07-01!", "1865-07-20"), "1865-07-30"])
    other, preferred = signs(made, "e0")
    assert other[0] == pytest.approx(preferred[0], abs=0.4)
    assert other[1] > preferred[3]
    (join,) = re.findall(r'class="line link [^"]*" d="M([-\d.]+) [-\d.]+L([-\d.]+) ', made.svg)
    assert join[0] == join[1]


def test_legend_shows_filled_signs_of_contested_dates_only_where_there_are_any() -> None:
    """Where no account is preferred it says so, and draws two open signs."""
    open_, filled = (drawn([("1865-07-01" + mark, "1865-07-20")]) for mark in ("", "!"))
    (words,) = (text for text in legend(open_) if text.startswith("Sources"))
    assert "none is preferred" in words
    assert "cased" not in legend(open_)[words]
    (words,) = (text for text in legend(filled) if text.startswith("Sources"))
    assert "filled" in words
    assert "cased" in legend(filled)[words]


def test_legend_explains_no_sign_that_is_not_there() -> None:
    """A plate of known days has these alone."""
    texts = [*legend(drawn(["1865-07-01", "1865-07-20"]))]
    assert texts == ["Kind 0", "Day known"]


@pytest.mark.parametrize(
    ("dates", "filled", "says"),
    [
        (("1865-07-01", "1865-07-20~!"), True, "Preferred of several dates, its day uncertain"),
        (("1865-07-01~", "1865-07-20!"), False, "Day uncertain"),
        (("1865-07-03/1865-07-04", "1865-07-20!"), False, "Another date given, from one day"),
        (("1865-07-03/1865-07-04!", "1865-07-20"), True, "Lasted from one day to another"),
        (("1865-07-03/1865-07-04", "1865-07-20"), False, "Another date given, from one day"),
    ],
)
def test_legend_has_each_look_that_is_drawn(
    dates: tuple[str, ...], filled: bool, says: str
) -> None:
    """A filled sign in haze, and an empty one with a bar, with words of their own; each once."""
    made = drawn([dates, "1865-07-30"])
    stretch = "fade" if "~" in "".join(dates) else "bar"
    texts = [text for text, svg in legend(made).items() if f'class="{stretch} ' in svg]
    assert [text for text in texts if text.startswith(says)] == texts
    (svg,) = (legend(made)[text] for text in texts)
    assert ('class="sign cased ' in svg) == filled
    assert len(re.findall(r'class="sign ', svg)) == 1


def test_haze_fades_at_both_ends_also_where_the_axis_ends() -> None:
    """The three lengths of a whole year end each at its own height, as in the legend."""
    made = drawn(["1857~", "1865-07-14"])
    hazes = re.findall(r'class="fade [^"]*" x="[\d.]+" y="([\d.]+)" .*?height="([\d.]+)"', made.svg)
    ends = [(float(y), float(y) + float(height)) for y, height in hazes]
    assert len(ends) == 3
    for (top, bottom), (above, below) in itertools.pairwise(ends):
        assert top - above > 0.5
        assert below - bottom > 0.5


@pytest.mark.parametrize("edition", ["dossier", "booklet"])
def test_what_lasted_is_seen_beside_its_sign(edition: str) -> None:
    """Its edge is as long as it lasted, however short that is, and clear of the sign."""
    made = drawn(["1910-01-18/1910-01-20", "1910-03-10"], edition)
    (sign,) = signs(made, "e0")
    edges = re.findall(
        r'class="span [^"]*" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', made.svg
    )
    ((left, top, width, height),) = [tuple(float(n) / PX for n in edge) for edge in edges]
    assert not overlap(sign, (left, top, left + width, top + height))
    assert 0.35 < height < 2.4


@pytest.mark.parametrize("day", ["1910-01-01~", "1910-01-31~", "1857~"])
def test_haze_stays_on_the_axis(day: str) -> None:
    """It runs neither out of the frame nor into a break."""
    made = drawn([day, "1910-01-01", "1910-01-31"])
    hazes = re.findall(
        r'class="fade [^"]*" x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', made.svg
    )
    spine = re.search(
        r'class="spine" x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', made.svg
    )
    assert hazes
    assert spine
    top, high = (float(n) for n in spine.groups())
    breaks = [
        float(y)
        for d in re.findall(r'class="break" d="([^"]+)"', made.svg)
        for y in re.findall(r"[ML][-\d.]+ ([-\d.]+)", d)
    ]
    for begin, length in ((float(a), float(b)) for a, b in hazes):
        assert top - 0.02 <= begin
        assert begin + length <= top + high + 0.02
        assert not any(begin + 0.1 < y < begin + length - 0.1 for y in breaks)


@pytest.mark.parametrize(
    "events",
    [
        ["1993-08-18"] * 3,
        ["1993-08-18"] * 9 + ["1993-08-18"] * 2,
        ["1993-08-18", "1993-08-19", "1993-08-20", "1993-10-01"] * 3,
        [("1993-08-18", "1993-08-19!"), "1993-08-18", "1993-08-19", "1993-12-19"] * 3,
    ],
)
def test_each_hairline_meets_its_own_sign_alone(events: list[str]) -> None:
    """It passes the signs of all other events, those of the same day in other lanes as well."""
    made = drawn(events)
    assert not made.listed
    lines = [
        [(float(x) / PX, float(y) / PX) for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", d)]
        for d in re.findall(r'class="leader" d="([^"]+)"', made.svg)
    ]
    assert len(lines) == len(events)
    boxes = {f"e{n}": signs(made, f"e{n}") for n in range(len(events))}
    for line in lines:
        met = {name for name, of in boxes.items() if any(crosses(line, box) for box in of)}
        assert len(met) == 1, (line, met)


def crosses(line: Sequence[tuple[float, float]], box: Box) -> bool:
    """Whether one of forty points of each piece of a line lies in a box."""
    return any(
        box[0] < a[0] + t / 40 * (b[0] - a[0]) < box[2]
        and box[1] < a[1] + t / 40 * (b[1] - a[1]) < box[3]
        for a, b in itertools.pairwise(line)
        for t in range(41)
    )


def test_hairlines_keep_apart_and_in_the_order_of_their_words() -> None:
    """Five signs of one day: the outermost runs straight, the others pass above it by turns."""
    starts = [((3.0 * n, 10.0), n) for n in range(5)]
    heights = ways_out(starts, starts, 1, (0.0, 99.0))
    assert heights == sorted(heights)
    assert heights[-1] == 10.0
    assert all(b - a > 0.5 for a, b in itertools.pairwise(heights))
    assert course((0.0, 10.0), 8.0, 20.0, (26.0, 5.0), 1)[0] == (0.0, 10.0)


@pytest.mark.parametrize("edition", ["dossier", "booklet"])
def test_long_name_of_a_phase_stands_small_in_two_lines(edition: str) -> None:
    """Along its edge, where one line has no room."""
    name = "From the first of the many attempts on the ridge to the fall of the last of the four"
    phases = f"phases:\n  - {{id: p, title: {name}, begins: 1857}}\n"
    made = drawn([f"1857-{n:02}-03" for n in range(1, 10)], edition, phases)
    assert not made.remarks
    (box,) = (box.box for box in made.boxes if box.key == "phase-p")
    assert 0 <= box[0] < box[2] < STRIP
    assert box[3] - box[1] < made.height


def test_phase_too_short_to_be_seen_is_named() -> None:
    """A day at the end of years is no band, and not lost."""
    phases = "phases:\n  - {id: p, title: The last day, begins: 1868-12-24}\n"
    made = drawn(["1860-01-01", "1862", "1864", "1866", FAR], phases=phases)
    assert any("The last day" in remark for remark in made.remarks)
