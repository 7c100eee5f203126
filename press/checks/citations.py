"""Citations and authors: no body is printed as a person, no citation as words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.base.finding import Place, Remark
from press.checks.texts import passages
from press.citations.names import language_of
from press.citations.natural_names import BODY, is_doubtful, several
from press.content.load import Loaded
from press.content.model import NameParts, Source, WrittenName
from press.content.model.sources import ROLES
from press.content.walk import each

_FIRM = re.compile(r"(?:Inc|Ltd|LLC|LLP|plc|Corp|Co|GmbH|AG|KG|SE|S\.?A|S\.?A\.?R\.?L|e\. ?V)\.?")


def name_in_doubt(loaded: Loaded) -> Iterator[Remark]:
    """W316: a name without a comma may be a person's or a body's, or is that of two persons.

    Why: A person is filed by the family name and cited by it, a body stands whole. "Thomas de Waal"
        and "Human Rights Watch" are told apart by words that name bodies, by given names and by
        particles. Here none of them decides, so the name stands as it is written.
    Wrong: author: Sirarpie Nersessian
    Right: author: "Nersessian, Sirarpie"
    Remedy: Write a person as "Family, Given", each person apart, and a body in "{braces}".
    """
    for at, source, name in _written_names(loaded):
        text, own = name.literal, language_of(source, loaded.dossier.meta.language)
        if people := several(text, own):
            listed = ", ".join(f'"{one}"' for one in people)
            yield at, f"{text!r} is more than one name", f"write [{listed}]"
        elif is_doubtful(text, own):
            given, _, family = text.rpartition(" ")
            message = f"{text!r} may be a person or a body, and is filed as it stands"
            hint = f'write "{family}, {given}" for a person, "{{{text}}}" for a body'
            yield at, message, hint


def _written_names(loaded: Loaded) -> Iterator[tuple[Place, Source, WrittenName]]:
    """Each name that is written as one text, where it stands, and its source."""
    for at, source in each(loaded, Source):
        for role in ROLES:
            for number, name in enumerate(getattr(source, role)):
                if isinstance(name, WrittenName):
                    yield at(role, number), source, name


_BARE = re.compile(r"(?<![\w.@/:-])@(?P<id>[a-z0-9][a-z0-9-]*)")
_NO_SIGN = re.compile(r"(?<![\[\w!\]])\[(?P<id>[a-z0-9][a-z0-9-]*)(?:,[^\[\]@\n]*)?\](?![\[(:\]{])")
"""What stands in brackets like a citation, without its @: no link, no reference."""


def body_as_person(loaded: Loaded) -> Iterator[Remark]:
    """W314: the name of a body has a comma, and would be printed as a family name and a given one.

    Why: What stands behind the comma is taken for a given name and printed before it: "Republic of
        Armenia Ministry of Defence". Short notes would keep only what stands before the comma.
    Wrong: author: "Ministry of Defence, Republic of Armenia"
    Right: author: "{Ministry of Defence, Republic of Armenia}"
    Remedy: Put the name into braces, or write {family, given} if it is a person after all.
    """
    for at, _, name in _written_names(loaded):
        if _is_body(name):
            text = f"{name.family}, {name.given}"
            message = f"{text!r} would be printed as {name.given} {name.family}"
            yield at, message, f'if it is a body, write "{{{text}}}"'


def _is_body(name: NameParts) -> bool:
    """Whether a name of two parts is more likely that of a body than that of a person."""
    apart = [part for part in (name.family, name.given) if " " in part]
    return bool(_FIRM.fullmatch(name.given) or any(map(BODY.search, apart)))


def bare_citation(loaded: Loaded) -> Iterator[Remark]:
    """W315: a source is named with its @ outside brackets, or in brackets without it.

    Why: Only both together make a note; "@whymper says" and "[whymper, p. 387]" are printed as they
        stand.
    Wrong: As @whymper says, p. 387, the rope broke.
    Right: As Whymper says, the rope broke [@whymper, p. 387].
    Remedy: Write the citation in brackets, behind the words that it bears out.
    """
    for passage in passages(loaded):
        for match in _BARE.finditer(passage.text):
            if match["id"] in loaded.dossier.bibliography:
                message = f"{match[0]!r} would be printed as it stands"
                yield passage.at(match.start()), message, f"write [{match[0]}]"
        for match in _NO_SIGN.finditer(passage.text):
            if match["id"] in loaded.dossier.bibliography:
                message = f"{match[0]!r} would be printed as it stands"
                yield passage.at(match.start()), message, f"write [@{match[0][1:]}"
