"""The names of a class, from a CSV file as spreadsheets write them.

UTF-8 with or without a byte order mark; commas, semicolons or tabs; RFC 4180 quotes. Every fault is
a finding with its line and column, all at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from press.base.finding import ContentError, Finding, did_you_mean, refusal
from press.classroom.seeds import LEAST, MOST, seed_of

BYTES = 1_000_000
PUPILS = 400
LETTERS = 80
"""The most that a roster, a class set and a name may have."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "pupil", "student", "nom", "élève", "schüler", "schülerin"),
    "class": ("class", "group", "form", "klasse", "gruppe", "classe", "groupe"),
    "seed": ("seed", "sheet", "blatt", "fiche"),
}
"""The columns that count, and what they may be called; others are passed over."""


@dataclass(frozen=True)
class Pupil:
    """Somebody for whom a worksheet is printed, and the seed by which it is made."""

    seed: int
    name: str = ""
    group: str = ""


def nobody(slug: str) -> Pupil:
    """The pupil of a worksheet that is for everybody: its seed is the dossier's."""
    return Pupil(seed_of(slug))


@dataclass(frozen=True)
class Cell:
    """A field and where it begins, both from 1."""

    text: str
    line: int
    column: int


def read_roster(path: Path) -> tuple[Pupil, ...]:
    """The pupils of the roster at ``path``. Raises ContentError with every finding in it."""
    try:
        if not path.is_file():
            raise FileNotFoundError
        with path.open("rb") as stream:
            raw = stream.read(BYTES + 1)
    except FileNotFoundError:
        raise refusal(path.name, "R801", "there is no such roster", "check its name") from None
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise refusal(path.name, "R801", message, "check who may read it") from None
    return roster(raw, path.name)


def roster(raw: bytes, name: str) -> tuple[Pupil, ...]:
    """The pupils in the bytes of a roster called ``name``. Raises ContentError."""
    if len(raw) > BYTES:
        message = f"is larger than {BYTES // 1000} kB"
        raise refusal(name, "R802", message, "keep to one class in a file")
    rows = [row for row in _rows(_decoded(raw, name)) if any(cell.text for cell in row)]
    if not rows:
        hint = "write a line with name, and under it a pupil a line"
        raise refusal(name, "R803", "is empty", hint)
    places = _columns(rows[0], name)
    read = [_pupil(row, places, name) for row in rows[1:]]
    pupils = [one for one in read if isinstance(one, Pupil)]
    findings = [one for one in read if isinstance(one, Finding)]
    if not read:
        findings.append(Finding(name, 0, 0, "R803", "names nobody", "write a pupil a line"))
    if len(pupils) > PUPILS:
        message = f"has {len(pupils)} pupils; {PUPILS} at most"
        findings.append(Finding(name, 0, 0, "R802", message, "divide it into several files"))
    findings.extend(_doubles(pupils, name))
    if findings:
        raise ContentError(findings)
    return tuple(pupils)


def _decoded(raw: bytes, name: str) -> str:
    hint = "save it as CSV UTF-8"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal(name, "R804", "is written in UTF-16", hint)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        raise refusal(name, "R804", "is not UTF-8", hint, line, column) from None


def _rows(text: str) -> Iterator[list[Cell]]:
    """The fields of each line; quotes may hold separators, line ends and doubled quotes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in text.split("\n") if line.strip()), "")
    mark = max(",;\t", key=first.count)
    pattern = re.compile(rf'\s*"((?:[^"]|"")*)"[^\n{mark}]*|([^\n{mark}]*)')
    at, line, start, row = 0, 1, 0, list[Cell]()
    while at <= len(text):
        if (match := pattern.match(text, at)) is None:  # the second branch matches anything
            break
        quoted = match[1] is not None
        value = match[1].replace('""', '"') if quoted else match[2]
        row.append(Cell(" ".join(value.split()) if "\0" not in value else value, line,
                        at - start + 1))  # fmt: skip
        ends = match[0].count("\n")
        if ends:
            line, start = line + ends, at + match[0].rindex("\n") + 1
        at = match.end()
        if at >= len(text) or text[at] == "\n":
            yield row
            row, line, start = [], line + 1, at + 1
        at += 1


def _columns(head: Sequence[Cell], name: str) -> dict[str, int]:
    """The number of each column that counts. Raises ContentError where none has the names."""
    known = {alias: column for column, aliases in COLUMNS.items() for alias in aliases}
    places: dict[str, int] = {}
    for number, cell in enumerate(head):
        column = known.get(cell.text.casefold())
        if column:
            places.setdefault(column, number)
    if "name" not in places:
        first = head[0]
        near = [did_you_mean(cell.text.casefold(), known) for cell in head]
        hint = next(filter(None, near), "the first line names the columns: name, class, seed")
        raise refusal(name, "R805", "has no column name", hint, first.line, first.column)
    return places


def _pupil(row: Sequence[Cell], places: Mapping[str, int], name: str) -> Pupil | Finding:
    def cell(column: str) -> Cell:
        number = places.get(column, len(row))
        return row[number] if number < len(row) else Cell("", row[0].line, row[0].column)

    who, group, seed = cell("name"), cell("class"), cell("seed")
    if not who.text:
        return Finding(name, who.line, who.column, "R806", "a line without a name", "write one")
    for one in (who, group):
        if any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in one.text):
            message = "a name with a sign that cannot be printed"
            return Finding(name, one.line, one.column, "R807", message, "type it anew")
        if len(one.text) > LETTERS:
            message = f"a name of {len(one.text)} letters; {LETTERS} at most"
            return Finding(name, one.line, one.column, "R807", message, "shorten it")
    number = seed_of(who.text, group.text)
    if seed.text:
        number = int(seed.text) if re.fullmatch(r"[0-9]{5}", seed.text) else 0
        if not LEAST <= number <= MOST:
            message = f"seed {seed.text[:20]!r} is no number of a sheet"
            hint = f"write a number from {LEAST} to {MOST}, or nothing"
            return Finding(name, seed.line, seed.column, "R808", message, hint)
    return Pupil(number, who.text, group.text)


def _doubles(pupils: Sequence[Pupil], name: str) -> Iterator[Finding]:
    """Two lines for one pupil: nobody could tell their worksheets apart."""
    seen: set[tuple[str, str]] = set()
    for pupil in pupils:
        key = (pupil.name.casefold(), pupil.group.casefold())
        if key in seen:
            message = f"{pupil.name} stands in it twice"
            hint = "delete a line, or tell the two apart by an initial"
            yield Finding(name, 0, 0, "R809", message, hint)
        seen.add(key)


def safe(text: str, otherwise: str) -> str:
    """``text`` as part of a file name: small letters, digits and hyphens of ASCII."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    bare = bare.replace("ß", "ss").translate(str.maketrans("əıøł", "eiol"))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:40].strip("-") or otherwise
