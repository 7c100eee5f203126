"""Marks within a line: references, citations, links, pictures, facts, attributes, HTML."""

from __future__ import annotations

import re
from html import unescape

from press.base.finding import did_you_mean
from press.locale import language_fault
from press.prose import marks
from press.prose.scanner import Scanner, Step, excerpt, one_line

CLASSES = frozenset({"smallcaps", "lining", "nowrap", "foreign"})
"""The classes that ``[words]{.class}`` may name."""

PATTERN = r"""
  (?P<escape>\\[^\n])
| (?P<code>`+)
| (?P<comment><!--)
| (?P<tag><(?=[A-Za-z/!?]))
| (?P<picture>!\[)
| (?P<inline_note>\^\[)
| (?P<bracket>\[)
| (?P<fact>\{\s*[Ff]acts?\b[^{}\n]*(?:\n(?!\s*\n)[^{}\n]*)*\}?)
| (?P<attributes>\{(?=:|[.\#][A-Za-z]|[A-Za-z-]+=)[^{}\n]*\})
"""
"""Where a mark within a line may begin; verbose, with the name of its handler."""

_TARGET = re.compile(
    r"\(\s*(?P<at><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?P<title>\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
_CITED = re.compile(r"(?<![\w.@])@(?=[\w\"'])")
_MENTION = re.compile(
    r"(?P<before>.*?)(?<![\w.@])@(?P<key>\w[\w:.-]*)[ \t]*(?P<rest>.*)", re.DOTALL
)
_BETWEEN = re.compile("[;؛]")
_NOT_PLAIN = re.compile(r"[*`{}\[\]\\|]")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s@:/]+@[^<>\s@]+)>")
_TAG = re.compile(r"<(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|blockquote|body|center|details|dialog|dd|div|dl|dt|fieldset|figure|"
    r"footer|form|frame|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|option|p|"
    r"script|pre|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|title|tr|ul)(?=[\s/>]|$)"
    r"|<\?|<![A-Z\[]",
    re.IGNORECASE,
)
"""What begins HTML at the head of a line, also where no sign ends it."""
_FACT = re.compile(r"\{\s*fact\s*:\s*(?P<address>[^\s,{}]+)\s*(?P<options>(?:,[^,{}]*)*)\}")
_FACT_OPTIONS = frozenset({"no unit", "no note"})
_ATTRIBUTE = re.compile(
    r"\s*(?:\.(?P<cls>[\w-]+)|lang=(?P<q>[\"']?)(?P<lang>[\w-]+)(?P=q))(?=\s|$)"
)


def as_written(_: Scanner, match: re.Match[str]) -> Step:
    """What Markdown reads itself: an escaped sign."""
    return match[0], match.end()


def code(scan: Scanner, match: re.Match[str]) -> Step:
    """A code span, in which nothing is a mark."""
    stop = scan.codes.get(match.start(), match.end())
    stop = stop if stop <= match.endpos else match.end()
    return scan.text[match.start() : stop], stop


def comment(scan: Scanner, match: re.Match[str]) -> Step:
    """``<!-- … -->``: not printed, and said so, for it may be a sentence that was shut away."""
    start = match.start()
    stop = scan.text.find("-->", start, match.endpos) + 3
    if stop < 3:
        message = "this comment is never closed"
        return scan.refuse(start, match.end(), "P261", message, "end it with -->")
    message = f"the comment {excerpt(scan.text[start + 4 : stop - 3])} is not printed"
    hint = "delete it, or keep it in a YAML file, on a line of its own that begins with #"
    scan.fault(start, "P263", message, hint)
    return scan.leave(start, stop, marks.Comment)


def tag(scan: Scanner, match: re.Match[str]) -> Step:
    """``<https://…>``, or HTML, which is refused."""
    start, end = match.start(), match.endpos
    if link := _AUTOLINK.match(scan.text, start, end):
        address = link[1] if ":" in link[1] else f"mailto:{link[1]}"
        return scan.leave(start, link.end(), marks.Link, address, None)
    if html := _TAG.match(scan.text, start, min(end, start + 2000)):
        name, closes = html[0].strip("</>").split(maxsplit=1)[0].casefold(), html[0][1] == "/"
        if closes and name in scan.tags:  # said of the first of the pair
            scan.tags.remove(name)
            return scan.leave(start, html.end(), marks.Literal)
        scan.tags += [] if closes else [name]
        message = f"{excerpt(html[0])} is HTML, which chapters do not use"
        hint = "use Markdown or a /// block; for the sign itself write &lt;"
        return scan.refuse(start, html.end(), "P260", message, hint)
    if (html := _BLOCK_TAG.match(scan.text, start, end)) and not scan.line_to(start).strip():
        message = f"{excerpt(html[0])} begins HTML, which chapters do not use"
        hint = "use Markdown or a /// block; for the sign itself write &lt;"
        return scan.refuse(start, html.end(), "P260", message, hint)
    return "", start


def attributes(scan: Scanner, match: re.Match[str]) -> Step:
    """``{.smallcaps}`` behind no words in brackets."""
    message = f"{excerpt(match[0])} belongs to no words"
    hint = "put the words in brackets before it: [words]{.smallcaps}"
    if scan.text[match.start() - 1 : match.start()] == ")":
        hint = "delete it: the press fits pictures to the page, and links have no attributes"
    elif scan.line_to(match.start()).startswith("#"):
        hint = "delete it: headings are named by the press"
    return scan.refuse(match.start(), match.end(), "P262", message, hint)


def fact(scan: Scanner, match: re.Match[str]) -> Step:
    """A fact; in running text its note hangs behind it, and behind the stop that follows."""
    start, stop = match.span()
    begun = re.match(r"\{fact[\s:]*([\w:-]+\.[\w-]+)", match[0])
    meant = f"write {{fact: {begun[1] if begun else 'town.population'}}}"
    if not match[0].endswith("}"):
        message, hint = "this fact is never closed", meant
        return scan.refuse(start, start + len("{fact"), "P206", message, hint)
    parts = _FACT.fullmatch(match[0])
    options = {" ".join(o.split()) for o in parts["options"].split(",")[1:]} if parts else set()
    if parts is None or options - _FACT_OPTIONS:
        message = f"{excerpt(match[0])} is not a fact"
        hint = f"{meant}, with , no unit or , no note before the brace"
        return scan.refuse(start, stop, "P206", message, hint)
    note, place = "no note" not in options, scan.place(start + parts.start("address"))
    mark = marks.FactMark(match[0], place, parts["address"], "no unit" not in options, note)
    hung = scan.put(marks.Basis("", place, mark.address)) if note and not scan.inline else ""
    return scan.put(mark) + hung, stop


def picture(scan: Scanner, match: re.Match[str]) -> Step:
    """``![words](image:name)``."""
    start, end = match.start(), match.endpos
    close = scan.closers.get(start + 1, end)
    if close >= end:
        return "", start
    target = _TARGET.match(scan.text, close + 1, end)
    stop = target.end() if target else close + 1
    source, name = scan.text[start:stop], target["at"].strip("<>") if target else ""
    if not name.startswith("image:"):
        message = f"{excerpt(source)} is not a picture of this dossier"
        stem = re.sub(r"\.\w+$", "", name.rpartition("/")[2]) or "ID"
        hint = f"describe it in images/images.yaml and write ![](image:{stem})"
        if name.startswith("plate:"):
            hint = f"write /// plate | {name.removeprefix('plate:')} and, on the next line, ///"
        return scan.refuse(start, stop, "P242", message, hint)
    if target and target["title"]:
        untitled(
            scan, target.start("title"), target["title"], "write it in the brackets, as its caption"
        )
    words = scan.run(start + 2, close)
    return scan.leave(start, stop, marks.PictureMark, name.removeprefix("image:"), words)


def inline_note(scan: Scanner, match: re.Match[str]) -> Step:
    """``^[A note where it is called.]``."""
    start, end = match.start(), match.endpos
    close = scan.closers.get(start + 1, end)
    if close >= end:
        message = "this note is never closed"
        return scan.refuse(
            start, match.end(), "P229", message, "end it with ], or write \\^ for the sign"
        )
    name = f"^{start}"
    words = scan.run(start + 2, close).strip()
    if not words:
        scan.fault(start, "P226", "this note is empty", "write it between the brackets")
    paragraphs = (one_line(words),) if words else ()
    scan.notes[name] = marks.Note(name, scan.place(start), paragraphs)
    return scan.leave(start, close + 1, marks.Call, name)


# -- brackets ----------------------------------------------------------------------------------


def bracket(scan: Scanner, match: re.Match[str]) -> Step:
    """Whatever begins with a bracket: a reference, a note, a link, a citation, or nothing."""
    start, end = match.start(), match.endpos
    if start in scan.address_ends:
        return "", scan.address_ends[start]
    close = scan.closers.get(start, end)
    double = scan.text.startswith("[[", start)
    if close >= end:
        return _unclosed(scan, start, double)
    if double and scan.closers.get(start + 1) == close - 1:
        return _reference(scan, start, close)
    if scan.text[start + 1] == "^":
        name = scan.text[start + 2 : close].strip()
        return scan.leave(start, close + 1, marks.Call, name)
    return _link(scan, start, close, end) or _citation(scan, start, close) or ("", start)


def _unclosed(scan: Scanner, start: int, double: bool) -> Step:
    if double:
        begun = _BEGUN.match(scan.text, start + 2)
        message, hint = "this reference is never closed", f"write [[{begun[1] if begun else 'id'}]]"
        return scan.refuse(start, start + 2, "P204", message, hint)
    if scan.text.startswith("[@", start):
        begun = _BEGUN.match(scan.text, start + 2)
        key = begun[1] if begun else "source"
        message, hint = "this citation is never closed", f"write [@{key}, p. 12]"
        return scan.refuse(start, start + 2, "P211", message, hint)
    return "", start


_BEGUN = re.compile(r"\s*([\w:-]*\w)")
"""The id in a mark that is not closed."""


def _reference(scan: Scanner, start: int, close: int) -> Step:
    """``[[kind:name|words]]``."""
    source = scan.text[start : close + 1]
    inner = source[2:-2]
    name, bar, shown = inner.partition("|")
    # In a table an author may write \| for the bar, as for any other.
    name = name.removesuffix("\\") if bar else name
    named = bool(name.strip())
    if not named or (bar and not shown.strip()):
        message = "no words after |" if named else f"{excerpt(source)} names nothing"
        hint = f"write [[{name.strip() or 'id'}]] or [[{name.strip() or 'id'}|words of your own]]"
        return scan.refuse(start, close + 1, "P204", message, hint)
    words = scan.run(start + 2 + len(inner) - len(shown), close - 1) if bar else None
    return scan.leave(start, close + 1, marks.Reference, " ".join(name.split()), words)


_SPACED = re.compile(r"\(\s*((?:https?://|mailto:)[^\s()<>\"]+(?:\s+[^\s()<>\"]+)+)\s*\)")


def _link(scan: Scanner, start: int, close: int, end: int) -> Step | None:
    """Links of every form, and ``[words]{attributes}``; None where the bracket is plain."""
    after = scan.text[close + 1 : close + 2]
    if after == "(":
        return _addressed(scan, start, close, end)
    if after == "{" and not _FACT.match(scan.text, close + 1):
        stop = scan.text.find("}", close, end) + 1
        if stop:
            return _attributed(scan, start, close, stop)
    return _by_label(scan, start, close, end, after)


def _addressed(scan: Scanner, start: int, close: int, end: int) -> Step:
    """``[words](address)``."""
    target = _TARGET.match(scan.text, close + 1, end)
    if target is None:
        message = "the address of this link cannot be read"
        hint = "write [words](https://…) without spaces, or \\( for the sign itself"
        if spaced := _SPACED.match(scan.text, close + 1, end):
            message = f"the address {excerpt(spaced[1])} has a blank in it"
            hint = f"write {'%20'.join(spaced[1].split())}, or without the blank"
        return scan.refuse(start, close + 2, "P255", message, hint)
    if target["title"]:
        untitled(scan, target.start("title"), target["title"])
    address = target["at"].strip("<>")
    return _linked(scan, start, close, target.end(), (address, target.start("at")))


def untitled(scan: Scanner, at: int, title: str, hint: str = "put its words into the text") -> None:
    """Reports the title of a link or picture, which only a mouse would show."""
    scan.fault(at, "P256", f"{excerpt(title.strip())} would not be printed", hint)


def _linked(scan: Scanner, start: int, close: int, stop: int, address: tuple[str, int]) -> Step:
    source, words = scan.text[start:stop], scan.run(start + 1, close)
    if not scan.text[start + 1 : close].strip():
        message = (
            f"the link to {excerpt(address[0])} has no words, so that nothing of it is printed"
        )
        scan.fault(start, "P250", message, f"write words into the brackets, or <{address[0]}>")
    return scan.put(marks.Link(source, scan.place(address[1]), unescape(address[0]), words)), stop


def _by_label(scan: Scanner, start: int, close: int, end: int, after: str) -> Step | None:
    """``[words][label]`` or ``[label]``."""
    label, stop = scan.text[start + 1 : close], close + 1
    second = scan.closers.get(close + 1) if after == "[" else None
    named = second is not None and second < end and scan.text[close + 2] not in "@[^"
    if named and second is not None:
        label, stop = scan.text[close + 2 : second] or label, second + 1
    key = label_key(label)
    if key in scan.addresses:
        scan.used.add(key)
        return _linked(scan, start, close, stop, scan.addresses[key])
    if named and not _CITED.search(scan.text, start, close):
        hint = did_you_mean(key, scan.addresses, f"add a line: [{label}]: https://…")
        message = f"the link's address [{label}] is not given"
        return scan.refuse(start, stop, "P252", message, hint)
    return None


def label_key(words: str) -> str:
    """Link labels match without regard to case and spacing."""
    return " ".join(words.split()).casefold()


def _attributed(scan: Scanner, start: int, close: int, stop: int) -> Step:
    """``[words]{lang=az .class}``."""
    source = scan.text[close + 2 : stop - 1]
    language, classes, at = "", [], int(source.startswith(":"))
    while at < len(source.rstrip()):
        match = _ATTRIBUTE.match(source, at)
        known = match and (match["lang"] or match["cls"] in CLASSES)
        if not match or not known:
            word = source[at:].split(maxsplit=1)[0]
            names = sorted(f".{name}" for name in CLASSES)
            otherwise = f"write lang=fr or one of {', '.join(names)}"
            hint = did_you_mean(word, {*names, "lang=fr"}, otherwise)
            return scan.refuse(start, stop, "P262", f"{word!r} is not an attribute", hint)
        if match["lang"] and (fault := language_fault(match["lang"])):
            message = f"{match['lang']!r} is no known language tag"
            return scan.refuse(start, stop, "P262", message, fault)
        if language and match["lang"]:
            message = f"these words have two languages, {language} and {match['lang']}"
            return scan.refuse(start, stop, "P262", message, "keep one of them, or part the words")
        language = match["lang"] or language
        classes += [match["cls"]] if match["cls"] else []
        at = match.end()
    words = scan.run(start + 1, close)
    return scan.leave(start, stop, marks.WordsMark, words, language, tuple(classes))


def _citation(scan: Scanner, start: int, close: int) -> Step | None:
    """``[see @dewaal, p. 225; @hrw]``; None where nothing is cited."""
    if not _CITED.search(scan.text, start + 1, close):
        if not re.fullmatch(r"\s*(?:see\s+)?@\s*(?:[,;][^@\]]*)?", scan.text[start + 1 : close]):
            return None
        hint = "write the source behind the @: [@source, p. 12]"
        return scan.refuse(start, close + 1, "P211", "this citation names no source", hint)
    mentions: list[marks.Mention] = []
    offset = start + 1
    for part in _BETWEEN.split(scan.text[start + 1 : close]):
        match = _MENTION.fullmatch(part)
        if fault := _fault_of(part, match):
            at, message, hint = fault
            place = scan.place(offset + at if mentions or at else start)
            source = scan.text[start : close + 1]
            return scan.put(marks.Unreadable(source, place, "P211", message, hint)), close + 1
        if match:
            place = scan.place(offset + match.start("key") - 1)
            before = " ".join(match["before"].split())
            where = " ".join(match["rest"].strip().lstrip(",،").split())
            mentions.append(marks.Mention(match["key"], place, before, where))
        offset += len(part) + 1
    return scan.leave(start, close + 1, marks.Citation, tuple(mentions))


def _fault_of(part: str, match: re.Match[str] | None) -> tuple[int, str, str] | None:
    """Where in a part of a citation something cannot be read, what, and the remedy; or None."""
    at = len(part) - len(part.lstrip())
    message = f"{excerpt(part) or 'an empty part'} is not a citation"
    if match is None:
        return at, message, "write [@source, p. 12; see @another, pp. 3–4]"
    key, rest = match["key"], match["rest"].strip()
    where = rest.lstrip(",،").strip()
    if second := _CITED.search(match["rest"]):
        named = match["rest"][second.end() :].split(maxsplit=1)[0].rstrip(",.;:]")
        hint = f"put a semicolon before it: [@{key}, …; @{named}]"
        return match.start("rest") + second.start(), "two sources stand in one part", hint
    if rest and not rest.startswith((",", "،")):
        return at, message, f"put a comma after the source: @{key.rstrip('.:-')}, {rest}"
    if key != key.rstrip(".:-"):
        return match.end("key") - 1, message, f"write @{key.rstrip('.:-')}"
    if rest and not where:
        hint = f"write the place, @{key}, p. 12, or delete the comma"
        return match.start("rest"), "nothing stands behind the comma", hint
    if match["before"].strip() == "-":
        return at, message, "a note names its authors: delete the - before the @"
    if odd := _NOT_PLAIN.search(part):
        hint = "words in a citation are plain; write a note for more: text[^1]"
        return odd.start(), f"{odd[0]!r} would be printed as it stands", hint
    return None
