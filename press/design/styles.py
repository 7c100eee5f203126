"""Stage 3: the look of a page as a value: sheets flattened, tokens resolved, faults at their lines.

WeasyPrint understands custom properties, but resolving them before typesetting saves a fifth of
its work, and the style sheet inside an ``<svg>`` cannot see them at all. So the press reads the
cascade ``main.css`` < paper < edition < theme < ``local.css`` once, works out every token of
``:root``, and writes the style sheets back with literals in their place. The order of the cascade
stays what CSS says: layers of ``main.css`` keep their names; the others are unlayered and so win.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from press.base.finding import ContentError, Finding, stopping
from press.design import (
    cascade,
    css,
    faces,
    geometry,
    guest_rules,
    meaning,
    page_rules,
    plate_css,
    tokens,
)
from press.design.faces import Face
from press.design.stylesheets import LOCAL, STYLESHEETS, Name
from press.design.values import Named, Noted


@dataclass(frozen=True)
class Style:
    """The look of one edition in one theme on one paper, for templates, plates and typesetting.

    ``tokens`` maps ``--name`` to its literal; ``stylesheets`` holds the CSS of main, paper,
    edition, theme and, where there is one, local, linked in this order; ``plate_css`` is safe
    inside ``<svg><style>``; ``files`` are the fonts and pictures that they name, by key (an address
    ``/key`` in them). ``token_places`` says where each token is set: file, line and column;
    ``findings`` are warnings, such as a token of the theme that the edition does not take.
    """

    theme: str
    paper: str
    edition: str
    tokens: Mapping[str, str]
    faces: tuple[Face, ...]
    stylesheets: Mapping[Name, str]
    plate_css: str
    files: Mapping[str, bytes]
    token_places: Mapping[str, tuple[str, int, int]] = field(default_factory=dict, repr=False)
    findings: tuple[Finding, ...] = field(default=(), repr=False)

    def linked(self) -> dict[str, bytes]:
        """The style sheets as files, by the address that a page links, from weak to strong."""
        return {f"sheets/{name}.css": text.encode() for name, text in self.stylesheets.items()}

    def css(self) -> str:
        """All style sheets as one."""
        return "".join(self.stylesheets.values())

    def stack(self, token: str) -> tuple[str, ...]:
        """The families of a font token in order, generic names left out.

        Raises ``KeyError`` for a token that no style sheet sets.
        """
        names = (part.strip().strip("\"'") for part in self.tokens[token].split(","))
        return tuple(name for name in names if any(f.family == name for f in self.faces))

    def face(self, family: str, weight: int = 400, style: str = "normal") -> Face:
        """The face of a family nearest in style, then in weight (the bolder of two as near).

        Raises ``KeyError`` for a family without a face.
        """
        own = [f for f in self.faces if f.family == family]
        if not own:
            raise KeyError(family)
        return min(own, key=lambda f: (f.style != style, abs(f.weight - weight), -f.weight))

    def font(self, family: str, weight: int = 400, style: str = "normal") -> bytes:
        """The bytes of the font file that ``face`` chooses."""
        return self.files[self.face(family, weight, style).key]


def flatten(
    files: Mapping[str, bytes],
    theme: str = "default",
    edition: str = "dossier",
    paper: str = "a4",
) -> Style:
    """Resolve the cascade of one theme, one paper and one edition.

    ``files`` maps paths like ``styles/main.css`` to bytes and is the whole world: nothing else is
    read. The same files have the same style, worked out once. Raises ``ContentError`` with every
    fault found.
    """
    return _flattened(tuple(sorted(files.items())), theme, edition, paper)


@lru_cache(maxsize=16)
def _flattened(named: tuple[tuple[str, bytes], ...], theme: str, edition: str, paper: str) -> Style:
    files = dict(named)
    found = cascade.read(files, {"paper": paper, "edition": edition, "theme": theme})
    literals, of_tokens = tokens.resolve(found.tokens, files, found.own)
    rules = faces.without_idle(found.rules, literals)
    texts = {
        name: css.written(
            [rule for rule in rules if rule.stylesheet == name],
            found.layers if name == STYLESHEETS[0] else (),
            literals,
            files,
        )
        for name in STYLESHEETS
        if name != "local" or LOCAL in files
    }
    plate, of_plate = plate_css.written(files, literals)
    noted: list[Noted | Face] = [
        *found.findings,
        *faces.declared(found.rules),
        *of_tokens,
        *of_plate,
        *(one for _, more in texts.values() for one in more),
    ]
    findings = {one for one in noted if isinstance(one, Finding)}
    findings |= {*meaning.faults(found, literals, files)}
    findings |= {*geometry.faults(*_sound(found, files, findings))}
    findings |= {*page_rules.faults(rules, literals, files)}
    findings |= {*guest_rules.faults(found, literals, files)}
    if stopping(findings):
        raise ContentError(findings)
    keys = sorted({one.key for one in noted if isinstance(one, Named)})
    return Style(
        theme,
        paper,
        edition,
        MappingProxyType(literals),
        tuple(item for item in faces.declared(rules) if isinstance(item, Face)),
        MappingProxyType({name: text for name, (text, _) in texts.items()}),
        plate,
        MappingProxyType({key: files[key] for key in keys}),
        MappingProxyType({name: token.place for name, token in found.tokens.items()}),
        tuple(sorted(findings)),
    )


def _sound(
    found: cascade.Cascade, files: Mapping[str, bytes], findings: Iterable[Finding]
) -> tuple[Mapping[str, tokens.Token], Mapping[str, str]]:
    """The tokens and their literals, those at fault as they are without theme and local tweaks."""
    faulty = {(one.file, one.line, one.column) for one in stopping(findings)}
    sound = {
        name: found.own.get(name, token) if token.place in faulty else token
        for name, token in found.tokens.items()
    }
    return sound, tokens.resolve(sound, files, found.own)[0]
