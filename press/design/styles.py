"""Style sheets as values: tokens resolved, imports flattened, every fault at its line.

WeasyPrint understands custom properties, but resolving them before typesetting saves a fifth of
its work, and the stylesheet inside an ``<svg>`` cannot see them at all. So the press reads the
cascade ``main.css`` < theme < paper < edition once, works out every token of ``:root``, and writes
the four sheets back with literals in their place. The order of the cascade stays what CSS says:
layers of ``main.css`` keep their names; theme, paper and edition are unlayered and so win.

Custom properties live on ``:root`` only; one set elsewhere is a finding, because resolving it would
need the document.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal, cast

import cssselect2
import tinycss2

from press.base.finding import ContentError, Finding, did_you_mean

Node = Any
"""A component value, rule or declaration of tinycss2, which ships no types."""

SheetName = Literal["main", "theme", "paper", "edition"]
SHEETS: Final[tuple[SheetName, ...]] = ("main", "theme", "paper", "edition")

MAIN = "styles/main.css"
PLATE = "styles/plate.css"
THEMES = "styles/themes/"
PAPERS = "styles/papers/"
EDITIONS = "styles/editions/"

UNSUPPORTED_RULES = frozenset({"supports", "container", "property", "scope"})
UNSUPPORTED_FUNCTIONS: Final = {
    "color-mix": ("WeasyPrint does not know color-mix()", "write the colour"),
    "leader": ("every dot of a leader is set, tagged and read aloud", "use a dotted background"),
}
FONT_SUFFIXES = (".otf", ".ttf")

POINTS: Final = {
    "pt": 1.0, "px": 0.75, "pc": 12.0, "in": 72.0,
    "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6,
}  # fmt: skip
"""CSS absolute lengths in points (CSS Values and Units 4, §6.2)."""


@dataclass(frozen=True)
class Face:
    """One font file as ``@font-face`` declares it. ``key`` is its path among the style files."""

    family: str
    weight: int
    style: str
    key: str


@dataclass(frozen=True)
class Style:
    """The look of one edition in one theme on one paper, for templates, plates and typesetting.

    ``tokens`` maps ``--name`` to its literal; ``sheets`` holds the CSS of main, theme, paper and
    edition, linked in this order; ``plate_css`` is safe inside ``<svg><style>``; ``files`` are
    the fonts and pictures the sheets name, by key (an address ``/key`` in the sheets).
    """

    theme: str
    paper: str
    edition: str
    tokens: Mapping[str, str]
    faces: tuple[Face, ...]
    sheets: Mapping[SheetName, str]
    plate_css: str
    files: Mapping[str, bytes]
    token_places: Mapping[str, tuple[str, int, int]] = field(default_factory=dict, repr=False)

    def sheet(self, name: SheetName) -> str:
        """The flattened CSS of ``main``, ``theme``, ``paper`` or ``edition``."""
        return self.sheets[name]

    def stack(self, token: str) -> tuple[str, ...]:
        """The families of a font token in order, generic names left out.

        Raises ``KeyError`` for a token that no sheet sets.
        """
        names = (part.strip().strip("\"'") for part in self.tokens[token].split(","))
        return tuple(name for name in names if any(f.family == name for f in self.faces))

    def face(self, family: str, weight: int = 400, style: str = "normal") -> Face:
        """The face of a family nearest in style, then in weight (the bolder of two as near).

        Raises ``KeyError`` for a family without a face.
        """
        faces = [f for f in self.faces if f.family == family]
        if not faces:
            raise KeyError(family)
        return min(faces, key=lambda f: (f.style != style, abs(f.weight - weight), -f.weight))

    def font(self, family: str, weight: int = 400, style: str = "normal") -> bytes:
        """The bytes of the font file that ``face`` chooses."""
        return self.files[self.face(family, weight, style).key]


@dataclass(frozen=True)
class _Rule:
    """A rule where it stands: its file, its layer ("" for none) and which sheet it belongs to."""

    file: str
    layer: str
    sheet: SheetName
    node: Node


@dataclass(frozen=True)
class _Token:
    """A custom property as written, before resolution."""

    name: str
    rule: _Rule
    node: Node

    @property
    def value(self) -> list[Node]:
        return cast("list[Node]", self.node.value)


@dataclass
class _Reading:
    """What one run has read and found; lives only inside ``flatten``."""

    files: Mapping[str, bytes]
    findings: list[Finding] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)
    used: dict[str, bytes] = field(default_factory=dict)

    def find(self, file: str, node: Node, code: str, message: str, hint: str = "") -> None:
        line = getattr(node, "source_line", 0)
        column = getattr(node, "source_column", 0)
        self.findings.append(Finding(file, line, column, code, message, hint))


def themes(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The names of the themes among the style files."""
    return _names(files, THEMES)


def papers(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The names of the papers among the style files."""
    return _names(files, PAPERS)


def editions(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The names of the editions that have a sheet."""
    return _names(files, EDITIONS)


def flatten(
    files: Mapping[str, bytes],
    theme: str = "default",
    edition: str = "dossier",
    paper: str = "a4",
) -> Style:
    """Resolve the cascade of one theme, one paper and one edition.

    ``files`` maps paths like ``styles/main.css`` to bytes and is the whole world: nothing else is
    read. Raises ``ContentError`` with every fault found.
    """
    reading = _Reading(files)
    roots: tuple[tuple[SheetName, str, str, tuple[str, ...]], ...] = (
        ("main", MAIN, "main.css", ()),
        ("theme", f"{THEMES}{theme}.css", theme, themes(files)),
        ("paper", f"{PAPERS}{paper}.css", paper, papers(files)),
        ("edition", f"{EDITIONS}{edition}.css", edition, editions(files)),
    )
    rules: list[_Rule] = []
    for sheet, key, name, known in roots:
        if key in files:
            rules += _gather(reading, key, sheet, "", ())
        else:
            hint = did_you_mean(name, known, f"there are: {', '.join(known)}" if known else "")
            finding = Finding(key, 0, 0, "E701", f"there is no {sheet} sheet {name!r}", hint)
            reading.findings.append(finding)
    given = _declared_tokens(reading, rules)
    tokens = _resolve(reading, given)
    plate = _plate_css(reading, tokens)
    declared = [(rule, face) for rule in rules if (face := _face(reading, rule))]
    named = _families_named(rules, tokens)
    idle = [rule for rule, face in declared if face.family not in named]
    rules = [rule for rule in rules if rule not in idle]
    sheets = {name: _sheet(reading, name, rules, tokens) for name in SHEETS}
    if reading.findings:
        raise ContentError(set(reading.findings))
    return Style(
        theme,
        paper,
        edition,
        MappingProxyType(tokens),
        tuple(face for _, face in declared if face.family in named),
        MappingProxyType(sheets),
        plate,
        MappingProxyType(dict(sorted(reading.used.items()))),
        {
            name: (token.rule.file, token.node.source_line, token.node.source_column)
            for name, token in given.items()
        },
    )


# -- reading -----------------------------------------------------------------------------------


def _names(files: Mapping[str, bytes], folder: str) -> tuple[str, ...]:
    """The sheets right in a folder by bare name; all sheets by key where the folder is empty."""
    if not folder:
        return tuple(sorted(key for key in files if key.endswith(".css")))
    pattern = re.compile(re.escape(folder) + r"([a-z0-9-]+)\.css")
    return tuple(sorted(m[1] for key in files if (m := pattern.fullmatch(key))))


def _parse(reading: _Reading, key: str) -> list[Node]:
    try:
        text = reading.files[key].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = reading.files[key][: error.start].count(b"\n") + 1
        hint = "save the file as UTF-8"
        reading.findings.append(Finding(key, line, 0, "E702", "this is not UTF-8 text", hint))
        return []
    nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return cast("list[Node]", nodes)


def _gather(
    reading: _Reading, key: str, sheet: SheetName, layer: str, chain: tuple[str, ...]
) -> Iterator[_Rule]:
    """Every rule of a file and of what it imports, in the order of the cascade's text."""
    imports_over = False
    for node in _parse(reading, key):
        rule = _Rule(key, layer, sheet, node)
        if node.type == "at-rule" and node.lower_at_keyword == "import" and not imports_over:
            target, inner = _import_target(reading, rule)
            if target in (key, *chain):
                message = f"{target} imports itself"
                reading.find(key, node, "E704", message, "remove this import")
            elif target:
                _note_layer(reading, inner)
                yield from _gather(reading, target, sheet, inner, (*chain, key))
            continue
        may_precede = node.type == "at-rule" and node.lower_at_keyword in ("layer", "charset")
        imports_over |= not may_precede
        yield from _visit(reading, rule)


def _import_target(reading: _Reading, rule: _Rule) -> tuple[str, str]:
    """Key and layer of an ``@import``; an empty key where it cannot be followed."""
    parts = [n for n in rule.node.prelude if n.type not in ("whitespace", "comment")]
    address = _address(parts[0]) if parts else None
    layer = rule.layer
    for part in parts[1:]:
        if part.type == "function" and part.lower_name == "layer":
            layer = _join_layer(rule.layer, tinycss2.serialize(part.arguments).strip())
        else:
            message = f"@import with {tinycss2.serialize([part])!r} is not understood"
            reading.find(rule.file, rule.node, "E706", message, 'write @import "x.css" layer(x);')
            return "", layer
    if address is None:
        message = "@import names no sheet"
        reading.find(rule.file, rule.node, "E706", message, 'write @import "x.css";')
        return "", layer
    key = _key(rule.file, address)
    if key not in reading.files:
        hint = did_you_mean(key, _names(reading.files, ""), "add the file")
        reading.find(rule.file, rule.node, "E703", f"there is no style sheet {key}", hint)
        return "", layer
    return key, layer


def _visit(reading: _Reading, rule: _Rule) -> Iterator[_Rule]:
    """A rule itself, the rules of a layer block, or a finding instead of what would be lost."""
    node, file = rule.node, rule.file
    if node.type == "error":
        reading.find(file, node, "E707", f"this is not CSS: {node.message.lower()}")
    elif node.type == "qualified-rule":
        yield rule
    elif node.lower_at_keyword == "layer":
        yield from _visit_layer(reading, rule)
    elif node.lower_at_keyword in UNSUPPORTED_RULES:
        message = f"@{node.lower_at_keyword} is dropped by WeasyPrint without a word"
        reading.find(file, node, "E708", message, "write the rules without it")
    elif node.lower_at_keyword in ("page", "media") and rule.layer:
        message = f"@{node.lower_at_keyword} inside a layer loses its place in the cascade"
        hint = "keep @page in page.css or an edition" if node.lower_at_keyword == "page" else ""
        reading.find(file, node, "E709", message, hint or "move it out of the layer")
    elif node.lower_at_keyword == "import":
        message = "@import after a rule is ignored"
        reading.find(file, node, "E705", message, "move it to the top")
    elif node.lower_at_keyword != "charset":
        yield rule


def _visit_layer(reading: _Reading, rule: _Rule) -> Iterator[_Rule]:
    names = [n.strip() for n in tinycss2.serialize(rule.node.prelude).split(",")]
    for name in names:
        _note_layer(reading, _join_layer(rule.layer, name))
    if rule.node.content is None:
        return
    inner = _join_layer(rule.layer, names[0])
    content = tinycss2.parse_rule_list(rule.node.content, skip_comments=True, skip_whitespace=True)
    for node in content:
        yield from _visit(reading, _Rule(rule.file, inner, rule.sheet, node))


def _note_layer(reading: _Reading, layer: str) -> None:
    if layer and layer not in reading.layers:
        reading.layers.append(layer)


def _join_layer(outer: str, inner: str) -> str:
    return ".".join(filter(None, (outer, inner)))


def _address(node: Node) -> str | None:
    """The text of ``"x"``, ``url(x)`` or ``url("x")``."""
    if node.type in ("string", "url"):
        return cast("str", node.value)
    if node.type == "function" and node.lower_name == "url":
        return next((cast("str", a.value) for a in node.arguments if a.type == "string"), None)
    return None


def _key(file: str, address: str) -> str:
    """The key an address in ``file`` points at; a leading slash counts from the root."""
    path = address.partition("#")[0].partition("?")[0]
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(file), path)).lstrip("/")


# -- tokens ------------------------------------------------------------------------------------


def _selector(node: Node) -> str:
    return cast("str", tinycss2.serialize(node.prelude)).strip()


def _is_root(node: Node) -> bool:
    return node.type == "qualified-rule" and _selector(node) == ":root"


def _declarations(reading: _Reading, file: str, content: list[Node]) -> list[Node]:
    nodes = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    for node in nodes:
        if node.type == "error":
            reading.find(file, node, "E707", f"this is not CSS: {node.message.lower()}")
    return [n for n in nodes if n.type != "error"]


def _declared_tokens(reading: _Reading, rules: Sequence[_Rule]) -> dict[str, _Token]:
    """The winning declaration of each token: layers, then unlayered, theme, paper, edition."""

    def rank(rule: _Rule) -> tuple[int, int]:
        layer = reading.layers.index(rule.layer) if rule.layer else len(reading.layers)
        return SHEETS.index(rule.sheet), layer

    tokens: dict[str, _Token] = {}
    for rule in sorted(rules, key=rank):
        if rule.node.type == "error" or not getattr(rule.node, "content", None):
            continue
        if not _is_root(rule.node):
            _refuse_local(reading, rule.file, rule.node.content)
            continue
        for node in _declarations(reading, rule.file, rule.node.content):
            if node.type == "declaration" and node.name.startswith("--"):
                if node.important:
                    message = f"{node.name} is !important"
                    reading.find(rule.file, node, "E710", message, "themes and editions win anyway")
                tokens[node.name] = _Token(node.name, rule, node)
    return tokens


def _refuse_local(reading: _Reading, file: str, content: Iterable[Node]) -> None:
    """A custom property outside ``:root`` would need the document to be resolved."""
    nodes = [n for n in content if n.type not in ("whitespace", "comment")]
    for before, node in zip([None, *nodes], nodes, strict=False):
        if node.type == "{} block":
            _refuse_local(reading, file, node.content)
        starts = before is None or before.type == "{} block" or before == ";"
        if starts and node.type == "ident" and node.value.startswith("--"):
            message = f"{node.value} is set outside :root"
            reading.find(file, node, "E711", message, "set it on :root, or write the value here")


def _resolve(reading: _Reading, declared: Mapping[str, _Token]) -> dict[str, str]:
    """Literal text of every token, ``var()`` and foldable ``calc()`` gone."""
    done: dict[str, str] = {}

    def value(name: str, chain: tuple[str, ...]) -> str | None:
        if name in done or name not in declared:
            return done.get(name)
        token = declared[name]
        if name in chain:
            loop = " → ".join((*chain[chain.index(name) :], name))
            message = f"tokens go round in a circle: {loop}"
            reading.find(token.rule.file, token.node, "E712", message, "give one of them a value")
            return ""
        scope = _Scope(reading, token.rule.file, lambda n: value(n, (*chain, name)), declared)
        return done.setdefault(name, _text(scope, token.value).strip())

    for name in declared:
        value(name, ())
    return {name: done[name] for name in sorted(done)}


# -- writing -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Scope:
    """What component values in ``file`` may refer to."""

    reading: _Reading
    file: str
    lookup: Callable[[str], str | None]
    known: Iterable[str]

    def find(self, node: Node, code: str, message: str, hint: str = "") -> None:
        self.reading.find(self.file, node, code, message, hint)


WORDS = frozenset({"ident", "number", "dimension", "percentage", "function", "hash"})
"""Values that would run into a neighbour when a token is put beside them without a space."""


def _text(scope: _Scope, nodes: Sequence[Node]) -> str:
    """Component values as CSS text with tokens, calculations and addresses resolved."""
    out: list[str] = []
    values = [n for n in nodes if n.type != "comment"]
    for before, node in zip([None, *values], values, strict=False):
        touching = before is not None and before.type in WORDS and node.type in WORDS
        if touching and (_is_variable(before) or _is_variable(node)):
            out.append("/**/")
        out.append(_value(scope, node))
    return "".join(out)


def _is_variable(node: Node) -> bool:
    return bool(node.type == "function" and node.lower_name == "var")


def _value(scope: _Scope, node: Node) -> str:
    if _is_variable(node):
        return _variable(scope, node)
    if node.type == "url" or (node.type == "function" and node.lower_name == "url"):
        return _url(scope, node)
    if node.type == "function":
        if node.lower_name in UNSUPPORTED_FUNCTIONS:
            scope.find(node, "E713", *UNSUPPORTED_FUNCTIONS[node.lower_name])
        text = f"{node.name}({_text(scope, node.arguments)})"
        return fold(text) if node.lower_name == "calc" else text
    if node.type in ("{} block", "[] block", "() block"):
        return f"{node.type[0]}{_text(scope, node.content)}{node.type[1]}"
    return cast("str", tinycss2.serialize([node]))


def _variable(scope: _Scope, node: Node) -> str:
    """The literal of a ``var()``, or its fallback where the token is not set."""
    args = [n for n in node.arguments if n.type != "comment"]
    name = next((n.value for n in args if n.type == "ident"), "")
    found = scope.lookup(name)
    if found is not None:
        return found
    comma = next((i for i, n in enumerate(args) if n == ","), None)
    if comma is not None:
        return _text(scope, args[comma + 1 :]).strip()
    hint = did_you_mean(name, scope.known, "set it in styles/tokens.css")
    scope.find(node, "E714", f"no token {name or 'in var()'}", hint)
    return ""


def _url(scope: _Scope, node: Node) -> str:
    """An address as one from the root of the press, and its file noted as used."""
    address = _address(node) or ""
    if address.startswith(("data:", "#")):
        return cast("str", tinycss2.serialize([node]))
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", address):
        hint = "bring the file into styles/ and name it there"
        scope.find(node, "E715", f"{address} is outside the press", hint)
        return 'url("")'
    key = _key(scope.file, address)
    if key in scope.reading.files:
        scope.reading.used[key] = scope.reading.files[key]
    else:
        hint = did_you_mean(key, scope.reading.files, "add the file, with its licence")
        scope.find(node, "E716", f"there is no file {key}", hint)
    return f'url("/{key}")'


def _sheet(
    reading: _Reading, name: SheetName, rules: Sequence[_Rule], tokens: Mapping[str, str]
) -> str:
    """One sheet as CSS text: the layer order first, then each rule in its layer."""
    out: list[str] = []
    if name == "main" and reading.layers:
        out.append(f"@layer {', '.join(reading.layers)};\n")
    current = ""
    for rule in (r for r in rules if r.sheet == name):
        text = _rule_text(reading, rule, tokens)
        if not text:
            continue
        if rule.layer != current:
            out.append("}\n" if current else "")
            out.append(f"@layer {rule.layer} {{\n" if rule.layer else "")
            current = rule.layer
        out.append(f"{text}\n")
    out.append("}\n" if current else "")
    return "".join(out)


def _rule_text(reading: _Reading, rule: _Rule, tokens: Mapping[str, str]) -> str:
    node = rule.node
    scope = _Scope(reading, rule.file, tokens.get, tokens)
    if _is_root(node):
        kept = [
            f"{n.name}:{_text(scope, n.value)}"
            for n in _declarations(reading, rule.file, node.content)
            if n.type == "declaration" and not n.name.startswith("--")
        ]
        return f":root{{{';'.join(kept)}}}" if kept else ""
    prelude = _text(scope, node.prelude).strip()
    head = f"@{node.at_keyword} {prelude}".strip() if node.type == "at-rule" else prelude
    if node.content is None:
        return f"{head};"
    return f"{head}{{{_squeeze(_text(scope, node.content))}}}"


def _squeeze(body: str) -> str:
    return re.sub(r"\s*\n\s*", " ", body).strip()


def _is_face(rule: _Rule) -> bool:
    return bool(rule.node.type == "at-rule" and rule.node.lower_at_keyword == "font-face")


def _face(reading: _Reading, rule: _Rule) -> Face | None:
    if not _is_face(rule):
        return None
    said = {
        n.name: n
        for n in _declarations(reading, rule.file, rule.node.content)
        if n.type == "declaration"
    }
    addresses = [a for n in said["src"].value if (a := _address(n))] if "src" in said else []
    if "font-family" not in said or not addresses:
        message = "@font-face needs font-family and src"
        reading.find(rule.file, rule.node, "E717", message, "add what is missing")
        return None
    key = _key(rule.file, addresses[0])
    if not key.endswith(FONT_SUFFIXES):
        message = f"{key} is not an OTF or TTF file"
        hint = "unpack it: WOFF2 is decompressed again on every build, at twice the work"
        reading.find(rule.file, said["src"], "E718", message, hint)
    plain = {k: tinycss2.serialize(n.value).strip().strip("\"'") for k, n in said.items()}
    weight = plain.get("font-weight", "normal")
    weight = {"normal": "400", "bold": "700"}.get(weight, weight)
    if not weight.isdigit():
        message = f"font-weight {weight} is not a number"
        reading.find(rule.file, said["font-weight"], "E717", message, "write 400, 600, 700 …")
        return None
    return Face(plain["font-family"], int(weight), plain.get("font-style", "normal"), key)


def _families_named(rules: Iterable[_Rule], tokens: Mapping[str, str]) -> frozenset[str]:
    """Every phrase that may name a family.

    A face that none of them names is left out: WeasyPrint reads every file a sheet mentions.
    """
    plain = (rule.node.content for rule in rules if rule.node.content and not _is_face(rule))
    texts = [*tokens.values(), *(tinycss2.serialize(content) for content in plain)]
    phrases = re.split(r"[,;:{}\"'\n]", "\n".join(texts))
    return frozenset(phrase.strip() for phrase in phrases)


def _plate_css(reading: _Reading, tokens: Mapping[str, str]) -> str:
    """``plate.css`` as WeasyPrint's SVG can take it: flat literal rules, no ``<`` and no ``&``.

    One rule it cannot read makes it drop the rest of the sheet, so each is tried here first.
    """
    if PLATE not in reading.files:
        hint = "plates are drawn with it; add the file"
        reading.findings.append(Finding(PLATE, 0, 0, "E703", "there is no plate.css", hint))
        return ""
    out = []
    scope = _Scope(reading, PLATE, tokens.get, tokens)
    for node in _parse(reading, PLATE):
        if node.type == "error":
            reading.find(PLATE, node, "E707", f"this is not CSS: {node.message.lower()}")
            continue
        if node.type != "qualified-rule":
            message = f"@{node.lower_at_keyword} does nothing inside an SVG"
            reading.find(PLATE, node, "E719", message, "write flat rules only")
            continue
        _refuse_local(reading, PLATE, node.content)
        if nested := next((n for n in node.content if n.type == "{} block"), None):
            message = "nested rules do nothing inside an SVG"
            reading.find(PLATE, nested, "E719", message, "write each rule with its full selector")
        try:
            cssselect2.compile_selector_list(node.prelude)
        except cssselect2.SelectorError as error:
            message = f"selector {_selector(node)!r} is not understood: {str(error).lower()}"
            reading.find(PLATE, node, "E719", message, "it would silence every rule after it")
        body = _squeeze(_text(scope, node.content))
        text = f"{_selector(node)}{{{body}}}"
        if bad := next((c for c in "<&" if c in text), None):
            message = f"{bad!r} ends the stylesheet of an SVG"
            reading.find(PLATE, node, "E719", message, "write the rule without it")
        out.append(text)
    return "\n".join(out)


# -- arithmetic --------------------------------------------------------------------------------


def fold(text: str) -> str:
    """``calc()`` of numbers and absolute lengths as one literal; anything else comes back as is.

    The unit of the first length is kept: ``calc(1in + 2pt)`` is ``1.02778in``.
    """
    [node] = tinycss2.parse_component_value_list(text)
    result = _sum([n for n in node.arguments if n.type not in ("whitespace", "comment")])
    if result is None:
        return text
    number, unit = result
    if unit:
        number /= POINTS[unit]
    return f"{number:.5f}".rstrip("0").rstrip(".") + unit if number else f"0{unit}"


_Quantity = tuple[float, str]
"""A number with the unit it was written in; lengths are in points, the unit of a number is ""."""


def _sum(nodes: Sequence[Node]) -> _Quantity | None:
    total: _Quantity | None = None
    sign: str | None = "+"
    for part in _split(nodes, "+-"):
        if isinstance(part, str):
            sign = part
            continue
        term = _product(part)
        if term is None or sign is None:
            return None
        value = term[0] if sign == "+" else -term[0]
        if total is None:
            total = (value, term[1])
        elif bool(total[1]) != bool(term[1]):
            return None
        else:
            total = (total[0] + value, total[1])
        sign = None
    return total if sign is None else None


def _product(nodes: Sequence[Node]) -> _Quantity | None:
    total: _Quantity | None = None
    sign: str | None = "*"
    for part in _split(nodes, "*/"):
        if isinstance(part, str):
            sign = part
            continue
        factor = _single(part)
        if factor is None or sign is None:
            return None
        if total is None:
            total = factor
        elif sign == "*" and not (total[1] and factor[1]):
            total = (total[0] * factor[0], total[1] or factor[1])
        elif sign == "/" and not factor[1] and factor[0]:
            total = (total[0] / factor[0], total[1])
        else:
            return None
        sign = None
    return total if sign is None else None


def _single(nodes: Sequence[Node]) -> _Quantity | None:
    if len(nodes) != 1:
        return None
    [node] = nodes
    if node.type == "number":
        return node.value, ""
    if node.type == "dimension" and node.lower_unit in POINTS:
        return node.value * POINTS[node.lower_unit], node.lower_unit
    inner = None
    if node.type == "() block":
        inner = node.content
    elif node.type == "function" and node.lower_name == "calc":
        inner = node.arguments
    return None if inner is None else _sum([n for n in inner if n.type != "whitespace"])


def _split(nodes: Sequence[Node], signs: str) -> Iterator[list[Node] | str]:
    """Runs of nodes and the signs between them."""
    run: list[Node] = []
    for node in nodes:
        if node.type == "literal" and node.value in signs:
            if run:
                yield run
            yield cast("str", node.value)
            run = []
        else:
            run.append(node)
    if run:
        yield run
