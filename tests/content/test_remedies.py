"""Remedies that show what to write: written there, they mend the fault and make no new one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml

from press.base.finding import Finding
from press.content.source_text import in_quotes, unwrapped
from tests.content.test_yaml_faults import CASES, SOUND, case, found, pasted

SYNTAX = ("E01", "E02", "E10", "E110")
_QUOTED = r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')"""


def follow(raw: str, finding: Finding) -> str | None:
    """``raw`` as an author leaves it who does what the remedy shows; None where it shows nothing.

    The first of several ways is taken, and … is filled in with a word.
    """
    for pattern, way in _WAYS:
        if match := re.search(pattern, finding.hint):
            return way(raw, finding, match).replace("…", "x")
    return None


def _at(raw: str, finding: Finding) -> tuple[str, str, str]:
    """What stands before the finding, its line from there on, and what comes below."""
    lines = raw.split("\n")
    number, column = finding.line - 1, max(finding.column - 1, 0)
    before = "\n".join([*lines[:number], lines[number][:column]])
    return before, lines[number][column:], "".join(f"\n{one}" for one in lines[number + 1 :])


def _quote(raw: str, finding: Finding, match: re.Match[str]) -> str:
    """A text in quotes takes the place of the same text without them, or with other ones."""
    right = match[1]
    words = str(yaml.safe_load(right)).split()
    apart = r"[\s\"'“”„‘’«»]*"
    signs = [
        apart.join(re.escape(w) for w in re.findall(r"[^\"'“”„‘’«»]+", word)) for word in words
    ]
    quote = r"[\"'“”„‘’«»]*"
    pattern = quote + rf"{apart}\s*{apart}".join(filter(None, signs)) + quote
    start = len("\n".join(raw.split("\n")[: max(finding.line - 3, 0)]))
    begun = re.compile(pattern).search(raw, start)
    assert begun, (pattern, raw)
    return raw[: begun.start()] + right + raw[begun.end() :]


def _keys(raw: str, finding: Finding, match: re.Match[str]) -> str:
    """``key: value`` takes the place of the key at fault, and of the others that are named."""
    for name in re.findall(r"'([^']+)'", finding.message)[1:]:
        raw = re.sub(rf"\n *{re.escape(name)}: .*", "", raw)
    before, _, after = _at(raw, finding)
    if before.rpartition("\n")[2].strip().endswith(":"):
        return _value(raw, finding, match)
    if before.endswith("- ") and match[1].startswith("- "):
        before = before[:-2]
    return before + match[1] + after


def _value(raw: str, finding: Finding, match: re.Match[str]) -> str:
    """A value takes the place of the one at fault, up to the end of its line or entry."""
    before, here, after = _at(raw, finding)
    line = before.rpartition("\n")[2]
    if match[1].startswith(f"{line.strip()} "):  # the key is shown with it
        return before[: -len(line.strip()) - 1] + match[1] + after
    inside = re.search(r"[\[{][^\]}\n]*$", before)
    if inside and not here.startswith(("[", "{")):
        rest = here[re.match(r"[^,\]}]*", here).end() :]  # type: ignore[union-attr]
        return before + match[1] + rest + after
    return before + match[1] + after


def _whole_value(raw: str, finding: Finding, match: re.Match[str]) -> str:
    """A list takes the place of the whole value of the line's key."""
    before, here, after = _at(raw, finding)
    line = before.rpartition("\n")[2] + here
    key = re.match(r" *(?:- )?[\w-]+: ", line)
    assert key
    return before.rpartition("\n")[0] + "\n" + key[0] + match[1] + after


def _two_keys(raw: str, finding: Finding, match: re.Match[str]) -> str:
    """Two keys, one below the other, take the place of one."""
    before, _, after = _at(raw, finding)
    return f"{before}{match[1]}\n{' ' * (finding.column - 1)}{match[2]}{after}"


def _above(raw: str, finding: Finding, match: re.Match[str]) -> str:
    """A line is added above."""
    lines = raw.split("\n")
    return "\n".join([*lines[: finding.line - 1], match[1], *lines[finding.line - 1 :]])


def _between(raw: str, finding: Finding, match: re.Match[str]) -> str:
    """Keys are added between the braces of the entry."""
    before, here, after = _at(raw, finding)
    at = here.index("}")
    return f"{before}{here[:at]}, {match[1]}{here[at:]}{after}"


_WAYS = (
    (r"^add and fill in, between the braces: (.*)", _between),
    (r"^add ", lambda raw, finding, match: pasted(raw, finding)),
    (rf"^put (?:the|a) (?:whole )?text [^:]*[:,] \w+: {_QUOTED}", _quote),
    (rf"^put (?:the|a) (?:whole )?text [^:,]*[:,] {_QUOTED}", _quote),
    (rf"^put the source and the place in it in quotes: {_QUOTED}", _quote),
    (rf"^close it at the end of the text: {_QUOTED}", _quote),
    (rf"^put it in quotes if it is a text, {_QUOTED}", _value),
    (r"^write (?:each name apart,|straight ones:) (\[.*?\])", _whole_value),
    (r"^write (?:it|each name|several|a list)[^:]*: ([^;]+)", _value),
    (r"^put several sources in brackets: (.+)", _value),
    (r"^write a span as ([^,]+),", _value),
    (r"^if not, write \w+: (\[.*\])", _value),
    (r"^write ([\w-]+: .+) and, below it, (.+)", _two_keys),
    (r"^write ([\w-]+:) on a line of its own above it", _above),
    (r"^write (- [\w-]+: .+)", _keys),
    (r"^write ([\w-]+: [^,;]+)(?:, with the key|$)", _keys),
    (r"^write ([\w-]+|[\d/~X-]+)(?:;|$)", _value),
    (r"(?:^|; write )([\d-]+) if the day", _value),
    (r"like ([a-z]+)$", _value),
    (r"^did you mean (\w+)\? ", _value),
)


def sound_after(file: str, raw: str) -> bool:
    """Whether a remedy shows what to write; all that do mend their faults, and make no new one."""
    findings = [one for one in found({file: raw.encode()}) if one.file == f"a/{file}"]
    findings.sort(key=lambda one: (one.line, one.column, one.code != "E101"), reverse=True)
    changed, followed = raw, set[tuple[str, str]]()
    for finding in findings:
        if mended := follow(changed, finding):
            changed = mended
            followed.add((finding.code, finding.message))
    left = {(one.code, one.message) for one in found({file: changed.encode()})}
    assert not followed & left, changed
    before = {(one.code, one.message) for one in findings}
    assert not [one for one in left - before if one[0].startswith(SYNTAX)], changed
    return bool(followed)


def texts() -> Iterator[tuple[str, str, str]]:
    """(case, file, text) of every wrong file that can be read."""
    for name in CASES:
        for file, raw in case(name).items():
            if b"\0" not in raw and not name.startswith("saved-as"):
                yield name, file, raw.decode("utf-8")


def test_every_remedy_that_shows_what_to_write_can_be_pasted() -> None:
    """The fault goes, and no fault of YAML comes; in most cases something is shown."""
    results = [sound_after(file, raw) for _, file, raw in texts()]
    assert results.count(True) >= 70


AUTHOR = '    author: "Whymper, Edward"'
STANDFIRST = "standfirst: Two parties climb one ridge in one summer."
DATE = "    date: 1865-07-14"


@pytest.mark.parametrize(
    "value",
    [
        "[Whymper, Edward]", "[Whymper, Edward, Smith, Jane]", '["Whymper, Edward", Smith, Jane]',
        "[García Lorca, Federico, Neruda, Pablo]", "[Whymper, E., Smith, J. R.]",
        "[Whymper, E., & Smith, J.]", "{Whymper, Edward}", "[Müller, Hans; Meier, Fritz]",
        "[Whymper Edward; Smith Jane]", "Whymper; Smith", "[“Whymper, Edward”]",
        "[„Müller, Hans“, „Meier, Fritz“]", "„Whymper, Edward“", "[«Hugo, Victor»]",
        "[O'Brien, Pat]", "Smith, J.; Doe, A.", "[Smith, J.; Doe, A.; Roe, R.]",
    ],
)  # fmt: skip
def test_authors_as_people_list_them_are_mended_by_what_is_shown(value: str) -> None:
    """None of them is taken without a word: each has a remedy that reads as it was meant."""
    raw = SOUND.files["sources.yaml"].decode().replace(AUTHOR, f"    author: {value}")
    assert sound_after("sources.yaml", raw)


@pytest.mark.parametrize(
    "value",
    [
        "„Der Grat“ ist hoch: sehr.", "“The ridge” is high: very.", "„Der Grat: eine Geschichte“",
        "«La crête : une histoire»", "„Der Grat #5“", "„Der Grat“ #5 und mehr",
        "“The ridge: high” and “low: deep”", "‘The ridge’: high", '"Der Grat“ ist hoch',
        '„Der Grat: hoch"', '„Der "Grat": hoch“', "“It's: a ridge”",
        "“The ridge”: " + "a long and quiet summer, " * 9 + "it ended.",
    ],
)  # fmt: skip
def test_texts_in_quotation_marks_of_print_are_mended_by_what_is_shown(value: str) -> None:
    """The text keeps all of its words, and the marks that do not stand around the whole."""
    raw = SOUND.files["dossier.yaml"].decode().replace(STANDFIRST, f"standfirst: {value}")
    assert sound_after("dossier.yaml", raw)
    (finding,) = found({"dossier.yaml": raw.encode()})
    read = yaml.safe_load(follow(raw, finding) or "")["standfirst"]
    words = re.compile(r"\w+|#")
    assert words.findall(read) == words.findall(value)
    assert unwrapped(value).strip('"') in read


@pytest.mark.parametrize(
    "value",
    ["{1865}", "{1865,1866}", "{1865-07-14, 1865-07-15}", "{1865-07-14}", "1865-1866", "“1865”",
     "c. 1865", "14.7.1865", "1860s", "[1865-1866]", '"1865-07-14', "[1865-07-14]"],
)  # fmt: skip
def test_dates_in_brackets_and_words_are_mended_by_what_is_shown(value: str) -> None:
    """A date in braces is no list of words."""
    raw = SOUND.files["chronology.yaml"].decode().replace(DATE, f"    date: {value}", 1)
    assert sound_after("chronology.yaml", raw)


def test_a_long_text_is_shown_with_its_end() -> None:
    """Nobody takes the beginning for the whole."""
    shown = in_quotes("word " * 200 + "and the very end")
    assert " … " in shown
    assert shown.endswith('the very end"')
