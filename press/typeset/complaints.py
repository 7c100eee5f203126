"""What the typesetter complained of while it set pages, at the lines that are to blame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from press.base.finding import PageRemark
from press.content import pictures
from press.design.guest_rules import declared_at
from press.design.stylesheets import rule_at
from press.typeset import idle_styles
from press.typeset.expected import Expected
from press.typeset.fetch import BASE, asked
from press.typeset.missing_glyphs import is_echo, lacking
from press.typeset.typeset import SetPages


def complaints(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P401: the typesetter logged a warning (a missing picture, a dead link, unknown CSS)."""
    missing, told = lacking(pages), set[tuple[str, str]]()
    for one, why in idle_styles.not_taken(expected):
        told.add((one.name, _bare(one.literal)))
        hint = idle_styles.remedy(one.name, one.value, why)
        yield one.place, f"{one.name}: {one.value} is ignored: {why}", hint, 0, None
    wrong = [*idle_styles.not_selectors(expected)]
    for place, said, why in wrong:
        message = f"the selector {said!r} is not understood, so that its rule styles nothing"
        yield place, f"{message}: {why}", "correct it, or take the rule out", 0, None
    for text in pages.complaints:
        if any(url in text for url in pages.refused) or is_echo(text, missing):
            continue  # P402, or what was found wrong with the picture, or P404 says it
        if ignored := _IGNORED.fullmatch(text):
            if (ignored[1].lower(), _bare(ignored[2])) not in told:
                yield _ignored(expected, *ignored.groups())
            continue
        if wrong and text.startswith("Invalid or unsupported selector"):
            continue
        message = f"the typesetter complains: {text}"
        place, message, hint, page, box = expected.remark(message, "correct what it names")
        yield place, message, hint, page, box


_IGNORED = re.compile(r"Ignored `([^:`]+): ?(.*)` at \d+:\d+, (.*?)\.?", re.DOTALL)


def _bare(value: str) -> str:
    """A value without its blanks."""
    return "".join(value.split())


def _ignored(expected: Expected, name: str, value: str, why: str) -> PageRemark:
    """A declaration that has no effect, where it or the token in it is written."""
    guests = expected.guests.values()
    keys = [*guests, *sorted({k for k in expected.engine if k.endswith(".css")} - {*guests})]
    place = declared_at(expected.engine, keys, (name, value), expected.tokens)
    for token, literal in expected.tokens.items() if place is None else ():
        if literal and literal in value and expected.token_places[token][0] in guests:
            place = expected.token_places[token]
            break
    hint = idle_styles.remedy(name, value, why)
    return (
        place or (expected.name, 0, 0),
        f"{name}: {value.strip()} is ignored: {why}",
        hint,
        0,
        None,
    )


def broken_styles(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P411: the typesetter breaks on a style sheet, and the pages are set without it."""
    if pages.broken is None:
        return
    for name, rule in zip(pages.broken.names, pages.broken.rules, strict=True):
        place = rule_at(expected.engine, expected.guests[name], rule)
        at = f", at {rule}" if rule else ""
        message = f"the typesetter breaks on this style sheet{at} ({pages.broken.error})"
        hint = "take the rule out, or write it for fewer elements; the draft is set without it"
        yield place, message, hint, 0, None


def refusals(pages: SetPages, expected: Expected) -> Iterator[PageRemark]:
    """P402: something asked for a file or an address outside the dossier, at the line that did."""
    sources = dict(expected.engine)
    if expected.snapshot is not None:
        place, files = expected.snapshot.place, expected.snapshot.files
        sources |= {place(n): raw for n, raw in files.items() if n.endswith((".yaml", ".md"))}
    for url in pages.refused:
        if _is_broken(url, expected):
            continue
        where = asked(url, sources) or (expected.name, 0, 0)
        hint = "put the file into the dossier or the theme"
        yield where, f"a page asks for {url}", hint, 0, None


def _is_broken(url: str, expected: Expected) -> bool:
    """Whether a picture is asked for of which E205 or E210 has said what is wrong."""
    name = unquote(url.removeprefix(BASE))
    if expected.loaded is None or not url.startswith(f"{BASE}images/"):
        return False
    listed = {f"images/{image.file}" for image in expected.loaded.dossier.images.images}
    raw = expected.loaded.snapshot.files.get(name)
    return name in listed and (raw is None or pictures.fault(raw) is not None)
