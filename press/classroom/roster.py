"""The names of a class, from a CSV file as spreadsheets write them.

UTF-8 or UTF-16 with or without a byte order mark, or Windows-1252; commas, semicolons or tabs, or
what a first line ``sep=;`` says; RFC 4180 quotes; names in one column or in two. Every fault is a
finding with its line and column, all at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from press.base.finding import ContentError, Finding, did_you_mean, refusal
from press.base.place import why
from press.base.scripts import is_seen
from press.classroom.columns import OFTEN, Columns, columns, plain
from press.classroom.seeds import LEAST, MOST, seed_of

BYTES = 1_000_000
PUPILS = 400
LETTERS = 80
"""The most that a roster, a class set and a name may have."""


TURNING = "\u202d\u202e"
"""Signs that print all letters behind them in another order than they are read."""


@dataclass(frozen=True)
class Pupil:
    """Somebody for whom a worksheet is printed, and the seed by which it is made.

    ``line`` and ``column`` are those of the roster, from 1; 0 where there is none.
    """

    seed: int
    name: str = ""
    group: str = ""
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Roster:
    """The pupils of a class, and warnings of how their names were read.

    ``name`` is how findings call the file.
    """

    name: str
    pupils: tuple[Pupil, ...]
    findings: tuple[Finding, ...] = ()


def nobody(slug: str) -> Pupil:
    """The pupil of a worksheet that is for everybody: its seed is the dossier's."""
    return Pupil(seed_of(slug))


@dataclass(frozen=True)
class Cell:
    """A field and where it begins, both from 1."""

    text: str
    line: int
    column: int
    stray: str = ""
    """A quotation mark that is never closed, or what stands behind the one that closes it."""
    quoted: bool = False


def read_roster(path: Path) -> Roster:
    """The roster at ``path``. Raises ContentError with every finding in it."""
    try:
        if not path.is_file():
            raise FileNotFoundError
        with path.open("rb") as stream:
            raw = stream.read(BYTES + 1)
    except FileNotFoundError:
        raise refusal(str(path), "R801", "there is no such roster", "check its name") from None
    except OSError as error:
        message = f"cannot be read: {why(error)}"
        raise refusal(str(path), "R801", message, "check who may read it") from None
    return roster(raw, str(path))


def roster(raw: bytes, name: str) -> Roster:
    """The roster in the bytes of a file called ``name``. Raises ContentError."""
    if len(raw) > BYTES:
        message = f"is larger than {BYTES // 1000} kB"
        raise refusal(name, "R802", message, "keep to one class in a file")
    bare = raw.lstrip(b"\xef\xbb\xbf \t\r\n")
    if kind := next((kind for sign, kind in _OTHERS.items() if bare.startswith(sign)), ""):
        hint = "open it in a spreadsheet, and save it as CSV UTF-8"
        raise refusal(name, "R804", f"is {kind}, and no CSV", hint)
    text, guessed = _decoded(raw, name)
    rows = [row for row in _rows(text) if any(cell.text for cell in row)]
    if not rows:
        hint = "write a line with name, and under it a pupil a line"
        raise refusal(name, "R803", "is empty", hint)
    known = _columns(rows, name)
    width = len(rows[0])
    read = [_strange(row, width, name) or _pupil(row, known, name) for row in rows[1:]]
    pupils = [one for one in read if isinstance(one, Pupil)]
    findings = [one for one in read if isinstance(one, Finding)]
    if not read:
        findings.append(Finding(name, 0, 0, "R803", "names nobody", "write a pupil a line"))
    if len(pupils) > PUPILS:
        message = f"has {len(pupils)} pupils; {PUPILS} at most"
        findings.append(Finding(name, 0, 0, "R802", message, "divide it into several files"))
    findings.extend(_doubles(pupils, name))
    warnings = tuple(_guesses(pupils, name)) if guessed else ()
    if findings:
        raise ContentError((*findings, *warnings))
    return Roster(name, tuple(pupils), warnings)


_OTHERS = {
    b"PK\x03\x04": "a workbook (XLSX, ODS)", b"\xd0\xcf\x11\xe0": "a workbook (XLS)",
    b"%PDF": "a PDF", b"{\\rtf": "a text document (RTF)", b"<": "a web page", b"[{": "JSON",
    b'{"': "JSON",
}  # fmt: skip
"""What people take for a roster, by its first bytes."""


def _decoded(raw: bytes, name: str) -> tuple[str, bool]:
    """The text of a roster, and whether its encoding had to be guessed."""
    hint = "save it as CSV UTF-8"
    wide = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else _without_mark(raw)
    if wide:
        try:
            return raw.decode(wide), False
        except UnicodeDecodeError:
            raise refusal(name, "R804", "is no whole UTF-16", hint) from None
    try:
        return raw.decode("utf-8-sig"), False
    except UnicodeDecodeError as error:
        before = raw[: error.start]
    try:
        text = raw.decode("cp1252")
        if not _ODD.search(text):
            return text, True
    except UnicodeDecodeError:
        pass
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    message = "is neither UTF-8 nor Windows-1252"
    raise refusal(name, "R804", message, hint, line, column) from None


def _without_mark(raw: bytes) -> str:
    """The UTF-16 of a file that does not say so: every other byte of its head is zero."""
    head = raw[:40]
    if len(head) >= 4 and not any(head[1::2]):
        return "utf-16-le"
    return "utf-16-be" if len(head) >= 4 and not any(head[::2]) else ""


_SIGNS = (
    r"[\u00a1-\u00a9\u00ab-\u00b4\u00b6\u00b8\u00b9\u00bb-\u00bf\u00d7\u00f7\u2020-\u2039\u2122]"
)
_ODD = re.compile(
    rf"[^\W\d_]{_SIGNS}|{_SIGNS}[^\W\d_]"
    r"|[^\W\d_][\u201a\u201e][^\W\d_]|[a-z\u00df-\u00ff][\u00c0-\u00de\u0152\u0160\u0178\u017d]"
)
"""What stands in no name, such as a sign beside a letter, or a capital with an accent behind a
small one: the file was written in another code page."""


def _guesses(pupils: Sequence[Pupil], name: str) -> Iterator[Finding]:
    """R810: which names depend on the guess that a file is in Windows-1252."""
    odd = [pupil for pupil in pupils if not f"{pupil.name}{pupil.group}".isascii()]
    for pupil in odd[:1]:
        others = f" and {len(odd) - 1} more" if len(odd) > 1 else ""
        message = f"is not UTF-8, and was read as Windows-1252: “{pupil.name}”{others}"
        hint = "look whether that is right; if not, save it as CSV UTF-8"
        yield Finding(name, pupil.line, pupil.column, "R810", message, hint)


_UNSEEN = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
"""Signs without ink that spreadsheets and web pages leave in names."""
_SEP = re.compile(r'\s*"?sep=(.)"?[ \t,;]*(?:\n|\Z)', re.IGNORECASE)
"""How Excel writes and reads the separator of a file, in a line before all others.

When it saves the file again, it fills that line up with separators.
"""


def _rows(text: str) -> Iterator[list[Cell]]:
    """The fields of each line; quotes may hold separators, line ends and doubled quotes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    at, line, start, row = 0, 1, 0, list[Cell]()
    if said := _SEP.match(text):
        at = start = said.end()
        mark, line = said[1], 1 + said[0].count("\n")
    else:
        first = next((line for line in text.split("\n") if line.strip()), "")
        mark = max(",;\t", key=re.sub(r'"[^"]*"', "", first).count)
    sign = re.escape(mark)
    pattern = re.compile(rf'[^\S\n{sign}]*"((?:[^"]|"")*)"([^\n{sign}]*)|([^\n{sign}]*)')
    while at <= len(text):
        if (match := pattern.match(text, at)) is None:  # the second branch matches anything
            break
        quoted = match[1] is not None
        value = match[1].replace('""', '"') if quoted else match[3]
        stray = match[2].strip() if quoted else value.lstrip()[:1] * value.lstrip().startswith('"')
        value = value.translate(_UNSEEN)
        row.append(Cell(" ".join(value.split()) if "\0" not in value else value, line,
                        at - start + 1, stray, quoted))  # fmt: skip
        ends = match[0].count("\n")
        if ends:
            line, start = line + ends, at + match[0].rindex("\n") + 1
        at = match.end()
        if at >= len(text) or text[at] == "\n":
            yield row
            row, line, start = [], line + 1, at + 1
        at += 1


def _columns(rows: Sequence[Sequence[Cell]], name: str) -> Columns:
    """What the columns hold. Raises ContentError where none has names."""
    head = rows[0]
    found = columns([cell.text for cell in head])
    if not found.names:
        first = head[0]
        raise refusal(name, "R805", "has no column name", _head(rows), first.line, first.column)
    if found.idle:
        twice = head[found.idle[0]]
        message = f"has the column {twice.text!r} twice, and one of them is read"
        hint = "call one first name and the other last name, or delete a column"
        raise refusal(name, "R805", message, hint, twice.line, twice.column)
    return found


def _head(rows: Sequence[Sequence[Cell]]) -> str:
    """What to do about a first line that names no column of names."""
    head = rows[0]
    below = (row for row in rows[1:5] if columns(_fields(row)).names)
    if later := next(below, None):
        return f"line {later[0].line} names the columns: delete what stands above it"
    parts = _fields(head)
    if len(head) == 1 and len(parts) > 1 and columns(parts).names:
        return f"part the columns by semicolons in every line: {';'.join(map(str.strip, parts))}"
    near = [did_you_mean(plain(cell.text), OFTEN) for cell in head if cell.text]
    if len(head) == 1 and not any(near):
        return "write a line with the word name above the names"
    return next(filter(None, near), "the first line names the columns: name, class, seed")


def _fields(row: Sequence[Cell]) -> list[str]:
    """The fields of a line, also where other signs part them than those of the file."""
    if len(row) > 1:
        return [cell.text for cell in row]
    return [part for part in re.split(r"[|,;\t ]", row[0].text) if part.strip()]


def _strange(row: Sequence[Cell], width: int, name: str) -> Finding | None:
    """R812: a quotation mark that is not closed or closes too early, or a field without a head."""
    for cell in row:
        if cell.stray:
            message = "a quotation mark is never closed"
            if cell.stray != '"':
                message = f"{cell.stray[:20]!r} stands behind the end of a quotation"
            hint = 'delete the mark, put one at both ends of the field, or write "" for the sign'
            return Finding(name, cell.line, cell.column, "R812", message, hint)
    extra = next((cell for cell in row[width:] if cell.text), None)
    if extra is None:
        return _undivided(row, width, name)
    message = f"{extra.text[:20]!r} stands in no column; the first line names {width}"
    hint = 'put a name with a comma in quotation marks, "Miller, Anna", or name the column'
    return Finding(name, extra.line, extra.column, "R812", message, hint)


def _undivided(row: Sequence[Cell], width: int, name: str) -> Finding | None:
    """R812: a line that is parted by another sign than the first line, and so is all one field."""
    if (
        len(row) != 1
        or row[0].quoted
        or width < 2
        or not (found := re.search(r"[,;\t|]", row[0].text))
    ):
        return None
    message = f"{row[0].text[:20]!r} is one field with {found[0]!r} in it; the first line names"
    hint = "part all lines by the same sign; put a name with such a sign in quotation marks"
    return Finding(name, row[0].line, row[0].column, "R812", f"{message} {width}", hint)


_NO_NAME = re.compile(r"=.*[(\d].*|#(REF|N/A|NAME|VALUE|DIV/0|NULL|NUM|####)[!?]?.*")
"""Formulas and what spreadsheets print where these fail."""


def _pupil(row: Sequence[Cell], known: Columns, name: str) -> Pupil | Finding:
    def cell(number: int) -> Cell:
        there = 0 <= number < len(row)
        return row[number] if there else Cell("", row[0].line, row[0].column)

    parts = [cell(number) for number in known.names]
    given = [part for part in parts if part.text] or parts[:1]
    first = min(given, key=lambda part: (part.line, part.column))
    who = Cell(known.joined.join(part.text for part in given), first.line, first.column)
    group, seed = cell(known.group), cell(known.seed)
    if not is_seen(who.text):
        return Finding(name, who.line, who.column, "R806", "a line without a name", "write one")
    for one in (who, group):
        if _NO_NAME.fullmatch(one.text):
            message = (
                f"{one.text[:20]!r} is a formula of a spreadsheet, or its failure, and no name"
            )
            hint = "type what it should say, and save it as CSV again"
            return Finding(name, one.line, one.column, "R807", message, hint)
        if any(unicodedata.category(c) in ("Cc", "Cs", "Co") or c in TURNING for c in one.text):
            message = "a name with a sign that cannot be printed"
            return Finding(name, one.line, one.column, "R807", message, "type it anew")
        if fault := _spoilt(one.text):
            message, hint = fault
            return Finding(name, one.line, one.column, "R807", message, hint)
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
    return Pupil(number, who.text, group.text, who.line, who.column)


_LOST = re.compile(r"\ufffd|[^\W\d_]\?[^\W\d_]")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_COUNTED = re.compile(r"\d{1,3}[.)]\s*(?=[^\W\d_])")


def _spoilt(text: str) -> tuple[str, str] | None:
    """What a program has made of a name, and the remedy; None where it is as somebody typed it."""
    try:
        right = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        right = text
    if right != text:
        return f"{text!r} was read in a wrong encoding when it was saved", f"write {right}"
    if _LOST.search(text):
        return f"{text!r} has lost a letter in another encoding", "type it anew"
    if _ENTITY.search(text):
        return f"{text!r} is written for a web page", f"write {unescape(text)}"
    if counted := _COUNTED.match(text):
        return (
            f"{text!r} begins with a number, which would be printed",
            f"write {text[counted.end() :]}",
        )
    return None


def _doubles(pupils: Sequence[Pupil], name: str) -> Iterator[Finding]:
    """R809: two lines for one pupil, whose worksheets nobody could tell apart."""
    seen: dict[tuple[str, str], Pupil] = {}
    for pupil in pupils:
        key = (pupil.name.casefold(), pupil.group.casefold())
        if first := seen.get(key):
            message = f"{pupil.name} stands in it twice, in line {first.line} first"
            hint = "delete a line, or tell the two apart by an initial"
            yield Finding(name, pupil.line, pupil.column, "R809", message, hint)
        else:
            seen[key] = pupil


def safe(text: str, otherwise: str) -> str:
    """``text`` as part of a file name: small letters, digits and hyphens of ASCII."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    bare = bare.replace("ß", "ss").translate(str.maketrans("əıøł", "eiol"))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:40].strip("-") or otherwise
