"""The editions: geometry and selection, one row each. Standard library only.

An edition is a row here, a template in ``templates/editions/`` and a sheet in ``styles/editions/``;
``docs/editions.md`` shows how one is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

AMERICAN = frozenset({"letter", "legal", "half-letter", "tabloid"})
"""Papers of North America (ANSI and common use); all others follow ISO 216."""

PAGES = ("a4", "letter", "legal", "a5", "half-letter", "a3")
"""Papers on which a whole dossier can be set."""

STANDARDS = ("pdf/a-3a+ua-1", "pdf/a-4f+ua-2")
"""The pairs of standards, one for archives and one for listeners, that a file can keep at once."""

SHEETS = ("a4", "letter")
"""Papers that class-rooms copy on."""

FOLDED: Mapping[str, str] = {
    "a5": "a4", "a4": "a3", "half-letter": "letter", "letter": "tabloid",
}  # fmt: skip
"""The sheet that is folded once to leaves of each paper."""


@dataclass(frozen=True)
class LeftOut:
    """What an edition does not print, and why.

    ``what`` is a file (``chapters/``), a model (``Claim``), or a field of one (``Rights.note``);
    where ``unless`` names a field, things that have it are printed, or all where none has. Where it
    begins with ``#``, those are printed of which the pages have an element: ``#plate`` means
    ``plate-campaign`` for the plate ``campaign``.
    """

    what: str
    why: str
    unless: str = ""

    @property
    def said(self) -> str:
        """What is left out, as authors know it: ``chapters/``, ``claims of an event``."""
        model, _, name = self.what.partition(".")
        if self.what.islower():
            return self.what
        model = _CALLED.get(model, model.lower())
        what = f"{name.replace('_', ' ')} of {model}" if name else model
        if self.unless.startswith("#"):
            return what
        if self.unless == "lasting":
            return f"{what} that count things"
        return f"{what} without {self.unless}" if self.unless else what


_CALLED = {
    "Event": "events", "Row": "rows of the infobox", "Phase": "phases", "Category": "categories",
    "Meta": "dossier.yaml", "Cite": "citations", "Revision": "revisions",
    "Attribution": "attributions", "Extract": "sources to read", "Question": "questions",
    "Claim": "accounts", "Map": "maps", "Timeline": "timelines",
}  # fmt: skip
"""Models as authors call what they hold."""


def _left_out(why: str, *what: str, unless: str = "") -> tuple[LeftOut, ...]:
    return tuple(LeftOut(one, why, unless) for one in what)


ASKED = _left_out("asked on the handout, the worksheet and the answers", "questions.yaml")
IN_FULL = _left_out(
    "it is for reading at length", "chapters/", "tables/", "glossary.yaml", "people.yaml",
    "gazetteer.yaml", "facts.yaml", "images/images.yaml", "index.yaml",
)  # fmt: skip
NOT_ON_A_SHEET = (
    *IN_FULL,
    *_left_out("it names some of the sources, and no pages", "sources.yaml", "Cite"),
    *_left_out("it has room for the publisher, the holder and the licence alone", "Imprint.place",
               "Imprint.series", "Imprint.edition", "Imprint.contact", "Imprint.note",
               "Rights.url", "Rights.note", "Attribution", "Revision"),
    *_left_out("it shows the essentials", "Event", unless="essential"),
    *_left_out("it heads the events on it alone", "Phase", "Category"),
    *_left_out("facts of an event stand in the full publication", "Event.facts"),
    *_left_out("it shows the first map, or else the first timeline", "plates.yaml",
               unless="#plate"),
)  # fmt: skip
ON_THE_HANDOUT = (
    *NOT_ON_A_SHEET,
    *_left_out("it prints accounts as far as it has room", "Event.claims", unless="#accounts"),
    *_left_out("why one account is preferred stands in the full publication", "Claim.reason"),
    *_left_out("its map is for copying, without a note", "Map.note", "Timeline.note"),
    *_left_out("it shows the essentials", "Row", unless="essential"),
    *_left_out("what they count is not all on it", "Row", unless="lasting"),
    *_left_out("it has questions marked for it, or else the first, without answers",
               "questions.yaml"),
)  # fmt: skip
ON_THE_POSTER = (
    *NOT_ON_A_SHEET,
    *_left_out("it prints the dates of accounts, and not who gives them", "Claim.says",
               "Claim.scope", "Claim.text", "Claim.reason"),
    *_left_out("it has room for a map, a timeline and what happened", "infobox.yaml"),
    *_left_out("it prints what is said of events where they are few", "Event.text"),
    *ASKED,
)  # fmt: skip
OF_QUESTIONS = (
    *(one for one in IN_FULL if one.what != "glossary.yaml"),
    *_left_out("it prints the events and terms that it draws for its tasks, and no others",
               "chronology.yaml", "glossary.yaml"),
    *_left_out("it names the sources of its passages alone", "sources.yaml"),
    *_left_out("it asks about the dossier, and does not print it", "infobox.yaml",
               "Meta.subtitle", "Meta.standfirst", "Meta.disclaimer", "Meta.issued",
               "Imprint", "Attribution", "Revision"),
    *_left_out("it has room for the holder and the licence alone", "Rights.url", "Rights.note"),
    *_left_out("its map is one to label, without words that would tell", "plates.yaml"),
)  # fmt: skip
UNANSWERED = (
    *OF_QUESTIONS,
    *_left_out("its answers are printed as the edition answers", "Question.answer",
               "Question.because", "Extract.expect", "Question.sources"),
)  # fmt: skip


@dataclass(frozen=True)
class Edition:
    """One way of printing a dossier.

    ``templates/editions/<template>.html`` is set with ``styles/editions/<sheet>.css`` on one of
    ``papers``, the first where none is asked for; both files are called as ``base`` is, or as the
    edition itself, where nothing else is said. ``variant`` names the standards that the PDF keeps:
    one of ``STANDARDS``, or a name of WeasyPrint's, "" for none. An edition
    with ``most_pages`` may not be longer. ``scheme`` is how its pages are laid on sheets, one of
    ``press.output.sheet_plan``, or "" where a page is a sheet. ``view`` names what the template
    prints (``press.pipeline.VIEWS``), ``answers`` says that answers are printed with it,
    ``allows_nup`` that its pages may be printed two or four to a side, ``allows_tiles`` that its
    page may be cut for many sheets, ``colour_mode`` what it is printed in: "grey", or a condition
    of ``press.output.prepress``. A ``partial`` one leaves parts of the dossier out; what would lead
    to them is no link there. A ``worded`` one prints what its plates show in words as well.
    ``whole_leaves`` says that it ends on the back of a leaf, so that of several copies none begins
    on the back of another. ``leaves_out`` declares what of a dossier it does not print; all else
    must stand on its pages, or a finding says that it does not.
    """

    name: str
    title: str
    variant: str = "pdf/a-3a+ua-1"
    template: str = ""
    sheet: str = ""
    papers: tuple[str, ...] = PAGES
    most_pages: int | None = None
    scheme: str = ""
    base: str = ""
    answers: bool = False
    view: str = "book"
    allows_nup: bool = True
    allows_tiles: bool = False
    colour_mode: str = ""
    partial: bool = False
    worded: bool = False
    whole_leaves: bool = False
    leaves_out: tuple[LeftOut, ...] = ASKED

    @property
    def kind(self) -> str:
        """Whose pages they are: the edition's own, or that which is printed small."""
        return self.base if self.scheme in UP else self.name

    @property
    def template_name(self) -> str:
        """Its file in templates/editions/, without the suffix."""
        return self.template or self.base or self.name

    @property
    def printed(self) -> bool:
        """Whether it is meant for paper, and not for a screen alone."""
        return "tablet" not in self.papers

    @property
    def left_out(self) -> Mapping[str, str]:
        """What it leaves out, as authors know it, by the reasons why."""
        reasons: dict[str, list[str]] = {}
        for one in self.leaves_out:
            reasons.setdefault(one.why, []).append(one.said)
        return {why: ", ".join(what) for why, what in reasons.items()}

    @property
    def sheet_name(self) -> str:
        """Its file in styles/editions/, without the suffix."""
        return self.sheet or self.base or self.name


EDITIONS: Mapping[str, Edition] = {
    edition.name: edition
    for edition in (
        Edition("dossier", "the full publication, printed on both sides"),
        Edition("screen", "for reading on a tablet: larger type, links to be seen, no blank pages",
                papers=("tablet",), allows_nup=False),
        Edition("large-print", "18 point, sans, left-aligned, tables as lists (RNIB, APH)",
                papers=("a4", "letter", "legal", "a3"), allows_nup=False, worded=True),
        Edition("handout", "one sheet, two sides: the essentials, the map, three questions",
                papers=SHEETS, most_pages=2, view="handout", leaves_out=ON_THE_HANDOUT),
        Edition("worksheet", "for pupils: a map to label, gaps, cards, a source, terms, questions",
                papers=SHEETS, view="worksheet", whole_leaves=True, leaves_out=UNANSWERED),
        Edition("answers", "the worksheet with its answers in place",
                template="worksheet", sheet="worksheet", papers=SHEETS, view="worksheet",
                answers=True, whole_leaves=True, leaves_out=OF_QUESTIONS),
        Edition("ink-saver", "the dossier in black on white: hatches in place of colours, no tints",
                template="dossier", colour_mode="grey"),
        Edition("booklet", "set small, folded and stapled: A5 on A4, half-letter on Letter", "",
                papers=("a5", "half-letter"), scheme="saddle"),
        Edition("poster", "one large sheet: map, timeline, the essential events",
                papers=("a2", "a1", "a3"), most_pages=1, view="poster", leaves_out=ON_THE_POSTER,
                allows_nup=False, allows_tiles=True),
        Edition("2-up", "the dossier, two pages to a side", "", base="dossier", scheme="2-up"),
        Edition("print-shop",
                "the dossier for a print shop: bleed, crop marks, CMYK, PDF/X-4, with a job sheet",
                "", template="dossier", sheet="print-shop", colour_mode="fogra39",
                allows_nup=False),
        Edition("4-up", "the dossier, four pages to a side", "", base="dossier", scheme="4-up"),
    )
}  # fmt: skip

UP = ("2-up", "4-up")
"""Ways of printing any edition small, several pages to a sheet, written behind its name."""


def _up(edition: Edition, scheme: str) -> Edition:
    """An edition whose pages are printed small."""
    return replace(
        edition,
        name=f"{edition.name}:{scheme}",
        title=f"{edition.title}; {scheme[0]} pages to a side",
        variant="",
        template=edition.template_name,
        sheet=edition.sheet_name,
        scheme=scheme,
        base=edition.name,
    )


COMBINATIONS: Mapping[str, Edition] = {
    small.name: small
    for edition in EDITIONS.values()
    if edition.allows_nup and not edition.scheme
    for small in (_up(edition, scheme) for scheme in UP)
}
"""Every edition that is printed small and has no row of its own, like "handout:2-up"."""


def find(name: str) -> Edition | None:
    """The edition of this name, "handout:2-up" among them; None where there is none."""
    return EDITIONS.get(name) or COMBINATIONS.get(name)


def named(name: str) -> Edition:
    """The edition of a name that has been looked up; KeyError where it has not."""
    return {**EDITIONS, **COMBINATIONS}[name]


def listed(words: str) -> list[str]:
    """The names in ``words``, which have commas between them and letters of either case."""
    return [name.strip().lower() for name in words.split(",") if name.strip()]


def spread(names: Iterable[str]) -> tuple[str, ...]:
    """Names of editions, each once, with every one in place of "all"."""
    groups = ((EDITIONS if name == "all" else (name,)) for name in names)
    return tuple(dict.fromkeys(name for group in groups for name in group))


def unfit(name: str) -> str:
    """Why an edition that there is cannot be printed so; "" where it can, or is unknown."""
    first, _, scheme = name.partition(":")
    edition = EDITIONS.get(first)
    if edition is None or scheme not in UP:
        return ""
    if edition.scheme:
        return f"{first!r} is laid on sheets already, and cannot be laid on others as {scheme}"
    return "" if edition.allows_nup else f"{first!r} is not for printing small, as {scheme} does"


def in_standard(edition: Edition, wanted: str = "") -> Edition:
    """``edition`` in the pair of standards that is wanted, where it keeps such a pair at all."""
    return replace(edition, variant=wanted) if wanted and edition.variant in STANDARDS else edition


def paper_for(edition: Edition, wanted: str = "") -> str:
    """The paper that ``edition`` is set on where ``wanted`` is asked for.

    One that it cannot be set on gives the first of its own from the same part of the world: a
    booklet for Letter is made of half-letters.
    """
    if not wanted or wanted in edition.papers:
        return wanted or edition.papers[0]
    for leaf in edition.papers:
        if edition.scheme == "saddle" and FOLDED.get(leaf) == wanted:
            return leaf
    near = [paper for paper in edition.papers if (paper in AMERICAN) == (wanted in AMERICAN)]
    return near[0] if near else edition.papers[0]


def papers_of(editions: Iterable[Edition]) -> tuple[str, ...]:
    """Every paper on which one of ``editions`` can be set, or from which it is folded."""
    found: list[str] = []
    for edition in editions:
        found += edition.papers
        if edition.scheme == "saddle":
            found += [FOLDED[leaf] for leaf in edition.papers if leaf in FOLDED]
    return tuple(dict.fromkeys(found))


PAPERS = papers_of(EDITIONS.values())
"""The papers that a command, a dossier or press.yaml can name."""
