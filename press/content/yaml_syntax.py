"""Where YAML stops reading, in words that an author can act on.

Each remedy below looks at where reading stopped and says what was probably meant, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from press.base.finding import Finding
from press.content.comments import HashComment, lost
from press.content.source_text import CURLY, in_quotes, text_place, unwrapped

_KEY = re.compile(
    r"(?P<indent>[ ]*)(?P<dashes>(?:- +)*)(?P<key>[\w-]+)[ ]*:(?= |$)[ ]*(?P<rest>.*)"
)


@dataclass(frozen=True)
class Stop:
    """Where reading stopped: at ``at``, with a ``problem``, in what was opened at ``begun``.

    ``token`` is the last piece that was read before it; ``hidden`` are the comments that may have
    been meant as text; ``bracket`` is where the innermost bracket opens that is still open.
    """

    text: str
    at: int
    problem: str
    begun: int | None
    token: Any
    hidden: tuple[HashComment, ...]
    bracket: int | None = None

    @property
    def number(self) -> int:
        """The number of the line, from 0."""
        return self.text.count("\n", 0, self.at)

    def line(self, number: int) -> str:
        """A line by its number; empty where there is none."""
        lines = self.text.split("\n")
        return lines[number] if 0 <= number < len(lines) else ""

    def start(self, number: int) -> int:
        """Where a line begins."""
        return sum(len(line) + 1 for line in self.text.split("\n")[:number])

    def rest(self, at: int) -> str:
        """The rest of the line from ``at``."""
        return self.text[at:].split("\n", 1)[0].strip()

    def value(self, at: int) -> str:
        """The value of the line that ``at`` is in, whole."""
        line = self.line(self.text.count("\n", 0, at))
        match = _KEY.match(line)
        return (match["rest"] if match else re.sub(r"^[ ]*(- +)*", "", line)).strip()

    @property
    def token_line(self) -> int:
        """The number of the line on which ``token`` ends, from 0; -1 without one."""
        return self.text.count("\n", 0, self.token.end_mark.index) if self.token else -1


@dataclass(frozen=True)
class Remedy:
    """Where, what is wrong, what to do; the code is that of YAML as a whole unless it is said."""

    at: int
    message: str
    hint: str
    code: str = "E012"


def syntax_finding(file: str, stop: Stop) -> Finding:
    """The fault at ``stop`` with the remedy that fits it."""
    found = next(filter(None, (remedy(stop) for remedy in _REMEDIES)), None)
    if found is None:
        hint = "check the indentation of this line and the one above"
        found = Remedy(stop.at, f"this is not YAML: {stop.problem.lower()}".rstrip(": "), hint)
    place = text_place(stop.text, min(found.at, len(stop.text)))
    return Finding(file, *place, found.code, found.message, found.hint)


def _tab(stop: Stop) -> Remedy | None:
    for number in range(stop.number, max(-1, stop.number - 3), -1):
        line = stop.line(number)
        if "\t" in line[: len(line) - len(line.lstrip())]:
            at = stop.start(number) + line.index("\t")
            hint = "indent with spaces, two for each level"
            return Remedy(at, "line is indented with a tab", hint, "E011")
    if stop.text[stop.at : stop.at + 1] == "\t":
        return Remedy(stop.at, "a tab stands here", "put a space in its place", "E011")
    return None


def _comment(stop: Stop) -> Remedy | None:
    """A text that was cut off by ``#``, so that its next line, or a bracket, seems out of place."""
    begin = stop.begun if stop.begun is not None and _in_flow(stop) else None
    if begin is None:
        begin = stop.token.end_mark.index if stop.token else stop.at
    first, last = text_place(stop.text, begin), text_place(stop.text, stop.at)
    for comment in stop.hidden:
        if first <= comment.place <= last and (not comment.apart or not _in_flow(stop)):
            at = stop.start(comment.place[0] - 1) + comment.place[1] - 1
            return Remedy(at, *lost(comment), "E020")
    return None


def _never_closed(stop: Stop) -> Remedy | None:
    if "end of stream" not in stop.problem or stop.begun is None:
        return None
    return _unclosed(stop, stop.begun)


def _unclosed(stop: Stop, at: int) -> Remedy:
    sign = stop.text[at]
    if sign == "'" and not stop.rest(at).endswith("'"):
        hint = f"put a text that begins with ' in double quotes: {in_quotes(stop.rest(at))}"
        return Remedy(at, "a quotation mark ' opens here and is not closed", hint)
    hint = f"close it at the end of the text: {stop.rest(at)}{sign}"
    if stop.rest(at) == sign:
        hint = f"delete it, or write the text behind it and close it: {sign}…{sign}"
    if stop.rest(at).endswith(f"\\{sign}"):
        hint = "a backslash stands before the closing mark; double it, or use single quotes '…'"
    return Remedy(at, f"a quotation mark {sign} opens here and is not closed", hint)


def _behind_quote(stop: Stop) -> Remedy | None:
    """'It's a title', "The "Times" said", "Times" and more."""
    token = stop.token
    if not (isinstance(token, yaml.ScalarToken) and token.style in ("'", '"')):
        return None
    if stop.token_line != stop.number:
        return None
    begin, end = token.start_mark.index, token.end_mark.index
    if "\n" in stop.text[begin:end]:
        return _unclosed(stop, begin)
    whole = stop.rest(begin)
    if _in_flow(stop):
        whole = _up_to_comma(whole)
    inner = whole[1:-1] if len(whole) > 1 and whole.endswith(token.style) else ""
    if inner and token.style == "'":
        hint = f"put the text in double quotes, {in_quotes(inner)}, or double the '"
    elif inner:
        hint = f"put the text in single quotes: {in_quotes(inner)}"
    else:
        hint = f"put the whole text in quotes: {in_quotes(whole)}"
    return Remedy(stop.at, f"text stands behind the closing quotation mark {token.style}", hint)


def _behind_bracket(stop: Stop) -> Remedy | None:
    token = stop.token
    closing = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
    if not isinstance(token, closing) or stop.token_line != stop.number:
        return None
    sign = stop.text[token.start_mark.index]
    hint = f"put the whole text in quotes: {in_quotes(stop.value(stop.at))}"
    return Remedy(stop.at, f"text stands behind the closing bracket {sign}", hint)


_SIGNS = (
    (r"cannot start any token", 0, "@`%"),
    (r"alphabetic or numeric", -1, "*&!"),
    (r"comment or line break|indentation indicator", None, "|>"),
    (r"block sequence entries", 0, "-"),
    (r"mapping keys are not allowed", 0, "?"),
    (r"tag|handle|URI", None, "!"),
    (r"node content", 0, ",]}"),
)


def _sign(stop: Stop) -> Remedy | None:
    """A text that begins with a sign to which YAML gives a meaning."""
    for pattern, shift, signs in _SIGNS:
        if not re.search(pattern, stop.problem):
            continue
        at = stop.at + shift if shift is not None else _value_start(stop)
        if stop.text[at : at + 1] not in signs:
            at = _value_start(stop)
        if not (sign := stop.text[at : at + 1]) or sign not in signs:
            continue
        inside = re.search(r"[\[{][^\]}]*$", stop.text[stop.start(stop.number) : at])
        text = _up_to_comma(stop.rest(at)) if inside else stop.rest(at)
        below = "; or begin the text on the next line, indented" if sign in "|>" else ""
        hint = f"put a text that begins with {sign} in quotes: {in_quotes(text)}{below}"
        hint = hint if text.strip(",]} ") else f"delete it, or write a value before this {sign}"
        return Remedy(at, f"{sign} means something else to YAML at the beginning of a text", hint)
    return None


def _value_start(stop: Stop) -> int:
    line = stop.line(stop.number)
    if match := _KEY.match(line):
        return stop.start(stop.number) + match.start("rest")
    return stop.start(stop.number) + len(line) - len(line.lstrip(" -"))


def _escape(stop: Stop) -> Remedy | None:
    if "escape" not in stop.problem and "hexdecimal" not in stop.problem:
        return None
    at = stop.at if stop.text[stop.at : stop.at + 1] == "\\" else stop.text.rfind("\\", 0, stop.at)
    if at < 0:
        return None
    return Remedy(at, *backslash(stop.text[at : at + 2]))


def backslash(escape: str) -> tuple[str, str]:
    """(message, remedy) for a backslash in double quotes that is none."""
    if escape.endswith("\n"):
        message = "the backslash at the end of this line joins its last word to the next"
        return message, "delete it"
    message = f"{escape} is no text between double quotes: a backslash changes what follows it"
    return message, "put the text in single quotes '…', or double the backslash"


def _dash(stop: Stop) -> Remedy | None:
    """An entry of a list whose dash has no blank behind it."""
    if not re.search(r"mapping values|expected key|expected ':'", stop.problem):
        return None
    for number in range(stop.number, max(-1, stop.number - 3), -1):
        if dash := re.match(r"[ ]*-(?=[^\W\d_])", stop.line(number)):
            at = stop.start(number) + dash.end() - 1
            hint = f"write - {stop.line(number)[dash.end() :]}"
            return Remedy(at, "a dash has no blank behind it", hint)
    return None


def _colon(stop: Stop) -> Remedy | None:
    """A colon in a text, a key that lacks its blank or dash, or a line that is indented wrongly."""
    if "mapping values" not in stop.problem:
        return None
    line, token = stop.line(stop.number), stop.token
    spans = token is not None and "\n" in stop.text[token.start_mark.index : stop.at].rstrip()
    match = _KEY.match(line)
    if isinstance(token, yaml.ScalarToken) and spans and match:
        colon = match.end("key") + match.string[match.end("key") :].index(":")
        if stop.start(stop.number) + colon == stop.at:
            return _line_above(stop, match)
    value = stop.value(stop.at)
    if value[:1] and value[0] in CURLY:
        hint = f"put the whole text in straight quotes: {in_quotes(unwrapped(value))}"
        message = f"{value[0]} is no quotation mark to YAML, and this colon ends a key"
        return Remedy(stop.at, message, hint)
    hint = f"put the text in quotes: {in_quotes(_plain_part(stop))}"
    return Remedy(stop.at, "a colon and a blank in a text end a key", hint)


def _plain_part(stop: Stop) -> str:
    """The text around the stop: the value of its line, or in brackets, what is between commas."""
    if not _in_flow(stop):
        return stop.value(stop.at)
    line, at = stop.line(stop.number), stop.at - stop.start(stop.number)
    begin = max(line.rfind(sign, 0, at) + len(sign) for sign in (", ", "[", "{"))
    part = _up_to_comma(line[begin:])
    if line[:begin].rstrip().endswith("[") or line.rfind("[", 0, at) > line.rfind("{", 0, at):
        return part
    return part.partition(": ")[2] or part


def _up_to_comma(text: str) -> str:
    """As much of a text as is one value between brackets."""
    return re.split(r",(?: |$)|[\]}]", text)[0].strip()


def _line_above(stop: Stop, match: re.Match[str]) -> Remedy:
    """Why the key of this line was read as text of the line above."""
    number = next((n for n in range(stop.number - 1, -1, -1) if stop.line(n).strip()), 0)
    above = stop.line(number)
    bare = above.lstrip(" -")
    indent = len(above) - len(bare)
    glued = re.match(r"([\w-]+)(:| *=)[ ]?(?=\S)(?!//)", bare)
    if glued and ("=" in glued[2] or not _KEY.match(above)):
        message = f"{glued[1]} is no key without a colon and a blank behind it"
        return Remedy(
            stop.start(number) + indent, message, f"write {glued[1]}: {bare[glued.end() :]}"
        )
    if above.lstrip().startswith("- ") and not _KEY.match(above):
        key = "source" if match["key"] == "at" else "id"
        hint = f"write keys only: - {key}: {bare.strip()}, and {match['key']}: under {key}"
        if key == "source":
            hint = f'{hint}; or in one line: - "{bare.strip()}, {match["rest"].strip()}"'
        return Remedy(
            stop.start(stop.number) + len(match["indent"]), "a key stands under a text", hint
        )
    if _KEY.match(above):
        hint = f"begin it in column {indent + 1}, as the line above it"
        at = stop.start(stop.number) + len(match["indent"])
        return Remedy(at, f"{match['key']} is indented deeper than the keys before it", hint)
    hint = "write a key and a colon before it, or indent it under the text to which it belongs"
    return Remedy(stop.start(number) + indent, "this line has no key", hint)


def _no_colon(stop: Stop) -> Remedy | None:
    if "could not find expected ':'" not in stop.problem:
        return None
    number = stop.text.count("\n", 0, stop.begun) if stop.begun is not None else stop.number - 1
    line = stop.line(number)
    bare = line.strip()
    at = stop.start(number) + len(line) - len(line.lstrip())
    if glued := re.match(r"(?:- )?([\w-]+)(?: *= *|[:：;]\s*)(?=\S)", bare):
        message = f"{glued[1]} is no key without a colon and a blank behind it"
        return Remedy(at, message, f"write {glued[1]}: {bare[glued.end() :]}")
    hint = "indent it by two spaces if it goes on with the text above; else write its key before it"
    return Remedy(at, "this line has no key", hint)


def _bracket(stop: Stop) -> Remedy | None:
    if not _in_flow(stop) or stop.begun is None:
        return None
    sign = stop.text[stop.begun]
    close = "]" if sign == "[" else "}"
    if stop.text.count("\n", 0, stop.begun) == stop.number:
        if stop.text[stop.at : stop.at + 1] == ":":
            hint = f"put the text in quotes: {in_quotes(_plain_part(stop))}"
            return Remedy(stop.at, "a colon and a blank in a text end a key", hint)
        hint = (
            f"close the bracket with {close}, or put text with commas, brackets or quotes in quotes"
        )
        return Remedy(stop.at, f"between {sign} and {close}, this is out of place", hint)
    hint = f"close it with {close}, or put a text that begins with {sign} in quotes"
    return Remedy(stop.begun, f"a bracket {sign} opens here and is not closed", hint)


def _dash_in_bracket(stop: Stop) -> Remedy | None:
    """A list of lines with dashes below a bracket that is still open."""
    at = stop.bracket
    if at is None or "\n" not in stop.text[at : stop.at] or stop.text[stop.at :][:2] != "- ":
        return None
    hint = "delete it: lines that begin with dashes are a list without it"
    return Remedy(at, f"a bracket {stop.text[at]} opens here and is not closed", hint)


def _in_flow(stop: Stop) -> bool:
    return stop.begun is not None and stop.text[stop.begun : stop.begun + 1] in ("[", "{")


def _document(stop: Stop) -> Remedy | None:
    if "document start" not in stop.problem:
        return None
    first = next((n for n, line in enumerate(stop.text.split("\n")) if _KEY.match(line)), 0)
    indent = len(stop.line(first)) - len(stop.line(first).lstrip())
    if indent and first < stop.number:
        hint = (
            f"begin every key of the file in column 1; {stop.line(first).strip()[:30]!r} has blanks"
        )
        return Remedy(
            stop.start(first) + indent, "this line is indented, and those below are not", hint
        )
    above = stop.line(stop.number - 1).strip()
    hint = "delete the ..." if above == "..." else "indent it, or write its key before it"
    return Remedy(stop.at, "the file has come to its end above this line", hint)


def _block_text(stop: Stop) -> Remedy | None:
    token = stop.token
    if not (isinstance(token, yaml.ScalarToken) and token.style in ("|", ">")):
        return None
    column = stop.at - stop.start(stop.number)
    lines = stop.text[token.start_mark.index : token.end_mark.index].split("\n")[1:]
    wanted = next((len(line) - len(line.lstrip()) for line in lines if line.strip()), column)
    if not 0 < column < wanted:
        return None
    hint = f"indent every line of a text alike: begin this one in column {wanted + 1}"
    return Remedy(stop.at, "a line of the text is indented less than its first", hint)


def _indent(stop: Stop) -> Remedy | None:
    if not re.search(r"expected key|'-' indicator", stop.problem) or stop.begun is None:
        return None
    line = stop.line(stop.number)
    indent = len(line) - len(line.lstrip())
    columns = sorted({c + 1 for c in _columns(stop) if c <= indent + 4} or {1})
    where = " or ".join(map(str, columns[-2:]))
    if line.lstrip().startswith("- ") and "expected key" in stop.problem:
        hint = "write the key of the list on the line before, and the entries under it"
        return Remedy(stop.at, "an entry of a list stands among keys", hint)
    hint = f"begin it in the column of the keys it belongs to ({where})"
    return Remedy(stop.at, "this line begins in a column in which nothing above it begins", hint)


def _columns(stop: Stop) -> Iterator[int]:
    """The columns, from 0, in which keys and dashes stand above."""
    for number in range(max(0, stop.number - 12), stop.number):
        if match := _KEY.match(stop.line(number)):
            yield match.start("key")
        elif dash := re.match(r"[ ]*- ", stop.line(number)):
            yield dash.end() - 2


_REMEDIES: tuple[Callable[[Stop], Remedy | None], ...] = (
    _tab, _comment, _never_closed, _dash_in_bracket, _behind_quote, _behind_bracket, _sign,
    _escape, _dash, _colon, _no_colon, _bracket, _document, _block_text, _indent,
)  # fmt: skip
