"""Drawings (SVG) as they may be printed: shapes and words, written anew from an allow-list.

A drawing is read without entities and without anything from outside, and only what is known to be
drawn is written again. What would be seen and cannot be drawn, or would reach outside (a script, a
filter, a picture at an address, a font of its own), is a fault with its line in the drawing; what
no reader sees (an editor's notes) is left out. Elements, attributes and properties are those of SVG
2.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from unicodedata import normalize
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from press.base.scripts import is_joined, script_named
from press.content.drawing_styles import StyleError, declarations, properties, rules, urls
from press.content.drawing_words import (
    ATTRIBUTES,
    DRAWN,
    FOREIGN,
    GROUPS,
    MASKED,
    REFERRING,
    UNDRAWN_ATTRIBUTES,
    UNSEEN,
    UNSPOKEN,
)

BYTES = 4_000_000
ELEMENTS = 50_000
DEPTH = 64
EXPANDED = 200_000
"""The most that a drawing may have, and that it may come to when all that it repeats is counted."""
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

Anew = Callable[[bytes], bytes]
"""Makes a picture of points bare; raises ValueError."""


class DrawingError(ValueError):
    """Why a drawing cannot be printed, what to do, and the line of the drawing, from 1."""

    def __init__(self, message: str, hint: str, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.hint, self.line = message, hint, line


@dataclass(frozen=True)
class Clean:
    """A drawing that may be printed, and the families of letters that its words asked for."""

    svg: bytes = field(repr=False)
    families: tuple[str, ...] = ()


def is_drawing(raw: bytes) -> bool:
    """Whether these bytes begin like a drawing and not like a picture of points."""
    head = raw[:4096]
    for encoding in ("utf-16", "utf-8-sig"):
        try:
            text = head.decode(encoding, "ignore" if encoding == "utf-8-sig" else "strict")
        except UnicodeDecodeError:
            continue
        if re.match(r"\s*<(\?xml|!--|!DOCTYPE|(\w+:)?svg\b)", text):
            return True
    return False


def cleaned(raw: bytes, anew: Anew, family: str = "sans-serif") -> Clean:
    """A drawing written anew, its words in ``family``. Raises DrawingError for what cannot be."""
    if len(raw) > BYTES:
        size = f"has {len(raw) / 1e6:.1f} MB; {BYTES / 1e6:.0f} MB is the most for a drawing"
        raise DrawingError(size, "simplify it, or export it as PNG")
    reader = _Reader(anew, family)
    reader.read(raw)
    weighed(reader.weights)
    return Clean("".join(reader.parts).encode(), tuple(dict.fromkeys(reader.families)))


@dataclass
class Weight:
    """What an element and all in it come to: how many elements, and the ids that it repeats."""

    elements: int = 0
    refers: list[tuple[str, int]] = field(default_factory=list)


def weighed(weights: Mapping[str, Weight]) -> int:
    """How many elements a drawing comes to ("" is its whole). Raises DrawingError."""
    known: dict[str, int] = {}

    def weigh(ident: str, above: tuple[str, ...]) -> int:
        if ident in known:
            return known[ident]
        weight = weights.get(ident, Weight())
        total = weight.elements
        for refers, line in weight.refers:
            if refers in (ident, *above) or len(above) > DEPTH:
                raise DrawingError(f"repeats {refers!r} within itself", _PLAIN, line)
            total += weigh(refers, (*above, ident))
            if total > EXPANDED:
                message = f"comes to more than {EXPANDED:,} shapes, with all that it repeats"
                raise DrawingError(message, _SIMPLER, line)
        known[ident] = total
        return total

    for ident in weights:
        weigh(ident, ())
    return known[""]


_PLAIN = "save it as plain SVG, or export it as PNG"
_SIMPLER = "simplify it, or export it as PNG"
_SHAPES = "turn it into plain shapes, or export the drawing as PNG"
_PATHS = "turn the words into paths in the program that made the drawing, or export it as PNG"
_PAGE = (
    "export it with its labels as words of SVG (draw.io: Convert Labels to SVG) or as paths, or "
    "export it as PNG"
)
_SPACE = "http://www.w3.org/XML/1998/namespace space"
_HREF = (f"{XLINK} href", "href")
_SPACES = re.compile(r"(?<![\w-])white-space\s*:\s*([\w-]+)")
_KEEPING = ("pre", "pre-wrap", "break-spaces")
"""What has every space printed, which the typesetter knows by xml:space alone."""


@dataclass
class _Switch:
    """A switch: whether it has chosen, and the words of pages of HTML and of what is drawn."""

    chosen: bool = False
    pictured: bool = False
    line: int = 0
    page: list[str] = field(default_factory=list)
    instead: list[str] = field(default_factory=list)


class _Reader:
    """Reads a drawing element by element, and keeps what may be printed in ``parts``."""

    def __init__(self, anew: Anew, family: str) -> None:
        self.parts: list[str] = []
        self.families: list[str] = []
        self.weights: dict[str, Weight] = {"": Weight()}
        self._anew, self._family = anew, family
        self._open: list[tuple[str, str]] = []  # the tag as written, and the id, of each element
        self._switches: list[_Switch | None] = []  # of each, where it is a switch
        self._page: _Switch | None = None  # the switch whose page of HTML is being read
        self._skipped = 0
        self._style: list[str] | None = None
        self._words = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity
        self._parser.buffer_text = True

    def read(self, raw: bytes) -> None:
        """The whole of it. Raises DrawingError."""
        try:
            self._parser.Parse(raw, True)
        except expat.ExpatError as error:
            message = f"is damaged: {expat.errors.messages[error.code]}"
            raise DrawingError(message, "save it again as plain SVG", error.lineno) from None

    @property
    def _line(self) -> int:
        return int(self._parser.CurrentLineNumber)

    def _fault(self, message: str, hint: str) -> DrawingError:
        return DrawingError(message, hint, self._line)

    def _entity(self, *_: object) -> None:
        raise self._fault("declares entities", "save it as plain SVG")

    def _start(self, name: str, given: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if not self._open and (tag != "svg" or space not in ("", SVG)):
            raise self._fault(f"is no drawing: it begins with <{tag}>", _PLAIN)
        if self._skipped or space not in ("", SVG) or tag in UNSEEN or _unmet(tag, given):
            self._skipped += 1
            return
        if self._passed_over(tag):
            self._skipped += 1
            return
        if tag in FOREIGN:
            raise self._fault(f"has <{tag}>, {FOREIGN[tag]}", _SHAPES)
        if tag not in DRAWN and tag not in GROUPS:
            raise self._fault(f"has <{tag}>, which is not drawn", _SHAPES)
        if len(self._open) >= DEPTH:
            raise self._fault(f"is nested more than {DEPTH} deep", _SIMPLER)
        self._write(tag, given)

    def _passed_over(self, tag: str) -> bool:
        """Whether a switch draws another of its elements: the first that is SVG.

        The words of a page of HTML before it are kept, for ``_end`` to look for them.
        """
        switch = self._switches[-1] if self._switches else None
        if switch is None or tag in UNSPOKEN:
            return False
        if tag == "foreignObject" and not switch.chosen:
            switch.line = switch.line or self._line
            self._page = switch
        passed = switch.chosen or tag == "foreignObject"
        switch.chosen = switch.chosen or not passed
        return passed

    def _check_switch(self, switch: _Switch) -> None:
        """Raises DrawingError where a page of HTML says what nothing else in a switch says."""
        words, instead = ("".join("".join(one).split()) for one in (switch.page, switch.instead))
        if not switch.line or (switch.chosen and (words in ("", instead) or switch.pictured)):
            return
        said = " ".join("".join(switch.page).split())[:40]
        what = f"the words “{said}” in" if words else ""
        message = f"has {what} <foreignObject>, a page of HTML, which is not drawn"
        raise DrawingError(" ".join(message.split()), _PAGE, switch.line)

    def _check_context(self, tag: str, given: Mapping[str, str]) -> None:
        """Raises DrawingError for what is drawn in some places, and not in this one."""
        style = "".join(given.get("style", "").split())
        if any(above == "clipPath" for above, _ in self._open):
            if tag == "text":
                raise self._fault("cuts something out by words, which is not drawn", _SHAPES)
            if given.get("clip-rule") == "evenodd" or "clip-rule:evenodd" in style:
                raise self._fault("cuts something out with clip-rule: evenodd", _SHAPES)
        masked = given.get("mask", "none") != "none" or re.search(r"(^|;)mask:(?!none)", style)
        if masked and tag not in MASKED:
            raise self._fault(f"has a mask over <{tag}>, which is not drawn", _SHAPES)
        if tag == "symbol" and {given.get("refX", "0"), given.get("refY", "0")} - {"0"}:
            raise self._fault("has a symbol with refX or refY, which are not drawn", _SHAPES)
        for name, value in given.items():
            if name in UNDRAWN_ATTRIBUTES and value not in UNDRAWN_ATTRIBUTES[name]:
                raise self._fault(f"has {name}={value[:40]!r}, which is not drawn", _SHAPES)

    def _write(self, tag: str, given: dict[str, str]) -> None:
        ident = given.get("id", "")
        self.weights.setdefault(ident, Weight())
        for one in {"", ident, *(above for _, above in self._open)}:
            self.weights[one].elements += 1
        if self.weights[""].elements > ELEMENTS:
            raise self._fault(f"has more than {ELEMENTS:,} shapes", _SIMPLER)
        self._check_context(tag, given)
        kept = dict(self._attributes(tag, _spaced(given)))
        if not self._open:
            kept = {"xmlns": SVG, "xmlns:xlink": XLINK, **self._sized(kept)}
        in_words = any(above == "text" for above, _ in self._open)
        written = tag if tag not in GROUPS else "tspan" if in_words else "g"
        self.parts.append(f"<{written}{''.join(f' {n}={quoteattr(v)}' for n, v in kept.items())}>")
        self._open.append((written, ident))
        self._switches.append(_Switch() if tag == "switch" else None)
        for switch in self._switches:
            if switch is not None and tag == "image":
                switch.pictured = True
        if tag == "style":
            self._style = []
        self._words = self._words or tag == "text"

    def _end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
            self._page = self._page if self._skipped else None
            return
        tag, _ident = self._open.pop()
        if switch := self._switches.pop():
            self._check_switch(switch)
        if tag == "style":
            text, self._style = "".join(self._style or ()), None
            self.parts.append(escape(self._in_styles(text, rules)))
        self.parts.append(f"</{tag}>")
        if not self._open and not self._words:
            self.families.clear()

    def _text(self, text: str) -> None:
        if self._skipped:
            if self._page is not None:
                self._page.page.append(f"{text} ")
            return
        if self._style is not None:
            self._style.append(text)
        elif self._open:
            self.parts.append(escape(self._letters(text)))

    def _letters(self, text: str) -> str:
        """Words as they can be set one letter after another. Raises DrawingError."""
        tags = [tag for tag, _ in self._open]
        if "text" not in tags or tags[-1] in UNSPOKEN or not is_joined(text):
            return self._in_switches(text, tags)
        text = normalize("NFC", text)
        if joined := next((word for word in text.split() if is_joined(word)), ""):
            script = script_named(next(c for c in joined if is_joined(c)))
            said = "marks" if script in ("Combining", "other") else f"{script} letters"
            message = f"has {said} in its words, “{joined[:40]}”, which are not drawn rightly there"
            raise self._fault(message, _PATHS)
        return self._in_switches(text, tags)

    def _in_switches(self, text: str, tags: list[str]) -> str:
        """``text``, which is noted for the switches around it where it is drawn."""
        for switch in self._switches:
            if switch is not None and "text" in tags and tags[-1] not in UNSPOKEN:
                switch.instead.append(text)
        return text

    def _sized(self, kept: dict[str, str]) -> dict[str, str]:
        """The attributes of the whole drawing, which must say how large it is."""
        box = [float(n) for n in re.findall(r"-?\d*\.?\d+(?:e-?\d+)?", kept.get("viewBox", ""))]
        size = [re.fullmatch(r"\s*(\d*\.?\d+)\s*(px|pt|pc|mm|cm|in)?\s*", kept.get(n, ""))
                for n in ("width", "height")]  # fmt: skip
        if len(box) == 4 and box[2] > 0 and box[3] > 0:
            if not all(one and float(one[1]) > 0 for one in size):
                kept |= {"width": f"{box[2]:g}", "height": f"{box[3]:g}"}
            return kept
        if size[0] and size[1] and float(size[0][1]) > 0 and float(size[1][1]) > 0:
            return kept
        raise self._fault("does not say how large it is", "give it a viewBox; saving it anew does")

    def _attributes(self, tag: str, given: dict[str, str]) -> Iterator[tuple[str, str]]:
        for name, value in given.items():
            space, _, plain = name.rpartition(" ")
            if _is_script(plain):
                raise self._fault(f"has a script ({plain})", _PLAIN)
            if name in _HREF and tag in REFERRING:
                yield "xlink:href", self._reference(tag, value)
            elif name == _SPACE:
                yield "xml:space", value
            elif space:
                continue
            elif plain == "style":
                yield "style", self._in_styles(value, declarations)
            elif plain in properties():
                said = self._in_styles(f"{plain}: {value}", declarations).partition(": ")[2]
                if said:
                    yield plain, said
            elif plain in ATTRIBUTES:
                yield plain, value

    def _reference(self, tag: str, value: str) -> str:
        """What an element refers to: a part of the drawing, or a picture in its own words."""
        value = value.strip()
        if value.startswith("#"):
            self._repeats(value[1:])
            return value
        match = re.fullmatch(r"data:image/[\w.+-]+;base64,([\s\S]*)", value)
        if tag != "image" or match is None:
            raise self._fault(f"asks for {value[:60]}", "put everything into the drawing itself")
        try:
            raw = self._anew(b64decode("".join(match[1].split()), validate=True))
        except (ValueError, NoBase64) as error:
            raise self._fault(f"holds a picture that cannot be printed: {error}", _PLAIN) from None
        kind = "jpeg" if raw.startswith(b"\xff\xd8") else "png"
        return f"data:image/{kind};base64,{b64encode(raw).decode()}"

    def _repeats(self, ident: str) -> None:
        """Notes that the elements that are open repeat another."""
        for one in {"", *(above for _, above in self._open)}:
            self.weights[one].refers.append((ident, self._line))

    def _in_styles(self, text: str, read: Callable[..., str]) -> str:
        """Properties as they may stand, the letters in the family of the press."""
        try:
            kept = read(text, self._family, self.families)
        except StyleError as fault:
            raise self._fault(*fault.args) from None
        for ident in urls(kept):
            self._repeats(ident)
        return kept


def _is_script(name: str) -> bool:
    """Whether an attribute holds a program that runs when something happens."""
    return name.lower().startswith("on")


def _spaced(given: Mapping[str, str]) -> dict[str, str]:
    """Attributes with xml:space in the place of ``white-space``, which is not drawn."""
    style = given.get("style", "")
    found = _SPACES.search(style)
    asked = found[1] if found else given.get("white-space", "").strip()
    kept = {name: value for name, value in given.items() if name != "white-space"}
    kept |= {"style": style.replace(found[0], "")} if found else {}
    return kept | ({_SPACE: "preserve"} if asked in _KEEPING else {})


def _unmet(tag: str, given: Mapping[str, str]) -> bool:
    """Whether an element asks for an extension, which no reader but its editor has.

    HTML and formulas within a drawing are none: browsers show them.
    """
    asked = given.get("requiredExtensions", "").split()
    browsers = tag == "foreignObject" and all("w3.org" in one for one in asked)
    return bool(asked) and not browsers
