"""What only the set pages show, each with the page and the line that made it.

Such a check takes the pages as they are laid out, and what they are held against; it is run by
``press.typeset.proof``.
"""

from __future__ import annotations

import inspect
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

import tinycss2.color3
from PIL import Image

from press.base.finding import PageRemark, Place, code_of
from press.base.units import MM, counted
from press.content.rasters import orientation
from press.design.contrast import Rgb, contrast, hex_of
from press.typeset.blame import NARROWING, SIZING, acting, coloured, place_of, remedy
from press.typeset.expected import Expected
from press.typeset.layout import Layout, TextLine, TextRun, inside
from press.typeset.set_drawings import LEAST_CONTRAST as SEEN

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def _at(expected: Expected, line: TextLine, message: str, hint: str, words: str = "") -> PageRemark:
    """A remark at the place where a line, or ``words`` of it, were written."""
    found = words or line.text
    return expected.remark(message, hint, line.page, found, line.anchors, line.box)


def short(words: str) -> str:
    """Words in quotation marks, shortened."""
    words = " ".join(words.split())
    return f"“{words if len(words) <= 40 else words[:39] + '…'}”"


def heading_at_foot(layout: Layout, expected: Expected) -> Iterator[PageRemark]:
    """W501: a heading stands at the foot of a page, and what it heads on the next.

    Why: The reader turns the page to find out what was announced.
    Wrong: h2 { break-after: auto }
    Right: h2 { break-after: avoid }
    Remedy: Keep the heading with what follows in the style sheet, or shorten the text before it.
    """
    main = [
        line for line in layout.lines
        if line.part == "main" and not line.within("title-page", "legend", "thead")
    ]  # fmt: skip
    for line, following in pairwise(main):
        if line.within(*HEADINGS) and following.page == line.page + 1:
            message = f"the heading {short(line.text)} stands at the foot of the page"
            hint = "keep it with what follows, or shorten the text before it"
            yield _at(expected, line, message, hint)


FEW_LINES = 4


def nearly_empty_last_page(layout: Layout, expected: Expected) -> Iterator[PageRemark]:
    """W502: the last page has fewer than four lines on it.

    Why: A sheet is printed for a few words, which a little less text before would have saved.
    Wrong: a colophon whose last two lines stand alone on page 44
    Right: a colophon that ends on page 43
    Remedy: Shorten the text by as many lines, or let it run on.
    """
    last = len(layout.pages)
    lines = [line for line in layout.lines if line.page == last and line.part != "margin"]
    pictures = [one for one in layout.pictures if one.page == last and one.source]
    if last < 3 or not lines or pictures or len(lines) >= FEW_LINES or _meant(lines):
        return
    message = f"the last page has only {counted(len(lines), 'line')}: {short(lines[0].text)}"
    hint = "shorten the text before it by as many lines"
    yield _at(expected, lines[0], message, hint)


def _meant(lines: Sequence[TextLine]) -> bool:
    """Whether few words are all that such a page should have: a drawing's, or the back cover's."""
    return any(line.within("figure", "svg", "back-cover") for line in lines)


LEAST_SIZE = 8.0
FURNITURE = ("cites", "plates", "figure", "nav", "th", "label", "handout-foot")
TINY = 4.5
"""Points below which no words can be read without a glass, be they many or few."""
MUCH = 100
"""Letters from which on small print is text to be read, and no label."""


def small_text(layout: Layout, expected: Expected) -> Iterator[PageRemark]:
    """W503: text to be read is set smaller than 8 points.

    Why: Below eight points many readers need a glass, and a copy of the page is lost. Labels,
        heads of tables, running heads and the furniture of plates may be smaller: they are
        looked at, a few words at a time. What has more than a hundred letters is text; what a
        rule of the author's sets smaller than 4.5 points is too small for any words.
    Wrong: --size-note: 7pt;
    Right: --size-note: 8pt;
    Remedy: Raise the token of its size in the theme or edition.
    """
    seen: set[tuple[float, tuple[str, ...]]] = set()
    for line, runs in _blocks(layout):
        small = [run for run in runs if run.size < LEAST_SIZE - 0.01]
        if sum(len(run.text.strip()) for run in small) <= MUCH:
            small = [run for run in line.runs if run.size < TINY and run.text.strip()]
        sized = acting(expected, small[0].element, SIZING) if small else {}
        rule = min(sized, key=lambda one: sized[one], default=None)
        if not small or (small[0].size < TINY and rule is None):
            continue
        look = (small[0].size, line.path[-2:])
        if look in seen:
            continue
        seen.add(look)
        words = max((run.text for run in small), key=len)
        message = f"{short(words)} is set in {small[0].size:.2g} pt"
        hint = f"raise its size in the theme {expected.theme!r} to {LEAST_SIZE:g} pt"
        if rule:
            hint = remedy(rule)
        elif token := _token(expected, f"{small[0].size:.4g}pt", "--size"):
            hint = f"raise {token} to {LEAST_SIZE:g} pt"
        yield _at(expected, line, message, hint, words)


def _blocks(layout: Layout) -> Iterator[tuple[TextLine, list[TextRun]]]:
    """The first line of each block of text, and the runs of it that are no furniture."""
    lines = (line for line in layout.lines if line.part != "margin")
    for _, group in groupby(lines, key=lambda line: (line.page, line.part, line.path)):
        found = list(group)
        runs = [run for line in found for run in line.runs if not inside(run.path, *FURNITURE)]
        yield found[0], runs


def _token(expected: Expected, value: str, prefix: str = "--") -> str:
    """The name of the token that has a value; empty where none has, or several."""
    names = [n for n, v in expected.tokens.items() if v.strip() == value and n.startswith(prefix)]
    return names[0] if len(names) == 1 else ""


LEAST_DPI = 200


def coarse_pictures(layout: Layout, expected: Expected) -> Iterator[PageRemark]:
    """W504: a picture has fewer than 200 pixels to the inch at its printed size.

    Why: On screen it looks sharp, in print its steps are seen. Most presses ask for 300.
    Wrong: ridge.png, 400 pixels wide, printed 106 mm wide
    Right: ridge.png, 1200 pixels wide
    Remedy: Use a larger copy of the picture, or print it smaller.
    """
    for picture in layout.pictures if expected.printed else ():
        size = _pixels(expected, picture.source) if picture.source else None
        if size is None or not picture.width or not picture.height:
            continue
        # A tall one that is held by the page keeps its form, and does not fill its box.
        dpi = max(size[0] / picture.width, size[1] / picture.height) * 72
        if dpi < LEAST_DPI - 0.5:
            name = picture.source.rpartition("/")[2]
            message = f"{name} is printed {picture.width / MM:.0f} mm wide: {dpi:.0f} dpi"
            wide = int(picture.width / 72 * LEAST_DPI) + 1
            hint = f"use a copy {wide} pixels wide, or print it smaller"
            yield expected.remark(message, hint, picture.page, name, picture.anchors, picture.box)


def _pixels(expected: Expected, source: str) -> tuple[int, int] | None:
    """Width and height of a picture of the dossier in pixels."""
    name = source.removeprefix("file:///").lstrip("/")
    files = expected.loaded.snapshot.files if expected.loaded else {}
    raw = files.get(name) or files.get(f"images/{name.rpartition('/')[2]}")
    if raw is None:
        return None
    try:
        with Image.open(io.BytesIO(raw)) as picture:
            wide, tall = picture.size
            return (tall, wide) if orientation(picture) > 4 else (wide, tall)
    except OSError:
        return None


OVER = 1.0
"""Points by which a line may pass the edge of what holds it."""
HANGING, HANGS = (",", ";", ".", ":"), 0.3
"""Marks that may hang over the edge, as they do in fine setting; how far, by the size of type."""
NAMED = 3
"""Lines of one page that are named; a table that is too wide has hundreds."""


def cells_overflow(layout: Layout, expected: Expected) -> Iterator[PageRemark]:
    """W505: the words of a table run out of their cell.

    Why: They are printed over the next cell, or over the margin.
    Wrong: a column of addresses without a place to divide them
    Right: the same with fewer columns, or with the address in a note
    Remedy: Shorten the words, give them a place to be divided, or take a column out.
    """
    counts: Counter[int] = Counter()
    for line in layout.lines:
        if line.over > OVER and line.within("td", "th"):
            counts[line.page] += 1
            if counts[line.page] > NAMED:
                continue
            message = f"{short(line.text)} runs {line.over:.0f} pt out of its cell"
            hint = "shorten it, give it a place to be divided, or take a column out"
            hint = _narrowed(expected, line) or hint
            yield _at(expected, line, message, hint)


def lines_overflow(layout: Layout, expected: Expected) -> Iterator[PageRemark]:
    """W506: a word or address is too long for its line, and runs into the margin.

    Why: It stands out of the column, or over what is printed beside it.
    Wrong: https://example.org/averylongaddresswithoutanyplacetodivideit
    Right: [the list](https://example.org/averylongaddresswithoutanyplacetodivideit)
    Remedy: Give it words that can be divided, or a soft hyphen.
    """
    for line in layout.lines:
        text = line.part in ("main", "note") and not line.within("td", "th", "figure", "svg")
        if line.over > OVER and text and not _hangs(line):
            message = f"{short(line.text)} runs {line.over:.0f} pt out of its column"
            hint = "shorten it, or give it a place to be divided"
            hint = _narrowed(expected, line) or hint
            yield _at(expected, line, message, hint)


def _hangs(line: TextLine) -> bool:
    """Whether a mark behind a link, which is not parted from it, is all that runs out."""
    last = line.runs[-1]
    return last.text.strip() in HANGING and line.over <= last.size * HANGS


def _narrowed(expected: Expected, line: TextLine) -> str:
    """What to do where a rule of the author's leaves a line too little room; "" for none."""
    rule = acting(expected, line.element, NARROWING)
    likely = min(rule, key=lambda one: (place_of(one, NARROWING), rule[one]), default=None)
    return remedy(likely) if likely else ""


EDGE = 11.0
"""Points, four millimetres, that most printers cannot print on at the edge of a sheet."""


def near_the_edge(layout: Layout, expected: Expected) -> Iterator[PageRemark]:
    """W507: words stand closer than four millimetres to the edge of the sheet.

    Why: Most printers cannot print there, and a trimmed edge is never exact.
    Wrong: --margin-outer: 2mm;
    Right: --margin-outer: 15mm;
    Remedy: Widen the margin in the edition or paper.
    """
    seen: set[tuple[str, ...]] = set()
    for line in layout.lines if expected.printed else ():
        page = layout.pages[line.page - 1]
        near = min(line.left, line.top, page.width - line.right, page.height - line.bottom)
        look = (line.part, *line.path[-2:])
        if 0 <= near < EDGE and look not in seen and not line.within("figure", "svg"):
            seen.add(look)
            message = f"{short(line.text)} stands {near / MM:.1f} mm from the edge"
            hint = "widen the margin in the edition or paper"
            yield _at(expected, line, message, hint)


LONGEST_LINE = 100


def long_lines(layout: Layout, expected: Expected) -> Iterator[PageRemark]:
    """W508: the lines of running text have more than a hundred letters.

    Why: The eye does not find the beginning of the next line. 60 to 75 letters are read best.
    Wrong: --measure: 180mm;
    Right: --measure: 106mm;
    Remedy: Narrow --measure, or enlarge --text.
    """
    lines = [
        line
        for line in layout.lines
        if line.part == "main" and line.block == "p" and line.within("chapter")
        and not line.within("figure", "aside", "td")
    ]  # fmt: skip
    lengths = sorted(len(line.text.strip()) for line in lines)
    if len(lengths) < 12:
        return
    usual = lengths[len(lengths) * 3 // 4]
    if usual > LONGEST_LINE:
        first = next(line for line in lines if len(line.text.strip()) >= usual)
        message = f"a full line of text has {usual} letters"
        hint = "narrow --measure, or enlarge --text"
        yield _at(expected, first, message, hint)


LEAST_CONTRAST = 4.5
LEAST_CONTRAST_LARGE = 3.0
LARGE = 18.0


def faint_text(layout: Layout, expected: Expected) -> Iterator[PageRemark]:
    """W509: words do not stand out enough from what is under them (WCAG 2.2, 1.4.3, level AA).

    Why: Faint print is lost to weak eyes, in weak light and on a copy. The contrast must be 4.5 to
        1, and 3 to 1 from 18 points on; it is that of the pages, whatever rule made them.
    Wrong: --ink-soft: #a09a92;      /* 2.7 on white */
    Right: --ink-soft: #625c56;      /* 6.5 on white */
    Remedy: Darken the token in the theme, or the colour at the rule that the finding names.
    """
    seen: set[tuple[Rgb, Rgb]] = set()
    unseen = SEEN if coloured(expected) else 0.0  # P460 tells those
    for line in layout.lines:
        for run in line.runs:
            least = LEAST_CONTRAST_LARGE if run.size >= LARGE else LEAST_CONTRAST
            ratio = contrast(run.ink, run.ground)
            look = (run.ink, run.ground)
            if not unseen <= ratio < least - 0.005 or look in seen or not run.text.strip():
                continue
            seen.add(look)
            ink, ground = hex_of(run.ink), hex_of(run.ground)
            token = _token(expected, ink)
            message = f"{short(run.text)} has a contrast of {ratio:.1f}, {ink} on {ground}"
            hint = f"darken {token or 'it'} in the theme {expected.theme!r} until it is {least:g}"
            if rule := _coloured(expected, run):
                hint = f"darken it there until it is {least:g}"
                yield rule, message, hint, line.page, line.box
            elif place := expected.token_places.get(token):
                yield place, message, hint, line.page, line.box
            else:
                yield _at(expected, line, message, hint)


def _coloured(expected: Expected, run: TextRun) -> Place | None:
    """Where a theme or local tweaks give a run its colour, or that of its ground."""
    wanted = {"color": hex_of(run.ink), "opacity": "", "background-color": hex_of(run.ground)}
    for name, colour in wanted.items() if expected.guest_declarations else ():
        for _, (_, longhand), won in expected.winners.acting(run.element):
            one = won.declared
            said = _srgb(one.literal) == colour or name != "color"
            if longhand == name and one.is_guest and "var(" not in one.value and said:
                return one.place
    return None


def _srgb(value: str) -> str:
    """A colour of CSS as ``#rrggbb``; "" for what is none."""
    colour = tinycss2.color3.parse_color(value)
    return hex_of((colour.red, colour.green, colour.blue)) if hasattr(colour, "red") else ""


CHECKS: tuple[Callable[[Layout, Expected], Iterator[PageRemark]], ...] = tuple(
    function
    for function in list(globals().values())
    if inspect.isfunction(function) and code_of(function).startswith("W")
)
"""Every check of the set pages: the functions above that explain a code."""
