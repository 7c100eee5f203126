"""Every example of the CommonMark specification is read right or has a finding."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from tests.conftest import once
from tests.prose.test_prose import Printed, printed

SPEC = Path(__file__).parent / "commonmark" / "spec.json"
EXAMPLES = json.loads(SPEC.read_text("utf-8"))
QUOTES = str.maketrans(dict.fromkeys("“”‘’'″′", '"') | {"–": "--", "—": "---"})


class Result(NamedTuple):
    """What became of one example: ``right``, ``found`` or ``mangled``."""

    verdict: str
    codes: tuple[str, ...]
    ours: str
    wanted: str


def plain(html: str) -> str:
    """What of HTML print shows: no ids, no classes of code, no paragraphs within list items."""
    html = re.sub(r"<!--(?:-?>|.*?-->)", "", html, flags=re.DOTALL)  # nobody prints a comment
    html = re.sub(r' (?:id|class|title|style)="[^"]*"', "", html)
    html = html.replace("\N{NO-BREAK SPACE}", "&nbsp;")
    html = re.sub(r'href="([^"]*)"', lambda link: f'href="{unquote(link[1])}"', html)
    html = re.sub(r"\s*</code></pre>", "</code></pre>", html)
    html = re.sub(r"<(hr|br|img)([^>]*?) ?/>", r"<\1\2>", html)
    html = re.sub(r"<h1", "<h2", html).replace("</h1>", "</h2>")
    html = in_items(html)
    html = re.sub(r"\s*(</?(?:p|li|ul|ol|blockquote|pre|h\d|hr|br)\b[^>]*>)\s*", r"\1", html)
    html = unescape(html.expandtabs(4)).translate(QUOTES).replace("…", "...")
    return " ".join(html.split())


def in_items(html: str) -> str:
    """``html`` whose list items hold no paragraphs, only breaks between them, as in print."""
    parts: list[str] = []
    inside: list[str] = []
    for part in re.split(r"(</?(?:p|li|ul|ol|blockquote)\b[^>]*>)", html):
        name = re.match(r"</?(\w+)", part)
        if name and part in ("<p>", "</p>") and inside and inside[-1] == "li":
            parts.append("¶" if part == "</p>" else "")
            continue
        if name and name[1] != "p" and part.startswith("<"):
            if not part.startswith("</"):
                inside.append(name[1])
            elif inside:
                inside.pop()
        parts.append(part)
    joined = re.sub(r"¶\s*(?=[^<\s]|<(?:em|strong|code|a)\b)", "<br>", "".join(parts))
    return joined.replace("¶", "")


def examples(run_folder: Path) -> list[Printed]:
    """Every example, set as a chapter once in a run."""
    return once(run_folder, "commonmark", lambda: [printed(e["markdown"]) for e in EXAMPLES])


def judged(example: Printed, wanted: str) -> Result:
    """What became of one example."""
    html, places, _ = example
    codes = tuple(sorted({place.split()[1] for place in places}))
    ours, theirs = plain(html), plain(wanted)
    if ours == theirs:
        return Result("right", codes, ours, theirs)
    return Result("found" if codes else "mangled", codes, ours, theirs)


def test_no_example_of_the_specification_is_mangled(
    run_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = {
        example["example"]: judged(ours, example["html"])
        for example, ours in zip(EXAMPLES, examples(run_folder), strict=True)
    }
    counted = Counter(result.verdict for result in results.values())
    with capsys.disabled():
        print(  # noqa: T201 the count is what the test is for
            f"\nCommonMark 0.31.2: {len(EXAMPLES)} examples, {dict(counted)}"
        )
    assert len(EXAMPLES) == 652
    assert [number for number, result in results.items() if result.verdict == "mangled"] == []
