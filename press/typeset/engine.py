"""WeasyPrint: the only module that imports it, and pydyf and tinyhtml5, which it works with.

It also patches cssselect2, which tells WeasyPrint what a rule applies to.

Patches, tags and the reader of set pages reach into what none of them promises, and what may
change without notice. So the press knows one version of each, and with any other sets nothing:
importing this module says so in a finding (X906). To move to another version, name it in ``PROVEN``
and in ``pyproject.toml``, lock it, and run ``tests/typeset/test_engine.py``, which lists the names
that are used, and says which are gone, and which patches answer a fault that is there no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from press.base.finding import refusal
from press.typeset import fonts
from press.typeset.balancing import kept_whole, levelled, on_trial
from press.typeset.cascade_once import cascaded_once
from press.typeset.hot_paths import (
    CompiledOnce,
    KeptFonts,
    KeptLines,
    KeptMatches,
    flow_at_once,
    plain_lengths_noted,
    plain_values_first,
    struts_noted,
)
from press.typeset.sheets_read import read_once
from press.typeset.weasyprint_patches import (
    EndlessPageError,
    NotesStay,
    RowStarts,
    beginning,
    ending,
    hanging_spaces,
    noting_line_start,
    only_at_line_start,
    patch,
    room_for_notes,
    spelled_as_given,
    with_its_page,
    within_its_page,
)

PROVEN = {"weasyprint": "70.0", "pydyf": "0.13.0", "tinyhtml5": "2.1.0", "cssselect2": "0.10.1"}
"""The versions whose inside the press knows."""


def require_proven(found: Mapping[str, str]) -> None:
    """Raises ContentError (X906) where the versions ``found`` are not those that are proven."""
    if found != PROVEN:
        here, known = (
            " and ".join(f"{name} {version}" for name, version in versions.items())
            for versions in (found, PROVEN)
        )
        message = f"this is {here}; the press sets pages with {known} only"
        hint = "run python3 build.py, which installs what requirements.lock names"
        raise refusal("press", "X906", message, hint)


with fonts.direct_loading():
    import cssselect2
    import pydyf
    import tinycss2
    import tinyhtml5
    import weasyprint

    require_proven(
        {
            package.__name__: package.__version__
            for package in (weasyprint, pydyf, tinyhtml5, cssselect2)
        }
    )

    from tinyhtml5 import inputstream
    from weasyprint import HTML, Attachment, css
    from weasyprint import Document as RenderedDocument
    from weasyprint import pdf as writer
    from weasyprint.css import PSEUDO_ELEMENTS
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.properties import (
        INHERITED,
        INITIAL_NOT_COMPUTED,
        INITIAL_VALUES,
        KNOWN_PROPERTIES,
    )
    from weasyprint.css.tokens import InvalidValues, remove_whitespace
    from weasyprint.css.validation import NOT_PRINT_MEDIA
    from weasyprint.css.validation.expanders import EXPANDERS
    from weasyprint.css.validation.properties import validate_non_shorthand
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import LayoutContext, block, inline, preferred, table
    from weasyprint.layout import float as floats
    from weasyprint.layout import page as page_layout
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.layout.replaced import replacedbox_layout
    from weasyprint.logger import LOGGER
    from weasyprint.pdf.stream import Stream
    from weasyprint.text import line_break
    from weasyprint.text.ffi import harfbuzz, pango
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

__all__ = [
    "FONTS", "HOT_PATHS", "HTML", "LINES", "LOGGER", "PATCHES", "PROVEN", "SCREEN_ONLY",
    "Attachment", "EndlessPageError", "FontConfiguration", "RenderedDocument", "URLFetcher",
    "URLFetcherResponse", "boxes", "children", "compiled", "is_inherited", "libraries",
    "longhands", "matcher", "page_box", "properties", "pydyf", "tags_of", "wrapped",
    "writing_with",
]  # fmt: skip

FONTS = KeptFonts(FontConfiguration)
LINES = KeptLines((css.ComputedStyle, css.AnonymousStyle))


def _divided(*given: Any, **named: Any) -> Any:
    """``split_first_line``, kept or not: ``HOT_PATHS`` take its place where it comes from."""
    return line_break.split_first_line(*given, **named)


_MATCH = cssselect2.Matcher.match
"""As cssselect2 has it: trees are asked here that are no longer laid out."""
_ROWS = RowStarts(boxes.TableCellBox)
PATCHES = (
    patch(css, "CSS", read_once),
    patch(inline, "split_first_line", lambda _: hanging_spaces(_divided)),
    patch(line_break.pyphen.Pyphen, "iterate", spelled_as_given),
    patch(inline, "split_inline_box", noting_line_start),
    patch(inline, "split_text_box", only_at_line_start),
    patch(LayoutContext, "in_column", NotesStay),
    patch(LayoutContext, "_update_footnote_area", room_for_notes),
    patch(LayoutContext, "add_broken_out_of_flow", with_its_page),
    patch(page_layout, "float_layout", within_its_page),
    patch(page_layout, "make_page", beginning),
    patch(block, "block_container_layout", _ROWS.layout),
    patch(block, "avoid_page_break", _ROWS.avoid),
    patch(block, "_in_flow_layout", ending),
    patch(block, "_linebox_layout", ending),
)
_KINDS = (
    boxes.BlockBox, boxes.InlineBlockBox, boxes.InlineBox, boxes.LineBox, boxes.TableCellBox,
    boxes.TableRowBox, boxes.TableRowGroupBox, boxes.TextBox,
)  # fmt: skip
HOT_PATHS = (
    patch(block, "columns_layout", levelled),
    patch(block, "block_box_layout", on_trial),
    patch(block, "block_level_layout_switch", kept_whole),
    patch(boxes.Box, "is_in_normal_flow", flow_at_once),
    patch(
        css.StyleFor,
        "__init__",
        cascaded_once(
            css.find_style_attributes, css.preprocess_declarations, css.declaration_precedence
        ),
    ),
    patch(
        css.ComputedStyle,
        "__missing__",
        plain_values_first(INHERITED, INITIAL_VALUES, INITIAL_NOT_COMPUTED, PHYSICAL_FUNCTIONS),
    ),
    patch(inputstream, "characters_until_regex", CompiledOnce),
    patch(cssselect2.Matcher, "match", KeptMatches().kept),
    patch(line_break, "split_first_line", LINES.kept),
    patch(preferred, "split_first_line", LINES.kept),
    patch(inline, "strut", struts_noted),
    *(
        patch(module, "resolve_percentages", partial(plain_lengths_noted, _KINDS))
        for module in (block, floats, inline, table)
    ),
)
for _patch in (*PATCHES, *HOT_PATHS):
    _patch.apply()


def page_box(page: Any) -> Any:
    """The outermost box of a set page."""
    return page._page_box


def children(box: Any) -> Iterator[Any]:
    """The boxes in a box, also those that stand outside the flow."""
    for child in getattr(box, "children", ()):
        yield child._box if isinstance(child, AbsolutePlaceholder) else child


def properties() -> frozenset[str]:
    """The names of the properties that are known, as a style sheet has them."""
    return frozenset(KNOWN_PROPERTIES) | frozenset(EXPANDERS)


SCREEN_ONLY: frozenset[str] = frozenset(NOT_PRINT_MEDIA)
"""Properties that mean nothing on paper, and that are passed over without a word."""


def longhands(name: str, value: str, base: str) -> tuple[tuple[str, Any], ...]:
    """What a declaration sets, each property by its own name, as WeasyPrint reads it.

    Raises ValueError, with the reason, where it does not take the property or the value.
    """
    words = remove_whitespace(tinycss2.parse_component_value_list(value, skip_comments=True))
    try:
        if not words:
            raise InvalidValues("no value")
        return tuple(EXPANDERS.get(name, validate_non_shorthand)(words, name, base))
    except InvalidValues as error:
        raise ValueError(str(error.args[0] if error.args else "") or "invalid value") from None


def is_inherited(longhand: str) -> bool:
    """Whether a property is handed on to the elements within, where these say nothing of it."""
    return longhand.replace("-", "_") in INHERITED


def compiled(prelude: Any) -> list[Any]:
    """The selectors of a rule, which can be tried on elements.

    Raises ValueError for what is none, or names a pseudo-element that WeasyPrint does not set.
    As it has it, ``&`` outside of any rule is the root.
    """
    root = tinycss2.parse_component_value_list(":root")
    nodes = [one for node in prelude for one in (root if node == "&" else [node])]
    try:
        found = list(cssselect2.compile_selector_list(nodes))
    except cssselect2.SelectorError as error:
        raise ValueError(str(error.args[-1]).lower()) from None
    for one in found:
        if one.pseudo_element not in PSEUDO_ELEMENTS:
            raise ValueError(f"there is no ::{one.pseudo_element} on paper")
    return found


def wrapped(root: Any) -> Mapping[Any, Any]:
    """Each element of a tree as selectors take it, in the order of the tree."""
    whole = cssselect2.ElementWrapper.from_html_root(root)
    return {one.etree_element: one for one in whole.iter_subtree()}


Matched = tuple[tuple[int, int, int], int, str | None, Any]
"""A rule that applies: its specificity, its number, its pseudo-element, and what was given for it.
"""


def matcher(rules: Iterable[tuple[Sequence[Any], Any]]) -> Callable[[Any], list[Matched]]:
    """What tells which of ``rules``, selectors and anything, apply to a wrapped element."""
    every = cssselect2.Matcher()
    for selectors, given in rules:
        for selector in selectors:
            every.add_selector(selector, given)
    return partial(_MATCH, every)


def tags_of(stream: Any) -> dict[Any, Any] | None:
    """The marked content of a page's stream by its boxes; None where the PDF gets no tags."""
    tags: dict[Any, Any] | None = stream._tags
    return tags


@contextmanager
def writing_with(
    marked: Callable[[Any], Any], add_links: Callable[..., None], add_tags: Callable[..., None]
) -> Iterator[None]:
    """While the block runs, PDFs are written with these functions in place of WeasyPrint's own.

    ``marked`` is given WeasyPrint's ``Stream.marked`` and makes what takes its place.
    """
    before = Stream.marked, writer.add_links, writer.add_tags
    Stream.marked = marked(Stream.marked)
    writer.add_links, writer.add_tags = add_links, add_tags
    try:
        yield
    finally:
        Stream.marked, writer.add_links, writer.add_tags = before


def libraries() -> dict[str, str]:
    """The versions of the system's libraries on which the bytes of a PDF depend."""
    number = int(pango.pango_version())
    return {
        "pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "harfbuzz": ".".join(map(str, _harfbuzz())),
    }


def _harfbuzz() -> list[int]:
    """HarfBuzz's version; the library is bound so that it only tells whether it is new enough."""
    version = [0, 0, 0]
    for place in range(3):
        while version[place] < _NEWEST and harfbuzz.hb_version_atleast(
            *(n + 1 if i == place else n for i, n in enumerate(version))
        ):
            version[place] += 1
    return version


_NEWEST = 999


def drawn_picture(box: Any) -> tuple[float, float, float, float]:
    """Where the picture of a box is drawn, whole: left, top, right and bottom, in CSS pixels."""
    width, height, left, top = replacedbox_layout(box)
    return left, top, left + width, top + height


def transformation(box: Any, around: Any) -> Any:
    """What the transformations of a box and of what is ``around`` it do to places, together."""
    own = box.transformation_matrix
    return own if around is None or own is None else own @ around
