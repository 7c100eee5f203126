"""What the author gave against the words of the HTML: every text, date and locator of the dossier.

The other half of the ledger. Stage 6 prints fields and chapters; what it has not printed, although
the edition does not declare that it leaves it out, is named where it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from press.base.finding import Finding, PageRemark, severity_of
from press.content import facts, kinds
from press.content.authored import Authored, authored
from press.content.load import Loaded
from press.content.printed import FIELDS
from press.content.typed_words import lines, parts
from press.content.walk import walk
from press.content.yaml import Loc
from press.design.editions import LeftOut
from press.plates import Drawing
from press.typeset.expected import Expected
from press.typeset.gathering import OneLoss, gathered
from press.typeset.page_checks import short
from press.typeset.printed_words import PrintedText, letters_of, printed_text, words_of
from press.typeset.typeset import SetPages

ANYWHERE = ("facts.yaml", "index.yaml", "dossier.yaml", "sources.yaml")
"""Files whose things are printed where others name them."""


def unprinted(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P463: a text, date or locator that the author gave, and that no page of the edition has."""
    if expected.loaded is not None and pages.text:
        yield from gathered(_losses(pages, expected, expected.loaded))


def unsaid(noticed: Iterable[Finding], said: Iterable[Finding]) -> Iterator[Finding]:
    """``noticed`` less each P463 at a line of which an error among ``said`` tells what is wrong."""
    errors = {(one.file, one.line) for one in said if severity_of(one.code) == "error"}
    yield from (f for f in noticed if f.code != "P463" or (f.file, f.line) not in errors)


def _losses(pages: SetPages, expected: Expected, loaded: Loaded) -> Iterator[OneLoss]:
    parts_of = {f"plate-{one.id}": one.further for one in expected.drawings}
    said = printed_text(pages.text)
    given = _Given(loaded, expected.leaves_out, parts_of, said.elements)
    told = {("plates.yaml", loc) for loc in _faulty(expected)}
    wanted = tuple(given.wanted())
    for one in wanted:
        around = {(one.file, one.loc[: n + 1]) for n in range(len(one.loc))}
        if told & around:
            continue  # what it belongs to is said to be at fault, or to be printed nowhere
        if missing := _missing(one, said, given):
            message = f"{short(missing)} is printed nowhere in {expected.name}"
            if one.model == "Fact":
                told.add((one.file, one.loc[:-1]))
            yield OneLoss(
                LeftOut(f"{one.model}.{one.name}", "").said, one.place(loaded), message, REMEDY
            )
    yield from _counted(wanted, said, loaded)
    if not given.is_left_out("chapters/"):
        yield from _chapters(loaded, said)


def _faulty(expected: Expected) -> Iterator[Loc]:
    """What of plates.yaml is at fault, and so not drawn: an area, a line, an arrow."""
    listed = expected.loaded.dossier.plates.plates if expected.loaded else ()
    numbers = {plate.id: number for number, plate in enumerate(listed)}
    for drawing in expected.drawings:
        for fault in drawing.faults:
            yield ("plates", numbers[drawing.id], *fault.loc[:2])


def _counted(wanted: Iterable[Authored], said: PrintedText, loaded: Loaded) -> Iterator[OneLoss]:
    """Words that an entry has several times, and print less often: 7 in three cells of a table."""
    alike: dict[tuple[str, str], list[Authored]] = {}
    for one in wanted:
        words = words_of(one.words) if (one.model, one.name) == ("Entry", "text") else ""
        if words and (anchor := _anchor(one, loaded)) in said.elements:
            alike.setdefault((anchor, words), []).append(one)
    for (anchor, words), ones in alike.items():
        printed = said.within(anchor).count(words) if len(ones) > 1 else 1
        if 0 < printed < len(ones):
            message = f"{short(ones[0].words)} is typed {len(ones)} times and printed {printed}"
            yield OneLoss("repeated words", ones[0].place(loaded), message, REMEDY)


REMEDY = (
    "name it where it belongs; delete it only if no edition prints it; "
    "if it ought to stand there, report this fault"
)


_BAR = re.compile(r"(?<!\\)\|")


def _chapters(loaded: Loaded, said: PrintedText) -> Iterator[OneLoss]:
    """Words of chapters that are not printed in them."""
    for chapter in loaded.dossier.chapters:
        text = said.within(f"chapter-{chapter.id}")
        bare = letters_of(text)
        for number, words in lines(chapter.body):
            wanted = words_of(words)
            if wanted and wanted not in text and letters_of(wanted) not in bare:
                if _by_cells(words, text):
                    continue
                place = (chapter.file, chapter.line + number, 1)
                message = f"{short(words)} is not printed in its chapter"
                yield OneLoss("lines of chapters", place, message, REMEDY)


def _by_cells(line: str, text: str) -> bool:
    """Whether each cell of a row is printed: a wide table is set in parts, one below another."""
    cells = [words_of(cell) for cell in _BAR.split(line)]
    return len(cells) > 1 and all(cell in text for cell in cells if cell)


@dataclass(frozen=True)
class _Given:
    """The texts of a dossier that an edition ought to print."""

    loaded: Loaded
    leaves_out: tuple[LeftOut, ...]
    further: Mapping[str, tuple[Drawing, ...]]
    elements: Collection[str] = ()

    def own(self, said: PrintedText, anchor: str) -> str:
        """The words of an entry; of a plate that goes on overleaf, those of all its parts."""
        parts = (f"plate-{part.id}" for part in self.further.get(anchor, ()))
        return "".join(map(said.within, (anchor, *parts)))

    def is_left_out(self, what: str) -> bool:
        """Whether the edition declares that it prints nothing of a file, model or field."""
        return any(one.what == what and not one.unless for one in self.leaves_out)

    def wanted(self) -> Iterator[Authored]:
        """Every text and date that must be printed, in their order."""
        rules: dict[str, list[LeftOut]] = {}
        for rule in self.leaves_out:
            rules.setdefault(rule.what, []).append(rule)
        models = {(file, loc): type(value).__name__ for file, loc, value in walk(self.loaded)}
        kept = cache(self._kept)
        for one in authored(self.loaded):
            folder = f"{one.file.partition('/')[0]}/"
            names = {one.file, folder, *_path(one, models)}
            found = (rule for name in names & rules.keys() for rule in rules[name])
            if not any(_drops(rule, one, kept) for rule in found):
                yield one

    def _kept(self, file: str, mark: str) -> frozenset[Loc]:
        """The numbers of the things of a file that have the field ``mark``, or the element."""
        things = kinds.listed(self.loaded.dossier, kinds.FILES[file].kinds[0].name)
        if mark.startswith("#"):
            ids = ((n, f"{mark[1:]}-{thing.id}") for n, thing in enumerate(things))
            return frozenset((n,) for n, ident in ids if ident in self.elements)
        return frozenset((n,) for n, thing in enumerate(things) if getattr(thing, mark, False))


def _drops(rule: LeftOut, one: Authored, kept: Callable[[str, str], frozenset[Loc]]) -> bool:
    """Whether a rule leaves a text out: always, or unless its thing has what the rule says.

    Where no thing has that field, all are printed; where none has that element, none is.
    """
    if not rule.unless:
        return True
    marked = kept(one.file, rule.unless)
    decides = bool(marked) or rule.unless.startswith("#")
    return decides and one.loc[1:2] not in marked


def _path(one: Authored, models: Mapping[tuple[str, Loc], str]) -> Iterator[str]:
    """The models around a text, and their fields that lead to it: "Event", "Event.claims"."""
    for length in range(len(one.loc)):
        if model := models.get((one.file, one.loc[:length])):
            yield model
            yield f"{model}.{str(one.loc[length]).replace('-', '_')}"


# -- whether a text is printed -------------------------------------------------------------------


def _missing(one: Authored, said: PrintedText, given: _Given) -> str:
    """The words of a text that are not printed; "" where all are, or need not be."""
    how = FIELDS.get((one.model, one.name), "words")
    if how in ("told", "for the press"):
        return ""
    if how == "evidence" and "evidence" not in given.loaded.dossier.meta.appendix:
        return ""
    if how == "spoken":
        return _first(parts(one.words), said.spoken.__contains__)
    if how == "linked":
        return "" if one.words in said.links else one.words
    own = given.own(said, _anchor(one, given.loaded)) or said.whole
    if how == "date":
        return _date(one, own)
    if how == "locator":
        return _locator(one, own, said)
    if one.name == "says" and words_of(facts.bare_voice(one.words)) in own:
        return ""  # the label of the source, which follows, begins with it
    found = own.__contains__
    if (
        how in ("entry", "evidence")
        or one.file in ANYWHERE
        or one.model in ("Fact", "Claim", "Category", "Phase")
    ):
        whole = said.whole
        return _first(parts(one.words), lambda words: words in own or words in whole)
    if missing := _first(parts(one.words), found):
        bare = letters_of(own)  # on maps and time lines words are divided
        return _first([missing], lambda words: letters_of(words) in bare)
    return ""


def _first(texts: Iterator[str] | list[str], is_printed: Callable[[str], bool]) -> str:
    """The first of ``texts`` that is not printed."""
    for text in texts:
        words = words_of(text)
        if words and not is_printed(words):
            return text
    return ""


def _date(one: Authored, own: str) -> str:
    """A date that is not printed, in this form or a shorter one, with all its figures."""
    figures = re.findall(r"\d+", one.words)
    shorter = bool(figures) and all(
        any(f" {form} " in own for form in (figure, figure[-2:])) for figure in figures
    )
    return "" if one.date is None or words_of(one.words) in own or shorter else one.words


def _locator(one: Authored, own: str, said: PrintedText) -> str:
    """A locator of which a figure is not printed; the style may shorten the end: 709–27."""
    figures = re.findall(r"[^\W_]*\d[^\W_]*", one.words) or [one.words]
    for number, figure in enumerate(figures):
        forms = [figure, *(figure[-digits:] for digits in (1, 2, 3) if number)]
        if not any(words_of(form) in text for form in forms for text in (own, said.whole)):
            return one.words
    return ""


def _anchor(one: Authored, loaded: Loaded) -> str:
    """The id of the element that prints the entry in which a text stands; "" where none has one."""
    if one.file == "infobox.yaml":
        return "infobox"
    row = kinds.file_of(one.file)
    if row is None:
        return ""
    if row.pattern:
        match = row.match(one.file)
        return row.kinds[0].anchor(match["id"]) if match else ""
    kind = next((kind for kind in row.kinds if one.loc and kind.key == one.loc[0]), None)
    if kind is None or len(one.loc) < 2:
        return ""
    ident = kinds.listed(loaded.dossier, kind.name)[int(str(one.loc[1]))].id
    return kind.anchor(ident) if ident else ""


CHECKS = (unprinted,)
"""What is held against the words of the HTML."""
